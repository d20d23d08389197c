// An executed notebook as one HTML file, by Jupyter's nbconvert: of outputs that come in several forms it takes HTML or a
// picture, so plots stay without JavaScript, and controls are shown as they stand: their scripts would come from a network.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Notebook, type Output, writeNotebook } from "./notebook.js";
import { UsageError } from "./usage-error.js";

const VENV_PYTHON = fileURLToPath(new URL("../../../.venv/bin/python", import.meta.url));
const PYTHON = existsSync(VENV_PYTHON) ? VENV_PYTHON : "python3";
/** Looks for it without importing it, which takes seconds. */
const IS_THERE =
  "import importlib.util as util, sys; sys.exit(util.find_spec('nbconvert') is None)";

/** Throws `UsageError` when notebooks cannot be converted here. */
export function requireConverter(): void {
  try {
    execFileSync(PYTHON, ["-c", IS_THERE], { stdio: "ignore" });
  } catch (cause) {
    const remedy = `install it with ${PYTHON} -m pip install nbconvert, or write an .ipynb file`;
    throw new UsageError(`HTML needs Jupyter's nbconvert, which is not there: ${remedy}`, {
      cause,
    });
  }
}

/** Writes `notebook` to `output` as HTML, titled after the file. */
export async function writeHtml(output: string, notebook: Notebook): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "notebooster-html-"));
  const target = resolve(output);
  const source = join(folder, `${basename(target).replace(/\.html?$/, "")}.ipynb`);
  try {
    await writeNotebook(source, withoutViews(notebook));
    const options = ["--to", "html", "--output-dir", dirname(target), "--output", basename(target)];
    const flags = ["--log-level", "ERROR", ...options, source];
    execFileSync(PYTHON, ["-m", "nbconvert", ...flags], { stdio: ["ignore", 2, 2] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The notebook with what its controls show instead of the controls themselves. */
function withoutViews(notebook: Notebook): Notebook {
  const { widgets: _, ...metadata } = notebook.metadata;
  const cells = notebook.cells.map((cell) =>
    cell.outputs === undefined ? cell : { ...cell, outputs: cell.outputs.map(withoutView) },
  );
  return { ...notebook, metadata, cells };
}

function withoutView(output: Output): Output {
  if (typeof output["data"] !== "object") return output;
  const { "application/vnd.jupyter.widget-view+json": _, ...data } = output["data"] as Output;
  return { ...output, data };
}
