// Convolutions (strictly cross-correlations, as in PyTorch) of one and two dimensions.
import { anyOf, boolean, oneOf, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { call, ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { fanIn, kaimingUniform, newParameter, uniformOf } from "./init.js";
import { Layer } from "./layer.js";
import { count, LAYER_OPTIONS, type LayerOptions, perDim, sizes } from "./layer-options.js";
import { holdParameter } from "./parameter-fields.js";

/** Options of convolutions. */
export interface ConvOptions extends LayerOptions {
  /** From one window to the next, default 1. */
  readonly stride?: number | readonly number[];
  /** Added on each side, default 0 ("valid"); "same": as much as keeps the size. */
  readonly padding?: number | readonly number[] | "valid" | "same";
  /** Distance of a window's elements, default 1. */
  readonly dilation?: number | readonly number[];
  /** Channels are split into so many groups that do not see each other, default 1. */
  readonly groups?: number;
  /** Whether a bias is added, default true. */
  readonly bias?: boolean;
  /** What is added on each side, default "zeros". */
  readonly paddingMode?: "zeros" | "reflect" | "replicate" | "circular";
}

type WindowSize = number | readonly number[];

/** The sizes of an input after its channels, by how many there are. */
const SIZE_NAMES = ["", "length", "height, width"] as const;

abstract class Conv extends Layer {
  /** How many dimensions a window has. */
  protected static readonly dims: 1 | 2;
  /** (out, in / groups, ...kernel) */
  declare readonly weight: Parameter;
  /** (out) */
  declare readonly bias?: Parameter;
  readonly #dims: 1 | 2;
  readonly #inChannels: number;
  readonly #options: Required<Omit<ConvOptions, keyof LayerOptions | "bias">>;

  /**
   * Weight and bias begin uniform within 1 / sqrt(inChannels / groups * elements of the kernel).
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: WindowSize,
    options: ConvOptions = {},
  ) {
    super(`${inChannels}, ${outChannels}, ${describeValue(kernelSize)}`);
    const { dims } = new.target;
    const of = `new ${this.constructor.name}`;
    requireValue(`${of}: inChannels`, inChannels, count);
    requireValue(`${of}: outChannels`, outChannels, count);
    requireValue(`${of}: kernelSize`, kernelSize, sizes(dims, 1));
    checkConvOptions(of, { dims, inChannels, outChannels }, options);
    const { stride = 1, padding = 0, dilation = 1, groups = 1, paddingMode = "zeros" } = options;
    this.#dims = dims;
    this.#inChannels = inChannels;
    this.#options = { stride, padding, dilation, groups, paddingMode };
    const shape = [outChannels, inChannels / groups, ...perDim(kernelSize, dims)];
    holdParameter(this, "weight", newParameter(shape, options, kaimingUniform));
    const begin = uniformOf(fanIn(shape));
    const hasBias = options.bias ?? true;
    holdParameter(this, "bias", hasBias ? newParameter([outChannels], options, begin) : undefined);
  }

  override forward(x: Tensor): Tensor {
    this.#check(x);
    const { stride, padding, dilation, groups, paddingMode } = this.#options;
    const dims = this.#dims;
    const isZeros = paddingMode === "zeros";
    const padded = isZeros ? x : ops.aten.pad(x, this.#paddings(), paddingMode);
    const left = isZeros ? padding : 0;
    const amount = typeof left === "string" ? left : perDim(left, dims);
    const [by, apart] = [perDim(stride, dims), perDim(dilation, dims)];
    return call(`conv${dims}d`, padded, this.weight, this.bias, by, amount, apart, groups);
  }

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    const shape = x.shape;
    const channelDim = shape.length - this.#dims - 1;
    if (channelDim !== 0 && channelDim !== 1) {
      const names = `channels, ${SIZE_NAMES[this.#dims]}`;
      this.refuseShape(x, `it must be (batch, ${names}) or (${names})`);
    }
    if (shape[channelDim] !== this.#inChannels) {
      this.refuseShape(x, `dimension ${channelDim}, the channels, must be ${this.#inChannels}`);
    }
  }

  /** Before and after each dimension, the last dimension first, as `pad` takes them. */
  #paddings(): number[] {
    const { padding, dilation } = this.#options;
    const kernel = this.weight.shape.slice(2);
    const apart = perDim(dilation, kernel.length);
    const pairs = kernel.map((size, dim): [before: number, after: number] => {
      if (padding === "valid") return [0, 0];
      if (padding !== "same") {
        const each = perDim(padding, kernel.length)[dim] as number;
        return [each, each];
      }
      const total = (apart[dim] as number) * (size - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    return pairs.reverse().flat();
  }
}

/** A convolution along one dimension: (B, C, L) or (C, L) -> (B, outChannels, L') or (outChannels, L'). */
export class Conv1d extends Conv {
  protected static override readonly dims = 1;
}

/** A convolution along two dimensions: (B, C, H, W) or (C, H, W) -> (B, outChannels, H', W') or without B. */
export class Conv2d extends Conv {
  protected static override readonly dims = 2;
}

function checkConvOptions(
  of: string,
  { dims, inChannels, outChannels }: { dims: number; inChannels: number; outChannels: number },
  options: ConvOptions,
): void {
  checkOptions(of, options, {
    stride: sizes(dims, 1),
    padding: anyOf(sizes(dims, 0), oneOf("valid", "same")),
    dilation: sizes(dims, 1),
    groups: count,
    bias: boolean,
    paddingMode: oneOf("zeros", "reflect", "replicate", "circular"),
    ...LAYER_OPTIONS,
  });
  const { groups = 1, padding, stride = 1 } = options;
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    throw new RangeError(
      `${of}: groups must divide inChannels and outChannels, got ${groups} for ${inChannels} and ${outChannels}`,
    );
  }
  if (padding === "same" && perDim(stride, dims).some((each) => each !== 1)) {
    throw new RangeError(
      `${of}: padding "same" goes with stride 1 only, got stride ${describeValue(stride)}; give padding as numbers`,
    );
  }
}
