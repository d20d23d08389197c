// A tokenizer as the metadata of a GGUF file: the way back of gguf-files.ts, for merges of bytes that are cut as llama.cpp can cut them.
import { integer, requireValue } from "../arguments/checks.js";
import type { TypedValue } from "../gguf/gguf-header.js";
import type { AddedToken } from "./added-token.js";
import { CUTS } from "./gguf-files.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

/** By `tokenizer.ggml.token_type`. */
const [NORMAL, CONTROL, USER_DEFINED, UNUSED] = [1, 3, 4, 5] as const;

/** What is asked of a tokenizer beside its files. */
interface Loaded {
  readonly bosTokenId: number | undefined;
  readonly eosTokenId: number | undefined;
  readonly padTokenId: number | undefined;
  readonly chatTemplate: string | undefined;
  encode(text: string): Int32Array;
}

/** @param vocabSize rows of the model's embedding, which may be more than the tokenizer has tokens */
export function ggufMetadata(
  tokenizer: Loaded,
  files: TokenizerFiles,
  vocabSize: number,
): Map<string, TypedValue> {
  requireValue("ggufMetadata: vocabSize", vocabSize, integer({ min: 1 }));
  const { bosTokenId: bos, eosTokenId: eos, padTokenId: pad, chatTemplate: template } = tokenizer;
  const addsBos = bos !== undefined && tokenizer.encode("")[0] === bos;
  const { model } = files.tokenizer;
  const merges = model["merges"];
  const pre = nameOfCut(files.tokenizer["pre_tokenizer"]);
  if (
    model["type"] !== "BPE" ||
    !(model.vocab instanceof Map) ||
    !Array.isArray(merges) ||
    pre === undefined
  ) {
    throw new TokenizerError(
      `${files.folder}: cannot be written to a GGUF file: only merges of bytes are, cut as ${Object.keys(CUTS).join(", ")} are`,
    );
  }
  const added = (files.tokenizer["added_tokens"] ?? []) as readonly (AddedToken & {
    readonly id: number;
  })[];
  const { tokens, types } = listed(model.vocab as ReadonlyMap<string, number>, added, vocabSize);
  const written = new Map<string, TypedValue>([
    ["model", { text: "gpt2" }],
    ["pre", { text: pre }],
    ["tokens", { texts: tokens }],
    ["token_type", { i32s: types }],
    [
      "merges",
      {
        texts: (merges as readonly unknown[]).map((merge) =>
          Array.isArray(merge) ? merge.join(" ") : String(merge),
        ),
      },
    ],
    ["add_bos_token", { bool: addsBos }],
  ]);
  const ids = {
    bos_token_id: bos,
    eos_token_id: eos,
    padding_token_id: pad,
  };
  for (const [key, id] of Object.entries(ids)) if (id !== undefined) written.set(key, { u32: id });
  const named = [...written].map(([key, value]) => [`tokenizer.ggml.${key}`, value] as const);
  return new Map([
    ...named,
    ...(template === undefined ? [] : [["tokenizer.chat_template", { text: template }] as const]),
  ]);
}

/** Tokens by id; where there is none, one that no text has. */
function listed(
  vocab: ReadonlyMap<string, number>,
  added: readonly (AddedToken & { readonly id: number })[],
  size: number,
) {
  const tokens = Array.from({ length: size }, (_, id) => `[PAD${id}]`);
  const types = Array.from({ length: size }, (): number => UNUSED);
  const put = (token: string, id: number, type: number): void => {
    if (id >= size)
      throw new TokenizerError(
        `the token ${JSON.stringify(token)} has the id ${id}, the model has ${size} tokens`,
      );
    tokens[id] = token;
    types[id] = type;
  };
  for (const [token, id] of vocab) put(token, id, NORMAL);
  for (const { content, id, special } of added) put(content, id, special ? CONTROL : USER_DEFINED);
  return { tokens, types };
}

/** llama.cpp's name for how texts are cut. */
function nameOfCut(preTokenizer: unknown): string | undefined {
  const steps = stepsOf(preTokenizer);
  return Object.keys(CUTS).find(
    (name) => stepsOf({ type: "Sequence", pretokenizers: CUTS[name]?.cut }) === steps,
  );
}

/** What counts of the steps, as a text. */
function stepsOf(preTokenizer: unknown): string {
  const { type, pretokenizers } = (preTokenizer ?? {}) as {
    type?: unknown;
    pretokenizers?: readonly object[];
  };
  const steps = type === "Sequence" ? (pretokenizers ?? []) : [preTokenizer];
  return JSON.stringify(
    steps.map((step) => {
      const { type: kind, use_regex, individual_digits, pattern } = step as Record<string, unknown>;
      return [kind, use_regex ?? null, individual_digits ?? null, pattern ?? null];
    }),
  );
}
