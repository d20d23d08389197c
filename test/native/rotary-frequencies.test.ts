// The angles of rotary positions have the bits of transformers' `inv_freq`, which other numbers of a long text depend on.

import { beforeAll, expect, test } from "vitest";
import type { RotaryConfig } from "../../dist/src/models/rotary/config.js";
import { attentionFactor, rotaryFrequencies } from "../../dist/src/models/rotary/frequencies.js";
import type { RopeScaling } from "../../dist/src/models/rotary/scaling.js";
import { python } from "../fixtures/python.js";

const HEAD_DIMS = [4, 6, 10, 14, 20, 32, 50, 64, 80, 96, 112, 128, 160, 192, 256];
const MAX_POSITIONS = 2048;

const llama3 = (factor: number, low: number, high: number, original: number) => ({
  ropeType: "llama3" as const,
  factor,
  lowFreqFactor: low,
  highFreqFactor: high,
  originalMaxPositionEmbeddings: original,
});
const yarn = (factor: number, originalMaxPositionEmbeddings: number, more = {}) =>
  ({ ropeType: "yarn", factor, originalMaxPositionEmbeddings, ...more }) as const;

/** Of a head: LongRoPE has factors for each pair of it. */
type ScalingOf = (headDim: number) => RopeScaling | null;
const longrope =
  (more = {}): ScalingOf =>
  (headDim) => ({
    ropeType: "longrope",
    longFactor: Array.from({ length: headDim / 2 }, (_, i) => 1 + i * 0.37),
    shortFactor: Array.from({ length: headDim / 2 }, (_, i) => 1 + i * 0.01),
    originalMaxPositionEmbeddings: 512,
    ...more,
  });

interface Case {
  readonly ropeTheta: number;
  readonly scaling: ScalingOf;
  /** How long the sequence is. */
  readonly numPositions?: number;
}

const CASES: Readonly<Record<string, Case>> = {
  plain: { ropeTheta: 10000, scaling: () => null },
  "plain, base of Llama 3": { ropeTheta: 500000, scaling: () => null },
  "plain, crooked base": { ropeTheta: 12345.678, scaling: () => null },
  "linear 4": { ropeTheta: 10000, scaling: () => ({ ropeType: "linear", factor: 4 }) },
  "linear 3": { ropeTheta: 10000, scaling: () => ({ ropeType: "linear", factor: 3 }) },
  "llama3 of Llama 3.1": { ropeTheta: 500000, scaling: () => llama3(8, 1, 4, 8192) },
  "llama3 of Llama 3.2": { ropeTheta: 500000, scaling: () => llama3(32, 1, 4, 8192) },
  "llama3, crooked": { ropeTheta: 10000, scaling: () => llama3(7.3, 1.1, 3.7, 100) },
  "dynamic, short": { ropeTheta: 10000, scaling: () => ({ ropeType: "dynamic", factor: 2 }) },
  "dynamic, at its longest": {
    ropeTheta: 10000,
    scaling: () => ({ ropeType: "dynamic", factor: 7.3 }),
    numPositions: MAX_POSITIONS,
  },
  "dynamic, too long by one": {
    ropeTheta: 10000,
    scaling: () => ({ ropeType: "dynamic", factor: 2 }),
    numPositions: MAX_POSITIONS + 1,
  },
  "dynamic, far too long": {
    ropeTheta: 500000,
    scaling: () => ({ ropeType: "dynamic", factor: 7.3 }),
    numPositions: 7001,
  },
  "yarn of Qwen 2.5": { ropeTheta: 1000000, scaling: () => yarn(4, 32768) },
  "yarn, other bounds": {
    ropeTheta: 10000,
    scaling: () => yarn(16, 2048, { betaFast: 24.5, betaSlow: 0.7 }),
  },
  "yarn, not truncated": { ropeTheta: 10000, scaling: () => yarn(3.7, 300, { truncate: false }) },
  "yarn with mscale, as DeepSeek-V2": {
    ropeTheta: 10000,
    scaling: () => yarn(40, 4096, { mscale: 1, mscaleAllDim: 0.8 }),
  },
  "yarn, attention given": {
    ropeTheta: 10000,
    scaling: () => yarn(4, 4096, { attentionFactor: 1.25 }),
  },
  "longrope, short": { ropeTheta: 10000, scaling: longrope(), numPositions: 512 },
  "longrope, long": { ropeTheta: 10000, scaling: longrope(), numPositions: 513 },
  "longrope, factor given": { ropeTheta: 10000, scaling: longrope({ factor: 32 }) },
  "longrope, attention given": {
    ropeTheta: 10000,
    scaling: longrope({ attentionFactor: 1.5 }),
    numPositions: 600,
  },
};

const PROGRAM = `
import re, torch
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
def snake(name): return re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), name)
def of(case):
    dim, rope = case["headDim"], {snake(name): value for name, value in (case["ropeScaling"] or {"ropeType": "default"}).items()}
    config = LlamaConfig(hidden_size=2 * dim, num_attention_heads=2, head_dim=dim, max_position_embeddings=case["maxPositionEmbeddings"], rope_parameters={"rope_theta": case["ropeTheta"], **rope})
    rotary = LlamaRotaryEmbedding(config)
    rotary(torch.zeros(1), torch.tensor([[case["numPositions"] - 1]]))
    return [rotary.inv_freq.view(torch.int32).tolist(), rotary.attention_scaling]
print(json.dumps([[of(case) for case in cases] for cases in args[0]]))`;

/** Of each head size. */
const configsOf = ({ ropeTheta, scaling, numPositions = 1 }: Case) =>
  HEAD_DIMS.map((headDim) => ({
    ...{ headDim, ropeTheta, ropeScaling: scaling(headDim), numPositions },
    maxPositionEmbeddings: MAX_POSITIONS,
  }));

/** By case and head size: bits of frequencies, and what cosines and sines are multiplied by. */
const found = Object.values(CASES).map((rotary) =>
  configsOf(rotary).map((config: RotaryConfig & { numPositions: number }) => [
    Array.from(new Int32Array(rotaryFrequencies(config, config.numPositions).buffer)),
    attentionFactor(config),
  ]),
);
let expected: readonly unknown[];
beforeAll(() => {
  expected = python(PROGRAM, Object.values(CASES).map(configsOf)) as readonly unknown[];
});

test.each(Object.keys(CASES).map((name, i) => ({ name, i })))(
  "rotary frequencies have transformers' bits: $name",
  ({ i }) => expect(found[i]).toEqual(expected[i]),
);
