// Everything a notebook imports from "notebooster".

export type { AsyncSaving, PendingSave } from "./booster/background.js";
export { BoostedOptimizer } from "./booster/boosted-optimizer.js";
export { Booster, type BoosterOptions } from "./booster/booster.js";
export type {
  CheckpointOptions,
  CheckpointParts,
  LoadCheckpointOptions,
  LoadedParts,
} from "./booster/checkpoint.js";
export type { EnableLoraOptions, SaveLoraOptions } from "./booster/lora.js";
export type { LossScalerOptions } from "./booster/loss-scaler.js";
export { BudgetError, type OtherSetting } from "./booster/memory-plan/budget-error.js";
export { type ComparedTerm, MemoryComparison } from "./booster/memory-plan/compare.js";
export type { GpuName } from "./booster/memory-plan/gpus.js";
export {
  MemoryPlan,
  type MemoryPlanParts,
  type MemoryTerm,
  type PlannedTraining,
} from "./booster/memory-plan/memory-plan.js";
export {
  type MemoryPlanOptions,
  type PlannedRanks,
  planTraining,
} from "./booster/memory-plan/plan-memory.js";
export type { Bytes, MemoryPeak, MemoryUse, Phase } from "./booster/memory-plan/walk.js";
export type { ModelCard } from "./booster/model-card.js";
export type { SaveModelOptions, SaveOptions } from "./booster/model-saving.js";
export {
  type Ability,
  type GradientPlan,
  type Held,
  type Plan,
  PlanError,
  type PlanRequest,
  type Precision,
  type PrecisionPlan,
  type StorePlan,
} from "./booster/plan.js";
export type { BoostedParts, Criterion, Parts, Plugin } from "./booster/plugin.js";
export type { PluginOptions } from "./booster/plugin-options.js";
export { type GeminiOptions, GeminiPlugin } from "./booster/plugins/gemini.js";
export { type LowLevelZeroOptions, LowLevelZeroPlugin } from "./booster/plugins/low-level-zero.js";
export { type TorchDDPOptions, TorchDDPPlugin } from "./booster/plugins/torch-ddp.js";
export { type TorchFSDPOptions, TorchFSDPPlugin } from "./booster/plugins/torch-fsdp.js";
export type { Span, SpanRecording } from "./booster/spans.js";
export type { BackwardOptions, LossOutput } from "./booster/weighed-loss.js";
export { Chat, type ChatOptions, chat } from "./chat/chat.js";
export type { ChatModel } from "./chat/conversation.js";
export { CheckpointError } from "./checkpoint/checkpoint-error.js";
export type { TensorSource } from "./checkpoint/safetensors-writer.js";
export type { NamedTensor } from "./checkpoint/tensor-source.js";
export { type ReadWeightsOptions, WeightsFolder } from "./checkpoint/weights-folder.js";
export { type WriteWeightsOptions, writeWeights } from "./checkpoint/weights-writer.js";
export { CollectiveError } from "./cluster/collective-error.js";
export { defaultGroup, NoOtherRanksError } from "./cluster/default-group.js";
export {
  defaultDevice,
  type MemoryStats,
  memoryStats,
  numGpus,
  numThreads,
  setNumThreads,
  synchronize,
  torchVersion,
} from "./cluster/devices.js";
export { Job, type Reduction } from "./cluster/job.js";
export { DataError } from "./data/data-error.js";
export {
  type Batch,
  DataLoader,
  type DataLoaderOptions,
  type StopVote,
} from "./data/data-loader.js";
export type { Example, ExampleDataset } from "./data/example.js";
export {
  type DocumentIdsOptions,
  PackedDocuments,
  type PackedDocumentsOptions,
} from "./data/packed-documents.js";
export type { PreviewPart, SupervisedPreview } from "./data/preview.js";
export { readText } from "./data/read-text.js";
export type { BadRow, BadRowsOptions } from "./data/rows/bad-rows.js";
export type { Columns } from "./data/rows/formats.js";
export type { DataRow } from "./data/rows/read-rows.js";
export { StreamingDataset, type StreamingOptions } from "./data/stream/streaming-dataset.js";
export { SupervisedDataset } from "./data/supervised-dataset.js";
export type { SplitOptions, SupervisedOptions } from "./data/supervised-options.js";
export type { SupervisedReport } from "./data/supervised-report.js";
export { type RowDataset, TextDataset, type TextDatasetOptions } from "./data/text-dataset.js";
export type { ChatEncoder } from "./data/tokenize-content.js";
export { TrainingInterrupted } from "./data/training-interrupted.js";
export { DeviceError } from "./device/device-error.js";
export { type GpuMemory, type HostMemory, MemoryReport, memory } from "./device/memory.js";
export { type MemoryShortage, OutOfMemoryError } from "./device/out-of-memory.js";
export { withDevice } from "./device/select.js";
export type { BegunText, Decoder, DecoderInput, TextModel } from "./generate/decoder.js";
export type { Trainable } from "./generate/evaluating.js";
export { generate } from "./generate/generate.js";
export type { EarlyStopping, GenerationConfig } from "./generate/generation-config.js";
export { GenerationInterrupted } from "./generate/generation-interrupted.js";
export { KVCache } from "./generate/kv-cache.js";
export type {
  BeamOptions,
  GenerateOptions,
  LengthOptions,
  SamplingOptions,
} from "./generate/options.js";
export type { Prompt, PromptRows } from "./generate/prompt.js";
export { type ChatCoder, type Sample, sample } from "./generate/sample.js";
export type { TextCoder, TextDecoder, TextDecoderOptions } from "./generate/text-decoder.js";
export type { PieceOptions } from "./generate/text-pieces.js";
export {
  type StreamOptions,
  type StreamPrompt,
  stream,
  TextStream,
} from "./generate/text-stream.js";
export { GgufError } from "./gguf/gguf-error.js";
export type { TypedValue } from "./gguf/gguf-header.js";
export { HubError } from "./hub/hub-error.js";
export type { HubOptions } from "./hub/hub-folder.js";
export { type JitFunction, type JitKernel, type JitKernels, jit } from "./jit/jit.js";
export { JitError } from "./jit/jit-error.js";
export {
  activeAdapters,
  addAdapter,
  deleteAdapter,
  disableAdapter,
  mergeAndUnload,
  setAdapter,
} from "./lora/adapters.js";
export type { LoraOptions } from "./lora/options.js";
export type { ActivationName } from "./models/activation.js";
export {
  type AutoClass,
  AutoModel,
  AutoModelForCausalLM,
  AutoModelForMaskedLM,
  AutoModelForSeq2SeqLM,
  AutoModelForSequenceClassification,
  AutoModelForTokenClassification,
} from "./models/auto.js";
export { AutoConfig, type AutoConfigFields } from "./models/auto-config.js";
export type { BertConfig, BertOptions } from "./models/bert/config.js";
export type { BertInput, BertLabelledInput } from "./models/bert/input.js";
export {
  BertForMaskedLM,
  BertForSequenceClassification,
  BertForTokenClassification,
  BertModel,
  type BertOutput,
} from "./models/bert/model.js";
export type { BloomConfig, BloomOptions } from "./models/bloom/config.js";
export { BloomForCausalLM } from "./models/bloom/model.js";
export { CausalLM } from "./models/causal-lm.js";
export type { CausalLMInput } from "./models/causal-lm-input.js";
export type { CausalLMOutput } from "./models/causal-lm-output.js";
export type { SequenceClassesOutput, TokenClassesOutput } from "./models/classification.js";
export type { DecoderConfig, DecoderOptions } from "./models/decoder/config.js";
export type { LayerType, SwitchedWindow, TypedLayers } from "./models/decoder/windows.js";
export type { ExpertsConfig } from "./models/experts/config.js";
export type { Gemma2Config, Gemma2Options, GemmaConfig } from "./models/gemma2/config.js";
export { Gemma2ForCausalLM } from "./models/gemma2/model.js";
export type { Gemma3Config, Gemma3Options } from "./models/gemma3/config.js";
export { Gemma3ForCausalLM } from "./models/gemma3/model.js";
export type { Gemma3Rope } from "./models/gemma3/rope.js";
export type { SaveGgufOptions } from "./models/gguf/save.js";
export type { GlmConfig, GlmOptions } from "./models/glm/config.js";
export { GlmForCausalLM } from "./models/glm/model.js";
export { Glm4ForCausalLM } from "./models/glm4/model.js";
export type { GPT2Activation, GPT2Config, GPT2Options } from "./models/gpt2/config.js";
export { GPT2LMHeadModel } from "./models/gpt2/model.js";
export type { InitialNumbersOptions } from "./models/initial-numbers.js";
export type { Labels, ProblemType } from "./models/labels.js";
export type { LlamaConfig, LlamaOptions } from "./models/llama/config.js";
export { LlamaForCausalLM } from "./models/llama/model.js";
export type { MistralConfig, MistralOptions } from "./models/mistral/config.js";
export { MistralForCausalLM } from "./models/mistral/model.js";
export type { MixtralConfig, MixtralOptions } from "./models/mixtral/config.js";
export { MixtralForCausalLM } from "./models/mixtral/model.js";
export type { ConfigFields, FromPretrainedOptions, RandomWeights } from "./models/model-options.js";
export type { OPTConfig, OPTOptions } from "./models/opt/config.js";
export { OPTForCausalLM } from "./models/opt/model.js";
export type { Phi3Config, Phi3Options } from "./models/phi3/config.js";
export { Phi3ForCausalLM } from "./models/phi3/model.js";
export { PretrainedModel } from "./models/pretrained-model.js";
export type { Qwen2Config, Qwen2Options } from "./models/qwen2/config.js";
export { Qwen2ForCausalLM } from "./models/qwen2/model.js";
export type { Qwen3Config, Qwen3Options } from "./models/qwen3/config.js";
export { Qwen3ForCausalLM } from "./models/qwen3/model.js";
export type { Qwen3MoeConfig, Qwen3MoeOptions } from "./models/qwen3-moe/config.js";
export { Qwen3MoeForCausalLM } from "./models/qwen3-moe/model.js";
export type { ResizeOptions } from "./models/resize-tokens.js";
export type { PartialRotaryConfig, RotaryConfig } from "./models/rotary/config.js";
export type {
  DynamicScaling,
  LinearScaling,
  Llama3Scaling,
  LongRopeScaling,
  RopeScaling,
  YarnScaling,
} from "./models/rotary/scaling.js";
export { T5Cache } from "./models/t5/cache.js";
export type { T5Config, T5Options } from "./models/t5/config.js";
export type { T5Input } from "./models/t5/input.js";
export { type Seq2SeqLMOutput, T5ForConditionalGeneration } from "./models/t5/model.js";
export { GELU, ReLU, Sigmoid, SiLU, Softmax, Tanh } from "./nn/activations.js";
export { BatchNorm1d, BatchNorm2d, type BatchNormOptions } from "./nn/batch-norm.js";
export { Conv1d, Conv2d, type ConvOptions } from "./nn/conv.js";
export {
  attentionFlops,
  type BlockCost,
  blockCost,
  type Flops,
  type InputShape,
  type MultipliesRows,
  productFlops,
  type SavedBytes,
} from "./nn/cost.js";
export { Dropout } from "./nn/dropout.js";
export { Embedding, type EmbeddingOptions } from "./nn/embedding.js";
export { Flatten } from "./nn/flatten.js";
export type {
  GradientCheckpointingOptions,
  RecomputeGranularity,
} from "./nn/gradient-checkpointing.js";
export { normal } from "./nn/init.js";
export { Layer } from "./nn/layer.js";
export { LayerNorm, type LayerNormOptions } from "./nn/layer-norm.js";
export type { LayerOptions } from "./nn/layer-options.js";
export { Linear, type LinearOptions } from "./nn/linear.js";
export { MaxPool2d, type MaxPool2dOptions } from "./nn/max-pool.js";
export {
  type Block,
  type BlockOptions,
  block,
  type Carried,
  Model,
  type NamedCost,
} from "./nn/model.js";
export { Module, type NamedOptions } from "./nn/module.js";
export type { BlockMemory, PartMemory, PassMemory, PassOptions } from "./nn/pass-memory.js";
export { RMSNorm, type RMSNormOptions } from "./nn/rms-norm.js";
export { type Chained, Sequential } from "./nn/sequential.js";
export type { LoadedState, LoadStateOptions, StateDict } from "./nn/state-dict.js";
export { Adafactor, type AdafactorGroup, type AdafactorOptions } from "./optim/adafactor.js";
export { Adam, type AdamGroup, type AdamOptions } from "./optim/adam.js";
export { AdamW, type AdamWGroup, type AdamWOptions } from "./optim/adamw.js";
export { AdamW8bit, type AdamW8bitGroup, type AdamW8bitOptions } from "./optim/adamw-8bit.js";
export {
  CosineAnnealingLR,
  type CosineAnnealingOptions,
  FlatAnnealingLR,
  type FlatAnnealingOptions,
  FlatAnnealingWarmupLR,
  type FlatAnnealingWarmupOptions,
} from "./optim/annealing-lr.js";
export { CAME, type CAMEGroup, type CAMEOptions } from "./optim/came.js";
export { clipGradNorm, gradNorm } from "./optim/clip-grad-norm.js";
export {
  CosineAnnealingWarmupLR,
  type CosineAnnealingWarmupOptions,
} from "./optim/cosine-annealing-warmup-lr.js";
export type { GaLoreGroup, GaLoreOptions, ProjType } from "./optim/galore.js";
export {
  GaLoreAdamW,
  type GaLoreAdamWGroup,
  type GaLoreAdamWOptions,
} from "./optim/galore-adamw.js";
export {
  GaLoreAdamW8bit,
  type GaLoreAdamW8bitGroup,
  type GaLoreAdamW8bitOptions,
} from "./optim/galore-adamw-8bit.js";
export { HybridAdam, type HybridAdamGroup, type HybridAdamOptions } from "./optim/hybrid-adam.js";
export { Lamb, type LambGroup, type LambOptions } from "./optim/lamb.js";
export { Lars, type LarsGroup, type LarsOptions } from "./optim/lars.js";
export {
  ConstantLR,
  type ConstantLROptions,
  LinearLR,
  type LinearLROptions,
  LinearWarmupLR,
  type LinearWarmupOptions,
  PolynomialLR,
  type PolynomialOptions,
  PolynomialWarmupLR,
  type PolynomialWarmupOptions,
} from "./optim/linear-lr.js";
export { Lion, type LionGroup, type LionOptions } from "./optim/lion.js";
export { LambdaLR, LRScheduler } from "./optim/lr-scheduler.js";
export { Muon, type MuonGroup, type MuonOptions } from "./optim/muon.js";
export { OneCycleLR, type OneCycleOptions } from "./optim/one-cycle-lr.js";
export type { Optimizer, ParameterState, ParamGroup } from "./optim/optimizer.js";
export type { GivenGroup, GivenParameters } from "./optim/rule-optimizer.js";
export { RuleOptimizer } from "./optim/rule-optimizer.js";
export { SGD, type SGDGroup, type SGDOptions } from "./optim/sgd.js";
export {
  ExponentialLR,
  type ExponentialLROptions,
  MultiplicativeLR,
  MultiStepLR,
  type MultiStepOptions,
  MultiStepWarmupLR,
  type MultiStepWarmupOptions,
  StepLR,
  type StepLROptions,
} from "./optim/step-lr.js";
export type { StepMemory, StepMemoryOptions } from "./optim/step-memory.js";
export type {
  Piece,
  Scaling,
  Sees,
  StateLayout,
  UpdateRule,
} from "./optim/update-rule.js";
export {
  getScheduler,
  type SchedulerName,
  type SchedulerOptions,
} from "./optim/warmup-schedules.js";
export { dequantizeNf4, type Nf4Options, type Nf4Weight, quantizeNf4 } from "./quantize/nf4.js";
export { type LowRankUpdate, Nf4Linear, type Nf4LinearOptions } from "./quantize/nf4-linear.js";
export {
  type FlopsPerToken,
  flopsPerToken,
  ProgressBar,
  type ProgressOptions,
  peakFlopsOf,
  progress,
  type RunOptions,
  readSamples,
  type SaidText,
  type SamplesPlace,
  SampleTable,
  type StepMetrics,
  startRun,
  TrainingRun,
} from "./report/index.js";
export {
  ATTENTION_BACKENDS,
  type AttentionBackend,
  type AttentionChoice,
  type AttentionOptions,
  attention,
  type DenseAttentionOptions,
  explainAttention,
  lastAttentionBackend,
  type PackedAttentionOptions,
} from "./tensor/attention.js";
export {
  arange,
  empty,
  emptyLike,
  eye,
  fromBytes,
  full,
  linspace,
  ones,
  onesLike,
  type RandomOptions,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from "./tensor/create.js";
export { type DeviceName, DTYPES, type DType, type Placement } from "./tensor/dtype.js";
export {
  type Along,
  cat,
  dropout,
  embedding,
  gelu,
  linear,
  relu,
  silu,
  softmax,
  stack,
  where,
} from "./tensor/functional.js";
export {
  argmax,
  einsum,
  exp,
  log,
  matmul,
  max,
  mean,
  min,
  randperm,
  sigmoid,
  sqrt,
  sum,
  tanh,
} from "./tensor/functions.js";
export { isGradEnabled, noGrad } from "./tensor/grad-mode.js";
export { type GradientOwner, ownGradients } from "./tensor/gradient-owner.js";
export { type Index, Slice, slice } from "./tensor/indexing.js";
export {
  type BceWithLogitsOptions,
  bceWithLogitsLoss,
  type CrossEntropyOptions,
  crossEntropy,
  type LossOptions,
  l1Loss,
  mseLoss,
} from "./tensor/losses.js";
export { countMemory, type MemoryCount, type StandsFor } from "./tensor/memory-count.js";
export type { NestedArray } from "./tensor/nested.js";
export type {
  Layout,
  MemoryFormat,
  Reduction as LossReduction,
  Scalar,
} from "./tensor/operator-types.js";
export { type Operator, type OperatorResult, ops, schemas } from "./tensor/ops.js";
export { Parameter } from "./tensor/parameter.js";
export { Generator, manualSeed, rngState, setRngState } from "./tensor/random.js";
export { keep, numLiveTensors, Scope, scope, scoped } from "./tensor/scope.js";
export type { Sizes } from "./tensor/sizes.js";
export type { SpanAction } from "./tensor/spans.js";
export { type BlockOwner, backward, runBlock } from "./tensor/tape.js";
export { Tensor } from "./tensor/tensor.js";
export type { TypedRows } from "./tensor/typed-rows.js";
export {
  AutoTokenizer,
  type ChatTemplateOptions,
  type TokenizedChat,
} from "./tokenizer/auto-tokenizer.js";
export type { ChatTextOptions } from "./tokenizer/chat/chat-templates.js";
export type { ChatMessage } from "./tokenizer/chat/messages.js";
export { TokenizerError } from "./tokenizer/tokenizer-error.js";
export { type BpeOptions, type TrainedBpe, trainByteLevelBpe } from "./tokenizer/train-bpe.js";
export { type SpecialRoles, writeTokenizer } from "./tokenizer/write-tokenizer.js";
export type { Evaluation } from "./train/evaluation.js";
export { heldOutLoss } from "./train/held-out-loss.js";
export type { LossModel, TrainOptions, TrainParts } from "./train/options.js";
export {
  type KindSettings,
  type ParameterKind,
  parameterGroups,
} from "./train/parameter-groups.js";
export { train } from "./train/train.js";
export { type OpenRecordOptions, TrainingRecord } from "./train/training-record.js";
