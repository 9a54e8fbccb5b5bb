// The docs page in Chromium: reading, calling, streaming, chatting; with authorization, and behind a proxy.
// Usage: node docs_page.mjs USERS_URL STREAMS_URL CHROMIUM PROFILE [IMAGES]. Exits with 1 and says what is wrong;
// IMAGES: a folder for pictures of what it sees.
import assert from "node:assert/strict";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const [users, streams, executablePath, profile, images] = process.argv.slice(2);

const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  viewport: {width: 1080, height: 720},
  colorScheme: "light",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
});
context.setDefaultTimeout(60_000);
const complaints = [];  // of the browser

// A page that has loaded; what the browser complains of, and where it goes, is watched.
async function openPage(url, prepare) {
  const page = await context.newPage();
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("console", (message) => {
    const refused = /responded with a status of 4/.test(message.text()) && message.location().url.includes("/v1/");
    const ofSwaggerUi = message.text().startsWith("Deprecated: escaping deep link");  // of the _ in operationIds
    if (["error", "warning"].includes(message.type()) && !refused && !ofSwaggerUi) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL("/", url)) && !request.url().startsWith("data:")) {
      complaints.push(`goes to ${request.url()}`);
    }
  });
  await prepare?.(page);
  await page.goto(url);
  await page.locator(".opblock").first().waitFor();
  return page;
}

async function expand(page, method) {
  const block = page.locator(`.opblock[id$="Service_${method}"]`);
  await block.locator(".opblock-summary-control").click();
  await block.locator(".responses-wrapper").waitFor();
  return block;
}

const button = (block, name) => block.getByRole("button", {name, exact: true});
const over = (block, name) => block.locator(".stream-over select").selectOption({label: name});
const rows = (block, kind) => block.locator(`.stream-${kind} .stream-text`);
const state = (block, text) => block.locator(".stream-state", {hasText: text}).waitFor();
const write = (block, ...messages) => block.locator(".stream-composer textarea").fill(messages.join("\n"));

// With `spot` at the start, or in the middle, of the screen.
async function picture(page, name, spot, block = "center") {
  if (!images) return;
  await spot?.evaluate((element, block) => element.scrollIntoView({block}), block);
  await page.mouse.move(0, 0);
  await page.screenshot({path: path.join(images, name + ".png"), animations: "disabled"});
}

async function createUsers() {
  const names = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Edsger Dijkstra", "Barbara Liskov", "Tony Hoare"];
  for (const [index, name] of names.entries()) {
    const email = name.split(" ")[0].toLowerCase() + "@example.com";
    const response = await fetch(users + "/v1/users", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({name, email, age: 36 + index}),
    });
    assert.equal(response.status, 200);
  }
  return names;
}

async function readsAndCalls() {
  const names = await createUsers();
  const page = await openPage(users + "/docs");
  assert.equal(await page.title(), "users.v1");
  assert.equal(await page.locator(".opblock").count(), 5);
  assert.deepEqual(await page.locator(".stream-badge").allTextContents(), ["⇣ stream", "⇡ stream", "⇅ stream"]);
  await picture(page, "docs-open");

  const get = await expand(page, "GetUser");
  await get.getByPlaceholder("user_id").fill("1");
  await button(get, "Execute").click();
  await get.locator(".live-responses-table .response-col_status", {hasText: "200"}).waitFor();
  assert.match(await get.locator(".live-responses-table").textContent(), new RegExp(names[0]));
  await picture(page, "docs-get", get.locator(".live-responses-table"));

  const create = await expand(page, "CreateUser");
  await create.locator("textarea").fill('{"name": "Eve", "emial": "eve@example.com"}');
  await button(create, "Execute").click();
  await create.locator(".live-responses-table .response-col_status", {hasText: "400"}).waitFor();
  assert.match(await create.locator(".live-responses-table").textContent(), /did you mean/);
  await picture(page, "docs-error", create.locator(".live-responses-table .response"));
  await page.close();
}

async function streamsUsers() {
  const page = await openPage(users + "/docs#/UserService/UserService_ListUsers");
  const list = page.locator('.opblock[id$="Service_ListUsers"]');
  await button(list, "Start").click();  // a link leads right there
  await state(list, "ended: 6 received");
  await picture(page, "docs-stream", list, "start");
  assert.deepEqual(await list.locator(".stream-in .stream-label").allTextContents(), ["1", "2", "3", "4", "5", "6"]);
  assert.equal(JSON.parse(await rows(list, "in").nth(1).textContent()).name, "Alan Turing");
  await list.locator(".stream-in summary").nth(1).click();
  assert.match(await list.locator(".stream-in pre").nth(1).innerText(), /^ {2}"name": "Alan Turing",$/m);

  await over(list, "NDJSON");
  await list.getByPlaceholder("pageSize").fill("2");
  await button(list, "Start").click();
  await state(list, "ended: 2 received");
  await list.locator(".stream-note summary").nth(1).click();
  assert.match(await list.locator(".stream-note pre").nth(1).innerText(), /^x-next-page-token: ./m);
  assert.match(await list.locator(".stream-note pre").first().textContent(), /^curl -N -X GET '.*pageSize=2'/);

  await list.getByPlaceholder("pageSize").fill("two");  // Swagger UI itself says what is wrong
  await button(list, "Start").click();
  await list.locator("input.invalid").waitFor();
  assert.deepEqual(await rows(list, "failure").allTextContents(), ["a parameter is missing or wrong"]);
  await page.close();
}

async function sendsStreams() {
  const page = await openPage(users + "/docs");
  const bulk = await expand(page, "BulkCreateUsers");
  const sample = JSON.parse(await bulk.locator(".stream-composer textarea").inputValue());
  assert.deepEqual(Object.keys(sample), ["name", "email", "age"]);
  await write(bulk, '{"name":"B","email":"b@example.com"}', '{"name":"C","email":"c@example.com"}');
  await over(bulk, "NDJSON, all at once");
  await button(bulk, "Send all").click();
  await state(bulk, "ended: 1 received, 2 sent");
  assert.equal(JSON.parse(await rows(bulk, "in").textContent()).createdCount, 2);
  await button(bulk, "Send all").click();
  await rows(bulk, "failure").filter({hasText: '"code":6'}).waitFor();  // they exist

  await over(bulk, "WebSocket");
  await write(bulk, '{"name":"D","email":"d@example.com"}');
  await button(bulk, "Send").click();  // connects
  await rows(bulk, "out").waitFor();
  await button(bulk, "Half-close").click();
  await state(bulk, "ended: 1 received, 1 sent");
  assert.deepEqual((await rows(bulk, "note").allTextContents()).slice(-1), ["closed with 1000"]);
  await page.close();
}

async function chats() {
  const page = await openPage(users + "/docs");
  const chat = await expand(page, "Chat");
  await button(chat, "Connect").click();
  await state(chat, "open");
  for (const [index, text] of ["Is anybody there?", "So it is."].entries()) {
    await write(chat, JSON.stringify({userId: "1", text}));
    await chat.locator(".stream-composer textarea").press("Control+Enter");
    await rows(chat, "in").nth(index).waitFor();
    assert.equal(JSON.parse(await rows(chat, "in").nth(index).textContent()).text, text);
  }
  await write(chat, '{"userId":"1","texd":"oops"}');
  await button(chat, "Send").click();
  await rows(chat, "failure").filter({hasText: 'closed with 4003 INVALID_ARGUMENT texd: unknown field'}).waitFor();
  await picture(page, "docs-chat", chat.locator(".stream-panel"));

  await over(chat, "NDJSON, all at once");
  await write(chat, '{"text":"a"}', '{"text":"b"}');
  await button(chat, "Send all").click();
  await state(chat, "ended: 2 received, 2 sent");
  await page.close();
}

async function streamsLive() {
  const page = await openPage(streams + "/docs");
  const ticks = await expand(page, "Ticks");
  for (const transport of ["Server-Sent Events", "NDJSON"]) {
    await over(ticks, transport);
    await button(ticks, "Start").click();
    await rows(ticks, "in").first().waitFor();
    await ticks.locator(".stream-state", {hasText: /open: \d+ received; the last 200 are shown/}).waitFor();
    assert.equal(await ticks.locator(".stream-row").count(), 200);
    await button(ticks, "Stop").click();
    await state(ticks, "ended");
    assert.deepEqual((await rows(ticks, "note").allTextContents()).slice(-1), ["stopped"]);
  }
  const fails = await expand(page, "Break");
  await fails.getByPlaceholder("number").fill("2");
  for (const transport of ["Server-Sent Events", "NDJSON"]) {
    await over(fails, transport);
    await button(fails, "Start").click();
    await rows(fails, "failure").filter({hasText: "broken on purpose"}).waitFor();
    await state(fails, "ended: 2 received");
  }
  await page.close();
}

// Gives a document on its way what those of the servers under test have not.
async function changeDocument(page, change) {
  await page.route("**/openapi.json", async (route) => {
    const response = await route.fetch();
    const document = await response.json();
    change(document);
    await route.fulfill({response, json: document});
  });
}

async function sendsAuthorization() {
  const schemes = {
    token: {type: "http", scheme: "bearer"},
    header: {type: "apiKey", in: "header", name: "X-Api-Key"},
    query: {type: "apiKey", in: "query", name: "key"},
  };
  const page = await openPage(streams + "/docs", (page) => changeDocument(page, (document) => {
    document.components.securitySchemes = schemes;
    document.security = [Object.fromEntries(Object.keys(schemes).map((name) => [name, []]))];
  }));
  await button(page.locator(".scheme-container"), "Authorize").click();
  for (const name of Object.keys(schemes)) {
    const form = page.locator(".auth-container", {hasText: name + " "}).locator("form").first();
    await form.locator("input").fill("my-" + name);
    await form.locator("button[type=submit]").click();
  }
  await page.locator(".close-modal").click();

  const ticks = await expand(page, "Ticks");
  await ticks.getByPlaceholder("count").fill("1");
  for (const transport of ["Server-Sent Events", "NDJSON"]) {
    await over(ticks, transport);
    const sent = page.waitForRequest("**/v1/ticks*");
    await button(ticks, "Start").click();
    const request = await sent;
    assert.equal(request.headers().authorization, "Bearer my-token");
    assert.equal(request.headers()["x-api-key"], "my-header");
    assert.equal(new URL(request.url()).search, "?count=1&key=my-query");
    await state(ticks, "ended: 1 received");
  }

  const echo = await expand(page, "Echo");
  const opened = page.waitForEvent("websocket");
  await button(echo, "Connect").click();
  assert.equal((await opened).url(), streams.replace("http", "ws") + "/v1/echo?key=my-query");
  await rows(echo, "warning").filter({hasText: "not sent: Authorization, X-Api-Key. Browsers add no"}).waitFor();
  await state(echo, "open");
  await button(echo, "Disconnect").click();
  await state(echo, "ended");
  await page.close();
}

// The provider's window comes back to oauth2-redirect.html, which hands the token to the page.
async function signsInWithOAuth() {
  const provider = http.createServer((request, response) => {
    const query = new URL(request.url, "http://provider").searchParams;
    const token = new URLSearchParams({access_token: "my-token", token_type: "bearer", state: query.get("state")});
    response.writeHead(302, {location: `${query.get("redirect_uri")}#${token}`}).end();
  });
  await new Promise((listening) => provider.listen(0, "127.0.0.1", listening));
  const authorizationUrl = `http://127.0.0.1:${provider.address().port}/`;
  const page = await openPage(streams + "/docs", (page) => changeDocument(page, (document) => {
    document.components.securitySchemes = {o: {type: "oauth2", flows: {implicit: {authorizationUrl, scopes: {}}}}};
    document.security = [{o: []}];
  }));
  await button(page.locator(".scheme-container"), "Authorize").click();
  await page.locator("#client_id_implicit").fill("docs");
  await page.locator(".auth-btn-wrapper button", {hasText: "Authorize"}).click();
  await page.locator(".auth-btn-wrapper button", {hasText: "Logout"}).waitFor();
  await page.locator(".close-modal").click();
  const ticks = await expand(page, "Ticks");
  await ticks.getByPlaceholder("count").fill("1");
  const sent = page.waitForRequest("**/v1/ticks*");
  await button(ticks, "Start").click();
  assert.equal((await sent).headers().authorization, "Bearer my-token");
  await page.close();
  provider.closeAllConnections();
  provider.close();
}

async function showsOtherVersions() {
  const isStream = /ndjson|event-stream/;
  const change = (document, version) => {
    document.openapi = version;
    for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
      const holders = [operation.requestBody, ...Object.values(operation.responses)];
      for (const [type, media] of holders.flatMap((holder) => Object.entries(holder?.content ?? {}))) {
        if (version !== "3.2.0" || !isStream.test(type)) continue;
        media.itemSchema = media.schema;
        delete media.schema;
      }
    }
  };
  for (const version of ["3.0.3", "3.2.0"]) {
    const page = await openPage(streams + "/docs", (page) => changeDocument(page, (document) => change(document, version)));
    await page.locator(".info .version-stamp", {hasText: `OAS ${version.slice(0, 3)}`}).waitFor();
    const echo = await expand(page, "Echo");
    assert.match(await echo.locator(".stream-composer textarea").inputValue(), /^{"number":"[0-9]+"}$/);
    await button(echo, "Send").click();
    await rows(echo, "in").waitFor();
    await button(echo, "Half-close").click();
    await state(echo, "ended: 1 received, 1 sent");
    await page.close();
  }
}

async function worksBehindAPrefix() {
  const proxy = http.createServer((request, response) => {
    const url = users + request.url.replace(/^\/api\/v7/, "");
    const options = {method: request.method, headers: request.headers};
    request.pipe(http.request(url, options, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    }));
  });
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  const page = await openPage(`http://127.0.0.1:${proxy.address().port}/api/v7/docs/`);
  const list = await expand(page, "ListUsers");
  const sent = page.waitForRequest("**/v1/users*");
  await button(list, "Start").click();
  assert.equal(new URL((await sent).url()).pathname, "/api/v7/v1/users");
  await list.locator(".stream-state", {hasText: /^ended: [1-9]/}).waitFor();
  await page.close();
  proxy.closeAllConnections();
  proxy.close();
}

async function followsTheColours() {
  const page = await openPage(users + "/docs");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.emulateMedia({colorScheme: "dark"});
  await page.waitForFunction(() => document.documentElement.classList.contains("dark-mode"));
  assert.notEqual(await background(), light);
  await page.close();
}

let failed = false;
for (const step of [readsAndCalls, streamsUsers, sendsStreams, chats, streamsLive, sendsAuthorization,
                    signsInWithOAuth, showsOtherVersions, worksBehindAPrefix, followsTheColours]) {
  try {
    await step();
    assert.deepEqual(complaints.splice(0), []);
    console.log(`${step.name}: passed`);
  } catch (error) {
    failed = true;
    console.log(`${step.name}: ${error.stack} ${complaints.splice(0).join("\n")}`);
  }
}
await context.close();
process.exit(failed ? 1 : 0);
