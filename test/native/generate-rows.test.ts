// Rows of different lengths continued together: as transformers continues them, and as each is continued alone.
import { AutoModelForCausalLM, type CausalLM, tensor } from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { FAMILIES, SMALL_MODELS } from "../fixtures/small-models.js";

const ROWS = [[5, 60, 31], [8, 9, 77, 13, 2, 50, 41], [90]];
const LONGEST = 7;
const PAD = 3;
const NUM_NEW = 12;
const PADDED = ROWS.map((row) => [...new Array(LONGEST - row.length).fill(PAD), ...row]);
const MASK = ROWS.map((row) => [...new Array(LONGEST - row.length).fill(0), ...row.map(() => 1)]);

const RUN = `
import torch
${SMALL_MODELS}
model = small_model(args[1], 0.4).eval()
model.save_pretrained(args[0])
print(json.dumps(model.generate(torch.tensor(args[2]), attention_mask=torch.tensor(args[3]), max_new_tokens=${NUM_NEW}, do_sample=False, eos_token_id=None, pad_token_id=${PAD}).tolist()))`;

describe.each(FAMILIES)("%s", (family) => {
  const folder = sharedFolder();
  const options = { maxNewTokens: NUM_NEW, eosTokenId: null };
  let expected: number[][];
  let model: CausalLM;
  beforeAll(async () => {
    expected = python(RUN, folder, family, PADDED, MASK) as number[][];
    model = await AutoModelForCausalLM.fromPretrained(folder);
  });

  /** What follows each row. */
  const newTokens = (of: unknown): number[][] =>
    (of as number[][]).map((row) => row.slice(row.length - NUM_NEW));

  test("a padded batch with its mask gives transformers' tokens", () => {
    const attentionMask = tensor(MASK);
    const given = model.generate(tensor(PADDED), { ...options, attentionMask }).toArray();
    expect(given).toEqual(expected);
    expect(new Set(newTokens(given).flat()).size).toBeGreaterThan(5);
  });

  test.each([{}, { repetitionPenalty: 1.7 }, { numBeams: 3, noRepeatNgramSize: 2 }])(
    "rows of different lengths are continued as each alone, with %j",
    (more) => {
      const together = model.generate(ROWS, { ...options, ...more }).toArray();
      const alone = ROWS.map(
        (row) => newTokens(model.generate(row, { ...options, ...more }).toArray())[0],
      );
      expect(newTokens(together)).toEqual(alone);
    },
  );

  test("rows that end early are filled up", () => {
    const eosTokenId = (expected[0] as number[])[LONGEST + 2] as number;
    const [first] = model.generate(ROWS, { ...options, eosTokenId }).toArray() as number[][];
    const after = (first as number[]).slice(LONGEST + 3);
    expect(after.every((id) => id === eosTokenId)).toBe(true);
  });

  test("masks that are no left padding are refused", () => {
    const generate = (mask: number[][]) => () =>
      model.generate(tensor(PADDED), { ...options, attentionMask: tensor(mask) });
    expect(generate(MASK.map((row) => row.toReversed()))).toThrow(
      /row 0 ends with padding: pad on the left/,
    );
    expect(generate(PADDED)).toThrow(/attentionMask must be of 0 and 1, got 3/);
    expect(generate([[1]])).toThrow(/attentionMask must be as many as inputIds, \[3, 7\]/);
    expect(() => model.generate(ROWS, { attentionMask: tensor(MASK) })).toThrow(/leave it out/);
  });
});
