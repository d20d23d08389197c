// Names that cells and local modules import: an error where a name is missing, never `undefined`; types are no values.

import { expect, test } from "vitest";
import { writeFiles } from "../fixtures/write-files.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
const write = (files: Record<string, string>) => writeFiles(kernel.folder, files);

test("a name that a module does not have is an error where it is imported, unless it is a type", async () => {
  const errorOf = async (code: string) => (await kernel.run(code)).error;
  expect(await errorOf('import { zeroes } from "notebooster"')).toContain(
    "module 'notebooster' has no export 'zeroes'; did you mean 'zeros'?",
  );
  expect(await errorOf('import { AdamW, CudaGraph } from "notebooster"')).toContain(
    `module 'notebooster' has no export 'CudaGraph'; it is in "notebooster/device"`,
  );
  expect(await errorOf('import nb from "notebooster"')).toMatch(
    /module 'notebooster' has no default export; import a name of it/,
  );
  expect(await errorOf('import nb, * as all from "notebooster"; all.zeros(2)')).toMatch(
    /no default/,
  );
  expect(await errorOf('import { Batch, DataLoader } from "notebooster"')).toBe("");
  expect(await errorOf("const one = (batch: Batch): Batch => batch; DataLoader.name")).toBe("");
  write({
    "shapes.ts": "export interface Shape { n: number }\nexport const n = 1;\nconst hidden = 2;\n",
  });
  expect(await errorOf('import { Shape, n } from "./shapes"')).toBe("");
  expect(await errorOf('import { hidden } from "./shapes"')).toContain("has no export 'hidden'");
});

test.each([
  ['import { nn } from "notebooster"', /no export 'nn'; everything is exported by name, as in/],
  ['import { functional as F } from "notebooster"', /'functional'; everything is exported by name/],
  ['import { CyclicLR } from "notebooster"', /'CyclicLR'; the schedulers are .* LambdaLR/],
  ['import { autocast } from "notebooster"', /'autocast'; .*mixedPrecision/],
  ['import { LSTM } from "notebooster"', /'LSTM'; recurrent layers are not there/],
  ['import { HybridParallelPlugin } from "notebooster"', /take TorchDDPPlugin, .* or GeminiPlugin/],
  ['import { save } from "notebooster"', /weights are safetensors/],
  ['import { TensorDataset } from "notebooster"', /length, sequenceLength and row\(index\)/],
  ['import { linspaces } from "notebooster"', /did you mean 'linspace'\?/],
  ['import { CyclicLR } from "notebooster/device"', /'CyclicLR'; the schedulers are/],
  ['import { join as nn, autocast } from "node:path"; autocast()', /no export 'autocast'; .*has: /],
  [
    'import x from "notebooster/nn"',
    /there is no "notebooster\/nn"; the entries are: notebooster, notebooster\/device, .*widgets \(|widgets\n/,
  ],
  [
    'import torch from "torch"',
    /cannot find package 'torch' .*; notebooster stands in for it; everything/,
  ],
  ['import y from "torch/nn"', /notebooster stands in for it/],
])("a name of PyTorch is told with what it is here: %s", async (code, error) => {
  expect((await kernel.run(code)).error).toMatch(error);
});

const HELPERS: readonly (readonly [what: string, code: string, error: RegExp])[] = [
  [
    "a name of a package",
    '\nimport {\n  zeroes } from "notebooster";\nexport const x = zeroes;',
    /^SyntaxError: module 'notebooster' has no export 'zeroes'; did you mean 'zeros'\?.* \(helper\.ts, line 3\)\n {2}3 \| {3}zeroes \} from "notebooster";\n {8}\^/s,
  ],
  [
    "a name exported again",
    'export { joyn } from "esm";',
    /module 'esm' has no export 'joyn'; did you mean 'join'\? It has: join \(helper\.ts, line 1\)/,
  ],
  [
    "a default",
    'import esm from "esm"; export const x = esm;',
    /module 'esm' has no default export.*\(helper\.ts, line 1\)/,
  ],
  [
    "a name of a local module",
    'import { twoo } from "./two"; export const x = 1 + twoo;',
    /module '\.\/two' has no export 'twoo'; did you mean 'two'\?.*\(helper\.ts, line 1\)/,
  ],
  [
    "a name behind export *",
    'import { joyn, twoo } from "./all"; export const x = [joyn, twoo];',
    /module '\.\/all' has no export 'joyn'; did you mean 'join'\? It has: /,
  ],
  [
    "a base class",
    'import { Bass, join } from "esm"; export class X extends Bass {} join();',
    /no export 'Bass'/,
  ],
  [
    "a name of CommonJS",
    'import { thrice } from "cjs"; export const x = thrice;',
    /module 'cjs' has no export 'thrice'; did you mean 'twice'\?/,
  ],
];

test.each(HELPERS)(
  "%s that a local module imports and nobody exports is an error there",
  async (_, code, error) => {
    writePackages();
    write({ "helper.ts": code });
    expect((await kernel.run('import "./helper"')).error).toMatch(error);
  },
);

test("a local module may import types, names that come later, and names of CommonJS that Node does not see", async () => {
  writePackages();
  write({
    "helper.ts":
      'import { type Size, join, Shape } from "esm";\nimport type { Gone } from "./two";\nimport { Two, two } from "./two";\n' +
      'import { twice } from "cjs";\nimport { thrice } from "./late.js";\nimport * as all from "./all";\nimport { born } from "./circle";\n' +
      'export { Two, type Size, join } from "./all";\nexport const own = 1;\nexport let later: number | undefined;\n' +
      "export const x = (shape: Shape, gone?: Gone, size?: Size, other?: Two) => [twice(two), thrice(two), join(), born(), { Shape: shape.n }, typeof all.join, (all as any).nope];\n" +
      "export function set(value: number) { later = value }\n",
    "circle.ts":
      'import { own, later } from "./helper";\nexport const born = () => [own, later];\n',
  });
  const { result, error } = await kernel.run(
    'import { x, set, later } from "./helper"; set(5); x({ n: 0 }).flat()',
  );
  expect(error).toBe("");
  expect(result?.replace(/\s+/g, " ")).toBe(
    "[ 4, 6, 'joined', 1, 5, { Shape: 0 }, 'function', undefined ]",
  );
});

test("a name that a cell exports again must be there", async () => {
  writePackages();
  expect((await kernel.run('export { joyn } from "esm"')).error).toContain("did you mean 'join'?");
  expect((await kernel.run('export { type Size, Shape, join } from "esm"')).error).toBe("");
});

test("a property of the same name does not make a value of a type", async () => {
  writePackages();
  const cell = 'import { Shape } from "esm"; const one: Shape = { n: 1 }; ({ Shape: one }).Shape.n';
  expect(await kernel.run(cell)).toMatchObject({ error: "", result: "1" });
});

function writePackages(): void {
  write({
    "node_modules/esm/package.json": '{ "name": "esm", "type": "module", "exports": "./main.js" }',
    "node_modules/esm/main.js": "export const join = () => 'joined';",
    "node_modules/esm/main.d.ts":
      "export declare const join: () => string;\nexport type Size = 1;\nexport interface Shape { n: number }\n",
    "node_modules/cjs/package.json": '{ "name": "cjs", "main": "main.js" }',
    "node_modules/cjs/main.js": "module.exports = Object.assign(() => 1, { twice: (n) => 2 * n });",
    "late.js": "module.exports = Object.assign(() => 1, { thrice: (n) => 3 * n });",
    "two.ts": "export const two = 2;\nexport interface Two { n: number }\n",
    "all.ts": 'export * from "esm";\nexport * from "./two";\n',
  });
}
