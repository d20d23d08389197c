// Making tensors, and functions of several.
import type { Calls } from "./scope.js";

export const MAKING_TENSORS: Calls = {
  'tensor("1, 2")':
    'TypeError: tensor() takes numbers, or booleans, alone or in nested arrays, or a typed array; element 0 is "1, 2"',
  "tensor([[1, 2], [3]])":
    "RangeError: nested arrays must all have the same lengths: the first ones give shape [2, 2], another differs in dimension 1",
  "tensor([Int32Array.of(1, 2), Int32Array.of(3)])":
    "RangeError: tensor: rows must all have the same lengths: the first ones give shape [2, 2], row 1 differs in dimension 1",
  "tensor([[Int32Array.of(1)], []])":
    "RangeError: tensor: rows must all have the same lengths: the first ones give shape [2, 1, 1], row 1 differs in dimension 1",
  "tensor([Int32Array.of(1), Float32Array.of(2)])":
    "TypeError: tensor: rows must all be typed arrays of one kind; the first is a Int32Array, another a Float32Array",
  "tensor([Int32Array.of(1), [2]])":
    "TypeError: tensor: rows must all be typed arrays of one kind; the first is a Int32Array, another a list",
  "tensor([[Int32Array.of(1)], Int32Array.of(2)])":
    "TypeError: tensor: rows must all be typed arrays of one kind; the first is a Int32Array, another a Int32Array outside of a list",
  'tensor([Int32Array.of(1, 300)], { dtype: "int8" })':
    "RangeError: 300 does not fit into int8, which holds -128 to 127",
  'tensor([1, 300], { dtype: "int8" })':
    "RangeError: 300 does not fit into int8, which holds -128 to 127",
  'tensor([1, 2], { dtpye: "int8" })':
    "TypeError: tensor has no option dtpye; did you mean dtype? Its options: dtype, device, requiresGrad, pinMemory, shape",
  "tensor([1, 2], { requiresGrad: true })":
    'TypeError: tensor: requiresGrad needs a dtype with fractions, such as "float32", got int64; whole numbers are int64 unless a dtype is given',
  'fromBytes([1, 2], [2], "int8")':
    "TypeError: fromBytes() takes a typed array, its shape and its dtype, got [1, 2]",
  'fromBytes(new Uint8Array(2), "int8", [2])':
    'TypeError: fromBytes: shape must be a list of whole numbers of at least 0, got "int8"',
  'zeros("a")': 'TypeError: zeros: shape must be a list of whole numbers of at least 0, got ["a"]',
  "zeros(2, -1)":
    "RangeError: zeros: shape must be a list of whole numbers of at least 0, got [2, -1]",
  'zeros([2], "int64")':
    'TypeError: zeros takes an object of options, got "int64"; its options: dtype, device, requiresGrad, pinMemory',
  "zeros([2], 5)":
    "TypeError: zeros takes an object of options, got 5; its options: dtype, device, requiresGrad, pinMemory",
  "ones([2], null)":
    "TypeError: ones takes an object of options, got null; its options: dtype, device, requiresGrad, pinMemory",
  'zeros([2], { dtype: "long" })': 'TypeError: zeros: dtype must be a dtype (<dtypes>), got "long"',
  "ones([2], { require_grad: true })":
    "TypeError: ones has no option require_grad; did you mean requiresGrad? Its options: dtype, device, requiresGrad, pinMemory",
  "empty()":
    'TypeError: empty takes a shape and options, as in empty([2, 3], { dtype: "float32" }) or empty(2, 3), got empty()',
  "emptyLike([2])": "TypeError: emptyLike: like must be a tensor, got [2]",
  "eye(-1)": "RangeError: eye: n must be a whole number of at least 0, got -1",
  "eye(2.5)": "RangeError: eye: n must be a whole number of at least 0, got 2.5",
  "full(2, 3)": "TypeError: full: shape must be a list of whole numbers of at least 0, got 2",
  "full([2])": "TypeError: full: value must be a number or a boolean, got undefined",
  'arange("5")': 'TypeError: arange: end must be a number, got "5"',
  "arange(0, 5, 0)": "RangeError: arange: step must be a number other than 0, got 0",
  "arange(0, NaN)": "RangeError: arange: end must be a number, got NaN; it must be finite",
  "linspace(0, 1)":
    "TypeError: linspace: steps must be a whole number of at least 0, got undefined",
  "rand([2, 3], { seed: 1 })":
    "TypeError: rand has no option seed. Its options: dtype, device, requiresGrad, pinMemory, generator",
  "randLike(3)": "TypeError: randLike: like must be a tensor, got 3",
  "randn([2.5])":
    "RangeError: randn: shape must be a list of whole numbers of at least 0, got [2.5]",
  'randnLike(x, { dtype: "half" })':
    'TypeError: randnLike: dtype must be a dtype (<dtypes>), got "half"',
  "randint(5)":
    "TypeError: randint takes (high, shape) or (low, high, shape), as in randint(10, [2, 3]), got (5)",
  "randint(9, 3, [2])": "RangeError: randint: high must be a whole number of at least 10, got 3",
  "onesLike()": "TypeError: onesLike: like must be a tensor, got undefined",
  'zerosLike("x")': 'TypeError: zerosLike: like must be a tensor, got "x"',
  "where(x.gt(2))": "TypeError: where: x must be a tensor or a number, got undefined",
  "cat(x, x)": "TypeError: cat: tensors must be a list of tensors, got a Tensor float32[2, 3]",
  "cat([])": "RangeError: cat: tensors must be a list of at least one tensor, got []",
  "stack([x, 3])":
    "TypeError: stack: tensors must be a list of tensors, got [a Tensor float32[2, 3], 3]",
  "linear(x)": "TypeError: linear: weight must be a tensor, got undefined",
  "embedding(ids, 3)": "TypeError: embedding: weight must be a tensor, got 3",
  "crossEntropy(x)": "TypeError: crossEntropy: targets must be a tensor, got undefined",
  'crossEntropy(zeros(2, 3, 5), zeros(2, 3, { dtype: "int64" }))':
    "TypeError: crossEntropy got logits float32[2, 3, 5] and targets int64[2, 3]: targets must be classes, int64[2, 5], or probabilities, float32[2, 3, 5]; where classes stand last: crossEntropy(logits.flatten(0, -2), targets.flatten())",
  "crossEntropy(x, ids, { ignore_index: 0 })":
    "TypeError: crossEntropy has no option ignore_index; did you mean ignoreIndex? Its options: weight, ignoreIndex, labelSmoothing, reduction",
  "slice(0.5)": "RangeError: slice() takes integers or null, got start 0.5",
  "new Slice(0, 5, -1)":
    "RangeError: slice() takes a step of at least 1, got -1; to reverse, use flip",
  "new Parameter(3)": "TypeError: new Parameter: tensor must be a tensor, got 3",
  "new Parameter(tensor([1, 2]))":
    "TypeError: new Parameter: tensor must have a dtype with fractions, got a Tensor int64[2]; convert it with x.float()",
  'new Generator("seed")':
    'TypeError: new Generator: seed must be a whole number of at least 0, got "seed"',
  "manualSeed(-1)": "RangeError: manualSeed: seed must be a whole number of at least 0, got -1",
  'rngState("gpu")':
    'TypeError: rngState: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  "setRngState(3)": "TypeError: setRngState: state must be a tensor, got 3",
  "schemas(3)": "TypeError: schemas: name must be text, got 3",
  'schemas("sofmax")':
    "TypeError: there is no operator aten::sofmax in PyTorch <version>; similar: fmax, softmax, _softmax",
  "ops.aten.nonsense": "TypeError: there is no operator aten::nonsense in PyTorch <version>",
  "ops.aten.masked_fill(x)": `TypeError: ops.aten.masked_fill does not take (a Tensor float32[2, 3]); it takes:
  ops.aten.masked_fill(self: tensor, mask: tensor, value: tensor)
  ops.aten.masked_fill(self: tensor, mask: tensor, value: number)`,
  "attention(x, x)": "TypeError: attention: v must be a tensor, got undefined",
  "attention(x, x, x, { isCausal: true })":
    "TypeError: attention has no option isCausal; did you mean causal? Its options: causal, scale, dropout, backend, mask, cuSeqlens, maxSeqlen, cuSeqlensKeys, maxSeqlenKeys, window",
  'explainAttention(x, x, x, { backend: "flash2" })':
    'RangeError: explainAttention: backend must be "cudnn" or "flash" or "efficient" or "math", got "flash2"',
  'tensor(new Float64Array([300, -1, NaN]), { dtype: "uint8" })':
    "RangeError: 300 does not fit into uint8, which holds 0 to 255",
  'tensor(BigInt64Array.of(3000000000n), { dtype: "int32" })':
    "RangeError: 3000000000 does not fit into int32, which holds -2147483648 to 2147483647",
  'tensor(BigUint64Array.of(2n ** 63n), { dtype: "int64" })':
    "RangeError: 9223372036854775808 does not fit into int64, which holds -9223372036854775808 to 9223372036854775807",
  "tensor([1, 2 ** 53 + 2])":
    'RangeError: tensor: 9007199254740994 is beyond 2^53, where JavaScript\'s numbers are not exact; give big integers, as in tensor(BigInt64Array.of(9007199254740993n)), or say dtype: "float32"',
  "full([2], 2 ** 60)":
    'RangeError: full: 1152921504606847000 is beyond 2^53, where JavaScript\'s numbers are not exact; give big integers, as in tensor(BigInt64Array.of(9007199254740993n)), or say dtype: "float32"',
  "arange(2 ** 53, 2 ** 53 + 4)":
    'RangeError: arange: 9007199254740996 is beyond 2^53, where JavaScript\'s numbers are not exact; give big integers, as in tensor(BigInt64Array.of(9007199254740993n)), or say dtype: "float32"',
  'full([2], 300, { dtype: "uint8" })':
    "RangeError: 300 does not fit into uint8, which holds 0 to 255",
  "full([2], 3, null)":
    "TypeError: full takes an object of options, got null; its options: dtype, device, requiresGrad, pinMemory",
  'softmax(x, 1, "float64")':
    'TypeError: softmax(x, dim) takes no more arguments, got "float64" as well; convert with x.to("float32")',
  "dropout(tensor([1, 2]))":
    "TypeError: dropout: x must have a dtype with fractions, got a Tensor int64[2]; convert it with x.float()",
  "attention(randn(1, 2, 4, 8), randn(1, 2, 4, 8), randn(1, 2, 4, 8), { causal: true, window: 2 })":
    "TypeError: attention: window is of packed sequences; give cuSeqlens and maxSeqlen too, or a mask",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 4)), maxSeqlen: 4, window: 2 })":
    "Error: attention: a window is of earlier keys and at least 1, so it needs causal: true, got window 2 without it",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 5)), maxSeqlen: 5 })":
    "Error: attention: cuSeqlens must ascend from 0 to the number of tokens, 4, got [0, 5]",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 2)), maxSeqlen: 4 })":
    "Error: attention: cuSeqlens must ascend from 0 to the number of tokens, 4, got [0, 2]",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(-3, 4)), maxSeqlen: 7 })":
    "Error: attention: cuSeqlens must ascend from 0 to the number of tokens, 4, got [-3, 4]",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(1, 4)), maxSeqlen: 4 })":
    "Error: attention: cuSeqlens must ascend from 0 to the number of tokens, 4, got [1, 4]",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 3, 1, 4)), maxSeqlen: 4 })":
    "Error: attention: cuSeqlens must ascend from 0 to the number of tokens, 4, got [0, 3, 1, 4]",
  "attention(randn(4, 2, 8), randn(4, 2, 8), randn(4, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 4)), maxSeqlen: 2 })":
    "Error: attention: the longest sequence of cuSeqlens must have at most 2 tokens, as the option beside it says, got one of 4",
  "attention(randn(4, 2, 8), randn(3, 2, 8), randn(3, 2, 8), { causal: true, cuSeqlens: tensor(Int32Array.of(0, 4)), maxSeqlen: 4, cuSeqlensKeys: tensor(Int32Array.of(0, 3)), maxSeqlenKeys: 3 })":
    "Error: attention: causal attention needs at least as many keys as queries, got 4 queries and 3 keys in sequence 0",
  "attention(randn(4, 2, 8), randn(3, 2, 8), randn(3, 2, 8), { cuSeqlens: tensor(Int32Array.of(0, 4)), maxSeqlen: 4 })":
    "Error: attention: cuSeqlensKeys must ascend from 0 to the number of tokens, 3, got [0, 4]",
  "relu(x, true)":
    "TypeError: relu(x) takes no more arguments, got true as well; x.relu_() works in place",
  "silu(x, true)":
    "TypeError: silu(x) takes no more arguments, got true as well; ops.aten.silu_(x) works in place",
};
