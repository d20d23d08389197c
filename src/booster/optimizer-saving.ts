// Booster's saveOptimizer and loadOptimizer: a folder of an optimizer's state alone, by the names of the model that it was boosted
// with. Folders that Colossal-AI wrote are read too (foreign-optimizer.ts).
import { join } from "node:path";
import { oneOf } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { partsFile } from "../checkpoint/parts-file.js";
import { PartsFolder } from "../checkpoint/parts-folder.js";
import { ownFiles, type PlannedFile, type SmallFile } from "../checkpoint/planned-file.js";
import { bytesOfPart, shareOf } from "../checkpoint/tensor-part.js";
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
  loadOptimizerParts,
  type NamedOptimizer,
  optimizerParts,
  requireOptimizerParts,
} from "./optimizer-parts.js";
import { requireOwnMasters } from "./own-masters.js";
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

/** All ranks hold the same, so the files are divided among them. */
function optimizerFiles(
  { rank, worldSize }: Job,
  named: NamedOptimizer,
  { shard = true, sizePerShard = DEFAULT_SHARD_MIB, prefix }: SaveOptions,
): PlannedFile[] {
  const parts = optimizerParts(named);
  const numBytes = parts.reduce((sum, part) => sum + bytesOfPart(part), 0);
  const count = shard ? Math.max(worldSize, Math.ceil(numBytes / (sizePerShard * 2 ** 20))) : 1;
  const stem = stemOf(prefix);
  const files = Array.from({ length: count }, (_, index) =>
    partsFile(shareOf(parts, { rank: index, numRanks: count }), { stem, index, count }),
  );
  return ownFiles([...files, describing(named, stem)], { rank, numRanks: worldSize });
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
