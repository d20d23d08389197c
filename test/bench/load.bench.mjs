// Loading a model of 1 GB of bfloat16 safetensors from the system's cache, as it is stored and as float32, and in the same turns the least
// that has to be done, the same file mapped and copied once into fresh memory, and PyTorch's `load_file` with a copy or `.float()`. JSON
// lines: `share` is of the mapped copy's speed, `bound` the most that memory allows: the copy reads each byte, the system zeroes
// one and one is written, 3 in all; as float32 two are zeroed and two written, 5. The same of processor time, since other processes take
// none of that. `peakShare` is the process's peak memory beyond its start as a multiple of the model's. Then data: load-data.mjs.
//   notebooster bench load
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LlamaForCausalLM, noGrad, ops, scoped } from "notebooster";
import { measureData } from "./load-data.mjs";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const SIZES = {
  ...{ vocabSize: 32_000, hiddenSize: 2048, intermediateSize: 5632, numHiddenLayers: 9 },
  ...{ numAttentionHeads: 32, numKeyValueHeads: 4, maxPositionEmbeddings: 64 },
};
const ROUNDS = 5;

/** Bytes that pass through memory for each byte of the file. */
const BYTES = { mapped: 3, bfloat16: 3, float32: 5 };

const timed = async (call) => {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  await call();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - begin) / 1e3, processorSeconds: (user + system) / 1e6 };
};

/** In kB, as the system counts them. */
const memory = (field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))[1]);

/** The file mapped and copied once. */
function mappedCopy(file, bytes) {
  scoped(() =>
    noGrad(() => void ops.aten.from_file(file, false, bytes, { dtype: "uint8" }).clone()),
  );
}

/** Weights are read when something needs them. */
function readAll(model) {
  for (const parameter of model.parameters()) scoped(() => noGrad(() => void parameter.view([-1])));
}

async function load(folder, dtype) {
  const model = await LlamaForCausalLM.fromPretrained(folder, { dtype });
  readAll(model);
  for (const parameter of model.parameters()) parameter.dispose();
}

async function measure(folder, dtype) {
  const file = join(folder, "model.safetensors");
  const bytes = statSync(file).size;
  const peer = startPeer("load_peer.py", [file, dtype]);
  const turns = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const mapped = await timed(() => mappedCopy(file, bytes));
    const ours = await timed(() => load(folder, dtype));
    turns.push({ mapped, ours, torch: await peer.ask({}) });
  }
  await peer.close();
  turns.shift(); // brings the file into the system's cache
  for (const unit of ["seconds", "processorSeconds"]) {
    const gbs = (side) => bytes / 1e9 / median(turns.map((turn) => turn[side][unit]));
    report({
      name: `load as ${dtype}${unit === "seconds" ? "" : ", processor time"}`,
      gb: bytes / 1e9,
      gbs: gbs("ours"),
      mappedGBs: gbs("mapped"),
      share: gbs("ours") / gbs("mapped"),
      bound: BYTES.mapped / BYTES[dtype],
      torchGBs: gbs("torch"),
      ratio: gbs("ours") / gbs("torch"),
    });
  }
}

/** In a process of its own: peaks do not come down again. */
async function measurePeak(folder, dtype) {
  const before = memory("VmRSS");
  const model = await LlamaForCausalLM.fromPretrained(folder, { dtype });
  readAll(model);
  const modelMiB = [...model.parameters()].reduce((sum, { nbytes }) => sum + nbytes, 0) / 2 ** 20;
  const peakMiB = (memory("VmHWM") - before) / 1024;
  report({ name: `peak as ${dtype}`, modelMiB, peakMiB, peakShare: peakMiB / modelMiB });
}

const [part, folder, dtype] = process.argv.slice(2);
const again = (...args) =>
  execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...args], {
    stdio: "inherit",
  });

if (part === "make") {
  await new LlamaForCausalLM(SIZES).to("bfloat16").savePretrained(folder);
} else if (part === "peak") {
  await measurePeak(folder, dtype);
} else {
  const made = mkdtempSync(join(tmpdir(), "notebooster-load-"));
  try {
    again("make", made);
    for (const each of ["bfloat16", "float32"]) {
      await measure(made, each);
      again("peak", made, each);
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  await measureData();
}
