// The independent references of the tests (transformers, tokenizers, safetensors), in the same .venv.
import { join } from "node:path";
import { paths } from "../paths.mjs";
import { pipInstall } from "./venv.mjs";

const requirements = join(paths.setup, "requirements-test.txt");
let mode = [];

export const testPackages = {
  name: "test-packages",
  title: "Installing the tests' Python packages",
  after: ["venv", "torch"],
  inputs: () => [{ file: requirements }],
  isPresent: () => true,
  clean: () => {
    mode = ["--force-reinstall"];
  },
  run: () => pipInstall("test-packages", ["--no-deps", ...mode, "-r", requirements]),
};
