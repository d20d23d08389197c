// What a module offers over its tree, against PyTorch: names, buffers, states, conversions, replaced parts.
import {
  BatchNorm1d,
  Linear,
  Module,
  ones,
  Parameter,
  ReLU,
  Sequential,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

class Net extends Module {
  readonly body = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new ReLU());
  readonly scales = [new Parameter(ones([2])), new Parameter(zeros([1]))];
  readonly heads = { a: new Linear(4, 1), b: new Linear(4, 2) };
  readonly byName = new Map([["c", new Linear(2, 2)]]);
  readonly meanSeen = zeros([4]);
  forward(x: Tensor): Tensor {
    return this.heads.a.forward(this.body.forward(x));
  }
}

const TORCH_NET = `
import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.body = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU())
        self.heads = torch.nn.ModuleDict({"a": torch.nn.Linear(4, 1), "b": torch.nn.Linear(4, 2)})
        self.scales = torch.nn.ParameterList([torch.ones(2), torch.zeros(1)])
net = Net()
`;

test("a state has PyTorch's names and shapes for lists, dictionaries and buffers", () => {
  const theirs = python(
    `${TORCH_NET}\nprint(json.dumps({k: list(v.shape) for k, v in net.state_dict().items()}))`,
  ) as Record<string, number[]>;
  const state = new Net().stateDict();
  const ours = Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape]));
  expect(ours).toMatchObject(theirs);
  const own = Object.keys(ours).filter((name) => !(name in theirs));
  expect(own.sort()).toEqual(["by_name.c.bias", "by_name.c.weight", "mean_seen"]);
});

test("parameters in lists, objects and maps are trained; buffers are not", () => {
  const net = new Net();
  const names = [...net.namedParameters()].map(([name]) => name);
  expect(names).toContain("scales.1");
  expect(names).toContain("heads.b.bias");
  expect(names).toContain("by_name.c.weight");
  expect([...net.namedBuffers()].map(([name]) => name)).toEqual([
    "mean_seen",
    "body.1.running_mean",
    "body.1.running_var",
    "body.1.num_batches_tracked",
  ]);
  expect(net.buffers().length).toBe(4);
  expect(
    net
      .requiresGrad_(false)
      .parameters()
      .some(({ requiresGrad }) => requiresGrad),
  ).toBe(false);
});

test("a state taken from one module makes another the same, and nothing changes when it does not fit", () => {
  const [first, second] = [new Net(), new Net()];
  const x = tensor([
    [1, 2, 3.5],
    [4, 5, 7],
  ]);
  first.forward(x); // running statistics too
  first.eval();
  second.eval();
  const { missingKeys } = second.loadStateDict(first.stateDict());
  expect(missingKeys).toEqual([]);
  expect(second.forward(x).toArray()).toEqual(first.forward(x).toArray());
  const state = {
    ...second.stateDict(),
    "heads.a.weight": zeros([1, 4]),
    "heads.b.bias": zeros([3]),
  };
  expect(() => second.loadStateDict(state)).toThrow(
    /heads\.b\.bias is \[3\], the module's is \[2\]/,
  );
  expect(second.forward(x).toArray()).toEqual(first.forward(x).toArray());
  const { mean_seen, ...rest } = first.stateDict();
  expect(() => second.loadStateDict({ ...rest, extra: x })).toThrow(
    /missing: mean_seen .*\n {2}left over: extra/,
  );
  expect(second.loadStateDict({ ...rest, extra: x }, { strict: false })).toEqual({
    missingKeys: ["mean_seen"],
    unexpectedKeys: ["extra"],
  });
});

test("to() converts parameters and buffers of floating point in place; whole numbers stay", () => {
  const net = new Net();
  const { weight } = net.heads.a;
  const buffer = net.meanSeen;
  net.to("bfloat16");
  expect([weight.dtype, buffer.dtype]).toEqual(["bfloat16", "bfloat16"]);
  expect(net.stateDict()["body.1.num_batches_tracked"]?.dtype).toBe("int64");
  expect(net.heads.a.weight).toBe(weight);
  expect(weight.requiresGrad).toBe(true);
  expect(buffer.requiresGrad).toBe(false);
});

test("replaceModule exchanges a module wherever it stands", () => {
  const net = new Net();
  for (const name of ["body.0", "heads.b", "by_name.c"]) {
    const other = new Linear(7, 5, { bias: false });
    net.replaceModule(name, other);
    expect(Object.fromEntries(net.namedModules())[name]).toBe(other);
  }
  expect(net.stateDict()["by_name.c.weight"]?.shape).toEqual([5, 7]);
  expect(() => net.replaceModule("body.7", new ReLU())).toThrow(/there is no module body\.7/);
});

test("a module that contains itself is an error with the remedy, not an endless loop", () => {
  class Child extends Module {
    parent: Module | undefined;
  }
  class Parent extends Module {
    readonly child = new Child();
  }
  const parent = new Parent();
  parent.child.parent = parent;
  expect(() => parent.parameters()).toThrow(
    /Parent contains itself as child\.parent.*private field/,
  );
});

test("a plain tensor in the place of a parameter is refused, before and after the module was asked for its names", () => {
  const linear = new Linear(2, 3);
  const assign = (target: object, value: object) => () => void Object.assign(target, value);
  expect(assign(linear, { weight: zeros([3, 2]) })).toThrow(
    "Linear.weight must be a Parameter or null, got a Tensor float32[3, 2]; a tensor becomes one by new Parameter(x)",
  );
  const net = new (class Scaled extends Module {
    readonly scale = new Parameter(ones([2]));
  })();
  expect([...net.namedParameters()].map(([name]) => name)).toEqual(["scale"]);
  expect(assign(net, { scale: ones([2]) })).toThrow(/^Scaled\.scale must be a Parameter/);
  const tied = new Parameter(zeros([3, 2]));
  assign(linear, { weight: tied, bias: null })();
  expect(linear.parameters().map((parameter) => parameter === tied)).toEqual([true]);
  expect(linear.forward(ones(1, 2)).toArray()).toEqual([[0, 0, 0]]);
});

test("modules take a device and a dtype", () => {
  expect(new Linear(2, 3).to("cpu", "bfloat16").weight.dtype).toBe("bfloat16");
});

test("a module that is converted between forward and backward refuses the pass instead of losing its gradients", () => {
  const layer = new Linear(3, 2);
  const loss = layer.forward(ones([1, 3])).sum();
  layer.to("bfloat16");
  expect(() => loss.backward()).toThrow(
    /^backward: a tensor of shape \[2(, 3)?\] was moved or converted after the forward pass \(float32 on cpu to bfloat16 on cpu\), and its gradient would be lost; call to\(\) before the forward pass/,
  );
  layer
    .forward(ones([1, 3]).to("bfloat16"))
    .sum()
    .backward();
  expect(layer.weight.grad?.dtype).toBe("bfloat16");
});

test("a module's gradients are converted with it, as in PyTorch", () => {
  const theirs = python(`
import torch
layer = torch.nn.Linear(3, 2)
layer(torch.ones(1, 3)).sum().backward()
layer.to(torch.bfloat16)
print(json.dumps([str(layer.weight.grad.dtype), layer.weight.grad.tolist()]))`);
  const layer = new Linear(3, 2);
  layer
    .forward(tensor([[1, 1, 1]], { dtype: "float32" }))
    .sum()
    .backward();
  layer.to("bfloat16");
  const { grad } = layer.weight;
  expect([`torch.${grad?.dtype}`, grad?.toArray()]).toEqual(theirs);
});
