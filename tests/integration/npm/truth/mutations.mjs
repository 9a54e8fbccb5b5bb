// Ways of making a document wrong: each must be found out by messages that are written, or by what is read.
//
// A mutation is [what is wrong, where it shows, the change]: of truth.proto's document, as `schemas` by their short
// names. "written": a message that the writer writes is not valid any more; "read": the schema allows what the reader
// refuses.
const NAMED = "truth.v1.";

// The properties of a message.
const of = (schemas, message) => schemas[NAMED + message].properties;

// Replaces a property by other schemas.
const becomes = (message, property, schema) => (schemas) => {
  if (!(property in of(schemas, message))) throw new Error(`no property ${message}.${property}`);
  of(schemas, message)[property] = schema;
};

// Changes members of a property's schema; undefined takes one out.
const changes = (message, property, members, place = (schema) => schema) => (schemas) => {
  const schema = place(of(schemas, message)[property]);
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined && !(key in schema)) throw new Error(`no ${key} in ${message}.${property}`);
    if (value === undefined) delete schema[key];
    else schema[key] = value;
  }
};

const renames = (message, from, to) => (schemas) => {
  const properties = of(schemas, message);
  if (!(from in properties)) throw new Error(`no property ${message}.${from}`);
  properties[to] = properties[from];
  delete properties[from];
};

const requires = (message, property) => (schemas) => {
  const schema = schemas[NAMED + message];
  schema.required = [...(schema.required ?? []), property];
};

const keysOf = (schema) => schema.propertyNames;
const itemsOf = (schema) => schema.items;
const valuesOf = (schema) => schema.additionalProperties;
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

export const MUTATIONS = [
  // 64-bit integers
  ["int64 as a number", "written", becomes("Scalars", "anInt64", { type: "integer", format: "int64" })],
  ["uint64 as a number", "written", becomes("Scalars", "aUint64", { type: "integer", format: "uint64" })],
  ["fixed64 as a number", "written", becomes("Scalars", "aFixed64", { type: "integer" })],
  ["optional int64 as a number", "written", becomes("Scalars", "anOptionalInt64", { type: "integer" })],
  ["uint64s of a list as numbers", "written", becomes("Lists", "uint64s", { type: "array", items: { type: "integer" } })],
  ["int64s of a map as numbers", "written", changes("Maps", "byFixed64", { type: "integer" }, valuesOf)],
  ["an Int64Value as a number", "written", changes("WellKnown", "anInt64Value", { type: ["integer", "null"] })],
  ["int64 without a sign", "written", changes("Scalars", "anInt64", { pattern: "^[0-9]{1,19}$" })],
  ["int64 of 18 digits", "written", changes("Scalars", "aSint64", { pattern: "^(0|-?[1-9][0-9]{0,17})$" })],
  ["int64 in the bounds of uint64", "written", changes("Scalars", "anSfixed64", { format: "uint64" })],
  ["uint64 in the bounds of int64", "written", changes("Scalars", "aFixed64", { format: "int64" })],
  ["uint64 of 19 digits", "written", changes("Scalars", "aUint64", { pattern: "^(0|[1-9][0-9]{0,18})$" })],
  ["int64 with leading zeros", "read", changes("Scalars", "anInt64", { pattern: "^-?[0-9]{1,19}$" })],
  ["uint64 with a sign", "read", changes("Scalars", "aUint64", { pattern: "^-?[1-9][0-9]{0,18}$", format: undefined })],
  ["int64 of any text", "read", changes("Scalars", "anInt64", { pattern: undefined, format: undefined })],
  // 32-bit integers
  ["int32 as text", "written", becomes("Scalars", "anInt32", { type: "string", pattern: "^-?[0-9]+$" })],
  ["int32 that is not negative", "written", changes("Scalars", "aSint32", { minimum: 0 })],
  ["uint32 in the bounds of int32", "written", changes("Scalars", "aUint32", { format: "int32" })],
  ["int32 without bounds", "read", changes("Scalars", "anInt32", { format: undefined })],
  ["uint32 with a sign", "read", changes("Scalars", "aFixed32", { minimum: undefined, format: "int32" })],
  ["int32 with a fraction", "read", becomes("Scalars", "anSfixed32", { type: "number" })],
  // Floats
  ["double without words", "written", becomes("Scalars", "aDouble", { type: "number", format: "double" })],
  ["double without NaN", "written", changes("Scalars", "aDouble", { enum: ["Infinity", "-Infinity"] }, (s) => s.anyOf[1])],
  ["float without -Infinity", "written", changes("Scalars", "aFloat", { enum: ["NaN", "Infinity"] }, (s) => s.anyOf[1])],
  ["a list of doubles without words", "written", becomes("Lists", "doubles", { type: "array", items: { type: "number" } })],
  ["a DoubleValue without words", "written", becomes("WellKnown", "aDoubleValue", { type: ["number", "null"] })],
  ["double as an integer", "written", changes("Scalars", "aDouble", { type: "integer" }, (s) => s.anyOf[0])],
  ["float in the bounds of double", "read", changes("Scalars", "aFloat", { format: "double" }, (s) => s.anyOf[0])],
  ["double of other words", "read", changes("Scalars", "aDouble", { enum: ["nan", "inf"] }, (s) => s.anyOf[1])],
  // Texts, bytes, bools
  ["bool as text", "written", becomes("Scalars", "aBool", { type: "string", enum: ["true", "false"] })],
  ["bytes as a list of numbers", "written", becomes("Scalars", "someBytes", { type: "array", items: { type: "integer" } })],
  ["bytes of the URL's alphabet", "written", changes("Scalars", "someBytes", { pattern: "^[A-Za-z0-9_-]*$", format: undefined })],
  ["bytes of any text", "read", changes("Scalars", "someBytes", { format: undefined, contentEncoding: undefined })],
  ["a string that is not empty", "written", changes("Lists", "strings", { minLength: 1 }, itemsOf)],
  ["a string that may be a number", "read", becomes("Scalars", "aString", { type: ["string", "integer"] })],
  // Enums and null
  ["an enum by number", "written", (schemas) => (schemas["truth.v1.Level"] = { type: "integer", enum: [0, 1, -1, 2147483647] })],
  ["an enum without a value", "written", (schemas) => schemas["truth.v1.Level"].enum.splice(schemas["truth.v1.Level"].enum.indexOf("LEVEL_MOST"), 1)],
  ["an enum with one more", "read", (schemas) => schemas["truth.v1.Level"].enum.push("LEVEL_OTHER")],
  ["an enum in small letters", "read", (schemas) => (schemas["truth.v1.Level"].enum = ["level_low"])],
  ["NullValue by name", "written", becomes("Scalars", "anOptionalNull", { type: "string", enum: ["NULL_VALUE"] })],
  ["nulls of a list by name", "written", becomes("Lists", "nulls", { type: "array", items: { type: "string" } })],
  ["null in a list of messages", "read", becomes("Lists", "moreLists", { type: "array", items: { anyOf: [ref("truth.v1.Lists"), { type: "null" }] } })],
  ["null in a list of wrappers", "read", changes("Lists", "wrappedValues", { type: ["string", "null"] }, itemsOf)],
  // Names
  ["names as in the .proto", "written", renames("Scalars", "anInt32", "an_int32")],
  ["a name without what json_name says", "written", renames("Names", 'with "quotes", \\ and \t', "withQuotes")],
  ["a name in another case", "written", renames("Names", "UPPERCASE", "uppercase")],
  ["a name that nobody knows", "read", (schemas) => (of(schemas, "Names").nobody = { type: "string" })],
  ["a member left out", "written", (schemas) => delete of(schemas, "WellKnown").anEmpty],
  // What is required
  ["required though it has presence", "written", requires("Scalars", "anOptionalInt64")],
  ["required though the default is left out", "written", requires("Scalars", "aBool")],
  ["required though a request has none", "written", requires("Required", "createTime")],
  ["required though a response has none", "written", requires("Required", "aPassword")],
  ["all members of a oneof required", "written", requires("Choice", "aDouble")],
  // Lists, maps, messages
  ["a list as one value", "written", becomes("Lists", "int32s", { type: "integer" })],
  ["a list of lists", "read", becomes("Lists", "strings", { type: "array", items: { type: "array", items: { type: "string" } } })],
  ["a list of at most one", "written", changes("Lists", "strings", { maxItems: 1 })],
  ["a map as a list", "written", becomes("Maps", "byString", { type: "array", items: {} })],
  ["keys of int32 without a sign", "written", changes("Maps", "byInt32", { pattern: "^[0-9]+$" }, keysOf)],
  ["keys of int32 without bounds", "read", changes("Maps", "bySint32", { format: undefined }, keysOf)],
  ["keys of any text", "read", changes("Maps", "byInt64", { propertyNames: undefined })],
  ["keys of uint64 of 19 digits", "written", changes("Maps", "byUint64", { pattern: "^(0|[1-9][0-9]{0,18})$" }, keysOf)],
  ["keys of bool as numbers", "written", changes("Maps", "byBool", { enum: ["0", "1"] }, keysOf)],
  ["keys of bool of other words", "read", changes("Maps", "byBool", { enum: ["yes", "true"] }, keysOf)],
  ["values of another type", "written", changes("Maps", "mapsOfMaps", ref("truth.v1.Lists"), (s) => s.additionalProperties)],
  ["a message of another type", "written", becomes("Choice", "aChild", ref("truth.v1.Names"))],
  // Oneofs
  ["two members of a oneof", "read", (schemas) => delete schemas["truth.v1.Choice"].not],
  ["no member of a oneof", "written", (schemas) => (schemas["truth.v1.Choice"].not = { required: ["aString"] })],
  ["members of two oneofs", "written", (schemas) => (schemas["truth.v1.Choice"].not = { required: ["aString", "aUint64"] })],
  // Well-known types
  ["a Timestamp without a time", "written", changes("WellKnown", "aTimestamp", { format: "date" })],
  ["a Timestamp in seconds", "written", becomes("WellKnown", "aTimestamp", { type: "integer" })],
  ["a Timestamp of any text", "read", changes("WellKnown", "aTimestamp", { format: undefined })],
  ["a Duration without a fraction", "written", changes("WellKnown", "aDuration", { pattern: "^-?[0-9]+s$" })],
  ["a Duration of at most 11 digits", "written", changes("WellKnown", "aDuration", { pattern: "^-?[0-9]{1,11}(\\.[0-9]{1,9})?s$" })],
  ["a Duration without bounds", "read", changes("WellKnown", "aDuration", { pattern: "^-?[0-9]{12}(\\.[0-9]{1,9})?s$" })],
  ["a Duration of ISO 8601", "read", changes("WellKnown", "aDuration", { pattern: "^PT[0-9]{1,2}S$" })],
  ["a FieldMask of names alone", "written", changes("WellKnown", "aFieldMask", { pattern: "^([A-Za-z0-9.]+(,[A-Za-z0-9.]+)*)?$" })],
  ["a FieldMask of one path", "written", changes("WellKnown", "aFieldMask", { pattern: "^[^_,]*$" })],
  ["a FieldMask that is not empty", "written", changes("WellKnown", "aFieldMask", { pattern: "^[^_,]+(,[^_,]+)*$" })],
  ["a FieldMask of names of the .proto", "read", changes("WellKnown", "aFieldMask", { pattern: "^[a-z]+_[a-z]+$" })],
  ["a Struct of texts", "written", changes("WellKnown", "aStruct", { additionalProperties: { type: "string" } })],
  ["a Value that is no null", "written", becomes("WellKnown", "aValue", { type: ["string", "number", "boolean", "array", "object"] })],
  ["a ListValue as an object", "written", becomes("WellKnown", "aListValue", { type: "object" })],
  ["an Any without its members", "written", (schemas) => (schemas["google.protobuf.Any"].additionalProperties = false)],
  ["an Any that has its type always", "written", (schemas) => (schemas["google.protobuf.Any"].required = ["@type"])],
  ["an Empty with members", "read", becomes("WellKnown", "anEmpty", { type: "object", required: ["a"], properties: { a: { type: "null" } } })],
  ["a wrapper as a message", "written", becomes("WellKnown", "aStringValue", { type: "object", properties: { value: { type: "string" } } })],
  ["a wrapper of another type", "read", becomes("WellKnown", "aBoolValue", { type: ["boolean", "string", "null"] })],
];
