// What the type checker says of operators, indices and conditions on tensors: the method that does it.

import { afterAll, beforeAll, expect, test } from "vitest";
import { TypeChecker } from "../../dist/kernel/language/checker/type-checker.js";

const FIRST_CELL = `import { Linear, Parameter, Tensor, numLiveTensors, tensor } from "notebooster";
let x = tensor([1, 2]); let y = tensor([3, 4]); let total = 0; let i = 1; let text = "loss ";
let maybe: Tensor | undefined = Math.random() > 2 ? undefined : x;
let either: Tensor | number = Math.random() > 2 ? 1 : x;
let loose: any = 1; const weight = new Parameter(tensor([1.5]));
const batch = { inputs: x }; function half(t: Tensor) { return t }`;

let checker: TypeChecker;
beforeAll(async () => {
  checker = new TypeChecker(import.meta.dirname);
  expect(await messages(FIRST_CELL)).toEqual([]);
});
afterAll(() => checker.close());

async function messages(code: string): Promise<string[]> {
  const [problems = []] = await checker.call("check", [{ code, keep: "always" }]);
  return problems.map(({ message }) => message);
}

test.each([
  ["x + 1", "x.add(1)"],
  ["x - y", "x.sub(y)"],
  ["x * 2", "x.mul(2)"],
  ["x / 2", "x.div(2)"],
  ["x % 2", "x.remainder(2)"],
  ["x ** 2", "x.pow(2)"],
  ["2 * x", "x.mul(2)"],
  ["1 - x", "x.rsub(1)"],
  ["1 / x", "tensor(1).div(x)"],
  ["0 < x", "x.gt(0)"],
  ["-x", "x.neg()"],
  ["~x", "x.bitwiseNot()"],
  ["+x", "x.item()"],
  ["x > 0", "x.gt(0)"],
  ["x >= y", "x.ge(y)"],
  ["x == y", "x.eq(y)"],
  ["x === 1", "x.eq(1)"],
  ["x != y", "x.ne(y)"],
  ["weight * 2", "weight.mul(2)"],
  ["either * 2", "either.mul(2)"],
  ["batch.inputs + half(x)", "batch.inputs.add(half(x))"],
  ["(x + 1) * 2 - y", "x.add(1).mul(2).sub(y)"],
  ["(x > 0) & (x < 2)", "x.gt(0).bitwiseAnd(x.lt(2))"],
  ["half(x * 2)", "x.mul(2)"],
  ["x[0]", "x.at(0)"],
  ["x[i]", "x.at(i)"],
  ["x[-1]", "x.at(-1)"],
  ["x[0, 1]", "x.at(0, 1)"],
  ["x['...']", "x.at('...')"],
  ["x[y]", "x.at(y)"],
  ["x[0] = 1", "x.setAt([0], 1)"],
  ["x[0] += 1", "x.setAt([0], x.at(0).add(1))"],
  ["x += 1", "x = x.add(1)"],
  ["x -= y", "x = x.sub(y)"],
  ["x++", "x = x.add(1)"],
  ["total += x", "x.item()"],
  ["if (x) i = 2", "x.item()"],
  ["if (i > 0 && x) i = 2", "x.item()"],
  ["while (x) break", "x.item()"],
  ["do { i = 2 } while (x)", "x.item()"],
  ["for (; x; ) break", "x.item()"],
  ["x ? 1 : 2", "x.item()"],
  ["!x", "x.item()"],
  ["x && y", "x.item()"],
  ["if (x.gt(0)) i = 2", "x.gt(0).item()"],
])("%s is told once, with %s", async (code, method) => {
  const told = await messages(code);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(method);
});

test.each([
  ["text", "text + x; 'loss ' + x.item(); `$" + "{x}`"],
  ["numbers of tensors", "x.item() + 1; x.shape[0]! * 2; if (x.item() > 0) i = 2"],
  ["properties by name", "x['shape']; x[loose]"],
  ["whether one is there", "if (maybe) i = 2; maybe && i; maybe === undefined; x == null; !maybe"],
  ["the same object", "x === y; x !== weight; loose == x; either === 1"],
  ["parts", "const [a, b] = x; for (const row of x) half(row)"],
  ["other code", "let list = [1, 2]; list[0] += 1; -list[0]!; loose + 1; loose[0]; !list"],
])("%s: JavaScript does what is meant, and nothing is said", async (_, code) => {
  expect(await messages(code)).toEqual([]);
});

test("code that is long is not repeated whole, and is told in time", async () => {
  const long = "half(half(half(half(half(half(half(half(x))))))))";
  const [problem] = await messages(`${long} + ${long}`);
  expect(problem).toContain("write x.add(y)");
  const sum = Array.from({ length: 3000 }, () => "i").join(" + ");
  expect(await messages(`x * 2 + ${sum}`)).toHaveLength(1);
});

test("operators that have to do with no tensor keep TypeScript's words", async () => {
  expect(await messages("x.add({} * 2)")).toEqual([
    expect.stringContaining("left-hand side of an arithmetic operation"),
  ]);
});
