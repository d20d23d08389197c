// What a sharded chunk is made of: its weights, and where they lie.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import type { BucketLayout } from "../memory/bucket-layout.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Pending } from "../tensor/weights-owner.js";
import type { WeightsHost } from "./chunk-section.js";

/** How an error ends that names a weight without memory. */
const REMEDY_END =
  "in a block that begins with using _ = booster.gatherWeights(model), and store it with booster.saveModel or booster.saveCheckpoint";
/** The same of weights that ranks share. */
export const SHARED = `ranks share it, and each keeps a part; read it where all ranks have it whole, ${REMEDY_END}`;
/** And of those of one rank. */
export const ON_HOST = `it lies in host memory between uses; read it where it is on the device, ${REMEDY_END}`;

/** A parameter with its name in the model. */
export type NamedWeight = readonly [name: string, parameter: Parameter];

/** What is gathered at once. */
export interface SharedWeights {
  readonly name: string;
  /** In the order of the layout. */
  readonly weights: readonly NamedWeight[];
  readonly layout: BucketLayout;
}

/** Where chunks lie, and with whom. */
export interface ChunkPlace {
  /** That computes with them. */
  readonly device: string;
  /** Ranks that share them; undefined: one has all. */
  readonly group: ProcessGroup | undefined;
  /** Where this rank keeps its section; undefined: on the device. */
  readonly host: WeightsHost | undefined;
}

/** Numbers on their way to memory that parameters do not see yet. */
export interface Coming {
  readonly memory: Tensor;
  /** From the host. */
  readonly copied?: Pending;
  /** From other ranks. */
  readonly sent: readonly Work[];
}
