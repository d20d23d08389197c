// What BERT and its models with heads share: how they are made, loaded, begun and listed.

import { checkOptions, type OptionTable } from "../../arguments/options.js";
import type { StoredNames } from "../../checkpoint/model-weights.js";
import type { Beginning } from "../../nn/init.js";
import { type Block, block } from "../../nn/model.js";
import type { DType } from "../../tensor/dtype.js";
import { onDevice } from "../../tensor/implied-device.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { countedPositions } from "../causal-lm-input.js";
import { layerCost } from "../decoder/cost.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { PretrainedModel } from "../pretrained-model.js";
import { unpaddedTokens } from "../visible-tokens.js";
import { BERT_CONFIG, type BertConfig, type BertOptions } from "./config.js";
import { embeddingCost, keptWidths } from "./cost.js";
import {
  BERT_LABELLED_INPUT,
  type BertInput,
  type BertLabelledInput,
  checkedBertInput,
} from "./input.js";
import type { BertEmbeddings, BertEncoder, Pass } from "./layers.js";

type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/** A class of this family. */
type BertClass<M> = new (config: BertOptions, weights: RandomWeights) => M;

/** A BERT (Devlin et al. 2018) with whatever is on top of it, for one device. Names of weights are transformers'. */
export abstract class BertPretrained<Output = unknown> extends PretrainedModel<
  BertLabelledInput,
  Pass & BertLabelledInput,
  Output
> {
  /** Sizes and choices. */
  readonly config: BertConfig;

  /** @param weights random ones drawn from `seed`; null leaves them undefined, for who fills them at once */
  constructor(options: BertOptions, weights: RandomWeights) {
    super();
    const of = `new ${this.constructor.name}`;
    this.config = BERT_CONFIG.fromOptions(of, options);
    checkRandomWeights(of, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not, with or without the prefix `bert.`. What other heads
   * the files hold is left out.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained<M extends BertPretrained>(
    this: BertClass<M>,
    source: string,
    options: FromPretrainedOptions & Partial<BertConfig> = {},
  ): Promise<M> {
    return PretrainedModel.loadFolder(source, options, {
      table: BERT_CONFIG,
      build: (config) => new this(config, { seed: null }),
      layers: { field: "num_hidden_layers", names: /^(?:bert\.)?encoder\.layer\.(\d+)\./ },
    });
  }

  /** With labels the output has a loss as well. */
  override forward(input: BertLabelledInput & { labels: Tensor }): Required<Output>;
  override forward(input: BertLabelledInput): Output;
  override forward(input: BertLabelledInput): Output {
    checkOptions<BertInput>("forward", input, this.inputTable);
    return super.forward(input);
  }

  /** What `forward` takes. */
  protected get inputTable(): OptionTable<BertInput> {
    return BERT_LABELLED_INPUT;
  }

  /** Embeddings and layers. */
  protected abstract get body(): { embeddings: BertEmbeddings; encoder: BertEncoder };
  /** Weights of other heads, which files may hold. */
  protected abstract get otherHeads(): RegExp;

  override get embeddingWeight(): Parameter {
    return this.body.embeddings.wordEmbeddings.weight;
  }

  /** Builds modules where the weights are to be. */
  protected build<M>({ device }: RandomWeights, make: () => M): M {
    return onDevice(device, make);
  }

  /** Draws the weights, once all modules are there. */
  protected draw({ seed = 0 }: RandomWeights): void {
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  protected override get storedNames(): StoredNames {
    const { source } = this.otherHeads;
    return {
      ignore: new RegExp(`${source}|(?:^|\\.)position_ids$`), // counted positions, which older files hold
      otherNames: (name) => otherNames(name),
    };
  }

  /** Longest sequence that the model takes. */
  get maxPositions(): number {
    return this.config.maxPositionEmbeddings;
  }

  /** The blocks below a head. @param prefix of names: "bert." */
  protected bodyBlocks(prefix: string): readonly Block<Pass>[] {
    const { embeddings, encoder } = this.body;
    const widths = keptWidths(this.config);
    return [
      block(
        `${prefix}embeddings`,
        [embeddings],
        (_, pass: Pass) => ({ hidden: embeddings.forward(pass) }),
        { cost: (shape) => embeddingCost(embeddings, this.config, shape) },
      ),
      ...encoder.layer.map((layer, index) =>
        block(
          `${prefix}encoder.layer.${index}`,
          [layer],
          ({ hidden }: Hidden, pass: Pass) => ({ hidden: layer.forward(hidden, pass) }),
          {
            isLayer: true,
            cost: (shape) => layerCost(layer, this.config, { shape, widths, numFloats: 4 }),
          },
        ),
      ),
    ];
  }

  protected override begin(given: BertLabelledInput): Pass & BertLabelledInput {
    const input = checkedBertInput(given, this);
    const visible = unpaddedTokens(input.attentionMask, this.dtype);
    return { ...input, positions: countedPositions(input), visible };
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    const json = BERT_CONFIG.toJson(this.config, dtype);
    return { ...json, architectures: [this.constructor.name] };
  }

  protected override beginningOf(name: string): Beginning {
    const { initializerRange, padTokenId } = this.config;
    if (name.endsWith("bias")) return { constant: 0 };
    if (name.endsWith("LayerNorm.weight")) return { constant: 1 };
    const isEmbedding = name.endsWith("word_embeddings.weight");
    return { std: initializerRange, zeroRow: isEmbedding ? padTokenId : null };
  }
}

/** TensorFlow's names of a norm's weights, and the name with the prefix of a model with a head, or without it. */
function otherNames(name: string): string[] {
  const swapped = name.startsWith("bert.") ? name.slice("bert.".length) : `bert.${name}`;
  const old = (one: string): string =>
    one.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
  // of version 4 of transformers, where the decoder's bias is the head's, tied or not
  const bias = name === "cls.predictions.decoder.bias" ? ["cls.predictions.bias"] : [];
  return [old(name), swapped, old(swapped), ...bias];
}
