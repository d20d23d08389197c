// Rows that are left out are told in a line, whoever looks at the report or not.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SupervisedDataset } from "../../dist/src/data/supervised-dataset.js";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";
import { toldBy } from "../fixtures/told.js";

const tokenizer = await AutoTokenizer.fromPretrained(
  byteTokenizer(sharedFolder(), { config: { pad_token: "</s>" } }),
);
const options = { tokenizer, maxLength: 64 };

test("who never looks at the report reads in a line how many rows were left out, the first, and where all are", () => {
  const good = JSON.stringify({ text: "a" });
  const file = path.join(scratchFolder(), "told.jsonl");
  fs.writeFileSync(file, [good, "{broken", "[]", good].join("\n"));
  const badRowsFile = path.join(scratchFolder(), "bad.jsonl");
  const cacheFolder = scratchFolder();
  const read = (more: object) =>
    toldBy(() => void SupervisedDataset.fromFile(file, { ...options, ...more }));
  const first = `2 bad rows are left out, first ${file}:2: is not valid JSON: `;
  expect(read({})).toMatch(first);
  expect(read({})).toMatch(
    /; report.badRows of the dataset lists them; badRowsFile writes[^\n]*\n$/,
  );
  expect(read({ badRowsFile })).toMatch(new RegExp(`; ${badRowsFile} has them all\n$`));
  for (const run of ["made", "found"])
    expect([run, read({ cacheFolder })]).toEqual([run, expect.stringContaining(first)]);
  expect(toldBy(() => void SupervisedDataset.fromRows([{ text: "a" }], options))).toBe("");
});
