// The CUDA kernels compile without torch for the GPUs of two generations; needs nvcc, no GPU.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const folder = fileURLToPath(new URL("../../native/kernels", import.meta.url));
const sources = readdirSync(folder).filter((file) => file.endsWith(".cu"));
const nvcc = findNvcc();
const compile = promisify(execFile);

function findNvcc(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/local/cuda/bin"];
  return folders.map((path) => join(path, "nvcc")).find((path) => existsSync(path));
}

test("there are CUDA sources", () => {
  expect(sources).toContain("norm_forward.cu");
});

test.skipIf(nvcc === undefined)(
  `every kernel compiles for sm_80 and sm_90${nvcc === undefined ? " (skipped: no nvcc)" : ""}`,
  { timeout: 300_000 },
  async () => {
    const target = scratchFolder();
    await Promise.all(["sm_80", "sm_90"].map((architecture) => compileAll(architecture, target)));
    expect(readdirSync(target)).toHaveLength(2 * sources.length);
  },
);

async function compileAll(architecture: string, target: string): Promise<void> {
  for (const source of sources) {
    const output = join(target, `${source}.${architecture}.o`);
    const options = ["-c", `-arch=${architecture}`, "-std=c++20", "-Werror", "all-warnings"];
    const env = { ...process.env, LD_PRELOAD: undefined }; // nvcc crashes beside a sanitizer
    await compile(nvcc ?? "nvcc", [...options, join(folder, source), "-o", output], { env });
  }
}
