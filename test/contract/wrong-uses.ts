// Ways to train something else than was meant.
import { writeFileSync } from "node:fs";
import {
  CheckpointError,
  DataError,
  Linear,
  LlamaForCausalLM,
  PlanError,
  SGD,
  scoped,
  type Tensor,
  TorchDDPPlugin,
  tensor,
  zeros,
} from "notebooster";
import { Mesh } from "notebooster/parallel";
import { sharedFolder } from "../fixtures/scratch.js";
import { ids, rows, SIZES, Training } from "./training-under-test.js";

type ErrorClass = new (...args: never[]) => Error;
type Use = (training: Training) => unknown;

/** Where the training was saved. */
export const checkpoint = `${sharedFolder()}/checkpoints`;
const file = `${sharedFolder()}/a-file`;
writeFileSync(file, "text");
const load = async (training: Training, parts: object = {}) =>
  training.booster.loadCheckpoint(checkpoint, { ...training.parts, ...parts } as never);

/** Name: what is done, its kind of error, what the error says. `use` gets a training that was boosted, and made one step. */
export const USES: Readonly<Record<string, readonly [use: Use, kind: ErrorClass, says: RegExp]>> = {
  "backward with the optimizer that was given to boost": [
    (it) => it.booster.backward(it.forward(), it.plain),
    TypeError,
    /needs the optimizer that boost\(\) returned/,
  ],
  "backward with an optimizer of another booster": [
    async (it) => it.booster.backward(it.forward(), (await new Training().boost()).parts.optimizer),
    TypeError,
    /got the optimizer of another Booster; call backward\(\) of the one/,
  ],
  "an optimizer boosted twice": [
    ({ booster, parts }) => booster.boost(parts),
    TypeError,
    /boosted before; make a new one/,
  ],
  "an optimizer of another model's parameters": [
    ({ booster, plain }) => booster.boost({ model: new LlamaForCausalLM(SIZES), optimizer: plain }),
    TypeError,
    /parameters that the model does not have; make it from model\.parameters\(\)/,
  ],
  "a schedule of another optimizer": [
    ({ booster, model, schedule: lrScheduler }) =>
      booster.boost({ model, optimizer: new SGD(model.parameters()), lrScheduler }),
    TypeError,
    /another optimizer; make it from the one that is given/,
  ],
  "noSync as a function": [
    ({ booster, parts }) => booster.noSync(parts.optimizer, (() => undefined) as never),
    TypeError,
    /until the end of the block/,
  ],
  "noSync with the optimizer that was given to boost": [
    ({ booster, plain }) => booster.noSync(plain as never),
    TypeError,
    /noSync takes the optimizer that boost\(\) returned/,
  ],
  "an output without labels": [
    ({ booster, model, parts }) =>
      booster.backward(model.forward({ inputIds: ids }) as never, parts.optimizer),
    TypeError,
    /has no loss; give forward\(\) labels/,
  ],
  "a loss that depends on no parameter": [
    ({ booster, parts }) => booster.backward(zeros([]), parts.optimizer),
    TypeError,
    /must depend on something that requires a gradient/,
  ],
  "backward twice for one loss": [
    (it) => {
      const { loss } = it.forward();
      it.booster.backward(loss, it.parts.optimizer);
      it.booster.backward(loss, it.parts.optimizer);
    },
    Error,
    /had its backward pass already/,
  ],
  "a loss whose forward pass was in a scope that has ended": [
    (it) => {
      let loss!: Tensor;
      scoped(() => {
        loss = it.forward().loss;
        loss = loss.add(0);
      });
      it.booster.backward(loss, it.parts.optimizer);
    },
    Error,
    /was freed|gone/,
  ],
  "a weighed output and a bare loss in one step": [
    (it) => {
      it.booster.backward(it.forward(), it.parts.optimizer);
      it.booster.backward(it.forward().loss, it.parts.optimizer);
    },
    TypeError,
    /a step's losses must all/,
  ],
  "tokens that are no count": [
    (it) => it.booster.backward(it.forward().loss, it.parts.optimizer, { tokens: -1 }),
    RangeError,
    /tokens must be a whole number/,
  ],
  "saving between backward and step": [
    (it) => {
      it.booster.backward(it.forward(), it.parts.optimizer);
      return it.booster.saveCheckpoint(`${checkpoint}-pending`, it.parts, { step: 1 });
    },
    Error,
    /wait for optimizer\.step\(\)/,
  ],
  "resuming with a model that was converted after boost()": [
    async () => {
      const training = await new Training().boost();
      training.model.to("bfloat16");
      return load(training);
    },
    PlanError,
    /converted or moved after boost\(\)/,
  ],
  "resuming with another schedule": [
    async () => load(await new Training("fp32", 99).boost()),
    CheckpointError,
    /"lrScheduler" had the rate/,
  ],
  "resuming over other text": [
    async () => load(await new Training().boost(rows(4, 8, 3))),
    CheckpointError,
    /rows of other tokens/,
  ],
  "resuming with rows of another length": [
    async () => load(await new Training().boost(rows(5))),
    CheckpointError,
    /sequenceLength/,
  ],
  "resuming in another order": [
    async () => load(await new Training().boost(rows(4), { shuffle: true })),
    CheckpointError,
    /shuffle/,
  ],
  "resuming with an optimizer of another kind": [
    async (it) => {
      const model = new LlamaForCausalLM(SIZES);
      const parts = await it.booster.boost({ model, optimizer: new SGD(model.parameters()) });
      await load(it, { ...parts, lrScheduler: null, dataloader: null });
    },
    CheckpointError,
    /AdamW.*SGD/,
  ],
  "resuming a part and leaving another out": [
    (it) => load(it, { optimizer: undefined }),
    CheckpointError,
    /holds the state of "optimizer", which was not given/,
  ],
  "resuming into a model of another shape": [
    async (it) => {
      const model = new LlamaForCausalLM({ ...SIZES, intermediateSize: 16 });
      await load(it, { model, optimizer: null, lrScheduler: null, dataloader: null });
    },
    CheckpointError,
    /intermediate_size/,
  ],
  "saving a model over a series of checkpoints": [
    ({ booster, model }) => booster.saveModel(model, checkpoint),
    CheckpointError,
    /save to another folder|remove/,
  ],
  "saving into a file": [
    ({ booster, model }) => booster.saveModel(model, file),
    CheckpointError,
    /a-file: is a file; give the path of a folder to write/,
  ],
  "ids that the model does not have": [
    ({ model }) => model.forward({ inputIds: tensor([[1, 30]]) }),
    Error,
    /30|out of range/,
  ],
  "ids on another device than the model": [
    ({ model }) => model.forward({ inputIds: ids.to("meta") }),
    TypeError,
    /inputIds must be on cpu like the model, got meta; move it with to\("cpu"\)/,
  ],
  "more tokens than the model has positions": [
    ({ model }) => model.forward({ inputIds: zeros([1, 17], { dtype: "int64" }) }),
    Error,
    /16/,
  ],
  "labels of another shape": [
    ({ model }) => model.forward({ inputIds: ids, labels: tensor([[1, 5]]) }),
    Error,
    /labels/,
  ],
  "activations of another precision than the weights": [
    () => new Linear(2, 2).to("bfloat16").forward(zeros([1, 2])),
    TypeError,
    /convert it: x\.to\("bfloat16"\)/,
  ],
  "a learning rate below zero, set between steps": [
    (it) => {
      (it.parts.optimizer.paramGroups[0] as { lr: number }).lr = -1;
      it.parts.optimizer.step();
    },
    RangeError,
    /lr of group 0/,
  ],
  "clipping to a norm below zero": [
    ({ parts }) => parts.optimizer.clipGradByNorm(-1),
    RangeError,
    /maxNorm/,
  ],
  "an option of Colossal-AI's plugin that is none here": [
    () => new TorchDDPPlugin({ staticGraph: true } as never),
    PlanError,
    /leave it out/,
  ],
  "more ranks in a mesh than there are": [
    ({ booster }) => new Mesh(booster.job, { dp: 2 }),
    RangeError,
    /makes 2 ranks, the job has 1/,
  ],
  "a dataset too small for one batch": [
    ({ booster }) => [...booster.prepareDataloader({ dataset: rows(4, 1), batchSize: 2 })],
    DataError,
    /row/,
  ],
  "two loops over one loader": [
    ({ parts }) => {
      for (const _ of parts.dataloader) for (const __ of parts.dataloader) break;
    },
    DataError,
    /another loop/,
  ],
  "the loss by itself in float16": [
    async () => (await new Training("fp16").boost()).forward().loss.backward(),
    TypeError,
    /call booster\.backward/,
  ],
};
