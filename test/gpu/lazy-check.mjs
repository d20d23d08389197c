// Weights that are read when they are needed, straight to a GPU through pinned buffers: the bits of reading on the CPU and moving, and
// neither the host nor the GPU holds more than one tensor beside them. Prints one JSON line a case; exits with 1 when one fails.
//   notebooster exec test/gpu/lazy-check.mjs
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AdamW, Booster, LlamaForCausalLM, memory, tensor } from "notebooster";
import { resetPeakMemory } from "notebooster/device";
import { check, expect, finish } from "./check.mjs";

const folder = fs.mkdtempSync(join(tmpdir(), "notebooster-lazy-"));
const SIZES = {
  ...{ vocabSize: 32000, hiddenSize: 4096, intermediateSize: 11008, numHiddenLayers: 4 },
  ...{ numAttentionHeads: 32 },
};
const MIB = 2 ** 20;
const ONE = { inputIds: tensor([[1, 2, 3]]) };

const made = new LlamaForCausalLM(SIZES, { device: "cuda" }).to("bfloat16");
await made.savePretrained(folder);
const stored = made.parameters().reduce((sum, { nbytes }) => sum + nbytes, 0);
const largest = Math.max(...made.parameters().map(({ numel }) => numel)) * 4;
made.to("meta");

/** What loading as `options` say and using adds at most, to the host and to the GPU. */
async function peaks(options, use) {
  globalThis.gc?.();
  const before = { host: status("VmRSS"), gpu: memory().gpus[0].allocatedBytes };
  fs.writeFileSync("/proc/self/clear_refs", "5");
  resetPeakMemory("cuda:0");
  const model = await LlamaForCausalLM.fromPretrained(folder, options);
  const begun = performance.now();
  const result = await use(model);
  const ms = Math.round(performance.now() - begun);
  const gpu = memory().gpus[0].peakAllocatedBytes - before.gpu;
  return { model, result, ms, host: status("VmHWM") - before.host, gpu };
}

function status(field) {
  const line = fs
    .readFileSync("/proc/self/status", "utf8")
    .match(new RegExp(`${field}:\\s+(\\d+) kB`));
  return Number(line[1]) * 1024;
}

const told = ({ ms, host, gpu }) => ({
  ...{
    ms,
    host: Math.round(host / MIB),
    gpu: Math.round(gpu / MIB),
    stored: Math.round(stored / MIB),
  },
});

/** On the CPU, then moved. */
const whole = (await LlamaForCausalLM.fromPretrained(folder, { dtype: "bfloat16" })).stateDict();
const same = (model) =>
  Object.entries(model.stateDict()).every(
    ([name, x]) => whole[name] === undefined || x.to("cpu").to("bfloat16").equal(whole[name]),
  );
await peaks({ dtype: "bfloat16" }, (model) => model.to("cuda")); // what CUDA takes by itself

const cases = {
  moved: [{ dtype: "bfloat16" }, (model) => void model.to("cuda")],
  "on the GPU from the first pass on": [
    { dtype: "bfloat16", device: "cuda" },
    (model) => void model.forward({ inputIds: ONE.inputIds.to("cuda") }),
  ],
  "boosted in 16 bits below adapters": [
    {},
    async (model) => {
      const booster = new Booster({ mixedPrecision: "bf16" });
      booster.enableLora(model, { r: 8 });
      await booster.boost({ model, optimizer: new AdamW(model.parameters()) });
    },
  ],
};
for (const [name, [options, use]] of Object.entries(cases)) {
  const found = await peaks(options, use);
  check(name, () => {
    expect(found.model.device === "cuda:0", `it is on ${found.model.device}`);
    expect(same(found.model), "the numbers differ");
    expect(found.host < largest + 256 * MIB, `the host took ${found.host / MIB} MiB`);
    expect(found.gpu < stored + largest + 256 * MIB, `the GPU took ${found.gpu / MIB} MiB`);
    return told(found);
  });
  found.model.to("meta");
}

const fourBits = (model) => new Booster().enableLora(model, { r: 1, quantize: "nf4" });
const rounded = await peaks({ dtype: "bfloat16", device: "cuda" }, fourBits);
const atOnce = await LlamaForCausalLM.fromPretrained(folder, { dtype: "bfloat16" });
const wanted = fourBits(atOnce.to("cuda")).stateDict();
check("rounded to four bits as it is read", () => {
  for (const [name, x] of Object.entries(rounded.model.stateDict()))
    if (name.includes("packed") || name.includes("absmax"))
      expect(x.equal(wanted[name]), `${name} differs`);
  expect(rounded.gpu < 0.75 * stored, `the GPU took ${rounded.gpu / MIB} MiB`);
  return told(rounded);
});

fs.rmSync(folder, { recursive: true });
finish();
