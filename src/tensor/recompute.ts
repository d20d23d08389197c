// Blocks of which the tape keeps what they saw instead of their graph (Chen et al. 2016): the backward pass computes them again.
// The forward pass records too and drops what it recorded at the block's end, so that both passes call the same kernels. Of a block
// that says so the last product is not computed again: nothing reads its numbers.

import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";
import { BlockScope } from "./block-scope.js";
import { numHostReads } from "./host-reads.js";
import { mapTensors } from "./map-tensors.js";
import type { Parameter } from "./parameter.js";
import { spannedBlock } from "./spans.js";
import { Tensor } from "./tensor.js";
import { versionOf } from "./version.js";

/** A block, and what it is given. */
export interface Recomputable<In, Out> {
  readonly inputs: In;
  readonly body: (inputs: In) => Out;
  /** Whether its last product is only added to what it returns, which is looked into: what else read it has it computed. */
  readonly endsInSum?: boolean;
}

/** Who is computed again. */
interface ComputedAgain {
  /** As `Block.name`; for spans. */
  readonly name?: unknown;
  parameters(): readonly Parameter[];
  /** What else decides what it computes; another text when that has changed. */
  currentSettings?(): string;
}

/** Blocks of this kind that are being computed. */
let depth = 0;
/** Those among them that are computed a second time. */
let depthAgain = 0;

/** Blocks whose last product something has read. */
const readAll = new WeakSet<object>();

whenCutOff(() => {
  depth = 0;
  depthAgain = 0;
  native.leaveOutProduct(0);
});

/** Whether this code is part of such a block: blocks in it belong to its graph. */
export function isPartOfRecomputed(): boolean {
  return depth > 0;
}

/** Whether this code runs a second time, for the backward pass: what counts batches has counted this one. */
export function isComputedAgain(): boolean {
  return depthAgain > 0;
}

/** What a block saw: its outputs can be computed from it once more, as long as nothing of it is written. */
export class SeenInputs<In, Out> {
  readonly #inputs: In;
  readonly #body: (inputs: In) => Out;
  readonly #kept: Tensor[] = [];
  readonly #read: readonly Tensor[];
  readonly #states: readonly string[];
  readonly #block: ComputedAgain;
  readonly #settings: string | undefined;
  readonly #endsInSum: boolean;
  /** With a graph, of the first run. */
  #numProducts = 0;

  /** To be made before the block runs, which is not to write what it sees. */
  constructor({ inputs, body, endsInSum = false }: Recomputable<In, Out>, block: ComputedAgain) {
    this.#block = block;
    this.#settings = block.currentSettings?.();
    this.#endsInSum = endsInSum;
    this.#inputs = mapTensors(inputs, (tensor) => {
      const own = new Tensor(native.alias(tensor.handle));
      this.#kept.push(own);
      return own;
    });
    this.#body = body;
    this.#read = [...this.#kept, ...block.parameters()];
    this.#states = this.#read.map(stateOf);
  }

  /** Computes the block for the first time. */
  run(): Out {
    const before = native.numProducts();
    const output = this.#compute();
    this.#numProducts = native.numProducts() - before;
    return output;
  }

  #compute(): Out {
    depth += 1;
    try {
      return this.#body(this.#inputs);
    } finally {
      depth -= 1;
    }
  }

  /** Has what the block saw live until `dispose`. */
  keptBy(keep: (tensor: Tensor) => Tensor): this {
    for (const tensor of this.#kept) keep(tensor);
    return this;
  }

  /** Hands on the block's outputs that have a gradient, and then what it has kept, with a graph; both end with the call. */
  use(read: (outputs: readonly Tensor[]) => void): void {
    this.#requireUnwritten();
    if (this.#endsInSum && this.#numProducts > 0 && !readAll.has(this.#block)) {
      if (this.#useWithout(this.#numProducts, read)) return;
      readAll.add(this.#block);
    }
    this.#useWithout(0, read);
  }

  /** @param product number of the one left out; 0: none. False, and nothing handed on, when its numbers were read */
  #useWithout(product: number, read: (outputs: readonly Tensor[]) => void): boolean {
    const isRecording = native.gradEnabled();
    const numReads = numHostReads();
    const wasLookedAt = (): boolean => product > 0 && numHostReads() > numReads;
    let isHandedOn = false as boolean;
    const made = new BlockScope();
    native.setGradEnabled(true);
    depthAgain += 1;
    try {
      const outputs: Tensor[] = [];
      native.leaveOutProduct(product);
      const again = spannedBlock("recompute", this.#block, () => this.#compute());
      mapTensors(again, (tensor) => {
        if (tensor.requiresGrad) outputs.push(tensor);
        return tensor;
      });
      outputs.push(...made.kept);
      if (wasLookedAt()) return false;
      if (product > 0 && !native.wasOnlyAdded(outputs.map(({ handle }) => handle))) return false;
      native.leaveOutProduct(0);
      isHandedOn = true;
      readAlone(outputs, made, read);
      return true;
    } catch (error) {
      if (wasLookedAt() && !isHandedOn) return false; // perhaps it throws for numbers that are not there
      throw error;
    } finally {
      native.leaveOutProduct(0);
      for (const { leaf, output } of made.cutKept())
        for (const each of [leaf, output]) each.dispose();
      depthAgain -= 1;
      native.setGradEnabled(isRecording);
      made.close();
    }
  }

  dispose(): void {
    for (const tensor of this.#kept) tensor.dispose();
  }

  #requireUnwritten(): void {
    if (this.#block.currentSettings?.() !== this.#settings) {
      throw new Error(
        "backward: adapters of a block that is to be computed again were switched after the forward pass; go backward before setAdapter() and disableAdapter(), or call model.gradientCheckpointingDisable()",
      );
    }
    const written = this.#read.find((tensor, i) => stateOf(tensor) !== this.#states[i]);
    if (written === undefined) return;
    const what = this.#kept.includes(written) ? "an input" : "a weight";
    throw new Error(
      `backward: ${what} of a block that is to be computed again, ${String(written.dtype)} [${written.shape.join(", ")}], was written, moved or converted after the forward pass; go backward before optimizer.step(), to() and other writes, or model.gradientCheckpointingDisable()`,
    );
  }
}

/** Hands on the outputs when all else that the block made is gone: what no gradient needs goes before gradients come. */
function readAlone(
  outputs: readonly Tensor[],
  made: BlockScope,
  read: (outputs: readonly Tensor[]) => void,
): void {
  const ends = outputs.map(({ handle }) => made.handOn(new Tensor(native.alias(handle))));
  made.close();
  try {
    read(ends);
  } finally {
    for (const end of ends) end.dispose();
  }
}

/** Another one after each write, and once the tensor was moved or converted. */
function stateOf(tensor: Tensor): string {
  return `${tensor.handle} ${versionOf(tensor)}`;
}
