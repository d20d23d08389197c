#!/usr/bin/env node
// `notebooster`: the command line. Of a fresh clone `doctor` needs nothing; the other commands need npm's packages to be parsed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { doctor, doctorUsage } from "./doctor.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { runSetup } from "./setup.mjs";
import { nodePackages } from "./steps/node-packages.mjs";

const isBundle = existsSync(paths.bundleMarker);

// Who reads our output may have seen enough: `notebooster --help | head`.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

async function main(args) {
  if (args[0] === "doctor") return showDoctor(args.slice(1));
  if (!existsSync(join(paths.nodeModules, "commander"))) await runSetup([nodePackages]);
  const { commandLine } = await import("./commands.mjs");
  return commandLine(args, { setUp: isBundle ? async () => undefined : runSetup });
}

function showDoctor([argument]) {
  if (argument === undefined) return doctor();
  console.log(doctorUsage);
  return ["--help", "-h"].includes(argument) ? 0 : 2;
}

await runAsProgram(import.meta.url, {}, main);
