// Two-level autograd: cutting a model into blocks changes no gradient and leaks nothing.
import {
  backward,
  keep,
  linear,
  noGrad,
  numLiveTensors,
  ownGradients,
  Parameter,
  randn,
  runBlock,
  scoped,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";

const weights = (count: number): Parameter[] =>
  Array.from({ length: count }, () => new Parameter(randn([8, 8])));
const bits = (tensor: Tensor | null): string =>
  Buffer.from((tensor as Tensor).toBytes()).toString("hex");

test("gradients through blocks are bit-equal to those of one graph, tied weights included", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const x = randn([4, 8]);
  const layer = (input: Tensor, w: Parameter): Tensor => linear(input, w).tanh();
  backward(layer(layer(layer(x, a), b), a).sum());
  const whole = [bits(a.grad), bits(b.grad)];
  a.grad = null;
  b.grad = null;
  let hidden = x;
  for (const w of [a, b, a]) {
    const before = hidden;
    hidden = runBlock({ parameters: () => [w] }, () => layer(before, w));
  }
  backward(hidden.sum());
  expect([bits(a.grad), bits(b.grad)]).toEqual(whole);
});

test("the owner of gradients hears of a tied weight once, after its last block, of others as soon as they are done", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const ready: Parameter[] = [];
  let numPasses = 0;
  ownGradients([a, b], {
    gradientReady: (parameter) => ready.push(parameter),
    passEnded: () => (numPasses += 1),
    passFailed: () => expect.fail("no pass fails"),
  });
  let hidden: Tensor = randn([4, 8]);
  for (const w of [a, b, a]) {
    const before = hidden;
    hidden = runBlock({ parameters: () => [w] }, () => linear(before, w));
  }
  hidden.sum().backward();
  expect(ready.map((parameter) => (parameter === a ? "a" : "b"))).toEqual(["b", "a"]);
  expect(numPasses).toBe(1);
});

test("two losses in flight each reach their own blocks", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const first = runBlock({ parameters: () => [a] }, () => linear(randn([2, 8]), a)).sum();
  const second = runBlock({ parameters: () => [b] }, () => linear(randn([2, 8]), b)).sum();
  backward(first);
  expect([a.grad === null, b.grad === null]).toEqual([false, true]);
  backward(second);
  expect(b.grad).not.toBeNull();
});

test("forward passes that no backward follows are forgotten, inside scopes and out", () => {
  const [w] = weights(1) as [Parameter];
  const owner = { parameters: () => [w] };
  const x = randn([2, 8]);
  const live = numLiveTensors();
  for (let i = 0; i < 50; i++) scoped(() => void runBlock(owner, () => linear(x, w)));
  for (let i = 0; i < 50; i++) runBlock(owner, () => linear(x, w)).dispose();
  runBlock(owner, () => linear(x, w)).dispose();
  expect(numLiveTensors() - live).toBeLessThanOrEqual(4);
});

test("noGrad() records nothing", () => {
  const [w] = weights(1) as [Parameter];
  const output = noGrad(() => runBlock({ parameters: () => [w] }, () => linear(randn([2, 8]), w)));
  expect(output.requiresGrad).toBe(false);
});

test("loss.backward() reaches the blocks of two forward passes and of arithmetic on their losses", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const x = randn([4, 8]);
  const pass = (run: <T extends object>(w: Parameter, body: () => T) => T): Tensor =>
    run(b, () => run(a, () => linear(x, a).tanh()).matmul(b)).sum();
  const loss = (run: <T extends object>(w: Parameter, body: () => T) => T): Tensor =>
    pass(run).mul(0.5).add(pass(run).pow(2));
  loss((_, body) => body()).backward();
  const whole = [bits(a.grad), bits(b.grad)];
  a.grad = null;
  b.grad = null;
  loss((w, body) => runBlock({ parameters: () => [w] }, body)).backward();
  expect([bits(a.grad), bits(b.grad)]).toEqual(whole);
});

test("a second backward pass over the same blocks is refused, whatever of them its loss depends on", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const first = runBlock({ parameters: () => [a] }, () => linear(randn([4, 8]), a));
  const second = runBlock({ parameters: () => [b] }, () => linear(first, b));
  second.sum().backward();
  const before = [bits(a.grad), bits(b.grad)];
  for (const loss of [second.mean(), second.pow(2).sum(), first.mean()])
    expect(() => loss.backward()).toThrow(/backward pass already.*go backward once/);
  expect([bits(a.grad), bits(b.grad)]).toEqual(before);
});

test("a loss whose forward pass ran in a scope that has ended is refused, instead of leaving gradients out", () => {
  const [a] = weights(1) as [Parameter];
  const loss = scoped(() =>
    runBlock({ parameters: () => [a] }, () => linear(randn([4, 8]), a)).sum(),
  );
  expect(() => loss.backward()).toThrow(/the scope in which forward ran has ended/);
  scoped(() => {
    runBlock({ parameters: () => [a] }, () => linear(randn([4, 8]), a))
      .sum()
      .backward();
  });
  expect(a.grad).not.toBeNull();
});

test("what a block keeps beside its result is an output of it: gradients are the same bits, told once, after both uses", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const x = randn([4, 8]);
  const ready: Parameter[] = [];
  ownGradients([a, b], {
    gradientReady: (parameter) => ready.push(parameter),
    passEnded: () => undefined,
    passFailed: () => expect.fail("no pass fails"),
  });
  const loss = (isCut: boolean): Tensor => {
    const kept: Tensor[] = [];
    const layer = (input: Tensor, w: Parameter): Tensor => {
      const hidden = linear(input, w).tanh();
      kept.push(keep(hidden.square().mean()));
      return hidden.mul(2);
    };
    const run = (w: Parameter, input: Tensor): Tensor =>
      isCut ? runBlock({ parameters: () => [w] }, () => layer(input, w)) : layer(input, w);
    const last = run(b, run(a, x));
    return kept.reduce((sum, one) => sum.add(one), last.sum());
  };
  backward(loss(false));
  const whole = [bits(a.grad), bits(b.grad)];
  a.grad = null;
  b.grad = null;
  ready.length = 0;
  backward(loss(true));
  expect([bits(a.grad), bits(b.grad)]).toEqual(whole);
  expect(ready.map((parameter) => (parameter === a ? "a" : "b"))).toEqual(["b", "a"]);
});

test("a loss may use only what a block has kept; a second pass through it is refused", () => {
  const [a] = weights(1) as [Parameter];
  const kept: Tensor[] = [];
  runBlock({ parameters: () => [a] }, () => {
    kept.push(keep(linear(randn([4, 8]), a).mean()));
    return (kept[0] as Tensor).mul(2);
  });
  backward((kept[0] as Tensor).mul(3));
  expect(a.grad).not.toBeNull();
  expect(() => backward(kept[0] as Tensor)).toThrow(/backward pass already/);
});

test("forward passes whose blocks keep something are forgotten with it", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const fields: Tensor[] = [];
  const pass = (): void => {
    let hidden = randn([2, 8]);
    for (const [i, w] of [a, b].entries()) {
      const before = hidden;
      hidden = runBlock({ parameters: () => [w] }, () => {
        fields[i]?.dispose(); // as V8 would some time after the field is another's
        const output = linear(before, w);
        fields[i] = keep(output.mean());
        return output;
      });
      before.dispose();
    }
    hidden.dispose();
  };
  for (let i = 0; i < 3; i++) pass();
  const live = numLiveTensors();
  for (let i = 0; i < 20; i++) pass();
  expect(numLiveTensors()).toBe(live);
});

test("a block in a block is part of it, whatever the outer one does beside with what the inner one is given", () => {
  const [a, b] = weights(2) as [Parameter, Parameter];
  const x = randn([4, 8]);
  const run = (inner: (body: () => Tensor) => Tensor): Tensor => {
    const half = linear(x, a).tanh();
    return inner(() => linear(half, b).tanh()).add(half);
  };
  backward(run((body) => body()).sum());
  const whole = [bits(a.grad), bits(b.grad)];
  a.grad = null;
  b.grad = null;
  const ready: Parameter[] = [];
  ownGradients([a, b], {
    gradientReady: (parameter) => ready.push(parameter),
    passEnded: () => undefined,
    passFailed: () => expect.fail("no pass fails"),
  });
  const outer = { parameters: () => [a] };
  runBlock(outer, () => run((body) => runBlock({ parameters: () => [b] }, body)))
    .sum()
    .backward();
  expect([bits(a.grad), bits(b.grad)]).toEqual(whole);
  expect(ready).toHaveLength(2);
});
