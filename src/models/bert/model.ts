// BERT for one device, alone and with each of its heads: none knows ranks. Blocks are the embeddings, each layer, and the head.
import type { OptionTable } from "../../arguments/options.js";
import { Dropout } from "../../nn/dropout.js";
import { Linear } from "../../nn/linear.js";
import { type Block, block, type Carried } from "../../nn/model.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import {
  countedLabels,
  countedSequences,
  type SequenceClassesOutput,
  sequenceLoss,
  type TokenClassesOutput,
  tokenLoss,
} from "../classification.js";
import type { RandomWeights } from "../model-options.js";
import type { BertConfig, BertOptions } from "./config.js";
import { sequenceHeadCost, tokenHeadCost, transformWidths } from "./cost.js";
import { BERT_INPUT, type BertInput, type BertLabelledInput } from "./input.js";
import {
  BertBody,
  type BertEmbeddings,
  type BertEncoder,
  BertMaskedHead,
  type BertPooler,
  type Pass,
  PooledBertBody,
} from "./layers.js";
import { BertPretrained } from "./pretrained.js";

type Hidden = { readonly hidden: Tensor }; // (B, T, C)

/** Output of a BERT without a head. */
export interface BertOutput {
  /** (B, T, C) */
  readonly lastHiddenState: Tensor;
  /** (B, C): what the first token became, through a layer of its own */
  readonly poolerOutput: Tensor;
}

/** A BERT without a head (Devlin et al. 2018): vectors of tokens and of the whole sequence. */
export class BertModel extends BertPretrained<BertOutput> {
  /** Of tokens, positions and kinds of tokens. */
  readonly embeddings: BertEmbeddings;
  /** The layers. */
  readonly encoder: BertEncoder;
  /** Of the first token. */
  readonly pooler: BertPooler;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: BertOptions = {}, weights: RandomWeights = {}) {
    super(options, weights);
    const parts = this.build(weights, () => new PooledBertBody(this.config));
    this.embeddings = parts.embeddings;
    this.encoder = parts.encoder;
    this.pooler = parts.pooler;
    this.draw(weights);
  }

  protected override get inputTable(): OptionTable<BertInput> {
    return BERT_INPUT;
  }
  protected override get body(): this {
    return this;
  }
  protected override get otherHeads(): RegExp {
    return /^(?:cls|classifier)\./;
  }

  protected override get mayBegin(): RegExp {
    return /^pooler\./;
  }

  protected override listBlocks(): readonly Block<Pass>[] {
    const { pooler } = this;
    return [
      ...this.bodyBlocks(""),
      block(
        "pooler",
        [pooler],
        ({ hidden }: Hidden) => ({ hidden, pooled: pooler.forward(hidden) }),
        {
          cost: (shape) => sequenceHeadCost([pooler], this.config, shape),
        },
      ),
    ];
  }

  protected override end({ hidden, pooled }: Carried): BertOutput {
    return { lastHiddenState: hidden as Tensor, poolerOutput: pooled as Tensor };
  }
}

/** A BERT that predicts masked tokens. Labels (B, T) are -100 where a token is not to be predicted. */
export class BertForMaskedLM extends BertPretrained<TokenClassesOutput> {
  /** Everything below the head. */
  readonly bert: BertBody;
  /** Its decoder's weight is the embedding's unless the config says otherwise. */
  readonly cls: BertMaskedHead;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: BertOptions = {}, weights: RandomWeights = {}) {
    super(options, weights);
    this.bert = this.build(weights, () => new BertBody(this.config));
    const tied = this.config.tieWordEmbeddings ? this.embeddingWeight : undefined;
    this.cls = this.build(weights, () => new BertMaskedHead(this.config, tied));
    this.draw(weights);
  }

  protected override get body(): BertBody {
    return this.bert;
  }
  protected override get otherHeads(): RegExp {
    return /^(?:bert\.)?pooler\.|^cls\.seq_relationship\./;
  }

  protected override get mayBegin(): RegExp {
    return /^cls\./;
  }

  protected override get tokenRows(): readonly Parameter[] {
    return [this.embeddingWeight, ...this.cls.predictions.tokenRows];
  }

  protected override listBlocks(): readonly Block<Pass & BertLabelledInput>[] {
    const { predictions } = this.cls;
    const { vocabSize: numClasses } = this.config;
    const widths = transformWidths(this.config);
    return [
      ...this.bodyBlocks("bert."),
      block(
        "cls.predictions",
        [predictions],
        ({ hidden }: Hidden, { labels }: BertLabelledInput) =>
          withTokenLoss(predictions.forward(hidden), labels),
        { cost: (shape) => tokenHeadCost(predictions, this.config, { shape, numClasses, widths }) },
      ),
    ];
  }

  protected override end(carried: Carried, { labels }: BertLabelledInput): TokenClassesOutput {
    return tokenOutput(carried, labels);
  }
}

/** A BERT that tells classes of tokens apart. Labels (B, T) are -100 where a token does not count. */
export class BertForTokenClassification extends BertPretrained<TokenClassesOutput> {
  /** Everything below the head. */
  readonly bert: BertBody;
  /** Before the head. */
  readonly dropout: Dropout;
  /** (labels, C) */
  readonly classifier: Linear;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: BertOptions = {}, weights: RandomWeights = {}) {
    super(options, weights);
    this.bert = this.build(weights, () => new BertBody(this.config));
    this.dropout = dropoutBefore(this.config);
    this.classifier = this.build(weights, () => classifierOf(this.config));
    this.draw(weights);
  }

  protected override get body(): BertBody {
    return this.bert;
  }
  protected override get otherHeads(): RegExp {
    return /^(?:bert\.)?pooler\.|^cls\./;
  }

  protected override get mayBegin(): RegExp {
    return /^classifier\./;
  }

  protected override listBlocks(): readonly Block<Pass & BertLabelledInput>[] {
    const { classifier, config } = this;
    return [
      ...this.bodyBlocks("bert."),
      block(
        "classifier",
        [classifier],
        ({ hidden }: Hidden, { labels }: BertLabelledInput) =>
          withTokenLoss(classifier.forward(this.dropout.forward(hidden)), labels),
        {
          cost: (shape) =>
            tokenHeadCost(classifier, config, { shape, numClasses: config.numLabels }),
        },
      ),
    ];
  }

  protected override end(carried: Carried, { labels }: BertLabelledInput): TokenClassesOutput {
    return tokenOutput(carried, labels);
  }
}

/** A BERT that tells classes of sequences apart, or gives numbers for them; see `problemType`. */
export class BertForSequenceClassification extends BertPretrained<SequenceClassesOutput> {
  /** Everything below the head. */
  readonly bert: PooledBertBody;
  /** Before the head. */
  readonly dropout: Dropout;
  /** (labels, C) */
  readonly classifier: Linear;

  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: BertOptions = {}, weights: RandomWeights = {}) {
    super(options, weights);
    this.bert = this.build(weights, () => new PooledBertBody(this.config));
    this.dropout = dropoutBefore(this.config);
    this.classifier = this.build(weights, () => classifierOf(this.config));
    this.draw(weights);
  }

  protected override get body(): PooledBertBody {
    return this.bert;
  }
  protected override get otherHeads(): RegExp {
    return /^cls\./;
  }

  protected override get mayBegin(): RegExp {
    return /^classifier\.|^bert\.pooler\./;
  }

  protected override listBlocks(): readonly Block<Pass & BertLabelledInput>[] {
    const { classifier, config } = this;
    const { pooler } = this.bert;
    return [
      ...this.bodyBlocks("bert."),
      block(
        "classifier",
        [pooler, classifier],
        ({ hidden }: Hidden, { labels }: BertLabelledInput) => {
          const logits = classifier.forward(this.dropout.forward(pooler.forward(hidden)));
          return labels === undefined
            ? { logits }
            : { logits, loss: sequenceLoss(logits, labels, config) };
        },
        { cost: (shape) => sequenceHeadCost([pooler, classifier], config, shape) },
      ),
    ];
  }

  protected override end(carried: Carried, { labels }: BertLabelledInput): SequenceClassesOutput {
    const { logits, loss } = carried as { logits: Tensor; loss?: Tensor };
    if (loss === undefined || labels === undefined) return { logits };
    return { logits, loss, numTokens: countedSequences(labels, this.config) };
  }
}

function classifierOf({ hiddenSize, numLabels }: BertConfig): Linear {
  return new Linear(hiddenSize, numLabels, { initialize: false });
}

function dropoutBefore({ classifierDropout, hiddenDropoutProb }: BertConfig): Dropout {
  return new Dropout(classifierDropout ?? hiddenDropoutProb);
}

function withTokenLoss(logits: Tensor, labels: Tensor | undefined): Carried {
  return labels === undefined ? { logits } : { logits, loss: tokenLoss(logits, labels.long()) };
}

function tokenOutput(carried: Carried, labels: Tensor | undefined): TokenClassesOutput {
  const { logits, loss } = carried as { logits: Tensor; loss?: Tensor };
  if (loss === undefined || labels === undefined) return { logits };
  return { logits, loss, numTokens: countedLabels(labels) };
}
