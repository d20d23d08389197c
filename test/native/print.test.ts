// String(tensor) against Python's repr, character by character.
import { inspect } from "node:util";
import {
  AdamW,
  arange,
  backward,
  noGrad,
  ops,
  Parameter,
  randn,
  runBlock,
  scoped,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const inf = Number.POSITIVE_INFINITY;

/** Each pair makes the same tensor: ours, then the Python expression. */
const CASES: [() => Tensor, string][] = [
  [() => tensor(2.34567), "torch.tensor(2.34567)"],
  [() => tensor(7, { dtype: "int64" }), "torch.tensor(7)"],
  [() => tensor(true), "torch.tensor(True)"],
  [() => tensor([1, 2, 3]), "torch.tensor([1, 2, 3])"],
  [() => tensor([1, 2, 3]).float(), "torch.tensor([1., 2, 3])"],
  [() => tensor(3), "torch.tensor(3)"],
  [() => zeros(2), "torch.zeros(2)"],
  [() => tensor([-0, 1]), "torch.tensor([-0.0, 1.0])"],
  [() => tensor([-0, 1.5]), "torch.tensor([-0.0, 1.5])"],
  [() => tensor([true, false]), "torch.tensor([True, False])"],
  [() => tensor([1.5, Number.NaN, inf, -inf]), "torch.tensor([1.5, nan, inf, -inf])"],
  [() => tensor([1, Number.NaN, inf, -inf]), "torch.tensor([1, nan, inf, -inf])"],
  [() => tensor([Number.NaN, inf]), "torch.tensor([nan, inf])"],
  [() => tensor([1e-5, 1]), "torch.tensor([1e-5, 1])"],
  [() => tensor([1e-5, 2e-5]), "torch.tensor([1e-5, 2e-5])"],
  [() => tensor([1, 1000.5]), "torch.tensor([1, 1000.5])"],
  [() => tensor([1, 1001]).float(), "torch.tensor([1., 1001])"],
  [() => tensor([1, 1001, Number.NaN, -inf]), "torch.tensor([1., 1001, nan, -inf])"],
  [() => tensor([2e8, 3e8]).float(), "torch.tensor([2e8, 3e8])"],
  [() => tensor([1e30, 1e-30]), "torch.tensor([1e30, 1e-30])"],
  [
    () => tensor([0.03125, 0.09375, 1.00005, 0.15625]),
    "torch.tensor([0.03125, 0.09375, 1.00005, 0.15625])",
  ],
  [() => tensor([1.00005, 123456.5]), "torch.tensor([1.00005, 123456.5])"],
  [() => tensor([0.1, 0.25]).to("float16"), "torch.tensor([0.1, 0.25]).half()"],
  [() => tensor([0.1, 3]).to("bfloat16"), "torch.tensor([0.1, 3]).bfloat16()"],
  [() => tensor([0.1, 3]).to("float64"), "torch.tensor([0.1, 3]).double()"],
  [() => tensor([0.5, 3]).to("float8_e4m3fn"), "torch.tensor([0.5, 3]).to(torch.float8_e4m3fn)"],
  [() => tensor([1, -20]).to("int8"), "torch.tensor([1, -20], dtype=torch.int8)"],
  [() => tensor([1, 200]).to("uint8"), "torch.tensor([1, 200], dtype=torch.uint8)"],
  [() => zeros([0]), "torch.zeros(0)"],
  [() => zeros([0, 3]), "torch.zeros(0, 3)"],
  [() => zeros([0], { dtype: "int64" }), "torch.zeros(0, dtype=torch.int64)"],
  [() => zeros([2, 3], { device: "meta" }), "torch.zeros(2, 3, device='meta')"],
  [() => arange(0, 24).reshape(2, 3, 4), "torch.arange(24).reshape(2, 3, 4)"],
  [() => arange(0, 40), "torch.arange(40)"],
  [() => arange(0, 100), "torch.arange(100)"],
  [() => arange(0, 1000), "torch.arange(1000)"],
  [() => arange(0, 1001), "torch.arange(1001)"],
  [() => arange(0, 2048).reshape(2, 1024), "torch.arange(2048).reshape(2, 1024)"],
  [() => arange(0, 8000).reshape(20, 20, 20), "torch.arange(8000).reshape(20, 20, 20)"],
  [
    () => arange(0, 8400).reshape(7, 6, 200).to("float32").div(7),
    "torch.arange(8400).reshape(7, 6, 200).float() / 7",
  ],
  [() => arange(0, 12000).reshape(1, 12000, 1), "torch.arange(12000).reshape(1, 12000, 1)"],
  [() => arange(0, 12).reshape(3, 4).transpose(0, 1), "torch.arange(12).reshape(3, 4).T"],
  [() => tensor([1.5, 2], { requiresGrad: true }), "torch.tensor([1.5, 2], requires_grad=True)"],
  [
    () => tensor([1.5, 2], { requiresGrad: true }).mul(2),
    "torch.tensor([1.5, 2], requires_grad=True) * 2",
  ],
  [
    () => arange(0, 30, 1, { dtype: "float32", requiresGrad: true }).div(3).reshape(2, 15),
    "(torch.arange(30.).requires_grad_() / 3).reshape(2, 15)",
  ],
  [() => new Parameter(tensor([[0.5, 1]])), "torch.nn.Parameter(torch.tensor([[0.5, 1]]))"],
  [
    () => ops.aten.complex(tensor([1, -2.5]), tensor([0, 1e5]).float()),
    "torch.complex(torch.tensor([1, -2.5]), torch.tensor([0, 1e5]))",
  ],
  [
    () => ops.aten.complex(tensor([1, 2]).float(), tensor([-3, 4]).float()).conj(),
    "torch.complex(torch.tensor([1., 2]), torch.tensor([-3., 4])).conj()",
  ],
  [
    () =>
      ops.aten.complex(
        arange(0, 2000, 1, { dtype: "float64" }),
        zeros([2000], { dtype: "float64" }),
      ),
    "torch.complex(torch.arange(2000.).double(), torch.zeros(2000).double())",
  ],
];

const REFERENCE = python(
  "import torch\nfrom math import inf, nan\nprint(json.dumps([repr(eval(case)) for case in args[0]]))",
  CASES.map(([, expression]) => expression),
) as string[];

describe("String(tensor) is Python's repr", () => {
  test.each(CASES.map(([make, name], i) => ({ make, name, text: REFERENCE[i] })))(
    "of $name",
    ({ make, text }) => {
      expect(String(make())).toBe(text);
    },
  );
});

test("random numbers of every magnitude print as in Python", () => {
  const numbers = Array.from({ length: 200 }, (_, i) => (Math.sin(i * 12.9898) * 43758.5453) % 1);
  const rows = numbers.map((x, i) => [
    x,
    x * 10 ** ((i % 17) - 8),
    x / 3,
    Math.round(x * 1e6) / 64,
  ]);
  const ours = rows.map((row) => String(tensor(row, { dtype: "float32" })));
  const theirs = python(
    "import torch\nprint(json.dumps([repr(torch.tensor(row, dtype=torch.float32)) for row in args[0]]))",
    rows,
  );
  expect(ours).toEqual(theirs);
});

test("what a block hands on is printed as what computed it, before and after its backward pass", () => {
  const weight = new Parameter(tensor([[2.5]]));
  const owner = { parameters: () => [weight] };
  const x = tensor([[2.5]]);
  const first = runBlock(owner, () => x.matmul(weight));
  const second = runBlock(owner, () => ({ loss: first.mean(), same: first }));
  const expected = [
    "tensor([[6.2500]], grad_fn=<MmBackward0>)",
    "tensor(6.2500, grad_fn=<MeanBackward0>)",
  ];
  const printed = () => [first, second.loss].map(String);
  expect([...printed(), String(second.same)]).toEqual([...expected, expected[0]]);
  backward(second.loss);
  expect(printed()).toEqual(expected);
  expect(String(weight)).toContain("requires_grad=True");
});

test("printing changes neither gradients nor the tensor, and costs a view of a large one", () => {
  const large = noGrad(() => randn([1]).expand(1_000_000, 1_000_000));
  expect(String(large)).toContain("...");
  const x = randn([3], { requiresGrad: true });
  String(x);
  expect([x.requiresGrad, x.grad]).toEqual([true, null]);
});

test("a freed tensor says so wherever it is shown, and throws nowhere", () => {
  let freed = zeros([2]);
  scoped(() => {
    freed = zeros([2]);
  });
  const display = freed[Symbol.for("Jupyter.display") as keyof typeof freed] as unknown;
  const shown = (display as () => Record<string, string>).call(freed);
  expect(shown["text/plain"]).toMatch(/^Tensor \(freed by dispose\(\).*keep\(tensor\)/);
  expect(inspect([freed])).toContain("Tensor (freed by");
});

test("operators and optimizers print what they are, not what is in them", () => {
  expect(inspect(ops.aten)).toMatch(/^ops\.aten: \d{4} operators, called by name/);
  expect(inspect(ops.aten.addmm)).toMatch(/^aten::addmm\(Tensor self, Tensor mat1/);
  const optimizer = new AdamW([new Parameter(zeros([4, 3])), new Parameter(zeros([3]))], {
    lr: 0.01,
  });
  expect(inspect(optimizer)).toBe(
    "AdamW\n  group 0: lr 0.01, betas [0.9, 0.999], eps 1e-8, weightDecay 0.01, 2 parameters, 15 numbers",
  );
});
