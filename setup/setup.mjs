// All of setup, in order; done steps cost nothing. `node setup/setup.mjs` runs it alone, `npm start` and `npm test` run it first.
//
// A step has: `inputs()`, what its output is made of; `isPresent()`; `run()`, which builds aside and touches nothing that
// works; `publish()`, which puts the result into its place by a rename; `needs`, tools of the machine (setup/needs.mjs);
// `adopts`, when isPresent says all; `after`, names of the steps that it waits for, all before it by default. Without `publish`
// the program that `run` starts replaces its output in one piece itself.
import { accessSync, constants, rmSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";
import { requireNeeds } from "./needs.mjs";
import { paths } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { removeStaged, restoreReplaced } from "./replace.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { SetupError } from "./setup-error.mjs";
import { isStamped, removeStamp, writeStamp } from "./stamp.mjs";
import { addon } from "./steps/addon.mjs";
import { chromium } from "./steps/chromium.mjs";
import { commandLink } from "./steps/command-link.mjs";
import { kernelspec } from "./steps/kernelspec.mjs";
import { labExtension } from "./steps/lab-extension.mjs";
import { nodePackages } from "./steps/node-packages.mjs";
import { testPackages } from "./steps/test-packages.mjs";
import { typescript } from "./steps/typescript.mjs";
import { venv } from "./steps/venv.mjs";
import { explainingSystemErrors } from "./system-errors.mjs";
import { removeOldVenvs } from "./venvs.mjs";

export const productSteps = [
  nodePackages,
  venv,
  typescript,
  addon,
  kernelspec,
  labExtension,
  commandLink,
];
export const testSteps = [testPackages];
export const browserSteps = [chromium];

/**
 * Brings the given steps (all of the product's by default) up to date; waits for nobody when they are. Throws SetupError
 * with advice.
 */
export async function runSetup(steps = productSteps) {
  const behind = steps.filter((step) => !isUpToDate(step));
  if (behind.length === 0) return;
  requireNeeds(["Node.js", ...behind.flatMap((step) => step.needs ?? [])]);
  await explainingSystemErrors(() => withLock(() => bringAllUpToDate(steps)));
}

/** True when a step's outputs are there and were made from its present inputs. */
export function isUpToDate(step) {
  return step.isPresent() && (step.adopts === true || isStamped(step.name, hashOf(step.inputs())));
}

async function bringAllUpToDate(steps) {
  accessSync(paths.root, constants.W_OK);
  restoreReplaced();
  clearUp();
  const running = new Map();
  for (const step of steps) running.set(step.name, bringUpToDate(step, [...running]));
  const ends = await Promise.allSettled(running.values());
  clearUp();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

function clearUp() {
  removeStaged();
  removeOldVenvs();
}

/** @param {[name: string, end: Promise<boolean>][]} before the steps before it; resolves to false when one that it needs failed */
async function bringUpToDate(step, before) {
  const needed = before.filter(([name]) => step.after?.includes(name) ?? true);
  const ends = await Promise.allSettled(needed.map(([, end]) => end));
  const isReady = ends.every((end) => end.status === "fulfilled" && end.value);
  if (isReady && !isUpToDate(step)) await make(step);
  return isReady;
}

async function make(step) {
  rmSync(join(paths.logs, `${step.name}.log`), { force: true });
  await withProgress(step.title, async () => {
    const inputs = hashOf(step.inputs());
    await step.run();
    removeStamp(step.name);
    await step.publish?.();
    if (!step.isPresent())
      throw new SetupError(`${step.title}: ended without making what it should`);
    writeStamp(step.name, inputs);
  });
}

const usage = `usage: node setup/setup.mjs

Brings everything up to date that the product needs, and rebuilds only what changed. Takes no arguments.`;

await runAsProgram(import.meta.url, { usage, takesArguments: false }, async () => {
  await runSetup();
  console.error("Setup is complete");
});
