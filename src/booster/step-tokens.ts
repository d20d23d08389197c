// Losses that are means over tokens, weighed so that micro-batches and ranks together give the mean over all tokens of a step,
// however unevenly labels are masked: a pass is seeded with its number of tokens, and the update divides by that of the step.

import { noGrad } from "../tensor/grad-mode.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { GradientSync } from "./gradient-sync.js";

/** Seeds are in units of so many tokens, so that 16-bit gradients are about those of a mean; a power of two costs no bits. */
const UNIT = 1024;

/** What a pass is of: a mean over tokens that are counted, or a loss that counts as much as that of any other pass. */
type Kind = "tokens" | "bare";

/** The tokens that the gradients of a step are of. */
export class StepTokens {
  #kind: Kind | undefined;
  /** () int64: of this rank, since ranks were last added up. */
  #own: Tensor | undefined;
  /** () int64: of all ranks. */
  #all: Tensor | undefined;

  /** @throws TypeError when passes before it in the step were of the other kind */
  requireKind(tokens: Tensor | undefined): void {
    const kind = kindOf(tokens);
    if (this.#kind === undefined || this.#kind === kind) return;
    throw new TypeError(
      "backward: a step's losses must all come with their tokens (an output with numTokens, or { tokens }) or all without",
    );
  }

  /** After a pass whose gradients were averaged over ranks, unless `sync` is paused. */
  add(tokens: Tensor | undefined, sync: GradientSync | undefined): void {
    this.requireKind(tokens);
    this.#kind = kindOf(tokens);
    if (tokens === undefined) return;
    noGrad(() => {
      const own = keep(this.#own === undefined ? tokens.clone() : this.#own.add(tokens));
      this.#own?.dispose();
      this.#own = own;
      if (sync === undefined || sync.numPauses === 0) this.#addUp(sync);
    });
  }

  /** () float32: what gradients are multiplied by to be those of the mean over the step's tokens; undefined for bare losses. */
  factor(sync: GradientSync | undefined): Tensor | undefined {
    if (this.#kind !== "tokens") return undefined;
    const numTokens = (this.#all as Tensor).clampMin(1).float(); // without tokens gradients are 0
    return numTokens.reciprocal().mul(UNIT * (sync?.numRanks ?? 1)); // ranks were averaged, not added up
  }

  /** For gradients that were dropped. */
  forget(): void {
    this.#kind = undefined;
    this.#own?.dispose();
    this.#all?.dispose();
    this.#own = undefined;
    this.#all = undefined;
  }

  #addUp(sync: GradientSync | undefined): void {
    const own = this.#own as Tensor;
    sync?.sum(own);
    const before = this.#all;
    this.#all = before === undefined ? own : keep(before.add(own));
    if (before !== undefined) own.dispose();
    before?.dispose();
    this.#own = undefined;
  }
}

/** What the loss of a pass is multiplied by. */
export function seedOf(tokens: Tensor): Tensor {
  return tokens.float().div(UNIT);
}

function kindOf(tokens: Tensor | undefined): Kind {
  return tokens === undefined ? "bare" : "tokens";
}
