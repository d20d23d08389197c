// All of setup, in order; done steps cost nothing. `node setup/setup.mjs` runs it alone, `npm start` and `npm test` run it first.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";
import { requireNeeds } from "./needs.mjs";
import { paths } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { SetupError } from "./setup-error.mjs";
import { isStamped, markDone, markRunning, readStamp, wasInterrupted } from "./stamp.mjs";
import { addon } from "./steps/addon.mjs";
import { chromium } from "./steps/chromium.mjs";
import { kernelspec } from "./steps/kernelspec.mjs";
import { labExtension } from "./steps/lab-extension.mjs";
import { nodePackages } from "./steps/node-packages.mjs";
import { testPackages } from "./steps/test-packages.mjs";
import { torch } from "./steps/torch.mjs";
import { typescript } from "./steps/typescript.mjs";
import { venv } from "./steps/venv.mjs";

export const productSteps = [
  nodePackages,
  venv,
  torch,
  typescript,
  addon,
  kernelspec,
  labExtension,
];
export const testSteps = [testPackages];
export const browserSteps = [chromium];

/** Brings the given steps (all of the product's by default) up to date. Throws SetupError with advice. */
export async function runSetup(steps = productSteps) {
  requireNeeds();
  await withLock(async () => {
    for (const step of steps) await bringUpToDate(step);
  });
}

/** True when a step's outputs are there and were made from its present inputs. */
export function isUpToDate(step) {
  if (wasInterrupted(step.name) || !step.isPresent()) return false;
  return step.adopts === true || isStamped(step.name, inputsOf(step));
}

async function bringUpToDate(step) {
  const inputs = inputsOf(step);
  if (isUpToDate(step)) {
    if (!isStamped(step.name, inputs)) markDone(step.name, inputs);
    return;
  }
  if (wasInterrupted(step.name)) step.clean?.();
  markRunning(step.name);
  rmSync(join(paths.logs, `${step.name}.log`), { force: true });
  await withProgress(step.title, async () => {
    await step.run();
    if (!step.isPresent())
      throw new SetupError(`${step.title}: ended without making what it should`);
  });
  markDone(step.name, inputs);
}

// A step depends on what its predecessors made: their stamps, unique to each run, are part of its inputs.
function inputsOf(step) {
  return hashOf([...step.inputs(), ...(step.after ?? []).map(readStamp)]);
}

await runAsProgram(import.meta.url, async () => {
  await runSetup();
  console.error("Setup is complete");
});
