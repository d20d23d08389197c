// Spans of a step beside what it must do: each block computes, and is gathered, as often as the plan of the plugin says, and the bytes
// are those of weights, gradients and state.

import type { Span, SpanAction } from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Recorded {
  readonly spans: readonly Span[];
  readonly table: string;
  readonly isEnded: boolean;
  readonly blocks: readonly string[];
  readonly weightBytes: number;
  readonly stateBytes: number;
}

const CASES = [
  { plugin: "DDP", recompute: null },
  { plugin: "ZeRO 2", recompute: null, options: { overlapAllgather: false } }, // or nobody waits within the step
  { plugin: "FSDP", recompute: null },
  { plugin: "FSDP", recompute: {} },
  { plugin: "Gemini", recompute: null },
  { plugin: "Gemini auto", recompute: null },
] as const;
const NUM_LAYERS = 3;
/** Of a weight in 16 bits: its master and two moments. */
const BYTES_OF_STATE = 12;
/** Sections of ranks begin at multiples of some bytes. */
const PADDED = 1.1;

let ranks: readonly (readonly Recorded[])[];
beforeAll(async () => {
  const running = { options: CASES as object, environment: { OMP_NUM_THREADS: "1" } };
  ranks = (await runRanks("record-spans.mjs", 2, running)) as typeof ranks;
});

const of = ({ spans }: Recorded, action: SpanAction): readonly Span[] =>
  spans.filter((each) => each.action === action);
const blocksOf = (found: Recorded, action: SpanAction): string[] =>
  of(found, action).map(({ block }) => block);
const bytesOf = (found: Recorded, action: SpanAction): number =>
  of(found, action).reduce((sum, { bytes }) => sum + bytes, 0);

describe.each(CASES.map((each, i) => ({ ...each, i })))(
  "$plugin, recompute $recompute",
  ({ plugin, recompute, i }) => {
    const each = (check: (found: Recorded) => void): void => {
      for (const rank of ranks) check(rank[i] as Recorded);
    };
    const isSharded = plugin === "FSDP" || plugin.startsWith("Gemini");

    test("each block goes forward once and backward once, in the order of the list and in reverse", () => {
      each((found) => {
        expect(blocksOf(found, "forward")).toEqual([...found.blocks, "loss"]);
        expect(blocksOf(found, "backward")).toEqual(["loss", ...found.blocks.toReversed()]);
        const layers = found.blocks.filter((name) => name.includes("layers"));
        expect(layers).toHaveLength(NUM_LAYERS);
        expect(blocksOf(found, "recompute")).toEqual(recompute === null ? [] : layers.toReversed());
      });
    });

    test("weights are gathered for both passes, or after the update, or not at all", () => {
      each((found) => {
        const gathers = blocksOf(found, "gather");
        if (plugin === "DDP") expect(gathers).toEqual([]);
        else if (!isSharded) {
          expect(bytesOf(found, "gather")).toBeGreaterThanOrEqual(found.weightBytes);
          expect(bytesOf(found, "gather")).toBeLessThan(PADDED * found.weightBytes);
        } else {
          // The last block of the forward pass is the first of the backward pass, and stays.
          const backward = found.blocks.toReversed().slice(1);
          expect(gathers).toEqual([...found.blocks, ...backward]);
        }
      });
    });

    test("every gradient is reduced once", () => {
      each((found) => {
        expect(bytesOf(found, "reduce")).toBeGreaterThanOrEqual(found.weightBytes);
        expect(bytesOf(found, "reduce")).toBeLessThan(PADDED * found.weightBytes);
        if (isSharded) expect(blocksOf(found, "reduce")).toEqual(found.blocks.toReversed());
      });
    });

    test("what lies on the host comes up and goes down once, weights also before they are gathered", () => {
      each((found) => {
        const [up, down] = [bytesOf(found, "up"), bytesOf(found, "down")];
        const isAllAway = plugin === "Gemini auto";
        expect(up - down).toBe(isAllAway ? bytesOf(found, "gather") / ranks.length : 0);
        const part = up / found.stateBytes;
        if (isAllAway)
          expect(down).toBe((found.stateBytes * (BYTES_OF_STATE + 2)) / BYTES_OF_STATE);
        else if (plugin === "Gemini") expect(Math.abs(part - 0.5)).toBeLessThan(0.2);
        else expect(up).toBe(0);
      });
    });

    test("spans begin before they end, a recording has what was before its end, and its table has a row an action", () => {
      each((found) => {
        expect(found.isEnded).toBe(true);
        for (const { begin, end } of found.spans) expect(end).toBeGreaterThanOrEqual(begin);
        expect(bytesOf(found, "update")).toBeGreaterThan(0);
        for (const action of new Set(found.spans.map((span) => span.action)))
          expect(found.table).toMatch(new RegExp(`^${action} `, "m"));
      });
    });
  },
);
