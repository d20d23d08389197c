// A notebook of given cells, without outputs.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `<name>.ipynb` into `folder` and returns its file name. */
export function writeNotebook(folder: string, name: string, sources: readonly string[]): string {
  const notebook = {
    cells: sources.map((source, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { name: "notebooster", display_name: "TypeScript (Notebooster)" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook, undefined, 1));
  return `${name}.ipynb`;
}
