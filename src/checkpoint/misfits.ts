// What is wrong between the tensors of a model and those that files hold, in words.
import type { Tensor } from "../tensor/tensor.js";
import { CheckpointError } from "./checkpoint-error.js";
import { isLoadableFloat, LOADABLE_FLOATS, storedDtypeOf } from "./dtypes.js";
import type { TensorEntry } from "./safetensors-header.js";

/** The tensors of files. */
export interface StoredNamesAndShapes {
  /** Those that the model is to have. */
  readonly names: Iterable<string>;
  has(name: string): boolean;
  entry(name: string): Pick<TensorEntry, "dtype" | "shape">;
}

/**
 * What is missing, of another shape or type, and left over.
 * @param tensors by the names that the files are to have for them
 * @param wanter who wants the shapes: "the model"
 */
export function misfits(
  tensors: Iterable<readonly [name: string, tensor: Tensor]>,
  stored: StoredNamesAndShapes,
  wanter: string,
): string[] {
  const wanted = [...tensors];
  const names = new Set(wanted.map(([name]) => name));
  const problems = wanted.flatMap(([name, tensor]) => {
    if (!stored.has(name)) return [`missing: ${name} [${tensor.shape.join(", ")}]`];
    const problem = misfit(tensor, stored.entry(name), wanter);
    return problem === undefined ? [] : [`${name} is ${problem}`];
  });
  const leftOver = [...stored.names].filter((name) => !names.has(name));
  return [...problems, ...leftOver.map((name) => `left over: ${name}`)];
}

/** @throws CheckpointError that begins with `said` and lists the first twenty, where there are any */
export function refuseMisfits(problems: readonly string[], said: string, path: string): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 20);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  throw new CheckpointError(`${said}:\n  ${[...shown, ...more].join("\n  ")}`, { path });
}

function misfit(
  tensor: Tensor,
  { dtype, shape }: Pick<TensorEntry, "dtype" | "shape">,
  wanter: string,
): string | undefined {
  const wanted = tensor.shape.join(", ");
  if (shape.join(", ") !== wanted) return `[${shape.join(", ")}], ${wanter} wants [${wanted}]`;
  if (!/float/.test(tensor.dtype)) {
    const own = storedDtypeOf(tensor.dtype);
    return dtype === own ? undefined : `of type ${dtype}, the model's is ${own}`;
  }
  if (isLoadableFloat(dtype)) return undefined;
  return `of type ${dtype}, weights are one of ${LOADABLE_FLOATS.join(", ")}`;
}
