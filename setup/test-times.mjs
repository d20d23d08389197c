// How long the parts of `npm test` take, beside their budget. What takes longer is told and fails nothing.

/** Seconds on two cores where nothing else runs; the table in CONTRIBUTING.md says the same. */
export const budget = {
  "set-up": 230,
  tests: 900,
};

export class TestTimes {
  #seconds = new Map();
  #limits;

  /** @param {Record<string, number>} limits seconds a part, by name */
  constructor(limits = budget) {
    this.#limits = limits;
  }

  /** Runs a part and notes how long it took. */
  async measure(name, part) {
    const began = performance.now();
    const result = await part();
    this.#seconds.set(name, Math.round((performance.now() - began) / 1000));
    return result;
  }

  /** A line a part; `hasBudget` unless more is run than the budget is for. */
  table(hasBudget) {
    const lines = [...this.#seconds].map(([name, seconds]) => {
      const took = `${name.padEnd(10)} ${String(seconds).padStart(5)} s`;
      if (!hasBudget) return took;
      const limit = this.#limits[name];
      const isOver = seconds > limit ? "  over its budget" : "";
      return `${took} of ${String(limit).padStart(3)}${isOver}`;
    });
    const sum = [...this.#seconds.values()].reduce((all, seconds) => all + seconds, 0);
    return [...lines, `${"all".padEnd(10)} ${String(sum).padStart(5)} s`].join("\n");
  }
}
