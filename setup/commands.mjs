// The commands of `notebooster` with their arguments. What is wrong with a call is said before anything is set up.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { bench, benchmarkNames, runProgram } from "./bench.mjs";
import { bundle } from "./bundle.mjs";
import { drawMemory } from "./memory.mjs";
import { paths } from "./paths.mjs";
import { gpuNames, granularities, optimizerNames, planMemory, pluginNames } from "./plan.mjs";
import { productSteps, testSteps } from "./setup.mjs";
import { labHelp, start } from "./start.mjs";

const wrongCall = 2;

/**
 * Runs `notebooster ARGS`; `setUp(steps)` brings steps of setup (the product's when left out) up to date. Resolves with the
 * exit code: 2 for a wrong call.
 */
export async function commandLine(args, { setUp }) {
  const program = new Command("notebooster");
  program.description("Train language models in TypeScript notebooks").enablePositionalOptions();
  program.exitOverride().showHelpAfterError("(--help after a command's name lists its options)");
  let exitCode = 0;
  for (const define of [lab, run, runBench, exec, pack, memory, plan, showDoctor]) {
    const { command, action } = define(program, setUp);
    command.action(async (...values) => {
      exitCode = await action(...values);
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : wrongCall;
  }
}

function lab(program) {
  const command = program
    .command("lab")
    .description("open JupyterLab on loopback with a token; `npm start` does the same")
    .argument("[options...]")
    .allowUnknownOption()
    .addHelpText("after", labHelp);
  return { command, action: (_, __, { args }) => start(args) };
}

function run(program, setUp) {
  const command = program
    .command("run")
    .description("execute a notebook without a browser and write the executed notebook")
    .argument("<notebook>", "the .ipynb file", readableFile)
    .option(
      "-o, --output <file>",
      "file to write, after every cell; a page with plots as pictures if it ends in .html " +
        "(default: NOTEBOOK with .executed.ipynb)",
      fileInFolder,
    )
    .option(
      "--param <name=value>",
      "give a parameter of the cell tagged `parameters` another value; may be repeated",
      (text, before) => [...before, text],
      [],
    )
    .option("--ranks <n>", "worker processes, one rank each", wholeNumber, 1)
    .option("--timeout <seconds>", "time that one cell may take (default: no limit)", seconds)
    .addOption(
      new Option(
        "--check <mode>",
        "strict: a cell whose types are wrong fails and is not run; warn: it says so below its result; " +
          "off: wrong types are not mentioned",
      ).choices(["strict", "warn", "off"]),
    )
    .option("--allow-errors", "go on after a cell that fails")
    .option("--timing", "print how long each cell took (the notebook's metadata says it anyway)")
    .addHelpText(
      "after",
      "\nA cell tagged `skip-execution` is left as it is, one tagged `raises-exception` may fail.\n" +
        "Exit codes: 0 done, 1 a cell failed, 2 wrong call, 130 interrupted.",
    );
  const action = async (notebook, options) => {
    await setUp();
    const module = await import(pathToFileURL(join(paths.dist, "kernel/cli/run.js")).href);
    return module.run({
      notebook,
      output: options.output ?? `${notebook.replace(/\.ipynb$/, "")}.executed.ipynb`,
      parameters: options.param,
      numRanks: options.ranks,
      timeoutMs: options.timeout && 1000 * options.timeout,
      check: options.check,
      allowErrors: options.allowErrors ?? false,
      printsTiming: options.timing ?? false,
    });
  };
  return { command, action };
}

function runBench(program, setUp) {
  const command = program
    .command("bench")
    .description("measure speed beside others in the same run, as JSON lines")
    .argument("<name>", `one of ${benchmarkNames().join(", ")}`, benchmarkName)
    .argument("[options...]", "go to the benchmark")
    .passThroughOptions()
    .allowUnknownOption();
  const action = async (name, _, __, { args }) => {
    await setUp([...productSteps, ...testSteps]);
    return bench(name, args.slice(1));
  };
  return { command, action };
}

function exec(program, setUp) {
  const command = program
    .command("exec")
    .description("run a Node program that imports the package")
    .argument("<program>", "a JavaScript file", readableFile)
    .argument("[options...]", "go to the program")
    .passThroughOptions()
    .allowUnknownOption();
  const action = async (_, __, ___, { args }) => {
    await setUp();
    return runProgram(args);
  };
  return { command, action };
}

function pack(program, setUp) {
  const command = program
    .command("bundle")
    .description("pack everything for a GPU host without network and Node")
    .option("-o, --output <file>", "archive to write", fileInFolder, "notebooster.tar.xz");
  const action = async ({ output }) => {
    await setUp();
    return bundle(output);
  };
  return { command, action };
}

function memory(program, setUp) {
  const command = program
    .command("memory")
    .description("draw a memory snapshot")
    .argument("<snapshot>", "file that saveMemorySnapshot wrote", readableFile)
    .requiredOption("-o, --output <file>", "SVG picture to write", fileInFolder);
  const action = async (snapshot, { output }) => {
    await setUp();
    return drawMemory(snapshot, output);
  };
  return { command, action };
}

function plan(program, setUp) {
  const command = program
    .command("plan")
    .description("tell how much memory a training takes on a GPU that need not be here")
    .argument("<model>", "folder with a config.json, or a model's name on the Hub")
    .addOption(new Option("--gpu <name>", "kind of GPU").choices(gpuNames).default("h100"))
    .option("--gpus <n>", "GPUs that train together", wholeNumber, 1)
    .addOption(new Option("--plugin <name>", "what they share").choices(pluginNames).default("ddp"))
    .addOption(
      new Option("--precision <name>", "numbers").choices(["fp32", "bf16", "fp16"]).default("bf16"),
    )
    .option("--no-masters", "bf16 weights and state without float32 masters, rounded at random")
    .option("--batch <rows>", "rows of a GPU in a forward pass", wholeNumber, 1)
    .option("--sequence <tokens>", "tokens of a row", wholeNumber, 2048)
    .option("--lora <rank>", "train adapters of this rank on all linear layers", wholeNumber)
    .addOption(
      new Option("--optimizer <name>", "what updates").choices(optimizerNames).default("adamw"),
    )
    .option("--recompute", "compute all layers again in the backward pass")
    .addOption(
      new Option(
        "--recompute-granularity <name>",
        "what of each layer: full, as --recompute, or selective, norms and activations alone",
      ).choices(granularities),
    )
    .option(
      "--budget <size>",
      "bytes, as 80GiB, 80GB or 80e9, or a part of the GPU's, as 90%; as few layers as must be are computed again",
      memorySize,
    )
    .option("--json", "print what a program reads")
    .addHelpText(
      "after",
      "\nExit codes: 0 planned, 1 the budget or the GPU is too small, 2 wrong call.",
    );
  const action = async (model, options) => {
    const { recompute, recomputeGranularity: granularity, budget } = options;
    if (recompute && granularity === "selective")
      command.error(
        "error: --recompute computes all of each layer again and --recompute-granularity selective norms and activations alone: leave one of them out",
      );
    if ((recompute || granularity === "full") && budget)
      command.error(
        "error: --recompute computes all layers again and --budget as few as it must: leave one of them out",
      );
    await setUp();
    return planMemory(model, options);
  };
  return { command, action };
}

// Listed in the help; setup/cli.mjs runs it before this file is there to be read.
function showDoctor(program) {
  const description = "show what is found, what is required and how to mend it";
  return { command: program.command("doctor").description(description), action: () => 0 };
}

function readableFile(text) {
  const file = statSync(text, { throwIfNoEntry: false });
  if (file === undefined) throw new InvalidArgumentError(`There is no file ${resolve(text)}.`);
  if (!file.isFile()) throw new InvalidArgumentError("It is no file.");
  if (isReadable(text)) return text;
  throw new InvalidArgumentError("It may not be read.");
}

function isReadable(path) {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false; // whatever the reason, the person must look at the file
  }
}

function fileInFolder(text) {
  const folder = dirname(resolve(text));
  if (!existsSync(folder)) throw new InvalidArgumentError(`There is no folder ${folder}; make it.`);
  const file = statSync(text, { throwIfNoEntry: false });
  if (file === undefined || file.isFile()) return text;
  throw new InvalidArgumentError("It is there and no file; give the name of a file to write.");
}

function wholeNumber(text) {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It takes a whole number from 1.");
}

const UNITS = {
  ...{ B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
};

/** A number of bytes, or which part of a whole: { bytes } or { part }. */
function memorySize(text) {
  const [, amount, unit] = /^(\d+(?:\.\d*)?(?:e\d+)?) *([a-z]*|%)$/i.exec(text.trim()) ?? [];
  if (unit === "%" && Number(amount) > 0) return { part: Number(amount) / 100 };
  const bytes = Number(amount) * (UNITS[unit?.toUpperCase() || "B"] ?? Number.NaN);
  if (bytes >= 1 && Number.isFinite(bytes)) return { bytes };
  throw new InvalidArgumentError(
    "It takes bytes, as 80e9, 80GB or 80GiB (KB to TB, KiB to TiB), or a part of the GPU's memory, as 90%.",
  );
}

function seconds(text) {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It takes a positive number.");
}

function benchmarkName(text) {
  const names = benchmarkNames();
  if (names.includes(text)) return text;
  throw new InvalidArgumentError(`Choose one of ${names.join(", ")}.`);
}
