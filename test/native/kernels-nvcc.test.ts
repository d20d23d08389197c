// The CUDA kernels compile without torch for the GPUs of two generations; needs nvcc, no GPU.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const folder = fileURLToPath(new URL("../../native/kernels", import.meta.url));
const sources = readdirSync(folder).filter((file) => file.endsWith(".cu"));
const nvcc = findNvcc();

function findNvcc(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/local/cuda/bin"];
  return folders.map((path) => join(path, "nvcc")).find((path) => existsSync(path));
}

test("there are CUDA sources", () => {
  expect(sources).toContain("norm_forward.cu");
});

for (const architecture of ["sm_80", "sm_90"]) {
  test.skipIf(nvcc === undefined)(
    `every kernel compiles for ${architecture}${nvcc === undefined ? " (skipped: no nvcc)" : ""}`,
    { timeout: 300_000 },
    () => {
      const target = scratchFolder();
      for (const source of sources) {
        const output = join(target, `${source}.o`);
        const options = ["-c", `-arch=${architecture}`, "-std=c++20", "-Werror", "all-warnings"];
        execFileSync(nvcc ?? "nvcc", [...options, join(folder, source), "-o", output]);
        expect(existsSync(output)).toBe(true);
      }
    },
  );
}
