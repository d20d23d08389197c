// What a person sees when something is wrong, and that the kernel goes on.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { KernelUnderTest, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

async function lives(): Promise<void> {
  expect((await kernel.run("6 * 7")).result).toBe("42");
}

test("a stack names cells and the lines of the person's own TypeScript, and nothing of ours", async () => {
  const count = (await kernel.run("0")).reply["execution_count"] as number;
  await kernel.run(
    'interface Gone {\n  a: number;\n}\n\nfunction fail(gone: Gone): never {\n  throw new TypeError("no " + gone.a);\n}',
  );
  const { error, reply } = await kernel.run(
    "type Alias = string;\nconst value = 1;\nfail({ a: value });",
  );
  expect(reply).toMatchObject({ status: "error", ename: "TypeError", evalue: "no 1" });
  expect(error).toContain(`at fail (cell [${count + 1}], line 6)`);
  expect(error).toContain(`at cell [${count + 2}], line 3`);
  expect(error).toContain('  6 |   throw new TypeError("no " + gone.a);');
  expect(error).not.toMatch(/kernel\/|node:/);
  expect(error).not.toContain("\u001b");
});

test("a cell that does not parse is refused with the place", async () => {
  const { error, reply } = await kernel.run("const fine = 1;\nlet broken: = 2;");
  expect(reply["ename"]).toBe("SyntaxError");
  expect(error).toContain("line 2");
  expect(error).toContain("let broken: = 2;");
  expect((await kernel.run("1;\nreturn 3")).error).toContain("line 2");
});

test("errors of other realms, classes without a name of their own and without a message are named", async () => {
  const { error } = await kernel.run(
    "throw require('node:vm').runInNewContext('new RangeError(\"elsewhere\")')",
  );
  expect(error).toMatch(/^RangeError: elsewhere\ncell \[\d+\], line 1/);
  expect((await kernel.run("class Odd extends Error {} throw new Odd('x')")).error).toMatch(
    /^Odd: x\n/,
  );
  expect((await kernel.run("throw new TypeError()")).error).toMatch(/^TypeError\n/);
});

test.each([
  ["in a plain function", "const wait = () => { await 5 };"],
  ["in a method beside an async one", "class A { async a() { await 1 } b() { await 2 } }"],
])("an await %s is named as what is wrong", async (_, code) => {
  expect((await kernel.run(`1;\n${code}`)).error).toMatch(
    /^SyntaxError: await is only valid in async functions.*\ncell \[\d+\], line 2/,
  );
});

test("exactly one error message and the reply say the same", async () => {
  const { messages, reply } = await kernel.run(
    "throw new RangeError('r', { cause: new Error('why') })",
  );
  expect(messages.map(({ header }) => header.msg_type)).toEqual(["error"]);
  expect(reply).toMatchObject(messages[0]?.content ?? {});
  expect((reply["traceback"] as string[]).join("\n")).toContain("Caused by Error: why");
});

test.each([
  ["a thrown object", "throw { odd: 1 }", "{ odd: 1 }"],
  [
    "a hostile error",
    "throw Object.defineProperty(new Error('h'), 'message', { get() { throw 1 } })",
    "cannot be read",
  ],
  ["a stack overflow", "function deep() { deep() }\ndeep()", "RangeError"],
  [
    "a revoked proxy",
    "const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy",
    "has been revoked",
  ],
  ["process.exit", "process.exit(3)", "process.exit(3)"],
])("%s ends its cell only", async (_, code, expected) => {
  expect((await kernel.run(code)).error).toContain(expected);
  await lives();
});

test("a rejection nobody handles and a throw in a timer are told on stderr, variables intact", async () => {
  await kernel.run("const kept = 'kept'");
  const { stderr, reply } = await kernel.run(
    "Promise.reject(new Error('unhandled one'));\nsetTimeout(() => { throw new Error('in a timer') }, 1);\nawait new Promise((r) => setTimeout(r, 50))",
  );
  expect(reply["status"]).toBe("ok");
  expect(stderr).toContain("unhandled one");
  expect(stderr).toContain("in a timer");
  expect(stderr).not.toContain("kernel/");
  expect((await kernel.run("kept")).result).toBe("'kept'");
});

test.each([
  ["a circular value", "const c: any = {}; c.self = c; c", "Circular"],
  [
    "a proxy whose traps throw",
    "new Proxy({}, { get() { throw 1 }, ownKeys() { throw 1 } })",
    "{}",
  ],
  ["a revoked proxy", "const p = Proxy.revocable({}, {}); p.revoke(); p.proxy", "Revoked Proxy"],
  [
    "an inspection that throws",
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no') } })",
    "cannot be shown",
  ],
  [
    "a display method that throws",
    "({ [Symbol.for('Jupyter.display')]() { throw new Error('no') } })",
    "display method threw",
  ],
  ["getters", "({ get a() { throw new Error('asked') } })", "[Getter]"],
  [
    "100,000 keys",
    "Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => ['k' + i, i]))",
    "99900 more properties",
  ],
  ["a long string", "'x'.repeat(1_000_000)", "more characters"],
  [
    "a wide deep tree",
    "const tree = (d: number): unknown => (d ? Array.from({ length: 30 }, () => tree(d - 1)) : 0); tree(4)",
    "[Array]",
  ],
])("%s is shown within bounds", async (_, code, expected) => {
  const { result = "" } = await kernel.run(code);
  expect(result).toContain(expected);
  expect(result.length).toBeLessThan(60_000);
});

test("magics that are not understood say what is", async () => {
  expect((await kernel.run("%nonsense")).error).toContain("%cluster");
  expect((await kernel.run("%cluster many")).error).toContain("%cluster N");
  expect((await kernel.run("%%rank 3\n1")).error).toContain("ranks 0 to 0");
});

test("a stack that is printed names the person's lines as one that is thrown does", async () => {
  const { reply, stdout, stderr } = await kernel.run(`type Alias = string;
function broken(): Error { return Object.assign(new TypeError("printed"), { code: 7 }); }
console.error(broken());
console.log([broken()], "and on");
console.trace("here");`);
  const label = `cell [${reply["execution_count"]}]`;
  const frames = `    at broken (${label}, line 2)\n    at ${label}, line 3`;
  expect(stderr).toContain(`TypeError: printed\n${frames} {\n  code: 7\n}\n`);
  expect(stderr).toContain(`Trace: here\n    at ${label}, line 5\n`);
  expect(stdout).toMatch(
    /^\[\n {2}TypeError: printed\n.*line 2\)\n.*line 4 \{\n.*7\n.*\}\n\] and on\n$/,
  );
  expect(stdout + stderr).not.toMatch(/cell:|node:|kernel\//);
});

test("an error tells the errors it holds and what else it knows", async () => {
  const { error } = await kernel.run(
    "await Promise.any([1, 2].map((n) => Promise.reject(new RangeError('no ' + n))))",
  );
  expect(error).toMatch(/^AggregateError: All promises were rejected\ncell \[\d+\], line 1/);
  expect(error).toMatch(
    /\nError 1: RangeError: no 1\n.*at .*cell[\s\S]*\nError 2: RangeError: no 2/,
  );
  const rich = await kernel.run(
    "throw Object.assign(new Error('gone'), { status: 404, why: 'gone', at: { host: 'x' } })",
  );
  expect(rich.error).toContain("\n{ status: 404, at: { host: 'x' } }");
  expect((await kernel.run("throw new Error('plain')")).error).not.toContain("{");
});

test("a name that JavaScript has taken is told without a line that there is not", async () => {
  const { error } = await kernel.run("let a = 1;\nconst NaN = 1;");
  expect(error).toBe("SyntaxError: Identifier 'NaN' has already been declared");
});

test("a worker that fills its heap says so, and what gives it more", async () => {
  const other = new KernelUnderTest({ NODE_OPTIONS: "--max-old-space-size=64" });
  await other.start();
  const { error } = await other.run(
    "const all: number[][] = [];\nfor (;;) all.push(new Array(1e5).fill(1.5));",
  );
  expect(error).toMatch(
    /WorkerDied: rank 0 \(pid \d+\) ran out of JavaScript memory; NODE_OPTIONS=/,
  );
  await other.stop();
});

test("without its folder a worker cannot start and says so; back again, it can", async () => {
  const history = join(scratchFolder(), "history"); // writing it would make the folder anew
  const other = new KernelUnderTest({ NOTEBOOSTER_HISTORY: history });
  await other.start();
  await other.run("require('fs').rmSync(process.cwd(), { recursive: true })");
  expect((await other.run("6 * 7")).result).toBe("42");
  expect((await other.run("%cluster restart")).error).toContain(
    `its folder ${other.folder} is gone`,
  );
  mkdirSync(other.folder);
  await other.run("%cluster restart");
  expect((await other.run("7 * 6")).result).toBe("42");
  await other.stop();
});

test.each([
  [
    "const [model, optimizer] = await (async () => ({ model: 1 }))()",
    /^TypeError: what await gave is not iterable; if it is an object: const \{ a, b \} = await/,
  ],
  ["(await (async () => 5)()).half()", /^TypeError: \(await \.\.\.\)\.half is not a function/],
])("awaits are quoted as they were written: %s", async (code, message) => {
  const { error } = await kernel.run(code);
  expect(error).toMatch(message);
  expect(error).not.toContain("__notebooster");
});

test("a method that is not there is told with the one that may be meant", async () => {
  await kernel.run('import * as torch from "notebooster"; const steps = { zeroGrad() {} };');
  const told = async (code: string) => (await kernel.run(code)).error.split("\n")[0];
  expect(await told("(torch as any).manual_seed(0)")).toBe(
    "TypeError: torch.manual_seed is not a function; did you mean torch.manualSeed?",
  );
  expect(await told("(steps as any).zero_grad()")).toMatch(/did you mean steps\.zeroGrad\?$/);
  expect(await told("(steps as any).entirelyElse()")).toBe(
    "TypeError: steps.entirelyElse is not a function",
  );
});

test("what PyTorch has and we do not is told with what to write instead", async () => {
  await kernel.run(`import { Linear, Module, zeros } from "notebooster"; import * as torch from "notebooster";
class Net extends Module { fc = new Linear(2, 2); forward(x: any) { return (this as any).fc(x); } }
const net = new Net(); const input: any = zeros(1, 2); const any = net as any; const other: any = { numel: 1 };`);
  const told = async (code: string) => (await kernel.run(code)).error.split("\n")[0];
  expect(await told("any(input)")).toMatch(/any is not a function; call any\.forward\(\.\.\.\)$/);
  expect(await told("any.fc(input)")).toMatch(/; call any\.fc\.forward\(\.\.\.\)$/);
  expect(await told("net.forward(input)")).toMatch(/; if it is a module, call this\.fc\.forward/);
  expect(await told("input.numpy()")).toMatch(
    /; its numbers are x\.tolist\(\) and x\.toTypedArray/,
  );
  expect(await told("any.cuda()")).toMatch(/; say where to: \.to\("cuda"\)$/);
  expect(await told("any.registerForwardHook(1)")).toMatch(/; hooks are not there/);
  expect(await told("any.apply(1)")).toMatch(/module of model\.modules\(\)/);
  expect(await told("(torch as any).save(net, 'x')")).toMatch(/; weights are safetensors/);
  expect(await told("other.numpy()")).toMatch(/is not a function; did you mean other\.numel\?$/);
  expect(await told("other.cuda()")).toBe("TypeError: other.cuda is not a function");
});

test.each(["!pip install x", "%timeit 1 + 1", "%matplotlib inline"])(
  "a magic below code is told where magics stand: %s",
  async (magic) => {
    const { error } = await kernel.run(`const above = 1;\n${magic}\nabove`);
    expect(error).toContain(`magics stand above all code of a cell; move '${magic}' to its head`);
    expect(error).toContain("line 2");
  },
);
