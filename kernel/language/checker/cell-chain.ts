// The cells of a notebook as modules that see each other. Cell 7 that mentions `x` of cell 3 becomes
//     import { __cell_3 } from "./__notebook.ts"; declare let x: typeof __cell_3.x;
//     ...the cell's own text, followed by...
//     export { y };
// so that types are carried whole, a name may be declared again, and nothing is checked twice. Only `__notebook.ts`
// names the cells' files, and it names a fixed number of them: the text of a file changes, the graph of files does
// not, which is the case that TypeScript updates a program quickly in (3 ms instead of 15).

import { diagnosticsOf, hasJsx, isObjectCell, parseSource } from "../parse.js";
import type { Ts } from "../typescript.js";
import { declaredNames, type NameKind } from "./declarations.js";

/** Where the texts of the chain go. */
export interface ChainFiles {
  /** Sets the text of a file beside the notebook; with `isJsx` it is read as TypeScript with JSX. */
  write(name: string, text: string, isJsx?: boolean): void;
}

/** A module in the chain. */
export interface CellModule {
  readonly fileName: string;
  /** Length of what precedes the person's code. */
  readonly offset: number;
  /** Names it mentions that earlier cells declared with const. */
  readonly constants: ReadonlySet<string>;
}

interface Slot extends CellModule {
  readonly id: string;
  readonly names: ReadonlyMap<string, NameKind>;
  readonly uses: ReadonlySet<string>;
  readonly isLasting: boolean;
}

interface Header {
  readonly text: string;
  readonly uses: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
}

interface Origin {
  readonly id: string;
  readonly kind: NameKind;
}

const SCOPE_FILE = "__notebook.ts";
const DRAFT_FILE = "__draft.ts";
const FIRST_SLOTS = 32;
/** A cell that adds to the types of globals or modules lasts whatever its names become. */
const AUGMENTATION = /\bdeclare\s+(?:global|module)\b/;
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const EMPTY = `import {} from "./${SCOPE_FILE}";`;
const OWN_NAME = /^__cell_\d+$/;
const OWN_QUALIFIER = /\b__cell_\d+\./g;
const ALIAS = /^\(alias\) |\s+import (\S+) = \1$/g;

/** Whether a name is one of the chain's own, which nobody wants to see. */
export function isChainName(name: string): boolean {
  return OWN_NAME.test(name);
}

/** What TypeScript says of a name of an earlier cell, as if it stood in the same cell. */
export function withoutChain(text: string): string {
  return text.replace(OWN_QUALIFIER, "").replace(ALIAS, "");
}

export class CellChain {
  readonly #ts: Ts;
  readonly #files: ChainFiles;
  readonly #slots = new Map<string, Slot>();
  #free: string[] = [];
  #numSlots = 0;
  /** Where each name was declared last. */
  readonly #origins = new Map<string, Origin>();
  readonly #lasting = new Set<string>();
  /** Cells that nobody has looked at yet. */
  readonly #fresh = new Set<string>();

  constructor(ts: Ts, files: ChainFiles) {
    this.#ts = ts;
    this.#files = files;
    this.#grow(FIRST_SLOTS);
    files.write(DRAFT_FILE, EMPTY);
  }

  /** Files that no other file names. */
  get roots(): readonly string[] {
    return [SCOPE_FILE, DRAFT_FILE];
  }

  /**
   * Writes a cell as a module, which lasts until `release`; its names count once it is kept. Undefined for a cell that does
   * not parse.
   */
  add(code: string): CellModule | undefined {
    const ts = this.#ts;
    const isObject = isObjectCell(ts, code);
    const text = isObject ? `(${code})` : code;
    const isJsx = hasJsx(ts, text);
    const file = parseSource(ts, text, isJsx);
    if (diagnosticsOf(file).length > 0) return undefined;
    const { names, exported } = declaredNames(ts, file);
    const header = this.#header([...mentioned(code)].filter((name) => !names.has(name)));
    const { uses, constants } = header;
    const offset = header.text.length + (isObject ? 1 : 0);
    const left = [...names.keys()].filter((name) => !exported.has(name));
    const id = this.#freeSlot();
    const isLasting = AUGMENTATION.test(code);
    const slot = { id, fileName: `${id}.ts`, offset, names, uses, constants, isLasting };
    this.#slots.set(id, slot);
    this.#fresh.add(id);
    const module = `${header.text}${text}\n;export { ${left.join(", ")} };`;
    this.#files.write(slot.fileName, module, isJsx);
    return slot;
  }

  /** The names of `module` are from now on what later cells see. */
  keep(module: CellModule): void {
    const slot = this.#slotOf(module);
    for (const [name, kind] of slot.names) this.#origins.set(name, { id: slot.id, kind });
    if (slot.isLasting) this.#lasting.add(slot.id);
  }

  /** The modules added so far have been looked at: they last as long as a name leads to them. */
  release(): void {
    this.#fresh.clear();
  }

  /** Writes code that is being typed, with the names in scope that it mentions or that begin with `prefix`. */
  draft(code: string, prefix?: string): CellModule {
    const isJsx = hasJsx(this.#ts, code);
    const { names } = declaredNames(this.#ts, parseSource(this.#ts, code, isJsx));
    const words = mentioned(code);
    const start = prefix?.toLowerCase();
    const isWanted = (name: string): boolean =>
      words.has(name) || (start !== undefined && name.toLowerCase().startsWith(start));
    const wanted = [...this.#origins.keys()].filter((name) => !names.has(name) && isWanted(name));
    const { text, constants } = this.#header(wanted);
    this.#files.write(DRAFT_FILE, `${text}${code}`, isJsx);
    return { fileName: DRAFT_FILE, offset: text.length, constants };
  }

  /** Forgets every cell. */
  clear(): void {
    this.#origins.clear();
    this.#lasting.clear();
  }

  /** What the header of a cell declares for names of earlier cells. */
  #header(names: readonly string[]): Header {
    const uses = new Set<string>();
    const constants = new Set<string>();
    const lines: string[] = [];
    for (const name of names) {
      const origin = this.#origins.get(name);
      if (origin === undefined) continue;
      uses.add(origin.id);
      if (origin.kind === "constant") constants.add(name);
      lines.push(declare(name, origin));
    }
    const text = `import { ${[...uses].join(", ")} } from "./${SCOPE_FILE}"; ${lines.join(" ")}\n`;
    return { text, uses, constants };
  }

  /** Frees the cells that no name leads to any more. */
  #collect(): void {
    const reached = new Set<string>();
    const visit = (id: string): void => {
      if (reached.has(id)) return;
      reached.add(id);
      for (const used of this.#slots.get(id)?.uses ?? []) visit(used);
    };
    for (const { id } of this.#origins.values()) visit(id);
    for (const id of [...this.#lasting, ...this.#fresh]) visit(id);
    for (const id of [...this.#slots.keys()]) if (!reached.has(id)) this.#release(id);
  }

  #freeSlot(): string {
    this.#collect();
    if (this.#free.length === 0) this.#grow(this.#numSlots);
    return this.#free.pop() ?? "";
  }

  #release(id: string): void {
    this.#slots.delete(id);
    this.#free.push(id);
    this.#files.write(`${id}.ts`, EMPTY);
  }

  #grow(count: number): void {
    const ids = Array.from({ length: count }, (_, i) => `__cell_${this.#numSlots + i + 1}`);
    this.#numSlots += count;
    this.#free = [...ids.reverse(), ...this.#free];
    for (const id of ids) this.#files.write(`${id}.ts`, EMPTY);
    const all = Array.from({ length: this.#numSlots }, (_, i) => `__cell_${i + 1}`);
    const text = all.map((id) => `export * as ${id} from "./${id}.ts";`).join("\n");
    this.#files.write(SCOPE_FILE, text);
  }

  #slotOf({ fileName }: CellModule): Slot {
    const slot = this.#slots.get(fileName.replace(/\.ts$/, ""));
    if (slot === undefined) throw new Error(`${fileName} is not a cell of this notebook`);
    return slot;
  }
}

/** What may be assigned to as a variable of its type; the rest, whole, by another name. */
function declare(name: string, { id, kind }: Origin): string {
  if (kind === "variable") return `declare let ${name}: typeof ${id}.${name};`;
  return `import ${name} = ${id}.${name};`;
}

function mentioned(code: string): Set<string> {
  return new Set(Array.from(code.matchAll(NAME), ([name]) => name));
}
