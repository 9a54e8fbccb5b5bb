// Real clients against the chat example and the stream server: Chromium's fetch, EventSource and
// WebSocket, and Node's `ws` and `eventsource`.
// Usage: node browser.mjs CHAT_URL STREAMS_URL CHROMIUM PROFILE. Exits with 1 and says what is wrong.
import assert from "node:assert/strict";
import { EventSource as NodeEventSource } from "eventsource";
import { chromium } from "playwright-core";
import NodeWebSocket from "ws";

const [chat, streams, executablePath, profile] = process.argv.slice(2);
const ws = (url) => url.replace(/^http/, "ws");

async function chatInBrowsers(context) {
  const join = async (user) => {
    const page = await context.newPage();
    await page.goto(chat);
    await page.fill("#user", user);
    await page.click("#join button");
    await page.waitForFunction(() => !document.getElementById("send").disabled);
    return page;
  };
  const says = (page, text) =>
    page.waitForFunction((text) => document.getElementById("messages").textContent.includes(text), text);
  const ada = await join("Ada");
  await says(ada, "Ada: hello");
  const eve = await join("Ève");
  await says(ada, "Ève: hello");
  await ada.waitForFunction(() => document.getElementById("users").textContent === "Ada, Ève");
  await eve.fill("#text", "good morning");
  await eve.click("#send");
  await says(ada, "Ève: good morning");
  await eve.close();
  await ada.waitForFunction(() => document.getElementById("users").textContent === "Ada");
  const long = await context.newPage();
  await long.goto(chat);
  await long.fill("#user", "someone-whose-name-never-ends");
  await long.click("#join button");
  await says(long, "closed: 4003 a name has at most 20 bytes");
  await long.close();
  await ada.close();
}

// What a page does with a stream of lines: it reads them as they come.
async function fetchInBrowser(context) {
  const page = await context.newPage();
  await page.goto(streams + "/openapi.json");  // of the same origin
  const numbers = await page.evaluate(async () => {
    const response = await fetch("/v1/ticks?count=2000", {headers: {Accept: "application/x-ndjson"}});
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let piece; !(piece = await reader.read()).done;) text += piece.value;
    return text.trim().split("\n").map((line) => Number(JSON.parse(line).number));
  });
  assert.deepEqual(numbers, Array.from({length: 2000}, (_, i) => i + 1));

  // An endless stream is read while it runs, and left.
  const first = await page.evaluate(async () => {
    const abort = new AbortController();
    const response = await fetch("/v1/ticks", {headers: {Accept: "application/x-ndjson"}, signal: abort.signal});
    const {value} = await response.body.getReader().read();
    abort.abort();
    return new TextDecoder().decode(value).split("\n")[0];
  });
  assert.equal(first, '{"number":"1"}');

  // A finite stream of events: the browser comes back with the last id, and is told to stay.
  const events = await page.evaluate(() => new Promise((done) => {
    const seen = [];
    const source = new EventSource("/v1/ticks?count=3");
    source.onmessage = (event) => seen.push([event.lastEventId, event.data]);
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) done(seen); };
  }));
  assert.deepEqual(events, [1, 2, 3].map((i) => [`${i}`, `{"number":"${i}"}`]));

  const closed = await page.evaluate(() => new Promise((done) => {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/v1/break?number=1");
    socket.onclose = (event) => done([event.code, event.reason, event.wasClean, socket.extensions]);
  }));
  assert.deepEqual(closed.slice(0, 3), [4009, "broken on purpose", true]);
  assert.match(closed[3], /permessage-deflate/);
  await page.close();
}

async function originInBrowser(context) {
  const page = await context.newPage();
  await page.goto(chat);  // of another origin than the stream server
  const code = await page.evaluate((url) => new Promise((done) => {
    new WebSocket(url).onclose = (event) => done(event.code);
  }), ws(streams) + "/v1/ticks?count=1");
  assert.equal(code, 1006, "a page of another origin is refused");
  await page.close();
}

async function nodeWebSocket() {
  const socket = new NodeWebSocket(ws(streams) + "/v1/echo", ["protorest.json"]);
  const received = [];
  const close = new Promise((done, failed) => {
    socket.on("close", (code, reason) => done([code, reason.toString()]));
    socket.on("error", failed);
  });
  socket.on("open", () => { for (let i = 1; i <= 100; ++i) socket.send(JSON.stringify({number: i})); });
  socket.on("message", (data, binary) => {
    assert.equal(binary, false);
    received.push(Number(JSON.parse(data).number));
    if (received.length === 100) socket.send("");
  });
  assert.deepEqual(await close, [1000, ""]);
  assert.equal(socket.protocol, "protorest.json");
  assert.match(socket.extensions, /permessage-deflate/);
  assert.deepEqual(received, Array.from({length: 100}, (_, i) => i + 1));
}

async function nodeEventSource() {
  const source = new NodeEventSource(streams + "/v1/break?number=2");
  const [messages, error] = await new Promise((done) => {
    const messages = [];
    source.addEventListener("message", (event) => messages.push(event.data));
    source.addEventListener("error", (event) => { if (event.data) done([messages, event.data]); });
  });
  source.close();
  assert.deepEqual(messages, ['{"number":"1"}', '{"number":"2"}']);
  assert.equal(JSON.parse(error).code, 9);
}

const steps = {nodeWebSocket, nodeEventSource};
if (executablePath) Object.assign(steps, {chatInBrowsers, fetchInBrowser, originInBrowser});
const context = executablePath && await chromium.launchPersistentContext(profile, {
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"],
});
let failed = false;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step(context);
    console.log(`${name}: passed`);
  } catch (error) {
    failed = true;
    console.log(`${name}: ${error.stack}`);
  }
}
await context?.close();
process.exit(failed ? 1 : 0);
