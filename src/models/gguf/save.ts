// A model as a GGUF file, which llama.cpp and what stands on it read.
import { type Check, kind, oneOf } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { replaceFile } from "../../checkpoint/durable-files.js";
import {
  bytesOf,
  type GgufSource,
  ggufHeader,
  paddingAfter,
  type TypedValue,
} from "../../gguf/gguf-header.js";
import { QUANTIZE } from "../../gguf/quantize.js";
import { GGUF_TYPES, type GgufType } from "../../gguf/types.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { scoped } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import { AutoTokenizer } from "../../tokenizer/auto-tokenizer.js";
import { requireWritable, writtenMetadata } from "./metadata.js";
import { changeOf, ggufName, type Heads } from "./names.js";

/** Options of `saveGguf`. */
export interface SaveGgufOptions {
  /** How matrices are stored; vectors are always float32. Default "f16". */
  readonly type?: "f16" | "q8_0";
  /** Goes into the file, as llama.cpp needs it to generate from text. */
  readonly tokenizer?: AutoTokenizer;
}

const aTokenizer: Check<AutoTokenizer> = kind(
  "what AutoTokenizer.fromPretrained returned",
  (value) => value instanceof AutoTokenizer,
);
export const SAVE_GGUF_OPTIONS: OptionTable<SaveGgufOptions> = {
  type: oneOf("f16", "q8_0"),
  tokenizer: aTokenizer,
};

/** What is written. */
export interface GgufModel {
  /** Its `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly parameters: Iterable<readonly [name: string, tensor: Tensor]>;
}

/** Numbers that are quantised at once. */
const PIECE = 2 ** 20;
const FILE_TYPES = { f16: 1, q8_0: 7 };

type Source = GgufSource & { readonly numbers: () => Tensor };

/**
 * Writes the file; it is whole or absent.
 * @throws TypeError naming what a GGUF file cannot say of this model
 */
export function saveGguf(
  path: string,
  model: GgufModel,
  { type = "f16", tokenizer }: SaveGgufOptions,
): void {
  const { config } = model;
  const architecture = requireWritable(config);
  const heads = {
    queries: Number(config["num_attention_heads"]),
    keys: Number(config["num_key_value_heads"]),
  };
  const sources = Array.from(model.parameters, ([name, tensor]) =>
    sourceOf(name, tensor, { architecture, heads, type }),
  );
  const metadata = new Map<string, TypedValue>([
    ...writtenMetadata(architecture, config),
    ["general.file_type", { u32: FILE_TYPES[type] }],
    ...(tokenizer?.ggufMetadata(Number(config["vocab_size"])) ?? []),
  ]);
  replaceFile(path, (into) => {
    into.write(ggufHeader(metadata, sources));
    for (const source of sources) {
      for (const piece of piecesOf(source)) into.write(piece);
      into.write(Buffer.alloc(paddingAfter(bytesOf(source))));
    }
  });
}

interface As {
  readonly architecture: string;
  readonly heads: Heads;
  readonly type: "f16" | "q8_0";
}

function sourceOf(name: string, tensor: Tensor, { architecture, heads, type }: As): Source {
  const stored = ggufName(architecture, name);
  if (stored === undefined)
    throw new TypeError(
      `saveGguf: ${name} has no place in a GGUF file of the architecture ${architecture}`,
    );
  const change = changeOf(architecture, name, heads);
  const numbers = () => (change === undefined ? tensor : change.write(tensor.to("float32")));
  return { name: stored, shape: tensor.shape, type: typeFor(tensor.shape, type), numbers };
}

function typeFor(shape: readonly number[], type: "f16" | "q8_0"): GgufType {
  const wanted =
    shape.length < 2
      ? "F32"
      : type === "q8_0" && (shape.at(-1) as number) % 32 === 0
        ? "Q8_0"
        : "F16";
  return GGUF_TYPES.find(({ name }) => name === wanted) as GgufType;
}

function* piecesOf({ type, numbers }: Source): Generator<Uint8Array> {
  const flat = noGrad(() => numbers().contiguous().view([-1]));
  for (let begin = 0; begin < flat.numel; begin += PIECE) {
    const count = Math.min(PIECE, flat.numel - begin);
    const quantize = QUANTIZE[type.name] as (numbers: Tensor) => Tensor;
    yield scoped(() =>
      noGrad(() =>
        quantize(flat.narrow(0, begin, count).view([-1, type.block]))
          .to("cpu")
          .toBytes(),
      ),
    );
  }
}
