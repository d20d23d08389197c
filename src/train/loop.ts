// The loop everybody writes. To change it, copy this file into a cell and let its imports come from "notebooster": it uses
// nothing else. It can be cut off between any two steps and go on to the same numbers.
import type { Booster } from "../booster/booster.js";
import { TrainingInterrupted } from "../data/training-interrupted.js";
import { activeAdapters } from "../lora/adapters.js";
import { progress, startRun } from "../report/index.js";
import { rngState, setRngState } from "../tensor/random.js";
import { keep } from "../tensor/scope.js";
import { heldOutLoss } from "./held-out-loss.js";
import type { TrainOptions, TrainParts } from "./options.js";
import { TrainingRecord } from "./training-record.js";

/** Trains from where the schedule stands to `steps`. */
export async function trainingLoop(
  booster: Booster,
  { model, optimizer, lrScheduler, dataloader }: TrainParts,
  options: TrainOptions,
): Promise<TrainingRecord> {
  const { steps, heldOut, folder, overwrite, accumulation = 1, evalEvery = 100 } = options;
  const { title = "training", patience = Infinity, whenNotFinite = "stop" } = options;
  const [adapterName] = activeAdapters(model);
  const saveWeights = (to: string) =>
    adapterName === undefined
      ? booster.saveModel(model, to)
      : booster.saveLoraAsPretrained(model, to, { adapterName });
  const { samples = () => [], saveBest = saveWeights } = options;
  const stepsDone = () => lrScheduler.state().step;
  const place = () => ({ data: dataloader.state(), random: keep(rngState()) });
  const record = await TrainingRecord.open(booster, folder, { step: stepsDone(), overwrite });
  using run = startRun({ title, totalSteps: steps });

  const save = async () => {
    const [step, parts] = [stepsDone(), { model, optimizer, lrScheduler, dataloader }];
    if (step > 0) await booster.saveCheckpoint(folder, parts, { step, keep: 0 });
  };
  const evaluate = async () => {
    const [step, loss] = [stepsDone(), heldOutLoss(booster, model, heldOut)];
    const said = samples();
    run.step({ step, heldOutLoss: loss });
    if (booster.rank === 0) run.addSamples(said, { step });
    record.add({ step, heldOutLoss: loss, samples: said });
    if (record.best?.step === step) await saveBest(record.bestFolder);
    await save();
  };
  const isDue = () => stepsDone() % evalEvery === 0 || stepsDone() === steps;
  const isStuck = () => record.numSinceBest >= patience;

  let [wholeStep, numBatches, lossSum, numTokens, numLeftOut] = [place(), 0, 0, 0, 0];
  try {
    if (isDue() && record.last?.step !== stepsDone()) await evaluate();
    const stepsLeft = isStuck() ? 0 : Math.max(0, steps - stepsDone());
    for (const batch of progress(dataloader.take(stepsLeft * accumulation), { label: title })) {
      const output = model.forward(batch);
      booster.backward(output, optimizer);
      const tokens = output.numTokens.item();
      lossSum += tokens > 0 ? output.loss.item() * tokens : 0;
      numTokens += tokens;
      numBatches += 1;
      if (numBatches % accumulation > 0) continue;

      const [loss, norm] = [lossSum / Math.max(1, numTokens), optimizer.measureGradNorm()];
      const isSound = Number.isFinite(booster.reduce(loss) + (optimizer.scaler ? 0 : norm));
      const what = `step ${stepsDone() + 1} has the loss ${loss} and the gradient norm ${norm}`;
      numLeftOut = isSound ? 0 : numLeftOut + 1;
      if (isSound) optimizer.step();
      else if (whenNotFinite === "skip" && numLeftOut <= 10) record.tell(`${what}: left out`);
      else throw new RangeError(`${what}; the weights are as before it. Try a lower rate`);
      const [learningRate] = lrScheduler.lastLr();
      lrScheduler.step();
      optimizer.zeroGrad();
      run.step({ step: stepsDone(), loss, gradNorm: norm, learningRate, numTokens });
      [wholeStep, lossSum, numTokens] = [place(), 0, 0];
      if (isDue()) await evaluate();
      if (isStuck()) break;
    }
  } catch (error) {
    optimizer.zeroGrad(); // of a step that had begun
    if (!(error instanceof TrainingInterrupted)) throw error;
    dataloader.loadState(wholeStep.data);
    setRngState(wholeStep.random);
    await save();
    throw error;
  }
  if (stepsDone() < steps) record.tell(`ended after ${patience} evaluations without a lower loss`);
  run.end();
  return record;
}
