// What every language model of this library offers around its forward pass: loading, saving, generating, counting.
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { type LoadOptions, loadModelWeights, modelTensors } from "../checkpoint/model-weights.js";
import { writeWeights } from "../checkpoint/weights-folder.js";
import { type GenerateOptions, generate } from "../generate/generate.js";
import type { KVCache } from "../generate/kv-cache.js";
import { Module } from "../nn/module.js";
import { type FlopsPerToken, flopsPerToken, type MfuConvention } from "../report/index.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";

export interface CausalLMInput {
  /** (B, T) int64 token ids */
  readonly inputIds: Tensor;
  /** (B, T) int64; the model shifts them, so they usually equal `inputIds`. -100 does not count. */
  readonly labels?: Tensor;
  /** Earlier tokens, while generating. */
  readonly cache?: KVCache;
}

export interface CausalLMOutput {
  /** (B, T, vocabulary); beside a loss without gradient */
  readonly logits: Tensor;
}

/** The sizes generic code asks for. */
export interface CausalLMConfig {
  readonly vocabSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly headDim: number;
  readonly maxPositionEmbeddings: number;
  readonly eosTokenId: number | readonly number[] | null;
  readonly padTokenId: number | null;
}

export interface FromPretrainedOptions {
  /** Default "float32", whatever the files hold: training needs the bits. */
  readonly dtype?: DType;
  /** Default "cpu"; `booster.boost` moves the model to its device. */
  readonly device?: string;
}

export abstract class CausalLM extends Module {
  abstract readonly config: CausalLMConfig;
  /** The input embedding (vocabulary, C). */
  abstract readonly embeddingWeight: Parameter;
  /** The output projection (vocabulary, C), possibly the embedding's. */
  abstract readonly headWeight: Parameter;
  /** With labels the output has the mean next-token loss as well. */
  abstract forward(
    input: CausalLMInput & { labels: Tensor },
  ): CausalLMOutput & { readonly loss: Tensor };
  abstract forward(input: CausalLMInput): CausalLMOutput;
  /** The `config.json` of this model. */
  protected abstract configJson(dtype: DType): Record<string, unknown>;
  /** Folder this model came from, whose `generation_config.json` goes along when it is saved. */
  protected sourceFolder: string | undefined;

  get device(): string {
    return this.embeddingWeight.device;
  }
  get dtype(): DType {
    return this.embeddingWeight.dtype;
  }

  /** Continues `inputIds` (B, T); see `GenerateOptions`. */
  generate(inputIds: Tensor | ArrayLike<number>, options: GenerateOptions = {}): Tensor {
    return generate(this, inputIds, options);
  }

  /** FLOPs of training on one token, for MFU; the PaLM convention unless another is given. */
  flopsPerToken(sequenceLength: number, convention: MfuConvention = "palm"): FlopsPerToken {
    const { numHiddenLayers, numAttentionHeads, headDim } = this.config;
    const isTied = this.headWeight === this.embeddingWeight;
    return flopsPerToken(
      {
        numMatmulParams: this.numParameters() - (isTied ? 0 : this.embeddingWeight.numel),
        numLayers: numHiddenLayers,
        attentionSize: numAttentionHeads * headDim,
        sequenceLength,
      },
      convention,
    );
  }

  /** Converts and moves all parameters. */
  to({ dtype, device }: { dtype?: DType; device?: string }): this {
    noGrad(() => {
      for (const parameter of this.parameters()) {
        const target = { dtype: dtype ?? parameter.dtype, device: device ?? parameter.device };
        const converted = parameter.to(target);
        if (converted !== parameter) parameter.replaceWith(converted);
      }
    });
    return this;
  }

  /** Fills the parameters from a Hugging Face folder. */
  protected load(
    folder: string,
    { dtype = "float32", device = "cpu" }: FromPretrainedOptions,
    { ignore = /inv_freq$/, optionalPrefix = "" }: LoadOptions = {},
  ): this {
    this.to({ dtype });
    const isTied = this.headWeight === this.embeddingWeight;
    // Some exporters store the tied head and buffers such as the rotary frequencies as well.
    const unread = isTied ? new RegExp(`^lm_head\\.weight$|${ignore.source}`) : ignore;
    loadModelWeights(this, folder, { ignore: unread, optionalPrefix });
    this.sourceFolder = folder;
    return this.to({ device });
  }

  /** The number of new tokens; refuses ids of another kind or beyond the last position. */
  protected checkInput(inputIds: Tensor, cache: KVCache | undefined): number {
    const shape = inputIds.shape;
    if (shape.length !== 2 || inputIds.dtype !== "int64") {
      throw new TypeError(
        `inputIds must be int64 of shape (batch, tokens), got ${inputIds.dtype}[${shape.join(", ")}]`,
      );
    }
    const end = (cache?.length ?? 0) + (shape[1] as number);
    if (end > this.config.maxPositionEmbeddings) {
      throw new RangeError(
        `the model knows ${this.config.maxPositionEmbeddings} positions, the input reaches ${end}`,
      );
    }
    return shape[1] as number;
  }

  /** Writes weights and configuration into an existing folder; `booster.saveModel` makes that atomic. */
  writePretrained(
    folder: string,
    { maxShardBytes = 5_000_000_000 }: { maxShardBytes?: number } = {},
  ): void {
    writeWeights(folder, modelTensors(this), { maxShardBytes });
    writeFileSync(
      join(folder, "config.json"),
      `${JSON.stringify(this.configJson(this.dtype), null, 2)}\n`,
    );
    const generationConfig = this.sourceFolder && join(this.sourceFolder, GENERATION_CONFIG);
    if (generationConfig !== undefined && existsSync(generationConfig)) {
      copyFileSync(generationConfig, join(folder, GENERATION_CONFIG));
    }
  }
}

const GENERATION_CONFIG = "generation_config.json";

/**
 * The parsed `config.json` of a model folder.
 * @throws CheckpointError when the folder or the file is missing or is not JSON
 */
export function readConfig(folder: string): Record<string, unknown> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new CheckpointError("no such model folder; check the path", { path: folder });
  }
  const path = join(folder, "config.json");
  if (!existsSync(path)) {
    throw new CheckpointError("is missing; a model folder holds config.json and *.safetensors", {
      path,
    });
  }
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new CheckpointError("is not valid JSON", { path, cause });
  }
}
