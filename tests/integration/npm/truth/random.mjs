// Random choices that are the same in each run.
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  // From 0 to below `count`: mulberry32.
  below(count) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % count;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  // True in one of `count` times.
  once(count) {
    return this.below(count) === 0;
  }
}
