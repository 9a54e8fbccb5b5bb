// The log of one operation's calls, and the call in progress. Lives as long as the page, whether it is shown or not.
import {openSocket, openStream} from "./transports.js";

export const kRows = 200;  // are kept at least, and shown; the page stays quick
const kNotifyAfter = 100;  // ms

export class Session {
  rows = [];  // {key, kind, time, text, label, details}
  counts = {in: 0, out: 0};
  state = "idle";  // or "connecting", "open", "half-closed"
  version = 0;     // grows with each change that listeners hear of

  #listeners = new Set();
  #timer = null;
  #waiting = [];
  #next = 0;   // key
  #first = 0;  // of the rows since they were cleared
  #started = 0;
  #call = null;

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  // Whether rows are gone, or not shown any more.
  get cut() {
    return this.#next - this.#first > kRows;
  }

  get running() {
    return this.state !== "idle";
  }

  // Makes the call that `prepare` describes ({url, method, headers, body}; it may throw), over `transport`, and sends
  // `messages`.
  async start(transport, prepare, messages) {
    this.clear();
    this.#started = performance.now();
    this.state = "connecting";
    this.#changed();
    try {
      const request = await prepare();
      const open = transport.socket ? openSocket : openStream;
      this.#call = open(request, transport, messages, this);
      await this.#call.done;
    } catch (error) {
      this.add("failure", error.message);
    }
    this.#end();
  }

  opened() {
    this.state = "open";
    this.#changed();
  }

  stop() {
    this.#call?.stop();
  }

  // Of WebSockets that are open.
  send(text) {
    this.#call.send(text);
    this.sent(text);
  }

  halfClose() {
    this.#call.send("");
    this.state = "half-closed";
    this.add("note", "half-closed: nothing more will be sent");
  }

  sent(text) {
    this.counts.out += 1;
    this.add("out", text);
  }

  received({data, id, failed}) {
    if (!failed) this.counts.in += 1;
    this.add(failed ? "failure" : "in", data, {label: id});
  }

  add(kind, text, {label, details} = {}) {
    const time = (performance.now() - this.#started) / 1000;
    this.rows.push({key: this.#next++, kind, time, text, label, details});
    if (this.rows.length >= 2 * kRows) this.rows.splice(0, this.rows.length - kRows);
    this.#changed();
  }

  // Fulfilled when listeners have heard of all that there is.
  shown() {
    return this.#timer === null ? Promise.resolve() : new Promise((done) => this.#waiting.push(done));
  }

  clear() {
    this.rows = [];
    this.counts = {in: 0, out: 0};
    this.#first = this.#next;
    this.#changed();
  }

  #end() {
    this.#call = null;
    this.state = "idle";
    this.#changed();
  }

  // A quick stream has its rows shown many at a time.
  #changed() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.version += 1;
      for (const listener of this.#listeners) listener();
      for (const done of this.#waiting.splice(0)) done();
    }, kNotifyAfter);
  }
}
