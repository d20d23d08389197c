// Numbers that are the same for a seed, so that any execution can be tried again: mulberry32.

/** @param {number} seed */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
  return {
    /** From 0 to `bound` - 1. */
    below: (/** @type {number} */ bound) => Math.floor((next() / 2 ** 32) * bound),
    /**
     * @template T
     * @param {readonly T[]} list
     * @returns {T}
     */
    of(list) {
      return list[this.below(list.length)];
    },
  };
}
