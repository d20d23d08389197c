// Checks and benchmarks run on GPU hosts out of a bundle, where no test sees them: whatever they import or start by name has to
// be in it, and this Node has to understand all of it.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { bundledPaths, isBundled } from "../../setup/bundle-contents.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Where a program that is started by its name alone may be. */
const STARTED_FROM = ["test/gpu", "test/bench", "test/fixtures", "test/bench-peers"];
const CHECK_ALL = `
  import { readFileSync } from "node:fs"; import { SourceTextModule } from "node:vm";
  for (const file of process.argv.slice(1))
    try { new SourceTextModule(readFileSync(file, "utf8")); } catch (error) { console.log(file + ": " + error.message); }`;

test("a bundle has every file and package that its checks and benchmarks use", () => {
  const bundled = bundledPaths();
  const isThere = (path: string) =>
    bundled.some((each) => path === each || path.startsWith(`${each}/`)) &&
    existsSync(join(root, path)) &&
    isBundled(join(root, path));
  const used = programs().flatMap((program) =>
    usedBy(program).map((path) => ({ program, path, isThere: isThere(path) })),
  );
  expect(used.filter(({ isThere }) => !isThere)).toEqual([]);
  const paths = new Set(used.map(({ path }) => path));
  expect([...paths]).toEqual(expect.arrayContaining(["test/fixtures/run-ranks.mjs"])); // imported
  expect([...paths]).toEqual(expect.arrayContaining(["test/fixtures/train-small.mjs"])); // started
});

test("this Node parses every program of a bundle", () => {
  const flags = ["--no-warnings", "--experimental-vm-modules", "--input-type=module"];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "-e", CHECK_ALL, ...programs().map((program) => join(root, program))],
    { encoding: "utf8" },
  );
  expect(stdout + stderr).toBe("");
});

/** Programs of test/gpu and test/bench, and those of ours that they use, by their paths below the root. */
function programs(): string[] {
  const all = new Set(
    ["test/gpu", "test/bench"].flatMap((folder) =>
      readdirSync(join(root, folder))
        .map((name) => `${folder}/${name}`)
        .filter((path) => isBundled(join(root, path))),
    ),
  );
  for (const program of all)
    for (const path of usedBy(program).filter((path) => path.endsWith(".mjs"))) {
      if (path.startsWith("test/") && existsSync(join(root, path))) all.add(path);
    }
  return [...all];
}

/** What a program imports, or names as a program to start. */
function usedBy(program: string): string[] {
  const text = readFileSync(join(root, program), "utf8");
  const imported = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName);
  const named = [...text.matchAll(/["'`]([\w./-]+\.(?:mjs|py))["'`]/g)].map(
    ([, name]) => `${name}`,
  );
  return [
    ...imported.filter((name) => !/^(node:|notebooster)/.test(name)).map((name) => place(name)),
    ...named.filter((name) => !imported.includes(name)).map((name) => startedAt(name)),
  ];

  function place(name: string): string {
    return name.startsWith(".") ? beside(name) : `node_modules/${name}`;
  }
  function beside(name: string): string {
    return relative(root, join(root, dirname(program), name));
  }
  function startedAt(name: string): string {
    const places = [beside(name), ...STARTED_FROM.map((folder) => join(folder, name))];
    return places.find((path) => existsSync(join(root, path))) ?? `${name}, named in ${program}`;
  }
}
