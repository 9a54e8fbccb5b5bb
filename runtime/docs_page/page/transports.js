// How streams travel, and what a browser can do of it: fetch with a reader, and WebSocket.
import {closeMeaning, curlCommand, EventSplitter, JsonLineSplitter} from "./messages.js";

const kEvents = "text/event-stream";
const kLines = "application/x-ndjson";
const kForms = /^(accept|content-type)$/i;  // headers that a WebSocket has no use for

// In the order in which they are offered. `sends`: the page writes the messages; a browser's fetch cannot send them one
// by one. `suits`: for which operations, by their kind of stream and what the document says that they take and give.
const kTransports = [
  {name: "WebSocket", socket: true, sends: true, suits: (stream) => stream.kind !== "server" && stream.takes.includes(kLines)},
  {
    name: "Server-Sent Events", accept: kEvents, Splitter: EventSplitter,
    suits: (stream) => stream.kind === "server" && stream.gives.includes(kEvents),
  },
  {
    name: "NDJSON", accept: kLines, Splitter: JsonLineSplitter,
    suits: (stream) => stream.kind === "server" && stream.gives.includes(kLines),
  },
  {
    name: "NDJSON, all at once", sends: true, accept: kLines, Splitter: JsonLineSplitter,
    suits: (stream) => stream.kind === "bidi" && stream.takes.includes(kLines) && stream.gives.includes(kLines),
  },
  {
    name: "NDJSON, all at once", sends: true, accept: "application/json",
    suits: (stream) => stream.kind === "client" && stream.takes.includes(kLines),
  },
];

// Which of the transports this operation (an Immutable map) has; none: it does not stream, or streams bytes.
export function transportsOf(operation) {
  const kind = operation?.get("x-protorest-stream");
  if (!kind) return [];
  const types = (of) => of?.get("content")?.keySeq().toArray() ?? [];
  const success = operation.get("responses")?.find((_, code) => /^2/.test(code));
  const stream = {kind, takes: types(operation.get("requestBody")), gives: types(success)};
  return kTransports.filter((transport) => transport.suits(stream));
}

// Both make a call, with `messages` to send as soon as that can be, and return it: {done, stop(), send(text)}. `done` is
// fulfilled when it has ended, however.

export function openStream(request, transport, messages, session) {
  const abort = new AbortController();
  return {done: readStream(request, transport, messages, session, abort.signal), stop: () => abort.abort()};
}

async function readStream(request, transport, messages, session, signal) {
  const {url, method} = request;
  const headers = {...without(request.headers, transport.sends ? kForms : /^accept$/i), Accept: transport.accept};
  let body = request.body;
  if (transport.sends) {
    body = messages.map((message) => message + "\n").join("");
    headers["Content-Type"] = kLines;
  }
  const {pathname, search} = new URL(url);
  session.add("note", `${method} ${pathname}${search}`, {details: curlCommand({method, url, headers, body})});
  if (transport.sends) messages.forEach((message) => session.sent(message));
  session.opened();
  try {
    const response = await fetch(url, {method, headers, body, signal});
    const type = response.headers.get("content-type") ?? "";
    session.add(response.ok ? "note" : "failure", `${response.status} ${response.statusText} ${type}`.trim(),
                {details: [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n")});
    if (response.ok && transport.Splitter && type.startsWith(transport.accept)) {
      await readMessages(response.body, new transport.Splitter(), session);
      session.add("note", "the server has ended the stream");
    } else {
      const text = await response.text();
      if (text !== "") session.received({data: text, failed: !response.ok});
    }
  } catch (error) {
    if (signal.aborted) {
      session.add("note", "stopped");
    } else {
      session.add("failure", `the connection failed: ${error.message}`);
    }
  }
}

function without(headers, names) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));
}

async function readMessages(body, splitter, session) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let piece; !(piece = await reader.read()).done;) {
    splitter.push(piece.value).forEach((message) => session.received(message));
    await session.shown();  // so the page stays usable, and the server waits
  }
  splitter.end().forEach((message) => session.received(message));
}

export function openSocket(request, _, messages, session) {
  const url = new URL(request.url);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  const socket = new WebSocket(url);
  const lost = Object.keys(without(request.headers, kForms));
  if (lost.length > 0) {
    session.add("warning", `not sent: ${lost.join(", ")}. Browsers add no headers to a WebSocket. What reaches the ` +
                "server is the URL, with API keys that the document puts into the query, and this site's cookies.");
  }
  const done = new Promise((ended) => {
    socket.onopen = () => {
      session.opened();
      session.add("note", `connected to ${url.pathname}${url.search}`);
      for (const message of messages) session.send(message);
    };
    socket.onmessage = (event) => session.received({data: event.data});
    socket.onclose = ({code, reason}) => {
      const meaning = closeMeaning(code, reason);
      session.add(meaning.failed ? "failure" : "note", meaning.text);
      ended();
    };
  });
  return {done, stop: () => socket.close(1000), send: (text) => socket.send(text)};
}
