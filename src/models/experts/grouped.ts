// Tokens through their experts: sorted by expert, so that each expert is one product of all its tokens. How many each has is read
// once; nothing else waits for the device. Tokens come and go by permutations, whose gradients add nothing in an order of chance.
import { arange } from "../../tensor/create.js";
import { cat } from "../../tensor/functional.js";
import { isGradEnabled } from "../../tensor/grad-mode.js";
import { ops } from "../../tensor/ops.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { TokenWise } from "../decoder/layer.js";
import type { Routing } from "./router.js";

/** rows (N, C) -> (N, C): of each row what its experts make of it, weighted and added. */
export function throughExperts(
  rows: Tensor,
  { chosen, weights }: Pick<Routing, "chosen" | "weights">,
  experts: readonly TokenWise[],
): Tensor {
  const [numRows, numChosen] = chosen.shape as [number, number];
  const { values: sorted, indices: order } = chosen.view(-1).sort({ stable: true, dim: 0 });
  const copies = rows.unsqueeze(1).expand([-1, numChosen, -1]).flatten(0, 1); // (N k, C)
  const parts = copies.indexSelect(0, order).split(countsOf(sorted, experts.length), 0);
  const outputs = parts.flatMap((part, i) =>
    isLeftOut(part) ? [] : (experts[i]?.forward(part) ?? []),
  );
  const inOrder = cat(outputs).indexSelect(0, order.argsort()).view(numRows, numChosen, -1);
  return weights.unsqueeze(1).matmul(inOrder).squeeze(1);
}

/** sorted (N k) -> how many rows each expert has; waits for the device. On "meta" all have as many, as far as that goes. */
function countsOf(sorted: Tensor, numExperts: number): number[] {
  if (sorted.device === "meta") {
    const upTo = (i: number): number => Math.floor((i * sorted.numel) / numExperts);
    return Array.from({ length: numExperts }, (_, i) => upTo(i + 1) - upTo(i));
  }
  const place = { dtype: "int64", device: sorted.device } as const;
  const ends = ops.aten.searchsorted(sorted, arange(0, numExperts, 1, place), { right: true });
  return Array.from(ends.toTypedArray(), Number).map((end, i, all) => end - (all[i - 1] ?? 0));
}

/** While training an expert without tokens is computed, too: its gradient is zeros, none would be missing. */
function isLeftOut(part: Tensor): boolean {
  return part.shape[0] === 0 && !isGradEnabled();
}
