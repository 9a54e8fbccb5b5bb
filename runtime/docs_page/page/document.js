// Makes the document what Swagger UI can show.

// For a pattern Swagger UI makes up a hundred characters. What protorest's patterns are of (64-bit integers, durations)
// has short ones.
const kSamples = ["0", "1.5s"];

function improve(node) {
  if (node.itemSchema) node.schema ??= node.itemSchema;  // OpenAPI 3.2: of each message; Swagger UI shows `schema`
  if (node.type === "string" && typeof node.pattern === "string" && !("examples" in node || "default" in node)) {
    node.example ??= kSamples.find((sample) => new RegExp(node.pattern, "u").test(sample));
  }
  for (const [key, child] of Object.entries(node)) {
    // The example of a parameter would be sent unless someone deletes it.
    if (key !== "parameters" && typeof child === "object" && child !== null) improve(child);
  }
}

// `document`, which was loaded from `url`, changed in place.
export function prepareDocument(document, url) {
  improve(document);
  // Behind a proxy that takes a prefix off, the API is where the document is, not at the root.
  const base = new URL(".", url).pathname;
  if (!document.servers && base !== "/") document.servers = [{url: base.replace(/\/$/, "")}];
  return document;
}
