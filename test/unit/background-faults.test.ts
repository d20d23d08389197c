// A save in the background, killed before each of its calls that change files: nothing half done counts, what was saved before is
// there, and nothing is left over after the next save. A sample of calls; all of them by npm run test:matrix.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { latestCheckpoint } from "../../src/checkpoint/latest-checkpoint.js";
import { faultsLibrary } from "../fixtures/faults/library.js";
import { contents } from "../fixtures/faults/scenarios.mjs";
import { isMatrix } from "../fixtures/matrix.js";
import { sharedFolderInMemory } from "../fixtures/scratch.js";

const scratch = sharedFolderInMemory();
const root = path.join(scratch, "root");
const log = path.join(scratch, "calls");
const library = faultsLibrary();
const program = fileURLToPath(new URL("../fixtures/faults/save-behind.mjs", import.meta.url));

function save(name: string, version: number, faults: Record<string, string> = {}) {
  const env = { ...process.env, LD_PRELOAD: library, FAULT_FOLDER: root, ...faults };
  return spawnSync(process.execPath, [program, root, name, String(version)], {
    env,
    encoding: "utf8",
  });
}

function prepare(): void {
  fs.rmSync(root, { recursive: true, force: true });
  save("step-00000001", 1);
}

test("killed before a call it leaves all that was saved, and the next save clears up", {
  timeout: isMatrix ? 600_000 : 60_000,
}, () => {
  prepare();
  fs.rmSync(log, { force: true });
  expect(save("step-00000002", 2, { FAULT_LOG: log }).stdout).toBe("saved");
  const calls = fs.readFileSync(log, "utf8").trim().split("\n");
  expect(calls.length).toBeGreaterThan(15);
  for (const [i, call] of calls.entries()) {
    if (!isMatrix && i % 4 !== 0) continue;
    prepare();
    const { signal, stdout } = save("step-00000002", 2, {
      FAULT_AT: String(i + 1),
      FAULT_HOW: "kill",
    });
    expect(signal, call).toBe("SIGKILL");
    const latest = path.basename(latestCheckpoint(root));
    const now = contents(root) as Record<string, unknown>;
    expect(now[latest], call).toBe(latest === "step-00000002" ? 2 : 1);
    if (stdout === "saved") expect(latest, call).toBe("step-00000002");
    expect(save("step-00000003", 3).stdout, call).toBe("saved");
    const left = "step-00000002" in now ? { "step-00000002": 2 } : {}; // whole, if not yet the latest
    expect(contents(root), call).toEqual({
      latest: "step-00000003",
      "step-00000001": 1,
      "step-00000003": 3,
      ...left,
    });
  }
});
