// Text from an encoder and a decoder: rows are read once, then the decoder writes token by token.
import { type Decoder, type GenerateOptions, generate } from "../../generate/generate.js";
import type { GenerationConfig } from "../../generate/generation-config.js";
import { type Prompt, promptRows } from "../../generate/prompt.js";
import { openEffect } from "../../host/index.js";
import { full } from "../../tensor/create.js";
import { noGrad } from "../../tensor/grad-mode.js";
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

/** (B, 1 + new) int64: the start token and what follows; rows that ended are filled with the pad id. */
export function generateFromEncoder(
  model: Writer,
  inputIds: Prompt,
  { attentionMask: given, ...options }: GenerateOptions,
): Tensor {
  const { device, maxPositions, generationConfig, config } = model;
  const { decoderStartTokenId, padTokenId } = config;
  if (decoderStartTokenId === null)
    throw new TypeError("generate: the model's configuration has no decoderStartTokenId");
  const { ids, mask } = promptRows(inputIds, padTokenId ?? 0);
  const padding = (given ?? mask)?.to({ device });
  return noGrad(() => {
    const start = full([ids.shape[0] as number, 1], decoderStartTokenId, {
      dtype: "int64",
      device,
    });
    const attended = padding && { attentionMask: padding };
    const read = { inputIds: ids.to({ device }), decoderInputIds: start, ...attended };
    const { encoderLastHiddenState: encoderOutput } = model.forward(read);
    let cache: T5Cache | undefined;
    using _ = openEffect(() => cache?.[Symbol.dispose](), "call");
    const decoder: Decoder = {
      ...{ device, maxPositions, generationConfig },
      forward({ inputIds: decoderInputIds, cache: tokens }) {
        cache ??= new T5Cache(tokens);
        return model.forward({ encoderOutput, decoderInputIds, cache, ...attended });
      },
    };
    return generate(decoder, start, options);
  });
}
