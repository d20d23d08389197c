// Rows of different lengths in one batch, beside transformers: logits, loss and all gradients in float32.
import { join } from "node:path";
import {
  AutoModelForCausalLM,
  backward,
  type CausalLM,
  cat,
  KVCache,
  noGrad,
  type Tensor,
  tensor,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { expectClose, expectGradients } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { FAMILIES, SMALL_MODELS } from "../fixtures/small-models.js";

const LENGTH = 9;
/** Tokens of each row; padding is before them, after them, or among them. */
const PADDINGS = {
  left: [
    [0, 0, 0, 0, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1, 1, 1, 1, 1],
    [0, 0, 0, 0, 0, 0, 0, 1, 1],
  ],
  right: [
    [1, 1, 1, 1, 1, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1, 1, 1, 1],
    [1, 1, 0, 0, 0, 0, 0, 0, 0],
  ],
  scattered: [
    [0, 1, 0, 1, 1, 0, 1, 1, 0],
    [1, 1, 1, 1, 0, 1, 1, 1, 1],
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
  ],
} as const;
type Padding = keyof typeof PADDINGS;
const IDS = PADDINGS.left.map((row, i) =>
  row.map((_, j) => (i * 31 + j * 17 + ((i * j) % 7)) % 97),
);

const CASES = (Object.keys(PADDINGS) as Padding[]).flatMap((padding) =>
  [false, true].map((withPositions) => ({ padding, withPositions })),
);

interface Expected {
  readonly logits: readonly number[];
  readonly loss: number;
}

/** Python: what transformers gives for each case, gradients in files. */
const RUN = `
import torch
from safetensors.torch import save_file
${SMALL_MODELS}
ids = torch.tensor(args[1])
def run(model, case, number):
    mask = torch.tensor(args[2][case["padding"]])
    positions = (mask.cumsum(-1) - 1).clamp(min=0) if case["withPositions"] else None
    model.zero_grad()
    out = model(input_ids=ids, attention_mask=mask, position_ids=positions, labels=ids.masked_fill(mask == 0, -100))
    out.loss.backward()
    save_file({n: p.grad.clone() for n, p in model.named_parameters()}, f"{args[0]}/{number}.gradients")
    return dict(logits=out.logits.reshape(-1).tolist(), loss=out.loss.item())
model = small_model(args[4])
model.save_pretrained(args[0])
print(json.dumps([run(model.eval(), case, number) for number, case in enumerate(args[3])]))`;

describe.each(FAMILIES)("%s", (family) => {
  const folder = sharedFolder();
  let expected: readonly Expected[];
  let model: CausalLM;
  beforeAll(async () => {
    expected = python(RUN, folder, IDS, PADDINGS, CASES, family) as Expected[];
    model = await AutoModelForCausalLM.fromPretrained(folder);
  });

  test.each(CASES.map((one, i) => ({ ...one, i })))(
    "padding $padding, positions given: $withPositions",
    ({ padding, withPositions, i }) => {
      const wanted = expected[i] as Expected;
      const attentionMask = tensor(PADDINGS[padding].map((row) => [...row]));
      const inputIds = tensor(IDS);
      const labels = inputIds.maskedFill(attentionMask.eq(0), -100);
      const positionIds = withPositions ? attentionMask.cumsum(-1).sub(1).clamp(0) : undefined;
      const given = { inputIds, attentionMask, ...(positionIds && { positionIds }) };
      const { logits } = noGrad(() => model.forward(given));
      expectClose(logits, Float32Array.from(wanted.logits), { absolute: 3e-6, relative: 1e-5 });
      model.zeroGrad();
      const { loss } = model.forward({ ...given, labels });
      expect(Math.abs(loss.item() - wanted.loss)).toBeLessThan(1e-6);
      backward(loss);
      using reference = SafetensorsFile.open(join(folder, `${i}.gradients`));
      expectGradients(model, reference);
    },
  );

  test("a mask of ones changes nothing", () => {
    const inputIds = tensor(IDS);
    const plain = noGrad(() => model.forward({ inputIds })).logits;
    const attentionMask = inputIds.greaterEqual(0);
    const masked = noGrad(() => model.forward({ inputIds, attentionMask })).logits;
    expectClose(masked, plain.toTypedArray() as Float32Array, { absolute: 1e-6, relative: 1e-5 });
  });

  test.each([[[9]], [[4, 5]], [[1, 7, 1]], [[3, 3, 2, 1]]])(
    "a cache continued by %j tokens gives the logits of one pass",
    (pieces) => {
      const inputIds = tensor(IDS);
      const whole = noGrad(() => model.forward({ inputIds })).logits;
      expectClose(inPieces({ inputIds }, pieces), floats(whole), {
        absolute: 2e-6,
        relative: 1e-5,
      });
    },
  );

  test("a cache of padded rows is continued by several tokens", () => {
    const inputIds = tensor(IDS);
    const attentionMask = tensor(PADDINGS.left.map((row) => [...row]));
    const positionIds = attentionMask.cumsum(-1).sub(1).clamp(0);
    const given = { inputIds, attentionMask, positionIds };
    const whole = noGrad(() => model.forward(given)).logits;
    expectClose(inPieces(given, [2, 3, 4]), floats(whole), { absolute: 2e-6, relative: 1e-5 });
  });

  test("masks and positions that do not fit are refused", () => {
    const inputIds = tensor(IDS);
    const mask = (rows: number[][]) => () =>
      model.forward({ inputIds, attentionMask: tensor(rows) });
    expect(mask([[1, 1]])).toThrow(
      /attentionMask must cover the tokens in the cache and inputIds, \[3, 9\], got \[1, 2\]/,
    );
    expect(mask(IDS)).toThrow(/attentionMask must be of 0 and 1, got 17/);
    const positions = tensor(IDS).add(1000);
    expect(() => model.forward({ inputIds, positionIds: positions })).toThrow(
      /positionIds must be 0 to 63, the positions that the model knows, got 1000/,
    );
  });

  function inPieces(
    given: { inputIds: Tensor; attentionMask?: Tensor; positionIds?: Tensor },
    lengths: readonly number[],
  ): Tensor {
    return noGrad(() => {
      using cache = new KVCache(LENGTH);
      const logits = lengths.map((length) => {
        const [from, to] = [cache.length, cache.length + length];
        const { inputIds, attentionMask, positionIds } = given;
        return model.forward({
          inputIds: inputIds.slice(1, from, to),
          ...(attentionMask && { attentionMask: attentionMask.slice(1, 0, to) }),
          ...(positionIds && { positionIds: positionIds.slice(1, from, to) }),
          cache,
        }).logits;
      });
      return cat(logits, 1);
    });
  }
});

function floats(of: Tensor): Float32Array {
  return of.toTypedArray() as Float32Array;
}
