// The other requests: info, completion, inspection, completeness, history.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

async function ask(
  type: string,
  content: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return (await kernel.client.request({ type: `${type}_request`, content })).content;
}

test("kernel_info names language and protocol, on shell and control", async () => {
  for (const channel of ["shell", "control"] as const) {
    const reply = await kernel.client.request(
      { type: "kernel_info_request", content: {} },
      channel,
    );
    expect(reply.content).toMatchObject({
      status: "ok",
      protocol_version: "5.6",
      language_info: { name: "typescript", file_extension: ".ts" },
    });
  }
});

test.each([
  ["1 + 1", "complete"],
  ["function f() {", "incomplete"],
  ["const t = `abc", "incomplete"],
  ["foo(1,", "incomplete"],
  ["/* open", "incomplete"],
  ["if (a)", "incomplete"],
  ["class A<T> { m(): T {", "incomplete"],
  ["%cluster 2", "complete"],
  ["await x; const y: Map<string, number[]> = new Map()", "complete"],
  ["a b c", "invalid"],
  ["foo(1]]", "invalid"],
  ["'open", "invalid"],
  ["}", "invalid"],
])("is_complete of `%s` is %s", async (code, status) => {
  expect((await ask("is_complete", { code }))["status"]).toBe(status);
});

test("an open block asks for a deeper line", async () => {
  expect(await ask("is_complete", { code: "  if (a) {" })).toEqual({
    status: "incomplete",
    indent: "    ",
  });
});

test("completion knows the members of live values and the names of cells, in code points", async () => {
  await kernel.run(
    "const model = { layers: [{ weight: 1 }], learning: 2, get danger() { throw new Error('asked') } };",
  );
  expect(await ask("complete", { code: "model.l", cursor_pos: 7 })).toMatchObject({
    matches: ["layers", "learning"],
    cursor_start: 6,
    cursor_end: 7,
  });
  expect(
    await ask("complete", { code: "'😀😀' + model.layers[0].we", cursor_pos: 25 }),
  ).toMatchObject({
    matches: ["weight"],
    cursor_start: 23,
    cursor_end: 25,
  });
  expect((await ask("complete", { code: "mod", cursor_pos: 3 }))["matches"]).toContain("model");
  expect((await ask("complete", { code: "swi", cursor_pos: 3 }))["matches"]).toContain("switch");
});

test("completion runs no code that changes anything", async () => {
  await kernel.run("let touched = 0; const touchy = { get inner() { touched++; return {} } };");
  await ask("complete", { code: "touchy.inner.x", cursor_pos: 14 });
  expect((await kernel.run("touched")).result).toBe("0");
});

test("completion answers while a cell blocks the worker", async () => {
  const running = kernel.run("for (const end = Date.now() + 1500; Date.now() < end;);");
  expect((await ask("complete", { code: "whi", cursor_pos: 3 }))["matches"]).toContain("while");
  await running;
});

test("inspection shows type and value of the name under the cursor", async () => {
  await kernel.run("const shown = new Map([[1, 2]]); function twice(x: number) { return 2 * x }");
  const found = await ask("inspect", { code: "shown.size", cursor_pos: 2 });
  expect(found).toMatchObject({ found: true });
  expect(JSON.stringify(found["data"])).toContain("Map(1) { 1 => 2 }");
  const twice = JSON.stringify((await ask("inspect", { code: "twice(1)", cursor_pos: 3 }))["data"]);
  expect(twice).toContain("function twice(x");
  expect(twice).not.toContain("return"); // what was compiled is no documentation
  expect(await ask("inspect", { code: "nowhere", cursor_pos: 3 })).toMatchObject({ found: false });
});

test("history gives the tail, a range and matches of a pattern", async () => {
  await kernel.run("'needle 1'");
  await kernel.run("'needle 1'");
  await kernel.run("'last'");
  const sources = (reply: Record<string, unknown>): unknown[] =>
    (reply["history"] as unknown[][]).map((entry) => entry[2]);
  expect(sources(await ask("history", { hist_access_type: "tail", n: 2 }))).toEqual([
    "'needle 1'",
    "'last'",
  ]);
  const search = { hist_access_type: "search", pattern: "*need?e*", n: 10 };
  expect(sources(await ask("history", { ...search, unique: true }))).toEqual(["'needle 1'"]);
  expect(sources(await ask("history", { ...search, unique: false }))).toEqual([
    "'needle 1'",
    "'needle 1'",
  ]);
  expect(
    sources(await ask("history", { hist_access_type: "range", start: 1, stop: 2 })),
  ).toHaveLength(1);
});
