// `notebooster plan MODEL --gpu h100`: how much memory a training takes, of a model's config.json alone; no GPU and no weights are needed.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

/** Names that --plugin takes. */
export const pluginNames = ["ddp", "zero1", "zero2", "fsdp", "gemini"];
/** Names that --gpu takes. */
export const gpuNames = ["h100", "h200", "b200", "a100", "a100-40gb", "l40s", "rtx4090"];

/** What --recompute-granularity takes. */
export const granularities = ["full", "selective"];

/** Names that --optimizer takes. */
export const optimizerNames = ["adamw", "adamw8bit"];

/** Prints the plan; returns the exit code, 1 where the budget or the GPU is too small. */
export async function planMemory(source, options) {
  const library = await built("index.js");
  const { gpus, precision, masters, lora, json } = options;
  const model = await modelOf(library, source);
  const plugin = pluginOf(library, options.plugin);
  if (lora !== undefined)
    new library.Booster({ plugin }).enableLora(model, { r: lora, targetModules: "all-linear" });
  recomputeLayers(model, options);
  const of = await whatFor(library, model, options);
  try {
    const plan = library.planTraining(model, of, {
      ...{ plugin, precision, worldSize: gpus },
      masterWeights: masters,
    });
    console.log(json ? JSON.stringify(plan, undefined, 2) : planText(plan, of));
    return plan.fits ? 0 : 1;
  } catch (error) {
    if (!(error instanceof library.BudgetError)) throw asCall(error);
    const { plan, settings } = error;
    const { byteText } = await built("report/byte-text.js");
    const { withLayersAgain } = await built("booster/memory-plan/budget-error.js");
    const takes = (setting) => `${byteText(setting.totalBytes)}${withLayersAgain(setting)}`;
    console.log(json ? JSON.stringify({ ...plan.toJSON(), settings }) : refusalText(error, takes));
    return 1;
  }
}

/** What was wrong, in options of the command. */
function asCall(error) {
  const wording = "--no-masters is for weights in bfloat16: leave it out, or give --precision bf16";
  if (error.option === "masterWeights") return new SetupError(wording, { cause: error });
  return error instanceof RangeError ? new SetupError(error.message, { cause: error }) : error;
}

function recomputeLayers(model, { recompute, recomputeGranularity: granularity }) {
  if (recompute || granularity !== undefined) model.gradientCheckpointingEnable({ granularity });
}

/** What the library is asked to plan for. */
async function whatFor(library, model, { batch, sequence, gpu, budget, optimizer }) {
  const { GPUS } = await built("booster/memory-plan/gpus.js");
  const bytes = budget && (budget.bytes ?? Math.floor(budget.part * GPUS[gpu].totalBytes));
  const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  return {
    ...{ batch, sequence, gpu },
    ...(bytes !== undefined && { budget: bytes }),
    ...(optimizer === "adamw8bit" && { optimizer: new library.AdamW8bit(trained) }),
  };
}

function planText(plan, { budget }) {
  const hint = "\n--budget 100% tells what would fit";
  return plan.fits || budget !== undefined ? String(plan) : `${plan}${hint}`;
}

/** The plan with the least memory, and options that would do. */
function refusalText({ plan, settings }, takes) {
  if (settings.length === 0)
    return `${plan}\nno setting fits: take a smaller model or a larger GPU`;
  const lines = settings.map(
    (setting) => `  ${optionsText(setting.changes)}   (${takes(setting)})`,
  );
  return [String(plan), "what would fit:", ...lines].join("\n");
}

function optionsText(changes) {
  const { plugin, ranks, precision, masterWeights, loraRank, optimizer, batch, sequence } = changes;
  return [
    plugin && "--plugin gemini",
    ranks && `--plugin zero2 --gpus ${ranks}`,
    precision && `--precision ${precision}`,
    masterWeights === false && "--no-masters",
    loraRank && `--lora ${loraRank}`,
    optimizer && `--optimizer ${optimizer.toLowerCase()}`,
    batch && `--batch ${batch}`,
    sequence && `--sequence ${sequence}`,
  ]
    .filter(Boolean)
    .join(" ");
}

async function modelOf(library, source) {
  let config;
  try {
    config = await library.AutoConfig.fromPretrained(source);
  } catch (cause) {
    const { message } = cause;
    throw new SetupError(message.includes(source) ? message : `${source}: ${message}`, { cause });
  }
  const { modelType, ...fields } = config;
  const { LANGUAGE_MODELS } = await built("models/auto.js");
  return new LANGUAGE_MODELS[modelType](fields, { device: "meta" });
}

/** A module of the library. */
function built(path) {
  return import(pathToFileURL(join(paths.dist, "src", path)).href);
}

function pluginOf(library, name) {
  const device = "cpu"; // whose numbers are --gpu's
  if (name === "ddp") return new library.TorchDDPPlugin({ device });
  if (name === "gemini") return new library.GeminiPlugin({ device, placementPolicy: "auto" });
  if (name === "fsdp") return new library.TorchFSDPPlugin({ device });
  return new library.LowLevelZeroPlugin({ device, stage: name === "zero1" ? 1 : 2 });
}
