// Random initial weights.
import { randn } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Generator } from "../tensor/random.js";

/** Fills a parameter with normal numbers of the given standard deviation. */
export function normal(parameter: Parameter, std: number, generator: Generator): void {
  noGrad(() => {
    parameter.copy_(randn(parameter.shape, { generator }).mul(std));
  });
}
