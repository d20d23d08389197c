// The weights of a model's blocks, of which each rank keeps a part, on its device or in host memory: those of the block that computes are
// whole, and of those that come next on their way, in the order of the model's list of blocks, which all ranks have alike. One rank alone
// has all, and some of it in host memory.
import { currentGeneration } from "../cluster/generation.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import { nameHolders } from "../device/holders.js";
import { openEffect, restoreWhenCutOff } from "../host/index.js";
import type { BucketLayout } from "../memory/bucket-layout.js";
import type { Module } from "../nn/module.js";
import { elementsOf } from "../optim/slices.js";
import { arriveAll } from "../tensor/arriving.js";
import { isGradEnabled } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { isCapturing } from "../tensor/random-stream.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type HeldWeight,
  ownWeights,
  type Pending,
  type WeightsOwner,
  type WeightsPhase,
} from "../tensor/weights-owner.js";
import { WeightsHost } from "./chunk-section.js";
import { blocksAhead } from "./fetch-order.js";
import { PlanError } from "./plan.js";
import { ShardedChunk } from "./sharded-chunk.js";
import { tableText } from "./table-text.js";
import { homesOf, layoutsOf, type Unit, unitsOf } from "./weight-units.js";

export interface ShardedWeightsOptions {
  readonly device: string;
  /** Undefined: one rank has all. */
  readonly group: ProcessGroup | undefined;
  /** Whether the next block's come while one computes. */
  readonly prefetch: boolean;
  /** Those in host memory, as `weightsOnHost` says. */
  readonly onHost: ReadonlySet<Parameter>;
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
  readonly #host: WeightsHost;
  #chunks: readonly ShardedChunk[];
  readonly #placeOf = new Map<Parameter, { readonly chunk: ShardedChunk; readonly i: number }>();
  readonly #needs = new WeakMap<readonly Parameter[], Need>();
  readonly #unitOf = new Map<string, number>();
  #depth = 0;
  /** Of the connections that gathers so far were made over. */
  #generation = currentGeneration();
  readonly #inUse = new Set<ShardedChunk>();
  /** Needed after the block that computes, so that they stay or come. */
  #awaited: ReadonlySet<ShardedChunk> = new Set();

  /** Shares the weights of the model's blocks, which are the same on all ranks. All ranks call it. */
  constructor(model: Module, options: ShardedWeightsOptions) {
    const { device, group, prefetch, cutsOf, onHost } = options;
    this.#prefetch = prefetch;
    this.#host = new WeightsHost(device);
    this.#units = unitsOf(model);
    const homes = homesOf(this.#units);
    const { trained, frozen } = layoutsOf(homes, { numRanks: group?.size ?? 1, cutsOf });
    this.layouts = trained;
    const names = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
    this.#chunks = [...trained, ...frozen].map((layout) => {
      const weights = layout.parameters.map((each) => [names.get(each) as string, each] as const);
      const name = homes.get(layout.parameters[0] as Parameter) as string;
      const isOnHost = onHost.has(layout.parameters[0] as Parameter);
      const host = isOnHost ? this.#host : undefined;
      return new ShardedChunk({ name, weights, layout }, { device, group, host });
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
    if (this.#depth === 0) this.#expect(chunks, this.#after(chunks, unit, phase));
    for (const chunk of chunks) chunk.begin();
    for (const chunk of chunks) chunk.gather();
    for (const chunk of chunks) this.#inUse.add(chunk);
    this.#depth += 1;
    if (this.#depth === 1) for (const chunk of this.#awaited) chunk.begin();
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
      ...chunk.held(i),
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
  requireUpdatable(of: string): void {
    const held = this.#chunks.find(({ isHeld }) => isHeld);
    if (held === undefined) return;
    throw new PlanError(
      of,
      `gatherWeights holds the weights of ${held.name} whole, and an update is of what ranks keep between uses`,
      "end the block that it was called in before the step",
    );
  }

  updating(parameter: Parameter): void {
    const { chunk, i } = this.#place(parameter);
    chunk.updating(i);
  }

  updatedBy(parameter: Parameter, work: Pending): void {
    const { chunk, i } = this.#place(parameter);
    chunk.updatedBy(i, work);
  }

  /** From now on these lie in host memory, and no others. */
  keepOnHost(onHost: ReadonlySet<Parameter>): void {
    arriveAll(); // an update may go on
    for (const chunk of this.#chunks) {
      const isOnHost = onHost.has(chunk.layout.parameters[0] as Parameter);
      chunk.moveTo(isOnHost ? this.#host : undefined);
    }
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

  /** Gives back what neither a block needs nor what comes after it. */
  #expect(chunks: ReadonlySet<ShardedChunk>, next: ReadonlySet<ShardedChunk>): void {
    this.#awaited = next;
    for (const each of this.#chunks) if (!chunks.has(each) && !next.has(each)) each.release();
  }

  /** What is needed after a block: a block that is the last of a forward pass is the first of the backward pass. */
  #after(
    chunks: ReadonlySet<ShardedChunk>,
    unit: number | undefined,
    phase: WeightsPhase,
  ): ReadonlySet<ShardedChunk> {
    if (unit === undefined) return new Set();
    const { model } = this.#units[unit] as Unit;
    const first = this.#units.findIndex((each) => each.model === model);
    const numBlocks = this.#units.filter((each) => each.model === model).length;
    const chunksOf = (block: number): ReadonlySet<ShardedChunk> =>
      this.#needOf((this.#units[first + block] as Unit).parameters).chunks;
    if (phase === "forward" && unit + 1 === first + numBlocks)
      return isGradEnabled() ? chunks : new Set();
    const ahead = blocksAhead(unit - first, phase, {
      numBlocks,
      isOnHost: (block) => [...chunksOf(block)].some(({ isOnHost }) => isOnHost),
      prefetch: this.#prefetch,
    });
    return new Set(ahead.flatMap((block) => [...chunksOf(block)]));
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

function refuseCapture(): void {
  if (!isCapturing()) return;
  throw new PlanError(
    "forward",
    "a CUDA graph is being captured, and weights that ranks share or that lie in host memory come anew each time",
    "run without a graph, or hold the weights with booster.gatherWeights(model) around it",
  );
}
