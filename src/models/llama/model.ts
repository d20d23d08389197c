// LLaMA for one device: it knows no ranks. Its blocks are the embedding, each decoder layer, and the head.
import { Embedding } from "../../nn/embedding.js";
import { normal } from "../../nn/init.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import { crossEntropy, linear } from "../../tensor/functional.js";
import { noGrad } from "../../tensor/grad-mode.js";
import type { Parameter } from "../../tensor/parameter.js";
import { Generator } from "../../tensor/random.js";
import { runBlock } from "../../tensor/tape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { type LlamaConfig, type LlamaOptions, llamaConfig } from "./config.js";
import { KVCache } from "./kv-cache.js";
import { LlamaDecoderLayer } from "./layers.js";
import { RotaryEmbedding } from "./rope.js";

export interface LlamaInput {
  /** (B, T) int64 token ids */
  readonly inputIds: Tensor;
  /** (B, T) int64; the model shifts them, so they usually equal `inputIds`. -100 does not count. */
  readonly labels?: Tensor;
  /** Earlier tokens, while generating. */
  readonly cache?: KVCache;
}

export interface LlamaOutput {
  /** (B, T, vocabulary) */
  readonly logits: Tensor;
}

class LlamaModel extends Module {
  readonly embedTokens: Embedding;
  readonly layers: LlamaDecoderLayer[];
  readonly norm: RMSNorm;

  constructor(config: LlamaConfig) {
    super();
    this.embedTokens = new Embedding(config.vocabSize, config.hiddenSize);
    this.layers = Array.from({ length: config.numHiddenLayers }, () => new LlamaDecoderLayer(config));
    this.norm = new RMSNorm(config.hiddenSize, config.rmsNormEps);
  }
}

export class LlamaForCausalLM extends Module {
  readonly config: LlamaConfig;
  readonly model: LlamaModel;
  /** Absent when the head shares the embedding's weight. */
  readonly lmHead?: Linear;
  readonly #rotary: RotaryEmbedding;
  readonly #headBlock = { parameters: () => [this.model.norm.weight, this.headWeight] };

  /** A model with random weights drawn from `seed`. */
  constructor(options: LlamaOptions, { seed = 0 }: { seed?: number } = {}) {
    super();
    this.config = llamaConfig(options);
    this.model = new LlamaModel(this.config);
    if (!this.config.tieWordEmbeddings) {
      this.lmHead = new Linear(this.config.hiddenSize, this.config.vocabSize, { bias: false });
    }
    this.#rotary = new RotaryEmbedding(this.config);
    this.#initialize(new Generator(seed));
  }

  /** The weight of the output projection (vocabulary, C), possibly the embedding's. */
  get headWeight(): Parameter {
    return this.lmHead?.weight ?? this.model.embedTokens.weight;
  }

  get device(): string {
    return this.model.embedTokens.weight.device;
  }

  /** With labels the output has the mean next-token loss as well. */
  forward(input: LlamaInput & { labels: Tensor }): LlamaOutput & { readonly loss: Tensor };
  forward(input: LlamaInput): LlamaOutput;
  forward({ inputIds, labels, cache }: LlamaInput): LlamaOutput & { loss?: Tensor } {
    const length = this.#checkInput(inputIds, cache);
    let x = runBlock(this.model.embedTokens, () => this.model.embedTokens.forward(inputIds)); // (B, T, C)
    const positions = this.#rotary.at(cache?.length ?? 0, length, x);
    for (const [layer, block] of this.model.layers.entries()) {
      const before = x;
      x = runBlock(block, () => block.forward(before, positions, cache && { cache, layer }));
    }
    cache?.advance(length);
    return runBlock(this.#headBlock, () => this.#head(x, labels));
  }

  /** A cache for generating up to `capacity` tokens, prompt included. */
  createCache(capacity: number): KVCache {
    return new KVCache(capacity);
  }

  #head(x: Tensor, labels: Tensor | undefined): { logits: Tensor; loss?: Tensor } {
    const logits = linear(this.model.norm.forward(x), this.headWeight); // (B, T, V)
    if (labels === undefined) return { logits };
    const shifted = logits.slice(1, 0, -1).reshape(-1, this.config.vocabSize).to("float32");
    const loss = crossEntropy(shifted, labels.slice(1, 1).reshape(-1));
    return { loss, logits: logits.detach() };
  }

  #checkInput(inputIds: Tensor, cache: KVCache | undefined): number {
    const shape = inputIds.shape;
    if (shape.length !== 2 || inputIds.dtype !== "int64") {
      throw new TypeError(`inputIds must be int64 of shape (batch, tokens), got ${inputIds.dtype}[${shape.join(", ")}]`);
    }
    const end = (cache?.length ?? 0) + (shape[1] as number);
    if (end > this.config.maxPositionEmbeddings) {
      throw new RangeError(`the model knows ${this.config.maxPositionEmbeddings} positions, the input reaches ${end}`);
    }
    return shape[1] as number;
  }

  #initialize(generator: Generator): void {
    noGrad(() => {
      for (const [name, parameter] of this.namedParameters()) {
        if (name.endsWith("bias")) parameter.zero_();
        else if (!name.endsWith("norm.weight")) normal(parameter, this.config.initializerRange, generator);
      }
    });
  }
}
