// The cache of the ids of pieces: what it asks, what it keeps, and how much.

import { expect, test } from "vitest";
import { PieceBorders } from "../../dist/src/tokenizer/piece-borders.js";
import { PieceCache } from "../../dist/src/tokenizer/piece-cache.js";
import { RowsBuilder, type TokenRows } from "../../dist/src/tokenizer/token-rows.js";

/** An id a character; notes what it is asked. */
function characters(asked: string[]) {
  return (pieces: readonly string[]): TokenRows => {
    asked.push(...pieces);
    const rows = new RowsBuilder();
    for (const piece of pieces) rows.add(Array.from(piece, (character) => character.charCodeAt(0)));
    return rows.finish();
  };
}

const around = { before: Int32Array.of(1), after: Int32Array.of(2, 3) };
const idsOf = (text: string) => [
  1,
  ...Array.from(text, (character) => character.charCodeAt(0)),
  2,
  3,
];
const newCache = () => new PieceCache(new PieceBorders([]));

test("a piece is encoded once, and known from then on", () => {
  const cache = newCache();
  const asked: string[] = [];
  const texts = ["the cat, the cat", "a  cat"];
  expect(cache.encode(texts, around, characters(asked)).map((ids) => [...ids])).toEqual(
    texts.map(idsOf),
  );
  expect(asked).toEqual(["the", " cat", ",", " the", "a", " "]);
  expect(cache.encode(texts, around, characters(asked)).map((ids) => [...ids])).toEqual(
    texts.map(idsOf),
  );
  expect(asked).toHaveLength(6);
});

test("a call that ends in an error leaves nothing behind that is not so", () => {
  const cache = newCache();
  const fails = () => {
    throw new Error("cut off");
  };
  expect(() => cache.encode(["the cat"], around, fails)).toThrow("cut off");
  expect([...(cache.encode(["the cat"], around, characters([]))[0] ?? [])]).toEqual(
    idsOf("the cat"),
  );
});

test("the cache keeps no more than its bound, begins anew when it is full, and gives the same ids all the time", () => {
  const cache = newCache();
  let most = 0;
  const sizes: number[] = [];
  for (let call = 0; call < 40; call++) {
    const text = Array.from(
      { length: 10_000 },
      (_, i) =>
        ` w${(call * 10_000 + i).toString(26).replace(/[0-9]/g, (d) => "qrstuvwxyz"[Number(d)] as string)}`,
    ).join("");
    expect(String(cache.encode([text], around, characters([]))[0])).toBe(String(idsOf(text)));
    most = Math.max(most, cache.numPieces);
    sizes.push(cache.numPieces);
  }
  expect(most).toBeLessThanOrEqual(150_000);
  expect(most).toBeGreaterThan(100_000);
  expect(sizes.some((size, i) => size < (sizes[i - 1] ?? 0))).toBe(true);
});

test("long pieces are encoded and not kept", () => {
  const cache = newCache();
  const text = `${"x".repeat(5000)} y`;
  for (let i = 0; i < 2; i++)
    expect([...(cache.encode([text], around, characters([]))[0] ?? [])]).toEqual(idsOf(text));
  expect(cache.numPieces).toBe(1);
});
