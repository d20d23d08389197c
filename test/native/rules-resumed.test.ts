// Checkpoints hold all that update rules remember: in a new process training goes on to the bit.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Linear } from "notebooster";
import { expect, test } from "vitest";
import { RULES } from "../contract/update-rules.js";
import { isMatrix } from "../fixtures/matrix.js";
import { scratchFolder } from "../fixtures/scratch.js";

const PROGRAM = fileURLToPath(new URL("../fixtures/resume-rules.mjs", import.meta.url));

interface Told {
  readonly losses: readonly number[];
  readonly digest: string;
}

test.each(isMatrix ? ["bf16", "fp32"] : ["bf16"])(
  "each rule goes on from a checkpoint in %s as if it had not stopped",
  (precision) => {
    const folder = scratchFolder();
    const whole = run({ folder, precision, resume: false });
    expect(run({ folder, precision, resume: true })).toEqual(whole);
    const parameters = new Linear(4, 3).parameters();
    const classes = RULES.map(({ make }) => make(parameters).constructor.name);
    expect(new Set(Object.keys(whole))).toEqual(new Set(classes));
    for (const { losses } of Object.values(whole)) expect(losses.every(Number.isFinite)).toBe(true);
  },
);

function run(given: object): Record<string, Told> {
  const printed = execFileSync(process.execPath, [PROGRAM, JSON.stringify(given)], {
    encoding: "utf8",
  });
  return JSON.parse(printed) as Record<string, Told>;
}
