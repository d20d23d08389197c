// libtorch: an installed PyTorch 2.11-2.14 when there is one, else torch 2.13.0 in .venv. Without an NVIDIA GPU
// that is the CPU build: whatever pip's own configuration offers, and PyTorch's CPU wheel index where it offers only CUDA.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { output } from "../command.mjs";
import { pythonEnvironment } from "../environment.mjs";
import { hasNvidiaGpu } from "../needs.mjs";
import { paths } from "../paths.mjs";
import { installedTorch } from "../python.mjs";
import { pipInstall } from "./venv.mjs";

const version = "2.13.0";
const cpuIndex = "https://download.pytorch.org/whl/cpu";

export const torch = {
  name: "torch",
  title: "Installing libtorch",
  after: ["venv"],
  inputs: () => [version, JSON.stringify(installedTorch() ?? "own"), String(hasNvidiaGpu())],
  isPresent: () => torchFolder() !== undefined,
  clean: removeOwnTorch,
  run: async () => {
    const installed = installedTorch();
    if (installed === undefined) await installTorch();
    else shareTorch(installed.folder);
  },
};

/** The folder of the PyTorch package the addon is built against, or undefined. */
export function torchFolder() {
  const folder = installedTorch()?.folder ?? join(sitePackages() ?? "", "torch");
  return existsSync(join(folder, "version.py")) ? folder : undefined;
}

async function installTorch() {
  if (hasNvidiaGpu()) return pipInstall("torch", [`torch==${version}`]);
  if (pipOffersCpuBuild()) return pipInstall("torch", ["--no-deps", `torch==${version}`]);
  return pipInstall(
    "torch",
    ["--no-deps", "--index-url", cpuIndex, `torch==${version}+cpu`],
    cpuIndex,
  );
}

// Looks at the metadata of the file pip would take; with a CUDA build it names nvidia packages. Nothing is installed.
function pipOffersCpuBuild() {
  const args = ["--dry-run", "--ignore-installed", "--no-deps", "--quiet", "--report", "-"];
  const command = [paths.venvPython, "-m", "pip", "install", ...args, `torch==${version}`];
  const report = output(command, pythonEnvironment());
  if (report === undefined) return false;
  const needs = JSON.parse(report).install.flatMap((item) => item.metadata.requires_dist ?? []);
  return !needs.some((need) => /^(nvidia|cuda|triton)/.test(need));
}

// Puts the site-packages of an installed PyTorch behind .venv's own, for the tests that import torch.
function shareTorch(folder) {
  writeFileSync(join(sitePackages(), "installed-torch.pth"), `${dirname(folder)}\n`);
}

function removeOwnTorch() {
  const folder = sitePackages();
  if (folder === undefined) return;
  for (const name of readdirSync(folder)) {
    if (/^(torch|functorch|torchgen|~.*)(-.*\.dist-info)?$/.test(name)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

function sitePackages() {
  const lib = join(paths.venv, "lib");
  const python = existsSync(lib)
    ? readdirSync(lib).find((name) => name.startsWith("python3"))
    : undefined;
  return python === undefined ? undefined : join(lib, python, "site-packages");
}
