// Native calls that V8 ends, as an interrupt does: in child processes, which must neither abort nor go on.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("../fixtures/terminated-calls.mjs", import.meta.url));

/** Of each kind of call how often it is cut off. */
const ROUNDS = {
  collecting: 200,
  moving: 200,
  exhausting: 30,
  failing: 200,
  converting: 200,
  sharing: 200,
  scopes: 200,
};

test.each(Object.entries(ROUNDS))(
  "a loop of %s calls ends each time, and the next call is right",
  (kind, rounds) => {
    const env = { ...process.env, OMP_NUM_THREADS: "1" };
    const printed = execFileSync(process.execPath, [PROGRAM, kind, String(rounds)], {
      encoding: "utf8",
      env,
    });
    expect(JSON.parse(printed)).toEqual({ ended: rounds });
  },
);
