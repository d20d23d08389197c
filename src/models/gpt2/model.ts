// GPT-2 for one device: it knows no ranks. Its blocks are the embeddings, each layer, and the head.
import type { StoredNames } from "../../checkpoint/model-weights.js";
import { blockCost } from "../../nn/cost.js";
import { Embedding } from "../../nn/embedding.js";
import type { Beginning } from "../../nn/init.js";
import { LayerNorm } from "../../nn/layer-norm.js";
import type { Linear } from "../../nn/linear.js";
import { type Block, block, type Carried } from "../../nn/model.js";
import { Module } from "../../nn/module.js";
import { empty } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { onDevice } from "../../tensor/implied-device.js";
import { ops } from "../../tensor/ops.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { CausalLM } from "../causal-lm.js";
import {
  type CausalLMInput,
  checkInput,
  countedPositions,
  lastTokens,
} from "../causal-lm-input.js";
import { languageHead } from "../language-head.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { headAndLoss } from "../next-tokens.js";
import { visibleTokens } from "../visible-tokens.js";
import { GPT2_CONFIG, type GPT2Config, type GPT2Options } from "./config.js";
import { headCost, layerCost } from "./cost.js";
import { addAndNorm, GPT2Block, type Pass, type Stream } from "./layers.js";

class GPT2Model extends Module {
  readonly wte: Embedding;
  readonly wpe: Embedding;
  readonly h: GPT2Block[];
  readonly lnF: LayerNorm;

  constructor(config: GPT2Config) {
    super();
    this.wte = new Embedding(config.vocabSize, config.hiddenSize, { initialize: false });
    this.wpe = new Embedding(config.maxPositionEmbeddings, config.hiddenSize, {
      initialize: false,
    });
    this.h = Array.from({ length: config.numHiddenLayers }, (_, i) => new GPT2Block(config, i));
    this.lnF = new LayerNorm(config.hiddenSize, { eps: config.layerNormEpsilon });
  }
}

/** GPT-2 with a language-model head (Radford et al. 2019), for one device. Names of weights are transformers'. */
export class GPT2LMHeadModel extends CausalLM<Pass> {
  /** Sizes and choices. */
  readonly config: GPT2Config;
  /** Everything below the head. */
  readonly transformer: GPT2Model;
  /** Its weight is the embedding's unless the config says otherwise. */
  readonly lmHead: Linear;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: GPT2Options = {}, weights: RandomWeights = {}) {
    super();
    this.config = GPT2_CONFIG.fromOptions("new GPT2LMHeadModel", options);
    checkRandomWeights("new GPT2LMHeadModel", weights);
    const { seed = 0, device } = weights;
    this.transformer = onDevice(device, () => new GPT2Model(this.config));
    const { hiddenSize, vocabSize, tieWordEmbeddings } = this.config;
    this.lmHead = languageHead(hiddenSize, vocabSize, {
      tied: tieWordEmbeddings ? this.embeddingWeight : undefined,
      device,
    });
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not, with or without the prefix `transformer.`.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<GPT2Config> = {},
  ): Promise<GPT2LMHeadModel> {
    return CausalLM.loadFolder(source, options, {
      table: GPT2_CONFIG,
      build: (config) => new GPT2LMHeadModel(config, { seed: null }),
      layers: { field: "n_layer", names: /^(?:transformer\.)?h\.(\d+)\./ },
    });
  }

  protected override get storedNames(): StoredNames {
    return {
      ignore: /\.attn\.(masked_)?bias$/, // causal masks that older files hold
      optionalPrefix: "transformer.",
    };
  }

  override get embeddingWeight(): Parameter {
    return this.transformer.wte.weight;
  }
  override get headWeight(): Parameter {
    return this.lmHead.weight;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { wte, wpe, h, lnF } = this.transformer;
    return [
      block("transformer.wte", [wte, wpe], (_, pass: Pass) => ({ residual: this.#embed(pass) }), {
        cost: (shape) => blockCost([wte, wpe], shape),
      }),
      ...h.map((layer, index) =>
        block(
          `transformer.h.${index}`,
          [layer],
          (stream: Stream, pass: Pass) => ({ ...layer.forward(stream, pass) }),
          {
            isLayer: true,
            cost: (shape) => layerCost(layer, this.config, { shape, isFirst: index === 0 }),
          },
        ),
      ),
      block(
        "lm_head",
        [lnF, this.lmHead],
        (stream: Stream, pass: Pass) => this.#head(stream, pass),
        { cost: (shape) => headCost([lnF, this.lmHead], this.config, shape) },
      ),
    ];
  }

  protected override begin(input: CausalLMInput): Pass {
    checkInput(input, this);
    const { training } = this;
    const dropout = training ? this.#dropoutState(input.inputIds.device) : undefined;
    const visible = visibleTokens(input, this.dtype);
    return { ...input, positions: countedPositions(input), visible, training, dropout };
  }

  /** The loss of the labels is made without storing logits: then they are computed when asked for. */
  protected override configJson(dtype: DType): Record<string, unknown> {
    return GPT2_CONFIG.toJson(this.config, dtype);
  }

  #embed({ inputIds, positions, dropout }: Pass): Tensor {
    const { wte, wpe } = this.transformer;
    const sum = wte.forward(inputIds).add(wpe.forward(positions)); // (B, T, C)
    return dropout === undefined ? sum : ops.aten.dropout(sum, this.config.embdPdrop, true);
  }

  #head(stream: Stream, pass: Pass): Carried {
    const { dropout, labels } = pass;
    const { residPdrop: p, numHiddenLayers } = this.config;
    const site = { p, state: dropout, call: 2 * numHiddenLayers - 1 };
    const { normed } = addAndNorm(stream, this.transformer.lnF, site); // (B, T, C)
    return headAndLoss(this.lmHead, lastTokens(normed, pass), labels);
  }

  protected override beginningOf(name: string): Beginning {
    const { initializerRange, numHiddenLayers } = this.config;
    if (name.endsWith("bias")) return { constant: 0 };
    if (/\.ln_\w+\.weight$/.test(name)) return { constant: 1 };
    // What is added to the residual stream, 2 * numHiddenLayers times, starts smaller (GPT-2, section 2.3).
    const isAdded = name.endsWith("c_proj.weight");
    return { std: isAdded ? initializerRange / Math.sqrt(2 * numHiddenLayers) : initializerRange };
  }

  /** Drawn on the device, so that a captured pass draws anew at each replay. */
  #dropoutState(device: string): Tensor | undefined {
    const { embdPdrop, residPdrop } = this.config;
    if (Math.max(embdPdrop, residPdrop) === 0) return undefined;
    return noGrad(() => ops.aten.random_(empty([2], { dtype: "int64", device })));
  }
}
