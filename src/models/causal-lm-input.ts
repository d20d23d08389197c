// What the forward pass of a language model takes, checked. Values are checked where tensors are on the CPU: elsewhere reading
// them would wait for the device.
import { type Check, integer, kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import type { OptionTable } from "../arguments/options.js";
import { PackedDocuments } from "../data/packed-documents.js";
import { KVCache } from "../generate/kv-cache.js";
import { aMask } from "../generate/left-padding.js";
import { arange } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";

/** Input of a language model. */
export interface CausalLMInput {
  /** (B, T) int64 token ids */
  readonly inputIds: Tensor;
  /** (B, T) int64; the model shifts them, so they usually equal `inputIds`. -100 does not count. */
  readonly labels?: Tensor;
  /**
   * (B, earlier tokens in the cache + T) of 0 and 1: tokens marked 0 are padding, which no token attends to. Default: all 1.
   * It changes no positions; to pad on the left give `positionIds` too. Labels of padding are to be -100.
   */
  readonly attentionMask?: Tensor;
  /** (B, T) int64: the position of each token. Default: 0, 1, ... after the tokens in the cache, padding counted. */
  readonly positionIds?: Tensor;
  /**
   * (B, T) int64: which document each token is of, negative for padding, where rows hold several; a token attends to its own alone. Give
   * `positionIds` that begin anew with each, and -100 as the label of each document's first token, which nothing foretells. On a GPU
   * nothing is read of them: without `documents` they become a mask (B, 1, T, T), which keeps the fastest kernels out.
   */
  readonly documentIds?: Tensor;
  /**
   * Where the documents of packed rows lie, as a `DataLoader` says it: attention is by them alone, padding behind a row's documents
   * kept apart, in kernels of variable length and without a mask. They stand for `documentIds`.
   */
  readonly documents?: PackedDocuments;
  /** Keys and values of earlier tokens. */
  readonly cache?: KVCache;
  /** Logits of so many last tokens alone are computed, (B, logitsToKeep, V). Default: of all. */
  readonly logitsToKeep?: number;
}

export const someTokens: Check<Tensor> = kind(
  "an int64 or int32 tensor of shape (batch, tokens)",
  (value) => value instanceof Tensor && /^int(64|32)$/.test(value.dtype) && value.ndim === 2,
);
export const CAUSAL_LM_INPUT: OptionTable<CausalLMInput> = {
  inputIds: someTokens,
  labels: someTokens,
  attentionMask: aMask,
  positionIds: someTokens,
  documentIds: someTokens,
  documents: kind(
    "a PackedDocuments, as a DataLoader's batch has it",
    (value) => value instanceof PackedDocuments,
  ),
  cache: kind("a KVCache", (value) => value instanceof KVCache),
  logitsToKeep: integer({ min: 1 }),
};

/** Embeddings and losses take int64; tokenizers give int32. */
export function inInt64(input: CausalLMInput): CausalLMInput {
  const { inputIds, labels, positionIds } = input;
  return {
    ...input,
    ...(inputIds instanceof Tensor && { inputIds: inputIds.long() }),
    ...(labels && { labels: labels.long() }),
    ...(positionIds && { positionIds: positionIds.long() }),
  };
}

/** Positions that are given, or the ones after the tokens in the cache. */
export function countedPositions({ positionIds, inputIds, cache }: CausalLMInput): Tensor {
  if (positionIds !== undefined) return positionIds;
  const start = cache?.length ?? 0;
  const end = start + (inputIds.shape[1] as number);
  return arange(start, end, 1, { dtype: "int64", device: inputIds.device });
}

/** Of hidden (B, T, C) what logits are wanted of: the last tokens, or all. */
export function lastTokens(hidden: Tensor, { logitsToKeep }: CausalLMInput): Tensor {
  const length = hidden.shape[1] as number;
  if (logitsToKeep === undefined || logitsToKeep >= length) return hidden;
  return hidden.slice(1, length - logitsToKeep);
}

/** What an input must fit. */
export interface InputLimits {
  readonly maxPositions: number;
  /** Where the model is. */
  readonly device: string;
}

/** Refuses what does not fit together, what is on another device, and what reaches beyond the model's last position. */
export function checkInput(input: CausalLMInput, { maxPositions, device }: InputLimits): void {
  const { inputIds, labels, attentionMask, positionIds, cache } = input;
  requireValue("forward: inputIds", inputIds, someTokens);
  if (inputIds.numel === 0) {
    throw new RangeError(
      `forward: inputIds must hold at least one token, got ${describeValue(inputIds)}`,
    );
  }
  const [batch, length] = inputIds.shape as [number, number];
  const end = (cache?.length ?? 0) + length;
  const numKeys = cache?.numKeys(length) ?? length;
  requireDevice("inputIds", inputIds, { device, like: "the model" });
  if (labels !== undefined) {
    if (input.logitsToKeep !== undefined) {
      throw new TypeError(
        "forward: labels are compared with the logits of all tokens; leave logitsToKeep out",
      );
    }
    requireShape("labels", labels, [batch, length]);
    requireDevice("labels", labels, { device, like: "the model" });
  }
  if (attentionMask !== undefined) checkMask(attentionMask, inputIds, [batch, numKeys]);
  checkDocuments(input);
  if (positionIds !== undefined) checkPositions(positionIds, inputIds, maxPositions);
  if (end > maxPositions) {
    throw new RangeError(
      `forward: the model knows ${maxPositions} positions, the input reaches ${end}`,
    );
  }
}

/** @throws RangeError */
export function requireShape(
  name: string,
  { shape }: Tensor,
  wanted: readonly number[],
  like = "inputIds",
): void {
  if (shape.join() === wanted.join()) return;
  throw new RangeError(
    `forward: ${name} must be as many as ${like}, [${wanted.join(", ")}], got [${shape.join(", ")}]`,
  );
}

/** @throws TypeError */
export function requireDevice(
  name: string,
  given: Tensor,
  { device, like = "inputIds" }: { readonly device: string; readonly like?: string },
): void {
  if (given.device === device) return;
  throw new TypeError(
    `forward: ${name} must be on ${device} like ${like}, got ${given.device}; move it with to("${device}")`,
  );
}

function checkMask(mask: Tensor, inputIds: Tensor, wanted: readonly [number, number]): void {
  const [batch, length] = mask.shape;
  if (batch !== wanted[0] || length !== wanted[1]) {
    throw new RangeError(
      `forward: attentionMask must cover the tokens in the cache and inputIds, [${wanted.join(", ")}], got [${mask.shape.join(", ")}]`,
    );
  }
  requireDevice("attentionMask", mask, inputIds);
  requireBits("attentionMask", mask);
}

/** @throws RangeError when a mask holds anything but 0 and 1 */
export function requireBits(name: string, mask: Tensor): void {
  const wrong = valuesOf(mask).find((value) => value !== 0 && value !== 1);
  if (wrong !== undefined)
    throw new RangeError(`forward: ${name} must be of 0 and 1, got ${wrong}`);
}

function checkDocuments(input: CausalLMInput): void {
  const { inputIds, positionIds, documentIds, documents, cache } = input;
  if (documentIds !== undefined) {
    requireShape("documentIds", documentIds, inputIds.shape);
    requireDevice("documentIds", documentIds, inputIds);
  }
  if (documents !== undefined) requireRows(documents, inputIds);
  const given = documents !== undefined ? "documents" : "documentIds";
  if (documentIds === undefined && documents === undefined) return;
  if (positionIds === undefined) {
    throw new TypeError(
      `forward: ${given} need positionIds that begin anew with each document; give those too`,
    );
  }
  if (cache === undefined) return;
  throw new TypeError(
    `forward: ${given} are of rows that are whole, a cache holds earlier tokens; give one of them`,
  );
}

function requireRows({ numRows, rowLength, device }: PackedDocuments, inputIds: Tensor): void {
  if (`${numRows},${rowLength}` !== inputIds.shape.join()) {
    throw new RangeError(
      `forward: documents must be of as many tokens as inputIds, [${inputIds.shape.join(", ")}], got those of [${numRows}, ${rowLength}]`,
    );
  }
  if (device === inputIds.device) return;
  throw new TypeError(
    `forward: documents must be on ${inputIds.device} like inputIds, got ${device}; move them with to("${inputIds.device}")`,
  );
}

function checkPositions(positions: Tensor, inputIds: Tensor, maxPositions: number): void {
  requireShape("positionIds", positions, inputIds.shape);
  requireDevice("positionIds", positions, inputIds);
  const wrong = valuesOf(positions).find((value) => value < 0 || value >= maxPositions);
  if (wrong !== undefined) {
    throw new RangeError(
      `forward: positionIds must be 0 to ${maxPositions - 1}, the positions that the model knows, got ${wrong}`,
    );
  }
}

function valuesOf(tensor: Tensor): number[] {
  return tensor.device === "cpu" ? Array.from(tensor.toTypedArray(), Number) : [];
}
