// Interrupts of two ranks that train together: they go on from the same place, and the cell says what was undone.

import { beforeAll, expect, test } from "vitest";
import { BEGIN, type Shown, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

beforeAll(async () => {
  await kernel.run("%cluster 2");
  const { error } = await kernel.run(`
import { AdamW, Booster, CosineAnnealingWarmupLR, DataLoader, LlamaForCausalLM, LowLevelZeroPlugin, TextDataset, TorchFSDPPlugin, setNumThreads, noGrad, tensor } from "notebooster";
setNumThreads(1);
const sizes = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 4 };
const dataset = TextDataset.fromTokens(Int32Array.from({ length: 2048 }, (_, i) => (i * 7 + i * i) % 60), 16);
const booster = new Booster();
const sharing = new Booster({ plugin: new LowLevelZeroPlugin({ stage: 2 }) }); // state and updates
const inParts = new Booster({ plugin: new TorchFSDPPlugin() }); // weights too
async function make(by = booster) {
  const model = new LlamaForCausalLM(sizes, { seed: 1 });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2 });
  const lrScheduler = new CosineAnnealingWarmupLR(optimizer, { totalSteps: 100 });
  return { by, ...(await by.boost({ model, optimizer, lrScheduler, dataloader: new DataLoader({ dataset, batchSize: 4 }) })) };
}
const pass = (t, batch) => { const { loss } = t.model.forward(batch); t.by.backward(loss, t.optimizer); return loss.item(); };
function train(t, numSteps) {
  const losses = [];
  for (const batch of t.dataloader.take(numSteps)) {
    losses.push(pass(t, batch));
    t.optimizer.step(); t.lrScheduler.step(); t.optimizer.zeroGrad();
  }
  return losses;
}
const fromAllRanks = (numbers) => { // the same on both ranks, or not
  const text = Buffer.from(JSON.stringify(numbers));
  return new Set(booster.job.gather(text).map((bytes) => Buffer.from(bytes).toString())).size === 1;
};
const place = (t) => [t.optimizer.paramGroups[0].lr, t.dataloader.state().position, t.optimizer.numSteps,
  ...t.model.parameters().map((p) => p.detach().double().sum().item()),
  ...t.model.parameters().map((p) => t.optimizer.stateOf(p).expAvgSq.sum().item())];
var reference = await make(); var expected = train(reference, 6);`);
  expect(error).toBe("");
});

async function interruptedOnBoth(code: string): Promise<Shown> {
  return kernel.interrupted(`${code}\nif (rank === 0) ${BEGIN} await new Promise(() => {});`);
}

test("a rank that was cut off before its update takes over the one that made it", async () => {
  await kernel.run("var t = await make(); var losses = train(t, 2);");
  const { reply } = await interruptedOnBoth(`
    for (const batch of t.dataloader.take(1)) losses.push(pass(t, batch));
    booster.job.barrier();
    if (rank === 0) { t.optimizer.step(); t.lrScheduler.step(); t.optimizer.zeroGrad(); }`);
  expect(reply["ename"]).toBe("InterruptedError");
  expect(reply["evalue"]).toMatch(
    /^the cell was interrupted; variables are intact on all 2 ranks of the cell; rank 1: the step under way was given up/,
  );
  const next = await kernel.run("[fromAllRanks(place(t)), t.optimizer.numSteps].join()");
  expect(next.stderr).toContain(
    "rank 1 had not made step 3: it took over weights and optimizer state of rank 0",
  );
  expect(next.result).toBe("'true,3'");
  const { result } = await kernel.run(
    "losses.push(...train(t, 3)); JSON.stringify(losses) === JSON.stringify(expected) && fromAllRanks(place(t))",
  );
  expect(result).toBe("true");
});

test("gradients that one rank has and the other has not are dropped on both", async () => {
  await kernel.run("var t = await make(); var losses = train(t, 2);");
  const { reply } = await interruptedOnBoth(`
    const before = t.dataloader.state();
    for (const batch of t.dataloader.take(1)) {
      using _ = booster.noSync(t.optimizer);
      if (rank === 0) pass(t, batch);
    }
    t.dataloader.loadState(before);
    booster.job.barrier();`);
  expect(reply["evalue"]).toContain("rank 0: the step under way was given up");
  const { result } = await kernel.run(
    "losses.push(...train(t, 4)); JSON.stringify(losses) === JSON.stringify(expected) && fromAllRanks(place(t))",
  );
  expect(result).toBe("true");
});

test("gradients are averaged again after an interrupt while noSync was open", async () => {
  await kernel.run("var t = await make(); var losses = [];");
  await interruptedOnBoth(
    "globalThis.open = booster.noSync(t.optimizer); booster.job.barrier();", // open on both
  );
  const { result } = await kernel.run(
    "losses = train(t, 6); open[Symbol.dispose](); JSON.stringify(losses) === JSON.stringify(expected) && fromAllRanks(place(t))",
  );
  expect(result).toBe("true");
});

test("variables are intact, as the interrupt says, where one rank waits in a collective for another", async () => {
  await kernel.run("var kept = 7; booster.reduce(1);");
  const { reply } = await interruptedOnBoth(`if (rank === 0) { ${BEGIN} booster.reduce(1); }`);
  expect(reply["ename"]).toBe("InterruptedError");
  expect(reply["evalue"]).toContain("variables are intact on all 2 ranks");
  expect((await kernel.run("booster.reduce(kept)")).result).toBe("7");
});

test("weights that only one rank changed in a cell that was cut off become those of rank 0, and a sentence says so", async () => {
  await kernel.run("var t = await make(); var losses = train(t, 2);");
  await interruptedOnBoth(
    "if (rank === 1) noGrad(() => t.optimizer.stateOf(t.model.parameters()[3]).expAvg.add_(1)); booster.job.barrier();",
  );
  const next = await kernel.run("fromAllRanks(place(t))");
  expect(next.stderr).toContain(
    "rank 1 had other weights or optimizer state than rank 0: it took over those of rank 0",
  );
  expect(next.result).toBe("true");
  const { result } = await kernel.run(
    "losses.push(...train(t, 4)); JSON.stringify(losses) === JSON.stringify(expected) && fromAllRanks(place(t))",
  );
  expect(result).toBe("true");
});

test("a step that ranks share is made by none where one never comes to it, and training goes on as if nothing had been", async () => {
  await kernel.run("var u = await make(sharing); var whole = train(u, 6);");
  await kernel.run(
    "var t = await make(sharing); var losses = train(t, 2); var before = t.dataloader.state();",
  );
  const { reply } = await kernel.interrupted(`
    for (const batch of t.dataloader.take(1)) pass(t, batch);
    if (rank === 0) { ${BEGIN} t.optimizer.step(); }
    await new Promise(() => {});`);
  expect(reply["ename"]).toBe("InterruptedError");
  const { result } = await kernel.run(
    `t.dataloader.loadState(before); const at = t.optimizer.numSteps; losses.push(...train(t, 4));
    [at, JSON.stringify(losses) === JSON.stringify(whole), fromAllRanks(t.model.parameters().map((p) => p.detach().double().sum().item()))].join()`,
  );
  expect(result).toBe("'2,true,true'");
});

test("weights in parts are gathered anew after a pass that was cut off while a rank waited for another's", async () => {
  await kernel.run("var u = await make(inParts); var whole = train(u, 5);");
  await kernel.run(`var t = await make(inParts); var losses = train(t, 2);
    const ids = tensor(Array.from({ length: 4 }, (_, row) => Array.from({ length: 16 }, (_, i) => (row + i) % 60)));
    var batch = { inputIds: ids, labels: ids };`);
  for (const cut of ["t.model.forward(batch)", "pass(t, batch)"]) {
    const { reply } = await kernel.interrupted(`
      if (rank === 0) { ${BEGIN} ${cut}; }
      await new Promise(() => {});`);
    expect(reply["ename"], cut).toBe("InterruptedError");
    const released = await kernel.run("/whole|on its way/.test(String(t.optimizer.store))");
    expect(released.result, cut).toBe("false");
  }
  const { result } = await kernel.run(
    "losses.push(...train(t, 3)); JSON.stringify(losses) === JSON.stringify(whole)",
  );
  expect(result).toBe("true");
});

test("after an error of one rank in the middle of a pass weights in parts are gathered by all in the next cell", async () => {
  await kernel.run(`var u = await make(inParts); var whole = train(u, 5);
    var t = await make(inParts); var losses = train(t, 2); var before = t.dataloader.state();`);
  for (const place of ["between", "within"]) {
    const { error } = await kernel.run(`
      for (const batch of t.dataloader.take(1)) {
        const { loss } = t.model.forward(batch);
        if (rank === 0) throw new Error("stopped ${place}");
        if ("${place}" === "within") t.by.backward(loss, t.optimizer);
        booster.job.barrier();
      }`);
    expect(error).toContain(`stopped ${place}`);
    const { result, error: later } = await kernel.run("t.model.forward(batch).loss.item() > 0");
    expect(later, place).toBe("");
    expect(result, place).toBe("true");
  }
  const { result } = await kernel.run(
    "t.dataloader.loadState(before); losses.push(...train(t, 3)); JSON.stringify(losses) === JSON.stringify(whole)",
  );
  expect(result).toBe("true");
});
