// `notebooster bundle [-o FILE]`: one archive for a GPU host that has PyTorch but neither network nor Node.
// It holds Node itself, the built JavaScript and the native sources; `setup/from-bundle` builds the addon there.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bundledPaths, isBundled } from "./bundle-contents.mjs";
import { output, runLogged } from "./command.mjs";
import { paths } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { SetupError } from "./setup-error.mjs";

const maxBytes = 60 * 2 ** 20;
const launcher = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/bin/node" "$here/setup/cli.mjs" "$@"
`;

/** Writes the archive `name`; returns the exit code. */
export async function bundle(name) {
  const file = resolve(name);
  const folder = join(paths.state, "bundle");
  await withProgress("Collecting files", async () => collect(join(folder, "notebooster")));
  await withProgress("Compressing", () => compress(folder, file));
  rmSync(folder, { recursive: true });
  const { size } = statSync(file);
  const text = `${(size / 2 ** 20).toFixed(1)} MiB`;
  if (size > maxBytes)
    throw new SetupError(`${file} has ${text}; a bundle may have ${maxBytes / 2 ** 20} MiB`);
  console.log(
    `${file} (${text})\nOn the host: tar xJf FILE && cd notebooster && ./setup/from-bundle`,
  );
  return 0;
}

function collect(target) {
  rmSync(target, { recursive: true, force: true });
  for (const path of bundledPaths()) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(paths.root, path), join(target, path), { recursive: true, filter: isBundled });
  }
  mkdirSync(join(target, "bin"));
  copyFileSync(process.execPath, join(target, "bin/node"));
  writeFileSync(join(target, "notebooster"), launcher);
  for (const program of ["bin/node", "notebooster", "setup/from-bundle"])
    chmodSync(join(target, program), 0o755);
  const commit = output(["git", "-C", paths.root, "rev-parse", "HEAD"]) ?? "unknown";
  writeFileSync(
    join(target, "bundle.json"),
    `${JSON.stringify({ commit, node: process.version })}\n`,
  );
}

function compress(folder, file) {
  const advice = "Creating a bundle needs tar and xz (apt-get install -y xz-utils).";
  const command = ["tar", "-C", folder, "--owner=0", "--group=0", "-cJf", file, "notebooster"];
  return runLogged(command, { log: "bundle", advice, env: { XZ_OPT: "-6 -T0" } });
}
