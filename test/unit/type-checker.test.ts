// The type-checking thread without a kernel: many cells, cells that do not parse, and what becomes of calls when it is
// lost.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compilerOptions } from "../../dist/kernel/language/checker/compiler-options.js";
import { CheckerError, TypeChecker } from "../../dist/kernel/language/checker/type-checker.js";
import { loadTypeScript } from "../../dist/kernel/language/typescript.js";
import { scratchFolder } from "../fixtures/scratch.js";

let checker: TypeChecker;
beforeAll(() => {
  checker = new TypeChecker(import.meta.dirname);
});
afterAll(() => checker.close());

async function check(code: string) {
  const [problems = []] = await checker.call("check", [{ code, keep: "always" }]);
  return problems;
}

test("more cells than there are slots at first, each using the one before", async () => {
  await check("const x0 = 0");
  for (let i = 1; i <= 70; i += 1) await check(`const x${i} = [x${i - 1}]; let latest = x${i};`);
  const [problem] = await check("const wrong: string = latest[0]");
  expect(problem?.message).toMatch(/^Type 'number(?:\[\])+' is not assignable to type 'string'/);
  expect(await check("x0.toFixed(); x35.length")).toEqual([]);
});

test("cells that are checked together see what each other declared, in their order", async () => {
  const codes = [
    "const fixed = 1; function once() {}",
    "fixed = 2; once = 1;",
    "half(",
    "let fixed = 'text'",
    "fixed = 'other'; fixed = 3;",
  ];
  const cells = codes.map((code) => ({ code, keep: "always" as const }));
  const messages = (await checker.call("check", cells)).map((found) =>
    found.map(({ message }) => message),
  );
  expect(messages).toEqual([
    [],
    [
      "Cannot assign to 'fixed' because it is a constant.",
      "Cannot assign to 'once' because it is a function, class, enum, namespace or import.",
    ],
    [],
    [],
    ["Type 'number' is not assignable to type 'string'."],
  ]);
  expect(await check("fixed.length")).toEqual([]);
});

test("a cell that does not parse leaves nothing behind", async () => {
  expect(await check("const half = ")).toEqual([]);
  expect(await check("half")).toHaveLength(1);
});

test("calls of a thread that is lost fail, and the next call starts another", async () => {
  await check("const kept = 1");
  const lost = expect(check("kept.toFixed()")).rejects.toThrow(CheckerError);
  await checker.close();
  await lost;
  const [problem] = await check("kept");
  expect(problem?.message).toBe("Cannot find name 'kept'.");
});

test("a tsconfig.json in the folder decides how strict cells are checked, and not how they run", async () => {
  const typescript = await loadTypeScript();
  const folder = scratchFolder();
  const text = '{ "compilerOptions": { "strict": false, "module": "commonjs" } } // loose';
  writeFileSync(join(folder, "tsconfig.json"), text);
  const options = compilerOptions(typescript, folder, "types");
  expect(options).toMatchObject({ strict: false, module: typescript.ModuleKind.Preserve });
  expect(compilerOptions(typescript, scratchFolder(), "types").strict).toBe(true);
});
