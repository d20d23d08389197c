// What every model with a Hugging Face folder offers around its forward pass: loading, saving, initialising, counting.
import { aPath, integer, number, oneOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { writeDirectory } from "../checkpoint/atomic-directory.js";
import { type LayerCount, requireLayerCount } from "../checkpoint/layer-count.js";
import {
  deferParameters,
  loadModelWeights,
  modelTensors,
  requireModelWeights,
  requireStorable,
  type SomeWeights,
  type StoredNames,
} from "../checkpoint/model-weights.js";
import { type PlannedFile, writeFiles } from "../checkpoint/planned-file.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import {
  WRITE_OPTIONS,
  type WriteWeightsOptions,
  weightFiles,
} from "../checkpoint/weights-writer.js";
import { tellIfCutOff } from "../host/index.js";
import type { Flops, InputShape } from "../nn/cost.js";
import type { Beginning } from "../nn/init.js";
import { Model } from "../nn/model.js";
import { countedFlops, type FlopsPerToken, type MfuConvention } from "../report/index.js";
import { zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { requireWholeStep } from "../tensor/gradient-owner.js";
import { withoutStorage } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { autoDtype } from "./auto-dtype.js";
import { configFile, readConfig, requireSameConfig } from "./config-file.js";
import type { ConfigTable } from "./config-table.js";
import { GENERATION_CONFIG, type GenerationConfigFile } from "./generation-config-file.js";
import { SAVE_GGUF_OPTIONS, type SaveGgufOptions, saveGguf } from "./gguf/save.js";
import { type InitialNumbersOptions, initialize, initialNumbers } from "./initial-numbers.js";
import { checkPretrained, configFields, type FromPretrainedOptions } from "./model-options.js";
import { type ModelSource, modelPlace, sourceAt } from "./model-source.js";
import { putNf4Layers } from "./nf4-layers.js";
import { type ResizeOptions, resizedVocabulary, resizeRows } from "./resize-tokens.js";

/** What tells how the models of one family are loaded. */
interface LoadedFamily<C, M> {
  readonly table: Pick<ConfigTable<C & object>, "fromFile" | "options" | "replaced">;
  readonly build: (config: C) => M;
  readonly layers: Omit<LayerCount, "count">;
}

/** A model that reads tokens and has a Hugging Face folder: its configuration and its weights under transformers' names. */
export abstract class PretrainedModel<
  Input = unknown,
  Pass = unknown,
  Output = unknown,
> extends Model<Input, Pass, Output> {
  /** Sizes and choices, by the names of `config.json` in camel case. */
  abstract readonly config: object;
  /** The input embedding (vocabulary, C). */
  abstract readonly embeddingWeight: Parameter;
  /** Ids and labels of each token, on "meta". */
  protected override exampleInput({ batchSize, sequenceLength }: InputShape): Input {
    const ids = zeros([batchSize, sequenceLength], { dtype: "int64", device: "meta" });
    return { inputIds: ids, labels: zeros(ids.shape, { dtype: "int64", device: "meta" }) } as Input;
  }

  /** The `config.json` of this model. */
  protected abstract configJson(dtype: DType): Record<string, unknown>;
  /**
   * The folder, GGUF file or name of the Hub that the model was loaded from, as it was given; "" for a new one. Adapters name it as
   * their base.
   */
  nameOrPath = "";
  /** The file that came with the model and goes along when it is saved. */
  #generation: GenerationConfigFile | undefined;
  #isResized = false;

  /** What `generation_config.json` of the folder said that this model was loaded from. */
  protected get generation(): GenerationConfigFile | undefined {
    return this.#generation;
  }

  /** Where the parameters are: "cpu" or "cuda:0". */
  get device(): string {
    return this.embeddingWeight.device;
  }
  /** Element type of the parameters. */
  get dtype(): DType {
    return this.embeddingWeight.dtype;
  }

  /**
   * FLOPs of training on one token, for MFU; the PaLM convention unless another is given.
   * @param attendedLength in rows of several documents how long those are, as `dataset.attendedLength` says it. Default: `sequenceLength`
   */
  flopsPerToken(
    sequenceLength: number,
    convention: MfuConvention = "palm",
    attendedLength: number = sequenceLength,
  ): FlopsPerToken {
    requireValue("flopsPerToken: sequenceLength", sequenceLength, integer({ min: 1 }));
    requireValue("flopsPerToken: convention", convention, oneOf("palm", "causal", "6n"));
    requireValue("flopsPerToken: attendedLength", attendedLength, number({ above: 0 }));
    const costs = this.cost({ batchSize: 1, sequenceLength, attendedLength });
    const perToken = (of: keyof Flops): number =>
      costs.reduce((sum, { forward, backward }) => sum + forward[of] + backward[of], 0) /
      sequenceLength;
    return countedFlops(
      { products: perToken("products"), attention: perToken("attention") },
      convention,
    );
  }

  /**
   * Gives all parameters the random numbers that a new model with this seed has, whatever they are now.
   * @throws TypeError on "meta", which holds no numbers
   */
  initialize(seed = 0): this {
    initialize(this.namedParameters(), (name) => this.beginningOf(name), seed);
    return this;
  }

  /**
   * What `initialize` would give some elements of a parameter, without making the others or changing anything: for a rank that
   * holds a part of it. Works on "meta".
   * @param options `seed`: default 0; `from`, `to`: elements in row-major order, default all
   * @returns float32, in a row, on the CPU
   * @throws RangeError when there is no parameter of that name, or it has fewer elements
   */
  initialNumbers(name: string, options: InitialNumbersOptions = {}): Tensor {
    return initialNumbers(this.namedParameters(), (each) => this.beginningOf(each), name, options);
  }

  /** How the parameter of that name begins in a new model. */
  protected abstract beginningOf(name: string): Beginning;

  /** What has a row for each token: the embedding, and heads. */
  protected get tokenRows(): readonly Parameter[] {
    return [this.embeddingWeight];
  }

  /**
   * Gives the model so many tokens: rows are added at the end of the embedding and of the head, or removed there, and `vocabSize`
   * says how many there are then. Tied weights stay tied. Call it before there are adapters and optimizers.
   * @throws RangeError for fewer tokens than the padding needs, TypeError when it is too late
   */
  resizeTokenEmbeddings(numTokens: number, options: ResizeOptions = {}): this {
    const vocabSize = resizedVocabulary(this, numTokens, options);
    const named = [...this.namedParameters()].filter(([, each]) => this.tokenRows.includes(each));
    const isMean = options.meanResizing ?? true;
    tellIfCutOff("a model's tokens were resized in part: load it again", () => {
      for (const each of named)
        resizeRows(each, vocabSize, isMean ? undefined : this.beginningOf(each[0]));
      Object.assign(this, { config: { ...this.config, vocabSize } });
      this.#isResized = true;
      this.partsChanged();
    });
    return this;
  }

  /** Whether `resizeTokenEmbeddings` was called, so that embedding and head are no longer those of the folder. */
  get hasResizedTokens(): boolean {
    return this.#isResized;
  }

  /** Parameters that a folder may lack, as those of a new head; undefined: none. */
  protected get mayBegin(): RegExp | undefined {
    return undefined;
  }

  /** Draws the parameters of these names, and says so once. */
  #begin(names: ReadonlySet<string>, folder: string): void {
    if (names.size === 0) return;
    const parameters = [...this.namedParameters()].filter(([name]) => names.has(name));
    initialize(parameters, (name) => this.beginningOf(name), 0);
    process.emitWarning(
      `${folder} has no fitting weights for these of ${this.constructor.name}, which begin anew and are to be trained: ${[...names].join(", ")}`,
      "NewWeights",
    );
  }

  /** How the files of this family name what differs from the fields here. */
  protected get storedNames(): StoredNames {
    return {};
  }

  /**
   * Fills the parameters from a Hugging Face folder, whose `config.json` is not read.
   * @throws CheckpointError listing what does not fit
   */
  loadWeights(folder: string, options: SomeWeights & ReadWeightsOptions = {}): void {
    loadModelWeights(this, folder, { ...this.storedNames, ...options });
  }

  /**
   * Refuses a folder whose weights `loadWeights` would refuse.
   * @throws CheckpointError listing what does not fit
   */
  requireWeights(folder: string, options: SomeWeights & ReadWeightsOptions = {}): void {
    requireModelWeights(this, folder, { ...this.storedNames, ...options });
  }

  /** `fromPretrained` of a family whose configuration says all that its model is made of. @param build makes it without numbers */
  protected static async loadFolder<
    C extends { readonly numHiddenLayers: number },
    M extends PretrainedModel,
  >(
    source: string,
    options: FromPretrainedOptions & Partial<C>,
    { table, build, layers }: LoadedFamily<C, M>,
  ): Promise<M> {
    const { from, config } = await PretrainedModel.found(source, options, table);
    return PretrainedModel.load(from, options, {
      build: () => build(config),
      layers: { ...layers, count: config.numHiddenLayers },
    });
  }

  /** A model that lies somewhere, and its configuration, but for the fields that the options say. */
  protected static async found<C extends object>(
    source: string,
    options: FromPretrainedOptions & Partial<C>,
    table: LoadedFamily<C, unknown>["table"],
  ): Promise<{ readonly from: ModelSource; readonly config: C }> {
    checkPretrained(source, options, table.options);
    const from = sourceAt(await modelPlace(source, { revision: options.revision }), source);
    const config = table.fromFile(from.config);
    return { from, config: table.replaced("fromPretrained", config, configFields(options)) };
  }

  /** A model as it is stored; its numbers are read when something needs them. */
  protected static load<M extends PretrainedModel>(
    from: ModelSource,
    { dtype = "float32", device = "cpu", ignoreMismatchedSizes = false }: FromPretrainedOptions,
    { build, layers }: { readonly build: () => M; readonly layers: LayerCount },
  ): M {
    const weights = from.openWeights();
    try {
      requireLayerCount(weights, layers);
      const model = withoutStorage(build);
      const { mayBegin, storedNames } = model;
      const place = { dtype: dtype === "auto" ? autoDtype(from.config, weights) : dtype, device };
      const except = putNf4Layers(model, weights, place);
      const begun = deferParameters(model, weights, {
        ...{ ...storedNames, mayBegin, ignoreMismatchedSizes, except },
        ...place,
      });
      model.#begin(begun, weights.path);
      model.#generation = from.generation;
      model.nameOrPath = from.name;
      return model.eval(); // as in transformers: train() switches dropout on
    } catch (error) {
      weights[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Refuses a folder whose `config.json` is of another model than this, though its weights may fit.
   * @throws CheckpointError naming the first field that differs
   */
  requireConfig(folder: string): void {
    requireSameConfig(readConfig(folder), this.configJson(this.dtype));
  }

  /**
   * Writes a Hugging Face folder that transformers loads; an older folder is replaced in one step. With several ranks use
   * `booster.saveModel`.
   */
  async savePretrained(folder: string, options: WriteWeightsOptions = {}): Promise<void> {
    requireValue("savePretrained: folder", folder, text);
    checkOptions("savePretrained", options, WRITE_OPTIONS);
    requireStorable(this);
    requireWholeStep("savePretrained", this.parameters());
    await writeDirectory(folder, (inside) => void writeFiles(inside, this.files(inside, options)));
  }

  /**
   * Writes a GGUF file, which llama.cpp reads; an older one is replaced in one step.
   * @throws TypeError naming what such a file cannot say of this model
   */
  saveGguf(path: string, options: SaveGgufOptions = {}): void {
    requireValue("saveGguf: path", path, aPath);
    checkOptions("saveGguf", options, SAVE_GGUF_OPTIONS);
    requireStorable(this);
    requireWholeStep("saveGguf", this.parameters());
    const parameters = this.namedParameters();
    saveGguf(path, { config: this.configJson(this.dtype), parameters }, options);
  }

  /**
   * What a Hugging Face folder of this model holds, planned: weights and configuration.
   * @param folder for errors
   */
  files(folder: string, { except, ...options }: SomeWeights & WriteWeightsOptions): PlannedFile[] {
    const generation = this.#generation && {
      name: GENERATION_CONFIG,
      content: this.#generation.bytes,
    };
    return [
      ...weightFiles(modelTensors(this, except), options, folder),
      configFile(this.configJson(this.dtype)),
      ...(generation === undefined ? [] : [generation]),
    ];
  }
}
