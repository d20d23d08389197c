// The thread that holds the tokenizers of the Rust library. Its calls are promises that need a turning event loop, which
// the main thread does not have while a cell runs; here they are awaited, and the main thread sleeps meanwhile.

import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { AddedToken, type JsEncoding, Tokenizer } from "tokenizers";
import {
  type Answer,
  type Call,
  COUNTER,
  type Request,
  type Results,
  type ThreadData,
} from "./tokenizer-calls.js";

const { counters, port } = workerData as ThreadData;
const tokenizers = new Map<number, Tokenizer>();

parentPort?.postMessage("ready");
for (;;) {
  const seen = Atomics.load(counters, COUNTER.requests);
  const arrived = receiveMessageOnPort(port) as { message: Request } | undefined;
  if (arrived === undefined) Atomics.wait(counters, COUNTER.requests, seen);
  else send(await answerTo(arrived.message));
}

function send(answer: Answer): void {
  port.postMessage(answer);
  Atomics.add(counters, COUNTER.answers, 1);
  Atomics.notify(counters, COUNTER.answers);
}

async function answerTo({ number, call }: Request): Promise<Answer> {
  try {
    return { number, result: await resultOf(call) };
  } catch (error) {
    return { number, error: (error as Error).message };
  }
}

async function resultOf(call: Call): Promise<Results[Call["name"]]> {
  switch (call.name) {
    case "load":
      return load(call);
    case "encode":
      return encode(call);
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

/** Several texts are encoded by all cores, one at once by none but its own thread. */
async function encode(call: Call & { name: "encode" }): Promise<Int32Array[]> {
  const { texts, addSpecialTokens } = call;
  const tokenizer = held(call);
  const [text] = texts;
  if (text === undefined) return [];
  if (texts.length > 1) {
    const encodings = await tokenizer.encodeBatch([...texts], { addSpecialTokens });
    return encodings.map(idsOf);
  }
  return [idsOf(await tokenizer.encode(text, null, { addSpecialTokens }))];
}

function idsOf(encoding: JsEncoding): Int32Array {
  return Int32Array.from(encoding.getIds());
}

function held({ tokenizer }: Call): Tokenizer {
  const found = tokenizers.get(tokenizer);
  if (found !== undefined) return found;
  throw new Error(`no tokenizer ${tokenizer} is loaded`);
}
