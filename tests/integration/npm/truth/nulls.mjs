// Which members of truth/nullable.proto may be null, by the documents: all of Nullable, none of Plain.
// Usage: node nulls.mjs JOBS, a file with a list of {name, document, options}; exits with 1 and says what is wrong.
import { readFileSync } from "node:fs";
import { modernize, validatorOf } from "./schemas.mjs";

const EXPECTED = { Nullable: true, Plain: false };
let count = 0;
let failed = false;
for (const job of JSON.parse(readFileSync(process.argv[2]))) {
  const document = JSON.parse(readFileSync(job.document));
  if (document.openapi.startsWith("3.0")) modernize(document.components);
  const wrongs = validatorOf(document);
  for (const [type, expected] of Object.entries(EXPECTED)) {
    for (const name of Object.keys(document.components.schemas[`truth.v1.${type}`].properties)) {
      ++count;
      const wrong = wrongs(`truth.v1.${type}`, { [name]: null });
      if ((wrong === "") === expected) continue;
      failed = true;
      console.log(`${job.name} ${job.options}: ${type}.${name} may ${expected ? "" : "not "}be null: ${wrong}`);
    }
  }
}
console.log(`${count} members, null or not`);
process.exit(failed || count === 0 ? 1 : 0);
