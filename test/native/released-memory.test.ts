// What a chunk refuses: uses of memory that was given back, and making and gathering it wrongly.
import {
  AdamW,
  empty,
  Linear,
  noGrad,
  ops,
  type Parameter,
  randn,
  type Tensor,
  tensor,
} from "notebooster";
import { Chunk } from "notebooster/parallel";
import { expect, test } from "vitest";

function messageOf(use: () => unknown): string {
  try {
    use();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const weight = "model.up.weight has no memory now: its chunk was released";
const ANY_PART =
  /^a parameter of layer \(model\.up\.weight, model\.up\.bias\) has no memory now: its chunk was released/;

test("chunk.gather refuses memory that is too small, a part, another chunk's or elsewhere", () => {
  const chunk = new Chunk("a", new Linear(8, 8).namedParameters());
  const other = new Chunk("b", new Linear(80, 80).namedParameters());
  chunk.release();
  const whole = empty([999]);
  const gatherInto = (slot: Tensor) => () => chunk.gather(() => undefined, { memory: slot });
  for (const slot of [empty([3]), whole.slice(0, 0, 9), empty([999], { device: "meta" })]) {
    expect(gatherInto(slot)).toThrow(
      /^a chunk of 288 bytes on cpu can use the memory of a whole tensor of at least that size there, got float32/,
    );
  }
  const [slot, view] = [empty([999]), whole.detach()];
  other.release();
  other.gather((flat) => flat.zero_(), { memory: empty([9999]) });
  for (const used of [whole, view, other.flat])
    expect(gatherInto(used)).toThrow(
      /^a chunk can use memory that nothing else does: float32\[\d+\] has views, or its memory is a chunk's already/,
    );
  gatherInto(slot)();
  other.release();
  expect(() => other.gather(() => undefined, { memory: slot })).toThrow(/of a whole tensor/);
  expect(chunk.isReleased).toBe(false);
});

test("using a released parameter is an error that names it", () => {
  const layer = new Linear(32, 64);
  const chunk = new Chunk("layer", layer.namedParameters("model.up"));
  const [w, x] = [layer.weight, randn([2, 32])];
  const loss = layer
    .forward(randn([2, 32], { requiresGrad: true }))
    .square()
    .sum();
  chunk.release();
  const uses: Record<string, () => unknown> = {
    item: () => w.at(0, 0).item(),
    toArray: () => w.toArray(),
    toBytes: () => w.toBytes(),
    print: () => String(w),
    linear: () => layer.forward(x),
    matmul: () => x.matmul(w.T),
    add: () => w.add(1),
    add_: () => noGrad(() => w.add_(1)),
    copy_: () => noGrad(() => w.copy_(randn([64, 32]))),
    "copy from": () => randn([64, 32]).copy_(w),
    clone: () => w.clone(),
    sum: () => w.sum(),
    to: () => w.to("bfloat16"),
    cat: () => ops.aten.cat([w, w]),
    sort: () => w.sort(),
    indexSelect: () => w.indexSelect(0, tensor([0])),
    masked: () => w.maskedSelect(w.detach().gt(0)),
    embedding: () => ops.aten.embedding(w, tensor([1, 2])),
    where: () => w.where(tensor(true), 0),
    conv: () => ops.aten.conv1d(randn([1, 32, 4]), w.unsqueeze(-1)),
    swiglu: () => ops.notebooster.swiglu(w, w),
    rms_norm: () => ops.notebooster.rms_norm(randn([3, 32]), w.at(0), 1e-6),
    layer_norm: () => ops.aten.layer_norm(w, [32]),
    l2_norm: () => ops.notebooster.l2_norm_and_overflow([w]),
    fill: () => noGrad(() => w.zero_()),
    normal: () => noGrad(() => w.normal_()),
    setAt: () => noGrad(() => w.setAt([0], 1)),
    equal: () => ops.aten.equal(w, w),
    cumsum: () => w.cumsum(0),
    topk: () => w.topk(2),
    svd: () => ops.aten.linalg_norm(w),
  };
  const named = Object.entries(uses).map(([name, use]) => [name, messageOf(use)]);
  expect(named).toEqual(named.map(([name]) => [name, expect.stringContaining(weight)]));
  expect(messageOf(() => loss.backward())).toMatch(ANY_PART);
  expect(messageOf(() => new AdamW(layer.parameters()).step())).toBe("");
  chunk.gather((flat) => flat.zero_());
  expect(w.sum().item()).toBe(0);
});

test("memory that may go away has no view in JavaScript", () => {
  const layer = new Linear(4, 4);
  const chunk = new Chunk("layer", layer.namedParameters("up"));
  expect(() => layer.weight.hostView()).toThrow(
    "hostView(): the memory of up.weight belongs to a chunk, which may give it back",
  );
  expect(() => chunk.flat.hostView()).toThrow(/the memory of \w+.weight belongs to a chunk/);
});

test("numbers that arrive in part are given up", () => {
  const chunk = new Chunk("layer", new Linear(2, 2).namedParameters());
  chunk.release();
  const write = (): never => {
    throw new Error("no disk");
  };
  expect(() => chunk.gather(write)).toThrow("no disk");
  expect(chunk.isReleased).toBe(true);
  expect(() => chunk.flat.sum()).toThrow(/weight has no memory now/);
});

test("new Chunk refuses parameters of several kinds, none, and tensors that are none", () => {
  const [wide, narrow] = [new Linear(2, 2), new Linear(2, 2).to("bfloat16")];
  const named = [...wide.namedParameters("a"), ...narrow.namedParameters("b")];
  expect(() => new Chunk("x", named)).toThrow(
    "parameters must be of one dtype on one device, got float32 on cpu and bfloat16 on cpu; make a chunk for each kind",
  );
  expect(() => new Chunk("x", [])).toThrow(/got none/);
  expect(() => new Chunk("x", [["w", randn([2]) as Parameter]])).toThrow(
    /x: w must be a Parameter|w must be a Parameter/,
  );
  expect(() => new Chunk("x", [...wide.namedParameters(), ...wide.namedParameters()])).toThrow(
    "new Chunk: weight is given twice",
  );
  expect(wide.weight.hostView()).toHaveLength(4);
});
