// OPT for one device: it knows no ranks. Its blocks are the embeddings, each layer, and the head.
import type { StoredNames } from "../../checkpoint/model-weights.js";
import { blockCost } from "../../nn/cost.js";
import type { Beginning } from "../../nn/init.js";
import type { Linear } from "../../nn/linear.js";
import { type Block, block } from "../../nn/model.js";
import { Module } from "../../nn/module.js";
import type { DType } from "../../tensor/dtype.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { onDevice } from "../../tensor/implied-device.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { CausalLM } from "../causal-lm.js";
import {
  type CausalLMInput,
  checkInput,
  countedPositions,
  lastTokens,
} from "../causal-lm-input.js";
import { layerCost } from "../decoder/cost.js";
import { languageHead } from "../language-head.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { headAndLoss } from "../next-tokens.js";
import { visibleTokens } from "../visible-tokens.js";
import { OPT_CONFIG, type OPTConfig, type OPTOptions } from "./config.js";
import { headCost, keptWidths } from "./cost.js";
import { OPTDecoder, type Pass } from "./layers.js";

class OPTModel extends Module {
  readonly decoder: OPTDecoder;

  constructor(config: OPTConfig) {
    super();
    this.decoder = new OPTDecoder(config);
  }
}

type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/** An OPT with a language-model head (Zhang et al. 2022), for one device. Names of weights are transformers'. */
export class OPTForCausalLM extends CausalLM<Pass> {
  /** Sizes and choices. */
  readonly config: OPTConfig;
  /** Everything below the head. */
  readonly model: OPTModel;
  /** Its weight is the embedding's unless the config says otherwise. */
  readonly lmHead: Linear;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: OPTOptions = {}, weights: RandomWeights = {}) {
    super();
    this.config = OPT_CONFIG.fromOptions("new OPTForCausalLM", options);
    checkRandomWeights("new OPTForCausalLM", weights);
    const { seed = 0, device } = weights;
    this.model = onDevice(device, () => new OPTModel(this.config));
    const { wordEmbedProjDim, vocabSize, tieWordEmbeddings } = this.config;
    this.lmHead = languageHead(wordEmbedProjDim, vocabSize, {
      tied: tieWordEmbeddings ? this.embeddingWeight : undefined,
      device,
    });
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not, with or without the prefix `model.`.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<OPTConfig> = {},
  ): Promise<OPTForCausalLM> {
    return CausalLM.loadFolder(source, options, {
      table: OPT_CONFIG,
      build: (config) => new OPTForCausalLM(config, { seed: null }),
      layers: { field: "num_hidden_layers", names: /^(?:model\.)?decoder\.layers\.(\d+)\./ },
    });
  }

  protected override get storedNames(): StoredNames {
    return { optionalPrefix: "model." };
  }

  override get embeddingWeight(): Parameter {
    return this.model.decoder.embedTokens.weight;
  }
  override get headWeight(): Parameter {
    return this.lmHead.weight;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { decoder } = this.model;
    const { embedTokens, embedPositions, projectIn, projectOut, finalLayerNorm, layers } = decoder;
    const embeddings = [embedTokens, embedPositions, projectIn].filter(isThere);
    const before = [finalLayerNorm, projectOut].filter(isThere);
    const head = this.lmHead;
    const widths = keptWidths(this.config);
    return [
      block(
        "model.decoder.embed_tokens",
        embeddings,
        (_, pass: Pass) => ({ hidden: decoder.embed(pass) }),
        { cost: (shape) => blockCost(embeddings, shape) },
      ),
      ...layers.map((layer, index) =>
        block(
          `model.decoder.layers.${index}`,
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
        [...before, head],
        ({ hidden }: Hidden, pass: Pass) =>
          headAndLoss(head, decoder.finish(lastTokens(hidden, pass)), pass.labels),
        { cost: (shape) => headCost({ before, head }, this.config, shape) },
      ),
    ];
  }

  protected override begin(input: CausalLMInput): Pass {
    checkInput(input, this);
    return {
      ...input,
      positions: positionsOf(input),
      visible: visibleTokens(input, this.dtype),
    };
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    return OPT_CONFIG.toJson(this.config, dtype);
  }

  protected override beginningOf(name: string): Beginning {
    const { initStd: std, padTokenId } = this.config;
    if (name.endsWith("bias")) return { constant: 0 };
    if (name.endsWith("layer_norm.weight")) return { constant: 1 };
    return { std, zeroRow: name.endsWith("embed_tokens.weight") ? padTokenId : null };
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Those given; else tokens are counted without padding, which has -1, and those in the cache come first. */
function positionsOf(input: CausalLMInput): Tensor {
  const { positionIds, attentionMask, cache } = input;
  if (positionIds !== undefined || attentionMask === undefined) return countedPositions(input);
  return noGrad(() => {
    const mask = attentionMask.long();
    return mask
      .cumsum(1)
      .mul(mask)
      .sub(1)
      .slice(1, cache?.length ?? 0);
  });
}
