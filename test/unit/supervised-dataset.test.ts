// From a file of conversations to batches: formats, rows that cannot be used, what is cut, and where a loader goes on.

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DataLoader } from "../../dist/src/data/data-loader.js";
import { SupervisedDataset } from "../../dist/src/data/supervised-dataset.js";
import type { Tensor } from "../../dist/src/tensor/tensor.js";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const TEMPLATE =
  "{% for m in messages %}{{ '<' + m.role + '>' }}{% if m.role == 'assistant' %}{% generation %}{{ m.content + eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}";
const folder = byteTokenizer(sharedFolder(), {
  config: { chat_template: TEMPLATE, pad_token: "</s>" },
});
const tokenizer = await AutoTokenizer.fromPretrained(folder);
const options = { tokenizer, maxLength: 64 };
const EOS = tokenizer.eosTokenId as number;

function write(name: string, lines: readonly string[]): string {
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, lines.join("\n"));
  return file;
}

function turns(question: string, answer: string): object {
  return {
    messages: [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ],
  };
}

/** What of a dataset's rows is trained on, as text. */
function learnt(dataset: SupervisedDataset): string[] {
  return Array.from({ length: dataset.length }, (_, row) =>
    tokenizer.decode(dataset.example(row).labels.filter((label) => label !== -100)),
  );
}

test("bad rows are left out and told with file and line", () => {
  const file = write("chat.jsonl", [
    JSON.stringify(turns("a", "first")),
    "{ not json",
    "",
    JSON.stringify({ messages: [{ role: "user" }, 3] }),
    "[]",
    JSON.stringify(turns("b", "größer 😀")),
    `{"messages": "${String.fromCharCode(0)}"}`,
  ]);
  fs.appendFileSync(file, Buffer.from([0x0a, 0xff, 0xfe, 0x0a]));
  const dataset = SupervisedDataset.fromFile(file, options);
  expect(learnt(dataset)).toEqual(["first</s>", "größer 😀</s>"]);
  const { badRows, numBadRows, numRows } = dataset.report;
  expect([numRows, numBadRows, badRows.map(({ line }) => line)]).toEqual([7, 5, [2, 4, 5, 7, 8]]);
  expect(badRows[4]).toEqual({ file, line: 8, problem: "is not UTF-8 text" });
  expect(String(dataset)).toContain(`${file}:2: is not valid JSON`);
});

test("bad rows are written to a file with where they stood, and too many are an error", () => {
  const good = JSON.stringify(turns("a", "b"));
  const file = write("some.jsonl", ["{broken", good, '{"messages":[]}', good]);
  const badRowsFile = path.join(scratchFolder(), "bad.jsonl");
  expect(SupervisedDataset.fromFile(file, { ...options, badRowsFile }).length).toBe(2);
  const lines = fs.readFileSync(badRowsFile, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { file, line: 1, problem: expect.stringMatching("is not valid JSON"), row: "{broken" },
    { file, line: 3, problem: expect.stringMatching("messages must be"), row: { messages: [] } },
  ]);
  expect(() => SupervisedDataset.fromFile(file, { ...options, maxBadRows: 1 })).toThrow(
    /^2 rows cannot be used, more than maxBadRows 1 allows: .*some.jsonl:1: is not valid JSON/,
  );
  expect(() =>
    SupervisedDataset.fromFile(file, { ...options, badRowsFile: path.join(badRowsFile, "x") }),
  ).toThrow("bad rows cannot be written there (ENOTDIR)");
});

test("messages, ShareGPT, Alpaca and prompt with completion give the same rows; columns may have other names", () => {
  const forms: readonly (readonly [object, object?])[] = [
    [turns("say\n\nit", "so")],
    [
      {
        conversations: [
          { from: "human", value: "say\n\nit" },
          { from: "gpt", value: "so" },
        ],
      },
    ],
    [{ instruction: "say", input: "it", output: "so" }],
    [
      {
        prompt: [{ role: "user", content: "say\n\nit" }],
        completion: [{ role: "assistant", content: "so" }],
      },
    ],
    [
      { q: "say\n\nit", dialog: turns("say\n\nit", "so")["messages" as never], text: "x" },
      { columns: { messages: "dialog" } },
    ],
  ];
  const rows = forms.map(([row, more]) =>
    SupervisedDataset.fromRows([row as Record<string, unknown>], { ...options, ...more }).example(
      0,
    ),
  );
  expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(1);
  const row = { prompt: "2+2=", completion: "4" };
  const completion = SupervisedDataset.fromRows([row], options);
  expect(learnt(completion)).toEqual(["4</s>"]);
  expect(
    learnt(SupervisedDataset.fromRows([row], { ...options, completionOnlyLoss: false })),
  ).toEqual(["2+2=4</s>"]);
});

test("a format that is not clear is refused with the remedy", () => {
  const both = { prompt: "a", completion: "b", text: "c" };
  const make = (row: Record<string, unknown>) => () => SupervisedDataset.fromRows([row], options);
  expect(make(both)).toThrow(
    'which may be prompt and completion or text; say which with columns: { prompt: "prompt", completion: "completion" }',
  );
  expect(make({ question: "a", answer: "b" })).toThrow(
    "its columns are question, answer; known formats: messages",
  );
});

test("CSV: fields in quotes hold commas, quotes and ends of lines; a row of another length is bad", () => {
  const file = write("rows.csv", [
    "\ufeffprompt,completion",
    '"a ""b"", c","d\ne"',
    "one field",
    "x,y\r",
    '"never closed,z',
  ]);
  const dataset = SupervisedDataset.fromFile(file, options);
  expect(learnt(dataset)).toEqual(["d\ne</s>", "y</s>"]);
  expect(dataset.report.badRows.map(({ line, problem }) => [line, problem])).toEqual([
    [4, "has 1 fields, the header names 2"],
    [6, "a quote is never closed"],
  ]);
});

test("a row nested too deeply, JSON in a column that is none, and a text of 300,000 tokens end nothing", () => {
  const deep = `{"messages": [{"role": "user", "content": ${"[".repeat(50_000)}${"]".repeat(50_000)}}]}`;
  const tools = JSON.stringify({ ...turns("q", "a"), tools: "{" });
  const chats = write("deep.jsonl", [JSON.stringify(turns("q", "a")), deep, tools]);
  const { numBadRows, numExamples } = SupervisedDataset.fromFile(chats, options).report;
  expect([numExamples, numBadRows]).toEqual([1, 2]);
  const text = write("long.txt", ["z".repeat(300_000), "", "short"]);
  const { report } = SupervisedDataset.fromFile(text, options);
  expect([report.numExamples, report.numTokensCut]).toEqual([2, 300_001 - 64]);
});

test("an open quote in a long CSV file is told in time that grows with the file alone", () => {
  const file = write("open.csv", [
    "text",
    '"open',
    ...Array.from({ length: 200_000 }, (_, i) => `line ${i}`),
  ]);
  expect(() => SupervisedDataset.fromFile(file, options)).toThrow(
    `${file}:2: a quote is never closed`,
  );
}, 60_000); // with the square of it, 200,000 lines take hours

test("what is cut at maxLength is told, and rows with nothing left to train on are left out", () => {
  const rows = [turns("q", "short"), turns("q", "a".repeat(100)), turns("q".repeat(100), "lost")];
  const { report, length } = SupervisedDataset.fromRows(rows as never, options);
  const [whole, cut, lost] = rows.map(
    (row) => tokenizer.applyChatTemplate((row as { messages: never }).messages).length,
  ) as [number, number, number];
  expect([length, report.numTruncated, report.numTokensCut]).toEqual([2, 2, cut + lost - 2 * 64]);
  expect([report.numWithoutSupervision, report.numTokens]).toEqual([1, whole + 64]);
  expect(() => SupervisedDataset.fromRows([rows[2]] as never, options)).toThrow(
    "no row has a token to train on within maxLength 64",
  );
});

test("where pad is eos, the real eos is trained on and padding is not", () => {
  expect(tokenizer.padTokenId).toBe(EOS);
  const dataset = SupervisedDataset.fromRows(
    [turns("q", "long answer"), turns("q", "no")] as never,
    {
      ...options,
      padToMultipleOf: 8,
    },
  );
  for (const batch of new DataLoader({ dataset, batchSize: 2 })) {
    const rows = (name: "inputIds" | "labels" | "attentionMask" | "positionIds") =>
      ((batch[name] as Tensor).toArray() as unknown as bigint[][]).map((row) => row.map(Number));
    const [ids, labels, mask, positions] = [
      rows("inputIds"),
      rows("labels"),
      rows("attentionMask"),
      rows("positionIds"),
    ];
    const size = dataset.example(1).inputIds.length;
    expect((batch.inputIds.shape[1] as number) % 8).toBe(0);
    expect([ids[1]?.[size - 1], labels[1]?.[size - 1], mask[1]?.[size - 1]]).toEqual([EOS, EOS, 1]);
    expect([ids[1]?.[size], labels[1]?.[size], mask[1]?.[size]]).toEqual([EOS, -100, 0]);
    expect(positions[1]?.slice(0, 3)).toEqual([0, 1, 2]);
  }
});

const fortyRows = (answer: string): SupervisedDataset =>
  SupervisedDataset.fromRows(
    Array.from({ length: 40 }, (_, i) =>
      turns(`question ${i}`, answer.repeat(1 + (i % 5))),
    ) as never,
    { ...options, maxLength: 200 },
  );
const many = fortyRows("answer");

test.each([
  ["padded", many],
  ["packed", many.pack()],
])("a loader of %s rows resumes exactly, and two ranks share the rows of one", (_, dataset) => {
  const settings = { dataset, batchSize: 2, shuffle: true, seed: 5 };
  const ids = (loader: DataLoader, steps: number) =>
    Array.from(loader.take(steps), ({ inputIds, labels }) =>
      JSON.stringify([inputIds.toArray(), labels.toArray()], (__, v) =>
        typeof v === "bigint" ? Number(v) : v,
      ),
    );
  const whole = ids(new DataLoader(settings), 6);
  const first = new DataLoader(settings);
  expect(ids(first, 2)).toEqual(whole.slice(0, 2));
  const next = new DataLoader(settings);
  next.loadState(JSON.parse(JSON.stringify(first.state())));
  expect(ids(next, 4)).toEqual(whole.slice(2));
  const alone = new DataLoader({ ...settings, batchSize: 1 });
  const ranks = [0, 1].map((rank) => alone.distributed({ rank, worldSize: 2 }));
  const shared = ranks.map((loader) =>
    Array.from(loader.take(3), ({ inputIds }) => inputIds.numel),
  );
  const rows = Array.from(
    new DataLoader({ ...settings, batchSize: 1 }).take(6),
    ({ inputIds }) => inputIds.numel,
  );
  expect([0, 1, 2].flatMap((step) => shared.map((rank) => rank[step]))).toEqual(rows);
  const other = fortyRows("other!");
  const changed = new DataLoader({
    ...settings,
    dataset: settings.dataset === many ? other : other.pack(),
  });
  expect(() => changed.loadState(first.state())).toThrow(
    /rows of other tokens|over 11 rows, this one/,
  );
});

test("packing keeps every supervised token, within maxLength, in fewer rows", () => {
  const packed = many.pack();
  expect(packed.length).toBeLessThan(many.length / 2 + 1);
  expect(packed.numSupervisedTokens).toBe(many.numSupervisedTokens);
  const sizes = Array.from(
    { length: packed.length },
    (_, row) => packed.example(row).inputIds.length,
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
});

test("held-out rows are drawn by seed and are not trained on", () => {
  const { train, heldOut } = many.split(0.25, { seed: 1 });
  expect([train.length, heldOut.length]).toEqual([30, 10]);
  const texts = [train, heldOut].flatMap((part) =>
    Array.from({ length: part.length }, (_, i) => tokenizer.decode(part.example(i).inputIds)),
  );
  expect(new Set(texts).size).toBe(40);
  expect(learnt(many.split(0.25, { seed: 1 }).heldOut)).toEqual(learnt(heldOut));
  expect(JSON.stringify(many.split(0.25, { seed: 2 }).heldOut.example(0))).not.toBe(
    JSON.stringify(heldOut.example(0)),
  );
});

test("a preview shows in text and table which tokens are trained on", () => {
  const preview = SupervisedDataset.fromRows([turns("<b>", "yes")] as never, options).preview();
  expect(String(preview)).toBe(
    [
      "4 of 24 tokens are trained on",
      '        | "<user><b><assistant>"',
      'trained | "yes</s>"',
    ].join("\n"),
  );
  const shown = (preview as never)[Symbol.for("Jupyter.display")] as () => Record<string, string>;
  expect(shown()["text/html"]).toContain("&lt;user&gt;&lt;b&gt;");
  expect(shown()["text/html"]).toMatch(/<tr style="[^"]*background:[^>]*><td>trained on/);
});
