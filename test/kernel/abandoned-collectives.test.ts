// A rank waits in a collective that another rank, whose cell has ended, never enters: it is told within seconds, and all go on.

import { beforeEach, expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
const DEFINITIONS = `import { defaultGroup, full } from "notebooster";
const group = defaultGroup("cpu"), kept = full([3], rank + 1);
const sum = () => { const x = full([1], rank + 1); group.allReduce(x).wait(); return x.item(); };
sum();`;
const SECONDS = 8;

let isLaunched = false;
beforeEach(async () => {
  if (isLaunched) return;
  await kernel.run("%cluster 2");
  expect((await kernel.run(DEFINITIONS)).result).toBe("3");
  isLaunched = true;
});

async function expectAllAlive(): Promise<void> {
  expect((await kernel.run("[kept.sum().item(), sum()]")).result).toBe("[ 3, 3 ]");
  expect((await kernel.run("%%rank 1\nkept.sum().item()")).result).toBe("6");
}

test.each([
  ["if (rank === 0) sum();", 0, "allReduce"],
  ["if (rank === 1) sum();", 1, "allReduce"],
  ["sum(); if (rank === 0) group.barrier().wait();", 0, "barrier"],
  ["if (rank === 0) { await null; group.broadcast(kept, 0).wait(); }", 0, "broadcast"],
  ["const early = () => { if (rank === 1) return; sum(); sum(); }; early();", 0, "allReduce"],
])("`%s` ends with the collective, who waits and who has ended", async (code, waiting, name) => {
  const began = performance.now();
  const { reply } = await kernel.run(code);
  expect(performance.now() - began).toBeLessThan(SECONDS * 1000);
  expect(reply["ename"]).toBe("CollectiveError");
  expect(reply["evalue"]).toMatch(
    new RegExp(
      `rank ${waiting} waits in ${name} #\\d+ of group notebooster/gloo, which rank ${1 - waiting} has not entered and whose cell has ended`,
    ),
  );
  await expectAllAlive();
});

test("a collective in a cell of one rank ends too", async () => {
  const { reply } = await kernel.run("%%rank 0\nsum()");
  expect(reply["evalue"]).toMatch(
    /rank 0 waits in allReduce #\d+ of group notebooster\/gloo, which rank 1 cannot enter: the cell runs on rank 0 alone; what ranks do together, .*, runs in a cell without %%rank/,
  );
  await expectAllAlive();
});

test("a text of a model whose weights ranks share, asked for on one rank, ends with what to do", async () => {
  const boosted =
    await kernel.run(`import { Booster, LlamaForCausalLM, TorchFSDPPlugin } from "notebooster";
    const inParts = new LlamaForCausalLM({ vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 4 });
    await new Booster({ plugin: new TorchFSDPPlugin({ device: "cpu" }) }).boost({ model: inParts });
    inParts.generate([[1, 2]], { maxNewTokens: 1 }).shape`);
  expect(boosted.result, boosted.error).toBe("[ 1, 3 ]");
  await kernel.run("await new Promise((resolve) => setTimeout(resolve, 300))"); // nothing is left running after it
  const began = performance.now();
  const { reply } = await kernel.run(
    "%%rank 0\ninParts.generate([[1, 2]], { maxNewTokens: 1 }).shape",
  );
  expect(performance.now() - began).toBeLessThan(SECONDS * 1000);
  expect(reply["evalue"]).toMatch(
    /which rank 1 cannot enter: the cell runs on rank 0 alone; .* without %%rank/,
  );
  const { result, error } = await kernel.run(
    "inParts.generate([[1, 2]], { maxNewTokens: 1 }).shape",
  );
  expect(result, error).toBe("[ 1, 3 ]");
});

test("a rank that enters it by what its cell has left running is waited for", async () => {
  const { result, error } = await kernel.run(
    "if (rank === 1) setTimeout(() => sum(), 4000); rank === 0 ? sum() : 0",
  );
  expect(result, error).toBe("3");
  await expectAllAlive();
});

test("a group without the rank that has ended goes on", async () => {
  const { result, error } = await kernel.run(`
    const alone = group.subgroup([0]);
    if (rank === 0) { alone.barrier().wait(); await new Promise((r) => setTimeout(r, 4000)); alone.barrier().wait(); }
    'whole'`);
  expect(result, error).toBe("'whole'");
  await expectAllAlive();
});

test("weights that one rank converted in a cell that failed keep no later cell from running", async () => {
  const boosted = await kernel.run(`import { AdamW, Booster, LlamaForCausalLM } from "notebooster";
    const sizes = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 1, numAttentionHeads: 4 };
    const model = new LlamaForCausalLM(sizes, { seed: 1 });
    await new Booster().boost({ model, optimizer: new AdamW(model.parameters()) });`);
  expect(boosted.error).toBe("");
  await kernel.run('if (rank === 1) model.to("bfloat16"); throw new Error("here")');
  const { stderr, result, error } = await kernel.run("sum()");
  expect(stderr).toMatch(
    /parameter 0 is float32\[60, 32\] on rank 0, bfloat16\[60, 32\] on rank 1/,
  );
  expect(result, error).toBe("3");
  const differing = await kernel.run("group.allReduce(model.parameters()[0].detach()).wait()");
  expect(differing.error).toMatch(/rank 0: allReduce float32.*rank 1: allReduce bfloat16/);
  expect((await kernel.run('if (rank === 1) model.to("float32"); sum()')).result).toBe("3");
  await expectAllAlive();
});
