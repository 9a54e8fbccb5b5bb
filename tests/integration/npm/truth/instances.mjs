// Values that a schema allows, at random.
import { INTEGERS, isWithin } from "./formats.mjs";
import { textOf } from "./pattern.mjs";

const TEXTS = ["", "a", "a text of some length, with words in it", 'quote " and \\ and \n\u0001', "€😀"];
const TIMES = [
  "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.5Z",
  "2024-05-06T07:08:09+05:30", "2024-05-06T07:08:09.123-11:00",
];
const BASE64 = ["", "AA==", "aGVsbG8=", "+/+/"];
const NUMBERS = { float: [0, -1, 1.5, 0.1, 3.4e38, -1e-30], double: [0, -1, 1.5, 0.1, 1.7e308, 1e-300, 123456789012] };
const JSON_VALUES = [null, true, 0.5, "text", [], {}, [1, ["a", null]], { a: { b: [] } }];
// A schema cannot say which types a server knows.
const ANYS = [
  {},
  { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1.5s" },
  { "@type": "type.googleapis.com/google.protobuf.FieldDescriptorProto", name: "a", number: 1 },
];

// Whether an object with these members is what a schema of members asks for: those of oneofs.
function holds(schema, members) {
  return (schema.required ?? []).every((name) => members.has(name)) &&
         (schema.anyOf?.some((each) => holds(each, members)) ?? true) &&
         (schema.allOf?.every((each) => holds(each, members)) ?? true);
}

export class Instances {
  #schemas;
  #random;

  constructor(document, random) {
    this.#schemas = document.components?.schemas ?? {};
    this.#random = random;
  }

  // Of a component. `depth`: how many levels of messages are filled.
  of(name, depth) {
    return this.#value(this.#schemas[name], depth);
  }

  #value(schema, depth) {
    if (schema === true) return this.#random.of(JSON_VALUES);
    if (schema.$ref) return this.#component(schema.$ref.slice("#/components/schemas/".length), depth);
    if (schema.enum) return this.#random.of(schema.enum);
    if (schema.anyOf) return this.#value(this.#random.of(schema.anyOf), depth);
    const type = Array.isArray(schema.type) ? this.#random.of(schema.type) : schema.type;
    switch (type) {
      case "object": return this.#object(schema, depth);
      case "array": return this.#array(schema, depth);
      case "string": return this.#string(schema);
      case "integer": return this.#integer(schema);
      case "number": return this.#random.of(NUMBERS[schema.format] ?? NUMBERS.double);
      case "boolean": return this.#random.once(2);
      case "null": return null;
      default: return this.#random.of(JSON_VALUES);
    }
  }

  #component(name, depth) {
    if (name === "google.protobuf.Any") return this.#random.of(ANYS);
    return this.#value(this.#schemas[name], depth - 1);
  }

  #object(schema, depth) {
    const object = {};
    const members = new Set(schema.required ?? []);
    for (const [name, property] of this.#shuffled(Object.entries(schema.properties ?? {}))) {
      const wanted = depth > 0 ? !this.#random.once(3) : this.#isLeaf(property);
      if (!wanted && !members.has(name)) continue;
      const more = new Set(members).add(name);
      if (schema.not && holds(schema.not, more)) continue;
      members.add(name);
      object[name] = this.#value(property, depth);
    }
    if (schema.additionalProperties && !schema.properties && depth > 0) this.#addEntries(schema, depth, object);
    return object;
  }

  #array(schema, depth) {
    const length = depth > 0 ? this.#random.below(4) : 0;
    return Array.from({ length }, () => this.#value(schema.items, depth));
  }

  #addEntries(schema, depth, object) {
    for (let count = this.#random.below(4); count > 0; --count) {
      const keys = schema.propertyNames ?? {};
      object[keys.enum ? this.#random.of(keys.enum) : this.#string(keys)] =
        this.#value(schema.additionalProperties, depth);
    }
  }

  // Whether there is an end to it.
  #isLeaf(schema) {
    return !schema.$ref || !this.#schemas[schema.$ref.slice("#/components/schemas/".length)].properties;
  }

  #shuffled(list) {
    const from = this.#random.below(list.length || 1);
    return [...list.slice(from), ...list.slice(0, from)];
  }

  #string({ format, pattern }) {
    if (format === "date-time") return this.#random.of(TIMES);
    if (format === "byte") return this.#random.of(BASE64);
    if (!pattern && !(format in INTEGERS)) return this.#random.of(TEXTS);
    if (!pattern) throw new Error(`has no pattern: format ${format}`);
    for (let tries = 0; tries < 100; ++tries) {
      const text = textOf(pattern, this.#random);
      if (!(format in INTEGERS) || isWithin(format, text)) return text;
    }
    throw new Error(`has no text in bounds: ${pattern}`);
  }

  // JavaScript's numbers are exact up to 53 bits.
  #integer(schema) {
    const [low, high] = (INTEGERS[schema.format] ?? [-(2n ** 53n), 2n ** 53n]).map((bound) =>
      Math.max(-(2 ** 53), Math.min(2 ** 53, Number(bound))));
    const least = Math.max(low, schema.minimum ?? low);
    return this.#random.of([least, high, Math.max(0, least), Math.max(1, least)]);
  }
}
