// Decoders with rotary positions for one device: they know no ranks. Blocks are the embedding, each layer, and the head.
import type { StoredNames } from "../../checkpoint/model-weights.js";
import { blockCost, type InputShape } from "../../nn/cost.js";
import { Embedding } from "../../nn/embedding.js";
import type { Beginning } from "../../nn/init.js";
import type { Linear } from "../../nn/linear.js";
import { type Block, block, type Carried } from "../../nn/model.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import { full } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import { onDevice } from "../../tensor/implied-device.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { CausalLM } from "../causal-lm.js";
import { type CausalLMInput, lastTokens } from "../causal-lm-input.js";
import { languageHead } from "../language-head.js";
import {
  checkRandomWeights,
  type FromPretrainedOptions,
  type RandomWeights,
} from "../model-options.js";
import { headAndLoss, withNextTokenLoss } from "../next-tokens.js";
import { RotaryEmbedding } from "../rotary/embedding.js";
import { maxPositions } from "../rotary/frequencies.js";
import type { DecoderConfig, DecoderOptions } from "./config.js";
import { headCost, type Kept, keptWidths, layerCost } from "./cost.js";
import type { DecoderFamily } from "./family.js";
import type { DecoderLayer, TokenWise } from "./layer.js";
import { endsInSum } from "./own-product.js";
import { beginPass, type DecoderPass, type Sight } from "./pass.js";
import { allLayers, LAYER_TYPES, type LayerType } from "./windows.js";

/** Everything below the head. */
export class DecoderModel<L extends DecoderLayer> extends Module {
  readonly embedTokens: Embedding;
  readonly layers: L[];
  readonly norm: TokenWise;

  constructor(config: DecoderConfig, layers: readonly L[], norm: TokenWise) {
    super();
    this.embedTokens = new Embedding(config.vocabSize, config.hiddenSize, {
      paddingIdx: config.padTokenId, // as in transformers: its vector is not trained
      initialize: false,
    });
    this.layers = [...layers];
    this.norm = norm;
  }
}

/** What goes from block to block. */
export type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/** A decoder with rotary positions and a language-model head, for one device. */
export abstract class DecoderForCausalLM<
  C extends DecoderConfig,
  L extends DecoderLayer = DecoderLayer,
> extends CausalLM<DecoderPass> {
  /** Sizes and choices. */
  readonly config: C;
  /** Everything below the head. */
  readonly model: DecoderModel<L>;
  /** Its weight is the embedding's when the two are tied. */
  readonly lmHead: Linear;
  readonly #family: DecoderFamily<C, L>;
  readonly #sights: ReadonlyMap<LayerType, Sight>;

  protected constructor(
    family: DecoderFamily<C, L>,
    options: DecoderOptions<C>,
    weights: RandomWeights,
  ) {
    super();
    const of = `new ${new.target.name}`;
    this.#family = family;
    this.config = family.table.fromOptions(of, options);
    checkRandomWeights(of, weights);
    const { seed = 0, device } = weights;
    const types = layerTypes(family, this.config);
    this.model = onDevice(device, () => makeModel(family, this.config, types));
    const { hiddenSize, vocabSize, tieWordEmbeddings } = this.config;
    this.lmHead = languageHead(hiddenSize, vocabSize, {
      tied: tieWordEmbeddings ? this.embeddingWeight : undefined,
      device,
    });
    this.#sights = sightsOf(family, this.config, types);
    if (seed !== null && this.device !== "meta") this.initialize(seed);
  }

  /** `fromPretrained` of the families. @param build makes a model without numbers */
  protected static loadFamily<C extends DecoderConfig, M extends DecoderForCausalLM<C>>(
    source: string,
    options: FromPretrainedOptions & Partial<C>,
    family: { table: DecoderFamily<C>["table"]; build: (config: C) => M },
  ): Promise<M> {
    const layers = { field: "num_hidden_layers", names: /^model\.layers\.(\d+)\./ };
    return CausalLM.loadFolder(source, options, { ...family, layers });
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

  override get maxPositions(): number {
    return maxPositions(this.config);
  }

  protected override listBlocks(): readonly Block<DecoderPass>[] {
    const { embedTokens, layers, norm } = this.model;
    return [
      block(
        "model.embed_tokens",
        [embedTokens],
        (_, { inputIds }: DecoderPass) => ({ hidden: this.#embed(inputIds) }),
        { cost: (shape) => blockCost([embedTokens], shape) },
      ),
      ...layers.map((layer, index) =>
        block(
          `model.layers.${index}`,
          [layer],
          (carried: Hidden, pass: DecoderPass) => this.runLayer(layer, carried, pass),
          {
            isLayer: true,
            endsInSum: endsInSum(layer),
            cost: (shape) => layerCost(layer, this.config, this.#kept(shape, index)),
          },
        ),
      ),
      block(
        "lm_head",
        [norm, this.lmHead],
        (carried: Hidden, pass: DecoderPass) => this.runHead(carried, pass),
        {
          cost: (shape) => {
            const bendsLogits = this.#logitSoftCap !== null;
            return headCost([norm, this.lmHead], { ...this.config, bendsLogits }, shape);
          },
        },
      ),
    ];
  }

  /** One layer. */
  protected runLayer(layer: L, { hidden }: Hidden, pass: DecoderPass): Hidden {
    return { hidden: layer.forward(hidden, pass) };
  }

  /** Norm, head and loss. */
  protected runHead({ hidden }: Hidden, pass: DecoderPass): Carried {
    const { labels } = pass;
    const normed = this.model.norm.forward(lastTokens(hidden, pass));
    const cap = this.#logitSoftCap;
    if (cap === null) return headAndLoss(this.lmHead, normed, labels);
    const logits = this.lmHead.forward(normed).div(cap).tanh().mul(cap); // (B, T, V)
    return withNextTokenLoss(logits, labels);
  }

  /** Logits stay below it; null: they are as they come. */
  get #logitSoftCap(): number | null {
    return this.#family.logitSoftCap?.(this.config) ?? null;
  }

  /** What the layer at `index` keeps of each row. */
  #kept(shape: InputShape, index: number): Kept {
    const { keptWidths: widths = keptWidths, keptFloats } = this.#family;
    return {
      shape,
      widths: widths(this.config, shape, index),
      numFloats: keptFloats?.(this.config, index) ?? 0,
    };
  }

  protected override begin(input: CausalLMInput): DecoderPass {
    return beginPass(input, this, this.#sights);
  }

  protected override configJson(dtype: DType): Record<string, unknown> {
    return this.#family.table.toJson(this.config, dtype);
  }

  /** ids (B, T) -> (B, T, C) */
  #embed(ids: Tensor): Tensor {
    const embedded = this.model.embedTokens.forward(ids);
    const scale = this.#family.embeddingScale?.(this.config);
    if (scale === undefined) return embedded;
    const { dtype, device } = embedded;
    return embedded.mul(full([], scale, { dtype, device })); // rounded first, as in transformers
  }

  protected override beginningOf(name: string): Beginning {
    const { initializerRange, padTokenId } = this.config;
    if (name.endsWith("bias")) return { constant: 0 };
    if (name.endsWith("norm.weight")) return { constant: this.#family.firstNormWeight ?? 1 };
    const isEmbedding = name === "model.embed_tokens.weight";
    return { std: initializerRange, zeroRow: isEmbedding ? padTokenId : null };
  }
}

function layerTypes<C extends DecoderConfig>(
  family: DecoderFamily<C>,
  config: C,
): readonly LayerType[] {
  return family.layerTypes?.(config) ?? allLayers(config, "full_attention");
}

function makeModel<C extends DecoderConfig, L extends DecoderLayer>(
  family: DecoderFamily<C, L>,
  config: C,
  types: readonly LayerType[],
): DecoderModel<L> {
  const { hiddenSize, rmsNormEps: eps } = config;
  const layers = types.map((type, index) => family.layer(config, { index, type }));
  return new DecoderModel(
    config,
    layers,
    family.finalNorm?.(config) ?? new RMSNorm(hiddenSize, { eps }),
  );
}

/** Of the types that there are. */
function sightsOf<C extends DecoderConfig>(
  { rotary, window, scoreSoftCap }: DecoderFamily<C>,
  config: C,
  types: readonly LayerType[],
): ReadonlyMap<LayerType, Sight> {
  const softCap = scoreSoftCap?.(config) ?? null;
  const present = LAYER_TYPES.filter((type) => types.includes(type));
  return new Map(
    present.map((type) => {
      const size = type === "sliding_attention" ? window?.(config) : null;
      const angles = rotary?.(config, type) ?? new RotaryEmbedding(config);
      return [type, { rotary: angles, window: size ?? Number.POSITIVE_INFINITY, softCap }];
    }),
  );
}
