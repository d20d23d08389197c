// Where `notebooster run` writes: checked before the first cell, written after every cell.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { NODE_ARGS, type Output, runNotebook, writeBook } from "./notebook-run.js";

test("an output that cannot be written is told before the first cell runs", () => {
  const ran = join(scratchFolder(), "ran");
  const cell = `(await import("node:fs")).writeFileSync(${JSON.stringify(ran)}, "")`;
  for (const [output, reason] of [
    ["/no/such/folder/x.ipynb", "There is no folder /no/such/folder"],
    ["/dev/null", "It is there and no file"],
    ["/proc/x.ipynb", "cannot be written (ENOENT)"],
    ["/proc/x.html", "cannot be written (ENOENT)"],
  ] as const) {
    const { status, stderr } = runNotebook([cell], "-o", output);
    expect({ output, status }).toEqual({ output, status: 2 });
    expect(stderr).toContain(reason);
  }
  expect(existsSync(ran)).toBe(false);
});

test("a run that is killed leaves the outputs of the cells that ended", async () => {
  const { notebook, output } = writeBook(["console.log('first')", "await new Promise(() => 0)"]);
  const argv = [...NODE_ARGS, notebook, "-o", output];
  const child = spawn(process.execPath, argv, {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  for await (const text of child.stderr.setEncoding("utf8"))
    if (String(text).includes("cell 2/2")) break;
  child.kill("SIGKILL");
  await once(child, "exit");
  spawnSync("kill", ["-KILL", "--", `-${child.pid}`]); // its kernel, if that is still there
  const { cells } = JSON.parse(readFileSync(output, "utf8"));
  expect(cells.map(({ outputs }: { outputs: Output[] }) => outputs)).toEqual([
    [{ output_type: "stream", name: "stdout", text: ["first\n"] }],
    [],
  ]);
});

test("an output that is lost while the run goes on is told, exit code 1", () => {
  const cell = "(await import('node:fs')).rmSync('gone', { recursive: true })";
  const { notebook, folder } = writeBook([cell]);
  mkdirSync(join(folder, "gone"));
  const argv = [...NODE_ARGS, notebook, "-o", join(folder, "gone/out.ipynb")];
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toContain("cannot be written (ENOENT)");
  expect(stderr).not.toContain("    at ");
});
