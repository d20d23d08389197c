// A model that says which blocks it consists of. Blocks are what is computed, gathered, recomputed or sent to another device
// as a whole: embeddings, each layer, the head. What surrounds them knows the list and nothing of a family.
import { boolean, callback, kind, listOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { isUnread, readNumbers } from "../tensor/deferred-numbers.js";
import { isGradEnabled } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { isCapturing, type RandomParts, randomParts } from "../tensor/random-stream.js";
import { KeptRecipes } from "../tensor/recipes.js";
import { LOSS, spannedBlock } from "../tensor/spans.js";
import { runBlock, runRecomputed } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import { type BlockCost, type InputShape, requireInputShape } from "./cost.js";
import {
  type GradientCheckpointingOptions,
  NO_LAYERS,
  type RecomputedLayers,
  recomputedLayers,
} from "./gradient-checkpointing.js";
import { Module } from "./module.js";
import { countPass, type PassMemory, type PassOptions } from "./pass-memory.js";

/** All tensors that go from one block to the next. */
export type Carried = Readonly<Record<string, Tensor>>;

/** A part of a model that is computed as a whole. */
export interface Block<Pass> {
  /** Name of its module in checkpoints: "model.layers.3". */
  readonly name: string;
  /** Whether it is one of many alike, which `gradientCheckpointingEnable` has computed again. */
  readonly isLayer: boolean;
  /** Whether the last product with a weight is only added to what the block returns; see `BlockOptions`. */
  readonly endsInSum?: boolean;
  /** Parameters that it uses; shared ones are in several blocks. */
  parameters(): readonly Parameter[];
  /** What else decides what it computes, as `Module.settings`. */
  currentSettings?(): string;
  /**
   * Computes the block; may be called twice for one forward pass.
   * @param carried what the block before gave; of the first block empty
   * @param pass what all blocks of this forward pass see: masks, positions, caches
   */
  run(carried: Carried, pass: Pass): Carried;
  /** What one forward and one backward pass take, while training; undefined: it does not say. */
  cost(shape: InputShape): BlockCost | undefined;
}

/** What a block of a model takes, and its name. */
export interface NamedCost extends BlockCost {
  /** As `Block.name`. */
  readonly name: string;
}

/**
 * A module that is a list of blocks. `Input` is what `forward` takes, `Pass` what it makes of it for all blocks, `Output`
 * what the last block's tensors become.
 */
export abstract class Model<Input, Pass, Output> extends Module {
  #blocks: readonly Block<Pass>[] | undefined;
  #again: RecomputedLayers = NO_LAYERS;

  /** In the order in which they are computed. */
  get blocks(): readonly Block<Pass>[] {
    this.#blocks ??= this.listBlocks();
    return this.#blocks;
  }

  /** Makes the list; called once, and again after modules were replaced. */
  protected abstract listBlocks(): readonly Block<Pass>[];
  /** Checks the input and makes of it what all blocks share. */
  protected abstract begin(input: Input): Pass;
  /** What `forward` returns. */
  protected abstract end(carried: Carried, pass: Pass): Output;

  /** Runs one block after the other. While training, what a block draws depends on one draw of the CPU's generator. */
  forward(input: Input): Output {
    const part = this.training ? randomParts() : undivided;
    const [first] = this.blocks;
    if (this.blocks.some((block) => block.parameters().some(isUnread)))
      readNumbers(this.parameters());
    const pass = part(0, deviceOf(first), () => this.begin(input));
    const recomputed = this.#recomputed();
    const selective = this.#selective();
    const recipes = new KeptRecipes(this.constructor.name);
    const isRecording = this.training && isGradEnabled();
    let carried: Carried = {};
    for (const [index, block] of this.blocks.entries()) {
      const inputs = { carried, pass };
      const body = (sees: typeof inputs): Carried =>
        part(index + 1, deviceOf(block), () => block.run(sees.carried, sees.pass));
      const before = carried;
      carried = recomputed.has(block)
        ? runRecomputed(block, {
            inputs,
            body: this.#whileTraining(body),
            endsInSum: block.endsInSum ?? false,
          })
        : runBlock(block, () =>
            selective.has(block) ? recipes.during(() => body(inputs)) : body(inputs),
          );
      if (isRecording) letGo(before, carried);
    }
    if (selective.size > 0) recipes.requireSome();
    return spannedBlock("forward", LOSS, () => this.end(carried, pass));
  }
  /**
   * From now on training keeps what each layer was given instead of what its gradient needs, and computes the layer again in
   * the backward pass: less memory for one more forward pass of the layers, the gradients are the same bits. With `granularity: "selective"`
   * it keeps all but what norms and activations give to linear layers, of a LLaMA's layer 0.3 of what is kept, for one or two percent of time.
   * A forward pass in which nothing is of that kind throws a TypeError.
   * @param options `layers`: only so many, from the first on; default all
   * @throws RangeError for `fullLayers` without "selective", or above `layers`
   */
  gradientCheckpointingEnable(options: GradientCheckpointingOptions = {}): void {
    this.#again = recomputedLayers("gradientCheckpointingEnable", options);
  }

  /** Training keeps what gradients need, as it does unless told otherwise. */
  gradientCheckpointingDisable(): void {
    this.#again = NO_LAYERS;
  }

  /** Whether `gradientCheckpointingEnable` holds. */
  get isGradientCheckpointing(): boolean {
    return this.#again.full > 0 || this.#again.end > 0;
  }

  /** Whether this forward pass, with gradients while training, keeps no graph of layers. */
  protected get isRecomputing(): boolean {
    return this.#again.full > 0 && this.training && isGradEnabled();
  }

  /** How many layers `gradientCheckpointingEnable` has computed again in full. */
  get numRecomputedLayers(): number {
    return Math.min(this.#again.full, this.#layers.length);
  }

  /**
   * Of how many layers it has only norms and activations computed again: those after the ones in full.
   */
  get numSelectiveLayers(): number {
    return Math.max(0, Math.min(this.#again.end, this.#layers.length) - this.#again.full);
  }

  get #layers(): readonly Block<Pass>[] {
    return this.blocks.filter(({ isLayer }) => isLayer);
  }

  /** Those of which norms and activations are computed again in this forward pass. */
  #selective(): ReadonlySet<Block<Pass>> {
    const { full, end } = this.#again;
    if (end === 0 || !this.training || !isGradEnabled()) return new Set();
    return new Set(this.#layers.slice(full, end));
  }

  #recomputed(): ReadonlySet<Block<Pass>> {
    if (!this.isRecomputing) return new Set();
    if (isCapturing()) {
      throw new Error(
        "gradient checkpointing cannot be captured in a CUDA graph: a replay cannot draw the same random numbers twice; train eagerly, or call model.gradientCheckpointingDisable()",
      );
    }
    return new Set(this.#layers.slice(0, this.#again.full));
  }

  /** `body`, refused in the backward pass if the model no longer is as it was in the forward pass. */
  #whileTraining<In, T>(body: (inputs: In) => T): (inputs: In) => T {
    return (inputs) => {
      if (this.training) return body(inputs);
      throw new Error(
        "backward: layers are computed again with gradient checkpointing, but the model was put into eval() after the forward pass; go backward first",
      );
    };
  }

  /**
   * What one forward and one backward pass of each block take while training, reckoned from shapes: FLOPs, and bytes that lie
   * between the passes. The one source of MFU and of what plans say of memory.
   * @throws TypeError naming a block that does not say
   */
  cost(shape: InputShape): readonly NamedCost[] {
    requireInputShape("cost", shape);
    return this.blocks.map((block) => {
      const cost = block.cost(shape);
      if (cost !== undefined) return { name: block.name, ...cost };
      throw new TypeError(
        `cost: the block ${block.name} does not say what it takes; give it, as in block(name, modules, run, { cost: (shape) => blockCost(modules, shape) })`,
      );
    });
  }

  /**
   * What a forward and a backward pass over rows of a shape take of memory while training, as `gradientCheckpointingEnable` says now.
   * Nothing is read or allocated.
   */
  passMemory(shape: InputShape, options: PassOptions = {}): PassMemory {
    requireInputShape("passMemory", shape);
    const again = this.#again;
    const modes = [...this.modules()].map((module) => [module, module.training] as const);
    this.train();
    try {
      if (options.recompute !== undefined)
        this.#again = recomputedLayers("passMemory: recompute", options.recompute);
      return countPass(this, this.blocks, {
        options,
        forward: () => this.forward(this.exampleInput(shape)) as { readonly loss?: Tensor },
      });
    } finally {
      this.#again = again;
      for (const [module, isTraining] of modes) module.training = isTraining;
    }
  }

  /** What `forward` takes of rows of this shape with labels, on "meta". */
  protected exampleInput(_shape: InputShape): Input {
    throw new TypeError(
      `passMemory: ${this.constructor.name} does not say what its forward pass takes; give the class exampleInput(shape), which makes it on "meta"`,
    );
  }

  /** Puts `module` into the place of the one named, as "model.layers.0.mlp.up_proj"; see `replaceModule`. */
  override replaceModule(name: string, module: Module): void {
    super.replaceModule(name, module);
    this.partsChanged();
  }

  /** The list of blocks is made again. */
  override partsChanged(): void {
    this.#blocks = undefined;
  }
}

/** Has what a block was given live no longer than gradients need it. What has none may be of the pass, which others see. */
function letGo(given: Carried, next: Carried): void {
  const goesOn = new Set(Object.values(next));
  for (const tensor of Object.values(given))
    if (!tensor.isDisposed && tensor.requiresGrad && !goesOn.has(tensor)) tensor.dispose();
}

/** Draws from the generators as they are, as evaluation does if at all. */
const undivided: RandomParts = (_, __, body) => body();

/** Where a block computes. */
function deviceOf(block: Block<never> | undefined): string {
  return block?.parameters()[0]?.device ?? "cpu";
}

const someModules = listOf<Module>({
  ...kind("a module", (value) => value instanceof Module),
  each: "modules",
});

/** Options of `block`. */
export interface BlockOptions {
  /** Whether it is one of many alike, which `gradientCheckpointingEnable` has computed again. Default false. */
  readonly isLayer?: boolean;
  /**
   * Whether the last product with a weight is only added to what the block returns and its numbers are not looked at, as in `x + mlp(norm(x))`.
   * Where the block is computed again that product is left out then: a fifth of a decoder's layer. Default false.
   */
  readonly endsInSum?: boolean;
  /** What one forward and one backward pass take; see `blockCost`. Without it `model.cost` refuses. */
  readonly cost?: (shape: InputShape) => BlockCost;
}

const BLOCK_OPTIONS: OptionTable<BlockOptions> = {
  isLayer: boolean,
  endsInSum: boolean,
  cost: callback,
};

/**
 * A block of the modules `uses`, which takes what the block before it in this model gives.
 * @param run of `In`, the tensors that this block is given
 */
export function block<In extends Partial<Carried>, Pass>(
  name: string,
  uses: readonly Module[],
  run: (carried: In, pass: Pass) => Carried,
  options: BlockOptions = {},
): Block<Pass> {
  requireValue("block: name", name, text);
  requireValue("block: uses", uses, someModules);
  requireValue("block: run", run, callback);
  checkOptions("block", options, BLOCK_OPTIONS);
  const parameters = [...new Set(uses.flatMap((module) => module.parameters()))];
  const modules = uses.flatMap((module) => [...module.modules()]);
  const { isLayer = false, endsInSum = false, cost = () => undefined } = options;
  return {
    ...{ name, isLayer, endsInSum, cost },
    parameters: () => parameters,
    currentSettings: () => modules.map(({ settings }) => settings).join(";"),
    run: run as Block<Pass>["run"],
  };
}
