// Checkpoint directories: whole or absent, whatever kills their writer.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { AtomicDirectory, writeDirectory } from "../../src/checkpoint/atomic-directory.js";
import {
  CheckpointInProgress,
  checkpointName,
  latestCheckpoint,
  newestWholeCheckpoint,
} from "../../src/checkpoint/latest-checkpoint.js";
import { removeLeftovers } from "../../src/checkpoint/leftovers.js";
import { verifyManifest } from "../../src/checkpoint/manifest.js";
import { writeFiles } from "../../src/checkpoint/planned-file.js";
import type { ProcessIdentity } from "../../src/checkpoint/process-identity.js";
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
  removeLeftovers(root);
  const debris = fs.readdirSync(root).filter((name) => name.startsWith("."));
  expect(debris).toEqual([]);
});

test("a second live process that saves into the same folder is refused, and names the first", async () => {
  const root = path.join(scratchFolder(), "run");
  const child = await startSaver(root, 0);
  child.kill("SIGSTOP");
  lock(root, { pid: child.pid ?? 0, started: startTime(child.pid ?? 0), host: HOST });
  expect(() => save(root, "mine", "x")).toThrow(
    new RegExp(`process ${child.pid} on .* is saving here`),
  );
  await kill(child);
  save(root, "mine", "x");
  expect(path.basename(latestCheckpoint(root))).toBe("mine");
});

const HOST = fs.readFileSync("/proc/sys/kernel/hostname", "utf8").trim();

function startTime(pid: number): string {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** Makes what a process makes that saves in `root`. */
function lock(root: string, { pid, started, host }: ProcessIdentity): string {
  const name = `.save.lock-${pid}-${started}-${host}-0123abcd`;
  fs.writeFileSync(path.join(root, name), "");
  return name;
}

test("a lock left by a process whose pid now belongs to another, or to nobody, is removed", () => {
  const root = scratchFolder();
  lock(root, { pid: process.pid, started: "1", host: HOST });
  lock(root, { pid: 2 ** 22 + 1, started: "1", host: HOST });
  save(root, "a", "x");
  expect(fs.readdirSync(root).sort()).toEqual(["a", "latest"]);
});

test("a lock of a process that has ended, but that its parent has not waited for, is removed", async () => {
  const root = scratchFolder();
  const program = "(read -r _ <&3) & echo $!; exec sleep 60"; // a shell might wait for it, sleep does not
  const parent = spawn("sh", ["-c", program], { stdio: ["ignore", "pipe", "ignore", "pipe"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [line] = await once(parent.stdio[1] as Readable, "data");
  const pid = Number(line);
  const stat = (of: number | undefined) => fs.readFileSync(`/proc/${of}/stat`, "utf8");
  await expect.poll(() => stat(parent.pid)).toContain("(sleep)");
  (parent.stdio[3] as Writable).end();
  await expect.poll(() => stat(pid)).toMatch(/\) Z /);
  lock(root, { pid, started: startTime(pid), host: HOST });
  save(root, "a", "x");
  expect(fs.readdirSync(root).sort()).toEqual(["a", "latest"]);
});

test("a lock of another host is respected, since nobody here can tell whether it lives", () => {
  const root = scratchFolder();
  const name = lock(root, { pid: 1, started: "1", host: "else-where.org" });
  expect(() => save(root, "a", "x")).toThrow(
    `process 1 on else-where.org saves here, or died there; if it is gone, remove ${name}`,
  );
  expect(fs.readdirSync(root)).toEqual([name]);
});

test("a process that begins two saves in a folder is refused the second, and told that it is itself", () => {
  const root = scratchFolder();
  const first = CheckpointInProgress.begin(root, "a");
  expect(() => save(root, "b", "x")).toThrow("this process is saving here; wait for it");
  first.abort();
  save(root, "b", "x");
  expect(fs.readdirSync(root).sort()).toEqual(["b", "latest"]);
});

test("a flipped bit, a missing and a shortened file are each named; newestWholeCheckpoint() takes the one before", () => {
  const root = scratchFolder();
  save(root, "step-00000001", "one");
  save(root, "step-00000002", "two");
  const data = path.join(root, "step-00000002", "data");
  for (const [damage, message] of [
    [() => fs.writeFileSync(data, "twp"), /step-00000002\/data: is damaged: its SHA-256 differs/],
    [() => fs.writeFileSync(data, "tw"), /step-00000002\/data: has 2 bytes, the manifest says 3/],
    [() => fs.rmSync(data), /step-00000002\/data: is missing/],
  ] as const) {
    damage();
    expect(() => latestCheckpoint(root)).toThrow(message);
    expect(newestWholeCheckpoint(root)).toEqual({
      folder: path.join(root, "step-00000001"),
      damage: expect.objectContaining({ message: expect.stringMatching(message) }),
    });
  }
});

test("CheckpointInProgress.commit() keeps as many checkpoints of earlier steps as asked for, and all of later ones", () => {
  const root = scratchFolder();
  const steps = () => fs.readdirSync(root).map((name) => Number(name.split("-")[1]));
  for (const step of [1, 2, 3, 4]) save(root, checkpointName(step), "x", 2);
  expect(steps()).toEqual([Number.NaN, 2, 3, 4]);
  save(root, checkpointName(4), "again", 2);
  expect(steps()).toEqual([Number.NaN, 2, 3, 4]);
  save(root, checkpointName(2), "gone back", 0);
  expect(steps()).toEqual([Number.NaN, 2, 3, 4]);
  const later = new Date(Date.now() + 60_000);
  fs.utimesSync(path.join(root, checkpointName(2), "manifest.json"), later, later);
  save(root, checkpointName(5), "x", 2);
  expect(steps()).toEqual([Number.NaN, 3, 4, 5]);
});

test("CheckpointInProgress.commit() neither counts nor removes copies that somebody made", () => {
  const root = scratchFolder();
  const copies = ["best", "step-1", "step-00000001-good", "step-000000001"];
  save(root, checkpointName(1), "x");
  for (const copy of copies)
    fs.cpSync(path.join(root, checkpointName(1)), path.join(root, copy), { recursive: true });
  for (const step of [2, 3]) save(root, checkpointName(step), "x", 1);
  const left = [...copies, "latest", checkpointName(2), checkpointName(3)];
  expect(fs.readdirSync(root).sort()).toEqual(left.sort());
});

test("CheckpointInProgress.commit() removes no model that somebody saved among the checkpoints", async () => {
  const root = scratchFolder();
  await writeDirectory(path.join(root, "best"), () => undefined);
  for (const step of [1, 2]) save(root, checkpointName(step), "x", 0);
  expect(fs.readdirSync(root).sort()).toEqual(["best", "latest", "step-00000002"]);
});

test.each([
  ["model", "checkpoint"],
  ["model", "optimizer"],
  ["optimizer", "model"],
  ["checkpoint", "model"],
] as const)("saving a %s does not replace a folder that holds a %s", (kind, other) => {
  const target = path.join(scratchFolder(), "step-00000001");
  const begin = (kind: "model" | "optimizer" | "checkpoint") => AtomicDirectory.begin(target, kind);
  begin(other).commit();
  expect(() => begin(kind)).toThrow(
    new RegExp(
      `step-00000001: holds .*${other}.*, which saving .*${kind}.* here would remove; save to`,
    ),
  );
  verifyManifest(target);
  begin(other).commit();
});

test("CheckpointInProgress.abort() leaves the earlier checkpoint, no debris and no lock", () => {
  const root = scratchFolder();
  save(root, "step-00000001", "one");
  const checkpoint = CheckpointInProgress.begin(root, "step-00000001");
  fs.writeFileSync(path.join(checkpoint.folder, "data"), "half");
  checkpoint.abort();
  expect(fs.readdirSync(root).sort()).toEqual(["latest", "step-00000001"]);
  expect(fs.readFileSync(path.join(root, "step-00000001", "data"), "utf8")).toBe("one");
});

test("writeDirectory() replaces what it wrote and keeps what others added, every time", async () => {
  const target = path.join(scratchFolder(), "model");
  const write = (name: string) =>
    writeDirectory(target, (folder) => fs.writeFileSync(path.join(folder, name), name));
  await write("a");
  fs.mkdirSync(path.join(target, "more"));
  fs.writeFileSync(path.join(target, "more", "tokenizer.json"), "{}");
  fs.symlinkSync("more", path.join(target, "link"));
  for (const name of ["b", "c", "d"]) await write(name);
  expect(fs.readdirSync(target).sort()).toEqual(["d", "link", "manifest.json", "more"]);
  expect(fs.readlinkSync(path.join(target, "link"))).toBe("more");
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

test("a file that is not as long as what was written to it is in no manifest", () => {
  const target = path.join(scratchFolder(), "model");
  using directory = AtomicDirectory.begin(target);
  const written = writeFiles(directory.folder, [{ name: "weights", content: "all of them" }]);
  expect(() => directory.commit({ weights: { bytes: 12, sha256: "" } })).toThrow(
    "has 11 bytes, 12 were written to it",
  );
  directory.commit(written);
  verifyManifest(target);
});
