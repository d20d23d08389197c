// Whatever is wrong with a checkpoint, it is noticed before anything has changed: weights, optimizer state, rates, place in the data
// and random numbers stay as they are.
import fs from "node:fs";
import path from "node:path";
import { CheckpointError, rngState, Tensor } from "notebooster";
import { beforeAll, expect, test } from "vitest";
import {
  numberPart,
  rewriteParts,
  sealAgain,
  wholePart,
  withoutPart,
  withParts,
} from "../fixtures/rewrite-parts.js";
import { make, type Training, train } from "../fixtures/saved-training.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const STATE = "state-00001-of-00001";
const NORM = "optimizer/model.norm.weight";
const shared = sharedFolder();
const sound = path.join(shared, "step-00000003");

/** All that loading changes. */
function stateOf({ parts: { model, optimizer, lrScheduler, dataloader } }: Training): unknown {
  const tensors = model.parameters().flatMap((parameter) => {
    const state = Object.values(optimizer.stateOf(parameter) ?? {});
    return [parameter, ...state].map((one) => (one instanceof Tensor ? [...one.toBytes()] : one));
  });
  const rates = optimizer.paramGroups.map(({ lr }) => lr);
  return {
    tensors,
    rates,
    schedule: lrScheduler.state(),
    data: dataloader.state(),
    random: [...rngState().toBytes()],
  };
}

beforeAll(async () => {
  const training = await make("bf16", { shuffle: true, seed: 3 });
  train(training, 3);
  await training.booster.saveCheckpoint(shared, training.parts, { step: 3 });
});

function inState(folder: string, change: (state: Record<string, unknown>) => void): void {
  const file = path.join(folder, "training-state.json");
  const state = JSON.parse(fs.readFileSync(file, "utf8"));
  change(state);
  fs.writeFileSync(file, JSON.stringify(state));
  sealAgain(folder);
}

/** An index of other parts, with the tensors as they are. */
function inIndex(folder: string, change: (parts: Record<string, unknown>[]) => void): void {
  const file = path.join(folder, `${STATE}.json`);
  const index = JSON.parse(fs.readFileSync(file, "utf8"));
  change(index.parts);
  fs.writeFileSync(file, JSON.stringify(index));
  sealAgain(folder);
}

const parts = (change: Parameters<typeof rewriteParts>[1]) => (folder: string) =>
  rewriteParts(folder, change);
const state = (change: (state: Record<string, unknown>) => void) => (folder: string) =>
  inState(folder, change);
const index = (change: (parts: Record<string, unknown>[]) => void) => (folder: string) =>
  inIndex(folder, change);
const F32 = (shape: number[]) => ({ dtype: "F32", shape });

const DAMAGES: readonly [what: string, says: string, damage: (folder: string) => void][] = [
  [
    "a moment of one number",
    "expAvg is [1], its parameter is [8]",
    parts(withParts(wholePart(`${NORM}/expAvg`, F32([1])))),
  ],
  [
    "a moment of bfloat16",
    "expAvg is of type BF16, it must be F32",
    parts(withParts(wholePart(`${NORM}/expAvg`, { dtype: "BF16", shape: [8] }))),
  ],
  ["a missing moment", `lacks ${NORM}/expAvgSq`, parts(withoutPart(`${NORM}/expAvgSq`))],
  ["a missing master", `lacks ${NORM}/master`, parts(withoutPart(`${NORM}/master`))],
  [
    "a parameter without any state",
    `lacks ${NORM}/master`,
    parts((all) => all.filter(({ name }) => !name.startsWith(NORM))),
  ],
  [
    "a step of -1",
    "step must be a whole number of at least 0, got -1",
    parts(withParts(numberPart(`${NORM}/step`, -1))),
  ],
  ["a step that is no number", "got NaN", parts(withParts(numberPart(`${NORM}/step`, Number.NaN)))],
  ["half a step", "got 2.5", parts(withParts(numberPart(`${NORM}/step`, 2.5)))],
  [
    "a step of two numbers",
    "step is [2], its parameter is []",
    parts(withParts(wholePart(`${NORM}/step`, { dtype: "F64", shape: [2] }))),
  ],
  [
    "state of no parameter",
    "holds optimizer/none/expAvg, which the optimizer has no use for",
    parts(withParts(wholePart("optimizer/none/expAvg", F32([8])))),
  ],
  [
    "a short random state",
    "random/rank.0/cpu is U8 [8]",
    parts(withParts(wholePart("random/rank.0/cpu", { dtype: "U8", shape: [8] }))),
  ],
  ["no random state", "random/rank.0/cpu is absent", parts(withoutPart("random/rank.0/cpu"))],
  [
    "no file of state",
    `${STATE}.safetensors: no such file`,
    (folder) => removed(folder, `${STATE}.safetensors`),
  ],
  [
    "no index of state",
    "holds no state-00001-of-*.json",
    (folder) => removed(folder, `${STATE}.json`),
  ],
  [
    "a file that the manifest has and the disk has not",
    "is missing, though the manifest lists it",
    (folder) => fs.rmSync(path.join(folder, `${STATE}.safetensors`)),
  ],
  [
    "one bit of the state",
    "is damaged: its SHA-256 differs",
    (folder) => flipBit(path.join(folder, `${STATE}.safetensors`)),
  ],
  [
    "an index that leaves an element out",
    "elements",
    index((all) => Object.assign(all[0] as object, { end: 1 })),
  ],
  [
    "an index with a region outside of its tensor",
    "ends outside of dim 0",
    index((all) =>
      Object.assign(all[0] as object, { start: (all[0] as { shape: number[] }).shape }),
    ),
  ],
  [
    "an index that names a tensor twice",
    "names a tensor of its file twice",
    index((all) => all.push(all[0] as Record<string, unknown>)),
  ],
  ["an index that lacks a tensor", "does not name", index((all) => all.pop())],
  [
    "state files of two saves",
    "holds state files of several saves",
    (folder) => {
      fs.copyFileSync(
        path.join(folder, `${STATE}.json`),
        path.join(folder, "state-00001-of-00002.json"),
      );
      sealAgain(folder);
    },
  ],
  [
    "missing weights",
    "missing: model.norm.weight",
    (folder) => {
      fs.copyFileSync(
        path.join(folder, `${STATE}.safetensors`),
        path.join(folder, "model.safetensors"),
      );
      sealAgain(folder);
    },
  ],
  [
    "a negative learning rate",
    '"groups.0.settings.lr" is -1',
    state(({ optimizer }) => setting(optimizer, { lr: -1 })),
  ],
  [
    "one decay instead of two",
    '"groups.0.settings.betas" is [0.9]',
    state(({ optimizer }) => setting(optimizer, { betas: [0.9] })),
  ],
  [
    "rates of two groups",
    '"lrScheduler.baseLrs" are 2',
    state((all) => Object.assign(all["lrScheduler"] as object, { baseLrs: [1e-3, 1e-3] })),
  ],
  [
    "a checkpoint of an earlier version",
    '"version" is 3: an earlier Notebooster wrote this checkpoint, this one reads version 4; resume it with that one, or load its weights alone with loadModel()',
    state((all) => Object.assign(all, { version: 3 })),
  ],
  [
    "a checkpoint of a later version",
    '"version" is 5: a later Notebooster',
    state((all) => Object.assign(all, { version: 5 })),
  ],
];

function setting(optimizer: unknown, change: object): void {
  const [group] = (optimizer as { groups: [{ settings: object }] }).groups;
  Object.assign(group.settings, change);
}

function removed(folder: string, name: string): void {
  fs.rmSync(path.join(folder, name));
  sealAgain(folder);
}

function flipBit(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes[bytes.length - 100] = (bytes.at(-100) as number) ^ 1;
  fs.writeFileSync(file, bytes);
}

test("the sound one changes all of it", async () => {
  const training = await make("bf16", { shuffle: true, seed: 3 });
  train(training, 1);
  const before = stateOf(training);
  await training.booster.loadCheckpoint(sound, training.parts);
  expect(stateOf(training)).not.toEqual(before);
});

test.each(DAMAGES)("%s is refused and nothing has changed", async (_, says, damage) => {
  const folder = path.join(scratchFolder(), "step");
  fs.cpSync(sound, folder, { recursive: true });
  damage(folder);
  const training = await make("bf16", { shuffle: true, seed: 3 });
  train(training, 1);
  const before = stateOf(training);
  const loading = training.booster.loadCheckpoint(folder, training.parts);
  await expect(loading).rejects.toThrow(says);
  await expect(loading).rejects.toThrow(CheckpointError);
  expect(stateOf(training)).toEqual(before);
});

test("a checkpoint is loaded over a training that went on, also of what it had no state of", async () => {
  const [fresh, trained] = [
    await make("bf16", { shuffle: true, seed: 3 }),
    await make("bf16", { shuffle: true, seed: 3 }),
  ];
  const root = scratchFolder();
  await fresh.booster.saveCheckpoint(path.join(root, "a"), fresh.parts, { step: 0 });
  train(trained, 4);
  await trained.booster.loadCheckpoint(path.join(root, "a"), trained.parts);
  expect(stateOf(trained)).toEqual(stateOf(fresh));
});
