// README.md of a saved model or adapter: a card in the form of the Hugging Face Hub, of facts that are known. One that a person wrote,
// or changed, stays.
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { anyOf, type Check, kind, listOf, text } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { isPlainObject } from "../arguments/plain-object.js";
import { checkpointProblem } from "../checkpoint/checkpoint-error.js";
import type { SmallFile } from "../checkpoint/planned-file.js";
import { torchVersion } from "../cluster/devices.js";
import type { Job } from "../cluster/job.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import { CausalLM } from "../models/causal-lm.js";
import type { Module } from "../nn/module.js";

/** What a card says that the model does not know. */
export interface ModelCard {
  /** Name on the Hub, or folder, of the model that was fine-tuned. */
  readonly baseModel?: string;
  /** Names on the Hub, or files, of what it was trained on. */
  readonly data?: string | readonly string[];
  /** As the Hub names it, such as "apache-2.0". */
  readonly license?: string;
  /** Evaluations of the training, as `train` returns them. */
  readonly training?: {
    readonly evaluations: readonly { readonly step: number; readonly heldOutLoss: number }[];
  };
}

const aTraining: Check<NonNullable<ModelCard["training"]>> = kind(
  "what train() returned",
  (value) => Array.isArray((value as ModelCard["training"] | null)?.evaluations),
);
const CARD: OptionTable<ModelCard> = {
  baseModel: text,
  data: anyOf(text, listOf(text)),
  license: text,
  training: aTraining,
};

export const aCard: Check<ModelCard> = kind(
  "what a card says, { baseModel, data, license, training }",
  (value) =>
    isPlainObject(value) &&
    Object.entries(value).every(([name, one]) => CARD[name as keyof ModelCard]?.accepts(one)),
);

/** What is saved. */
interface Saved {
  readonly job: Job;
  readonly model: Module;
  /** PEFT's configuration, of an adapter. */
  readonly lora?: Readonly<Record<string, unknown>>;
}

const FILE = "README.md";
const LIMITS = { maxBytes: 16_000_000, problem: checkpointProblem };
const HUB_NAME = /^[\w.-]+\/[\w.-]+$/;
const MARK = /<!-- written by Notebooster, ([0-9a-f]{16}): what you change stays -->\n$/;

/**
 * What this rank writes of the card of a save into `folder`: that of a person, who wrote or changed what is there, as it is; else what the
 * save knows, where a card is asked for.
 */
export function cardFiles(folder: string, card: ModelCard | undefined, saved: Saved): SmallFile[] {
  if (saved.job.rank > 0) return [];
  const path = join(folder, FILE);
  const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (card === undefined && !isFile) return []; // a link is carried over as it is
  const kept = isThere(path) ? personsCard(path) : undefined;
  if (kept !== undefined) return [kept];
  return card === undefined ? [] : [cardFile(card, saved)];
}

function personsCard(path: string): SmallFile | undefined {
  const content = readPlainFile(path, LIMITS);
  return isUnchanged(Buffer.from(content).toString()) ? undefined : { name: FILE, content };
}

function cardFile(card: ModelCard, saved: Saved): SmallFile {
  const written = `${header(card, saved)}\n${body(card, saved)}\n`;
  const mark = `<!-- written by Notebooster, ${digest(written)}: what you change stays -->\n`;
  return { name: FILE, content: written + mark };
}

function isUnchanged(content: string): boolean {
  const found = MARK.exec(content);
  return found !== null && digest(content.slice(0, found.index)) === found[1];
}

function digest(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

/** What the Hub reads. Text in quotes is YAML as it is JSON. */
function header({ baseModel, data, license }: ModelCard, { model, lora }: Saved): string {
  const named = [data ?? []].flat().filter((name) => HUB_NAME.test(name));
  const lines: [name: string, value: unknown][] = [
    ["library_name", lora === undefined ? "transformers" : "peft"],
    ["base_model", baseModel !== undefined && HUB_NAME.test(baseModel) ? baseModel : undefined],
    ["pipeline_tag", model instanceof CausalLM ? "text-generation" : undefined],
    ["license", license],
    ["datasets", named.length > 0 ? named : undefined],
    ["tags", lora === undefined ? ["notebooster"] : ["lora", "notebooster"]],
  ];
  const known = lines.filter(([, value]) => value !== undefined);
  return `---\n${known.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join("")}---\n`;
}

function body(card: ModelCard, saved: Saved): string {
  const { model, lora } = saved;
  const of = card.baseModel === undefined ? "" : ` of ${card.baseModel}`;
  const what =
    lora === undefined ? model.constructor.name : `LoRA adapter for ${model.constructor.name}`;
  const title = card.baseModel?.split("/").at(-1) ?? model.constructor.name;
  const tuned = card.training === undefined ? "" : ", fine-tuned";
  return [
    `# ${title}${tuned}\n\n${what}${of}, ${done(card)} with Notebooster.\n`,
    ...facts(card, saved).map((fact) => `- ${fact}`),
    ...losses(card.training?.evaluations ?? []),
  ].join("\n");
}

/** Whether it was trained nobody has said who gives no training. */
function done({ training }: ModelCard): string {
  return training === undefined ? "saved" : "trained";
}

function facts(card: ModelCard, { job, model, lora }: Saved): string[] {
  const { data, training } = card;
  const { version } = createRequire(import.meta.url)("notebooster/package.json") as {
    version: string;
  };
  const steps = training?.evaluations.at(-1)?.step;
  return [
    ...(data === undefined ? [] : [`data: ${[data].flat().join(", ")}`]),
    ...(steps === undefined ? [] : [`steps: ${steps}`]),
    ...(lora === undefined ? [] : [`LoRA: ${loraFacts(lora)}`]),
    `weights: ${model.parameters()[0]?.dtype}`,
    `${done(card)} on: ${job.worldSize} x ${job.device.replace(/:\d+$/, "")}`,
    `versions: Notebooster ${version}, PyTorch ${torchVersion}, Node ${process.versions.node}`,
  ];
}

function loraFacts(lora: Readonly<Record<string, unknown>>): string {
  const names = ["r", "lora_alpha", "lora_dropout", "use_rslora", "use_dora", "target_modules"];
  return names.map((name) => `${name} ${JSON.stringify(lora[name])}`).join(", ");
}

function losses(evaluations: NonNullable<ModelCard["training"]>["evaluations"]): string[] {
  if (evaluations.length === 0) return [];
  const rows = evaluations.map(
    ({ step, heldOutLoss }) => `| ${step} | ${heldOutLoss.toFixed(4)} |`,
  );
  return ["\n| step | loss on held-out rows |", "|---|---|", ...rows];
}
