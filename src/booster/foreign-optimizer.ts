// Optimizer state in the safetensors format of Colossal-AI (what its save_optimizer writes with use_async): tensors
// `state.ID.NAME`, where ID counts the parameters over all groups, in one file or in shards with an index. Seen as parts of the model's
// parameters it is checked and loaded as our own is. What is no tensor there is a pickle in a tensor of bytes, and pickles
// are not run: one of a number is read, and the groups' hyperparameters stay those of the optimizer.
import { join } from "node:path";
import { camelCase } from "../arguments/cases.js";
import { tensorIn } from "../checkpoint/assemble.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { isLoadableFloat, LOADABLE_FLOATS } from "../checkpoint/dtypes.js";
import { ListedParts } from "../checkpoint/listed-parts.js";
import { flatRegion } from "../checkpoint/region.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { readIndex } from "../checkpoint/sharded-index.js";
import { bytesOf, partOfNumber, type TensorPart } from "../checkpoint/tensor-part.js";
import { isThere } from "../files/plain-file.js";
import { scoped } from "../tensor/scope.js";
import { groupsOf } from "./group-settings.js";
import { kindOf } from "./matching-parts.js";
import { type NamedOptimizer, partName } from "./optimizer-parts.js";
import { numberInPickle } from "./pickled-number.js";
import type { SavedOptimizer } from "./training-state.js";

/** State that others wrote, as if this optimizer had been saved. */
export interface ForeignOptimizer {
  readonly saved: SavedOptimizer;
  readonly parts: ListedParts;
}

/**
 * Opens a folder of such files.
 * @param stem "optimizer", or with a prefix "optimizer.PREFIX"
 * @throws CheckpointError when there is none, or when it names what no optimizer has
 */
export function openForeign(named: NamedOptimizer, folder: string, stem: string): ForeignOptimizer {
  const files = filesIn(folder, stem).map((path) => SafetensorsFile.open(path));
  const path = files[0]?.path ?? folder;
  const names = namesById(named);
  const parts = files.flatMap((file) =>
    [...file.tensors.keys()]
      .filter((key) => key !== "param_groups")
      .map((key) => partIn(file, key, names)),
  );
  const stateful = new Set(parts.map(({ name }) => name.split("/").slice(1, -1).join("/")));
  const frozen = [...named.model.namedParameters()].filter(([, { requiresGrad }]) => !requiresGrad);
  return {
    saved: {
      kind: kindOf(named.optimizer),
      groups: groupsOf(named.model, named.optimizer),
      withoutState: frozen.map(([name]) => name).filter((name) => !stateful.has(name)),
    },
    parts: new ListedParts(path, parts, files),
  };
}

function filesIn(folder: string, stem: string): string[] {
  const [single, index] = [`${stem}.safetensors`, indexName(stem)];
  if (isThere(join(folder, index))) return [...new Set(readIndex(folder, index).values())];
  if (isThere(join(folder, single))) return [join(folder, single)];
  throw new CheckpointError(
    `holds no ${stem}.json, ${index} or ${single}; is it an optimizer's folder?`,
    {
      path: folder,
    },
  );
}

/** A prefix stands before the last part of a name. */
function indexName(stem: string): string {
  const prefix = stem.split(".")[1];
  return `optimizer.safetensors.index.${prefix === undefined ? "" : `${prefix}.`}json`;
}

function namesById({ model, optimizer }: NamedOptimizer): readonly string[] {
  return groupsOf(model, optimizer).flatMap(({ parameters }) => parameters);
}

/** `state.3.exp_avg` as the part that it is of the third parameter. */
function partIn(file: SafetensorsFile, key: string, names: readonly string[]): TensorPart {
  const [, id = "", of = ""] = /^state\.(\d+)\.(\w+)$/.exec(key) ?? [];
  const name = names[Number(id)];
  if (of === "" || name === undefined)
    throw new CheckpointError(
      `holds ${JSON.stringify(key)}; such a file has state.ID.NAME, with an ID below ${names.length}, the optimizer's parameters`,
      { path: file.path },
    );
  const full = partName(name, camelCase(of));
  if (of === "step") return partOfNumber(full, numberIn(file, key));
  const { dtype, shape } = file.entry(key);
  if (!isLoadableFloat(dtype))
    throw new CheckpointError(
      `${JSON.stringify(key)} is of type ${dtype}, a state is of one of ${LOADABLE_FLOATS.join(", ")}`,
      { path: file.path },
    );
  const [as, named] =
    dtype === "BF16" ? (["bfloat16", dtype] as const) : (["float32", "F32"] as const);
  const read: TensorPart["read"] = (range) =>
    scoped(() => bytesOf(tensorIn(file, key).to(as), range));
  return { name: full, dtype: named, shape, region: flatRegion(shape), read };
}

/** A count of steps: a tensor of one number, or a pickled one. */
function numberIn(file: SafetensorsFile, key: string): number {
  const { dtype, shape } = file.entry(key);
  const fail = (problem: string): never => {
    throw new CheckpointError(`${JSON.stringify(key)} ${problem}`, { path: file.path });
  };
  if (dtype === "U8") return numberInPickle(file.read(key)) ?? fail("holds no pickled number");
  if (flatRegion(shape).end !== 1) fail(`is [${shape.join(", ")}]; a count of steps is one number`);
  return scoped(() => tensorIn(file, key).item());
}
