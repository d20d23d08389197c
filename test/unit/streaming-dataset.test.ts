// Streams of files: every row once an epoch, in the order of the seed, on a thread or not, and from any place on.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DataLoader, type DataLoaderOptions } from "../../dist/src/data/data-loader.js";
import {
  StreamingDataset,
  type StreamingOptions,
} from "../../dist/src/data/stream/streaming-dataset.js";
import type { ChatEncoder } from "../../dist/src/data/tokenize-content.js";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";
import { toldBy } from "../fixtures/told.js";

const TEMPLATE =
  "{% for m in messages %}{{ '<' + m.role + '>' }}{% if m.role == 'assistant' %}{% generation %}{{ m.content + eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}";
const tokenizer = await AutoTokenizer.fromPretrained(
  byteTokenizer(sharedFolder(), { config: { chat_template: TEMPLATE, pad_token: "</s>" } }),
);
/** The same without a thread. */
const inPlace: ChatEncoder = {
  encode: (text, how) => tokenizer.encode(text, how),
  decode: (ids) => tokenizer.decode(ids),
  applyChatTemplate: (messages, how) => tokenizer.applyChatTemplate(messages, how),
  padTokenId: tokenizer.padTokenId,
  eosTokenId: tokenizer.eosTokenId,
  vocabSize: tokenizer.vocabSize,
};

const folder = sharedFolder();
const NUM_ROWS = 90;
for (const shard of [0, 1, 2]) {
  const rows = Array.from({ length: NUM_ROWS / 3 }, (_, i) => {
    const row = 30 * shard + i;
    return JSON.stringify({
      messages: [
        { role: "user", content: `q${row}` },
        { role: "assistant", content: `a${row}`.repeat(1 + (row % 4)) },
      ],
    });
  });
  fs.writeFileSync(path.join(folder, `part-${shard}.jsonl`), ["no row", ...rows].join("\n"));
}
const options: StreamingOptions = { tokenizer, maxLength: 96, shuffleWindow: 16 };
const stream = (more: Partial<StreamingOptions> = {}) =>
  StreamingDataset.fromFiles(folder, { ...options, ...more });
const settings = { batchSize: 4, shuffle: true, seed: 3 };
const loaderOf = (more: Partial<DataLoaderOptions> = {}) =>
  new DataLoader({ dataset: stream(), ...settings, ...more });

/** Numbers of the questions in each batch. */
function questions(batches: Iterable<{ readonly inputIds: { toArray(): unknown } }>): string[][] {
  return Array.from(batches, ({ inputIds }) =>
    (inputIds.toArray() as bigint[][]).flatMap((row) => tokenizer.decode(row).match(/q\d+/g) ?? []),
  );
}

test("an epoch gives every row once, shuffled, in another order than the next, and the last few are left out", () => {
  const loader = loaderOf();
  const first = questions(loader);
  expect(first.length).toBe(Math.floor(NUM_ROWS / 4));
  expect(new Set(first.flat()).size).toBe(first.flat().length);
  expect(loader.state()).toMatchObject({ epoch: 1, position: 0 });
  const second = questions(loader);
  expect(second).not.toEqual(first);
  expect(questions(loaderOf())).toEqual(first);
  const whole = questions(loaderOf({ dropLast: false, shuffle: false }));
  expect(whole.flat()).toEqual(Array.from({ length: NUM_ROWS }, (_, row) => `q${row}`));
  expect((loader.options.dataset as StreamingDataset).report).toMatchObject({
    numBadRows: 3,
    numTruncated: 0,
  });
});

test.each([
  ["padded", false],
  ["packed", true],
])("%s batches of the thread are those made without one", (_, pack) => {
  const loaders = [tokenizer, inPlace].map((each) =>
    loaderOf({ dataset: stream({ pack, tokenizer: each }) }),
  ) as [DataLoader, DataLoader];
  const [ahead, own] = loaders.map((loader) => questions(loader.take(30)));
  expect(ahead).toEqual(own);
  const [lengths, ownLengths] = loaders.map((loader) =>
    Array.from(loader.take(3), ({ documents }) => documents?.lengths),
  );
  expect(lengths).toEqual(ownLengths);
  expect(lengths?.every((each) => (each !== undefined) === pack)).toBe(true);
  expect(Math.max(...(ahead as string[][]).map((batch) => batch.length))).toBeGreaterThan(
    pack ? 8 : 3,
  );
});

test.each([
  ["padded", false],
  ["packed", true],
])("a loader of %s rows goes on from any state with the same batches", (_, pack) => {
  const make = () => loaderOf({ dataset: stream({ pack, tokenizer: inPlace }) });
  const whole = questions(make().take(26));
  const loader = make();
  for (let step = 0; step < 24; step++) {
    const resumed = make();
    resumed.loadState(JSON.parse(JSON.stringify(loader.state())));
    expect(questions(resumed.take(2))).toEqual(whole.slice(step, step + 2));
    questions(loader.take(1));
  }
});

test("two ranks share the steps of one, the same number each", () => {
  const alone = questions(loaderOf({ batchSize: 4 }));
  const ranks = [0, 1].map((rank) =>
    questions(loaderOf({ batchSize: 2 }).distributed({ rank, worldSize: 2 })),
  );
  const [low = [], high = []] = ranks;
  expect(low.length).toBe(high.length);
  expect(low.map((rows, step) => [...rows, ...(high[step] ?? [])])).toEqual(alone);
});

test("rows held out are the same in every run and folder, others with another seed, and are not trained on", () => {
  const rowsOf = (dataset: StreamingDataset) =>
    questions(loaderOf({ dataset, batchSize: 1 }))
      .flat()
      .sort();
  const parts = stream().split(0.2, { seed: 1 });
  const [train, heldOut] = [rowsOf(parts.train), rowsOf(parts.heldOut)];
  const moved = scratchFolder();
  fs.cpSync(folder, moved, { recursive: true });
  const again = StreamingDataset.fromFiles(moved, options).split(0.2, { seed: 1 });
  expect(rowsOf(again.heldOut)).toEqual(heldOut);
  expect(rowsOf(stream().split(0.2, { seed: 2 }).heldOut)).not.toEqual(heldOut);
  expect(new Set([...train, ...heldOut]).size).toBe(NUM_ROWS);
  expect(train.length + heldOut.length).toBe(NUM_ROWS);
  expect(heldOut.length).toBeGreaterThan(8);
  expect(heldOut.length).toBeLessThan(30);
  expect(() => stream().split({ heldOut: 0.2 } as never)).toThrow(
    "split: heldOutFraction must be a number above 0 and below 1, got { heldOut: 0.2 }",
  );
  expect(() => stream().split(0.2, { sede: 1 } as never)).toThrow("did you mean seed?");
});

test("bad rows are told when the first is met, and once more at the end if there were others", () => {
  const dataset = stream({ shuffleWindow: 8 });
  const loader = loaderOf({ dataset, shuffle: false });
  const lines = toldBy(() => void questions(loader))
    .trimEnd()
    .split("\n");
  expect(lines[0]).toMatch(
    /^1 bad row is left out so far, first .*part-0.jsonl:1: is not valid JSON/,
  );
  expect(lines[1]).toMatch(/^3 bad rows are left out, first .*part-0.jsonl:1: /);
  expect(lines.length).toBe(2);
  expect(toldBy(() => void questions(loader))).toBe("");
});

test("a state is refused by a stream of other files or options, and what is wrong in the thread is told with where", () => {
  const { state } = { state: loaderOf().state() };
  expect(() => loaderOf({ dataset: stream({ maxLength: 95 }) }).loadState(state)).toThrow(
    "was saved with sequenceLength: 96",
  );
  expect(() => loaderOf({ dataset: stream({ shuffleWindow: 8 }) }).loadState(state)).toThrow(
    "resume with the same files, tokenizer and options",
  );
  const changing = path.join(scratchFolder(), "changing.jsonl");
  const write = (text: string) => fs.writeFileSync(changing, `{"text":"${text}"}\n`.repeat(8));
  const changingLoader = () => loaderOf({ dataset: StreamingDataset.fromFiles(changing, options) });
  write("aaa");
  const before = changingLoader().state();
  write("bbb");
  expect(() => changingLoader().loadState(before)).toThrow("resume with the same files");
  const file = path.join(scratchFolder(), "bad.jsonl");
  fs.writeFileSync(file, '{"question":"a"}\n');
  const bad = loaderOf({ dataset: StreamingDataset.fromFiles(file, options) });
  let thrown: Error | undefined;
  try {
    questions(bad);
  } catch (error) {
    thrown = error as Error;
  }
  expect(thrown?.message).toMatch(/bad.jsonl:1: its columns are question/);
  expect((thrown as { cause?: Error } | undefined)?.cause?.stack).toMatch(/StreamExamples/);
  fs.writeFileSync(file, '{"text":"abc"}\n{"text":"abcd"}\n');
  expect(questions(bad.take(0))).toEqual([]);
  expect(() => questions(bad)).toThrow(
    "the stream has 2 examples of 2 rows, fewer than one step takes: batchSize 4 on 1 ranks is 4",
  );
});

test("threads of loaders that are left behind serve others, and each goes on where it was", () => {
  const left = Array.from({ length: 5 }, () => loaderOf());
  const given = left.map((loader) => questions(loader.take(1)));
  expect(new Set(given.map(String)).size).toBe(1);
  const next = left.map((loader) => questions(loader.take(1)));
  expect(new Set(next.map(String)).size).toBe(1);
  expect(next[0]).not.toEqual(given[0]);
});
