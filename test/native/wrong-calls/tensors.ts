// Methods of a tensor.
import type { Calls } from "./scope.js";

export const TENSORS: Calls = {
  "new Tensor([1, 2])":
    "TypeError: new Tensor takes the native id of a tensor, got [1, 2]; numbers become one by tensor([1, 2])",
  'x.add("a")': `TypeError: x.add does not take ("a"), x being a Tensor float32[2, 3]; it takes:
  x.add(other: tensor, { alpha = 1 })
  x.add(other: number, alpha = 1)`,
  "structuredClone(x)":
    "DataCloneError: Symbol(a tensor: x.clone() copies it, x.toTypedArray() is what another thread can be sent) could not be cloned.",
  "new MessageChannel().port1.postMessage({ batch: { x } })":
    "DataCloneError: Symbol(a tensor: x.clone() copies it, x.toTypedArray() is what another thread can be sent) could not be cloned.",
  "x.add()": `TypeError: x.add does not take (), x being a Tensor float32[2, 3]; it takes:
  x.add(other: tensor, { alpha = 1 })
  x.add(other: number, alpha = 1)`,
  "x.view(5)":
    "Error: x.view: shape '[5]' is invalid for input of size 6 (arguments: float32[2, 3], [5])",
  "x.sum({ axis: 0 })": `TypeError: x.sum has no option axis; did you mean dim?; it takes:
  x.sum({ dtype = null })
  x.sum(dim: list of whole numbers or null, keepdim = false, { dtype = null })`,
  "x.sum(0, { keepdims: true })": `TypeError: x.sum has no option keepdims; did you mean keepdim?; it takes:
  x.sum({ dtype = null })
  x.sum(dim: list of whole numbers or null, keepdim = false, { dtype = null })`,
  "x.topk(true)": `TypeError: x.topk does not take (true), x being a Tensor float32[2, 3]; it takes:
  x.topk(k: whole number, dim = -1, largest = true, sorted = true)`,
  "x.matmul(x)":
    "Error: x.matmul: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3) (arguments: float32[2, 3], float32[2, 3])",
  "x.at(5)":
    "RangeError: index 5 is out of range for dimension 0 of size 2 (allowed: -2 to 1) in at(5) of float32[2, 3]",
  "x.setAt([0, 5], 1)":
    "RangeError: index 5 is out of range for dimension 1 of size 3 (allowed: -3 to 2) in setAt(0, 5) of float32[2, 3]",
  "x.size(2)": "RangeError: size: dim must be a whole number from -2 to 1, got 2",
  'x.to("half")':
    'TypeError: to() takes a dtype (<dtypes>), a device ("cpu", "cuda", "cuda:1", "meta"), or { dtype, device }, got "half"; did you mean "float16"?',
  'x.to({ dtype: "int8", devcie: "cpu" })':
    "TypeError: to() has no option devcie; did you mean device? Its options: dtype, device",
  "x.half().to(3)":
    'TypeError: to() takes a dtype (<dtypes>), a device ("cpu", "cuda", "cuda:1", "meta"), or { dtype, device }, got 3',
  'x.to("cpu", "cuda")': 'TypeError: to() got two devices, "cpu" and "cuda"; give one',
  'x.to("cpu", { dtpye: "float64" })':
    "TypeError: to() has no option dtpye; did you mean dtype? Its options: dtype, device",
  "x + x":
    "TypeError: a tensor is no number: compute with methods, as in x.add(y), x.mul(2) and x.gt(0), or take the number of a tensor with one element with item(); for its text take String(x)",
  "matmul(x, 3)": `TypeError: ops.aten.matmul does not take (a Tensor float32[2, 3], 3); it takes:
  ops.aten.matmul(self: tensor, other: tensor)`,
  "einsum(x)": `TypeError: ops.aten.einsum does not take (a Tensor float32[2, 3]); it takes:
  ops.aten.einsum(equation: text, tensors: list of tensors, { path = null })`,
  'sum("x")': `TypeError: ops.aten.sum does not take ("x"); it takes:
  ops.aten.sum(self: tensor, { dtype = null })
  ops.aten.sum(self: tensor, dim: list of whole numbers or null, keepdim = false, { dtype = null })`,
  "mean(3)": `TypeError: ops.aten.mean does not take (3); it takes:
  ops.aten.mean(self: tensor, { dtype = null })
  ops.aten.mean(self: tensor, dim: list of whole numbers or null, keepdim = false, { dtype = null })`,
  "max([1])": `TypeError: ops.aten.max does not take ([1]); it takes:
  ops.aten.max(self: tensor)
  ops.aten.max(self: tensor, dim: whole number, keepdim = false)
  ops.aten.max(self: tensor, other: tensor)`,
  "min(3)": `TypeError: ops.aten.min does not take (3); it takes:
  ops.aten.min(self: tensor)
  ops.aten.min(self: tensor, dim: whole number, keepdim = false)
  ops.aten.min(self: tensor, other: tensor)`,
  "argmax(3)": `TypeError: ops.aten.argmax does not take (3); it takes:
  ops.aten.argmax(self: tensor, dim = null, keepdim = false)`,
  "exp(1)": `TypeError: ops.aten.exp does not take (1); it takes:
  ops.aten.exp(self: tensor)`,
  "log(1)": `TypeError: ops.aten.log does not take (1); it takes:
  ops.aten.log(self: tensor)`,
  "sqrt(4)": `TypeError: ops.aten.sqrt does not take (4); it takes:
  ops.aten.sqrt(self: tensor)`,
  "tanh(1)": `TypeError: ops.aten.tanh does not take (1); it takes:
  ops.aten.tanh(self: tensor)`,
  "sigmoid(1)": `TypeError: ops.aten.sigmoid does not take (1); it takes:
  ops.aten.sigmoid(self: tensor)`,
  "randperm(x)": `TypeError: ops.aten.randperm does not take (a Tensor float32[2, 3]); it takes:
  ops.aten.randperm(n: whole number, { dtype = 4, layout = null, device = null, pin_memory = null })
  ops.aten.randperm(n: whole number, { generator: Generator? or null, dtype = 4, layout = null, device = null, pin_memory = null })`,
  "x[0]": "TypeError: x[0] is no element of a tensor; take it with x.at(0)",
  "x[0] = 5": "TypeError: x[0] = value does not write to a tensor; write x.setAt([0], value)",
  "x.requires_grad": "TypeError: a tensor has no requires_grad; did you mean requiresGrad?",
  "x.requires_grad = true":
    "TypeError: a tensor has no requires_grad to write to; did you mean requiresGrad?",
  "x.masked_fill(x.gt(2), 0)": "TypeError: a tensor has no masked_fill; did you mean maskedFill?",
  "x.label = 'mine'": "TypeError: a tensor has no label to write to",
  "x.T.unsqueeze(0).T":
    "RangeError: x.T is of a matrix, this tensor has the shape [1, 3, 2]; x.mT transposes the last two dimensions, x.permute(...) any",
  "x.grad = 3": "TypeError: x.grad must be a tensor, got 3",
  'x.requiresGrad = "yes"': 'TypeError: x.requiresGrad must be true or false, got "yes"',
  "x.item()": "Error: item() needs a tensor with one element, got float32[2, 3]",
  "tensor([1, 2]).mean()":
    'TypeError: x.mean: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long (arguments: int64[2]); convert a Tensor int64[2] with x.float(), or make it with dtype: "float32"',
  "tensor([1, 2]).softmax(-1)":
    'TypeError: x.softmax: "softmax_lastdim_kernel_impl" not implemented for \'Long\' (arguments: int64[2], -1); convert a Tensor int64[2] with x.float(), or make it with dtype: "float32"',
  "x.setAt(0, 1)":
    "TypeError: setAt takes a list of indices and a value, as in x.setAt([0, 1], 5), got 0",
  'zeros([2], { dtype: "uint8" }).setAt([0], 300)':
    "RangeError: x.setAt: 300 does not fit into uint8, which holds 0 to 255",
  'zeros([2], { dtype: "int8" }).setAt([tensor([0])], -200)':
    "RangeError: x.setAt: -200 does not fit into int8, which holds -128 to 127",
  'zeros([2], { dtype: "int64" }).add(2 ** 53 + 2)':
    "Error: x.add: argument `other`: the number 9007199254740994 is beyond 2^53, where JavaScript's numbers are not exact; give a big integer, as 9007199254740993n, or convert the tensor with x.double() (arguments: int64[2], 9007199254740994)",
  'zeros([2], { dtype: "int64" }).eq(2 ** 60)':
    "Error: x.eq: argument `other`: the number 1.152921504606847e+18 is beyond 2^53, where JavaScript's numbers are not exact; give a big integer, as 9007199254740993n, or convert the tensor with x.double() (arguments: int64[2], 1.152921504606847e+18)",
  'zeros([2], { dtype: "uint8" }).fill_(300)':
    "RangeError: x.fill_: 300 does not fit into uint8, which holds 0 to 255",
  'zeros([2], { dtype: "int64" }).fill_(1e30)':
    "RangeError: x.fill_: 1e+30 does not fit into int64, which holds -9223372036854775808 to 9223372036854775807",
  "tensor(BigInt64Array.of(9007199254740993n)).item()":
    "RangeError: 9007199254740993 is beyond 2^53, where JavaScript's numbers are not exact; toTypedArray() gives big integers",
  "tensor(BigInt64Array.of(9007199254740993n)).toArray()":
    "RangeError: 9007199254740993 is beyond 2^53, where JavaScript's numbers are not exact; toTypedArray() gives big integers",
  "ones([2], { requiresGrad: true }).mul(2).requiresGrad = false":
    "TypeError: x.requiresGrad of a tensor that was computed with gradients cannot be changed; x.detach() gives the same numbers without, noGrad(() => ...) records none",
  "ids.requiresGrad = true":
    "TypeError: x.requiresGrad: x must have a dtype with fractions, got a Tensor int64[1, 4]; convert it with x.float()",
  "x.grad = ones([3])":
    "TypeError: x.grad must be of the shape and dtype of x, float32[2, 3], got a Tensor float32[3]",
  "x.grad = x.double()":
    "TypeError: x.grad must be of the shape and dtype of x, float32[2, 3], got a Tensor float64[2, 3]",
  'x.grad = x.to("meta")':
    'TypeError: x.grad must be on the device of x, cpu, got one on meta; move it: gradient.to("cpu")',
  "ops.foo.bar(x)":
    "TypeError: there is no ops.foo; operators are in ops.aten and ops.notebooster, as in ops.aten.topk(x, 5)",
};
