// src/ and kernel/ compiled into dist/. tsc -b compiles only what changed.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "../command.mjs";
import { treeListing } from "../fingerprint.mjs";
import { paths } from "../paths.mjs";

const labFolder = join(paths.root, "kernel/lab");

export const typescript = {
  name: "typescript",
  title: "Compiling TypeScript",
  after: ["node-packages"],
  inputs: () => [
    { file: join(paths.root, "tsconfig.json") },
    treeListing(join(paths.root, "src")),
    treeListing(join(paths.root, "kernel"), (path) => !path.startsWith(labFolder)),
  ],
  isPresent: () => existsSync(paths.kernelMain) && existsSync(join(paths.dist, "src/index.js")),
  clean: () => {
    for (const name of ["src", "kernel", "tsconfig.tsbuildinfo"]) {
      rmSync(join(paths.dist, name), { recursive: true, force: true });
    }
  },
  run: () =>
    runLogged([process.execPath, join(paths.nodeModules, "typescript/bin/tsc"), "-b"], {
      log: "typescript",
      advice: "Mend the type errors above, then run the same command again.",
    }),
};
