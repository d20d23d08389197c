// BLOOM for one device: it knows no ranks. Its blocks are the embedding with its norm, each layer, and the head.
import type { StoredNames } from "../../checkpoint/model-weights.js";
import type { Beginning } from "../../nn/init.js";
import type { Linear } from "../../nn/linear.js";
import { type Block, block } from "../../nn/model.js";
import type { DType } from "../../tensor/dtype.js";
import { onDevice } from "../../tensor/implied-device.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { CausalLM } from "../causal-lm.js";
import { type CausalLMInput, checkInput, lastTokens } from "../causal-lm-input.js";
import { headCost, layerCost } from "../decoder/cost.js";
import { languageHead } from "../language-head.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { headAndLoss } from "../next-tokens.js";
import { alibiSlopes, alibiTokens } from "./alibi.js";
import { BLOOM_CONFIG, type BloomConfig, type BloomOptions } from "./config.js";
import { embeddingCost, keptWidths } from "./cost.js";
import { BloomModel, type Pass } from "./layers.js";

type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/**
 * A BLOOM with a language-model head (Le Scao et al. 2022), for one device. Names of weights are transformers'. Tokens have no
 * positions but their distance, padding not counted; so `positionIds` change nothing, as in transformers.
 */
export class BloomForCausalLM extends CausalLM<Pass> {
  /** Sizes and choices. */
  readonly config: BloomConfig;
  /** Everything below the head. */
  readonly transformer: BloomModel;
  /** Its weight is the embedding's unless the config says otherwise. */
  readonly lmHead: Linear;
  readonly #slopes: readonly number[];

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: BloomOptions = {}, weights: RandomWeights = {}) {
    super();
    this.config = BLOOM_CONFIG.fromOptions("new BloomForCausalLM", options);
    checkRandomWeights("new BloomForCausalLM", weights);
    const { seed = 0, device } = weights;
    this.transformer = onDevice(device, () => new BloomModel(this.config));
    const { hiddenSize, vocabSize, tieWordEmbeddings, numAttentionHeads } = this.config;
    this.lmHead = languageHead(hiddenSize, vocabSize, {
      tied: tieWordEmbeddings ? this.embeddingWeight : undefined,
      device,
    });
    this.#slopes = alibiSlopes(numAttentionHeads);
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not, with or without the prefix `transformer.`.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<BloomConfig> = {},
  ): Promise<BloomForCausalLM> {
    return CausalLM.loadFolder(source, options, {
      table: BLOOM_CONFIG,
      build: (config) => new BloomForCausalLM(config, { seed: null }),
      layers: { field: "n_layer", names: /^(?:transformer\.)?h\.(\d+)\./ },
    });
  }

  protected override get storedNames(): StoredNames {
    return { optionalPrefix: "transformer." };
  }

  override get embeddingWeight(): Parameter {
    return this.transformer.wordEmbeddings.weight;
  }
  override get headWeight(): Parameter {
    return this.lmHead.weight;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { wordEmbeddings, wordEmbeddingsLayernorm, h, lnF } = this.transformer;
    const embeddings = [wordEmbeddings, wordEmbeddingsLayernorm] as const;
    const widths = keptWidths(this.config);
    return [
      block(
        "transformer.word_embeddings",
        embeddings,
        (_, { inputIds }: Pass) => ({
          hidden: wordEmbeddingsLayernorm.forward(wordEmbeddings.forward(inputIds)), // (B, T, C)
        }),
        { cost: (shape) => embeddingCost(embeddings, this.config, shape) },
      ),
      ...h.map((layer, index) =>
        block(
          `transformer.h.${index}`,
          [layer],
          ({ hidden }: Hidden, pass: Pass) => ({ hidden: layer.forward(hidden, pass) }),
          {
            isLayer: true,
            cost: (shape) => layerCost(layer, this.config, { shape, widths, numFloats: 4 }),
          },
        ),
      ),
      block(
        "lm_head",
        [lnF, this.lmHead],
        ({ hidden }: Hidden, pass: Pass) =>
          headAndLoss(this.lmHead, lnF.forward(lastTokens(hidden, pass)), pass.labels),
        { cost: (shape) => headCost([lnF, this.lmHead], this.config, shape) },
      ),
    ];
  }

  protected override begin(input: CausalLMInput): Pass {
    checkInput(input, this);
    return { ...input, visible: alibiTokens(input, this.dtype, this.#slopes) };
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    return BLOOM_CONFIG.toJson(this.config, dtype);
  }

  protected override beginningOf(name: string): Beginning {
    if (name.endsWith("bias")) return { constant: 0 };
    if (/(?:layernorm|ln_f)\.weight$/.test(name)) return { constant: 1 };
    return { std: this.config.initializerRange };
  }
}
