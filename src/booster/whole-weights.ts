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

export class WholeWeights implements LastingBuffers {
  readonly #options: WholeWeightsOptions;
  /** In the order in which forward passes come to them. */
  readonly #chunks: readonly { readonly layout: BucketLayout; readonly chunk: Chunk }[];

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

  /** Every rank has the slices of all from now on. All ranks call it. @param updated those that ranks have updated */
  gather(updated: ReadonlySet<BucketLayout>): void {
    arriveAll();
    const { late } = this.#options;
    const begun = this.#chunks
      .filter(({ layout }) => updated.has(layout))
      .map(({ layout, chunk }) => {
        const work = noGrad(() => this.#begin(layout, chunk.flat));
        markWritten(layout.parameters);
        for (const each of layout.parameters) noteUpdated(each);
        return { work, parameters: layout.parameters };
      });
    const stream = currentStream(this.#chunks[0]?.chunk.flat);
    for (const { work, parameters } of begun) {
      if (late) arriveLater(parameters, () => this.#wait(work, stream));
      else work.wait();
    }
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

  #begin({ sections, owner }: BucketLayout, flat: Tensor): Work {
    const { group } = this.#options;
    if (owner !== undefined) return group.broadcast(flat, owner);
    const { begin, end } = sections[group.rank] as Range;
    return group.allGather(flat, flat.narrow(0, begin, end - begin));
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
