// After an interrupt everything of ours is as `finally` would have left it, though V8 runs none.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const IMPORTS = `import { AdamW, Booster, DataLoader, GPT2LMHeadModel, LlamaForCausalLM, TextDataset, Tensor, backward, isGradEnabled, keep, manualSeed, noGrad, numLiveTensors, ownGradients, randn, runBlock, scope, scoped, tensor } from "notebooster";
import v8 from "node:v8"; import vm from "node:vm";
v8.setFlagsFromString("--expose-gc"); const collect = vm.runInNewContext("gc");
const sizes = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 4 };
const ids = tensor(BigInt64Array.from({ length: 16 }, (_, i) => BigInt(i)), { shape: [1, 16] });
const begin = () => { ${BEGIN} };
const makeModel = () => new LlamaForCausalLM(sizes, { seed: 1 });
const lossOf = (model) => model.forward({ inputIds: ids, labels: ids }).loss;`;

async function look(code: string): Promise<unknown> {
  const { result, error } = await kernel.run(code);
  expect(error).toBe("");
  return result;
}

test("gradients are recorded again after an interrupt of generate", async () => {
  await kernel.run(`${IMPORTS}\nconst model = makeModel();`);
  const { reply } = await kernel.interrupted(
    `const whole = model.forward; model.forward = function (...given) { begin(); return whole.apply(this, given); };
    for (;;) model.generate([1, 2, 3], { maxNewTokens: 100 })`,
  );
  expect(reply["evalue"]).toBe("the cell was interrupted; variables are intact");
  expect(await look("isGradEnabled()")).toBe("true");
  expect(
    await look("backward(lossOf(model)); model.parameters().every((p) => p.grad !== null)"),
  ).toBe("true");
});

test("the key-value cache of a generation that was interrupted is freed at once", async () => {
  await kernel.run(`${IMPORTS}
    var model = new LlamaForCausalLM({ ...sizes, maxPositionEmbeddings: 50_000 }); var lives = [];`);
  for (let i = 0; i < 3; i++) {
    await kernel.interrupted(
      "model.generate([1, 2, 3], { maxNewTokens: 2 }).dispose(); begin(); model.generate([1, 2, 3], { maxNewTokens: 49_000 })",
    );
    await kernel.run("lives.push(numLiveTensors())");
  }
  expect(await look("lives[2] <= lives[1]")).toBe("true"); // tensors of the tests before may be collected meanwhile
});

test.each([
  "scoped(() => { begin(); while (true) {} })",
  "noGrad(() => { begin(); while (true) {} })",
  "runBlock({ parameters: () => [] }, () => { begin(); while (true) {} })",
  "{ using s = scope(); begin(); while (true) {} }",
  "{ using s = scope(); begin(); await new Promise(() => {}); }",
  "{ using s = scope(); begin(); for (;;) await null; }",
  "for (const b of new DataLoader({ dataset: TextDataset.fromTokens(new Int32Array(64), 16), batchSize: 2 })) { begin(); await new Promise(() => {}); }",
])(
  "no scope that `%s` opened is open after an interrupt: what is made later is freed with its object",
  async (code) => {
    await kernel.run(IMPORTS);
    await kernel.interrupted(code, code.startsWith("for (const b") ? 2 : 1);
    const numLeft = `await (async () => {
      const before = numLiveTensors();
      for (let i = 0; i < 100; i++) randn([3]);
      for (let i = 0; i < 3; i++) { collect(); await new Promise((resolve) => setTimeout(resolve, 5)); }
      return numLiveTensors() - before;
    })()`;
    expect(Number(await look(numLeft))).toBeLessThan(50); // an open scope would hold all 100
  },
);

test("a scope that an earlier cell opened stays open when a later cell is interrupted", async () => {
  await kernel.run(`${IMPORTS}\nvar outer = scope(); var held = randn([3]);`);
  await kernel.interrupted("scoped(() => { randn([2]); begin(); while (true) {} })");
  expect(await look("held.isDisposed")).toBe("false");
  expect(await look("outer.close(); held.isDisposed")).toBe("true");
});

test("closing a scope that the interrupt has closed leaves later scopes alone", async () => {
  await kernel.run(IMPORTS);
  await kernel.interrupted("globalThis.lost = scope(); begin(); while (true) {}");
  await kernel.run("var mine = scope(); var inside = randn([3]); lost.close();");
  expect(await look("inside.isDisposed")).toBe("false");
  expect(await look("mine.close(); inside.isDisposed")).toBe("true");
});

test("a backward pass that was cut off is forgotten, and its gradients with it", async () => {
  await kernel.run(`${IMPORTS}\nvar model = makeModel(); var n = 0; var isCut = false;
    ownGradients(model.parameters(), { gradientReady() { if (isCut) { begin(); for (;;) {} } }, passEnded() {}, passFailed() {} });
    var loss = lossOf(model); backward(loss); var whole = model.parameters()[0].grad.toArray(); for (const p of model.parameters()) p.grad = null;`);
  const { reply } = await kernel.interrupted(
    "isCut = true; var kept = lossOf(model); backward(kept);",
  );
  expect(reply["evalue"]).toMatch(
    /variables are intact; the step under way was given up and its gradients, of \d+ tensors, were dropped$/,
  );
  expect(await look("model.parameters().every((p) => p.grad === null)")).toBe("true");
  await kernel.run("isCut = false;");
  expect(
    await look(
      "backward(lossOf(model)); JSON.stringify(model.parameters()[0].grad.toArray()) === JSON.stringify(whole)",
    ),
  ).toBe("true");
});

test.each(["forward", "backward"])(
  "a layer with dropout that was cut off in the %s pass leaves generator and tape as if it had ended",
  async (direction) => {
    await kernel.run(`${IMPORTS}
    var model = new GPT2LMHeadModel({ vocabSize: 60, hiddenSize: 32, numHiddenLayers: 2, numAttentionHeads: 4 }); model.gradientCheckpointingEnable();
    var [layer] = model.transformer.h; var forward = layer.forward; var numCalls = 0; var cutAt = 0;
    layer.forward = function (...given) { if (++numCalls === cutAt) { begin(); for (;;) {} } return forward.apply(this, given); };
    var drawn = () => JSON.stringify(randn([4]).toArray());
    var pass = () => { for (const p of model.parameters()) p.grad = null; manualSeed(4); backward(lossOf(model)); };
    pass(); var next = drawn(); var whole = JSON.stringify(model.parameters()[0].grad.toArray());`);
    await kernel.interrupted(`cutAt = numCalls + ${direction === "forward" ? 1 : 2}; pass();`);
    expect(await look("drawn() === next")).toBe("true");
    expect(await look("model.parameters().every((p) => p.grad === null)")).toBe("true");
    expect(
      await look("pass(); JSON.stringify(model.parameters()[0].grad.toArray()) === whole"),
    ).toBe("true");
  },
);

test("gradients that were whole before the interrupted cell stay", async () => {
  await kernel.run(
    `${IMPORTS}\nvar first = makeModel(); var second = makeModel(); backward(lossOf(first));`,
  );
  await kernel.interrupted("backward(lossOf(second)); begin(); for (;;) backward(lossOf(second))");
  expect(await look("first.parameters().every((p) => p.grad !== null)")).toBe("true");
  expect(await look("second.parameters().every((p) => p.grad === null)")).toBe("true");
});

test("an update of the optimizer is made whole before an interrupt ends its cell", async () => {
  await kernel.run(`${IMPORTS}\nvar model = makeModel(); backward(lossOf(model));
    var optimizer = new AdamW(model.parameters().map((parameter) => ({ parameters: [parameter] }))); optimizer.step();
    var steps = () => JSON.stringify([...new Set(model.parameters().map((p) => optimizer.stateOf(p).step))]);`);
  for (let i = 0; i < 5; i++) {
    await kernel.interrupted("optimizer.step(); begin(); for (;;) optimizer.step()");
    expect(await look("steps()")).toMatch(/^'\[\d+\]'$/);
  }
});

test.each(["await null; while (!globalThis.mayEnd) {}", "await new Promise(() => {});"])(
  "a local module that was cut off in `%s` is loaded anew by the next import",
  async (code) => {
    const body = `globalThis.numLoads = (globalThis.numLoads ?? 0) + 1;
      if (globalThis.numLoads < 2) { ${BEGIN} ${code} } export const loads = globalThis.numLoads;`;
    writeFileSync(join(kernel.folder, "slow.ts"), body);
    const { reply } = await kernel.interrupted(
      'globalThis.numLoads = 0; (await import("./slow.ts")).loads;',
    );
    expect(reply["ename"]).toBe("InterruptedError");
    expect(await look('import { loads } from "./slow.ts"; loads')).toBe("2");
    rmSync(join(kernel.folder, "slow.ts"));
  },
);

test("a save that was cut off leaves no lock and nothing behind, and the next one succeeds", async () => {
  await kernel.run(`${IMPORTS}\nvar booster = new Booster(); var model = makeModel();
    model.files = () => { begin(); while (globalThis.isSlow) {} return []; };`);
  const { reply } = await kernel.interrupted(
    'globalThis.isSlow = true; await booster.saveCheckpoint("ck", { model }, { step: 1 })',
  );
  expect(reply["ename"]).toBe("InterruptedError");
  expect(readdirSync(kernel.folder, { recursive: true })).not.toContainEqual(
    expect.stringMatching(/^ck\/./),
  );
  await kernel.run(
    'globalThis.isSlow = false; await booster.saveCheckpoint("ck", { model }, { step: 1 })',
  );
  expect(readdirSync(join(kernel.folder, "ck")).sort()).toEqual(["latest", "step-00000001"]);
});

test("a loaded model whose numbers are still to be read is whole after its cell, and reading them, were interrupted", async () => {
  await kernel.run(`${IMPORTS}\nawait makeModel().savePretrained("loaded");
    var state = (of) => JSON.stringify(of.parameters().map((p) => [...p.toBytes()]));`);
  const { reply } = await kernel.interrupted(
    'var read = await LlamaForCausalLM.fromPretrained("loaded"); read.lmHead.weight.toBytes(); begin(); for (;;) {}',
  );
  expect(reply["ename"]).toBe("InterruptedError");
  await kernel.interrupted(`var copies = await Promise.all(Array.from({ length: 40 }, () => LlamaForCausalLM.fromPretrained("loaded")));
    begin(); for (;;) for (const model of copies) { model.to("bfloat16"); model.to("float32"); lossOf(model).item(); }`);
  expect(await look("state(read) === state(makeModel())")).toBe("true");
  await kernel.run('for (const model of copies) model.to("float32");');
  await kernel.run(`var bytes = (p) => Buffer.from(p.toBytes()).toString("hex");
    var exact = makeModel().parameters().map(bytes); var rounded = makeModel().to("bfloat16").to("float32").parameters().map(bytes);`);
  const isEither =
    "copies.every((model) => model.parameters().every((p, i) => [exact[i], rounded[i]].includes(bytes(p))))";
  expect(await look(isEither)).toBe("true");
});

test("a save in the background outlives an interrupt of the cell that began it", async () => {
  await kernel.run(`${IMPORTS}\nvar booster = new Booster(); var model = makeModel();`);
  const { reply } = await kernel.interrupted(
    'var saving = await booster.saveCheckpoint("behind", { model }, { step: 1, useAsync: true }); begin(); for (;;) {}',
  );
  expect(reply["ename"]).toBe("InterruptedError");
  expect(await look("await saving.finished()")).toBe("'behind/step-00000001'");
  expect(readdirSync(join(kernel.folder, "behind")).sort()).toEqual(["latest", "step-00000001"]);
  await kernel.run('await booster.loadCheckpoint("behind", { model })');
});

test("a save waits for one in the background that was cut off as it began and still clears up", async () => {
  await kernel.run(`${IMPORTS}\nimport { writeFileSync } from "node:fs";
    var booster = new Booster(); var model = makeModel(); globalThis.isSlow = true;
    model.files = (folder) => {
      for (let i = 0; isSlow && i < 20_000; i++) writeFileSync(folder + "/" + i, "");
      begin(); while (isSlow) {} return [];
    };`);
  const { reply } = await kernel.interrupted(
    'await booster.saveCheckpoint("cut", { model }, { step: 1, useAsync: true });',
  );
  expect(reply["ename"]).toBe("InterruptedError");
  expect(
    await look(
      'globalThis.isSlow = false; await booster.saveCheckpoint("cut", { model }, { step: 2 })',
    ),
  ).toBe("'cut/step-00000002'");
  expect(readdirSync(join(kernel.folder, "cut")).sort()).toEqual(["latest", "step-00000002"]);
});

test("an interrupt ends the cell it was for and none that begins right after it", async () => {
  for (let i = 0; i < 30; i++) {
    await kernel.interrupted(`${BEGIN} ${i % 2 === 0 ? "while (true) {}" : "for (;;) await null"}`);
    const next = await kernel.run("await new Promise((r) => setTimeout(r, 5)); 'whole'");
    expect(next.result, next.error).toBe("'whole'");
  }
});

test("an interrupt while weights are loaded says that the model holds some of them", async () => {
  await kernel.run(`${IMPORTS}
    import { Parameter } from "notebooster";
    var booster = new Booster(); var model = makeModel(); await booster.saveModel(model, "saved"); var numCopies = 0;
    var copy = Parameter.prototype.copy_;
    Parameter.prototype.copy_ = function (from) { if (++numCopies === 2) { begin(); for (;;) {} } return copy.call(this, from); };`);
  const { reply } = await kernel.interrupted('await booster.loadModel(model, "saved");');
  expect(reply["evalue"]).toContain("a model's weights were loaded in part: load them again");
});

test("an interrupt while a module is converted says that some of it is", async () => {
  await kernel.run(`${IMPORTS}
    var model = makeModel(); var [, , third] = model.parameters(); var isCut = false;
    Object.defineProperty(third, "dtype", { get() { if (isCut) { begin(); for (;;) {} } return "float32"; }, configurable: true });`);
  const { reply } = await kernel.interrupted('isCut = true; model.to("bfloat16");');
  expect(reply["evalue"]).toContain("a module was converted or moved in part: call its to() again");
  expect(
    await look(
      'delete third.dtype; model.to("bfloat16"); model.parameters().every((p) => p.dtype === "bfloat16")',
    ),
  ).toBe("true");
});

test("a boost that was cut off between its changes has rounded no weight", async () => {
  const go = join(kernel.folder, "go on");
  await kernel.run(`${IMPORTS}
    import { existsSync } from "node:fs";
    var model = makeModel(); var numbers = model.parameters().map((p) => p.toBytes());
    var optimizer = new AdamW(model.parameters()); var give = optimizer.useMasterWeights;
    optimizer.useMasterWeights = function (originals) {
      begin();
      while (!existsSync(${JSON.stringify(go)})) {}
      give.call(this, originals);
    };`);
  const ending = kernel.interrupted(
    'await new Booster({ mixedPrecision: "bf16" }).boost({ model, optimizer });',
  );
  await kernel.said("is told to end"); // the end was asked for, and is held back
  writeFileSync(go, "");
  const { reply } = await ending;
  expect(reply["evalue"]).toContain("a model was boosted in part: boost it again");
  expect(
    await look(
      'model.to("float32"); model.parameters().every((p, i) => Buffer.compare(p.toBytes(), numbers[i]) === 0)',
    ),
  ).toBe("true");
});
