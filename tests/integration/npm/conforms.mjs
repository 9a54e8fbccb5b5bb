// Judges a server's answers by its own OpenAPI document: status, media type and body of each must be what
// the document says. Usage: node conforms.mjs DOCUMENT CALLS, both JSON; a call is
// {name, method, path, request: {type, body}, status, type, body}. Exits with 1 and says what differs.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { useFormats } from "./formats.mjs";
import { prepare } from "./schemas.mjs";

const [document, calls] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file)));

prepare(document);
const ajv = new Ajv({ strict: false, allErrors: true });
useFormats(ajv);
ajv.addSchema(document, "document");

const pointer = (...parts) =>
  "#" + parts.map((part) => "/" + encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("");

const follow = (ref) =>
  ref.slice(2).split("/").reduce((at, part) => at[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")], document);

// The messages of a stream: a line each, or the data of an event each.
function messages(media, text) {
  const lines = text.split("\n").filter((line) => line);
  if (media !== "text/event-stream") return lines;
  return lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice("data: ".length));
}

// What is wrong with `text` as the content at `place`, "" if nothing.
function check(place, media, text) {
  const content = follow(place).content ?? {};
  if (!(media in content)) return `${media} is not among ${Object.keys(content)}`;
  const validate = ajv.getSchema("document" + place + pointer("content", media, "schema").slice(1));
  const values = content[media]["x-protorest-stream"] ? messages(media, text) : [text];
  for (const value of values) {
    if (!validate(JSON.parse(value))) return `${value}: ${ajv.errorsText(validate.errors)}`;
  }
  return "";
}

function judge(call) {
  const template = Object.keys(document.paths).find((path) =>
    new RegExp("^" + path.replaceAll(/\{[^}]*\}/g, "[^/:]+") + "$").test(call.path.split("?")[0]));
  const verb = call.method.toLowerCase();
  if (!template || !document.paths[template][verb]) {
    const known = [404, 405].includes(call.status) ? "" : `no such operation, and ${call.status}; `;
    return known + check("#/components/responses/Error", call.type, call.body);
  }
  const operation = document.paths[template][verb];
  const place = pointer("paths", template, verb);
  const status = call.status in operation.responses ? String(call.status) : "default";
  const response = operation.responses[status].$ref ?? place + pointer("responses", status).slice(1);
  if (status !== "200" && call.status < 400) return `${call.status} is no error`;
  const answer = check(response, call.type, call.body);
  if (answer || !call.request?.body || call.status !== 200) return answer && "answer: " + answer;
  const request = check(place + pointer("requestBody").slice(1), call.request.type, call.request.body);
  return request && "request: " + request;
}

let failed = false;
for (const call of calls) {
  const objection = judge(call);
  if (objection) console.log(`${call.name}: ${objection}`);
  failed ||= objection !== "";
}
process.exit(failed ? 1 : 0);
