// Makes the document what Swagger UI can show.

// For a pattern Swagger UI makes up a hundred characters. What protorest's patterns are of (64-bit integers, durations)
// has short ones.
const kSamples = ["0", "1.5s"];

// Data; and parameters, whose examples would be sent unless someone deletes them.
const kLeftAlone = ["default", "enum", "example", "examples", "parameters"];

// Not every pattern of a document is one of JavaScript.
function matches(pattern, text) {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

function improve(node) {
  if (node.type === "string" && typeof node.pattern === "string" && !("examples" in node || "default" in node)) {
    node.example ??= kSamples.find((sample) => matches(node.pattern, sample));
  }
  for (const [key, child] of Object.entries(node)) {
    if (typeof child !== "object" || child === null || kLeftAlone.includes(key)) continue;
    // OpenAPI 3.2 says of a stream what each message is; Swagger UI shows `schema`.
    if (key.includes("/") && child.itemSchema) child.schema ??= child.itemSchema;
    improve(child);
  }
}

// `document`, which was loaded from `url`, changed in place.
export function prepareDocument(document, url) {
  improve(document);
  // Behind a proxy that takes a prefix off, the API is where the document is, not at the root. What the document says
  // beyond the root is said on purpose.
  const base = new URL(".", url).pathname.replace(/\/$/, "");
  const servers = document.servers ?? [];
  if (base !== "" && servers.every((server) => server.url === "/")) document.servers = [{url: base}];
  return document;
}
