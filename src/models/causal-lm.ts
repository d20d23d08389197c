// What every language model that predicts the next token offers around its forward pass: generating, and the checks of its input.
import { checkOptions } from "../arguments/options.js";
import type { BegunText } from "../generate/decoder.js";
import { generate } from "../generate/generate.js";
import type { GenerationConfig } from "../generate/generation-config.js";
import type { GenerateOptions } from "../generate/options.js";
import type { Prompt, PromptRows } from "../generate/prompt.js";
import {
  type StreamOptions,
  type StreamPrompt,
  stream,
  type TextStream,
} from "../generate/text-stream.js";
import type { Carried } from "../nn/model.js";
import { linear } from "../tensor/functional.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { versionOf } from "../tensor/version.js";
import { withWeights } from "../tensor/weights-owner.js";
import { CAUSAL_LM_INPUT, type CausalLMInput, inInt64 } from "./causal-lm-input.js";
import { type CausalLMOutput, type OutputWithLoss, outputWithLoss } from "./causal-lm-output.js";
import { PretrainedModel } from "./pretrained-model.js";

/** The sizes generic code asks for. */
export interface CausalLMConfig {
  readonly vocabSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly headDim: number;
  /** Undefined: sequences may be of any length. */
  readonly maxPositionEmbeddings?: number;
  readonly eosTokenId: number | readonly number[] | null;
  readonly padTokenId: number | null;
}

/** A language model that predicts the next token. */
export abstract class CausalLM<Pass extends CausalLMInput = CausalLMInput> extends PretrainedModel<
  CausalLMInput,
  Pass,
  CausalLMOutput
> {
  abstract override readonly config: CausalLMConfig;
  /** The output projection (vocabulary, C), possibly the embedding's. */
  abstract readonly headWeight: Parameter;
  protected override get tokenRows(): readonly Parameter[] {
    return [this.embeddingWeight, this.headWeight];
  }

  /** With labels the output has the mean next-token loss as well. */
  override forward(input: CausalLMInput & { labels: Tensor }): OutputWithLoss;
  override forward(input: CausalLMInput): CausalLMOutput;
  override forward(input: CausalLMInput): CausalLMOutput {
    checkOptions("forward", input, CAUSAL_LM_INPUT);
    if (input.cache !== undefined && this.isRecomputing) {
      throw new Error(
        "forward: gradient checkpointing computes layers twice, which a KV cache cannot follow; generate under noGrad or after model.eval()",
      );
    }
    return super.forward(inInt64(input));
  }

  /** What `generation_config.json` says, or without that file the special tokens of the configuration. */
  get generationConfig(): GenerationConfig {
    const { eosTokenId, padTokenId } = this.config;
    return this.generation?.config ?? { eosTokenId, padTokenId };
  }

  /** Longest sequence that the model takes, tokens in the cache included; may be infinite. */
  get maxPositions(): number {
    return this.config.maxPositionEmbeddings ?? Number.POSITIVE_INFINITY;
  }

  /** Continues `inputIds` (B, T); see `GenerateOptions`. */
  generate(inputIds: Prompt, options: GenerateOptions = {}): Tensor {
    return generate(this, inputIds, options);
  }

  /** Continues a text, or its ids, or answers the messages of a conversation, and gives what is new as it comes: `for await (const text of model.stream(...))`. */
  stream(prompt: StreamPrompt, options: StreamOptions): TextStream {
    return stream(this, prompt, options);
  }

  /** What `generate` and `stream` begin with: the rows themselves. */
  beginText(rows: PromptRows): BegunText {
    return { decoder: this, start: rows, canFixShapes: true };
  }

  protected override end(
    { loss, logits, hidden }: Carried,
    { cache, inputIds, labels }: Pass,
  ): CausalLMOutput {
    cache?.advance(inputIds.shape[1] as number);
    if (loss === undefined || labels === undefined) return { logits: logits as Tensor };
    return outputWithLoss(
      loss,
      labels,
      hidden === undefined ? () => logits as Tensor : this.#logitsLater(hidden),
    );
  }

  /** Logits of what the head was given, of a head that is its weight alone. */
  #logitsLater(hidden: Tensor): () => Tensor {
    const weight = this.headWeight;
    const version = versionOf(weight);
    return () => {
      if (versionOf(weight) === version)
        return withWeights(
          () => [weight],
          "forward",
          () => linear(hidden, weight),
        );
      throw new Error(
        "logits: beside a loss they are computed when they are first read, and the model's weights have changed since; read output.logits before optimizer.step()",
      );
    };
  }
}
