// src/ and kernel/ compiled into dist/: TypeScript checks them and writes declarations, setup/modules.mjs the JavaScript. The compiler
// works in a copy of dist/, so it looks only at what changed. tsconfig.json says where our own package's sources are: the compiler
// would look in dist/, which is not there at first and then old.
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "../command.mjs";
import { treeHash } from "../fingerprint.mjs";
import { paths } from "../paths.mjs";
import { replace } from "../replace.mjs";
import { installedPackages } from "./node-packages.mjs";

const modules = join(paths.setup, "modules.mjs");
const labFolder = join(paths.root, "kernel/lab");

export const typescript = {
  name: "typescript",
  title: "Compiling TypeScript",
  after: ["node-packages"],
  inputs: () => [
    { file: installedPackages },
    { file: join(paths.root, "tsconfig.json") },
    { file: modules },
    { file: join(paths.setup, "keep-code.mjs") },
    process.version,
    treeHash(join(paths.root, "src")),
    treeHash(join(paths.root, "kernel"), (path) => !path.startsWith(labFolder)),
  ],
  isPresent: () => existsSync(paths.kernelMain) && existsSync(join(paths.dist, "src/index.js")),
  run: async () => {
    const output = paths.stagedDist;
    rmSync(output, { recursive: true, force: true });
    // what is left of half an output would be taken for done
    if (typescript.isPresent()) cpSync(paths.dist, output, { recursive: true });
    const memory = join(output, "tsconfig.tsbuildinfo");
    const compiler = [process.execPath, join(paths.nodeModules, "typescript/bin/tsc"), "-p", "."];
    const log = "typescript";
    await runLogged([...compiler, "--outDir", output, "--tsBuildInfoFile", memory], {
      log,
      advice: "Mend the type errors above, then run the same command again.",
    });
    await runLogged([process.execPath, modules, output], { log, advice: "See the message above." });
  },
  publish: () => replace(paths.dist, paths.stagedDist),
};
