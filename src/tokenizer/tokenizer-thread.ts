// The thread that holds the tokenizers of the Rust library. Its calls are promises that need a turning event loop, which
// the main thread does not have while a cell runs; here they are awaited, and the main thread sleeps meanwhile.

import { parentPort, workerData } from "node:worker_threads";
import { AddedToken, type JsEncoding, Tokenizer } from "tokenizers";
import { answerCalls, type LineData } from "../threads/thread-line.js";
import { groupsOf } from "./text-groups.js";
import { RowsBuilder, type TokenRows } from "./token-rows.js";
import type { Call, MarkedIds, Results } from "./tokenizer-calls.js";

/** Characters that are encoded together, by all cores. */
const GROUP_CHARACTERS = 100_000;
const tokenizers = new Map<number, Tokenizer>();

parentPort?.postMessage("ready");
await answerCalls(workerData as LineData, resultOf);

async function resultOf(call: Call): Promise<Results[Call["name"]]> {
  switch (call.name) {
    case "load":
      return load(call);
    case "encode":
      return encode(call);
    case "encodeSpans":
      return encodeSpans(call);
    case "decode":
      return held(call).decode(Array.from(call.ids), call.skipSpecialTokens);
    case "idsOf":
      return call.tokens.map((token) => held(call).tokenToId(token));
    case "release":
      tokenizers.delete(call.tokenizer);
      return undefined;
  }
}

function load({ tokenizer, json, added }: Call & { name: "load" }): undefined {
  const loaded = Tokenizer.fromString(json);
  const tokens = added.map(
    ({ content, special, singleWord, lstrip, rstrip, normalized }) =>
      new AddedToken(content, special, {
        singleWord,
        leftStrip: lstrip,
        rightStrip: rstrip,
        normalized,
      }),
  );
  if (tokens.length > 0) loaded.addAddedTokens(tokens);
  tokenizers.set(tokenizer, loaded);
  return undefined;
}

/** While some groups of texts are encoded, ids are read of those before, so that no core waits for this thread. */
async function encode(call: Call & { name: "encode" }): Promise<TokenRows> {
  const { texts, addSpecialTokens } = call;
  const tokenizer = held(call);
  const rows = new RowsBuilder();
  const [text] = texts;
  if (texts.length === 1 && text !== undefined) {
    rows.add((await tokenizer.encode(text, null, { addSpecialTokens })).getIds());
    return rows.finish();
  }
  const groups = groupsOf(texts, GROUP_CHARACTERS);
  const begin = () => {
    const { value: group } = groups.next();
    const encodings = group && tokenizer.encodeBatch(group, { addSpecialTokens });
    encodings?.catch(() => undefined); // told where it is awaited, if one before it did not fail
    return encodings;
  };
  for (let [now, next] = [begin(), begin()]; now !== undefined; ) {
    const encodings = await now;
    [now, next] = [next, begin()];
    for (const encoding of encodings) rows.add(encoding.getIds());
  }
  return rows.finish();
}

async function encodeSpans(call: Call & { name: "encodeSpans" }): Promise<MarkedIds> {
  const encoding = await held(call).encode(call.text, null, { addSpecialTokens: false });
  const ids = Int32Array.from(encoding.getIds());
  const mask = new Uint8Array(ids.length);
  for (const [begin, end] of call.spans) {
    const first = tokenIn(encoding, { from: begin, to: end, step: 1 });
    const last = tokenIn(encoding, { from: end - 1, to: begin - 1, step: -1 });
    if (first !== undefined && last !== undefined) mask.fill(1, first, last + 1);
  }
  return { ids, mask };
}

/** The token of the first character on the way that has one: spaces may have none. */
function tokenIn(
  encoding: JsEncoding,
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: 1 | -1 },
): number | undefined {
  for (let character = from; character !== to; character += step) {
    const token = encoding.charToToken(character);
    if (token !== null) return token;
  }
  return undefined;
}

function held({ tokenizer }: Call): Tokenizer {
  const found = tokenizers.get(tokenizer);
  if (found !== undefined) return found;
  throw new Error(`no tokenizer ${tokenizer} is loaded`);
}
