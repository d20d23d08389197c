// A sample of what `npm run fuzz` tries for hours: damaged files and templates are read, or refused by an error of ours.
import { expect, test } from "vitest";
import { tries } from "../fixtures/matrix.js";
import { execute } from "../fuzz/execute.mjs";
import { INPUTS } from "../fuzz/inputs.mjs";

test.each(Object.entries(INPUTS))(
  "%s: damaged ones end in an error of ours, soon and in little memory",
  (_, input) => {
    const report = execute(input, { first: 0, executions: tries(200, 5000), seed: 20_261_128 });
    expect(report.faults.map(({ problem }) => problem)).toEqual([]);
    expect(report.outcomes.size).toBeGreaterThan(10);
  },
);

test("an error that is none of ours is a fault, and so is memory beyond the bound", () => {
  const input = {
    constantMb: 8,
    timeMs: 5000,
    seeds: () => [new Uint8Array(Buffer.from("12345"))],
    words: ["6"],
    isTyped: (error: unknown) => error instanceof RangeError,
    run(bytes: Uint8Array) {
      if (bytes.length === 0) throw new RangeError("is empty");
      if (bytes.length > 5) return `holds ${new Uint8Array(16 << 20).fill(1).length}`;
      throw new TypeError("cannot read properties of undefined");
    },
  };
  const { faults } = execute(input, { first: 0, executions: 64, seed: 1 });
  expect(faults.map(({ problem }) => problem.split("\n")[0])).toEqual([
    "TypeError: cannot read properties of undefined",
    expect.stringMatching(/^takes \d+ MB more than before, in the last 64 executions$/),
  ]);
});

test("a sound input that is refused is a fault", () => {
  const input = {
    constantMb: 8,
    timeMs: 5000,
    seeds: () => [new Uint8Array([1]), new Uint8Array([2])],
    words: ["6"],
    isTyped: () => true,
    run(bytes: Uint8Array) {
      if (bytes[0] === 2) throw new RangeError("is 2");
      return "1";
    },
  };
  const { faults } = execute(input, { first: 0, executions: 2, seed: 1 });
  expect(faults.map(({ problem }) => problem)).toEqual(["is sound, and refused: is #"]);
});
