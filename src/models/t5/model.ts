// T5 for one device: it knows no ranks. An encoder reads, a decoder writes; both have the same embedding.
import { checkOptions } from "../../arguments/options.js";
import { requireLayerCount } from "../../checkpoint/layer-count.js";
import type { StoredNames } from "../../checkpoint/model-weights.js";
import type { BegunText } from "../../generate/decoder.js";
import { generate } from "../../generate/generate.js";
import type { GenerationConfig } from "../../generate/generation-config.js";
import type { GenerateOptions } from "../../generate/options.js";
import type { Prompt, PromptRows } from "../../generate/prompt.js";
import {
  type StreamOptions,
  type StreamPrompt,
  stream,
  type TextStream,
} from "../../generate/text-stream.js";
import { Embedding } from "../../nn/embedding.js";
import type { Beginning } from "../../nn/init.js";
import type { Linear } from "../../nn/linear.js";
import type { Block, Carried } from "../../nn/model.js";
import type { DType } from "../../tensor/dtype.js";
import { onDevice } from "../../tensor/implied-device.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { countedLabels } from "../classification.js";
import { languageHead } from "../language-head.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import type { ModelSource } from "../model-source.js";
import { PretrainedModel } from "../pretrained-model.js";
import { causalMask, maskedTokens, unpaddedTokens } from "../visible-tokens.js";
import { beginningOfT5 } from "./beginning.js";
import { decoderBlocks, encoderBlocks, type Pass } from "./blocks.js";
import { T5_CONFIG, type T5Config, type T5Options } from "./config.js";
import { answerTo } from "./generate.js";
import { T5_INPUT, type T5Input, wholeInput } from "./input.js";
import { T5DecoderBlock, T5EncoderBlock, T5Stack } from "./layers.js";

/** Output of an encoder-decoder. */
export interface Seq2SeqLMOutput {
  /** (B, T, vocabulary) */
  readonly logits: Tensor;
  /** (B, Te, C): what the encoder gave, for `encoderOutput` of another pass */
  readonly encoderLastHiddenState: Tensor;
  /** () the mean over the labels that count; there when labels were given */
  readonly loss?: Tensor;
  /** () int64: how many labels count; there when labels were given */
  readonly numTokens?: Tensor;
}

/** A T5 (Raffel et al. 2020), for one device. Names of weights are transformers'. */
export class T5ForConditionalGeneration extends PretrainedModel<T5Input, Pass, Seq2SeqLMOutput> {
  /** Sizes and choices. */
  readonly config: T5Config;
  /** Embedding of encoder and decoder. */
  readonly shared: Embedding;
  /** Reads. */
  readonly encoder: T5Stack<T5EncoderBlock>;
  /** Writes. */
  readonly decoder: T5Stack<T5DecoderBlock>;
  /** Its weight is the embedding's unless the config says otherwise. */
  readonly lmHead: Linear;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: T5Options = {}, weights: RandomWeights = {}) {
    super();
    this.config = T5_CONFIG.fromOptions("new T5ForConditionalGeneration", options);
    checkRandomWeights("new T5ForConditionalGeneration", weights);
    const { seed = 0, device } = weights;
    const { config } = this;
    const { vocabSize, dModel, numLayers, numDecoderLayers, tieWordEmbeddings } = config;
    const build = <M>(make: () => M): M => onDevice(device, make);
    this.shared = build(() => new Embedding(vocabSize, dModel, { initialize: false }));
    const encoding = build(() => layers(numLayers, (index) => new T5EncoderBlock(config, index)));
    const decoding = build(() =>
      layers(numDecoderLayers, (index) => new T5DecoderBlock(config, index)),
    );
    this.encoder = build(() => new T5Stack(config, this.shared, encoding));
    this.decoder = build(() => new T5Stack(config, this.shared, decoding));
    this.lmHead = languageHead(dModel, vocabSize, {
      tied: tieWordEmbeddings ? this.shared.weight : undefined,
      device,
    });
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not. A head of its own
   * is taken where the files have one and the configuration does not say that it is tied, and scaled as a tied one.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<T5Config> = {},
  ): Promise<T5ForConditionalGeneration> {
    const { from, config: said } = await PretrainedModel.found(source, options, T5_CONFIG);
    const config = { ...said, tieWordEmbeddings: !hasOwnHead(from, said) };
    requireDecoderLayers(from, config);
    return PretrainedModel.load(from, options, {
      build: () => new T5ForConditionalGeneration(config, { seed: null }),
      layers: {
        field: "num_layers",
        count: config.numLayers,
        names: /^encoder\.block\.(\d+)\./,
      },
    });
  }

  /** With labels the output has their mean loss as well. */
  override forward(input: T5Input & { labels: Tensor }): Required<Seq2SeqLMOutput>;
  override forward(input: T5Input): Seq2SeqLMOutput;
  override forward(input: T5Input): Seq2SeqLMOutput {
    checkOptions("forward", input, T5_INPUT);
    return super.forward(input);
  }

  /**
   * Writes an answer to each row of `inputIds`, which are read once; see `GenerateOptions`. Its `attentionMask` is of the rows read.
   * @returns (B, 1 + new) int64: `decoderStartTokenId` and what follows
   */
  generate(inputIds: Prompt, options: GenerateOptions = {}): Tensor {
    return generate(this, inputIds, options);
  }

  /** Writes an answer to a text, or its ids, and gives it as it comes: `for await (const text of model.stream(...))`. */
  stream(prompt: StreamPrompt, options: StreamOptions): TextStream {
    return stream(this, prompt, options);
  }

  /** What `generate` and `stream` begin with: the encoder reads the rows. */
  beginText(rows: PromptRows): BegunText {
    return answerTo(rows, this);
  }

  /** What `generation_config.json` says, or without that file the special tokens of the configuration. */
  get generationConfig(): GenerationConfig {
    const { eosTokenId, padTokenId } = this.config;
    return this.generation?.config ?? { eosTokenId, padTokenId };
  }

  /** Longest sequence that the model takes: there is no bound, since distances have buckets. */
  get maxPositions(): number {
    return Number.POSITIVE_INFINITY;
  }

  protected override get storedNames(): StoredNames {
    return { ignore: /\.EncDecAttention\.relative_attention_bias\.weight$/ }; // which older files hold
  }

  protected override get tokenRows(): readonly Parameter[] {
    return [this.shared.weight, this.lmHead.weight];
  }
  override get embeddingWeight(): Parameter {
    return this.shared.weight;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { encoder, decoder, lmHead, config } = this;
    return [...encoderBlocks(encoder, config), ...decoderBlocks(decoder, lmHead, config)];
  }

  protected override begin(input: T5Input): Pass {
    const whole = wholeInput(input, this, this.config);
    const { decoderInputIds: inputIds, decoderAttentionMask: mask, cache } = whole;
    const own = {
      inputIds,
      ...(mask && { attentionMask: mask }),
      ...(cache && { cache: cache.tokens }),
    };
    const { dtype, device } = this;
    const length = inputIds.shape[1] as number;
    const lengths = [length, (cache?.tokens.length ?? 0) + length] as const;
    return {
      ...whole,
      encoderVisible: unpaddedTokens(input.attentionMask, dtype),
      decoderVisible: maskedTokens(own, dtype) ?? causalMask(lengths, { dtype, device }),
    };
  }

  protected override end(
    carried: Carried,
    { cache, decoderInputIds, labels }: Pass,
  ): Seq2SeqLMOutput {
    cache?.tokens.advance(decoderInputIds.shape[1] as number);
    const { logits, encoded, loss } = carried as { logits: Tensor; encoded: Tensor; loss?: Tensor };
    const output = { logits, encoderLastHiddenState: encoded };
    if (loss === undefined || labels === undefined) return output;
    return { ...output, loss, numTokens: countedLabels(labels) };
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    return T5_CONFIG.toJson(this.config, dtype);
  }

  protected override beginningOf(name: string): Beginning {
    return beginningOfT5(name, this.config);
  }
}

function layers<L>(count: number, make: (index: number) => L): L[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** transformers 5 writes of all T5s that their heads are tied; then the scale tells those that may have one of their own. */
function hasOwnHead(
  from: ModelSource,
  { tieWordEmbeddings, scaleDecoderOutputs }: T5Config,
): boolean {
  if (tieWordEmbeddings && scaleDecoderOutputs) return false;
  using weights = from.openWeights();
  return weights.has("lm_head.weight");
}

/** As `load` does for the encoder. */
function requireDecoderLayers(from: ModelSource, { numDecoderLayers }: T5Config): void {
  using weights = from.openWeights();
  requireLayerCount(weights, {
    field: "num_decoder_layers",
    count: numDecoderLayers,
    names: /^decoder\.block\.(\d+)\./,
  });
}
