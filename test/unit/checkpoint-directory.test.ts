// Checkpoint directories: whole or absent, whatever kills their writer.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { recoverDirectory, writeDirectory } from "../../src/checkpoint/atomic-directory.js";
import {
  CheckpointInProgress,
  latestCheckpoint,
  newestWholeCheckpoint,
} from "../../src/checkpoint/latest-checkpoint.js";
import { verifyManifest } from "../../src/checkpoint/manifest.js";
import { scratchFolder } from "../fixtures/scratch.js";

const SAVER = fileURLToPath(new URL("../fixtures/save-checkpoints.mjs", import.meta.url));
const KILLS = 25;

function save(root: string, name: string, text: string, keep?: number): void {
  const checkpoint = CheckpointInProgress.begin(root, name);
  fs.mkdirSync(path.join(checkpoint.folder, "ranks"));
  fs.writeFileSync(path.join(checkpoint.folder, "data"), text);
  fs.writeFileSync(path.join(checkpoint.folder, "ranks", "0"), text);
  checkpoint.commit(keep === undefined ? {} : { keep });
}

/** Starts a saver and waits until it has committed once more. */
async function startSaver(root: string, firstStep: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SAVER, root, String(firstStep)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("the saver has no stdout");
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

test(`after each of ${KILLS} SIGKILLs at random moments, latest is whole and no older than the last commit`, {
  timeout: 60_000,
}, async () => {
  const root = path.join(scratchFolder(), "run");
  let nextStep = 0;
  for (let round = 0; round < KILLS; round++) {
    const child = await startSaver(root, nextStep);
    let printed = "";
    child.stdout?.on("data", (chunk) => {
      printed += chunk;
    });
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    await kill(child);
    const committed = Number(printed.trim().split("\n").at(-1) || nextStep);
    const folder = latestCheckpoint(root);
    const step = Number(fs.readFileSync(path.join(folder, "step.json"), "utf8"));
    expect(step).toBeGreaterThanOrEqual(committed);
    expect(fs.readFileSync(path.join(folder, "weights"))[199_999]).toBe(step % 256);
    nextStep = step + 1;
  }
  recoverDirectory(root);
  const debris = fs.readdirSync(root).filter((name) => /\.(new|old)-/.test(name));
  expect(debris).toEqual([]);
});

test("a second live process that saves into the same folder is refused, and names the first", async () => {
  const root = path.join(scratchFolder(), "run");
  const child = await startSaver(root, 0);
  child.kill("SIGSTOP");
  fs.writeFileSync(path.join(root, ".lock"), lockOf(child.pid ?? 0));
  expect(() => save(root, "mine", "x")).toThrow(
    new RegExp(`process ${child.pid} on .* is saving here`),
  );
  await kill(child);
  save(root, "mine", "x");
  expect(path.basename(latestCheckpoint(root))).toBe("mine");
});

/** What a process writes into its lock: pid, start time, host. */
function lockOf(pid: number): string {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  const host = fs.readFileSync("/proc/sys/kernel/hostname", "utf8").trim();
  return JSON.stringify({ pid, started, host });
}

test("a lock left by a process whose pid now belongs to another is taken over", () => {
  const root = scratchFolder();
  const stale = { ...JSON.parse(lockOf(process.pid)), started: "1" };
  fs.writeFileSync(path.join(root, ".lock"), JSON.stringify(stale));
  save(root, "a", "x");
  expect(path.basename(latestCheckpoint(root))).toBe("a");
});

test("a lock of another host is respected, since nobody here can tell whether it lives", () => {
  const root = scratchFolder();
  fs.writeFileSync(
    path.join(root, ".lock"),
    JSON.stringify({ pid: 1, started: "1", host: "elsewhere" }),
  );
  expect(() => save(root, "a", "x")).toThrow(
    /process 1 on elsewhere saves here, or died there.*remove \.lock/,
  );
});

test("a flipped bit, a missing and a shortened file are each named; newestWholeCheckpoint() takes the one before", () => {
  const root = scratchFolder();
  save(root, "step-1", "one");
  save(root, "step-2", "two");
  const data = path.join(root, "step-2", "data");
  for (const [damage, message] of [
    [() => fs.writeFileSync(data, "twp"), /step-2\/data: is damaged: its SHA-256 differs/],
    [() => fs.writeFileSync(data, "tw"), /step-2\/data: has 2 bytes, the manifest says 3/],
    [() => fs.rmSync(data), /step-2\/data: is missing/],
  ] as const) {
    damage();
    expect(() => latestCheckpoint(root)).toThrow(message);
    expect(newestWholeCheckpoint(root)).toEqual({
      folder: path.join(root, "step-1"),
      damage: expect.objectContaining({ message: expect.stringMatching(message) }),
    });
  }
});

test("CheckpointInProgress.commit() keeps the newest checkpoints asked for", () => {
  const root = scratchFolder();
  for (const step of [1, 2, 3, 4]) save(root, `step-${step}`, "x", 2);
  expect(fs.readdirSync(root).sort()).toEqual(["latest", "step-3", "step-4"]);
});

test("CheckpointInProgress.abort() leaves the earlier checkpoint, no debris and no lock", () => {
  const root = scratchFolder();
  save(root, "step-1", "one");
  const checkpoint = CheckpointInProgress.begin(root, "step-1");
  fs.writeFileSync(path.join(checkpoint.folder, "data"), "half");
  checkpoint.abort();
  expect(fs.readdirSync(root).sort()).toEqual(["latest", "step-1"]);
  expect(fs.readFileSync(path.join(root, "step-1", "data"), "utf8")).toBe("one");
});

test("writeDirectory() replaces what it wrote and keeps what others added, every time", async () => {
  const target = path.join(scratchFolder(), "model");
  const write = (name: string) =>
    writeDirectory(target, (folder) => fs.writeFileSync(path.join(folder, name), name));
  await write("a");
  fs.mkdirSync(path.join(target, "more"));
  fs.writeFileSync(path.join(target, "more", "tokenizer.json"), "{}");
  for (const name of ["b", "c", "d"]) await write(name);
  expect(fs.readdirSync(target).sort()).toEqual(["d", "manifest.json", "more"]);
  expect(fs.readFileSync(path.join(target, "more", "tokenizer.json"), "utf8")).toBe("{}");
  verifyManifest(target);
});

test("writeDirectory() refuses a folder it did not write, and leaves it as it was", async () => {
  const target = scratchFolder();
  fs.writeFileSync(path.join(target, "thesis.tex"), "mine");
  await expect(writeDirectory(target, () => undefined)).rejects.toThrow(
    /files not saved by Notebooster/,
  );
  expect(fs.readdirSync(target)).toEqual(["thesis.tex"]);
  await expect(writeDirectory(path.join(target, "thesis.tex"), () => undefined)).rejects.toThrow(
    /is a file/,
  );
});

test("writeDirectory() leaves nothing when writing fails", async () => {
  const parent = scratchFolder();
  const failing = writeDirectory(path.join(parent, "model"), (folder) => {
    fs.writeFileSync(path.join(folder, "a"), "1");
    throw new Error("no more");
  });
  await expect(failing).rejects.toThrow("no more");
  expect(fs.readdirSync(parent)).toEqual([]);
});

test("latestCheckpoint() refuses a folder without checkpoints and a latest that points elsewhere", () => {
  const root = scratchFolder();
  expect(() => latestCheckpoint(root)).toThrow(
    /has no file "latest"; no checkpoint was saved here/,
  );
  expect(() => latestCheckpoint(path.join(root, "none"))).toThrow(/no such checkpoint folder/);
  fs.writeFileSync(path.join(root, "latest"), "../elsewhere");
  expect(() => latestCheckpoint(root)).toThrow(/"..\/elsewhere" is not a plain folder name/);
});
