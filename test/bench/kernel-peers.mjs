// Other kernels for TypeScript to be measured beside: installed at pinned versions, on first use, into .setup/bench-kernels.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, ".setup/bench-kernels");
const packages = ["tslab@1.0.22", "deno@2.9.6"];
const installed = (path) => join(folder, "lib/node_modules", path);

const commands = {
  tslab: [
    process.execPath,
    installed("tslab/bin/tslab"),
    "kernel",
    "--config-path",
    "{connection_file}",
  ],
  deno: [
    process.execPath,
    installed("deno/bin.cjs"),
    "jupyter",
    "--kernel",
    "--conn",
    "{connection_file}",
  ],
};

/** Installs them if needed; returns the folder for JUPYTER_PATH with their kernelspecs. */
export function installPeers() {
  if (!Object.values(commands).every(([, program]) => existsSync(program))) {
    const args = [
      "install",
      "--global",
      "--prefix",
      folder,
      "--no-audit",
      "--no-fund",
      ...packages,
    ];
    const { status } = spawnSync("npm", args, { stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error(`npm install of ${packages.join(" and ")} failed`);
  }
  for (const [name, argv] of Object.entries(commands)) {
    const spec = join(folder, "kernels", name);
    mkdirSync(spec, { recursive: true });
    const kernel = { argv, display_name: name, language: "typescript" };
    writeFileSync(join(spec, "kernel.json"), JSON.stringify(kernel));
  }
  return folder;
}
