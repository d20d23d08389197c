// Folders as transformers 4.57 and 5 write them, of models whose folders differ between the two: both mean here what they mean
// there. test/fixtures/goldens/make.py makes them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  AutoModelForCausalLM,
  AutoModelForMaskedLM,
  AutoModelForSeq2SeqLM,
  backward,
  type PretrainedModel,
  type Tensor,
  tensor,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { expectClose } from "../fixtures/expect-close.js";

interface Expected {
  readonly class_name: string;
  readonly ids: readonly (readonly number[])[];
  readonly loss: number;
  readonly logits: readonly number[];
  /** Sums, and sums of magnitudes. */
  readonly gradients: Readonly<Record<string, readonly [sum: number, magnitudes: number]>>;
}

const GOLDENS = fileURLToPath(new URL("../fixtures/goldens", import.meta.url));
const NAMES = readdirSync(GOLDENS).filter((name) => /-\d+\.\d+$/.test(name));

test("each model is there of both versions", () => {
  const versions = new Map<string, string[]>();
  for (const name of NAMES) {
    const [model, version] = [name.replace(/-[\d.]+$/, ""), name.split("-").at(-1) as string];
    versions.set(model, [...(versions.get(model) ?? []), version]);
  }
  expect(versions.size).toBe(6);
  for (const found of versions.values()) expect(found.map(Number.parseFloat)).toEqual([4.57, 5.23]);
});

describe.each(NAMES)("%s", (name) => {
  const folder = join(GOLDENS, name);
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected;

  test("logits, loss and the gradients' sums are those of the version that wrote it", async () => {
    const model = await autoClass(expected.class_name).fromPretrained(folder);
    const ids = tensor(expected.ids as number[][]);
    const { logits, loss } = model.forward({ inputIds: ids, labels: ids }) as Outputs;
    expectClose(logits, Float32Array.from(expected.logits), { absolute: 1e-5, relative: 1e-5 });
    expect(Math.abs(loss.item() - expected.loss)).toBeLessThan(1e-5);
    backward(loss);
    const gradients = gradientsOf(model);
    for (const [name, [sum, magnitudes]] of Object.entries(expected.gradients)) {
      const ours = gradients.get(name) as readonly [number, number];
      expect(Math.abs(ours[0] - sum), name).toBeLessThan(1e-5 + 1e-4 * magnitudes);
      expect(Math.abs(ours[1] - magnitudes), name).toBeLessThan(1e-5 + 1e-4 * magnitudes);
    }
  });
});

interface Outputs {
  readonly logits: Tensor;
  readonly loss: Tensor;
}

type Loaded = PretrainedModel & { forward(input: { inputIds: Tensor; labels: Tensor }): unknown };

function autoClass(name: string): { fromPretrained(folder: string): Promise<Loaded> } {
  if (name.startsWith("T5")) return AutoModelForSeq2SeqLM;
  return name.startsWith("Bert") ? AutoModelForMaskedLM : AutoModelForCausalLM;
}

/** The decoder's bias of an untied BERT has version 4's name, too. */
function gradientsOf(model: Loaded): ReadonlyMap<string, readonly [number, number]> {
  const named = [...model.namedParameters()].flatMap(([name, { grad }]) =>
    grad === null ? [] : [[name, [grad.sum().item(), grad.abs().sum().item()]] as const],
  );
  const sums = new Map<string, readonly [number, number]>(named);
  const bias = sums.get("cls.predictions.decoder.bias");
  if (bias !== undefined) sums.set("cls.predictions.bias", bias);
  return sums;
}
