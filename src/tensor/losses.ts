// Losses, with the options and defaults of torch.nn.functional. A target of another shape than its input is refused, where
// PyTorch broadcasts some and warns: (N) against (N, 1) would be averaged over N x N pairs.
import { integer, number, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aTensor, requireFractions } from "./arguments.js";
import { ops } from "./ops.js";
import type { Tensor } from "./tensor.js";

/** Options of every loss. */
export interface LossOptions {
  /** "mean" (default) or "sum" over all elements, or "none": one loss each. */
  readonly reduction?: "mean" | "sum" | "none";
}

/** Options of `bceWithLogitsLoss`. */
export interface BceWithLogitsOptions extends LossOptions {
  /** Multiplies each element's loss; broadcast to the input's shape. */
  readonly weight?: Tensor;
  /** Multiplies the loss of positive examples; broadcast to the input's shape. */
  readonly posWeight?: Tensor;
}

/** Options of `crossEntropy`. */
export interface CrossEntropyOptions extends LossOptions {
  /** (C), multiplies the loss of each class; "mean" then divides by the weights of the targets. */
  readonly weight?: Tensor;
  /** Targets of this class do not count, default -100. */
  readonly ignoreIndex?: number;
  /** How much of a target is spread evenly over all classes, from 0 (default) to 1 (Szegedy et al. 2016). */
  readonly labelSmoothing?: number;
}

/** (input - target)², the mean of it unless told otherwise. */
export function mseLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkLoss("mseLoss", { input, target }, options, REDUCTION);
  return ops.aten.mse_loss(input, target, options.reduction ?? "mean");
}

/** |input - target|, the mean of it unless told otherwise. */
export function l1Loss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkLoss("l1Loss", { input, target }, options, REDUCTION);
  return ops.aten.l1_loss(input, target, options.reduction ?? "mean");
}

/** Binary cross-entropy of probabilities `target` (0 to 1) under sigmoid(input), as PyTorch's binary_cross_entropy_with_logits. */
export function bceWithLogitsLoss(
  input: Tensor,
  target: Tensor,
  options: BceWithLogitsOptions = {},
): Tensor {
  checkLoss("bceWithLogitsLoss", { input, target }, options, BCE);
  requireFractions("bceWithLogitsLoss: input", input);
  requireFractions("bceWithLogitsLoss: target", target);
  const { weight = null, posWeight = null, reduction = "mean" } = options;
  return ops.aten.binary_cross_entropy_with_logits(input, target, weight, posWeight, reduction);
}

/**
 * Negative log-likelihood of classes under softmax(logits).
 * @param logits (C), (N, C) or (N, C, d1, ...)
 * @param targets int64 classes, of the same shape without C, or probabilities of the logits' own shape and dtype
 * @throws RangeError naming a class beyond C, where targets are on the CPU
 */
export function crossEntropy(
  logits: Tensor,
  targets: Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  requireValue("crossEntropy: logits", logits, aTensor);
  requireValue("crossEntropy: targets", targets, aTensor);
  checkOptions("crossEntropy", options, CROSS_ENTROPY);
  const { weight = null, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0 } = options;
  requireClasses(logits, targets);
  try {
    return ops.aten.cross_entropy_loss(
      logits,
      targets,
      weight,
      reduction,
      ignoreIndex,
      labelSmoothing,
    );
  } catch (cause) {
    const [, target] = /Target (-?\d+) is out of bounds/.exec(String(cause)) ?? [];
    if (target === undefined) throw cause;
    const classes = logits.shape[classDim(logits)] as number;
    throw new RangeError(
      `crossEntropy got the target ${target}, logits of shape [${logits.shape.join(", ")}] have classes 0 to ${classes - 1}; targets that do not count are ignoreIndex, ${ignoreIndex}`,
      { cause },
    );
  }
}

const REDUCTION = { reduction: oneOf("mean", "sum", "none") };
const BCE = { weight: aTensor, posWeight: aTensor, ...REDUCTION };
const CROSS_ENTROPY = {
  weight: aTensor,
  ignoreIndex: integer(),
  labelSmoothing: number({ min: 0, max: 1 }),
  ...REDUCTION,
};

function checkLoss<T extends LossOptions>(
  of: string,
  { input, target }: { input: Tensor; target: Tensor },
  options: T,
  table: OptionTable<T>,
): void {
  requireValue(`${of}: input`, input, aTensor);
  requireValue(`${of}: target`, target, aTensor);
  checkOptions(of, options, table);
  const [a, b] = [input.shape.join(", "), target.shape.join(", ")];
  if (a === b) return;
  throw new RangeError(
    `${of} got an input of shape [${a}] and a target of shape [${b}]: they must be equal; reshape one, as in target.view(${a})`,
  );
}

function classDim({ ndim }: Tensor): number {
  return ndim === 1 ? 0 : 1;
}

const CLASSES_LAST =
  "; where classes stand last: crossEntropy(logits.flatten(0, -2), targets.flatten())";

/** Class targets have the logits' shape without the classes, probabilities have all of it. */
function requireClasses(logits: Tensor, targets: Tensor): void {
  const shape = logits.shape;
  const without = shape.toSpliced(classDim(logits), 1).join(", ");
  const given = targets.shape.join(", ");
  const areClasses = given === without && ["int64", "uint8"].includes(targets.dtype);
  const areProbabilities = given === shape.join(", ") && targets.dtype === logits.dtype;
  if (areClasses || areProbabilities) return;
  const areLast = shape.length > 2 && given === shape.slice(0, -1).join(", ");
  throw new TypeError(
    `crossEntropy got logits ${logits.dtype}[${shape.join(", ")}] and targets ${targets.dtype}[${given}]: targets must be classes, int64[${without}], or probabilities, ${logits.dtype}[${shape.join(", ")}]${areLast ? CLASSES_LAST : ""}`,
  );
}
