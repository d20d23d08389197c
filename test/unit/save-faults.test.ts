// A save, and the removal of older ones, disturbed before each of its calls that change files: killed, or told that the disk is
// full or fails. A sample of calls; all of them by npm run test:matrix.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { latestCheckpoint } from "../../src/checkpoint/latest-checkpoint.js";
import { faultsLibrary } from "../fixtures/faults/library.js";
import { numbered } from "../fixtures/faults/numbered.mjs";
import { contents, prepare, SCENARIOS } from "../fixtures/faults/scenarios.mjs";
import { isMatrix } from "../fixtures/matrix.js";
import { sharedFolderInMemory } from "../fixtures/scratch.js";

const TIMEOUT_MS = isMatrix ? 3_600_000 : 120_000;
const ERRORS = [
  { how: "ENOSPC", lasts: true, extent: "and those after it" },
  { how: "EIO", lasts: false, extent: "once" },
  { how: "ENOSPC", lasts: false, extent: "once" },
  { how: "EIO", lasts: true, extent: "and those after it" },
].slice(0, isMatrix ? 4 : 2);
const scratch = sharedFolderInMemory();
const root = path.join(scratch, "root");
const library = faultsLibrary();
const log = path.join(scratch, "calls");

const here = (name: string) =>
  fileURLToPath(new URL(`../fixtures/faults/${name}`, import.meta.url));

/** @returns what the program printed, and what ended it */
function run(program: string, argv: readonly string[], faults: Record<string, string>) {
  const env = { ...process.env, LD_PRELOAD: library, FAULT_FOLDER: root, ...faults };
  const child = spawnSync(process.execPath, [here(program), ...argv], { env, encoding: "utf8" });
  if (child.status !== 0 && child.signal === null) throw new Error(child.stderr);
  return child;
}

/** As fixtures/faults/scenarios.mjs gives it: names and versions of what stands in the folder. */
type Contents = Readonly<Record<string, string | number | null>>;

const NAMES = (Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]).filter(
  (name) => isMatrix || !("isForMatrix" in SCENARIOS[name]),
);

describe.each(NAMES)("%s", (scenario) => {
  const { before, disturbed, left } = SCENARIOS[scenario];
  const version = before.length + 1;
  const latest = left.includes("latest") ? before.at(-1)?.name : undefined;
  const old: Contents = {
    ...Object.fromEntries(before.map(({ name }, i) => [name, i + 1])),
    ...(latest && { latest }),
  };

  /** What stands once it has been saved with this version. */
  function finished(version: number): Contents {
    const all: Contents = { ...old, [disturbed.name]: version, latest: disturbed.name };
    return Object.fromEntries(left.map((name) => [name, all[name] as string | number]));
  }

  /** Everything in sight is whole, what was saved before is there, and `latest` leads to something no older. */
  function requireSound(now: Contents, where: string): void {
    expect(Object.values(now), where).not.toContain(null);
    const since: Contents = finished(version);
    for (const name of left.filter((name) => name in old))
      expect([old[name], since[name]], where).toContain(now[name]);
    if ("latest" in now) expect(now[String(now["latest"])], where).toBeTypeOf("number");
  }

  test("killed before a call it leaves all that was saved, and the next load or save clears up", {
    timeout: TIMEOUT_MS,
  }, async () => {
    for (const { at, call } of numbered(await callsOf(scenario), isMatrix)) {
      const where = `killed before ${call}`;
      await prepare(scenario, root);
      const faults = { FAULT_AT: String(at), FAULT_HOW: "kill" };
      const { signal, stdout } = run("save-once.mjs", [scenario, root], faults);
      expect(signal, where).toBe("SIGKILL");
      const now = inSight(contents(root));
      requireSound(now, where);
      if (stdout === "saved") expect(now[disturbed.name], where).toBe(version);
      if ("latest" in now) {
        latestCheckpoint(root);
        expect(contents(root), `load after being ${where}`).toEqual(now);
      }
      await disturbed.save(root, version + 1);
      expect(contents(root), `save after being ${where}`).toEqual(finished(version + 1));
    }
  });

  function requireTold({ call, error, after, next }: Failing, { how, lasts }: Told): void {
    const where = `${how} at ${call}: ${error?.message}`;
    const now = inSight(after);
    requireSound(now, where);
    if (error !== undefined) {
      expect(error.name, where).toBe("CheckpointError");
      expect(error.message).not.toMatch(/\.(new|gone|lock)-\d/); // names of what is temporary
    }
    if (how === "ENOSPC") expect(now, where).toEqual(error ? old : finished(version));
    const canClearUp = how === "ENOSPC" || !(lasts || /^(unlink|rmdir)/.test(call));
    if (canClearUp) expect(after, where).toEqual(now);
    expect(next, where).toEqual(finished(version + 1));
  }

  test.each(ERRORS)(
    "told $how by a call, $extent, it throws a CheckpointError and changes nothing",
    {
      timeout: TIMEOUT_MS,
    },
    (told) => {
      fs.rmSync(log, { force: true });
      const options = { scenario, root, log, isAll: isMatrix, ...told };
      const { stdout } = run("save-failing.mjs", [JSON.stringify(options)], {});
      for (const result of JSON.parse(stdout) as Failing[]) requireTold(result, told);
    },
  );
});

test.each(["a model again", "the same checkpoint again"] as const)(
  "where folders cannot be exchanged %s is refused, and what stands stays",
  async (scenario) => {
    await prepare(scenario, root);
    const old = contents(root);
    const save = () =>
      run("save-once.mjs", [scenario, root], {
        FAULT_AT: "1",
        FAULT_LASTS: "1",
        FAULT_HOW: "EINVAL",
      });
    expect(save).toThrow(
      `CheckpointError: ${root}/${SCENARIOS[scenario].disturbed.name}: is there already, and this file system cannot replace`,
    );
    expect(contents(root)).toEqual(old);
  },
);

type Told = (typeof ERRORS)[number];

interface Failing {
  readonly call: string;
  readonly error?: { readonly name: string; readonly message: string };
  readonly after: Contents;
  readonly next: Contents;
}

/** Without temporary names. */
function inSight(all: Contents): Contents {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith(".")));
}

/** The calls of a save that nothing disturbs. */
async function callsOf(scenario: string): Promise<string[]> {
  await prepare(scenario, root);
  fs.rmSync(log, { force: true });
  run("save-once.mjs", [scenario, root], { FAULT_LOG: log });
  return fs.readFileSync(log, "utf8").trim().split("\n");
}
