// The weights of a model's blocks, of which each rank keeps a part: those of the block that computes are whole, and of the one after it
// on their way, in the order of the model's list of blocks, which all ranks have alike.
import { currentGeneration } from "../cluster/generation.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import { nameHolders } from "../device/holders.js";
import { openEffect, restoreWhenCutOff } from "../host/index.js";
import type { BucketLayout } from "../memory/bucket-layout.js";
import type { Module } from "../nn/module.js";
import { elementsOf } from "../optim/slices.js";
import { isGradEnabled } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { isCapturing } from "../tensor/random-stream.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type HeldWeight,
  ownWeights,
  type WeightsOwner,
  type WeightsPhase,
  weightsOwnersOf,
} from "../tensor/weights-owner.js";
import { PlanError } from "./plan.js";
import { ShardedChunk } from "./sharded-chunk.js";
import { tableText } from "./table-text.js";
import { homesOf, layOutHomes, type Unit, unitsOf } from "./weight-units.js";

export interface ShardedWeightsOptions {
  readonly group: ProcessGroup;
  /** Whether the next block's are gathered while one computes. */
  readonly prefetch: boolean;
  /** A weight may be cut at multiples of so many of its elements; undefined: nowhere. */
  readonly cutsOf: (parameter: Parameter) => number | undefined;
}

/** What a block that computes needs. */
interface Need {
  readonly chunks: ReadonlySet<ShardedChunk>;
  /** Its place among the units; undefined where it is none of them. */
  readonly unit: number | undefined;
}

export class ShardedWeights implements WeightsOwner {
  /** Of the trained ones, in the order in which backward passes come to them. */
  readonly layouts: readonly BucketLayout[];
  readonly #prefetch: boolean;
  readonly #units: readonly Unit[];
  #chunks: readonly ShardedChunk[];
  readonly #placeOf = new Map<Parameter, { readonly chunk: ShardedChunk; readonly i: number }>();
  readonly #needs = new WeakMap<readonly Parameter[], Need>();
  readonly #unitOf = new Map<string, number>();
  #depth = 0;
  /** Of the connections that gathers so far were made over. */
  #generation = currentGeneration();
  readonly #inUse = new Set<ShardedChunk>();
  /** Needed next, so that they stay or come. */
  #awaited: ReadonlySet<ShardedChunk> = new Set();

  /** Shares the weights of the model's blocks, which are the same on all ranks. All ranks call it. */
  constructor(model: Module, { group, prefetch, cutsOf }: ShardedWeightsOptions) {
    this.#prefetch = prefetch;
    this.#units = unitsOf(model);
    const homes = homesOf(this.#units);
    const numRanks = group.size;
    this.layouts = layOutHomes(homes, true, { numRanks, cutsOf });
    const names = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
    const all = [...this.layouts, ...layOutHomes(homes, false, { numRanks, cutsOf: () => 1 })];
    this.#chunks = all.map((layout) => {
      const weights = layout.parameters.map((each) => [names.get(each) as string, each] as const);
      const name = homes.get(layout.parameters[0] as Parameter) as string;
      return new ShardedChunk({ name, weights, layout }, group);
    });
    for (const chunk of this.#chunks)
      for (const [i, each] of chunk.layout.parameters.entries())
        this.#placeOf.set(each, { chunk, i });
    for (const [i, { parameters }] of this.#units.entries())
      this.#unitOf.set(this.#key(this.#chunksOf(parameters)), i);
    ownWeights(this.#placeOf.keys(), this);
    restoreWhenCutOff(this);
    nameHolders(this);
  }

  /** What this rank keeps, for memory reports. */
  namedParameters(): Iterable<readonly [name: string, section: Tensor]> {
    return this.#chunks.map(({ named }) => named);
  }

  /** Whether ranks share this one. */
  has(parameter: Parameter): boolean {
    return this.#placeOf.has(parameter);
  }

  weightsNeeded(parameters: readonly Parameter[], phase: WeightsPhase): void {
    this.#forgetEarlier();
    const { chunks, unit } = this.#needOf(parameters);
    if ([...chunks].some(({ isWhole }) => !isWhole)) refuseCapture();
    if (this.#depth === 0) for (const each of this.#chunks) if (!chunks.has(each)) each.release();
    for (const chunk of chunks) chunk.begin();
    for (const chunk of chunks) chunk.gather();
    for (const chunk of chunks) this.#inUse.add(chunk);
    this.#depth += 1;
    if (this.#depth > 1) return;
    const next = this.#after(unit, phase);
    for (const chunk of next) chunk.begin();
    this.#awaited = next;
  }

  weightsDone(): void {
    this.#depth -= 1;
    if (this.#depth > 0) return;
    for (const chunk of this.#inUse) if (!this.#awaited.has(chunk)) chunk.release();
    this.#inUse.clear();
  }

  putNumbers(parameter: Parameter, numbers: Tensor): void {
    const { chunk, i } = this.#place(parameter);
    chunk.put(i, numbers);
  }

  heldOf(parameter: Parameter): HeldWeight {
    const { chunk, i } = this.#place(parameter);
    return {
      numbers: chunk.held(i),
      of: (whole) => elementsOf(whole.contiguous(), chunk.sliceOf(i)),
    };
  }

  wholeOf(parameter: Parameter): Tensor {
    this.#forgetEarlier();
    const { chunk } = this.#place(parameter);
    chunk.gather();
    const whole = parameter.detach().clone();
    if (!this.#inUse.has(chunk)) chunk.release();
    return whole;
  }

  /** Those of these parameters that ranks share stay whole until it is closed. All ranks call it. */
  hold(parameters: readonly Parameter[]): Disposable {
    this.#forgetEarlier();
    const chunks = [...this.#chunksOf(parameters)];
    const held: ShardedChunk[] = [];
    const effect = openEffect(() => {
      for (const chunk of held.splice(0)) chunk.letGo();
    });
    try {
      for (const [i, chunk] of chunks.entries()) {
        chunk.begin();
        chunks[i + 1]?.begin();
        chunk.hold();
        held.push(chunk);
      }
    } catch (error) {
      effect.close();
      throw error;
    }
    return effect;
  }

  /** @throws PlanError when weights are held whole, which an update would leave behind */
  requireNotHeld(of: string): void {
    const held = this.#chunks.find(({ isHeld }) => isHeld);
    if (held === undefined) return;
    throw new PlanError(
      of,
      `gatherWeights holds the weights of ${held.name} whole, and an update is of the ranks' parts`,
      "end the block that it was called in before the step",
    );
  }

  /** The parts of these trained ones were updated. */
  noteUpdated(updated: ReadonlySet<BucketLayout>): void {
    for (const chunk of this.#chunks) if (updated.has(chunk.layout)) chunk.noteUpdated();
  }

  dissolve(): void {
    this.#forgetEarlier();
    for (const [i, chunk] of this.#chunks.entries()) {
      this.#chunks[i + 1]?.begin();
      chunk.dissolve();
    }
    ownWeights(this.#placeOf.keys(), undefined);
    this.#placeOf.clear();
    this.#chunks = [];
  }

  /** Forgets a pass that did not come to its end. */
  restore(): void {
    this.#depth = 0;
    this.#inUse.clear();
    this.#awaited = new Set();
    for (const chunk of this.#chunks) chunk.giveUp();
  }

  /** What is where, as a table. */
  toString(): string {
    const head = ["block", "parameters", "MiB", "MiB here", "now"];
    return tableText([head, ...this.#chunks.map((chunk) => chunk.row)]);
  }

  /**
   * What is whole, or on its way, since before connections were made anew may be so on this rank alone: where one failed in the middle
   * of a pass, others were elsewhere in it.
   */
  #forgetEarlier(): void {
    const generation = currentGeneration();
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.restore();
  }

  /** What is needed after a block: a block that is the last of a forward pass is the first of the backward pass. */
  #after(unit: number | undefined, phase: WeightsPhase): ReadonlySet<ShardedChunk> {
    if (unit === undefined) return new Set();
    const { model } = this.#units[unit] as Unit;
    const next = this.#units[phase === "forward" ? unit + 1 : unit - 1];
    if (next !== undefined && next.model === model)
      return this.#prefetch ? this.#needOf(next.parameters).chunks : new Set();
    return phase === "forward" && isGradEnabled() ? new Set(this.#inUse) : new Set();
  }

  #needOf(parameters: readonly Parameter[]): Need {
    let need = this.#needs.get(parameters);
    if (need === undefined) {
      const chunks = this.#chunksOf(parameters);
      need = { chunks, unit: this.#unitOf.get(this.#key(chunks)) };
      this.#needs.set(parameters, need);
    }
    return need;
  }

  #chunksOf(parameters: readonly Parameter[]): Set<ShardedChunk> {
    return new Set(parameters.flatMap((each) => this.#placeOf.get(each)?.chunk ?? []));
  }

  #key(chunks: ReadonlySet<ShardedChunk>): string {
    return [...chunks]
      .map((chunk) => this.#chunks.indexOf(chunk))
      .sort((a, b) => a - b)
      .join();
  }

  #place(parameter: Parameter) {
    return this.#placeOf.get(parameter) as { readonly chunk: ShardedChunk; readonly i: number };
  }
}

/** Those of these parameters that ranks share stay whole until it is closed. All ranks call it. */
export function holdWeights(parameters: readonly Parameter[]): Disposable {
  const holds: Disposable[] = [];
  const close = (): void => {
    for (const hold of holds.splice(0).reverse()) hold[Symbol.dispose]();
  };
  try {
    for (const owner of weightsOwnersOf(parameters))
      if (owner instanceof ShardedWeights) holds.push(owner.hold(parameters));
  } catch (error) {
    close();
    throw error;
  }
  return { [Symbol.dispose]: close };
}

function refuseCapture(): void {
  if (!isCapturing()) return;
  throw new PlanError(
    "forward",
    "a CUDA graph is being captured, and weights that ranks share are gathered anew each time",
    "run without a graph, or hold the weights with booster.gatherWeights(model) around it",
  );
}
