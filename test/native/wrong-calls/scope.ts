// The names that the calls of this folder use: every export, and what a notebook has at hand after a few cells.
import path from "node:path";
import { compileFunction } from "node:vm";
import * as notebooster from "notebooster";
import * as device from "notebooster/device";
import * as host from "notebooster/host";
import * as parallel from "notebooster/parallel";
import * as report from "notebooster/report";
import * as widgets from "notebooster/widgets";

/** What was called, and what it answered: the kind of error and its message. */
export type Calls = Readonly<Record<string, string>>;

export type Scope = Readonly<Record<string, unknown>>;

/** `folder` is for files. */
export async function callScope(folder: string): Promise<Scope> {
  const { AdamW, arange, Booster, LlamaForCausalLM } = notebooster;
  const { ProcessGroup } = parallel;
  const model = new LlamaForCausalLM({
    ...{ vocabSize: 300, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1 },
    ...{ numAttentionHeads: 2, maxPositionEmbeddings: 32 },
  });
  const tokenizer = await smallTokenizer(path.join(folder, "tokenizer"));
  const sizes = { name: "all", rank: 0, ranks: [0, 1], backend: "gloo" } as const;
  return {
    ...{ ...notebooster, ...device, ...parallel },
    ...{ host, report, widgets, model, tokenizer },
    x: arange(6, { dtype: "float32" }).view(2, 3),
    ids: arange(4).view(1, 4),
    optimizer: new AdamW(model.parameters()),
    booster: new Booster(),
    group: new ProcessGroup(0 as never, sizes),
    dataset: notebooster.TextDataset.fromDocuments(["once upon a time"], {
      ...{ tokenizer, sequenceLength: 4 },
    }),
    shape: { numMatmulParams: 1, numLayers: 1, attentionSize: 1, sequenceLength: 1 },
  };
}

async function smallTokenizer(folder: string): Promise<notebooster.AutoTokenizer> {
  const { AutoTokenizer, trainByteLevelBpe, writeTokenizer } = notebooster;
  const end = "<end>";
  const trained = trainByteLevelBpe(["a b"], { vocabSize: 257, specialTokens: [end] });
  writeTokenizer(folder, trained, { bos: end, eos: end, pad: end, modelMaxLength: 32 });
  return AutoTokenizer.fromPretrained(folder);
}

/** The kind and the message of the error that a call ends with, or what it returned; long lists shortened. */
export async function answerTo(call: string, scope: Scope, folder: string): Promise<string> {
  const short = (text: string): string =>
    text
      .replaceAll(notebooster.DTYPES.join(", "), "<dtypes>")
      .replaceAll(folder, "<folder>")
      .replaceAll(`PyTorch ${notebooster.torchVersion}`, "PyTorch <version>");
  try {
    const run = compileFunction(`return (${call});`, Object.keys(scope));
    return `no error: ${String(await run(...Object.values(scope)))}`;
  } catch (error) {
    return error instanceof Error ? short(`${error.name}: ${error.message}`) : String(error);
  }
}
