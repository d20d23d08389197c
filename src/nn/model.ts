// A model that says which blocks it consists of. Blocks are what is computed, gathered, recomputed or sent to another device
// as a whole: embeddings, each layer, the head. What surrounds them knows the list and nothing of a family.
import { callback, kind, listOf, requireValue, text } from "../arguments/checks.js";
import type { Parameter } from "../tensor/parameter.js";
import { runBlock } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

/** All tensors that go from one block to the next. */
export type Carried = Readonly<Record<string, Tensor>>;

/** A part of a model that is computed as a whole. */
export interface Block<Pass> {
  /** Name of its module in checkpoints: "model.layers.3". */
  readonly name: string;
  /** Parameters that it uses; shared ones are in several blocks. */
  parameters(): readonly Parameter[];
  /**
   * Computes the block.
   * @param carried what the block before gave; of the first block empty
   * @param pass what all blocks of this forward pass see: masks, positions, caches
   */
  run(carried: Carried, pass: Pass): Carried;
}

/**
 * A module that is a list of blocks. `Input` is what `forward` takes, `Pass` what it makes of it for all blocks, `Output`
 * what the last block's tensors become.
 */
export abstract class Model<Input, Pass, Output> extends Module {
  #blocks: readonly Block<Pass>[] | undefined;

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

  /** Runs one block after the other. */
  forward(input: Input): Output {
    const pass = this.begin(input);
    let carried: Carried = {};
    for (const block of this.blocks) {
      const before = carried;
      carried = runBlock(block, () => block.run(before, pass));
    }
    return this.end(carried, pass);
  }

  /** Puts `module` into the place of the one named, as "model.layers.0.mlp.up_proj"; see `replaceModule`. */
  override replaceModule(name: string, module: Module): void {
    super.replaceModule(name, module);
    this.#blocks = undefined;
  }
}

const someModules = listOf<Module>({
  ...kind("a module", (value) => value instanceof Module),
  each: "modules",
});

/**
 * A block of the modules `uses`, which takes what the block before it in this model gives.
 * @param run of `In`, the tensors that this block is given
 */
export function block<In extends Partial<Carried>, Pass>(
  name: string,
  uses: readonly Module[],
  run: (carried: In, pass: Pass) => Carried,
): Block<Pass> {
  requireValue("block: name", name, text);
  requireValue("block: uses", uses, someModules);
  requireValue("block: run", run, callback);
  const parameters = [...new Set(uses.flatMap((module) => module.parameters()))];
  return { name, parameters: () => parameters, run: run as Block<Pass>["run"] };
}
