import { flopsPerToken, mfuFormula, peakFlopsOf } from "notebooster/report";
import { expect, test } from "vitest";

// Llama-2-7B: 32 layers, width 4096, MLP 11008, vocabulary 32000, untied head.
const numMatmulParams = 32 * (4 * 4096 ** 2 + 3 * 4096 * 11_008) + 32_000 * 4096;
const llama = { numMatmulParams, numLayers: 32, attentionSize: 4096, sequenceLength: 4096 };

test.each([
  ["6n", 39.64e9],
  ["causal", 42.86e9],
  ["palm", 46.08e9],
] as const)(
  "flopsPerToken() of Llama-2-7B at 4096 by %s is the published figure",
  (convention, published) => {
    expect(flopsPerToken(llama, convention).value / published).toBeCloseTo(1, 3);
  },
);

test("a formula names its convention and its numbers", () => {
  const { formula } = flopsPerToken(llama, "causal");
  expect(formula).toBe(
    "6 × 6.607 G parameters + 6 × 32 layers × 4096 wide × 4096 tokens = 42.86 G FLOP/token (causal)",
  );
  expect(mfuFormula(1e9, 9.894e14)).toContain("peak 989.4 T FLOP/s");
});

test("flopsPerToken() refuses a size of zero", () => {
  expect(() => flopsPerToken({ ...llama, numLayers: 0 })).toThrow(
    "flopsPerToken: numLayers must be a number above 0, got 0",
  );
});

test.each([
  ["NVIDIA H100 80GB HBM3", 989.4e12],
  ["NVIDIA H100 PCIe", 756e12],
  ["NVIDIA H200", 989.4e12],
  ["NVIDIA A100-SXM4-80GB", 312e12],
  ["NVIDIA L40S", 362e12],
  ["AMD EPYC 7763", undefined],
  ["Tesla V100-SXM2-16GB", undefined],
])("peakFlopsOf(%s) in bfloat16 is %s", (device, peak) => {
  expect(peakFlopsOf(device, "bfloat16")).toBe(peak);
});
