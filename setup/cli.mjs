#!/usr/bin/env node
// `notebooster`: the command line. `doctor` runs before anything is installed, so it is handled without commander.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { doctor } from "./doctor.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { runSetup } from "./setup.mjs";
import { start } from "./start.mjs";

const isBundle = existsSync(paths.bundleMarker);

async function main(args) {
  if (args[0] === "doctor") return doctor();
  if (args[0] === "lab") return start(args.slice(1));
  if (!isBundle) await runSetup();
  return parse(args);
}

async function parse(args) {
  const { Command } = await import("commander");
  const program = new Command("notebooster").description(
    "Train language models in TypeScript notebooks",
  );
  let exitCode = 0;
  const command = (usage, description, action) =>
    program
      .command(usage)
      .description(description)
      .allowUnknownOption()
      .allowExcessArguments()
      .helpOption(false)
      .action(async (...values) => {
        exitCode = await action(values.at(-1).args);
      });
  command("lab", "open JupyterLab; --port N, --no-browser and Jupyter's own options", start);
  command(
    "run",
    "execute a notebook without a browser; `notebooster run --help` lists its options",
    runNotebook,
  );
  command("bench", "measure; `notebooster bench` lists the programs", bench);
  command("exec", "run a Node program that imports the package", exec);
  command("bundle", "pack everything for a GPU host without network; -o FILE", bundle);
  command("memory", "draw a memory snapshot; FILE -o OUT.svg", memory);
  program.command("doctor").description("show what is found, what is required and how to mend it");
  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

async function runNotebook(args) {
  const module = await import(pathToFileURL(join(paths.dist, "kernel/cli/run.js")).href);
  return module.run(args);
}

async function bench(args) {
  const module = await import("./bench.mjs");
  return module.bench(args);
}

async function exec(args) {
  const module = await import("./bench.mjs");
  return module.runProgram(args);
}

async function memory(args) {
  const module = await import("./memory.mjs");
  return module.drawMemory(args);
}

async function bundle(args) {
  const module = await import("./bundle.mjs");
  return module.bundle(args);
}

await runAsProgram(import.meta.url, main);
