// Notebook files: nbformat 4, read as they are and written as nbformat 4.5.

import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { toJson } from "../wire/json.js";
import { UsageError } from "./usage-error.js";

export type Output = Record<string, unknown>;

export interface Cell {
  id?: string;
  cell_type: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: Output[];
  execution_count?: number | null;
}

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const MAJOR = 4;
const MINOR = 5;

/** Reads a notebook for this kernel; throws `UsageError` saying what is wrong with the file. */
export async function readNotebook(path: string): Promise<Notebook> {
  const notebook = parse(path, await readText(path));
  if (notebook.nbformat !== MAJOR || !Array.isArray(notebook.cells)) {
    throw new UsageError(
      `${path} is not a notebook of nbformat ${MAJOR}; open and save it in JupyterLab`,
    );
  }
  const spec = (notebook.metadata["kernelspec"] ?? {}) as { name?: string; language?: string };
  const language = spec.language ?? "typescript";
  if (language !== "typescript" && spec.name !== "notebooster") {
    throw new UsageError(`${path} is a notebook in ${language}; this kernel runs typescript`);
  }
  notebook.nbformat_minor = Math.max(MINOR, notebook.nbformat_minor);
  for (const cell of notebook.cells) cell.id ??= randomUUID().slice(0, 8);
  return notebook;
}

/** Writes the file whole or not at all. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${toJson(notebook, 1)}\n`);
  await rename(temporary, path);
}

export function sourceOf(cell: Cell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    throw new UsageError(`notebook ${path} cannot be read (${code})`, { cause: failure });
  }
}

function parse(path: string, text: string): Notebook {
  try {
    return JSON.parse(text) as Notebook;
  } catch (failure) {
    throw new UsageError(`${path} is not JSON: ${(failure as Error).message}`, { cause: failure });
  }
}
