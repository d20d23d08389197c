// The parts of a T5 (Raffel et al. 2020): layers of branches that begin with an RMS norm. Scores are not scaled.
// Shapes: B batch, T tokens, Te tokens of the encoder, C hidden, H heads, D head dim.
import { productsOf } from "../../lora/shared-input.js";
import { Dropout } from "../../nn/dropout.js";
import { Embedding } from "../../nn/embedding.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import type { Tensor } from "../../tensor/tensor.js";
import { activation } from "../activation.js";
import { joinHeads, splitHeads } from "../decoder/attention.js";
import { attentionTo, type MaskedTokens } from "../visible-tokens.js";
import type { KeysAndValues, T5Cache } from "./cache.js";
import type { T5Config } from "./config.js";

const UNBIASED = { bias: false, initialize: false };

class T5Attention extends Module {
  readonly q: Linear;
  readonly k: Linear;
  readonly v: Linear;
  readonly o: Linear;
  /** Of distances; the first layer's serves all layers. */
  readonly relativeAttentionBias: Embedding | undefined;
  readonly #headDim: number;
  /** Of attention weights, while training. */
  readonly dropoutRate: number;

  constructor(config: T5Config, hasBias: boolean) {
    super();
    const { dModel, numHeads, dKv, relativeAttentionNumBuckets } = config;
    this.q = new Linear(dModel, numHeads * dKv, UNBIASED);
    this.k = new Linear(dModel, numHeads * dKv, UNBIASED);
    this.v = new Linear(dModel, numHeads * dKv, UNBIASED);
    this.o = new Linear(numHeads * dKv, dModel, UNBIASED);
    this.relativeAttentionBias = hasBias
      ? new Embedding(relativeAttentionNumBuckets, numHeads, { initialize: false })
      : undefined;
    this.#headDim = dKv;
    this.dropoutRate = config.dropoutRate;
  }

  /** (B, T, C) -> (B, H, T, D) twice */
  keysAndValues(x: Tensor): KeysAndValues {
    const projected = productsOf(x, [this.k, this.v]);
    const [keys, values] = projected.map((each) => splitHeads(each, this.#headDim));
    return { keys, values } as KeysAndValues;
  }

  /** x (B, T, C) -> (B, T, C) */
  attend(x: Tensor, { keys, values }: KeysAndValues, visible: MaskedTokens | undefined): Tensor {
    const queries = splitHeads(this.q.forward(x), this.#headDim);
    const dropout = this.training ? this.dropoutRate : 0;
    const attended = attentionTo([queries, keys, values], visible, { scale: 1, dropout });
    return this.o.forward(joinHeads(attended));
  }
}

/** A norm, what is done with it, and dropout of that before it is added. */
abstract class T5Branch extends Module {
  readonly layerNorm: RMSNorm;
  readonly dropout: Dropout;

  constructor({ dModel, layerNormEpsilon, dropoutRate }: T5Config) {
    super();
    this.layerNorm = new RMSNorm(dModel, { eps: layerNormEpsilon });
    this.dropout = new Dropout(dropoutRate);
  }

  protected added(x: Tensor, branch: (normed: Tensor) => Tensor): Tensor {
    return x.add(this.dropout.forward(branch(this.layerNorm.forward(x))));
  }
}

class T5SelfAttention extends T5Branch {
  readonly SelfAttention: T5Attention;

  constructor(config: T5Config, hasBias: boolean) {
    super(config);
    this.SelfAttention = new T5Attention(config, hasBias);
  }

  /** @param place of the layer in the cache */
  forward(x: Tensor, visible: MaskedTokens, { cache, layer }: CachePlace): Tensor {
    return this.added(x, (normed) => {
      const own = this.SelfAttention.keysAndValues(normed);
      const all = cache?.tokens.append(layer, own.keys, own.values) ?? own;
      return this.SelfAttention.attend(normed, all, visible);
    });
  }
}

class T5CrossAttention extends T5Branch {
  readonly EncDecAttention: T5Attention;

  constructor(config: T5Config) {
    super(config);
    this.EncDecAttention = new T5Attention(config, false);
  }

  /** @param encoded (B, Te, C) */
  forward(x: Tensor, { encoded, visible }: Encoded, { cache, layer }: CachePlace): Tensor {
    return this.added(x, (normed) => {
      const make = (): KeysAndValues => this.EncDecAttention.keysAndValues(encoded);
      return this.EncDecAttention.attend(normed, cache?.encoded(layer, make) ?? make(), visible);
    });
  }
}

/** What the encoder gives, and what of it is no padding. */
export interface Encoded {
  readonly encoded: Tensor;
  readonly visible: MaskedTokens | undefined;
}

/** Where a layer keeps keys and values, if anywhere. */
export interface CachePlace {
  readonly cache: T5Cache | undefined;
  /** From 0. */
  readonly layer: number;
}

class T5MLP extends Module {
  readonly wi: Linear | undefined;
  readonly wi_0: Linear | undefined;
  readonly wi_1: Linear | undefined;
  readonly wo: Linear;
  readonly dropout: Dropout;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ dModel, dFf, isGatedAct, denseActFn, dropoutRate }: T5Config) {
    super();
    const inner = (): Linear => new Linear(dModel, dFf, UNBIASED);
    this.wi = isGatedAct ? undefined : inner();
    this.wi_0 = isGatedAct ? inner() : undefined;
    this.wi_1 = isGatedAct ? inner() : undefined;
    this.wo = new Linear(dFf, dModel, UNBIASED);
    this.dropout = new Dropout(dropoutRate);
    this.#activation = activation(denseActFn);
  }

  forward(x: Tensor): Tensor {
    const first = (this.wi ?? this.wi_0) as Linear;
    const active = this.#activation(first.forward(x));
    const inner = this.wi_1 === undefined ? active : active.mul(this.wi_1.forward(x));
    return this.wo.forward(this.dropout.forward(inner));
  }
}

class T5FeedForward extends T5Branch {
  readonly DenseReluDense: T5MLP;

  constructor(config: T5Config) {
    super(config);
    this.DenseReluDense = new T5MLP(config);
  }

  forward(x: Tensor): Tensor {
    return this.added(x, (normed) => this.DenseReluDense.forward(normed));
  }
}

/** A layer of the encoder. */
export class T5EncoderBlock extends Module {
  readonly layer: readonly [T5SelfAttention, T5FeedForward];

  constructor(config: T5Config, index: number) {
    super();
    this.layer = [new T5SelfAttention(config, index === 0), new T5FeedForward(config)];
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, visible: MaskedTokens): Tensor {
    const [attention, mlp] = this.layer;
    return mlp.forward(attention.forward(x, visible, { cache: undefined, layer: 0 }));
  }
}

/** A layer of the decoder. */
export class T5DecoderBlock extends Module {
  readonly layer: readonly [T5SelfAttention, T5CrossAttention, T5FeedForward];

  constructor(config: T5Config, index: number) {
    super();
    this.layer = [
      new T5SelfAttention(config, index === 0),
      new T5CrossAttention(config),
      new T5FeedForward(config),
    ];
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, visible: MaskedTokens, encoded: Encoded, place: CachePlace): Tensor {
    const [attention, cross, mlp] = this.layer;
    const attended = attention.forward(x, visible, place);
    return mlp.forward(cross.forward(attended, encoded, place));
  }
}

/** Encoder or decoder. */
export class T5Stack<L extends T5EncoderBlock | T5DecoderBlock> extends Module {
  /** The model's own. */
  readonly embedTokens: Embedding;
  readonly block: readonly L[];
  readonly finalLayerNorm: RMSNorm;
  readonly dropout: Dropout;

  constructor(config: T5Config, shared: Embedding, block: readonly L[]) {
    super();
    this.embedTokens = shared;
    this.block = block;
    this.finalLayerNorm = new RMSNorm(config.dModel, { eps: config.layerNormEpsilon });
    this.dropout = new Dropout(config.dropoutRate);
  }

  /** (B, T) -> (B, T, C) */
  embed(ids: Tensor): Tensor {
    return this.dropout.forward(this.embedTokens.forward(ids));
  }

  /** (B, T, C), as layers give it */
  finish(hidden: Tensor): Tensor {
    return this.dropout.forward(this.finalLayerNorm.forward(hidden));
  }

  /** What distances add to scores: the first layer's, for all. */
  get distances(): Embedding {
    return this.block[0]?.layer[0].SelfAttention.relativeAttentionBias as Embedding;
  }
}
