// The code of docs/for-pytorch-users.md runs as it is written.
import fs from "node:fs";
import { compileFunction } from "node:vm";
import * as notebooster from "notebooster";
import { expect, test } from "vitest";

const guide = fs.readFileSync(new URL("../../docs/for-pytorch-users.md", import.meta.url), "utf8");
const blocks = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

test("there is code to run", () => expect(blocks.length).toBeGreaterThan(3));

test.each(blocks)("%s", (code) => {
  compileFunction(code, Object.keys(notebooster))(...Object.values(notebooster));
});

test.each([...guide.matchAll(/`(?:a|m|x|y)\.(\w+)\(/g)].map(([, name = ""]) => name))(
  "a tensor has %s",
  (name) => expect(notebooster.Tensor.prototype).toHaveProperty(name),
);
