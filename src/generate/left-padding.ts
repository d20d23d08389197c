// Rows of different lengths that are continued together: shorter ones begin with padding, which no token attends to, and
// positions count from each row's first token.
import { type Check, kind } from "../arguments/checks.js";
import { ones } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { ops } from "../tensor/ops.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";

export const aMask: Check<Tensor> = kind(
  "an int64, int32 or bool tensor of shape (batch, tokens)",
  (value) => value instanceof Tensor && /^(int(64|32)|bool)$/.test(value.dtype) && value.ndim === 2,
);

/** What a model is told of padded rows while they grow. Its tensors outlive scopes. */
export class LeftPadding implements Disposable {
  readonly #mask: Tensor; // (B, T + new) of 0 and 1
  readonly #positions: Tensor; // (B, T + new)

  /**
   * @param mask (B, T): 0 for padding
   * @param numNew tokens that may follow
   */
  constructor(mask: Tensor, numNew: number) {
    const batch = mask.shape[0] as number;
    const { device } = mask;
    this.#mask = keep(cat([mask.long(), ones([batch, numNew], { dtype: "int64", device })], 1));
    this.#positions = keep(this.#mask.cumsum(1).sub(1).clamp(0));
  }

  /** That of the rows `index` (N) int64, in its place. */
  reordered(index: Tensor): LeftPadding {
    const made = new LeftPadding(this.#mask.indexSelect(0, index), 0);
    this[Symbol.dispose]();
    return made;
  }

  /** For a pass over tokens `from` to `to - 1`. */
  at(from: number, to: number): { readonly attentionMask: Tensor; readonly positionIds: Tensor } {
    return {
      attentionMask: this.#mask.slice(1, 0, to),
      positionIds: this.#positions.slice(1, from, to),
    };
  }

  /** The whole mask, (B, T + new): to be cut to the keys of a pass at fixed shapes. */
  get mask(): Tensor {
    return this.#mask;
  }

  /** ids (B, T ...) with another token of the row in the place of padding. */
  filled(ids: Tensor): Tensor {
    const [from, to] = [0, ids.shape[1] as number];
    return ops.aten.where(this.#mask.slice(1, from, to).bool(), ids, ids.slice(1, to - 1));
  }

  [Symbol.dispose](): void {
    this.#mask.dispose();
    this.#positions.dispose();
  }
}

/** @throws RangeError for a mask that does not fit the prompt or has padding after the tokens of a row */
export function requireLeftPadding(mask: Tensor, prompt: Tensor): void {
  const [batch, length] = prompt.shape as [number, number];
  if (mask.shape.join() !== prompt.shape.join()) {
    throw new RangeError(
      `generate: attentionMask must be as many as inputIds, [${batch}, ${length}], got [${mask.shape.join(", ")}]`,
    );
  }
  const values = Array.from(mask.toTypedArray(), Number);
  const wrong = values.find((value) => value !== 0 && value !== 1);
  if (wrong !== undefined)
    throw new RangeError(`generate: attentionMask must be of 0 and 1, got ${wrong}`);
  const row = Array.from({ length: batch }, (_, i) => values[(i + 1) * length - 1]).indexOf(0);
  if (row !== -1) {
    throw new RangeError(
      `generate: attentionMask must be 1 at the end of each row, which is continued there; row ${row} ends with padding: pad on the left`,
    );
  }
}
