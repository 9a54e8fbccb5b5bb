// Texts into messages and back: lines, Server-Sent Events, what people type. Knows no page and no network.

const kCodes = ["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
                "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
                "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"];

// Pieces of text, cut anywhere, into lines.
export class LineSplitter {
  #rest = "";

  push(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  }

  // What came after the last line break.
  rest() {
    return this.#rest;
  }
}

// Pieces of an application/x-ndjson response into messages: {data, failed}.
export class JsonLineSplitter {
  #lines = new LineSplitter();

  push(text) {
    return this.#lines.push(text).filter((line) => line.trim() !== "").map(lineMessage);
  }

  // The last message, where no line break ended it.
  end() {
    return this.push("\n");
  }
}

// Pieces of a text/event-stream response into messages: {data, id, failed}.
export class EventSplitter {
  #lines = new LineSplitter();
  #id = "";  // stays until the next one
  #type = "";
  #data = [];

  push(text) {
    return this.#lines.push(text).flatMap((line) => (line === "" ? this.#dispatch() : this.#field(line)));
  }

  // An event that no empty line ended is not one.
  end() {
    return [];
  }

  #field(line) {
    const colon = line.indexOf(":");
    if (colon === 0) return [];  // a comment, to keep the stream open
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    if (name === "event") this.#type = value;
    if (name === "id") this.#id = value;
    return [];
  }

  #dispatch() {
    const event = {data: this.#data.join("\n"), id: this.#id, failed: this.#type === "error"};
    const empty = this.#data.length === 0;
    this.#data = [];
    this.#type = "";
    return empty ? [] : [event];
  }
}

// A call that fails in mid-stream ends in a line {"error": {"code": …}}.
function lineMessage(line) {
  const value = line.startsWith('{"error"') ? parsed(line) : undefined;
  const failed = Object.keys(value ?? {}).length === 1 && typeof value.error?.code === "number";
  return {data: line, failed};
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The messages in what was typed: one JSON value over any number of lines, or one on each line. Texts, so that large
// numbers stay as they are; what is no JSON too, so that people see what the server says of it.
export function typedMessages(text) {
  if (parsed(text) !== undefined) return [text.trim()];
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

// JSON with line breaks; anything else as it is.
export function indented(text) {
  const value = parsed(text);
  // Not of numbers that JavaScript cannot hold: they would be shown as others.
  return value === undefined || /[0-9]{16}/.test(text) ? text : JSON.stringify(value, null, 2);
}

// The request as a command for a shell; -N shows each message as it comes. A body of parts is left out.
export function curlCommand({method, url, headers, body}) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -N -X ${method} ${quoted(url)}`];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (typeof body === "string" && body !== "") parts.push(`--data-binary ${quoted(body)}`);
  return parts.join(" \\\n  ");
}

// What the end of a WebSocket means: {text, failed}.
export function closeMeaning(code, reason) {
  const name = kCodes[code - 4000];
  const words = [`closed with ${code}`, name, reason].filter(Boolean);
  if (code === 1006) words.push("(the connection was refused or lost; browsers do not say why)");
  return {text: words.join(" "), failed: code !== 1000};
}
