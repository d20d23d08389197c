// libtorch: an installed PyTorch 2.11-2.14 when there is one, else torch 2.13.0 in .venv. Without an NVIDIA GPU
// that is the CPU build: whatever pip's own configuration offers, and PyTorch's CPU wheel index where it offers only CUDA.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { output } from "../command.mjs";
import { pythonEnvironment } from "../environment.mjs";
import { paths } from "../paths.mjs";
import { installedTorch } from "../python.mjs";
import { pipInstall, sitePackages } from "../venvs.mjs";

const version = "2.13.0";
const cpuIndex = "https://download.pytorch.org/whl/cpu";

/** The version that is installed where there is none. */
export const torchVersion = version;

/** The folder of the PyTorch package the addon is built against, or undefined. */
export function torchFolder() {
  const folder = installedTorch()?.folder ?? join(sitePackages(paths.venv) ?? "", "torch");
  return existsSync(versionFile(folder)) ? folder : undefined;
}

/** The text of the file that names the version of the PyTorch package in `folder`. */
export function readTorchVersion(folder) {
  return folder === undefined ? "" : readFileSync(versionFile(folder), "utf8");
}

/** Puts PyTorch, or the way to an installed one, into the environment in `venv`. */
export async function addTorch(venv, { withCuda }) {
  const installed = installedTorch();
  if (installed === undefined) await installTorch(venv, withCuda);
  else shareTorch(venv, installed.folder);
}

function versionFile(folder) {
  return join(folder, "version.py");
}

async function installTorch(venv, withCuda) {
  const options = { log: "venv", compiles: false }; // the product never imports it
  if (withCuda) return pipInstall(venv, [`torch==${version}`], options);
  if (pipOffersCpuBuild(venv)) {
    return pipInstall(venv, ["--no-deps", `torch==${version}`], options);
  }
  const fromCpuIndex = ["--no-deps", "--index-url", cpuIndex, `torch==${version}+cpu`];
  return pipInstall(venv, fromCpuIndex, { ...options, index: cpuIndex });
}

// Looks at the metadata of the file pip would take; with a CUDA build it names nvidia packages. Nothing is installed.
function pipOffersCpuBuild(venv) {
  const args = ["--dry-run", "--ignore-installed", "--no-deps", "--quiet", "--report", "-"];
  const command = [join(venv, "bin/python"), "-m", "pip", "install", ...args, `torch==${version}`];
  const report = output(command, pythonEnvironment());
  if (report === undefined) return false;
  const needs = JSON.parse(report).install.flatMap((item) => item.metadata.requires_dist ?? []);
  return !needs.some((need) => /^(nvidia|cuda|triton)/.test(need));
}

// Puts the site-packages of an installed PyTorch behind the environment's own, for the tests that import torch.
function shareTorch(venv, folder) {
  writeFileSync(join(sitePackages(venv), "installed-torch.pth"), `${dirname(folder)}\n`);
}
