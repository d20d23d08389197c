// The angles of rotary positions have the bits of transformers' `inv_freq`, which other numbers of a long text depend on.

import { expect, test } from "vitest";
import { rotaryFrequencies } from "../../src/models/rotary/frequencies.js";
import { python } from "../fixtures/python.js";

const HEAD_DIMS = Array.from({ length: 128 }, (_, i) => 2 * (i + 1));

const llama3 = (factor: number, low: number, high: number, original: number) => ({
  ropeType: "llama3" as const,
  factor,
  lowFreqFactor: low,
  highFreqFactor: high,
  originalMaxPositionEmbeddings: original,
});
const linear = (factor: number) => ({ ...llama3(factor, 1, 4, 8192), ropeType: "linear" as const });

const CASES = [
  { ropeTheta: 10000, ropeScaling: null },
  { ropeTheta: 500000, ropeScaling: null },
  { ropeTheta: 12345.678, ropeScaling: null },
  { ropeTheta: 10000, ropeScaling: linear(4) },
  { ropeTheta: 10000, ropeScaling: linear(3) },
  { ropeTheta: 500000, ropeScaling: llama3(8, 1, 4, 8192) },
  { ropeTheta: 10000, ropeScaling: llama3(7.3, 1.1, 3.7, 100) },
];

const PROGRAM = `
import torch
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
def bits(dim, case):
    scaling = case["ropeScaling"]
    rope = {"rope_type": "default"}
    if scaling: rope = {"rope_type": scaling["ropeType"], "factor": scaling["factor"]}
    if scaling and scaling["ropeType"] == "llama3": rope |= {"low_freq_factor": scaling["lowFreqFactor"], "high_freq_factor": scaling["highFreqFactor"], "original_max_position_embeddings": scaling["originalMaxPositionEmbeddings"]}
    config = LlamaConfig(hidden_size=2 * dim, num_attention_heads=2, head_dim=dim, rope_parameters={"rope_theta": case["ropeTheta"], **rope})
    return LlamaRotaryEmbedding(config).inv_freq.view(torch.int32).tolist()
print(json.dumps([[bits(dim, case) for dim in args[0]] for case in args[1]]))`;

test("rotary frequencies have transformers' bits for every head size up to 256", () => {
  const expected = python(PROGRAM, HEAD_DIMS, CASES) as number[][][];
  for (const [i, config] of CASES.entries()) {
    const found = HEAD_DIMS.map((headDim) => rotaryFrequencies({ headDim, ...config }));
    expect(found.map((one) => Array.from(new Int32Array(one.buffer)))).toEqual(expected[i]);
  }
});
