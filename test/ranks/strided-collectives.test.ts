// Collectives of columns, transposed matrices and every other element: those, on all ranks, and nothing beside them. What ranks
// begin to train with is rank 0's, however it is laid out.
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Outcome {
  readonly results: number[][][];
  readonly gaps: number[][];
}
interface Found {
  readonly found: Record<string, { readonly strided: Outcome; readonly wanted: Outcome }>;
  readonly refusal: string;
  readonly boosted: unknown;
  readonly trained: unknown;
}

test("collectives of tensors of any layout do as those of contiguous ones, and leave what lies around", async () => {
  const ranks = (await runRanks("strided-collectives.mjs", 2, {
    environment: { OMP_NUM_THREADS: "1" },
  })) as Found[];
  const [sliced, buffer] = [
    [0, 2, 4, 6],
    [1, 3, 5, 7],
  ];
  for (const { found, refusal, boosted, trained } of ranks) {
    expect(Object.keys(found)).toHaveLength(27);
    for (const [name, { strided, wanted }] of Object.entries(found))
      expect(strided, name).toEqual(wanted);
    expect(refusal).toMatch(/^broadcast: .*expanded tensor.*; pass tensor\.contiguous\(\)$/);
    expect(boosted).toEqual([sliced, [buffer.map((x) => x - 1), buffer], buffer]);
    const mean = 1.5; // of the factors of both ranks' losses
    const stepped = (x: number) => x - 0.25 * mean * 2 * x;
    expect(trained).toEqual([
      sliced.map((x) => x - 0.25 * mean),
      [buffer.map((x) => stepped(x - 1)), buffer.map(stepped)],
      buffer,
    ]);
  }
});
