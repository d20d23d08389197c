// Every tokenizer class and every model type that the installed transformers knows is known here: built from a recipe, read
// as written, or refused with a reason.

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  ALWAYS_AS_WRITTEN,
  CLASS_BY_TYPE,
  OVERRULED,
} from "../../src/tokenizer/classes/model-types.js";
import { OTHER_NAMES, REFUSED } from "../../src/tokenizer/classes/names.js";
import { AS_WRITTEN, RECIPES } from "../../src/tokenizer/classes/recipes.js";
import { runPython } from "../fixtures/python.js";

interface Known {
  /** By name: the class and whether it reads tokenizer.json. */
  readonly classes: Record<string, [name: string, readsJson: boolean]>;
  readonly types: Record<string, string>;
  readonly overruled: string[];
}

const PROGRAM = fileURLToPath(new URL("../fixtures/tokenizers/class_names.py", import.meta.url));
const ours = [OTHER_NAMES, REFUSED, RECIPES, AS_WRITTEN].flatMap((each) => Object.keys(each));
const known = JSON.parse(runPython(PROGRAM, ...ours)) as Known;

test("every class of transformers is known, and none that it does not have", () => {
  const { classes } = known;
  expect(Object.keys(classes).length).toBeGreaterThan(90);
  for (const [name, [own, readsJson]] of Object.entries(classes)) {
    const here = OTHER_NAMES[name] ?? name;
    if (own === "TokenizersBackend") expect([name, isKnown(here)]).toEqual([name, false]);
    else expect([name, here, isKnown(here)]).toEqual([name, own, true]);
    if (!readsJson)
      expect([name, REFUSED[here]]).toEqual([name, expect.stringContaining("Python")]);
  }
  expect(ours.filter((name) => !(name in classes))).toEqual([]);
});

test("every model type has its class", () => {
  for (const [type, name] of Object.entries(known.types)) {
    const here = ALWAYS_AS_WRITTEN.has(type) ? "TokenizersBackend" : CLASS_BY_TYPE.get(type);
    expect([type, here]).toEqual([type, name]);
  }
  expect([...OVERRULED].sort()).toEqual(known.overruled);
});

function isKnown(name: string): boolean {
  return name in RECIPES || name in AS_WRITTEN || name in REFUSED;
}
