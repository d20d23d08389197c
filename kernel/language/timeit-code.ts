// `%timeit -n 100 -r 3 CODE` and, for all below it, `%%timeit` as calls of `timeit`, which every cell has (kernel/worker/timeit.ts).

import { MagicError } from "./magic-error.js";

const OPTION = /-([nr])\s*(\d+)(?=\s|$)/g;
const LINE = /^%timeit(?=\s)(?:\s+-[nr]\s*\d+(?=\s))*\s+(?=\S)/;
const CELL = /^%%timeit((?:\s+-[nr]\s*\d+)*)\s*$/;
const NAMES: Readonly<Record<string, string>> = { n: "loops", r: "runs" };

/** The magic and its options in front of the code that is timed, if a line has both. */
export function timeitPrefix(line: string): string | undefined {
  return LINE.exec(line)?.[0];
}

/** A line that times the code in it, as a call. */
export function timeitLine(line: string, prefix: string): string {
  return call(line.slice(prefix.length), prefix);
}

/** The lines below `%%timeit` as a call, which begins in its place. */
export function timeitCell(magic: string, below: readonly string[]): string {
  const [, options] = CELL.exec(magic) ?? [];
  if (options === undefined || below.join("").trim() === "")
    throw new MagicError(
      `${magic} is not understood; use %%timeit, %%timeit -n LOOPS or -r RUNS, with the code to be timed below it, or %timeit CODE`,
    );
  return call(`\n${below.join("\n")}\n`, options);
}

function call(code: string, options: string): string {
  const fields = [...options.matchAll(OPTION)].map(
    ([, letter = "", n]) => `${NAMES[letter]}: ${n}`,
  );
  const start = /\bawait\b/.test(code) ? "async () =>" : "() =>";
  const end = code.includes("//") ? "\n" : " "; // a comment would hide it
  return `await timeit(${start} { ${code}${end}}, { ${fields.join(", ")} });`;
}
