// Whether what a checkpoint is loaded into is what it was saved from: nothing may stay as it was without a word.
import { join } from "node:path";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { LoaderState } from "../data/batch-source.js";
import type { DataLoader } from "../data/data-loader.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { hasMaster } from "../tensor/masters.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import type { LoadedParts, Trainer } from "./checkpoint.js";
import { groupsOf, mismatch } from "./group-settings.js";
import { requireSameModel } from "./model-folder.js";
import {
  type SavedOptimizer,
  type SavedSchedule,
  STATE_FILE,
  type TrainingState,
} from "./training-state.js";

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
  for (const name of PARTS) {
    const problem = partProblem(name, state[name] !== null, parts[name]);
    if (problem !== undefined) fail(problem);
  }
  requireSameModel(parts.model, folder);
  const { optimizer, lrScheduler, dataloader, model } = parts;
  requirePrecision(state, { model, plugin: trainer.plugin }, fail);
  if (lrScheduler && state.lrScheduler) requireSchedule(state.lrScheduler, lrScheduler, fail);
  if (dataloader && state.dataloader) requireData(state.dataloader, dataloader, fail);
  if (!optimizer || !state.optimizer) return;
  requireOptimizer(state.optimizer, { model, optimizer }, fail);
}

/**
 * A checkpoint of any precision is one of float32 masters, or of weights alone, which have then all that was known. It goes on in
 * every precision that holds these numbers: in float32, in the same type, and with masters.
 */
function requirePrecision(
  saved: TrainingState,
  { model, plugin }: { readonly model: Module; readonly plugin: string },
  fail: (problem: string) => never,
): void {
  const parameters = model.parameters();
  const dtype = parameters[0]?.dtype ?? "none";
  if (dtype === saved.dtype || dtype === "float32") return;
  if (dtype !== "none" && parameters.every((each) => !each.requiresGrad || hasMaster(each))) return;
  fail(
    `was saved in ${saved.dtype} under ${saved.plugin}, the model given is ${dtype} without float32 masters under ${plugin}: numbers ` +
      "would be lost. Boost it with its optimizer and a mixedPrecision with masterWeights, in which any checkpoint goes on, or " +
      "load the weights alone with loadModel() of the folder that holds model.safetensors",
  );
}

/** @throws what `fail` makes, for an optimizer of another class, other groups or other parameters */
export function requireOptimizer(
  saved: SavedOptimizer,
  { model, optimizer }: { readonly model: Module; readonly optimizer: Optimizer },
  fail: (problem: string) => never,
): void {
  requireKind("optimizer", saved.kind, kindOf(optimizer), fail);
  const problem = mismatch(saved.groups, groupsOf(model, optimizer));
  if (problem !== undefined) fail(`"optimizer": ${problem}`);
  const known = new Set(saved.groups.flatMap(({ parameters }) => parameters));
  const stranger = saved.withoutState.find((name) => !known.has(name));
  if (stranger !== undefined) fail(`"optimizer.withoutState" has ${stranger}, which no group has`);
}

/** The class that was made, boosted or not. */
export function kindOf(optimizer: Optimizer): string {
  const made = optimizer instanceof BoostedOptimizer ? optimizer.unwrap() : optimizer;
  return made.constructor.name;
}

/** A part is on both sides, or null says that it is left as it is. */
function partProblem(name: string, isSaved: boolean, given: object | null | undefined) {
  if (isSaved && given === undefined)
    return `holds the state of "${name}", which was not given; give it, or ${name}: null to leave that state out`;
  if (!isSaved && given)
    return `holds no state of "${name}", which was given; leave it out to go on with it as it is`;
  return undefined;
}

/** @throws what `fail` makes, for a schedule of another class, of other groups, or with other rates to come */
export function requireSchedule(
  saved: SavedSchedule,
  given: LRScheduler,
  fail: (problem: string) => never,
): void {
  requireKind("lrScheduler", saved.kind, given.constructor.name, fail);
  const [numSaved, numGiven] = [saved.baseLrs.length, given.state().baseLrs.length];
  if (numSaved !== numGiven)
    fail(`"lrScheduler.baseLrs" are ${numSaved}, the one given changes ${numGiven} groups`);
  const ahead = given.ratesAhead(saved);
  const at = saved.ratesAhead.findIndex((rate, i) => !isNear(rate, ahead[i] ?? null));
  if (at === -1) return;
  const step = saved.step + 2 ** at - 1;
  fail(
    `"lrScheduler" had the rate ${saved.ratesAhead[at]} after ${step} steps, the one given has ${ahead[at]}; make it with the same ` +
      "numbers, or give lrScheduler: null to go on with another schedule",
  );
}

/** Cosines differ in their last bits between machines. */
function isNear(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-18;
}

function requireData(
  saved: LoaderState,
  given: DataLoader,
  fail: (problem: string) => never,
): void {
  try {
    given.requireState(saved);
  } catch (cause) {
    fail(`"dataloader": ${(cause as Error).message}`);
  }
}

function requireKind(
  name: string,
  saved: string,
  given: string,
  fail: (problem: string) => never,
): void {
  if (saved !== given) fail(`"${name}" is the state of ${saved}, the one given is ${given}`);
}
