// Hidden globals of a worker: the compiler writes these names into code, and the worker gives them their values.

/** Imports a module for a cell: specifier, the names it must export, and those it must export unless they are types. */
export const IMPORT = "__notebooster_import";
/** `import.meta` of cells. */
export const META = "__notebooster_meta";
/** Takes the value of every await and throws where the cell was interrupted meanwhile. */
export const RESUME = "__notebooster_resume";

/** Brings this rank together with the others, before a cell. */
export const BRING_TOGETHER = "__notebooster_bring_together";

/** Ends the running JavaScript if it may be ended where it is; says whether it does. */
export const END_CELLS = "__notebooster_end_cells";

/** Whether a global is ours and not for people. */
export function isHidden(name: string): boolean {
  return name.startsWith("__notebooster_");
}
