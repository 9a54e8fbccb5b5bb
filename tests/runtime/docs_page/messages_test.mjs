// The parts of the docs page that need no browser: texts into messages, and documents made fit for Swagger UI.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

// As data: Node takes a file for a module only by its ending, which browsers do not ask for.
async function load(name) {
  const text = fs.readFileSync(new URL(`../../../runtime/docs_page/page/${name}`, import.meta.url), "utf8");
  return import("data:text/javascript," + encodeURIComponent(text));
}
const {closeMeaning, curlCommand, EventSplitter, indented, JsonLineSplitter, typedMessages} = await load("messages.js");
const {prepareDocument} = await load("document.js");

// Everything that comes of `text`, cut into pieces of `size`.
function split(splitter, text, size) {
  const messages = [];
  for (let i = 0; i < text.length; i += size) messages.push(...splitter.push(text.slice(i, i + size)));
  return [...messages, ...splitter.end()];
}

test("lines are messages, however they were cut", () => {
  const text = '{"a":1}\n\r\n{"b":"\\n"}\r\n{"error":{"code":5,"message":"gone"}}\n';
  for (let size = 1; size <= text.length; ++size) {
    assert.deepEqual(split(new JsonLineSplitter(), text, size), [
      {data: '{"a":1}', failed: false},
      {data: '{"b":"\\n"}', failed: false},
      {data: '{"error":{"code":5,"message":"gone"}}', failed: true},
    ]);
  }
  assert.deepEqual(split(new JsonLineSplitter(), '{"a":1}\n{"b"', 3).map(({data}) => data), ['{"a":1}', '{"b"']);
});

test("a message may have a field called error", () => {
  const fails = (line) => new JsonLineSplitter().push(line + "\n")[0].failed;
  assert.equal(fails('{"error":"text"}'), false);
  assert.equal(fails('{"error":{"code":5},"more":1}'), false);
  assert.equal(fails('{"error":null}'), false);
  assert.equal(fails('{"error":{"code":'), false);
});

test("events are messages, however they were cut", () => {
  const text = ': comment\n\nid: 7\ndata: {"a":1}\n\ndata:x\ndata: y\nretry: 3\n\n' +
               'event: error\r\ndata: {"code":9}\r\n\r\ndata\n\nevent: none\n\ndata: cut off';
  for (let size = 1; size <= text.length; ++size) {
    assert.deepEqual(split(new EventSplitter(), text, size), [
      {data: '{"a":1}', id: "7", failed: false},
      {data: "x\ny", id: "7", failed: false},
      {data: '{"code":9}', id: "7", failed: true},
      {data: "", id: "7", failed: false},
    ]);
  }
});

test("what is typed is one value, or one on each line", () => {
  assert.deepEqual(typedMessages(' {"a":\n1} '), ['{"a":\n1}']);
  assert.deepEqual(typedMessages('{"a":1}\n\n  {"a":2}\n'), ['{"a":1}', '{"a":2}']);
  assert.deepEqual(typedMessages('{"n":12345678901234567890}'), ['{"n":12345678901234567890}']);
  assert.deepEqual(typedMessages("no json"), ["no json"]);
  assert.deepEqual(typedMessages(" \n"), []);
});

test("indenting changes no value", () => {
  assert.equal(indented('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(indented('{"n":12345678901234567890}'), '{"n":12345678901234567890}');
  assert.equal(indented("no json"), "no json");
});

test("the command for curl survives the shell", () => {
  assert.equal(curlCommand({method: "POST", url: "http://x/a?b=c&d", headers: {Accept: "x/y"}, body: "it's"}),
               "curl -N -X POST 'http://x/a?b=c&d' \\\n  -H 'Accept: x/y' \\\n  --data-binary 'it'\\''s'");
  assert.equal(curlCommand({method: "GET", url: "http://x/", headers: {}}), "curl -N -X GET 'http://x/'");
  assert.equal(curlCommand({method: "POST", url: "http://x/", headers: {}, body: new FormData()}),
               "curl -N -X POST 'http://x/'");
});

test("close codes have their meaning", () => {
  assert.deepEqual(closeMeaning(1000, ""), {text: "closed with 1000", failed: false});
  assert.deepEqual(closeMeaning(4003, "no"), {text: "closed with 4003 INVALID_ARGUMENT no", failed: true});
  assert.deepEqual(closeMeaning(4016, "who"), {text: "closed with 4016 UNAUTHENTICATED who", failed: true});
  assert.match(closeMeaning(1006, "").text, /refused or lost/);
});

test("a document shows its messages, samples, and the prefix that it is behind", () => {
  const document = () => ({
    paths: {"/a": {get: {
      parameters: [{schema: {type: "string", pattern: "^[0-9]+$"}}],
      responses: {200: {content: {"text/event-stream": {itemSchema: {type: "string", pattern: "^[0-9]+$"}}}}},
    }}},
    components: {schemas: {
      given: {type: "string", pattern: "^x+$", examples: ["xx"]},
      duration: {type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$"},
      other: {type: "string", pattern: "^x+$"},
      fields: {properties: {itemSchema: {type: "integer"}}, default: {type: "string", pattern: "^[0-9]$"}},
      foreign: {type: "string", pattern: "(?i)^x\\z"},
    }},
  });
  const plain = prepareDocument(document(), new URL("http://host/openapi.json"));
  const media = plain.paths["/a"].get.responses[200].content["text/event-stream"];
  assert.equal(media.schema, media.itemSchema);
  assert.equal(media.schema.example, "0");
  assert.equal("example" in plain.paths["/a"].get.parameters[0].schema, false);
  assert.equal(plain.components.schemas.duration.example, "1.5s");
  assert.equal(plain.components.schemas.given.example, undefined);
  assert.equal(plain.components.schemas.other.example, undefined);
  assert.deepEqual(plain.components.schemas.fields, document().components.schemas.fields);
  assert.equal(plain.components.schemas.foreign.example, undefined);
  assert.equal(plain.servers, undefined);

  const behind = (url, more) => prepareDocument({...document(), ...more}, new URL(url)).servers;
  assert.deepEqual(behind("http://host/api/v2/openapi.json"), [{url: "/api/v2"}]);
  assert.deepEqual(behind("http://host/api/openapi.json", {servers: [{url: "/"}]}), [{url: "/api"}]);
  assert.deepEqual(behind("http://host/openapi.json", {servers: [{url: "/"}]}), [{url: "/"}]);
  assert.deepEqual(behind("http://host/api/openapi.json", {servers: [{url: "/x"}]}), [{url: "/x"}]);
});
