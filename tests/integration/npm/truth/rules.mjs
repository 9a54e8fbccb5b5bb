// Rules of protovalidate as the documents of tests/golden/protovalidate have them: which messages are valid.
// Usage: node rules.mjs JOBS, a file with a list of {name, document, options}; exits with 1 and says what is wrong.
import { readFileSync } from "node:fs";
import { modernize, validatorOf } from "./schemas.mjs";

const MEMBER = {
  id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", email: "ada@example.com", joined: "2024-05-06T07:08:09Z",
  nickname: "ada", phone: "1",
};

// Type, what it is about, members that are not as in MEMBER, undefined those that are not there; valid or not.
const CASES = [
  ["Member", "one of each oneof", {}, true],
  ["Member", "none of a required oneof", { phone: undefined }, false],
  ["Member", "two of a required oneof", { mailAddress: "" }, false],
  ["Member", "the other of a required oneof", { phone: undefined, mailAddress: "" }, true],
  ["Member", "none of a required rule oneof", { nickname: undefined }, false],
  ["Member", "an empty one of a required rule oneof", { nickname: "" }, false],
  ["Member", "two of a rule oneof, one of them empty", { callSign: "" }, true],
  ["Member", "two of a rule oneof", { callSign: "A" }, false],
  ["Member", "an empty required member", { id: "" }, false],
  ["Member", "no required member", { id: undefined }, false],
  ["Member", "an age below its bound", { age: 17 }, false],
  ["Member", "an age at its exclusive bound", { age: 150 }, false],
  ["Member", "an age within its bounds", { age: 149 }, true],
  ["Member", "a text too long", { name: "a".repeat(81) }, false],
  ["Member", "a text that does not match", { plate: "a-1" }, false],
  ["Member", "a text of a list", { size: "M" }, true],
  ["Member", "a text of no list", { size: "XL" }, false],
  ["Member", "a text that is excluded", { login: "root" }, false],
  ["Member", "a wrapper without a value", { floor: null }, true],
  ["Member", "a wrapper with another value", { floor: 2 }, false],
  ["Member", "items that are not unique", { tags: ["a", "a"] }, false],
  ["Member", "a key that does not match", { points: { A: "1" } }, false],
  ["Member", "a duration of a list", { pause: "0.500s" }, true],
  ["Member", "a duration of no list", { pause: "61s" }, false],
  ["Member", "bytes of a list", { colour: "/wAA" }, true],
  ["Member", "bytes of no list", { colour: "AAAA" }, false],
  ["Member", "four bytes", { address: "fwAAAQ==" }, true],
  ["Member", "three bytes", { address: "AAAA" }, false],
  ["Member", "paths of a list, and one below", { shown: "name,mailAddress.city" }, true],
  ["Member", "a path of no list", { shown: "name,nameOfDog" }, false],
  ["Member", "an Any of a list", { badge: { "@type": "type.googleapis.com/protovalidate.v1.Member" } }, true],
  ["Member", "an Any of no list", { badge: { "@type": "type.googleapis.com/google.protobuf.Empty" } }, false],
  ["Lamp", "none of a rule oneof", {}, true],
  ["Lamp", "zero beside one of a rule oneof", { watts: "0", tags: [], level: "RANK_NEW" }, true],
  ["Lamp", "a number beside one of a rule oneof", { watts: "1", level: "RANK_NEW" }, false],
  ["Lamp", "one with presence beside another", { label: "", tags: ["a"] }, false],
];
const OF_TYPE = { Member: MEMBER, Lamp: {} };

// As the letters of `options` have it.
const NAMES = { callSign: "call_sign", mailAddress: "mail_address" };
const NUMBERS = { RANK_NEW: 1 };
function inForm(options, message) {
  const value = (each) => {
    if (options.includes("e") && each in NUMBERS) return NUMBERS[each];
    return options.includes("i") && /^[01]$/.test(each) ? Number(each) : each;
  };
  return Object.fromEntries(Object.entries(message).filter(([, each]) => each !== undefined).map(([name, each]) => [
    options.includes("n") ? NAMES[name] ?? name : name,
    name === "watts" || name === "level" ? value(each) : each,
  ]));
}

let failed = false;
for (const job of JSON.parse(readFileSync(process.argv[2]))) {
  const document = JSON.parse(readFileSync(job.document));
  if (document.openapi.startsWith("3.0")) modernize(document.components);
  const wrongs = validatorOf(document);
  for (const [type, name, members, valid] of CASES) {
    const message = inForm(job.options, { ...OF_TYPE[type], ...members });
    const wrong = wrongs(`protovalidate.v1.${type}`, message);
    if ((wrong === "") === valid) continue;
    failed = true;
    console.log(`${job.name} ${job.options}: ${name} should be ${valid ? `valid: ${wrong}` : "found out"}`);
  }
}
console.log(`${CASES.length} messages under rules`);
process.exit(failed ? 1 : 0);
