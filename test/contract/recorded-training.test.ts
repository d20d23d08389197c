// Training as it was before the training system was rebuilt: what a change of its structure must not change.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { machine, train } from "./record.mjs";

interface Gradients {
  /** Norm and sum by parameter. */
  readonly norms: Readonly<Record<string, readonly [norm: number, sum: number]>>;
  readonly digest: string;
}

interface Training {
  readonly family: string;
  readonly precision: "fp32" | "bf16";
  readonly numRanks: number;
  readonly accumulation: number;
  readonly losses: readonly number[];
  /** Of the first and of the last step. */
  readonly gradients: readonly [Gradients, Gradients];
}

const recorded = JSON.parse(
  readFileSync(new URL("recorded-training.json", import.meta.url), "utf8"),
) as { readonly machine: string; readonly trainings: readonly Training[] };

/**
 * On another kind of processor sums round otherwise, in bfloat16 by steps of 1/256, and each step adds to what the steps before
 * did: so many of them are compared.
 */
const ELSEWHERE = {
  fp32: { bound: 1e-5, numSteps: 15 },
  bf16: { bound: 1e-2, numSteps: 10 },
} as const;

test.each(recorded.trainings)(
  "$family in $precision, $numRanks ranks, accumulation $accumulation: losses and gradients as recorded, on the same processor to the bit",
  async ({ losses, gradients, ...options }) => {
    const now = (await train(options)) as Pick<Training, "losses" | "gradients">;
    if (machine() === recorded.machine) {
      expect(now).toEqual({ losses, gradients });
      return;
    }
    const { bound, numSteps } = ELSEWHERE[options.precision];
    for (const [step, loss] of losses.slice(0, numSteps).entries()) {
      expect(Math.abs((now.losses[step] as number) - loss), `loss ${step}`).toBeLessThan(bound);
    }
    const norms = now.gradients[0].norms;
    for (const [name, [norm]] of Object.entries(gradients[0].norms)) {
      expect(Math.abs((norms[name]?.[0] as number) / norm - 1), name).toBeLessThan(bound);
    }
  },
);
