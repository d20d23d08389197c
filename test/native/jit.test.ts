// jit(): the CUDA text of fused functions against the eager chain and its autograd in float64, on random chains; and
// that the text compiles. The same chains run on a GPU in test/gpu/jit-check.mjs.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backward, type JitKernel, jit, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { type ElementType, type KernelRun, type Operand, runOnHost } from "./jit-kernels.js";

type Body = (...x: Tensor[]) => Tensor;

interface Chain {
  readonly name: string;
  readonly body: Body;
  readonly shapes: readonly (readonly number[])[];
  readonly types?: readonly ElementType[];
}

/** A deterministic source of whole numbers below a bound. */
function dice(seed: number): (bound: number) => number {
  let state = seed * 2654435761 + 1;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const UNARY: readonly ((x: Tensor) => Tensor)[] = [
  (x) => x.neg(),
  (x) => x.tanh().exp(),
  (x) => x.mul(x).add(1).log(),
  (x) => x.mul(x).add(0.5).sqrt(),
  (x) => x.mul(x).add(0.5).rsqrt(),
  (x) => x.cos(),
  (x) => x.sin(),
  (x) => x.tanh(),
  (x) => x.sigmoid(),
  (x) => x.relu(),
  (x) => x.silu(),
  (x) => x.gelu(),
  (x) => x.gelu({ approximate: "tanh" }),
  (x) => x.abs().expm1().log1p(),
  (x) => x.pow(2),
  (x) => x.sigmoid().pow(1.5),
  (x) => x.cos().pow(3).div(-1.7),
  (x) => x.mul(x).add(0.5).pow(-2),
  (x) => x.tanh().pow(4).add(x.pow(0)),
];
const BINARY: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a, b) => a.add(b),
  (a, b) => a.add(b, { alpha: -0.75 }),
  (a, b) => a.sub(b),
  (a, b) => a.maximum(b).minimum(a.cos()),
  (a, b) => a.mul(b),
  (a, b) => a.div(b.mul(b).add(1)),
];

/** A chain of six steps on whatever was computed before. */
function randomBody(seed: number): Body {
  return (...x) => {
    const roll = dice(seed);
    const pool = [...x];
    const pick = (): Tensor => pool[roll(pool.length)] as Tensor;
    for (let step = 0; step < 6; step++) {
      const unary = UNARY[roll(UNARY.length)] as (typeof UNARY)[number];
      const binary = BINARY[roll(BINARY.length)] as (typeof BINARY)[number];
      pool.push(roll(2) === 0 ? unary(pick()) : binary(pick(), pick()));
    }
    return pool.slice(-3).reduce((a, b) => a.add(b));
  };
}

const SHAPES = [
  [[3, 8]],
  [[3, 8], [8]],
  [
    [2, 1, 4],
    [3, 1],
  ],
  [[5], []],
  [[2, 3, 4], [3, 4], [1]],
  [[600, 4]],
];
const CHAINS: readonly Chain[] = [
  ...Array.from({ length: 28 }, (_, seed) => ({
    name: `random chain ${seed}`,
    body: randomBody(seed),
    shapes: SHAPES[seed % SHAPES.length] as number[][],
  })),
  {
    name: "of bfloat16",
    body: (x, y) => x.mul(y).silu(),
    shapes: [
      [4, 8],
      [4, 8],
    ],
    types: ["bfloat16", "bfloat16"],
  },
  {
    name: "of float16 and a bfloat16 row, which make float32",
    body: (x, y) => x.add(y).tanh(),
    shapes: [[4, 8], [8]],
    types: ["float16", "bfloat16"],
  },
  {
    name: "with a cast in the middle",
    body: (x) => x.mul(1.001).to("bfloat16").mul(3).to("float32").add(x),
    shapes: [[4, 8]],
  },
  {
    name: "that leaves an argument out",
    body: (x, y) => (y === x ? y : x.exp()),
    shapes: [[4], [9, 1]],
  },
];

const values = (shape: readonly number[], seed: number): Float32Array =>
  Float32Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    (_, i) => Math.sin(i * 2.1 + seed) * 1.5,
  );

/** Arguments of a chain, rounded to their types, as float64 or as the types themselves. */
function inputsOf({ shapes, types }: Chain, wide: boolean): Tensor[] {
  return shapes.map((shape, i) => {
    const type = types?.[i] ?? "float32";
    const rounded = tensor(values(shape, i), { shape }).to(type);
    const leaf = (wide ? rounded.to("float64") : rounded).clone();
    leaf.requiresGrad = true;
    return leaf;
  });
}

const flat = (x: Tensor): Float32Array =>
  x.detach().to("float32").contiguous().toTypedArray() as Float32Array;

interface Comparison {
  readonly chain: Chain;
  readonly forward: KernelRun;
  readonly backward: KernelRun;
  /** Outputs of the backward kernel by trained tensor. */
  readonly gradients: readonly number[];
  /** The result and the gradients, before they are summed to the shapes of the inputs, in float64. */
  readonly expected: readonly Float32Array[];
}

/** Gradients are those of expanded copies: kernels write them in the full shape. */
function compare(chain: Chain, pack: number): Comparison {
  const leaves = inputsOf(chain, false);
  const {
    forward,
    backward: back,
    trained,
    gradients: sources,
    scalars,
  } = jit(chain.body).kernels(...leaves);
  const wide = inputsOf(chain, true);
  const out = chain.body(...wide);
  const spread = wide.map((leaf) => {
    const own =
      leaf.shape.length > out.shape.length
        ? leaf.detach()
        : leaf
            .detach()
            .expand(...out.shape)
            .clone();
    own.requiresGrad = true;
    return own;
  });
  const seed = {
    values: values(out.shape, 9),
    shape: out.shape,
    type: forward.outputTypes[0] as ElementType,
  };
  backward(chain.body(...spread), tensor(seed.values, { shape: out.shape }).to("float64"));
  const run = ({ text, inputs, outputTypes }: JitKernel, more: readonly Operand[]): KernelRun => ({
    source: text,
    inputs: [
      ...inputs.map((x) => ({ values: flat(x), shape: x.shape, type: x.dtype as ElementType })),
      ...more,
    ],
    outputTypes: outputTypes as readonly ElementType[],
    outputShape: out.shape,
    scalars,
    pack,
  });
  const gradients = trained.map((leaf) => flat(spread[leaves.indexOf(leaf)]?.grad as Tensor));
  return {
    chain,
    forward: run(forward, []),
    backward: run(back as JitKernel, [seed]),
    gradients: sources,
    expected: [flat(out), ...gradients],
  };
}

/** In bfloat16 and float16 the chain rounds after every step, the kernel once. */
const toleranceOf = ({ types, name }: Chain): number =>
  types === undefined && !name.includes("cast") ? 2e-6 : 6e-3;
const fitsPacks = ({ shapes }: Chain): boolean =>
  shapes.every(
    (shape) => shape.length === 0 || shape.at(-1) === 1 || (shape.at(-1) as number) % 4 === 0,
  );

test.each([
  { pack: 1, chains: CHAINS },
  { pack: 4, chains: CHAINS.filter(fitsPacks) },
])(
  "the kernels of $chains.length chains, loading $pack elements at once, compute them and their gradients",
  ({ pack, chains }) => {
    const comparisons = chains.map((chain) => compare(chain, pack));
    const results = runOnHost(
      comparisons.flatMap(({ forward, backward: back }) => [forward, back]),
    );
    const wrong = comparisons.flatMap(({ chain, gradients, expected }, i) => {
      const actual = [
        ...(results[2 * i] as Float32Array[]),
        ...gradients.map((output) => results[2 * i + 1]?.[output] as Float32Array),
      ];
      expect(actual.length).toBe(expected.length);
      const errors = actual.map((numbers, j) => distance(numbers, expected[j] as Float32Array));
      return errors.every((error) => error <= toleranceOf(chain))
        ? []
        : [{ name: chain.name, errors }];
    });
    expect(wrong).toEqual([]);
  },
);

function distance(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  const norm = Math.hypot(...expected);
  return Math.hypot(...expected.map((x, i) => x - (actual[i] as number))) / (norm || 1);
}

const nvcc = [...(process.env["PATH"] ?? "").split(":"), "/usr/local/cuda/bin"]
  .map((folder) => join(folder, "nvcc"))
  .find((path) => existsSync(path));

test.skipIf(nvcc === undefined)(
  `the kernels of all types compile for sm_80 and sm_90${nvcc === undefined ? " (skipped: no nvcc)" : ""}`,
  { timeout: 120_000 },
  () => {
    const folder = scratchFolder();
    const body = (a: Tensor, b: Tensor, c: Tensor): Tensor =>
      a.mul(b).silu().add(c).pow(1.5).tanh();
    const typed = (["float32", "bfloat16", "float16"] as const).map((type) => {
      const leaf = tensor(values([2, 8], 1), { shape: [2, 8] })
        .to(type)
        .detach();
      leaf.requiresGrad = true;
      return leaf;
    }) as [Tensor, Tensor, Tensor];
    const { forward, backward: back } = jit(body as Body).kernels(...typed);
    for (const [i, { text }] of [forward, back as JitKernel].entries()) {
      const file = join(folder, `kernel${i}.cu`);
      writeFileSync(file, text);
      const macros = [
        "DIMS=2",
        "PACK=4",
        ...Array.from({ length: 8 }, (_, n) => `MOVES${n}=${n % 2}`),
      ];
      for (const architecture of ["sm_80", "sm_90"]) {
        const flags = [
          "-cubin",
          `-arch=${architecture}`,
          "-std=c++17",
          ...macros.map((macro) => `-D${macro}`),
        ];
        const env = { ...process.env, LD_PRELOAD: undefined }; // nvcc crashes beside a sanitizer
        execFileSync(nvcc as string, [...flags, "-o", join(folder, "out.cubin"), file], { env });
      }
    }
  },
);
