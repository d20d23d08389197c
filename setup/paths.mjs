// Where everything lies. All that setup writes stays inside the checkout.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const state = join(root, ".setup");
const venv = join(root, ".venv");

export const paths = {
  root,
  state,
  logs: join(state, "log"),
  stamps: join(state, "stamps"),
  staging: join(state, "staging"),
  replaced: join(state, "replaced"),
  venvs: join(state, "venvs"),
  jupyter: join(state, "jupyter"),
  testResults: join(state, "test"),
  setup: join(root, "setup"),
  nodeModules: join(root, "node_modules"),
  dist: join(root, "dist"),
  stagedDist: join(root, "dist.new"), // beside dist, for what the compiler remembers holds paths from there
  kernelMain: join(root, "dist/kernel/main.js"),
  labBuild: join(root, "dist/lab"),
  native: join(root, "native"),
  addonBuild: join(root, "build/native"),
  addon: join(root, "build/native/notebooster.node"),
  notebooks: join(root, "notebooks"),
  venv,
  venvPython: join(venv, "bin/python"),
  testVenv: join(state, "test-venv"),
  testPython: join(state, "test-venv/bin/python"),
  kernelspec: join(state, "kernelspec"),
  bundleMarker: join(root, "bundle.json"),
};
