// All collectives between 2 to 4 processes over Gloo, against numbers known in advance; communication with gradients
// against torch in one process; ranks that do not come.
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

type Nested = number | Nested[];
type Results = Record<string, unknown> & {
  readonly gradients: Record<string, { y: Nested; grad: Nested }>;
  readonly mlp: Record<"y" | "x" | "up" | "down", Nested>;
};

const environment = { OMP_NUM_THREADS: "1" };
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** What rank r begins with: 10 (r + 1), 10 (r + 1) + 1, ... */
const own = (rank: number, n: number): number[] => range(n).map((i) => 10 * (rank + 1) + i);

function expected(rank: number, size: number): Record<string, unknown> {
  const ranks = range(size);
  const across = (reduce: (values: number[]) => number, n = 2, from = 0): number[] =>
    range(n).map((i) => reduce(ranks.map((r) => own(r, from + n)[from + i] as number)));
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  const own1 = (r: number): number => 10 * (r + 1);
  const evens = ranks.filter((r) => r % 2 === 0);
  const pair = [size - 2, size - 1];
  const part = (members: number[]): unknown =>
    members.includes(rank)
      ? { rank: members.indexOf(rank), ranks: members, sum: sum(members.map(own1)) }
      : null;
  return {
    sum: across(sum),
    inTurn: across(sum),
    avg: across((v) => sum(v) / size),
    max: across((v) => Math.max(...v)),
    min: across((v) => Math.min(...v)),
    product: across((v) => v.reduce((a, b) => a * b)),
    broadcast: own(1, 2),
    reduce: rank === 1 ? across(sum) : null,
    allGather: ranks.flatMap((r) => own(r, 2)),
    allGatherList: ranks.map((r) => own(r, 2)),
    "reduceScatter/sum": across(sum, 2, 2 * rank),
    "reduceScatter/avg": across((v) => sum(v) / size, 2, 2 * rank),
    reduceScatterList: across((v) => Math.max(...v), 2, 2 * rank),
    gather: rank === 0 ? ranks.map((r) => own(r, 2)) : [],
    scatter: own(0, 2 * size).slice(2 * rank, 2 * rank + 2),
    allToAll: ranks.map((r) => own(r, size)[rank]),
    allToAllUneven: ranks.flatMap((r) =>
      own(r, size * (r + 1)).slice(rank * (r + 1), (rank + 1) * (r + 1)),
    ),
    ring: own((rank + size - 1) % size, 2),
    passed: own(rank === 1 ? 0 : rank, 2),
    even: part(evens),
    again: part(evens),
    pair: part(pair),
    isCompleted: true,
  };
}

test.each([2, 3, 4])(
  "every collective, sub-groups and communication with gradients between %i ranks",
  async (size) => {
    const results = (await runRanks("collectives-rank.mjs", size, { environment })) as Results[];
    for (const [rank, { gradients, mlp, ...values }] of results.entries()) {
      expect(values, `rank ${rank}`).toEqual(expected(rank, size));
      expect(Object.keys(gradients)).toHaveLength(6);
      expect(Object.keys(mlp)).toHaveLength(4);
    }
    const reference = python(TORCH_REFERENCE, size) as Pick<Results, "gradients" | "mlp">[];
    for (const [rank, { gradients, mlp }] of results.entries()) {
      expectClose(gradients, reference[rank]?.gradients);
      expectClose(mlp, reference[rank]?.mlp);
    }
  },
);

test.each([
  [
    "sleeps",
    /allReduce float32\[4\] sum \(number 3 of group notebooster\/gloo\).*rank 1 never entered it \(its last: broadcast float32\[4\] root 0, number 2\)/,
  ],
  [
    "exits",
    /allReduce .*number 3 .*rank 1 never entered it \(its last: broadcast float32\[4\] root 0, number 2\)/,
  ],
  [
    "breaks off", // in the middle of telling where it is, as one that is killed
    /allReduce .*number 3 .*rank 1 never entered it \(its last: broadcast float32\[4\] root 0, number 2\)/,
  ],
])(
  "a rank that %s instead of entering is named on all others before it would come",
  async (how, pattern) => {
    const options = { absent: 1, how };
    const timeoutMs = 4000; // half as long as the rank sleeps
    const results = await runRanks("missing-rank.mjs", 3, {
      options,
      environment: { ...environment, NOTEBOOSTER_TIMEOUT_MS: String(timeoutMs) },
    });
    for (const rank of [0, 2]) {
      const { message, missingRanks, ms, readable } = results[rank] as {
        message: string;
        missingRanks: number[];
        readable: number;
        ms: number;
      };
      expect(message).toMatch(pattern);
      expect(missingRanks).toEqual([1]);
      expect(readable).toBe(2);
      expect(ms).toBeLessThan(2 * timeoutMs);
    }
  },
);

test("a group that was given up refuses every later call", async () => {
  const results = await runRanks("missing-rank.mjs", 2, {
    options: { how: "aborts" },
    environment,
  });
  for (const result of results) {
    expect((result as { message: string }).message).toMatch(
      /notebooster\/gloo has failed: .*it was aborted on this rank/,
    );
  }
});

test("a rank that never makes its first collective call is named by the others", async () => {
  const results = await runRanks("missing-rank.mjs", 3, {
    options: { absent: 2, how: "never joins" },
    environment: { ...environment, NOTEBOOSTER_JOIN_TIMEOUT_MS: "4000" },
  });
  for (const rank of [0, 1]) {
    expect((results[rank] as { message: string }).message).toMatch(
      /rank 2 never came to the group/,
    );
  }
});

function expectClose(actual: unknown, wanted: unknown): void {
  const [numbers, others] = [flat(actual), flat(wanted)];
  expect(numbers.length).toBe(others.length);
  expect(numbers.length).toBeGreaterThan(0);
  for (const [i, value] of numbers.entries())
    expect(Math.abs(value - (others[i] as number))).toBeLessThan(1e-4);
}

/** Numbers of nested arrays and objects, in the order of their keys. */
function flat(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.keys(value)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((key) => flat((value as Record<string, unknown>)[key]));
}

/** All ranks in one process: the ranks' tensors are leaves of one graph, communication is arithmetic on them. */
const TORCH_REFERENCE = `
import torch
size = args[0]
def numbers(shape, seed):
    count = 1
    for n in shape: count *= n
    return torch.sin(torch.arange(count, dtype=torch.float64) + seed).float().reshape(shape)
def part(t, rank, dim): return t.chunk(size, dim)[rank]
forms = {
    "copy": lambda xs, r: xs[r],
    "reduce": lambda xs, r: sum(xs),
    "gather": lambda xs, r: torch.cat(xs, -1),
    "scatter": lambda xs, r: part(xs[r], r, -1),
    "allGather": lambda xs, r: torch.cat(xs, 1),
    "reduceScatter": lambda xs, r: part(sum(xs), r, 1),
}
# A tensor that is the same on all ranks by convention counts once: what the copies' losses add is the convention's.
def gradients(name, form):
    xs = [numbers((2, 2 * size, 2 * size), r + 1).requires_grad_() for r in range(size)]
    ys = [form(xs, r) for r in range(size)]
    ws = [numbers(tuple(y.shape), 100 + r) for r, y in enumerate(ys)]
    if name == "copy": grads = [sum(ws)] * size
    elif name == "reduce": grads = ws
    elif name == "gather": grads = [part(ws[r], r, -1) for r in range(size)]
    elif name == "scatter": grads = [torch.cat(ws, -1)] * size
    else:
        sum((y * w).sum() for y, w in zip(ys, ws)).backward()
        grads = [x.grad for x in xs]
    return [{"y": y.tolist(), "grad": g.tolist()} for y, g in zip(ys, grads)]
table = {name: gradients(name, form) for name, form in forms.items()}
hidden = 4 * size
x, up, down = numbers((3, 5), 1).requires_grad_(), numbers((hidden, 5), 2).requires_grad_(), numbers((5, hidden), 3).requires_grad_()
y = torch.relu(x @ up.T) @ down.T
(y * y).sum().backward()
print(json.dumps([{
    "gradients": {name: results[r] for name, results in table.items()},
    "mlp": {"y": y.tolist(), "x": x.grad.tolist(), "up": part(up.grad, r, 0).tolist(), "down": part(down.grad, r, 1).tolist()},
} for r in range(size)]))
`;
