// Names of PyTorch, Hugging Face and ColossalAI that are none of ours: what to write instead, or that it is not there.

const BY_NAME =
  'everything is exported by name, as in import { Linear, crossEntropy } from "notebooster"';
const SCHEDULERS =
  "the schedulers are StepLR, OneCycleLR and others by name, getScheduler(name, optimizer, options) and LambdaLR for any other rule";
const PRECISION =
  'precision is chosen for the whole of training: new Booster({ mixedPrecision: "bf16" })';
const SAVING =
  "weights are safetensors: writeWeights(folder, model.namedParameters()) and WeightsFolder.open(folder); a run is saved by booster.saveCheckpoint";
const DATASETS =
  "DataLoader takes a TextDataset or any object with length, sequenceLength and row(index)";
const RECURRENT = "recurrent layers are not there";
const PLUGINS = "take TorchDDPPlugin, LowLevelZeroPlugin, TorchFSDPPlugin or GeminiPlugin";
const LOSSES = "losses are functions: crossEntropy(logits, targets), mseLoss(output, target)";
const CONTAINERS =
  "a list of modules is an array in a field, layers = [new Linear(2, 2)], a dictionary an object";
const INITIAL = "write in place: noGrad(() => { weight.normal_(0, 0.02); })";
const HOOKS = "hooks are not there; call the modules one by one to see what is between them";
const TRAINER =
  "training is a loop of your own over a DataLoader, with Booster; notebook 01 has one";

const PACKAGES = new Set(["torch", "transformers", "colossalai", "datasets", "accelerate"]);

const IMPORTED = new Map<string, string>([
  ...told(BY_NAME, "nn functional F torch optim"),
  ...told(SCHEDULERS, "lr_scheduler ReduceLROnPlateau CyclicLR SequentialLR ChainedScheduler"),
  ...told(SCHEDULERS, "CosineAnnealingWarmRestarts get_linear_schedule_with_warmup"),
  ...told(PRECISION, "amp autocast GradScaler"),
  ...told(SAVING, "save load"),
  ...told(DATASETS, "Dataset TensorDataset IterableDataset"),
  ...told(RECURRENT, "LSTM GRU RNN LSTMCell GRUCell RNNCell"),
  ...told(PLUGINS, "HybridParallelPlugin MoeHybridParallelPlugin"),
  ...told(LOSSES, "CrossEntropyLoss MSELoss L1Loss BCEWithLogitsLoss"),
  ...told(CONTAINERS, "ModuleList ModuleDict"),
  ...told(INITIAL, "init kaimingUniform_ xavierUniform_"),
  ...told(TRAINER, "Trainer TrainingArguments"),
]);

const CALLED = new Map<string, string>([
  ...told("its numbers are x.tolist() and x.toTypedArray()", "numpy"),
  ...told('say where to: .to("cuda")', "cuda cpu"),
  ...told(
    HOOKS,
    "registerForwardHook registerForwardPreHook registerFullBackwardHook registerHook",
  ),
  ...told(HOOKS, "register_forward_hook register_forward_pre_hook register_hook"),
  ...told("write for (const module of model.modules()) { ... }", "apply"),
  ...told(
    "give a field the tensor or Parameter; it is registered so",
    "registerBuffer registerParameter",
  ),
  ...told(
    "give a field the tensor or Parameter; it is registered so",
    "register_buffer register_parameter",
  ),
  ...told(SAVING, "save load"),
]);

/** Of a name that `notebooster` does not export. */
export function insteadOfImport(name: string): string | undefined {
  return IMPORTED.get(name);
}

/** Of a method that one of our objects does not have. */
export function insteadOfCall(name: string): string | undefined {
  return CALLED.get(name);
}

/** Of a package that notebooks take from here. */
export function insteadOfPackage(name: string): string | undefined {
  return PACKAGES.has(name) ? `notebooster stands in for it; ${BY_NAME}` : undefined;
}

function told(answer: string, names: string): [string, string][] {
  return names.split(" ").map((name) => [name, answer]);
}
