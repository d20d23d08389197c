// A module of the notebook's folder: what it exports, and what it wants of those that it imports.

import { statSync } from "node:fs";
import { createRequire } from "node:module";
import type { WantedNames } from "../link/messages.js";
import { requireExports } from "./missing-export.js";
import type { Export } from "./system-format.js";

export type Namespace = Record<string, unknown>;

export interface Module {
  readonly path: string;
  readonly version: string;
  readonly namespace: Namespace;
  /** By path; called when an export has changed: modules that export it again copy it. */
  readonly importers: Map<string, () => void>;
  /** Paths of the local modules it imports. */
  readonly dependencies: string[];
  /** What it imports, local or not. */
  readonly links: Link[];
  /** Names that it wants of what it imports. */
  imports: readonly WantedNames[];
  /** Resolves when the code is there and its imports are known. */
  ready: Promise<void>;
  execute: () => unknown;
  executed: Promise<void> | undefined;
}

export interface Link {
  readonly specifier: string;
  readonly url: string;
  readonly namespace: Namespace;
}

/** A module that is still empty. */
export function newModule(path: string): Module {
  const module: Module = {
    path,
    version: versionOf(path),
    namespace: Object.create(null) as Namespace,
    importers: new Map(),
    dependencies: [],
    links: [],
    imports: [],
    ready: Promise.resolve(),
    execute: () => undefined,
    executed: undefined,
  };
  Object.defineProperty(module.namespace, Symbol.toStringTag, { value: "Module" });
  return module;
}

/** Differs once the file has changed. */
export function versionOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "absent" : `${stats.mtimeMs} ${stats.size}`;
}

/** @throws SyntaxError for a name that is missing in what a module imports */
export function requireImports({ links, imports }: Module): void {
  for (const { specifier, url, namespace } of links) {
    for (const wanted of imports) {
      if (wanted.specifier === specifier) requireExports(namespace, url, wanted);
    }
  }
}

/** What a module's code calls to export names. */
export function exporter({ namespace, importers }: Module): Export {
  return (names, value) => {
    if (typeof names === "string") namespace[names] = value;
    else Object.assign(namespace, names);
    for (const update of importers.values()) update();
    return value;
  };
}

/** A CommonJS file, evaluated anew. */
export function requireAgain(path: string): Namespace {
  const require = createRequire(path);
  delete require.cache[require.resolve(path)];
  const exported: unknown = require(path);
  const hasNames = typeof exported === "object" || typeof exported === "function";
  return hasNames ? { ...exported, default: exported } : { default: exported };
}

/** Makes the parts of what was exported names of their own. */
export function fill({ namespace }: Module, exported: Namespace): void {
  const { default: whole } = exported;
  if (typeof whole === "object" && !Array.isArray(whole)) Object.assign(namespace, whole);
  Object.assign(namespace, exported);
}
