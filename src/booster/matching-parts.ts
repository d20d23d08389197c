// Whether what a checkpoint is loaded into is what it was saved from: nothing may stay as it was without a word.
import { join } from "node:path";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { Optimizer } from "../optim/optimizer.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import type { LoadedParts, Trainer } from "./checkpoint.js";
import { groupsOf, mismatch } from "./group-settings.js";
import { requireSameModel } from "./model-folder.js";
import { STATE_FILE, type TrainingState } from "./training-state.js";

const PARTS = ["optimizer", "lrScheduler", "dataloader"] as const;

/** @throws CheckpointError naming the first thing that is another, and both sides */
export function requireMatch(
  folder: string,
  { state, parts, trainer }: { state: TrainingState; parts: LoadedParts; trainer: Trainer },
): void {
  const path = join(folder, STATE_FILE);
  const fail = (problem: string): never => {
    throw new CheckpointError(problem, { path });
  };
  const { job } = trainer;
  if (state.worldSize !== job.worldSize) fail(otherWorld(state.worldSize, job.worldSize));
  for (const name of PARTS) {
    const problem = partProblem(name, state[name] !== null, parts[name]);
    if (problem !== undefined) fail(problem);
  }
  requireSameModel(parts.model, folder);
  const { optimizer, lrScheduler, model } = parts;
  if (lrScheduler && state.lrScheduler)
    requireKind("lrScheduler", state.lrScheduler.kind, lrScheduler.constructor.name, fail);
  if (!optimizer || !state.optimizer) return;
  requireKind("optimizer", state.optimizer.kind, kindOf(optimizer), fail);
  const problem = mismatch(state.optimizer.groups, groupsOf(model, optimizer));
  if (problem !== undefined) fail(`"optimizer": ${problem}`);
}

/** The class that was made, boosted or not. */
export function kindOf(optimizer: Optimizer): string {
  const made = optimizer instanceof BoostedOptimizer ? optimizer.unwrap() : optimizer;
  return made.constructor.name;
}

function otherWorld(saved: number, here: number): string {
  return (
    `was saved by ${saved} ranks and this is a job of ${here}: the order of the data would differ. ` +
    `Run it with ${saved} ranks, or load its weights alone with loadModel()`
  );
}

/** A part is on both sides, or null says that it is left as it is. */
function partProblem(name: string, isSaved: boolean, given: object | null | undefined) {
  if (isSaved && given === undefined)
    return `holds the state of "${name}", which was not given; give it, or ${name}: null to leave that state out`;
  if (!isSaved && given)
    return `holds no state of "${name}", which was given; leave it out to go on with it as it is`;
  return undefined;
}

function requireKind(
  name: string,
  saved: string,
  given: string,
  fail: (problem: string) => never,
): void {
  if (saved !== given) fail(`"${name}" is the state of ${saved}, the one given is ${given}`);
}
