// LLaMA for one device: it knows no ranks. Its blocks are the embedding, each decoder layer, and the head.

import type { StoredNames } from "../../checkpoint/model-weights.js";
import { blockCost } from "../../nn/cost.js";
import { Embedding } from "../../nn/embedding.js";
import type { Beginning } from "../../nn/init.js";
import { Linear } from "../../nn/linear.js";
import { type Block, block, type Carried } from "../../nn/model.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import type { DType } from "../../tensor/dtype.js";
import { onDevice } from "../../tensor/implied-device.js";
import { crossEntropy } from "../../tensor/losses.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { CausalLM } from "../causal-lm.js";
import { type CausalLMInput, checkInput } from "../causal-lm-input.js";
import { readConfig } from "../config-file.js";
import {
  checkPretrained,
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { nextTokens } from "../next-tokens.js";
import { RotaryEmbedding } from "../rotary/embedding.js";
import { maxPositions } from "../rotary/frequencies.js";
import { visibleTokens } from "../visible-tokens.js";
import { LLAMA_CONFIG, type LlamaConfig, type LlamaOptions } from "./config.js";
import { headCost, layerCost } from "./cost.js";
import { LlamaDecoderLayer, type Pass } from "./layers.js";

class LlamaModel extends Module {
  readonly embedTokens: Embedding;
  readonly layers: LlamaDecoderLayer[];
  readonly norm: RMSNorm;

  constructor(config: LlamaConfig) {
    super();
    this.embedTokens = new Embedding(config.vocabSize, config.hiddenSize, {
      paddingIdx: config.padTokenId, // as in transformers: its vector is not trained
      initialize: false,
    });
    this.layers = Array.from(
      { length: config.numHiddenLayers },
      (_, index) => new LlamaDecoderLayer(config, index),
    );
    this.norm = new RMSNorm(config.hiddenSize, { eps: config.rmsNormEps });
  }
}

type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/** A model of the LLaMA family with a language-model head (Touvron et al. 2023), for one device. */
export class LlamaForCausalLM extends CausalLM<Pass> {
  /** Sizes and choices. */
  readonly config: LlamaConfig;
  /** Everything below the head. */
  readonly model: LlamaModel;
  /** Its weight is the embedding's when the two are tied. */
  readonly lmHead: Linear;
  readonly #rotary: RotaryEmbedding;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: LlamaOptions, weights: RandomWeights = {}) {
    super();
    this.config = LLAMA_CONFIG.fromOptions("new LlamaForCausalLM", options);
    checkRandomWeights("new LlamaForCausalLM", weights);
    const { seed = 0, device } = weights;
    this.model = onDevice(device, () => new LlamaModel(this.config));
    const { hiddenSize, vocabSize, tieWordEmbeddings } = this.config;
    this.lmHead = new Linear(hiddenSize, vocabSize, {
      bias: false,
      initialize: false,
      ...(device !== undefined && { device }),
      ...(tieWordEmbeddings && { weight: this.embeddingWeight }),
    });
    this.#rotary = new RotaryEmbedding(this.config);
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /**
   * Loads a Hugging Face folder: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    folder: string,
    options: FromPretrainedOptions = {},
  ): Promise<LlamaForCausalLM> {
    checkPretrained(folder, options);
    const config = LLAMA_CONFIG.fromFile(readConfig(folder));
    return CausalLM.load(folder, options, {
      build: () => new LlamaForCausalLM(config, { seed: null }),
      layers: {
        field: "num_hidden_layers",
        count: config.numHiddenLayers,
        names: /^model\.layers\.(\d+)\./,
      },
    });
  }

  protected override get storedNames(): StoredNames {
    return { ignore: /inv_freq$/ }; // rotary frequencies, which older files hold
  }

  override get embeddingWeight(): Parameter {
    return this.model.embedTokens.weight;
  }
  override get headWeight(): Parameter {
    return this.lmHead.weight;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { embedTokens, layers, norm } = this.model;
    return [
      block(
        "model.embed_tokens",
        [embedTokens],
        (_, { inputIds }: Pass) => ({
          hidden: embedTokens.forward(inputIds), // (B, T, C)
        }),
        { cost: (shape) => blockCost([embedTokens], shape) },
      ),
      ...layers.map((layer, index) =>
        block(
          `model.layers.${index}`,
          [layer],
          ({ hidden }: Hidden, pass: Pass) => ({ hidden: layer.forward(hidden, pass) }),
          { isLayer: true, cost: (shape) => layerCost(layer, this.config, shape) },
        ),
      ),
      block(
        "lm_head",
        [norm, this.lmHead],
        ({ hidden }: Hidden, pass: Pass) => this.#head(hidden, pass.labels),
        { cost: (shape) => headCost([norm, this.lmHead], this.config, shape) },
      ),
    ];
  }

  override get maxPositions(): number {
    return maxPositions(this.config);
  }

  protected override begin(input: CausalLMInput): Pass {
    checkInput(input, this);
    const { inputIds, positionIds, cache } = input;
    const place = { dtype: this.dtype, device: inputIds.device };
    const positions =
      positionIds === undefined
        ? this.#rotary.at(cache?.length ?? 0, inputIds.shape[1] as number, place)
        : this.#rotary.of(positionIds, place);
    return { ...input, positions, visible: visibleTokens(input, this.dtype) };
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    return LLAMA_CONFIG.toJson(this.config, dtype);
  }

  #head(x: Tensor, labels: Tensor | undefined): Carried {
    const logits = this.lmHead.forward(this.model.norm.forward(x)); // (B, T, V)
    if (labels === undefined) return { logits };
    const loss = crossEntropy(
      logits.view(-1, this.config.vocabSize).to("float32"),
      nextTokens(labels),
    );
    return { loss, logits };
  }

  protected override beginningOf(name: string): Beginning {
    const { initializerRange, padTokenId } = this.config;
    if (name.endsWith("bias")) return { constant: 0 };
    if (name.endsWith("norm.weight")) return { constant: 1 };
    const isEmbedding = name === "model.embed_tokens.weight";
    return { std: initializerRange, zeroRow: isEmbedding ? padTokenId : null };
  }
}
