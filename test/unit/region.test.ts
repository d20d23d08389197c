// Regions against a whole tensor of numbers that is cut by hand, element by element.
import { expect, test } from "vitest";
import {
  flatRegion,
  overlaps,
  type Region,
  regionProblem,
  runsOf,
} from "../../src/checkpoint/region.js";
import { numElements } from "../../src/tensor/element-range.js";

const SHAPES = [[], [1], [7], [4, 6], [3, 1, 5], [2, 3, 4, 2], [0, 3]];

/** Places of a region's elements in the whole tensor, by walking through all of its indices. */
function placesByHand({ start, size, begin, end }: Region, shape: readonly number[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < numElements(shape); place++) {
    let rest = place;
    const index = [...shape]
      .reverse()
      .map((width) => {
        const at = rest % width;
        rest = Math.floor(rest / width);
        return at;
      })
      .reverse();
    const isInside = index.every(
      (at, dim) =>
        at >= (start[dim] as number) && at < (start[dim] as number) + (size[dim] as number),
    );
    if (isInside) places.push(place);
  }
  return places.slice(begin, end);
}

/** Boxes and ranges of a tensor, some empty, the same at each run. */
function* regionsIn(shape: readonly number[]): Generator<Region> {
  let seed = 7;
  const below = (count: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % count;
  };
  yield flatRegion(shape);
  for (let i = 0; i < 30; i++) {
    const start = shape.map((width) => below(width + 1));
    const size = shape.map((width, dim) => below(width - (start[dim] as number) + 1));
    const begin = below(numElements(size) + 1);
    yield { start, size, begin, end: begin + below(numElements(size) - begin + 1) };
  }
}

test.each(SHAPES.map((shape) => [shape]))(
  "runsOf() names each element of a region of [%j] in turn",
  (shape) => {
    for (const region of regionsIn(shape)) {
      expect(regionProblem(region, shape)).toBeUndefined();
      const places: number[] = [];
      for (const { at, from, count } of runsOf(region, shape)) {
        expect(from).toBe(places.length);
        for (let i = 0; i < count; i++) places.push(at + i);
      }
      expect(places).toEqual(placesByHand(region, shape));
    }
  },
);

test.each(SHAPES.map((shape) => [shape]))(
  "overlaps() fills one region of [%j] from another",
  (shape) => {
    for (const given of regionsIn(shape)) {
      const theirs = placesByHand(given, shape);
      for (const wanted of regionsIn(shape)) {
        const ours = placesByHand(wanted, shape);
        const filled = ours.map(() => -1);
        for (const { from, to, count } of overlaps(given, wanted, shape))
          for (let i = 0; i < count; i++) filled[to + i] = theirs[from + i] as number;
        expect(filled).toEqual(ours.map((place) => (theirs.includes(place) ? place : -1)));
      }
    }
  },
);

test("a whole tensor and a narrow box are as few runs as can be", () => {
  expect([...runsOf(flatRegion([3, 4, 5]), [3, 4, 5])]).toEqual([{ at: 0, from: 0, count: 60 }]);
  const rows = { start: [1, 0, 0], size: [2, 4, 5], begin: 0, end: 40 };
  expect([...runsOf(rows, [3, 4, 5])]).toEqual([{ at: 20, from: 0, count: 40 }]);
  const columns = { start: [0, 2], size: [3, 2], begin: 1, end: 6 };
  expect([...runsOf(columns, [3, 4])]).toEqual([
    { at: 3, from: 0, count: 1 },
    { at: 6, from: 1, count: 2 },
    { at: 10, from: 3, count: 2 },
  ]);
});

test("regionProblem() says what is wrong with a region", () => {
  const whole = flatRegion([4, 6]);
  expect(regionProblem({ ...whole, start: [0] }, [4, 6])).toBe(
    "a box of 1 and 2 dims in a tensor of 2",
  );
  expect(regionProblem({ ...whole, start: [0, 1] }, [4, 6])).toBe(
    "its box ends outside of dim 1, which has 6",
  );
  expect(regionProblem({ ...whole, end: 25 }, [4, 6])).toBe("elements 0 to 25 of a box of 24");
});
