// A tensor that a layer keeps in a field and the loss uses beside the model's output, as auxiliary losses of mixtures of experts
// are: gradients are PyTorch's.
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

type Numbers = readonly (number | Numbers)[];
interface Found {
  readonly weights: Numbers;
  readonly rows: Numbers;
  readonly gradients: Readonly<Record<string, Numbers>>;
}
type Wanted = Readonly<Record<"straight" | "nested", Numbers>>;
const KINDS: Readonly<Record<keyof Wanted, readonly string[]>> = {
  straight: ["learner", "blocks", "recomputed"],
  nested: ["nested", "nestedRecomputed"],
};

test.each([
  [1, undefined],
  [1, "fp32"],
  [2, "fp32"],
  [1, "bf16"],
  [2, "bf16"],
])(
  "%i ranks, mixedPrecision %s: with blocks, without, computed again and nested",
  async (worldSize, precision) => {
    const kinds = Object.values(KINDS).flat();
    const ranks = (await runRanks("kept-losses.mjs", worldSize, {
      options: { kinds, ...(precision !== undefined && { mixedPrecision: precision }) },
      environment: { OMP_NUM_THREADS: "1" },
    })) as Found[];
    const { weights, rows } = ranks[0] as Found;
    const dtype = precision === "bf16" ? "bfloat16" : "float32";
    const wanted = python(REFERENCE, { weights, rows, worldSize, dtype }) as Wanted;
    const tolerance = dtype === "bfloat16" ? 0.02 : 2e-6;
    for (const { gradients } of ranks)
      for (const form of ["straight", "nested"] as const)
        for (const kind of KINDS[form]) expectNear(gradients[kind], wanted[form], tolerance, kind);
  },
);

function expectNear(
  found: Numbers | undefined,
  wanted: Numbers,
  tolerance: number,
  kind: string,
): void {
  const expected = flat(wanted);
  const largest = Math.max(...expected.map(Math.abs));
  for (const [i, one] of flat(found ?? []).entries())
    expect(Math.abs(one - (expected[i] as number)), `${kind}, element ${i}`).toBeLessThan(
      tolerance * largest,
    );
  expect(flat(found ?? []).length).toBe(expected.length);
}

function flat(numbers: Numbers): number[] {
  return numbers.flatMap((one) => (typeof one === "number" ? one : flat(one)));
}

const REFERENCE = `
import torch
from torch.nn.functional import linear
a = args[0]
dtype = getattr(torch, a["dtype"])

def gradients(nested):
    sums = None
    for rows in torch.tensor(a["rows"]).chunk(a["worldSize"]):
        weights = [torch.tensor(w).to(dtype).requires_grad_() for w in a["weights"]]
        aux = []
        def layer(x, up, bias, router, experts):
            shares = linear(linear(x, up, bias).tanh(), router).softmax(-1)
            aux.append(shares.mean([0]).square().sum())
            return linear(shares, experts) + x
        h = rows.to(dtype)
        for of_layer in (weights[:4], weights[4:]):
            if nested:
                half = h * 0.5
                h = layer(half, *of_layer) + half
            else:
                h = layer(h, *of_layer)
        (h.square().mean() + aux[0] * 0.5 + aux[1] * 0.25 + aux[0] * aux[1]).backward()
        grads = [w.grad.float() for w in weights]
        sums = grads if sums is None else [s + g for s, g in zip(sums, grads)]
    return [(s / a["worldSize"]).tolist() for s in sums]

print(json.dumps({"straight": gradients(False), "nested": gradients(True)}))
`;
