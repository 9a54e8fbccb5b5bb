// Validates OpenAPI documents, in JSON or YAML, against the official meta schema of their version, the schemas in them
// against that of their dialect. Usage: node validate.mjs DOCUMENT…; exits with 1 when one of them is not valid.
import { readFileSync } from "node:fs";
import { validate } from "@hyperjump/json-schema/openapi-3-2";
import "@hyperjump/json-schema/openapi-3-1";
import "@hyperjump/json-schema/openapi-3-0";
import { parse } from "yaml";

const META_SCHEMAS = {
  "3.0": "https://spec.openapis.org/oas/3.0/schema",
  "3.1": "https://spec.openapis.org/oas/3.1/schema-base",
  "3.2": "https://spec.openapis.org/oas/3.2/schema-base",
};

const validators = {};
let failed = false;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const document = file.endsWith(".json") ? JSON.parse(text) : parse(text);
  const version = String(document.openapi).slice(0, 3);
  if (!(version in META_SCHEMAS)) {
    failed = true;
    console.log(`${file}: is of no known version: ${document.openapi}`);
    continue;
  }
  validators[version] ??= await validate(META_SCHEMAS[version]);
  const { valid, errors } = validators[version](document, "BASIC");
  if (valid) continue;
  failed = true;
  for (const error of errors.slice(0, 10)) {
    console.log(`${file}: ${error.instanceLocation} against ${error.absoluteKeywordLocation}`);
  }
}
process.exit(failed ? 1 : 0);
