// Builds the JupyterLab extension into dist/lab/, or the folder given: package.json as JupyterLab's server reads it, and
// static/ with the entry, the extension and the parts it loads when needed. Install it by copying or linking it to
// `<prefix>/share/jupyter/labextensions/notebooster-lab`.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const NAME = "notebooster-lab";
/** Must not be left in the output: see `ownPackage`. */
const NODE_ONLY = ["node:*", "@resvg/resvg-js"];
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const output = process.argv[2] ?? join(root, "dist/lab");

/**
 * Resolves `notebooster/report` to its sources. They have no side effects, so what the browser does not use (files,
 * rasteriser, terminal) and with it all that is Node's stays out.
 */
const ownPackage = {
  name: "own-package",
  setup({ onResolve, resolve }) {
    const entry = join(root, "src/report/index.ts");
    onResolve({ filter: /^notebooster\/report$/ }, () => ({ path: entry, sideEffects: false }));
    onResolve({ filter: /^\.\/.*\.js$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === "resolved" || !resolveDir.endsWith(join("src", "report")))
        return undefined;
      const found = await resolve(path, { resolveDir, kind, pluginData: "resolved" });
      return { ...found, sideEffects: false };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  platform: "browser",
  external: NODE_ONLY,
  outdir: join(output, "static"),
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  metafile: true,
  logLevel: "warning",
  legalComments: "linked",
  tsconfig: join(here, "tsconfig.json"),
};

async function bundle(options) {
  const { metafile } = await build({ ...common, ...options });
  const outputs = Object.entries(metafile.outputs);
  const leaked = outputs.flatMap(([, { imports }]) => imports.filter(({ external }) => external));
  if (leaked.length > 0) {
    throw new Error(`the browser cannot import ${leaked.map(({ path }) => path).join(", ")}`);
  }
  const [path] = outputs.find(([, { entryPoint }]) => entryPoint?.startsWith("kernel/lab/")) ?? [];
  return basename(path);
}

process.chdir(root);
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const extension = await bundle({
  entryPoints: [join(here, "extension.ts")],
  format: "esm",
  splitting: true,
  plugins: [ownPackage],
});
const entry = await bundle({
  entryPoints: [join(here, "remote-entry.ts")],
  format: "iife",
  define: { EXTENSION_FILE: JSON.stringify(`./${extension}`) },
});
const { version, license, description } = JSON.parse(readFileSync("package.json", "utf8"));
const jupyterlab = {
  extension: true,
  _build: { load: `static/${entry}`, extension: "./extension" },
};
writeFileSync(
  join(output, "package.json"),
  `${JSON.stringify({ name: NAME, version, license, description, jupyterlab }, undefined, 2)}\n`,
);
