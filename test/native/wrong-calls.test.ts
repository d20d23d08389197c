// Wrong calls of everything the package exports, with what each is answered: read them as a newcomer would. A new export
// without a row fails here.
import * as notebooster from "notebooster";
import * as device from "notebooster/device";
import * as host from "notebooster/host";
import * as parallel from "notebooster/parallel";
import * as report from "notebooster/report";
import * as widgets from "notebooster/widgets";
import { describe, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { BOOSTER } from "./wrong-calls/booster.js";
import { DATA } from "./wrong-calls/data.js";
import { DEVICES } from "./wrong-calls/devices.js";
import { HOST } from "./wrong-calls/host.js";
import { LORA } from "./wrong-calls/lora.js";
import { MAKING_TENSORS } from "./wrong-calls/making-tensors.js";
import { MODELS } from "./wrong-calls/models.js";
import { REPORT } from "./wrong-calls/report.js";
import { answerTo, callScope } from "./wrong-calls/scope.js";
import { TENSORS } from "./wrong-calls/tensors.js";
import { TRAINING } from "./wrong-calls/training.js";
import { WIDGETS } from "./wrong-calls/widgets.js";

const CALLS = {
  ...{ ...MAKING_TENSORS, ...TENSORS, ...TRAINING, ...MODELS, ...DATA },
  ...{ ...BOOSTER, ...LORA, ...DEVICES, ...HOST, ...REPORT, ...WIDGETS },
};

/** Exports that nothing wrong can be given to. */
const TAKES_NOTHING = new Set([
  ...["currentDevice", "defaultDevice", "emptyCache", "isCapturing", "isGradEnabled"],
  ...["lastAttentionBackend", "memory", "memorySnapshot", "numGpus", "numLiveTensors"],
  ...["numThreads", "scope", "currentCell", "currentHost"],
]);

/** Classes that the library makes instances of, and people do not. */
const MADE_BY_OTHERS = new Map([
  ["CausalLM", "LlamaForCausalLM and its like extend it"],
  ["Layer", "layers extend it"],
  ["MemoryComparison", "plan.compare()"],
  ["MemoryPlan", "booster.plan()"],
  ["MemoryReport", "memory()"],
  ["MemorySnapshot", "memorySnapshot()"],
  ["Model", "families of models extend it"],
  ["Module", "layers extend it; model.train is its method"],
  ["PretrainedModel", "families of models extend it"],
  ["RuleOptimizer", "AdamW and its like extend it"],
  ["Scope", "scope()"],
  ["Transfer", "uploadAsync and downloadAsync"],
  ["Widget", "controls extend it"],
  ["Work", "collectives"],
]);

const folder = sharedFolder();
const scope = await callScope(folder);

describe("a wrong call says what it got and what it takes", () => {
  test.each(Object.entries(CALLS))("%s", async (call, answer) => {
    expect(await answerTo(call, scope, folder)).toBe(answer);
  });
});

test("no answer speaks of what is inside", () => {
  const inside =
    /reading '|destructure|is not iterable|is not a function|aten::(?!nonsense|sofmax)|undefined is/;
  expect(Object.entries(CALLS).filter(([, answer]) => inside.test(answer))).toEqual([]);
});

test("every function and class that is exported has a row", () => {
  const entries = {
    "": { ...notebooster, ...device, ...parallel },
    "host.": host,
    "report.": report,
    "widgets.": widgets,
  };
  const missing = Object.entries(entries).flatMap(([prefix, entry]) =>
    Object.entries(entry).flatMap(([name, value]) => {
      const isKnown = needsNoRow(name, value) || (prefix === "report." && name in notebooster);
      return isKnown || hasRow(prefix + name) ? [] : [prefix + name];
    }),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(CALLS).length).toBeGreaterThan(200);
});

test("what takes nothing takes nothing", () => {
  const all: Record<string, unknown> = { ...notebooster, ...device, ...host, ...report };
  const taking = [...TAKES_NOTHING].filter((name) => (all[name] as () => unknown).length > 0);
  expect(taking).toEqual([]);
});

function needsNoRow(name: string, value: unknown): boolean {
  const isValue = typeof value !== "function" && !hasFunctions(value);
  const isError = typeof value === "function" && value.prototype instanceof Error;
  return isValue || isError || TAKES_NOTHING.has(name) || MADE_BY_OTHERS.has(name);
}

function hasFunctions(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((one) => typeof one === "function")
  );
}

function hasRow(name: string): boolean {
  const called = new RegExp(`(?<![\\w.])${name.replace(".", "\\.")}[.(]`);
  return Object.keys(CALLS).some((call) => called.test(call));
}
