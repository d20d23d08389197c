// Types of a notebook: carried across cells, checked beside execution, shown in completion and hover.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KernelUnderTest, useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });

interface Entry {
  readonly text: string;
  readonly type: string;
  readonly signature?: string;
}

/** Completions at the `|` of `code`. */
async function complete(code: string) {
  const before = code.slice(0, code.indexOf("|"));
  const content = { code: code.replace("|", ""), cursor_pos: [...before].length };
  const reply = await kernel.client.request({ type: "complete_request", content });
  const { matches, cursor_start, cursor_end, metadata } = reply.content;
  const entries = (metadata as Record<string, Entry[]>)["_jupyter_types_experimental"];
  return { matches: matches as string[], start: cursor_start, end: cursor_end, entries };
}

/** What is shown for the place at the `|` of `code`. */
async function hover(code: string): Promise<Record<string, string>> {
  const before = code.slice(0, code.indexOf("|"));
  const content = { code: code.replace("|", ""), cursor_pos: [...before].length };
  const reply = await kernel.client.request({ type: "inspect_request", content });
  return reply.content["data"] as Record<string, string>;
}

/** What TypeScript says of a cell, before or after the cell has ended. */
async function problems(code: string): Promise<string> {
  const told = kernel.next(
    ({ header, content }) =>
      header.msg_type === "display_data" && /type error/.test(plainText(content)),
  );
  await kernel.run(code);
  return plainText((await told).content);
}

function plainText(content: Record<string, unknown>): string {
  return (content["data"] as { "text/plain"?: string })["text/plain"] ?? "";
}

/** What TypeScript has said of a cell once it has looked at it, empty if nothing. */
async function toldAbout(code: string): Promise<string> {
  const told: Parameters<typeof kernel.client.onIopub>[0][] = [];
  kernel.client.onIopub = (message) => told.push(message); // now: it may come with the reply
  const { parent } = await kernel.client.execute(code);
  await kernel.run("%check");
  const shown = told.filter(({ header }) => header.msg_type === "display_data");
  const ofCell = shown.filter((message) => message.parent.msg_id === parent.msg_id);
  return ofCell.map(({ content }) => plainText(content)).join("\n");
}

/** What TypeScript says of a cell, which is not run when it says anything. */
async function refusal(code: string): Promise<string> {
  await kernel.run("%check strict");
  const { error } = await kernel.run(code);
  await kernel.run("%check warn");
  return error;
}

test("a wrong type is told in the right cell, folded, and the cell has run", async () => {
  const told = kernel.next(({ header }) => header.msg_type === "display_data");
  const reply = await kernel.client.execute("const count: number = 'three';\ncount");
  expect(reply.content).toMatchObject({ status: "ok" });
  const { parent, content } = await told;
  const data = content["data"] as Record<string, string>;
  expect(parent.msg_id).toBe(reply.parent.msg_id);
  expect(data["text/plain"]).toContain(
    `cell [${reply.content["execution_count"]}], line 1: Type 'string' is not assignable to type 'number'. (TS2322)`,
  );
  expect(data["text/plain"]).toContain("1 | const count: number = 'three';\n            ^^^^^");
  expect(data["text/html"]).toMatch(/^<details><summary.*1 type error/);
});

test("types of every kind are carried from cell to cell", async () => {
  await kernel.run(`
    interface Point { x: number; y?: string }
    type Side = "left" | "right";
    enum Colour { red, green }
    namespace Shapes { export interface Box { side: Side } }
    class Stack<T> { readonly items: T[] = []; push(item: T): this { this.items.push(item); return this } }
    function pair<A, B>(a: A, b: B): [A, B] { return [a, b] }
    const fixed = { deep: { list: [1, 2, 3] } };
    let loose = new Map<string, number[]>();
    const [first, { second: renamed }] = [1, { second: "two" }];
    for (var counter = 0; counter < 2; counter++);
    import { readFileSync as read } from "node:fs";
    import * as path from "node:path";`);
  expect(
    await refusal(`
      const p: Point = { x: 1 }; p.y?.toUpperCase();
      const side: Side = "left"; const box: Shapes.Box = { side };
      Colour.red.toFixed(); new Stack<Point>().push({ x: 2 }).items[0]?.x.toFixed();
      pair(1, "b")[1].toUpperCase(); fixed.deep.list.map((n) => n.toFixed());
      loose.get("a")?.map((n) => n + 1); loose = new Map([["b", [1]]]);
      first.toFixed(); renamed.toUpperCase(); counter.toFixed();
      read("package.json", "utf8").length; path.join("a", "b");
      const waited = await Promise.resolve(3); waited.toFixed();
      /[\\p{L}--[a-z]]/v.test("é");`),
  ).toMatch(/^(?:Error: ENOENT|$)/); // the types are right: the cell ran
});

test.each([
  [
    "a constant of an earlier cell",
    "fixed = 3",
    "Cannot assign to 'fixed' because it is a constant",
  ],
  ["a constant of the same cell", "const own = 1; own = 2", "Cannot assign to 'own'"],
  ["a function", "pair = () => 1", "Cannot assign to 'pair' because it is a function, class"],
  [
    "a variable, of another type",
    "loose = 3",
    "Type 'number' is not assignable to type 'Map<string, number[]>'",
  ],
  ["an argument", "pair(1)", "Expected 2 arguments, but got 1"],
  ["a misspelt member", "\n\nfixed.dep", "line 3: Property 'dep' does not exist"],
  ["a name that is nowhere", "nowhere + 1", "Cannot find name 'nowhere'"],
  ["an object alone in a cell", "{ a: 1, b: nowhere }", "Cannot find name 'nowhere'"],
  ["a global of the kernel", "worldSize = 'a'; display.html(3)", "Argument of type 'number'"],
  [
    "a library's option",
    "new Map<string, number>([[1, 2]])",
    "Type 'number' is not assignable to type 'string'",
  ],
])("%s is checked", async (_, code, expected) => {
  const error = await refusal(code);
  expect(error).toContain("TypeCheckError");
  expect(error).toContain(expected);
});

test("every name that the kernel gives has a type", async () => {
  const given = await kernel.run("Object.getOwnPropertyNames(globalThis).join()");
  const ofNode = new Set(Object.getOwnPropertyNames(globalThis));
  const names = (given.result ?? "").replaceAll("'", "").split(",");
  const ours = names.filter((name) => !name.startsWith("__") && !ofNode.has(name));
  const uses = ours.filter((name) => /^(?:[a-z]+|worldSize|clearOutput)$/.test(name));
  expect(uses).toEqual(expect.arrayContaining(["rank", "display", "comms", "prompt", "input"]));
  expect(await refusal(`[${uses.join(", ")}].length`)).toBe("");
});

test("a cell may add to the types of globals", async () => {
  await kernel.run(
    "declare global { var augmented: { depth: number } }\nglobalThis.augmented = { depth: 2 };",
  );
  await kernel.run("1");
  expect((await kernel.run("%check strict\naugmented.depth")).result).toBe("2");
  expect(await refusal("augmented.height")).toContain("Property 'height' does not exist");
});

test("types that are left out are no mistake", async () => {
  expect(await refusal("function untyped(a, ...rest) { return a + rest.length } untyped(1)")).toBe(
    "",
  );
});

test("a constant's type widens in a later cell as in its own", async () => {
  await kernel.run(
    "const three = 3; const word = 'w'; let either = Math.random() > 2 ? 1 : undefined;",
  );
  const cell =
    "let count = three; count = 4; const list = [three]; list.push(5); let w = word; w = 'x';";
  expect(await refusal(`${cell} if (either !== undefined) either.toFixed(); either = 3;`)).toBe("");
});

test("a name may be declared again with another type, and cells that were refused declare nothing", async () => {
  await kernel.run("const again = 1;");
  await kernel.run("const again = 'text';");
  expect(await refusal("const again: boolean = 3;")).toContain("TypeCheckError");
  expect(await refusal("again.toUpperCase()")).toBe("");
});

test("%check off says nothing, %check tells which holds", async () => {
  await kernel.run("%check off");
  await kernel.run("const silent: number = 'x'");
  expect((await kernel.run("%check")).stdout).toContain("%check off");
  expect((await kernel.run("%check warn")).stdout).toContain("runs");
  expect(await problems("const spoken: number = 'x'")).toContain("TS2322");
  expect((await kernel.run("%check hard")).error).toContain(
    "%check strict, %check warn, %check off",
  );
});

test.each([
  ["members by type", "loose.ge|", ["get"]],
  ["members of a value that is not there yet", "pair(1, 'x')[1].toUpperC|", ["toUpperCase"]],
  ["variables of the same code", "const alpha = { beta: 1 };\nalpha.|", ["beta"]],
  ["members of a string union", 'const s: Side = "|', ["left", "right"]],
  ["keys of an object", "const p: Point = { |", ["x", "y"]],
  ["imports of a package", 'import { readFileS| } from "node:fs"', ["readFileSync"]],
  ["parts of a module's path", 'import "node:fs/p|', ["promises"]],
  ["keywords", "swi|", ["switch"]],
  ["names of earlier cells", "fix|", ["fixed"]],
  ["names that the kernel gives", "worldS|", ["worldSize"]],
  ["magics", "%che|", ["%check off", "%check strict", "%check warn"]],
  ["code below magics", "%check warn\n%%rank 0\nloose.ge|", ["get"]],
])("completion knows %s", async (_, code, expected) => {
  expect((await complete(code)).matches).toEqual(expected);
});

test("in strings completion knows the members of an object and the files of the folder, in comments nothing", async () => {
  mkdirSync(join(kernel.folder, "data/train"), { recursive: true });
  writeFileSync(join(kernel.folder, "data/text.txt"), "");
  await kernel.run('const named = { plain: 1, "two words": 2 }; let anything: any = { inner: 1 };');
  await kernel.run("%check"); // so that TypeScript is there
  const matches = async (code: string) => (await complete(code)).matches;
  expect(await matches('named["|')).toEqual(["plain", "two words"]);
  expect(await matches('read("data/t|')).toEqual(["text.txt", "train/"]);
  expect((await complete('read("data/t|")')).start).toBe(11);
  expect(await matches("`$" + "{anything.in|}`")).toEqual(["inner"]);
  for (const code of ["// see named.|", "'see named.|", "/* anything.in|", "`text named.|"]) {
    expect(await matches(code)).toEqual([]);
  }
});

test("completion joins values with types, and counts in code points", async () => {
  await kernel.run(
    'const parsed = JSON.parse(\'{"layers": 2, "learning": 1}\'); globalThis.planted = 3',
  );
  expect((await complete("parsed.l|")).matches).toEqual(["layers", "learning"]);
  expect((await complete("plante|")).matches).toEqual(["planted"]);
  const { matches, start, end } = await complete("'😀😀' + loose.si|");
  expect({ matches, start, end }).toEqual({ matches: ["size"], start: 13, end: 15 });
});

test("completions carry kind and signature", async () => {
  const { entries } = await complete("loose.se|");
  expect(entries).toEqual([
    expect.objectContaining({
      text: "set",
      type: "method",
      signature: expect.stringContaining(
        "set(key: string, value: number[]): Map<string, number[]>",
      ),
    }),
  ]);
});

test("hover shows declaration, documentation and value", async () => {
  await kernel.run(
    "/** Adds up.\n * @param all numbers */\nfunction sum(all: number[]): number { return all.length }",
  );
  await kernel.run("/** How many. */\nconst amount = 12;");
  expect((await hover("su|m([1])"))["text/markdown"]).toMatch(
    /```ts\n.*sum\(all: number\[\]\): number\n```\n\nAdds up\.\n\n\*@param\* all/,
  );
  expect((await hover("sum([|"))["text/plain"]).toContain("sum(all: number[]): number");
  const amount = await hover("amo|unt + 1");
  expect(amount["text/plain"]).toContain("const amount: 12");
  expect(amount["text/plain"]).toContain("How many.");
  expect(amount["text/plain"]).toContain("amount: number\n12");
});

test("completion and hover answer while a cell blocks the worker", async () => {
  const mark = join(kernel.folder, "answered");
  const running = kernel.run(
    `const { existsSync } = require("node:fs"); while (!existsSync(${JSON.stringify(mark)}));`,
  );
  expect((await complete("loose.ge|")).matches).toEqual(["get"]);
  expect((await hover("loo|se"))["text/plain"]).toContain("Map<string, number[]>");
  writeFileSync(mark, "");
  expect((await running).reply["status"]).toBe("ok");
});

test("a restart of the workers forgets what cells declared", async () => {
  await kernel.run("const gone = 1");
  await kernel.run("%cluster restart");
  expect((await complete("gon|")).matches).toEqual([]);
});

test("mistakes in the modules that a cell imports are told once for each change, and in strict mode refuse it", async () => {
  const write = (name: string, text: string): void =>
    writeFileSync(join(kernel.folder, name), text);
  write("outer.ts", 'import { inner } from "./inner";\nexport const outer: string = inner();\n');
  write(
    "inner.ts",
    'export const inner = (): string => "x";\n\nexport const wrong: number = "y";\n',
  );
  const cell = 'import { outer } from "./outer"; outer.length';
  expect(await problems(cell)).toContain(
    "inner.ts, line 3: Type 'string' is not assignable to type 'number'. (TS2322)\n" +
      '  3 | export const wrong: number = "y";\n                   ^^^^^',
  );
  expect(await toldAbout(cell)).toBe(""); // known by now
  expect(await refusal(cell)).toMatch(/TypeCheckError: 1 type error.*\ninner\.ts, line 3/);
  write("inner.ts", "export const inner = (): number => 1; // changed\n");
  expect(await toldAbout(cell)).toContain(
    "1 type error (%check strict refuses such cells, %check off is silent)\nouter.ts, line 2",
  );
  write("inner.ts", 'export const inner = (): string => "right";\n');
  expect(await toldAbout(cell)).toBe("");
  expect(await refusal(cell)).toBe("");
});

test("NAME? of a fresh kernel waits until the types are known", async () => {
  const fresh = new KernelUnderTest({}, { types: true });
  await fresh.start();
  try {
    await fresh.run('import * as nb from "notebooster"');
    const { reply } = await fresh.run("nb.writeWeights?");
    expect(JSON.stringify(reply["payload"])).toContain("WriteWeightsOptions");
  } finally {
    await fresh.stop();
  }
});

test("the group of all ranks is there for the checker, and refused where there is one rank only", async () => {
  await kernel.run("%check strict");
  const { error } = await kernel.run(
    'import { defaultGroup } from "notebooster"; defaultGroup("cpu").abort();',
  );
  expect(error).toContain("NoOtherRanksError: defaultGroup: this process is alone");
  await kernel.run("%check warn");
});
