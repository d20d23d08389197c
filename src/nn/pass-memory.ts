// What a training pass of a model takes of memory, part by part. It is not reckoned but counted: the pass runs on "meta", through the same
// operators and the same tape as with numbers, and the addon adds up what would be allocated. So it holds for any model, adapters,
// recomputation and a learner's own layers included, and nothing is said of memory anywhere else.
import { asShapes } from "../tensor/as-shapes.js";
import { empty } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { GradientOwner } from "../tensor/gradient-owner.js";
import { makeGradientPlace, settleGradient } from "../tensor/gradient-place.js";
import { countOnMeta, type StandsFor } from "../tensor/memory-count.js";
import { OWNER, type Parameter } from "../tensor/parameter.js";
import { backward, watchBlocks } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import { BatchNorm } from "./batch-norm.js";
import type { GradientCheckpointingOptions } from "./gradient-checkpointing.js";
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
  /** What is computed again, as `gradientCheckpointingEnable` takes it. Default: as it says now. */
  readonly recompute?: GradientCheckpointingOptions;
  /** Gradients of weights lie in memory that is there already, as that of buckets, and are not counted. Default false. */
  readonly hasPlaces?: boolean;
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
  { options: { dtype, device = "cpu", hasPlaces = false }, forward }: Pass,
): PassMemory {
  const dtypeOf = dtypesOf(model, dtype);
  const parameters = model.parameters();
  const modelName = model.constructor.name;
  return asShapes([...parameters, ...model.buffers()], dtypeOf, () => {
    forward(); // tables that are made once
    if (hasPlaces) givePlaces(parameters);
    return countOnMeta(device, (endPart) => inParts(blocks, { modelName, endPart, forward }));
  });
}

/** The type of each tensor of a model that computes in `dtype`: batch normalisation stays in float32. */
export function dtypesOf(model: Module, dtype: DType | undefined): (tensor: Tensor) => DType {
  const inFull = new Set(ofBatchNorms(model));
  return (tensor) => {
    if (dtype === undefined || !/^(float|bfloat)/.test(tensor.dtype)) return tensor.dtype;
    return inFull.has(tensor) ? "float32" : dtype;
  };
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

/** Gradients are brought to a place of their own as soon as they are complete. */
function givePlaces(parameters: readonly Parameter[]): void {
  const places = new Map(
    parameters
      .filter(({ requiresGrad }) => requiresGrad)
      .map((parameter) => {
        const flat = empty([parameter.numel], { dtype: parameter.dtype, device: "meta" });
        return [parameter, makeGradientPlace(flat, 0, parameter)] as const;
      }),
  );
  const owner: GradientOwner = {
    gradientReady(parameter) {
      const place = places.get(parameter);
      if (place !== undefined) settleGradient(parameter, place);
    },
    passEnded() {
      // what was counted is enough
    },
    passFailed() {
      // the error says it
    },
  };
  for (const parameter of places.keys()) parameter[OWNER] = owner; // until the parameters show their numbers again
}

function* ofBatchNorms(model: Module): Generator<Parameter | Tensor> {
  for (const module of model.modules())
    if (module instanceof BatchNorm) yield* [...module.parameters(), ...module.buffers()];
}
