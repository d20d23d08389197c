// Tells Jupyter about the kernel: kernel.json and its pictures in .setup/kernelspec, to which .venv has a link.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { paths } from "../paths.mjs";
import { replace, stagingFolder } from "../replace.mjs";

const logo = join(paths.setup, "jupyter/logo.svg");
let folder;

export const kernelspec = {
  name: "kernelspec",
  title: "Registering the kernel with Jupyter",
  after: ["node-packages"],
  inputs: () => [
    JSON.stringify(kernelJson()),
    { file: logo },
    { file: fileURLToPath(import.meta.url) },
  ],
  isPresent: () => existsSync(join(paths.kernelspec, "kernel.json")),
  run: () => {
    folder = stagingFolder("kernelspec");
    copyFileSync(logo, join(folder, "logo-svg.svg"));
    for (const size of [32, 64])
      writeFileSync(join(folder, `logo-${size}x${size}.png`), renderLogo(size));
    writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(kernelJson(), null, 2)}\n`);
  },
  publish: () => replace(paths.kernelspec, folder),
};

/** A kernel lives for days and makes garbage with every cell: its heaps have little room to grow before it is collected. */
export const HEAP_FLAGS = ["--max-semi-space-size=4", "--heap-growing-percent=25"];

/** The kernelspec. One malloc arena: each further one keeps memory of its own. */
export function kernelJson() {
  return {
    argv: [process.execPath, ...HEAP_FLAGS, paths.kernelMain, "{connection_file}"],
    env: { MALLOC_ARENA_MAX: "1" },
    display_name: "TypeScript (Notebooster)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.6.0",
    metadata: { debugger: true, supported_encryption: ["curve"] },
  };
}

function renderLogo(size) {
  const { Resvg } = createRequire(import.meta.url)("@resvg/resvg-js");
  const picture = new Resvg(readFileSync(logo), { fitTo: { mode: "width", value: size } });
  return picture.render().asPng();
}
