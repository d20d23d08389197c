// Weights that have no memory on the device between uses, as a plan counts them: what of them is there while each block computes.
import type { BucketLayout } from "../../memory/bucket-layout.js";
import { itemSize } from "../../tensor/dtype.js";
import type { Range } from "../../tensor/element-range.js";
import type { Parameter } from "../../tensor/parameter.js";
import { blocksAhead } from "../fetch-order.js";
import { type Bytes, type MemoryUse, plus, type Stretch } from "./walk.js";

/** Weights that come together, in the types in which they are trained. */
export interface FetchedWeights {
  readonly parameters: readonly Parameter[];
  readonly isOnHost: boolean;
  /** What this rank keeps of them. */
  readonly keptBytes: number;
  /** What comes to be where they are used; 0 where what the rank keeps is lent. */
  readonly comingBytes: number;
}

/** @param of the rank whose memory it is, and whether it keeps them on the host */
export function fetchedWeights(
  { parameters, numElements, sections, owner }: BucketLayout,
  { rank, isOnHost }: { readonly rank: number; readonly isOnHost: boolean },
): FetchedWeights {
  const size = itemSize((parameters[0] as Parameter).dtype);
  const { begin, end } = sections[rank] as Range;
  const isLent = !isOnHost && (sections.length === 1 || owner === rank);
  return {
    ...{ parameters, isOnHost, keptBytes: (end - begin) * size },
    comingBytes: isLent ? 0 : numElements * size,
  };
}

/** Which block, in which direction. */
interface At {
  readonly phase: "forward" | "backward";
  readonly i: number;
}

/** What comes and goes in a step, in the order in which it goes through blocks. */
export class Fetches {
  readonly #blocks: readonly (readonly FetchedWeights[])[];
  readonly #prefetch: boolean;
  /** Of weights that are there now. */
  #there: Bytes = {};

  /** @param blocks parameters of each, in the order of the forward pass */
  constructor(
    weights: readonly FetchedWeights[],
    blocks: readonly { readonly parameters: readonly Parameter[] }[],
    prefetch: boolean,
  ) {
    this.#prefetch = prefetch;
    const found = new Map<Parameter, FetchedWeights>();
    for (const each of weights) for (const parameter of each.parameters) found.set(parameter, each);
    this.#blocks = blocks.map(({ parameters }) => [
      ...new Set(parameters.flatMap((each) => found.get(each) ?? [])),
    ]);
  }

  /** Before a block computes. */
  before(at: At, block: string): Stretch[] {
    return this.#become(this.#thereAt(at), { phase: at.phase, block });
  }

  /** When the backward pass has ended. */
  end(): Stretch[] {
    return this.#become({}, { phase: "update" });
  }

  #become(there: Bytes, where: Pick<Stretch, "phase" | "block">): Stretch[] {
    const less = Object.fromEntries(
      Object.entries(this.#there).map(([use, bytes]) => [use, -bytes]),
    );
    const left = plus(there, less);
    this.#there = there;
    return Object.values(left).every((bytes) => bytes === 0)
      ? []
      : [{ ...where, most: left, left }];
  }

  #thereAt({ phase, i }: At): Bytes {
    const ahead = blocksAhead(i, phase, {
      numBlocks: this.#blocks.length,
      isOnHost: (at) => (this.#blocks[at] ?? []).some(({ isOnHost }) => isOnHost),
      prefetch: this.#prefetch,
    });
    const those = new Set([i, ...ahead].flatMap((at) => this.#blocks[at] ?? []));
    let there: Bytes = {};
    for (const { isOnHost, comingBytes } of those) {
      const use: MemoryUse = isOnHost ? "fetched" : "collectives";
      there = plus(there, { [use]: comingBytes });
    }
    return there;
  }
}
