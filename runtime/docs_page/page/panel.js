// The panel that an operation with a stream has in place of the button "Execute".
import {indented, typedMessages} from "./messages.js";
import {kRows, Session} from "./session.js";
import {transportsOf} from "./transports.js";

const kMarks = {in: "↓", out: "↑", note: "·", warning: "!", failure: "✕"};
const kShown = 2000;  // characters of a message on one line

const sessions = new Map();  // by method and path

function sessionOf(method, path) {
  const key = `${method} ${path}`;
  if (!sessions.has(key)) sessions.set(key, new Session());
  return sessions.get(key);
}

// The request that Swagger UI makes of the form, the server chosen and the authorization. Fails where fields are wrong.
function buildRequest({operation, path, method, specActions, specSelectors}) {
  specActions.validateParams([path, method]);
  if (!specSelectors.validateBeforeExecute([path, method])) throw new Error("a parameter is missing or wrong");
  return new Promise((streamTo) => specActions.execute({operation, path, method, extras: {streamTo}}));
}

// A message to begin with: the document's example, or one made of the schema.
function sampleMessage(operation, fn) {
  const content = operation.getIn(["requestBody", "content"]);
  const media = content.get("application/x-ndjson");
  const given = media.get("example") ?? content.getIn(["application/json", "example", 0]);
  if (given !== undefined) return JSON.stringify(given);
  const sample = fn.getSampleSchema(media.get("schema"), "application/json", {includeWriteOnly: true});
  return JSON.stringify(typeof sample === "string" ? JSON.parse(sample) : sample);
}

export function makePanel({React, fn}) {
  const h = React.createElement;

  const Row = React.memo(function Row({row}) {
    const {kind, time, text, label, details} = row;
    const more = details ?? (kind === "note" || kind === "warning" ? undefined : indented(text));
    const line = [
      h("span", {key: "time", className: "stream-time"}, `${time.toFixed(3)} s`),
      h("span", {key: "mark", className: "stream-mark", "aria-label": kind}, kMarks[kind]),
      h("span", {key: "label", className: "stream-label"}, label),
      h("span", {key: "text", className: "stream-text"}, text.slice(0, kShown)),
    ];
    if (more === undefined) return h("div", {className: `stream-row stream-${kind}`}, line);
    return h("details", {className: `stream-row stream-${kind}`}, h("summary", null, line), h("pre", null, more));
  });

  // Follows the newest row, unless someone has scrolled up to read.
  function Log({session}) {
    const box = React.useRef(null);
    const follows = React.useRef(true);
    React.useLayoutEffect(() => {
      if (follows.current) box.current.scrollTop = box.current.scrollHeight;
    }, [session.version]);
    const onScroll = ({target}) => {
      follows.current = target.scrollTop + target.clientHeight >= target.scrollHeight - 8;
    };
    const rows = session.rows.slice(-kRows).map((row) => h(Row, {key: row.key, row}));
    return h("div", {className: "stream-log", role: "log", tabIndex: 0, "aria-label": "Messages", ref: box, onScroll}, rows);
  }

  function Button({kind = "", ...props}) {
    return h("button", {type: "button", className: `btn ${kind}`, ...props});
  }

  function State({session}) {
    const {state, counts, rows} = session;
    if (state === "idle" && rows.length === 0) return null;
    const sent = counts.out > 0 ? `, ${counts.out} sent` : "";
    const cut = session.cut ? `; the last ${kRows} are shown` : "";
    return h("span", {className: `stream-state stream-state-${state}`, role: "status"},
             `${state === "idle" ? "ended" : state}: ${counts.in} received${sent}${cut}`);
  }

  return function StreamPanel(props) {
    const {operation, path, method} = props;
    const session = sessionOf(method, path);
    React.useSyncExternalStore(session.subscribe, () => session.version);
    const transports = transportsOf(operation);
    const [choice, setChoice] = React.useState(0);
    const {socket, sends} = transports[choice];
    const [text, setText] = React.useState(() => (sends ? sampleMessage(operation, fn) : ""));

    const canSend = !session.running || (socket && session.state === "open");
    const start = (messages) => session.start(transports[choice], () => buildRequest(props), messages);
    const send = () => {
      const messages = typedMessages(text);
      if (session.running) messages.forEach((message) => session.send(message));
      else start(messages);
    };
    const sendOnEnter = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (canSend) send();
    };

    const over = h("label", {className: "stream-over"}, "Over ",
      h("select", {value: choice, disabled: session.running, onChange: (event) => setChoice(Number(event.target.value))},
        transports.map(({name}, index) => h("option", {key: index, value: index}, name))));
    const run = session.running
      ? h(Button, {kind: "cancel", onClick: () => session.stop()}, socket ? "Disconnect" : "Stop")
      : (socket || !sends) && h(Button, {kind: "execute", onClick: () => start([])}, socket ? "Connect" : "Start");
    const clear = session.rows.length > 0 && !session.running &&
      h(Button, {onClick: () => session.clear()}, "Clear");
    const composer = sends && h("div", {className: "stream-composer"},
      h("textarea", {
        value: text, rows: 3, spellCheck: false, onChange: (event) => setText(event.target.value), onKeyDown: sendOnEnter,
        "aria-label": "Messages to send", title: "One message, or one on each line. Ctrl+Enter sends.",
      }),
      h("div", {className: "stream-actions"},
        h(Button, {kind: "execute", onClick: send, disabled: !canSend}, socket ? "Send" : "Send all"),
        socket && h(Button, {onClick: () => session.halfClose(), disabled: session.state !== "open",
                             title: "Says that nothing more will be sent; the answers go on"}, "Half-close")));

    return h("section", {className: "stream-panel", "aria-label": "Stream"},
      h("div", {className: "stream-bar"}, over, run, h(State, {session}), clear),
      composer,
      session.rows.length > 0 && h(Log, {session}));
  };
}
