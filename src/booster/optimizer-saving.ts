// Booster's saveOptimizer and loadOptimizer: a folder of an optimizer's state alone, by the names of the model that it was boosted
// with. Folders that Colossal-AI wrote are read too (foreign-optimizer.ts).
import { join } from "node:path";
import { oneOf } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { partsFile } from "../checkpoint/parts-file.js";
import { PartsFolder } from "../checkpoint/parts-folder.js";
import { ownFiles, type PlannedFile, type SmallFile } from "../checkpoint/planned-file.js";
import { shareOf } from "../checkpoint/tensor-part.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import { DEFAULT_SHARD_MIB } from "../checkpoint/weights-writer.js";
import type { Job } from "../cluster/job.js";
import { checkFields, required } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { type PendingSave, settle } from "./background.js";
import {
  describeOptimizer,
  requireBetweenSteps,
  restoreScaler,
  scalerStateOf,
} from "./checkpoint.js";
import { openForeign } from "./foreign-optimizer.js";
import { restoreSettings } from "./group-settings.js";
import { requireOptimizer } from "./matching-parts.js";
import type { SaveOptions } from "./model-saving.js";
import {
  isShared,
  loadOptimizerParts,
  type NamedOptimizer,
  optimizerParts,
  requireOptimizerParts,
  wholeBytes,
} from "./optimizer-parts.js";
import { requireOwnMasters } from "./own-masters.js";
import { PlanError } from "./plan.js";
import { save } from "./saving.js";
import { together } from "./together.js";
import { OPTIMIZER_FIELDS, optimizerFieldsIn, stateJson } from "./training-state.js";

const HEAD = { format: "notebooster-optimizer", version: 1 } as const;
const SCHEMA = {
  format: required(oneOf(HEAD.format)),
  version: required(oneOf(HEAD.version)),
  ...OPTIMIZER_FIELDS,
} as const;

/** A folder, and the beginning of the names of its files. */
interface Place {
  readonly folder: string;
  readonly stem: string;
}

export async function saveOptimizer(
  job: Job,
  named: NamedOptimizer,
  { folder, options }: { readonly folder: string; readonly options: SaveOptions },
): Promise<PendingSave | undefined> {
  await settle(job);
  await together(job, () => requireBetweenSteps("saveOptimizer", named.optimizer));
  const plan = () => optimizerFiles(job, named, options);
  const destination = { target: folder, kind: "optimizer" } as const;
  return save(job, { destination, plan }, options.useAsync ?? false);
}

/** Nothing is changed unless all fits on all ranks. */
export async function loadOptimizer(
  job: Job,
  named: NamedOptimizer,
  { folder, options }: { readonly folder: string; readonly options: ReadWeightsOptions },
): Promise<void> {
  const place = { folder, stem: stemOf(options.prefix) };
  await settle(job);
  const isOurs = await together(job, () => isThere(fileOf(place)));
  const [require, load] = isOurs[job.rank] ? [requireOwn, loadOwn] : [requireForeign, loadForeign];
  await together(job, () => require(named, place));
  await together(job, () => load(named, place));
}

/** What all ranks hold they divide among them; what one holds alone goes to files of its own. */
function optimizerFiles(
  { rank, worldSize }: Job,
  named: NamedOptimizer,
  options: SaveOptions,
): PlannedFile[] {
  const { shared, own } = optimizerParts(named);
  const stem = stemOf(options.prefix);
  const count = numFiles(named, worldSize, options);
  const perRank = count / worldSize;
  const files = Array.from({ length: count }, (_, index) => {
    const ofRank = { rank: index % perRank, numRanks: perRank };
    const mine = Math.floor(index / perRank) === rank ? [...shareOf(own, ofRank)] : [];
    const parts = [...shareOf(shared, { rank: index, numRanks: count }), ...mine];
    return partsFile(parts, { stem, index, count });
  });
  const ranks = { rank, numRanks: worldSize };
  if (!isShared(named)) return ownFiles([...files, describing(named, stem)], ranks);
  const described = rank === 0 ? [describing(named, stem)] : [];
  return [...files.slice(rank * perRank, (rank + 1) * perRank), ...described];
}

/** The same on all ranks, so of the whole state's bytes; where ranks share it as many for each. */
function numFiles(
  named: NamedOptimizer,
  worldSize: number,
  { shard = true, sizePerShard = DEFAULT_SHARD_MIB }: SaveOptions,
): number {
  const numBytes = wholeBytes(named);
  const wanted = Math.ceil(numBytes / (sizePerShard * 2 ** 20));
  if (!isShared(named)) return shard ? Math.max(worldSize, wanted) : 1;
  if (shard) return worldSize * Math.max(1, Math.ceil(wanted / worldSize));
  throw new PlanError(
    "saveOptimizer: shard: false",
    "ranks share the state, and each writes what it has",
    "leave shard out; any number of ranks, one too, reads the files together",
  );
}

function describing(named: NamedOptimizer, stem: string): SmallFile {
  const fields = {
    optimizer: describeOptimizer(named),
    lossScaler: scalerStateOf(named.optimizer),
  };
  return { name: `${stem}.json`, content: `${stateJson({ ...HEAD, ...fields })}\n` };
}

function readSaved(place: Place) {
  const at = { path: fileOf(place), problem: checkpointProblem };
  return optimizerFieldsIn(checkFields(readJsonObject(at.path, at), SCHEMA, at), at);
}

function requireOwn(named: NamedOptimizer, place: Place): void {
  const { optimizer } = readSaved(place);
  const fail = (problem: string): never => {
    throw new CheckpointError(problem, { path: fileOf(place) });
  };
  const saved = optimizer ?? fail('"optimizer" is null');
  requireOptimizer(saved, named, fail);
  using parts = PartsFolder.open(place.folder, place.stem);
  requireOptimizerParts(named, saved, parts);
  requireOwnMasters(named, saved, parts);
}

function loadOwn(named: NamedOptimizer, place: Place): void {
  const { optimizer: saved, lossScaler } = readSaved(place);
  const { optimizer } = named;
  if (saved === null) return;
  using parts = PartsFolder.open(place.folder, place.stem);
  loadOptimizerParts(named, saved, parts);
  restoreSettings(optimizer, saved.groups);
  restoreScaler(optimizer, lossScaler);
}

function requireForeign(named: NamedOptimizer, { folder, stem }: Place): void {
  const { saved, parts } = openForeign(named, folder, stem);
  using _ = parts;
  requireOptimizerParts(named, saved, parts);
  requireOwnMasters(named, saved, parts);
}

function loadForeign(named: NamedOptimizer, { folder, stem }: Place): void {
  const { saved, parts } = openForeign(named, folder, stem);
  using _ = parts;
  loadOptimizerParts(named, saved, parts);
}

function fileOf({ folder, stem }: Place): string {
  return join(folder, `${stem}.json`);
}

function stemOf(prefix: string | undefined): string {
  return prefix === undefined ? "optimizer" : `optimizer.${prefix}`;
}
