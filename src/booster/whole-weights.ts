// Weights that are whole on each rank, of which each rank updates a slice: they lie in flat buffers, into which the ranks' slices are
// gathered where they lie, so that nothing is copied. Where that is wished the next forward pass begins meanwhile, and waits for
// each weight as it comes to it.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { GpuStream, withStream } from "../device/streams.js";
import { restoreWhenCutOff } from "../host/index.js";
import type { BucketLayout } from "../memory/bucket-layout.js";
import { Chunk } from "../memory/chunk.js";
import { arriveAll, arriveLater } from "../tensor/arriving.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { type LastingBuffers, leaveBuffer, lieIn } from "../tensor/lasting-memory.js";
import { noteUpdated } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten } from "../tensor/version.js";

export interface WholeWeightsOptions {
  readonly group: ProcessGroup;
  readonly nameOf: (parameter: Parameter) => string;
  /** Whether `gather` returns while numbers are on their way. */
  readonly late: boolean;
  /** Called when what was on its way has not come, so that weights are of two steps. */
  readonly torn: () => void;
}

interface GatheredChunk {
  readonly layout: BucketLayout;
  readonly chunk: Chunk;
}

interface GatheringSteps {
  readonly begin: (chunk: GatheredChunk) => Work;
  readonly finish: (begun: readonly (readonly [GatheredChunk, Work])[]) => void;
}

/** Buckets that are gathered while a step updates their weights. */
export class Gathering {
  readonly #chunks: readonly GatheredChunk[];
  readonly #how: GatheringSteps;
  readonly #bucketOf = new Map<Parameter, GatheredChunk>();
  /** How many weights of a bucket are still to be updated. */
  readonly #numLeft = new Map<GatheredChunk, number>();
  /** In the order of the chunks, the same on all ranks. */
  readonly #begun: (readonly [GatheredChunk, Work])[] = [];

  /** @param chunks in the order in which forward passes come to them */
  constructor(chunks: readonly GatheredChunk[], how: GatheringSteps) {
    this.#chunks = chunks;
    this.#how = how;
    for (const chunk of chunks) {
      const { parameters } = chunk.layout;
      this.#numLeft.set(chunk, parameters.length);
      for (const each of parameters) this.#bucketOf.set(each, chunk);
    }
  }

  /** These weights are updated. */
  note(weights: readonly Parameter[]): void {
    for (const each of weights) {
      const chunk = this.#bucketOf.get(each);
      if (chunk === undefined) continue;
      this.#numLeft.set(chunk, (this.#numLeft.get(chunk) as number) - 1);
    }
    while (this.#numLeft.get(this.#chunks[this.#begun.length] as GatheredChunk) === 0)
      this.#beginNext();
  }

  /** Begins what is left, so that all ranks make the same calls: also where the update of this one has failed. */
  beginAll(): void {
    while (this.#begun.length < this.#chunks.length) this.#beginNext();
  }

  /** Every rank has the slices of all from now on. */
  finish(): void {
    this.#how.finish(this.#begun);
  }

  #beginNext(): void {
    const chunk = this.#chunks[this.#begun.length] as GatheredChunk;
    this.#begun.push([chunk, this.#how.begin(chunk)]);
  }
}

export class WholeWeights implements LastingBuffers {
  readonly #options: WholeWeightsOptions;
  /** In the order in which forward passes come to them. */
  readonly #chunks: readonly GatheredChunk[];

  /** @param layouts on every rank the same, in the order in which backward passes come to them */
  constructor(layouts: readonly BucketLayout[], options: WholeWeightsOptions) {
    this.#options = options;
    const { nameOf } = options;
    this.#chunks = layouts.toReversed().map((layout) => {
      const named = layout.parameters.map((each) => [nameOf(each), each] as const);
      return { layout, chunk: new Chunk("a bucket", named, { places: layout }) };
    });
    for (const { layout } of this.#chunks) lieIn(this, layout.parameters);
    restoreWhenCutOff(this);
  }

  /**
   * Before an update: each bucket is gathered as soon as all of its weights are updated, beside the update of others. All ranks call it.
   * @param updated buckets that ranks are about to update
   */
  gather(updated: ReadonlySet<BucketLayout>): Gathering {
    arriveAll();
    return new Gathering(
      this.#chunks.filter(({ layout }) => updated.has(layout)),
      { begin: (chunk) => this.#begin(chunk), finish: (begun) => this.#finish(begun) },
    );
  }

  /** The parameters have memory of their own again. */
  dissolve(): void {
    arriveAll();
    for (const { layout, chunk } of this.#chunks) {
      for (const each of layout.parameters) leaveBuffer(each);
      chunk.flat.dispose();
    }
  }

  /** After cells were cut off, with whose connections numbers may have been lost. */
  restore(): void {
    try {
      arriveAll();
    } catch {
      // who uses the weights hears that they are torn
    }
  }

  #begin({ layout: { parameters, sections, owner }, chunk: { flat } }: GatheredChunk): Work {
    const { group } = this.#options;
    const { begin, end } = sections[group.rank] as Range;
    const work = noGrad(() =>
      owner === undefined
        ? group.allGather(flat, flat.narrow(0, begin, end - begin))
        : group.broadcast(flat, owner),
    );
    markWritten(parameters);
    for (const each of parameters) noteUpdated(each);
    return work.spanning(() => ({ action: "gather", of: parameters, bytes: flat.nbytes }));
  }

  #finish(begun: readonly (readonly [GatheredChunk, Work])[]): void {
    const stream = currentStream(this.#chunks[0]?.chunk.flat);
    for (const [{ layout }, work] of begun) {
      if (this.#options.late) arriveLater(layout.parameters, () => this.#wait(work, stream));
      else work.wait();
    }
  }

  /** @param stream the one of the step, on which weights are used in the order of the calls, as on the one that needs them first */
  #wait(work: Work, stream: GpuStream | undefined): void {
    try {
      if (stream === undefined) work.wait();
      else {
        withStream(stream, () => work.wait());
        GpuStream.current(stream.device).waitStream(stream);
      }
    } catch (error) {
      this.#options.torn();
      throw error;
    }
  }
}

function currentStream(of: Tensor | undefined): GpuStream | undefined {
  return of === undefined || of.device === "cpu" ? undefined : GpuStream.current(of.device);
}
