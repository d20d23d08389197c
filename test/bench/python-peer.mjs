// A Python program of test/bench-peers as the other side of a comparison: started once, asked in turns with ours.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const testPython = join(root, ".setup/test-venv/bin/python");

/** The Python with torch and transformers: that of the tests, or NOTEBOOSTER_PYTHON / python3 on the host of a bundle. */
export const python = existsSync(testPython)
  ? testPython
  : (process.env.NOTEBOOSTER_PYTHON ?? "python3");

const peer = (name) => join(root, "test/bench-peers", name);

/** As a person would start Python: without what loading our addon put into the environment. */
function environment() {
  const { GOMP_SPINCOUNT: _, THP_MEM_ALLOC_ENABLE: __, ...env } = process.env;
  return env;
}

/** Runs a peer to its end and parses the one JSON line it prints. */
export function runPeer(name, args) {
  const answer = execFileSync(python, [peer(name), ...args.map(String)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: environment(),
  });
  return JSON.parse(answer);
}

/** Starts a peer that answers one JSON line per request; `ask` sends one, `close` ends it. */
export function startPeer(name, args) {
  const child = spawn(python, [peer(name), ...args.map(String)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment(),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended without an answer to ${JSON.stringify(request)}`);
      return JSON.parse(value);
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
