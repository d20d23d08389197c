// The third tutorial with a chat model that people use; a shorter run of it with that model's first layers, the whole one by npm
// run test:matrix.

import { join } from "node:path";
import { expect, test } from "vitest";
import { firstLayers } from "../fixtures/lesser-models.js";
import { isMatrix } from "../fixtures/matrix.js";
import { smallChatModel } from "../fixtures/real-models.js";
import { scratchFolder } from "../fixtures/scratch.js";
import {
  expectLocal,
  expectStored,
  expectWhole,
  printed,
  runTutorial,
} from "./tutorial-under-test.js";

const NAME = "03-chat-lora.ipynb";

test("the third tutorial teaches a chat model telegrams, merges and exports it, and its stored outputs say so", async () => {
  const sampled = { base: join(scratchFolder(), "model.gguf"), steps: 2, margin: 0 };
  if (!isMatrix) await firstLayers(smallChatModel(), 4, sampled.base);
  const parameters = isMatrix ? { base: smallChatModel() } : sampled;
  const notebook = await runTutorial(NAME, { parameters });
  expectWhole(notebook);
  expect(printed(notebook)).toContain("has the same loss when it is loaded again");
  expectStored(NAME, notebook);
});

test("no cell reaches for the network", () => expectLocal(NAME));
