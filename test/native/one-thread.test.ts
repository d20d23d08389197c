// Tensors belong to one thread of a process: a second one that loads the library is told.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const PROGRAM = `
import { Worker } from "node:worker_threads";
import { ones } from "notebooster";
const x = ones([2]);
const told = (code) => new Promise((resolve) => {
  const worker = new Worker(code, { eval: true });
  worker.on("error", (error) => resolve(error.message));
  worker.on("exit", () => resolve("ended"));
});
const message = await told('import("notebooster").then(() => {})');
console.log(JSON.stringify({ message, sum: x.sum().item() }));
`;

test("a second thread that loads the library is refused, and the first goes on", () => {
  const args = ["--import", "./setup/resolve-package.mjs", "--input-type=module", "-e", PROGRAM];
  const { message, sum } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(message).toMatch(/tensors belong to one thread/);
  expect(sum).toBe(2);
});
