// The disturbances that only a whole installation shows: what a person's own Python environments, a kill while .venv is made
// anew and a second command do to a checkout that works. After each a notebook must run.
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ended } from "./stand-in.mjs";

const notebook = {
  cells: [
    {
      cell_type: "code",
      id: "c",
      metadata: {},
      source: "6 * 7",
      outputs: [],
      execution_count: null,
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

/** One row a disturbance of the set-up checkout `root`. */
export async function realDisturbances(root) {
  const checkout = new Checkout(root);
  const rows = [];
  for (const [name, disturb] of Object.entries(disturbances)) {
    const before = checkout.venv();
    const { kept, said } = await disturb(checkout);
    const { answer, seconds } = checkout.run();
    const isKept = checkout.venv() === before;
    const stands = `.venv ${isKept ? "kept" : "replaced"}, notebook says ${answer} (${seconds} s)`;
    rows.push({ name, stands, said, ok: answer === "42" && (isKept || !kept) });
  }
  checkout.restoreRequirements();
  return rows;
}

const disturbances = {
  "activated .venv of ours": (checkout) => withPath(checkout, join(checkout.root, ".venv/bin")),
  "another activated environment": (checkout) => {
    const other = checkout.path("other-venv");
    spawnSync("python3", ["-m", "venv", "--without-pip", other]);
    return withPath(checkout, join(other, "bin"));
  },
  "foreign python3 first on the PATH": (checkout) => {
    const bin = checkout.path("foreign");
    mkdirSync(bin, { recursive: true });
    const facts = {
      version: "3.13.1",
      abi: "cpython-313",
      executable: "/no/python3",
      hasVenv: true,
    };
    writeFileSync(join(bin, "python3"), `#!/bin/sh\necho '${JSON.stringify(facts)}'\n`, {
      mode: 0o755,
    });
    return withPath(checkout, bin);
  },
  "SIGKILL while .venv is made anew": async (checkout) => {
    checkout.changeRequirements();
    const child = checkout.start();
    const log = join(checkout.root, ".setup/log/venv.log");
    while (!existsSync(log) || !readFileSync(log, "utf8").includes("requirements.txt"))
      await sleep(100);
    child.kill("SIGKILL");
    await ended(child);
    const { stdout } = spawnSync(join(checkout.root, ".venv/bin/jupyter-lab"), ["--version"], {
      encoding: "utf8",
    });
    checkout.restoreRequirements();
    return { kept: true, said: `jupyter-lab ${stdout.trim()} works right after` };
  },
  "two commands at once that make .venv anew": async (checkout) => {
    checkout.changeRequirements();
    const both = [checkout.start(), checkout.start()];
    const codes = await Promise.all(both.map(ended));
    return { kept: false, said: `exit codes ${codes.join(" and ")}` };
  },
};

function withPath(checkout, bin) {
  const { answer, stderr } = checkout.run({
    PATH: `${bin}:${process.env.PATH}`,
    VIRTUAL_ENV: join(bin, ".."),
  });
  const steps = stderr.split("\n").filter((line) => line.startsWith("✓"));
  return { kept: true, said: `notebook says ${answer}, steps run: ${steps.join(", ") || "none"}` };
}

class Checkout {
  #requirements;

  constructor(root) {
    this.root = realpathSync(root);
    this.#requirements = readFileSync(this.#requirementsFile, "utf8");
    rmSync(this.path("."), { recursive: true, force: true });
    mkdirSync(this.path("."), { recursive: true });
    writeFileSync(this.path("book.ipynb"), JSON.stringify(notebook));
  }

  get #requirementsFile() {
    return join(this.root, "setup/requirements.txt");
  }

  path(name) {
    return join(this.root, ".setup/disturbed", name);
  }

  venv() {
    return realpathSync(join(this.root, ".venv"));
  }

  /** Runs the notebook through the command line. */
  run(env = {}) {
    const started = Date.now();
    const [book, out] = [this.path("book.ipynb"), this.path("out.ipynb")];
    rmSync(out, { force: true });
    const { stderr } = spawnSync("npx", ["notebooster", "run", book, "-o", out], {
      cwd: this.root,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    const outputs = existsSync(out) ? JSON.parse(readFileSync(out, "utf8")).cells[0].outputs : [];
    const answer = outputs[0]?.data["text/plain"].join("") ?? "nothing";
    return { answer, stderr, seconds: ((Date.now() - started) / 1000).toFixed(1) };
  }

  start() {
    return spawn(process.execPath, ["setup/setup.mjs"], { cwd: this.root, stdio: "ignore" });
  }

  changeRequirements() {
    appendFileSync(this.#requirementsFile, "# disturbed\n");
  }

  restoreRequirements() {
    writeFileSync(this.#requirementsFile, this.#requirements);
  }
}
