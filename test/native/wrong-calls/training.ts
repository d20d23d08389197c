// Gradients, scopes, layers, optimizers and schedules.
import type { Calls } from "./scope.js";

export const TRAINING: Calls = {
  "noGrad(x)": "TypeError: noGrad: body must be a function, got a Tensor float32[2, 3]",
  "noGrad(async () => 1)":
    "TypeError: noGrad: body must not be async, got one that returns a promise; await before or after noGrad",
  "scoped(3)": "TypeError: scoped: body must be a function, got 3",
  "scoped(async () => 1)":
    "TypeError: scoped: body must not be async, got one that returns a promise; await before or after scoped",
  "keep(3)": "TypeError: keep: tensor must be a tensor, got 3",
  "backward(3)": "TypeError: backward: loss must be a tensor, got 3",
  "backward(x)":
    "TypeError: backward: loss must depend on something that requires a gradient, got a Tensor float32[2, 3]; parameters do, and tensors made with requiresGrad: true, outside of noGrad",
  "backward(x, 1)": "TypeError: backward: gradient must be a tensor, got 1",
  "x.backward()":
    "TypeError: backward: loss must depend on something that requires a gradient, got a Tensor float32[2, 3]; parameters do, and tensors made with requiresGrad: true, outside of noGrad",
  "ownGradients(x, 3)":
    "TypeError: ownGradients: parameters must be a list of parameters, got a Tensor float32[2, 3]",
  "ownGradients(model.parameters(), model)":
    "TypeError: ownGradients: owner must be an object with gradientReady, passEnded and passFailed, got a LlamaForCausalLM",
  'block("head", [x], () => ({}))':
    "TypeError: block: uses must be a list of modules, got [a Tensor float32[2, 3]]",
  'block("head", [], () => ({}), { layer: true })':
    "TypeError: block has no option layer; did you mean isLayer? Its options: isLayer, endsInSum, cost",
  "blockCost(model, { batchSize: 1, sequenceLength: 2 })":
    "TypeError: blockCost: modules must be a list of modules, got a LlamaForCausalLM",
  "blockCost([model], { batchSize: 1 })":
    "TypeError: blockCost: shape: sequenceLength must be a whole number of at least 1, got undefined",
  "attentionFlops({ batchSize: 1, sequenceLength: 2 }, -1)":
    "RangeError: attentionFlops: width must be a number above 0, got -1",
  'productFlops("many", x)':
    'TypeError: productFlops: numRows must be a number of at least 0, got "many"',
  "model.cost({ rows: 2 })":
    "TypeError: cost has no option rows. Its options: batchSize, sequenceLength, attendedLength",
  "countMemory(3)": "TypeError: countMemory: body must be a function, got 3",
  "new Mesh(booster.job, { data: 2 })":
    "TypeError: new Mesh: sizes has no option data. Its options: pp, dp, sp, tp, ep",
  "model.gradientCheckpointingEnable({ layers: -1 })":
    "RangeError: gradientCheckpointingEnable: layers must be a whole number of at least 0, got -1",
  "model.gradientCheckpointingEnable(true)":
    "TypeError: gradientCheckpointingEnable takes an object of options, got true; its options: layers, granularity, fullLayers",
  'model.gradientCheckpointingEnable({ granularity: "some" })':
    'RangeError: gradientCheckpointingEnable: granularity must be "full" or "selective", got "some"',
  "model.gradientCheckpointingEnable({ fullLayers: 1 })":
    'RangeError: gradientCheckpointingEnable: fullLayers is for granularity "selective", got 1 with "full"; say layers: 1 in its place',
  'model.gradientCheckpointingEnable({ granularity: "selective", layers: 1, fullLayers: 2 })':
    "RangeError: gradientCheckpointingEnable: fullLayers must be at most layers, got 2 of 1",
  'model.replaceModule("model.layer.0.mlp", new Linear(2, 2))':
    "RangeError: replaceModule: there is no module model.layer.0.mlp; did you mean model.layers.0.mlp?",
  "new Linear(4, 2).loadStateDict({ wieght: zeros(2, 4) })":
    "RangeError: loadStateDict: the state does not fit the module:\n  missing: weight a Parameter float32[2, 4]\n  missing: bias a Parameter float32[2]\n  left over: wieght",
  'new Linear(4, 2).to("int8")':
    'TypeError: a module\'s to() takes a dtype of floating point, got "int8"; convert a tensor with x.to("int8")',
  "runBlock(x, 3)":
    "TypeError: runBlock: owner must be a module, or anything with parameters(), got a Tensor float32[2, 3]",
  "jit(3)": "TypeError: jit: body must be a function, got 3",
  "new SGD(model.parameters(), { momentun: 0.9 })":
    "TypeError: new SGD has no option momentun; did you mean momentum? Its options: lr, momentum, dampening, weightDecay, nesterov",
  "new SGD(model.parameters(), { nesterov: true })":
    "RangeError: new SGD: nesterov needs a momentum above 0 and a dampening of 0, got momentum 0, dampening 0",
  "new Adam(model.parameters(), { betas: [0.9] })":
    "RangeError: new Adam: betas must be a list of 2 numbers of at least 0 and below 1, got [0.9]",
  'new Linear("4")':
    'TypeError: new Linear: inFeatures must be a whole number of at least 1, got "4"',
  "new Linear(4, 4, { biass: false })":
    "TypeError: new Linear has no option biass; did you mean bias? Its options: bias, weight, device, dtype, initialize",
  "new Embedding(0, 4)":
    "RangeError: new Embedding: numEmbeddings must be a whole number of at least 1, got 0",
  "new Embedding(4, 4).forward(3)": "TypeError: Embedding(4, 4) takes a tensor, got 3",
  "new LayerNorm(4, { eps: -1 })":
    "RangeError: new LayerNorm: eps must be a number of at least 0, got -1",
  "new RMSNorm(4, 1e-6)":
    "TypeError: new RMSNorm takes an object of options, got 0.000001; its options: eps, elementwiseAffine, device, dtype, initialize",
  "new RMSNorm(4).forward(3)": "TypeError: RMSNorm(4) takes a tensor, got 3",
  "normal(3, 1)": "TypeError: normal: parameter must be a tensor, got 3",
  "new AdamW(model)":
    "TypeError: new AdamW: parameters must be a list of parameters, as model.parameters() gives it, got a LlamaForCausalLM",
  "new AdamW([])": "TypeError: the optimizer got no parameters; pass model.parameters()",
  "new AdamW(model.parameters(), { learningRate: 1e-3 })":
    "TypeError: new AdamW has no option learningRate; did you mean lr? Its options: lr, betas, eps, weightDecay",
  "new AdamW(model.parameters(), { lr: Infinity })":
    "RangeError: new AdamW: lr must be a number of at least 0, or a float32 tensor of one number, got Infinity; it must be finite",
  "new AdamW(model.parameters(), { betas: [0.9] })":
    "RangeError: new AdamW: betas must be a list of 2 numbers of at least 0 and below 1, got [0.9]",
  "new AdamW(model.parameters(), { lr: tensor([1]) })":
    "TypeError: new AdamW: lr must be a number of at least 0, or a float32 tensor of one number, got a Tensor int64[1]",
  "new AdamW([{ params: model.parameters() }])":
    "TypeError: new AdamW: a group has no option params; did you mean parameters? Its options: parameters, lr, betas, eps, weightDecay",
  "clipGradNorm(model, 1)":
    "TypeError: clipGradNorm: parameters must be a list of parameters, as model.parameters() gives it, got a LlamaForCausalLM",
  "clipGradNorm(model.parameters(), 0)":
    "RangeError: clipGradNorm: maxNorm must be a number above 0, got 0",
  "gradNorm(x)":
    "TypeError: gradNorm: parameters must be a list of parameters, as model.parameters() gives it, got a Tensor float32[2, 3]",
  "new CosineAnnealingWarmupLR(model, { totalSteps: 10 })":
    "TypeError: new CosineAnnealingWarmupLR: optimizer must be an optimizer, got a LlamaForCausalLM",
  "new CosineAnnealingWarmupLR(optimizer, { totalSteps: 10, etaMin: NaN })":
    "RangeError: new CosineAnnealingWarmupLR: etaMin must be a number of at least 0, got NaN; it must be finite",
  "new CosineAnnealingWarmupLR(optimizer, { numWarmupSteps: 10 })":
    "TypeError: new CosineAnnealingWarmupLR has no option numWarmupSteps; did you mean warmupSteps? Its options: totalSteps, warmupSteps, etaMin",
  "new CosineAnnealingWarmupLR(optimizer, { totalSteps: 10, warmupSteps: 10 })":
    "RangeError: new CosineAnnealingWarmupLR: warmupSteps must be below totalSteps, got 10 and 10",
  "new HybridAdam(model.parameters(), { adamWMode: false })":
    "TypeError: new HybridAdam has no option adamWMode; did you mean adamwMode? Its options: lr, betas, eps, weightDecay, biasCorrection, adamwMode",
  "new HybridAdam(model.parameters(), { nvmeOffloadFraction: 0.5 })":
    "TypeError: new HybridAdam has no option nvmeOffloadFraction. Its options: lr, betas, eps, weightDecay, biasCorrection, adamwMode",
  "new Lion(model.parameters(), { betas: [0.9, 1] })":
    "RangeError: new Lion: betas must be a list of 2 numbers of at least 0 and below 1, got [0.9, 1]",
  "new Lamb(model.parameters(), { biasCorection: true })":
    "TypeError: new Lamb has no option biasCorection; did you mean biasCorrection? Its options: lr, betas, eps, weightDecay, adam, biasCorrection",
  "new Lars(model.parameters(), { eeta: 0 })":
    "RangeError: new Lars: eeta must be a number above 0 and of at most 1, got 0",
  "new Adafactor(model.parameters(), { eps: [1e-30] })":
    "RangeError: new Adafactor: eps must be a list of 2 numbers of at least 0, the first may be null, got [1e-30]",
  "new Adafactor(model.parameters(), { relativeStep: false, warmupInit: true })":
    "RangeError: new Adafactor: warmupInit is how relative steps begin, got warmupInit true, relativeStep false; take a schedule that warms up",
  "new CAME(model.parameters())":
    "TypeError: new CAME takes an object of options, got undefined; its options: lr, eps, clipThreshold, betas, weightDecay",
  "new CAME(model.parameters(), {})":
    "TypeError: new CAME: lr must be a number of at least 0, or a float32 tensor of one number, got undefined",
  "new CAME(model.parameters(), { lr: 1e-4, betas: [0.9, 0.999] })":
    "RangeError: new CAME: betas must be a list of 3 numbers of at least 0 and below 1, got [0.9, 0.999]",
  "new GaLoreAdamW(model.parameters(), { rank: 0 })":
    "RangeError: new GaLoreAdamW: rank must be a whole number of at least 1, or null, got 0",
  'new GaLoreAdamW(model.parameters(), { projType: "full" })':
    'RangeError: new GaLoreAdamW: projType must be "std" or "reverse_std" or "right" or "left", got "full"',
  "new GaLoreAdamW8bit(model.parameters(), { min8bitSize: 0.5 })":
    "RangeError: new GaLoreAdamW8bit: min8bitSize must be a whole number of at least 0, got 0.5",
  "new Muon(model.parameters())":
    "RangeError: new Muon: it trains matrices, got a parameter of shape [8]; give that one in a group with useMuon: false",
  'new Muon([model.lmHead.weight], { adjustLrFn: "match" })':
    'RangeError: new Muon: adjustLrFn must be "original" or "match_rms_adamw", or null, got "match"',
  "new AdamW8bit(model.parameters(), { isPaged: true })":
    "TypeError: new AdamW8bit has no option isPaged. Its options: lr, betas, eps, weightDecay, min8bitSize",
  "parameterGroups(3)":
    "TypeError: parameterGroups: model must be a module, such as LlamaForCausalLM or a class of yours that extends Module, got 3",
  "parameterGroups(model, { norms: { weightDecay: 0 } })":
    "TypeError: parameterGroups has no option norms; did you mean norm? Its options: bias, norm, embedding, head, matrix, other",
  "parameterGroups(model, { norm: 0 })":
    "TypeError: parameterGroups: norm must be an object of settings, as { weightDecay: 0 }, got 0",
  "new AdamW(parameterGroups(model, { norm: { weightDecy: 0 } }))":
    "TypeError: new AdamW: a group has no option weightDecy; did you mean weightDecay? Its options: parameters, lr, betas, eps, weightDecay",
  "new CosineAnnealingLR(optimizer, { tMax: 10 })":
    "TypeError: new CosineAnnealingLR has no option tMax. Its options: totalSteps, etaMin",
  "new CosineAnnealingLR(optimizer, {})":
    "TypeError: new CosineAnnealingLR: totalSteps must be a whole number of at least 1, got undefined",
  "new FlatAnnealingLR(optimizer, { totalSteps: 10, pctStart: 72 })":
    "RangeError: new FlatAnnealingLR: pctStart must be a number from 0 to 1, got 72",
  "new FlatAnnealingWarmupLR(optimizer, { totalSteps: 10, warmupSteps: 10 })":
    "RangeError: new FlatAnnealingWarmupLR: warmupSteps must be below totalSteps, got 10 and 10",
  "new LinearWarmupLR(optimizer, { totalSteps: 10, warmupSteps: 11 })":
    "RangeError: new LinearWarmupLR: warmupSteps must be below totalSteps, got 11 and 10",
  "new StepLR(optimizer, 10)":
    "TypeError: new StepLR takes an object of options, got 10; its options: stepSize, gamma",
  "new StepLR(optimizer, { gamma: 0.1 })":
    "TypeError: new StepLR: stepSize must be a whole number of at least 1, got undefined",
  "new MultiStepLR(optimizer, { milestones: 10 })":
    "TypeError: new MultiStepLR: milestones must be a list of whole numbers of at least 0, got 10",
  "new MultiStepWarmupLR(optimizer, { milestones: [10], totalSteps: 20 })":
    "TypeError: new MultiStepWarmupLR has no option totalSteps. Its options: warmupSteps, milestones, gamma",
  "new ExponentialLR(optimizer, { gamma: -1 })":
    "RangeError: new ExponentialLR: gamma must be a number of at least 0, got -1",
  "new MultiplicativeLR(optimizer, 0.9)":
    "TypeError: new MultiplicativeLR: factor must be a function, got 0.9",
  "new ConstantLR(optimizer, { factor: 2 })":
    "RangeError: new ConstantLR: factor must be a number from 0 to 1, got 2",
  "new LinearLR(optimizer, { startFactor: 0 })":
    "RangeError: new LinearLR: startFactor must be a number above 0 and of at most 1, got 0",
  "new PolynomialLR(optimizer, { totalSteps: 10, endLr: 1 })":
    "RangeError: new PolynomialLR: endLr must be below the optimizer's rates, got 1, the lowest rate is 0.001",
  "new PolynomialWarmupLR(optimizer, { totalSteps: 10, power: 0 })":
    "RangeError: new PolynomialWarmupLR: power must be a number above 0, got 0",
  "new OneCycleLR(optimizer, { totalSteps: 10, maxLr: 0.1 })":
    "TypeError: new OneCycleLR has no option maxLr. Its options: totalSteps, pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, divFactor, finalDivFactor, threePhase",
  "new OneCycleLR(new Adafactor(model.parameters()), { totalSteps: 10 })":
    "RangeError: new OneCycleLR: cycleMomentum needs an optimizer with momentum or betas; give cycleMomentum: false to change its rates alone",
  "new LRScheduler(3)": "TypeError: new LRScheduler: optimizer must be an optimizer, got 3",
  'new GELU({ approximat: "tanh" })':
    "TypeError: new GELU has no option approximat; did you mean approximate? Its options: approximate",
  "new ReLU({ inplace: true })": "TypeError: new ReLU takes no options, got { inplace: true }",
  "new ReLU().forward(3)": "TypeError: ReLU() takes a tensor, got 3",
  'new Sigmoid().forward("a")': 'TypeError: Sigmoid() takes a tensor, got "a"',
  "new SiLU().forward([1])": "TypeError: SiLU() takes a tensor, got [1]",
  'new Softmax("last")': 'TypeError: new Softmax: dim must be a whole number, got "last"',
  "new Tanh().forward()": "TypeError: Tanh() takes a tensor, got undefined",
  "new BatchNorm1d(0)":
    "RangeError: new BatchNorm1d: numFeatures must be a whole number of at least 1, got 0",
  "new BatchNorm2d(4, { momentun: 0.1 })":
    "TypeError: new BatchNorm2d has no option momentun; did you mean momentum? Its options: eps, momentum, affine, trackRunningStats, device, dtype",
  "new Conv1d(1, 2)":
    "TypeError: new Conv1d: kernelSize must be a whole number of at least 1, or a list of 1 whole numbers of at least 1, got undefined",
  "new Conv2d(1, 2, 3, { strides: 2 })":
    "TypeError: new Conv2d has no option strides; did you mean stride? Its options: stride, padding, dilation, groups, bias, paddingMode, device, dtype, initialize",
  "new Dropout(1.5)": "RangeError: new Dropout: p must be a number from 0 to 1, got 1.5",
  'new Flatten("all")': 'TypeError: new Flatten: startDim must be a whole number, got "all"',
  "new MaxPool2d()":
    "TypeError: new MaxPool2d: kernelSize must be a whole number of at least 1, or a list of 2 whole numbers of at least 1, got undefined",
  "new Sequential(new Linear(2, 2), relu)":
    "TypeError: Sequential takes modules with a forward(x), argument 1 is the function relu; its layer is new ReLU()",
  "new Sequential([new Linear(2, 2)])":
    "TypeError: Sequential takes modules with a forward(x), argument 0 is [a Linear]; spread a list: new Sequential(...list)",
  "new Sequential(new Linear(2, 2), 3)":
    "TypeError: Sequential takes modules with a forward(x), argument 1 is 3",
  "new LambdaLR(optimizer, 0.5)": "TypeError: new LambdaLR: factor must be a function, got 0.5",
  'getScheduler("cosin", optimizer, { numTrainingSteps: 10 })':
    'RangeError: getScheduler: name must be "constant" or "constant_with_warmup" or "linear" or "cosine" or "polynomial", got "cosin"',
  'getScheduler("linear", optimizer, { steps: 10 })':
    'TypeError: getScheduler("linear") has no option steps; did you mean numWarmupSteps? Its options: numWarmupSteps, numTrainingSteps',
  "dropout(x, 2)": "RangeError: dropout: p must be a number from 0 to 1, got 2",
  'gelu(x, { approximate: "erf" })':
    'RangeError: gelu: approximate must be "none" or "tanh", got "erf"',
  "relu(3)": "TypeError: relu: x must be a tensor, got 3",
  'silu("a")': 'TypeError: silu: x must be a tensor, got "a"',
  "softmax(x)": "TypeError: softmax: dim must be a whole number, got undefined",
  "bceWithLogitsLoss(x)": "TypeError: bceWithLogitsLoss: target must be a tensor, got undefined",
  "l1Loss(x, 3)": "TypeError: l1Loss: target must be a tensor, got 3",
  'mseLoss(x, x, { reduction: "average" })':
    'RangeError: mseLoss: reduction must be "mean" or "sum" or "none", got "average"',
  "scope().keep(3)": "TypeError: scope.keep: tensor must be a tensor, got 3",
  "new AdamW(model.namedParameters())":
    "TypeError: new AdamW: parameters must be a list of parameters, as model.parameters() gives it, got a Generator",
  "new MaxPool2d(2, { padding: 2 })":
    "RangeError: new MaxPool2d: padding must be at most half of kernelSize, [2, 2], got [2, 2]",
  "new Dropout().forward(ids)":
    "TypeError: dropout: x must have a dtype with fractions, got a Tensor int64[1, 4]; convert it with x.float()",
  "bceWithLogitsLoss(x, x.long())":
    "TypeError: bceWithLogitsLoss: target must have a dtype with fractions, got a Tensor int64[2, 3]; convert it with x.float()",
  "bceWithLogitsLoss(x, x.gt(1))":
    "TypeError: bceWithLogitsLoss: target must have a dtype with fractions, got a Tensor bool[2, 3]; convert it with x.float()",
  "bceWithLogitsLoss(x.long(), x)":
    "TypeError: bceWithLogitsLoss: input must have a dtype with fractions, got a Tensor int64[2, 3]; convert it with x.float()",
  'jit((a, k) => a.mul(k))(x, "3")':
    'JitError: jit: argument 2 must be a tensor or a number, got "3"',
  "jit((a) => a.mul(2)).kernels([1])":
    "JitError: jit: argument 1 must be a tensor or a number, got [1]",
  "new Dropout(0.5, true)":
    "TypeError: new Dropout(p) takes no more arguments, got true as well; layers do not work in place",
  "model.parameters(false)":
    "TypeError: parameters() takes no more arguments, got false as well; namedParameters() says by name whose each is",
  "new LambdaLR(optimizer, () => 1).loadState({})":
    "TypeError: loadState: step must be a whole number of at least 0, got undefined",
  "new LambdaLR(optimizer, () => 1).loadState(null)":
    "TypeError: loadState takes an object of options, got null; its options: step, baseLrs",
  "new LambdaLR(optimizer, () => 1).loadState({ step: -3, baseLrs: [1] })":
    "RangeError: loadState: step must be a whole number of at least 0, got -3",
  'new LambdaLR(optimizer, () => 1).loadState({ step: "3", baseLrs: [1] })':
    'TypeError: loadState: step must be a whole number of at least 0, got "3"',
  "new LambdaLR(optimizer, () => -1)":
    "RangeError: LambdaLR: the rate after 0 steps must be a number of at least 0, got -0.001",
  "new LambdaLR(optimizer, () => 1, 5)":
    "TypeError: new LambdaLR(optimizer, factor) takes no more arguments, got 5 as well; loadState goes on from a step",
  "new LambdaLR(optimizer, () => 1).step(5)":
    "TypeError: LambdaLR.step() takes no more arguments, got 5 as well; it counts by itself; loadState goes elsewhere",
  "clipGradNorm(model.parameters(), 1, Infinity)":
    "TypeError: clipGradNorm(parameters, maxNorm) takes no more arguments, got Infinity as well; the norm is L2",
  "optimizer.step(() => 1)":
    "TypeError: step() takes no more arguments, got a function as well; go forward and backward before it",
  "backward(x, x, true)":
    "TypeError: backward(loss, gradient) takes no more arguments, got true as well; graphs are freed as they are gone through",
  "train(model, {}, {})": "TypeError: train: booster must be a Booster, got a LlamaForCausalLM",
  "train(booster, { model, optimizer }, {})":
    "TypeError: train: parts: optimizer must be the optimizer that boost() returned, got a AdamW",
  "train(booster, { model }, {})":
    "TypeError: train: optimizer must be the optimizer that boost() returned, got undefined",
  "train(booster, { model }, { numSteps: 3 })":
    "TypeError: train has no option numSteps; did you mean steps? Its options: steps, heldOut, folder, title, accumulation, evalEvery, patience, samples, whenNotFinite, saveBest, overwrite",
  "heldOutLoss(booster, model, dataset)":
    "TypeError: heldOutLoss: loader must be a DataLoader, as booster.prepareDataloader({ dataset, batchSize, dropLast: false }), got a TextDataset",
  'TrainingRecord.open(booster, "", { step: 0 })':
    'RangeError: TrainingRecord.open: folder must be a path, got ""',
  'TrainingRecord.open(booster, "folder", {})':
    "TypeError: TrainingRecord.open: step must be a whole number of at least 0, got undefined",
};
