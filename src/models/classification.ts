// Losses of heads that tell classes apart, as transformers': of each token, and of whole sequences.
import { full } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { bceWithLogitsLoss, crossEntropy, mseLoss } from "../tensor/losses.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Labels, ProblemType } from "./labels.js";

/** Output of a head that gives classes for each token. */
export interface TokenClassesOutput {
  /** (B, T, classes) */
  readonly logits: Tensor;
  /** () the mean over the tokens that count; there when labels were given */
  readonly loss?: Tensor;
  /** () int64: how many tokens count; there when labels were given */
  readonly numTokens?: Tensor;
}

/** Output of a head that gives classes or numbers for each sequence. */
export interface SequenceClassesOutput {
  /** (B, labels) */
  readonly logits: Tensor;
  /** () the mean over sequences; there when labels were given */
  readonly loss?: Tensor;
  /** () int64: how many sequences count; there when labels were given */
  readonly numTokens?: Tensor;
}

/** @param labels (B, T) int64, -100 where a token does not count */
export function tokenLoss(logits: Tensor, labels: Tensor): Tensor {
  return crossEntropy(logits.flatten(0, 1).to("float32"), labels.flatten());
}

/** How many labels count, of a loss of tokens or of single classes. */
export function countedLabels(labels: Tensor): Tensor {
  return noGrad(() => labels.ne(-100).sum());
}

/** @param labels (B) int64 classes, (B, labels) of 0 and 1, or (B) or (B, labels) numbers */
export function sequenceLoss(given: Tensor, labels: Tensor, problem: Labels): Tensor {
  const logits = given.to("float32");
  switch (problem.problemType ?? problemOf(labels, problem)) {
    case "regression":
      return problem.numLabels === 1
        ? mseLoss(logits.flatten(), labels.flatten().to("float32"))
        : mseLoss(logits, labels.to("float32"));
    case "single_label_classification":
      return crossEntropy(logits, labels.flatten().long());
    case "multi_label_classification":
      return bceWithLogitsLoss(logits, labels.to("float32"));
  }
}

/** How many sequences count. */
export function countedSequences(labels: Tensor, problem: Labels): Tensor {
  const type = problem.problemType ?? problemOf(labels, problem);
  if (type === "single_label_classification") return countedLabels(labels);
  const { shape, device } = labels;
  return full([], shape[0] as number, { dtype: "int64", device });
}

function problemOf({ dtype }: Tensor, { numLabels }: Labels): ProblemType {
  if (numLabels === 1) return "regression";
  const areClasses = dtype === "int64" || dtype === "int32";
  return areClasses ? "single_label_classification" : "multi_label_classification";
}
