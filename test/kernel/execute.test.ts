// One cell after another on one rank: results, declarations, imports, order.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KernelClient } from "../../dist/kernel/client/client.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test("the value of a last expression is the result, and undefined is none", async () => {
  expect((await kernel.run("1 + 1")).result).toBe("2");
  expect((await kernel.run("const a = 5;")).result).toBeUndefined();
  expect((await kernel.run("if (true) { 7 }")).result).toBeUndefined();
  expect((await kernel.run("undefined")).messages).toEqual([]);
  expect((await kernel.run("({ a: 1, b: [1, 2] })")).result).toBe("{ a: 1, b: [ 1, 2 ] }");
  expect((await kernel.run("{ a: 1 }")).result).toBe("{ a: 1 }");
  expect((await kernel.run("[-0, 10n, Symbol('s')]")).result).toBe("[ -0, 10n, Symbol(s) ]");
});

test("every name may be declared again, as any kind of declaration", async () => {
  const declarations = [
    "const x: number = 1",
    "let x = 2",
    "function x(): number { return 3 }",
    "class x { static y = 4 }",
    "var x = 5",
    "enum x { A = 6 }",
    "for (var [x] of [[7]]) {}",
    "const { x } = { x: 8 }",
  ];
  for (const first of declarations) {
    for (const second of declarations) {
      expect((await kernel.run(first)).error, first).toBe("");
      expect((await kernel.run(second)).error, `${first}, then ${second}`).toBe("");
    }
  }
  expect((await kernel.run("x")).result).toBe("8");
});

test("a function is callable above its declaration and sees later declarations of what it uses", async () => {
  expect((await kernel.run("early()\nfunction early() { return late }\nvar late = 1")).error).toBe(
    "",
  );
  expect((await kernel.run("const late = 2; early()")).result).toBe("2");
});

test("TypeScript that is not just types runs: enums, namespaces, using, decorators, generics", async () => {
  const { result, stdout, error } = await kernel.run(`
    enum Colour { Red = 1, Green }
    namespace Shapes { export const sides = 4 }
    abstract class Base<T> { constructor(protected readonly value: T) {} }
    class Derived extends Base<string> { get shown(): string { return this.value! } }
    using file = { [Symbol.dispose]() { console.log("closed") } };
    const pair = <T,>(value: T) => [value, value] as const satisfies readonly [T, T];
    [Colour.Green, Shapes.sides, new Derived("d").shown, pair(1)]`);
  expect(error).toBe("");
  expect(result).toBe("[ 2, 4, 'd', [ 1, 1 ] ]");
  expect(stdout).toBe("closed\n");
});

test("top-level await and static imports work and last for later cells", async () => {
  const cell = `import { readFileSync as read, type Stats } from "node:fs";
import path, * as all from "node:path";
import type { Nothing } from "not-installed";
const text: string = await Promise.resolve("done");`;
  expect((await kernel.run(cell)).error).toBe("");
  const later = await kernel.run("[text, typeof read, path.sep, all.posix.sep]");
  expect(later.result).toBe("[ 'done', 'function', '/', '/' ]");
});

test("relative imports start at the notebook's folder, and notebooster is this package", async () => {
  writeFileSync(
    join(kernel.folder, "near.mjs"),
    "export const near = import.meta.url; export default 3;",
  );
  const { result } = await kernel.run(
    'import three, { near } from "./near.mjs"; [three, near.endsWith("near.mjs")]',
  );
  expect(result).toBe("[ 3, true ]");
  const ours = await kernel.run(
    'import { currentHost } from "notebooster/host"; currentHost()?.worldSize',
  );
  expect(ours.result).toBe("1");
  expect((await kernel.run('(await import("./near.mjs")).default')).result).toBe("3");
});

test("an import that cannot be is an error naming the module, the name or what to install", async () => {
  expect((await kernel.run('import "not-installed-xyz"')).error).toContain(
    "npm install not-installed-xyz",
  );
  expect((await kernel.run('import "./missing.mjs"')).error).toContain("missing.mjs");
  expect((await kernel.run('import { nope } from "node:path"; nope')).error).toContain(
    "has no export 'nope'",
  );
});

test("execution counts only cells that are stored, and a silent cell shows nothing", async () => {
  const before = (await kernel.run("1")).reply["execution_count"] as number;
  const silent = await kernel.run("console.log('quiet'); 2", { silent: true });
  expect(silent.messages).toEqual([]);
  await kernel.run("3", { storeHistory: false });
  expect((await kernel.run("4")).reply["execution_count"]).toBe(before + 1);
});

test("user expressions are evaluated after the cell, each with its own error", async () => {
  const { reply } = await kernel.run("const u = 20", {
    userExpressions: { sum: "u + 1", missing: "nowhere", broken: "let =" },
  });
  expect(reply["user_expressions"]).toMatchObject({
    sum: { status: "ok", data: { "text/plain": "21" } },
    missing: { status: "error", ename: "ReferenceError" },
    broken: { status: "error", ename: "SyntaxError" },
  });
});

test.each([
  // whether the failing cell stops on error, whether the ones behind it would
  [true, true, ["error", "aborted", "aborted"]],
  [true, false, ["error", "aborted", "aborted"]],
  [false, true, ["error", "ok", "ok"]],
  [false, false, ["error", "ok", "ok"]],
])(
  "stop_on_error %s of the cell that fails, %s of those sent with it: %j",
  async (stops, others, wanted) => {
    const shown = await Promise.all([
      kernel.run("throw new Error('first')", { stopOnError: stops }),
      kernel.run("1", { stopOnError: others }),
      kernel.run("2", { stopOnError: others }),
    ]);
    expect(shown.map(({ reply }) => reply["status"])).toEqual(wanted);
    for (const { reply, messages } of shown) {
      if (reply["status"] === "aborted") expect(messages).toEqual([]);
    }
    expect((await kernel.run("'after'")).result).toBe("'after'");
  },
);

test("a front end that attaches while a cell runs sees the rest of it and is answered", async () => {
  const running = kernel.run(
    "await new Promise<void>((r) => { globalThis.go = r }); console.log('the rest'); 'end'",
  );
  await kernel.next(({ header }) => header.msg_type === "execute_input");
  const late = new KernelClient(kernel.running.connection);
  const seen: string[] = [];
  const heard = new Promise<void>((resolve) => {
    late.onIopub = ({ header, content }) => {
      seen.push(header.msg_type === "stream" ? String(content["text"]) : header.msg_type);
      if (header.msg_type === "iopub_welcome") resolve();
    };
  });
  await heard;
  const info = await late.request({ type: "kernel_info_request", content: {} }, "control");
  expect(info.content["status"]).toBe("ok");
  const create = { type: "create_subshell_request", content: {} };
  const subshell = String((await late.request(create, "control")).content["subshell_id"]);
  expect((await late.execute("globalThis.go()", { subshell })).content["status"]).toBe("ok");
  expect((await running).result).toBe("'end'");
  expect((await late.execute("1 + 1")).content["status"]).toBe("ok");
  expect(seen).toEqual(expect.arrayContaining(["the rest\n", "execute_result"]));
  late.close();
});

test("500 cells sent at once are answered in order, none lost", async () => {
  const shown = await Promise.all(Array.from({ length: 500 }, (_, i) => kernel.run(`${i} * 2`)));
  expect(shown.map(({ result }) => Number(result))).toEqual(shown.map((_, i) => i * 2));
});
