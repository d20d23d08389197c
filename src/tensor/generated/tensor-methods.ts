// Methods of a tensor: PyTorch's operators whose first argument is `self`, in camel case.
// Generated from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit. Descriptions are the
// first sentences of PyTorch's documentation (BSD-3-Clause, copyright its contributors).
import type { DType } from "../dtype.js";
import type { Layout, MemoryFormat, Reduction, Results, Scalar } from "../operator-types.js";
import type { Generator } from "../random.js";
import type { Tensor } from "../tensor.js";

export interface TensorMethods {
  /** Computes the absolute value of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.abs.html} */
  abs(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the absolute value of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.abs_.html} */
  abs_(): this;
  /** Alias for torch.abs. {@link https://docs.pytorch.org/docs/stable/generated/torch.absolute.html} */
  absolute(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.abs. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.absolute_.html} */
  absolute_(): this;
  /** Returns a new tensor with the arccosine (in radians) of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.acos.html} */
  acos(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the arccosine (in radians) of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.acos_.html} */
  acos_(): this;
  /** Returns a new tensor with the inverse hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.acosh.html} */
  acosh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.acosh_.html} */
  acosh_(): this;
  /** Applies a 1D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.adaptive_avg_pool1d.html} */
  adaptiveAvgPool1d(outputSize: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Applies a 1D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.adaptive_avg_pool1d.html} */
  adaptiveAvgPool1d(options: { outputSize: number | readonly number[]; out?: Tensor }): Tensor;
  /** Apply a 2D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html} */
  adaptiveAvgPool2d(outputSize: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a 2D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html} */
  adaptiveAvgPool2d(options: { outputSize: number | readonly number[]; out?: Tensor }): Tensor;
  /** Apply a 3D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool3d.html} */
  adaptiveAvgPool3d(outputSize: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a 3D adaptive average pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool3d.html} */
  adaptiveAvgPool3d(options: { outputSize: number | readonly number[]; out?: Tensor }): Tensor;
  /** Applies a 1D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool1d.html} */
  adaptiveMaxPool1d(outputSize: number | readonly number[]): [Tensor, Tensor];
  /** Applies a 1D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool1d.html} */
  adaptiveMaxPool1d(options: { outputSize: number | readonly number[] }): [Tensor, Tensor];
  /** Applies a 2D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html} */
  adaptiveMaxPool2d(outputSize: number | readonly number[], options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 2D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html} */
  adaptiveMaxPool2d(options: { outputSize: number | readonly number[]; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool3d.html} */
  adaptiveMaxPool3d(outputSize: number | readonly number[], options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D adaptive max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool3d.html} */
  adaptiveMaxPool3d(options: { outputSize: number | readonly number[]; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.add.html} */
  add(other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.add.html} */
  add(other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.add.html} */
  add(other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.add.html} */
  add(options: { other: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html} */
  add_(other: Tensor, options?: { alpha?: Scalar }): this;
  /** In place: Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html} */
  add_(other: Scalar, alpha?: Scalar): this;
  /** In place: Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html} */
  add_(other: Scalar, options: { alpha?: Scalar }): this;
  /** In place: Adds other, scaled by alpha, to input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html} */
  add_(options: { other: Scalar; alpha?: Scalar }): this;
  /** Performs a batch matrix-matrix product of matrices stored in batch1 and batch2, with a reduced add step (all matrix multiplications get accumulated along the first dimension). Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addbmm.html} */
  addbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a batch matrix-matrix product of matrices stored in batch1 and batch2, with a reduced add step (all matrix multiplications get accumulated along the first dimension). Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addbmm_.html} */
  addbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): this;
  /** Performs the element-wise division of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addcdiv.html} */
  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the element-wise division of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addcdiv_.html} */
  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): this;
  /** Performs the element-wise multiplication of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addcmul.html} */
  addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the element-wise multiplication of tensor1 by tensor2, multiplies the result by the scalar value and adds it to input. Defaults: value = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addcmul_.html} */
  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): this;
  /** Performs a matrix multiplication of the matrices mat1 and mat2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addmm.html} */
  addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Performs a matrix multiplication of the matrices mat1 and mat2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addmm.html} */
  addmm(mat1: Tensor, mat2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a matrix multiplication of the matrices mat1 and mat2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addmm_.html} */
  addmm_(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): this;
  /** Performs a matrix-vector product of the matrix mat and the vector vec. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addmv.html} */
  addmv(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a matrix-vector product of the matrix mat and the vector vec. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addmv_.html} */
  addmv_(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): this;
  /** Performs the outer-product of vectors vec1 and vec2 and adds it to the matrix input. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.addr.html} */
  addr(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs the outer-product of vectors vec1 and vec2 and adds it to the matrix input. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.addr_.html} */
  addr_(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): this;
  /** `x.adjoint()` is equivalent to `x.transpose(-2, -1).conj()` for complex tensors and to `x.transpose(-2, -1)` for real tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.adjoint.html} */
  adjoint(): Tensor;
  /** Tests if all elements in input evaluate to `True`. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(options?: { out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(dim: number, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(dim: number, options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(options: { dim: number; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(dim?: readonly number[] | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(options: { dim?: readonly number[] | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if all elements in input evaluate to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.all.html} */
  all(dim?: readonly number[] | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** This function checks if input and other satisfy the condition. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.allclose.html} */
  allclose(other: Tensor, rtol?: number, options?: { atol?: number; equalNan?: boolean }): boolean;
  /** This function checks if input and other satisfy the condition. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.allclose.html} */
  allclose(other: Tensor, options: { rtol?: number; atol?: number; equalNan?: boolean }): boolean;
  /** This function checks if input and other satisfy the condition. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.allclose.html} */
  allclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): boolean;
  /** In place: Apply alpha dropout to the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.alpha_dropout.html} */
  alphaDropout_(p: number, train: boolean): this;
  /** In place: Apply alpha dropout to the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.alpha_dropout.html} */
  alphaDropout_(options: { p: number; train: boolean }): this;
  /** Returns the maximum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amax.html} */
  amax(dim?: number | readonly number[], options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the maximum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amax.html} */
  amax(options: { dim?: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the maximum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amax.html} */
  amax(dim?: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the minimum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amin.html} */
  amin(dim?: number | readonly number[], options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the minimum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amin.html} */
  amin(options: { dim?: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the minimum value of each slice of the input tensor in the given dimension(s) dim. Defaults: dim = [], keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.amin.html} */
  amin(dim?: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the minimum and maximum values of the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.aminmax.html} */
  aminmax(options?: { dim?: number | null; keepdim?: boolean; min?: Tensor; max?: Tensor }): Results<[min: Tensor, max: Tensor], { min: Tensor; max: Tensor }>;
  /** Computes the element-wise angle (in radians) of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.angle.html} */
  angle(options?: { out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(options?: { out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(dim: number, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(dim: number, options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(options: { dim: number; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(dim?: readonly number[] | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(options: { dim?: readonly number[] | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Tests if any element in input evaluates to `True`. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.any.html} */
  any(dim?: readonly number[] | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.acos. {@link https://docs.pytorch.org/docs/stable/generated/torch.arccos.html} */
  arccos(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.acos. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arccos_.html} */
  arccos_(): this;
  /** Alias for torch.acosh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arccosh.html} */
  arccosh(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.acosh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arccosh_.html} */
  arccosh_(): this;
  /** Alias for torch.asin. {@link https://docs.pytorch.org/docs/stable/generated/torch.arcsin.html} */
  arcsin(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.asin. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arcsin_.html} */
  arcsin_(): this;
  /** Alias for torch.asinh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arcsinh.html} */
  arcsinh(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.asinh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arcsinh_.html} */
  arcsinh_(): this;
  /** Alias for torch.atan. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctan.html} */
  arctan(options?: { out?: Tensor }): Tensor;
  /** ATen's `arctan2`. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctan2.html} */
  arctan2(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `arctan2_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctan2_.html} */
  arctan2_(other: Tensor): this;
  /** In place: Alias for torch.atan. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctan_.html} */
  arctan_(): this;
  /** Alias for torch.atanh. {@link https://docs.pytorch.org/docs/stable/generated/torch.arctanh.html} */
  arctanh(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.atanh. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.arctanh_.html} */
  arctanh_(): this;
  /** Returns the indices of the maximum value of all elements in the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmax.html} */
  argmax(dim?: number | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the indices of the maximum value of all elements in the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmax.html} */
  argmax(options: { dim?: number | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the indices of the maximum value of all elements in the input tensor. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmax.html} */
  argmax(dim?: number | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the indices of the minimum value(s) of the flattened tensor or along a dimension. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmin.html} */
  argmin(dim?: number | null, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the indices of the minimum value(s) of the flattened tensor or along a dimension. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmin.html} */
  argmin(options: { dim?: number | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the indices of the minimum value(s) of the flattened tensor or along a dimension. Defaults: dim = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argmin.html} */
  argmin(dim?: number | null, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the indices that sort a tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argsort.html} */
  argsort(dim?: number, options?: { descending?: boolean }): Tensor;
  /** Returns the indices that sort a tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argsort.html} */
  argsort(options: { dim?: number; descending?: boolean }): Tensor;
  /** Returns the indices that sort a tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argsort.html} */
  argsort(dim?: number, descending?: boolean): Tensor;
  /** Returns the indices that sort a tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.argsort.html} */
  argsort(options: { stable: boolean; dim?: number; descending?: boolean; out?: Tensor }): Tensor;
  /** Returns a tensor containing the indices of all non-zero elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.argwhere.html} */
  argwhere(): Tensor;
  /** Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided.html} */
  asStrided(size: readonly number[], stride: readonly number[], storageOffset?: number | null): Tensor;
  /** Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided.html} */
  asStrided(size: readonly number[], stride: readonly number[], options: { storageOffset?: number | null }): Tensor;
  /** Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided.html} */
  asStrided(options: { size: readonly number[]; stride: readonly number[]; storageOffset?: number | null }): Tensor;
  /** In place: Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.as_strided_.html} */
  asStrided_(size: readonly number[], stride: readonly number[], storageOffset?: number | null): this;
  /** In place: Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.as_strided_.html} */
  asStrided_(size: readonly number[], stride: readonly number[], options: { storageOffset?: number | null }): this;
  /** In place: Create a view of an existing `torch.Tensor` input with specified size, stride and storage_offset. Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.as_strided_.html} */
  asStrided_(options: { size: readonly number[]; stride: readonly number[]; storageOffset?: number | null }): this;
  /** Embeds the values of the src tensor into input along the elements corresponding to the result of calling input.as_strided(size, stride, storage_offset). Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided_scatter.html} */
  asStridedScatter(src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: number | null, options?: { out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input along the elements corresponding to the result of calling input.as_strided(size, stride, storage_offset). Defaults: storageOffset = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.as_strided_scatter.html} */
  asStridedScatter(src: Tensor, size: readonly number[], stride: readonly number[], options: { storageOffset?: number | null; out?: Tensor }): Tensor;
  /** Returns a new tensor with the arcsine of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.asin.html} */
  asin(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the arcsine of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.asin_.html} */
  asin_(): this;
  /** Returns a new tensor with the inverse hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.asinh.html} */
  asinh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.asinh_.html} */
  asinh_(): this;
  /** Returns a new tensor with the arctangent of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.atan.html} */
  atan(options?: { out?: Tensor }): Tensor;
  /** ATen's `atan2`. {@link https://docs.pytorch.org/docs/stable/generated/torch.atan2.html} */
  atan2(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `atan2_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atan2_.html} */
  atan2_(other: Tensor): this;
  /** In place: Returns a new tensor with the arctangent of the elements (in radians) in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atan_.html} */
  atan_(): this;
  /** Returns a new tensor with the inverse hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.atanh.html} */
  atanh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the inverse hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.atanh_.html} */
  atanh_(): this;
  /** Returns a 1-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_1d.html} */
  atleast1d(): Tensor;
  /** Returns a 2-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_2d.html} */
  atleast2d(): Tensor;
  /** Returns a 3-dimensional view of each input tensor with zero dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.atleast_3d.html} */
  atleast3d(): Tensor;
  /** Applies a 1D average pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], ceilMode = false, countIncludePad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.avg_pool1d.html} */
  avgPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; out?: Tensor }): Tensor;
  /** Applies a 1D average pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], ceilMode = false, countIncludePad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.avg_pool1d.html} */
  avgPool1d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; out?: Tensor }): Tensor;
  /** Applies a 1D average pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], ceilMode = false, countIncludePad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.avg_pool1d.html} */
  avgPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, options?: { out?: Tensor }): Tensor;
  /** Applies a 1D average pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], ceilMode = false, countIncludePad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.avg_pool1d.html} */
  avgPool1d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d`. Defaults: stride = [], padding = [0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html} */
  avgPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d`. Defaults: stride = [], padding = [0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html} */
  avgPool2d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d`. Defaults: stride = [], padding = [0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html} */
  avgPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `avg_pool2d`. Defaults: stride = [], padding = [0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html} */
  avgPool2d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** ATen's `avg_pool3d`. Defaults: stride = [], padding = [0, 0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html} */
  avgPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** ATen's `avg_pool3d`. Defaults: stride = [], padding = [0, 0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html} */
  avgPool3d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** ATen's `avg_pool3d`. Defaults: stride = [], padding = [0, 0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html} */
  avgPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `avg_pool3d`. Defaults: stride = [], padding = [0, 0, 0], ceilMode = false, countIncludePad = true, divisorOverride = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool3d.html} */
  avgPool3d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null; out?: Tensor }): Tensor;
  /** Performs a batch matrix-matrix product of matrices in batch1 and batch2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.baddbmm.html} */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Performs a batch matrix-matrix product of matrices in batch1 and batch2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.baddbmm.html} */
  baddbmm(batch1: Tensor, batch2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Performs a batch matrix-matrix product of matrices in batch1 and batch2. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.baddbmm_.html} */
  baddbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): this;
  /** Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bernoulli.html} */
  bernoulli(options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bernoulli.html} */
  bernoulli(p: Tensor, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bernoulli.html} */
  bernoulli(p: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.bernoulli.html} */
  bernoulli(options: { p: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html} */
  bernoulli_(p: Tensor, options?: { generator?: Generator | null }): this;
  /** In place: Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: p = 0.5, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html} */
  bernoulli_(p?: number, options?: { generator?: Generator | null }): this;
  /** In place: Draws binary random numbers (0 or 1) from a Bernoulli distribution. Defaults: p = 0.5, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html} */
  bernoulli_(options: { p?: number; generator?: Generator | null }): this;
  /** Compute Binary Cross Entropy between the target and input probabilities. Defaults: weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html} */
  binaryCrossEntropy(target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between the target and input probabilities. Defaults: weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html} */
  binaryCrossEntropy(target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between the target and input probabilities. Defaults: weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html} */
  binaryCrossEntropy(target: Tensor, weight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between target and input logits. Defaults: weight = null, posWeight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html} */
  binaryCrossEntropyWithLogits(target: Tensor, weight?: Tensor | null, options?: { posWeight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between target and input logits. Defaults: weight = null, posWeight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html} */
  binaryCrossEntropyWithLogits(target: Tensor, options: { weight?: Tensor | null; posWeight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute Binary Cross Entropy between target and input logits. Defaults: weight = null, posWeight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html} */
  binaryCrossEntropyWithLogits(target: Tensor, weight?: Tensor | null, posWeight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Count the frequency of each value in an array of non-negative ints. Defaults: weights = null, minlength = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.bincount.html} */
  bincount(weights?: Tensor | null, options?: { minlength?: number; out?: Tensor }): Tensor;
  /** Count the frequency of each value in an array of non-negative ints. Defaults: weights = null, minlength = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.bincount.html} */
  bincount(options: { weights?: Tensor | null; minlength?: number; out?: Tensor }): Tensor;
  /** Count the frequency of each value in an array of non-negative ints. Defaults: weights = null, minlength = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.bincount.html} */
  bincount(weights?: Tensor | null, minlength?: number, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_and.html} */
  bitwiseAnd(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_and.html} */
  bitwiseAnd(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_and.html} */
  bitwiseAnd(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_and_.html} */
  bitwiseAnd_(other: Tensor): this;
  /** In place: Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_and_.html} */
  bitwiseAnd_(other: Scalar): this;
  /** In place: Computes the bitwise AND of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_and_.html} */
  bitwiseAnd_(options: { other: Scalar }): this;
  /** Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_left_shift.html} */
  bitwiseLeftShift(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_left_shift.html} */
  bitwiseLeftShift(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_left_shift.html} */
  bitwiseLeftShift(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_left_shift_.html} */
  bitwiseLeftShift_(other: Tensor): this;
  /** In place: Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_left_shift_.html} */
  bitwiseLeftShift_(other: Scalar): this;
  /** In place: Computes the left arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_left_shift_.html} */
  bitwiseLeftShift_(options: { other: Scalar }): this;
  /** Computes the bitwise NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_not.html} */
  bitwiseNot(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the bitwise NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_not_.html} */
  bitwiseNot_(): this;
  /** Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_or.html} */
  bitwiseOr(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_or.html} */
  bitwiseOr(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_or.html} */
  bitwiseOr(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_or_.html} */
  bitwiseOr_(other: Tensor): this;
  /** In place: Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_or_.html} */
  bitwiseOr_(other: Scalar): this;
  /** In place: Computes the bitwise OR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_or_.html} */
  bitwiseOr_(options: { other: Scalar }): this;
  /** Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_right_shift.html} */
  bitwiseRightShift(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_right_shift.html} */
  bitwiseRightShift(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_right_shift.html} */
  bitwiseRightShift(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_right_shift_.html} */
  bitwiseRightShift_(other: Tensor): this;
  /** In place: Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_right_shift_.html} */
  bitwiseRightShift_(other: Scalar): this;
  /** In place: Computes the right arithmetic shift of input by other bits. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_right_shift_.html} */
  bitwiseRightShift_(options: { other: Scalar }): this;
  /** Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_xor.html} */
  bitwiseXor(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_xor.html} */
  bitwiseXor(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.bitwise_xor.html} */
  bitwiseXor(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_xor_.html} */
  bitwiseXor_(other: Tensor): this;
  /** In place: Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_xor_.html} */
  bitwiseXor_(other: Scalar): this;
  /** In place: Computes the bitwise XOR of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.bitwise_xor_.html} */
  bitwiseXor_(options: { other: Scalar }): this;
  /** Performs a batch matrix-matrix product of matrices stored in input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.bmm.html} */
  bmm(mat2: Tensor, options?: { out?: Tensor }): Tensor;
  /** Performs a batch matrix-matrix product of matrices stored in input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.bmm.html} */
  bmm(mat2: Tensor, outDtype: DType, options?: { out?: Tensor }): Tensor;
  /** ATen's `broadcast_to`. {@link https://docs.pytorch.org/docs/stable/generated/torch.broadcast_to.html} */
  broadcastTo(...size: number[]): Tensor;
  /** ATen's `broadcast_to`. {@link https://docs.pytorch.org/docs/stable/generated/torch.broadcast_to.html} */
  broadcastTo(size: readonly number[]): Tensor;
  /** ATen's `broadcast_to`. {@link https://docs.pytorch.org/docs/stable/generated/torch.broadcast_to.html} */
  broadcastTo(options: { size: readonly number[] }): Tensor;
  /** Returns the indices of the buckets to which each value in the input belongs, where the boundaries of the buckets are set by boundaries. Defaults: outInt32 = false, right = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.bucketize.html} */
  bucketize(boundaries: Tensor, options?: { outInt32?: boolean; right?: boolean; out?: Tensor }): Tensor;
  /** In place: Fills the tensor with numbers drawn from the Cauchy distribution. Defaults: median = 0, sigma = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cauchy_.html} */
  cauchy_(median?: number, options?: { sigma?: number; generator?: Generator | null }): this;
  /** In place: Fills the tensor with numbers drawn from the Cauchy distribution. Defaults: median = 0, sigma = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cauchy_.html} */
  cauchy_(options: { median?: number; sigma?: number; generator?: Generator | null }): this;
  /** In place: Fills the tensor with numbers drawn from the Cauchy distribution. Defaults: median = 0, sigma = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cauchy_.html} */
  cauchy_(median?: number, sigma?: number, options?: { generator?: Generator | null }): this;
  /** ATen's `ccol_indices`. */
  ccolIndices(): Tensor;
  /** Returns a new tensor with the ceil of the elements of input, the smallest integer greater than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.ceil.html} */
  ceil(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the ceil of the elements of input, the smallest integer greater than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ceil_.html} */
  ceil_(): this;
  /** ATen's `celu`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.celu.html} */
  celu(alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `celu`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.celu.html} */
  celu(options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `celu_`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.celu_.html} */
  celu_(alpha?: Scalar): this;
  /** ATen's `celu_`. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.celu_.html} */
  celu_(options: { alpha?: Scalar }): this;
  /** `self.chalf()` is equivalent to `self.to(torch.complex32)`. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.chalf.html} */
  chalf(options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  /** ATen's `channel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.channel_shuffle.html} */
  channelShuffle(groups: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `channel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.channel_shuffle.html} */
  channelShuffle(options: { groups: number; out?: Tensor }): Tensor;
  /** Computes the Cholesky decomposition of a symmetric positive-definite matrix A or for batches of symmetric positive-definite matrices. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky.html} */
  cholesky(upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the Cholesky decomposition of a symmetric positive-definite matrix A or for batches of symmetric positive-definite matrices. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky.html} */
  cholesky(options: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the inverse of a complex Hermitian or real symmetric positive-definite matrix given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_inverse.html} */
  choleskyInverse(upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of a complex Hermitian or real symmetric positive-definite matrix given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_inverse.html} */
  choleskyInverse(options: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the solution of a system of linear equations with complex Hermitian or real symmetric positive-definite lhs given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_solve.html} */
  choleskySolve(input2: Tensor, upper?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the solution of a system of linear equations with complex Hermitian or real symmetric positive-definite lhs given its Cholesky decomposition. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.cholesky_solve.html} */
  choleskySolve(input2: Tensor, options: { upper?: boolean; out?: Tensor }): Tensor;
  /** Attempts to split a tensor into the specified number of chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.chunk.html} */
  chunk(chunks: number, dim?: number): Tensor[];
  /** Attempts to split a tensor into the specified number of chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.chunk.html} */
  chunk(chunks: number, options: { dim?: number }): Tensor[];
  /** Attempts to split a tensor into the specified number of chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.chunk.html} */
  chunk(options: { chunks: number; dim?: number }): Tensor[];
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(min?: Scalar | null, options?: { max?: Scalar | null; out?: Tensor }): Tensor;
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(options: { min?: Scalar | null; max?: Scalar | null; out?: Tensor }): Tensor;
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(min?: Scalar | null, max?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(min?: Tensor | null, options?: { max?: Tensor | null; out?: Tensor }): Tensor;
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(options: { min?: Tensor | null; max?: Tensor | null; out?: Tensor }): Tensor;
  /** Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clamp.html} */
  clamp(min?: Tensor | null, max?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(min?: Scalar | null, options?: { max?: Scalar | null }): this;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(options: { min?: Scalar | null; max?: Scalar | null }): this;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(min?: Scalar | null, max?: Scalar | null): this;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(min?: Tensor | null, options?: { max?: Tensor | null }): this;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(options: { min?: Tensor | null; max?: Tensor | null }): this;
  /** In place: Clamps all elements in input into the range `[` min, max `]`. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html} */
  clamp_(min?: Tensor | null, max?: Tensor | null): this;
  /** ATen's `clamp_max`. */
  clampMax(max: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_max`. */
  clampMax(max: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_max`. */
  clampMax(options: { max: Scalar; out?: Tensor }): Tensor;
  /** ATen's `clamp_max_`. */
  clampMax_(max: Tensor): this;
  /** ATen's `clamp_max_`. */
  clampMax_(max: Scalar): this;
  /** ATen's `clamp_max_`. */
  clampMax_(options: { max: Scalar }): this;
  /** ATen's `clamp_min`. */
  clampMin(min: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_min`. */
  clampMin(min: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `clamp_min`. */
  clampMin(options: { min: Scalar; out?: Tensor }): Tensor;
  /** ATen's `clamp_min_`. */
  clampMin_(min: Tensor): this;
  /** ATen's `clamp_min_`. */
  clampMin_(min: Scalar): this;
  /** ATen's `clamp_min_`. */
  clampMin_(options: { min: Scalar }): this;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(min?: Scalar | null, options?: { max?: Scalar | null; out?: Tensor }): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(options: { min?: Scalar | null; max?: Scalar | null; out?: Tensor }): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(min?: Scalar | null, max?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(min?: Tensor | null, options?: { max?: Tensor | null; out?: Tensor }): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(options: { min?: Tensor | null; max?: Tensor | null; out?: Tensor }): Tensor;
  /** Alias for torch.clamp. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clip.html} */
  clip(min?: Tensor | null, max?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(min?: Scalar | null, options?: { max?: Scalar | null }): this;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(options: { min?: Scalar | null; max?: Scalar | null }): this;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(min?: Scalar | null, max?: Scalar | null): this;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(min?: Tensor | null, options?: { max?: Tensor | null }): this;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(options: { min?: Tensor | null; max?: Tensor | null }): this;
  /** In place: Alias for Tensor.clamp_. Defaults: min = null, max = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.clip_.html} */
  clip_(min?: Tensor | null, max?: Tensor | null): this;
  /** Returns a copy of input. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.clone.html} */
  clone(options?: { memoryFormat?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** Returns a coalesced copy of self if self is an uncoalesced tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.coalesce.html} */
  coalesce(): Tensor;
  /** ATen's `col2im`. */
  col2im(outputSize: number | readonly number[], kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `col2im`. */
  col2im(options: { outputSize: number | readonly number[]; kernelSize: number | readonly number[]; dilation: number | readonly number[]; padding: number | readonly number[]; stride: number | readonly number[]; out?: Tensor }): Tensor;
  /** Returns the tensor containing the column indices of the self tensor when self is a sparse CSR tensor of layout `sparse_csr`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.col_indices.html} */
  colIndices(): Tensor;
  /** Compute combinations of length r of the given tensor. Defaults: r = 2, withReplacement = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.combinations.html} */
  combinations(r?: number, options?: { withReplacement?: boolean }): Tensor;
  /** Compute combinations of length r of the given tensor. Defaults: r = 2, withReplacement = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.combinations.html} */
  combinations(options: { r?: number; withReplacement?: boolean }): Tensor;
  /** Compute combinations of length r of the given tensor. Defaults: r = 2, withReplacement = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.combinations.html} */
  combinations(r?: number, withReplacement?: boolean): Tensor;
  /** Returns a view of input with a flipped conjugate bit. {@link https://docs.pytorch.org/docs/stable/generated/torch.conj.html} */
  conj(): Tensor;
  /** Computes the element-wise conjugate of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.conj_physical.html} */
  conjPhysical(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise conjugate of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.conj_physical_.html} */
  conjPhysical_(): this;
  /** ATen's `constant_pad_nd`. Defaults: value = 0. */
  constantPadNd(pad: readonly number[], value?: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `constant_pad_nd`. Defaults: value = 0. */
  constantPadNd(pad: readonly number[], options: { value?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `constant_pad_nd`. Defaults: value = 0. */
  constantPadNd(options: { pad: readonly number[]; value?: Scalar; out?: Tensor }): Tensor;
  /** Returns a contiguous in memory tensor containing the same data as self tensor. Defaults: memoryFormat = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.contiguous.html} */
  contiguous(options?: { memoryFormat?: MemoryFormat }): Tensor;
  /** ATen's `conv_depthwise3d`. */
  convDepthwise3d(weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Applies a 1-dimensional sequence convolution over an input sequence. Defaults: pad = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_tbc.html} */
  convTbc(weight: Tensor, bias: Tensor, pad?: number, options?: { out?: Tensor }): Tensor;
  /** Applies a 1-dimensional sequence convolution over an input sequence. Defaults: pad = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.conv_tbc.html} */
  convTbc(weight: Tensor, bias: Tensor, options: { pad?: number; out?: Tensor }): Tensor;
  /** In place: Copies the elements from src into self tensor and returns self. Defaults: nonBlocking = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copy_.html} */
  copy_(src: Tensor, nonBlocking?: boolean): this;
  /** In place: Copies the elements from src into self tensor and returns self. Defaults: nonBlocking = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copy_.html} */
  copy_(src: Tensor, options: { nonBlocking?: boolean }): this;
  /** Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.copysign.html} */
  copysign(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.copysign.html} */
  copysign(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.copysign.html} */
  copysign(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copysign_.html} */
  copysign_(other: Tensor): this;
  /** In place: Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copysign_.html} */
  copysign_(other: Scalar): this;
  /** In place: Create a new floating-point tensor with the magnitude of input and the sign of other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copysign_.html} */
  copysign_(options: { other: Scalar }): this;
  /** Estimates the Pearson product-moment correlation coefficient matrix of the variables given by the input matrix, where rows are the variables and columns are the observations. {@link https://docs.pytorch.org/docs/stable/generated/torch.corrcoef.html} */
  corrcoef(): Tensor;
  /** Returns a new tensor with the cosine of the elements of input given in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.cos.html} */
  cos(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the cosine of the elements of input given in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cos_.html} */
  cos_(): this;
  /** Returns a new tensor with the hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.cosh.html} */
  cosh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic cosine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cosh_.html} */
  cosh_(): this;
  /** Counts the number of non-zero values in the tensor input along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  countNonzero(dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Counts the number of non-zero values in the tensor input along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  countNonzero(options: { dim?: number | null; out?: Tensor }): Tensor;
  /** Counts the number of non-zero values in the tensor input along the given dim. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  countNonzero(...dim: number[]): Tensor;
  /** Counts the number of non-zero values in the tensor input along the given dim. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  countNonzero(dim: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Counts the number of non-zero values in the tensor input along the given dim. {@link https://docs.pytorch.org/docs/stable/generated/torch.count_nonzero.html} */
  countNonzero(options: { dim: readonly number[]; out?: Tensor }): Tensor;
  /** Estimates the covariance matrix of the variables given by the input matrix, where rows are the variables and columns are the observations. Defaults: correction = 1, fweights = null, aweights = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cov.html} */
  cov(options?: { correction?: number; fweights?: Tensor | null; aweights?: Tensor | null }): Tensor;
  /** Returns the cross product of vectors in dimension dim of input and other. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cross.html} */
  cross(other: Tensor, dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Returns the cross product of vectors in dimension dim of input and other. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cross.html} */
  cross(other: Tensor, options: { dim?: number | null; out?: Tensor }): Tensor;
  /** ATen's `cross_entropy_loss`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0. */
  crossEntropyLoss(target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignoreIndex?: number; labelSmoothing?: number }): Tensor;
  /** ATen's `cross_entropy_loss`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0. */
  crossEntropyLoss(target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignoreIndex?: number; labelSmoothing?: number }): Tensor;
  /** ATen's `cross_entropy_loss`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100, labelSmoothing = 0. */
  crossEntropyLoss(target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignoreIndex?: number, labelSmoothing?: number): Tensor;
  /** Returns the tensor containing the compressed row indices of the self tensor when self is a sparse CSR tensor of layout `sparse_csr`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.crow_indices.html} */
  crowIndices(): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummax.html} */
  cummax(dim: number, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummax.html} */
  cummax(options: { dim: number; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummin.html} */
  cummin(dim: number, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.cummin.html} */
  cummin(options: { dim: number; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumprod.html} */
  cumprod(dim: number, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumprod.html} */
  cumprod(options: { dim: number; dtype?: DType | null; out?: Tensor }): Tensor;
  /** In place: Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumprod_.html} */
  cumprod_(dim: number, options?: { dtype?: DType | null }): this;
  /** In place: Returns the cumulative product of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumprod_.html} */
  cumprod_(options: { dim: number; dtype?: DType | null }): this;
  /** Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumsum.html} */
  cumsum(dim: number, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.cumsum.html} */
  cumsum(options: { dim: number; dtype?: DType | null; out?: Tensor }): Tensor;
  /** In place: Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumsum_.html} */
  cumsum_(dim: number, options?: { dtype?: DType | null }): this;
  /** In place: Returns the cumulative sum of elements of input in the dimension dim. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.cumsum_.html} */
  cumsum_(options: { dim: number; dtype?: DType | null }): this;
  /** Returns a new tensor with each of the elements of input converted from angles in degrees to radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.deg2rad.html} */
  deg2rad(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with each of the elements of input converted from angles in degrees to radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.deg2rad_.html} */
  deg2rad_(): this;
  /** Return the number of dense dimensions in a sparse tensor self. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.dense_dim.html} */
  denseDim(): number;
  /** Returns an fp32 Tensor by dequantizing a quantized Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.dequantize.html} */
  dequantize(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.det. {@link https://docs.pytorch.org/docs/stable/generated/torch.det.html} */
  det(): Tensor;
  /** In place: Detaches the Tensor from the graph that created it, making it a leaf. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.detach_.html} */
  detach_(): this;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag.html} */
  diag(diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag.html} */
  diag(options: { diagonal?: number; out?: Tensor }): Tensor;
  /** Creates a tensor whose diagonals of certain 2D planes (specified by dim1 and dim2) are filled by input. Defaults: offset = 0, dim1 = -2, dim2 = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html} */
  diagEmbed(offset?: number, options?: { dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Creates a tensor whose diagonals of certain 2D planes (specified by dim1 and dim2) are filled by input. Defaults: offset = 0, dim1 = -2, dim2 = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html} */
  diagEmbed(options: { offset?: number; dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Creates a tensor whose diagonals of certain 2D planes (specified by dim1 and dim2) are filled by input. Defaults: offset = 0, dim1 = -2, dim2 = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diag_embed.html} */
  diagEmbed(offset?: number, dim1?: number, dim2?: number, options?: { out?: Tensor }): Tensor;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: offset = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagflat.html} */
  diagflat(offset?: number): Tensor;
  /** - If input is a vector (1-D tensor), then returns a 2-D square tensor with the elements of input as the diagonal. Defaults: offset = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagflat.html} */
  diagflat(options: { offset?: number }): Tensor;
  /** Returns a partial view of input with the its diagonal elements with respect to dim1 and dim2 appended as a dimension at the end of the shape. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html} */
  diagonal(offset?: number, options?: { dim1?: number; dim2?: number }): Tensor;
  /** Returns a partial view of input with the its diagonal elements with respect to dim1 and dim2 appended as a dimension at the end of the shape. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html} */
  diagonal(options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
  /** Returns a partial view of input with the its diagonal elements with respect to dim1 and dim2 appended as a dimension at the end of the shape. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal.html} */
  diagonal(offset?: number, dim1?: number, dim2?: number): Tensor;
  /** Embeds the values of the src tensor into input along the diagonal elements of input, with respect to dim1 and dim2. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal_scatter.html} */
  diagonalScatter(src: Tensor, offset?: number, options?: { dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input along the diagonal elements of input, with respect to dim1 and dim2. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal_scatter.html} */
  diagonalScatter(src: Tensor, options: { offset?: number; dim1?: number; dim2?: number; out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input along the diagonal elements of input, with respect to dim1 and dim2. Defaults: offset = 0, dim1 = 0, dim2 = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.diagonal_scatter.html} */
  diagonalScatter(src: Tensor, offset?: number, dim1?: number, dim2?: number, options?: { out?: Tensor }): Tensor;
  /** Computes the n-th forward difference along the given dimension. Defaults: n = 1, dim = -1, prepend = null, append = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.diff.html} */
  diff(n?: number, options?: { dim?: number; prepend?: Tensor | null; append?: Tensor | null; out?: Tensor }): Tensor;
  /** Computes the n-th forward difference along the given dimension. Defaults: n = 1, dim = -1, prepend = null, append = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.diff.html} */
  diff(options: { n?: number; dim?: number; prepend?: Tensor | null; append?: Tensor | null; out?: Tensor }): Tensor;
  /** Computes the n-th forward difference along the given dimension. Defaults: n = 1, dim = -1, prepend = null, append = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.diff.html} */
  diff(n?: number, dim?: number, prepend?: Tensor | null, append?: Tensor | null, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.digamma.html} */
  digamma(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.digamma_.html} */
  digamma_(): this;
  /** Returns the number of dimensions of self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.dim.html} */
  dim(): number;
  /** Returns the p-norm of (input - other). Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.dist.html} */
  dist(other: Tensor, p?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Returns the p-norm of (input - other). Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.dist.html} */
  dist(other: Tensor, options: { p?: Scalar; out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(other: Tensor, options: { roundingMode: string | null; out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(options: { other: Scalar; out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(other: Scalar, options: { roundingMode: string | null; out?: Tensor }): Tensor;
  /** Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.div.html} */
  div(options: { other: Scalar; roundingMode: string | null; out?: Tensor }): Tensor;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(other: Tensor): this;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(other: Tensor, options: { roundingMode: string | null }): this;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(other: Scalar): this;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(options: { other: Scalar }): this;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(other: Scalar, options: { roundingMode: string | null }): this;
  /** In place: Divides each element of the input `input` by the corresponding element of other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html} */
  div_(options: { other: Scalar; roundingMode: string | null }): this;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(other: Tensor, options: { roundingMode: string | null; out?: Tensor }): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(other: Scalar): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(options: { other: Scalar }): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(other: Scalar, options: { roundingMode: string | null }): Tensor;
  /** Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.divide.html} */
  divide(options: { other: Scalar; roundingMode: string | null }): Tensor;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(other: Tensor): this;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(other: Tensor, options: { roundingMode: string | null }): this;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(other: Scalar): this;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(options: { other: Scalar }): this;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(other: Scalar, options: { roundingMode: string | null }): this;
  /** In place: Alias for torch.div. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.divide_.html} */
  divide_(options: { other: Scalar; roundingMode: string | null }): this;
  /** Computes the dot product of two 1D tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.dot.html} */
  dot(tensor: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: During training, randomly zeroes some elements of the input tensor with probability p. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html} */
  dropout_(p: number, train: boolean): this;
  /** In place: During training, randomly zeroes some elements of the input tensor with probability p. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html} */
  dropout_(options: { p: number; train: boolean }): this;
  /** Splits input, a tensor with three or more dimensions, into multiple tensors depthwise according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.dsplit.html} */
  dsplit(indices: readonly number[]): Tensor[];
  /** Splits input, a tensor with three or more dimensions, into multiple tensors depthwise according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.dsplit.html} */
  dsplit(options: { indices: readonly number[] }): Tensor[];
  /** Splits input, a tensor with three or more dimensions, into multiple tensors depthwise according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.dsplit.html} */
  dsplit(sections: number): Tensor[];
  /** Splits input, a tensor with three or more dimensions, into multiple tensors depthwise according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.dsplit.html} */
  dsplit(options: { sections: number }): Tensor[];
  /** Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu.html} */
  elu(alpha?: Scalar, options?: { scale?: Scalar; inputScale?: Scalar; out?: Tensor }): Tensor;
  /** Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu.html} */
  elu(options: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar; out?: Tensor }): Tensor;
  /** Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu.html} */
  elu(alpha?: Scalar, scale?: Scalar, inputScale?: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu_.html} */
  elu_(alpha?: Scalar, options?: { scale?: Scalar; inputScale?: Scalar }): this;
  /** In place: Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu_.html} */
  elu_(options: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar }): this;
  /** In place: Apply the Exponential Linear Unit (ELU) function element-wise. Defaults: alpha = 1, scale = 1, inputScale = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.elu_.html} */
  elu_(alpha?: Scalar, scale?: Scalar, inputScale?: Scalar): this;
  /** ATen's `embedding_renorm_`. */
  embeddingRenorm_(indices: Tensor, maxNorm: number, normType: number): this;
  /** Returns an uninitialized tensor with the same size as input. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty_like.html} */
  emptyLike(options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns an uninitialized tensor with the same size as input. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.empty_like.html} */
  emptyLike(options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.eq.html} */
  eq(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.eq.html} */
  eq(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.eq.html} */
  eq(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.eq_.html} */
  eq_(other: Tensor): this;
  /** In place: Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.eq_.html} */
  eq_(other: Scalar): this;
  /** In place: Computes element-wise equality. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.eq_.html} */
  eq_(options: { other: Scalar }): this;
  /** `True` if two tensors have the same size and elements, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.equal.html} */
  equal(other: Tensor): boolean;
  /** Alias for torch.special.erf. {@link https://docs.pytorch.org/docs/stable/generated/torch.erf.html} */
  erf(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erf. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erf_.html} */
  erf_(): this;
  /** Alias for torch.special.erfc. {@link https://docs.pytorch.org/docs/stable/generated/torch.erfc.html} */
  erfc(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erfc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erfc_.html} */
  erfc_(): this;
  /** Alias for torch.special.erfinv. {@link https://docs.pytorch.org/docs/stable/generated/torch.erfinv.html} */
  erfinv(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.erfinv. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.erfinv_.html} */
  erfinv_(): this;
  /** Returns a new tensor with the exponential of the elements of the input tensor input. {@link https://docs.pytorch.org/docs/stable/generated/torch.exp.html} */
  exp(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.exp2. {@link https://docs.pytorch.org/docs/stable/generated/torch.exp2.html} */
  exp2(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.exp2. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exp2_.html} */
  exp2_(): this;
  /** In place: Returns a new tensor with the exponential of the elements of the input tensor input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exp_.html} */
  exp_(): this;
  /** Returns a new view of the self tensor with singleton dimensions expanded to a larger size. Defaults: implicit = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html} */
  expand(...size: number[]): Tensor;
  /** Returns a new view of the self tensor with singleton dimensions expanded to a larger size. Defaults: implicit = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html} */
  expand(size: readonly number[], options?: { implicit?: boolean }): Tensor;
  /** Returns a new view of the self tensor with singleton dimensions expanded to a larger size. Defaults: implicit = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand.html} */
  expand(options: { size: readonly number[]; implicit?: boolean }): Tensor;
  /** Expand this tensor to the same size as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expand_as.html} */
  expandAs(other: Tensor): Tensor;
  /** Alias for torch.special.expm1. {@link https://docs.pytorch.org/docs/stable/generated/torch.expm1.html} */
  expm1(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.expm1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.expm1_.html} */
  expm1_(): this;
  /** In place: Fills self tensor with elements drawn from the PDF (probability density function). Defaults: lambd = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exponential_.html} */
  exponential_(lambd?: number, options?: { generator?: Generator | null }): this;
  /** In place: Fills self tensor with elements drawn from the PDF (probability density function). Defaults: lambd = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.exponential_.html} */
  exponential_(options: { lambd?: number; generator?: Generator | null }): this;
  /** In place: Randomly masks out entire channels (a channel is a feature map). {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.feature_alpha_dropout.html} */
  featureAlphaDropout_(p: number, train: boolean): this;
  /** In place: Randomly masks out entire channels (a channel is a feature map). {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.feature_alpha_dropout.html} */
  featureAlphaDropout_(options: { p: number; train: boolean }): this;
  /** ATen's `feature_dropout_`. */
  featureDropout_(p: number, train: boolean): this;
  /** ATen's `feature_dropout_`. */
  featureDropout_(options: { p: number; train: boolean }): this;
  /** Computes the one dimensional discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft.html} */
  fftFft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft.html} */
  fftFft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft.html} */
  fftFft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2 dimensional discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft2.html} */
  fftFft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2 dimensional discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft2.html} */
  fftFft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2 dimensional discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fft2.html} */
  fftFft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N dimensional discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftn.html} */
  fftFftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N dimensional discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftn.html} */
  fftFftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N dimensional discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftn.html} */
  fftFftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Reorders n-dimensional FFT data, as provided by torch.fft.fftn, to have negative frequency terms first. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftshift.html} */
  fftFftshift(dim?: number | readonly number[] | null): Tensor;
  /** Reorders n-dimensional FFT data, as provided by torch.fft.fftn, to have negative frequency terms first. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.fftshift.html} */
  fftFftshift(options: { dim?: number | readonly number[] | null }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft.html} */
  fftHfft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft.html} */
  fftHfft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft.html} */
  fftHfft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft2.html} */
  fftHfft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft2.html} */
  fftHfft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfft2.html} */
  fftHfft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the n-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfftn.html} */
  fftHfftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the n-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfftn.html} */
  fftHfftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the n-dimensional discrete Fourier transform of a Hermitian symmetric input signal. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.hfftn.html} */
  fftHfftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the one dimensional inverse discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft.html} */
  fftIfft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional inverse discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft.html} */
  fftIfft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional inverse discrete Fourier transform of input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft.html} */
  fftIfft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2 dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft2.html} */
  fftIfft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2 dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft2.html} */
  fftIfft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2 dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifft2.html} */
  fftIfft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftn.html} */
  fftIfftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftn.html} */
  fftIfftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N dimensional inverse discrete Fourier transform of input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftn.html} */
  fftIfftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Inverse of torch.fft.fftshift. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftshift.html} */
  fftIfftshift(dim?: number | readonly number[] | null): Tensor;
  /** Inverse of torch.fft.fftshift. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ifftshift.html} */
  fftIfftshift(options: { dim?: number | readonly number[] | null }): Tensor;
  /** Computes the inverse of torch.fft.hfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft.html} */
  fftIhfft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.hfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft.html} */
  fftIhfft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.hfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft.html} */
  fftIhfft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft2.html} */
  fftIhfft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft2.html} */
  fftIhfft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfft2.html} */
  fftIhfft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfftn.html} */
  fftIhfftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfftn.html} */
  fftIhfftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N-dimensional inverse discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.ihfftn.html} */
  fftIhfftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft.html} */
  fftIrfft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft.html} */
  fftIrfft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft.html} */
  fftIrfft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft2. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft2.html} */
  fftIrfft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft2. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft2.html} */
  fftIrfft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfft2. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfft2.html} */
  fftIrfft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfftn. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfftn.html} */
  fftIrfftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfftn. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfftn.html} */
  fftIrfftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the inverse of torch.fft.rfftn. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.irfftn.html} */
  fftIrfftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the one dimensional Fourier transform of real-valued input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft.html} */
  fftRfft(n?: number | null, options?: { dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional Fourier transform of real-valued input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft.html} */
  fftRfft(options: { n?: number | null; dim?: number; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the one dimensional Fourier transform of real-valued input. Defaults: n = null, dim = -1, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft.html} */
  fftRfft(n?: number | null, dim?: number, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft2.html} */
  fftRfft2(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft2.html} */
  fftRfft2(options: { s?: number | readonly number[] | null; dim?: number | readonly number[]; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the 2-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = [-2, -1], norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfft2.html} */
  fftRfft2(s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** Computes the N-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfftn.html} */
  fftRfftn(s?: number | readonly number[] | null, options?: { dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfftn.html} */
  fftRfftn(options: { s?: number | readonly number[] | null; dim?: number | readonly number[] | null; norm?: string | null; out?: Tensor }): Tensor;
  /** Computes the N-dimensional discrete Fourier transform of real input. Defaults: s = null, dim = null, norm = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.fft.rfftn.html} */
  fftRfftn(s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `fill`. */
  fill(value: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `fill`. */
  fill(value: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `fill`. */
  fill(options: { value: Scalar; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with the specified value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_.html} */
  fill_(value: Tensor): this;
  /** In place: Fills self tensor with the specified value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_.html} */
  fill_(value: Scalar): this;
  /** In place: Fills self tensor with the specified value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_.html} */
  fill_(options: { value: Scalar }): this;
  /** In place: Fill the main diagonal of a tensor that has at least 2-dimensions. Defaults: wrap = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_diagonal_.html} */
  fillDiagonal_(fillValue: Scalar, wrap?: boolean): this;
  /** In place: Fill the main diagonal of a tensor that has at least 2-dimensions. Defaults: wrap = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_diagonal_.html} */
  fillDiagonal_(fillValue: Scalar, options: { wrap?: boolean }): this;
  /** In place: Fill the main diagonal of a tensor that has at least 2-dimensions. Defaults: wrap = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_diagonal_.html} */
  fillDiagonal_(options: { fillValue: Scalar; wrap?: boolean }): this;
  /** Alias for torch.trunc. {@link https://docs.pytorch.org/docs/stable/generated/torch.fix.html} */
  fix(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.trunc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fix_.html} */
  fix_(): this;
  /** Flattens input by reshaping it into a one-dimensional tensor. Defaults: startDim = 0, endDim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.flatten.html} */
  flatten(startDim?: number, options?: { endDim?: number }): Tensor;
  /** Flattens input by reshaping it into a one-dimensional tensor. Defaults: startDim = 0, endDim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.flatten.html} */
  flatten(options: { startDim?: number; endDim?: number }): Tensor;
  /** Flattens input by reshaping it into a one-dimensional tensor. Defaults: startDim = 0, endDim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.flatten.html} */
  flatten(startDim?: number, endDim?: number): Tensor;
  /** Reverse the order of an n-D tensor along given axis in dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.flip.html} */
  flip(...dims: number[]): Tensor;
  /** Reverse the order of an n-D tensor along given axis in dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.flip.html} */
  flip(dims: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Reverse the order of an n-D tensor along given axis in dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.flip.html} */
  flip(options: { dims: readonly number[]; out?: Tensor }): Tensor;
  /** Flip tensor in the left/right direction, returning a new tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.fliplr.html} */
  fliplr(): Tensor;
  /** Flip tensor in the up/down direction, returning a new tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.flipud.html} */
  flipud(): Tensor;
  /** Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.float_power.html} */
  floatPower(exponent: Tensor, options?: { out?: Tensor }): Tensor;
  /** Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.float_power.html} */
  floatPower(exponent: Scalar, options?: { out?: Tensor }): Tensor;
  /** Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.float_power.html} */
  floatPower(options: { exponent: Scalar; out?: Tensor }): Tensor;
  /** In place: Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.float_power_.html} */
  floatPower_(exponent: Tensor): this;
  /** In place: Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.float_power_.html} */
  floatPower_(exponent: Scalar): this;
  /** In place: Raises input to the power of exponent, elementwise, in double precision. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.float_power_.html} */
  floatPower_(options: { exponent: Scalar }): this;
  /** Returns a new tensor with the floor of the elements of input, the largest integer less than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor.html} */
  floor(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the floor of the elements of input, the largest integer less than or equal to each element. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_.html} */
  floor_(): this;
  /** Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor_divide.html} */
  floorDivide(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor_divide.html} */
  floorDivide(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.floor_divide.html} */
  floorDivide(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_divide_.html} */
  floorDivide_(other: Tensor): this;
  /** In place: Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_divide_.html} */
  floorDivide_(other: Scalar): this;
  /** In place: Before PyTorch 1.13 torch.floor_divide incorrectly performed truncation division. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.floor_divide_.html} */
  floorDivide_(options: { other: Scalar }): this;
  /** Computes the element-wise maximum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmax.html} */
  fmax(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise minimum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmin.html} */
  fmin(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmod.html} */
  fmod(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmod.html} */
  fmod(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.fmod.html} */
  fmod(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fmod_.html} */
  fmod_(other: Tensor): this;
  /** In place: This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fmod_.html} */
  fmod_(other: Scalar): this;
  /** In place: This function may be defined in terms of torch.div as. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fmod_.html} */
  fmod_(options: { other: Scalar }): this;
  /** Computes the fractional portion of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.frac.html} */
  frac(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the fractional portion of each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.frac_.html} */
  frac_(): this;
  /** Applies 2D fractional max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fractional_max_pool2d.html} */
  fractionalMaxPool2d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor, options?: { output?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies 3D fractional max pooling over an input signal composed of several input planes. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.fractional_max_pool3d.html} */
  fractionalMaxPool3d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor, options?: { output?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** ATen's `frexp`. {@link https://docs.pytorch.org/docs/stable/generated/torch.frexp.html} */
  frexp(options?: { mantissa?: Tensor; exponent?: Tensor }): Results<[mantissa: Tensor, exponent: Tensor], { mantissa: Tensor; exponent: Tensor }>;
  /** ATen's `frobenius_norm`. Defaults: keepdim = false. */
  frobeniusNorm(dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `frobenius_norm`. Defaults: keepdim = false. */
  frobeniusNorm(dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `frobenius_norm`. Defaults: keepdim = false. */
  frobeniusNorm(options: { dim: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns a tensor with the same size as input filled with fill_value. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full_like.html} */
  fullLike(fillValue: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input filled with fill_value. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full_like.html} */
  fullLike(options: { fillValue: Scalar; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input filled with fill_value. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full_like.html} */
  fullLike(fillValue: Scalar, options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input filled with fill_value. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.full_like.html} */
  fullLike(options: { fillValue: Scalar; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Gathers values along an axis specified by `dim`. Defaults: sparseGrad = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.gather.html} */
  gather(dim: number, index: Tensor, options?: { sparseGrad?: boolean; out?: Tensor }): Tensor;
  /** Computes the element-wise greatest common divisor (GCD) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.gcd.html} */
  gcd(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise greatest common divisor (GCD) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gcd_.html} */
  gcd_(other: Tensor): this;
  /** ATen's `ge`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ge.html} */
  ge(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `ge`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ge.html} */
  ge(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `ge`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ge.html} */
  ge(options: { other: Scalar; out?: Tensor }): Tensor;
  /** ATen's `ge_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ge_.html} */
  ge_(other: Tensor): this;
  /** ATen's `ge_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ge_.html} */
  ge_(other: Scalar): this;
  /** ATen's `ge_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ge_.html} */
  ge_(options: { other: Scalar }): this;
  /** ATen's `gelu`. Defaults: approximate = "none". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html} */
  gelu(options?: { approximate?: string; out?: Tensor }): Tensor;
  /** ATen's `gelu_`. Defaults: approximate = "none". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html} */
  gelu_(options?: { approximate?: string }): this;
  /** In place: Fills self tensor with elements drawn from the geometric distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.geometric_.html} */
  geometric_(p: number, options?: { generator?: Generator | null }): this;
  /** In place: Fills self tensor with elements drawn from the geometric distribution. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.geometric_.html} */
  geometric_(options: { p: number; generator?: Generator | null }): this;
  /** This is a low-level function for calling LAPACK's geqrf directly. {@link https://docs.pytorch.org/docs/stable/generated/torch.geqrf.html} */
  geqrf(options?: { a?: Tensor; tau?: Tensor }): Results<[a: Tensor, tau: Tensor], { a: Tensor; tau: Tensor }>;
  /** Alias of torch.outer. {@link https://docs.pytorch.org/docs/stable/generated/torch.ger.html} */
  ger(vec2: Tensor, options?: { out?: Tensor }): Tensor;
  /** For CUDA tensors, this function returns the device ordinal of the GPU on which the tensor resides. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.get_device.html} */
  getDevice(): number;
  /** The gated linear unit. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html} */
  glu(dim?: number, options?: { out?: Tensor }): Tensor;
  /** The gated linear unit. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.glu.html} */
  glu(options: { dim?: number; out?: Tensor }): Tensor;
  /** Estimates the gradient of a function g . Defaults: edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { dim: readonly number[]; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: spacing = null, dim = null, edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options?: { spacing?: Scalar | null; dim?: number | null; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { spacing: readonly Scalar[]; dim: readonly number[]; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: dim = null, edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { spacing: readonly Scalar[]; dim?: number | null; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { spacing: readonly Tensor[]; dim: readonly number[]; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: dim = null, edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { spacing: readonly Tensor[]; dim?: number | null; edgeOrder?: number }): Tensor[];
  /** Estimates the gradient of a function g . Defaults: edgeOrder = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.gradient.html} */
  gradient(options: { spacing: Scalar; dim: readonly number[]; edgeOrder?: number }): Tensor[];
  /** Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater.html} */
  greater(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater.html} */
  greater(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater.html} */
  greater(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_.html} */
  greater_(other: Tensor): this;
  /** In place: Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_.html} */
  greater_(other: Scalar): this;
  /** In place: Alias for torch.gt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_.html} */
  greater_(options: { other: Scalar }): this;
  /** Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater_equal.html} */
  greaterEqual(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater_equal.html} */
  greaterEqual(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.greater_equal.html} */
  greaterEqual(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_equal_.html} */
  greaterEqual_(other: Tensor): this;
  /** In place: Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_equal_.html} */
  greaterEqual_(other: Scalar): this;
  /** In place: Alias for torch.ge. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.greater_equal_.html} */
  greaterEqual_(options: { other: Scalar }): this;
  /** ATen's `gt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.gt.html} */
  gt(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `gt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.gt.html} */
  gt(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `gt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.gt.html} */
  gt(options: { other: Scalar; out?: Tensor }): Tensor;
  /** ATen's `gt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gt_.html} */
  gt_(other: Tensor): this;
  /** ATen's `gt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gt_.html} */
  gt_(other: Scalar): this;
  /** ATen's `gt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.gt_.html} */
  gt_(options: { other: Scalar }): this;
  /** Applies the hard shrinkage function element-wise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.hardshrink.html} */
  hardshrink(lambd?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Applies the hard shrinkage function element-wise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.hardshrink.html} */
  hardshrink(options: { lambd?: Scalar; out?: Tensor }): Tensor;
  /** Apply the Hardsigmoid function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html} */
  hardsigmoid(options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Hardsigmoid function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html} */
  hardsigmoid_(): this;
  /** Apply hardswish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html} */
  hardswish(options?: { out?: Tensor }): Tensor;
  /** In place: Apply hardswish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html} */
  hardswish_(): this;
  /** Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html} */
  hardtanh(minVal?: Scalar, options?: { maxVal?: Scalar; out?: Tensor }): Tensor;
  /** Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html} */
  hardtanh(options: { minVal?: Scalar; maxVal?: Scalar; out?: Tensor }): Tensor;
  /** Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html} */
  hardtanh(minVal?: Scalar, maxVal?: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh_.html} */
  hardtanh_(minVal?: Scalar, options?: { maxVal?: Scalar }): this;
  /** In place: Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh_.html} */
  hardtanh_(options: { minVal?: Scalar; maxVal?: Scalar }): this;
  /** In place: Applies the HardTanh function element-wise. Defaults: minVal = -1, maxVal = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh_.html} */
  hardtanh_(minVal?: Scalar, maxVal?: Scalar): this;
  /** Returns a hash of all elements in the input tensor. Defaults: dim = [], keepdim = false, mode = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.hash_tensor.html} */
  hashTensor(dim?: number | readonly number[], options?: { keepdim?: boolean; mode?: number; out?: Tensor }): Tensor;
  /** Returns a hash of all elements in the input tensor. Defaults: dim = [], keepdim = false, mode = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.hash_tensor.html} */
  hashTensor(options: { dim?: number | readonly number[]; keepdim?: boolean; mode?: number; out?: Tensor }): Tensor;
  /** Computes the Heaviside step function for each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.heaviside.html} */
  heaviside(values: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the Heaviside step function for each element in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.heaviside_.html} */
  heaviside_(values: Tensor): this;
  /** Compute the hinge embedding loss. Defaults: margin = 1, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html} */
  hingeEmbeddingLoss(target: Tensor, margin?: number, options?: { reduction?: Reduction }): Tensor;
  /** Compute the hinge embedding loss. Defaults: margin = 1, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html} */
  hingeEmbeddingLoss(target: Tensor, options: { margin?: number; reduction?: Reduction }): Tensor;
  /** Compute the hinge embedding loss. Defaults: margin = 1, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html} */
  hingeEmbeddingLoss(target: Tensor, margin?: number, reduction?: Reduction): Tensor;
  /** Computes the histogram of a tensor. Defaults: bins = 100, min = 0, max = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.histc.html} */
  histc(bins?: number, options?: { min?: Scalar; max?: Scalar; out?: Tensor }): Tensor;
  /** Computes the histogram of a tensor. Defaults: bins = 100, min = 0, max = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.histc.html} */
  histc(options: { bins?: number; min?: Scalar; max?: Scalar; out?: Tensor }): Tensor;
  /** Computes the histogram of a tensor. Defaults: bins = 100, min = 0, max = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.histc.html} */
  histc(bins?: number, min?: Scalar, max?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes a histogram of the values in a tensor. Defaults: bins = 100, range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogram.html} */
  histogram(bins?: number, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean; hist?: Tensor; binEdges?: Tensor }): Results<[hist: Tensor, binEdges: Tensor], { hist: Tensor; binEdges: Tensor }>;
  /** Computes a histogram of the values in a tensor. Defaults: bins = 100, range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogram.html} */
  histogram(options: { bins?: number; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean; hist?: Tensor; binEdges?: Tensor }): Results<[hist: Tensor, binEdges: Tensor], { hist: Tensor; binEdges: Tensor }>;
  /** Computes a histogram of the values in a tensor. Defaults: weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogram.html} */
  histogram(bins: Tensor, options?: { weight?: Tensor | null; density?: boolean; hist?: Tensor; binEdges?: Tensor }): Results<[hist: Tensor, binEdges: Tensor], { hist: Tensor; binEdges: Tensor }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly number[], range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly number[], options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly number[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(options: { bins: readonly number[]; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly Tensor[], range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly Tensor[], options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: readonly Tensor[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: number, range?: readonly number[] | null, options?: { weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: number, options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(bins: number, range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Computes a multi-dimensional histogram of the values in a tensor. Defaults: range = null, weight = null, density = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.histogramdd.html} */
  histogramdd(options: { bins: number; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Results<[hist: Tensor, binEdges: Tensor[]], { hist: Tensor; binEdges: Tensor[] }>;
  /** Splits input, a tensor with one or more dimensions, into multiple tensors horizontally according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.hsplit.html} */
  hsplit(indices: readonly number[]): Tensor[];
  /** Splits input, a tensor with one or more dimensions, into multiple tensors horizontally according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.hsplit.html} */
  hsplit(options: { indices: readonly number[] }): Tensor[];
  /** Splits input, a tensor with one or more dimensions, into multiple tensors horizontally according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.hsplit.html} */
  hsplit(sections: number): Tensor[];
  /** Splits input, a tensor with one or more dimensions, into multiple tensors horizontally according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.hsplit.html} */
  hsplit(options: { sections: number }): Tensor[];
  /** Compute the Huber loss, with optional weighting. Defaults: reduction = "mean", delta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html} */
  huberLoss(target: Tensor, reduction?: Reduction, options?: { delta?: number; out?: Tensor }): Tensor;
  /** Compute the Huber loss, with optional weighting. Defaults: reduction = "mean", delta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html} */
  huberLoss(target: Tensor, options: { reduction?: Reduction; delta?: number; out?: Tensor }): Tensor;
  /** Compute the Huber loss, with optional weighting. Defaults: reduction = "mean", delta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html} */
  huberLoss(target: Tensor, reduction?: Reduction, delta?: number, options?: { out?: Tensor }): Tensor;
  /** Given the legs of a right triangle, return its hypotenuse. {@link https://docs.pytorch.org/docs/stable/generated/torch.hypot.html} */
  hypot(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Given the legs of a right triangle, return its hypotenuse. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.hypot_.html} */
  hypot_(other: Tensor): this;
  /** Alias for torch.special.i0. {@link https://docs.pytorch.org/docs/stable/generated/torch.i0.html} */
  i0(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.i0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.i0_.html} */
  i0_(): this;
  /** Alias for torch.special.gammainc. {@link https://docs.pytorch.org/docs/stable/generated/torch.igamma.html} */
  igamma(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.gammainc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.igamma_.html} */
  igamma_(other: Tensor): this;
  /** Alias for torch.special.gammaincc. {@link https://docs.pytorch.org/docs/stable/generated/torch.igammac.html} */
  igammac(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.gammaincc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.igammac_.html} */
  igammac_(other: Tensor): this;
  /** ATen's `im2col`. */
  im2col(kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `im2col`. */
  im2col(options: { kernelSize: number | readonly number[]; dilation: number | readonly number[]; padding: number | readonly number[]; stride: number | readonly number[]; out?: Tensor }): Tensor;
  /** Returns a new tensor containing imaginary values of the self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.imag.html} */
  imag(): Tensor;
  /** Index a regular tensor by binding specified positions to dims. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index.html} */
  index(indices: readonly (Tensor | null)[], options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.index_add_. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_add.html} */
  indexAdd(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Accumulate the elements of alpha times `source` into the self tensor by adding to the indices in the order given in index. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_add_.html} */
  indexAdd_(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): this;
  /** In place: Copies the elements of tensor into the self tensor by selecting the indices in the order given in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_copy_.html} */
  indexCopy_(dim: number, index: Tensor, source: Tensor): this;
  /** Out-of-place version of torch.Tensor.index_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill.html} */
  indexFill(dim: number, index: Tensor, value: Tensor, options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.index_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill.html} */
  indexFill(dim: number, index: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Fills the elements of the self tensor with value value by selecting the indices in the order given in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill_.html} */
  indexFill_(dim: number, index: Tensor, value: Tensor): this;
  /** In place: Fills the elements of the self tensor with value value by selecting the indices in the order given in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill_.html} */
  indexFill_(dim: number, index: Tensor, value: Scalar): this;
  /** Out-place version of Tensor.index_put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put.html} */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean, options?: { out?: Tensor }): Tensor;
  /** Out-place version of Tensor.index_put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put.html} */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, options: { accumulate?: boolean; out?: Tensor }): Tensor;
  /** In place: Puts values from the tensor values into the tensor self using the indices specified in indices (which is a tuple of Tensors). Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html} */
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean): this;
  /** In place: Puts values from the tensor values into the tensor self using the indices specified in indices (which is a tuple of Tensors). Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html} */
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, options: { accumulate?: boolean }): this;
  /** ATen's `index_reduce`. Defaults: includeSelf = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_reduce.html} */
  indexReduce(dim: number, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean; out?: Tensor }): Tensor;
  /** In place: Accumulate the elements of `source` into the self tensor by accumulating to the indices in the order given in index using the reduction given by the `reduce` argument. Defaults: includeSelf = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_reduce_.html} */
  indexReduce_(dim: number, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): this;
  /** Returns a new tensor which indexes the input tensor along dimension dim using the entries in index. {@link https://docs.pytorch.org/docs/stable/generated/torch.index_select.html} */
  indexSelect(dim: number, index: Tensor, options?: { out?: Tensor }): Tensor;
  /** Return the indices tensor of a sparse COO tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.indices.html} */
  indices(): Tensor;
  /** Computes the dot product for 1D tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.inner.html} */
  inner(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Given a quantized Tensor, `self.int_repr()` returns a CPU Tensor with uint8_t as data type that stores the underlying uint8_t values of the given Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.int_repr.html} */
  intRepr(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.inv. {@link https://docs.pytorch.org/docs/stable/generated/torch.inverse.html} */
  inverse(options?: { out?: Tensor }): Tensor;
  /** Returns `True` if self is a sparse COO tensor that is coalesced, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_coalesced.html} */
  isCoalesced(): boolean;
  /** Returns True if the data type of input is a complex data type i.e., one of `torch.complex64`, and `torch.complex128`. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_complex.html} */
  isComplex(): boolean;
  /** Returns True if the input is a conjugated tensor, i.e. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_conj.html} */
  isConj(): boolean;
  /** Returns True if self tensor is contiguous in memory in the order specified by memory format. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html} */
  isContiguous(): boolean;
  /** Returns True if self tensor is contiguous in memory in the order specified by memory format. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html} */
  isContiguous(memoryFormat: MemoryFormat): boolean;
  /** Returns True if self tensor is contiguous in memory in the order specified by memory format. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html} */
  isContiguous(options: { memoryFormat: MemoryFormat }): boolean;
  /** ATen's `is_distributed`. */
  isDistributed(): boolean;
  /** Returns True if the data type of input is a floating point data type i.e., one of `torch.float64`, `torch.float32`, `torch.float16`, and `torch.bfloat16`. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_floating_point.html} */
  isFloatingPoint(): boolean;
  /** Returns True if input is an inference tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_inference.html} */
  isInference(): boolean;
  /** All Tensors that have requires_grad which is `False` will be leaf Tensors by convention. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_leaf.html} */
  isLeaf(): boolean;
  /** Returns True if the negative bit of self is set to true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_neg.html} */
  isNeg(): boolean;
  /** Returns True if the input is a single element tensor which is not equal to zero after type conversions. {@link https://docs.pytorch.org/docs/stable/generated/torch.is_nonzero.html} */
  isNonzero(): boolean;
  /** Returns true if this tensor resides in pinned memory. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_pinned.html} */
  isPinned(device?: string | null): boolean;
  /** Returns true if this tensor resides in pinned memory. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_pinned.html} */
  isPinned(options: { device?: string | null }): boolean;
  /** ATen's `is_same_size`. */
  isSameSize(other: Tensor): boolean;
  /** Returns True if both tensors are pointing to the exact same memory (same storage, offset, size and stride). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_set_to.html} */
  isSetTo(tensor: Tensor): boolean;
  /** Returns True if the data type of self is a signed data type. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_signed.html} */
  isSigned(): boolean;
  /** Returns a new tensor with boolean elements representing if each element of input is "close" to the corresponding element of other. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.isclose.html} */
  isclose(other: Tensor, rtol?: number, options?: { atol?: number; equalNan?: boolean }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is "close" to the corresponding element of other. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.isclose.html} */
  isclose(other: Tensor, options: { rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is "close" to the corresponding element of other. Defaults: rtol = 0.00001, atol = 1e-8, equalNan = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.isclose.html} */
  isclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
  /** Returns a new tensor with boolean elements representing if each element is `finite` or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isfinite.html} */
  isfinite(): Tensor;
  /** Tests if each element of input is infinite (positive or negative infinity) or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isinf.html} */
  isinf(options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is NaN or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isnan.html} */
  isnan(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.isneginf.html} */
  isneginf(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.isposinf.html} */
  isposinf(options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with boolean elements representing if each element of input is real-valued or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.isreal.html} */
  isreal(): Tensor;
  /** Inverse short time Fourier Transform. Defaults: hopLength = null, winLength = null, window = null, center = true, normalized = false, onesided = null, length = null, returnComplex = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.istft.html} */
  istft(nFft: number, hopLength?: number | null, options?: { winLength?: number | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: number | null; returnComplex?: boolean }): Tensor;
  /** Inverse short time Fourier Transform. Defaults: hopLength = null, winLength = null, window = null, center = true, normalized = false, onesided = null, length = null, returnComplex = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.istft.html} */
  istft(nFft: number, options: { hopLength?: number | null; winLength?: number | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: number | null; returnComplex?: boolean }): Tensor;
  /** Inverse short time Fourier Transform. Defaults: hopLength = null, winLength = null, window = null, center = true, normalized = false, onesided = null, length = null, returnComplex = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.istft.html} */
  istft(nFft: number, hopLength?: number | null, winLength?: number | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: number | null, returnComplex?: boolean): Tensor;
  /** Inverse short time Fourier Transform. Defaults: hopLength = null, winLength = null, window = null, center = true, normalized = false, onesided = null, length = null, returnComplex = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.istft.html} */
  istft(options: { nFft: number; hopLength?: number | null; winLength?: number | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: number | null; returnComplex?: boolean }): Tensor;
  /** Compute the KL Divergence loss. Defaults: reduction = "mean", logTarget = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html} */
  klDiv(target: Tensor, reduction?: Reduction, options?: { logTarget?: boolean }): Tensor;
  /** Compute the KL Divergence loss. Defaults: reduction = "mean", logTarget = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html} */
  klDiv(target: Tensor, options: { reduction?: Reduction; logTarget?: boolean }): Tensor;
  /** ATen's `kron`. {@link https://docs.pytorch.org/docs/stable/generated/torch.kron.html} */
  kron(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a namedtuple `(values, indices)` where `values` is the k th smallest element of each row of the input tensor in the given dimension dim. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.kthvalue.html} */
  kthvalue(k: number, dim?: number, options?: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns a namedtuple `(values, indices)` where `values` is the k th smallest element of each row of the input tensor in the given dimension dim. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.kthvalue.html} */
  kthvalue(k: number, options: { dim?: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns a namedtuple `(values, indices)` where `values` is the k th smallest element of each row of the input tensor in the given dimension dim. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.kthvalue.html} */
  kthvalue(k: number, dim?: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns a namedtuple `(values, indices)` where `values` is the k th smallest element of each row of the input tensor in the given dimension dim. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.kthvalue.html} */
  kthvalue(options: { k: number; dim?: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Compute the L1 loss, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html} */
  l1Loss(target: Tensor, reduction?: Reduction): Tensor;
  /** Compute the L1 loss, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html} */
  l1Loss(target: Tensor, options: { reduction?: Reduction }): Tensor;
  /** Computes the element-wise least common multiple (LCM) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.lcm.html} */
  lcm(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise least common multiple (LCM) of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lcm_.html} */
  lcm_(other: Tensor): this;
  /** Multiplies input by 2 ** other. {@link https://docs.pytorch.org/docs/stable/generated/torch.ldexp.html} */
  ldexp(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Multiplies input by 2 ** other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ldexp_.html} */
  ldexp_(other: Tensor): this;
  /** ATen's `le`. {@link https://docs.pytorch.org/docs/stable/generated/torch.le.html} */
  le(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `le`. {@link https://docs.pytorch.org/docs/stable/generated/torch.le.html} */
  le(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `le`. {@link https://docs.pytorch.org/docs/stable/generated/torch.le.html} */
  le(options: { other: Scalar; out?: Tensor }): Tensor;
  /** ATen's `le_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.le_.html} */
  le_(other: Tensor): this;
  /** ATen's `le_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.le_.html} */
  le_(other: Scalar): this;
  /** ATen's `le_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.le_.html} */
  le_(options: { other: Scalar }): this;
  /** ATen's `leaky_relu`. Defaults: negativeSlope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html} */
  leakyRelu(negativeSlope?: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `leaky_relu`. Defaults: negativeSlope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html} */
  leakyRelu(options: { negativeSlope?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `leaky_relu_`. Defaults: negativeSlope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu_.html} */
  leakyRelu_(negativeSlope?: Scalar): this;
  /** ATen's `leaky_relu_`. Defaults: negativeSlope = 0.01. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu_.html} */
  leakyRelu_(options: { negativeSlope?: Scalar }): this;
  /** Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.lerp.html} */
  lerp(end: Tensor, weight: Tensor, options?: { out?: Tensor }): Tensor;
  /** Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.lerp.html} */
  lerp(end: Tensor, weight: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lerp_.html} */
  lerp_(end: Tensor, weight: Tensor): this;
  /** In place: Does a linear interpolation of two tensors start (given by input) and end based on a scalar or tensor weight and returns the resulting out tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lerp_.html} */
  lerp_(end: Tensor, weight: Scalar): this;
  /** Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.less.html} */
  less(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.less.html} */
  less(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.less.html} */
  less(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_.html} */
  less_(other: Tensor): this;
  /** In place: Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_.html} */
  less_(other: Scalar): this;
  /** In place: Alias for torch.lt. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_.html} */
  less_(options: { other: Scalar }): this;
  /** Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.less_equal.html} */
  lessEqual(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.less_equal.html} */
  lessEqual(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.less_equal.html} */
  lessEqual(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_equal_.html} */
  lessEqual_(other: Tensor): this;
  /** In place: Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_equal_.html} */
  lessEqual_(other: Scalar): this;
  /** In place: Alias for torch.le. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.less_equal_.html} */
  lessEqual_(options: { other: Scalar }): this;
  /** Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.lgamma.html} */
  lgamma(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lgamma_.html} */
  lgamma_(): this;
  /** Computes the sum of the absolute values raised to the power `ord`. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg._powsum.html} */
  linalgPowsum(ord?: Scalar, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Computes the sum of the absolute values raised to the power `ord`. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg._powsum.html} */
  linalgPowsum(options: { ord?: Scalar; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Computes the sum of the absolute values raised to the power `ord`. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg._powsum.html} */
  linalgPowsum(ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  /** Computes the Cholesky decomposition of a complex Hermitian or real symmetric positive-definite matrix. Defaults: upper = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html} */
  linalgCholesky(options?: { upper?: boolean; out?: Tensor }): Tensor;
  /** Computes the Cholesky decomposition of a complex Hermitian or real symmetric positive-definite matrix. Defaults: upper = false, checkErrors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky_ex.html} */
  linalgCholeskyEx(options?: { upper?: boolean; checkErrors?: boolean; L?: Tensor; info?: Tensor }): Results<[L: Tensor, info: Tensor], { L: Tensor; info: Tensor }>;
  /** Computes the condition number of a matrix with respect to a matrix norm. Defaults: p = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cond.html} */
  linalgCond(p?: Scalar | null, options?: { out?: Tensor }): Tensor;
  /** Computes the condition number of a matrix with respect to a matrix norm. Defaults: p = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cond.html} */
  linalgCond(options: { p?: Scalar | null; out?: Tensor }): Tensor;
  /** Computes the condition number of a matrix with respect to a matrix norm. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cond.html} */
  linalgCond(p: string, options?: { out?: Tensor }): Tensor;
  /** Computes the condition number of a matrix with respect to a matrix norm. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cond.html} */
  linalgCond(options: { p: string; out?: Tensor }): Tensor;
  /** Computes the cross product of two 3-dimensional vectors. Defaults: dim = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.cross.html} */
  linalgCross(other: Tensor, options?: { dim?: number; out?: Tensor }): Tensor;
  /** Computes the eigenvalue decomposition of a square matrix if it exists. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eig.html} */
  linalgEig(options?: { eigenvalues?: Tensor; eigenvectors?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Computes the eigenvalue decomposition of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html} */
  linalgEigh(UPLO?: string, options?: { eigvals?: Tensor; eigvecs?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Computes the eigenvalue decomposition of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html} */
  linalgEigh(options: { UPLO?: string; eigvals?: Tensor; eigvecs?: Tensor }): Results<[eigenvalues: Tensor, eigenvectors: Tensor], { eigenvalues: Tensor; eigenvectors: Tensor }>;
  /** Computes the eigenvalues of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvals.html} */
  linalgEigvals(options?: { out?: Tensor }): Tensor;
  /** Computes the eigenvalues of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html} */
  linalgEigvalsh(UPLO?: string, options?: { out?: Tensor }): Tensor;
  /** Computes the eigenvalues of a complex Hermitian or real symmetric matrix. Defaults: UPLO = "L". {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html} */
  linalgEigvalsh(options: { UPLO?: string; out?: Tensor }): Tensor;
  /** Computes a compact representation of the LDL factorization of a Hermitian or symmetric (possibly indefinite) matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_factor.html} */
  linalgLdlFactor(options?: { hermitian?: boolean; LD?: Tensor; pivots?: Tensor }): Results<[LD: Tensor, pivots: Tensor], { LD: Tensor; pivots: Tensor }>;
  /** ATen's `linalg_ldl_factor_ex`. Defaults: hermitian = false, checkErrors = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.ldl_factor_ex.html} */
  linalgLdlFactorEx(options?: { hermitian?: boolean; checkErrors?: boolean; LD?: Tensor; pivots?: Tensor; info?: Tensor }): Results<[LD: Tensor, pivots: Tensor, info: Tensor], { LD: Tensor; pivots: Tensor; info: Tensor }>;
  /** Computes a solution to the least squares problem of a system of linear equations. Defaults: rcond = null, driver = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html} */
  linalgLstsq(b: Tensor, rcond?: number | null, options?: { driver?: string | null; solution?: Tensor; residuals?: Tensor; rank?: Tensor; singularValues?: Tensor }): Results<[solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor], { solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }>;
  /** Computes a solution to the least squares problem of a system of linear equations. Defaults: rcond = null, driver = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html} */
  linalgLstsq(b: Tensor, options: { rcond?: number | null; driver?: string | null; solution?: Tensor; residuals?: Tensor; rank?: Tensor; singularValues?: Tensor }): Results<[solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor], { solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }>;
  /** Alias for torch.matmul. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matmul.html} */
  linalgMatmul(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the matrix exponential of a square matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_exp.html} */
  linalgMatrixExp(options?: { out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(ord?: string, options?: { dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(options: { ord?: string; dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: ord = "fro", dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(ord: Scalar, dim?: readonly number[], options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(ord: Scalar, options: { dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(ord: Scalar, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a matrix norm. Defaults: dim = [-2, -1], keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_norm.html} */
  linalgMatrixNorm(options: { ord: Scalar; dim?: readonly number[]; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the `n`-th power of a square matrix for an integer `n`. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_power.html} */
  linalgMatrixPower(n: number, options?: { out?: Tensor }): Tensor;
  /** Computes the `n`-th power of a square matrix for an integer `n`. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_power.html} */
  linalgMatrixPower(options: { n: number; out?: Tensor }): Tensor;
  /** Computes the numerical rank of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html} */
  linalgMatrixRank(tol: number, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the numerical rank of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html} */
  linalgMatrixRank(tol: number, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the numerical rank of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html} */
  linalgMatrixRank(options: { tol: number; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the numerical rank of a matrix. Defaults: atol = null, rtol = null, hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.matrix_rank.html} */
  linalgMatrixRank(options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: ord = null, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(ord?: Scalar | null, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: ord = null, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(options: { ord?: Scalar | null; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: ord = null, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(ord?: Scalar | null, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(ord: string, dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(ord: string, options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(ord: string, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector or matrix norm. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.norm.html} */
  linalgNorm(options: { ord: string; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(rcond: number, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(rcond: number, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(options: { rcond: number; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: atol = null, rtol = null, hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: atol = null, rtol = null, hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(rcond: Tensor, hermitian?: boolean, options?: { out?: Tensor }): Tensor;
  /** Computes the pseudoinverse (Moore-Penrose inverse) of a matrix. Defaults: hermitian = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html} */
  linalgPinv(rcond: Tensor, options: { hermitian?: boolean; out?: Tensor }): Tensor;
  /** Computes the solution of a triangular system of linear equations with a unique solution. Defaults: left = true, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.solve_triangular.html} */
  linalgSolveTriangular(B: Tensor, options: { upper: boolean; left?: boolean; unitriangular?: boolean; out?: Tensor }): Tensor;
  /** Computes the multiplicative inverse of torch.tensordot. Defaults: ind = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorinv.html} */
  linalgTensorinv(ind?: number, options?: { out?: Tensor }): Tensor;
  /** Computes the multiplicative inverse of torch.tensordot. Defaults: ind = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorinv.html} */
  linalgTensorinv(options: { ind?: number; out?: Tensor }): Tensor;
  /** Computes the solution `X` to the system `torch.tensordot(A, X) = B`. Defaults: dims = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorsolve.html} */
  linalgTensorsolve(other: Tensor, dims?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** Computes the solution `X` to the system `torch.tensordot(A, X) = B`. Defaults: dims = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.tensorsolve.html} */
  linalgTensorsolve(other: Tensor, options: { dims?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Computes a vector norm. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html} */
  linalgVectorNorm(ord?: Scalar, options?: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector norm. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html} */
  linalgVectorNorm(options: { ord?: Scalar; dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes a vector norm. Defaults: ord = 2, dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html} */
  linalgVectorNorm(ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns a new tensor with the natural logarithm of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log.html} */
  log(options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the logarithm to the base 10 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log10.html} */
  log10(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the logarithm to the base 10 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log10_.html} */
  log10_(): this;
  /** Returns a new tensor with the natural logarithm of (1 + input). {@link https://docs.pytorch.org/docs/stable/generated/torch.log1p.html} */
  log1p(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the natural logarithm of (1 + input). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log1p_.html} */
  log1p_(): this;
  /** Returns a new tensor with the logarithm to the base 2 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.log2.html} */
  log2(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the logarithm to the base 2 of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log2_.html} */
  log2_(): this;
  /** In place: Returns a new tensor with the natural logarithm of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_.html} */
  log_(): this;
  /** ATen's `log_normal_`. Defaults: mean = 1, std = 2, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_normal_.html} */
  logNormal_(mean?: number, options?: { std?: number; generator?: Generator | null }): this;
  /** ATen's `log_normal_`. Defaults: mean = 1, std = 2, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_normal_.html} */
  logNormal_(options: { mean?: number; std?: number; generator?: Generator | null }): this;
  /** ATen's `log_normal_`. Defaults: mean = 1, std = 2, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.log_normal_.html} */
  logNormal_(mean?: number, std?: number, options?: { generator?: Generator | null }): this;
  /** ATen's `log_sigmoid`. */
  logSigmoid(options?: { out?: Tensor }): Tensor;
  /** Apply a softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html} */
  logSoftmax(dim: number, dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** Apply a softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html} */
  logSoftmax(dim: number, options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Apply a softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html} */
  logSoftmax(options: { dim: number; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Logarithm of the sum of exponentiations of the inputs. {@link https://docs.pytorch.org/docs/stable/generated/torch.logaddexp.html} */
  logaddexp(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Logarithm of the sum of exponentiations of the inputs in base-2. {@link https://docs.pytorch.org/docs/stable/generated/torch.logaddexp2.html} */
  logaddexp2(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** For summation index j given by `dim` and other indices i, the result is. {@link https://docs.pytorch.org/docs/stable/generated/torch.logcumsumexp.html} */
  logcumsumexp(dim: number, options?: { out?: Tensor }): Tensor;
  /** For summation index j given by `dim` and other indices i, the result is. {@link https://docs.pytorch.org/docs/stable/generated/torch.logcumsumexp.html} */
  logcumsumexp(options: { dim: number; out?: Tensor }): Tensor;
  /** Calculates log determinant of a square matrix or batches of square matrices. {@link https://docs.pytorch.org/docs/stable/generated/torch.logdet.html} */
  logdet(): Tensor;
  /** Computes the element-wise logical AND of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_and.html} */
  logicalAnd(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical AND of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_and_.html} */
  logicalAnd_(other: Tensor): this;
  /** Computes the element-wise logical NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_not.html} */
  logicalNot(options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical NOT of the given input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_not_.html} */
  logicalNot_(): this;
  /** Computes the element-wise logical OR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_or.html} */
  logicalOr(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical OR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_or_.html} */
  logicalOr_(other: Tensor): this;
  /** Computes the element-wise logical XOR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.logical_xor.html} */
  logicalXor(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Computes the element-wise logical XOR of the given input tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logical_xor_.html} */
  logicalXor_(other: Tensor): this;
  /** Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.logit.html} */
  logit(eps?: number | null, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.logit.html} */
  logit(options: { eps?: number | null; out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logit_.html} */
  logit_(eps?: number | null): this;
  /** In place: Alias for torch.special.logit. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.logit_.html} */
  logit_(options: { eps?: number | null }): this;
  /** Returns the log of summed exponentials of each row of the input tensor in the given dimension dim. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html} */
  logsumexp(dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the log of summed exponentials of each row of the input tensor in the given dimension dim. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html} */
  logsumexp(dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the log of summed exponentials of each row of the input tensor in the given dimension dim. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html} */
  logsumexp(options: { dim: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `lt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.lt.html} */
  lt(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `lt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.lt.html} */
  lt(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `lt`. {@link https://docs.pytorch.org/docs/stable/generated/torch.lt.html} */
  lt(options: { other: Scalar; out?: Tensor }): Tensor;
  /** ATen's `lt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lt_.html} */
  lt_(other: Tensor): this;
  /** ATen's `lt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lt_.html} */
  lt_(other: Scalar): this;
  /** ATen's `lt_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.lt_.html} */
  lt_(options: { other: Scalar }): this;
  /** Returns the LU solve of the linear system Ax = b using the partially pivoted LU factorization of A from linalg.lu_factor. {@link https://docs.pytorch.org/docs/stable/generated/torch.lu_solve.html} */
  luSolve(LUData: Tensor, LUPivots: Tensor, options?: { out?: Tensor }): Tensor;
  /** Accessing this property is equivalent to calling adjoint. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mH.html} */
  mH(): Tensor;
  /** Out-of-place version of torch.Tensor.masked_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html} */
  maskedFill(mask: Tensor, value: Tensor, options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.masked_fill_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html} */
  maskedFill(mask: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** In place: Fills elements of self tensor with value where mask is True. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill_.html} */
  maskedFill_(mask: Tensor, value: Tensor): this;
  /** In place: Fills elements of self tensor with value where mask is True. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill_.html} */
  maskedFill_(mask: Tensor, value: Scalar): this;
  /** Out-of-place version of torch.Tensor.masked_scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter.html} */
  maskedScatter(mask: Tensor, source: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Copies elements from source into self tensor at positions where the mask is True. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter_.html} */
  maskedScatter_(mask: Tensor, source: Tensor): this;
  /** Returns a new 1-D tensor which indexes the input tensor according to the boolean mask mask which is a `BoolTensor`. {@link https://docs.pytorch.org/docs/stable/generated/torch.masked_select.html} */
  maskedSelect(mask: Tensor, options?: { out?: Tensor }): Tensor;
  /** Matrix product of two tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.matmul.html} */
  matmul(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.matrix_exp. {@link https://docs.pytorch.org/docs/stable/generated/torch.matrix_exp.html} */
  matrixExp(): Tensor;
  /** Alias for torch.linalg.matrix_power. {@link https://docs.pytorch.org/docs/stable/generated/torch.matrix_power.html} */
  matrixPower(n: number, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.matrix_power. {@link https://docs.pytorch.org/docs/stable/generated/torch.matrix_power.html} */
  matrixPower(options: { n: number; out?: Tensor }): Tensor;
  /** Returns the maximum value of all elements in the `input` tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(options?: { out?: Tensor }): Tensor;
  /** Returns the maximum value of all elements in the `input` tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(dim: number, keepdim?: boolean, options?: { max?: Tensor; maxValues?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the maximum value of all elements in the `input` tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(dim: number, options: { keepdim?: boolean; max?: Tensor; maxValues?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the maximum value of all elements in the `input` tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(options: { dim: number; keepdim?: boolean; max?: Tensor; maxValues?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the maximum value of all elements in the `input` tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.max.html} */
  max(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html} */
  maxPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html} */
  maxPool1d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html} */
  maxPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d.html} */
  maxPool1d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d_with_indices.html} */
  maxPool1dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): [Tensor, Tensor];
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d_with_indices.html} */
  maxPool1dWithIndices(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): [Tensor, Tensor];
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d_with_indices.html} */
  maxPool1dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
  /** Applies a 1D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0], dilation = [1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool1d_with_indices.html} */
  maxPool1dWithIndices(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): [Tensor, Tensor];
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html} */
  maxPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html} */
  maxPool2d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html} */
  maxPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html} */
  maxPool2d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d_with_indices.html} */
  maxPool2dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d_with_indices.html} */
  maxPool2dWithIndices(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d_with_indices.html} */
  maxPool2dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean, options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 2D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0], dilation = [1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d_with_indices.html} */
  maxPool2dWithIndices(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html} */
  maxPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html} */
  maxPool3d(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html} */
  maxPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d.html} */
  maxPool3d(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean }): Tensor;
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d_with_indices.html} */
  maxPool3dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], options?: { padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d_with_indices.html} */
  maxPool3dWithIndices(kernelSize: number | readonly number[], options: { stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d_with_indices.html} */
  maxPool3dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean, options?: { out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Applies a 3D max pooling over an input signal composed of several input planes. Defaults: stride = [], padding = [0, 0, 0], dilation = [1, 1, 1], ceilMode = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool3d_with_indices.html} */
  maxPool3dWithIndices(options: { kernelSize: number | readonly number[]; stride?: number | readonly number[]; padding?: number | readonly number[]; dilation?: number | readonly number[]; ceilMode?: boolean; out?: Tensor; indices?: Tensor }): [Tensor, Tensor];
  /** Compute a partial inverse of MaxPool2d. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html} */
  maxUnpool2d(indices: Tensor, outputSize: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Compute a partial inverse of MaxPool3d. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool3d.html} */
  maxUnpool3d(indices: Tensor, outputSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise maximum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.maximum.html} */
  maximum(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns the mean value of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.mean.html} */
  mean(options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the mean value of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.mean.html} */
  mean(dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the mean value of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.mean.html} */
  mean(dim: number | readonly number[] | null, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the mean value of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.mean.html} */
  mean(options: { dim: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the median of the values in input. {@link https://docs.pytorch.org/docs/stable/generated/torch.median.html} */
  median(options?: { out?: Tensor }): Tensor;
  /** Returns the median of the values in input. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.median.html} */
  median(dim: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the median of the values in input. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.median.html} */
  median(dim: number, options: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the median of the values in input. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.median.html} */
  median(options: { dim: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the minimum value of all elements in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(options?: { out?: Tensor }): Tensor;
  /** Returns the minimum value of all elements in the input tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(dim: number, keepdim?: boolean, options?: { min?: Tensor; minIndices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the minimum value of all elements in the input tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(dim: number, options: { keepdim?: boolean; min?: Tensor; minIndices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the minimum value of all elements in the input tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(options: { dim: number; keepdim?: boolean; min?: Tensor; minIndices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the minimum value of all elements in the input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.min.html} */
  min(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the element-wise minimum of input and other. {@link https://docs.pytorch.org/docs/stable/generated/torch.minimum.html} */
  minimum(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Apply the Mish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mish.html} */
  mish(options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Mish function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mish.html} */
  mish_(): this;
  /** Performs a matrix multiplication of the matrices input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.mm.html} */
  mm(mat2: Tensor, options?: { out?: Tensor }): Tensor;
  /** Performs a matrix multiplication of the matrices input and mat2. {@link https://docs.pytorch.org/docs/stable/generated/torch.mm.html} */
  mm(mat2: Tensor, outDtype: DType, options?: { out?: Tensor }): Tensor;
  /** Returns a namedtuple `(values, indices)` where `values` is the mode value of each row of the input tensor in the given dimension dim, i.e. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.mode.html} */
  mode(dim?: number, options?: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns a namedtuple `(values, indices)` where `values` is the mode value of each row of the input tensor in the given dimension dim, i.e. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.mode.html} */
  mode(options: { dim?: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns a namedtuple `(values, indices)` where `values` is the mode value of each row of the input tensor in the given dimension dim, i.e. Defaults: dim = -1, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.mode.html} */
  mode(dim?: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Alias for torch.movedim. {@link https://docs.pytorch.org/docs/stable/generated/torch.moveaxis.html} */
  moveaxis(source: number, destination: number): Tensor;
  /** Alias for torch.movedim. {@link https://docs.pytorch.org/docs/stable/generated/torch.moveaxis.html} */
  moveaxis(options: { source: number; destination: number }): Tensor;
  /** Alias for torch.movedim. {@link https://docs.pytorch.org/docs/stable/generated/torch.moveaxis.html} */
  moveaxis(source: readonly number[], destination: readonly number[]): Tensor;
  /** Alias for torch.movedim. {@link https://docs.pytorch.org/docs/stable/generated/torch.moveaxis.html} */
  moveaxis(options: { source: readonly number[]; destination: readonly number[] }): Tensor;
  /** Moves the dimension(s) of input at the position(s) in source to the position(s) in destination. {@link https://docs.pytorch.org/docs/stable/generated/torch.movedim.html} */
  movedim(source: number, destination: number): Tensor;
  /** Moves the dimension(s) of input at the position(s) in source to the position(s) in destination. {@link https://docs.pytorch.org/docs/stable/generated/torch.movedim.html} */
  movedim(options: { source: number; destination: number }): Tensor;
  /** Moves the dimension(s) of input at the position(s) in source to the position(s) in destination. {@link https://docs.pytorch.org/docs/stable/generated/torch.movedim.html} */
  movedim(source: readonly number[], destination: readonly number[]): Tensor;
  /** Moves the dimension(s) of input at the position(s) in source to the position(s) in destination. {@link https://docs.pytorch.org/docs/stable/generated/torch.movedim.html} */
  movedim(options: { source: readonly number[]; destination: readonly number[] }): Tensor;
  /** Compute the element-wise mean squared error, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html} */
  mseLoss(target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Compute the element-wise mean squared error, with optional weighting. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html} */
  mseLoss(target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** Sorts the elements of the input tensor along its first dimension in ascending order by value. {@link https://docs.pytorch.org/docs/stable/generated/torch.msort.html} */
  msort(options?: { out?: Tensor }): Tensor;
  /** Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.mul.html} */
  mul(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.mul.html} */
  mul(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.mul.html} */
  mul(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mul_.html} */
  mul_(other: Tensor): this;
  /** In place: Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mul_.html} */
  mul_(other: Scalar): this;
  /** In place: Multiplies input by other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mul_.html} */
  mul_(options: { other: Scalar }): this;
  /** Compute the multi margin loss, with optional weighting. Defaults: p = 1, margin = 1, weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html} */
  multiMarginLoss(target: Tensor, p?: Scalar, options?: { margin?: Scalar; weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute the multi margin loss, with optional weighting. Defaults: p = 1, margin = 1, weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html} */
  multiMarginLoss(target: Tensor, options: { p?: Scalar; margin?: Scalar; weight?: Tensor | null; reduction?: Reduction; out?: Tensor }): Tensor;
  /** Compute the multi margin loss, with optional weighting. Defaults: p = 1, margin = 1, weight = null, reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html} */
  multiMarginLoss(target: Tensor, p?: Scalar, margin?: Scalar, weight?: Tensor | null, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Compute the multilabel margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_margin_loss.html} */
  multilabelMarginLoss(target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Compute the multilabel margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_margin_loss.html} */
  multilabelMarginLoss(target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** ATen's `multinomial`. Defaults: replacement = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html} */
  multinomial(numSamples: number, replacement?: boolean, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `multinomial`. Defaults: replacement = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html} */
  multinomial(numSamples: number, options: { replacement?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `multinomial`. Defaults: replacement = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html} */
  multinomial(options: { numSamples: number; replacement?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.multiply.html} */
  multiply(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.multiply.html} */
  multiply(other: Scalar): Tensor;
  /** Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.multiply.html} */
  multiply(options: { other: Scalar }): Tensor;
  /** In place: Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.multiply_.html} */
  multiply_(other: Tensor): this;
  /** In place: Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.multiply_.html} */
  multiply_(other: Scalar): this;
  /** In place: Alias for torch.mul. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.multiply_.html} */
  multiply_(options: { other: Scalar }): this;
  /** Performs a matrix-vector product of the matrix input and the vector vec. {@link https://docs.pytorch.org/docs/stable/generated/torch.mv.html} */
  mv(vec: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.mvlgamma.html} */
  mvlgamma(p: number, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.mvlgamma.html} */
  mvlgamma(options: { p: number; out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mvlgamma_.html} */
  mvlgamma_(p: number): this;
  /** In place: Alias for torch.special.multigammaln. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mvlgamma_.html} */
  mvlgamma_(options: { p: number }): this;
  /** Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nan_to_num.html} */
  nanToNum(nan?: number | null, options?: { posinf?: number | null; neginf?: number | null; out?: Tensor }): Tensor;
  /** Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nan_to_num.html} */
  nanToNum(options: { nan?: number | null; posinf?: number | null; neginf?: number | null; out?: Tensor }): Tensor;
  /** Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nan_to_num.html} */
  nanToNum(nan?: number | null, posinf?: number | null, neginf?: number | null, options?: { out?: Tensor }): Tensor;
  /** In place: Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nan_to_num_.html} */
  nanToNum_(nan?: number | null, options?: { posinf?: number | null; neginf?: number | null }): this;
  /** In place: Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nan_to_num_.html} */
  nanToNum_(options: { nan?: number | null; posinf?: number | null; neginf?: number | null }): this;
  /** In place: Replaces NaN, positive infinity, and negative infinity values in input with the values specified by nan, posinf, and neginf, respectively. Defaults: nan = null, posinf = null, neginf = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nan_to_num_.html} */
  nanToNum_(nan?: number | null, posinf?: number | null, neginf?: number | null): this;
  /** Computes the mean of all `non-NaN` elements along the specified dimensions. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmean.html} */
  nanmean(dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the mean of all `non-NaN` elements along the specified dimensions. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmean.html} */
  nanmean(options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Computes the mean of all `non-NaN` elements along the specified dimensions. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmean.html} */
  nanmean(dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the median of the values in input, ignoring `NaN` values. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmedian.html} */
  nanmedian(options?: { out?: Tensor }): Tensor;
  /** Returns the median of the values in input, ignoring `NaN` values. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmedian.html} */
  nanmedian(dim: number, keepdim?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the median of the values in input, ignoring `NaN` values. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmedian.html} */
  nanmedian(dim: number, options: { keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the median of the values in input, ignoring `NaN` values. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.nanmedian.html} */
  nanmedian(options: { dim: number; keepdim?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: Tensor, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: Tensor, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: Tensor, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: number, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: number, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(q: number, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** This is a variant of torch.quantile that "ignores" `NaN` values, computing the quantiles q as if `NaN` values in input did not exist. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.nanquantile.html} */
  nanquantile(options: { q: number; dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Returns the sum of all elements, treating Not a Numbers (NaNs) as zero. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nansum.html} */
  nansum(dim?: number | readonly number[] | null, options?: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the sum of all elements, treating Not a Numbers (NaNs) as zero. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nansum.html} */
  nansum(options: { dim?: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the sum of all elements, treating Not a Numbers (NaNs) as zero. Defaults: dim = null, keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nansum.html} */
  nansum(dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns a new tensor that is a narrowed version of input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.narrow.html} */
  narrow(dim: number, start: number, length: number): Tensor;
  /** Returns a new tensor that is a narrowed version of input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.narrow.html} */
  narrow(options: { dim: number; start: number; length: number }): Tensor;
  /** Returns a new tensor that is a narrowed version of input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.narrow.html} */
  narrow(dim: number, start: Tensor, length: number): Tensor;
  /** ATen's `ne`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ne.html} */
  ne(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `ne`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ne.html} */
  ne(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `ne`. {@link https://docs.pytorch.org/docs/stable/generated/torch.ne.html} */
  ne(options: { other: Scalar; out?: Tensor }): Tensor;
  /** ATen's `ne_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ne_.html} */
  ne_(other: Tensor): this;
  /** ATen's `ne_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ne_.html} */
  ne_(other: Scalar): this;
  /** ATen's `ne_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.ne_.html} */
  ne_(options: { other: Scalar }): this;
  /** Returns a new tensor with the negative of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.neg.html} */
  neg(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the negative of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.neg_.html} */
  neg_(): this;
  /** Alias for torch.neg. {@link https://docs.pytorch.org/docs/stable/generated/torch.negative.html} */
  negative(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.neg. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.negative_.html} */
  negative_(): this;
  /** Returns a Tensor of size size filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  newEmpty(...size: number[]): Tensor;
  /** Returns a Tensor of size size filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  newEmpty(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  newEmpty(options: { size: readonly number[]; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with uninitialized data. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  newEmpty(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with uninitialized data. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty.html} */
  newEmpty(options: { size: readonly number[]; out: Tensor }): Tensor;
  /** Returns a Tensor of size size and strides stride filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty_strided.html} */
  newEmptyStrided(size: readonly number[], stride: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size and strides stride filled with uninitialized data. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty_strided.html} */
  newEmptyStrided(options: { size: readonly number[]; stride: readonly number[]; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size and strides stride filled with uninitialized data. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty_strided.html} */
  newEmptyStrided(size: readonly number[], stride: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size and strides stride filled with uninitialized data. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_empty_strided.html} */
  newEmptyStrided(options: { size: readonly number[]; stride: readonly number[]; out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with fill_value. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_full.html} */
  newFull(size: readonly number[], fillValue: Scalar, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with fill_value. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_full.html} */
  newFull(options: { size: readonly number[]; fillValue: Scalar; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with fill_value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_full.html} */
  newFull(size: readonly number[], fillValue: Scalar, options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with fill_value. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_full.html} */
  newFull(options: { size: readonly number[]; fillValue: Scalar; out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `1`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  newOnes(...size: number[]): Tensor;
  /** Returns a Tensor of size size filled with `1`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  newOnes(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with `1`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  newOnes(options: { size: readonly number[]; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with `1`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  newOnes(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `1`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_ones.html} */
  newOnes(options: { size: readonly number[]; out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `0`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  newZeros(...size: number[]): Tensor;
  /** Returns a Tensor of size size filled with `0`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  newZeros(size: readonly number[], options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with `0`. Defaults: dtype = null, layout = null, device = null, pinMemory = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  newZeros(options: { size: readonly number[]; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  /** Returns a Tensor of size size filled with `0`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  newZeros(size: readonly number[], options: { out: Tensor }): Tensor;
  /** Returns a Tensor of size size filled with `0`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.new_zeros.html} */
  newZeros(options: { size: readonly number[]; out: Tensor }): Tensor;
  /** Return the next floating-point value after input towards other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nextafter.html} */
  nextafter(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Return the next floating-point value after input towards other, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.nextafter_.html} */
  nextafter_(other: Tensor): this;
  /** Compute the negative log likelihood loss. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html} */
  nllLoss(target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignoreIndex?: number; out?: Tensor }): Tensor;
  /** Compute the negative log likelihood loss. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html} */
  nllLoss(target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignoreIndex?: number; out?: Tensor }): Tensor;
  /** Compute the negative log likelihood loss. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html} */
  nllLoss(target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignoreIndex?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `nll_loss2d`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLoss2d(target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignoreIndex?: number; out?: Tensor }): Tensor;
  /** ATen's `nll_loss2d`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLoss2d(target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignoreIndex?: number; out?: Tensor }): Tensor;
  /** ATen's `nll_loss2d`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLoss2d(target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignoreIndex?: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `nll_loss_nd`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLossNd(target: Tensor, weight?: Tensor | null, options?: { reduction?: Reduction; ignoreIndex?: number }): Tensor;
  /** ATen's `nll_loss_nd`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLossNd(target: Tensor, options: { weight?: Tensor | null; reduction?: Reduction; ignoreIndex?: number }): Tensor;
  /** ATen's `nll_loss_nd`. Defaults: weight = null, reduction = "mean", ignoreIndex = -100. */
  nllLossNd(target: Tensor, weight?: Tensor | null, reduction?: Reduction, ignoreIndex?: number): Tensor;
  /** torch.nonzero(..., as_tuple=True) returns a tuple of 1-D index tensors, allowing for advanced indexing, so `x[x.nonzero(as_tuple=True)]` gives all nonzero values of tensor `x`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nonzero.html} */
  nonzero(options?: { out?: Tensor }): Tensor;
  /** Returns a 2-D tensor where each row is the index for a non-zero value. Defaults: fillValue = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nonzero_static.html} */
  nonzeroStatic(options: { size: number; fillValue?: number; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(p: Scalar | null, dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(p: Scalar | null, dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(options: { p: Scalar | null; dim: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(p: Scalar | null, dim: number | readonly number[], keepdim: boolean, options: { dtype: DType; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(options: { p: Scalar | null; dim: number | readonly number[]; keepdim: boolean; dtype: DType; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(p: Scalar | null, options: { dtype: DType; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(options: { p: Scalar | null; dtype: DType; out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(p?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Returns the matrix norm or vector norm of a given tensor. Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.norm.html} */
  norm(options: { p?: Scalar; out?: Tensor }): Tensor;
  /** Returns a tensor of random numbers drawn from separate normal distributions whose mean and standard deviation are given. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.normal.html} */
  normal(mean: number, options: { std?: number; generator?: Generator | null; out: Tensor }): Tensor;
  /** Returns a tensor of random numbers drawn from separate normal distributions whose mean and standard deviation are given. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.normal.html} */
  normal(options: { mean?: number; std?: number; generator?: Generator | null; out: Tensor }): Tensor;
  /** Returns a tensor of random numbers drawn from separate normal distributions whose mean and standard deviation are given. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.normal.html} */
  normal(mean: number, std: number, options: { generator?: Generator | null; out: Tensor }): Tensor;
  /** In place: Fills self tensor with elements samples from the normal distribution parameterized by mean and std. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.normal_.html} */
  normal_(mean?: number, options?: { std?: number; generator?: Generator | null }): this;
  /** In place: Fills self tensor with elements samples from the normal distribution parameterized by mean and std. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.normal_.html} */
  normal_(options: { mean?: number; std?: number; generator?: Generator | null }): this;
  /** In place: Fills self tensor with elements samples from the normal distribution parameterized by mean and std. Defaults: mean = 0, std = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.normal_.html} */
  normal_(mean?: number, std?: number, options?: { generator?: Generator | null }): this;
  /** Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.not_equal.html} */
  notEqual(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.not_equal.html} */
  notEqual(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.not_equal.html} */
  notEqual(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.not_equal_.html} */
  notEqual_(other: Tensor): this;
  /** In place: Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.not_equal_.html} */
  notEqual_(other: Scalar): this;
  /** In place: Alias for torch.ne. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.not_equal_.html} */
  notEqual_(options: { other: Scalar }): this;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclearNorm(keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclearNorm(options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclearNorm(dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclearNorm(dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `nuclear_norm`. Defaults: keepdim = false. */
  nuclearNorm(options: { dim: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** ATen's `one_hot`. Defaults: numClasses = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html} */
  oneHot(numClasses?: number): Tensor;
  /** ATen's `one_hot`. Defaults: numClasses = -1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html} */
  oneHot(options: { numClasses?: number }): Tensor;
  /** Returns a tensor filled with the scalar value `1`, with the same size as input. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.ones_like.html} */
  onesLike(options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor filled with the scalar value `1`, with the same size as input. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.ones_like.html} */
  onesLike(options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Alias for torch.linalg.householder_product. {@link https://docs.pytorch.org/docs/stable/generated/torch.orgqr.html} */
  orgqr(input2: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the matrix-matrix multiplication of a product of Householder matrices with a general matrix. Defaults: left = true, transpose = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html} */
  ormqr(input2: Tensor, input3: Tensor, left?: boolean, options?: { transpose?: boolean; out?: Tensor }): Tensor;
  /** Computes the matrix-matrix multiplication of a product of Householder matrices with a general matrix. Defaults: left = true, transpose = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html} */
  ormqr(input2: Tensor, input3: Tensor, options: { left?: boolean; transpose?: boolean; out?: Tensor }): Tensor;
  /** Computes the matrix-matrix multiplication of a product of Householder matrices with a general matrix. Defaults: left = true, transpose = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.ormqr.html} */
  ormqr(input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean, options?: { out?: Tensor }): Tensor;
  /** Outer product of input and vec2. {@link https://docs.pytorch.org/docs/stable/generated/torch.outer.html} */
  outer(vec2: Tensor, options?: { out?: Tensor }): Tensor;
  /** ATen's `output_nr`. */
  outputNr(): number;
  /** Pads tensor. Defaults: mode = "constant", value = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html} */
  pad(pad: readonly number[], mode?: string, options?: { value?: number | null }): Tensor;
  /** Pads tensor. Defaults: mode = "constant", value = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html} */
  pad(pad: readonly number[], options: { mode?: string; value?: number | null }): Tensor;
  /** Pads tensor. Defaults: mode = "constant", value = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html} */
  pad(pad: readonly number[], mode?: string, value?: number | null): Tensor;
  /** Pads tensor. Defaults: mode = "constant", value = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html} */
  pad(options: { pad: readonly number[]; mode?: string; value?: number | null }): Tensor;
  /** Computes the p-norm distance between every pair of row vectors in the input. Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.pdist.html} */
  pdist(p?: number): Tensor;
  /** Computes the p-norm distance between every pair of row vectors in the input. Defaults: p = 2. {@link https://docs.pytorch.org/docs/stable/generated/torch.pdist.html} */
  pdist(options: { p?: number }): Tensor;
  /** Returns a view of the original tensor input with its dimensions permuted. {@link https://docs.pytorch.org/docs/stable/generated/torch.permute.html} */
  permute(...dims: number[]): Tensor;
  /** Returns a view of the original tensor input with its dimensions permuted. {@link https://docs.pytorch.org/docs/stable/generated/torch.permute.html} */
  permute(dims: readonly number[]): Tensor;
  /** Returns a view of the original tensor input with its dimensions permuted. {@link https://docs.pytorch.org/docs/stable/generated/torch.permute.html} */
  permute(options: { dims: readonly number[] }): Tensor;
  /** Copies the tensor to pinned memory, if it's not already pinned. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pin_memory.html} */
  pinMemory(device?: string | null): Tensor;
  /** Copies the tensor to pinned memory, if it's not already pinned. Defaults: device = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pin_memory.html} */
  pinMemory(options: { device?: string | null }): Tensor;
  /** Alias for torch.linalg.pinv. Defaults: rcond = 1e-15. {@link https://docs.pytorch.org/docs/stable/generated/torch.pinverse.html} */
  pinverse(rcond?: number): Tensor;
  /** Alias for torch.linalg.pinv. Defaults: rcond = 1e-15. {@link https://docs.pytorch.org/docs/stable/generated/torch.pinverse.html} */
  pinverse(options: { rcond?: number }): Tensor;
  /** ATen's `pixel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_shuffle.html} */
  pixelShuffle(upscaleFactor: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `pixel_shuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_shuffle.html} */
  pixelShuffle(options: { upscaleFactor: number; out?: Tensor }): Tensor;
  /** ATen's `pixel_unshuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_unshuffle.html} */
  pixelUnshuffle(downscaleFactor: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `pixel_unshuffle`. {@link https://docs.pytorch.org/docs/stable/generated/torch.pixel_unshuffle.html} */
  pixelUnshuffle(options: { downscaleFactor: number; out?: Tensor }): Tensor;
  /** Returns a tensor of the same size as input with each element sampled from a Poisson distribution with rate parameter given by the corresponding element in input i.e.,. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.poisson.html} */
  poisson(generator?: Generator | null, options?: { out?: Tensor }): Tensor;
  /** Returns a tensor of the same size as input with each element sampled from a Poisson distribution with rate parameter given by the corresponding element in input i.e.,. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.poisson.html} */
  poisson(options: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.polygamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.polygamma_.html} */
  polygamma_(n: number): this;
  /** In place: Alias for torch.special.polygamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.polygamma_.html} */
  polygamma_(options: { n: number }): this;
  /** Returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.positive.html} */
  positive(): Tensor;
  /** Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.pow.html} */
  pow(exponent: Tensor, options?: { out?: Tensor }): Tensor;
  /** Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.pow.html} */
  pow(exponent: Scalar, options?: { out?: Tensor }): Tensor;
  /** Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.pow.html} */
  pow(options: { exponent: Scalar; out?: Tensor }): Tensor;
  /** In place: Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pow_.html} */
  pow_(exponent: Tensor): this;
  /** In place: Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pow_.html} */
  pow_(exponent: Scalar): this;
  /** In place: Takes the power of each element in input with exponent and returns a tensor with the result. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.pow_.html} */
  pow_(options: { exponent: Scalar }): this;
  /** ATen's `prelu`. {@link https://docs.pytorch.org/docs/stable/generated/torch.prelu.html} */
  prelu(weight: Tensor): Tensor;
  /** Returns the product of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.prod.html} */
  prod(options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the product of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.prod.html} */
  prod(dim: number, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the product of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.prod.html} */
  prod(dim: number, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the product of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.prod.html} */
  prod(options: { dim: number; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put.html} */
  put(index: Tensor, source: Tensor, accumulate?: boolean, options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.put_. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put.html} */
  put(index: Tensor, source: Tensor, options: { accumulate?: boolean; out?: Tensor }): Tensor;
  /** In place: Copies the elements from source into the positions specified by index. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put_.html} */
  put_(index: Tensor, source: Tensor, accumulate?: boolean): this;
  /** In place: Copies the elements from source into the positions specified by index. Defaults: accumulate = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put_.html} */
  put_(index: Tensor, source: Tensor, options: { accumulate?: boolean }): this;
  /** ATen's `qr`. Defaults: some = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.qr.html} */
  qr(some?: boolean, options?: { Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** ATen's `qr`. Defaults: some = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.qr.html} */
  qr(options: { some?: boolean; Q?: Tensor; R?: Tensor }): Results<[Q: Tensor, R: Tensor], { Q: Tensor; R: Tensor }>;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: Tensor, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: Tensor, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: Tensor, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: number, dim?: number | null, options?: { keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: number, options: { dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(q: number, dim?: number | null, keepdim?: boolean, options?: { interpolation?: string; out?: Tensor }): Tensor;
  /** Computes the q-th quantiles of each row of the input tensor along the dimension dim. Defaults: dim = null, keepdim = false, interpolation = "linear". {@link https://docs.pytorch.org/docs/stable/generated/torch.quantile.html} */
  quantile(options: { q: number; dim?: number | null; keepdim?: boolean; interpolation?: string; out?: Tensor }): Tensor;
  /** Converts a float tensor to a per-channel quantized tensor with given scales and zero points. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_channel.html} */
  quantizePerChannel(scales: Tensor, zeroPoints: Tensor, axis: number, dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with given scale and zero point. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor.html} */
  quantizePerTensor(scale: number, zeroPoint: number, dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with given scale and zero point. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor.html} */
  quantizePerTensor(options: { scale: number; zeroPoint: number; dtype: DType; out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with given scale and zero point. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor.html} */
  quantizePerTensor(scale: Tensor, zeroPoint: Tensor, dtype: DType, options?: { out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with scale and zero_point calculated dynamically based on the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor_dynamic.html} */
  quantizePerTensorDynamic(dtype: DType, reduceRange: boolean, options?: { out?: Tensor }): Tensor;
  /** Converts a float tensor to a quantized tensor with scale and zero_point calculated dynamically based on the input. {@link https://docs.pytorch.org/docs/stable/generated/torch.quantize_per_tensor_dynamic.html} */
  quantizePerTensorDynamic(options: { dtype: DType; reduceRange: boolean; out?: Tensor }): Tensor;
  /** Returns a new tensor with each of the elements of input converted from angles in radians to degrees. {@link https://docs.pytorch.org/docs/stable/generated/torch.rad2deg.html} */
  rad2deg(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with each of the elements of input converted from angles in radians to degrees. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.rad2deg_.html} */
  rad2deg_(): this;
  /** Returns a tensor with the same size as input that is filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand_like.html} */
  randLike(options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand_like.html} */
  randLike(options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand_like.html} */
  randLike(options: { generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a uniform distribution on the interval [0, 1). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rand_like.html} */
  randLike(options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { high: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: Tensor, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: Tensor, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: number, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { high: number; generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(low: number, high: number, options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { low: number; high: number; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(low: number, high: number, options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { low: number; high: number; generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: Tensor, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: Tensor, options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: number, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { high: number; generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(low: number, high: number, options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { low: number; high: number; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(low: number, high: number, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { low: number; high: number; generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(high: number, options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same shape as Tensor input filled with random integers generated uniformly between low (inclusive) and high (exclusive). Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randint_like.html} */
  randintLike(options: { high: number; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a normal distribution with mean 0 and variance 1. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn_like.html} */
  randnLike(options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a normal distribution with mean 0 and variance 1. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn_like.html} */
  randnLike(options: { generator: Generator | null; dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a normal distribution with mean 0 and variance 1. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn_like.html} */
  randnLike(options: { generator: Generator | null; memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** Returns a tensor with the same size as input that is filled with random numbers from a normal distribution with mean 0 and variance 1. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.randn_like.html} */
  randnLike(options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(from_: number, to: number | null, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(options: { from: number; to: number | null; generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(to: number, options?: { generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `random`. Defaults: generator = null. */
  random(options: { to: number; generator?: Generator | null; out?: Tensor }): Tensor;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(options?: { generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(from_: number, to: number | null, options?: { generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(options: { from: number; to: number | null; generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(to: number, options?: { generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the discrete uniform distribution over `[from, to - 1]`. Defaults: generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.random_.html} */
  random_(options: { to: number; generator?: Generator | null }): this;
  /** Return a contiguous flattened tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.ravel.html} */
  ravel(): Tensor;
  /** Returns a new tensor containing real values of the self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.real.html} */
  real(): Tensor;
  /** Returns a new tensor with the reciprocal of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.reciprocal.html} */
  reciprocal(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the reciprocal of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.reciprocal_.html} */
  reciprocal_(): this;
  /** ATen's `reflection_pad1d`. */
  reflectionPad1d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad1d`. */
  reflectionPad1d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `reflection_pad2d`. */
  reflectionPad2d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad2d`. */
  reflectionPad2d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `reflection_pad3d`. */
  reflectionPad3d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `reflection_pad3d`. */
  reflectionPad3d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** Applies the rectified linear unit function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu.html} */
  relu(options?: { out?: Tensor }): Tensor;
  /** ATen's `relu6`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu6.html} */
  relu6(): Tensor;
  /** ATen's `relu6_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu6.html} */
  relu6_(): this;
  /** In place: Applies the rectified linear unit function element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.relu_.html} */
  relu_(): this;
  /** Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.remainder.html} */
  remainder(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.remainder.html} */
  remainder(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.remainder.html} */
  remainder(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.remainder_.html} */
  remainder_(other: Tensor): this;
  /** In place: Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.remainder_.html} */
  remainder_(other: Scalar): this;
  /** In place: Computes Python's modulus operation entrywise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.remainder_.html} */
  remainder_(options: { other: Scalar }): this;
  /** Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.renorm.html} */
  renorm(p: Scalar, dim: number, maxnorm: Scalar, options?: { out?: Tensor }): Tensor;
  /** Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.renorm.html} */
  renorm(options: { p: Scalar; dim: number; maxnorm: Scalar; out?: Tensor }): Tensor;
  /** In place: Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.renorm_.html} */
  renorm_(p: Scalar, dim: number, maxnorm: Scalar): this;
  /** In place: Returns a tensor where each sub-tensor of input along dimension dim is normalized such that the `p`-norm of the sub-tensor is lower than the value maxnorm. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.renorm_.html} */
  renorm_(options: { p: Scalar; dim: number; maxnorm: Scalar }): this;
  /** Repeats this tensor along the specified dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.repeat.html} */
  repeat(...repeats: number[]): Tensor;
  /** Repeats this tensor along the specified dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.repeat.html} */
  repeat(repeats: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Repeats this tensor along the specified dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.repeat.html} */
  repeat(options: { repeats: readonly number[]; out?: Tensor }): Tensor;
  /** Repeat elements of a tensor. Defaults: dim = null, outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeatInterleave(repeats: Tensor, dim?: number | null, options?: { outputSize?: number | null }): Tensor;
  /** Repeat elements of a tensor. Defaults: dim = null, outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeatInterleave(repeats: Tensor, options: { dim?: number | null; outputSize?: number | null }): Tensor;
  /** Repeat elements of a tensor. Defaults: dim = null, outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeatInterleave(repeats: number, dim?: number | null, options?: { outputSize?: number | null }): Tensor;
  /** Repeat elements of a tensor. Defaults: dim = null, outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeatInterleave(repeats: number, options: { dim?: number | null; outputSize?: number | null }): Tensor;
  /** Repeat elements of a tensor. Defaults: dim = null, outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.repeat_interleave.html} */
  repeatInterleave(options: { repeats: number; dim?: number | null; outputSize?: number | null }): Tensor;
  /** ATen's `replication_pad1d`. */
  replicationPad1d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad1d`. */
  replicationPad1d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `replication_pad2d`. */
  replicationPad2d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad2d`. */
  replicationPad2d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `replication_pad3d`. */
  replicationPad3d(padding: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** ATen's `replication_pad3d`. */
  replicationPad3d(options: { padding: number | readonly number[]; out?: Tensor }): Tensor;
  /** In place: Change if autograd should record operations on this tensor. Defaults: requiresGrad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.requires_grad_.html} */
  requiresGrad_(requiresGrad?: boolean): this;
  /** In place: Change if autograd should record operations on this tensor. Defaults: requiresGrad = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.requires_grad_.html} */
  requiresGrad_(options: { requiresGrad?: boolean }): this;
  /** Returns a tensor with the same data and number of elements as input, but with the specified shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.reshape.html} */
  reshape(...shape: number[]): Tensor;
  /** Returns a tensor with the same data and number of elements as input, but with the specified shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.reshape.html} */
  reshape(shape: readonly number[]): Tensor;
  /** Returns a tensor with the same data and number of elements as input, but with the specified shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.reshape.html} */
  reshape(options: { shape: readonly number[] }): Tensor;
  /** Returns this tensor as the same shape as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.reshape_as.html} */
  reshapeAs(other: Tensor): Tensor;
  /** ATen's `resize`. Defaults: memoryFormat = null. */
  resize(...size: number[]): Tensor;
  /** ATen's `resize`. Defaults: memoryFormat = null. */
  resize(size: readonly number[], options?: { memoryFormat?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** ATen's `resize`. Defaults: memoryFormat = null. */
  resize(options: { size: readonly number[]; memoryFormat?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** In place: Resizes self tensor to the specified size. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_.html} */
  resize_(...size: number[]): this;
  /** In place: Resizes self tensor to the specified size. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_.html} */
  resize_(size: readonly number[], options?: { memoryFormat?: MemoryFormat | null }): this;
  /** In place: Resizes self tensor to the specified size. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_.html} */
  resize_(options: { size: readonly number[]; memoryFormat?: MemoryFormat | null }): this;
  /** ATen's `resize_as`. Defaults: memoryFormat = null. */
  resizeAs(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null; out?: Tensor }): Tensor;
  /** In place: Resizes the self tensor to be the same size as the specified tensor. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.resize_as_.html} */
  resizeAs_(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null }): this;
  /** ATen's `resize_as_sparse_`. */
  resizeAsSparse_(theTemplate: Tensor): this;
  /** Returns a new tensor with materialized conjugation if input's conjugate bit is set to `True`, else returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.resolve_conj.html} */
  resolveConj(): Tensor;
  /** Returns a new tensor with materialized negation if input's negative bit is set to `True`, else returns input. {@link https://docs.pytorch.org/docs/stable/generated/torch.resolve_neg.html} */
  resolveNeg(): Tensor;
  /** Enables this Tensor to have their grad populated during backward. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html} */
  retainGrad(): void;
  /** Is `True` if this Tensor is non-leaf and its grad is enabled to be populated during backward, `False` otherwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retains_grad.html} */
  retainsGrad(): boolean;
  /** Roll the tensor input along the given dimension(s). Defaults: dims = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.roll.html} */
  roll(shifts: number | readonly number[], dims?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Roll the tensor input along the given dimension(s). Defaults: dims = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.roll.html} */
  roll(shifts: number | readonly number[], options: { dims?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Roll the tensor input along the given dimension(s). Defaults: dims = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.roll.html} */
  roll(options: { shifts: number | readonly number[]; dims?: number | readonly number[]; out?: Tensor }): Tensor;
  /** Rotate an n-D tensor by 90 degrees in the plane specified by dims axis. Defaults: k = 1, dims = [0, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.rot90.html} */
  rot90(k?: number, options?: { dims?: readonly number[]; out?: Tensor }): Tensor;
  /** Rotate an n-D tensor by 90 degrees in the plane specified by dims axis. Defaults: k = 1, dims = [0, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.rot90.html} */
  rot90(options: { k?: number; dims?: readonly number[]; out?: Tensor }): Tensor;
  /** Rotate an n-D tensor by 90 degrees in the plane specified by dims axis. Defaults: k = 1, dims = [0, 1]. {@link https://docs.pytorch.org/docs/stable/generated/torch.rot90.html} */
  rot90(k?: number, dims?: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.round.html} */
  round(options?: { out?: Tensor }): Tensor;
  /** Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.round.html} */
  round(options: { decimals: number; out?: Tensor }): Tensor;
  /** In place: Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.round_.html} */
  round_(): this;
  /** In place: Rounds elements of input to the nearest integer. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.round_.html} */
  round_(options: { decimals: number }): this;
  /** ATen's `row_indices`. */
  rowIndices(): Tensor;
  /** Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html} */
  rrelu(lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html} */
  rrelu(options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  /** Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.rrelu.html} */
  rrelu(lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** In place: Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rrelu_.html} */
  rrelu_(lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): this;
  /** In place: Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rrelu_.html} */
  rrelu_(options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): this;
  /** In place: Randomized leaky ReLU. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.rrelu_.html} */
  rrelu_(lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): this;
  /** ATen's `rrelu_with_noise`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise(noise: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `rrelu_with_noise`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise(noise: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null; out?: Tensor }): Tensor;
  /** ATen's `rrelu_with_noise`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise(noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `rrelu_with_noise_`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise_(noise: Tensor, lower?: Scalar, options?: { upper?: Scalar; training?: boolean; generator?: Generator | null }): this;
  /** ATen's `rrelu_with_noise_`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise_(noise: Tensor, options: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): this;
  /** ATen's `rrelu_with_noise_`. Defaults: lower = 0.125, upper = 0.3333333333333333, training = false, generator = null. */
  rreluWithNoise_(noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): this;
  /** Returns a new tensor with the reciprocal of the square-root of each of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.rsqrt.html} */
  rsqrt(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the reciprocal of the square-root of each of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.rsqrt_.html} */
  rsqrt_(): this;
  /** ATen's `rsub`. Defaults: alpha = 1. */
  rsub(other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `rsub`. Defaults: alpha = 1. */
  rsub(other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** ATen's `rsub`. Defaults: alpha = 1. */
  rsub(other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `rsub`. Defaults: alpha = 1. */
  rsub(options: { other: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter.html} */
  scatter(dim: number, index: Tensor, src: Tensor, options: { reduce: string; out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter.html} */
  scatter(dim: number, index: Tensor, src: Tensor, options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter.html} */
  scatter(dim: number, index: Tensor, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** Out-of-place version of torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter.html} */
  scatter(dim: number, index: Tensor, value: Scalar, options: { reduce: string; out?: Tensor }): Tensor;
  /** In place: Writes all values from the tensor src into self at the indices specified in the index tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html} */
  scatter_(dim: number, index: Tensor, src: Tensor, options: { reduce: string }): this;
  /** In place: Writes all values from the tensor src into self at the indices specified in the index tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html} */
  scatter_(dim: number, index: Tensor, src: Tensor): this;
  /** In place: Writes all values from the tensor src into self at the indices specified in the index tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html} */
  scatter_(dim: number, index: Tensor, value: Scalar): this;
  /** In place: Writes all values from the tensor src into self at the indices specified in the index tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html} */
  scatter_(dim: number, index: Tensor, value: Scalar, options: { reduce: string }): this;
  /** Out-of-place version of torch.Tensor.scatter_add_. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter_add.html} */
  scatterAdd(dim: number, index: Tensor, src: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Adds all values from the tensor src into self at the indices specified in the index tensor in a similar fashion as torch.Tensor.scatter_. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_add_.html} */
  scatterAdd_(dim: number, index: Tensor, src: Tensor): this;
  /** Out-of-place version of torch.Tensor.scatter_reduce_. Defaults: includeSelf = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.scatter_reduce.html} */
  scatterReduce(dim: number, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean; out?: Tensor }): Tensor;
  /** In place: Out-of-place version of torch.Tensor.scatter_reduce_. Defaults: includeSelf = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_reduce_.html} */
  scatterReduce_(dim: number, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): this;
  /** Slices the input tensor along the selected dimension at the given index. {@link https://docs.pytorch.org/docs/stable/generated/torch.select.html} */
  select(dim: number, index: number): Tensor;
  /** Slices the input tensor along the selected dimension at the given index. {@link https://docs.pytorch.org/docs/stable/generated/torch.select.html} */
  select(options: { dim: number; index: number }): Tensor;
  /** Embeds the values of the src tensor into input at the given index. {@link https://docs.pytorch.org/docs/stable/generated/torch.select_scatter.html} */
  selectScatter(src: Tensor, dim: number, index: number, options?: { out?: Tensor }): Tensor;
  /** ATen's `selu`. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.selu.html} */
  selu(): Tensor;
  /** ATen's `selu_`. {@link https://docs.pytorch.org/docs/stable/generated/torch.selu_.html} */
  selu_(): this;
  /** In place: Sets the underlying storage, size, and strides. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html} */
  set_(): this;
  /** In place: Sets the underlying storage, size, and strides. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html} */
  set_(source: Tensor): this;
  /** In place: Sets the underlying storage, size, and strides. Defaults: stride = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html} */
  set_(source: Tensor, storageOffset: number, size: readonly number[], stride?: readonly number[]): this;
  /** In place: Sets the underlying storage, size, and strides. Defaults: stride = []. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.set_.html} */
  set_(source: Tensor, storageOffset: number, size: readonly number[], options: { stride?: readonly number[] }): this;
  /** This function is an extension of torch.sign() to complex tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.sgn.html} */
  sgn(options?: { out?: Tensor }): Tensor;
  /** In place: This function is an extension of torch.sign() to complex tensors. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sgn_.html} */
  sgn_(): this;
  /** Alias for torch.special.expit. {@link https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html} */
  sigmoid(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.expit. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sigmoid_.html} */
  sigmoid_(): this;
  /** Returns a new tensor with the signs of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sign.html} */
  sign(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the signs of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sign_.html} */
  sign_(): this;
  /** Tests if each element of input has its sign bit set or not. {@link https://docs.pytorch.org/docs/stable/generated/torch.signbit.html} */
  signbit(options?: { out?: Tensor }): Tensor;
  /** Apply the Sigmoid Linear Unit (SiLU) function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.silu.html} */
  silu(options?: { out?: Tensor }): Tensor;
  /** In place: Apply the Sigmoid Linear Unit (SiLU) function, element-wise. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.silu.html} */
  silu_(): this;
  /** Returns a new tensor with the sine of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.sin.html} */
  sin(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the sine of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sin_.html} */
  sin_(): this;
  /** Alias for torch.special.sinc. {@link https://docs.pytorch.org/docs/stable/generated/torch.sinc.html} */
  sinc(options?: { out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.sinc. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sinc_.html} */
  sinc_(): this;
  /** Returns a new tensor with the hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sinh.html} */
  sinh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic sine of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sinh_.html} */
  sinh_(): this;
  /** ATen's `slice`. Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(dim?: number, options?: { start?: number | null; end?: number | null; step?: number }): Tensor;
  /** ATen's `slice`. Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /** ATen's `slice`. Defaults: dim = 0, start = null, end = null, step = 1. */
  slice(dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  /** ATen's `slice_inverse`. Defaults: dim = 0, start = null, end = null, step = 1. */
  sliceInverse(src: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number }): Tensor;
  /** ATen's `slice_inverse`. Defaults: dim = 0, start = null, end = null, step = 1. */
  sliceInverse(src: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /** ATen's `slice_inverse`. Defaults: dim = 0, start = null, end = null, step = 1. */
  sliceInverse(src: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  /** Embeds the values of the src tensor into input at the given dimension. Defaults: dim = 0, start = null, end = null, step = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.slice_scatter.html} */
  sliceScatter(src: Tensor, dim?: number, options?: { start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input at the given dimension. Defaults: dim = 0, start = null, end = null, step = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.slice_scatter.html} */
  sliceScatter(src: Tensor, options: { dim?: number; start?: number | null; end?: number | null; step?: number; out?: Tensor }): Tensor;
  /** Embeds the values of the src tensor into input at the given dimension. Defaults: dim = 0, start = null, end = null, step = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.slice_scatter.html} */
  sliceScatter(src: Tensor, dim?: number, start?: number | null, end?: number | null, step?: number, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.linalg.slogdet. {@link https://docs.pytorch.org/docs/stable/generated/torch.slogdet.html} */
  slogdet(options?: { sign?: Tensor; logabsdet?: Tensor }): Results<[sign: Tensor, logabsdet: Tensor], { sign: Tensor; logabsdet: Tensor }>;
  /** ATen's `slow_conv3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slowConv3d(weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, options?: { stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `slow_conv3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slowConv3d(weight: Tensor, kernelSize: number | readonly number[], options: { bias?: Tensor | null; stride?: number | readonly number[]; padding?: number | readonly number[]; out?: Tensor }): Tensor;
  /** ATen's `slow_conv3d`. Defaults: bias = null, stride = [1, 1, 1], padding = [0, 0, 0]. */
  slowConv3d(weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], options?: { out?: Tensor }): Tensor;
  /** Performs a matrix multiplication of the sparse matrix input with the dense matrix mat. {@link https://docs.pytorch.org/docs/stable/generated/torch.smm.html} */
  smm(mat2: Tensor): Tensor;
  /** Compute the Smooth L1 loss. Defaults: reduction = "mean", beta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html} */
  smoothL1Loss(target: Tensor, reduction?: Reduction, options?: { beta?: number; out?: Tensor }): Tensor;
  /** Compute the Smooth L1 loss. Defaults: reduction = "mean", beta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html} */
  smoothL1Loss(target: Tensor, options: { reduction?: Reduction; beta?: number; out?: Tensor }): Tensor;
  /** Compute the Smooth L1 loss. Defaults: reduction = "mean", beta = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html} */
  smoothL1Loss(target: Tensor, reduction?: Reduction, beta?: number, options?: { out?: Tensor }): Tensor;
  /** Compute the soft margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html} */
  softMarginLoss(target: Tensor, reduction?: Reduction, options?: { out?: Tensor }): Tensor;
  /** Compute the soft margin loss. Defaults: reduction = "mean". {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html} */
  softMarginLoss(target: Tensor, options: { reduction?: Reduction; out?: Tensor }): Tensor;
  /** Alias for torch.nn.functional.softmax. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.softmax.html} */
  softmax(dim: number, dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.nn.functional.softmax. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.softmax.html} */
  softmax(dim: number, options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Alias for torch.nn.functional.softmax. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.softmax.html} */
  softmax(options: { dim: number; dtype?: DType | null; out?: Tensor }): Tensor;
  /** ATen's `softplus`. Defaults: beta = 1, threshold = 20. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html} */
  softplus(beta?: Scalar, options?: { threshold?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `softplus`. Defaults: beta = 1, threshold = 20. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html} */
  softplus(options: { beta?: Scalar; threshold?: Scalar; out?: Tensor }): Tensor;
  /** ATen's `softplus`. Defaults: beta = 1, threshold = 20. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html} */
  softplus(beta?: Scalar, threshold?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Applies the soft shrinkage function elementwise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html} */
  softshrink(lambd?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Applies the soft shrinkage function elementwise. Defaults: lambd = 0.5. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html} */
  softshrink(options: { lambd?: Scalar; out?: Tensor }): Tensor;
  /** Sorts the elements of the input tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sort.html} */
  sort(dim?: number, options?: { descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Sorts the elements of the input tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sort.html} */
  sort(options: { dim?: number; descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Sorts the elements of the input tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sort.html} */
  sort(dim?: number, descending?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Sorts the elements of the input tensor along a given dimension in ascending order by value. Defaults: dim = -1, descending = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.sort.html} */
  sort(options: { stable: boolean | null; dim?: number; descending?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Return the number of sparse dimensions in a sparse tensor self. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_dim.html} */
  sparseDim(): number;
  /** Returns a new sparse tensor with values from a strided tensor self filtered by the indices of the sparse tensor mask. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_mask.html} */
  sparseMask(mask: Tensor, options?: { out?: Tensor }): Tensor;
  /** In place: Resizes self sparse tensor to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_.html} */
  sparseResize_(size: readonly number[], sparseDim: number, denseDim: number): this;
  /** In place: Resizes self sparse tensor to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_.html} */
  sparseResize_(options: { size: readonly number[]; sparseDim: number; denseDim: number }): this;
  /** In place: Removes all specified elements from a sparse tensor self and resizes self to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_and_clear_.html} */
  sparseResizeAndClear_(size: readonly number[], sparseDim: number, denseDim: number): this;
  /** In place: Removes all specified elements from a sparse tensor self and resizes self to the desired size and the number of sparse and dense dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sparse_resize_and_clear_.html} */
  sparseResizeAndClear_(options: { size: readonly number[]; sparseDim: number; denseDim: number }): this;
  /** Bessel function of the first kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_j0.html} */
  specialBesselJ0(options?: { out?: Tensor }): Tensor;
  /** Bessel function of the first kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_j1.html} */
  specialBesselJ1(options?: { out?: Tensor }): Tensor;
  /** Bessel function of the second kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_y0.html} */
  specialBesselY0(options?: { out?: Tensor }): Tensor;
  /** Bessel function of the second kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.bessel_y1.html} */
  specialBesselY1(options?: { out?: Tensor }): Tensor;
  /** Computes the logarithmic derivative of the gamma function on `input`. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.digamma.html} */
  specialDigamma(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.entr.html} */
  specialEntr(options?: { out?: Tensor }): Tensor;
  /** Computes the error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erf.html} */
  specialErf(options?: { out?: Tensor }): Tensor;
  /** Computes the complementary error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfc.html} */
  specialErfc(options?: { out?: Tensor }): Tensor;
  /** Computes the scaled complementary error function for each element of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfcx.html} */
  specialErfcx(options?: { out?: Tensor }): Tensor;
  /** Computes the inverse error function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.erfinv.html} */
  specialErfinv(options?: { out?: Tensor }): Tensor;
  /** Computes the base two exponential function of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.exp2.html} */
  specialExp2(options?: { out?: Tensor }): Tensor;
  /** Computes the expit (also known as the logistic sigmoid function) of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.expit.html} */
  specialExpit(options?: { out?: Tensor }): Tensor;
  /** Computes the exponential of the elements minus 1 of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.expm1.html} */
  specialExpm1(options?: { out?: Tensor }): Tensor;
  /** Computes the regularized lower incomplete gamma function. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammainc.html} */
  specialGammainc(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the regularized upper incomplete gamma function. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammaincc.html} */
  specialGammaincc(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the natural logarithm of the absolute value of the gamma function on input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.gammaln.html} */
  specialGammaln(options?: { out?: Tensor }): Tensor;
  /** Computes the zeroth order modified Bessel function of the first kind for each element of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i0.html} */
  specialI0(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i0e.html} */
  specialI0e(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i1.html} */
  specialI1(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.i1e.html} */
  specialI1e(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.log1p. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log1p.html} */
  specialLog1p(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log_ndtr.html} */
  specialLogNdtr(options?: { out?: Tensor }): Tensor;
  /** Computes softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log_softmax.html} */
  specialLogSoftmax(dim: number, options?: { dtype?: DType | null }): Tensor;
  /** Computes softmax followed by a logarithm. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.log_softmax.html} */
  specialLogSoftmax(options: { dim: number; dtype?: DType | null }): Tensor;
  /** Returns a new tensor with the logit of the elements of input. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logit.html} */
  specialLogit(eps?: number | null, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the logit of the elements of input. Defaults: eps = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logit.html} */
  specialLogit(options: { eps?: number | null; out?: Tensor }): Tensor;
  /** Alias for torch.logsumexp. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logsumexp.html} */
  specialLogsumexp(dim: number | readonly number[], keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.logsumexp. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logsumexp.html} */
  specialLogsumexp(dim: number | readonly number[], options: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Alias for torch.logsumexp. Defaults: keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.logsumexp.html} */
  specialLogsumexp(options: { dim: number | readonly number[]; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Modified Bessel function of the first kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_i0.html} */
  specialModifiedBesselI0(options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the first kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_i1.html} */
  specialModifiedBesselI1(options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the second kind of order 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_k0.html} */
  specialModifiedBesselK0(options?: { out?: Tensor }): Tensor;
  /** Modified Bessel function of the second kind of order 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.modified_bessel_k1.html} */
  specialModifiedBesselK1(options?: { out?: Tensor }): Tensor;
  /** Computes the multivariate log-gamma function with dimension p element-wise, given by. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.multigammaln.html} */
  specialMultigammaln(p: number, options?: { out?: Tensor }): Tensor;
  /** Computes the multivariate log-gamma function with dimension p element-wise, given by. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.multigammaln.html} */
  specialMultigammaln(options: { p: number; out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.ndtr.html} */
  specialNdtr(options?: { out?: Tensor }): Tensor;
  /** Args. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.ndtri.html} */
  specialNdtri(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.digamma. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.psi.html} */
  specialPsi(options?: { out?: Tensor }): Tensor;
  /** Alias for torch.round. Defaults: decimals = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.round.html} */
  specialRound(options?: { decimals?: number; out?: Tensor }): Tensor;
  /** Computes the normalized sinc of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.sinc.html} */
  specialSinc(options?: { out?: Tensor }): Tensor;
  /** Computes the softmax function. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.softmax.html} */
  specialSoftmax(dim: number, dtype?: DType | null): Tensor;
  /** Computes the softmax function. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.softmax.html} */
  specialSoftmax(dim: number, options: { dtype?: DType | null }): Tensor;
  /** Computes the softmax function. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.softmax.html} */
  specialSoftmax(options: { dim: number; dtype?: DType | null }): Tensor;
  /** Computes `input * log1p(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlog1py.html} */
  specialXlog1py(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log1p(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlog1py.html} */
  specialXlog1py(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log1p(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlog1py.html} */
  specialXlog1py(options: { other: Scalar; out?: Tensor }): Tensor;
  /** Computes `input * log(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlogy.html} */
  specialXlogy(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlogy.html} */
  specialXlogy(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes `input * log(other)` with the following cases. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.xlogy.html} */
  specialXlogy(options: { other: Scalar; out?: Tensor }): Tensor;
  /** Computes the Hurwitz zeta function, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.zeta.html} */
  specialZeta(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Computes the Hurwitz zeta function, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.zeta.html} */
  specialZeta(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Computes the Hurwitz zeta function, elementwise. {@link https://docs.pytorch.org/docs/stable/generated/torch.special.zeta.html} */
  specialZeta(options: { other: Scalar; out?: Tensor }): Tensor;
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(splitSize: number, dim?: number): Tensor[];
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(splitSize: number, options: { dim?: number }): Tensor[];
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(options: { splitSize: number; dim?: number }): Tensor[];
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(splitSize: readonly number[], dim?: number): Tensor[];
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(splitSize: readonly number[], options: { dim?: number }): Tensor[];
  /** Splits the tensor into chunks. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.split.html} */
  split(options: { splitSize: readonly number[]; dim?: number }): Tensor[];
  /** ATen's `split_with_sizes`. Defaults: dim = 0. */
  splitWithSizes(splitSizes: readonly number[], dim?: number): Tensor[];
  /** ATen's `split_with_sizes`. Defaults: dim = 0. */
  splitWithSizes(splitSizes: readonly number[], options: { dim?: number }): Tensor[];
  /** ATen's `split_with_sizes`. Defaults: dim = 0. */
  splitWithSizes(options: { splitSizes: readonly number[]; dim?: number }): Tensor[];
  /** Returns a new tensor with the square-root of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.sqrt.html} */
  sqrt(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the square-root of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sqrt_.html} */
  sqrt_(): this;
  /** Returns a new tensor with the square of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.square.html} */
  square(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the square of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.square_.html} */
  square_(): this;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(): Tensor;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(dim: number): Tensor;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(options: { dim: number }): Tensor;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(dim: readonly number[]): Tensor;
  /** Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.squeeze.html} */
  squeeze(options: { dim: readonly number[] }): Tensor;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(): this;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(dim: number): this;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(options: { dim: number }): this;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(dim: readonly number[]): this;
  /** In place: Returns a tensor with all specified dimensions of input of size `1` removed. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.squeeze_.html} */
  squeeze_(options: { dim: readonly number[] }): this;
  /** Matrix multiplies a sparse tensor mat1 with a dense tensor mat2, then adds the sparse tensor input to the result. Defaults: beta = 1, alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sspaddmm.html} */
  sspaddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(unbiased?: boolean): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(options: { unbiased?: boolean }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Calculates the standard deviation over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std.html} */
  std(options: { dim: number | readonly number[] | null; unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(unbiased?: boolean): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(options: { unbiased?: boolean }): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean }): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  /** Calculates the standard deviation and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.std_mean.html} */
  stdMean(options: { dim: number | readonly number[] | null; unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, hopLength?: number | null, options?: { winLength?: number | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, options: { hopLength?: number | null; winLength?: number | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, hopLength?: number | null, winLength?: number | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(options: { nFft: number; hopLength?: number | null; winLength?: number | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, center = true, padMode = "reflect", normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, hopLength?: number | null, options?: { winLength?: number | null; window?: Tensor | null; center?: boolean; padMode?: string; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, center = true, padMode = "reflect", normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, options: { hopLength?: number | null; winLength?: number | null; window?: Tensor | null; center?: boolean; padMode?: string; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, center = true, padMode = "reflect", normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(nFft: number, hopLength?: number | null, winLength?: number | null, window?: Tensor | null, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  /** Short-time Fourier transform (STFT). Defaults: hopLength = null, winLength = null, window = null, center = true, padMode = "reflect", normalized = false, onesided = null, returnComplex = null, alignToWindow = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.stft.html} */
  stft(options: { nFft: number; hopLength?: number | null; winLength?: number | null; window?: Tensor | null; center?: boolean; padMode?: string; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  /** Returns self tensor's offset in the underlying storage in terms of number of storage elements (not bytes). {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.storage_offset.html} */
  storageOffset(): number;
  /** Returns the stride of self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.stride.html} */
  stride(dim: number): number;
  /** Returns the stride of self tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.stride.html} */
  stride(options: { dim: number }): number;
  /** Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sub.html} */
  sub(other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sub.html} */
  sub(other: Scalar, alpha?: Scalar, options?: { out?: Tensor }): Tensor;
  /** Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sub.html} */
  sub(other: Scalar, options: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.sub.html} */
  sub(options: { other: Scalar; alpha?: Scalar; out?: Tensor }): Tensor;
  /** In place: Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html} */
  sub_(other: Tensor, options?: { alpha?: Scalar }): this;
  /** In place: Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html} */
  sub_(other: Scalar, alpha?: Scalar): this;
  /** In place: Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html} */
  sub_(other: Scalar, options: { alpha?: Scalar }): this;
  /** In place: Subtracts other, scaled by alpha, from input. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html} */
  sub_(options: { other: Scalar; alpha?: Scalar }): this;
  /** Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.subtract.html} */
  subtract(other: Tensor, options?: { alpha?: Scalar; out?: Tensor }): Tensor;
  /** Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.subtract.html} */
  subtract(other: Scalar, alpha?: Scalar): Tensor;
  /** Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.subtract.html} */
  subtract(other: Scalar, options: { alpha?: Scalar }): Tensor;
  /** Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.subtract.html} */
  subtract(options: { other: Scalar; alpha?: Scalar }): Tensor;
  /** In place: Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.subtract_.html} */
  subtract_(other: Tensor, options?: { alpha?: Scalar }): this;
  /** In place: Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.subtract_.html} */
  subtract_(other: Scalar, alpha?: Scalar): this;
  /** In place: Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.subtract_.html} */
  subtract_(other: Scalar, options: { alpha?: Scalar }): this;
  /** In place: Alias for torch.sub. Defaults: alpha = 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.subtract_.html} */
  subtract_(options: { other: Scalar; alpha?: Scalar }): this;
  /** Returns the sum of all elements in the input tensor. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sum.html} */
  sum(options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the sum of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sum.html} */
  sum(dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the sum of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sum.html} */
  sum(dim: number | readonly number[] | null, options: { keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Returns the sum of all elements in the input tensor. Defaults: keepdim = false, dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.sum.html} */
  sum(options: { dim: number | readonly number[] | null; keepdim?: boolean; dtype?: DType | null; out?: Tensor }): Tensor;
  /** Sum `this` tensor to size. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html} */
  sumToSize(...size: number[]): Tensor;
  /** Sum `this` tensor to size. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html} */
  sumToSize(size: readonly number[]): Tensor;
  /** Sum `this` tensor to size. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html} */
  sumToSize(options: { size: readonly number[] }): Tensor;
  /** Computes the singular value decomposition of either a matrix or batch of matrices input. Defaults: some = true, computeUv = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.svd.html} */
  svd(some?: boolean, options?: { computeUv?: boolean; U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Computes the singular value decomposition of either a matrix or batch of matrices input. Defaults: some = true, computeUv = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.svd.html} */
  svd(options: { some?: boolean; computeUv?: boolean; U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Computes the singular value decomposition of either a matrix or batch of matrices input. Defaults: some = true, computeUv = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.svd.html} */
  svd(some?: boolean, computeUv?: boolean, options?: { U?: Tensor; S?: Tensor; V?: Tensor }): Results<[U: Tensor, S: Tensor, V: Tensor], { U: Tensor; S: Tensor; V: Tensor }>;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapaxes.html} */
  swapaxes(axis0: number, axis1: number): Tensor;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapaxes.html} */
  swapaxes(options: { axis0: number; axis1: number }): Tensor;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapaxes_.html} */
  swapaxes_(axis0: number, axis1: number): this;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapaxes_.html} */
  swapaxes_(options: { axis0: number; axis1: number }): this;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapdims.html} */
  swapdims(dim0: number, dim1: number): Tensor;
  /** Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.swapdims.html} */
  swapdims(options: { dim0: number; dim1: number }): Tensor;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapdims_.html} */
  swapdims_(dim0: number, dim1: number): this;
  /** In place: Alias for torch.transpose. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.swapdims_.html} */
  swapdims_(options: { dim0: number; dim1: number }): this;
  /** Expects input to be <= 2-D tensor and transposes dimensions 0 and 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.t.html} */
  t(): Tensor;
  /** In place: Expects input to be <= 2-D tensor and transposes dimensions 0 and 1. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.t_.html} */
  t_(): this;
  /** Returns a new tensor with the elements of input at the given indices. {@link https://docs.pytorch.org/docs/stable/generated/torch.take.html} */
  take(index: Tensor, options?: { out?: Tensor }): Tensor;
  /** Selects values from input at the 1-dimensional indices from indices along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html} */
  takeAlongDim(indices: Tensor, dim?: number | null, options?: { out?: Tensor }): Tensor;
  /** Selects values from input at the 1-dimensional indices from indices along the given dim. Defaults: dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.take_along_dim.html} */
  takeAlongDim(indices: Tensor, options: { dim?: number | null; out?: Tensor }): Tensor;
  /** Returns a new tensor with the tangent of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.tan.html} */
  tan(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the tangent of the elements in the input tensor, where each value in this input tensor is in radians. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tan_.html} */
  tan_(): this;
  /** Returns a new tensor with the hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tanh.html} */
  tanh(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the hyperbolic tangent of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tanh_.html} */
  tanh_(): this;
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(indices: readonly number[], dim?: number): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(indices: readonly number[], options: { dim?: number }): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(options: { indices: readonly number[]; dim?: number }): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(sections: number, dim?: number): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(sections: number, options: { dim?: number }): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(options: { sections: number; dim?: number }): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(tensorIndicesOrSections: Tensor, dim?: number): Tensor[];
  /** Splits a tensor into multiple sub-tensors, all of which are views of input, along dimension dim according to the indices or number of sections specified by indices_or_sections. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensor_split.html} */
  tensorSplit(tensorIndicesOrSections: Tensor, options: { dim?: number }): Tensor[];
  /** Returns a contraction of a and b over multiple dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.tensordot.html} */
  tensordot(other: Tensor, dimsSelf: readonly number[], dimsOther: readonly number[], options?: { out?: Tensor }): Tensor;
  /** Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html} */
  threshold(threshold: Scalar, value: Scalar, options?: { out?: Tensor }): Tensor;
  /** Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html} */
  threshold(options: { threshold: Scalar; value: Scalar; out?: Tensor }): Tensor;
  /** In place: Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.threshold_.html} */
  threshold_(threshold: Scalar, value: Scalar): this;
  /** In place: Apply a threshold to each element of the input Tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.threshold_.html} */
  threshold_(options: { threshold: Scalar; value: Scalar }): this;
  /** Constructs a tensor by repeating the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tile.html} */
  tile(...dims: number[]): Tensor;
  /** Constructs a tensor by repeating the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tile.html} */
  tile(dims: readonly number[]): Tensor;
  /** Constructs a tensor by repeating the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.tile.html} */
  tile(options: { dims: readonly number[] }): Tensor;
  /** Creates a strided copy of self if self is not a strided tensor, otherwise returns self. Defaults: dtype = null, maskedGrad = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_dense.html} */
  toDense(dtype?: DType | null, options?: { maskedGrad?: boolean | null }): Tensor;
  /** Creates a strided copy of self if self is not a strided tensor, otherwise returns self. Defaults: dtype = null, maskedGrad = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_dense.html} */
  toDense(options: { dtype?: DType | null; maskedGrad?: boolean | null }): Tensor;
  /** ATen's `to_mkldnn`. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_mkldnn.html} */
  toMkldnn(dtype?: DType | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `to_mkldnn`. Defaults: dtype = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_mkldnn.html} */
  toMkldnn(options: { dtype?: DType | null; out?: Tensor }): Tensor;
  /** ATen's `to_padded_tensor`. Defaults: outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_padded_tensor.html} */
  toPaddedTensor(padding: number, outputSize?: readonly number[] | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `to_padded_tensor`. Defaults: outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_padded_tensor.html} */
  toPaddedTensor(padding: number, options: { outputSize?: readonly number[] | null; out?: Tensor }): Tensor;
  /** ATen's `to_padded_tensor`. Defaults: outputSize = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_padded_tensor.html} */
  toPaddedTensor(options: { padding: number; outputSize?: readonly number[] | null; out?: Tensor }): Tensor;
  /** Returns a sparse copy of the tensor. Defaults: layout = null, blocksize = null, denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse.html} */
  toSparse(options?: { layout?: Layout | null; blocksize?: number | readonly number[] | null; denseDim?: number | null }): Tensor;
  /** Returns a sparse copy of the tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse.html} */
  toSparse(sparseDim: number): Tensor;
  /** Returns a sparse copy of the tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse.html} */
  toSparse(options: { sparseDim: number }): Tensor;
  /** Convert a tensor to a block sparse column (BSC) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsc.html} */
  toSparseBsc(blocksize: number | readonly number[], denseDim?: number | null): Tensor;
  /** Convert a tensor to a block sparse column (BSC) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsc.html} */
  toSparseBsc(blocksize: number | readonly number[], options: { denseDim?: number | null }): Tensor;
  /** Convert a tensor to a block sparse column (BSC) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsc.html} */
  toSparseBsc(options: { blocksize: number | readonly number[]; denseDim?: number | null }): Tensor;
  /** Convert a tensor to a block sparse row (BSR) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsr.html} */
  toSparseBsr(blocksize: number | readonly number[], denseDim?: number | null): Tensor;
  /** Convert a tensor to a block sparse row (BSR) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsr.html} */
  toSparseBsr(blocksize: number | readonly number[], options: { denseDim?: number | null }): Tensor;
  /** Convert a tensor to a block sparse row (BSR) storage format of given blocksize. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_bsr.html} */
  toSparseBsr(options: { blocksize: number | readonly number[]; denseDim?: number | null }): Tensor;
  /** Convert a tensor to compressed column storage (CSC) format. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csc.html} */
  toSparseCsc(denseDim?: number | null): Tensor;
  /** Convert a tensor to compressed column storage (CSC) format. Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csc.html} */
  toSparseCsc(options: { denseDim?: number | null }): Tensor;
  /** Convert a tensor to compressed row storage format (CSR). Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csr.html} */
  toSparseCsr(denseDim?: number | null): Tensor;
  /** Convert a tensor to compressed row storage format (CSR). Defaults: denseDim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to_sparse_csr.html} */
  toSparseCsr(options: { denseDim?: number | null }): Tensor;
  /** Returns the k largest elements of the given input tensor along a given dimension. Defaults: dim = -1, largest = true, sorted = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.topk.html} */
  topk(k: number, dim?: number, options?: { largest?: boolean; sorted?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the k largest elements of the given input tensor along a given dimension. Defaults: dim = -1, largest = true, sorted = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.topk.html} */
  topk(k: number, options: { dim?: number; largest?: boolean; sorted?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the k largest elements of the given input tensor along a given dimension. Defaults: dim = -1, largest = true, sorted = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.topk.html} */
  topk(k: number, dim?: number, largest?: boolean, sorted?: boolean, options?: { values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the k largest elements of the given input tensor along a given dimension. Defaults: dim = -1, largest = true, sorted = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.topk.html} */
  topk(options: { k: number; dim?: number; largest?: boolean; sorted?: boolean; values?: Tensor; indices?: Tensor }): Results<[values: Tensor, indices: Tensor], { values: Tensor; indices: Tensor }>;
  /** Returns the sum of the elements of the diagonal of the input 2-D matrix. {@link https://docs.pytorch.org/docs/stable/generated/torch.trace.html} */
  trace(options?: { out?: Tensor }): Tensor;
  /** Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.transpose.html} */
  transpose(dim0: number, dim1: number): Tensor;
  /** Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.transpose.html} */
  transpose(options: { dim0: number; dim1: number }): Tensor;
  /** In place: Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.transpose_.html} */
  transpose_(dim0: number, dim1: number): this;
  /** In place: Returns a tensor that is a transposed version of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.transpose_.html} */
  transpose_(options: { dim0: number; dim1: number }): this;
  /** Solves a system of equations with a square upper or lower triangular invertible matrix A and multiple right-hand sides b. Defaults: upper = true, transpose = false, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.triangular_solve.html} */
  triangularSolve(A: Tensor, upper?: boolean, options?: { transpose?: boolean; unitriangular?: boolean; X?: Tensor; M?: Tensor }): Results<[solution: Tensor, clonedCoefficient: Tensor], { solution: Tensor; clonedCoefficient: Tensor }>;
  /** Solves a system of equations with a square upper or lower triangular invertible matrix A and multiple right-hand sides b. Defaults: upper = true, transpose = false, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.triangular_solve.html} */
  triangularSolve(A: Tensor, options: { upper?: boolean; transpose?: boolean; unitriangular?: boolean; X?: Tensor; M?: Tensor }): Results<[solution: Tensor, clonedCoefficient: Tensor], { solution: Tensor; clonedCoefficient: Tensor }>;
  /** Solves a system of equations with a square upper or lower triangular invertible matrix A and multiple right-hand sides b. Defaults: upper = true, transpose = false, unitriangular = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.triangular_solve.html} */
  triangularSolve(A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean, options?: { X?: Tensor; M?: Tensor }): Results<[solution: Tensor, clonedCoefficient: Tensor], { solution: Tensor; clonedCoefficient: Tensor }>;
  /** Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tril.html} */
  tril(diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.tril.html} */
  tril(options: { diagonal?: number; out?: Tensor }): Tensor;
  /** In place: Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tril_.html} */
  tril_(diagonal?: number): this;
  /** In place: Returns the lower triangular part of the matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tril_.html} */
  tril_(options: { diagonal?: number }): this;
  /** Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.triu.html} */
  triu(diagonal?: number, options?: { out?: Tensor }): Tensor;
  /** Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.triu.html} */
  triu(options: { diagonal?: number; out?: Tensor }): Tensor;
  /** In place: Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.triu_.html} */
  triu_(diagonal?: number): this;
  /** In place: Returns the upper triangular part of a matrix (2-D tensor) or batch of matrices input, the other elements of the result tensor out are set to 0. Defaults: diagonal = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.triu_.html} */
  triu_(options: { diagonal?: number }): this;
  /** Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.true_divide.html} */
  trueDivide(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.true_divide.html} */
  trueDivide(other: Scalar): Tensor;
  /** Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.true_divide.html} */
  trueDivide(options: { other: Scalar }): Tensor;
  /** In place: Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.true_divide_.html} */
  trueDivide_(other: Tensor): this;
  /** In place: Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.true_divide_.html} */
  trueDivide_(other: Scalar): this;
  /** In place: Alias for torch.div with `rounding_mode=None`. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.true_divide_.html} */
  trueDivide_(options: { other: Scalar }): this;
  /** Returns a new tensor with the truncated integer values of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.trunc.html} */
  trunc(options?: { out?: Tensor }): Tensor;
  /** In place: Returns a new tensor with the truncated integer values of the elements of input. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.trunc_.html} */
  trunc_(): this;
  /** Returns this tensor cast to the type of the given tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.type_as.html} */
  typeAs(other: Tensor): Tensor;
  /** Removes a tensor dimension. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unbind.html} */
  unbind(dim?: number): Tensor[];
  /** Removes a tensor dimension. Defaults: dim = 0. {@link https://docs.pytorch.org/docs/stable/generated/torch.unbind.html} */
  unbind(options: { dim?: number }): Tensor[];
  /** Expands a dimension of the input tensor over multiple dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.unflatten.html} */
  unflatten(dim: number, sizes: readonly number[]): Tensor;
  /** Expands a dimension of the input tensor over multiple dimensions. {@link https://docs.pytorch.org/docs/stable/generated/torch.unflatten.html} */
  unflatten(options: { dim: number; sizes: readonly number[] }): Tensor;
  /** Extract sliding local blocks from a batched input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html} */
  unfold(dimension: number, size: number, step: number): Tensor;
  /** Extract sliding local blocks from a batched input tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.unfold.html} */
  unfold(options: { dimension: number; size: number; step: number }): Tensor;
  /** In place: Fills self tensor with numbers sampled from the continuous uniform distribution. Defaults: from = 0, to = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html} */
  uniform_(from_?: number, options?: { to?: number; generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the continuous uniform distribution. Defaults: from = 0, to = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html} */
  uniform_(options: { from?: number; to?: number; generator?: Generator | null }): this;
  /** In place: Fills self tensor with numbers sampled from the continuous uniform distribution. Defaults: from = 0, to = 1, generator = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html} */
  uniform_(from_?: number, to?: number, options?: { generator?: Generator | null }): this;
  /** Eliminates all but the first element from every consecutive group of equivalent elements. Defaults: returnInverse = false, returnCounts = false, dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html} */
  uniqueConsecutive(returnInverse?: boolean, options?: { returnCounts?: boolean; dim?: number | null; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Eliminates all but the first element from every consecutive group of equivalent elements. Defaults: returnInverse = false, returnCounts = false, dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html} */
  uniqueConsecutive(options: { returnInverse?: boolean; returnCounts?: boolean; dim?: number | null; out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Eliminates all but the first element from every consecutive group of equivalent elements. Defaults: returnInverse = false, returnCounts = false, dim = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.unique_consecutive.html} */
  uniqueConsecutive(returnInverse?: boolean, returnCounts?: boolean, dim?: number | null, options?: { out0?: Tensor; out1?: Tensor; out2?: Tensor }): [Tensor, Tensor, Tensor];
  /** Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsqueeze.html} */
  unsqueeze(dim: number): Tensor;
  /** Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.unsqueeze.html} */
  unsqueeze(options: { dim: number }): Tensor;
  /** In place: Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unsqueeze_.html} */
  unsqueeze_(dim: number): this;
  /** In place: Returns a new tensor with a dimension of size one inserted at the specified position. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.unsqueeze_.html} */
  unsqueeze_(options: { dim: number }): this;
  /** ATen's `upsample_bicubic2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBicubic2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, options?: { scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_bicubic2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBicubic2d(outputSize: number | readonly number[], alignCorners: boolean, options: { scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_bicubic2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBicubic2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_bicubic2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBicubic2d(options: { outputSize: number | readonly number[]; alignCorners: boolean; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBilinear2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, options?: { scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBilinear2d(outputSize: number | readonly number[], alignCorners: boolean, options: { scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBilinear2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_bilinear2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleBilinear2d(options: { outputSize: number | readonly number[]; alignCorners: boolean; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_linear1d`. Defaults: scales = null. */
  upsampleLinear1d(outputSize: number | readonly number[], alignCorners: boolean, scales?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_linear1d`. Defaults: scales = null. */
  upsampleLinear1d(outputSize: number | readonly number[], alignCorners: boolean, options: { scales?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_linear1d`. Defaults: scales = null. */
  upsampleLinear1d(options: { outputSize: number | readonly number[]; alignCorners: boolean; scales?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest1d`. Defaults: scales = null. */
  upsampleNearest1d(outputSize: number | readonly number[], scales?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest1d`. Defaults: scales = null. */
  upsampleNearest1d(outputSize: number | readonly number[], options: { scales?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest1d`. Defaults: scales = null. */
  upsampleNearest1d(options: { outputSize: number | readonly number[]; scales?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleNearest2d(outputSize: number | readonly number[], scalesH?: number | null, options?: { scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleNearest2d(outputSize: number | readonly number[], options: { scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleNearest2d(outputSize: number | readonly number[], scalesH?: number | null, scalesW?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest2d`. Defaults: scalesH = null, scalesW = null. */
  upsampleNearest2d(options: { outputSize: number | readonly number[]; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleNearest3d(outputSize: number | readonly number[], scalesD?: number | null, options?: { scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleNearest3d(outputSize: number | readonly number[], options: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleNearest3d(outputSize: number | readonly number[], scalesD?: number | null, scalesH?: number | null, scalesW?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_nearest3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleNearest3d(options: { outputSize: number | readonly number[]; scalesD?: number | null; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_trilinear3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleTrilinear3d(outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | null, options?: { scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_trilinear3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleTrilinear3d(outputSize: number | readonly number[], alignCorners: boolean, options: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** ATen's `upsample_trilinear3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleTrilinear3d(outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | null, scalesH?: number | null, scalesW?: number | null, options?: { out?: Tensor }): Tensor;
  /** ATen's `upsample_trilinear3d`. Defaults: scalesD = null, scalesH = null, scalesW = null. */
  upsampleTrilinear3d(options: { outputSize: number | readonly number[]; alignCorners: boolean; scalesD?: number | null; scalesH?: number | null; scalesW?: number | null; out?: Tensor }): Tensor;
  /** Return the values tensor of a sparse COO tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.values.html} */
  values(): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(unbiased?: boolean): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(options: { unbiased?: boolean }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean, options?: { out?: Tensor }): Tensor;
  /** Calculates the variance over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var.html} */
  var(options: { dim: number | readonly number[] | null; unbiased?: boolean; keepdim?: boolean; out?: Tensor }): Tensor;
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(unbiased?: boolean): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(options: { unbiased?: boolean }): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: dim = null, correction = null, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(options: { dim?: number | readonly number[] | null; correction?: Scalar | null; keepdim?: boolean; out0?: Tensor; out1?: Tensor }): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(dim: number | readonly number[] | null, unbiased?: boolean, options?: { keepdim?: boolean }): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(dim: number | readonly number[] | null, options: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
  /** Calculates the variance and mean over the dimensions specified by dim. Defaults: unbiased = true, keepdim = false. {@link https://docs.pytorch.org/docs/stable/generated/torch.var_mean.html} */
  varMean(options: { dim: number | readonly number[] | null; unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  /** Computes the dot product of two 1D vectors along a dimension. {@link https://docs.pytorch.org/docs/stable/generated/torch.vdot.html} */
  vdot(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(...size: number[]): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(size: readonly number[]): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(options: { size: readonly number[] }): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(dtype: DType): Tensor;
  /** Returns a new tensor with the same data as the self tensor but of a different shape. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html} */
  view(options: { dtype: DType }): Tensor;
  /** View this tensor as the same size as other. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view_as.html} */
  viewAs(other: Tensor): Tensor;
  /** Returns a view of input as a complex tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_complex.html} */
  viewAsComplex(): Tensor;
  /** Returns a view of input as a real tensor. {@link https://docs.pytorch.org/docs/stable/generated/torch.view_as_real.html} */
  viewAsReal(): Tensor;
  /** Splits input, a tensor with two or more dimensions, into multiple tensors vertically according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.vsplit.html} */
  vsplit(indices: readonly number[]): Tensor[];
  /** Splits input, a tensor with two or more dimensions, into multiple tensors vertically according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.vsplit.html} */
  vsplit(options: { indices: readonly number[] }): Tensor[];
  /** Splits input, a tensor with two or more dimensions, into multiple tensors vertically according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.vsplit.html} */
  vsplit(sections: number): Tensor[];
  /** Splits input, a tensor with two or more dimensions, into multiple tensors vertically according to indices_or_sections. {@link https://docs.pytorch.org/docs/stable/generated/torch.vsplit.html} */
  vsplit(options: { sections: number }): Tensor[];
  /** Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.xlogy.html} */
  xlogy(other: Tensor, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.xlogy.html} */
  xlogy(other: Scalar, options?: { out?: Tensor }): Tensor;
  /** Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.xlogy.html} */
  xlogy(options: { other: Scalar; out?: Tensor }): Tensor;
  /** In place: Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.xlogy_.html} */
  xlogy_(other: Tensor): this;
  /** In place: Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.xlogy_.html} */
  xlogy_(other: Scalar): this;
  /** In place: Alias for torch.special.xlogy. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.xlogy_.html} */
  xlogy_(options: { other: Scalar }): this;
  /** In place: Fills self tensor with zeros. {@link https://docs.pytorch.org/docs/stable/generated/torch.Tensor.zero_.html} */
  zero_(): this;
  /** Returns a tensor filled with the scalar value `0`, with the same size as input. Defaults: dtype = null, layout = null, device = null, pinMemory = null, memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.zeros_like.html} */
  zerosLike(options?: { dtype?: DType | null; layout?: Layout | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: MemoryFormat | null }): Tensor;
  /** Returns a tensor filled with the scalar value `0`, with the same size as input. Defaults: memoryFormat = null. {@link https://docs.pytorch.org/docs/stable/generated/torch.zeros_like.html} */
  zerosLike(options: { memoryFormat?: MemoryFormat | null; out: Tensor }): Tensor;
}
