// The CUDA kernels compile without torch to PTX, in which all that their authors can get wrong is met but for what an assembler
// finds; in the matrix as they are built, optimized, for GPUs of two generations. Needs nvcc, no GPU.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { scratchFolder } from "../fixtures/scratch.js";

const folder = fileURLToPath(new URL("../../native/kernels", import.meta.url));
const sources = readdirSync(folder).filter((file) => file.endsWith(".cu"));
const architectures = isMatrix ? ["sm_80", "sm_90"] : ["sm_90"];
const nvcc = findNvcc();
const env = { ...process.env, LD_PRELOAD: undefined }; // nvcc crashes beside a sanitizer
const quickly = isMatrix ? [] : optionsOfQuickCompilation();
const compile = promisify(execFile);

function findNvcc(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/local/cuda/bin"];
  return folders.map((path) => join(path, "nvcc")).find((path) => existsSync(path));
}

/** Since CUDA 12.9. */
function optionsOfQuickCompilation(): string[] {
  const option = "--Ofast-compile";
  const isKnown =
    nvcc && execFileSync(nvcc, ["--help"], { encoding: "utf8", env }).includes(option);
  return isKnown ? [`${option}=max`] : [];
}

test("there are CUDA sources", () => {
  expect(sources).toContain("norm_forward.cu");
});

test.skipIf(nvcc === undefined)(
  `every kernel compiles for ${architectures.join(" and ")}${nvcc === undefined ? " (skipped: no nvcc)" : ""}`,
  { timeout: 300_000 },
  async () => {
    const target = scratchFolder();
    await Promise.all(architectures.map((architecture) => compileAll(architecture, target)));
    expect(readdirSync(target)).toHaveLength(architectures.length * sources.length);
  },
);

async function compileAll(architecture: string, target: string): Promise<void> {
  for (const source of sources) {
    const output = join(target, `${source}.${architecture}.o`);
    const strictly = ["-std=c++20", "-Werror", "all-warnings"];
    const options = [isMatrix ? "-c" : "-ptx", `-arch=${architecture}`, ...strictly, ...quickly];
    await compile(nvcc ?? "nvcc", [...options, join(folder, source), "-o", output], { env });
  }
}
