// What setup/modules.mjs makes of src/ and kernel/: few files, in which each module is there once and under its own names.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

/** Imports a file and says what came with it. */
const PROGRAM = `import { Session } from "node:inspector";
const session = new Session();
session.connect();
const files = new Set();
session.on("Debugger.scriptParsed", ({ params }) => files.add(params.url));
session.post("Debugger.enable");
await import(process.argv[1]);
const hasLibtorch = process.report.getReport().sharedObjects.some((path) => path.includes("libtorch"));
console.log(JSON.stringify({ hasLibtorch, numFiles: [...files].filter((url) => url.includes("/dist/")).length }));
process.exit();`;

function loadedBy(file: string): { readonly hasLibtorch: boolean; readonly numFiles: number } {
  const args = ["--input-type=module", "-e", PROGRAM, DIST + file];
  return JSON.parse(String(execFileSync(process.execPath, args)));
}

test("the library is loaded from few files", () => {
  const { hasLibtorch, numFiles } = loadedBy("src/index.js");
  expect(hasLibtorch).toBe(true);
  expect(numFiles).toBeGreaterThan(0);
  expect(numFiles).toBeLessThan(60);
});

test.each(["src/widgets/index.js", "src/checkpoint/background/background-save.js"])(
  "%s, which is joined with what needs libtorch, loads none",
  (file) => expect(loadedBy(file).hasLibtorch).toBe(false),
);

test.each(["tensor/tensor", "nn/linear", "data/data-loader", "booster/booster", "hub/hub-error"])(
  "%s is the same module for the package and for who imports its file",
  async (path) => {
    const own: Record<string, unknown> = await import(`${DIST}src/${path}.js`);
    const all: Record<string, unknown> = await import(`${DIST}src/index.js`);
    const shared = Object.keys(own).filter((name) => name in all);
    expect(shared.length).toBeGreaterThan(0);
    for (const name of shared) expect(own[name]).toBe(all[name]);
  },
);

test.each(["index", "device", "parallel", "report/index", "widgets/index"])(
  "classes of src/%s keep their names",
  async (path) => {
    const module: Record<string, unknown> = await import(`${DIST}src/${path}.js`);
    const classes = Object.entries(module).filter(([, value]) => /^class\b/.test(String(value)));
    expect(classes.length).toBeGreaterThan(0);
    for (const [name, value] of classes) expect(value).toHaveProperty("name", name);
  },
);

test("nothing imports TypeScript, which is required: Node would look for names in its 9 MB", () => {
  const files = ["src", "kernel"].flatMap((room) =>
    readdirSync(DIST + room, { recursive: true, encoding: "utf8" }).map(
      (file) => `${room}/${file}`,
    ),
  );
  const texts = files
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(DIST + file, "utf8"));
  const requiring = /require\.resolve\("typescript"\)/;
  expect(texts.filter((text) => requiring.test(text)).length).toBe(1);
  const importing = /(from|import) ?\(?"(typescript|ts-blank-space)"/;
  expect(texts.filter((text) => importing.test(text))).toEqual([]);
});
