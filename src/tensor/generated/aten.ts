// PyTorch's operators as functions, under their ATen names.
// Generated from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit. Descriptions are the
// first sentences of PyTorch's documentation (BSD-3-Clause, copyright its contributors).
import type { DType } from "../dtype.js";
import type { Layout, MemoryFormat, Reduction, Results, Scalar } from "../operator-types.js";
import type { Generator } from "../random.js";
import type { Tensor } from "../tensor.js";

export interface Aten {
  /** ATen's `_amp_update_scale_`. */
  _amp_update_scale_(self: Tensor, growth_tracker: Tensor, found_inf: Tensor, scale_growth_factor: number, scale_backoff_factor: number, growth_interval: number): Tensor;
  /** ATen's `_foreach_add_`. */
  _foreach_add_(self: readonly Tensor[], scalars: readonly Scalar[]): void;
  /** Defaults: alpha = 1. */
  _foreach_add_(self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: Scalar }): void;
  _foreach_add_(self: readonly Tensor[], scalar: Scalar): void;
  /** Defaults: alpha = 1. */
  _foreach_add_(self: readonly Tensor[], other: Tensor, options?: { alpha?: Scalar }): void;
  /** ATen's `_foreach_copy_`. Defaults: non_blocking = false. */
  _foreach_copy_(self: readonly Tensor[], src: readonly Tensor[], non_blocking?: boolean): void;
  /** Defaults: non_blocking = false. */
  _foreach_copy_(self: readonly Tensor[], src: readonly Tensor[], options: { non_blocking?: boolean }): void;
  /** ATen's `_foreach_mul_`. */
  _foreach_mul_(self: readonly Tensor[], other: readonly Tensor[]): void;
  _foreach_mul_(self: readonly Tensor[], scalars: readonly Scalar[]): void;
  _foreach_mul_(self: readonly Tensor[], other: Tensor): void;
  _foreach_mul_(self: readonly Tensor[], scalar: Scalar): void;
  /** ATen's `_fused_adam_`. Defaults: grad_scale = null, found_inf = null. */
  _fused_adam_(self: readonly Tensor[], grads: readonly Tensor[], exp_avgs: readonly Tensor[], exp_avg_sqs: readonly Tensor[], max_exp_avg_sqs: readonly Tensor[], state_steps: readonly Tensor[], options: { lr: number; beta1: number; beta2: number; weight_decay: number; eps: number; amsgrad: boolean; maximize: boolean; grad_scale?: Tensor | null; found_inf?: Tensor | null }): void;
  /** Defaults: grad_scale = null, found_inf = null. */
  _fused_adam_(self: readonly Tensor[], grads: readonly Tensor[], exp_avgs: readonly Tensor[], exp_avg_sqs: readonly Tensor[], max_exp_avg_sqs: readonly Tensor[], state_steps: readonly Tensor[], options: { lr: Tensor; beta1: number; beta2: number; weight_decay: number; eps: number; amsgrad: boolean; maximize: boolean; grad_scale?: Tensor | null; found_inf?: Tensor | null }): void;
  /** ATen's `_fused_sgd_`. Defaults: grad_scale = null, found_inf = null. */
  _fused_sgd_(self: readonly Tensor[], grads: readonly Tensor[], momentum_buffer_list: readonly Tensor[], options: { weight_decay: number; momentum: number; lr: number; dampening: number; nesterov: boolean; maximize: boolean; is_first_step: boolean; grad_scale?: Tensor | null; found_inf?: Tensor | null }): void;
  /** Defaults: grad_scale = null, found_inf = null. */
  _fused_sgd_(self: readonly Tensor[], grads: readonly Tensor[], momentum_buffer_list: readonly Tensor[], options: { weight_decay: number; momentum: number; lr: Tensor; dampening: number; nesterov: boolean; maximize: boolean; is_first_step: boolean; grad_scale?: Tensor | null; found_inf?: Tensor | null }): void;
  /** Computes the absolute value of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.abs.html} */
  abs(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the absolute value of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.abs_.html} */
  abs_(self: Tensor): Tensor;
  /** Alias for torch.abs. {@link https://docs.pytorch.org/docs/stable/generated/torch.absolute.html} */
  absolute(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.abs. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.absolute_.html} */
  absolute_(self: Tensor): Tensor;
  /** Returns a new tensor with the arccosine (in radians) of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.acos.html} */
  acos(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the arccosine (in radians) of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.acos_.html} */
  acos_(self: Tensor): Tensor;
  /** Returns a new tensor with the inverse hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.acosh.html} */
  acosh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.acosh_.html} */
  acosh_(self: Tensor): Tensor;
  /** Applies a 1D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.adaptive_avg_pool1d.html} */
  adaptive_avg_pool1d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a 2D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html} */
  adaptive_avg_pool2d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a 3D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool3d.html} */
  adaptive_avg_pool3d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `adaptive_avg_pool3d_backward`. */
  adaptive_avg_pool3d_backward(grad_output: Tensor, self: Tensor, options: { grad_input: Tensor }): Tensor;
  /** Applies a 1D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool1d.html} */
  adaptive_max_pool1d(self: Tensor, output_size: number | readonly number[]): [Tensor, Tensor];
  /** Applies a 2D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html} */
  adaptive_max_pool2d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `adaptive_max_pool2d_backward`. */
  adaptive_max_pool2d_backward(grad_output: Tensor, self: Tensor, indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Applies a 3D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool3d.html} */
  adaptive_max_pool3d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `adaptive_max_pool3d_backward`. */
  adaptive_max_pool3d_backward(grad_output: Tensor, self: Tensor, indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.add.html} */
  add(self: Tensor, other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  add(self: Tensor, other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  add(self: Tensor, other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html} */
  add_(self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** Defaults: alpha = 1. */
  add_(self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  /** Defaults: alpha = 1. */
  add_(self: Tensor, other: Scalar, options: { alpha?: Scalar }): Tensor;
  /** Performs a batch matrix-matrix product of matrices stored in batch1 and batch2, with a reduced add step (all matrix multiplications get accumulated along the first dimension). Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addbmm.html} */
  addbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a batch matrix-matrix product of matrices stored in batch1 and batch2, with a reduced add step (all matrix multiplications get accumulated along the first dimension). Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addbmm_.html} */
  addbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** Performs the element-wise division of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addcdiv.html} */
  addcdiv(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the element-wise division of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addcdiv_.html} */
  addcdiv_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** Performs the element-wise multiplication of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addcmul.html} */
  addcmul(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the element-wise multiplication of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addcmul_.html} */
  addcmul_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** Performs a matrix multiplication of the matrices mat1 and mat2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addmm.html} */
  addmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: beta = 1, alpha = 1. */
  addmm(self: Tensor, mat1: Tensor, mat2: Tensor, out_dtype: DType, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a matrix multiplication of the matrices mat1 and mat2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addmm_.html} */
  addmm_(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** Performs a matrix-vector product of the matrix mat and the vector vec. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addmv.html} */
  addmv(self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a matrix-vector product of the matrix mat and the vector vec. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addmv_.html} */
  addmv_(self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** Performs the outer-product of vectors vec1 and vec2 and adds it to the matrix input. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addr.html} */
  addr(self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the outer-product of vectors vec1 and vec2 and adds it to the matrix input. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addr_.html} */
  addr_(self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `x.adjoint()` is equivalent to `x.transpose(-2, -1).conj()` for complex tensors and to `x.transpose(-2, -1)` for real tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.adjoint.html} */
  adjoint(self: Tensor): Tensor;
  /** ATen's `affine_grid_generator`. */
  affine_grid_generator(theta: Tensor, size: readonly number[], align_corners: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `affine_grid_generator_backward`. */
  affine_grid_generator_backward(grad: Tensor, size: readonly number[], align_corners: boolean): Tensor;
  /** ATen's `alias`. */
  alias(self: Tensor): Tensor;
  /** Performs the same operation as torch.alias, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.alias_copy.html} */
  alias_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  all(self: Tensor, dim: number, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  all(self: Tensor, dim: number, options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  all(self: Tensor, dim?: readonly number[] | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  all(self: Tensor, options: { dim?: readonly number[] | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  all(self: Tensor, dim?: readonly number[] | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** This function checks if input and other satisfy the condition. Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.allclose.html} */
  allclose(self: Tensor, other: Tensor, rtol?: number, options?: { atol?: number; equal_nan?: boolean }): boolean;
  /** Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. */
  allclose(self: Tensor, other: Tensor, options: { rtol?: number; atol?: number; equal_nan?: boolean }): boolean;
  /** Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. */
  allclose(self: Tensor, other: Tensor, rtol?: number, atol?: number, equal_nan?: boolean): boolean;
  /** Apply alpha dropout to the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.alpha_dropout.html} */
  alpha_dropout(input: Tensor, p: number, train: boolean): Tensor;
  /** In place: Apply alpha dropout to the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.alpha_dropout.html} */
  alpha_dropout_(self: Tensor, p: number, train: boolean): Tensor;
  /** Returns the maximum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amax.html} */
  amax(self: Tensor, dim?: number | readonly number[], options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = [], keepdim = false. */
  amax(self: Tensor, options: { dim?: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = [], keepdim = false. */
  amax(self: Tensor, dim?: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the minimum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amin.html} */
  amin(self: Tensor, dim?: number | readonly number[], options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = [], keepdim = false. */
  amin(self: Tensor, options: { dim?: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = [], keepdim = false. */
  amin(self: Tensor, dim?: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the minimum and maximum values of the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.aminmax.html} */
  aminmax(self: Tensor, options?: { dim?: number | null; keepdim?: boolean; min?: Tensor; max?: Tensor }): Results<[min: Tensor, max: Tensor], { min: Tensor; max: Tensor }>;
  /** Computes the element-wise angle (in radians) of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.angle.html} */
  angle(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  any(self: Tensor, dim: number, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  any(self: Tensor, dim: number, options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  any(self: Tensor, dim?: readonly number[] | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  any(self: Tensor, options: { dim?: readonly number[] | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  any(self: Tensor, dim?: readonly number[] | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `arange`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.arange.html} */
  arange(end: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  arange(end: Scalar, options: { out: Tensor }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  arange(start: Scalar, end: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: step = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  arange(start: Scalar, end: Scalar, step?: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: step = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  arange(start: Scalar, end: Scalar, options: { step?: Scalar; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: step = 1. */
  arange(start: Scalar, end: Scalar, step: Scalar, options: { out: Tensor }): Tensor;
  /** Defaults: step = 1. */
  arange(start: Scalar, end: Scalar, options: { step?: Scalar; out: Tensor }): Tensor;
  /** Alias for torch.acos. {@link https://docs.pytorch.org/docs/stable/generated/torch.arccos.html} */
  arccos(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.acos. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arccos_.html} */
  arccos_(self: Tensor): Tensor;
  /** Alias for torch.acosh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arccosh.html} */
  arccosh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.acosh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arccosh_.html} */
  arccosh_(self: Tensor): Tensor;
  /** Alias for torch.asin. {@link https://docs.pytorch.org/docs/stable/generated/torch.arcsin.html} */
  arcsin(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.asin. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arcsin_.html} */
  arcsin_(self: Tensor): Tensor;
  /** Alias for torch.asinh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arcsinh.html} */
  arcsinh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.asinh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arcsinh_.html} */
  arcsinh_(self: Tensor): Tensor;
  /** Alias for torch.atan. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctan.html} */
  arctan(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `arctan2`. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctan2.html} */
  arctan2(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `arctan2_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctan2_.html} */
  arctan2_(self: Tensor, other: Tensor): Tensor;
  /** In place: Alias for torch.atan. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctan_.html} */
  arctan_(self: Tensor): Tensor;
  /** Alias for torch.atanh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctanh.html} */
  arctanh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.atanh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctanh_.html} */
  arctanh_(self: Tensor): Tensor;
  /** Returns the indices of the maximum value of all elements in the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmax.html} */
  argmax(self: Tensor, dim?: number | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  argmax(self: Tensor, options: { dim?: number | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  argmax(self: Tensor, dim?: number | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the indices of the minimum value(s) of the flattened tensor or along a dimension. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmin.html} */
  argmin(self: Tensor, dim?: number | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  argmin(self: Tensor, options: { dim?: number | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false. */
  argmin(self: Tensor, dim?: number | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the indices that sort a tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argsort.html} */
  argsort(self: Tensor, dim?: number, options?: { descending?: boolean }): Tensor;
  /** Defaults: dim = -1, descending = false. */
  argsort(self: Tensor, options: { dim?: number; descending?: boolean }): Tensor;
  /** Defaults: dim = -1, descending = false. */
  argsort(self: Tensor, dim?: number, descending?: boolean): Tensor;
  /** Defaults: dim = -1, descending = false. */
  argsort(self: Tensor, options: { stable: boolean; dim?: number; descending?: boolean; out?: Tensor }): Tensor;
  /** Returns a tensor containing the indices of all non-zero elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.argwhere.html} */
  argwhere(self: Tensor): Tensor;
  /** Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storage_offset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided.html} */
  as_strided(self: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null): Tensor;
  /** Defaults: storage_offset = null. */
  as_strided(self: Tensor, size: readonly number[], stride: readonly number[], options: { storage_offset?: number | null }): Tensor;
  /** In place: Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storage_offset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.as_strided_.html} */
  as_strided_(self: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null): Tensor;
  /** Defaults: storage_offset = null. */
  as_strided_(self: Tensor, size: readonly number[], stride: readonly number[], options: { storage_offset?: number | null }): Tensor;
  /** Performs the same operation as torch.as_strided, but all output tensors are freshly created instead of aliasing the input. Defaults: storage_offset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided_copy.html} */
  as_strided_copy(self: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: storage_offset = null. */
  as_strided_copy(self: Tensor, size: readonly number[], stride: readonly number[], options: { storage_offset?: number | null; out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input along the elements corresponding to the result of calling input.as_strided(size, stride, storage_offset). Defaults: storage_offset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided_scatter.html} */
  as_strided_scatter(self: Tensor, src: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: storage_offset = null. */
  as_strided_scatter(self: Tensor, src: Tensor, size: readonly number[], stride: readonly number[], options: { storage_offset?: number | null; out?: Tensor }): Tensor;
  /** Returns a new tensor with the arcsine of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.asin.html} */
  asin(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the arcsine of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.asin_.html} */
  asin_(self: Tensor): Tensor;
  /** Returns a new tensor with the inverse hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.asinh.html} */
  asinh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.asinh_.html} */
  asinh_(self: Tensor): Tensor;
  /** Returns a new tensor with the arctangent of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.atan.html} */
  atan(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `atan2`. {@link https://docs.pytorch.org/docs/stable/generated/torch.atan2.html} */
  atan2(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `atan2_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atan2_.html} */
  atan2_(self: Tensor, other: Tensor): Tensor;
  /** In place: Returns a new tensor with the arctangent of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atan_.html} */
  atan_(self: Tensor): Tensor;
  /** Returns a new tensor with the inverse hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.atanh.html} */
  atanh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atanh_.html} */
  atanh_(self: Tensor): Tensor;
  /** Returns a 1-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_1d.html} */
  atleast_1d(self: Tensor): Tensor;
  atleast_1d(tensors: readonly Tensor[]): Tensor[];
  /** Returns a 2-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_2d.html} */
  atleast_2d(self: Tensor): Tensor;
  atleast_2d(tensors: readonly Tensor[]): Tensor[];
  /** Returns a 3-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_3d.html} */
  atleast_3d(self: Tensor): Tensor;
  atleast_3d(tensors: readonly Tensor[]): Tensor[];
  /** Applies a 1D average pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], ceil_mode = false, count_include_pad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.avg_pool1d.html} */
  avg_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0], ceil_mode = false, count_include_pad = true. */
  avg_pool1d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0], ceil_mode = false, count_include_pad = true. */
  avg_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceil_mode?: boolean, count_include_pad?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d`. Defaults: stride = [], padding = [0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html} */
  avg_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; divisor_override?: number | null; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. */
  avg_pool2d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; divisor_override?: number | null; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. */
  avg_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceil_mode?: boolean, count_include_pad?: boolean, divisor_override?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d_backward`. */
  avg_pool2d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], ceil_mode: boolean, count_include_pad: boolean, divisor_override: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `avg_pool3d`. Defaults: stride = [], padding = [0, 0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html} */
  avg_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; divisor_override?: number | null; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. */
  avg_pool3d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceil_mode?: boolean; count_include_pad?: boolean; divisor_override?: number | null; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], ceil_mode = false, count_include_pad = true, divisor_override = null. */
  avg_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceil_mode?: boolean, count_include_pad?: boolean, divisor_override?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `avg_pool3d_backward`. */
  avg_pool3d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], ceil_mode: boolean, count_include_pad: boolean, divisor_override: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** Performs a batch matrix-matrix product of matrices in batch1 and batch2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.baddbmm.html} */
  baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: beta = 1, alpha = 1. */
  baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, out_dtype: DType, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a batch matrix-matrix product of matrices in batch1 and batch2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.baddbmm_.html} */
  baddbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** Bartlett window function. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bartlett_window.html} */
  bartlett_window(window_length: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  bartlett_window(window_length: number, periodic: boolean, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  bartlett_window(window_length: number, options: { out: Tensor }): Tensor;
  bartlett_window(window_length: number, periodic: boolean, options: { out: Tensor }): Tensor;
  /** Apply Batch Normalization for each channel across a batch of data. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html} */
  batch_norm(input: Tensor, weight: Tensor | null, bias: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, training: boolean, momentum: number, eps: number, cudnn_enabled: boolean): Tensor;
  /** ATen's `batch_norm_backward`. */
  batch_norm_backward(grad_out: Tensor, input: Tensor, weight: Tensor, running_mean: Tensor | null, running_var: Tensor | null, save_mean: Tensor | null, save_var: Tensor | null, update: boolean, eps: number, output_mask: readonly boolean[], reserve: Tensor): [Tensor, Tensor, Tensor];
  /** ATen's `batch_norm_backward_elemt`. */
  batch_norm_backward_elemt(grad_out: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, sum_dy: Tensor, sum_dy_xmu: Tensor, count: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `batch_norm_backward_reduce`. */
  batch_norm_backward_reduce(grad_out: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, input_g: boolean, weight_g: boolean, bias_g: boolean, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: Tensor }): [Tensor, Tensor, Tensor, Tensor];
  /** ATen's `batch_norm_elemt`. */
  batch_norm_elemt(input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, invstd: Tensor, eps: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `batch_norm_gather_stats`. */
  batch_norm_gather_stats(input: Tensor, mean: Tensor, invstd: Tensor, running_mean: Tensor | null, running_var: Tensor | null, momentum: number, eps: number, count: number, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `batch_norm_gather_stats_with_counts`. */
  batch_norm_gather_stats_with_counts(input: Tensor, mean: Tensor, invstd: Tensor, running_mean: Tensor | null, running_var: Tensor | null, momentum: number, eps: number, counts: Tensor, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `batch_norm_stats`. */
  batch_norm_stats(input: Tensor, eps: number, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `batch_norm_update_stats`. */
  batch_norm_update_stats(input: Tensor, running_mean: Tensor | null, running_var: Tensor | null, momentum: number, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bernoulli.html} */
  bernoulli(self: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  bernoulli(self: Tensor, p: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  bernoulli(self: Tensor, p: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html} */
  bernoulli_(self: Tensor, p: Tensor, options?: { generator?: Generator | null }): Tensor;
  /** Defaults: p = 0.5, generator = null. */
  bernoulli_(self: Tensor, p?: number, options?: { generator?: Generator | null }): Tensor;
  /** Defaults: p = 0.5, generator = null. */
  bernoulli_(self: Tensor, options: { p?: number; generator?: Generator | null }): Tensor;
  /** Applies a bilinear transformation to the incoming data. Defaults: bias = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bilinear.html} */
  bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias?: Tensor | null): Tensor;
  /** Defaults: bias = null. */
  bilinear(input1: Tensor, input2: Tensor, weight: Tensor, options: { bias?: Tensor | null }): Tensor;
  /** Compute Binary Cross Entropy between the target and input probabilities. Defaults: weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html} */
  binary_cross_entropy(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  binary_cross_entropy(self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  binary_cross_entropy(self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** ATen's `binary_cross_entropy_backward`. Defaults: weight = null, reduction = "mean". */
  binary_cross_entropy_backward(grad_output: Tensor, self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; grad_input?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  binary_cross_entropy_backward(grad_output: Tensor, self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; grad_input?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  binary_cross_entropy_backward(grad_output: Tensor, self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, options?: { grad_input?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between target and input logits. Defaults: weight = null, pos_weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html} */
  binary_cross_entropy_with_logits(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { pos_weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: weight = null, pos_weight = null, reduction = "mean". */
  binary_cross_entropy_with_logits(self: Tensor, target: Tensor, options: { weight?: Tensor | null; pos_weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: weight = null, pos_weight = null, reduction = "mean". */
  binary_cross_entropy_with_logits(self: Tensor, target: Tensor, weight?: Tensor | null, pos_weight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Count the frequency of each value in an array of non-negative ints. Defaults: weights = null, minlength = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.bincount.html} */
  bincount(self: Tensor, weights?: Tensor | null, options?: { minlength?: number; out?: Tensor }): Tensor;
  /** Defaults: weights = null, minlength = 0. */
  bincount(self: Tensor, options: { weights?: Tensor | null; minlength?: number; out?: Tensor }): Tensor;
  /** Defaults: weights = null, minlength = 0. */
  bincount(self: Tensor, weights?: Tensor | null, minlength?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `binomial`. Defaults: generator = null. */
  binomial(count: Tensor, prob: Tensor, generator?: Generator | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  binomial(count: Tensor, prob: Tensor, options: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_and.html} */
  bitwise_and(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_and(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  bitwise_and(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_and_.html} */
  bitwise_and_(self: Tensor, other: Tensor): Tensor;
  bitwise_and_(self: Tensor, other: Scalar): Tensor;
  /** Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_left_shift.html} */
  bitwise_left_shift(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_left_shift(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_left_shift(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_left_shift_.html} */
  bitwise_left_shift_(self: Tensor, other: Tensor): Tensor;
  bitwise_left_shift_(self: Tensor, other: Scalar): Tensor;
  /** Computes the bitwise NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_not.html} */
  bitwise_not(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the bitwise NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_not_.html} */
  bitwise_not_(self: Tensor): Tensor;
  /** Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_or.html} */
  bitwise_or(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_or(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  bitwise_or(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_or_.html} */
  bitwise_or_(self: Tensor, other: Tensor): Tensor;
  bitwise_or_(self: Tensor, other: Scalar): Tensor;
  /** Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_right_shift.html} */
  bitwise_right_shift(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_right_shift(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_right_shift(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_right_shift_.html} */
  bitwise_right_shift_(self: Tensor, other: Tensor): Tensor;
  bitwise_right_shift_(self: Tensor, other: Scalar): Tensor;
  /** Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_xor.html} */
  bitwise_xor(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  bitwise_xor(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  bitwise_xor(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_xor_.html} */
  bitwise_xor_(self: Tensor, other: Tensor): Tensor;
  bitwise_xor_(self: Tensor, other: Scalar): Tensor;
  /** Blackman window function. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.blackman_window.html} */
  blackman_window(window_length: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  blackman_window(window_length: number, periodic: boolean, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  blackman_window(window_length: number, options: { out: Tensor }): Tensor;
  blackman_window(window_length: number, periodic: boolean, options: { out: Tensor }): Tensor;
  /** Create a block diagonal matrix from provided tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.block_diag.html} */
  block_diag(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Performs a batch matrix-matrix product of matrices stored in input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.bmm.html} */
  bmm(self: Tensor, mat2: Tensor, options?: { out?: Tensor }): Tensor;
  bmm(self: Tensor, mat2: Tensor, out_dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Broadcasts the given tensors according to broadcasting-semantics. {@link https://docs.pytorch.org/docs/stable/generated/torch.broadcast_tensors.html} */
  broadcast_tensors(tensors: readonly Tensor[]): Tensor[];
  /** ATen's `broadcast_to`. {@link https://docs.pytorch.org/docs/stable/generated/torch.broadcast_to.html} */
  broadcast_to(self: Tensor, size: readonly number[]): Tensor;
  /** Returns the indices of the buckets to which each value in the input belongs, where the boundaries of the buckets are set by boundaries. Defaults: out_int32 = false, right = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.bucketize.html} */
  bucketize(self: Tensor, boundaries: Tensor, options?: { out_int32?: boolean; right?: boolean; out?: Tensor }): Tensor;
  /** Defaults: out_int32 = false, right = false. */
  bucketize(self: Scalar, boundaries: Tensor, options?: { out_int32?: boolean; right?: boolean; out?: Tensor }): Tensor;
  /** Determines if a type conversion is allowed under PyTorch casting rules described in the type promotion documentation. {@link https://docs.pytorch.org/docs/stable/generated/torch.can_cast.html} */
  can_cast(from_: DType, to: DType): boolean;
  /** Do cartesian product of the given sequence of tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.cartesian_prod.html} */
  cartesian_prod(tensors: readonly Tensor[]): Tensor;
  /** Concatenates the given sequence of tensors in tensors in the given dimension. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.cat.html} */
  cat(tensors: readonly Tensor[], dim?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = 0. */
  cat(tensors: readonly Tensor[], options: { dim?: number; out?: Tensor }): Tensor;
  /** ATen's `cauchy`. Defaults: median = 0, sigma = 1, generator = null. */
  cauchy(self: Tensor, median?: number, options?: { sigma?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: median = 0, sigma = 1, generator = null. */
  cauchy(self: Tensor, options: { median?: number; sigma?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: median = 0, sigma = 1, generator = null. */
  cauchy(self: Tensor, median?: number, sigma?: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills the tensor with numbers drawn from the Cauchy distribution. Defaults: median = 0, sigma = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cauchy_.html} */
  cauchy_(self: Tensor, median?: number, options?: { sigma?: number; generator?: Generator | null }): Tensor;
  /** Defaults: median = 0, sigma = 1, generator = null. */
  cauchy_(self: Tensor, options: { median?: number; sigma?: number; generator?: Generator | null }): Tensor;
  /** Defaults: median = 0, sigma = 1, generator = null. */
  cauchy_(self: Tensor, median?: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
  /** ATen's `ccol_indices`. */
  ccol_indices(self: Tensor): Tensor;
  /** ATen's `ccol_indices_copy`. */
  ccol_indices_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes batched the p-norm distance between each pair of the two collections of row vectors. Defaults: p = 2, compute_mode = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cdist.html} */
  cdist(x1: Tensor, x2: Tensor, p?: number, options?: { compute_mode?: number | null }): Tensor;
  /** Defaults: p = 2, compute_mode = null. */
  cdist(x1: Tensor, x2: Tensor, options: { p?: number; compute_mode?: number | null }): Tensor;
  /** Defaults: p = 2, compute_mode = null. */
  cdist(x1: Tensor, x2: Tensor, p?: number, compute_mode?: number | null): Tensor;
  /** Returns a new tensor with the ceil of the elements of input, the smallest integer greater than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.ceil.html} */
  ceil(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the ceil of the elements of input, the smallest integer greater than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ceil_.html} */
  ceil_(self: Tensor): Tensor;
  /** ATen's `celu`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.celu.html} */
  celu(self: Tensor, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  celu(self: Tensor, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `celu_`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.celu_.html} */
  celu_(self: Tensor, alpha?: Scalar): Tensor;
  /** Defaults: alpha = 1. */
  celu_(self: Tensor, options: { alpha?: Scalar }): Tensor;
  /** Returns the matrix product of the N 2-D tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.chain_matmul.html} */
  chain_matmul(matrices: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** `self.chalf()` is equivalent to `self.to(torch.complex32)`. Defaults: memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.chalf.html} */
  chalf(self: Tensor, options?: { memory_format?: MemoryFormat | null }): Tensor;
  /** ATen's `channel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.channel_shuffle.html} */
  channel_shuffle(self: Tensor, groups: number, options?: { out?: Tensor }): Tensor;
  /** Computes the Cholesky decomposition of a symmetric positive-definite matrix A or for batches of symmetric positive-definite matrices. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky.html} */
  cholesky(self: Tensor, upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: upper = false. */
  cholesky(self: Tensor, options: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the inverse of a complex Hermitian or real symmetric positive-definite matrix given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_inverse.html} */
  cholesky_inverse(self: Tensor, upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: upper = false. */
  cholesky_inverse(self: Tensor, options: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the solution of a system of linear equations with complex Hermitian or real symmetric positive-definite lhs given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_solve.html} */
  cholesky_solve(self: Tensor, input2: Tensor, upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: upper = false. */
  cholesky_solve(self: Tensor, input2: Tensor, options: { upper?: boolean; out?: Tensor }): Tensor;
  /** ATen's `choose_qparams_optimized`. */
  choose_qparams_optimized(input: Tensor, numel: number, n_bins: number, ratio: number, bit_width: number): [Tensor, Tensor];
  /** Attempts to split a tensor into the specified number of chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.chunk.html} */
  chunk(self: Tensor, chunks: number, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  chunk(self: Tensor, chunks: number, options: { dim?: number }): Tensor[];
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(self: Tensor, min?: Scalar | null, options?: { max?: Scalar | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp(self: Tensor, options: { min?: Scalar | null; max?: Scalar | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp(self: Tensor, min?: Scalar | null, max?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp(self: Tensor, min?: Tensor | null, options?: { max?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp(self: Tensor, options: { min?: Tensor | null; max?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp(self: Tensor, min?: Tensor | null, max?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(self: Tensor, min?: Scalar | null, options?: { max?: Scalar | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp_(self: Tensor, options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp_(self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
  /** Defaults: min = null, max = null. */
  clamp_(self: Tensor, min?: Tensor | null, options?: { max?: Tensor | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp_(self: Tensor, options: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clamp_(self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  /** ATen's `clamp_max`. */
  clamp_max(self: Tensor, max: Tensor, options?: { out?: Tensor }): Tensor;
  clamp_max(self: Tensor, max: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_max_`. */
  clamp_max_(self: Tensor, max: Tensor): Tensor;
  clamp_max_(self: Tensor, max: Scalar): Tensor;
  /** ATen's `clamp_min`. */
  clamp_min(self: Tensor, min: Tensor, options?: { out?: Tensor }): Tensor;
  clamp_min(self: Tensor, min: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_min_`. */
  clamp_min_(self: Tensor, min: Tensor): Tensor;
  clamp_min_(self: Tensor, min: Scalar): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(self: Tensor, min?: Scalar | null, options?: { max?: Scalar | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clip(self: Tensor, options: { min?: Scalar | null; max?: Scalar | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clip(self: Tensor, min?: Scalar | null, max?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clip(self: Tensor, min?: Tensor | null, options?: { max?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clip(self: Tensor, options: { min?: Tensor | null; max?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: min = null, max = null. */
  clip(self: Tensor, min?: Tensor | null, max?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(self: Tensor, min?: Scalar | null, options?: { max?: Scalar | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clip_(self: Tensor, options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clip_(self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
  /** Defaults: min = null, max = null. */
  clip_(self: Tensor, min?: Tensor | null, options?: { max?: Tensor | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clip_(self: Tensor, options: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  /** Defaults: min = null, max = null. */
  clip_(self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  /** Returns a copy of input. Defaults: memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clone.html} */
  clone(self: Tensor, options?: { memory_format?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** Returns a coalesced copy of self if self is an uncoalesced tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.coalesce.html} */
  coalesce(self: Tensor): Tensor;
  /** ATen's `col2im`. */
  col2im(self: Tensor, output_size: number | readonly number[], kernel_size: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Returns the tensor containing the column indices of the self tensor when self is a sparse CSR tensor of layout `sparse_csr`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.col_indices.html} */
  col_indices(self: Tensor): Tensor;
  /** Performs the same operation as torch.col_indices, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.col_indices_copy.html} */
  col_indices_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Creates a new tensor by horizontally stacking the tensors in tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.column_stack.html} */
  column_stack(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Compute combinations of length r of the given tensor. Defaults: r = 2, with_replacement = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.combinations.html} */
  combinations(self: Tensor, r?: number, options?: { with_replacement?: boolean }): Tensor;
  /** Defaults: r = 2, with_replacement = false. */
  combinations(self: Tensor, options: { r?: number; with_replacement?: boolean }): Tensor;
  /** Defaults: r = 2, with_replacement = false. */
  combinations(self: Tensor, r?: number, with_replacement?: boolean): Tensor;
  /** Constructs a complex tensor with its real part equal to real and its imaginary part equal to imag. {@link https://docs.pytorch.org/docs/stable/generated/torch.complex.html} */
  complex(real: Tensor, imag: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias of torch.cat. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.concat.html} */
  concat(tensors: readonly Tensor[], dim?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = 0. */
  concat(tensors: readonly Tensor[], options: { dim?: number; out?: Tensor }): Tensor;
  /** Alias of torch.cat. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.concatenate.html} */
  concatenate(tensors: readonly Tensor[], dim?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = 0. */
  concatenate(tensors: readonly Tensor[], options: { dim?: number; out?: Tensor }): Tensor;
  /** Returns a view of input with a flipped conjugate bit. {@link https://docs.pytorch.org/docs/stable/generated/torch.conj.html} */
  conj(self: Tensor): Tensor;
  /** Computes the element-wise conjugate of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.conj_physical.html} */
  conj_physical(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise conjugate of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.conj_physical_.html} */
  conj_physical_(self: Tensor): Tensor;
  /** ATen's `constant_pad_nd`. Defaults: value = 0. */
  constant_pad_nd(self: Tensor, pad: readonly number[], value?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: value = 0. */
  constant_pad_nd(self: Tensor, pad: readonly number[], options: { value?: Scalar; out?: Tensor }): Tensor;
  /** Returns a contiguous in memory tensor containing the same data as self tensor. Defaults: memory_format = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.contiguous.html} */
  contiguous(self: Tensor, options?: { memory_format?: MemoryFormat }): Tensor;
  /** Applies a 1D convolution over an input signal composed of several input planes. Defaults: bias = null, stride = [1], padding = [0], dilation = [1], groups = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv1d.html} */
  conv1d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = [0], dilation = [1], groups = 1. */
  conv1d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = [0], dilation = [1], groups = 1. */
  conv1d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number): Tensor;
  /** Defaults: bias = null, stride = [1], padding = "valid", dilation = [1], groups = 1. */
  conv1d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = "valid", dilation = [1], groups = 1. */
  conv1d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = "valid", dilation = [1], groups = 1. */
  conv1d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number): Tensor;
  /** Applies a 2D convolution over an input image composed of several input planes. Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv2d.html} */
  conv2d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1. */
  conv2d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1. */
  conv2d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = "valid", dilation = [1, 1], groups = 1. */
  conv2d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = "valid", dilation = [1, 1], groups = 1. */
  conv2d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = "valid", dilation = [1, 1], groups = 1. */
  conv2d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number): Tensor;
  /** Applies a 3D convolution over an input image composed of several input planes. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1], groups = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv3d.html} */
  conv3d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1], groups = 1. */
  conv3d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1], groups = 1. */
  conv3d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: number): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = "valid", dilation = [1, 1, 1], groups = 1. */
  conv3d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = "valid", dilation = [1, 1, 1], groups = 1. */
  conv3d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: string; dilation?: number | readonly number[]; groups?: number }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = "valid", dilation = [1, 1, 1], groups = 1. */
  conv3d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: number): Tensor;
  /** ATen's `conv_depthwise3d`. */
  conv_depthwise3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Applies a 1-dimensional sequence convolution over an input sequence. Defaults: pad = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_tbc.html} */
  conv_tbc(self: Tensor, weight: Tensor, bias: Tensor, pad?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: pad = 0. */
  conv_tbc(self: Tensor, weight: Tensor, bias: Tensor, options: { pad?: number; out?: Tensor }): Tensor;
  /** ATen's `conv_tbc_backward`. */
  conv_tbc_backward(self: Tensor, input: Tensor, weight: Tensor, bias: Tensor, pad: number): [Tensor, Tensor, Tensor];
  /** Applies a 1D transposed convolution operator over an input signal composed of several input planes, sometimes also called "deconvolution". Defaults: bias = null, stride = [1], padding = [0], output_padding = [0], groups = 1, dilation = [1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_transpose1d.html} */
  conv_transpose1d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = [0], output_padding = [0], groups = 1, dilation = [1]. */
  conv_transpose1d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1], padding = [0], output_padding = [0], groups = 1, dilation = [1]. */
  conv_transpose1d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], output_padding?: number | readonly number[], groups?: number, dilation?: number | readonly number[]): Tensor;
  /** Applies a 2D transposed convolution operator over an input image composed of several input planes, sometimes also called "deconvolution". Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], groups = 1, dilation = [1, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_transpose2d.html} */
  conv_transpose2d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], groups = 1, dilation = [1, 1]. */
  conv_transpose2d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], groups = 1, dilation = [1, 1]. */
  conv_transpose2d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], output_padding?: number | readonly number[], groups?: number, dilation?: number | readonly number[]): Tensor;
  /** Applies a 3D transposed convolution operator over an input image composed of several input planes, sometimes also called "deconvolution". Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], groups = 1, dilation = [1, 1, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_transpose3d.html} */
  conv_transpose3d(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], groups = 1, dilation = [1, 1, 1]. */
  conv_transpose3d(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; groups?: number; dilation?: number | readonly number[] }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], groups = 1, dilation = [1, 1, 1]. */
  conv_transpose3d(input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], output_padding?: number | readonly number[], groups?: number, dilation?: number | readonly number[]): Tensor;
  /** ATen's `convolution`. */
  convolution(input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, output_padding: readonly number[], groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `convolution_backward`. */
  convolution_backward(grad_output: Tensor, input: Tensor, weight: Tensor, bias_sizes: readonly number[] | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, output_padding: readonly number[], groups: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `convolution_backward_overrideable`. */
  convolution_backward_overrideable(grad_output: Tensor, input: Tensor, weight: Tensor, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, output_padding: readonly number[], groups: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): Results<[grad_input: Tensor, grad_weight: Tensor, grad_bias: Tensor], { grad_input: Tensor; grad_weight: Tensor; grad_bias: Tensor }>;
  /** ATen's `convolution_overrideable`. */
  convolution_overrideable(input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, output_padding: readonly number[], groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `copy`. Defaults: non_blocking = false. */
  copy(self: Tensor, src: Tensor, non_blocking?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: non_blocking = false. */
  copy(self: Tensor, src: Tensor, options: { non_blocking?: boolean; out?: Tensor }): Tensor;
  /** In place: Copies the elements from src into self tensor and returns self. Defaults: non_blocking = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copy_.html} */
  copy_(self: Tensor, src: Tensor, non_blocking?: boolean): Tensor;
  /** Defaults: non_blocking = false. */
  copy_(self: Tensor, src: Tensor, options: { non_blocking?: boolean }): Tensor;
  /** ATen's `copy_sparse_to_sparse`. Defaults: non_blocking = false. */
  copy_sparse_to_sparse(self: Tensor, src: Tensor, non_blocking?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: non_blocking = false. */
  copy_sparse_to_sparse(self: Tensor, src: Tensor, options: { non_blocking?: boolean; out?: Tensor }): Tensor;
  /** ATen's `copy_sparse_to_sparse_`. Defaults: non_blocking = false. */
  copy_sparse_to_sparse_(self: Tensor, src: Tensor, non_blocking?: boolean): Tensor;
  /** Defaults: non_blocking = false. */
  copy_sparse_to_sparse_(self: Tensor, src: Tensor, options: { non_blocking?: boolean }): Tensor;
  /** Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.copysign.html} */
  copysign(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  copysign(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copysign_.html} */
  copysign_(self: Tensor, other: Tensor): Tensor;
  copysign_(self: Tensor, other: Scalar): Tensor;
  /** Estimates the Pearson product-moment correlation coefficient matrix of the variables given by the input matrix, where rows are the variables and columns are the observations. {@link https://docs.pytorch.org/docs/stable/generated/torch.corrcoef.html} */
  corrcoef(self: Tensor): Tensor;
  /** Returns a new tensor with the cosine of the elements of input given in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.cos.html} */
  cos(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the cosine of the elements of input given in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cos_.html} */
  cos_(self: Tensor): Tensor;
  /** Returns a new tensor with the hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.cosh.html} */
  cosh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cosh_.html} */
  cosh_(self: Tensor): Tensor;
  /** Compute the cosine embedding loss. Defaults: margin = 0, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_embedding_loss.html} */
  cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, options?: { reduction?: Reduction }): Tensor;
  /** Defaults: margin = 0, reduction = "mean". */
  cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, options: { margin?: number; reduction?: Reduction }): Tensor;
  /** Defaults: margin = 0, reduction = "mean". */
  cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: Reduction): Tensor;
  /** Returns cosine similarity between `x1` and `x2`, computed along dim. Defaults: dim = 1, eps = 1e-8. {@link https://docs.pytorch.org/docs/stable/generated/torch.cosine_similarity.html} */
  cosine_similarity(x1: Tensor, x2: Tensor, dim?: number, options?: { eps?: number }): Tensor;
  /** Defaults: dim = 1, eps = 1e-8. */
  cosine_similarity(x1: Tensor, x2: Tensor, options: { dim?: number; eps?: number }): Tensor;
  /** Defaults: dim = 1, eps = 1e-8. */
  cosine_similarity(x1: Tensor, x2: Tensor, dim?: number, eps?: number): Tensor;
  /** Counts the number of non-zero values in the tensor input along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  count_nonzero(self: Tensor, dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = null. */
  count_nonzero(self: Tensor, options: { dim?: number | null; out?: Tensor }): Tensor;
  count_nonzero(self: Tensor, dim: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Estimates the covariance matrix of the variables given by the input matrix, where rows are the variables and columns are the observations. Defaults: correction = 1, fweights = null, aweights = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cov.html} */
  cov(self: Tensor, options?: { correction?: number; fweights?: Tensor | null; aweights?: Tensor | null }): Tensor;
  /** Returns the cross product of vectors in dimension dim of input and other. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cross.html} */
  cross(self: Tensor, other: Tensor, dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = null. */
  cross(self: Tensor, other: Tensor, options: { dim?: number | null; out?: Tensor }): Tensor;
  /** ATen's `cross_entropy_loss`. Defaults: weight = null, reduction = "mean", ignore_index = -100, label_smoothing = 0. */
  cross_entropy_loss(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignore_index?: number; label_smoothing?: number }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100, label_smoothing = 0. */
  cross_entropy_loss(self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignore_index?: number; label_smoothing?: number }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100, label_smoothing = 0. */
  cross_entropy_loss(self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignore_index?: number, label_smoothing?: number): Tensor;
  /** Returns the tensor containing the compressed row indices of the self tensor when self is a sparse CSR tensor of layout `sparse_csr`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.crow_indices.html} */
  crow_indices(self: Tensor): Tensor;
  /** Performs the same operation as torch.crow_indices, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.crow_indices_copy.html} */
  crow_indices_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Compute the Connectionist Temporal Classification loss. Defaults: blank = 0, reduction = "mean", zero_infinity = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.ctc_loss.html} */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: readonly number[], target_lengths: readonly number[], blank?: number, options?: { reduction?: Reduction; zero_infinity?: boolean }): Tensor;
  /** Defaults: blank = 0, reduction = "mean", zero_infinity = false. */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: readonly number[], target_lengths: readonly number[], options: { blank?: number; reduction?: Reduction; zero_infinity?: boolean }): Tensor;
  /** Defaults: blank = 0, reduction = "mean", zero_infinity = false. */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: readonly number[], target_lengths: readonly number[], blank?: number, reduction?: Reduction, zero_infinity?: boolean): Tensor;
  /** Defaults: blank = 0, reduction = "mean", zero_infinity = false. */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, blank?: number, options?: { reduction?: Reduction; zero_infinity?: boolean }): Tensor;
  /** Defaults: blank = 0, reduction = "mean", zero_infinity = false. */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, options: { blank?: number; reduction?: Reduction; zero_infinity?: boolean }): Tensor;
  /** Defaults: blank = 0, reduction = "mean", zero_infinity = false. */
  ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, blank?: number, reduction?: Reduction, zero_infinity?: boolean): Tensor;
  /** ATen's `cudnn_affine_grid_generator`. */
  cudnn_affine_grid_generator(theta: Tensor, N: number, C: number, H: number, W: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_affine_grid_generator_backward`. */
  cudnn_affine_grid_generator_backward(grad: Tensor, N: number, C: number, H: number, W: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_batch_norm`. */
  cudnn_batch_norm(input: Tensor, weight: Tensor, bias: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, training: boolean, exponential_average_factor: number, epsilon: number, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: Tensor }): [Tensor, Tensor, Tensor, Tensor];
  /** ATen's `cudnn_batch_norm_backward`. */
  cudnn_batch_norm_backward(input: Tensor, grad_output: Tensor, weight: Tensor, running_mean: Tensor | null, running_var: Tensor | null, save_mean: Tensor | null, save_var: Tensor | null, epsilon: number, reserveSpace: Tensor, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `cudnn_convolution`. */
  cudnn_convolution(self: Tensor, weight: Tensor, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, benchmark: boolean, deterministic: boolean, allow_tf32: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_convolution_add_relu`. */
  cudnn_convolution_add_relu(self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_convolution_relu`. */
  cudnn_convolution_relu(self: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_convolution_transpose`. */
  cudnn_convolution_transpose(self: Tensor, weight: Tensor, padding: readonly number[], output_padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, benchmark: boolean, deterministic: boolean, allow_tf32: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_grid_sampler`. */
  cudnn_grid_sampler(self: Tensor, grid: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `cudnn_grid_sampler_backward`. */
  cudnn_grid_sampler_backward(self: Tensor, grid: Tensor, grad_output: Tensor, options?: { out0?: Tensor; out1?: Tensor }): Results<[grad_self: Tensor, grad_grid: Tensor], { grad_self: Tensor; grad_grid: Tensor }>;
  /** ATen's `cudnn_is_acceptable`. */
  cudnn_is_acceptable(self: Tensor): boolean;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummax.html} */
  cummax(self: Tensor, dim: number, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** ATen's `cummaxmin_backward`. */
  cummaxmin_backward(grad: Tensor, input: Tensor, indices: Tensor, dim: number): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummin.html} */
  cummin(self: Tensor, dim: number, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumprod.html} */
  cumprod(self: Tensor, dim: number, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** In place: Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumprod_.html} */
  cumprod_(self: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  /** ATen's `cumprod_backward`. */
  cumprod_backward(grad: Tensor, input: Tensor, dim: number, output: Tensor): Tensor;
  /** Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumsum.html} */
  cumsum(self: Tensor, dim: number, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** In place: Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumsum_.html} */
  cumsum_(self: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  /** Cumulatively computes the trapezoidal rule along dim. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumulative_trapezoid.html} */
  cumulative_trapezoid(y: Tensor, x: Tensor, options?: { dim?: number }): Tensor;
  /** Defaults: dx = 1, dim = -1. */
  cumulative_trapezoid(y: Tensor, options?: { dx?: Scalar; dim?: number }): Tensor;
  /** ATen's `data`. */
  data(self: Tensor): Tensor;
  /** Returns a new tensor with each of the elements of input converted from angles in degrees to radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.deg2rad.html} */
  deg2rad(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with each of the elements of input converted from angles in degrees to radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.deg2rad_.html} */
  deg2rad_(self: Tensor): Tensor;
  /** Return the number of dense dimensions in a sparse tensor self. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.dense_dim.html} */
  dense_dim(self: Tensor): number;
  /** Returns an fp32 Tensor by dequantizing a quantized Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.dequantize.html} */
  dequantize(self: Tensor, options?: { out?: Tensor }): Tensor;
  dequantize(tensors: readonly Tensor[], options?: { out?: readonly Tensor[] }): Tensor[];
  /** Alias for torch.linalg.det. {@link https://docs.pytorch.org/docs/stable/generated/torch.det.html} */
  det(self: Tensor): Tensor;
  /** Returns a new Tensor, detached from the current graph. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.detach.html} */
  detach(self: Tensor): Tensor;
  /** In place: Detaches the Tensor from the graph that created it, making it a leaf. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.detach_.html} */
  detach_(self: Tensor): Tensor;
  /** Performs the same operation as torch.detach, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.detach_copy.html} */
  detach_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag.html} */
  diag(self: Tensor, diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: diagonal = 0. */
  diag(self: Tensor, options: { diagonal?: number; out?: Tensor }): Tensor;
  /** Creates a tensor whose diagonals of certain 2D planes (specified by dim1 and dim2) are filled by input. Defaults: offset = 0, dim1 = -2, dim2 = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html} */
  diag_embed(self: Tensor, offset?: number, options?: { dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = -2, dim2 = -1. */
  diag_embed(self: Tensor, options: { offset?: number; dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = -2, dim2 = -1. */
  diag_embed(self: Tensor, offset?: number, dim1?: number, dim2?: number, options?: { out?: Tensor }): Tensor;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: offset = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagflat.html} */
  diagflat(self: Tensor, offset?: number): Tensor;
  /** Defaults: offset = 0. */
  diagflat(self: Tensor, options: { offset?: number }): Tensor;
  /** Returns a partial view of input with the its diagonal elements with respect to dim1 and dim2 appended as a dimension at the end of the shape. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html} */
  diagonal(self: Tensor, offset?: number, options?: { dim1?: number; dim2?: number }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal(self: Tensor, options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal(self: Tensor, offset?: number, dim1?: number, dim2?: number): Tensor;
  /** ATen's `diagonal_backward`. */
  diagonal_backward(grad_output: Tensor, input_sizes: readonly number[], offset: number, dim1: number, dim2: number, options?: { out?: Tensor }): Tensor;
  /** Performs the same operation as torch.diagonal, but all output tensors are freshly created instead of aliasing the input. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal_copy.html} */
  diagonal_copy(self: Tensor, offset?: number, options?: { dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal_copy(self: Tensor, options: { offset?: number; dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal_copy(self: Tensor, offset?: number, dim1?: number, dim2?: number, options?: { out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input along the diagonal elements of input, with respect to dim1 and dim2. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal_scatter.html} */
  diagonal_scatter(self: Tensor, src: Tensor, offset?: number, options?: { dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal_scatter(self: Tensor, src: Tensor, options: { offset?: number; dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Defaults: offset = 0, dim1 = 0, dim2 = 1. */
  diagonal_scatter(self: Tensor, src: Tensor, offset?: number, dim1?: number, dim2?: number, options?: { out?: Tensor }): Tensor;
  /** Computes the n-th forward difference along the given dimension. Defaults: n = 1, dim = -1, prepend = null, append = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.diff.html} */
  diff(self: Tensor, n?: number, options?: { dim?: number; prepend?: Tensor | null; append?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: n = 1, dim = -1, prepend = null, append = null. */
  diff(self: Tensor, options: { n?: number; dim?: number; prepend?: Tensor | null; append?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: n = 1, dim = -1, prepend = null, append = null. */
  diff(self: Tensor, n?: number, dim?: number, prepend?: Tensor | null, append?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.digamma.html} */
  digamma(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.digamma_.html} */
  digamma_(self: Tensor): Tensor;
  /** Returns the number of dimensions of self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.dim.html} */
  dim(self: Tensor): number;
  /** Returns the p-norm of (input - other). Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.dist.html} */
  dist(self: Tensor, other: Tensor, p?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: p = 2. */
  dist(self: Tensor, other: Tensor, options: { p?: Scalar; out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  div(self: Tensor, other: Tensor, options: { rounding_mode: string | null; out?: Tensor }): Tensor;
  div(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  div(self: Tensor, other: Scalar, options: { rounding_mode: string | null; out?: Tensor }): Tensor;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(self: Tensor, other: Tensor): Tensor;
  div_(self: Tensor, other: Tensor, options: { rounding_mode: string | null }): Tensor;
  div_(self: Tensor, other: Scalar): Tensor;
  div_(self: Tensor, other: Scalar, options: { rounding_mode: string | null }): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  divide(self: Tensor, other: Tensor, options: { rounding_mode: string | null; out?: Tensor }): Tensor;
  divide(self: Tensor, other: Scalar): Tensor;
  divide(self: Tensor, other: Scalar, options: { rounding_mode: string | null }): Tensor;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(self: Tensor, other: Tensor): Tensor;
  divide_(self: Tensor, other: Tensor, options: { rounding_mode: string | null }): Tensor;
  divide_(self: Tensor, other: Scalar): Tensor;
  divide_(self: Tensor, other: Scalar, options: { rounding_mode: string | null }): Tensor;
  /** Computes the dot product of two 1D tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.dot.html} */
  dot(self: Tensor, tensor: Tensor, options?: { out?: Tensor }): Tensor;
  /** During training, randomly zeroes some elements of the input tensor with probability p. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html} */
  dropout(input: Tensor, p: number, train: boolean): Tensor;
  /** In place: During training, randomly zeroes some elements of the input tensor with probability p. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html} */
  dropout_(self: Tensor, p: number, train: boolean): Tensor;
  /** Splits input, a tensor with three or more dimensions, into multiple tensors depthwise according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.dsplit.html} */
  dsplit(self: Tensor, indices: readonly number[]): Tensor[];
  dsplit(self: Tensor, sections: number): Tensor[];
  /** Stack tensors in sequence depthwise (along third axis). {@link https://docs.pytorch.org/docs/stable/generated/torch.dstack.html} */
  dstack(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Sums the product of the elements of the input operands along dimensions specified using a notation based on the Einstein summation convention. Defaults: path = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.einsum.html} */
  einsum(equation: string, tensors: readonly Tensor[], options?: { path?: readonly number[] | null }): Tensor;
  /** Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, input_scale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu.html} */
  elu(self: Tensor, alpha?: Scalar, options?: { scale?: Scalar; input_scale?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1, scale = 1, input_scale = 1. */
  elu(self: Tensor, options: { alpha?: Scalar; scale?: Scalar; input_scale?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1, scale = 1, input_scale = 1. */
  elu(self: Tensor, alpha?: Scalar, scale?: Scalar, input_scale?: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, input_scale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu_.html} */
  elu_(self: Tensor, alpha?: Scalar, options?: { scale?: Scalar; input_scale?: Scalar }): Tensor;
  /** Defaults: alpha = 1, scale = 1, input_scale = 1. */
  elu_(self: Tensor, options: { alpha?: Scalar; scale?: Scalar; input_scale?: Scalar }): Tensor;
  /** Defaults: alpha = 1, scale = 1, input_scale = 1. */
  elu_(self: Tensor, alpha?: Scalar, scale?: Scalar, input_scale?: Scalar): Tensor;
  /** ATen's `elu_backward`. */
  elu_backward(grad_output: Tensor, alpha: Scalar, scale: Scalar, input_scale: Scalar, is_result: boolean, self_or_result: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Generate a simple lookup table that looks up embeddings in a fixed dictionary and size. Defaults: padding_idx = -1, scale_grad_by_freq = false, sparse = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html} */
  embedding(weight: Tensor, indices: Tensor, padding_idx?: number, options?: { scale_grad_by_freq?: boolean; sparse?: boolean; out?: Tensor }): Tensor;
  /** Defaults: padding_idx = -1, scale_grad_by_freq = false, sparse = false. */
  embedding(weight: Tensor, indices: Tensor, options: { padding_idx?: number; scale_grad_by_freq?: boolean; sparse?: boolean; out?: Tensor }): Tensor;
  /** Defaults: padding_idx = -1, scale_grad_by_freq = false, sparse = false. */
  embedding(weight: Tensor, indices: Tensor, padding_idx?: number, scale_grad_by_freq?: boolean, sparse?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `embedding_backward`. */
  embedding_backward(grad: Tensor, indices: Tensor, num_weights: number, padding_idx: number, scale_grad_by_freq: boolean, sparse: boolean): Tensor;
  /** Compute sums, means or maxes of `bags` of embeddings. Defaults: scale_grad_by_freq = false, mode = 0, sparse = false, per_sample_weights = null, include_last_offset = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html} */
  embedding_bag(weight: Tensor, indices: Tensor, offsets: Tensor, scale_grad_by_freq?: boolean, options?: { mode?: number; sparse?: boolean; per_sample_weights?: Tensor | null; include_last_offset?: boolean }): [Tensor, Tensor, Tensor, Tensor];
  /** Defaults: scale_grad_by_freq = false, mode = 0, sparse = false, per_sample_weights = null, include_last_offset = false. */
  embedding_bag(weight: Tensor, indices: Tensor, offsets: Tensor, options: { scale_grad_by_freq?: boolean; mode?: number; sparse?: boolean; per_sample_weights?: Tensor | null; include_last_offset?: boolean }): [Tensor, Tensor, Tensor, Tensor];
  /** Defaults: scale_grad_by_freq = false, mode = 0, sparse = false, per_sample_weights = null, include_last_offset = false. */
  embedding_bag(weight: Tensor, indices: Tensor, offsets: Tensor, scale_grad_by_freq?: boolean, mode?: number, sparse?: boolean, per_sample_weights?: Tensor | null, include_last_offset?: boolean): [Tensor, Tensor, Tensor, Tensor];
  embedding_bag(weight: Tensor, indices: Tensor, offsets: Tensor, scale_grad_by_freq: boolean, mode: number, sparse: boolean, per_sample_weights: Tensor | null, include_last_offset: boolean, padding_idx: number | null): [Tensor, Tensor, Tensor, Tensor];
  /** ATen's `embedding_dense_backward`. */
  embedding_dense_backward(grad_output: Tensor, indices: Tensor, num_weights: number, padding_idx: number, scale_grad_by_freq: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `embedding_renorm`. */
  embedding_renorm(self: Tensor, indices: Tensor, max_norm: number, norm_type: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `embedding_renorm_`. */
  embedding_renorm_(self: Tensor, indices: Tensor, max_norm: number, norm_type: number): Tensor;
  /** ATen's `embedding_sparse_backward`. */
  embedding_sparse_backward(grad: Tensor, indices: Tensor, num_weights: number, padding_idx: number, scale_grad_by_freq: boolean): Tensor;
  /** Returns a tensor filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty.html} */
  empty(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  empty(size: readonly number[], options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns an uninitialized tensor with the same size as input. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty_like.html} */
  empty_like(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  empty_like(self: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** ATen's `empty_permuted`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty_permuted.html} */
  empty_permuted(size: readonly number[], physical_layout: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  empty_permuted(size: readonly number[], physical_layout: readonly number[], options: { out: Tensor }): Tensor;
  /** ATen's `empty_quantized`. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  empty_quantized(size: readonly number[], qtensor: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  empty_quantized(size: readonly number[], qtensor: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Creates a tensor with the specified size and stride and filled with undefined data. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty_strided.html} */
  empty_strided(size: readonly number[], stride: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  empty_strided(size: readonly number[], stride: readonly number[], options: { out: Tensor }): Tensor;
  /** Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.eq.html} */
  eq(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  eq(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.eq_.html} */
  eq_(self: Tensor, other: Tensor): Tensor;
  eq_(self: Tensor, other: Scalar): Tensor;
  /** `True` if two tensors have the same size and elements, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.equal.html} */
  equal(self: Tensor, other: Tensor): boolean;
  /** Alias for torch.special.erf. {@link https://docs.pytorch.org/docs/stable/generated/torch.erf.html} */
  erf(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erf. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erf_.html} */
  erf_(self: Tensor): Tensor;
  /** Alias for torch.special.erfc. {@link https://docs.pytorch.org/docs/stable/generated/torch.erfc.html} */
  erfc(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erfc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erfc_.html} */
  erfc_(self: Tensor): Tensor;
  /** Alias for torch.special.erfinv. {@link https://docs.pytorch.org/docs/stable/generated/torch.erfinv.html} */
  erfinv(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erfinv. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erfinv_.html} */
  erfinv_(self: Tensor): Tensor;
  /** Returns a new tensor with the exponential of the elements of the input tensor input. {@link https://docs.pytorch.org/docs/stable/generated/torch.exp.html} */
  exp(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.exp2. {@link https://docs.pytorch.org/docs/stable/generated/torch.exp2.html} */
  exp2(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.exp2. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exp2_.html} */
  exp2_(self: Tensor): Tensor;
  /** In place: Returns a new tensor with the exponential of the elements of the input tensor input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exp_.html} */
  exp_(self: Tensor): Tensor;
  /** Returns a new view of the self tensor with singleton dimensions expanded to a larger size. Defaults: implicit = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html} */
  expand(self: Tensor, size: readonly number[], options?: { implicit?: boolean }): Tensor;
  /** Expand this tensor to the same size as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand_as.html} */
  expand_as(self: Tensor, other: Tensor): Tensor;
  /** Performs the same operation as torch.Tensor.expand, but all output tensors are freshly created instead of aliasing the input. Defaults: implicit = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.expand_copy.html} */
  expand_copy(self: Tensor, size: readonly number[], options?: { implicit?: boolean; out?: Tensor }): Tensor;
  /** Alias for torch.special.expm1. {@link https://docs.pytorch.org/docs/stable/generated/torch.expm1.html} */
  expm1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.expm1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expm1_.html} */
  expm1_(self: Tensor): Tensor;
  /** ATen's `exponential`. Defaults: lambd = 1, generator = null. */
  exponential(self: Tensor, lambd?: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: lambd = 1, generator = null. */
  exponential(self: Tensor, options: { lambd?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with elements drawn from the PDF (probability density function). Defaults: lambd = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exponential_.html} */
  exponential_(self: Tensor, lambd?: number, options?: { generator?: Generator | null }): Tensor;
  /** Defaults: lambd = 1, generator = null. */
  exponential_(self: Tensor, options: { lambd?: number; generator?: Generator | null }): Tensor;
  /** Returns a 2-D tensor with ones on the diagonal and zeros elsewhere. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.eye.html} */
  eye(n: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  eye(n: number, m: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  eye(n: number, m: number, options: { out: Tensor }): Tensor;
  eye(n: number, options: { out: Tensor }): Tensor;
  /** Returns a new tensor with the data in input fake quantized per channel using scale, zero_point, quant_min and quant_max, across the channel specified by axis. {@link https://docs.pytorch.org/docs/stable/generated/torch.fake_quantize_per_channel_affine.html} */
  fake_quantize_per_channel_affine(self: Tensor, scale: Tensor, zero_point: Tensor, axis: number, quant_min: number, quant_max: number): Tensor;
  /** ATen's `fake_quantize_per_channel_affine_cachemask`. */
  fake_quantize_per_channel_affine_cachemask(self: Tensor, scale: Tensor, zero_point: Tensor, axis: number, quant_min: number, quant_max: number, options?: { out0?: Tensor; out1?: Tensor }): Results<[output: Tensor, mask: Tensor], { output: Tensor; mask: Tensor }>;
  /** ATen's `fake_quantize_per_channel_affine_cachemask_backward`. */
  fake_quantize_per_channel_affine_cachemask_backward(grad: Tensor, mask: Tensor): Tensor;
  /** Returns a new tensor with the data in input fake quantized using scale, zero_point, quant_min and quant_max. {@link https://docs.pytorch.org/docs/stable/generated/torch.fake_quantize_per_tensor_affine.html} */
  fake_quantize_per_tensor_affine(self: Tensor, scale: number, zero_point: number, quant_min: number, quant_max: number): Tensor;
  fake_quantize_per_tensor_affine(self: Tensor, scale: Tensor, zero_point: Tensor, quant_min: number, quant_max: number): Tensor;
  /** ATen's `fake_quantize_per_tensor_affine_cachemask`. */
  fake_quantize_per_tensor_affine_cachemask(self: Tensor, scale: number, zero_point: number, quant_min: number, quant_max: number, options?: { out0?: Tensor; out1?: Tensor }): Results<[output: Tensor, mask: Tensor], { output: Tensor; mask: Tensor }>;
  /** ATen's `fake_quantize_per_tensor_affine_cachemask_backward`. */
  fake_quantize_per_tensor_affine_cachemask_backward(grad: Tensor, mask: Tensor): Tensor;
  /** ATen's `fbgemm_linear_fp16_weight`. */
  fbgemm_linear_fp16_weight(input: Tensor, packed_weight: Tensor, bias: Tensor): Tensor;
  fbgemm_linear_fp16_weight(input: Tensor, packed_weight: Tensor, bias: Tensor, output: Tensor): Tensor;
  /** ATen's `fbgemm_linear_fp16_weight_fp32_activation`. */
  fbgemm_linear_fp16_weight_fp32_activation(input: Tensor, packed_weight: Tensor, bias: Tensor | null): Tensor;
  fbgemm_linear_fp16_weight_fp32_activation(input: Tensor, packed_weight: Tensor, bias: Tensor | null, output: Tensor): Tensor;
  /** ATen's `fbgemm_linear_int8_weight`. */
  fbgemm_linear_int8_weight(input: Tensor, weight: Tensor, packed: Tensor, col_offsets: Tensor, weight_scale: Scalar, weight_zero_point: Scalar, bias: Tensor): Tensor;
  /** ATen's `fbgemm_linear_int8_weight_fp32_activation`. */
  fbgemm_linear_int8_weight_fp32_activation(input: Tensor, weight: Tensor, packed: Tensor, col_offsets: Tensor, weight_scale: Scalar, weight_zero_point: Scalar, bias: Tensor): Tensor;
  /** ATen's `fbgemm_linear_quantize_weight`. */
  fbgemm_linear_quantize_weight(input: Tensor): [Tensor, Tensor, number, number];
  /** ATen's `fbgemm_pack_gemm_matrix_fp16`. */
  fbgemm_pack_gemm_matrix_fp16(input: Tensor): Tensor;
  /** ATen's `fbgemm_pack_quantized_matrix`. */
  fbgemm_pack_quantized_matrix(input: Tensor): Tensor;
  fbgemm_pack_quantized_matrix(input: Tensor, K: number, N: number): Tensor;
  /** Randomly masks out entire channels (a channel is a feature map). {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.feature_alpha_dropout.html} */
  feature_alpha_dropout(input: Tensor, p: number, train: boolean): Tensor;
  /** In place: Randomly masks out entire channels (a channel is a feature map). {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.feature_alpha_dropout.html} */
  feature_alpha_dropout_(self: Tensor, p: number, train: boolean): Tensor;
  /** ATen's `feature_dropout`. */
  feature_dropout(input: Tensor, p: number, train: boolean): Tensor;
  /** ATen's `feature_dropout_`. */
  feature_dropout_(self: Tensor, p: number, train: boolean): Tensor;
  /** Computes the one dimensional discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft.html} */
  fft_fft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_fft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_fft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2 dimensional discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft2.html} */
  fft_fft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_fft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_fft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the discrete Fourier Transform sample frequencies for a signal of size n. Defaults: d = 1, dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftfreq.html} */
  fft_fftfreq(n: number, d?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: d = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  fft_fftfreq(n: number, options: { d?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: d = 1. */
  fft_fftfreq(n: number, d: number, options: { out: Tensor }): Tensor;
  /** Defaults: d = 1. */
  fft_fftfreq(n: number, options: { d?: number; out: Tensor }): Tensor;
  /** Computes the N dimensional discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftn.html} */
  fft_fftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_fftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_fftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Reorders n-dimensional FFT data, as provided by torch.fft.fftn, to have negative frequency terms first. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftshift.html} */
  fft_fftshift(self: Tensor, dim?: number | readonly number[] | null): Tensor;
  /** Defaults: dim = null. */
  fft_fftshift(self: Tensor, options: { dim?: number | readonly number[] | null }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft.html} */
  fft_hfft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_hfft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_hfft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft2.html} */
  fft_hfft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_hfft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_hfft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the n-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfftn.html} */
  fft_hfftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_hfftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_hfftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the one dimensional inverse discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft.html} */
  fft_ifft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_ifft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_ifft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2 dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft2.html} */
  fft_ifft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_ifft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_ifft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftn.html} */
  fft_ifftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_ifftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_ifftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Inverse of torch.fft.fftshift. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftshift.html} */
  fft_ifftshift(self: Tensor, dim?: number | readonly number[] | null): Tensor;
  /** Defaults: dim = null. */
  fft_ifftshift(self: Tensor, options: { dim?: number | readonly number[] | null }): Tensor;
  /** Computes the inverse of torch.fft.hfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft.html} */
  fft_ihfft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_ihfft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_ihfft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft2.html} */
  fft_ihfft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_ihfft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_ihfft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfftn.html} */
  fft_ihfftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_ihfftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_ihfftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft.html} */
  fft_irfft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_irfft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_irfft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft2. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft2.html} */
  fft_irfft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_irfft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_irfft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfftn. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfftn.html} */
  fft_irfftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_irfftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_irfftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the one dimensional Fourier transform of real-valued input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft.html} */
  fft_rfft(self: Tensor, n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_rfft(self: Tensor, options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: n = null, dim = -1, norm = null. */
  fft_rfft(self: Tensor, n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft2.html} */
  fft_rfft2(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_rfft2(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = [-2, -1], norm = null. */
  fft_rfft2(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the sample frequencies for torch.fft.rfft with a signal of size n. Defaults: d = 1, dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfftfreq.html} */
  fft_rfftfreq(n: number, d?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: d = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  fft_rfftfreq(n: number, options: { d?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: d = 1. */
  fft_rfftfreq(n: number, d: number, options: { out: Tensor }): Tensor;
  /** Defaults: d = 1. */
  fft_rfftfreq(n: number, options: { d?: number; out: Tensor }): Tensor;
  /** Computes the N-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfftn.html} */
  fft_rfftn(self: Tensor, s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_rfftn(self: Tensor, options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Defaults: s = null, dim = null, norm = null. */
  fft_rfftn(self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `fill`. */
  fill(self: Tensor, value: Tensor, options?: { out?: Tensor }): Tensor;
  fill(self: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Fills self tensor with the specified value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_.html} */
  fill_(self: Tensor, value: Tensor): Tensor;
  fill_(self: Tensor, value: Scalar): Tensor;
  /** In place: Fill the main diagonal of a tensor that has at least 2-dimensions. Defaults: wrap = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_diagonal_.html} */
  fill_diagonal_(self: Tensor, fill_value: Scalar, wrap?: boolean): Tensor;
  /** Defaults: wrap = false. */
  fill_diagonal_(self: Tensor, fill_value: Scalar, options: { wrap?: boolean }): Tensor;
  /** Alias for torch.trunc. {@link https://docs.pytorch.org/docs/stable/generated/torch.fix.html} */
  fix(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.trunc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fix_.html} */
  fix_(self: Tensor): Tensor;
  /** Flattens input by reshaping it into a one-dimensional tensor. Defaults: start_dim = 0, end_dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.flatten.html} */
  flatten(self: Tensor, start_dim?: number, options?: { end_dim?: number }): Tensor;
  /** Defaults: start_dim = 0, end_dim = -1. */
  flatten(self: Tensor, options: { start_dim?: number; end_dim?: number }): Tensor;
  /** Defaults: start_dim = 0, end_dim = -1. */
  flatten(self: Tensor, start_dim?: number, end_dim?: number): Tensor;
  /** ATen's `flatten_dense_tensors`. */
  flatten_dense_tensors(tensors: readonly Tensor[]): Tensor;
  /** Reverse the order of an n-D tensor along given axis in dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.flip.html} */
  flip(self: Tensor, dims: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Flip tensor in the left/right direction, returning a new tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.fliplr.html} */
  fliplr(self: Tensor): Tensor;
  /** Flip tensor in the up/down direction, returning a new tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.flipud.html} */
  flipud(self: Tensor): Tensor;
  /** Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.float_power.html} */
  float_power(self: Tensor, exponent: Tensor, options?: { out?: Tensor }): Tensor;
  float_power(self: Scalar, exponent: Tensor, options?: { out?: Tensor }): Tensor;
  float_power(self: Tensor, exponent: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.float_power_.html} */
  float_power_(self: Tensor, exponent: Tensor): Tensor;
  float_power_(self: Tensor, exponent: Scalar): Tensor;
  /** Returns a new tensor with the floor of the elements of input, the largest integer less than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor.html} */
  floor(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the floor of the elements of input, the largest integer less than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_.html} */
  floor_(self: Tensor): Tensor;
  /** Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor_divide.html} */
  floor_divide(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  floor_divide(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_divide_.html} */
  floor_divide_(self: Tensor, other: Tensor): Tensor;
  floor_divide_(self: Tensor, other: Scalar): Tensor;
  /** Computes the element-wise maximum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmax.html} */
  fmax(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise minimum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmin.html} */
  fmin(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmod.html} */
  fmod(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  fmod(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fmod_.html} */
  fmod_(self: Tensor, other: Tensor): Tensor;
  fmod_(self: Tensor, other: Scalar): Tensor;
  /** Computes the fractional portion of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.frac.html} */
  frac(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the fractional portion of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.frac_.html} */
  frac_(self: Tensor): Tensor;
  /** Applies 2D fractional max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fractional_max_pool2d.html} */
  fractional_max_pool2d(self: Tensor, kernel_size: number | readonly number[], output_size: number | readonly number[], random_samples: Tensor, options?: { output?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `fractional_max_pool2d_backward`. */
  fractional_max_pool2d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], output_size: number | readonly number[], indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Applies 3D fractional max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fractional_max_pool3d.html} */
  fractional_max_pool3d(self: Tensor, kernel_size: number | readonly number[], output_size: number | readonly number[], random_samples: Tensor, options?: { output?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `fractional_max_pool3d_backward`. */
  fractional_max_pool3d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], output_size: number | readonly number[], indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `frexp`. {@link https://docs.pytorch.org/docs/stable/generated/torch.frexp.html} */
  frexp(self: Tensor, options?: { mantissa?: Tensor; exponent?: Tensor }): Results<[mantissa: Tensor, exponent: Tensor], { mantissa: Tensor; exponent: Tensor }>;
  /** ATen's `frobenius_norm`. Defaults: keepdim = false. */
  frobenius_norm(self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  frobenius_norm(self: Tensor, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Creates a CPU tensor with a storage backed by a memory-mapped file. Defaults: shared = null, size = 0, dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.from_file.html} */
  from_file(filename: string, shared?: boolean | null, options?: { size?: number | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: shared = null, size = 0, dtype = null, layout = null, device = null, pin_memory = null. */
  from_file(filename: string, options: { shared?: boolean | null; size?: number | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: shared = null, size = 0, dtype = null, layout = null, device = null, pin_memory = null. */
  from_file(filename: string, shared?: boolean | null, size?: number | null, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: shared = null, size = 0. */
  from_file(filename: string, shared: boolean | null, options: { size?: number | null; out: Tensor }): Tensor;
  /** Defaults: shared = null, size = 0. */
  from_file(filename: string, options: { shared?: boolean | null; size?: number | null; out: Tensor }): Tensor;
  /** Defaults: shared = null, size = 0. */
  from_file(filename: string, shared: boolean | null, size: number | null, options: { out: Tensor }): Tensor;
  /** Creates a tensor of size size filled with fill_value. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full.html} */
  full(size: readonly number[], fill_value: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  full(size: readonly number[], fill_value: Scalar, options: { out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input filled with fill_value. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full_like.html} */
  full_like(self: Tensor, fill_value: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  full_like(self: Tensor, fill_value: Scalar, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** ATen's `fused_moving_avg_obs_fake_quant`. Defaults: per_row_fake_quant = false, symmetric_quant = false. */
  fused_moving_avg_obs_fake_quant(self: Tensor, observer_on: Tensor, fake_quant_on: Tensor, running_min: Tensor, running_max: Tensor, scale: Tensor, zero_point: Tensor, averaging_const: number, quant_min: number, quant_max: number, ch_axis: number, per_row_fake_quant?: boolean, options?: { symmetric_quant?: boolean }): Tensor;
  /** Defaults: per_row_fake_quant = false, symmetric_quant = false. */
  fused_moving_avg_obs_fake_quant(self: Tensor, observer_on: Tensor, fake_quant_on: Tensor, running_min: Tensor, running_max: Tensor, scale: Tensor, zero_point: Tensor, averaging_const: number, quant_min: number, quant_max: number, ch_axis: number, options: { per_row_fake_quant?: boolean; symmetric_quant?: boolean }): Tensor;
  /** Defaults: per_row_fake_quant = false, symmetric_quant = false. */
  fused_moving_avg_obs_fake_quant(self: Tensor, observer_on: Tensor, fake_quant_on: Tensor, running_min: Tensor, running_max: Tensor, scale: Tensor, zero_point: Tensor, averaging_const: number, quant_min: number, quant_max: number, ch_axis: number, per_row_fake_quant?: boolean, symmetric_quant?: boolean): Tensor;
  /** Gathers values along an axis specified by `dim`. Defaults: sparse_grad = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.gather.html} */
  gather(self: Tensor, dim: number, index: Tensor, options?: { sparse_grad?: boolean; out?: Tensor }): Tensor;
  /** ATen's `gather_backward`. */
  gather_backward(grad: Tensor, self: Tensor, dim: number, index: Tensor, sparse_grad: boolean): Tensor;
  /** Computes the element-wise greatest common divisor (GCD) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.gcd.html} */
  gcd(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise greatest common divisor (GCD) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gcd_.html} */
  gcd_(self: Tensor, other: Tensor): Tensor;
  /** ATen's `ge`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ge.html} */
  ge(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  ge(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `ge_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ge_.html} */
  ge_(self: Tensor, other: Tensor): Tensor;
  ge_(self: Tensor, other: Scalar): Tensor;
  /** ATen's `gelu`. Defaults: approximate = "none". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html} */
  gelu(self: Tensor, options?: { approximate?: string; out?: Tensor }): Tensor;
  /** ATen's `gelu_`. Defaults: approximate = "none". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html} */
  gelu_(self: Tensor, options?: { approximate?: string }): Tensor;
  /** ATen's `gelu_backward`. Defaults: approximate = "none". */
  gelu_backward(grad_output: Tensor, self: Tensor, options?: { approximate?: string; grad_input?: Tensor }): Tensor;
  /** ATen's `geometric`. Defaults: generator = null. */
  geometric(self: Tensor, p: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with elements drawn from the geometric distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.geometric_.html} */
  geometric_(self: Tensor, p: number, options?: { generator?: Generator | null }): Tensor;
  /** This is a low-level function for calling LAPACK's geqrf directly. {@link https://docs.pytorch.org/docs/stable/generated/torch.geqrf.html} */
  geqrf(self: Tensor, options?: { a?: Tensor; tau?: Tensor }): Results<[a: Tensor, tau: Tensor], { a: Tensor; tau: Tensor }>;
  /** Alias of torch.outer. {@link https://docs.pytorch.org/docs/stable/generated/torch.ger.html} */
  ger(self: Tensor, vec2: Tensor, options?: { out?: Tensor }): Tensor;
  /** For CUDA tensors, this function returns the device ordinal of the GPU on which the tensor resides. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.get_device.html} */
  get_device(self: Tensor): number;
  /** The gated linear unit. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html} */
  glu(self: Tensor, dim?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = -1. */
  glu(self: Tensor, options: { dim?: number; out?: Tensor }): Tensor;
  /** ATen's `glu_backward`. */
  glu_backward(grad_output: Tensor, self: Tensor, dim: number, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `glu_backward_jvp`. */
  glu_backward_jvp(grad_x: Tensor, grad_glu: Tensor, x: Tensor, dgrad_glu: Tensor, dx: Tensor, dim: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `glu_jvp`. */
  glu_jvp(glu: Tensor, x: Tensor, dx: Tensor, dim: number, options?: { out?: Tensor }): Tensor;
  /** Estimates the gradient of a function g . Defaults: edge_order = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(self: Tensor, options: { dim: readonly number[]; edge_order?: number }): Tensor[];
  /** Defaults: spacing = null, dim = null, edge_order = 1. */
  gradient(self: Tensor, options?: { spacing?: Scalar | null; dim?: number | null; edge_order?: number }): Tensor[];
  /** Defaults: edge_order = 1. */
  gradient(self: Tensor, options: { spacing: readonly Scalar[]; dim: readonly number[]; edge_order?: number }): Tensor[];
  /** Defaults: dim = null, edge_order = 1. */
  gradient(self: Tensor, options: { spacing: readonly Scalar[]; dim?: number | null; edge_order?: number }): Tensor[];
  /** Defaults: edge_order = 1. */
  gradient(self: Tensor, options: { spacing: readonly Tensor[]; dim: readonly number[]; edge_order?: number }): Tensor[];
  /** Defaults: dim = null, edge_order = 1. */
  gradient(self: Tensor, options: { spacing: readonly Tensor[]; dim?: number | null; edge_order?: number }): Tensor[];
  /** Defaults: edge_order = 1. */
  gradient(self: Tensor, options: { spacing: Scalar; dim: readonly number[]; edge_order?: number }): Tensor[];
  /** Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater.html} */
  greater(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  greater(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_.html} */
  greater_(self: Tensor, other: Tensor): Tensor;
  greater_(self: Tensor, other: Scalar): Tensor;
  /** Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater_equal.html} */
  greater_equal(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  greater_equal(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_equal_.html} */
  greater_equal_(self: Tensor, other: Tensor): Tensor;
  greater_equal_(self: Tensor, other: Scalar): Tensor;
  /** ATen's `grid_sampler`. */
  grid_sampler(input: Tensor, grid: Tensor, interpolation_mode: number, padding_mode: number, align_corners: boolean): Tensor;
  /** ATen's `grid_sampler_2d`. */
  grid_sampler_2d(input: Tensor, grid: Tensor, interpolation_mode: number, padding_mode: number, align_corners: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `grid_sampler_2d_backward`. */
  grid_sampler_2d_backward(grad_output: Tensor, input: Tensor, grid: Tensor, interpolation_mode: number, padding_mode: number, align_corners: boolean, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `grid_sampler_3d`. */
  grid_sampler_3d(input: Tensor, grid: Tensor, interpolation_mode: number, padding_mode: number, align_corners: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `grid_sampler_3d_backward`. */
  grid_sampler_3d_backward(grad_output: Tensor, input: Tensor, grid: Tensor, interpolation_mode: number, padding_mode: number, align_corners: boolean, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Apply Group Normalization for last certain number of dimensions. Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enabled = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html} */
  group_norm(input: Tensor, num_groups: number, weight?: Tensor | null, options?: { bias?: Tensor | null; eps?: number; cudnn_enabled?: boolean }): Tensor;
  /** Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enabled = true. */
  group_norm(input: Tensor, num_groups: number, options: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnn_enabled?: boolean }): Tensor;
  /** Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enabled = true. */
  group_norm(input: Tensor, num_groups: number, weight?: Tensor | null, bias?: Tensor | null, eps?: number, cudnn_enabled?: boolean): Tensor;
  /** ATen's `gru`. */
  gru(data: Tensor, batch_sizes: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  gru(input: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean): [Tensor, Tensor];
  /** ATen's `gru_cell`. Defaults: b_ih = null, b_hh = null. */
  gru_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, options?: { b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  gru_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, options: { b_ih?: Tensor | null; b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  gru_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, b_hh?: Tensor | null): Tensor;
  /** ATen's `gt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.gt.html} */
  gt(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  gt(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `gt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gt_.html} */
  gt_(self: Tensor, other: Tensor): Tensor;
  gt_(self: Tensor, other: Scalar): Tensor;
  /** Hamming window function. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.hamming_window.html} */
  hamming_window(window_length: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  hamming_window(window_length: number, periodic: boolean, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  hamming_window(window_length: number, periodic: boolean, alpha: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  hamming_window(window_length: number, periodic: boolean, alpha: number, beta: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  hamming_window(window_length: number, options: { out: Tensor }): Tensor;
  hamming_window(window_length: number, periodic: boolean, alpha: number, beta: number, options: { out: Tensor }): Tensor;
  hamming_window(window_length: number, periodic: boolean, alpha: number, options: { out: Tensor }): Tensor;
  hamming_window(window_length: number, periodic: boolean, options: { out: Tensor }): Tensor;
  /** Hann window function. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.hann_window.html} */
  hann_window(window_length: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  hann_window(window_length: number, periodic: boolean, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  hann_window(window_length: number, options: { out: Tensor }): Tensor;
  hann_window(window_length: number, periodic: boolean, options: { out: Tensor }): Tensor;
  /** Applies the hard shrinkage function element-wise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.hardshrink.html} */
  hardshrink(self: Tensor, lambd?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: lambd = 0.5. */
  hardshrink(self: Tensor, options: { lambd?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `hardshrink_backward`. */
  hardshrink_backward(grad_out: Tensor, self: Tensor, lambd: Scalar, options?: { grad_input?: Tensor }): Tensor;
  /** Apply the Hardsigmoid function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html} */
  hardsigmoid(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Hardsigmoid function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html} */
  hardsigmoid_(self: Tensor): Tensor;
  /** ATen's `hardsigmoid_backward`. */
  hardsigmoid_backward(grad_output: Tensor, self: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Apply hardswish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html} */
  hardswish(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Apply hardswish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html} */
  hardswish_(self: Tensor): Tensor;
  /** ATen's `hardswish_backward`. */
  hardswish_backward(grad_output: Tensor, self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Applies the HardTanh function element-wise. Defaults: min_val = -1, max_val = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html} */
  hardtanh(self: Tensor, min_val?: Scalar, options?: { max_val?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: min_val = -1, max_val = 1. */
  hardtanh(self: Tensor, options: { min_val?: Scalar; max_val?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: min_val = -1, max_val = 1. */
  hardtanh(self: Tensor, min_val?: Scalar, max_val?: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Applies the HardTanh function element-wise. Defaults: min_val = -1, max_val = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh_.html} */
  hardtanh_(self: Tensor, min_val?: Scalar, options?: { max_val?: Scalar }): Tensor;
  /** Defaults: min_val = -1, max_val = 1. */
  hardtanh_(self: Tensor, options: { min_val?: Scalar; max_val?: Scalar }): Tensor;
  /** Defaults: min_val = -1, max_val = 1. */
  hardtanh_(self: Tensor, min_val?: Scalar, max_val?: Scalar): Tensor;
  /** ATen's `hardtanh_backward`. */
  hardtanh_backward(grad_output: Tensor, self: Tensor, min_val: Scalar, max_val: Scalar, options?: { grad_input?: Tensor }): Tensor;
  /** Returns a hash of all elements in the input tensor. Defaults: dim = [], keepdim = false, mode = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.hash_tensor.html} */
  hash_tensor(self: Tensor, dim?: number | readonly number[], options?: { keepdim?: boolean; mode?: number; out?: Tensor }): Tensor;
  /** Defaults: dim = [], keepdim = false, mode = 0. */
  hash_tensor(self: Tensor, options: { dim?: number | readonly number[]; keepdim?: boolean; mode?: number; out?: Tensor }): Tensor;
  /** Computes the Heaviside step function for each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.heaviside.html} */
  heaviside(self: Tensor, values: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the Heaviside step function for each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.heaviside_.html} */
  heaviside_(self: Tensor, values: Tensor): Tensor;
  /** Compute the hinge embedding loss. Defaults: margin = 1, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html} */
  hinge_embedding_loss(self: Tensor, target: Tensor, margin?: number, options?: { reduction?: Reduction }): Tensor;
  /** Defaults: margin = 1, reduction = "mean". */
  hinge_embedding_loss(self: Tensor, target: Tensor, options: { margin?: number; reduction?: Reduction }): Tensor;
  /** Defaults: margin = 1, reduction = "mean". */
  hinge_embedding_loss(self: Tensor, target: Tensor, margin?: number, reduction?: Reduction): Tensor;
  /** Computes the histogram of a tensor. Defaults: bins = 100, min = 0, max = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.histc.html} */
  histc(self: Tensor, bins?: number, options?: { min?: Scalar; max?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: bins = 100, min = 0, max = 0. */
  histc(self: Tensor, options: { bins?: number; min?: Scalar; max?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: bins = 100, min = 0, max = 0. */
  histc(self: Tensor, bins?: number, min?: Scalar, max?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes a histogram of the values in a tensor. Defaults: bins = 100, range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogram.html} */
  histogram(self: Tensor, bins?: number, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean; hist?: Tensor; bin_edges?: Tensor }): Results<[hist: Tensor, bin_edges: Tensor], { hist: Tensor; bin_edges: Tensor }>;
  /** Defaults: bins = 100, range = null, weight = null, density = false. */
  histogram(self: Tensor, options: { bins?: number; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean; hist?: Tensor; bin_edges?: Tensor }): Results<[hist: Tensor, bin_edges: Tensor], { hist: Tensor; bin_edges: Tensor }>;
  /** Defaults: weight = null, density = false. */
  histogram(self: Tensor, bins: Tensor, options?: { weight?: Tensor | null; density?: boolean; hist?: Tensor; bin_edges?: Tensor }): Results<[hist: Tensor, bin_edges: Tensor], { hist: Tensor; bin_edges: Tensor }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(self: Tensor, bins: readonly number[], range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: readonly number[], options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: readonly number[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: readonly Tensor[], range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: readonly Tensor[], options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: readonly Tensor[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: number, range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: number, options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Defaults: range = null, weight = null, density = false. */
  histogramdd(self: Tensor, bins: number, range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, bin_edges: Tensor[]], { hist: Tensor; bin_edges: Tensor[] }>;
  /** Splits input, a tensor with one or more dimensions, into multiple tensors horizontally according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.hsplit.html} */
  hsplit(self: Tensor, indices: readonly number[]): Tensor[];
  hsplit(self: Tensor, sections: number): Tensor[];
  /** Performs a matrix multiplication of a sparse COO matrix mat1 and a strided matrix mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.hspmm.html} */
  hspmm(mat1: Tensor, mat2: Tensor, options?: { out?: Tensor }): Tensor;
  /** Stack tensors in sequence horizontally (column wise). {@link https://docs.pytorch.org/docs/stable/generated/torch.hstack.html} */
  hstack(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Compute the Huber loss, with optional weighting. Defaults: reduction = "mean", delta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html} */
  huber_loss(self: Tensor, target: Tensor, reduction?: Reduction, options?: { delta?: number; out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean", delta = 1. */
  huber_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction; delta?: number; out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean", delta = 1. */
  huber_loss(self: Tensor, target: Tensor, reduction?: Reduction, delta?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `huber_loss_backward`. */
  huber_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, reduction: Reduction, delta: number, options?: { grad_input?: Tensor }): Tensor;
  /** Given the legs of a right triangle, return its hypotenuse. {@link https://docs.pytorch.org/docs/stable/generated/torch.hypot.html} */
  hypot(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Given the legs of a right triangle, return its hypotenuse. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.hypot_.html} */
  hypot_(self: Tensor, other: Tensor): Tensor;
  /** Alias for torch.special.i0. {@link https://docs.pytorch.org/docs/stable/generated/torch.i0.html} */
  i0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.i0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.i0_.html} */
  i0_(self: Tensor): Tensor;
  /** Alias for torch.special.gammainc. {@link https://docs.pytorch.org/docs/stable/generated/torch.igamma.html} */
  igamma(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.gammainc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.igamma_.html} */
  igamma_(self: Tensor, other: Tensor): Tensor;
  /** Alias for torch.special.gammaincc. {@link https://docs.pytorch.org/docs/stable/generated/torch.igammac.html} */
  igammac(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.gammaincc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.igammac_.html} */
  igammac_(self: Tensor, other: Tensor): Tensor;
  /** ATen's `im2col`. */
  im2col(self: Tensor, kernel_size: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor containing imaginary values of the self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.imag.html} */
  imag(self: Tensor): Tensor;
  /** Index a regular tensor by binding specified positions to dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index.html} */
  index(self: Tensor, indices: readonly (Tensor | null)[], options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.index_add_. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_add.html} */
  index_add(self: Tensor, dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Accumulate the elements of alpha times `source` into the self tensor by adding to the indices in the order given in index. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_add_.html} */
  index_add_(self: Tensor, dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** Out-of-place version of torch.Tensor.index_copy_. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_copy.html} */
  index_copy(self: Tensor, dim: number, index: Tensor, source: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Copies the elements of tensor into the self tensor by selecting the indices in the order given in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_copy_.html} */
  index_copy_(self: Tensor, dim: number, index: Tensor, source: Tensor): Tensor;
  /** Out-of-place version of torch.Tensor.index_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill.html} */
  index_fill(self: Tensor, dim: number, index: Tensor, value: Tensor, options?: { out?: Tensor }): Tensor;
  index_fill(self: Tensor, dim: number, index: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Fills the elements of the self tensor with value value by selecting the indices in the order given in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill_.html} */
  index_fill_(self: Tensor, dim: number, index: Tensor, value: Tensor): Tensor;
  index_fill_(self: Tensor, dim: number, index: Tensor, value: Scalar): Tensor;
  /** Out-place version of Tensor.index_put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put.html} */
  index_put(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: accumulate = false. */
  index_put(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options: { accumulate?: boolean; out?: Tensor }): Tensor;
  /** In place: Puts values from the tensor values into the tensor self using the indices specified in indices (which is a tuple of Tensors). Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html} */
  index_put_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean): Tensor;
  /** Defaults: accumulate = false. */
  index_put_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options: { accumulate?: boolean }): Tensor;
  /** ATen's `index_reduce`. Defaults: include_self = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_reduce.html} */
  index_reduce(self: Tensor, dim: number, index: Tensor, source: Tensor, reduce: string, options?: { include_self?: boolean; out?: Tensor }): Tensor;
  /** In place: Accumulate the elements of `source` into the self tensor by accumulating to the indices in the order given in index using the reduction given by the `reduce` argument. Defaults: include_self = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_reduce_.html} */
  index_reduce_(self: Tensor, dim: number, index: Tensor, source: Tensor, reduce: string, options?: { include_self?: boolean }): Tensor;
  /** Returns a new tensor which indexes the input tensor along dimension dim using the entries in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_select.html} */
  index_select(self: Tensor, dim: number, index: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `index_select_backward`. */
  index_select_backward(grad: Tensor, self_sizes: readonly number[], dim: number, index: Tensor): Tensor;
  /** Return the indices tensor of a sparse COO tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.indices.html} */
  indices(self: Tensor): Tensor;
  /** Performs the same operation as torch.indices, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.indices_copy.html} */
  indices_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `infinitely_differentiable_gelu_backward`. */
  infinitely_differentiable_gelu_backward(grad: Tensor, self: Tensor): Tensor;
  /** Computes the dot product for 1D tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.inner.html} */
  inner(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Apply Instance Normalization independently for each channel in every data sample within a batch. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.instance_norm.html} */
  instance_norm(input: Tensor, weight: Tensor | null, bias: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, use_input_stats: boolean, momentum: number, eps: number, cudnn_enabled: boolean): Tensor;
  /** Given a quantized Tensor, `self.int_repr()` returns a CPU Tensor with uint8_t as data type that stores the underlying uint8_t values of the given Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.int_repr.html} */
  int_repr(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.inv. {@link https://docs.pytorch.org/docs/stable/generated/torch.inverse.html} */
  inverse(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns `True` if self is a sparse COO tensor that is coalesced, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_coalesced.html} */
  is_coalesced(self: Tensor): boolean;
  /** Returns True if the data type of input is a complex data type i.e., one of `torch.complex64`, and `torch.complex128`. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_complex.html} */
  is_complex(self: Tensor): boolean;
  /** Returns True if the input is a conjugated tensor, i.e. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_conj.html} */
  is_conj(self: Tensor): boolean;
  /** Returns True if self tensor is contiguous in memory in the order specified by memory format. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html} */
  is_contiguous(self: Tensor): boolean;
  is_contiguous(self: Tensor, memory_format: MemoryFormat): boolean;
  /** ATen's `is_distributed`. */
  is_distributed(self: Tensor): boolean;
  /** Returns True if the data type of input is a floating point data type i.e., one of `torch.float64`, `torch.float32`, `torch.float16`, and `torch.bfloat16`. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_floating_point.html} */
  is_floating_point(self: Tensor): boolean;
  /** Returns True if input is an inference tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_inference.html} */
  is_inference(self: Tensor): boolean;
  /** All Tensors that have requires_grad which is `False` will be leaf Tensors by convention. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_leaf.html} */
  is_leaf(self: Tensor): boolean;
  /** Returns True if the negative bit of self is set to true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_neg.html} */
  is_neg(self: Tensor): boolean;
  /** Returns True if the input is a single element tensor which is not equal to zero after type conversions. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_nonzero.html} */
  is_nonzero(self: Tensor): boolean;
  /** Returns true if this tensor resides in pinned memory. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_pinned.html} */
  is_pinned(self: Tensor, device?: string | null): boolean;
  /** Defaults: device = null. */
  is_pinned(self: Tensor, options: { device?: string | null }): boolean;
  /** ATen's `is_same_size`. */
  is_same_size(self: Tensor, other: Tensor): boolean;
  /** Returns True if both tensors are pointing to the exact same memory (same storage, offset, size and stride). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_set_to.html} */
  is_set_to(self: Tensor, tensor: Tensor): boolean;
  /** Returns True if the data type of self is a signed data type. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_signed.html} */
  is_signed(self: Tensor): boolean;
  /** ATen's `is_vulkan_available`. */
  is_vulkan_available(): boolean;
  /** Returns a new tensor with boolean elements representing if each element of input is "close" to the corresponding element of other. Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.isclose.html} */
  isclose(self: Tensor, other: Tensor, rtol?: number, options?: { atol?: number; equal_nan?: boolean }): Tensor;
  /** Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. */
  isclose(self: Tensor, other: Tensor, options: { rtol?: number; atol?: number; equal_nan?: boolean }): Tensor;
  /** Defaults: rtol = 0.00001, atol = 1e-8, equal_nan = false. */
  isclose(self: Tensor, other: Tensor, rtol?: number, atol?: number, equal_nan?: boolean): Tensor;
  /** Returns a new tensor with boolean elements representing if each element is `finite` or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isfinite.html} */
  isfinite(self: Tensor): Tensor;
  /** Tests if each element of elements is in test_elements. Defaults: assume_unique = false, invert = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.isin.html} */
  isin(elements: Tensor, test_elements: Tensor, options?: { assume_unique?: boolean; invert?: boolean; out?: Tensor }): Tensor;
  /** Defaults: assume_unique = false, invert = false. */
  isin(element: Scalar, test_elements: Tensor, options?: { assume_unique?: boolean; invert?: boolean; out?: Tensor }): Tensor;
  /** Defaults: assume_unique = false, invert = false. */
  isin(elements: Tensor, test_element: Scalar, options?: { assume_unique?: boolean; invert?: boolean; out?: Tensor }): Tensor;
  /** Tests if each element of input is infinite (positive or negative infinity) or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isinf.html} */
  isinf(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is NaN or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isnan.html} */
  isnan(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.isneginf.html} */
  isneginf(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.isposinf.html} */
  isposinf(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is real-valued or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isreal.html} */
  isreal(self: Tensor): Tensor;
  /** Inverse short time Fourier Transform. Defaults: hop_length = null, win_length = null, window = null, center = true, normalized = false, onesided = null, length = null, return_complex = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.istft.html} */
  istft(self: Tensor, n_fft: number, hop_length?: number | null, options?: { win_length?: number | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: number | null; return_complex?: boolean }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, center = true, normalized = false, onesided = null, length = null, return_complex = false. */
  istft(self: Tensor, n_fft: number, options: { hop_length?: number | null; win_length?: number | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: number | null; return_complex?: boolean }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, center = true, normalized = false, onesided = null, length = null, return_complex = false. */
  istft(self: Tensor, n_fft: number, hop_length?: number | null, win_length?: number | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: number | null, return_complex?: boolean): Tensor;
  /** Returns the value of this tensor as a standard Python number. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.item.html} */
  item(self: Tensor): number;
  /** Computes the Kaiser window with window length window_length and shape parameter beta. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.kaiser_window.html} */
  kaiser_window(window_length: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  kaiser_window(window_length: number, periodic: boolean, beta: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  kaiser_window(window_length: number, periodic: boolean, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  kaiser_window(window_length: number, periodic: boolean, beta: number, options: { out: Tensor }): Tensor;
  kaiser_window(window_length: number, options: { out: Tensor }): Tensor;
  kaiser_window(window_length: number, periodic: boolean, options: { out: Tensor }): Tensor;
  /** Compute the KL Divergence loss. Defaults: reduction = "mean", log_target = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html} */
  kl_div(self: Tensor, target: Tensor, reduction?: Reduction, options?: { log_target?: boolean }): Tensor;
  /** Defaults: reduction = "mean", log_target = false. */
  kl_div(self: Tensor, target: Tensor, options: { reduction?: Reduction; log_target?: boolean }): Tensor;
  /** ATen's `kron`. {@link https://docs.pytorch.org/docs/stable/generated/torch.kron.html} */
  kron(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a namedtuple `(values, indices)` where `values` is the k th smallest element of each row of the input tensor in the given dimension dim. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.kthvalue.html} */
  kthvalue(self: Tensor, k: number, dim?: number, options?: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, keepdim = false. */
  kthvalue(self: Tensor, k: number, options: { dim?: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, keepdim = false. */
  kthvalue(self: Tensor, k: number, dim?: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Compute the L1 loss, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html} */
  l1_loss(self: Tensor, target: Tensor, reduction?: Reduction): Tensor;
  /** Defaults: reduction = "mean". */
  l1_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction }): Tensor;
  /** Apply Layer Normalization for last certain number of dimensions. Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enable = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html} */
  layer_norm(input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, options?: { bias?: Tensor | null; eps?: number; cudnn_enable?: boolean }): Tensor;
  /** Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enable = true. */
  layer_norm(input: Tensor, normalized_shape: readonly number[], options: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnn_enable?: boolean }): Tensor;
  /** Defaults: weight = null, bias = null, eps = 0.00001, cudnn_enable = true. */
  layer_norm(input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, bias?: Tensor | null, eps?: number, cudnn_enable?: boolean): Tensor;
  /** Computes the element-wise least common multiple (LCM) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.lcm.html} */
  lcm(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise least common multiple (LCM) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lcm_.html} */
  lcm_(self: Tensor, other: Tensor): Tensor;
  /** Multiplies input by 2 ** other. {@link https://docs.pytorch.org/docs/stable/generated/torch.ldexp.html} */
  ldexp(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Multiplies input by 2 ** other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ldexp_.html} */
  ldexp_(self: Tensor, other: Tensor): Tensor;
  /** ATen's `le`. {@link https://docs.pytorch.org/docs/stable/generated/torch.le.html} */
  le(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  le(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `le_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.le_.html} */
  le_(self: Tensor, other: Tensor): Tensor;
  le_(self: Tensor, other: Scalar): Tensor;
  /** ATen's `leaky_relu`. Defaults: negative_slope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html} */
  leaky_relu(self: Tensor, negative_slope?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: negative_slope = 0.01. */
  leaky_relu(self: Tensor, options: { negative_slope?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `leaky_relu_`. Defaults: negative_slope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu_.html} */
  leaky_relu_(self: Tensor, negative_slope?: Scalar): Tensor;
  /** Defaults: negative_slope = 0.01. */
  leaky_relu_(self: Tensor, options: { negative_slope?: Scalar }): Tensor;
  /** ATen's `leaky_relu_backward`. */
  leaky_relu_backward(grad_output: Tensor, self: Tensor, negative_slope: Scalar, self_is_result: boolean, options?: { grad_input?: Tensor }): Tensor;
  /** Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.lerp.html} */
  lerp(self: Tensor, end: Tensor, weight: Tensor, options?: { out?: Tensor }): Tensor;
  lerp(self: Tensor, end: Tensor, weight: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lerp_.html} */
  lerp_(self: Tensor, end: Tensor, weight: Tensor): Tensor;
  lerp_(self: Tensor, end: Tensor, weight: Scalar): Tensor;
  /** Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.less.html} */
  less(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  less(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_.html} */
  less_(self: Tensor, other: Tensor): Tensor;
  less_(self: Tensor, other: Scalar): Tensor;
  /** Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.less_equal.html} */
  less_equal(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  less_equal(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_equal_.html} */
  less_equal_(self: Tensor, other: Tensor): Tensor;
  less_equal_(self: Tensor, other: Scalar): Tensor;
  /** Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.lgamma.html} */
  lgamma(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lgamma_.html} */
  lgamma_(self: Tensor): Tensor;
  /** ATen's `lift`. */
  lift(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `lift_fresh`. */
  lift_fresh(self: Tensor): Tensor;
  /** ATen's `lift_fresh_copy`. */
  lift_fresh_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the sum of the absolute values raised to the power `ord`. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg._powsum.html} */
  linalg__powsum(self: Tensor, ord?: Scalar, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Defaults: ord = 2, dim = null, keepdim = false, dtype = null. */
  linalg__powsum(self: Tensor, options: { ord?: Scalar; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Defaults: ord = 2, dim = null, keepdim = false, dtype = null. */
  linalg__powsum(self: Tensor, ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  /** Computes the Cholesky decomposition of a complex Hermitian or real symmetric positive-definite matrix. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html} */
  linalg_cholesky(self: Tensor, options?: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the Cholesky decomposition of a complex Hermitian or real symmetric positive-definite matrix. Defaults: upper = false, check_errors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky_ex.html} */
  linalg_cholesky_ex(self: Tensor, options?: { upper?: boolean; check_errors?: boolean; L?: Tensor; info?: Tensor }): Results<[L: Tensor, info: Tensor], { L: Tensor; info: Tensor }>;
  /** Computes the condition number of a matrix with respect to a matrix norm. Defaults: p = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cond.html} */
  linalg_cond(self: Tensor, p?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: p = null. */
  linalg_cond(self: Tensor, options: { p?: Scalar | null; out?: Tensor }): Tensor;
  linalg_cond(self: Tensor, p: string, options?: { out?: Tensor }): Tensor;
  /** Computes the cross product of two 3-dimensional vectors. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cross.html} */
  linalg_cross(self: Tensor, other: Tensor, options?: { dim?: number; out?: Tensor }): Tensor;
  /** Computes the determinant of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.det.html} */
  linalg_det(A: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `linalg_diagonal`. Defaults: offset = 0, dim1 = -2, dim2 = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.diagonal.html} */
  linalg_diagonal(A: Tensor, options?: { offset?: number; dim1?: number; dim2?: number }): Tensor;
  /** Computes the eigenvalue decomposition of a square matrix if it exists. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eig.html} */
  linalg_eig(self: Tensor, options?: { eigenvalues?: Tensor; eigenvectors?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Computes the eigenvalue decomposition of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html} */
  linalg_eigh(self: Tensor, UPLO?: string, options?: { eigvals?: Tensor; eigvecs?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Defaults: UPLO = "L". */
  linalg_eigh(self: Tensor, options: { UPLO?: string; eigvals?: Tensor; eigvecs?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Computes the eigenvalues of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvals.html} */
  linalg_eigvals(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the eigenvalues of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html} */
  linalg_eigvalsh(self: Tensor, UPLO?: string, options?: { out?: Tensor }): Tensor;
  /** Defaults: UPLO = "L". */
  linalg_eigvalsh(self: Tensor, options: { UPLO?: string; out?: Tensor }): Tensor;
  /** Computes the first `n` columns of a product of Householder matrices. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.householder_product.html} */
  linalg_householder_product(input: Tensor, tau: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of a square matrix if it exists. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.inv.html} */
  linalg_inv(A: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of a square matrix if it is invertible. Defaults: check_errors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.inv_ex.html} */
  linalg_inv_ex(A: Tensor, options?: { check_errors?: boolean; inverse?: Tensor; info?: Tensor }): Results<[inverse: Tensor, info: Tensor], { inverse: Tensor; info: Tensor }>;
  /** Computes a compact representation of the LDL factorization of a Hermitian or symmetric (possibly indefinite) matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_factor.html} */
  linalg_ldl_factor(self: Tensor, options?: { hermitian?: boolean; LD?: Tensor; pivots?: Tensor }): Results<[LD: Tensor, pivots: Tensor], { LD: Tensor; pivots: Tensor }>;
  /** ATen's `linalg_ldl_factor_ex`. Defaults: hermitian = false, check_errors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_factor_ex.html} */
  linalg_ldl_factor_ex(self: Tensor, options?: { hermitian?: boolean; check_errors?: boolean; LD?: Tensor; pivots?: Tensor; info?: Tensor }): Results<[LD: Tensor, pivots: Tensor, info: Tensor], { LD: Tensor; pivots: Tensor; info: Tensor }>;
  /** Computes the solution of a system of linear equations using the LDL factorization. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_solve.html} */
  linalg_ldl_solve(LD: Tensor, pivots: Tensor, B: Tensor, options?: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes a solution to the least squares problem of a system of linear equations. Defaults: rcond = null, driver = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html} */
  linalg_lstsq(self: Tensor, b: Tensor, rcond?: number | null, options?: { driver?: string | null; solution?: Tensor; residuals?: Tensor; rank?: Tensor; singular_values?: Tensor }): Results<[solution: Tensor, residuals: Tensor, rank: Tensor, singular_values: Tensor], { solution: Tensor; residuals: Tensor; rank: Tensor; singular_values: Tensor }>;
  /** Defaults: rcond = null, driver = null. */
  linalg_lstsq(self: Tensor, b: Tensor, options: { rcond?: number | null; driver?: string | null; solution?: Tensor; residuals?: Tensor; rank?: Tensor; singular_values?: Tensor }): Results<[solution: Tensor, residuals: Tensor, rank: Tensor, singular_values: Tensor], { solution: Tensor; residuals: Tensor; rank: Tensor; singular_values: Tensor }>;
  /** Computes the LU decomposition with partial pivoting of a matrix. Defaults: pivot = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lu.html} */
  linalg_lu(A: Tensor, options?: { pivot?: boolean; P?: Tensor; L?: Tensor; U?: Tensor }): Results<[P: Tensor, L: Tensor, U: Tensor], { P: Tensor; L: Tensor; U: Tensor }>;
  /** Computes a compact representation of the LU factorization with partial pivoting of a matrix. Defaults: pivot = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lu_factor.html} */
  linalg_lu_factor(A: Tensor, options?: { pivot?: boolean; LU?: Tensor; pivots?: Tensor }): Results<[LU: Tensor, pivots: Tensor], { LU: Tensor; pivots: Tensor }>;
  /** ATen's `linalg_lu_factor_ex`. Defaults: pivot = true, check_errors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lu_factor_ex.html} */
  linalg_lu_factor_ex(A: Tensor, options?: { pivot?: boolean; check_errors?: boolean; LU?: Tensor; pivots?: Tensor; info?: Tensor }): Results<[LU: Tensor, pivots: Tensor, info: Tensor], { LU: Tensor; pivots: Tensor; info: Tensor }>;
  /** Computes the solution of a square system of linear equations with a unique solution given an LU decomposition. Defaults: left = true, adjoint = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lu_solve.html} */
  linalg_lu_solve(LU: Tensor, pivots: Tensor, B: Tensor, options?: { left?: boolean; adjoint?: boolean; out?: Tensor }): Tensor;
  /** Alias for torch.matmul. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matmul.html} */
  linalg_matmul(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the matrix exponential of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_exp.html} */
  linalg_matrix_exp(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalg_matrix_norm(self: Tensor, ord?: string, options?: { dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. */
  linalg_matrix_norm(self: Tensor, options: { ord?: string; dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. */
  linalg_matrix_norm(self: Tensor, ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = [-2, -1], keepdim = false, dtype = null. */
  linalg_matrix_norm(self: Tensor, ord: Scalar, dim?: readonly number[], options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = [-2, -1], keepdim = false, dtype = null. */
  linalg_matrix_norm(self: Tensor, ord: Scalar, options: { dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = [-2, -1], keepdim = false, dtype = null. */
  linalg_matrix_norm(self: Tensor, ord: Scalar, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the `n`-th power of a square matrix for an integer `n`. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_power.html} */
  linalg_matrix_power(self: Tensor, n: number, options?: { out?: Tensor }): Tensor;
  /** Computes the numerical rank of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html} */
  linalg_matrix_rank(self: Tensor, tol: number, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_matrix_rank(self: Tensor, tol: number, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: atol = null, rtol = null, hermitian = false. */
  linalg_matrix_rank(self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: atol = null, rtol = null, hermitian = false. */
  linalg_matrix_rank(input: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_matrix_rank(input: Tensor, tol: Tensor, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_matrix_rank(input: Tensor, tol: Tensor, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Efficiently multiplies two or more matrices by reordering the multiplications so that the fewest arithmetic operations are performed. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.multi_dot.html} */
  linalg_multi_dot(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: ord = null, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalg_norm(self: Tensor, ord?: Scalar | null, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = null, dim = null, keepdim = false, dtype = null. */
  linalg_norm(self: Tensor, options: { ord?: Scalar | null; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = null, dim = null, keepdim = false, dtype = null. */
  linalg_norm(self: Tensor, ord?: Scalar | null, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  linalg_norm(self: Tensor, ord: string, dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  linalg_norm(self: Tensor, ord: string, options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  linalg_norm(self: Tensor, ord: string, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalg_pinv(self: Tensor, rcond: number, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_pinv(self: Tensor, rcond: number, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: atol = null, rtol = null, hermitian = false. */
  linalg_pinv(self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: atol = null, rtol = null, hermitian = false. */
  linalg_pinv(self: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_pinv(self: Tensor, rcond: Tensor, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: hermitian = false. */
  linalg_pinv(self: Tensor, rcond: Tensor, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the QR decomposition of a matrix. Defaults: mode = "reduced". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.qr.html} */
  linalg_qr(A: Tensor, mode?: string, options?: { Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** Defaults: mode = "reduced". */
  linalg_qr(A: Tensor, options: { mode?: string; Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** Computes the sign and natural logarithm of the absolute value of the determinant of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.slogdet.html} */
  linalg_slogdet(A: Tensor, options?: { sign?: Tensor; logabsdet?: Tensor }): Results<[sign: Tensor, logabsdet: Tensor], { sign: Tensor; logabsdet: Tensor }>;
  /** Computes the solution of a square system of linear equations with a unique solution. Defaults: left = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve.html} */
  linalg_solve(A: Tensor, B: Tensor, options?: { left?: boolean; out?: Tensor }): Tensor;
  /** ATen's `linalg_solve_ex`. Defaults: left = true, check_errors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve_ex.html} */
  linalg_solve_ex(A: Tensor, B: Tensor, options?: { left?: boolean; check_errors?: boolean; result?: Tensor; info?: Tensor }): Results<[result: Tensor, info: Tensor], { result: Tensor; info: Tensor }>;
  /** Computes the solution of a triangular system of linear equations with a unique solution. Defaults: left = true, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve_triangular.html} */
  linalg_solve_triangular(self: Tensor, B: Tensor, options: { upper: boolean; left?: boolean; unitriangular?: boolean; out?: Tensor }): Tensor;
  /** Computes the singular value decomposition (SVD) of a matrix. Defaults: full_matrices = true, driver = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html} */
  linalg_svd(A: Tensor, full_matrices?: boolean, options?: { driver?: string | null; U?: Tensor; S?: Tensor; Vh?: Tensor }): Results<[U: Tensor, S: Tensor, Vh: Tensor], { U: Tensor; S: Tensor; Vh: Tensor }>;
  /** Defaults: full_matrices = true, driver = null. */
  linalg_svd(A: Tensor, options: { full_matrices?: boolean; driver?: string | null; U?: Tensor; S?: Tensor; Vh?: Tensor }): Results<[U: Tensor, S: Tensor, Vh: Tensor], { U: Tensor; S: Tensor; Vh: Tensor }>;
  /** Computes the singular values of a matrix. Defaults: driver = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.svdvals.html} */
  linalg_svdvals(A: Tensor, options?: { driver?: string | null; out?: Tensor }): Tensor;
  /** Computes the multiplicative inverse of torch.tensordot. Defaults: ind = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorinv.html} */
  linalg_tensorinv(self: Tensor, ind?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: ind = 2. */
  linalg_tensorinv(self: Tensor, options: { ind?: number; out?: Tensor }): Tensor;
  /** Computes the solution `X` to the system `torch.tensordot(A, X) = B`. Defaults: dims = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorsolve.html} */
  linalg_tensorsolve(self: Tensor, other: Tensor, dims?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dims = null. */
  linalg_tensorsolve(self: Tensor, other: Tensor, options: { dims?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Generates a Vandermonde matrix. Defaults: N = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vander.html} */
  linalg_vander(x: Tensor, options?: { N?: number | null }): Tensor;
  /** Computes the dot product of two batches of vectors along a dimension. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vecdot.html} */
  linalg_vecdot(x: Tensor, y: Tensor, options?: { dim?: number; out?: Tensor }): Tensor;
  /** Computes a vector norm. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html} */
  linalg_vector_norm(self: Tensor, ord?: Scalar, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = 2, dim = null, keepdim = false, dtype = null. */
  linalg_vector_norm(self: Tensor, options: { ord?: Scalar; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: ord = 2, dim = null, keepdim = false, dtype = null. */
  linalg_vector_norm(self: Tensor, ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Applies a linear transformation to the incoming data. Defaults: bias = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html} */
  linear(input: Tensor, weight: Tensor, bias?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: bias = null. */
  linear(input: Tensor, weight: Tensor, options: { bias?: Tensor | null; out?: Tensor }): Tensor;
  /** ATen's `linear_backward`. */
  linear_backward(self: Tensor, grad_output: Tensor, weight: Tensor, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Creates a one-dimensional tensor of size steps whose values are evenly spaced from start to end, inclusive. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linspace.html} */
  linspace(start: Tensor, end: Tensor, steps: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  linspace(start: Tensor, end: Tensor, steps: number, options: { out: Tensor }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  linspace(start: Scalar, end: Tensor, steps: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  linspace(start: Tensor, end: Scalar, steps: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  linspace(start: Scalar, end: Tensor, steps: number, options: { out: Tensor }): Tensor;
  linspace(start: Tensor, end: Scalar, steps: number, options: { out: Tensor }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  linspace(start: Scalar, end: Scalar, steps: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  linspace(start: Scalar, end: Scalar, steps: number, options: { out: Tensor }): Tensor;
  /** Returns a new tensor with the natural logarithm of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log.html} */
  log(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the logarithm to the base 10 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log10.html} */
  log10(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the logarithm to the base 10 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log10_.html} */
  log10_(self: Tensor): Tensor;
  /** Returns a new tensor with the natural logarithm of (1 + input). {@link https://docs.pytorch.org/docs/stable/generated/torch.log1p.html} */
  log1p(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the natural logarithm of (1 + input). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log1p_.html} */
  log1p_(self: Tensor): Tensor;
  /** Returns a new tensor with the logarithm to the base 2 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log2.html} */
  log2(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the logarithm to the base 2 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log2_.html} */
  log2_(self: Tensor): Tensor;
  /** In place: Returns a new tensor with the natural logarithm of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_.html} */
  log_(self: Tensor): Tensor;
  /** ATen's `log_normal`. Defaults: mean = 1, std = 2, generator = null. */
  log_normal(self: Tensor, mean?: number, options?: { std?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: mean = 1, std = 2, generator = null. */
  log_normal(self: Tensor, options: { mean?: number; std?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: mean = 1, std = 2, generator = null. */
  log_normal(self: Tensor, mean?: number, std?: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `log_normal_`. Defaults: mean = 1, std = 2, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_normal_.html} */
  log_normal_(self: Tensor, mean?: number, options?: { std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 1, std = 2, generator = null. */
  log_normal_(self: Tensor, options: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 1, std = 2, generator = null. */
  log_normal_(self: Tensor, mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** ATen's `log_sigmoid`. */
  log_sigmoid(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `log_sigmoid_backward`. */
  log_sigmoid_backward(grad_output: Tensor, self: Tensor, buffer: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `log_sigmoid_forward`. */
  log_sigmoid_forward(self: Tensor, options?: { output?: Tensor; buffer?: Tensor }): Results<[output: Tensor, buffer: Tensor], { output: Tensor; buffer: Tensor }>;
  /** Apply a softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html} */
  log_softmax(self: Tensor, dim: number, dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dtype = null. */
  log_softmax(self: Tensor, dim: number, options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Logarithm of the sum of exponentiations of the inputs. {@link https://docs.pytorch.org/docs/stable/generated/torch.logaddexp.html} */
  logaddexp(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Logarithm of the sum of exponentiations of the inputs in base-2. {@link https://docs.pytorch.org/docs/stable/generated/torch.logaddexp2.html} */
  logaddexp2(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** For summation index j given by `dim` and other indices i, the result is. {@link https://docs.pytorch.org/docs/stable/generated/torch.logcumsumexp.html} */
  logcumsumexp(self: Tensor, dim: number, options?: { out?: Tensor }): Tensor;
  /** Calculates log determinant of a square matrix or batches of square matrices. {@link https://docs.pytorch.org/docs/stable/generated/torch.logdet.html} */
  logdet(self: Tensor): Tensor;
  /** Computes the element-wise logical AND of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_and.html} */
  logical_and(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical AND of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_and_.html} */
  logical_and_(self: Tensor, other: Tensor): Tensor;
  /** Computes the element-wise logical NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_not.html} */
  logical_not(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_not_.html} */
  logical_not_(self: Tensor): Tensor;
  /** Computes the element-wise logical OR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_or.html} */
  logical_or(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical OR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_or_.html} */
  logical_or_(self: Tensor, other: Tensor): Tensor;
  /** Computes the element-wise logical XOR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_xor.html} */
  logical_xor(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical XOR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_xor_.html} */
  logical_xor_(self: Tensor, other: Tensor): Tensor;
  /** Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.logit.html} */
  logit(self: Tensor, eps?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: eps = null. */
  logit(self: Tensor, options: { eps?: number | null; out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logit_.html} */
  logit_(self: Tensor, eps?: number | null): Tensor;
  /** Defaults: eps = null. */
  logit_(self: Tensor, options: { eps?: number | null }): Tensor;
  /** ATen's `logit_backward`. Defaults: eps = null. */
  logit_backward(grad_output: Tensor, self: Tensor, eps?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** Defaults: eps = null. */
  logit_backward(grad_output: Tensor, self: Tensor, options: { eps?: number | null; grad_input?: Tensor }): Tensor;
  /** ATen's `logspace`. Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.logspace.html} */
  logspace(start: Tensor, end: Tensor, steps: number, base?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Tensor, end: Tensor, steps: number, options: { base?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Tensor, end: Tensor, steps: number, base: number, options: { out: Tensor }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Tensor, end: Tensor, steps: number, options: { base?: number; out: Tensor }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Scalar, end: Tensor, steps: number, base?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Scalar, end: Tensor, steps: number, options: { base?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Tensor, end: Scalar, steps: number, base?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Tensor, end: Scalar, steps: number, options: { base?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Scalar, end: Tensor, steps: number, base: number, options: { out: Tensor }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Scalar, end: Tensor, steps: number, options: { base?: number; out: Tensor }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Tensor, end: Scalar, steps: number, base: number, options: { out: Tensor }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Tensor, end: Scalar, steps: number, options: { base?: number; out: Tensor }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Scalar, end: Scalar, steps: number, base?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10, dtype = null, layout = null, device = null, pin_memory = null. */
  logspace(start: Scalar, end: Scalar, steps: number, options: { base?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Scalar, end: Scalar, steps: number, base: number, options: { out: Tensor }): Tensor;
  /** Defaults: base = 10. */
  logspace(start: Scalar, end: Scalar, steps: number, options: { base?: number; out: Tensor }): Tensor;
  /** Returns the log of summed exponentials of each row of the input tensor in the given dimension dim. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html} */
  logsumexp(self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  logsumexp(self: Tensor, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `lstm`. */
  lstm(data: Tensor, batch_sizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor, Tensor];
  lstm(input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean): [Tensor, Tensor, Tensor];
  /** ATen's `lstm_cell`. Defaults: b_ih = null, b_hh = null. */
  lstm_cell(input: Tensor, hx: readonly Tensor[], w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, options?: { b_hh?: Tensor | null }): [Tensor, Tensor];
  /** Defaults: b_ih = null, b_hh = null. */
  lstm_cell(input: Tensor, hx: readonly Tensor[], w_ih: Tensor, w_hh: Tensor, options: { b_ih?: Tensor | null; b_hh?: Tensor | null }): [Tensor, Tensor];
  /** Defaults: b_ih = null, b_hh = null. */
  lstm_cell(input: Tensor, hx: readonly Tensor[], w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, b_hh?: Tensor | null): [Tensor, Tensor];
  /** ATen's `lstm_mps_backward`. */
  lstm_mps_backward(grad_y: Tensor | null, grad_hy: Tensor | null, grad_cy: Tensor | null, z_state: Tensor, cell_state_fwd: Tensor, input: Tensor, layersOutputs: Tensor, hx: readonly Tensor[], params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean, options?: { out0?: Tensor; out1?: readonly Tensor[]; out2?: readonly Tensor[] }): [Tensor, Tensor[], Tensor[]];
  /** ATen's `lt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.lt.html} */
  lt(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  lt(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `lt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lt_.html} */
  lt_(self: Tensor, other: Tensor): Tensor;
  lt_(self: Tensor, other: Scalar): Tensor;
  /** Returns the LU solve of the linear system Ax = b using the partially pivoted LU factorization of A from linalg.lu_factor. {@link https://docs.pytorch.org/docs/stable/generated/torch.lu_solve.html} */
  lu_solve(self: Tensor, LU_data: Tensor, LU_pivots: Tensor, options?: { out?: Tensor }): Tensor;
  /** Unpacks the LU decomposition returned by linalg.lu_factor into the `P, L, U` matrices. Defaults: unpack_data = true, unpack_pivots = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.lu_unpack.html} */
  lu_unpack(LU_data: Tensor, LU_pivots: Tensor, unpack_data?: boolean, options?: { unpack_pivots?: boolean; P?: Tensor; L?: Tensor; U?: Tensor }): Results<[P: Tensor, L: Tensor, U: Tensor], { P: Tensor; L: Tensor; U: Tensor }>;
  /** Defaults: unpack_data = true, unpack_pivots = true. */
  lu_unpack(LU_data: Tensor, LU_pivots: Tensor, options: { unpack_data?: boolean; unpack_pivots?: boolean; P?: Tensor; L?: Tensor; U?: Tensor }): Results<[P: Tensor, L: Tensor, U: Tensor], { P: Tensor; L: Tensor; U: Tensor }>;
  /** Defaults: unpack_data = true, unpack_pivots = true. */
  lu_unpack(LU_data: Tensor, LU_pivots: Tensor, unpack_data?: boolean, unpack_pivots?: boolean, options?: { P?: Tensor; L?: Tensor; U?: Tensor }): Results<[P: Tensor, L: Tensor, U: Tensor], { P: Tensor; L: Tensor; U: Tensor }>;
  /** Accessing this property is equivalent to calling adjoint. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mH.html} */
  mH(self: Tensor): Tensor;
  /** Returns a view of this tensor with the last two dimensions transposed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mT.html} */
  mT(self: Tensor): Tensor;
  /** Compute the margin ranking loss. Defaults: margin = 0, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.margin_ranking_loss.html} */
  margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, options?: { reduction?: Reduction }): Tensor;
  /** Defaults: margin = 0, reduction = "mean". */
  margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, options: { margin?: number; reduction?: Reduction }): Tensor;
  /** Defaults: margin = 0, reduction = "mean". */
  margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: Reduction): Tensor;
  /** Out-of-place version of torch.Tensor.masked_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html} */
  masked_fill(self: Tensor, mask: Tensor, value: Tensor, options?: { out?: Tensor }): Tensor;
  masked_fill(self: Tensor, mask: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Fills elements of self tensor with value where mask is True. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill_.html} */
  masked_fill_(self: Tensor, mask: Tensor, value: Tensor): Tensor;
  masked_fill_(self: Tensor, mask: Tensor, value: Scalar): Tensor;
  /** Out-of-place version of torch.Tensor.masked_scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter.html} */
  masked_scatter(self: Tensor, mask: Tensor, source: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Copies elements from source into self tensor at positions where the mask is True. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter_.html} */
  masked_scatter_(self: Tensor, mask: Tensor, source: Tensor): Tensor;
  /** ATen's `masked_scatter_backward`. */
  masked_scatter_backward(grad_output: Tensor, mask: Tensor, sizes: readonly number[]): Tensor;
  /** Returns a new 1-D tensor which indexes the input tensor according to the boolean mask mask which is a `BoolTensor`. {@link https://docs.pytorch.org/docs/stable/generated/torch.masked_select.html} */
  masked_select(self: Tensor, mask: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `masked_select_backward`. */
  masked_select_backward(grad: Tensor, input: Tensor, mask: Tensor): Tensor;
  /** Matrix product of two tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.matmul.html} */
  matmul(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `matmul_backward`. */
  matmul_backward(grad: Tensor, self: Tensor, other: Tensor, mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `matrix_H`. */
  matrix_H(self: Tensor): Tensor;
  /** Alias for torch.linalg.matrix_exp. {@link https://docs.pytorch.org/docs/stable/generated/torch.matrix_exp.html} */
  matrix_exp(self: Tensor): Tensor;
  /** ATen's `matrix_exp_backward`. */
  matrix_exp_backward(self: Tensor, grad: Tensor): Tensor;
  /** Alias for torch.linalg.matrix_power. {@link https://docs.pytorch.org/docs/stable/generated/torch.matrix_power.html} */
  matrix_power(self: Tensor, n: number, options?: { out?: Tensor }): Tensor;
  /** Returns the maximum value of all elements in the `input` tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  max(self: Tensor, dim: number, keepdim?: boolean, options?: { max?: Tensor; max_values?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: keepdim = false. */
  max(self: Tensor, dim: number, options: { keepdim?: boolean; max?: Tensor; max_values?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  max(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html} */
  max_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  max_pool1d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  max_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d_with_indices.html} */
  max_pool1d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  max_pool1d_with_indices(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  max_pool1d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean): [Tensor, Tensor];
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html} */
  max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean): Tensor;
  /** ATen's `max_pool2d_backward`. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d_with_indices.html} */
  max_pool2d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d_with_indices(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  max_pool2d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `max_pool2d_with_indices_backward`. */
  max_pool2d_with_indices_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], ceil_mode: boolean, indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html} */
  max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  max_pool3d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d_with_indices.html} */
  max_pool3d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  max_pool3d_with_indices(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  max_pool3d_with_indices(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `max_pool3d_with_indices_backward`. */
  max_pool3d_with_indices_backward(grad_output: Tensor, self: Tensor, kernel_size: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], ceil_mode: boolean, indices: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Compute a partial inverse of MaxPool2d. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html} */
  max_unpool2d(self: Tensor, indices: Tensor, output_size: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Compute a partial inverse of MaxPool3d. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool3d.html} */
  max_unpool3d(self: Tensor, indices: Tensor, output_size: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise maximum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.maximum.html} */
  maximum(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns the mean value of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.mean.html} */
  mean(self: Tensor, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  mean(self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  mean(self: Tensor, dim: number | readonly number[] | null, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the median of the values in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.median.html} */
  median(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  median(self: Tensor, dim: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: keepdim = false. */
  median(self: Tensor, dim: number, options: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Creates grids of coordinates specified by the 1D inputs in `attr`:tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.meshgrid.html} */
  meshgrid(tensors: readonly Tensor[]): Tensor[];
  meshgrid(tensors: readonly Tensor[], options: { indexing: string }): Tensor[];
  /** Returns the minimum value of all elements in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  min(self: Tensor, dim: number, keepdim?: boolean, options?: { min?: Tensor; min_indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: keepdim = false. */
  min(self: Tensor, dim: number, options: { keepdim?: boolean; min?: Tensor; min_indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  min(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise minimum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.minimum.html} */
  minimum(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `miopen_batch_norm`. */
  miopen_batch_norm(input: Tensor, weight: Tensor, bias: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, training: boolean, exponential_average_factor: number, epsilon: number, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `miopen_batch_norm_backward`. */
  miopen_batch_norm_backward(input: Tensor, grad_output: Tensor, weight: Tensor, running_mean: Tensor | null, running_var: Tensor | null, save_mean: Tensor | null, save_var: Tensor | null, epsilon: number, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `miopen_convolution`. */
  miopen_convolution(self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, benchmark: boolean, deterministic: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `miopen_convolution_add_relu`. */
  miopen_convolution_add_relu(self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: number): Tensor;
  /** ATen's `miopen_convolution_relu`. */
  miopen_convolution_relu(self: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: number): Tensor;
  /** ATen's `miopen_convolution_transpose`. */
  miopen_convolution_transpose(self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], output_padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, benchmark: boolean, deterministic: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `miopen_ctc_loss`. */
  miopen_ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: readonly number[], target_lengths: readonly number[], blank: number, deterministic: boolean, zero_infinity: boolean, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  miopen_ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, blank: number, deterministic: boolean, zero_infinity: boolean): [Tensor, Tensor];
  /** ATen's `miopen_depthwise_convolution`. */
  miopen_depthwise_convolution(self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, benchmark: boolean, deterministic: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `miopen_rnn`. */
  miopen_rnn(input: Tensor, weight: readonly Tensor[], weight_stride0: number, hx: Tensor, cx: Tensor | null, mode: number, hidden_size: number, num_layers: number, batch_first: boolean, dropout: number, train: boolean, bidirectional: boolean, batch_sizes: readonly number[], dropout_state: Tensor | null, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: Tensor; out4?: Tensor }): [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** ATen's `miopen_rnn_backward`. */
  miopen_rnn_backward(input: Tensor, weight: readonly Tensor[], weight_stride0: number, weight_buf: Tensor, hx: Tensor, cx: Tensor | null, output: Tensor, grad_output: Tensor | null, grad_hy: Tensor | null, grad_cy: Tensor | null, mode: number, hidden_size: number, num_layers: number, batch_first: boolean, dropout: number, train: boolean, bidirectional: boolean, batch_sizes: readonly number[], dropout_state: Tensor | null, reserve: Tensor, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: readonly Tensor[] }): [Tensor, Tensor, Tensor, Tensor[]];
  /** Apply the Mish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mish.html} */
  mish(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Mish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mish.html} */
  mish_(self: Tensor): Tensor;
  /** ATen's `mish_backward`. */
  mish_backward(grad_output: Tensor, self: Tensor): Tensor;
  /** ATen's `mkldnn_adaptive_avg_pool2d`. */
  mkldnn_adaptive_avg_pool2d(self: Tensor, output_size: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_adaptive_avg_pool2d_backward`. */
  mkldnn_adaptive_avg_pool2d_backward(grad_output: Tensor, self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_convolution`. */
  mkldnn_convolution(self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_linear`. Defaults: bias = null. */
  mkldnn_linear(self: Tensor, weight: Tensor, bias?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: bias = null. */
  mkldnn_linear(self: Tensor, weight: Tensor, options: { bias?: Tensor | null; out?: Tensor }): Tensor;
  /** ATen's `mkldnn_linear_backward`. */
  mkldnn_linear_backward(self: Tensor, grad_output: Tensor, weight: Tensor, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `mkldnn_linear_backward_input`. */
  mkldnn_linear_backward_input(input_size: readonly number[], grad_output: Tensor, weight: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_linear_backward_weights`. */
  mkldnn_linear_backward_weights(grad_output: Tensor, input: Tensor, weight: Tensor, bias_defined: boolean, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `mkldnn_max_pool2d`. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_max_pool2d_backward`. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  mkldnn_max_pool2d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_max_pool3d`. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_max_pool3d_backward`. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  mkldnn_max_pool3d_backward(grad_output: Tensor, output: Tensor, input: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_reorder_conv2d_weight`. Defaults: padding = [0, 0], stride = [1, 1], dilation = [1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv2d_weight(self: Tensor, padding?: number | readonly number[], options?: { stride?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number; input_size?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Defaults: padding = [0, 0], stride = [1, 1], dilation = [1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv2d_weight(self: Tensor, options: { padding?: number | readonly number[]; stride?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number; input_size?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Defaults: padding = [0, 0], stride = [1, 1], dilation = [1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv2d_weight(self: Tensor, padding?: number | readonly number[], stride?: number | readonly number[], dilation?: number | readonly number[], groups?: number, input_size?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_reorder_conv3d_weight`. Defaults: padding = [0, 0, 0], stride = [1, 1, 1], dilation = [1, 1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv3d_weight(self: Tensor, padding?: number | readonly number[], options?: { stride?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number; input_size?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Defaults: padding = [0, 0, 0], stride = [1, 1, 1], dilation = [1, 1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv3d_weight(self: Tensor, options: { padding?: number | readonly number[]; stride?: number | readonly number[]; dilation?: number | readonly number[]; groups?: number; input_size?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Defaults: padding = [0, 0, 0], stride = [1, 1, 1], dilation = [1, 1, 1], groups = 1, input_size = null. */
  mkldnn_reorder_conv3d_weight(self: Tensor, padding?: number | readonly number[], stride?: number | readonly number[], dilation?: number | readonly number[], groups?: number, input_size?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `mkldnn_rnn_layer`. */
  mkldnn_rnn_layer(input: Tensor, weight0: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, hx_: Tensor, cx_: Tensor, reverse: boolean, batch_sizes: readonly number[], mode: number, hidden_size: number, num_layers: number, has_biases: boolean, bidirectional: boolean, batch_first: boolean, train: boolean, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: Tensor }): [Tensor, Tensor, Tensor, Tensor];
  /** ATen's `mkldnn_rnn_layer_backward`. */
  mkldnn_rnn_layer_backward(input: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, weight4: Tensor, hx_: Tensor, cx_tmp: Tensor, output: Tensor, hy_: Tensor, cy_: Tensor, grad_output: Tensor | null, grad_hy: Tensor | null, grad_cy: Tensor | null, reverse: boolean, mode: number, hidden_size: number, num_layers: number, has_biases: boolean, train: boolean, bidirectional: boolean, batch_sizes: readonly number[], batch_first: boolean, workspace: Tensor, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor; out3?: Tensor; out4?: Tensor; out5?: Tensor; out6?: Tensor }): [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  /** Performs a matrix multiplication of the matrices input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.mm.html} */
  mm(self: Tensor, mat2: Tensor, options?: { out?: Tensor }): Tensor;
  mm(self: Tensor, mat2: Tensor, out_dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Returns a namedtuple `(values, indices)` where `values` is the mode value of each row of the input tensor in the given dimension dim, i.e. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.mode.html} */
  mode(self: Tensor, dim?: number, options?: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, keepdim = false. */
  mode(self: Tensor, options: { dim?: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, keepdim = false. */
  mode(self: Tensor, dim?: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Alias for torch.movedim. {@link https://docs.pytorch.org/docs/stable/generated/torch.moveaxis.html} */
  moveaxis(self: Tensor, source: number, destination: number): Tensor;
  moveaxis(self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
  /** Moves the dimension(s) of input at the position(s) in source to the position(s) in destination. {@link https://docs.pytorch.org/docs/stable/generated/torch.movedim.html} */
  movedim(self: Tensor, source: number, destination: number): Tensor;
  movedim(self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
  /** ATen's `mps_convolution_backward`. */
  mps_convolution_backward(self: Tensor, grad_output: Tensor, weight: Tensor, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `mps_convolution_transpose_backward`. */
  mps_convolution_transpose_backward(self: Tensor, grad_output: Tensor, weight: Tensor, padding: readonly number[], output_padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Compute the element-wise mean squared error, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html} */
  mse_loss(self: Tensor, target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean". */
  mse_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** ATen's `mse_loss_backward`. */
  mse_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, reduction: Reduction, options?: { grad_input?: Tensor }): Tensor;
  /** Sorts the elements of the input tensor along its first dimension in ascending order by value. {@link https://docs.pytorch.org/docs/stable/generated/torch.msort.html} */
  msort(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.mul.html} */
  mul(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  mul(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mul_.html} */
  mul_(self: Tensor, other: Tensor): Tensor;
  mul_(self: Tensor, other: Scalar): Tensor;
  /** Compute the multi margin loss, with optional weighting. Defaults: p = 1, margin = 1, weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html} */
  multi_margin_loss(self: Tensor, target: Tensor, p?: Scalar, options?: { margin?: Scalar; weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: p = 1, margin = 1, weight = null, reduction = "mean". */
  multi_margin_loss(self: Tensor, target: Tensor, options: { p?: Scalar; margin?: Scalar; weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Defaults: p = 1, margin = 1, weight = null, reduction = "mean". */
  multi_margin_loss(self: Tensor, target: Tensor, p?: Scalar, margin?: Scalar, weight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** ATen's `multi_margin_loss_backward`. Defaults: weight = null, reduction = "mean". */
  multi_margin_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, weight?: Tensor | null, options?: { reduction?: Reduction; grad_input?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  multi_margin_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, options: { weight?: Tensor | null; reduction?: Reduction; grad_input?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean". */
  multi_margin_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, weight?: Tensor | null, reduction?: Reduction, options?: { grad_input?: Tensor }): Tensor;
  /** Compute the multilabel margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_margin_loss.html} */
  multilabel_margin_loss(self: Tensor, target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean". */
  multilabel_margin_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** ATen's `multilabel_margin_loss_backward`. */
  multilabel_margin_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, reduction: Reduction, is_target: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `multilabel_margin_loss_forward`. */
  multilabel_margin_loss_forward(self: Tensor, target: Tensor, reduction: Reduction, options?: { output?: Tensor; is_target?: Tensor }): Results<[output: Tensor, is_target: Tensor], { output: Tensor; is_target: Tensor }>;
  /** ATen's `multinomial`. Defaults: replacement = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html} */
  multinomial(self: Tensor, num_samples: number, replacement?: boolean, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: replacement = false, generator = null. */
  multinomial(self: Tensor, num_samples: number, options: { replacement?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.multiply.html} */
  multiply(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  multiply(self: Tensor, other: Scalar): Tensor;
  /** In place: Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.multiply_.html} */
  multiply_(self: Tensor, other: Tensor): Tensor;
  multiply_(self: Tensor, other: Scalar): Tensor;
  /** Performs a matrix-vector product of the matrix input and the vector vec. {@link https://docs.pytorch.org/docs/stable/generated/torch.mv.html} */
  mv(self: Tensor, vec: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.mvlgamma.html} */
  mvlgamma(self: Tensor, p: number, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mvlgamma_.html} */
  mvlgamma_(self: Tensor, p: number): Tensor;
  /** Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nan_to_num.html} */
  nan_to_num(self: Tensor, nan?: number | null, options?: { posinf?: number | null; neginf?: number | null; out?: Tensor }): Tensor;
  /** Defaults: nan = null, posinf = null, neginf = null. */
  nan_to_num(self: Tensor, options: { nan?: number | null; posinf?: number | null; neginf?: number | null; out?: Tensor }): Tensor;
  /** Defaults: nan = null, posinf = null, neginf = null. */
  nan_to_num(self: Tensor, nan?: number | null, posinf?: number | null, neginf?: number | null, options?: { out?: Tensor }): Tensor;
  /** In place: Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nan_to_num_.html} */
  nan_to_num_(self: Tensor, nan?: number | null, options?: { posinf?: number | null; neginf?: number | null }): Tensor;
  /** Defaults: nan = null, posinf = null, neginf = null. */
  nan_to_num_(self: Tensor, options: { nan?: number | null; posinf?: number | null; neginf?: number | null }): Tensor;
  /** Defaults: nan = null, posinf = null, neginf = null. */
  nan_to_num_(self: Tensor, nan?: number | null, posinf?: number | null, neginf?: number | null): Tensor;
  /** Computes the mean of all `non-NaN` elements along the specified dimensions. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmean.html} */
  nanmean(self: Tensor, dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  nanmean(self: Tensor, options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  nanmean(self: Tensor, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the median of the values in input, ignoring `NaN` values. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmedian.html} */
  nanmedian(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  nanmedian(self: Tensor, dim: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: keepdim = false. */
  nanmedian(self: Tensor, dim: number, options: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(self: Tensor, q: Tensor, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  nanquantile(self: Tensor, q: Tensor, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  nanquantile(self: Tensor, q: Tensor, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  nanquantile(self: Tensor, q: number, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  nanquantile(self: Tensor, q: number, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  nanquantile(self: Tensor, q: number, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Returns the sum of all elements, treating Not a Numbers (NaNs) as zero. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nansum.html} */
  nansum(self: Tensor, dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  nansum(self: Tensor, options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, dtype = null. */
  nansum(self: Tensor, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns a new tensor that is a narrowed version of input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.narrow.html} */
  narrow(self: Tensor, dim: number, start: number, length: number): Tensor;
  narrow(self: Tensor, dim: number, start: Tensor, length: number): Tensor;
  /** Same as Tensor.narrow except this returns a copy rather than shared storage. {@link https://docs.pytorch.org/docs/stable/generated/torch.narrow_copy.html} */
  narrow_copy(self: Tensor, dim: number, start: number, length: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `native_batch_norm`. */
  native_batch_norm(input: Tensor, weight: Tensor | null, bias: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, training: boolean, momentum: number, eps: number, options?: { out?: Tensor; save_mean?: Tensor; save_invstd?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `native_batch_norm_backward`. */
  native_batch_norm_backward(grad_out: Tensor, input: Tensor, weight: Tensor | null, running_mean: Tensor | null, running_var: Tensor | null, save_mean: Tensor | null, save_invstd: Tensor | null, train: boolean, eps: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Native kernel level implementation of the `channel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.native_channel_shuffle.html} */
  native_channel_shuffle(self: Tensor, groups: number): Tensor;
  /** ATen's `native_dropout`. */
  native_dropout(input: Tensor, p: number, train: boolean | null, options?: { out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** ATen's `native_dropout_backward`. */
  native_dropout_backward(grad_output: Tensor, mask: Tensor, scale: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `native_group_norm`. */
  native_group_norm(input: Tensor, weight: Tensor | null, bias: Tensor | null, N: number, C: number, HxW: number, group: number, eps: number, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `native_group_norm_backward`. */
  native_group_norm_backward(grad_out: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, N: number, C: number, HxW: number, group: number, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `native_layer_norm`. */
  native_layer_norm(input: Tensor, normalized_shape: readonly number[], weight: Tensor | null, bias: Tensor | null, eps: number, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `native_layer_norm_backward`. */
  native_layer_norm_backward(grad_out: Tensor, input: Tensor, normalized_shape: readonly number[], mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, output_mask: readonly boolean[], options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `native_norm`. */
  native_norm(self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim: boolean, dtype: DType | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: p = 2. */
  native_norm(self: Tensor, p?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: p = 2. */
  native_norm(self: Tensor, options: { p?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `ne`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ne.html} */
  ne(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  ne(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `ne_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ne_.html} */
  ne_(self: Tensor, other: Tensor): Tensor;
  ne_(self: Tensor, other: Scalar): Tensor;
  /** Returns a new tensor with the negative of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.neg.html} */
  neg(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the negative of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.neg_.html} */
  neg_(self: Tensor): Tensor;
  /** Alias for torch.neg. {@link https://docs.pytorch.org/docs/stable/generated/torch.negative.html} */
  negative(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.neg. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.negative_.html} */
  negative_(self: Tensor): Tensor;
  /** ATen's `nested_to_padded_tensor`. Defaults: output_size = null. */
  nested_to_padded_tensor(self: Tensor, padding: number, output_size?: readonly number[] | null): Tensor;
  /** Defaults: output_size = null. */
  nested_to_padded_tensor(self: Tensor, padding: number, options: { output_size?: readonly number[] | null }): Tensor;
  /** Returns a Tensor of size size filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  new_empty(self: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  new_empty(self: Tensor, size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size and strides stride filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty_strided.html} */
  new_empty_strided(self: Tensor, size: readonly number[], stride: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  new_empty_strided(self: Tensor, size: readonly number[], stride: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with fill_value. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_full.html} */
  new_full(self: Tensor, size: readonly number[], fill_value: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  new_full(self: Tensor, size: readonly number[], fill_value: Scalar, options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `1`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  new_ones(self: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  new_ones(self: Tensor, size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `0`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  new_zeros(self: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  new_zeros(self: Tensor, size: readonly number[], options: { out: Tensor }): Tensor;
  /** Return the next floating-point value after input towards other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nextafter.html} */
  nextafter(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Return the next floating-point value after input towards other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nextafter_.html} */
  nextafter_(self: Tensor, other: Tensor): Tensor;
  /** Compute the negative log likelihood loss. Defaults: weight = null, reduction = "mean", ignore_index = -100. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html} */
  nll_loss(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignore_index?: number; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss(self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignore_index?: number; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss(self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignore_index?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `nll_loss2d`. Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss2d(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignore_index?: number; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss2d(self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignore_index?: number; out?: Tensor }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss2d(self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignore_index?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `nll_loss2d_backward`. */
  nll_loss2d_backward(grad_output: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignore_index: number, total_weight: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `nll_loss2d_forward`. */
  nll_loss2d_forward(self: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignore_index: number, options?: { output?: Tensor; total_weight?: Tensor }): Results<[output: Tensor, total_weight: Tensor], { output: Tensor; total_weight: Tensor }>;
  /** ATen's `nll_loss_backward`. */
  nll_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignore_index: number, total_weight: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `nll_loss_forward`. */
  nll_loss_forward(self: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignore_index: number, options?: { output?: Tensor; total_weight?: Tensor }): Results<[output: Tensor, total_weight: Tensor], { output: Tensor; total_weight: Tensor }>;
  /** ATen's `nll_loss_nd`. Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss_nd(self: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignore_index?: number }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss_nd(self: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignore_index?: number }): Tensor;
  /** Defaults: weight = null, reduction = "mean", ignore_index = -100. */
  nll_loss_nd(self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignore_index?: number): Tensor;
  /** torch.nonzero(..., as_tuple=True) returns a tuple of 1-D index tensors, allowing for advanced indexing, so `x[x.nonzero(as_tuple=True)]` gives all nonzero values of tensor `x`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nonzero.html} */
  nonzero(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `nonzero_numpy`. */
  nonzero_numpy(self: Tensor): Tensor[];
  /** Returns a 2-D tensor where each row is the index for a non-zero value. Defaults: fill_value = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nonzero_static.html} */
  nonzero_static(self: Tensor, options: { size: number; fill_value?: number; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  norm(self: Tensor, p: Scalar | null, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  norm(self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim: boolean, options: { dtype: DType; out?: Tensor }): Tensor;
  norm(self: Tensor, p: Scalar | null, options: { dtype: DType; out?: Tensor }): Tensor;
  /** Defaults: p = 2. */
  norm(self: Tensor, p?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: p = 2. */
  norm(self: Tensor, options: { p?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `norm_except_dim`. Defaults: pow = 2, dim = 0. */
  norm_except_dim(v: Tensor, pow?: number, options?: { dim?: number }): Tensor;
  /** Defaults: pow = 2, dim = 0. */
  norm_except_dim(v: Tensor, options: { pow?: number; dim?: number }): Tensor;
  /** Defaults: pow = 2, dim = 0. */
  norm_except_dim(v: Tensor, pow?: number, dim?: number): Tensor;
  /** Returns a tensor of random numbers drawn from separate normal distributions whose mean and standard deviation are given. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.normal.html} */
  normal(mean: Tensor, std: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: std = 1, generator = null. */
  normal(mean: Tensor, std?: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: std = 1, generator = null. */
  normal(mean: Tensor, options: { std?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  normal(mean: number, std: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null, dtype = null, layout = null, device = null, pin_memory = null. */
  normal(mean: number, std: number, size: readonly number[], options?: { generator?: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: generator = null. */
  normal(mean: number, std: number, size: readonly number[], options: { generator?: Generator | null; out: Tensor }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal(self: Tensor, mean: number, options: { std?: number; generator?: Generator | null; out: Tensor }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal(self: Tensor, options: { mean?: number; std?: number; generator?: Generator | null; out: Tensor }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal(self: Tensor, mean: number, std: number, options: { generator?: Generator | null; out: Tensor }): Tensor;
  /** In place: Fills self tensor with elements samples from the normal distribution parameterized by mean and std. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.normal_.html} */
  normal_(self: Tensor, mean?: number, options?: { std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal_(self: Tensor, options: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal_(self: Tensor, mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** ATen's `normal_functional`. Defaults: mean = 0, std = 1, generator = null. */
  normal_functional(self: Tensor, mean?: number, options?: { std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal_functional(self: Tensor, options: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  /** Defaults: mean = 0, std = 1, generator = null. */
  normal_functional(self: Tensor, mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.not_equal.html} */
  not_equal(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  not_equal(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.not_equal_.html} */
  not_equal_(self: Tensor, other: Tensor): Tensor;
  not_equal_(self: Tensor, other: Scalar): Tensor;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclear_norm(self: Tensor, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  nuclear_norm(self: Tensor, options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  nuclear_norm(self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  nuclear_norm(self: Tensor, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the total number of elements in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.numel.html} */
  numel(self: Tensor): number;
  /** ATen's `numpy_T`. */
  numpy_T(self: Tensor): Tensor;
  /** ATen's `one_hot`. Defaults: num_classes = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html} */
  one_hot(self: Tensor, num_classes?: number): Tensor;
  /** Defaults: num_classes = -1. */
  one_hot(self: Tensor, options: { num_classes?: number }): Tensor;
  /** Returns a tensor filled with the scalar value `1`, with the shape defined by the variable argument size. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.ones.html} */
  ones(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  ones(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a tensor filled with the scalar value `1`, with the same size as input. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.ones_like.html} */
  ones_like(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  ones_like(self: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Alias for torch.linalg.householder_product. {@link https://docs.pytorch.org/docs/stable/generated/torch.orgqr.html} */
  orgqr(self: Tensor, input2: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the matrix-matrix multiplication of a product of Householder matrices with a general matrix. Defaults: left = true, transpose = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html} */
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, left?: boolean, options?: { transpose?: boolean; out?: Tensor }): Tensor;
  /** Defaults: left = true, transpose = false. */
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, options: { left?: boolean; transpose?: boolean; out?: Tensor }): Tensor;
  /** Defaults: left = true, transpose = false. */
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean, options?: { out?: Tensor }): Tensor;
  /** Outer product of input and vec2. {@link https://docs.pytorch.org/docs/stable/generated/torch.outer.html} */
  outer(self: Tensor, vec2: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `output_nr`. */
  output_nr(self: Tensor): number;
  /** Pads tensor. Defaults: mode = "constant", value = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html} */
  pad(self: Tensor, pad: readonly number[], mode?: string, options?: { value?: number | null }): Tensor;
  /** Defaults: mode = "constant", value = null. */
  pad(self: Tensor, pad: readonly number[], options: { mode?: string; value?: number | null }): Tensor;
  /** Defaults: mode = "constant", value = null. */
  pad(self: Tensor, pad: readonly number[], mode?: string, value?: number | null): Tensor;
  /** ATen's `pad_sequence`. Defaults: batch_first = false, padding_value = 0, padding_side = "right". */
  pad_sequence(sequences: readonly Tensor[], batch_first?: boolean, options?: { padding_value?: number; padding_side?: string }): Tensor;
  /** Defaults: batch_first = false, padding_value = 0, padding_side = "right". */
  pad_sequence(sequences: readonly Tensor[], options: { batch_first?: boolean; padding_value?: number; padding_side?: string }): Tensor;
  /** Defaults: batch_first = false, padding_value = 0, padding_side = "right". */
  pad_sequence(sequences: readonly Tensor[], batch_first?: boolean, padding_value?: number, padding_side?: string): Tensor;
  /** ATen's `pairwise_distance`. Defaults: p = 2, eps = 0.000001, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.pairwise_distance.html} */
  pairwise_distance(x1: Tensor, x2: Tensor, p?: number, options?: { eps?: number; keepdim?: boolean }): Tensor;
  /** Defaults: p = 2, eps = 0.000001, keepdim = false. */
  pairwise_distance(x1: Tensor, x2: Tensor, options: { p?: number; eps?: number; keepdim?: boolean }): Tensor;
  /** Defaults: p = 2, eps = 0.000001, keepdim = false. */
  pairwise_distance(x1: Tensor, x2: Tensor, p?: number, eps?: number, keepdim?: boolean): Tensor;
  /** Computes the p-norm distance between every pair of row vectors in the input. Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.pdist.html} */
  pdist(self: Tensor, p?: number): Tensor;
  /** Defaults: p = 2. */
  pdist(self: Tensor, options: { p?: number }): Tensor;
  /** Returns a view of the original tensor input with its dimensions permuted. {@link https://docs.pytorch.org/docs/stable/generated/torch.permute.html} */
  permute(self: Tensor, dims: readonly number[]): Tensor;
  /** Performs the same operation as torch.permute, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.permute_copy.html} */
  permute_copy(self: Tensor, dims: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Copies the tensor to pinned memory, if it's not already pinned. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pin_memory.html} */
  pin_memory(self: Tensor, device?: string | null): Tensor;
  /** Defaults: device = null. */
  pin_memory(self: Tensor, options: { device?: string | null }): Tensor;
  /** Alias for torch.linalg.pinv. Defaults: rcond = 1e-15. {@link https://docs.pytorch.org/docs/stable/generated/torch.pinverse.html} */
  pinverse(self: Tensor, rcond?: number): Tensor;
  /** Defaults: rcond = 1e-15. */
  pinverse(self: Tensor, options: { rcond?: number }): Tensor;
  /** ATen's `pixel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_shuffle.html} */
  pixel_shuffle(self: Tensor, upscale_factor: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `pixel_unshuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_unshuffle.html} */
  pixel_unshuffle(self: Tensor, downscale_factor: number, options?: { out?: Tensor }): Tensor;
  /** Returns a tensor of the same size as input with each element sampled from a Poisson distribution with rate parameter given by the corresponding element in input i.e.,. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.poisson.html} */
  poisson(self: Tensor, generator?: Generator | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  poisson(self: Tensor, options: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Compute the Poisson negative log likelihood loss. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.poisson_nll_loss.html} */
  poisson_nll_loss(input: Tensor, target: Tensor, log_input: boolean, full: boolean, eps: number, reduction: Reduction): Tensor;
  /** Constructs a complex tensor whose elements are Cartesian coordinates corresponding to the polar coordinates with absolute value abs and angle angle. {@link https://docs.pytorch.org/docs/stable/generated/torch.polar.html} */
  polar(abs: Tensor, angle: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.polygamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.polygamma.html} */
  polygamma(n: number, self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.polygamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.polygamma_.html} */
  polygamma_(self: Tensor, n: number): Tensor;
  /** Returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.positive.html} */
  positive(self: Tensor): Tensor;
  /** Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.pow.html} */
  pow(self: Tensor, exponent: Tensor, options?: { out?: Tensor }): Tensor;
  pow(self: Scalar, exponent: Tensor, options?: { out?: Tensor }): Tensor;
  pow(self: Tensor, exponent: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pow_.html} */
  pow_(self: Tensor, exponent: Tensor): Tensor;
  pow_(self: Tensor, exponent: Scalar): Tensor;
  /** ATen's `prelu`. {@link https://docs.pytorch.org/docs/stable/generated/torch.prelu.html} */
  prelu(self: Tensor, weight: Tensor): Tensor;
  /** Returns the product of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.prod.html} */
  prod(self: Tensor, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  prod(self: Tensor, dim: number, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  prod(self: Tensor, dim: number, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the torch.dtype with the smallest size and scalar kind that is not smaller nor of lower kind than either `type1` or `type2`. {@link https://docs.pytorch.org/docs/stable/generated/torch.promote_types.html} */
  promote_types(type1: DType, type2: DType): number;
  /** Out-of-place version of torch.Tensor.put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put.html} */
  put(self: Tensor, index: Tensor, source: Tensor, accumulate?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: accumulate = false. */
  put(self: Tensor, index: Tensor, source: Tensor, options: { accumulate?: boolean; out?: Tensor }): Tensor;
  /** In place: Copies the elements from source into the positions specified by index. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put_.html} */
  put_(self: Tensor, index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
  /** Defaults: accumulate = false. */
  put_(self: Tensor, index: Tensor, source: Tensor, options: { accumulate?: boolean }): Tensor;
  /** Given a Tensor quantized by linear (affine) per-channel quantization, returns the index of dimension on which per-channel quantization is applied. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.q_per_channel_axis.html} */
  q_per_channel_axis(self: Tensor): number;
  /** Given a Tensor quantized by linear (affine) per-channel quantization, returns a Tensor of scales of the underlying quantizer. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.q_per_channel_scales.html} */
  q_per_channel_scales(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Given a Tensor quantized by linear (affine) per-channel quantization, returns a tensor of zero_points of the underlying quantizer. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.q_per_channel_zero_points.html} */
  q_per_channel_zero_points(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Given a Tensor quantized by linear(affine) quantization, returns the scale of the underlying quantizer(). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.q_scale.html} */
  q_scale(self: Tensor): number;
  /** Given a Tensor quantized by linear(affine) quantization, returns the zero_point of the underlying quantizer(). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.q_zero_point.html} */
  q_zero_point(self: Tensor): number;
  /** ATen's `qr`. Defaults: some = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.qr.html} */
  qr(self: Tensor, some?: boolean, options?: { Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** Defaults: some = true. */
  qr(self: Tensor, options: { some?: boolean; Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(self: Tensor, q: Tensor, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  quantile(self: Tensor, q: Tensor, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  quantile(self: Tensor, q: Tensor, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  quantile(self: Tensor, q: number, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  quantile(self: Tensor, q: number, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Defaults: dim = null, keepdim = false, interpolation = "linear". */
  quantile(self: Tensor, q: number, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Converts a float tensor to a per-channel quantized tensor with given scales and zero points. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_channel.html} */
  quantize_per_channel(self: Tensor, scales: Tensor, zero_points: Tensor, axis: number, dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with given scale and zero point. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor.html} */
  quantize_per_tensor(self: Tensor, scale: number, zero_point: number, dtype: DType, options?: { out?: Tensor }): Tensor;
  quantize_per_tensor(self: Tensor, scale: Tensor, zero_point: Tensor, dtype: DType, options?: { out?: Tensor }): Tensor;
  quantize_per_tensor(tensors: readonly Tensor[], scales: Tensor, zero_points: Tensor, dtype: DType, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Converts a float tensor to a quantized tensor with scale and zero_point calculated dynamically based on the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor_dynamic.html} */
  quantize_per_tensor_dynamic(self: Tensor, dtype: DType, reduce_range: boolean, options?: { out?: Tensor }): Tensor;
  /** Applies batch normalization on a 4D (NCHW) quantized tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantized_batch_norm.html} */
  quantized_batch_norm(input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, var_: Tensor, eps: number, output_scale: number, output_zero_point: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `quantized_gru`. */
  quantized_gru(data: Tensor, batch_sizes: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  quantized_gru(input: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean): [Tensor, Tensor];
  /** ATen's `quantized_gru_cell`. */
  quantized_gru_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor, packed_ih: Tensor, packed_hh: Tensor, col_offsets_ih: Tensor, col_offsets_hh: Tensor, scale_ih: Scalar, scale_hh: Scalar, zero_point_ih: Scalar, zero_point_hh: Scalar): Tensor;
  /** ATen's `quantized_lstm`. Defaults: dtype = null, use_dynamic = false. */
  quantized_lstm(data: Tensor, batch_sizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, options?: { dtype?: DType | null; use_dynamic?: boolean }): [Tensor, Tensor, Tensor];
  /** Defaults: dtype = null, use_dynamic = false. */
  quantized_lstm(input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean, options?: { dtype?: DType | null; use_dynamic?: boolean }): [Tensor, Tensor, Tensor];
  /** ATen's `quantized_lstm_cell`. */
  quantized_lstm_cell(input: Tensor, hx: readonly Tensor[], w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor, packed_ih: Tensor, packed_hh: Tensor, col_offsets_ih: Tensor, col_offsets_hh: Tensor, scale_ih: Scalar, scale_hh: Scalar, zero_point_ih: Scalar, zero_point_hh: Scalar): [Tensor, Tensor];
  /** Applies a 1D max pooling over an input quantized tensor composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantized_max_pool1d.html} */
  quantized_max_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  quantized_max_pool1d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0], dilation = [1], ceil_mode = false. */
  quantized_max_pool1d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** Applies a 2D max pooling over an input quantized tensor composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantized_max_pool2d.html} */
  quantized_max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  quantized_max_pool2d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceil_mode = false. */
  quantized_max_pool2d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `quantized_max_pool3d`. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  quantized_max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  quantized_max_pool3d(self: Tensor, kernel_size: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceil_mode?: boolean; out?: Tensor }): Tensor;
  /** Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceil_mode = false. */
  quantized_max_pool3d(self: Tensor, kernel_size: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceil_mode?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `quantized_rnn_relu_cell`. */
  quantized_rnn_relu_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor, packed_ih: Tensor, packed_hh: Tensor, col_offsets_ih: Tensor, col_offsets_hh: Tensor, scale_ih: Scalar, scale_hh: Scalar, zero_point_ih: Scalar, zero_point_hh: Scalar): Tensor;
  /** ATen's `quantized_rnn_tanh_cell`. */
  quantized_rnn_tanh_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor, packed_ih: Tensor, packed_hh: Tensor, col_offsets_ih: Tensor, col_offsets_hh: Tensor, scale_ih: Scalar, scale_hh: Scalar, zero_point_ih: Scalar, zero_point_hh: Scalar): Tensor;
  /** Returns a new tensor with each of the elements of input converted from angles in radians to degrees. {@link https://docs.pytorch.org/docs/stable/generated/torch.rad2deg.html} */
  rad2deg(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with each of the elements of input converted from angles in radians to degrees. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.rad2deg_.html} */
  rad2deg_(self: Tensor): Tensor;
  /** Returns a tensor filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand.html} */
  rand(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  rand(size: readonly number[], options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  rand(size: readonly number[], options: { generator: Generator | null; out: Tensor }): Tensor;
  rand(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand_like.html} */
  rand_like(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  rand_like(self: Tensor, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  rand_like(self: Tensor, options: { generator: Generator | null; memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  rand_like(self: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = 4, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint.html} */
  randint(high: number, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = 4, layout = null, device = null, pin_memory = null. */
  randint(high: number, size: readonly number[], options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = 4, layout = null, device = null, pin_memory = null. */
  randint(low: number, high: number, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = 4, layout = null, device = null, pin_memory = null. */
  randint(low: number, high: number, size: readonly number[], options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  randint(high: number, size: readonly number[], options: { generator: Generator | null; out: Tensor }): Tensor;
  randint(low: number, high: number, size: readonly number[], options: { generator: Generator | null; out: Tensor }): Tensor;
  randint(low: number, high: number, size: readonly number[], options: { out: Tensor }): Tensor;
  randint(high: number, size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randint_like(self: Tensor, high: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randint_like(self: Tensor, high: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randint_like(self: Tensor, high: Tensor, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randint_like(self: Tensor, high: number, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randint_like(self: Tensor, low: number, high: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randint_like(self: Tensor, low: number, high: number, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, high: Tensor, options: { generator: Generator | null; memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, high: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, high: number, options: { generator: Generator | null; memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, low: number, high: number, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, low: number, high: number, options: { generator: Generator | null; memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randint_like(self: Tensor, high: number, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor filled with random numbers from a normal distribution with mean `0` and variance `1` (also called the standard normal distribution). Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn.html} */
  randn(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  randn(size: readonly number[], options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  randn(size: readonly number[], options: { generator: Generator | null; out: Tensor }): Tensor;
  randn(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a normal distribution with mean 0 and variance 1. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn_like.html} */
  randn_like(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. */
  randn_like(self: Tensor, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  randn_like(self: Tensor, options: { generator: Generator | null; memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Defaults: memory_format = null. */
  randn_like(self: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(self: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  random(self: Tensor, from_: number, to: number | null, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: generator = null. */
  random(self: Tensor, to: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(self: Tensor, options?: { generator?: Generator | null }): Tensor;
  /** Defaults: generator = null. */
  random_(self: Tensor, from_: number, to: number | null, options?: { generator?: Generator | null }): Tensor;
  /** Defaults: generator = null. */
  random_(self: Tensor, to: number, options?: { generator?: Generator | null }): Tensor;
  /** Returns a random permutation of integers from `0` to `n - 1`. Defaults: dtype = 4, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randperm.html} */
  randperm(n: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = 4, layout = null, device = null, pin_memory = null. */
  randperm(n: number, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  randperm(n: number, options: { generator: Generator | null; out: Tensor }): Tensor;
  randperm(n: number, options: { out: Tensor }): Tensor;
  /** ATen's `range`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.range.html} */
  range(start: Scalar, end: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  range(start: Scalar, end: Scalar, options: { out: Tensor }): Tensor;
  /** Defaults: step = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  range(start: Scalar, end: Scalar, step?: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: step = 1, dtype = null, layout = null, device = null, pin_memory = null. */
  range(start: Scalar, end: Scalar, options: { step?: Scalar; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: step = 1. */
  range(start: Scalar, end: Scalar, step: Scalar, options: { out: Tensor }): Tensor;
  /** Defaults: step = 1. */
  range(start: Scalar, end: Scalar, options: { step?: Scalar; out: Tensor }): Tensor;
  /** Return a contiguous flattened tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.ravel.html} */
  ravel(self: Tensor): Tensor;
  /** Returns a new tensor containing real values of the self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.real.html} */
  real(self: Tensor): Tensor;
  /** Returns a new tensor with the reciprocal of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.reciprocal.html} */
  reciprocal(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the reciprocal of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.reciprocal_.html} */
  reciprocal_(self: Tensor): Tensor;
  /** ATen's `reflection_pad1d`. */
  reflection_pad1d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad1d_backward`. */
  reflection_pad1d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `reflection_pad2d`. */
  reflection_pad2d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad2d_backward`. */
  reflection_pad2d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `reflection_pad3d`. */
  reflection_pad3d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad3d_backward`. */
  reflection_pad3d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** Applies the rectified linear unit function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu.html} */
  relu(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `relu6`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu6.html} */
  relu6(self: Tensor): Tensor;
  /** ATen's `relu6_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu6.html} */
  relu6_(self: Tensor): Tensor;
  /** In place: Applies the rectified linear unit function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.relu_.html} */
  relu_(self: Tensor): Tensor;
  /** Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.remainder.html} */
  remainder(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  remainder(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  remainder(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.remainder_.html} */
  remainder_(self: Tensor, other: Tensor): Tensor;
  remainder_(self: Tensor, other: Scalar): Tensor;
  /** Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.renorm.html} */
  renorm(self: Tensor, p: Scalar, dim: number, maxnorm: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.renorm_.html} */
  renorm_(self: Tensor, p: Scalar, dim: number, maxnorm: Scalar): Tensor;
  /** Repeats this tensor along the specified dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.repeat.html} */
  repeat(self: Tensor, repeats: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Repeat elements of a tensor. Defaults: output_size = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeat_interleave(repeats: Tensor, options?: { output_size?: number | null; out?: Tensor }): Tensor;
  /** Defaults: dim = null, output_size = null. */
  repeat_interleave(self: Tensor, repeats: Tensor, dim?: number | null, options?: { output_size?: number | null }): Tensor;
  /** Defaults: dim = null, output_size = null. */
  repeat_interleave(self: Tensor, repeats: Tensor, options: { dim?: number | null; output_size?: number | null }): Tensor;
  /** Defaults: dim = null, output_size = null. */
  repeat_interleave(self: Tensor, repeats: number, dim?: number | null, options?: { output_size?: number | null }): Tensor;
  /** Defaults: dim = null, output_size = null. */
  repeat_interleave(self: Tensor, repeats: number, options: { dim?: number | null; output_size?: number | null }): Tensor;
  /** ATen's `replication_pad1d`. */
  replication_pad1d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad1d_backward`. */
  replication_pad1d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `replication_pad2d`. */
  replication_pad2d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad2d_backward`. */
  replication_pad2d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `replication_pad3d`. */
  replication_pad3d(self: Tensor, padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad3d_backward`. */
  replication_pad3d_backward(grad_output: Tensor, self: Tensor, padding: number | readonly number[], options?: { grad_input?: Tensor }): Tensor;
  /** In place: Change if autograd should record operations on this tensor. Defaults: requires_grad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.requires_grad_.html} */
  requires_grad_(self: Tensor, requires_grad?: boolean): Tensor;
  /** Defaults: requires_grad = true. */
  requires_grad_(self: Tensor, options: { requires_grad?: boolean }): Tensor;
  /** Returns a tensor with the same data and number of elements as input, but with the specified shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.reshape.html} */
  reshape(self: Tensor, shape: readonly number[]): Tensor;
  /** Returns this tensor as the same shape as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.reshape_as.html} */
  reshape_as(self: Tensor, other: Tensor): Tensor;
  /** ATen's `resize`. Defaults: memory_format = null. */
  resize(self: Tensor, size: readonly number[], options?: { memory_format?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** In place: Resizes self tensor to the specified size. Defaults: memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_.html} */
  resize_(self: Tensor, size: readonly number[], options?: { memory_format?: MemoryFormat | null }): Tensor;
  /** ATen's `resize_as`. Defaults: memory_format = null. */
  resize_as(self: Tensor, the_template: Tensor, options?: { memory_format?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** In place: Resizes the self tensor to be the same size as the specified tensor. Defaults: memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_as_.html} */
  resize_as_(self: Tensor, the_template: Tensor, options?: { memory_format?: MemoryFormat | null }): Tensor;
  /** ATen's `resize_as_sparse`. */
  resize_as_sparse(self: Tensor, the_template: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `resize_as_sparse_`. */
  resize_as_sparse_(self: Tensor, the_template: Tensor): Tensor;
  /** Returns a new tensor with materialized conjugation if input's conjugate bit is set to `True`, else returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.resolve_conj.html} */
  resolve_conj(self: Tensor): Tensor;
  /** Returns a new tensor with materialized negation if input's negative bit is set to `True`, else returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.resolve_neg.html} */
  resolve_neg(self: Tensor): Tensor;
  /** Returns the torch.dtype that would result from performing an arithmetic operation on the provided input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.result_type.html} */
  result_type(tensor: Tensor, other: Tensor): number;
  result_type(tensor: Tensor, other: Scalar): number;
  result_type(scalar: Scalar, tensor: Tensor): number;
  result_type(scalar1: Scalar, scalar2: Scalar): number;
  /** Enables this Tensor to have their grad populated during backward. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html} */
  retain_grad(self: Tensor): void;
  /** Is `True` if this Tensor is non-leaf and its grad is enabled to be populated during backward, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retains_grad.html} */
  retains_grad(self: Tensor): boolean;
  /** Apply Root Mean Square Layer Normalization. Defaults: weight = null, eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rms_norm.html} */
  rms_norm(input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, options?: { eps?: number | null }): Tensor;
  /** Defaults: weight = null, eps = null. */
  rms_norm(input: Tensor, normalized_shape: readonly number[], options: { weight?: Tensor | null; eps?: number | null }): Tensor;
  /** Defaults: weight = null, eps = null. */
  rms_norm(input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, eps?: number | null): Tensor;
  /** ATen's `rnn_relu`. */
  rnn_relu(data: Tensor, batch_sizes: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  rnn_relu(input: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean): [Tensor, Tensor];
  /** ATen's `rnn_relu_cell`. Defaults: b_ih = null, b_hh = null. */
  rnn_relu_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, options?: { b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  rnn_relu_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, options: { b_ih?: Tensor | null; b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  rnn_relu_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, b_hh?: Tensor | null): Tensor;
  /** ATen's `rnn_tanh`. */
  rnn_tanh(data: Tensor, batch_sizes: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  rnn_tanh(input: Tensor, hx: Tensor, params: readonly Tensor[], has_biases: boolean, num_layers: number, dropout: number, train: boolean, bidirectional: boolean, batch_first: boolean): [Tensor, Tensor];
  /** ATen's `rnn_tanh_cell`. Defaults: b_ih = null, b_hh = null. */
  rnn_tanh_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, options?: { b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  rnn_tanh_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, options: { b_ih?: Tensor | null; b_hh?: Tensor | null }): Tensor;
  /** Defaults: b_ih = null, b_hh = null. */
  rnn_tanh_cell(input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih?: Tensor | null, b_hh?: Tensor | null): Tensor;
  /** Roll the tensor input along the given dimension(s). Defaults: dims = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.roll.html} */
  roll(self: Tensor, shifts: number | readonly number[], dims?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Defaults: dims = []. */
  roll(self: Tensor, shifts: number | readonly number[], options: { dims?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Rotate an n-D tensor by 90 degrees in the plane specified by dims axis. Defaults: k = 1, dims = [0, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.rot90.html} */
  rot90(self: Tensor, k?: number, options?: { dims?: readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: k = 1, dims = [0, 1]. */
  rot90(self: Tensor, options: { k?: number; dims?: readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: k = 1, dims = [0, 1]. */
  rot90(self: Tensor, k?: number, dims?: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.round.html} */
  round(self: Tensor, options?: { out?: Tensor }): Tensor;
  round(self: Tensor, options: { decimals: number; out?: Tensor }): Tensor;
  /** In place: Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.round_.html} */
  round_(self: Tensor): Tensor;
  round_(self: Tensor, options: { decimals: number }): Tensor;
  /** ATen's `row_indices`. */
  row_indices(self: Tensor): Tensor;
  /** ATen's `row_indices_copy`. */
  row_indices_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias of torch.vstack. {@link https://docs.pytorch.org/docs/stable/generated/torch.row_stack.html} */
  row_stack(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html} */
  rrelu(self: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu(self: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu(self: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** In place: Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rrelu_.html} */
  rrelu_(self: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_(self: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_(self: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** ATen's `rrelu_with_noise`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise(self: Tensor, noise: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise(self: Tensor, noise: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise(self: Tensor, noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `rrelu_with_noise_`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_(self: Tensor, noise: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_(self: Tensor, noise: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_(self: Tensor, noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** ATen's `rrelu_with_noise_backward`. */
  rrelu_with_noise_backward(grad_output: Tensor, self: Tensor, noise: Tensor, lower: Scalar, upper: Scalar, training: boolean, self_is_result: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `rrelu_with_noise_functional`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_functional(self: Tensor, noise: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): [Tensor, Tensor];
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_functional(self: Tensor, noise: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): [Tensor, Tensor];
  /** Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rrelu_with_noise_functional(self: Tensor, noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): [Tensor, Tensor];
  /** Returns a new tensor with the reciprocal of the square-root of each of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.rsqrt.html} */
  rsqrt(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the reciprocal of the square-root of each of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.rsqrt_.html} */
  rsqrt_(self: Tensor): Tensor;
  /** ATen's `rsub`. Defaults: alpha = 1. */
  rsub(self: Tensor, other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  rsub(self: Tensor, other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  rsub(self: Tensor, other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `scalar_tensor`. Defaults: dtype = null, layout = null, device = null, pin_memory = null. */
  scalar_tensor(s: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  scalar_tensor(s: Scalar, options: { out: Tensor }): Tensor;
  /** Computes scaled dot product attention on query, key and value tensors, using an optional attention mask if passed, and applying dropout if a probability greater than 0.0 is specified. Defaults: attn_mask = null, dropout_p = 0, is_causal = false, scale = null, enable_gqa = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html} */
  scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask?: Tensor | null, options?: { dropout_p?: number; is_causal?: boolean; scale?: number | null; enable_gqa?: boolean }): Tensor;
  /** Defaults: attn_mask = null, dropout_p = 0, is_causal = false, scale = null, enable_gqa = false. */
  scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, options: { attn_mask?: Tensor | null; dropout_p?: number; is_causal?: boolean; scale?: number | null; enable_gqa?: boolean }): Tensor;
  /** Defaults: attn_mask = null, dropout_p = 0, is_causal = false, scale = null, enable_gqa = false. */
  scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask?: Tensor | null, dropout_p?: number, is_causal?: boolean, options?: { scale?: number | null; enable_gqa?: boolean }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter.html} */
  scatter(self: Tensor, dim: number, index: Tensor, src: Tensor, options: { reduce: string; out?: Tensor }): Tensor;
  scatter(self: Tensor, dim: number, index: Tensor, src: Tensor, options?: { out?: Tensor }): Tensor;
  scatter(self: Tensor, dim: number, index: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  scatter(self: Tensor, dim: number, index: Tensor, value: Scalar, options: { reduce: string; out?: Tensor }): Tensor;
  /** In place: Writes all values from the tensor src into self at the indices specified in the index tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html} */
  scatter_(self: Tensor, dim: number, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter_(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor;
  scatter_(self: Tensor, dim: number, index: Tensor, value: Scalar): Tensor;
  scatter_(self: Tensor, dim: number, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_add_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter_add.html} */
  scatter_add(self: Tensor, dim: number, index: Tensor, src: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Adds all values from the tensor src into self at the indices specified in the index tensor in a similar fashion as torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_add_.html} */
  scatter_add_(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_reduce_. Defaults: include_self = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter_reduce.html} */
  scatter_reduce(self: Tensor, dim: number, index: Tensor, src: Tensor, reduce: string, options?: { include_self?: boolean; out?: Tensor }): Tensor;
  /** In place: Out-of-place version of torch.Tensor.scatter_reduce_. Defaults: include_self = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_reduce_.html} */
  scatter_reduce_(self: Tensor, dim: number, index: Tensor, src: Tensor, reduce: string, options?: { include_self?: boolean }): Tensor;
  /** ATen's `searchsorted`. Defaults: out_int32 = false, right = false, side = null, sorter = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.searchsorted.html} */
  searchsorted(sorted_sequence: Tensor, self: Tensor, options?: { out_int32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null; out?: Tensor }): Tensor;
  /** Defaults: out_int32 = false, right = false, side = null, sorter = null. */
  searchsorted(sorted_sequence: Tensor, self: Scalar, options?: { out_int32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null; out?: Tensor }): Tensor;
  /** Perform a segment reduction operation on the input tensor along the specified axis. Defaults: lengths = null, indices = null, offsets = null, axis = 0, unsafe = false, initial = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.segment_reduce.html} */
  segment_reduce(data: Tensor, reduce: string, options?: { lengths?: Tensor | null; indices?: Tensor | null; offsets?: Tensor | null; axis?: number; unsafe?: boolean; initial?: Scalar | null; out?: Tensor }): Tensor;
  /** Slices the input tensor along the selected dimension at the given index. {@link https://docs.pytorch.org/docs/stable/generated/torch.select.html} */
  select(self: Tensor, dim: number, index: number): Tensor;
  /** ATen's `select_backward`. */
  select_backward(grad_output: Tensor, input_sizes: readonly number[], dim: number, index: number, options?: { out?: Tensor }): Tensor;
  /** Performs the same operation as torch.select, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.select_copy.html} */
  select_copy(self: Tensor, dim: number, index: number, options?: { out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input at the given index. {@link https://docs.pytorch.org/docs/stable/generated/torch.select_scatter.html} */
  select_scatter(self: Tensor, src: Tensor, dim: number, index: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `selu`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.selu.html} */
  selu(self: Tensor): Tensor;
  /** ATen's `selu_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.selu_.html} */
  selu_(self: Tensor): Tensor;
  /** ATen's `set`. */
  set(self: Tensor, options?: { out?: Tensor }): Tensor;
  set(self: Tensor, source: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Sets the underlying storage, size, and strides. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html} */
  set_(self: Tensor): Tensor;
  set_(self: Tensor, source: Tensor): Tensor;
  /** Defaults: stride = []. */
  set_(self: Tensor, source: Tensor, storage_offset: number, size: readonly number[], stride?: readonly number[]): Tensor;
  /** Defaults: stride = []. */
  set_(self: Tensor, source: Tensor, storage_offset: number, size: readonly number[], options: { stride?: readonly number[] }): Tensor;
  /** ATen's `set_data`. */
  set_data(self: Tensor, new_data: Tensor): void;
  /** This function is an extension of torch.sign() to complex tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.sgn.html} */
  sgn(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: This function is an extension of torch.sign() to complex tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sgn_.html} */
  sgn_(self: Tensor): Tensor;
  /** Alias for torch.special.expit. {@link https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html} */
  sigmoid(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.expit. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sigmoid_.html} */
  sigmoid_(self: Tensor): Tensor;
  /** ATen's `sigmoid_backward`. */
  sigmoid_backward(grad_output: Tensor, output: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Returns a new tensor with the signs of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sign.html} */
  sign(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the signs of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sign_.html} */
  sign_(self: Tensor): Tensor;
  /** Tests if each element of input has its sign bit set or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.signbit.html} */
  signbit(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Apply the Sigmoid Linear Unit (SiLU) function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.silu.html} */
  silu(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Sigmoid Linear Unit (SiLU) function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.silu.html} */
  silu_(self: Tensor): Tensor;
  /** ATen's `silu_backward`. */
  silu_backward(grad_output: Tensor, self: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Returns a new tensor with the sine of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.sin.html} */
  sin(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the sine of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sin_.html} */
  sin_(self: Tensor): Tensor;
  /** Alias for torch.special.sinc. {@link https://docs.pytorch.org/docs/stable/generated/torch.sinc.html} */
  sinc(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.sinc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sinc_.html} */
  sinc_(self: Tensor): Tensor;
  /** Returns a new tensor with the hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sinh.html} */
  sinh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sinh_.html} */
  sinh_(self: Tensor): Tensor;
  /** Returns the size of the self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.size.html} */
  size(self: Tensor, dim: number): number;
  /** ATen's `slice`. Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(self: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(self: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(self: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  /** ATen's `slice_backward`. */
  slice_backward(grad_output: Tensor, input_sizes: readonly number[], dim: number, start: number, end: number, step: number, options?: { out?: Tensor }): Tensor;
  /** Performs the same operation as torch.slice, but all output tensors are freshly created instead of aliasing the input. Defaults: dim = 0, start = null, end = null, step = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.slice_copy.html} */
  slice_copy(self: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_copy(self: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_copy(self: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `slice_inverse`. Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_inverse(self: Tensor, src: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_inverse(self: Tensor, src: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_inverse(self: Tensor, src: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  /** Embeds the values of the src tensor into input at the given dimension. Defaults: dim = 0, start = null, end = null, step = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.slice_scatter.html} */
  slice_scatter(self: Tensor, src: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_scatter(self: Tensor, src: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Defaults: dim = 0, start = null, end = null, step = 1. */
  slice_scatter(self: Tensor, src: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.slogdet. {@link https://docs.pytorch.org/docs/stable/generated/torch.slogdet.html} */
  slogdet(self: Tensor, options?: { sign?: Tensor; logabsdet?: Tensor }): Results<[sign: Tensor, logabsdet: Tensor], { sign: Tensor; logabsdet: Tensor }>;
  /** ATen's `slow_conv3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slow_conv3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slow_conv3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slow_conv3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `slow_conv3d_forward`. */
  slow_conv3d_forward(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[], options?: { output?: Tensor }): Tensor;
  /** ATen's `slow_conv_dilated2d`. Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1]. */
  slow_conv_dilated2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1]. */
  slow_conv_dilated2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], dilation = [1, 1]. */
  slow_conv_dilated2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `slow_conv_dilated3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_dilated3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_dilated3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_dilated3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `slow_conv_transpose2d`. Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], dilation = [1, 1]. */
  slow_conv_transpose2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], dilation = [1, 1]. */
  slow_conv_transpose2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0], output_padding = [0, 0], dilation = [1, 1]. */
  slow_conv_transpose2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], output_padding?: number | readonly number[], dilation?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `slow_conv_transpose3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_transpose3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_transpose3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; output_padding?: number | readonly number[]; dilation?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0], output_padding = [0, 0, 0], dilation = [1, 1, 1]. */
  slow_conv_transpose3d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], output_padding?: number | readonly number[], dilation?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Performs a matrix multiplication of the sparse matrix input with the dense matrix mat. {@link https://docs.pytorch.org/docs/stable/generated/torch.smm.html} */
  smm(self: Tensor, mat2: Tensor): Tensor;
  /** Compute the Smooth L1 loss. Defaults: reduction = "mean", beta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html} */
  smooth_l1_loss(self: Tensor, target: Tensor, reduction?: Reduction, options?: { beta?: number; out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean", beta = 1. */
  smooth_l1_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction; beta?: number; out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean", beta = 1. */
  smooth_l1_loss(self: Tensor, target: Tensor, reduction?: Reduction, beta?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `smooth_l1_loss_backward`. */
  smooth_l1_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, reduction: Reduction, beta: number, options?: { grad_input?: Tensor }): Tensor;
  /** Compute the soft margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html} */
  soft_margin_loss(self: Tensor, target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Defaults: reduction = "mean". */
  soft_margin_loss(self: Tensor, target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** ATen's `soft_margin_loss_backward`. */
  soft_margin_loss_backward(grad_output: Tensor, self: Tensor, target: Tensor, reduction: Reduction, options?: { grad_input?: Tensor }): Tensor;
  /** Alias for torch.nn.functional.softmax. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.softmax.html} */
  softmax(self: Tensor, dim: number, dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dtype = null. */
  softmax(self: Tensor, dim: number, options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** ATen's `softplus`. Defaults: beta = 1, threshold = 20. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html} */
  softplus(self: Tensor, beta?: Scalar, options?: { threshold?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: beta = 1, threshold = 20. */
  softplus(self: Tensor, options: { beta?: Scalar; threshold?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: beta = 1, threshold = 20. */
  softplus(self: Tensor, beta?: Scalar, threshold?: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `softplus_backward`. */
  softplus_backward(grad_output: Tensor, self: Tensor, beta: Scalar, threshold: Scalar, options?: { grad_input?: Tensor }): Tensor;
  /** Applies the soft shrinkage function elementwise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html} */
  softshrink(self: Tensor, lambd?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: lambd = 0.5. */
  softshrink(self: Tensor, options: { lambd?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `softshrink_backward`. */
  softshrink_backward(grad_output: Tensor, self: Tensor, lambd: Scalar, options?: { grad_input?: Tensor }): Tensor;
  /** Sorts the elements of the input tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sort.html} */
  sort(self: Tensor, dim?: number, options?: { descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, descending = false. */
  sort(self: Tensor, options: { dim?: number; descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, descending = false. */
  sort(self: Tensor, dim?: number, descending?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, descending = false. */
  sort(self: Tensor, options: { stable: boolean | null; dim?: number; descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Constructs a sparse tensor in BSC (Block Compressed Sparse Column)) with specified 2-dimensional blocks at the given ccol_indices and row_indices. Defaults: dtype = null, layout = null, device = null, pin_memory = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_bsc_tensor.html} */
  sparse_bsc_tensor(ccol_indices: Tensor, row_indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_bsc_tensor(ccol_indices: Tensor, row_indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Constructs a sparse tensor in BSR (Block Compressed Sparse Row)) with specified 2-dimensional blocks at the given crow_indices and col_indices. Defaults: dtype = null, layout = null, device = null, pin_memory = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_bsr_tensor.html} */
  sparse_bsr_tensor(crow_indices: Tensor, col_indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_bsr_tensor(crow_indices: Tensor, col_indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Constructs a sparse tensor in Compressed Sparse format - CSR, CSC, BSR, or BSC - with specified values at the given compressed_indices and plain_indices. Defaults: dtype = null, layout = null, device = null, pin_memory = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_compressed_tensor.html} */
  sparse_compressed_tensor(compressed_indices: Tensor, plain_indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_compressed_tensor(compressed_indices: Tensor, plain_indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Constructs a sparse tensor in COO(rdinate) format with specified values at the given indices. Defaults: dtype = null, layout = null, device = null, pin_memory = null, is_coalesced = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_coo_tensor.html} */
  sparse_coo_tensor(indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; is_coalesced?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, is_coalesced = null. */
  sparse_coo_tensor(indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; is_coalesced?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_coo_tensor(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  sparse_coo_tensor(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Constructs a sparse tensor in CSC (Compressed Sparse Column) with specified values at the given ccol_indices and row_indices. Defaults: dtype = null, layout = null, device = null, pin_memory = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_csc_tensor.html} */
  sparse_csc_tensor(ccol_indices: Tensor, row_indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_csc_tensor(ccol_indices: Tensor, row_indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Constructs a sparse tensor in CSR (Compressed Sparse Row) with specified values at the given crow_indices and col_indices. Defaults: dtype = null, layout = null, device = null, pin_memory = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sparse_csr_tensor.html} */
  sparse_csr_tensor(crow_indices: Tensor, col_indices: Tensor, values: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = false. */
  sparse_csr_tensor(crow_indices: Tensor, col_indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Return the number of sparse dimensions in a sparse tensor self. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_dim.html} */
  sparse_dim(self: Tensor): number;
  /** Returns a new sparse tensor with values from a strided tensor self filtered by the indices of the sparse tensor mask. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_mask.html} */
  sparse_mask(self: Tensor, mask: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `sparse_resize`. */
  sparse_resize(self: Tensor, size: readonly number[], sparse_dim: number, dense_dim: number, options?: { out?: Tensor }): Tensor;
  /** In place: Resizes self sparse tensor to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_.html} */
  sparse_resize_(self: Tensor, size: readonly number[], sparse_dim: number, dense_dim: number): Tensor;
  /** ATen's `sparse_resize_and_clear`. */
  sparse_resize_and_clear(self: Tensor, size: readonly number[], sparse_dim: number, dense_dim: number, options?: { out?: Tensor }): Tensor;
  /** In place: Removes all specified elements from a sparse tensor self and resizes self to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_and_clear_.html} */
  sparse_resize_and_clear_(self: Tensor, size: readonly number[], sparse_dim: number, dense_dim: number): Tensor;
  /** ATen's `sparse_sampled_addmm`. Defaults: beta = 1, alpha = 1. */
  sparse_sampled_addmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `special_airy_ai`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.airy_ai.html} */
  special_airy_ai(x: Tensor, options?: { out?: Tensor }): Tensor;
  /** Bessel function of the first kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_j0.html} */
  special_bessel_j0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Bessel function of the first kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_j1.html} */
  special_bessel_j1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Bessel function of the second kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_y0.html} */
  special_bessel_y0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Bessel function of the second kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_y1.html} */
  special_bessel_y1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_chebyshev_polynomial_t`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.chebyshev_polynomial_t.html} */
  special_chebyshev_polynomial_t(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_t(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_t(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_chebyshev_polynomial_u`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.chebyshev_polynomial_u.html} */
  special_chebyshev_polynomial_u(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_u(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_u(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_chebyshev_polynomial_v`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.chebyshev_polynomial_v.html} */
  special_chebyshev_polynomial_v(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_v(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_v(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_chebyshev_polynomial_w`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.chebyshev_polynomial_w.html} */
  special_chebyshev_polynomial_w(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_w(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_chebyshev_polynomial_w(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the logarithmic derivative of the gamma function on `input`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.digamma.html} */
  special_digamma(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.entr.html} */
  special_entr(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erf.html} */
  special_erf(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the complementary error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfc.html} */
  special_erfc(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the scaled complementary error function for each element of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfcx.html} */
  special_erfcx(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfinv.html} */
  special_erfinv(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the base two exponential function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.exp2.html} */
  special_exp2(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the expit (also known as the logistic sigmoid function) of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.expit.html} */
  special_expit(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the exponential of the elements minus 1 of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.expm1.html} */
  special_expm1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the regularized lower incomplete gamma function. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammainc.html} */
  special_gammainc(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the regularized upper incomplete gamma function. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammaincc.html} */
  special_gammaincc(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammaln.html} */
  special_gammaln(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_hermite_polynomial_h`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.hermite_polynomial_h.html} */
  special_hermite_polynomial_h(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_hermite_polynomial_h(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_hermite_polynomial_h(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_hermite_polynomial_he`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.hermite_polynomial_he.html} */
  special_hermite_polynomial_he(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_hermite_polynomial_he(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_hermite_polynomial_he(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the zeroth order modified Bessel function of the first kind for each element of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i0.html} */
  special_i0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i0e.html} */
  special_i0e(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i1.html} */
  special_i1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i1e.html} */
  special_i1e(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_laguerre_polynomial_l`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.laguerre_polynomial_l.html} */
  special_laguerre_polynomial_l(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_laguerre_polynomial_l(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_laguerre_polynomial_l(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_legendre_polynomial_p`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.legendre_polynomial_p.html} */
  special_legendre_polynomial_p(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_legendre_polynomial_p(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_legendre_polynomial_p(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.log1p. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log1p.html} */
  special_log1p(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log_ndtr.html} */
  special_log_ndtr(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log_softmax.html} */
  special_log_softmax(self: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  /** Returns a new tensor with the logit of the elements of input. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logit.html} */
  special_logit(self: Tensor, eps?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: eps = null. */
  special_logit(self: Tensor, options: { eps?: number | null; out?: Tensor }): Tensor;
  /** Alias for torch.logsumexp. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logsumexp.html} */
  special_logsumexp(self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Defaults: keepdim = false. */
  special_logsumexp(self: Tensor, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Modified Bessel function of the first kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_i0.html} */
  special_modified_bessel_i0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the first kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_i1.html} */
  special_modified_bessel_i1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the second kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_k0.html} */
  special_modified_bessel_k0(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the second kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_k1.html} */
  special_modified_bessel_k1(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the multivariate log-gamma function with dimension p element-wise, given by. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.multigammaln.html} */
  special_multigammaln(self: Tensor, p: number, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.ndtr.html} */
  special_ndtr(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.ndtri.html} */
  special_ndtri(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the n^{th} derivative of the digamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.polygamma.html} */
  special_polygamma(n: number, self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.psi.html} */
  special_psi(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.round. Defaults: decimals = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.round.html} */
  special_round(self: Tensor, options?: { decimals?: number; out?: Tensor }): Tensor;
  /** Scaled modified Bessel function of the second kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.scaled_modified_bessel_k0.html} */
  special_scaled_modified_bessel_k0(x: Tensor, options?: { out?: Tensor }): Tensor;
  /** Scaled modified Bessel function of the second kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.scaled_modified_bessel_k1.html} */
  special_scaled_modified_bessel_k1(x: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_shifted_chebyshev_polynomial_t`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.shifted_chebyshev_polynomial_t.html} */
  special_shifted_chebyshev_polynomial_t(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_t(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_t(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_shifted_chebyshev_polynomial_u`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.shifted_chebyshev_polynomial_u.html} */
  special_shifted_chebyshev_polynomial_u(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_u(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_u(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_shifted_chebyshev_polynomial_v`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.shifted_chebyshev_polynomial_v.html} */
  special_shifted_chebyshev_polynomial_v(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_v(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_v(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `special_shifted_chebyshev_polynomial_w`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.shifted_chebyshev_polynomial_w.html} */
  special_shifted_chebyshev_polynomial_w(x: Tensor, n: Tensor, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_w(x: Tensor, n: Scalar, options?: { out?: Tensor }): Tensor;
  special_shifted_chebyshev_polynomial_w(x: Scalar, n: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the normalized sinc of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.sinc.html} */
  special_sinc(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the softmax function. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.softmax.html} */
  special_softmax(self: Tensor, dim: number, dtype?: DType | null): Tensor;
  /** Defaults: dtype = null. */
  special_softmax(self: Tensor, dim: number, options: { dtype?: DType | null }): Tensor;
  /** Spherical Bessel function of the first kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.spherical_bessel_j0.html} */
  special_spherical_bessel_j0(x: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log1p(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlog1py.html} */
  special_xlog1py(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  special_xlog1py(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  special_xlog1py(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlogy.html} */
  special_xlogy(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  special_xlogy(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  special_xlogy(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the Hurwitz zeta function, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.zeta.html} */
  special_zeta(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  special_zeta(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  special_zeta(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(self: Tensor, split_size: number, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  split(self: Tensor, split_size: number, options: { dim?: number }): Tensor[];
  /** Defaults: dim = 0. */
  split(self: Tensor, split_size: readonly number[], dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  split(self: Tensor, split_size: readonly number[], options: { dim?: number }): Tensor[];
  /** Performs the same operation as torch.split, but all output tensors are freshly created instead of aliasing the input. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split_copy.html} */
  split_copy(self: Tensor, split_size: number, dim?: number, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Defaults: dim = 0. */
  split_copy(self: Tensor, split_size: number, options: { dim?: number; out?: readonly Tensor[] }): Tensor[];
  /** ATen's `split_with_sizes`. Defaults: dim = 0. */
  split_with_sizes(self: Tensor, split_sizes: readonly number[], dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  split_with_sizes(self: Tensor, split_sizes: readonly number[], options: { dim?: number }): Tensor[];
  /** Performs the same operation as torch.split_with_sizes, but all output tensors are freshly created instead of aliasing the input. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split_with_sizes_copy.html} */
  split_with_sizes_copy(self: Tensor, split_sizes: readonly number[], dim?: number, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Defaults: dim = 0. */
  split_with_sizes_copy(self: Tensor, split_sizes: readonly number[], options: { dim?: number; out?: readonly Tensor[] }): Tensor[];
  /** Returns a new tensor with the square-root of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sqrt.html} */
  sqrt(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the square-root of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sqrt_.html} */
  sqrt_(self: Tensor): Tensor;
  /** Returns a new tensor with the square of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.square.html} */
  square(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the square of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.square_.html} */
  square_(self: Tensor): Tensor;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(self: Tensor): Tensor;
  squeeze(self: Tensor, dim: number): Tensor;
  squeeze(self: Tensor, dim: readonly number[]): Tensor;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(self: Tensor): Tensor;
  squeeze_(self: Tensor, dim: number): Tensor;
  squeeze_(self: Tensor, dim: readonly number[]): Tensor;
  /** Performs the same operation as torch.squeeze, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze_copy.html} */
  squeeze_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  squeeze_copy(self: Tensor, dim: number, options?: { out?: Tensor }): Tensor;
  squeeze_copy(self: Tensor, dim: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Matrix multiplies a sparse tensor mat1 with a dense tensor mat2, then adds the sparse tensor input to the result. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sspaddmm.html} */
  sspaddmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Concatenates a sequence of tensors along a new dimension. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.stack.html} */
  stack(tensors: readonly Tensor[], dim?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = 0. */
  stack(tensors: readonly Tensor[], options: { dim?: number; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(self: Tensor, unbiased?: boolean): Tensor;
  /** Defaults: unbiased = true. */
  std(self: Tensor, options: { unbiased?: boolean }): Tensor;
  /** Defaults: dim = null, correction = null, keepdim = false. */
  std(self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, correction = null, keepdim = false. */
  std(self: Tensor, options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  std(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  std(self: Tensor, dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  std(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  std_mean(self: Tensor, unbiased?: boolean): [Tensor, Tensor];
  /** Defaults: unbiased = true. */
  std_mean(self: Tensor, options: { unbiased?: boolean }): [Tensor, Tensor];
  /** Defaults: dim = null, correction = null, keepdim = false. */
  std_mean(self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Defaults: dim = null, correction = null, keepdim = false. */
  std_mean(self: Tensor, options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  std_mean(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  std_mean(self: Tensor, dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  std_mean(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  /** Short-time Fourier transform (STFT). Defaults: hop_length = null, win_length = null, window = null, normalized = false, onesided = null, return_complex = null, align_to_window = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(self: Tensor, n_fft: number, hop_length?: number | null, options?: { win_length?: number | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; return_complex?: boolean | null; align_to_window?: boolean | null }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, normalized = false, onesided = null, return_complex = null, align_to_window = null. */
  stft(self: Tensor, n_fft: number, options: { hop_length?: number | null; win_length?: number | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; return_complex?: boolean | null; align_to_window?: boolean | null }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, normalized = false, onesided = null, return_complex = null, align_to_window = null. */
  stft(self: Tensor, n_fft: number, hop_length?: number | null, win_length?: number | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, return_complex?: boolean | null, align_to_window?: boolean | null): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, center = true, pad_mode = "reflect", normalized = false, onesided = null, return_complex = null, align_to_window = null. */
  stft(self: Tensor, n_fft: number, hop_length?: number | null, options?: { win_length?: number | null; window?: Tensor | null; center?: boolean; pad_mode?: string; normalized?: boolean; onesided?: boolean | null; return_complex?: boolean | null; align_to_window?: boolean | null }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, center = true, pad_mode = "reflect", normalized = false, onesided = null, return_complex = null, align_to_window = null. */
  stft(self: Tensor, n_fft: number, options: { hop_length?: number | null; win_length?: number | null; window?: Tensor | null; center?: boolean; pad_mode?: string; normalized?: boolean; onesided?: boolean | null; return_complex?: boolean | null; align_to_window?: boolean | null }): Tensor;
  /** Defaults: hop_length = null, win_length = null, window = null, center = true, pad_mode = "reflect", normalized = false, onesided = null, return_complex = null, align_to_window = null. */
  stft(self: Tensor, n_fft: number, hop_length?: number | null, win_length?: number | null, window?: Tensor | null, center?: boolean, pad_mode?: string, normalized?: boolean, onesided?: boolean | null, return_complex?: boolean | null, align_to_window?: boolean | null): Tensor;
  /** Returns self tensor's offset in the underlying storage in terms of number of storage elements (not bytes). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.storage_offset.html} */
  storage_offset(self: Tensor): number;
  /** Returns the stride of self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.stride.html} */
  stride(self: Tensor, dim: number): number;
  /** Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sub.html} */
  sub(self: Tensor, other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  sub(self: Tensor, other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  sub(self: Tensor, other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html} */
  sub_(self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** Defaults: alpha = 1. */
  sub_(self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  /** Defaults: alpha = 1. */
  sub_(self: Tensor, other: Scalar, options: { alpha?: Scalar }): Tensor;
  /** Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.subtract.html} */
  subtract(self: Tensor, other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Defaults: alpha = 1. */
  subtract(self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  /** Defaults: alpha = 1. */
  subtract(self: Tensor, other: Scalar, options: { alpha?: Scalar }): Tensor;
  /** In place: Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.subtract_.html} */
  subtract_(self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** Defaults: alpha = 1. */
  subtract_(self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  /** Defaults: alpha = 1. */
  subtract_(self: Tensor, other: Scalar, options: { alpha?: Scalar }): Tensor;
  /** Returns the sum of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sum.html} */
  sum(self: Tensor, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  sum(self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Defaults: keepdim = false, dtype = null. */
  sum(self: Tensor, dim: number | readonly number[] | null, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Sum `this` tensor to size. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html} */
  sum_to_size(self: Tensor, size: readonly number[]): Tensor;
  /** Computes the singular value decomposition of either a matrix or batch of matrices input. Defaults: some = true, compute_uv = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.svd.html} */
  svd(self: Tensor, some?: boolean, options?: { compute_uv?: boolean; U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Defaults: some = true, compute_uv = true. */
  svd(self: Tensor, options: { some?: boolean; compute_uv?: boolean; U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Defaults: some = true, compute_uv = true. */
  svd(self: Tensor, some?: boolean, compute_uv?: boolean, options?: { U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapaxes.html} */
  swapaxes(self: Tensor, axis0: number, axis1: number): Tensor;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapaxes_.html} */
  swapaxes_(self: Tensor, axis0: number, axis1: number): Tensor;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapdims.html} */
  swapdims(self: Tensor, dim0: number, dim1: number): Tensor;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapdims_.html} */
  swapdims_(self: Tensor, dim0: number, dim1: number): Tensor;
  /** ATen's `sym_constrain_range`. Defaults: min = null, max = null. */
  sym_constrain_range(size: Scalar, options?: { min?: number | null; max?: number | null }): void;
  /** ATen's `sym_constrain_range_for_size`. Defaults: min = null, max = null. */
  sym_constrain_range_for_size(size: Scalar, options?: { min?: number | null; max?: number | null }): void;
  /** ATen's `sym_is_contiguous`. Defaults: memory_format = 0. */
  sym_is_contiguous(self: Tensor, memory_format?: MemoryFormat): boolean;
  /** Defaults: memory_format = 0. */
  sym_is_contiguous(self: Tensor, options: { memory_format?: MemoryFormat }): boolean;
  /** ATen's `sym_numel`. */
  sym_numel(self: Tensor): number;
  /** ATen's `sym_size`. */
  sym_size(self: Tensor, dim: number): number;
  /** ATen's `sym_storage_offset`. */
  sym_storage_offset(self: Tensor): number;
  /** ATen's `sym_stride`. */
  sym_stride(self: Tensor, dim: number): number;
  /** Expects input to be <= 2-D tensor and transposes dimensions 0 and 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.t.html} */
  t(self: Tensor): Tensor;
  /** In place: Expects input to be <= 2-D tensor and transposes dimensions 0 and 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.t_.html} */
  t_(self: Tensor): Tensor;
  /** Performs the same operation as torch.t, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.t_copy.html} */
  t_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the elements of input at the given indices. {@link https://docs.pytorch.org/docs/stable/generated/torch.take.html} */
  take(self: Tensor, index: Tensor, options?: { out?: Tensor }): Tensor;
  /** Selects values from input at the 1-dimensional indices from indices along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html} */
  take_along_dim(self: Tensor, indices: Tensor, dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dim = null. */
  take_along_dim(self: Tensor, indices: Tensor, options: { dim?: number | null; out?: Tensor }): Tensor;
  /** Returns a new tensor with the tangent of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.tan.html} */
  tan(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the tangent of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tan_.html} */
  tan_(self: Tensor): Tensor;
  /** Returns a new tensor with the hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tanh.html} */
  tanh(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tanh_.html} */
  tanh_(self: Tensor): Tensor;
  /** ATen's `tanh_backward`. */
  tanh_backward(grad_output: Tensor, output: Tensor, options?: { grad_input?: Tensor }): Tensor;
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensor_split(self: Tensor, indices: readonly number[], dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  tensor_split(self: Tensor, indices: readonly number[], options: { dim?: number }): Tensor[];
  /** Defaults: dim = 0. */
  tensor_split(self: Tensor, sections: number, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  tensor_split(self: Tensor, sections: number, options: { dim?: number }): Tensor[];
  /** Defaults: dim = 0. */
  tensor_split(self: Tensor, tensor_indices_or_sections: Tensor, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  tensor_split(self: Tensor, tensor_indices_or_sections: Tensor, options: { dim?: number }): Tensor[];
  /** Returns a contraction of a and b over multiple dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html} */
  tensordot(self: Tensor, other: Tensor, dims_self: readonly number[], dims_other: readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `thnn_conv2d`. Defaults: bias = null, stride = [1, 1], padding = [0, 0]. */
  thnn_conv2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0]. */
  thnn_conv2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Defaults: bias = null, stride = [1, 1], padding = [0, 0]. */
  thnn_conv2d(self: Tensor, weight: Tensor, kernel_size: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html} */
  threshold(self: Tensor, threshold: Scalar, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.threshold_.html} */
  threshold_(self: Tensor, threshold: Scalar, value: Scalar): Tensor;
  /** ATen's `threshold_backward`. */
  threshold_backward(grad_output: Tensor, self: Tensor, threshold: Scalar, options?: { grad_input?: Tensor }): Tensor;
  /** Constructs a tensor by repeating the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tile.html} */
  tile(self: Tensor, dims: readonly number[]): Tensor;
  /** Performs Tensor dtype and/or device conversion. Defaults: non_blocking = false, copy = false, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html} */
  to(self: Tensor, device: string, dtype: DType, non_blocking?: boolean, options?: { copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, device: string, dtype: DType, options: { non_blocking?: boolean; copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, device: string, dtype: DType, non_blocking?: boolean, copy?: boolean, memory_format?: MemoryFormat | null): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, dtype: DType, non_blocking?: boolean, options?: { copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, dtype: DType, options: { non_blocking?: boolean; copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, dtype: DType, non_blocking?: boolean, copy?: boolean, memory_format?: MemoryFormat | null): Tensor;
  /** Defaults: dtype = null, layout = null, device = null, pin_memory = null, non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; non_blocking?: boolean; copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, other: Tensor, non_blocking?: boolean, options?: { copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, other: Tensor, options: { non_blocking?: boolean; copy?: boolean; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: non_blocking = false, copy = false, memory_format = null. */
  to(self: Tensor, other: Tensor, non_blocking?: boolean, copy?: boolean, memory_format?: MemoryFormat | null): Tensor;
  /** Creates a strided copy of self if self is not a strided tensor, otherwise returns self. Defaults: dtype = null, masked_grad = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_dense.html} */
  to_dense(self: Tensor, dtype?: DType | null, options?: { masked_grad?: boolean | null }): Tensor;
  /** Defaults: dtype = null, masked_grad = null. */
  to_dense(self: Tensor, options: { dtype?: DType | null; masked_grad?: boolean | null }): Tensor;
  /** ATen's `to_dense_backward`. Defaults: masked_grad = null. */
  to_dense_backward(grad: Tensor, input: Tensor, masked_grad?: boolean | null): Tensor;
  /** Defaults: masked_grad = null. */
  to_dense_backward(grad: Tensor, input: Tensor, options: { masked_grad?: boolean | null }): Tensor;
  /** ATen's `to_mkldnn`. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_mkldnn.html} */
  to_mkldnn(self: Tensor, dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: dtype = null. */
  to_mkldnn(self: Tensor, options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** ATen's `to_mkldnn_backward`. */
  to_mkldnn_backward(grad: Tensor, input: Tensor): Tensor;
  /** ATen's `to_padded_tensor`. Defaults: output_size = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_padded_tensor.html} */
  to_padded_tensor(self: Tensor, padding: number, output_size?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: output_size = null. */
  to_padded_tensor(self: Tensor, padding: number, options: { output_size?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Returns a sparse copy of the tensor. Defaults: layout = null, blocksize = null, dense_dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse.html} */
  to_sparse(self: Tensor, options?: { layout?: Layout | null; blocksize?: number | readonly number[] | null; dense_dim?: number | null }): Tensor;
  to_sparse(self: Tensor, sparse_dim: number): Tensor;
  /** Convert a tensor to a block sparse column (BSC) storage format of given blocksize. Defaults: dense_dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsc.html} */
  to_sparse_bsc(self: Tensor, blocksize: number | readonly number[], dense_dim?: number | null): Tensor;
  /** Defaults: dense_dim = null. */
  to_sparse_bsc(self: Tensor, blocksize: number | readonly number[], options: { dense_dim?: number | null }): Tensor;
  /** Convert a tensor to a block sparse row (BSR) storage format of given blocksize. Defaults: dense_dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsr.html} */
  to_sparse_bsr(self: Tensor, blocksize: number | readonly number[], dense_dim?: number | null): Tensor;
  /** Defaults: dense_dim = null. */
  to_sparse_bsr(self: Tensor, blocksize: number | readonly number[], options: { dense_dim?: number | null }): Tensor;
  /** Convert a tensor to compressed column storage (CSC) format. Defaults: dense_dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csc.html} */
  to_sparse_csc(self: Tensor, dense_dim?: number | null): Tensor;
  /** Defaults: dense_dim = null. */
  to_sparse_csc(self: Tensor, options: { dense_dim?: number | null }): Tensor;
  /** Convert a tensor to compressed row storage format (CSR). Defaults: dense_dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csr.html} */
  to_sparse_csr(self: Tensor, dense_dim?: number | null): Tensor;
  /** Defaults: dense_dim = null. */
  to_sparse_csr(self: Tensor, options: { dense_dim?: number | null }): Tensor;
  /** Returns the k largest elements of the given input tensor along a given dimension. Defaults: dim = -1, largest = true, sorted = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.topk.html} */
  topk(self: Tensor, k: number, dim?: number, options?: { largest?: boolean; sorted?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, largest = true, sorted = true. */
  topk(self: Tensor, k: number, options: { dim?: number; largest?: boolean; sorted?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Defaults: dim = -1, largest = true, sorted = true. */
  topk(self: Tensor, k: number, dim?: number, largest?: boolean, sorted?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the sum of the elements of the diagonal of the input 2-D matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.trace.html} */
  trace(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `trace_backward`. */
  trace_backward(grad: Tensor, sizes: readonly number[]): Tensor;
  /** Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.transpose.html} */
  transpose(self: Tensor, dim0: number, dim1: number): Tensor;
  /** In place: Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.transpose_.html} */
  transpose_(self: Tensor, dim0: number, dim1: number): Tensor;
  /** Performs the same operation as torch.transpose, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.transpose_copy.html} */
  transpose_copy(self: Tensor, dim0: number, dim1: number, options?: { out?: Tensor }): Tensor;
  /** Computes the trapezoidal rule along dim. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.trapezoid.html} */
  trapezoid(y: Tensor, x: Tensor, options?: { dim?: number }): Tensor;
  /** Defaults: dx = 1, dim = -1. */
  trapezoid(y: Tensor, options?: { dx?: Scalar; dim?: number }): Tensor;
  /** Alias for torch.trapezoid. Defaults: dx = 1, dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.trapz.html} */
  trapz(y: Tensor, options?: { dx?: number; dim?: number }): Tensor;
  /** Defaults: dim = -1. */
  trapz(y: Tensor, x: Tensor, options?: { dim?: number }): Tensor;
  /** Solves a system of equations with a square upper or lower triangular invertible matrix A and multiple right-hand sides b. Defaults: upper = true, transpose = false, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.triangular_solve.html} */
  triangular_solve(self: Tensor, A: Tensor, upper?: boolean, options?: { transpose?: boolean; unitriangular?: boolean; X?: Tensor; M?: Tensor }): Results<[solution: Tensor, cloned_coefficient: Tensor], { solution: Tensor; cloned_coefficient: Tensor }>;
  /** Defaults: upper = true, transpose = false, unitriangular = false. */
  triangular_solve(self: Tensor, A: Tensor, options: { upper?: boolean; transpose?: boolean; unitriangular?: boolean; X?: Tensor; M?: Tensor }): Results<[solution: Tensor, cloned_coefficient: Tensor], { solution: Tensor; cloned_coefficient: Tensor }>;
  /** Defaults: upper = true, transpose = false, unitriangular = false. */
  triangular_solve(self: Tensor, A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean, options?: { X?: Tensor; M?: Tensor }): Results<[solution: Tensor, cloned_coefficient: Tensor], { solution: Tensor; cloned_coefficient: Tensor }>;
  /** Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tril.html} */
  tril(self: Tensor, diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: diagonal = 0. */
  tril(self: Tensor, options: { diagonal?: number; out?: Tensor }): Tensor;
  /** In place: Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tril_.html} */
  tril_(self: Tensor, diagonal?: number): Tensor;
  /** Defaults: diagonal = 0. */
  tril_(self: Tensor, options: { diagonal?: number }): Tensor;
  /** ATen's `tril_indices`. Defaults: offset = 0, dtype = 4, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.tril_indices.html} */
  tril_indices(row: number, col: number, offset?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: offset = 0, dtype = 4, layout = null, device = null, pin_memory = null. */
  tril_indices(row: number, col: number, options: { offset?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: offset = 0. */
  tril_indices(row: number, col: number, offset: number, options: { out: Tensor }): Tensor;
  /** Defaults: offset = 0. */
  tril_indices(row: number, col: number, options: { offset?: number; out: Tensor }): Tensor;
  /** Compute the triplet loss between given input tensors and a margin greater than 0. Defaults: margin = 1, p = 2, eps = 0.000001, swap = false, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_loss.html} */
  triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, options?: { p?: number; eps?: number; swap?: boolean; reduction?: Reduction }): Tensor;
  /** Defaults: margin = 1, p = 2, eps = 0.000001, swap = false, reduction = "mean". */
  triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, options: { margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: Reduction }): Tensor;
  /** Defaults: margin = 1, p = 2, eps = 0.000001, swap = false, reduction = "mean". */
  triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, p?: number, eps?: number, swap?: boolean, reduction?: Reduction): Tensor;
  /** Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.triu.html} */
  triu(self: Tensor, diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** Defaults: diagonal = 0. */
  triu(self: Tensor, options: { diagonal?: number; out?: Tensor }): Tensor;
  /** In place: Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.triu_.html} */
  triu_(self: Tensor, diagonal?: number): Tensor;
  /** Defaults: diagonal = 0. */
  triu_(self: Tensor, options: { diagonal?: number }): Tensor;
  /** Returns the indices of the upper triangular part of a row by col matrix in a 2-by-N Tensor, where the first row contains row coordinates of all indices and the second row contains column coordinates. Defaults: offset = 0, dtype = 4, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.triu_indices.html} */
  triu_indices(row: number, col: number, offset?: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: offset = 0, dtype = 4, layout = null, device = null, pin_memory = null. */
  triu_indices(row: number, col: number, options: { offset?: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  /** Defaults: offset = 0. */
  triu_indices(row: number, col: number, offset: number, options: { out: Tensor }): Tensor;
  /** Defaults: offset = 0. */
  triu_indices(row: number, col: number, options: { offset?: number; out: Tensor }): Tensor;
  /** Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.true_divide.html} */
  true_divide(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  true_divide(self: Tensor, other: Scalar): Tensor;
  /** In place: Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.true_divide_.html} */
  true_divide_(self: Tensor, other: Tensor): Tensor;
  true_divide_(self: Tensor, other: Scalar): Tensor;
  /** Returns a new tensor with the truncated integer values of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.trunc.html} */
  trunc(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the truncated integer values of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.trunc_.html} */
  trunc_(self: Tensor): Tensor;
  /** Returns this tensor cast to the type of the given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.type_as.html} */
  type_as(self: Tensor, other: Tensor): Tensor;
  /** Removes a tensor dimension. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unbind.html} */
  unbind(self: Tensor, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  unbind(self: Tensor, options: { dim?: number }): Tensor[];
  /** Performs the same operation as torch.unbind, but all output tensors are freshly created instead of aliasing the input. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unbind_copy.html} */
  unbind_copy(self: Tensor, dim?: number, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Defaults: dim = 0. */
  unbind_copy(self: Tensor, options: { dim?: number; out?: readonly Tensor[] }): Tensor[];
  /** Expands a dimension of the input tensor over multiple dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.unflatten.html} */
  unflatten(self: Tensor, dim: number, sizes: readonly number[]): Tensor;
  /** ATen's `unflatten_dense_tensors`. */
  unflatten_dense_tensors(flat: Tensor, tensors: readonly Tensor[]): Tensor[];
  /** Extract sliding local blocks from a batched input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html} */
  unfold(self: Tensor, dimension: number, size: number, step: number): Tensor;
  /** ATen's `unfold_backward`. */
  unfold_backward(grad_in: Tensor, input_sizes: readonly number[], dim: number, size: number, step: number, options?: { out?: Tensor }): Tensor;
  /** Performs the same operation as torch.unfold, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.unfold_copy.html} */
  unfold_copy(self: Tensor, dimension: number, size: number, step: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `uniform`. Defaults: from = 0, to = 1, generator = null. */
  uniform(self: Tensor, from_?: number, options?: { to?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: from = 0, to = 1, generator = null. */
  uniform(self: Tensor, options: { from?: number; to?: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Defaults: from = 0, to = 1, generator = null. */
  uniform(self: Tensor, from_?: number, to?: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with numbers sampled from the continuous uniform distribution. Defaults: from = 0, to = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html} */
  uniform_(self: Tensor, from_?: number, options?: { to?: number; generator?: Generator | null }): Tensor;
  /** Defaults: from = 0, to = 1, generator = null. */
  uniform_(self: Tensor, options: { from?: number; to?: number; generator?: Generator | null }): Tensor;
  /** Defaults: from = 0, to = 1, generator = null. */
  uniform_(self: Tensor, from_?: number, to?: number, options?: { generator?: Generator | null }): Tensor;
  /** Eliminates all but the first element from every consecutive group of equivalent elements. Defaults: return_inverse = false, return_counts = false, dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html} */
  unique_consecutive(self: Tensor, return_inverse?: boolean, options?: { return_counts?: boolean; dim?: number | null; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: return_inverse = false, return_counts = false, dim = null. */
  unique_consecutive(self: Tensor, options: { return_inverse?: boolean; return_counts?: boolean; dim?: number | null; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: return_inverse = false, return_counts = false, dim = null. */
  unique_consecutive(self: Tensor, return_inverse?: boolean, return_counts?: boolean, dim?: number | null, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `unique_dim`. Defaults: sorted = true, return_inverse = false, return_counts = false. */
  unique_dim(self: Tensor, dim: number, sorted?: boolean, options?: { return_inverse?: boolean; return_counts?: boolean; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: sorted = true, return_inverse = false, return_counts = false. */
  unique_dim(self: Tensor, dim: number, options: { sorted?: boolean; return_inverse?: boolean; return_counts?: boolean; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: sorted = true, return_inverse = false, return_counts = false. */
  unique_dim(self: Tensor, dim: number, sorted?: boolean, return_inverse?: boolean, return_counts?: boolean, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** ATen's `unique_dim_consecutive`. Defaults: return_inverse = false, return_counts = false. */
  unique_dim_consecutive(self: Tensor, dim: number, return_inverse?: boolean, options?: { return_counts?: boolean; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: return_inverse = false, return_counts = false. */
  unique_dim_consecutive(self: Tensor, dim: number, options: { return_inverse?: boolean; return_counts?: boolean; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Defaults: return_inverse = false, return_counts = false. */
  unique_dim_consecutive(self: Tensor, dim: number, return_inverse?: boolean, return_counts?: boolean, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Works like torch.chunk but without enforcing the autograd restrictions on inplace modification of the outputs. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsafe_chunk.html} */
  unsafe_chunk(self: Tensor, chunks: number, dim?: number): Tensor[];
  /** Defaults: dim = 0. */
  unsafe_chunk(self: Tensor, chunks: number, options: { dim?: number }): Tensor[];
  /** Works like torch.split but without enforcing the autograd restrictions on inplace modification of the outputs. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsafe_split.html} */
  unsafe_split(self: Tensor, split_size: number, dim?: number, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Defaults: dim = 0. */
  unsafe_split(self: Tensor, split_size: number, options: { dim?: number; out?: readonly Tensor[] }): Tensor[];
  /** ATen's `unsafe_split_with_sizes`. Defaults: dim = 0. */
  unsafe_split_with_sizes(self: Tensor, split_sizes: readonly number[], dim?: number, options?: { out?: readonly Tensor[] }): Tensor[];
  /** Defaults: dim = 0. */
  unsafe_split_with_sizes(self: Tensor, split_sizes: readonly number[], options: { dim?: number; out?: readonly Tensor[] }): Tensor[];
  /** Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsqueeze.html} */
  unsqueeze(self: Tensor, dim: number): Tensor;
  /** In place: Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unsqueeze_.html} */
  unsqueeze_(self: Tensor, dim: number): Tensor;
  /** Performs the same operation as torch.unsqueeze, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsqueeze_copy.html} */
  unsqueeze_copy(self: Tensor, dim: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_bicubic2d`. Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, options?: { scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, options: { scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, scales_w?: number | null, options?: { out?: Tensor }): Tensor;
  upsample_bicubic2d(input: Tensor, output_size: readonly number[] | null, align_corners: boolean, scale_factors: readonly number[] | null): Tensor;
  /** ATen's `upsample_bicubic2d_backward`. Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, options?: { scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, options: { scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bicubic2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, scales_w?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d`. Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, options?: { scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, options: { scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, scales_w?: number | null, options?: { out?: Tensor }): Tensor;
  upsample_bilinear2d(input: Tensor, output_size: readonly number[] | null, align_corners: boolean, scale_factors: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d_backward`. Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, options?: { scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, options: { scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_bilinear2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_h?: number | null, scales_w?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_linear1d`. Defaults: scales = null. */
  upsample_linear1d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: scales = null. */
  upsample_linear1d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, options: { scales?: number | null; out?: Tensor }): Tensor;
  upsample_linear1d(input: Tensor, output_size: readonly number[] | null, align_corners: boolean, scale_factors: readonly number[] | null): Tensor;
  /** ATen's `upsample_linear1d_backward`. Defaults: scales = null. */
  upsample_linear1d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** Defaults: scales = null. */
  upsample_linear1d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, options: { scales?: number | null; grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_nearest1d`. Defaults: scales = null. */
  upsample_nearest1d(self: Tensor, output_size: number | readonly number[], scales?: number | null, options?: { out?: Tensor }): Tensor;
  /** Defaults: scales = null. */
  upsample_nearest1d(self: Tensor, output_size: number | readonly number[], options: { scales?: number | null; out?: Tensor }): Tensor;
  upsample_nearest1d(input: Tensor, output_size: readonly number[] | null, scale_factors: readonly number[] | null): Tensor;
  /** ATen's `upsample_nearest1d_backward`. Defaults: scales = null. */
  upsample_nearest1d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], scales?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** Defaults: scales = null. */
  upsample_nearest1d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], options: { scales?: number | null; grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d`. Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d(self: Tensor, output_size: number | readonly number[], scales_h?: number | null, options?: { scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d(self: Tensor, output_size: number | readonly number[], options: { scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d(self: Tensor, output_size: number | readonly number[], scales_h?: number | null, scales_w?: number | null, options?: { out?: Tensor }): Tensor;
  upsample_nearest2d(input: Tensor, output_size: readonly number[] | null, scale_factors: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d_backward`. Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], scales_h?: number | null, options?: { scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], options: { scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_h = null, scales_w = null. */
  upsample_nearest2d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], scales_h?: number | null, scales_w?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_nearest3d`. Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d(self: Tensor, output_size: number | readonly number[], scales_d?: number | null, options?: { scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d(self: Tensor, output_size: number | readonly number[], options: { scales_d?: number | null; scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d(self: Tensor, output_size: number | readonly number[], scales_d?: number | null, scales_h?: number | null, scales_w?: number | null, options?: { out?: Tensor }): Tensor;
  upsample_nearest3d(input: Tensor, output_size: readonly number[] | null, scale_factors: readonly number[] | null): Tensor;
  /** ATen's `upsample_nearest3d_backward`. Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], scales_d?: number | null, options?: { scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], options: { scales_d?: number | null; scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_nearest3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], scales_d?: number | null, scales_h?: number | null, scales_w?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `upsample_trilinear3d`. Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_d?: number | null, options?: { scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, options: { scales_d?: number | null; scales_h?: number | null; scales_w?: number | null; out?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d(self: Tensor, output_size: number | readonly number[], align_corners: boolean, scales_d?: number | null, scales_h?: number | null, scales_w?: number | null, options?: { out?: Tensor }): Tensor;
  upsample_trilinear3d(input: Tensor, output_size: readonly number[] | null, align_corners: boolean, scale_factors: readonly number[] | null): Tensor;
  /** ATen's `upsample_trilinear3d_backward`. Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_d?: number | null, options?: { scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, options: { scales_d?: number | null; scales_h?: number | null; scales_w?: number | null; grad_input?: Tensor }): Tensor;
  /** Defaults: scales_d = null, scales_h = null, scales_w = null. */
  upsample_trilinear3d_backward(grad_output: Tensor, output_size: number | readonly number[], input_size: number | readonly number[], align_corners: boolean, scales_d?: number | null, scales_h?: number | null, scales_w?: number | null, options?: { grad_input?: Tensor }): Tensor;
  /** ATen's `value_selecting_reduction_backward`. */
  value_selecting_reduction_backward(grad: Tensor, dim: number, indices: Tensor, sizes: readonly number[], keepdim: boolean): Tensor;
  /** Return the values tensor of a sparse COO tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.values.html} */
  values(self: Tensor): Tensor;
  /** Performs the same operation as torch.values, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.values_copy.html} */
  values_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Generates a Vandermonde matrix. Defaults: N = null, increasing = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.vander.html} */
  vander(x: Tensor, N?: number | null, options?: { increasing?: boolean }): Tensor;
  /** Defaults: N = null, increasing = false. */
  vander(x: Tensor, options: { N?: number | null; increasing?: boolean }): Tensor;
  /** Defaults: N = null, increasing = false. */
  vander(x: Tensor, N?: number | null, increasing?: boolean): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(self: Tensor, unbiased?: boolean): Tensor;
  /** Defaults: unbiased = true. */
  var(self: Tensor, options: { unbiased?: boolean }): Tensor;
  /** Defaults: dim = null, correction = null, keepdim = false. */
  var(self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: dim = null, correction = null, keepdim = false. */
  var(self: Tensor, options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  var(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  var(self: Tensor, dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Defaults: unbiased = true, keepdim = false. */
  var(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  var_mean(self: Tensor, unbiased?: boolean): [Tensor, Tensor];
  /** Defaults: unbiased = true. */
  var_mean(self: Tensor, options: { unbiased?: boolean }): [Tensor, Tensor];
  /** Defaults: dim = null, correction = null, keepdim = false. */
  var_mean(self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Defaults: dim = null, correction = null, keepdim = false. */
  var_mean(self: Tensor, options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  var_mean(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  var_mean(self: Tensor, dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Defaults: unbiased = true, keepdim = false. */
  var_mean(self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  /** Computes the dot product of two 1D vectors along a dimension. {@link https://docs.pytorch.org/docs/stable/generated/torch.vdot.html} */
  vdot(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(self: Tensor, size: readonly number[]): Tensor;
  view(self: Tensor, dtype: DType): Tensor;
  /** View this tensor as the same size as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view_as.html} */
  view_as(self: Tensor, other: Tensor): Tensor;
  /** Returns a view of input as a complex tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_complex.html} */
  view_as_complex(self: Tensor): Tensor;
  /** Performs the same operation as torch.view_as_complex, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_complex_copy.html} */
  view_as_complex_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a view of input as a real tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_real.html} */
  view_as_real(self: Tensor): Tensor;
  /** Performs the same operation as torch.view_as_real, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_real_copy.html} */
  view_as_real_copy(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** Performs the same operation as torch.view, but all output tensors are freshly created instead of aliasing the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_copy.html} */
  view_copy(self: Tensor, size: readonly number[], options?: { out?: Tensor }): Tensor;
  view_copy(self: Tensor, dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Splits input, a tensor with two or more dimensions, into multiple tensors vertically according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.vsplit.html} */
  vsplit(self: Tensor, indices: readonly number[]): Tensor[];
  vsplit(self: Tensor, sections: number): Tensor[];
  /** Stack tensors in sequence vertically (row wise). {@link https://docs.pytorch.org/docs/stable/generated/torch.vstack.html} */
  vstack(tensors: readonly Tensor[], options?: { out?: Tensor }): Tensor;
  /** Return a tensor of elements selected from either input or other, depending on condition. {@link https://docs.pytorch.org/docs/stable/generated/torch.where.html} */
  where(condition: Tensor): Tensor[];
  where(condition: Tensor, self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  where(condition: Tensor, self: Tensor, other: Scalar): Tensor;
  where(condition: Tensor, self: Scalar, other: Tensor): Tensor;
  where(condition: Tensor, self: Scalar, other: Scalar): Tensor;
  /** Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.xlogy.html} */
  xlogy(self: Tensor, other: Tensor, options?: { out?: Tensor }): Tensor;
  xlogy(self: Tensor, other: Scalar, options?: { out?: Tensor }): Tensor;
  xlogy(self: Scalar, other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.xlogy_.html} */
  xlogy_(self: Tensor, other: Tensor): Tensor;
  xlogy_(self: Tensor, other: Scalar): Tensor;
  /** ATen's `zero`. */
  zero(self: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Fills self tensor with zeros. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.zero_.html} */
  zero_(self: Tensor): Tensor;
  /** Returns a tensor filled with the scalar value `0`, with the shape defined by the variable argument size. Defaults: dtype = null, layout = null, device = null, pin_memory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.zeros.html} */
  zeros(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null }): Tensor;
  zeros(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a tensor filled with the scalar value `0`, with the same size as input. Defaults: dtype = null, layout = null, device = null, pin_memory = null, memory_format = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.zeros_like.html} */
  zeros_like(self: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pin_memory?: boolean | null; memory_format?: MemoryFormat | null }): Tensor;
  /** Defaults: memory_format = null. */
  zeros_like(self: Tensor, options: { memory_format?: MemoryFormat | null; out: Tensor }): Tensor;
}
