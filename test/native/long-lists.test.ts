// Lists longer than the memory in which arguments travel: it moves while they are written, each time to twice the room.
import { AdamW, ones, ops, Parameter, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";

const list = (length: number): Tensor[] => Array.from({ length }, (_, i) => tensor([i]));

test("a list as the first argument", () => {
  for (const length of [1500, 7000])
    expect(ops.aten.cat(list(length)).toArray()).toEqual(Array.from({ length }, (_, i) => i));
});

test("a list after other arguments", () => {
  const sizes = new Array<number>(5000).fill(1);
  expect(ops.aten.split_with_sizes(ones([5000]), sizes, 0).length).toBe(5000);
});

test("a list as an option", () => {
  const split = ops.aten.split_with_sizes as unknown as (x: Tensor, options: object) => Tensor[];
  const splitSizes = new Array<number>(12_000).fill(1);
  expect(split(ones([12_000]), { splitSizes }).length).toBe(12_000);
});

test("an update of more parameters than the memory held", () => {
  const parameters = list(6000).map((each) => new Parameter(each.to("float32")));
  for (const parameter of parameters) parameter.grad = ones([1]);
  new AdamW(parameters, { lr: 0.5, weightDecay: 0 }).step();
  for (const [i, parameter] of parameters.entries())
    expect(Math.abs(parameter.item() - (i - 0.5))).toBeLessThan(1e-2);
});
