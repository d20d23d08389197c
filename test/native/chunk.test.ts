// Parameters whose memory is given back while graphs that saved them live.
import {
  Embedding,
  empty,
  GPT2LMHeadModel,
  LayerNorm,
  Linear,
  LlamaForCausalLM,
  type Model,
  Module,
  memory,
  noGrad,
  type Parameter,
  randn,
  type Tensor,
} from "notebooster";
import { Chunk } from "notebooster/parallel";
import { expect, test } from "vitest";
import { native } from "../../src/native/native.js";
import { batch } from "../fixtures/beside-transformers.js";

const MIB = 2 ** 20;
const SIZES = { vocabSize: 211, hiddenSize: 48, numHiddenLayers: 3, numAttentionHeads: 6 };
const LLAMA = { ...SIZES, intermediateSize: 96 };

class Net extends Module {
  readonly table = new Embedding(20, 32);
  readonly norm = new LayerNorm(32);
  readonly up = new Linear(32, 64);
  readonly down = new Linear(64, 20);
  forward({ inputIds }: { readonly inputIds: Tensor }): { readonly loss: Tensor } {
    const hidden = this.norm.forward(this.table.forward(inputIds.remainder(20)));
    return { loss: this.down.forward(this.up.forward(hidden).relu()).square().mean() };
  }
}

const checkpointed = (): LlamaForCausalLM => {
  const model = new LlamaForCausalLM(LLAMA);
  model.gradientCheckpointingEnable();
  return model;
};
const MODELS: Record<string, () => Trained> = {
  "LLaMA with tied weights": () => new LlamaForCausalLM({ ...LLAMA, tieWordEmbeddings: true }),
  "LLaMA that computes its layers again": checkpointed,
  "GPT-2": () => new GPT2LMHeadModel({ ...SIZES, embdPdrop: 0, attnPdrop: 0, residPdrop: 0 }),
  "a module of one's own": () => new Net(),
};
type Trained = (LlamaForCausalLM | GPT2LMHeadModel | Net) & {
  forward(input: ReturnType<typeof batch>): { readonly loss: Tensor };
};

/** A chunk for each block, or one for all; a tied weight is in the first of its blocks. */
function chunksOf(model: Module): Chunk[] {
  const names = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
  const blocks = (model as unknown as Partial<Model<never, never, never>>).blocks ?? [
    { name: "net", parameters: () => model.parameters() },
  ];
  const taken = new Set<Parameter>();
  return blocks.map((block) => {
    const own = block.parameters().filter((each) => !taken.has(each));
    for (const each of own) taken.add(each);
    return new Chunk(
      block.name,
      own.map((each) => [names.get(each) as string, each]),
    );
  });
}

/** Where the chunk's memory is; 0 when it has none. */
const addressOf = ({ flat }: Chunk): number =>
  native.liveTensors().find(({ handle }) => handle === flat.handle)?.storage ?? Number.NaN;

const gradients = (model: Module): string[] =>
  model.parameters().map(({ grad }) => Buffer.from(grad?.toBytes() ?? []).toString("hex"));

test.each(Object.entries(MODELS))("%s: gradients are the same bits", (_, make) => {
  const plain = make();
  if (plain instanceof Net)
    noGrad(() => {
      for (const each of plain.parameters()) each.normal_(0, 0.1);
    });
  plain.forward(batch(0)).loss.backward();
  const model = make();
  noGrad(() => {
    const numbers = plain.parameters();
    for (const [i, each] of model.parameters().entries()) each.copy_(numbers[i] as Tensor);
  });
  const chunks = chunksOf(model);
  const { loss } = model.forward(batch(0));
  const copies = chunks.map(({ flat }) => flat.clone());
  const addresses = chunks.map(addressOf);
  for (const chunk of chunks) chunk.release();
  const occupied = chunks.map(({ flat }) => empty(flat.shape));
  for (const [i, chunk] of chunks.entries())
    chunk.gather((flat) => flat.copy_(copies[i] as Tensor));
  expect(chunks.map(addressOf)).not.toEqual(addresses);
  loss.backward();
  expect(gradients(model)).toEqual(gradients(plain));
  expect(occupied).toHaveLength(chunks.length);
});

test("a chunk that was released gives its memory back to the system", () => {
  const layer = new Linear(8192, 8192, { bias: false }); // 256 MiB, a mapping of its own
  const chunk = new Chunk("layer", layer.namedParameters());
  const x = randn([1, 8192]);
  const loss = layer.forward(x).square().sum();
  const before = memory().host;
  chunk.release();
  const released = memory().host;
  expect(before.residentBytes - released.residentBytes).toBeGreaterThan(200 * MIB); // V8 may have grown
  expect(before.tensorBytes - released.tensorBytes).toBe(256 * MIB);
  expect(addressOf(chunk)).toBe(0);
  chunk.gather((flat) => flat.zero_());
  expect(memory().host.tensorBytes).toBe(before.tensorBytes);
  loss.backward();
  expect(layer.weight.grad?.abs().sum().item()).toBeGreaterThan(0);
});

test("a chunk uses the memory that it is lent, which lives as long", () => {
  const layer = new Linear(64, 64);
  const chunk = new Chunk("layer", layer.namedParameters());
  const slot = empty([chunk.flat.numel + 100]);
  const [numbers, x] = [chunk.flat.clone(), randn([2, 64])];
  const y = layer.forward(x).toBytes();
  chunk.release();
  chunk.gather((flat) => flat.copy_(numbers), { memory: slot });
  const held = native.liveTensors().find(({ handle }) => handle === slot.handle)?.storage;
  expect(addressOf(chunk)).toBe(held);
  slot.dispose();
  expect(layer.forward(x).toBytes()).toEqual(y);
});

test("one parameter of a chunk is updated while a graph of another lives", () => {
  const [first, second] = [new Linear(4, 4), new Linear(4, 4)];
  const named = [...first.namedParameters("first"), ...second.namedParameters("second")];
  const chunk = new Chunk("both", named);
  const loss = first
    .forward(randn([2, 4]).requiresGrad_())
    .square()
    .sum();
  noGrad(() => second.weight.add_(1));
  chunk.flat.mul(1);
  loss.backward();
  const again = first
    .forward(randn([2, 4]).requiresGrad_())
    .square()
    .sum();
  noGrad(() => first.weight.add_(1));
  expect(() => again.backward()).toThrow(/modified by an inplace operation/);
});

test("a parameter of a chunk keeps object, gradient and count of writes, and is its own again after dissolve", () => {
  const layer = new Linear(3, 2);
  layer
    .forward(randn([1, 3]))
    .sum()
    .backward();
  const [numbers, gradient] = [layer.weight.toBytes(), layer.weight.grad?.toBytes()];
  const chunk = new Chunk("layer", layer.namedParameters());
  expect(() => layer.to("bfloat16")).toThrow(
    "moving or converting: the memory of weight belongs to a chunk, which may give it back",
  );
  expect(() => new Chunk("again", layer.namedParameters())).toThrow(
    "new Chunk: weight is in a chunk already; dissolve that one first",
  );
  chunk.release();
  expect(() => chunk.dissolve()).toThrow(/weight has no memory now/);
  chunk.gather((flat) => flat.fill_(2));
  chunk.dissolve();
  expect(layer.weight.grad?.toBytes()).toEqual(gradient);
  expect(layer.weight.toBytes()).not.toEqual(numbers);
  layer.to("bfloat16");
  expect(layer.weight.sum().item()).toBe(12);
});
