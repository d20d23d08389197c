// Booster, plugins and checkpoints.
import type { Calls } from "./scope.js";

export const BOOSTER: Calls = {
  'new Booster({ mixed_precision: "bf16" })':
    "TypeError: new Booster has no option mixed_precision; did you mean mixedPrecision? Its options: plugin, mixedPrecision, masterWeights",
  'new Booster({ mixedPrecision: "fp8" })':
    'RangeError: new Booster: mixedPrecision must be "fp32" or "bf16" or "fp16", got "fp8"',
  "new Booster({ masterWeights: false })":
    'PlanError: masterWeights: weights in float32 are their own masters; leave it out, or give mixedPrecision: "bf16" with masterWeights: false',
  'new Booster({ mixedPrecision: "fp16", masterWeights: false })':
    'PlanError: masterWeights: the range of float16 is too small for weights and moments without float32 masters; leave it out, or give mixedPrecision: "bf16" with masterWeights: false',
  'new Booster({ mixedPrecision: "bf16", masterWeights: 0 })':
    "TypeError: new Booster: masterWeights must be true or false, got 0",
  'new Booster({ plugin: "ddp" })':
    'TypeError: new Booster: plugin must be a plugin, as new TorchDDPPlugin(), got "ddp"',
  "new TorchDDPPlugin({ bucketCap: 25 })":
    "TypeError: new TorchDDPPlugin has no option bucketCap; did you mean bucketCapMb? Its options: bucketCapMb, broadcastBuffers, syncBatchNorm, maxNorm, findUnusedParameters, lossScaler, device",
  "new LowLevelZeroPlugin({ stage: 3 })":
    "RangeError: new LowLevelZeroPlugin: stage must be 1 or 2, got 3",
  "new LowLevelZeroPlugin({ reduceBucketSize: 12 })":
    "TypeError: new LowLevelZeroPlugin has no option reduceBucketSize; did you mean reduceBucketSizeInM? Its options: stage, reduceBucketSizeInM, overlapCommunication, overlapAllgather, cpuOffload, maxNorm, findUnusedParameters, lossScaler, device",
  "new LowLevelZeroPlugin({ reduceBucketSizeInM: 0 })":
    "RangeError: new LowLevelZeroPlugin: reduceBucketSizeInM must be a number above 0, got 0",
  "new LowLevelZeroPlugin({ overlapCommunication: 1 })":
    "TypeError: new LowLevelZeroPlugin: overlapCommunication must be true or false, got 1",
  "new GeminiPlugin({ offloadOptimFrac: 40 })":
    "RangeError: new GeminiPlugin: offloadOptimFrac must be a number from 0 to 1, got 40",
  'new GeminiPlugin({ placementPolicy: "auto", offloadOptimFrac: 0.4 })':
    'PlanError: GeminiPlugin: offloadOptimFrac: placementPolicy is "auto", which does not read it; leave it out, or give placementPolicy: "static"',
  "new GeminiPlugin({ offload_param_frac: 1 })":
    "TypeError: new GeminiPlugin has no option offload_param_frac; did you mean offloadParamFrac? Its options: placementPolicy, offloadOptimFrac, offloadParamFrac, steadyCudaCapRatio, shardParamFrac, prefetch, overlapUpdate, maxNorm, findUnusedParameters, lossScaler, device",
  "new GeminiPlugin({ offloadParamFrac: 2 })":
    "RangeError: new GeminiPlugin: offloadParamFrac must be a number from 0 to 1, got 2",
  "new GeminiPlugin({ offloadParamFrac: 0.5 })":
    "PlanError: GeminiPlugin: offloadParamFrac: 0.5 of the weights can lie in host memory where shardParamFrac and offloadOptimFrac are 1, which are 1 and 0; give shardParamFrac: 1 and offloadOptimFrac: 1 with it, or leave it out",
  "new GeminiPlugin({ offloadParamFrac: 1, offloadOptimFrac: 1, shardParamFrac: 0 })":
    "PlanError: GeminiPlugin: offloadParamFrac: 1 of the weights can lie in host memory where shardParamFrac and offloadOptimFrac are 1, which are 0 and 1; give shardParamFrac: 1 and offloadOptimFrac: 1 with it, or leave it out",
  'new GeminiPlugin({ placementPolicy: "auto", offloadParamFrac: 1 })':
    'PlanError: GeminiPlugin: offloadParamFrac: placementPolicy is "auto", which does not read it; leave it out, or give placementPolicy: "static"',
  "new TorchFSDPPlugin({ prefech: false })":
    "TypeError: new TorchFSDPPlugin has no option prefech; did you mean prefetch? Its options: prefetch, maxNorm, findUnusedParameters, lossScaler, device",
  'new TorchFSDPPlugin({ shardingStrategy: "SHARD_GRAD_OP" })':
    "PlanError: TorchFSDPPlugin: shardingStrategy: weights, gradients and state are all shared, which is FULL_SHARD; leave it out, or take LowLevelZeroPlugin with stage: 2 for SHARD_GRAD_OP, TorchDDPPlugin for NO_SHARD",
  "booster.gatherWeights(optimizer)":
    "TypeError: gatherWeights: model must be a module, such as LlamaForCausalLM or a class of yours that extends Module, got a AdamW",
  "new TorchDDPPlugin({ maxNorm: -1 })":
    "RangeError: new TorchDDPPlugin: maxNorm must be a number above 0, got -1",
  "booster.spans(optimizer)":
    "TypeError: spans: model must be a module, such as LlamaForCausalLM or a class of yours that extends Module, got a AdamW",
  "booster.plan(model, { batch: 0, sequence: 8 })":
    "RangeError: plan: batch must be a whole number of at least 1, got 0",
  "booster.plan(model, { batchSize: 2, sequence: 8 })":
    "TypeError: plan has no option batchSize; did you mean batch? Its options: batch, sequence, optimizer, budget, gpu",
  "planTraining(x, { batch: 1, sequence: 8 })":
    "TypeError: plan: model must be a model that lists its blocks, as LlamaForCausalLM, got a Tensor float32[2, 3]",
  "planTraining(model, { batch: 1, sequence: 8 }, { worldSize: 0 })":
    "RangeError: planTraining: worldSize must be a whole number of at least 1, got 0",
  "booster.boost(model, optimizer)":
    "TypeError: boost takes an object of options, got a LlamaForCausalLM; its options: model, optimizer, lrScheduler, dataloader, criterion",
  'booster.boost({ model: "gpt2" })':
    'TypeError: boost: model must be a module, such as LlamaForCausalLM or a class of yours that extends Module, got "gpt2"',
  "booster.boost({ model, optimiser: optimizer })":
    "TypeError: boost has no option optimiser; did you mean optimizer? Its options: model, optimizer, lrScheduler, dataloader, criterion",
  "booster.backward({ loss: x, logits: x }, optimizer)":
    "TypeError: backward: the output has no numTokens, of how many tokens its loss is the mean; give { tokens }, or output.loss for losses that all count the same",
  "booster.backward(model.forward({ inputIds: ids }), optimizer)":
    "TypeError: backward: the output has no loss; give forward() labels",
  "booster.backward(3, optimizer)":
    "TypeError: backward: loss must be a tensor, or a model's output with loss and numTokens, got 3",
  "booster.backward(x, optimizer, { tokens: 1.5 })":
    "RangeError: backward: tokens must be a whole number of at least 0, or an int64 or int32 tensor of one number, got 1.5",
  "booster.backward(x, optimizer, { tokens: x })":
    "TypeError: backward: tokens must be a whole number of at least 0, or an int64 or int32 tensor of one number, got a Tensor float32[2, 3]",
  "booster.backward(x, optimizer, { numTokens: 3 })":
    "TypeError: backward has no option numTokens; did you mean tokens? Its options: tokens",
  "booster.backward(x, optimizer)":
    "TypeError: backward() needs the optimizer that boost() returned, not the one given to it",
  "booster.noSync(model, () => 1)":
    "TypeError: noSync takes the optimizer that boost() returned and holds until the end of the block, got (a LlamaForCausalLM, a function); write { using _ = booster.noSync(optimizer); ... }",
  "booster.reduce(x)":
    "TypeError: reduce: value must be a number, as loss.item(), got a Tensor float32[2, 3]",
  'booster.reduce(1, "avg")': 'RangeError: reduce: how must be "mean" or "max" or "sum", got "avg"',
  'booster.saveModel(model, "folder", { sizePerShard: 0 })':
    "RangeError: saveModel: sizePerShard must be a number above 0, got 0",
  'booster.saveModel(model, "folder", { card: { licence: "mit" } })':
    'TypeError: saveModel: card must be what a card says, { baseModel, data, license, training }, got { licence: "mit" }',
  'booster.loadModel(model, "folder", { prefix: "a/b" })':
    'TypeError: loadModel: prefix must be a name of letters, digits, "_" and "-", got "a/b"',
  'booster.saveOptimizer(new AdamW(model.parameters()), "folder")':
    "TypeError: saveOptimizer: optimizer must be one that boost() returned, since its model names what is saved, got a AdamW",
  'booster.saveLrScheduler(3, "file")':
    "TypeError: saveLrScheduler: lrScheduler must be a schedule, got 3",
  'booster.saveModel("folder")':
    'TypeError: saveModel: model must be a module, such as LlamaForCausalLM or a class of yours that extends Module, got "folder"',
  "booster.loadModel(model)": "TypeError: loadModel: folder must be text, got undefined",
  'booster.saveCheckpoint("runs", { model })':
    "TypeError: saveCheckpoint: step is required, the number of optimizer steps done: saveCheckpoint(root, parts, { step })",
  'booster.saveCheckpoint("runs", { model }, { step: -1 })':
    "RangeError: saveCheckpoint: step must be a whole number of at least 0, got -1",
  'booster.saveCheckpoint("runs", { model }, { step: 1, includeBase: 1 })':
    "TypeError: saveCheckpoint: includeBase must be true or false, got 1",
  'booster.saveCheckpoint("runs", { model, scheduler: 3 }, { step: 1 })':
    "TypeError: saveCheckpoint: parts has no option scheduler; did you mean lrScheduler? Its options: model, optimizer, lrScheduler, dataloader",
  'booster.loadCheckpoint("runs", model)':
    "TypeError: loadCheckpoint: parts takes an object of options, got a LlamaForCausalLM; its options: model, optimizer, lrScheduler, dataloader",
  "new BoostedOptimizer(optimizer, {}).backward(3)":
    "TypeError: backward: loss must be a tensor, got 3",
  'booster.loadCheckpoint("runs", { model }, { fallback: true })':
    "TypeError: loadCheckpoint has no option fallback; did you mean fallBack? Its options: fallBack",
  'booster.loadCheckpoint("runs", { model, optimizer: 3 })':
    "TypeError: loadCheckpoint: parts: optimizer must be an optimizer, as new AdamW(model.parameters()), or null, got 3",
  "booster.boost({ model, optimizer, lrScheduler: new LambdaLR(new AdamW(model.parameters()), () => 1) })":
    "TypeError: boost: lrScheduler changes the rates of another optimizer; make it from the one that is given",
};
