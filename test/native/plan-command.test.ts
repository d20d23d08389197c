// `notebooster plan` as a person calls it: what it takes, what it refuses, and advice that does what it says.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";

const COMMANDS = new URL("../../setup/commands.mjs", import.meta.url).href;
const SIZES = {
  ...{ vocab_size: 8000, hidden_size: 512, intermediate_size: 1376, num_hidden_layers: 4 },
  ...{ num_attention_heads: 8, num_key_value_heads: 4, max_position_embeddings: 2048 },
};
/** Embedding and head; queries, keys, values and outputs; the gated MLP; norms. */
const NUM_WEIGHTS = 2 * 8000 * 512 + 4 * (3 * 512 * 512 + 3 * 512 * 1376 + 2 * 512) + 512;
const MIB = 2 ** 20;
const H100 = 81559 * MIB;

const folder = sharedFolder();
beforeAll(() => {
  const config = { model_type: "llama", ...SIZES };
  fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
});

/** Command lines, one after the other in one process that sets nothing up: exit codes, and what was written. */
function planned(...lines: readonly (readonly string[])[]) {
  const program = `const { commandLine } = await import(${JSON.stringify(COMMANDS)});
for (const line of ${JSON.stringify(lines)}) {
  const code = await commandLine(["plan", ${JSON.stringify(folder)}, ...line], { setUp: async () => undefined });
  console.log("exit " + code);
}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  const parts = stdout.split(/exit (\d)\n/);
  const runs = lines.map((_, i) => ({ text: parts[2 * i] ?? "", code: Number(parts[2 * i + 1]) }));
  return { runs, stderr };
}

interface Planned {
  readonly budgetBytes: number;
  readonly totalBytes: number;
  readonly recomputedLayers: number;
  readonly selectiveLayers: number;
  readonly blocks: readonly { readonly bytes: number }[];
  readonly terms: readonly { readonly name: string; readonly bytes: number }[];
}

test("a plan is printed as a table and as JSON, with the weights counted to the byte", () => {
  const { runs } = planned(["--batch", "2", "--sequence", "128"], ["--json"]);
  const [table, json] = runs as [(typeof runs)[0], (typeof runs)[0]];
  expect([table.code, json.code]).toEqual([0, 0]);
  expect(table.text).toMatch(/LlamaForCausalLM, bf16, AdamW, .* 2 x 128 tokens/);
  expect(table.text).toMatch(/needed on h100/);
  const { terms } = JSON.parse(json.text) as Planned;
  const bytesOf = (name: string) => terms.find((term) => term.name === name)?.bytes;
  expect(bytesOf("parameters")).toBe(2 * NUM_WEIGHTS);
  expect(bytesOf("masters")).toBe(4 * NUM_WEIGHTS);
});

test("a plan says what norms and activations save that are computed again", () => {
  const options = ["--batch", "2", "--sequence", "2048", "--json"];
  const again = ["--recompute-granularity", "selective"];
  const { runs } = planned(options, [...options, ...again], [...options, "--recompute"]);
  const [kept, selective, full] = runs.map(({ text }) => JSON.parse(text) as Planned);
  const layersOf = (each?: Planned) => [each?.recomputedLayers, each?.selectiveLayers];
  expect([kept, selective, full].map(layersOf)).toEqual([
    [0, 0],
    [0, 4],
    [4, 0],
  ]);
  const keptBy = (each?: Planned) => each?.blocks[1]?.bytes ?? 0;
  expect(keptBy(kept) - keptBy(selective)).toBe(2 * 2 * 2048 * (2 * 512 + 1376));
  expect(selective?.totalBytes).toBeLessThan(kept?.totalBytes ?? 0);
});

test("a budget is a number of bytes, a size with a unit, or a part of the GPU's memory", () => {
  const wanted: Record<string, number> = {
    "80e9": 80e9,
    "80000000000": 80e9,
    "80GB": 80e9,
    "80gb": 80e9,
    "80 GiB": 80 * 2 ** 30,
    "1.5GiB": 1.5 * 2 ** 30,
    "75%": Math.floor(0.75 * H100),
    "100 %": H100,
  };
  const { runs } = planned(...Object.keys(wanted).map((size) => ["--budget", size, "--json"]));
  const budgets = runs.map(({ text }) => (JSON.parse(text) as Planned).budgetBytes);
  expect(Object.fromEntries(Object.keys(wanted).map((size, i) => [size, budgets[i]]))).toEqual(
    wanted,
  );
});

test("advice is in options of the command, and each of them fits", () => {
  const base = ["--batch", "8", "--sequence", "1024", "--budget", "1.3GB"];
  const { runs } = planned(base);
  expect(runs[0]?.code).toBe(1);
  const advice = (runs[0]?.text ?? "").split("what would fit:\n")[1]?.trim().split("\n") ?? [];
  expect(advice).toHaveLength(3);
  const options = advice.map((line) => line.trim().split(/ {3}/)[0]?.split(" ") ?? []);
  for (const each of options)
    expect(each[0]).toMatch(/^--(batch|plugin|no-masters|lora|optimizer|sequence)$/);
  expect(new Set(options.map(String)).size).toBe(3);
  const again = planned(...options.map((each) => [...base, ...each]));
  expect(again.runs.map(({ code }) => code)).toEqual([0, 0, 0]);
});

test("nothing is advised that only adds to other advice", () => {
  const { runs } = planned(["--batch", "2", "--sequence", "64", "--budget", "1.15GB"]);
  const lines = (runs[0]?.text ?? "").split("what would fit:\n")[1]?.trim().split("\n") ?? [];
  const advice = lines.map((line) => line.trim().split(/ {3}/)[0] ?? "");
  expect(advice).toEqual(expect.arrayContaining(["--plugin gemini", "--lora 16"]));
  const isMore = (each: string) => advice.some((one) => each !== one && each.includes(one));
  expect(advice.filter(isMore)).toEqual([]);
});

test("a GPU that is too small is an answer, with the way to advice", () => {
  const { runs } = planned(["--gpu", "rtx4090", "--batch", "256", "--sequence", "2048"]);
  expect(runs[0]?.code).toBe(1);
  expect(runs[0]?.text).toMatch(
    /RTX 4090, 24 GB has, too little[\s\S]*--budget 100% tells what would fit/,
  );
});

test.each([
  [["--recompute", "--budget", "80GB"], /--recompute computes all layers again and --budget/],
  [["--recompute-granularity", "full", "--budget", "80GB"], /--recompute computes all layers/],
  [["--recompute-granularity", "some"], /Allowed choices are full, selective/],
  [
    ["--recompute", "--recompute-granularity", "selective"],
    /--recompute-granularity selective norms and activations alone: leave one of them out/,
  ],
  [["--budget", "lots"], /as 80e9, 80GB or 80GiB .* or a part of the GPU's memory, as 90%/],
  [["--budget", "80XB"], /as 80e9, 80GB or 80GiB/],
  [["--budget", "0%"], /as 80e9, 80GB or 80GiB/],
  [["--gpu", "h1000"], /Allowed choices are h100/],
])("a wrong call says what is taken: %j", (line, message) => {
  const { runs, stderr } = planned(line);
  expect(runs[0]?.code).toBe(2);
  expect(stderr).toMatch(message);
});
