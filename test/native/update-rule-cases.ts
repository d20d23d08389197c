// Update rules with options, and the references that they are to step as.
import {
  Adafactor,
  CAME,
  GaLoreAdamW,
  HybridAdam,
  Lamb,
  Lars,
  Lion,
  Muon,
  type Optimizer,
  type Parameter,
} from "notebooster";

/** Trains each case with its class in Python; prints the weights. */
export const PROGRAM = `
import math, torch, bitsandbytes
from transformers.optimization import Adafactor
shapes, steps, cases = args
def filled(shape, seed):
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    return (((i * 7919 + seed * 104729) % 257 - 128).double() / 64).reshape(shape)
class Uncorrected(torch.optim.Optimizer):
    def __init__(self, params, lr, betas, eps, weight_decay, decoupled):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, decoupled=decoupled))
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            (b1, b2), lr, decay = group["betas"], group["lr"], group["weight_decay"]
            for p in group["params"]:
                s, g = self.state[p], p.grad
                if group["decoupled"]: p.mul_(1 - lr * decay)
                else: g = g + decay * p
                s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
                s["v"] = b2 * s.get("v", 0) + (1 - b2) * g * g
                p -= lr * s["m"] / (s["v"].sqrt() + group["eps"])
CLASSES = {
    "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW, "Uncorrected": Uncorrected, "Adafactor": torch.optim.Adafactor,
    "transformers": Adafactor, "Lion": bitsandbytes.optim.Lion, "Muon": torch.optim.Muon,
}
def train(name, options, dtype):
    params = [filled(s, n).to(getattr(torch, dtype)).requires_grad_() for n, s in enumerate(shapes)]
    matrices = [p for p in params if p.dim() == 2 or name != "Muon"]
    optimizers = [CLASSES[name](matrices, **options)]
    if name == "Muon":
        others = [p for p in params if p.dim() != 2]
        optimizers.append(torch.optim.AdamW(others, lr=options["lr"], weight_decay=options.get("weight_decay", 0.1)))
    for step in range(steps):
        for n, p in enumerate(params): p.grad = filled(p.shape, 100 * step + n + 10).to(p.dtype)
        for optimizer in optimizers: optimizer.step()
    return [p.flatten().tolist() for p in params]
print(json.dumps([train(*case) for case in cases]))
`;

export type Make = (parameters: readonly Parameter[]) => Optimizer;

export interface Case {
  readonly name: string;
  readonly make: Make;
  /** Its class in Python, options and dtype; none where it stands in the file of references. */
  readonly torch?: readonly [name: string, options: object, dtype: string];
  /** Largest difference of a weight, of which the largest is 2; 2e-5. */
  readonly tolerance?: number;
}

const EPS = 2 ** -23;
const muon = (options: object): Make => {
  const isMatrix = ({ shape }: Parameter): boolean => shape.length === 2;
  return (p) =>
    new Muon(
      [
        { parameters: p.filter(isMatrix) },
        { parameters: p.filter((each) => !isMatrix(each)), useMuon: false },
      ],
      options,
    );
};
const LAMB = { lr: 0.05, betas: [0.8, 0.95], eps: 1e-6 } as const;
const ADAM = { lr: 0.02, betas: [0.8, 0.95], eps: 1e-6 } as const;
export const GALORE = { lr: 0.02, scale: 0.5, updateProjGap: 7 } as const;

export const CASES: readonly Case[] = [
  {
    name: "HybridAdam as it is",
    make: (p) => new HybridAdam(p),
    torch: ["AdamW", { weight_decay: 0 }, "float64"],
  },
  {
    name: "HybridAdam decayed",
    make: (p) => new HybridAdam(p, { ...ADAM, weightDecay: 0.1 }),
    torch: ["AdamW", { ...ADAM, weight_decay: 0.1 }, "float64"],
  },
  {
    name: "HybridAdam as Adam",
    make: (p) => new HybridAdam(p, { ...ADAM, weightDecay: 0.1, adamwMode: false }),
    torch: ["Adam", { ...ADAM, weight_decay: 0.1 }, "float64"],
  },
  {
    name: "HybridAdam uncorrected",
    make: (p) => new HybridAdam(p, { ...ADAM, weightDecay: 0.1, biasCorrection: false }),
    torch: ["Uncorrected", { ...ADAM, weight_decay: 0.1, decoupled: true }, "float64"],
  },
  {
    name: "HybridAdam as Adam uncorrected",
    make: (p) =>
      new HybridAdam(p, { ...ADAM, weightDecay: 0.1, adamwMode: false, biasCorrection: false }),
    torch: ["Uncorrected", { ...ADAM, weight_decay: 0.1, decoupled: false }, "float64"],
  },
  { name: "Lion as it is", make: (p) => new Lion(p), torch: ["Lion", {}, "float32"] },
  {
    name: "Lion decayed",
    make: (p) => new Lion(p, { lr: 0.02, betas: [0.8, 0.95], weightDecay: 0.1 }),
    torch: ["Lion", { lr: 0.02, betas: [0.8, 0.95], weight_decay: 0.1 }, "float32"],
  },
  {
    name: "Adafactor as it is",
    make: (p) => new Adafactor(p),
    torch: ["Adafactor", { eps: [EPS, 1e-3] }, "float64"],
  },
  {
    name: "Adafactor decayed",
    make: (p) =>
      new Adafactor(p, { lr: 0.3, beta2Decay: -0.5, eps: [1e-4, 0.1], d: 1.5, weightDecay: 0.1 }),
    torch: [
      "Adafactor",
      { lr: 0.3, beta2_decay: -0.5, eps: [1e-4, 0.1], d: 1.5, weight_decay: 0.1 },
      "float64",
    ],
  },
  {
    name: "Adafactor of transformers, absolute",
    make: (p) =>
      new Adafactor(p, { lr: 0.02, weightDecay: 0.1, scaleParameter: false, relativeStep: false }),
    torch: [
      "transformers",
      { lr: 0.02, weight_decay: 0.1, scale_parameter: false, relative_step: false },
      "float64",
    ],
  },
  {
    name: "Adafactor of transformers with a first moment, scaled",
    make: (p) => new Adafactor(p, { lr: 0.02, beta1: 0.9, relativeStep: false }),
    torch: ["transformers", { lr: 0.02, beta1: 0.9, relative_step: false }, "float64"],
  },
  {
    name: "Adafactor of transformers, relative",
    make: (p) => new Adafactor(p),
    torch: ["transformers", {}, "float64"],
  },
  {
    name: "Adafactor of transformers, warmed up",
    make: (p) => new Adafactor(p, { warmupInit: true }),
    torch: ["transformers", { warmup_init: true }, "float64"],
  },
  {
    name: "Muon as it is",
    make: muon({}),
    torch: ["Muon", { lr: 1e-3 }, "float32"],
    tolerance: 2e-4,
  },
  {
    name: "Muon as fast as AdamW, without looking ahead or decay",
    make: muon({ lr: 0.02, weightDecay: 0, nesterov: false, adjustLrFn: "match_rms_adamw" }),
    torch: [
      "Muon",
      { lr: 0.02, weight_decay: 0, nesterov: false, adjust_lr_fn: "match_rms_adamw" },
      "float32",
    ],
    tolerance: 2e-3,
  },
  {
    name: "Muon with coefficients and steps of its own",
    make: muon({ lr: 0.02, momentum: 0.8, nsCoefficients: [2, -1.5, 0.5], nsSteps: 8 }),
    torch: [
      "Muon",
      { lr: 0.02, momentum: 0.8, ns_coefficients: [2, -1.5, 0.5], ns_steps: 8 },
      "float32",
    ],
    tolerance: 2e-3,
  },
  { name: "Lamb", make: (p) => new Lamb(p, { lr: 0.05 }) },
  { name: "Lamb decayed", make: (p) => new Lamb(p, { ...LAMB, weightDecay: 0.1 }) },
  {
    name: "Lamb of Colossal-AI, corrected",
    make: (p) => new Lamb(p, { ...LAMB, weightDecay: 0.1, biasCorrection: true }),
  },
  {
    name: "Lamb of Colossal-AI as Adam",
    make: (p) => new Lamb(p, { ...LAMB, weightDecay: 0.1, adam: true }),
  },
  { name: "Lars", make: (p) => new Lars(p, { lr: 0.5, eeta: 0.1 }) },
  {
    name: "Lars decayed",
    make: (p) =>
      new Lars(p, { lr: 0.5, momentum: 0.9, eeta: 0.05, weightDecay: 0.1, epsilon: 1e-3 }),
  },
  { name: "CAME", make: (p) => new CAME(p, { lr: 0.02 }) },
  {
    name: "CAME decayed",
    make: (p) =>
      new CAME(p, { lr: 0.02, betas: [0.8, 0.95, 0.99], clipThreshold: 0.5, weightDecay: 0.1 }),
  },
  { name: "GaLoreAdamW", make: (p) => new GaLoreAdamW(p, { ...GALORE, rank: 3 }) },
  {
    name: "GaLoreAdamW decayed",
    make: (p) =>
      new GaLoreAdamW(p, { ...GALORE, rank: 3, projType: "reverse_std", weightDecay: 0.1 }),
  },
  {
    name: "GaLoreAdamW right",
    make: (p) => new GaLoreAdamW(p, { ...GALORE, rank: 2, projType: "right", weightDecay: 0.1 }),
  },
  {
    name: "GaLoreAdamW left",
    make: (p) => new GaLoreAdamW(p, { ...GALORE, rank: 2, projType: "left", weightDecay: 0.1 }),
  },
];
