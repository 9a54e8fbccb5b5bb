// The schemas of a document's messages, as validators of JSON Schema 2020-12.
import Ajv from "ajv/dist/2020.js";
import { INTEGERS, formatOfText, useFormats } from "./formats.mjs";

// Not the JSON of one message: any, and the bodies of errors.
const OTHERS = ["google.protobuf.Any", "google.rpc.Status", "protorest.Error", "protorest.Problem"];

// The full names of the messages that the document has a component for.
export function messagesOf(document) {
  const schemas = Object.entries(document.components?.schemas ?? {});
  return schemas.filter(([name, schema]) => schema.type === "object" && !OTHERS.includes(name)).map(([name]) => name);
}

// Makes the schemas as strict as they are meant. Clients may pass over members that no schema names; a test must not.
// Members of extensions, "[full.name]", are in no document.
export function prepare(schema) {
  if (schema === null || typeof schema !== "object") return;
  if (schema.type === "object" && schema.additionalProperties === undefined) {
    schema.additionalProperties = false;
    schema.patternProperties = { "^\\[.*\\]$": true };
  }
  if (schema.format in INTEGERS && schema.type !== "integer") schema.format = formatOfText(schema.format);
  for (const value of Object.values(schema)) prepare(value);
}

// Puts the dialect of OpenAPI 3.0 into the words of JSON Schema.
export function modernize(schema) {
  if (schema === null || typeof schema !== "object") return;
  if (schema.nullable === true && schema.type) schema.type = [schema.type, "null"];
  for (const [bound, exclusive] of [["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]]) {
    if (schema[exclusive] !== true) continue;
    schema[exclusive] = schema[bound];
    delete schema[bound];
  }
  if (schema["x-propertyNames"]) schema.propertyNames = schema["x-propertyNames"];
  const { $ref } = schema.allOf?.length === 1 ? schema.allOf[0] : {};
  if ($ref) {  // a reference that has words beside it
    delete schema.allOf;
    schema.$ref = $ref;
  }
  for (const value of Object.values(schema)) modernize(value);
}

// Returns a function that says what is wrong with a value as a message of a type, "" if nothing is.
export function validatorOf(document) {
  const strict = structuredClone({ components: document.components });
  prepare(strict);
  const ajv = new Ajv({ strict: false, logger: false, inlineRefs: false, code: { optimize: false } });
  useFormats(ajv);
  ajv.addSchema(strict, "document");
  return (type, value) => {
    const validate = ajv.getSchema(`document#/components/schemas/${type}`);
    return validate(value) ? "" : ajv.errorsText(validate.errors);
  };
}
