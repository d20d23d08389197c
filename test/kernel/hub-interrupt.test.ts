// An interrupt while a model comes from the Hub: the download ends, what has come is kept, and the next cell goes on from there.
import fs from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { HubServer } from "../fixtures/hub-server.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { useKernel } from "./kernel-under-test.js";

const server = new HubServer();
const kernel = useKernel();

test("an interrupted download goes on where it was", async () => {
  const cache = scratchFolder();
  server.add(
    "tiny/slow",
    { "config.json": "{}", "model.safetensors": Buffer.alloc(9_000_000) },
    { pauseMs: 50 },
  );
  await kernel.run(`import { AutoModelForCausalLM } from "notebooster";
Object.assign(process.env, { HF_HUB_OFFLINE: "", HF_ENDPOINT: "${server.endpoint}", HF_HUB_CACHE: "${cache}" });`);
  const ending = kernel.run('await AutoModelForCausalLM.fromPretrained("tiny/slow")');
  const blobs = join(cache, "models--tiny--slow", "blobs");
  const part = () =>
    fs.existsSync(blobs)
      ? fs.readdirSync(blobs).find((name) => name.endsWith(".incomplete"))
      : undefined;
  const size = () => (part() === undefined ? 0 : fs.statSync(join(blobs, part() as string)).size);
  await vi.waitUntil(() => size() > 200_000, { timeout: 60_000, interval: 10 });
  await kernel.client.interrupt();
  expect((await ending).reply["ename"]).toBe("InterruptedError");
  const kept = size();
  expect(kept).toBeLessThan(9_000_000);

  server.add("tiny/slow", {}, {});
  const { error } = await kernel.run('await AutoModelForCausalLM.fromPretrained("tiny/slow")');
  expect(error).toContain("config.json"); // all is there now, and is no model
  const ranges = server
    .askedOf("tiny/slow")
    .flatMap((one) => (one.server === "store" ? [one.range] : []));
  expect(ranges).toEqual(["bytes=0-", `bytes=${kept}-`]);
});
