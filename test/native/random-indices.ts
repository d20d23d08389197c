// Random indices for x[...], the same for a seed; about one in ten cannot be used, to compare what is refused.

/** One index as JSON, read by Python and by `ours`. */
export type Spec =
  | { int: number }
  | { slice: [number | null, number | null, number] }
  | { none: true }
  | { rest: true }
  | { bool: boolean }
  | { list: number[] }
  | { ints: number[][] }
  | { mask: number[]; shape: number[] };

const SHAPES = [[5], [4, 3], [2, 3, 4], [3, 1, 4, 2]];
/** Makes an index for the dimensions `sizes` that are left; also how many of them it takes. */
type Maker = (random: () => number, sizes: readonly number[]) => [Spec, number];

const below = (random: () => number, n: number) => Math.floor(random() * n);

const MAKERS: readonly Maker[] = [
  () => [{ none: true }, 0],
  () => [{ rest: true }, 0],
  (random) => [{ bool: random() < 0.8 }, 0],
  (random, [size = 2]) => [{ list: [below(random, size), below(random, size)] }, 1],
  (random, [size = 2]) => [{ ints: [[below(random, size) - size], [below(random, size)]] }, 1],
  (random, sizes) => {
    const shape = sizes.slice(0, random() < 0.5 ? 2 : 1);
    const numel = shape.reduce((a, b) => a * b, 1);
    const mask = Array.from({ length: numel }, () => Number(random() < 0.4));
    return [{ mask, shape }, shape.length];
  },
  randomSlice,
  randomSlice,
  (random, [size = 2]) => [{ int: below(random, 2 * size + (random() < 0.05 ? 1 : 0)) - size }, 1],
  (random, [size = 2]) => [{ int: below(random, size) }, 1],
];

function randomSlice(random: () => number, [size = 2]: readonly number[]): [Spec, number] {
  const bound = () => (random() < 0.3 ? null : below(random, 2 * size + 2) - size - 1);
  return [{ slice: [bound(), bound(), 1 + below(random, 2)] }, 1];
}

/** A shape and indices for it. */
export function randomCase(seed: number): { shape: number[]; indices: Spec[] } {
  const random = mulberry(seed + 1);
  const shape = SHAPES[below(random, SHAPES.length)] as number[];
  const indices: Spec[] = [];
  let dim = 0;
  const numIndices = 1 + below(random, shape.length + 1);
  for (let i = 0; i < numIndices; i++) {
    const make = MAKERS[below(random, MAKERS.length)] as Maker;
    const [spec, dims] = make(random, shape.slice(dim));
    if ("rest" in spec && indices.some((other) => "rest" in other)) continue;
    indices.push(spec);
    dim += dims;
  }
  return { shape, indices };
}

/** Mulberry32: random numbers that depend on the seed alone. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
