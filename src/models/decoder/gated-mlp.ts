// MLPs with a gate (Shazeer 2020): down(act(gate x) * up x).
import { productsOf } from "../../lora/shared-input.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { ops } from "../../tensor/ops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { decodeLinear } from "./decode-linear.js";
import type { DecoderPass } from "./pass.js";

/** Sizes of an MLP. */
export interface MLPSizes {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
}

/** Options of `GatedMLP`. */
export interface GatedMLPOptions {
  /** Whether the matrices have biases. Default false. */
  readonly bias?: boolean;
  /** Default "silu". */
  readonly activation?: GateActivation;
}

/** Of the gate. */
export type GateActivation = "silu" | "gelu_tanh";

function gated(activation: GateActivation, gate: Tensor, up: Tensor): Tensor {
  return activation === "silu"
    ? ops.notebooster.swiglu(gate, up)
    : ops.notebooster.geglu(gate, up, { approximate: "tanh" });
}

/** An MLP whose gate and up are matrices of their own. */
export class GatedMLP extends Module {
  readonly gateProj: Linear;
  readonly upProj: Linear;
  readonly downProj: Linear;
  readonly #activation: GateActivation;

  constructor(
    { hiddenSize, intermediateSize }: MLPSizes,
    { bias = false, activation = "silu" }: GatedMLPOptions = {},
  ) {
    super();
    this.#activation = activation;
    this.gateProj = new Linear(hiddenSize, intermediateSize, { bias, initialize: false });
    this.upProj = new Linear(hiddenSize, intermediateSize, { bias, initialize: false });
    this.downProj = new Linear(intermediateSize, hiddenSize, { bias, initialize: false });
  }

  /** x (..., C) -> (..., C) */
  forward(x: Tensor): Tensor {
    return this.downProj.forward(this.#gated(x));
  }

  /** residual + forward(x), in fewer kernels for one token at fixed shapes. */
  addedTo(residual: Tensor, x: Tensor, pass: DecoderPass): Tensor {
    const isSilu = this.#activation === "silu";
    const [fused] =
      (isSilu && decodeLinear(pass, x, [this.gateProj, this.upProj], { gated: true })) || [];
    const inner = fused ?? this.#gated(x);
    const [sum] = decodeLinear(pass, inner, [this.downProj], { residual }) ?? [];
    return sum ?? residual.add(this.downProj.forward(inner));
  }

  #gated(x: Tensor): Tensor {
    const [gate, up] = productsOf(x, [this.gateProj, this.upProj]) as [Tensor, Tensor];
    return gated(this.#activation, gate, up);
  }
}

/** The same with gate and up as one matrix, the gate's rows first. */
export class FusedGatedMLP extends Module {
  readonly gateUpProj: Linear;
  readonly downProj: Linear;
  readonly #width: number;

  constructor({ hiddenSize, intermediateSize }: MLPSizes) {
    super();
    this.#width = intermediateSize;
    const options = { bias: false, initialize: false };
    this.gateUpProj = new Linear(hiddenSize, 2 * intermediateSize, options);
    this.downProj = new Linear(intermediateSize, hiddenSize, options);
  }

  /** x (..., C) -> (..., C) */
  forward(x: Tensor): Tensor {
    const [gate, up] = this.gateUpProj.forward(x).split(this.#width, -1) as [Tensor, Tensor];
    return this.downProj.forward(ops.notebooster.swiglu(gate, up));
  }
}
