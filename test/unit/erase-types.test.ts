// Cells whose types are only taken out: they mean what TypeScript's own emitter makes of them, and every name stays where
// the source map says.

import { runInNewContext } from "node:vm";
import ts from "typescript";
import { expect, test } from "vitest";
import { compileCell, NUM_PREFIX_LINES } from "../../dist/kernel/language/compile.js";
import { CellMaps, parseMap } from "../../dist/kernel/language/source-maps.js";

const CELLS = [
  "const a: number = 1\nfunction twice<T>(x: T): T[] { return [x, x] }\n(twice)(a).length",
  "function odd(n: number): boolean { return n !== 0 && even(n - 1) }\nfunction even(n: number): boolean { return n === 0 || odd(n - 1) }\nodd(7)",
  "let before = late(2);\n/** Doubles. */\nfunction late(this: void, x: number, y?: string) { return [x * 2, y ?? '!'] }\nbefore",
  "interface Point { x: number }\nconst points = [{ x: 1 } as Point, <Point>{ x: 2 }]\ntype X = Point['x']\n;[...points].map((p): X => p.x!)",
  "const one = 1\ntype Gone = string\n(one satisfies number)",
  "const pick = <K extends string,>(\n  key: K,\n): {\n  key: K\n} => ({ key });\npick<'a'>('a').key",
  "abstract class Base<T> { private readonly kept: T; constructor(kept: T) { this.kept = kept } get(): T { return this.kept } }\nclass Own extends Base<number> implements Iterable<number> { *[Symbol.iterator](): Iterator<number> { yield this.get() } }\n[...new Own(5)]",
  "let total = 0; for (const x of [1, 2, 3] as const) { const y: number = x; total += y; }\ntotal",
  "function same() { return 1 }\nfunction same() { return 2 }\nsame()",
  "const größe: number = 3; function fläche(π: number) { return π * größe }\nfläche(2)",
];

function resultOf(code: string): unknown {
  return JSON.parse(JSON.stringify(runInNewContext(code)));
}

test.each(CELLS)("%s", async (cell) => {
  const { outputText } = ts.transpileModule(cell, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  const { code, hasResult } = await compileCell(cell, "1");
  const ownLines = code.split("\n").slice(NUM_PREFIX_LINES).join("\n"); // what stands before them awaits
  expect(resultOf(`"use strict";\n${ownLines}`)).toEqual(resultOf(outputText));
  expect(hasResult).toBe(true);
});

const AWAITS =
  "let text = await first(1 as number) + await (second)\nconst both = async () => [await await text, await 2!]\nboth()";
const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;
const OURS = /^(?:let|function|__notebooster_\w+)$/;
/** What is put before a hoisted function. */
const HOIST = /let \S+ = (?=(?:async )?function)/g;

/** Names of the person in compiled code, each with what stands where it came from. */
async function origins(cell: string): Promise<(readonly [name: string, own: string])[]> {
  const { code, map } = await compileCell(cell, "1");
  const maps = new CellMaps();
  const [numPrefixLines, label] = [NUM_PREFIX_LINES, "cell [1]"];
  maps.add("1", { label, source: cell, map: parseMap(map), numPrefixLines });
  const blanked = code.replace(HOIST, (added) => " ".repeat(added.length));
  const lines = blanked.split("\n").slice(0, -1);
  return lines.slice(NUM_PREFIX_LINES).flatMap((text, index) =>
    [...text.matchAll(NAME)].flatMap(({ 0: name, index: column }) => {
      const place = { line: index + 1 + NUM_PREFIX_LINES, column: column + 1 };
      const found = maps.locate("1", place);
      return found === undefined ? [] : [[name, found.text.slice(found.column - 1)] as const];
    }),
  );
}

test.each([...CELLS.filter((cell) => !cell.includes("class")), AWAITS])(
  "names stay findable in %s",
  async (cell) => {
    const found = (await origins(cell)).filter(([name]) => !OURS.test(name));
    expect(found.length).toBeGreaterThan(1);
    for (const [name, own] of found) {
      expect(own).toMatch(new RegExp(`^${name}`, "u"));
    }
  },
);
