// y = x Wᵀ + b.
import { boolean, kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { linear } from "../tensor/functional.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { type MultipliesRows, productFlops } from "./cost.js";
import { kaimingUniform, newParameter, uniformOf } from "./init.js";
import { Layer } from "./layer.js";
import { count, LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { holdParameter } from "./parameter-fields.js";

/** Options of `Linear`. */
export interface LinearOptions extends LayerOptions {
  /** Whether a bias is added, default true. */
  readonly bias?: boolean;
  /** (out, in), shared with another module, as tied heads share the embedding's; default: one of its own. */
  readonly weight?: Parameter;
}

/** y = x Wᵀ + b. */
export class Linear extends Layer implements MultipliesRows {
  /** (out, in) */
  declare readonly weight: Parameter;
  /** (out) */
  declare readonly bias?: Parameter;
  readonly #inFeatures: number;

  /**
   * Weight and bias begin uniform within 1 / sqrt(inFeatures).
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super(`${inFeatures}, ${outFeatures}`);
    requireValue("new Linear: inFeatures", inFeatures, count);
    requireValue("new Linear: outFeatures", outFeatures, count);
    checkOptions("new Linear", options, { bias: boolean, weight: aParameter, ...LAYER_OPTIONS });
    this.#inFeatures = inFeatures;
    const shape = [outFeatures, inFeatures];
    if (options.weight !== undefined) requireShape(options.weight, shape);
    const weight = options.weight ?? newParameter(shape, options, kaimingUniform);
    holdParameter(this, "weight", weight);
    const hasBias = options.bias ?? true;
    const bias = hasBias ? newParameter([outFeatures], options, uniformOf(inFeatures)) : undefined;
    holdParameter(this, "bias", bias);
  }

  /**
   * x (..., in) -> (..., out)
   * @throws RangeError when the last dimension is another
   */
  override forward(x: Tensor): Tensor {
    try {
      return linear(x, this.weight, this.bias);
    } catch (error) {
      this.#check(x);
      throw error;
    }
  }

  /** For costs. */
  productFlops(numRows: number): ReturnType<MultipliesRows["productFlops"]> {
    return productFlops(numRows, this.weight);
  }

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    if (x.shape.at(-1) !== this.#inFeatures) {
      this.refuseShape(x, `the last dimension must be ${this.#inFeatures}`);
    }
  }
}

/** Whether a layer is its weight and bias and no more: nothing replaced it, as adapters do, and it computes as this class does. */
export function isPlainLinear(layer: Layer): layer is Linear {
  return layer instanceof Linear && layer.forward === Linear.prototype.forward;
}

const aParameter = kind<Parameter>("a Parameter", (value) => value instanceof Parameter);

function requireShape(weight: Parameter, shape: readonly number[]): void {
  if (weight.shape.join() === shape.join()) return;
  throw new RangeError(
    `new Linear: weight must be of shape [${shape.join(", ")}], got ${describeValue(weight)}`,
  );
}
