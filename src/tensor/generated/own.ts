// The library's own operators (native/kernels, native/comm), from the schemas that they are registered with by
// setup/generate-operators.mjs; do not edit.
import type { DType } from "../dtype.js";
import type { Results } from "../operator-types.js";
import type { Tensor } from "../tensor.js";

export interface OwnOperators {
  /** Our own `adamw_`. Defaults: step = 1, grad_scale = null, found_inf = null, lr_tensor = null, steps = null, draw_steps = null, seeds = null, begins = null. */
  adamw_(params: readonly Tensor[], masters: readonly Tensor[], grads: readonly Tensor[], exp_avgs: readonly Tensor[], exp_avg_sqs: readonly Tensor[], options: { lr: number; beta1: number; beta2: number; eps: number; weight_decay: number; step?: number; grad_scale?: Tensor | null; found_inf?: Tensor | null; lr_tensor?: Tensor | null; steps?: readonly Tensor[] | null; draw_steps?: readonly Tensor[] | null; seeds?: readonly number[] | null; begins?: readonly number[] | null }): void;
  /** Our own `adamw_8bit_`. Defaults: step = 1, grad_scale = null, found_inf = null, lr_tensor = null, steps = null, draw_steps = null, seeds = null, begins = null. */
  adamw_8bit_(params: readonly Tensor[], masters: readonly Tensor[], grads: readonly Tensor[], exp_avgs: readonly Tensor[], exp_avg_sqs: readonly Tensor[], exp_avg_absmaxes: readonly Tensor[], exp_avg_sq_absmaxes: readonly Tensor[], options: { lr: number; beta1: number; beta2: number; eps: number; weight_decay: number; step?: number; grad_scale?: Tensor | null; found_inf?: Tensor | null; lr_tensor?: Tensor | null; steps?: readonly Tensor[] | null; draw_steps?: readonly Tensor[] | null; seeds?: readonly number[] | null; begins?: readonly number[] | null }): void;
  /** Our own `add_layer_norm`. */
  add_layer_norm(x: Tensor, residual: Tensor, weight: Tensor, bias: Tensor | null, eps: number): Results<[normed: Tensor, sum: Tensor], { normed: Tensor; sum: Tensor }>;
  /** Our own `add_rms_norm`. */
  add_rms_norm(x: Tensor, residual: Tensor, weight: Tensor, eps: number): Results<[normed: Tensor, sum: Tensor], { normed: Tensor; sum: Tensor }>;
  /** Our own `bias_dropout_add`. Defaults: p = 0.1, call = 0. */
  bias_dropout_add(x: Tensor, bias: Tensor | null, residual: Tensor, state: Tensor | null, options?: { p?: number; call?: number }): Tensor;
  /** Our own `bias_dropout_add_backward`. Defaults: p = 0.1, call = 0. */
  bias_dropout_add_backward(grad: Tensor, state: Tensor | null, has_bias: boolean, options?: { p?: number; call?: number }): Results<[x: Tensor, bias: Tensor], { x: Tensor; bias: Tensor }>;
  /** Our own `bias_gelu`. Defaults: approximate = "none". */
  bias_gelu(x: Tensor, bias: Tensor, options?: { approximate?: string }): Tensor;
  /** Our own `bias_gelu_backward`. Defaults: approximate = "none". */
  bias_gelu_backward(grad: Tensor, x: Tensor, bias: Tensor, options?: { approximate?: string }): Results<[x: Tensor, bias: Tensor], { x: Tensor; bias: Tensor }>;
  /** Our own `cross_entropy_`. Defaults: ignore_index = -100. */
  cross_entropy_(logits: Tensor, targets: Tensor, ignore_index?: number): Tensor;
  /** Defaults: ignore_index = -100. */
  cross_entropy_(logits: Tensor, targets: Tensor, options: { ignore_index?: number }): Tensor;
  /** Our own `decode_attention`. Defaults: cos = null, sin = null, mask = null, scale = null, soft_cap = 0, window = null, interleaved = false. */
  decode_attention(q: Tensor, k: Tensor, v: Tensor, keys: Tensor, values: Tensor, place: Tensor, options?: { cos?: Tensor | null; sin?: Tensor | null; mask?: Tensor | null; scale?: number | null; soft_cap?: number; window?: number | null; interleaved?: boolean }): Tensor;
  /** Our own `decode_linear`. Defaults: residual = null, gated = false. */
  decode_linear(x: Tensor, weights: readonly Tensor[], biases: readonly Tensor[], options?: { residual?: Tensor | null; gated?: boolean }): Tensor[];
  /** Our own `dequantize_nf4`. Defaults: map = null, scales = null, offset = null, block_size = 64. */
  dequantize_nf4(packed: Tensor, absmax: Tensor, map: Tensor | null, options: { scales?: Tensor | null; offset?: Tensor | null; size: readonly number[]; block_size?: number; dtype: DType }): Tensor;
  /** Defaults: map = null, scales = null, offset = null, block_size = 64. */
  dequantize_nf4(packed: Tensor, absmax: Tensor, options: { map?: Tensor | null; scales?: Tensor | null; offset?: Tensor | null; size: readonly number[]; block_size?: number; dtype: DType }): Tensor;
  /** Defaults: map = null, scales = null, offset = null, block_size = 64. */
  dequantize_nf4(packed: Tensor, absmax: Tensor, map: Tensor | null, scales: Tensor | null, offset: Tensor | null, options: { size: readonly number[]; block_size?: number; dtype: DType }): Tensor;
  /** Our own `geglu`. Defaults: approximate = "none". */
  geglu(gate: Tensor, up: Tensor, options?: { approximate?: string }): Tensor;
  /** Our own `geglu_backward`. Defaults: approximate = "none". */
  geglu_backward(grad: Tensor, gate: Tensor, up: Tensor, options?: { approximate?: string }): Results<[gate: Tensor, up: Tensor], { gate: Tensor; up: Tensor }>;
  /** Our own `l2_norm_and_overflow`. */
  l2_norm_and_overflow(tensors: readonly Tensor[]): Results<[norm: Tensor, overflow: Tensor], { norm: Tensor; overflow: Tensor }>;
  /** Our own `layer_norm`. */
  layer_norm(x: Tensor, weight: Tensor, bias: Tensor | null, eps: number): Tensor;
  /** Our own `layer_norm_backward`. */
  layer_norm_backward(grad: Tensor, grad_sum: Tensor | null, x: Tensor, stats: Tensor, weight: Tensor, has_bias: boolean): Results<[x: Tensor, weight: Tensor, bias: Tensor], { x: Tensor; weight: Tensor; bias: Tensor }>;
  /** Our own `layer_norm_forward`. */
  layer_norm_forward(x: Tensor, weight: Tensor, bias: Tensor | null, eps: number): Results<[normed: Tensor, stats: Tensor], { normed: Tensor; stats: Tensor }>;
  /** Our own `linear`. Defaults: bias = null, transposed = false. */
  linear(x: Tensor, weight: Tensor, bias?: Tensor | null, options?: { transposed?: boolean }): Tensor;
  /** Defaults: bias = null, transposed = false. */
  linear(x: Tensor, weight: Tensor, options: { bias?: Tensor | null; transposed?: boolean }): Tensor;
  /** Our own `linear_cross_entropy`. Defaults: ignore_index = -100, chunk = 0. */
  linear_cross_entropy(hidden: Tensor, weight: Tensor, targets: Tensor, options?: { ignore_index?: number; chunk?: number }): Tensor;
  /** Our own `lora_linear`. Defaults: scaling = 1, transposed = false. */
  lora_linear(x: Tensor, weight: Tensor, bias: Tensor | null, a: Tensor, b: Tensor, options?: { scaling?: number; transposed?: boolean }): Tensor;
  /** Our own `lora_linears`. Defaults: transposed = false. */
  lora_linears(x: Tensor, weights: readonly Tensor[], biases: readonly (Tensor | null)[], a: readonly (Tensor | null)[], b: readonly (Tensor | null)[], options: { scalings: readonly number[]; transposed?: boolean }): Tensor[];
  /** Our own `nf4_linear`. Defaults: map = null, scales = null, offset = null, bias = null, a = null, b = null, block_size = 64, scaling = 1. */
  nf4_linear(x: Tensor, packed: Tensor, absmax: Tensor, map: Tensor | null, options: { scales?: Tensor | null; offset?: Tensor | null; bias?: Tensor | null; a?: Tensor | null; b?: Tensor | null; out_features: number; block_size?: number; scaling?: number }): Tensor;
  /** Defaults: map = null, scales = null, offset = null, bias = null, a = null, b = null, block_size = 64, scaling = 1. */
  nf4_linear(x: Tensor, packed: Tensor, absmax: Tensor, options: { map?: Tensor | null; scales?: Tensor | null; offset?: Tensor | null; bias?: Tensor | null; a?: Tensor | null; b?: Tensor | null; out_features: number; block_size?: number; scaling?: number }): Tensor;
  /** Defaults: map = null, scales = null, offset = null, bias = null, a = null, b = null, block_size = 64, scaling = 1. */
  nf4_linear(x: Tensor, packed: Tensor, absmax: Tensor, map: Tensor | null, scales: Tensor | null, offset: Tensor | null, bias: Tensor | null, a: Tensor | null, b: Tensor | null, options: { out_features: number; block_size?: number; scaling?: number }): Tensor;
  /** Our own `nf4_linears`. Defaults: block_size = 64. */
  nf4_linears(x: Tensor, packed: readonly Tensor[], absmax: readonly Tensor[], map: readonly (Tensor | null)[], scales: readonly (Tensor | null)[], offset: readonly (Tensor | null)[], biases: readonly (Tensor | null)[], a: readonly (Tensor | null)[], b: readonly (Tensor | null)[], options: { out_features: readonly number[]; block_size?: number; scalings: readonly number[] }): Tensor[];
  /** Our own `rms_norm`. */
  rms_norm(x: Tensor, weight: Tensor, eps: number): Tensor;
  /** Our own `rms_norm_backward`. */
  rms_norm_backward(grad: Tensor, grad_sum: Tensor | null, x: Tensor, weight: Tensor, eps: number): Results<[x: Tensor, weight: Tensor], { x: Tensor; weight: Tensor }>;
  /** Our own `rope`. */
  rope(x: Tensor, cos: Tensor, sin: Tensor): Tensor;
  /** Our own `rope_backward`. */
  rope_backward(grad: Tensor, cos: Tensor, sin: Tensor): Tensor;
  /** Our own `round_at_random_`. */
  round_at_random_(targets: readonly Tensor[], sources: readonly Tensor[], steps: readonly Tensor[], options: { seeds: readonly number[]; begins: readonly number[]; draw: number }): void;
  /** Our own `softmax`. Defaults: mask = null, scale = 1, is_causal = false, alibi_slopes = null. */
  softmax(scores: Tensor, mask?: Tensor | null, options?: { scale?: number; is_causal?: boolean; alibi_slopes?: Tensor | null }): Tensor;
  /** Defaults: mask = null, scale = 1, is_causal = false, alibi_slopes = null. */
  softmax(scores: Tensor, options: { mask?: Tensor | null; scale?: number; is_causal?: boolean; alibi_slopes?: Tensor | null }): Tensor;
  /** Our own `softmax_backward`. Defaults: scale = 1, is_causal = false. */
  softmax_backward(grad: Tensor, result: Tensor, options?: { scale?: number; is_causal?: boolean }): Tensor;
  /** Our own `swiglu`. */
  swiglu(gate: Tensor, up: Tensor): Tensor;
  /** Our own `swiglu_backward`. */
  swiglu_backward(grad: Tensor, gate: Tensor, up: Tensor): Results<[gate: Tensor, up: Tensor], { gate: Tensor; up: Tensor }>;
}
