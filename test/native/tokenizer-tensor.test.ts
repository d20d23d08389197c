// Token ids as tensors, as a model gives and takes them.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AutoTokenizer, tensor } from "../../dist/src/index.js";

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));

test("decode() takes a tensor of one text, and says so of several", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(path.join(notebooks, "base-model"));
  const ids = [...tokenizer.encode("In the beginning")];
  expect(tokenizer.decode(tensor(ids))).toBe("In the beginning");
  expect(tokenizer.decode(tensor([ids]))).toBe("In the beginning");
  expect(() => tokenizer.decode(tensor([ids, ids]))).toThrow(
    `decode takes the ids of one text, [N] or [1, N], got a Tensor int64[2, ${ids.length}]; decode row by row`,
  );
});
