// Texts that match a regular expression: literals, classes, groups, alternatives and quantifiers, between ^ and $. What
// has no bound repeats up to three times.
export function textOf(pattern, random) {
  if (!pattern.startsWith("^") || !pattern.endsWith("$")) throw new Error(`is not anchored: ${pattern}`);
  const parser = new Parser(pattern.slice(1, -1), random);
  const text = parser.alternatives();
  if (!parser.atEnd()) throw new Error(`is not understood: ${pattern}`);
  return text();
}

const ESCAPES = { d: "0123456789", w: "abcXYZ019_" };

// Each method reads a piece of the pattern and returns a function that makes a text of it.
class Parser {
  #pattern;
  #random;
  #at = 0;

  constructor(pattern, random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  atEnd() {
    return this.#at === this.#pattern.length;
  }

  alternatives() {
    const all = [this.#sequence()];
    while (this.#take("|")) all.push(this.#sequence());
    return () => this.#random.of(all)();
  }

  #take(text) {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #sequence() {
    const pieces = [];
    while (!this.atEnd() && !"|)".includes(this.#pattern[this.#at])) pieces.push(this.#quantified());
    return () => pieces.map((piece) => piece()).join("");
  }

  #quantified() {
    const piece = this.#atom();
    const [least, most] = this.#quantifier();
    return () => Array.from({ length: least + this.#random.below(most - least + 1) }, piece).join("");
  }

  #quantifier() {
    if (this.#take("?")) return [0, 1];
    if (this.#take("*")) return [0, 3];
    if (this.#take("+")) return [1, 3];
    const counts = /^\{(\d+)(,(\d*))?\}/.exec(this.#pattern.slice(this.#at));
    if (!counts) return [1, 1];
    this.#at += counts[0].length;
    const least = Number(counts[1]);
    return [least, counts[2] ? Number(counts[3] || least + 3) : least];
  }

  #atom() {
    if (this.#take("(")) {
      this.#take("?:");
      const inner = this.alternatives();
      if (!this.#take(")")) throw new Error(`has an open group: ${this.#pattern}`);
      return inner;
    }
    const characters = this.#take("[") ? this.#class() : this.#character();
    return () => this.#random.of(characters);
  }

  // A character that stands for itself, or what an escape stands for.
  #character() {
    const character = this.#pattern[this.#at++];
    if (character === ".") return [..."aZ0 _-.*/é"];
    if (character !== "\\") return [character];
    const escaped = this.#pattern[this.#at++];
    return [...(ESCAPES[escaped] ?? escaped)];
  }

  #class() {
    const out = this.#take("^");
    const characters = [];
    while (!this.#take("]")) {
      const from = this.#character();
      if (from.length === 1 && this.#pattern[this.#at] === "-" && this.#pattern[this.#at + 1] !== "]") {
        this.#at += 1;
        const to = this.#character()[0].codePointAt(0);
        for (let code = from[0].codePointAt(0); code <= to; ++code) characters.push(String.fromCodePoint(code));
      } else {
        characters.push(...from);
      }
    }
    return out ? [..."aZ0 _-.*/,é"].filter((each) => !characters.includes(each)) : characters;
  }
}
