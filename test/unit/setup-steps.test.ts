// The machinery of setup on a copy of its files in an empty folder: what is rebuilt, what stands after a disturbance, missing
// tools. test/setup/disturbances.mjs has those that need root or minutes.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { ended, kinds, StandIn } from "../setup/stand-in.mjs";

const all = (version: string) => ({ folder: version, environment: version, file: version });

describe("steps", () => {
  let setup: StandIn;

  beforeEach(() => {
    setup = new StandIn(scratchFolder());
    expect(setup.run().status).toBe(0);
    expect(setup.outputs()).toEqual(all("v1"));
  });

  test("a step runs again when its inputs change or its output is gone, and only then", () => {
    setup.run();
    expect(setup.events()).toBe("folder environment file");
    setup.remove("folder");
    setup.run();
    expect(setup.events()).toBe("folder environment file folder");
    setup.write("input", "v2");
    expect(setup.run().status).toBe(0);
    expect(setup.events()).toBe("folder environment file folder folder environment file");
    expect(setup.outputs()).toEqual(all("v2"));
  });

  test.each(kinds.flatMap((name) => ["SIGINT", "SIGKILL"].map((signal) => ({ name, signal }))))(
    "$signal in the step $name leaves what worked and no program; the next setup ends it",
    async ({ name, signal }) => {
      setup.write("input", "v2");
      setup.write(`slow-${name}`);
      const child = setup.start();
      await setup.untilSleeping(name);
      child.kill(signal as NodeJS.Signals);
      expect(await ended(child)).toBe(signal === "SIGINT" ? 130 : signal);
      while (setup.sleepers().length > 0) await sleep(20);
      expect(setup.outputs()[name as "file"]).toBe("v1");
      setup.remove(`slow-${name}`);
      expect(setup.run().status).toBe(0);
      expect(setup.outputs()).toEqual(all("v2"));
      expect(existsSync(setup.path(".setup/staging"))).toBe(false);
    },
  );

  test("a kill between two renames is mended by the next setup, before anything is built", () => {
    setup.write("input", "v2");
    setup.write("die-folder");
    expect(setup.run().signal).toBe("SIGKILL");
    expect(setup.outputs().folder).toBe("missing");
    setup.write("fail-folder", "exit 3");
    expect(setup.run().status).toBe(1);
    expect(setup.outputs()).toEqual(all("v1"));
  });

  test("a failed step leaves what worked, which needs no setup when its old inputs are back", () => {
    setup.write("input", "v2");
    setup.write("fail-environment", "echo the reason; exit 3");
    const { status, stderr } = setup.run(["environment"]);
    expect(status).toBe(1);
    expect(stderr).toContain("the reason");
    expect(stderr).toContain("failed (exit code 3). Mend it.");
    expect(stderr).toContain(setup.path(".setup/log/environment.log"));
    expect(stderr).not.toContain("at runLogged");
    expect(setup.outputs()).toEqual(all("v1"));
    setup.write("input", "v1");
    setup.write("events", "");
    expect(setup.run(["environment"]).status).toBe(0);
    expect(setup.events()).toBe("");
  });

  test("a step that waits for no other runs beside them; what comes after one that failed does not run", async () => {
    setup.write("input", "v2");
    setup.write("slow-folder");
    const child = setup.start(["folder", "aside", "file"]);
    const isSleeping = () => setup.sleepers().length > 0;
    await expect.poll(() => existsSync(setup.path("aside")) && isSleeping()).toBe(true);
    child.kill("SIGKILL");
    await ended(child);
    setup.remove("slow-folder");
    setup.write("input", "v3");
    setup.write("fail-aside", "echo the reason; exit 3");
    setup.write("events", "");
    const { status, stderr } = setup.run(["folder", "aside", "file"]);
    expect([status, setup.events()]).toEqual([1, "folder aside"]);
    expect(stderr).toContain("the reason");
    expect(setup.outputs()).toMatchObject({ folder: "v3", file: "v1" });
  });

  test("a full disk is named as the reason", () => {
    setup.write("input", "v2");
    setup.write("fail-folder", "echo 'OSError: [Errno 28] No space left on device'; exit 1");
    expect(setup.run().stderr).toContain("The disk is full: make room");
  });

  test("a second setup waits for the first; one that has nothing to do does not", async () => {
    setup.write("slow-file");
    setup.remove("file");
    const first = setup.start();
    await setup.untilSleeping("file");
    const second = setup.start();
    const [message] = await once(second.stderr, "data");
    expect(String(message)).toContain(`process ${first.pid} is running`);
    expect(setup.run(["folder", "environment"])).toMatchObject({ status: 0, stderr: "" });
    setup.remove("slow-file");
    first.kill("SIGKILL");
    expect(await ended(second)).toBe(0);
    expect(setup.outputs()).toEqual(all("v1"));
    expect(setup.events()).toBe("folder environment file file file");
  });

  test("an environment that a process has open stays until it ends", async () => {
    const program = "const fs = require('fs'); console.log(1); setInterval(() => 0, 1000)";
    const venv = setup.path(".setup/venvs/v1");
    cpSync(process.execPath, join(venv, "program"));
    const user = spawn(join(venv, "program"), ["-e", program], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(user.stdout, "data");
    setup.write("input", "v2");
    setup.run();
    expect(existsSync(venv)).toBe(true);
    user.kill();
    await ended(user);
    setup.write("input", "v3");
    setup.run();
    expect(existsSync(venv)).toBe(false);
  });
});

describe("the Python", () => {
  const base = JSON.parse(
    spawnSync("python3", ["-c", "import sys, json; print(json.dumps([sys._base_executable]))"], {
      encoding: "utf8",
    }).stdout,
  )[0];
  let root: string;
  const find = (env: Record<string, string | undefined>) => {
    const program = `import("./setup/python.mjs").then((m) => console.log(JSON.stringify(m.findPython())))`;
    const given = { ...process.env, NOTEBOOSTER_PYTHON: undefined, ...env };
    const options = { cwd: root, encoding: "utf8", env: given } as const;
    return JSON.parse(spawnSync(process.execPath, ["-e", program], options).stdout);
  };
  const venv = (path: string) => {
    const made = spawnSync(base, ["-m", "venv", "--without-pip", path], { encoding: "utf8" });
    expect(made.stderr).toBe("");
    return join(path, "bin");
  };
  const pathWith = (folder: string) => ({ PATH: `${folder}:${process.env["PATH"]}` });
  const foreign = () => {
    const facts = { version: "3.13.1", abi: "cpython-313", executable: "/foreign", hasVenv: true };
    const folder = join(root, "foreign");
    mkdirSync(folder);
    writeFileSync(join(folder, "python3"), `#!/bin/sh\necho '${JSON.stringify(facts)}'\n`);
    chmodSync(join(folder, "python3"), 0o755);
    return folder;
  };

  beforeEach(() => {
    root = scratchFolder();
    cpSync(fileURLToPath(new URL("../../setup", import.meta.url)), join(root, "setup"), {
      recursive: true,
    });
  });

  test("of an activated environment is the interpreter that it was made of", () => {
    const other = venv(join(root, "other"));
    const found = find({ ...pathWith(other), VIRTUAL_ENV: join(root, "other") }).executable;
    expect(found).not.toContain(root);
    expect(realpathSync(found)).toBe(realpathSync(base));
  });

  test("of a working .venv stays, whichever python3 is first on the PATH or activated", () => {
    const bin = venv(join(root, ".venv"));
    const path = pathWith(foreign());
    expect(find(path).executable).toBe("/foreign");
    const { abi } = find({});
    writeFileSync(
      join(root, ".venv/made-of.json"),
      JSON.stringify({ executable: base, abi, torch: null }),
    );
    expect(find(path)).toMatchObject({ executable: base, abi, torch: null });
    expect(find(pathWith(bin))).toMatchObject({ executable: base, torch: null });
    expect(find({ ...path, NOTEBOOSTER_PYTHON: "python3" }).executable).toBe("/foreign");
  });

  test("that has gone, or has another ABI, gives way to python3", () => {
    venv(join(root, ".venv"));
    const path = pathWith(foreign());
    const write = (made: object) =>
      writeFileSync(join(root, ".venv/made-of.json"), JSON.stringify({ torch: null, ...made }));
    write({ executable: "/no/such/python3", abi: find({}).abi });
    expect(find(path).executable).toBe("/foreign");
    write({ executable: base, abi: "cpython-39-x86_64-linux-gnu" });
    expect(find(path).executable).toBe("/foreign");
  });
});

const pythonFacts = { version: "3.11.2", executable: "python3", hasVenv: true, torch: null };
const pythonWith = (facts: object) => `echo '${JSON.stringify({ ...pythonFacts, ...facts })}'`;
const compiler = "echo 'g++ (Debian 12.2.0-14) 12.2.0'";

test.each([
  {
    tools: { python3: pythonWith({}) },
    says: "C++ compiler is missing: ",
    install: "apt-get install -y g++",
  },
  {
    tools: { "g++": compiler },
    says: "Python is missing: ",
    install: "apt-get install -y python3 python3-venv",
  },
  {
    tools: { "g++": compiler, python3: pythonWith({ hasVenv: false }) },
    says: "Python venv module is missing: ",
    install: "apt-get install -y python3-venv",
  },
  {
    tools: { "g++": compiler, python3: pythonWith({ version: "3.9.2" }) },
    says: "Python is 3.9.2, required is >= 3.11: ",
    install: "apt-get install -y python3 python3-venv",
  },
  {
    tools: { "g++": "echo 'g++ 9.4.0'", python3: pythonWith({}) },
    says: "C++ compiler is gcc 9.4, required is g++ >= 11 or clang++ >= 14: ",
    install: "apt-get install -y g++",
  },
])("setup stops with one sentence: $says", ({ tools, says, install }) => {
  const root = scratchFolder();
  cpSync(fileURLToPath(new URL("../../setup", import.meta.url)), join(root, "setup"), {
    recursive: true,
  });
  const bin = join(root, "bin");
  mkdirSync(bin);
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = { ...process.env, PATH: bin, NOTEBOOSTER_PYTHON: undefined, CXX: undefined };
  const options = { cwd: root, encoding: "utf8", env } as const;
  const { status, stderr } = spawnSync(process.execPath, ["setup/setup.mjs"], options);
  expect(status).toBe(1);
  expect(stderr.trim()).toMatch(/^[^\n]*$/);
  expect(stderr).toContain(says);
  expect(stderr).toContain(install);
});
