// A kernelspec of the kernel under test, for clients that start kernels by name, and the Python preamble that
// lets Jupyter find it and nothing else.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kernelJson } from "../../setup/steps/kernelspec.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

/** A folder with a kernelspec `notebooster` in it. */
export function kernelspecs(): string {
  const root = scratchFolder();
  const spec = join(root, "kernels", "notebooster");
  mkdirSync(spec, { recursive: true });
  const kernel = kernelJson();
  Object.assign(kernel.env, { NOTEBOOSTER_HISTORY: join(root, "history") });
  writeFileSync(join(spec, "kernel.json"), JSON.stringify(kernel));
  return root;
}

/** First lines of a Python program whose first argument is that folder. */
export const USE_KERNELSPECS = `
import os, tempfile
os.environ["JUPYTER_PATH"] = args[0]
os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp()
os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
`;
