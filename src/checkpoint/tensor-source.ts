// What is to be stored, as a file of safetensors takes it.
import { describeValue } from "../arguments/describe-value.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Tensor } from "../tensor/tensor.js";
import type { TensorSource } from "./safetensors-writer.js";
import { partOf, piecesOf } from "./tensor-part.js";

/** A tensor with its name, as `model.namedParameters()` gives them. */
export type NamedTensor = readonly [name: string, tensor: Tensor];

const tensors = new WeakMap<TensorSource, Tensor>();

/** A tensor under a name; its bytes are read when its turn comes. */
export function sourceOf([name, tensor]: NamedTensor): TensorSource {
  requireNumbers("saving", [[name, tensor]]);
  const part = partOf(name, tensor);
  const { dtype, shape } = part;
  const source: TensorSource = { name, dtype, shape, bytes: () => piecesOf(part) };
  tensors.set(source, tensor);
  return source;
}

/** What `sourceOf` made it of; undefined for others. */
export function tensorOf(source: TensorSource): Tensor | undefined {
  return tensors.get(source);
}

/**
 * Each item as a source.
 * @throws TypeError naming the first that is neither a source nor a named tensor
 */
export function sourcesOf(of: string, items: Iterable<TensorSource | NamedTensor>): TensorSource[] {
  return Array.from(items, (item: unknown, index) => {
    if (isNamedTensor(item)) return sourceOf(item);
    if (isSource(item)) return item;
    throw new TypeError(
      `${of}: item ${index} must be [name, tensor], as model.namedParameters() gives them, or { name, dtype, shape, bytes }, got ${describeValue(item)}`,
    );
  });
}

function isNamedTensor(item: unknown): item is NamedTensor {
  const [name, tensor] = Array.isArray(item) ? (item as unknown[]) : [];
  const isTensor = typeof tensor === "object" && tensor !== null && "toBytes" in tensor;
  return typeof name === "string" && isTensor;
}

function isSource(item: unknown): item is TensorSource {
  const { name, dtype, shape, bytes } = (item ?? {}) as Partial<TensorSource>;
  return (
    typeof name === "string" &&
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    typeof bytes === "function"
  );
}
