// Model FLOPs utilisation: useful FLOPs per second over the peak of the device (PaLM, arXiv 2204.02311,
// appendix B). Three conventions are in use and differ by up to a fifth, so the formula travels with the number.
// Recomputation never counts: it is work, not useful work.
import { anyOf, kind, number, oneOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../arguments/options.js";

/** Sizes of a decoder that its FLOPs depend on. */
export interface ModelShape {
  /** Parameters used in matrix products: all but the input embedding, including a tied or untied head. */
  readonly numMatmulParams: number;
  /** Number of decoder layers. */
  readonly numLayers: number;
  /** Width of attention: number of query heads times head size. */
  readonly attentionSize: number;
  /** Tokens of a sequence. */
  readonly sequenceLength: number;
}

/** `palm` counts full attention, `causal` the half a causal mask leaves, `6n` no attention at all. */
export type MfuConvention = "palm" | "causal" | "6n";

/** FLOPs of a training token, and how they were counted. */
export interface FlopsPerToken {
  /** Forward and backward FLOPs for one token. */
  readonly value: number;
  /** How attention was counted. */
  readonly convention: MfuConvention;
  /** The formula with its numbers, for people. */
  readonly formula: string;
}

/** How much of attention counts, each token with its whole row being all of it. */
const ATTENTION_SHARE: Record<MfuConvention, number> = { palm: 1, causal: 0.5, "6n": 0 };

const SHAPE: OptionTable<ModelShape> = {
  numMatmulParams: number({ above: 0 }),
  numLayers: number({ above: 0 }),
  attentionSize: number({ above: 0 }),
  sequenceLength: number({ above: 0 }),
};

/** FLOPs of one training token by `convention`; refuses sizes that are not positive numbers. */
export function flopsPerToken(
  shape: ModelShape,
  convention: MfuConvention = "palm",
): FlopsPerToken {
  checkOptions("flopsPerToken", shape, SHAPE);
  for (const name of Object.keys(SHAPE) as (keyof ModelShape)[])
    requireValue(`flopsPerToken: ${name}`, shape[name], SHAPE[name]);
  requireValue("flopsPerToken: convention", convention, oneOf("palm", "causal", "6n"));
  const { numMatmulParams: n, numLayers, attentionSize, sequenceLength } = shape;
  const factor = 12 * ATTENTION_SHARE[convention];
  const value = 6 * n + factor * numLayers * attentionSize * sequenceLength;
  const attention = factor
    ? ` + ${factor} × ${numLayers} layers × ${attentionSize} wide × ${sequenceLength} tokens`
    : "";
  const formula = `6 × ${short(n)} parameters${attention} = ${short(value)} FLOP/token (${convention})`;
  return { value, convention, formula };
}

/**
 * FLOPs of one training token by `convention`, from what forward and backward pass take together.
 * @param counted FLOPs of products with weights and of attention, each token with all of its document, per token
 */
export function countedFlops(
  counted: { readonly products: number; readonly attention: number },
  convention: MfuConvention = "palm",
): FlopsPerToken {
  requireOptions("countedFlops", counted, ["products", "attention"]);
  requireValue("countedFlops: convention", convention, oneOf("palm", "causal", "6n"));
  for (const name of ["products", "attention"] as const)
    requireValue(`countedFlops: ${name}`, counted[name], number({ min: 0 }));
  const attention = ATTENTION_SHARE[convention] * counted.attention;
  const value = counted.products + attention;
  const added = attention > 0 ? ` + ${short(attention)} of attention` : "";
  const formula = `${short(counted.products)} FLOP of products${added} = ${short(value)} FLOP/token (${convention})`;
  return { value, convention, formula };
}

/** FLOPs of a token: a number, or what `flopsPerToken` returned. */
export const someFlops = anyOf(
  number({ above: 0 }),
  kind<FlopsPerToken>(
    "what flopsPerToken() returned",
    (value) => typeof value === "object" && value !== null && "formula" in value,
  ),
);

/** How an MFU came about, in words. */
export function mfuFormula(flops: FlopsPerToken | number, peakFlops: number): string {
  requireValue("mfuFormula: flops", flops, someFlops);
  requireValue("mfuFormula: peakFlops", peakFlops, number({ above: 0 }));
  const perToken = typeof flops === "number" ? `${short(flops)} FLOP/token` : flops.formula;
  return `MFU = tokens/s × FLOP/token ÷ peak; ${perToken}; peak ${short(peakFlops)} FLOP/s`;
}

interface Peak {
  readonly name: RegExp;
  readonly bfloat16?: number;
  readonly tf32?: number;
  readonly float32: number;
}

/** Dense peaks in TFLOP/s from NVIDIA's data sheets, boost clock; first match wins. */
const PEAKS: readonly Peak[] = [
  { name: /\bB200\b/, bfloat16: 2250, tf32: 1125, float32: 75 },
  { name: /\bH(100|800) PCIe\b/, bfloat16: 756, tf32: 378, float32: 51 },
  { name: /\bH100 NVL\b/, bfloat16: 835.5, tf32: 417.5, float32: 60 },
  { name: /\bH(100|200|800)\b/, bfloat16: 989.4, tf32: 494.7, float32: 66.9 },
  { name: /\bA(100|800)\b/, bfloat16: 312, tf32: 156, float32: 19.5 },
  { name: /\bL40S\b/, bfloat16: 362, tf32: 183, float32: 91.6 },
  { name: /\bL4\b/, bfloat16: 121, tf32: 60, float32: 30.3 },
  { name: /\bA10\b/, bfloat16: 125, tf32: 62.5, float32: 31.2 },
  { name: /\bRTX 4090\b(?! D)/, bfloat16: 165.2, tf32: 82.6, float32: 82.6 },
  { name: /\bRTX 3090\b(?! Ti)/, bfloat16: 71, tf32: 35.6, float32: 35.6 },
  { name: /\bV100\b/, float32: 15.7 },
];

/**
 * Peak dense FLOP/s of a GPU by the name its driver reports (`NVIDIA H100 80GB HBM3`), or undefined when it is
 * not in the table: MFU is then unknown, never guessed. A CPU has no entry; measure one and pass it on.
 */
export function peakFlopsOf(
  deviceName: string,
  dtype: "bfloat16" | "tf32" | "float32",
): number | undefined {
  requireValue("peakFlopsOf: deviceName", deviceName, text);
  requireValue("peakFlopsOf: dtype", dtype, oneOf("bfloat16", "tf32", "float32"));
  const peak = PEAKS.find((entry) => entry.name.test(deviceName))?.[dtype];
  return peak === undefined ? undefined : peak * 1e12;
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e15, "P"],
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

function short(value: number): string {
  const unit = UNITS.find(([size]) => value >= size);
  return unit ? `${Number((value / unit[0]).toPrecision(4))} ${unit[1]}` : String(value);
}
