// `notebooster plan MODEL --gpu h100`: how much memory a training takes, of a model's config.json alone; no GPU and no weights are needed.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

/** Names that --plugin takes. */
export const pluginNames = ["ddp", "zero1", "zero2", "fsdp"];
/** Names that --gpu takes. */
export const gpuNames = ["h100", "h200", "b200", "a100", "a100-40gb", "l40s", "rtx4090"];

/** Prints the plan; returns the exit code, 1 where the budget or the GPU is too small. */
export async function planMemory(source, options) {
  const library = await built("index.js");
  const { batch, sequence, gpu, gpus, precision, lora, recompute, json } = options;
  const model = await modelOf(library, source);
  const plugin = pluginOf(library, options.plugin);
  if (lora !== undefined)
    new library.Booster({ plugin }).enableLora(model, { r: lora, targetModules: "all-linear" });
  if (recompute) model.gradientCheckpointingEnable();
  const how = { plugin, precision, worldSize: gpus };
  const of = { batch, sequence, gpu, ...(options.budget && { budget: options.budget }) };
  try {
    const plan = library.planTraining(model, of, how);
    console.log(json ? JSON.stringify(plan, undefined, 2) : String(plan));
    return plan.fits ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError) throw new SetupError(error.message, { cause: error });
    if (!(error instanceof library.BudgetError)) throw error;
    printRefusal(error, json);
    return 1;
  }
}

function printRefusal({ plan, settings, message }, json) {
  console.log(json ? JSON.stringify({ ...plan.toJSON(), settings }) : `${plan}\n${message}`);
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
  if (name === "fsdp") return new library.TorchFSDPPlugin({ device });
  return new library.LowLevelZeroPlugin({ device, stage: name === "zero1" ? 1 : 2 });
}
