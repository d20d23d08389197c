// Text from an encoder and a decoder: rows are read once, then the decoder writes token by token.
import type { BegunText, Decoder, DecoderInput } from "../../generate/decoder.js";
import type { GenerationConfig } from "../../generate/generation-config.js";
import type { PromptRows } from "../../generate/prompt.js";
import { full } from "../../tensor/create.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import { T5Cache } from "./cache.js";
import type { T5Config } from "./config.js";
import type { T5Input } from "./input.js";

/** What generation needs of a T5. */
interface Writer {
  readonly device: string;
  readonly maxPositions: number;
  readonly config: T5Config;
  readonly generationConfig: GenerationConfig;
  forward(input: T5Input): { readonly logits: Tensor; readonly encoderLastHiddenState: Tensor };
}

/** Has the encoder read the rows; the decoder begins with the start token. */
export function answerTo({ ids, mask }: PromptRows, model: Writer): BegunText {
  const { device, generationConfig, config } = model;
  const first = generationConfig.decoderStartTokenId ?? config.decoderStartTokenId;
  if (first === null)
    throw new TypeError("generate: the model's configuration has no decoderStartTokenId");
  const start = full([ids.shape[0] as number, 1], first, { dtype: "int64", device });
  const attended = mask && { attentionMask: mask };
  const { encoderLastHiddenState } = model.forward({
    ...{ inputIds: ids, decoderInputIds: start, ...attended },
  });
  const decoder = new AnsweringDecoder(model, encoderLastHiddenState, mask);
  return { decoder, start: { ids: start }, canFixShapes: true, held: decoder };
}

/** The decoder beside what the encoder gave. */
class AnsweringDecoder implements Decoder, Disposable {
  readonly maxPositions: number;
  readonly #model: Writer;
  #encoderOutput: Tensor;
  #mask: Tensor | undefined;
  #cache: T5Cache | undefined;

  constructor(model: Writer, encoderOutput: Tensor, mask: Tensor | undefined) {
    this.maxPositions = model.maxPositions;
    this.#model = model;
    this.#encoderOutput = keep(encoderOutput);
    this.#mask = mask && keep(mask.clone());
  }

  forward({ inputIds, cache }: DecoderInput): { readonly logits: Tensor } {
    const copies = (inputIds.shape[0] as number) / (this.#encoderOutput.shape[0] as number);
    if (copies > 1) this.#repeat(copies);
    this.#cache ??= new T5Cache(cache);
    return this.#model.forward({
      ...{ encoderOutput: this.#encoderOutput, decoderInputIds: inputIds, cache: this.#cache },
      ...(this.#mask && { attentionMask: this.#mask }),
    });
  }

  /** Several texts are written to each row that was read. */
  #repeat(copies: number): void {
    const [encoderOutput, mask] = [this.#encoderOutput, this.#mask];
    this.#encoderOutput = keep(encoderOutput.repeatInterleave(copies, 0));
    this.#mask = mask && keep(mask.repeatInterleave(copies, 0));
    this.#cache?.repeatEncoded(copies);
    encoderOutput.dispose();
    mask?.dispose();
  }

  [Symbol.dispose](): void {
    for (const held of [this.#encoderOutput, this.#mask, this.#cache]) held?.[Symbol.dispose]();
  }
}
