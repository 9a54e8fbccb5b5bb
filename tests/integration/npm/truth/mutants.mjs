// Proves that truth.mjs would find out wrong documents: each mutation of one must fail.
// Usage: node mutants.mjs PROGRAM JOB; exits with 1 and says which mutations nobody notices.
import { readFileSync } from "node:fs";
import { Instances } from "./instances.mjs";
import { MUTATIONS } from "./mutations.mjs";
import { Random } from "./random.mjs";
import { messagesOf, validatorOf } from "./schemas.mjs";
import { refusals, written } from "./stream.mjs";

const [program, file] = process.argv.slice(2);
const job = JSON.parse(readFileSync(file));
const original = JSON.parse(readFileSync(job.document));
const types = messagesOf(original);
const messages = written(program, job.descriptors, types, job.options, { seed: 1, ...job })
  .map(({ type, text }) => ({ type, value: JSON.parse(text) }));

const isSeenInWritten = (document) => {
  const wrongs = validatorOf(document);
  return messages.some(({ type, value }) => wrongs(type, value) !== "");
};

const isSeenInRead = (document) => {
  const instances = new Instances(document, new Random(1));
  const texts = types.flatMap((type) =>
    Array.from({ length: job.count }, () => ({ type, text: JSON.stringify(instances.of(type, job.depth)) })));
  return refusals(program, job.descriptors, texts, job.options).some((refusal) => refusal !== "");
};

const SEEN = { written: isSeenInWritten, read: isSeenInRead };
const unseen = MUTATIONS.filter(([, where, mutate]) => {
  const document = structuredClone(original);
  mutate(document.components.schemas);
  return !SEEN[where](document);
});
for (const [what, where] of unseen) console.log(`not found out in what is ${where}: ${what}`);
for (const where of Object.keys(SEEN)) {
  if (SEEN[where](original)) unseen.push(where), console.log(`the document as it is does not pass: ${where}`);
}
console.log(`${MUTATIONS.length} mutations`);
process.exit(unseen.length > 0 ? 1 : 0);
