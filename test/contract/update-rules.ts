// Every update rule, with options that use all of it.
import {
  Adafactor,
  Adam,
  AdamW,
  AdamW8bit,
  CAME,
  GaLoreAdamW,
  GaLoreAdamW8bit,
  HybridAdam,
  Lamb,
  Lars,
  Lion,
  Muon,
  type Optimizer,
  type Parameter,
  SGD,
} from "notebooster";
import type { Subject } from "./contract.js";

export interface Rule extends Subject {
  make(parameters: readonly Parameter[]): Optimizer;
}

/** A case that needs slices. */
export const SLICED = "slices of a weight step as the whole does, with norms summed over them";
/** A case that compares one step in bfloat16 with one in float32. */
export const ROUNDED =
  "weights without masters and their state are rounded up or down, on average to what they are in float32";
const WHOLE = { [SLICED]: "it sees whole weights" };

export const RULES: readonly Rule[] = [
  {
    name: "SGD",
    make: (parameters) => new SGD(parameters, { lr: 0.1 }),
    skips: {
      "a state that lacks a tensor is refused and nothing is changed": "it has no tensors",
    },
  },
  {
    name: "SGD with momentum",
    make: (p) => new SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
  },
  { name: "Adam", make: (p) => new Adam(p, { lr: 0.01, weightDecay: 0.1 }) },
  { name: "Adam with the largest moments", make: (p) => new Adam(p, { lr: 0.01, amsgrad: true }) },
  { name: "AdamW", make: (p) => new AdamW(p, { lr: 0.01, weightDecay: 0.1 }) },
  { name: "HybridAdam", make: (p) => new HybridAdam(p, { lr: 0.01, weightDecay: 0.1 }) },
  {
    name: "HybridAdam as Adam without correction",
    make: (p) =>
      new HybridAdam(p, { lr: 0.01, weightDecay: 0.1, adamwMode: false, biasCorrection: false }),
  },
  { name: "Lion", make: (p) => new Lion(p, { lr: 0.01, weightDecay: 0.1 }) },
  {
    name: "Lamb",
    make: (p) => new Lamb(p, { lr: 0.01, weightDecay: 0.1, biasCorrection: true }),
    skips: { [ROUNDED]: "its weights move by moments that were rounded" },
  },
  {
    name: "Lars",
    make: (p) => new Lars(p, { lr: 0.5, momentum: 0.9, weightDecay: 0.1, eeta: 0.1 }),
  },
  {
    name: "Adafactor",
    make: (p) => new Adafactor(p, { lr: 0.01, weightDecay: 0.1, beta1: 0.9 }),
    skips: WHOLE,
  },
  { name: "CAME", make: (p) => new CAME(p, { lr: 0.01, weightDecay: 0.1 }), skips: WHOLE },
  {
    name: "GaLoreAdamW",
    make: (p) => new GaLoreAdamW(p, { lr: 0.01, weightDecay: 0.1, rank: 2, updateProjGap: 2 }),
    skips: WHOLE,
  },
  {
    name: "GaLoreAdamW8bit",
    make: (p) => new GaLoreAdamW8bit(p, { rank: 2, updateProjGap: 2, min8bitSize: 4 }),
    skips: WHOLE,
  },
  {
    name: "Muon, and AdamW for biases",
    make: (p) =>
      new Muon(
        [
          { parameters: p.filter(({ shape }) => shape.length === 2) },
          { parameters: p.filter(({ shape }) => shape.length < 2), useMuon: false },
        ].filter(({ parameters }) => parameters.length > 0),
        { lr: 0.01 },
      ),
    skips: WHOLE,
  },
  {
    name: "AdamW8bit",
    make: (p) => new AdamW8bit(p, { lr: 0.01, weightDecay: 0.1, min8bitSize: 0 }),
  },
];
