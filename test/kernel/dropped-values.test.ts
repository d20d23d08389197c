// What a notebook refers to no longer is held by nobody else: values and errors of cells, and trainings of several ranks.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const COLLECT = `import v8 from "node:v8"; import vm from "node:vm";
v8.setFlagsFromString("--expose-gc"); const collect = vm.runInNewContext("gc");
const isHeld = async (ref) => {
  for (let i = 0; i < 3; i++) { collect(); await new Promise((resolve) => setTimeout(resolve, 5)); }
  return ref.deref() !== undefined;
};`;

test.each([
  ["a value", "ref = new WeakRef({ large: [] }); ref.deref()"],
  [
    "an error",
    'const failed = () => new Error("x"); ref = new WeakRef(failed()); throw ref.deref()',
  ],
  ["an error of a promise", 'ref = new WeakRef(new Error("x")); await Promise.reject(ref.deref())'],
])("%s that a cell ends with is not held by the kernel", async (_what, code) => {
  await kernel.run(`${COLLECT}\nvar ref;`);
  await kernel.run(code);
  await kernel.run("1"); // the value before is the kernel's until the next
  expect((await kernel.run("await isHeld(ref)")).result).toBe("false");
});

test("a training on two ranks is freed once the notebook has dropped it", async () => {
  await kernel.run("%cluster 2");
  await kernel.run(`${COLLECT}
    import { AdamW, Booster, LlamaForCausalLM, tensor } from "notebooster";
    const sizes = { vocabSize: 60, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 1 };
    const ids = tensor(BigInt64Array.from({ length: 16 }, (_, i) => BigInt(i)), { shape: [1, 16] });
    async function train() {
      const model = new LlamaForCausalLM(sizes);
      const booster = new Booster();
      const { optimizer } = await booster.boost({ model, optimizer: new AdamW(model.parameters()) });
      booster.backward(model.forward({ inputIds: ids, labels: ids }).loss, optimizer);
      optimizer.step();
      return [model, optimizer, ...model.parameters()].map((part) => new WeakRef(part));
    }`);
  const { result, error } = await kernel.run(`
    const parts = await train(); await isHeld(parts[0]);
    parts.filter((part) => part.deref() !== undefined).length`);
  expect(error).toBe("");
  expect(result).toBe("0");
});
