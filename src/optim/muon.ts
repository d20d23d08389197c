// Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"): the momentum of each hidden matrix, with
// all its singular values made about 1 by a few Newton-Schulz steps. What is no hidden matrix is left to AdamW.

import { boolean, integer, listOf, nullable, number, oneOf } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import { ADAM_OPTIONS, ADAMW } from "./adamw.js";
import { average, decay, descend, rateIn } from "./arithmetic.js";
import { inBatches } from "./batches.js";
import { foreach } from "./foreach.js";
import type { ParamGroup } from "./optimizer.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Muon`, with PyTorch's names in camel case and its defaults. */
export interface MuonOptions {
  /** Learning rate, default 1e-3. */
  readonly lr?: number | Tensor;
  /** Decoupled weight decay, default 0.1. */
  readonly weightDecay?: number;
  /** Decay of the running mean of gradients, default 0.95. */
  readonly momentum?: number;
  /** Looks ahead by the momentum; default true. */
  readonly nesterov?: boolean;
  /** Of the polynomial a x + b x^3 + c x^5, default [3.4445, -4.775, 2.0315]. */
  readonly nsCoefficients?: readonly [number, number, number];
  /** Smallest norm that a matrix is divided by, default 1e-7. */
  readonly eps?: number;
  /** Newton-Schulz steps, default 5. */
  readonly nsSteps?: number;
  /**
   * What the rate of an n x m matrix is multiplied by: "original" sqrt(max(1, n / m)), the default that null means;
   * "match_rms_adamw" 0.2 sqrt(max(n, m)), with which AdamW's rates and decay can be kept (Liu et al. 2025).
   */
  readonly adjustLrFn?: "original" | "match_rms_adamw" | null;
  /** False, in a group: its parameters are AdamW's, as embeddings, heads, norms and biases should be; default true. */
  readonly useMuon?: boolean;
  /** AdamW's betas where `useMuon` is false, default [0.9, 0.999]. */
  readonly adamwBetas?: readonly [number, number];
  /** AdamW's eps where `useMuon` is false, default 1e-8. */
  readonly adamwEps?: number;
}

/** A group of `Muon`. */
export interface MuonGroup extends ParamGroup {
  /** Decoupled weight decay. */
  readonly weightDecay: number;
  /** Decay of the running mean of gradients. */
  readonly momentum: number;
  /** Looks ahead by the momentum. */
  readonly nesterov: boolean;
  /** Of the polynomial a x + b x^3 + c x^5. */
  readonly nsCoefficients: readonly [number, number, number];
  /** Smallest norm that a matrix is divided by. */
  readonly eps: number;
  /** Newton-Schulz steps. */
  readonly nsSteps: number;
  /** What the rate is multiplied by. */
  readonly adjustLrFn: "original" | "match_rms_adamw" | null;
  /** False: its parameters are AdamW's. */
  readonly useMuon: boolean;
  /** AdamW's betas where `useMuon` is false. */
  readonly adamwBetas: readonly [number, number];
  /** AdamW's eps where `useMuon` is false. */
  readonly adamwEps: number;
}

const OPTIONS: OptionTable<Omit<MuonGroup, "parameters">> = {
  lr: aRate,
  weightDecay: aDecay,
  momentum: number({ min: 0, below: 1 }),
  nesterov: boolean,
  nsCoefficients: listOf(number(), { length: 3 }),
  eps: number({ min: 0 }),
  nsSteps: integer({ min: 1, max: 99 }),
  adjustLrFn: nullable(oneOf("original", "match_rms_adamw")),
  useMuon: boolean,
  adamwBetas: ADAM_OPTIONS.betas,
  adamwEps: ADAM_OPTIONS.eps,
};

/**
 * Muon (Jordan et al. 2024); steps as torch.optim.Muon, and as AdamW in groups where `useMuon` is false:
 * `new Muon(parameterGroups(model, { other: { useMuon: false } }))`.
 */
export class Muon extends RuleOptimizer<MuonGroup> {
  /**
   * @param parameters one list of matrices, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed, RangeError for a parameter
   *   that is no matrix in a group with `useMuon`
   */
  constructor(parameters: GivenParameters<MuonGroup>, options: MuonOptions = {}) {
    checkOptions("new Muon", options, OPTIONS);
    const { lr = 1e-3, weightDecay = 0.1, momentum = 0.95, nesterov = true } = options;
    const { nsCoefficients = [3.4445, -4.775, 2.0315], eps = 1e-7, nsSteps = 5 } = options;
    const { adjustLrFn = null, useMuon = true, adamwBetas = [0.9, 0.999] } = options;
    const { adamwEps = 1e-8 } = options;
    const ofMuon = { momentum, nesterov, nsCoefficients, eps, nsSteps, adjustLrFn };
    const defaults = { lr, weightDecay, ...ofMuon, useMuon, adamwBetas, adamwEps };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
    for (const group of this.paramGroups) requireMatrices(group);
  }
}

const RULE: UpdateRule<MuonGroup> = {
  name: "Muon",
  sees: ({ useMuon }) => (useMuon ? "matrices" : "elements"),
  state: (group, shape) =>
    group.useMuon ? likeWeight(shape, "momentumBuffer") : ADAMW.state(adamwOf(group), shape),
  update(pieces: readonly Piece[], group: MuonGroup, by: Scaling): void {
    if (!group.useMuon) {
      ADAMW.update(pieces, adamwOf(group), by);
      return;
    }
    const { momentum, nesterov, weightDecay } = group;
    inBatches(pieces, by, ({ pieces: some, weights, grads: gradsOf }) => {
      const [grads, buffers] = [gradsOf(), stateOf(some, "momentumBuffer")];
      average(buffers, grads, momentum);
      const updates = nesterov ? foreach("lerp", grads, buffers, momentum) : buffers;
      decay(weights, rateIn(group), weightDecay);
      for (const [i, weight] of weights.entries()) {
        const step = orthogonalized(updates[i] as Tensor, group).to("float32");
        descend([weight], [step.mul_(adjustment(weight.shape, group))], rateIn(group));
      }
    });
  },
};

/** About U V' of a matrix U S V', in bfloat16: the singular values become some 0.7 to 1.2. */
function orthogonalized(matrix: Tensor, { nsCoefficients, nsSteps, eps }: MuonGroup): Tensor {
  const [a, b, c] = nsCoefficients;
  const [n, m] = matrix.shape as [number, number];
  const isTall = n > m;
  let x = isTall ? matrix.to("bfloat16").t() : matrix.to("bfloat16");
  x = x.div(x.norm(2).clampMin(eps));
  for (let step = 0; step < nsSteps; step++) {
    const gram = x.matmul(x.t());
    const polynomial = ops.aten.addmm(gram, gram, gram, { beta: b, alpha: c });
    x = ops.aten.addmm(x, polynomial, x, { beta: a });
  }
  return isTall ? x.t() : x;
}

function adjustment(shape: readonly number[], { adjustLrFn }: MuonGroup): number {
  const [n, m] = shape as [number, number];
  return adjustLrFn === "match_rms_adamw"
    ? 0.2 * Math.sqrt(Math.max(n, m))
    : Math.sqrt(Math.max(1, n / m));
}

function adamwOf({ adamwBetas: betas, adamwEps: eps, ...group }: MuonGroup) {
  return { ...group, betas, eps };
}

function requireMatrices({ parameters, useMuon }: MuonGroup): void {
  const other = useMuon ? parameters.find(({ shape }) => shape.length !== 2) : undefined;
  if (other === undefined) return;
  throw new RangeError(
    `new Muon: it trains matrices, got a parameter of shape [${other.shape.join(", ")}]; give that one in a group with useMuon: false`,
  );
}
