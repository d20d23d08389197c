// What the shell does for a cell: `%sh`, `%%sh`, and how long cells take.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });

test("%sh runs a command in the notebook's folder, before the cell's own code", async () => {
  const { stdout, result } = await kernel.run(
    `%sh pwd; echo "a  b" | tr a-z A-Z; echo late >&2\n1 + 1`,
  );
  expect(stdout).toContain(`${kernel.folder}\n`);
  expect(stdout).toContain("A  B\n");
  expect(stdout).toContain("late\n");
  expect(result).toBe("2");
});

test("%%sh makes the rest of the cell a script, which TypeScript never sees", async () => {
  const script = "for i in 1 2 3; do\n  echo \"line $i: 'é'\"\ndone";
  const { stdout, stderr, reply } = await kernel.run(`\n%%sh\n${script}`);
  expect(reply["status"]).toBe("ok");
  expect(stdout).toBe("line 1: 'é'\nline 2: 'é'\nline 3: 'é'\n");
  expect(stderr).toBe("");
  const content = {
    code: `%%sh
${script}`,
  };
  const complete = await kernel.client.request({ type: "is_complete_request", content });
  expect(complete.content["status"]).toBe("complete");
});

test("a command that fails fails the cell, whose code does not run", async () => {
  const { error, result } = await kernel.run("%sh echo before; exit 3\n1 + 1");
  expect(error).toContain("the shell failed: it ended with code 3");
  expect(result).toBeUndefined();
  expect((await kernel.run("%sh")).error).toContain("use %sh COMMAND");
});

test("an interrupt ends a script with everything it started", async () => {
  const mark = `37${process.pid}`;
  const ending = kernel.run(`%%sh
echo running
sleep ${mark} | cat`);
  await kernel.next((message) => message.header.msg_type === "stream");
  await kernel.client.interrupt();
  const { error } = await ending;
  expect(error).toContain("it was interrupted");
  const look = `%sh pgrep -f "[s]leep ${mark}" || echo none`;
  await expect.poll(async () => (await kernel.run(look)).stdout).toBe("none\n");
});

test("a line that begins with ! is the shell's, and TypeScript's not where it can be nothing else", async () => {
  const { stdout, result } = await kernel.run("!echo one | tr a-z A-Z\n! echo two\n40 + 2");
  expect([stdout, result]).toEqual(["ONE\ntwo\n", "42"]);
  expect((await kernel.run("!(1 > 2)")).result).toBe("true");
  expect((await kernel.run("!!1")).result).toBe("true");
  const content = { code: "!ls -la" };
  const complete = await kernel.client.request({ type: "is_complete_request", content });
  expect(complete.content["status"]).toBe("complete");
});

test("%cd moves workers, shell and completion, until the workers are new", async () => {
  await kernel.run("%sh mkdir -p 'a b/inner'; touch 'a b/inner/leaf.txt'");
  const moved = await kernel.run(`%cd "a b"\nprocess.cwd()`);
  expect(moved).toMatchObject({
    stdout: `${kernel.folder}/a b\n`,
    result: `'${kernel.folder}/a b'`,
  });
  expect((await kernel.run("%cd inner\n%sh pwd")).stdout).toContain(`${kernel.folder}/a b/inner\n`);
  const code = "readFile('lea";
  const matches = async () => {
    const content = { code, cursor_pos: code.length };
    const found = await kernel.client.request({ type: "complete_request", content });
    return found.content["matches"];
  };
  await expect.poll(matches, { timeout: 30_000 }).toContain("leaf.txt"); // once there are types
  expect((await kernel.run("%cd nowhere")).error).toMatch(
    /%cd nowhere: there is no such folder .* the folder is still .*inner/,
  );
  expect((await kernel.run("%cluster restart\nprocess.cwd()")).result).toBe(`'${kernel.folder}'`);
  expect((await kernel.run("!pwd")).stdout).toBe(`${kernel.folder}\n`);
});

test("%env sets a variable for workers, shell and workers to come; secrets are not listed", async () => {
  const set = await kernel.run(
    "%env COLOUR=dark blue\n%env API_TOKEN = abc\nprocess.env['COLOUR']",
  );
  expect(set).toMatchObject({ result: "'dark blue'" });
  expect((await kernel.run('%env COLOUR\n!echo "$COLOUR"')).stdout).toBe("dark blue\ndark blue\n");
  expect((await kernel.run("%cluster restart\nprocess.env['COLOUR']")).result).toBe("'dark blue'");
  const { stdout } = await kernel.run("%env");
  expect(stdout).toMatch(/^API_TOKEN=<hidden>$/m);
  expect(stdout).toMatch(/^COLOUR=dark blue$/m);
  expect((await kernel.run("%env NOT_THERE")).error).toContain("%env NOT_THERE=VALUE sets it");
});

test("%time times the code behind it, which keeps its place and gives the result", async () => {
  const { stdout, result } = await kernel.run("%time const timed = 40\ntimed + 2");
  expect([stdout, result]).toEqual([expect.stringMatching(/^wall time: [\d.]+ ms\n$/), "42"]);
  expect((await kernel.run("%time throw new Error('x')")).error).toMatch(/1 \| +throw new Error/);
});

const TIMES = /^[\d.]+ (?:ns|µs|ms) ± [\d.]+ (?:ns|µs|ms) per loop \(mean ± std\. dev\. of /;

test("%timeit times the code in its line, %%timeit all below it, as often as is asked for", async () => {
  await kernel.run("%check strict\nlet numCalls = 0;");
  const lines = await kernel.run(`%timeit -n 3 -r 2 numCalls += 1 // six times
%timeit -n1 -r1 await new Promise((done) => setTimeout(done, 20))
numCalls`);
  expect([lines.error, lines.result]).toEqual(["", "6"]);
  const [first, second] = lines.stdout.split("\n");
  expect(first).toMatch(TIMES);
  expect(first).toMatch(/of 2 runs, 3 loops each\)$/);
  expect(second).toMatch(/ ± 0 ns per loop .* of 1 run, 1 loop each\)$/);
  expect(second).toMatch(/^(?:19\.\d+ ms|[2-9]\d[.\d]* ms|\d{3} ms|[.\d]+ s) /); // waited for 20 ms at least
  const below = await kernel.run("%%timeit -n 1000 -r 1\nconst a = numCalls;\nnumCalls = a + 1");
  expect(below.stdout).toMatch(/of 1 run, 1,000 loops each\)\n$/);
  expect((await kernel.run("numCalls")).result).toBe("1006");
  expect((await kernel.run("%timeit Math.sqrt(2)")).stdout).toMatch(/of 7 runs, [\d,]+ loops each/);
  expect((await kernel.run("%timeit\n1")).error).toContain("use %timeit CODE");
  await kernel.run("%check warn");
});

test("%timeit on several ranks is told how often, or refused", async () => {
  await kernel.run("%cluster 2");
  expect((await kernel.run("%timeit 1 + 1")).error).toContain("%timeit -n 100 CODE");
  expect((await kernel.run("%timeit -n 2 -r 1 1 + 1")).stdout).toMatch(/1 run, 2 loops each/);
  await kernel.run("%cluster 1");
});

test("%%writefile writes the rest of the cell, as it stands, in the notebook's folder", async () => {
  const text = "export const half = 0.5;\n  // not TypeScript: {'é'} )(\n";
  const { stdout, error } = await kernel.run(`%%writefile 'made by cell.ts'\n${text}`);
  expect([error, stdout]).toEqual(["", "Writing made by cell.ts\n"]);
  const file = join(kernel.folder, "made by cell.ts");
  expect(readFileSync(file, "utf8")).toBe(text);
  expect((await kernel.run("%%writefile -a made by cell.ts\nmore")).stdout).toBe(
    "Appending to made by cell.ts\n",
  );
  expect(readFileSync(file, "utf8")).toBe(`${text}more\n`);
  const again = "%%writefile made by cell.ts\nexport const half = 1 / 2;";
  expect((await kernel.run(again)).stdout).toBe("Overwriting made by cell.ts\n");
  const imported = 'import { half } from "./made by cell.ts"; half';
  expect((await kernel.run(imported)).result).toBe("0.5");
  expect((await kernel.run("%%writefile none/a.txt\nx")).error).toContain("there is no folder");
  expect((await kernel.run("%%writefile\nx")).error).toContain("use %%writefile PATH");
  const content = { code: "%%writefile a.txt\n(" };
  const complete = await kernel.client.request({ type: "is_complete_request", content });
  expect(complete.content["status"]).toBe("complete");
});

test("%help and %lsmagic list every magic, an unknown one names them, one below code is told", async () => {
  const [{ stdout }, other] = [await kernel.run("%help"), await kernel.run("%lsmagic")];
  expect(other.stdout).toBe(stdout);
  const { error } = await kernel.run("%tme x");
  const known = /there are (.*) and !COMMAND/.exec(error)?.[1]?.split(", ") ?? [];
  expect(known.length).toBeGreaterThan(12);
  for (const name of known) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
  expect((await kernel.run("1 + 1\n%time 2")).error).toContain("above its code");
});

test("%%time says how long a cell took, beside its result", async () => {
  const code = "%%time\nawait new Promise((done) => setTimeout(done, 1100));\n'done'";
  const { stdout, result } = await kernel.run(code);
  expect(stdout).toMatch(/^wall time: (?:1\.[1-9]\d*|[2-9][.\d]*|\d\d[.\d]*) s\n$/);
  expect(result).toBe("'done'");
  expect((await kernel.run("%%time\n1")).stdout).toMatch(/^wall time: [\d.]+ ms\n$/);
});

test("a cell that begins with the negation of a call is TypeScript", async () => {
  expect((await kernel.run("const ready = { now: () => 0 };\n!ready.now()")).result).toBe("true");
  expect((await kernel.run("!ready.now()")).result).toBe("true");
});
