// An installation in miniature: the real machinery of setup on a copy of its files, with a small step of each kind (a folder
// replaced by renames, an environment behind a link, a file that its program replaces). Each output holds the version of the
// file `input` in several places, so that a half-made one is recognised. The step `aside`, which waits for no other, runs by name.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../../setup", import.meta.url));

/** The names of the steps. */
export const kinds = ["folder", "environment", "file"];

// While a file `slow-NAME` exists step NAME sleeps in a program of its own; `fail-NAME` makes it fail; `die-NAME` kills
// setup between the two renames of a replacement.
const steps = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { runLogged } from "./setup/command.mjs";
import { paths } from "./setup/paths.mjs";
import { replace, stagingFolder } from "./setup/replace.mjs";
import { runAsProgram } from "./setup/run-as-program.mjs";
import { runSetup } from "./setup/setup.mjs";
import { publishVenv } from "./setup/venvs.mjs";
const inputs = () => [{ file: "input" }];
const version = () => readFileSync("input", "utf8");
const program = (name, text) => runLogged(["sh", "-c", text], { log: name, advice: "Mend it." });
const begin = async (name) => {
  appendFileSync("events", name + " ");
  if (existsSync("slow-" + name)) await program(name, "sleep 61");
  if (existsSync("fail-" + name)) await program(name, readFileSync("fail-" + name, "utf8"));
};
let made;
const fill = (folder) => {
  mkdirSync(folder, { recursive: true });
  for (const file of ["a", "b"]) writeFileSync(folder + "/" + file, version());
  made = folder;
};
const folder = {
  name: "folder", title: "Folder", inputs, isPresent: () => existsSync("folder/b"),
  run: async () => { const at = stagingFolder("folder"); writeFileSync(at + "/a", version()); await begin("folder"); fill(at); },
  publish: () => {
    if (existsSync("die-folder")) {
      mkdirSync(paths.replaced, { recursive: true });
      renameSync("folder", paths.replaced + "/folder");
      process.kill(process.pid, "SIGKILL");
    }
    replace(paths.root + "/folder", made);
  },
};
const environment = {
  name: "environment", title: "Environment", inputs, isPresent: () => existsSync(".venv/b"),
  run: async () => { const at = paths.venvs + "/" + version(); fill(at); await begin("environment"); },
  publish: () => publishVenv(paths.venv, made),
};
const file = {
  name: "file", title: "File", inputs, isPresent: () => existsSync("file"),
  run: async () => { await begin("file"); await program("file", "cat input input > file.new && mv file.new file"); },
};
const aside = {
  name: "aside", title: "Aside", after: [], inputs, isPresent: () => existsSync("aside"),
  run: async () => { await begin("aside"); await program("aside", "cat input > aside"); },
};
const all = { folder, environment, file, aside };
const names = process.argv.slice(2);
const chosen = names.length === 0 ? ["folder", "environment", "file"] : names;
await runAsProgram(import.meta.url, {}, () => runSetup(chosen.map((name) => all[name])));
`;

export class StandIn {
  /** @param root an empty folder */
  constructor(root) {
    this.root = root;
    cpSync(sources, join(root, "setup"), { recursive: true });
    this.write("package.json", '{ "type": "module" }');
    this.write("steps.mjs", steps);
    this.write("events", "");
    this.write("input", "v1");
  }

  path(name) {
    return join(this.root, name);
  }

  write(name, text = "") {
    writeFileSync(this.path(name), text);
  }

  remove(name) {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  /** Runs setup to its end; `names` of steps, all when none is given. */
  run(names = [], env = {}) {
    return spawnSync(process.execPath, ["steps.mjs", ...names], {
      cwd: this.root,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
  }

  /** Starts setup. */
  /** @returns {import("node:child_process").ChildProcessByStdio<null, null, import("node:stream").Readable>} */
  start(names = []) {
    return spawn(process.execPath, ["steps.mjs", ...names], {
      cwd: this.root,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  /** The steps that ran, in order. */
  events() {
    return readFileSync(this.path("events"), "utf8").trim();
  }

  /** Resolves when step `name`, being slow, has started its program `sleep`. */
  async untilSleeping(name) {
    while (!this.events().endsWith(name) || this.sleepers().length === 0) await sleep(20);
  }

  /** Ids of the programs that slow steps of this installation run. */
  sleepers() {
    const { stdout } = spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => /\d sleep 61$/.test(line));
    return lines.map((line) => Number.parseInt(line, 10)).filter((pid) => this.#isOurs(pid));
  }

  #isOurs(pid) {
    const { stdout } = spawnSync("readlink", [`/proc/${pid}/cwd`], { encoding: "utf8" });
    return stdout.trim() === this.root;
  }

  /** The version of each output: "v1", "v2", "missing" or "BROKEN" where its parts differ. */
  outputs() {
    return {
      folder: this.#versionOf(["folder/a", "folder/b"]),
      environment: this.#versionOf([".venv/a", ".venv/b"]),
      file: existsSync(this.path("file"))
        ? (/^(v\d)\1$/.exec(readFileSync(this.path("file"), "utf8"))?.[1] ?? "BROKEN")
        : "missing",
    };
  }

  #versionOf(files) {
    const there = files.filter((file) => existsSync(this.path(file)));
    if (there.length === 0) return "missing";
    const versions = new Set(there.map((file) => readFileSync(this.path(file), "utf8")));
    return there.length === files.length && versions.size === 1 ? [...versions][0] : "BROKEN";
  }
}

/** Resolves with the exit code of a process, or the name of the signal that ended it. */
export async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? child.signalCode;
}
