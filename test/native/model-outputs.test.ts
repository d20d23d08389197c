// What comes out beside a loss: logits with a gradient, of the weights that made the loss.
import {
  crossEntropy,
  GPT2LMHeadModel,
  KVCache,
  Linear,
  LlamaForCausalLM,
  noGrad,
  SGD,
  scoped,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";

const sizes = { vocabSize: 40, hiddenSize: 16, numHiddenLayers: 2, numAttentionHeads: 2 };
const MODELS = {
  llama: () => new LlamaForCausalLM({ ...sizes, intermediateSize: 32 }, { seed: 3 }),
  gpt2: () => new GPT2LMHeadModel(sizes, { seed: 3 }).eval(),
};
const ids = tensor([[1, 5, 9, 2]]);

test.each(["llama", "gpt2"] as const)(
  "%s: a term on logits beside the loss has its gradient",
  (family) => {
    const model = MODELS[family]();
    const gradientsOf = (withLabels: boolean): string => {
      model.zeroGrad();
      const { logits, loss } = model.forward(
        withLabels ? { inputIds: ids, labels: ids } : { inputIds: ids },
      );
      const term = logits.pow(2).mean();
      (loss === undefined ? term : term.add(loss.mul(0))).backward();
      return JSON.stringify(model.parameters().map((p) => p.grad?.toArray()));
    };
    expect(JSON.parse(gradientsOf(true)).flat(3).length).toBeGreaterThan(0);
    const [beside, alone] = [gradientsOf(true), gradientsOf(false)].map(
      (text) => (JSON.parse(text) as unknown[]).flat(3) as number[],
    );
    for (const [i, wanted] of (alone as number[]).entries())
      expect(Math.abs(((beside as number[])[i] as number) - wanted)).toBeLessThan(1e-6);
  },
);

test.each(["llama", "gpt2"] as const)(
  "%s: logits outlive noGrad() and scoped(), and equal those without labels",
  (family) => {
    const model = MODELS[family]();
    const wanted = noGrad(() => model.forward({ inputIds: ids })).logits.toArray();
    for (const run of [noGrad, scoped] as const) {
      const { logits, loss } = run(() => model.forward({ inputIds: ids, labels: ids }));
      expect(loss.item()).toBeGreaterThan(0);
      expect(logits.detach().toArray()).toEqual(wanted);
    }
  },
);

test("logits that are first read under noGrad have their gradient, those of a pass without gradients have none", () => {
  const model = MODELS.llama();
  const gradient = (read: (output: { readonly logits: Tensor }) => Tensor): unknown => {
    model.zeroGrad();
    const output = model.forward({ inputIds: ids, labels: ids });
    read(output).pow(2).mean().backward();
    return model.parameters().map(({ grad }) => grad?.tolist());
  };
  expect(gradient((output) => noGrad(() => output.logits))).toEqual(
    gradient(({ logits }) => logits),
  );
  const output = noGrad(() => model.forward({ inputIds: ids, labels: ids }));
  expect(output.logits.requiresGrad).toBe(false);
});

test("logits are there again after the scope that read them first", () => {
  const model = MODELS.llama();
  const output = model.forward({ inputIds: ids, labels: ids });
  const first = scoped(() => output.logits.toArray());
  expect(output.logits.toArray()).toEqual(first);
});

test("a head that computes in its own way is asked for its logits", () => {
  class Halved extends Linear {
    override forward(x: Tensor): Tensor {
      return super.forward(x).mul(0.5);
    }
  }
  const model = MODELS.llama();
  model.replaceModule("lm_head", new Halved(16, 40, { bias: false }));
  const { loss, logits: beside } = model.forward({ inputIds: ids, labels: ids });
  const { logits } = model.forward({ inputIds: ids });
  expect(beside.equal(logits)).toBe(true);
  const wanted = crossEntropy(logits.slice(1, 0, -1).flatten(0, 1), ids.slice(1, 1).view(-1));
  expect(Math.abs(loss.item() - wanted.item())).toBeLessThan(1e-6);
});

test("GPT-2's logits of weights that have changed since are refused", () => {
  const model = MODELS.gpt2();
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  const read = model.forward({ inputIds: ids, labels: ids });
  const before = read.logits.detach().toArray();
  const unread = model.forward({ inputIds: ids, labels: ids });
  read.loss.backward();
  optimizer.step();
  expect(read.logits.detach().toArray()).toEqual(before);
  expect(() => unread.logits).toThrow(
    /weights have changed since; read output\.logits before optimizer\.step/,
  );
});

test("ids of int32, as tokenizers give them, are as good as int64", () => {
  const model = MODELS.llama();
  const { loss } = model.forward({ inputIds: ids.int(), labels: ids.int() });
  expect(loss.item()).toBe(model.forward({ inputIds: ids, labels: ids }).loss.item());
});

test("a KV cache of another model, and one that was disposed, are refused", () => {
  const cache = new KVCache(8);
  const pass = (model: LlamaForCausalLM) =>
    noGrad(() => model.forward({ inputIds: ids.narrow(1, 0, 1), cache }));
  const one = new LlamaForCausalLM({ ...sizes, intermediateSize: 32, numHiddenLayers: 1 });
  pass(one);
  expect(() => pass(MODELS.llama())).toThrow(/filled by a model of 1 layers/);
  expect(() => cache.advance(-5)).toThrow(/numTokens must be a whole number/);
  cache[Symbol.dispose]();
  expect(() => pass(one)).toThrow(/was disposed/);
});
