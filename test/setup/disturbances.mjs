// What stands after setup was disturbed, as a table; exit code 1 when something is broken. By default on installations in
// miniature (test/setup/stand-in.mjs), each with version 1 working and version 2 wanted: about a minute, and root for the
// rows that need a disk of their own. With --real CHECKOUT the same questions to a whole, set-up checkout that may be thrown
// away: about ten minutes.
//   node test/setup/disturbances.mjs [--real CHECKOUT]
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { realDisturbances } from "./real-disturbances.mjs";
import { ended, kinds, StandIn } from "./stand-in.mjs";

const { values } = parseArgs({ options: { real: { type: "string" } } });
const scratch = mkdtempSync(join(tmpdir(), "notebooster-disturbances-"));
const shell = (command) => spawnSync("sh", ["-c", command], { encoding: "utf8" });

/** Name -> what is done to an installation; what it returns is what setup said. */
const disturbances = {
  ...Object.fromEntries(
    kinds.flatMap((name) =>
      ["SIGKILL", "SIGINT"].map((signal) => [
        `${signal} in the step ${name}`,
        (setup) => interrupt(setup, name, signal),
      ]),
    ),
  ),
  "SIGKILL between two renames": (setup) => {
    setup.write("die-folder");
    setup.run();
    setup.remove("die-folder");
    setup.write("fail-folder", "echo no network; exit 1"); // restored before anything is built
    const { stderr } = setup.run();
    setup.remove("fail-folder");
    return stderr;
  },
  "no network in each step": (setup) => {
    const said = kinds.map((name) => {
      setup.write(`fail-${name}`, "echo 'Could not fetch URL'; exit 1");
      const { stderr } = setup.run([name]);
      setup.remove(`fail-${name}`);
      return stderr;
    });
    return said.join("");
  },
  "two commands at once": async (setup) => {
    const both = [setup.start(), setup.start()];
    let said = "";
    for (const child of both) child.stderr.on("data", (text) => (said += text));
    const codes = await Promise.all(both.map(ended));
    return `${said}exit codes ${codes.join(" and ")}`;
  },
  "a command with nothing to do while another builds": async (setup) => {
    setup.write("input", "v1");
    setup.remove("file");
    setup.write("slow-file");
    const first = setup.start();
    await setup.untilSleeping("file");
    const { status, stderr } = setup.run(["folder", "environment"]);
    setup.remove("slow-file");
    first.kill("SIGKILL");
    await ended(first);
    setup.run();
    return `exit code ${status}${stderr}`;
  },
  "full disk": (setup) => {
    setup.write("fail-folder", "head -c 100M /dev/zero > .setup/staging/folder/big");
    const said = setup.run().stderr;
    setup.remove("fail-folder");
    return said;
  },
  "read-only checkout": (setup) => {
    shell(`mount -o remount,ro ${setup.root}`);
    const said = setup.run().stderr;
    shell(`mount -o remount,rw ${setup.root}`);
    return said;
  },
  "read-only home": (setup) => {
    const home = join(scratch, "home");
    mkdirSync(home);
    shell(`mount -t tmpfs -o ro none ${home} || chmod 500 ${home}`);
    const program =
      "import('./setup/environment.mjs').then((m) => console.log('caches:', m.npmEnvironment().npm_config_cache, m.pythonEnvironment().PIP_CACHE_DIR))";
    const { HOME: _, npm_config_cache: __, PIP_CACHE_DIR: ___, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ["-e", program], {
      cwd: setup.root,
      encoding: "utf8",
      env: { ...env, HOME: home },
    });
    const { stderr } = setup.run([], { HOME: home });
    shell(`umount ${home}`);
    return stderr + stdout;
  },
  "a python3 that does not run, first on the PATH": (setup) => {
    const bin = join(scratch, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "python3"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    return setup.run([], { PATH: `${bin}:${process.env.PATH}` }).stderr;
  },
  "the checkout copied with other file times": (setup) => {
    setup.write("input", "v1");
    setup.write("events");
    cpSync(setup.path("input"), setup.path("input.copy"));
    shell(`cd ${setup.root} && mv input.copy input && touch input`);
    const { status } = setup.run();
    return `exit code ${status}, steps run: ${setup.events() || "none"}`;
  },
};

async function interrupt(setup, name, signal) {
  setup.write(`slow-${name}`);
  const child = setup.start();
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  await setup.untilSleeping(name);
  child.kill(signal);
  await ended(child);
  setup.remove(`slow-${name}`);
  return said;
}

async function standInRows() {
  const rows = [];
  for (const [name, disturb] of Object.entries(disturbances)) {
    const root = join(scratch, "root");
    mkdirSync(root);
    const hasDisk = shell(`mount -t tmpfs -o size=16m none ${root}`).status === 0;
    if (hasDisk || !/disk|read-only checkout/.test(name)) {
      rows.push({ name, ...(await standIn(new StandIn(root), disturb)) });
    } else rows.push({ name, stands: "not tried: needs root", said: "", ok: true });
    if (hasDisk) shell(`umount ${root}`);
    rmSync(root, { recursive: true });
  }
  return rows;
}

async function standIn(setup, disturb) {
  setup.run();
  setup.write("input", "v2");
  const said = await disturb(setup);
  const after = setup.outputs();
  const wanted = setup.run();
  const end = setup.outputs();
  const isWhole = (outputs) => Object.values(outputs).every((version) => /^v\d$/.test(version));
  const isClear = !/^ +at /m.test(said); // a sentence, no stack
  const ok = isWhole(after) && isWhole(end) && wanted.status === 0 && isClear;
  const list = (outputs) => Object.values(outputs).join(" ");
  return { ok, stands: `${list(after)}, next command: ${list(end)}`, said: lastSentence(said) };
}

function lastSentence(text) {
  const lines = text
    .split("\n")
    .filter((line) => /\S/.test(line) && !/^[·✓✗]|^Full log/.test(line));
  return lines.at(-1)?.replaceAll(scratch, "") ?? "";
}

const rows = values.real === undefined ? await standInRows() : await realDisturbances(values.real);
console.log("| | disturbance | what stands afterwards | what was said |\n|---|---|---|---|");
for (const { ok, name, stands, said } of rows)
  console.log(`| ${ok ? "✓" : "✗"} | ${name} | ${stands} | ${said} |`);
rmSync(scratch, { recursive: true, force: true });
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
