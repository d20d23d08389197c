// How well a model foretells rows that it is not trained on.
import { requireValue } from "../arguments/checks.js";
import type { Booster } from "../booster/booster.js";
import { aModel } from "../booster/parts.js";
import { DataError } from "../data/data-error.js";
import type { DataLoader } from "../data/data-loader.js";
import { evaluating } from "../generate/evaluating.js";
import { noGrad } from "../tensor/grad-mode.js";
import { aBooster, aDataLoader, type LossModel } from "./options.js";

/**
 * The mean loss over all tokens of a loader's rows, from the first on. All ranks call it and get the same. Layers such as dropout
 * do nothing meanwhile.
 * @throws DataError when no token counts
 */
export function heldOutLoss(booster: Booster, model: LossModel, loader: DataLoader): number {
  requireValue("heldOutLoss: booster", booster, aBooster);
  requireValue("heldOutLoss: model", model, aModel);
  requireValue("heldOutLoss: loader", loader, aDataLoader);
  loader.setEpoch(0); // an interrupt may have left it in the middle
  let [sum, count] = [0, 0];
  evaluating(model, () => {
    for (const batch of loader) {
      const { loss, numTokens } = noGrad(() => model.forward(batch));
      const tokens = numTokens.item();
      if (tokens === 0) continue;
      sum += loss.item() * tokens;
      count += tokens;
    }
  });
  const all = booster.reduce(count, "sum");
  if (all > 0) return booster.reduce(sum, "sum") / all;
  throw new DataError("heldOutLoss: the loader's rows have no token whose label counts");
}
