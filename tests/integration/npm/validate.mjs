// Validates OpenAPI documents against the official meta schema of their version.
// Usage: node validate.mjs DOCUMENT…; exits with 1 when one of them is not valid.
import { Validator } from "@seriousme/openapi-schema-validator";

let failed = false;
for (const document of process.argv.slice(2)) {
  const { valid, errors } = await new Validator().validate(document);
  if (valid) continue;
  failed = true;
  console.log(`${document}: ${JSON.stringify(errors, null, 2)}`);
}
process.exit(failed ? 1 : 0);
