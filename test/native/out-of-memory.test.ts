// Running out of memory, in child processes with a real limit of address space (prlimit).
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type MemoryShortage, OutOfMemoryError } from "notebooster";
import { expect, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("../fixtures/exhaust-memory.mjs", import.meta.url));
const QUARTER_GIB = 2 ** 28;

function exhaust<T>(name: string): T {
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const options = { encoding: "utf8", env } as const;
  return JSON.parse(execFileSync(process.execPath, [PROGRAM, name], options)) as T;
}

test("10 GiB of tensors dropped in one synchronous loop fit into 1 GiB: garbage is collected and the operator runs again", () => {
  const { sum, live } = exhaust<{ sum: number; live: number }>("dropped");
  expect(sum).toBe((40 * QUARTER_GIB) / 4);
  expect(live).toBeLessThan(6);
});

test("memory that is held ends in an OutOfMemoryError with the amounts, the largest holders and three remedies", () => {
  const result = exhaust<{
    typed: boolean;
    message: string;
    shortage: MemoryShortage;
    remedies: string[];
    held: number;
    after: number;
  }>("held");
  const { message, shortage } = result;
  expect(result.typed).toBe(true);
  expect(result.held).toBeGreaterThanOrEqual(2);
  expect(shortage.device).toBe("cpu");
  expect(shortage.requestedBytes).toBe(QUARTER_GIB);
  expect(shortage.freeBytes).toBeLessThan(QUARTER_GIB);
  expect(shortage.allocatedBytes).toBeGreaterThanOrEqual(result.held * QUARTER_GIB);
  expect(shortage.holders.filter(({ bytes }) => bytes === QUARTER_GIB)).toHaveLength(result.held);
  expect(shortage.holders).toContainEqual({
    name: "weight",
    kind: "parameter",
    device: "cpu",
    dtype: "float32",
    shape: [4096, 4096],
    bytes: 4096 * 4096 * 4,
  });
  expect(result.remedies).toHaveLength(3);
  expect(message).toMatch(/^out of memory on cpu: asked for 256 MiB, free .*\nLargest holders:\n/);
  expect(result.after).toBe(1000);
});

test("an OutOfMemoryError of a device on which nothing is held has no heading above nothing", () => {
  const amounts = { requestedBytes: 4, freeBytes: 0, allocatedBytes: 0, reservedBytes: 0 };
  const { message } = new OutOfMemoryError({ device: "cpu", ...amounts, holders: [] });
  expect(message).toMatch(/did not help\nWhat helps:\n {2}- /);
});

test("an operator that writes to its arguments fails with the same error and is not run again", () => {
  expect(exhaust("inPlace")).toEqual({ typed: true, requested: QUARTER_GIB });
});
