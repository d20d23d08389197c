// History that outlives kernels: several at once, killed ones, private files.

import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunningKernel, startKernel } from "../../dist/kernel/client/start-kernel.js";
import { scratchFolder } from "../fixtures/scratch.js";

type Entry = [session: number, line: number, source: string | [string, string | null]];

async function start(folder: string): Promise<RunningKernel> {
  return startKernel({ folder, environment: { NOTEBOOSTER_HISTORY: join(folder, "history") } });
}

async function ask(kernel: RunningKernel, content: Record<string, unknown>): Promise<Entry[]> {
  const reply = await kernel.client.request({ type: "history_request", content });
  return reply.content["history"] as Entry[];
}

const sources = (entries: Entry[]) => entries.map(([, , source]) => source);

test("a killed kernel's inputs are there for the next one, by tail, search and session", async () => {
  const folder = scratchFolder();
  const killed = await start(folder);
  await killed.client.execute("const old = 'needle 1'");
  await killed.client.execute("old");
  killed.process.kill("SIGKILL");
  await once(killed.process, "exit");
  await killed.shutdown();

  const kernel = await start(folder);
  await kernel.client.execute("'needle 2'");
  await kernel.client.execute("'unseen'", { storeHistory: false });
  expect(sources(await ask(kernel, { hist_access_type: "tail", n: 2 }))).toEqual([
    "old",
    "'needle 2'",
  ]);
  const found = await ask(kernel, { hist_access_type: "search", pattern: "*needle ?'" });
  expect(sources(found)).toEqual(["const old = 'needle 1'", "'needle 2'"]);
  expect(found[0]?.[0]).toBeLessThan(found[1]?.[0] ?? 0);
  for (const session of [-1, found[0]?.[0]]) {
    const range = { hist_access_type: "range", session, start: 2, stop: 9 };
    expect(await ask(kernel, range)).toEqual([[found[0]?.[0], 2, "old"]]);
  }
  const own = { hist_access_type: "range", session: 0, start: 1, output: true };
  expect(sources(await ask(kernel, own))).toEqual([["'needle 2'", "'needle 2'"]]);
  await kernel.shutdown();
});

test("kernels that run at the same time do not mix, and only the owner may read their files", async () => {
  const folder = scratchFolder();
  const kernels = await Promise.all([start(folder), start(folder), start(folder)]);
  await Promise.all(
    kernels.flatMap(({ client }, k) =>
      Array.from({ length: 20 }, (_, i) => client.execute(`${k} * 100 + ${i}`)),
    ),
  );
  const [first] = kernels;
  if (first === undefined) throw new Error("no kernel was started");
  const all = await ask(first, { hist_access_type: "search", pattern: "*" });
  expect(all).toHaveLength(60);
  const origins = new Set(all.map(([session, , source]) => `${session} ${String(source)[0]}`));
  expect(origins.size).toBe(3);
  expect(new Set(all.map(([session]) => session)).size).toBe(3);
  const history = join(folder, "history");
  expect(statSync(history).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(history)) {
    expect(statSync(join(history, name)).mode & 0o777).toBe(0o600);
  }
  await Promise.all(kernels.map((kernel) => kernel.shutdown()));
});

test("an unknown way to ask is an error that names the ways", async () => {
  const kernel = await start(scratchFolder());
  const reply = await kernel.client.request({
    type: "history_request",
    content: { hist_access_type: "all" },
  });
  expect(reply.content).toMatchObject({ status: "error", ename: "TypeError" });
  expect(reply.content["evalue"]).toContain('"range", "tail" or "search"');
  await kernel.shutdown();
});
