// A conversation with a model: what the model reads, what stays of it, and that training beside it goes on as without it.
import path from "node:path";
import {
  AdamW,
  AutoTokenizer,
  addAdapter,
  chat,
  GPT2LMHeadModel,
  isGradEnabled,
  manualSeed,
  numLiveTensors,
  sample,
  scope,
  stream,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const TEMPLATE =
  "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
const folder = byteTokenizer(path.join(sharedFolder(), "tokenizer"), {
  config: { chat_template: TEMPLATE },
});
const tokenizer = await AutoTokenizer.fromPretrained(folder);
const makeModel = () =>
  new GPT2LMHeadModel({
    ...{ vocabSize: tokenizer.vocabSize, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 },
    ...{ maxPositionEmbeddings: 256, initializerRange: 0.4, eosTokenId: null, padTokenId: null },
  });
const OPTIONS = { maxNewTokens: 20, eosTokenId: null, temperature: 0 };

/** Twenty losses with dropout; between two steps others have their turn. */
async function losses(model: GPT2LMHeadModel): Promise<number[]> {
  manualSeed(3);
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  const inputIds = tensor([[5, 6, 7, 8, 9, 10]]);
  const all: number[] = [];
  for (let step = 0; step < 20; step++) {
    {
      using _ = scope();
      expect([isGradEnabled(), ...new Set([...model.modules()].map((m) => m.training))]).toEqual([
        true,
        true,
      ]);
      const { loss } = model.forward({ inputIds, labels: inputIds });
      loss.backward();
      optimizer.step();
      optimizer.zeroGrad();
      all.push(loss.item());
      await new Promise(setImmediate);
    }
  }
  return all;
}

const plain = {
  encode: (text: string) => tokenizer.encode(text),
  decode: (ids: readonly number[]) => tokenizer.decode(ids),
};

test("a conversation is streamed as its chat template has it, as chat() answers it", async () => {
  const model = makeModel().eval();
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hello?" },
  ];
  const options = { tokenizer, ...OPTIONS };
  const all = async (prompt: Parameters<typeof stream>[1]) => {
    let whole = "";
    for await (const piece of stream(model, prompt, options)) whole += piece;
    return whole;
  };
  const answer = await all(messages);
  expect(answer).toBe(await all("<system>Be brief.<user>Hello?<assistant>"));
  expect(answer).not.toBe(await all("Hello?"));
  expect(await chat(model, tokenizer, { ...OPTIONS, system: "Be brief." }).say("Hello?")).toBe(
    answer.trimStart(),
  );
  expect(() => stream(model, messages, { ...options, tokenizer: plain })).toThrow(
    "stream: tokenizer must be a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it",
  );
});

test("a model in training says once that dropout changes what it writes, and only then", async () => {
  const warnings: string[] = [];
  const listen = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
  const told = () => new Promise<readonly string[]>((resolve) => setImmediate(resolve, warnings));
  process.on("warning", listen);
  const model = makeModel().train();
  sample(model, tokenizer, ["Hello"], OPTIONS); // dropout does nothing
  makeModel().eval().generate([1, 2], OPTIONS);
  const dry = new GPT2LMHeadModel({ ...model.config, residPdrop: 0, embdPdrop: 0, attnPdrop: 0 });
  dry.train().generate([1, 2], OPTIONS);
  expect(await told()).toEqual([]);
  model.generate([1, 2], OPTIONS);
  await model.stream([1, 2], { ...OPTIONS, tokenizer }).print();
  const attentive = new GPT2LMHeadModel({ ...dry.config, attnPdrop: 0.1 });
  attentive.train().generate([1, 2], OPTIONS);
  addAdapter(dry, "a", { loraDropout: 0.1 });
  dry.generate([1, 2], OPTIONS);
  expect(await told()).toEqual(
    [1, 2, 3].map(
      () =>
        "DropoutWarning: generate: the GPT2LMHeadModel is in train() mode, so dropout changes what it writes, as in transformers; call model.eval() before, or take sample() or chat(), which leave dropout out meanwhile",
    ),
  );
  process.off("warning", listen);
});

test("an answer is what the model says to the conversation in the chat template", async () => {
  const model = makeModel().eval();
  const conversation = chat(model, tokenizer, { ...OPTIONS, system: "be brief" });
  const first = await conversation.say("hello <b>");
  const heard = tokenizer.encode("<system>be brief<user>hello <b><assistant>", {
    addSpecialTokens: false,
  });
  const pieces: string[] = [];
  for await (const piece of stream(model, heard, { ...OPTIONS, tokenizer })) pieces.push(piece);
  expect(first).toBe(pieces.join("").trimStart());
  const second = await conversation.say("more");
  expect(conversation.messages).toEqual([
    { role: "user", content: "hello <b>" },
    { role: "assistant", content: first },
    { role: "user", content: "more" },
    { role: "assistant", content: second },
  ]);
  conversation.clear();
  expect(conversation.messages).toEqual([]);
  expect(await conversation.say("hello <b>")).toBe(first);
});

test("training whose loop lets others have their turn learns the same beside a conversation", async () => {
  const alone = await losses(makeModel());
  const model = makeModel();
  const answer = chat(model, tokenizer, OPTIONS).say("hello");
  expect(await losses(model)).toEqual(alone);
  expect((await answer).length).toBeGreaterThan(0);
});

test("an answer that is stopped stays as far as it is, one that is cleared does not, and both free their cache", async () => {
  const model = makeModel();
  const conversation = chat(model, tokenizer, { ...OPTIONS, maxNewTokens: 200 });
  const before = numLiveTensors();
  const stopped = conversation.say("hello");
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(conversation.say("again")).rejects.toThrow(/an answer is being written/);
  conversation.stop();
  const text = await stopped;
  expect(conversation.messages.at(-1)).toEqual({ role: "assistant", content: text });
  const cleared = conversation.say("more");
  conversation.clear();
  expect((await cleared).length).toBeLessThan(text.length + 100); // it ends then
  expect(conversation.messages).toEqual([]);
  expect(numLiveTensors()).toBeLessThanOrEqual(before);
  expect(model.training).toBe(true);
});

test("an answer that cannot be written is told, and the conversation goes on", async () => {
  const conversation = chat(makeModel(), tokenizer, OPTIONS);
  await expect(conversation.say("long ".repeat(80))).rejects.toThrow(/the model has 256 positions/);
  conversation.clear();
  expect((await conversation.say("hello")).length).toBeGreaterThan(0);
});
