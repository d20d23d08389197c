// The parts of a BERT (Devlin et al. 2018): layer norms after attention and MLP, of their output and the residual stream.
// Shapes: B batch, T tokens, C hidden, H heads, D head dim.
import { productsOf } from "../../lora/shared-input.js";
import { Dropout } from "../../nn/dropout.js";
import { Embedding } from "../../nn/embedding.js";
import { LayerNorm } from "../../nn/layer-norm.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { holdParameter } from "../../nn/parameter-fields.js";
import { zeros } from "../../tensor/create.js";
import { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import { activation } from "../activation.js";
import { joinHeads, splitHeads } from "../decoder/attention.js";
import { attentionTo, type MaskedTokens } from "../visible-tokens.js";
import type { BertConfig } from "./config.js";
import type { BertInput } from "./input.js";

/** What all blocks of a forward pass see. */
export interface Pass extends BertInput {
  readonly visible: MaskedTokens | undefined;
  /** (T) or (B, T) int64 */
  readonly positions: Tensor;
}

const DRAWN_LATER = { initialize: false };

export class BertEmbeddings extends Module {
  readonly wordEmbeddings: Embedding;
  readonly positionEmbeddings: Embedding;
  readonly tokenTypeEmbeddings: Embedding;
  readonly LayerNorm: LayerNorm;
  readonly dropout: Dropout;

  constructor(config: BertConfig) {
    super();
    const { hiddenSize, padTokenId, maxPositionEmbeddings, typeVocabSize } = config;
    this.wordEmbeddings = new Embedding(config.vocabSize, hiddenSize, {
      paddingIdx: padTokenId, // as in transformers: its vector is not trained
      ...DRAWN_LATER,
    });
    this.positionEmbeddings = new Embedding(maxPositionEmbeddings, hiddenSize, DRAWN_LATER);
    this.tokenTypeEmbeddings = new Embedding(typeVocabSize, hiddenSize, DRAWN_LATER);
    this.LayerNorm = new LayerNorm(hiddenSize, { eps: config.layerNormEps });
    this.dropout = new Dropout(config.hiddenDropoutProb);
  }

  /** (B, T) -> (B, T, C) */
  forward({ inputIds, tokenTypeIds, positions }: Pass): Tensor {
    const types = tokenTypeIds ?? inputIds.mul(0);
    const words = this.wordEmbeddings.forward(inputIds);
    const sum = words.add(this.tokenTypeEmbeddings.forward(types));
    const placed = this.positionEmbeddings.forward(positions).expandAs(sum);
    return this.dropout.forward(this.LayerNorm.forwardAdd(placed, sum).normed);
  }
}

class BertSelfAttention extends Module {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly #headDim: number;
  readonly #dropout: number;

  constructor({ hiddenSize, headDim, attentionProbsDropoutProb }: BertConfig) {
    super();
    this.query = new Linear(hiddenSize, hiddenSize, DRAWN_LATER);
    this.key = new Linear(hiddenSize, hiddenSize, DRAWN_LATER);
    this.value = new Linear(hiddenSize, hiddenSize, DRAWN_LATER);
    this.#headDim = headDim;
    this.#dropout = attentionProbsDropoutProb;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, { visible }: Pass): Tensor {
    const projected = productsOf(x, [this.query, this.key, this.value]);
    const heads = projected.map((each) => splitHeads(each, this.#headDim)); // (B, H, T, D)
    const dropout = this.training ? this.#dropout : 0;
    return joinHeads(attentionTo(heads as [Tensor, Tensor, Tensor], visible, { dropout }));
  }
}

/** A projection whose output, after dropout, is added to the residual stream, and the norm of the sum. */
class BertOutput extends Module {
  readonly dense: Linear;
  readonly LayerNorm: LayerNorm;
  readonly dropout: Dropout;

  constructor(inFeatures: number, { hiddenSize, layerNormEps, hiddenDropoutProb }: BertConfig) {
    super();
    this.dense = new Linear(inFeatures, hiddenSize, DRAWN_LATER);
    this.LayerNorm = new LayerNorm(hiddenSize, { eps: layerNormEps });
    this.dropout = new Dropout(hiddenDropoutProb);
  }

  forward(x: Tensor, residual: Tensor): Tensor {
    return this.LayerNorm.forwardAdd(this.dropout.forward(this.dense.forward(x)), residual).normed;
  }
}

class BertAttention extends Module {
  readonly self: BertSelfAttention;
  readonly output: BertOutput;

  constructor(config: BertConfig) {
    super();
    this.self = new BertSelfAttention(config);
    this.output = new BertOutput(config.hiddenSize, config);
  }

  forward(x: Tensor, pass: Pass): Tensor {
    return this.output.forward(this.self.forward(x, pass), x);
  }
}

class BertIntermediate extends Module {
  readonly dense: Linear;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ hiddenSize, intermediateSize, hiddenAct }: BertConfig) {
    super();
    this.dense = new Linear(hiddenSize, intermediateSize, DRAWN_LATER);
    this.#activation = activation(hiddenAct);
  }

  forward(x: Tensor): Tensor {
    return this.#activation(this.dense.forward(x));
  }
}

export class BertLayer extends Module {
  readonly attention: BertAttention;
  readonly intermediate: BertIntermediate;
  readonly output: BertOutput;

  constructor(config: BertConfig) {
    super();
    this.attention = new BertAttention(config);
    this.intermediate = new BertIntermediate(config);
    this.output = new BertOutput(config.intermediateSize, config);
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: Pass): Tensor {
    const attended = this.attention.forward(x, pass);
    return this.output.forward(this.intermediate.forward(attended), attended);
  }
}

export class BertEncoder extends Module {
  readonly layer: BertLayer[];

  constructor(config: BertConfig) {
    super();
    this.layer = Array.from({ length: config.numHiddenLayers }, () => new BertLayer(config));
  }
}

/** What a sequence is as a whole: its first token, through a layer of its own. */
export class BertPooler extends Module {
  readonly dense: Linear;

  constructor({ hiddenSize }: BertConfig) {
    super();
    this.dense = new Linear(hiddenSize, hiddenSize, DRAWN_LATER);
  }

  /** x (B, T, C) -> (B, C) */
  forward(x: Tensor): Tensor {
    return this.dense.forward(x.select(1, 0)).tanh();
  }
}

/** Everything below a head. */
export class BertBody extends Module {
  readonly embeddings: BertEmbeddings;
  readonly encoder: BertEncoder;

  constructor(config: BertConfig) {
    super();
    this.embeddings = new BertEmbeddings(config);
    this.encoder = new BertEncoder(config);
  }
}

/** The same for heads that take a sequence as a whole. */
export class PooledBertBody extends BertBody {
  readonly pooler: BertPooler;

  constructor(config: BertConfig) {
    super(config);
    this.pooler = new BertPooler(config);
  }
}

class BertTransform extends Module {
  readonly dense: Linear;
  readonly LayerNorm: LayerNorm;
  readonly #activation: (x: Tensor) => Tensor;

  constructor({ hiddenSize, hiddenAct, layerNormEps }: BertConfig) {
    super();
    this.dense = new Linear(hiddenSize, hiddenSize, DRAWN_LATER);
    this.LayerNorm = new LayerNorm(hiddenSize, { eps: layerNormEps });
    this.#activation = activation(hiddenAct);
  }

  forward(x: Tensor): Tensor {
    return this.LayerNorm.forward(this.#activation(this.dense.forward(x)));
  }
}

class BertPredictions extends Module {
  /** (vocabulary); with a tied decoder it is the decoder's, else it has no effect, as in transformers. */
  declare readonly bias: Parameter;
  readonly transform: BertTransform;
  readonly decoder: Linear;

  /** @param tied the embedding's weight, when the decoder shares it */
  constructor(config: BertConfig, tied: Parameter | undefined) {
    super();
    this.transform = new BertTransform(config);
    this.decoder = new Linear(config.hiddenSize, config.vocabSize, {
      ...DRAWN_LATER,
      ...(tied !== undefined && { weight: tied }),
    });
    const isTied = tied !== undefined;
    holdParameter(
      this,
      "bias",
      isTied ? this.decoder.bias : new Parameter(zeros([config.vocabSize])),
    );
  }

  /** What has a row for each token. */
  get tokenRows(): readonly Parameter[] {
    return [this.bias, ...this.decoder.parameters()];
  }

  /** x (B, T, C) -> (B, T, V) */
  forward(x: Tensor): Tensor {
    return this.decoder.forward(this.transform.forward(x));
  }
}

/** The head that predicts masked tokens. */
export class BertMaskedHead extends Module {
  readonly predictions: BertPredictions;

  constructor(config: BertConfig, tied: Parameter | undefined) {
    super();
    this.predictions = new BertPredictions(config, tied);
  }
}
