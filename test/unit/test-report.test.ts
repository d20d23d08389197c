// What `npm test` counts in Vitest's report, and the order in which it begins files.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { countsOf, suitesTable } from "../../setup/test-report.mjs";
import { orderOf, SECONDS } from "../fixtures/spread-suites.js";

const file = (name: string, statuses: readonly string[], status = "passed") => ({
  name: `/home/test/unit/checkout/test/${name}.test.ts`,
  ...{ status, startTime: 1000, endTime: 3500 },
  assertionResults: statuses.map((each) => ({ status: each })),
});
const count = { passed: 0, failed: 0, skipped: 0, seconds: 2.5 };

test("tests are counted by suite", () => {
  const testResults = [
    file("unit/one", ["passed", "pending"]),
    file("unit/more/two", ["passed", "skipped", "todo"]),
    file("ranks/three", ["passed", "failed"], "failed"),
  ];
  const counts = countsOf({ testResults }, ["unit", "ranks"], 1);
  expect(Object.fromEntries(counts)).toEqual({
    unit: { ...count, passed: 2, skipped: 3, seconds: 5 },
    ranks: { ...count, passed: 1, failed: 1 },
  });
  expect(suitesTable(counts).split("\n")).toEqual([
    "unit           5 s beside others: 2 passed, 0 failed, 3 skipped",
    "ranks          3 s beside others: 1 passed, 1 failed, 0 skipped",
  ]);
});

test("a file that cannot be read, a suite that was not run, a crash and a report that is missing are failures", () => {
  const whole = file("unit/one", ["passed"]);
  const failures = (testResults: unknown[] | undefined, suites: string[], code: number) => {
    const report = testResults === undefined ? undefined : { testResults };
    return [...countsOf(report, suites, code)].map(([name, { failed }]) => [name, failed]);
  };
  expect(failures([whole], ["unit"], 0)).toEqual([["unit", 0]]);
  expect(failures([whole, file("unit/two", [], "failed")], ["unit"], 1)).toEqual([["unit", 1]]);
  expect(failures([whole], ["unit", "ranks"], 0)).toEqual([
    ["unit", 0],
    ["ranks", 1],
  ]);
  expect(failures([whole], ["unit"], 1)).toEqual([
    ["unit", 0],
    ["vitest", 1],
  ]);
  expect(failures(undefined, ["unit"], 1)).toEqual([["unit", 1]]);
});

test("every suite is spread over the run, what takes long first", () => {
  const short = (suite: string) => [0, 1, 2, 3].map((i) => `${suite}/${i}.test.ts`);
  const names = [...short("unit"), "unit/save-faults.test.ts", ...short("native")];
  expect(orderOf(names)).toEqual([
    ...["unit/save-faults.test.ts", "native/0.test.ts", "native/1.test.ts", "native/2.test.ts"],
    ...["native/3.test.ts", ...short("unit")],
  ]);
});

test("files whose seconds are told are there", () => {
  const path = (name: string) => fileURLToPath(new URL(`../${name}.test.ts`, import.meta.url));
  expect(Object.keys(SECONDS).filter((name) => !existsSync(path(name)))).toEqual([]);
});
