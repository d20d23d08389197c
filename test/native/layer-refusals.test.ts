// What layers refuse: each message says what was given and what is allowed.
import {
  BatchNorm1d,
  BatchNorm2d,
  Conv1d,
  Conv2d,
  Dropout,
  Embedding,
  Flatten,
  GELU,
  LayerNorm,
  Linear,
  MaxPool2d,
  ReLU,
  RMSNorm,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";

const ids = (...values: number[]) => tensor(BigInt64Array.from(values, BigInt));
/** Wrong on purpose. */
const wrong = (value: unknown) => value as never;

const LAYERS: readonly [refused: () => unknown, says: string | RegExp][] = [
  [
    () => new Linear(4, 3).forward(zeros([2, 5])),
    "Linear(4, 3) got an input of shape [2, 5]: the last dimension must be 4",
  ],
  [
    () => new Linear(4, 3).forward(zeros([])),
    "Linear(4, 3) got an input of shape []: the last dimension must be 4",
  ],
  [
    () => new Linear(3, 3).forward(ids(1, 2, 3)),
    'Linear(3, 3) got an input of dtype int64, its parameters are float32; convert it: x.to("float32")',
  ],
  [
    () => new Linear(4, 3).forward(wrong([1, 2, 3, 4])),
    "Linear(4, 3) takes a tensor, got [1, 2, 3, 4]",
  ],
  [
    () => new Linear(4.5, 3),
    "new Linear: inFeatures must be a whole number of at least 1, got 4.5",
  ],
  [
    () => new Linear(4, wrong(undefined)),
    "new Linear: outFeatures must be a whole number of at least 1, got undefined",
  ],
  [
    () => new Linear(4, 3, wrong(false)),
    "new Linear takes an object of options, got false; its options: bias, weight, device, dtype, initialize",
  ],
  [
    () => new Linear(4, 3, wrong({ biass: false })),
    /^new Linear has no option biass; did you mean bias\?/,
  ],
  [
    () => new Linear(4, 3, { dtype: wrong("int64") }),
    /^new Linear: dtype must be "float32" or .*, got "int64"/,
  ],
  [
    () => new Embedding(10, 4).forward(ids(1, 12)),
    "embedding got the id 12, the table of shape [10, 4] has rows 0 to 9",
  ],
  [
    () => new Embedding(10, 4).forward(ids(-1, 3)),
    "embedding got the id -1, the table of shape [10, 4] has rows 0 to 9",
  ],
  [
    () => new Embedding(10, 4).forward(zeros([2])),
    'Embedding(10, 4) got an input of dtype float32, ids must be int64 or int32; convert them: x.to("int64")',
  ],
  [
    () => new Embedding(10, 4, { paddingIdx: 10 }),
    /paddingIdx must be a whole number from -10 to 9/,
  ],
  [
    () => new Conv2d(3, 8, 3).forward(zeros([8, 1, 28, 28])),
    "Conv2d(3, 8, 3) got an input of shape [8, 1, 28, 28]: dimension 1, the channels, must be 3",
  ],
  [
    () => new Conv2d(3, 8, 3).forward(zeros([28, 28])),
    "Conv2d(3, 8, 3) got an input of shape [28, 28]: it must be (batch, channels, height, width) or (channels, height, width)",
  ],
  [
    () => new Conv1d(3, 8, 3).forward(zeros([4, 9])),
    /Conv1d\(3, 8, 3\) .*\[4, 9\]: dimension 0, the channels, must be 3/,
  ],
  [
    () => new Conv2d(1, 32, 3, wrong(1)),
    /^new Conv2d takes an object of options, got 1; its options: stride, padding/,
  ],
  [
    () => new Conv2d(4, 6, 3, { groups: 4 }),
    /groups must divide inChannels and outChannels, got 4 for 4 and 6/,
  ],
  [
    () => new Conv2d(4, 6, 3, { padding: "same", stride: 2 }),
    /padding "same" goes with stride 1 only, got stride 2/,
  ],
  [
    () => new Conv2d(4, 6, [3, 3, 3]),
    /kernelSize must be a whole number of at least 1, or a list of 2 whole numbers/,
  ],
  [
    () => new Conv2d(1, 1, 5).forward(zeros([1, 2, 2])),
    /Kernel size can't be greater than actual input size/,
  ],
  [
    () => new BatchNorm1d(4).forward(zeros([1, 4])),
    /^BatchNorm1d\(4\) got an input of shape \[1, 4\]: .* more than one value for each channel/,
  ],
  [
    () => new BatchNorm1d(4).forward(zeros([2, 5])),
    "BatchNorm1d(4) got an input of shape [2, 5]: dimension 1, the channels, must be 4",
  ],
  [
    () => new BatchNorm2d(4).forward(zeros([2, 4])),
    /it must be \(batch, channels, height, width\)/,
  ],
  [
    () => new BatchNorm1d(4, { momentum: 2 }),
    /momentum must be a number from 0 to 1, or null, got 2/,
  ],
  [
    () => new LayerNorm(8).forward(zeros([2, 7])),
    "LayerNorm(8) got an input of shape [2, 7]: the last dimension must be 8",
  ],
  [
    () => new LayerNorm([2, 8]).forward(zeros([8])),
    "LayerNorm([2, 8]) got an input of shape [8]: the last 2 dimensions must be [2, 8]",
  ],
  [
    () => new LayerNorm(8, wrong(1e-12)),
    /^new LayerNorm takes an object of options, got 1e-12; its options: eps/,
  ],
  [
    () => new LayerNorm(wrong([])),
    /shape must be a whole number of at least 1, or a list of at least one such size, got \[\]/,
  ],
  [
    () => new RMSNorm(8).forward(zeros([2, 7])),
    "RMSNorm(8) got an input of shape [2, 7]: the last dimension must be 8",
  ],
  [
    () => new RMSNorm(8, { eps: 1e-6 }).forward(zeros([2, 7])),
    "RMSNorm(8) got an input of shape [2, 7]: the last dimension must be 8",
  ],
  [
    () => new RMSNorm(8, { eps: 1e-6 }).forward(zeros([2, 8], { dtype: "float64" })),
    'RMSNorm(8) got an input of dtype float64, its parameters are float32; convert it: x.to("float32")',
  ],
  [
    () => new RMSNorm(8, { eps: 1e-6 }).forwardAdd(zeros([8], { dtype: "float16" }), zeros([8])),
    'RMSNorm(8) got an input of dtype float16, its parameters are float32; convert it: x.to("float32")',
  ],
  [
    () => new RMSNorm(8, { eps: 1e-6 }).forward(wrong(undefined)),
    "RMSNorm(8) takes a tensor, got undefined",
  ],
  [
    () => new LayerNorm(8).forward(zeros([2, 8], { dtype: "bfloat16" })),
    'LayerNorm(8) got an input of dtype bfloat16, its parameters are float32; convert it: x.to("float32")',
  ],
  [
    () => new LayerNorm(8).forward(ids(1, 2, 3, 4, 5, 6, 7, 8)),
    'LayerNorm(8) got an input of dtype int64, its parameters are float32; convert it: x.to("float32")',
  ],
  [
    () => new RMSNorm(8, { eps: Number.NaN }),
    /eps must be a number of at least 0, or null, got NaN/,
  ],
  [
    () => new MaxPool2d(2).forward(zeros([4, 4])),
    /MaxPool2d\(2\) got .*\[4, 4\]: it must be \(batch, channels, height, width\)/,
  ],
  [() => new MaxPool2d(wrong("2")), /kernelSize must be a whole number .* got "2"/],
  [() => new Dropout(1.5), "new Dropout: p must be a number from 0 to 1, got 1.5"],
  [() => new Dropout(wrong({ p: 0.1 })), /p must be a number .* got \{ p: 0.1 \}/],
  [() => new Flatten(wrong("1")), 'new Flatten: startDim must be a whole number, got "1"'],
  [() => new Flatten(1).forward(zeros([3])).shape, /Dimension out of range.* got 1.*float32\[3\]/],
  [() => new Softmax(wrong(undefined)), "new Softmax: dim must be a whole number, got undefined"],
  [
    () => new GELU(wrong({ approximate: "fast" })),
    /approximate must be "none" or "tanh", got "fast"/,
  ],
  ...[new ReLU(), new SiLU(), new Tanh(), new Sigmoid()]
    .map(
      (layer) =>
        [
          () => layer.forward(wrong(3)),
          `${layer.constructor.name}() takes a tensor, got 3`,
        ] as const,
    )
    .map(([refused, says]): [() => unknown, string] => [refused, says]),
  [
    () => new Sequential(new Linear(2, 2), wrong(ReLU)),
    "Sequential takes modules with a forward(x), argument 1 is the function ReLU; make one: new ReLU(...)",
  ],
  [() => new Sequential(wrong([new ReLU()])), /argument 0 is \[a ReLU\]/],
  [
    () => new Linear(2, 2).train(wrong("yes")),
    'Linear.train: mode must be true or false, got "yes"',
  ],
];

test.each(LAYERS.map(([refused, says]) => [String(says), refused, says] as const))(
  "a layer refuses: %s",
  (_, refused, says) => {
    expect(refused).toThrow(says);
  },
);
