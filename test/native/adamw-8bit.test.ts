// AdamW with block-wise quantised moments beside bitsandbytes: weights, codes and scales; whole blocks, a block that is not full,
// a tensor too small for 8 bits, a block of zeros. bitsandbytes' library for the CPU looks codes up in a table too coarse for small
// numbers (3e-6 becomes the value nearest to 1e-5); its path for other types finds the nearest, as its paper and kernels do.
import { AdamW8bit, type Optimizer, Parameter, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const SHAPES: readonly (readonly number[])[] = [[64, 72], [4099], [10, 10]];
const STEPS = 20;
const OPTIONS = { lr: 0.02, betas: [0.8, 0.95], eps: 1e-6 } as const;
/** No two numbers of a block are alike; those of the first 300 elements' gradients are 0. */
const value = (i: number, seed: number): number => ((i * 7919 + seed * 104729) % 65537) / 32768 - 1;
const filled = (shape: readonly number[], seed: number, numZeros = 0): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
      i < numZeros ? 0 : value(i, seed),
    ),
    { shape: [...shape], dtype: "float32" },
  );

const BITSANDBYTES = `
import math, torch, bitsandbytes
from bitsandbytes.backends.cpu import ops
def nearest(numbers, code, absmax, out, blocksize):
    found, scales = torch.ops.bitsandbytes.quantize_blockwise(numbers.double(), code, blocksize)
    out.copy_(found), absmax.copy_(scales)
ops._quant_blockwise_fp32_direct = nearest
shapes, steps, decays, options = args
def filled(shape, seed, zeros=0):
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    numbers = ((i * 7919 + seed * 104729) % 65537).double() / 32768 - 1
    numbers[:zeros] = 0
    return numbers.float().reshape(shape)
def train(decay):
    params = [torch.nn.Parameter(filled(s, n)) for n, s in enumerate(shapes)]
    optimizer = bitsandbytes.optim.AdamW8bit(params, **options, weight_decay=decay)
    for step in range(steps):
        for n, p in enumerate(params): p.grad = filled(p.shape, 100 * step + n + 10, 300)
        optimizer.step()
    return [[x.flatten().tolist() for x in (p, *of(optimizer.state[p]))] for p in params]
def of(state): return [state[k] for k in ("state1", "state2", "absmax1", "absmax2") if k in state]
print(json.dumps([train(decay) for decay in decays]))
`;

/** The weight, both moments or their codes, and the scales of both. */
type Reference = readonly number[][];

function train(make: (parameters: Parameter[]) => Optimizer) {
  const parameters = SHAPES.map((shape, n) => new Parameter(filled(shape, n)));
  const optimizer = make(parameters);
  for (let step = 0; step < STEPS; step++) {
    for (const [n, each] of parameters.entries())
      each.grad = filled(each.shape, 100 * step + n + 10, 300);
    optimizer.step();
  }
  return { parameters, optimizer };
}

const DECAYS = [0, 0.1];
const references = python(BITSANDBYTES, SHAPES, STEPS, DECAYS, OPTIONS) as Reference[][];

test.each(DECAYS)("AdamW8bit with a decay of %s steps as bitsandbytes", (weightDecay) => {
  const { parameters, optimizer } = train((p) => new AdamW8bit(p, { ...OPTIONS, weightDecay }));
  for (const [n, parameter] of parameters.entries()) {
    const wanted = references[DECAYS.indexOf(weightDecay)]?.[n] as Reference;
    const state = optimizer.stateOf(parameter) as Record<string, Tensor>;
    const names = ["expAvg", "expAvgSq", "expAvgAbsmax", "expAvgSqAbsmax"];
    const found = names.flatMap((name) => state[name] ?? []);
    expect(found.length).toBe(wanted.length - 1);
    expect(found[0]?.dtype).toBe(n === 2 ? "float32" : "uint8");
    expect(differing(parameter, wanted[0] as number[], 1e-6)).toBeLessThanOrEqual(1); // a tie
    for (const [i, each] of found.entries()) {
      const isCode = each.dtype === "uint8";
      const scales = isCode ? (wanted[i + 3] as number[]) : [];
      const own = wanted[i + 1] as number[];
      const isMeant = (j: number) => scales[Math.floor(j / 256)] !== 0; // zeros have any code
      expect(differing(each, own, isCode ? 0 : 1e-6, isMeant)).toBeLessThanOrEqual(1);
    }
  }
});

/** How many numbers are further away than that. */
function differing(
  x: Tensor,
  wanted: readonly number[],
  tolerance: number,
  isMeant: (index: number) => boolean = () => true,
): number {
  const numbers = x.detach().reshape([-1]).toArray() as number[];
  expect(numbers.length).toBe(wanted.length);
  const isFar = (each: number, i: number) => Math.abs(each - (wanted[i] as number)) > tolerance;
  return numbers.filter((each, i) => isFar(each, i) && isMeant(i)).length;
}
