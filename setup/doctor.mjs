// `notebooster doctor`: for each need, what was found, what is required and the command that mends it.
// Uses Node alone, so it works before anything is installed. Exit code 1 when something is missing.
import { existsSync } from "node:fs";
import { output } from "./command.mjs";
import { hostNeeds } from "./from-bundle.mjs";
import { hasNvidiaGpu, needs } from "./needs.mjs";
import { paths } from "./paths.mjs";
import { findPython, inspectPython } from "./python.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { isUpToDate, productSteps } from "./setup.mjs";
import { torchFolder } from "./steps/torch.mjs";

export const doctorUsage = `usage: notebooster doctor

Shows what is found, what is required and the command that mends it. Works before anything is installed; exit code 1 when
something is missing.`;
const mendSetup = "node setup/setup.mjs";

/** Prints the table; returns the exit code. */
export function doctor() {
  const isBundle = existsSync(paths.bundleMarker);
  const rows = isBundle
    ? bundleRows()
    : [...needs.map(needRow), npmRow(), ...setupRows(), gpuRow()];
  const table = [["", "need", "found", "required", "mend with"], ...rows.map(cells)];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    );
  return rows.every((row) => row.isMet) ? 0 : 1;
}

function cells(row) {
  const { name, found = "missing", required, mend } = row;
  return row.isMet ? ["✓", name, found, required, ""] : ["✗", name, found, required, mend];
}

function needRow(need) {
  return { ...need, ...need.find() };
}

function bundleRows() {
  const found = existsSync(paths.addon) ? "built" : undefined;
  const addonRow = { name: "native addon", required: "built here", mend: "./setup/from-bundle" };
  return [...hostNeeds.map(needRow), { ...addonRow, found, isMet: found !== undefined }, gpuRow()];
}

function npmRow() {
  const version = output(["npm", "--version"]);
  return {
    name: "npm",
    found: version,
    required: "any",
    isMet: version !== undefined,
    mend: "install npm with Node",
  };
}

function setupRows() {
  const [nodePackages, venv, typescript, addon, kernelspec, labExtension] = productSteps;
  return [
    stepRow(nodePackages, "npm packages", "as package-lock.json"),
    stepRow(typescript, "compiled TypeScript", "as src/ and kernel/"),
    stepRow(venv, ".venv with JupyterLab", "as setup/requirements.txt"),
    libtorchRow(),
    stepRow(addon, "native addon", "as native/"),
    stepRow(kernelspec, "kernelspec", "as setup/steps/kernelspec.mjs"),
    stepRow(labExtension, "JupyterLab extension", "as kernel/lab/"),
  ];
}

function stepRow(step, name, required) {
  const isMet = isUpToDate(step);
  const found = isMet ? "up to date" : step.isPresent() ? "out of date" : undefined;
  return { name, found, required, isMet, mend: mendSetup };
}

function libtorchRow() {
  const folder = torchFolder();
  const found = folder && inspectPython(findPython().executable, folder)?.torch?.version;
  const isMet = found !== undefined;
  return { name: "libtorch", required: "2.11 to 2.14", found, isMet, mend: mendSetup };
}

function gpuRow() {
  const found = hasNvidiaGpu() ? "NVIDIA driver present" : "none (the CPU is used)";
  return { name: "GPU", found, required: "optional", isMet: true, mend: "" };
}

await runAsProgram(import.meta.url, { usage: doctorUsage, takesArguments: false }, doctor);
