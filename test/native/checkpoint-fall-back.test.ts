// A damaged checkpoint is an error; on request the newest whole one is taken, and the person reads which.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Booster, Linear } from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const LOAD = `
import { Booster, Linear } from "notebooster";
const [root, options] = process.argv.slice(1);
const model = new Linear(2, 2);
const step = await new Booster().loadCheckpoint(root, { model }, JSON.parse(options));
console.log(JSON.stringify({ step, weight: model.weight.toArray() }));
`;

function load(root: string, options: object) {
  const argv = ["--input-type=module", "-e", LOAD, "--", root, JSON.stringify(options)];
  return spawnSync(process.execPath, argv, { encoding: "utf8" });
}

test("loadCheckpoint() with fallBack takes the newest whole checkpoint and says which was damaged", async () => {
  const root = scratchFolder();
  const booster = new Booster();
  const models = [1, 2, 3].map(() => new Linear(2, 2));
  const folders: string[] = [];
  for (const [i, model] of models.entries())
    folders.push(await booster.saveCheckpoint(root, { model }, { step: i + 1 }));
  fs.writeFileSync(path.join(folders[2] as string, "model.safetensors"), "damaged");
  fs.rmSync(path.join(folders[1] as string, "state-00001-of-00001.safetensors"));

  const refused = load(root, {});
  expect(refused.stderr).toContain(`${folders[2]}/model.safetensors: has 7 bytes`);
  expect(refused.status).toBe(1);

  const { stdout, stderr } = load(root, { fallBack: true });
  const weight = (models[0] as Linear).weight.toArray();
  expect(JSON.parse(stdout)).toEqual({ step: 1, weight });
  expect(stderr).toMatch(`${folders[2]}/model.safetensors: has 7 bytes, the manifest says`);
  expect(stderr).toContain(`loadCheckpoint takes ${folders[0]} instead (fallBack: true)`);
});
