// What the JSON code writes, and reads, against what OpenAPI documents say of it.
// Usage: node truth.mjs PROGRAM JOBS; PROGRAM is message_stream, JOBS a file with a list of
// {name, document, descriptors, options, count, depth, part, parts}: the document made with these options, the types of
// it. Of many types a job may take a part, the `part`-th of each `parts`.
// Exits with 1 where document and code disagree, and says how.
import { readFileSync } from "node:fs";
import { Instances } from "./instances.mjs";
import { Random } from "./random.mjs";
import { messagesOf, modernize, validatorOf } from "./schemas.mjs";
import { refusals, written } from "./stream.mjs";

const [program, jobs] = process.argv.slice(2);
const DISAGREEMENTS_SHOWN = 8;  // of each job
let total = 0;
let failed = false;

function report(name, disagreements) {
  failed ||= disagreements.length > 0;
  for (const each of disagreements.slice(0, DISAGREEMENTS_SHOWN)) console.log(`${name}: ${each}`);
}

for (const job of JSON.parse(readFileSync(jobs))) {
  const document = JSON.parse(readFileSync(job.document));
  if (document.openapi.startsWith("3.0")) modernize(document.components);
  const types = messagesOf(document).filter((_, i) => i % job.parts === job.part);
  const wrongs = validatorOf(document);
  for (const options of [job.options, job.options + "d"]) {
    const messages = written(program, job.descriptors, types, options, { seed: 1, ...job });
    total += messages.length;
    report(`${job.name} ${options}`, messages.flatMap(({ type, text }) => {
      const wrong = wrongs(type, JSON.parse(text));
      return wrong ? [`writes ${type} ${text.slice(0, 300)}: ${wrong}`] : [];
    }));
  }
  const instances = new Instances(document, new Random(1));
  const texts = types.flatMap((type) =>
    Array.from({ length: job.count }, () => ({ type, text: JSON.stringify(instances.of(type, job.depth)) })));
  total += texts.length;
  report(`${job.name} ${job.options}`, refusals(program, job.descriptors, texts, job.options).flatMap((refusal, i) =>
    refusal ? [`does not read ${texts[i].type} ${texts[i].text.slice(0, 300)}: ${refusal}`] : []));
}
console.log(`${total} messages`);
process.exit(failed ? 1 : 0);
