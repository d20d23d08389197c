// What a training pass of a model takes of memory, part by part. It is not reckoned but counted: the pass runs on "meta", through the same
// operators and the same tape as with numbers, and the addon adds up what would be allocated. So it holds for any model, adapters,
// recomputation and a learner's own layers included, and nothing is said of memory anywhere else.
import { asShapes } from "../tensor/as-shapes.js";
import type { DType } from "../tensor/dtype.js";
import { countOnMeta, type StandsFor } from "../tensor/memory-count.js";
import type { Parameter } from "../tensor/parameter.js";
import { backward, watchBlocks } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import { BatchNorm } from "./batch-norm.js";
import type { Module } from "./module.js";

/** Bytes in a part of a pass. */
export interface PartMemory {
  /** The most that is held at a time, over what was held when it began. */
  readonly peakBytes: number;
  /** What is held more at its end than at its beginning; below 0 where more is given back. */
  readonly heldBytes: number;
}

/** What a block takes in both directions. */
export interface BlockMemory {
  /** As `Block.name`. */
  readonly name: string;
  /** Whether `gradientCheckpointingEnable` may have it computed again. */
  readonly isLayer: boolean;
  /** Until the next block begins. */
  readonly forward: PartMemory;
  /** Gradients of weights included. */
  readonly backward: PartMemory;
}

/** What a forward and a backward pass take, in their order. */
export interface PassMemory {
  /** What all blocks share: masks, tables. */
  readonly begin: PartMemory;
  /** In the order of the forward pass. */
  readonly blocks: readonly BlockMemory[];
  /** Between both passes, and what a loss outside of blocks takes. */
  readonly loss: PartMemory;
}

/** What a pass is counted for. */
export interface PassOptions {
  /** Type that parameters of floating point compute in. Default: their own. */
  readonly dtype?: DType;
  /** Whose kernels compute, and whose allocator rounds. Default "cpu". */
  readonly device?: StandsFor;
}

const NOTHING: PartMemory = { peakBytes: 0, heldBytes: 0 };

interface Pass {
  readonly options: PassOptions;
  /** Runs the forward pass. */
  readonly forward: () => { readonly loss?: Tensor };
}

/** @param blocks of the model, in their order */
export function countPass(
  model: Module,
  blocks: readonly { readonly name: string; readonly isLayer: boolean }[],
  { options: { dtype, device = "cpu" }, forward }: Pass,
): PassMemory {
  const inFull = new Set(ofBatchNorms(model));
  const dtypeOf = (tensor: Tensor): DType => {
    if (dtype === undefined || !/^(float|bfloat)/.test(tensor.dtype)) return tensor.dtype;
    return inFull.has(tensor) ? "float32" : dtype;
  };
  const parameters = model.parameters();
  const modelName = model.constructor.name;
  return asShapes([...parameters, ...model.buffers()], dtypeOf, () => {
    forward(); // tables that are made once
    return countOnMeta(device, (endPart) => inParts(blocks, { modelName, endPart, forward }));
  });
}

interface Counting {
  readonly modelName: string;
  readonly endPart: () => PartMemory;
  readonly forward: Pass["forward"];
}

function inParts(
  blocks: readonly { readonly name: string; readonly isLayer: boolean }[],
  { modelName, endPart, forward }: Counting,
): PassMemory {
  const parts: { readonly of: unknown; readonly pass: string; readonly memory: PartMemory }[] = [];
  let [of, pass] = [undefined as unknown, "begin" as string];
  const next = (block: unknown, name: string): void => {
    parts.push({ of, pass, memory: endPart() });
    [of, pass] = [block, name];
  };
  watchBlocks(next, () => {
    const output = forward();
    next(undefined, "loss");
    if (output.loss === undefined) {
      throw new TypeError(
        `passMemory: ${modelName} gives no loss, so nothing goes backward; take a class that computes one, as LlamaForCausalLM does`,
      );
    }
    backward(output.loss);
    next(undefined, "end");
  });
  const memoryOf = (block: unknown, name: string): PartMemory =>
    parts.find((part) => part.of === block && part.pass === name)?.memory ?? NOTHING;
  return {
    begin: memoryOf(undefined, "begin"),
    blocks: blocks.map((block) => ({
      name: block.name,
      isLayer: block.isLayer,
      forward: memoryOf(block, "forward"),
      backward: memoryOf(block, "backward"),
    })),
    loss: memoryOf(undefined, "loss"),
  };
}

function* ofBatchNorms(model: Module): Generator<Parameter | Tensor> {
  for (const module of model.modules())
    if (module instanceof BatchNorm) yield* [...module.parameters(), ...module.buffers()];
}
