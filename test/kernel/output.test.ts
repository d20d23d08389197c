// Output: all of it, before idle, in the right cell.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

test("100,000 lines of one cell: the beginning is shown, a note names the file that has all of them", async () => {
  const { stdout, messages } = await kernel.run(
    "for (let i = 0; i < 100_000; i++) console.log('line ' + i); 'end'",
  );
  const all = Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`);
  expect(stdout.length).toBeGreaterThan(100_000);
  expect(all.join("").startsWith(stdout)).toBe(true);
  const notes = messages.filter(({ header }) => header.msg_type.endsWith("display_data"));
  const { "text/plain": note = "" } = (notes.at(-1)?.content["data"] ?? {}) as Record<
    string,
    string
  >;
  const [, path = ""] =
    /100000 lines so far; the whole output is in (\S+), its end:/.exec(note) ?? [];
  expect(note).toContain("line 99999");
  expect(readFileSync(join(kernel.folder, path), "utf8")).toBe(all.join(""));
  expect(messages.at(-1)?.header.msg_type).toBe("execute_result");
  expect(messages.length).toBeLessThan(100);
});

test("a cell that clears its output as it goes never needs the file", async () => {
  const { messages } = await kernel.run(
    "for (let i = 0; i < 4; i++) { clearOutput(); for (let j = 0; j < 10_000; j++) console.log(j) }",
  );
  expect(messages.some(({ header }) => header.msg_type === "display_data")).toBe(false);
});

test("a cell that blocks shows its output while it runs", async () => {
  const mark = join(kernel.folder, "shown");
  const ending = kernel.run(
    `const { existsSync } = require("node:fs"); console.log('begun');
    while (!existsSync(${JSON.stringify(mark)})) if (Date.now() % 100 === 0) console.log('tick')`,
  );
  const first = await kernel.next(({ header }) => header.msg_type === "stream");
  expect(first.content["text"]).toContain("begun");
  writeFileSync(mark, "");
  expect((await ending).reply["status"]).toBe("ok");
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

test("characters split between writes arrive whole, from any source and beside others", async () => {
  const { stdout, stderr } = await kernel.run(
    `import { spawn } from "node:child_process";
     const bytes = Buffer.from("😀é"); const at = (from: number, to: number) => bytes.subarray(from, to);
     process.stdout.write(at(0, 1)); process.stderr.write(at(0, 2)); process.stdout.write(at(1, 4)); process.stdout.write("|");
     process.stdout.write(at(4, 5)); process.stderr.write(at(2, 6)); console.log("-"); process.stdout.write(at(5, 6));
     process.stdout.write("c3a9", "hex"); process.stdout.write(Buffer.from([0xff, 65])); undefined`,
  );
  expect(stdout).toBe("😀|-\néé\ufffdA");
  expect(stderr).toBe("😀é");
});

test("a child's 180 kB of Japanese, piped into stdout, arrive without a broken character", async () => {
  const { stdout } = await kernel.run(
    `await new Promise((r) => { const c = spawn("sh", ["-c", "printf x; yes 日本語 | head -20000 | tr -d '\\n'"]);
     c.stdout.pipe(process.stdout, { end: false }); c.on("close", r); }); undefined`,
  );
  expect(stdout).toBe(`x${"日本語".repeat(20_000)}`);
});

/** Shell that goes on once the file `go` is there. */
const RELEASED = "while [ ! -e go ]; do sleep 0.01; done";

test.each([
  ["a promise", "void (async () => { await released(); await null; console.log('late') })()"],
  [
    "a timer",
    "const timer = setInterval(() => { if (existsSync('go')) { clearInterval(timer); console.log('late') } }, 5); undefined",
  ],
  [
    "a callback of the file system",
    `const look = () => readFile("go", (missing) => missing ? setTimeout(look, 5) : queueMicrotask(() => console.log("late")));
     look(); undefined`,
  ],
  [
    "a socket",
    `const server = createServer((socket) => void released().then(() => socket.end("late\\n"))).listen(0, () => {
       connect((server.address() as { port: number }).port).on("data", (data) => console.log(String(data).trim())).on("end", () => server.close());
     }); undefined`,
  ],
  [
    "a child's stream",
    `spawn("sh", ["-c", "${RELEASED}; echo late"]).stdout.on("data", (data) => console.log(String(data).trim())); undefined`,
  ],
  [
    "a child that shares stdout",
    `spawn("sh", ["-c", "${RELEASED}; echo late"], { stdio: "inherit" }); undefined`,
  ],
])("output of %s after the end of its cell belongs to that cell", async (_, code) => {
  await kernel.run(`import { spawn } from "node:child_process";
    import { existsSync, readFile, rmSync, writeFileSync } from "node:fs";
    import { connect, createServer } from "node:net";
    rmSync("go", { force: true });
    const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
    const released = async () => { while (!existsSync("go")) await wait(5); };`);
  let origin = "";
  const late: string[] = [];
  kernel.client.onIopub = ({ header, parent, content }) => {
    if (header.msg_type === "execute_input" && content["code"] === code)
      origin = String(parent.msg_id);
    if (header.msg_type === "stream" && content["text"] === "late\n")
      late.push(String(parent.msg_id));
  };
  const { stdout } = await kernel.run(code);
  expect(stdout).toBe("");
  await kernel.run("writeFileSync('go', ''); await wait(400); console.log('other')");
  await expect.poll(() => late).toEqual([origin]);
});

test("what a child that shares stdout and stderr printed is there when its cell ends", async () => {
  const { stdout, stderr } = await kernel.run(
    `const child = spawn("sh", ["-c", "echo π; echo wrong >&2"], { stdio: ["ignore", "inherit", 2] });
     await new Promise((r) => child.on("exit", r)); child.stdout`,
  );
  expect([stdout, stderr]).toEqual(["π\n", "wrong\n"]);
});

test("promises and emitters look the same to cells as without us", async () => {
  const { result } = await kernel.run(
    `import { EventEmitter } from "node:events"; import { promisify } from "node:util";
     const emitter = new EventEmitter(); let heard = 0; const listen = () => { heard += 1 };
     emitter.on("x", listen).once("x", listen); emitter.emit("x"); emitter.emit("x"); emitter.off("x", listen);
     [Promise.resolve(1), heard, emitter.listenerCount("x"), await promisify(setTimeout)(1, "slept"),
      Object.getOwnPropertySymbols(Promise.resolve()).length]`,
  );
  expect(result).toBe("[ Promise { 1 }, 3, 0, 'slept', 0 ]");
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
  expect(other.messages[0]?.content["data"]).toEqual({
    "text/markdown": "*m*",
    "text/plain": "*m*",
  });
});

test("an Arrow table is a table", async () => {
  const own = join(kernel.folder, "node_modules/apache-arrow"); // notebooks do not see the product's
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "index.js"), `export * from "${import.meta.resolve("apache-arrow")}";`);
  writeFileSync(join(own, "package.json"), '{ "type": "module" }');
  const { messages } = await kernel.run(
    `import { tableFromArrays } from "apache-arrow";
     tableFromArrays({ step: Int32Array.from([1, 2]), name: ["<a>", "b"] })`,
  );
  const data = messages.at(-1)?.content["data"] as Record<string, string>;
  expect(data["text/html"]).toContain("<td>&lt;a&gt;</td>");
  expect(data["text/plain"]).toContain("2 rows x 2 columns");
});

test("streams that end in stdout leave it open", async () => {
  const { stdout, result } = await kernel.run(`import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
await pipeline(Readable.from(["through a pipeline\\n"]), process.stdout);
await new Promise((done) => process.stdout.end("last words\\n", done));
console.log("and on");
"end"`);
  expect(stdout).toBe("through a pipeline\nlast words\nand on\n");
  expect(result).toBe("'end'");
});
