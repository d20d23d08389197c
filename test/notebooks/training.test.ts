// Training in notebook cells: interrupts, deaths, wrong things and long runs, through the real kernel and its workers.
import { cpSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { useKernel } from "../kernel/kernel-under-test.js";

const kernel = useKernel();
const BASE = fileURLToPath(new URL("../../notebooks/base-model", import.meta.url));

const PREPARE = `
import { AdamW, AutoTokenizer, Booster, DataLoader, LlamaForCausalLM, TextDataset, TorchDDPPlugin, startRun, zeros } from "notebooster";
const rows = { length: 512, sequenceLength: 16, row: (r: number) => Uint32Array.from({ length: 16 }, (_, i) => (r * 7 + i * 3) % 64) };
const small = () => new LlamaForCausalLM({ vocabSize: 64, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 2 });
async function training(batchSize = 8) {
  const model = small();
  const booster = new Booster({ plugin: new TorchDDPPlugin({ maxNorm: 1, device: "cpu" }) });
  const dataloader = new DataLoader({ dataset: rows, batchSize, shuffle: true, seed: 1 });
  return { booster, ...(await booster.boost({ model, optimizer: new AdamW(model.parameters()), dataloader })) };
}
function run({ booster, model, optimizer, dataloader }: Awaited<ReturnType<typeof training>>, steps: number, each = (loss: number) => {}) {
  const losses: number[] = [];
  for (const batch of dataloader.take(steps)) {
    const { loss } = model.forward(batch);
    booster.backward(loss, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    losses.push(booster.reduce(loss.item()));
    each(losses.at(-1) as number);
  }
  return losses;
}`;

beforeAll(async () => {
  const { reply, error } = await kernel.run(PREPARE);
  expect(error).toBe("");
  expect(reply["status"]).toBe("ok");
});

test("an interrupted loop ends between two steps, and going on gives the losses of an uninterrupted one", async () => {
  await kernel.run("const parts = await training(); const losses: number[] = []");
  const ending = kernel.run(`run(parts, 1_000_000, (loss) => {
    if (losses.push(loss) === 3) display({ "text/plain": "three steps" }); // the loop hears of interrupts from its first on
  })`);
  await kernel.next((message) => message.header.msg_type === "display_data");
  await kernel.client.interrupt();
  const stopped = await ending;
  expect(stopped.reply).toMatchObject({ status: "error", ename: "TrainingInterrupted" });
  const { result } = await kernel.run(`
    const isClean = parts.model.parameters().every((p) => p.grad === null);
    losses.push(...run(parts, 70)); // into the next epoch
    const whole = run(await training(), losses.length);
    JSON.stringify([isClean, losses.length > 70, JSON.stringify(losses) === JSON.stringify(whole)])`);
  expect(result).toBe("'[true,true,true]'");
});

test("1,000 training steps in one cell keep memory flat", async () => {
  // Without V8's young generation, which doubles a few times up to its limit, one of them after a thousand steps or so.
  const { result, error } = await kernel.run(`
    import { getHeapSpaceStatistics } from "node:v8";
    const young = () => getHeapSpaceStatistics().find((space) => space.space_name === "new_space")!.physical_space_size;
    const memory: number[] = [];
    using recorded = startRun({ title: "flat" });
    let step = 0;
    run(await training(), 1000, () => { memory.push(process.memoryUsage().rss - young()); recorded.step({ step: ++step, loss: 1 }); });
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    JSON.stringify([memory.length, mean(memory.slice(-100)) - mean(memory.slice(100, 200))])`);
  expect(error).toBe("");
  const [count, growth] = JSON.parse((result as string).slice(1, -1)) as [number, number];
  expect(count).toBe(1000);
  expect(growth).toBeLessThan(12e6);
}, 240_000);

test("wrong things each give one error that names them, and the kernel lives on", async () => {
  const folder = join(kernel.folder, "broken");
  cpSync(BASE, folder, { recursive: true });
  truncateSync(join(folder, "model.safetensors"), 5_000_000);
  writeFileSync(join(kernel.folder, "empty.txt"), "");
  mkdirSync(join(kernel.folder, "no-config"));
  const wrong: [code: string, message: RegExp][] = [
    ['await LlamaForCausalLM.fromPretrained("nowhere")', /nowhere: no folder of this name here/],
    ['await LlamaForCausalLM.fromPretrained("no-config")', /no-config.config\.json: is missing/],
    [
      'await LlamaForCausalLM.fromPretrained("broken")',
      /broken.model\.safetensors.*truncated.*5000000/s,
    ],
    [
      `(await AutoTokenizer.fromPretrained(${JSON.stringify(BASE)})).assertFits(64)`,
      /2047.*64|64.*2047|2048.*64/s,
    ],
    [
      `TextDataset.fromFile("empty.txt", { tokenizer: await AutoTokenizer.fromPretrained(${JSON.stringify(BASE)}), sequenceLength: 16 })`,
      /empty\.txt.*empty|no text|0 tokens/s,
    ],
    ["zeros([2, 3]).matmul(zeros([4, 5]))", /2x3 and 4x5/],
    [
      "small().forward({ inputIds: zeros([2, 3]) })",
      /inputIds must be an int64 or int32 tensor.*float32\[2, 3\]/,
    ],
    [
      "(await training()).booster.backward(zeros([1]), new AdamW(small().parameters()))",
      /boost\(\) returned/,
    ],
    ["new TorchDDPPlugin({ maxNorm: -1 })", /maxNorm must be a number above 0, got -1/],
  ];
  for (const [code, message] of wrong) {
    const { reply, error } = await kernel.run(code);
    expect(reply["status"], code).toBe("error");
    expect(error).toMatch(message);
    expect(error.split("\n").length, error).toBeLessThan(9);
  }
  expect((await kernel.run("1 + 1")).result).toBe("2");
});

test("a rank killed while training is named within seconds, and %cluster brings the ranks back", async () => {
  await kernel.run("%cluster 2");
  expect((await kernel.run(PREPARE)).error).toBe("");
  const { result } = await kernel.run("%%rank 1\nprocess.pid");
  const pid = Number(result);
  const training = kernel.run(
    'const two = await training(4);\ndisplay({ "text/plain": "begun" });\nrun(two, 100000)',
  );
  await kernel.next((message) => message.header.msg_type === "display_data");
  const killedAt = performance.now();
  process.kill(pid, "SIGKILL");
  const { reply } = await training;
  expect(performance.now() - killedAt).toBeLessThan(10_000);
  expect(reply).toMatchObject({ status: "error", ename: "WorkerDied" });
  expect(reply["evalue"]).toMatch(new RegExp(`rank 1.*${pid}.*SIGKILL`, "s"));
  await kernel.run("%cluster 2");
  expect((await kernel.run("1 + 1")).result).toBe("2");
});

test("two ranks in a notebook give the losses of one", async () => {
  await kernel.run("%cluster 2");
  await kernel.run(PREPARE);
  const two = await kernel.run("JSON.stringify(run(await training(4), 20))");
  await kernel.run("%cluster 1");
  await kernel.run(PREPARE);
  const one = await kernel.run("JSON.stringify(run(await training(8), 20))");
  const numbers = ({ result }: { result: string | undefined }) =>
    JSON.parse((result as string).slice(1, -1)) as number[];
  for (const [step, loss] of numbers(one).entries()) {
    expect(Math.abs(loss - (numbers(two)[step] as number))).toBeLessThan(2e-5);
  }
});
