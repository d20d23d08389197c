// The debugger: Debug Adapter Protocol over the control channel, as JupyterLab speaks it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DebugClient } from "./debug-client.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
let debug: DebugClient;
beforeEach(() => {
  debug = new DebugClient(kernel);
});
afterEach(() => debug.stop());

const CELL = `interface Point { x: number }
const twice = (value: number): number => {
  const doubled: number = value * 2;
  return doubled;
};
let total = 0;
for (const x of [1, 2]) {
  total += twice(x);
}
const point: Point = { x: await Promise.resolve(total) };
point.x + 1`;

test("a breakpoint stops a cell at its TypeScript line, and steps go through functions and awaits", async () => {
  await debug.start();
  const { ended } = await debug.runTo(CELL, [{ line: 8 }]);
  expect(await debug.line()).toBe(8);
  expect(await debug.step("stepIn")).toBe(3);
  const [inner, outer] = await debug.frames();
  expect([inner?.name, inner?.line, outer?.line]).toEqual(["twice", 3, 8]);
  expect((await debug.scope("Locals")).get("value")?.value).toBe("1");
  expect(await debug.step("next")).toBe(4);
  expect((await debug.scope("Locals")).get("doubled")?.value).toBe("2");
  expect(await debug.step("stepOut")).toBe(7);
  await debug.request("continue", { threadId: 1 });
  await debug.event("stopped");
  expect(await debug.line()).toBe(8);
  expect((await debug.scope("Globals")).get("total")?.value).toBe("2");
  const { sourcePath: path } = await debug.request("dumpCell", { code: CELL });
  await debug.request("setBreakpoints", { source: { path }, breakpoints: [{ line: 10 }] });
  await debug.request("continue", { threadId: 1 });
  await debug.event("stopped");
  expect(await debug.line()).toBe(10);
  expect(await debug.step("next")).toBe(11);
  expect((await debug.scope("Globals")).get("point")?.value).toBe("{ x: 6 }");
  await debug.request("continue", { threadId: 1 });
  expect((await ended).result).toBe("7");
});

test("variables come bounded: ranges of long values, parts of maps and classes, no getter run", async () => {
  await debug.start();
  const { ended } = await debug.runTo(
    `class Account {
  #balance = 5;
  name = "x";
  get broke() { return false; }
}
const trap = { get sprung() { globalThis.ran = true; return 1; } };
const long = Float32Array.from({ length: 12345 }, (_, i) => i);
const map = new Map<string, unknown>([["a", { deep: [1, 2] }]]);
const account = new Account();
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const hidden = new Proxy({}, { ownKeys() { throw new Error("asked"); } });
"end";`,
    [{ line: 13 }],
  );
  const globals = await debug.scope("Globals");
  const reference = (name: string) => globals.get(name)?.variablesReference ?? 0;
  const ranges = await debug.parts(reference("long"));
  expect([...ranges.keys()]).toEqual(["[0 … 9999]", "[10000 … 12344]"]);
  const rest = await debug.parts(ranges.get("[10000 … 12344]")?.variablesReference ?? 0);
  const last = await debug.parts(rest.get("[12300 … 12344]")?.variablesReference ?? 0);
  expect([...last.values()].map(({ value }) => Number(value)).slice(-1)).toEqual([12344]);
  expect([...(await debug.parts(reference("long"), { start: 7, count: 2 })).keys()]).toEqual([
    "7",
    "8",
  ]);
  const entry = (await debug.parts(reference("map"))).get("'a' =>");
  expect(entry?.value).toBe("{ deep: [ 1, 2 ] }");
  const fields = await debug.parts(reference("account"));
  expect(fields.get("#balance")?.value).toBe("5");
  expect(fields.get("name")?.value).toBe("'x'");
  expect((await debug.parts(reference("trap"))).get("sprung")?.value).toBe("(getter)");
  expect(globals.get("cyclic")?.value).toBe("<ref *1> { self: [Circular *1] }");
  expect(globals.get("hidden")?.variablesReference).toBe(0);
  const ran = await debug.request("evaluate", { expression: "globalThis.ran" });
  expect(ran["result"]).toBe("undefined");
  await debug.request("continue");
  await ended;
});

test("expressions are TypeScript and see the frame; rich views and copies work in it", async () => {
  await debug.start();
  const code = `function area(width: number, height: number) {
  const parts = { width, height };
  return parts.width * parts.height;
}
area(3, 4);`;
  const { ended } = await debug.runTo(code, [{ line: 3 }]);
  const [{ id: frameId } = { id: 0 }] = await debug.frames();
  const expression = "(width as number) + parts.height";
  expect(await debug.request("evaluate", { expression, frameId })).toMatchObject({ result: "7" });
  const rich = await debug.request("richInspectVariables", { variableName: "parts", frameId });
  expect(rich["data"]).toEqual({ "text/plain": "{ width: 3, height: 4 }" });
  const copy = { srcVariableName: "parts", dstVariableName: "copied", srcFrameId: frameId };
  await debug.request("copyToGlobals", copy);
  const wrong = await debug.answer("evaluate", { expression: "nothing.here", frameId });
  expect(wrong).toMatchObject({
    success: false,
    message: expect.stringContaining("nothing is not defined"),
  });
  await debug.request("continue");
  expect((await ended).result).toBe("12");
  expect((await kernel.run("copied.width")).result).toBe("3");
  const { variables } = await debug.request<{ variables: { name: string }[] }>("inspectVariables");
  expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(["area", "copied"]));
});

test("a breakpoint set in a cell that ran before the debugger was on stops its function", async () => {
  const code = "function early() {\n  return 8;\n}";
  await kernel.run(code);
  await debug.start();
  const { sourcePath: path } = await debug.request("dumpCell", { code });
  await debug.request("setBreakpoints", { source: { path }, breakpoints: [{ line: 2 }] });
  const running = kernel.run("early()");
  await debug.event("stopped");
  expect(await debug.line()).toBe(2);
  await debug.request("continue");
  expect((await running).result).toBe("8");
});

test("conditions, log points and debugger statements", async () => {
  await debug.start();
  const code = `for (let i = 0; i < 5; i += 1) {
  Math.sqrt(i);
  Math.cbrt(i);
}
debugger;
"over"`;
  const { ended } = await debug.runTo(code, [
    { line: 2, condition: "i === 3" },
    { line: 3, logMessage: "i is {i}" },
  ]);
  expect((await debug.scope("Locals")).get("i")?.value).toBe("3");
  await debug.request("continue");
  await debug.event("stopped");
  expect(await debug.line()).toBe(5);
  await debug.request("continue");
  const { stdout, result } = await ended;
  expect(stdout).toBe("i is 0\ni is 1\ni is 2\ni is 3\ni is 4\n");
  expect(result).toBe("'over'");
});

test("a stop at an exception tells it, and what was printed before is there", async () => {
  await debug.start();
  await debug.request("setExceptionBreakpoints", { filters: ["all"] });
  const printed = kernel.run(
    'console.log("before");\nfunction fail() { throw new TypeError("oops"); }\ntry { fail(); } catch {}',
  );
  expect(await debug.event("stopped")).toMatchObject({ reason: "exception" });
  expect(await debug.line()).toBe(2);
  const info = await debug.request("exceptionInfo", { threadId: 1 });
  expect(info).toMatchObject({ exceptionId: "TypeError" });
  await debug.request("setExceptionBreakpoints", { filters: [] });
  await debug.request("continue");
  expect((await printed).stdout).toBe("before\n");
});

test("an interrupt ends a cell that is stopped, and the next one runs", async () => {
  await debug.start();
  for (const code of ["for (;;) {\n  Math.sqrt(2);\n}", "let last = 1;\nconsole.log('went on');"]) {
    const { ended } = await debug.runTo(code, [{ line: 2 }]);
    await kernel.client.interrupt();
    expect(await ended).toMatchObject({
      error: expect.stringMatching("InterruptedError"),
      stdout: "",
    });
  }
  expect((await kernel.run("20 + 1")).result).toBe("21");
  const again = await debug.runTo("let later = 1;\nlater += 1;", [{ line: 2 }]);
  expect(await debug.line()).toBe(2);
  await debug.request("continue");
  await again.ended;
});

test("a step over the last line ends the cell, and a pause of an idle kernel stops the next", async () => {
  await debug.start();
  const { ended } = await debug.runTo("let one = 1;\none + 1", [{ line: 2 }]);
  await debug.request("next", { threadId: 1 });
  expect((await ended).result).toBe("2");
  expect((await kernel.run("5 + 5")).result).toBe("10");
  await debug.request("pause", { threadId: 1 });
  const next = kernel.run("let six = 6;\nsix + 1");
  expect(await debug.event("stopped")).toMatchObject({ reason: "pause" });
  expect(await debug.line()).toBe(1);
  await debug.request("continue");
  expect((await next).result).toBe("7");
});

test("with several ranks one is debugged, the others are told of, and any can be chosen", async () => {
  await kernel.run("%cluster 2");
  await debug.start();
  const code = "let mine = rank;\nmine += 10;\nmine";
  const { ended } = await debug.runTo(code, [{ line: 2 }]);
  expect((await debug.scope("Globals")).get("mine")?.value).toBe("0");
  await debug.request("continue");
  expect((await ended).stderr).toMatch(/rank 0 is stopped by the debugger at cell \[\d+\], line 2/);
  expect((await kernel.run("%debug rank 1")).stdout).toBe("the debugger attends rank 1\n");
  const running = kernel.run(code);
  expect(await debug.event("stopped")).toMatchObject({ threadId: 2 });
  expect((await debug.scope("Globals")).get("mine")?.value).toBe("1");
  await debug.request("continue");
  expect((await running).result).toBe("10");
  expect((await kernel.run("%debug rank 5")).error).toMatch("there is no rank 5");
  await kernel.run("%cluster 1\n%debug rank 0");
});

test("a breakpoint in a local module stops in its TypeScript", async () => {
  const path = join(kernel.folder, "shapes.ts");
  writeFileSync(
    path,
    `interface Box { width: number; height: number }

/** Width times height. */
export function areaOf(box: Box): number {
  const product: number = box.width * box.height;
  return product;
}
`,
  );
  await debug.start();
  await kernel.run('import { areaOf } from "./shapes.ts";');
  const { modules } = await debug.request<{ modules: { path: string }[] }>("modules");
  expect(modules.map((module) => module.path)).toContain(path);
  await debug.request("setBreakpoints", { source: { path }, breakpoints: [{ line: 6 }] });
  const running = kernel.run("areaOf({ width: 2, height: 5 })");
  await debug.event("stopped");
  const [inner, outer] = await debug.frames();
  expect(inner).toMatchObject({ name: "areaOf", line: 6, source: { path } });
  expect(outer?.line).toBe(1);
  expect((await debug.scope("Locals")).get("product")?.value).toBe("10");
  await debug.request("continue");
  expect((await running).result).toBe("10");
});

test("a pause stops the next cell also when it comes while the worker is in native code", async () => {
  await debug.start();
  await kernel.run('setTimeout(require("node:child_process").execSync, 0, "sleep 0.5");');
  await debug.request("pause", { threadId: 1 });
  const next = kernel.run("let seven = 7;\nseven + 1");
  expect(await debug.event("stopped")).toMatchObject({ reason: "pause" });
  expect(await debug.line()).toBe(1);
  await debug.request("continue");
  expect((await next).result).toBe("8");
});

test("what a front end asks before and after debugging", async () => {
  const idle = await debug.request("debugInfo");
  expect(idle).toMatchObject({ isStarted: false, hashMethod: "Murmur2", stoppedThreads: [] });
  const { sourcePath } = await debug.request("dumpCell", { code: "const é = 1;" });
  // computed by ipykernel's murmur2_x86
  expect(sourcePath).toBe(
    `${String(idle["tmpFilePrefix"])}3520297308${String(idle["tmpFileSuffix"])}`,
  );
  const source = await debug.request("source", { source: { path: sourcePath } });
  expect(source["content"]).toBe("const é = 1;");
  expect(await debug.answer("next")).toMatchObject({ success: false, body: { variables: [] } });
  expect(await debug.answer("nonsense")).toMatchObject({ success: false });
  const { content: info } = await kernel.client.request({
    type: "kernel_info_request",
    content: {},
  });
  expect(info).toMatchObject({
    debugger: true,
    supported_features: expect.arrayContaining(["debugger"]),
  });
});
