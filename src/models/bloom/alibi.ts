// ALiBi (Press et al. 2022): instead of positions, each head adds to its scores a line that rises with the key's place in the
// text. Softmax sees differences only, so this is the distance to each query.
import { arange, tensor } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import { noGrad } from "../../tensor/grad-mode.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CausalLMInput } from "../causal-lm-input.js";
import { causalMask, type MaskedTokens, maskedTokens } from "../visible-tokens.js";

/**
 * How steeply the line of each head rises: 2^(-8/n), 2^(-16/n), ... for n heads, a power of two. Other numbers of heads take
 * those of the power below, and then every second of the power above.
 */
export function alibiSlopes(numHeads: number): readonly number[] {
  const below = 2 ** Math.floor(Math.log2(numHeads));
  const slope = (of: number, index: number): number => 2 ** ((-8 * index) / of);
  return Array.from({ length: numHeads }, (_, head) =>
    head < below ? slope(below, head + 1) : slope(2 * below, 2 * (head - below) + 1),
  );
}

/** What tokens see of one another, with the line of each head: the mask is (B or 1, H, T, Tk). */
export function alibiTokens(
  input: CausalLMInput,
  dtype: DType,
  slopes: readonly number[],
): MaskedTokens {
  const { inputIds, cache } = input;
  const { device } = inputIds;
  const length = inputIds.shape[1] as number;
  const numKeys = cache?.numKeys(length) ?? length;
  return noGrad(() => {
    const visible = maskedTokens(input, dtype) ?? causalMask([length, numKeys], { dtype, device });
    const rise = tensor(Float32Array.from(slopes), { device }).view(1, -1, 1, 1);
    const lines = placesOf(input, numKeys).mul(rise).to(dtype); // (B or 1, H, 1, Tk)
    return { ...visible, mask: visible.mask.add(lines) };
  });
}

/** (B or 1, 1, 1, Tk): how many tokens are before each, padding not counted */
function placesOf({ attentionMask, inputIds }: CausalLMInput, numKeys: number): Tensor {
  if (attentionMask === undefined)
    return arange(0, numKeys, 1, { dtype: "int64", device: inputIds.device }).view(1, 1, 1, -1);
  return attentionMask.long().cumsum(1).sub(1).view(-1, 1, 1, numKeys);
}
