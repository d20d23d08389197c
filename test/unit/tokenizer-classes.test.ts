// Every class that is built from a recipe, with the options its recipe reads, beside transformers: ids, texts and special
// tokens of folders whose tokenizer.json says something else than the class does.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { AS_WRITTEN, RECIPES } from "../../dist/src/tokenizer/classes/recipes.js";
import type { Recipe } from "../../src/tokenizer/recipe.js";
import { hardTexts } from "../fixtures/hard-texts.js";
import { sample } from "../fixtures/matrix.js";
import { runPython } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { type Read, read, readInPython } from "../fixtures/tokenizers/beside-transformers.js";
import type { Fields } from "../fixtures/tokenizers/byte-tokenizer.js";
import { Digests } from "../fixtures/tokenizers/digests.js";

interface Variant {
  readonly config: Fields;
  /** Takes tokenizer.json's template away. */
  readonly isBare?: boolean;
}

const root = sharedFolder();
const made = path.join(root, "made");
const SYNTHETIC = fileURLToPath(new URL("../fixtures/tokenizers/synthetic.py", import.meta.url));
const KJV = fileURLToPath(new URL("../../notebooks/data/kjv.txt", import.meta.url));
const digests = new Digests(root, [
  ...hardTexts(100, 0),
  " a\u0301 ﬁ Ⅷ\u3000x <mask> [MASK]",
  "``a'' a--b a.b",
]);
const TEXT = "<s> In the  beginning [MASK]<mask> ``God''";

const CLEAN_UP = {
  clean_up_tokenization_spaces: true,
  clean_up_tokenization_spaces_for_bpe_even_though_it_will_corrupt_output: true,
};
/** Values of options that are no flags. */
const VALUES: Fields = {
  src_lang: "fr_XX",
  strip_accents: false,
  unk_id: 0,
  wordpieces_prefix: "@@",
};

const { AlbertTokenizer, BertTokenizer } = RECIPES as Record<string, Recipe>;
const bases = {
  FNetTokenizer: AlbertTokenizer as Recipe,
  ConvBertTokenizer: BertTokenizer as Recipe,
};
const classes: [string, Recipe][] = [...Object.entries(RECIPES), ...Object.entries(bases)];
const all = classes.flatMap(([name, recipe]) =>
  Object.entries(variantsOf(recipe)).map(([what, variant]) => ({
    name,
    recipe,
    variant,
    what,
    folder: path.join(root, `${name}, ${what}`),
  })),
);
/** Every class as it comes, and every option with each algorithm. */
const folders = sample(all, ({ name, recipe, what }) => [name, `${baseOf(recipe)}, ${what}`]);

function variantsOf(recipe: Recipe): Record<string, Variant> {
  const options = [...optionsIn(recipe)].filter((name) => !name.startsWith("_"));
  return {
    "as it comes": { config: {} },
    "without a template": { config: {}, isBare: true },
    "with tokens of its own": {
      config: { bos_token: "<s>", pad_token: "<pad>", extra_special_tokens: ["<x>", "beginning"] },
    },
    "with spaces taken out": { config: CLEAN_UP },
    ...Object.fromEntries(options.flatMap(optionVariants)),
  };
}

function optionVariants(name: string): (readonly [string, Variant])[] {
  const values = name in VALUES ? [VALUES[name]] : [true, false];
  return values.map(
    (value) => [`${name} ${String(value)}`, { config: { [name]: value } }] as const,
  );
}

function* optionsIn(part: unknown): Generator<string> {
  if (typeof part !== "object" || part === null) return;
  if ("place" in part) yield (part as unknown as { of: string }).of;
  for (const inner of Object.values(part)) yield* optionsIn(inner);
}

beforeAll(() => {
  runPython(SYNTHETIC, made, KJV);
  for (const each of folders) write(each);
  digests.reference(
    "transformers",
    folders.map(({ folder }) => folder),
  );
  const reads = readInPython(folders.map(({ folder }) => [folder, TEXT]));
  for (const [i, { folder }] of folders.entries()) expected.set(folder, reads[i] as Read);
}, 900_000);

const expected = new Map<string, Read>();

/** A tokenizer of the class's algorithm, whose normalizer and the rest are not the class's. */
function write({ name, recipe, variant, folder }: (typeof folders)[number]): void {
  fs.mkdirSync(folder);
  const json = JSON.parse(
    fs.readFileSync(path.join(made, baseOf(recipe), "tokenizer.json"), "utf8"),
  ) as Fields;
  if (variant.isBare) json["post_processor"] = null;
  json["model"] = fittingModel(json["model"] as Fields, recipe);
  fs.writeFileSync(path.join(folder, "tokenizer.json"), JSON.stringify(json));
  const config = { tokenizer_class: name, ...variant.config };
  fs.writeFileSync(path.join(folder, "tokenizer_config.json"), JSON.stringify(config));
}

/** With what a class needs in the vocabulary: its unk token where it looks for it, a language, [CLS]. */
function fittingModel(given: Fields, { model, named, needsOneOf, around }: Recipe): Fields {
  if (model.type !== "Unigram") {
    const {
      "[UNK]": ofBert,
      "<unk>": ofOthers,
      ...vocab
    } = given["vocab"] as Partial<Record<string, number>>;
    return { ...given, vocab: { ...vocab, [named.unk_token as string]: ofBert ?? ofOthers } };
  }
  const at = typeof model.unknown === "number" ? model.unknown : 3;
  const pieces = [...(given["vocab"] as [string, number][])];
  const unknown = pieces.findIndex(([piece]) => piece === "<unk>");
  [pieces[at], pieces[unknown]] = [[named.unk_token as string, 0], pieces[at] as [string, number]];
  const needed = around?.as === "fallback" ? ["[CLS]", "[SEP]"] : (needsOneOf ?? []).slice(0, 8);
  return { ...given, unk_id: at, vocab: [...pieces, ...needed.map((piece) => [piece, 0])] };
}

function baseOf({ model, decoder }: Recipe): string {
  if (model.type === "Unigram") return "sentence_pieces";
  if (model.type === "WordPiece") return "bert";
  return JSON.stringify(decoder).includes("ByteLevel") ? "llama3" : "pieces";
}

test("every class that takes tokenizer.json as it is has a folder here", () => {
  expect(Object.keys(bases).sort()).toEqual(Object.keys(AS_WRITTEN).sort());
});

test.each(folders.map(({ folder }) => path.basename(folder)))("%s", async (name) => {
  const folder = path.join(root, name);
  expect(await read(folder, TEXT)).toEqual(expected.get(folder));
  expect(await digests.differing(folder, "transformers")).toEqual([]);
});
