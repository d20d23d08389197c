// Text that a cell streams: in one output in place, ended by an interrupt between two tokens, on one rank and on two.
import path, { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const BASE = path.resolve("notebooks/base-model");
const SETUP = `import { AutoModelForCausalLM, AutoTokenizer, isGradEnabled, numLiveTensors } from "notebooster";
var model = await AutoModelForCausalLM.fromPretrained(${JSON.stringify(BASE)});
var tokenizer = await AutoTokenizer.fromPretrained(${JSON.stringify(BASE)});
var options = { tokenizer, maxNewTokens: 60, eosTokenId: null };`;
const kernel = useKernel();
beforeAll(async () => {
  expect((await kernel.run(SETUP)).error).toBe("");
});

test("a printed stream is one growing text, at most some 20 messages a second", async () => {
  const { messages, stdout, result, error } = await kernel.run(`var began = performance.now();
    var text = await model.stream("Once upon a time", options).print();
    [text.length, performance.now() - began]`);
  expect(error).toBe("");
  const [length, ms] = JSON.parse(result as string) as [number, number];
  expect(stdout).toHaveLength(length);
  expect(length).toBeGreaterThan(60);
  const streams = messages.filter(({ header }) => header.msg_type === "stream");
  expect(streams.length).toBeGreaterThan(1);
  expect(streams.length).toBeLessThanOrEqual(ms / 50 + 2);
});

test("an interrupt ends it between two tokens: the text stays, the cache is freed, the model goes on", async () => {
  await kernel.run(
    "await model.stream('Once', options).print(); var before = numLiveTensors(); var kept = '';",
  );
  const { reply, stdout } = await kernel.interrupted(
    `for await (const text of model.stream("Once", { ...options, maxNewTokens: 400 })) {
      kept += text; process.stdout.write(text);
      if (kept.length > 30 && kept.length - text.length <= 30) { ${BEGIN} }
    }`,
  );
  expect(reply).toMatchObject({ status: "error", ename: "GenerationInterrupted" });
  const { result } = await kernel.run(
    "[numLiveTensors() <= before, isGradEnabled(), model.generate([1, 2], { maxNewTokens: 2, eosTokenId: null }).shape[1]]",
  );
  expect(stdout.length).toBeGreaterThan(30);
  expect(result).toBe("[ true, true, 4 ]");
  expect((await kernel.run("process.stdout.write(kept)")).stdout).toBe(stdout);
});

test("two ranks stream the same text; an interrupt ends it on both", async () => {
  await kernel.run("%cluster 2");
  await kernel.run(SETUP);
  const { stdout, result, error } = await kernel.run(
    'await model.stream("Once upon a time", options).print()',
  );
  expect(error).toBe("");
  expect(stdout).toContain("I am sure");
  expect(result).toContain("I am sure");
  const mark = join(kernel.folder, "rank-1-streams");
  const { reply } = await kernel.interrupted(
    `const { existsSync, writeFileSync } = await import("node:fs"); let isBegun = false;
    for await (const text of model.stream("Once", { ...options, maxNewTokens: 500 })) {
      if (rank === 1) writeFileSync(${JSON.stringify(mark)}, "");
      else while (!existsSync(${JSON.stringify(mark)})) await new Promise((resolve) => setTimeout(resolve, 5));
      if (rank === 0 && !isBegun) { isBegun = true; ${BEGIN} }
    }`,
  );
  expect(reply).toMatchObject({ status: "error", ename: "GenerationInterrupted" });
  const after = await kernel.run("console.log(process.env.WORLD_SIZE, process.env.RANK)");
  expect(JSON.stringify(after.messages)).toMatch(/2 0[\s\S]*2 1/);
});
