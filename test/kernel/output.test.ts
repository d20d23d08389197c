// Output: all of it, in order, before idle, in the right cell.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test("20,000 lines of one cell arrive whole, in order, before idle", async () => {
  const { stdout, messages } = await kernel.run(
    "for (let i = 0; i < 20_000; i++) console.log('line ' + i)",
  );
  expect(stdout).toBe(Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join(""));
  expect(messages.length).toBeLessThan(400);
});

test("stdout, stderr, displays and the result keep their order", async () => {
  const { messages } = await kernel.run(
    "console.log('one'); console.error('two'); display.html('<b>three</b>'); console.log('four'); 'five'",
  );
  expect(messages.map(({ header, content }) => [header.msg_type, content["text"]])).toEqual([
    ["stream", "one\n"],
    ["stream", "two\n"],
    ["display_data", undefined],
    ["stream", "four\n"],
    ["execute_result", undefined],
  ]);
});

test("a cell that blocks shows its output while it runs", async () => {
  const ending = kernel.run(
    "console.log('begun'); for (const end = Date.now() + 1500; Date.now() < end;) { if (Date.now() % 100 === 0) console.log('tick') }",
  );
  let isOver = false;
  void ending.then(() => {
    isOver = true;
  });
  const first = await kernel.next(({ header }) => header.msg_type === "stream");
  expect(first.content["text"]).toContain("begun");
  expect(isOver).toBe(false);
  await ending;
});

test("output of child processes and of native writes is captured before the cell ends", async () => {
  const { stdout, stderr } = await kernel.run(
    `import { spawnSync } from "node:child_process"; import { writeSync } from "node:fs";
     spawnSync("sh", ["-c", "echo child; echo wrong >&2"], { stdio: "inherit" });
     writeSync(1, "native π\\n"); undefined`,
  );
  expect(stdout).toBe("child\nnative π\n");
  expect(stderr).toBe("wrong\n");
});

test("output after the end of a cell belongs to the cell that started it", async () => {
  const late: string[] = [];
  let first = "";
  kernel.client.onIopub = ({ header, parent, content }) => {
    if (header.msg_type === "execute_input" && String(content["code"]).includes("slow"))
      first = String(parent.msg_id);
    if (header.msg_type === "stream" && String(content["text"]).startsWith("late"))
      late.push(String(parent.msg_id));
  };
  await kernel.run(
    "const slow = async () => { await new Promise((r) => setTimeout(r, 100)); await null; console.log('late') };\nvoid slow()",
  );
  await kernel.run("await new Promise((r) => setTimeout(r, 300)); console.log('other')");
  expect(late).toEqual([first]);
});

test("displays can be replaced, and outputs cleared", async () => {
  const { messages } = await kernel.run(
    `display({ "text/plain": "a" }, { displayId: "d" }); display({ "text/plain": "b" }, { displayId: "d", update: true }); clearOutput({ wait: true });`,
  );
  expect(messages.map(({ header }) => header.msg_type)).toEqual([
    "display_data",
    "update_display_data",
    "clear_output",
  ]);
  expect(messages[1]?.content).toMatchObject({
    data: { "text/plain": "b" },
    transient: { display_id: "d" },
  });
});

test("a value says itself how it looks, also later; bytes become base64", async () => {
  const shown = await kernel.run(
    "({ async [Symbol.for('Jupyter.display')]() { return { 'image/png': new Uint8Array([1, 2, 3]), 'text/plain': 'picture' } } })",
  );
  expect(shown.messages[0]?.content["data"]).toEqual({
    "image/png": "AQID",
    "text/plain": "picture",
  });
  const other = await kernel.run("display({ toMimeBundle: () => ({ 'text/markdown': '*m*' }) })");
  expect(other.messages[0]?.content["data"]).toEqual({ "text/markdown": "*m*" });
});

test("an Arrow table is a table", async () => {
  const { messages } = await kernel.run(
    `import { tableFromArrays } from "apache-arrow";
     tableFromArrays({ step: Int32Array.from([1, 2]), name: ["<a>", "b"] })`,
  );
  const data = messages[0]?.content["data"] as Record<string, string>;
  expect(data["text/html"]).toContain("<td>&lt;a&gt;</td>");
  expect(data["text/plain"]).toContain("2 rows x 2 columns");
});
