// What cells import: local modules, loaded again when their files change, and packages of the notebook's folder.

import { expect, test } from "vitest";
import { writeFiles } from "../fixtures/write-files.js";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });
const write = (files: Record<string, string>) => writeFiles(kernel.folder, files);

test("a local module in TypeScript is imported, with its own imports, by any spelling", async () => {
  write({
    "points.ts":
      'import { scale } from "./lib/scale.js";\nimport config from "./config.json";\n' +
      "export interface Point { x: number }\nexport enum Colour { red, green }\n" +
      "export function stretch(point: Point): number {\n  return point.x * scale + config.offset;\n}\n" +
      "export default class Shape { constructor(private readonly sides: number) {} get n() { return this.sides } }\n",
    "lib/scale.ts":
      'export const scale: number = await Promise.resolve(10);\nexport * from "./more";\n',
    "lib/more.ts": "export let more = 1;\nmore += 1;\n",
    "config.json": '{ "offset": 100 }',
  });
  for (const path of ["./points", "./points.ts", "./points.js"]) {
    expect((await kernel.run(`import { stretch } from "${path}"; stretch({ x: 1 })`)).result).toBe(
      "110",
    );
  }
  const cell =
    'import Shape, * as all from "./points"; [new Shape(3).n, all.Colour.green, Object.keys(all).sort()]';
  expect((await kernel.run(cell)).result).toBe("[ 3, 1, [ 'Colour', 'default', 'stretch' ] ]");
  expect((await kernel.run('(await import("./lib/scale")).more')).result).toBe("2");
  expect((await kernel.run('import config from "./config.json"; config.offset')).result).toBe(
    "100",
  );
});

test("a file that changed is loaded again with what imports it, and nothing else", async () => {
  write({
    "base.ts": "export const base = 1;\n",
    "other.ts": "export const born = Math.random();\n",
    "top.ts":
      'import { base } from "./base";\nexport { born } from "./other";\nexport const top = base * 2;\n',
  });
  const cell = 'import { top, born } from "./top"; [top, born]';
  const before = (await kernel.run(cell)).result;
  expect((await kernel.run(cell)).result).toBe(before);
  write({ "base.ts": "export const base = 21; // changed\n" });
  expect((await kernel.run(cell)).result).toBe(before?.replace("[ 2,", "[ 42,"));
});

test("modules may import each other", async () => {
  write({
    "even.ts":
      'import { odd } from "./odd";\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);\n',
    "odd.ts":
      'import { even } from "./even";\nexport function odd(n: number): boolean { return n !== 0 && even(n - 1) }\n',
  });
  expect((await kernel.run('import { even } from "./even"; [even(10), even(7)]')).result).toBe(
    "[ true, false ]",
  );
});

test("stacks of modules name their TypeScript lines", async () => {
  write({
    "thrower.ts":
      "interface Wide {\n  a: number;\n}\n\nexport function fail(wide: Wide): never {\n  throw new RangeError('no ' + wide.a);\n}\n",
    "at-load.ts": "type A = 1;\n\nthrow new Error('while loading');\n",
  });
  const { error } = await kernel.run('import { fail } from "./thrower";\n\nfail({ a: 3 });');
  expect(error).toContain("RangeError: no 3\nthrower.ts, line 6\n  6 |   throw new RangeError");
  expect(error).toMatch(/at fail \(thrower\.ts, line 6\)\n {4}at cell \[\d+\], line 3$/);
  expect((await kernel.run('import "./at-load"')).error).toContain("at at-load.ts, line 3");
});

test("a module that fails is tried again, and one that does not parse names its line", async () => {
  write({ "young.ts": "export const x = 1;\nexport const y: = 2;\n" });
  expect((await kernel.run('import { y } from "./young"')).error).toContain(
    "Type expected. (young.ts, line 2)\n  2 | export const y: = 2;",
  );
  write({ "young.ts": "export const x = 1;\nexport const y = 22;\n" });
  expect((await kernel.run('import { y } from "./young"; y')).result).toBe("22");
});

test("CommonJS files and packages work, TypeScript or not", async () => {
  write({
    "old.js": "exports.n = 7; exports.next = () => require('./older.js');",
    "older.js": "module.exports = 'older';",
    "node_modules/cjs-package/package.json": '{ "name": "cjs-package", "main": "main.js" }',
    "node_modules/cjs-package/main.js": "module.exports = { kind: 'commonjs' };",
    "node_modules/cjs-late/package.json": '{ "name": "cjs-late", "main": "main.js" }',
    "node_modules/cjs-late/main.js":
      "function late() {}\nObject.assign(late, { twice: (n) => 2 * n });\nObject.defineProperty(late, 'trap', { enumerable: true, get() { throw new Error('asked') } });\nmodule.exports = late;",
    "uses-late.ts":
      'import late, { twice } from "cjs-late";\nexport const six = twice(3) + late.length;\n',
    "node_modules/esm-package/package.json":
      '{ "name": "esm-package", "type": "module", "exports": "./main.js" }',
    "node_modules/esm-package/main.js": "export const kind = 'esm';",
  });
  expect((await kernel.run('import old from "./old.js"; [old.n, old.next()]')).result).toBe(
    "[ 7, 'older' ]",
  );
  const packages =
    'import cjs from "cjs-package"; import { kind } from "esm-package"; [cjs.kind, kind]';
  expect((await kernel.run(packages)).result).toBe("[ 'commonjs', 'esm' ]");
  const late = 'import late, { twice } from "cjs-late"; import * as all from "cjs-late";';
  expect((await kernel.run(`${late} [twice(4), late.twice(5), all.twice(6)]`)).result).toBe(
    "[ 8, 10, 12 ]",
  );
  expect((await kernel.run('import { six } from "./uses-late"; six')).result).toBe("6");
  expect((await kernel.run('import { never } from "cjs-late"; never')).error).toContain(
    "has no export 'never'",
  );
  expect((await kernel.run('require("cjs-package").kind')).result).toBe("'commonjs'");
  expect((await kernel.run('import { kindd } from "esm-package"')).error).toContain(
    "module 'esm-package' has no export 'kindd'; did you mean 'kind'? It has: kind",
  );
  expect((await kernel.run("[__dirname, __filename.split('/').pop()]")).result).toContain(
    kernel.folder,
  );
});

test("JSX becomes calls of the jsx-runtime in the notebook's folder", async () => {
  write({
    "node_modules/react/package.json":
      '{ "name": "react", "type": "module", "exports": { "./jsx-runtime": "./runtime.js" } }',
    "node_modules/react/runtime.js":
      "export const Fragment = 'fragment';\nexport const jsx = (type, { children, ...props }) => [type, props, children];\nexport const jsxs = jsx;\n",
    "view.tsx": "export const View = ({ n }: { n: number }) => <i>{n}</i>;\n",
  });
  const cell =
    'import { View } from "./view";\nconst label: string = "hi";\n<b id={label}>text <View n={1} /></b>';
  const { result } = await kernel.run(cell);
  expect(result?.replace(/\s+/g, " ")).toMatch(
    /^\[ 'b', \{ id: 'hi' \}, \[ 'text ', \[ \[Function: View\], \{ n: 1 \}, undefined \] \] \]$/,
  );
  expect(
    (await kernel.run("const cast = <number>(5 as unknown); cast < 6 && 7 > cast")).result,
  ).toBe("true");
});

test("what is missing is named, with the remedy", async () => {
  expect((await kernel.run('import x from "not-installed/sub"')).error).toContain(
    "install it there with %npm install not-installed\n",
  );
  expect((await kernel.run('import x from "./not-there"')).error).toContain("there is no");
  write({ "small.ts": "export const one = 1;" });
  expect((await kernel.run('import { two } from "./small"; two')).error).toContain(
    "has no export 'two'; it has: one",
  );
});

test("an interrupt ends code of a module that waits", async () => {
  write({
    "waiting.ts":
      "export let rounds = 0;\nexport async function wait(): Promise<void> {\n" +
      "  for (;;) {\n    rounds += 1;\n    if (rounds === 2) " +
      BEGIN +
      "\n    await new Promise((resolve) => setTimeout(resolve, 5));\n  }\n}\n",
  });
  const { reply } = await kernel.interrupted(
    'import * as waiting from "./waiting";\nawait waiting.wait()',
  );
  expect(reply["ename"]).toBe("InterruptedError");
  const rounds = (await kernel.run("waiting.rounds")).result;
  await kernel.run("await new Promise((resolve) => setTimeout(resolve, 50))");
  expect((await kernel.run("waiting.rounds")).result).toBe(rounds);
});

test("%npm install puts a package into the notebook's folder, with its types", async () => {
  write({
    "packages/thing/package.json":
      '{ "name": "thing", "version": "1.0.0", "exports": { ".": { "types": "./thing.d.ts", "default": "./thing.js" } } }',
    "packages/thing/thing.js": "exports.size = 3;",
    "packages/thing/thing.d.ts": "export declare const size: number;",
  });
  await kernel.run('import { size } from "thing"');
  const { stdout, reply } = await kernel.run(
    "%npm install ./packages/thing\nimport { size } from 'thing';",
  );
  expect(reply["status"]).toBe("ok");
  expect(stdout).toContain("added 1 package");
  await kernel.run("%check strict");
  expect((await kernel.run("size.toUpperCase()")).error).toContain(
    "does not exist on type 'number'",
  );
  expect((await kernel.run("size + 1")).result).toBe("4");
  await kernel.run("%check warn");
});

test.each([["$(touch planted)"], ["lodash;touch$IFS"], ["--global"], ["`x`"], [""]])(
  "%%npm install %s is refused",
  async (name) => {
    expect((await kernel.run(`%npm install ${name}`)).error).toContain(
      "use %npm install with names",
    );
  },
);

test("without a network %npm install says so", async () => {
  write({ ".npmrc": "registry=http://127.0.0.1:9/\n" });
  const { error } = await kernel.run("%npm install not-a-package-of-ours");
  expect(error).toContain("the package registry cannot be reached; is there a network");
});
