// Two processes that load from one folder, or save into it, at the same moment.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { CheckpointInProgress } from "../../src/checkpoint/latest-checkpoint.js";
import { sharedFolderInMemory } from "../fixtures/scratch.js";

const ROUNDS = 50;
const scratch = sharedFolderInMemory();
/** A process that has ended. */
const { pid: DEAD } = spawnSync("true");
const program = fileURLToPath(new URL("../fixtures/faults/race.mjs", import.meta.url));

class Racer {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(what: "load" | "save", root: string) {
    this.process = spawn(process.execPath, [program, what, root], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void this.process.kill("SIGKILL"));
    const input = this.process.stdout as NodeJS.ReadableStream;
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  go(): void {
    this.process.stdin?.write("\n");
  }

  async line(): Promise<string> {
    return (await this.#lines.next()).value;
  }
}

/** Two that are ready to go. */
async function racers(what: "load" | "save", root: string): Promise<[Racer, Racer]> {
  const both: [Racer, Racer] = [new Racer(what, root), new Racer(what, root)];
  for (const one of both) expect(await one.line()).toBe("ready");
  return both;
}

async function race(both: readonly Racer[]): Promise<string[]> {
  for (const one of both) one.go();
  return Promise.all(both.map((one) => one.line()));
}

function save(root: string, name: string): void {
  const saving = CheckpointInProgress.begin(root, name);
  fs.writeFileSync(path.join(saving.folder, "data"), name);
  saving.commit();
}

/** What a process leaves that dies in a save and in removals: folders of many files. */
function leaveBehind(root: string): void {
  const host = fs.readFileSync("/proc/sys/kernel/hostname", "utf8").trim();
  const temporary = (name: string, i: number) =>
    path.join(root, `.${name}-${DEAD}-1-${host}-0000000${i}`);
  for (const i of [1, 2, 3]) {
    for (const kind of ["new", "gone"]) {
      const folder = temporary(`step-${i}.${kind}`, i);
      fs.mkdirSync(path.join(folder, "ranks"), { recursive: true });
      for (let file = 0; file < 10; file++) {
        fs.writeFileSync(path.join(folder, String(file)), "x");
        fs.writeFileSync(path.join(folder, "ranks", String(file)), "x");
      }
    }
    fs.writeFileSync(temporary("latest.new", i), "x");
    fs.writeFileSync(temporary("save.lock", i), "");
  }
}

test(`two processes that load at once, ${ROUNDS} times, both clear up and both load`, async () => {
  const root = path.join(scratch, "loads");
  save(root, "step-00000001");
  const both = await racers("load", root);
  for (let round = 0; round < ROUNDS; round++) {
    leaveBehind(root);
    expect(await race(both)).toEqual(["step-00000001", "step-00000001"]);
    expect(fs.readdirSync(root).sort()).toEqual(["latest", "step-00000001"]);
  }
});

test(`of two processes that save at once, ${ROUNDS} times, one at a time does; others are refused by name`, async () => {
  const root = path.join(scratch, "saves");
  fs.mkdirSync(root);
  const both = await racers("save", root);
  for (let round = 0; round < ROUNDS; round++) {
    leaveBehind(root);
    const outcomes = await race(both);
    const saved = outcomes.filter((outcome) => outcome.startsWith("by-"));
    expect(saved.length, outcomes.join("\n")).toBeGreaterThan(0);
    const refused = /^by-\d+$|^CheckpointError: .*: process \d+ on .* is saving here; wait for it/;
    for (const outcome of outcomes) expect(outcome).toMatch(refused);
    const [latest] = fs.readFileSync(path.join(root, "latest"), "utf8").split("\n");
    expect(fs.readdirSync(root).sort()).toEqual(["latest", latest]);
  }
});
