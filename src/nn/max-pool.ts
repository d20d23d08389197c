// The largest element of each window.
import { boolean, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import { Layer } from "./layer.js";
import { perDim, sizes } from "./layer-options.js";

/** Options of `MaxPool2d`. */
export interface MaxPool2dOptions {
  /** From one window to the next, default `kernelSize`. */
  readonly stride?: number | readonly number[];
  /** Added on each side, never the largest; at most half of `kernelSize`. Default 0. */
  readonly padding?: number | readonly number[];
  /** Distance of a window's elements, default 1. */
  readonly dilation?: number | readonly number[];
  /** Whether windows may reach beyond the edge, default false. */
  readonly ceilMode?: boolean;
}

/** The largest element of each window: (B, C, H, W) -> (B, C, H', W'). */
export class MaxPool2d extends Layer {
  readonly #kernel: readonly number[];
  readonly #options: Required<MaxPool2dOptions>;

  /** @throws TypeError or RangeError naming an argument that is not allowed */
  constructor(kernelSize: number | readonly number[], options: MaxPool2dOptions = {}) {
    super(describeValue(kernelSize));
    requireValue("new MaxPool2d: kernelSize", kernelSize, sizes(2, 1));
    checkOptions("new MaxPool2d", options, OPTIONS);
    const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
    this.#kernel = perDim(kernelSize, 2);
    requirePadding(this.#kernel, perDim(padding, 2));
    this.#options = { stride, padding, dilation, ceilMode };
  }

  /** x (B, C, H, W) or (C, H, W) */
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    if (x.ndim !== 3 && x.ndim !== 4) {
      this.refuseShape(x, "it must be (batch, channels, height, width) or the same without batch");
    }
    const { stride, padding, dilation, ceilMode } = this.#options;
    const [by, pad, apart] = [perDim(stride, 2), perDim(padding, 2), perDim(dilation, 2)];
    return ops.aten.max_pool2d(x, this.#kernel, by, pad, apart, ceilMode);
  }
}

/** A window that held nothing but padding would have no largest element. */
function requirePadding(kernel: readonly number[], padding: readonly number[]): void {
  if (padding.every((pad, dim) => pad <= (kernel[dim] as number) / 2)) return;
  throw new RangeError(
    `new MaxPool2d: padding must be at most half of kernelSize, [${kernel.join(", ")}], got [${padding.join(", ")}]`,
  );
}

const OPTIONS = {
  stride: sizes(2, 1),
  padding: sizes(2, 0),
  dilation: sizes(2, 1),
  ceilMode: boolean,
};
