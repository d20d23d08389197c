// The independent references of the tests and benchmarks (transformers, tokenizers, safetensors), in an environment of their
// own that sees the packages of .venv behind its own: .venv holds the product alone.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../paths.mjs";
import { findPython } from "../python.mjs";
import { makeVenv, pipInstall, publishVenv, sitePackages } from "../venvs.mjs";

const requirements = join(paths.setup, "requirements-test.txt");
const log = "test-packages";
let folder;

export const testPackages = {
  name: "test-packages",
  title: "Installing the tests' Python packages",
  after: ["venv"],
  needs: ["Python", "Python venv module"],
  inputs: () => [{ file: requirements }, String(findPython().abi), paths.root],
  isPresent: () => existsSync(paths.testPython),
  run: async () => {
    folder = await makeVenv(findPython().executable, { log, options: ["--without-pip"] });
    const behind = JSON.stringify(sitePackages(paths.venv));
    const line = `import site; site.addsitedir(${behind})\n`;
    writeFileSync(join(sitePackages(folder), "product.pth"), line);
    const options = { log, by: paths.venv, compiles: false }; // tests import a tenth of transformers
    await pipInstall(folder, ["--no-deps", "-r", requirements], options);
  },
  publish: () => publishVenv(paths.testVenv, folder),
};
