// The program that writes and reads JSON: message_stream.cc.
import { spawnSync } from "node:child_process";

// Lines of answers to `commands`, arrays of words.
function ask(program, descriptorSet, commands) {
  const input = commands.map((words) => words.join("\t") + "\n").join("");
  const done = spawnSync(program, [descriptorSet], { input, encoding: "utf8", maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`message_stream: ${done.stderr || done.error}`);
  return done.stdout.split("\n").slice(0, -1);
}

// The type of what a component describes: an update has a part of a message.
const messageOf = (component) => component.replace(/-partial$/, "");

// {type, text} of `count` random messages of each type.
export function written(program, descriptorSet, types, options, { seed, count, depth }) {
  const commands = types.map((type) => ["write", messageOf(type), options, seed, count, depth]);
  return ask(program, descriptorSet, commands).map((text, i) => ({ type: types[Math.floor(i / count)], text }));
}

// What the reader says against each of `texts`, {type, text}: "" where it takes it.
export function refusals(program, descriptorSet, texts, options) {
  return ask(program, descriptorSet, texts.map(({ type, text }) => ["read", messageOf(type), options, text]));
}
