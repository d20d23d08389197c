// `timeit(body)`: how long a call takes, over many, as IPython's %timeit tells it.

import { setTimeout as delay } from "node:timers/promises";
import { callback, integer, requireValue } from "../../src/arguments/checks.js";
import { checkOptions, type OptionTable } from "../../src/arguments/options.js";

interface TimeitOptions {
  /** Calls in a run; by default as many as take 0.2 s. */
  readonly loops?: number;
  readonly runs?: number;
}

const OPTIONS: OptionTable<TimeitOptions> = {
  loops: integer({ min: 1 }),
  runs: integer({ min: 1 }),
};
const RUNS = 7;
const ENOUGH_MS = 200;
const STEPS = [1, 2, 5];
const UNITS = [
  [1000, "s"],
  [1, "ms"],
  [1e-3, "µs"],
] as const;

/** The function that cells call; `worldSize` is the number of ranks. */
export function timeitOf(worldSize: number) {
  return async (body: () => unknown, options: TimeitOptions = {}): Promise<void> => {
    requireValue("timeit: body", body, callback);
    checkOptions("timeit", options, OPTIONS);
    const { runs = RUNS, loops = await enoughLoops(body, worldSize) } = options;
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      times.push((await msOf(body, loops)) / loops);
      await delay(0); // what waits, such as an interrupt, comes in between
    }
    process.stdout.write(`${describeTimes(times, loops)}\n`);
  };
}

/** 1, 2, 5, 10, ... until a run takes long enough to be measured. */
async function enoughLoops(body: () => unknown, worldSize: number): Promise<number> {
  if (worldSize > 1)
    throw new Error(
      `timeit on ${worldSize} ranks needs the number of loops (%timeit -n 100 CODE, { loops: 100 }): each rank would choose ` +
        "its own, and calls that all ranks must make together would not meet",
    );
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) {
      const loops = step * power;
      if ((await msOf(body, loops)) >= ENOUGH_MS) return loops;
    }
  }
}

async function msOf(body: () => unknown, loops: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < loops; i += 1) {
    const result = body();
    if (result instanceof Promise) await result;
  }
  return performance.now() - began;
}

function describeTimes(times: readonly number[], loops: number): string {
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / times.length);
  const counts = [plural(times.length, "run"), `${plural(loops, "loop")} each`];
  return `${format(mean)} ± ${format(deviation)} per loop (mean ± std. dev. of ${counts.join(", ")})`;
}

/** Three digits, in the largest unit that leaves something before the point. */
function format(ms: number): string {
  const [size, unit] = UNITS.find(([least]) => ms >= least) ?? [1e-6, "ns"];
  return `${Number((ms / size).toPrecision(3))} ${unit}`;
}

function plural(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
