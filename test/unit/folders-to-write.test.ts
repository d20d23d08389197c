// Folders that cannot be made or written: each is told with its path and what to do, and none is waited for for ever.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeDirectory } from "../../src/checkpoint/atomic-directory.js";
import { CheckpointError } from "../../src/checkpoint/checkpoint-error.js";
import { CheckpointInProgress, latestCheckpoint } from "../../src/checkpoint/latest-checkpoint.js";
import { makeFolder } from "../../src/files/folder.js";
import { scratchFolder } from "../fixtures/scratch.js";

const DIST = new URL("../../dist/src/", import.meta.url).href;
/** Saves or looks for a checkpoint in its argument, in a working directory that is deleted. */
const PROGRAM = `
import fs from "node:fs";
import { writeDirectory } from "${DIST}checkpoint/atomic-directory.js";
import { CheckpointInProgress, latestCheckpoint } from "${DIST}checkpoint/latest-checkpoint.js";
const [where, folder] = process.argv.slice(1);
process.cwd();
fs.rmSync(where, { recursive: true });
for (const act of [
  () => CheckpointInProgress.begin(folder, "a"),
  () => writeDirectory(folder, () => undefined),
  () => latestCheckpoint(folder),
]) {
  try { await act(); console.log("done"); } catch (error) { console.log(error.name + ": " + error.message); }
}`;

function inDeletedFolder(folder: string): string[] {
  const cwd = path.join(scratchFolder(), "deleted");
  fs.mkdirSync(cwd);
  const argv = ["--input-type=module", "-e", PROGRAM, "--", cwd, folder];
  const { stdout, signal } = spawnSync(process.execPath, argv, {
    cwd,
    timeout: 30_000,
    encoding: "utf8",
  });
  expect(signal).toBe(null);
  expect(fs.existsSync(cwd)).toBe(false);
  return stdout.trim().split("\n");
}

test.each(["rel", "rel/x", "./a/b/c"])(
  "in a deleted working directory %s is refused at once",
  (folder) => {
    const refused = new RegExp(
      `^CheckpointError: ${folder}: the working directory was deleted; go to one that exists`,
    );
    expect(inDeletedFolder(folder)).toEqual(Array(3).fill(expect.stringMatching(refused)));
  },
);

test("where the system takes no folders they are refused at once", () => {
  const [saved, written, read] = inDeletedFolder("/proc/x/y");
  const refused =
    "CheckpointError: /proc/x/y: its folder does not exist, or takes no files; choose another folder";
  expect([saved, written]).toEqual([refused, refused.replace("/y", "")]);
  expect(read).toBe("CheckpointError: /proc/x/y: no such checkpoint folder; check the path");
});

const refusals: [path: string, saved: RegExp, written: RegExp][] = [
  [
    "",
    /^"": is no path; give that of a checkpoint folder$/,
    /^"": is no path; give that of a folder to write$/,
  ],
  [
    "/etc/passwd",
    /is not a folder; give the path of a checkpoint folder/,
    /is a file; give the path of a folder/,
  ],
  [
    "/etc/passwd/x/y",
    /a part of its path is a file, not a folder/,
    /a part of its path is a file, not a folder/,
  ],
  [
    "/proc",
    /^\/proc: (its folder does not exist|no permission)/,
    /is a folder with files not saved/,
  ],
  [
    `/tmp/${"x".repeat(300)}`,
    /cannot be read \(ENAMETOOLONG\); check the path/,
    /is longer than a path may be/,
  ],
];

test.each(refusals)("%s is refused as a place to save", async (folder, saved, written) => {
  const begin = () => CheckpointInProgress.begin(folder, "a");
  expect(begin).toThrow(CheckpointError);
  expect(begin).toThrow(saved);
  const writing = writeDirectory(folder, () => undefined);
  await expect(writing).rejects.toThrow(CheckpointError);
  await expect(writing).rejects.toThrow(written);
});

test("links that lead nowhere or in a circle are told", () => {
  const folder = scratchFolder();
  fs.symlinkSync("nowhere", path.join(folder, "dangling"));
  fs.symlinkSync("circle", path.join(folder, "circle"));
  const begin = (name: string) => () => CheckpointInProgress.begin(path.join(folder, name), "a");
  expect(begin("dangling")).toThrow(/dangling: is a link to something that does not exist/);
  expect(begin("circle/x")).toThrow(/cannot be read \(ELOOP\); check the path/);
  expect(() => latestCheckpoint(path.join(folder, "circle"))).toThrow(CheckpointError);
});

test("makeFolder() makes what is missing above it too, with the permissions asked for, and again does nothing", () => {
  const top = scratchFolder();
  const folder = `${top}/a/b/../c`;
  const purpose = { what: "folder", problem: (problem: string) => new Error(problem), mode: 0o700 };
  makeFolder(folder, purpose);
  fs.writeFileSync(path.join(folder, "kept"), "");
  makeFolder(folder, purpose);
  expect(fs.readdirSync(path.join(top, "a", "c"))).toEqual(["kept"]);
  for (const made of ["a", "a/b", "a/c"])
    expect(fs.statSync(path.join(top, made)).mode & 0o777).toBe(0o700);
});
