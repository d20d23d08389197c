// Text from an encoder and a decoder: rows are read once, then the decoder writes token by token.
import type { Decoder, DecoderInput } from "../../generate/decoder.js";
import { generate } from "../../generate/generate.js";
import type { GenerationConfig } from "../../generate/generation-config.js";
import type { GenerateOptions } from "../../generate/options.js";
import { type Prompt, promptRows } from "../../generate/prompt.js";
import { openEffect } from "../../host/index.js";
import { full } from "../../tensor/create.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import { T5Cache } from "./cache.js";
import type { T5Config } from "./config.js";
import type { T5Input } from "./input.js";

/** What generation needs of a T5. */
export interface Writer {
  readonly device: string;
  readonly maxPositions: number;
  readonly config: T5Config;
  readonly generationConfig: GenerationConfig;
  forward(input: T5Input): { readonly logits: Tensor; readonly encoderLastHiddenState: Tensor };
}

/** (B, 1 + new) int64: the start token and what follows; rows that ended are filled with the pad id. */
export function generateFromEncoder(
  model: Writer,
  inputIds: Prompt,
  { attentionMask, ...options }: GenerateOptions,
): Tensor {
  return noGrad(() => {
    using decoder = new ReadRows(model, inputIds, attentionMask);
    using _ = openEffect(() => decoder[Symbol.dispose](), "call");
    return generate(decoder, decoder.start, options);
  });
}

/** Rows that the encoder has read, with the decoder that writes answers to them. Its tensors outlive scopes. */
export class ReadRows implements Decoder, Disposable {
  readonly device: string;
  readonly maxPositions: number;
  readonly generationConfig: GenerationConfig;
  /** (B, 1) int64: what the decoder begins with. */
  readonly start: Tensor;
  readonly #model: Writer;
  #encoderOutput: Tensor;
  #mask: Tensor | undefined;
  #cache: T5Cache | undefined;

  constructor(model: Writer, inputIds: Prompt, attentionMask: Tensor | undefined) {
    const { device, maxPositions, generationConfig, config } = model;
    const first = generationConfig.decoderStartTokenId ?? config.decoderStartTokenId;
    if (first === null)
      throw new TypeError("generate: the model's configuration has no decoderStartTokenId");
    this.#model = model;
    this.device = device;
    this.maxPositions = maxPositions;
    this.generationConfig = generationConfig;
    const { ids, mask } = promptRows(inputIds, config.padTokenId ?? 0);
    const padding = (attentionMask ?? mask)?.to({ device });
    const read = ids.to({ device });
    this.start = full([read.shape[0] as number, 1], first, { dtype: "int64", device });
    this.#mask = padding && keep(padding.clone());
    const { encoderLastHiddenState } = model.forward({
      ...{ inputIds: read, decoderInputIds: this.start },
      ...(padding && { attentionMask: padding }),
    });
    this.#encoderOutput = keep(encoderLastHiddenState);
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
