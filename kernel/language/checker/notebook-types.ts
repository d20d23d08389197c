// The types of a notebook: TypeScript's language service over its cells. Lives in the type-checking thread.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { CellChain, type CellModule } from "./cell-chain.js";
import { completionsAt, namePrefix } from "./completions.js";
import { Findings } from "./findings.js";
import { hoverAt } from "./hover.js";
import type { CheckedCell, Completions, Hover, Place, Problem } from "./messages.js";
import { ModuleProblems } from "./module-problems.js";
import { NotebookHost } from "./notebook-host.js";
import { problemsIn } from "./problems.js";
import { textAt } from "./text-at.js";

/** Touches what most cells touch, so that the first cell does not have to wait for it. */
const WARM_UP = `const warm = [1, 2].map((x) => x.toFixed(1)).join();
console.log(warm, process.argv, await Promise.all([Promise.resolve({ warm })]), new Map([[1, warm]]));`;

/** What notebooks here import sooner or later. */
const ENTRIES = ["", "/device", "/parallel", "/report", "/widgets"];
const LIBRARY = ENTRIES.map((entry) => `import "notebooster${entry}";`).join(" ");

export class NotebookTypes {
  readonly #ts: Ts;
  readonly #host: NotebookHost;
  readonly #chain: CellChain;
  readonly #service: TypeScript.LanguageService;
  readonly #modules: ModuleProblems;
  /** Parsed files, kept as long as any service uses them. */
  readonly #files: TypeScript.DocumentRegistry;
  /** Uses the library's files, so that they are there before a cell imports them. */
  #library: TypeScript.LanguageService | undefined;

  /** `folder` is the notebook's folder. */
  constructor(ts: Ts, folder: string) {
    this.#ts = ts;
    this.#host = new NotebookHost(ts, folder);
    this.#chain = new CellChain(ts, this.#host);
    this.#host.roots = this.#chain.roots;
    this.#files = ts.createDocumentRegistry();
    this.#service = ts.createLanguageService(this.#host, this.#files);
    this.#modules = new ModuleProblems(ts, this.#host);
  }

  /** Reads what every cell needs, which takes a second or two. */
  warmUp(): void {
    this.check([{ code: WARM_UP, keep: "always" }]);
    this.complete({ code: "con", offset: 3 });
    this.reset();
  }

  /** Reads our own library, while nothing else is to do. */
  readLibrary(): void {
    const host = new NotebookHost(this.#ts, this.#host.path("."), this.#host);
    host.write("__library.ts", LIBRARY);
    host.roots = ["__library.ts"];
    this.#library = this.#ts.createLanguageService(host, this.#files);
    this.#library.getProgram();
  }

  /**
   * Problems with the types of cells and of the modules they import; what they declare is known from then on. One that does not parse has none. Many cost
   * little more than one, because TypeScript takes all of them in at once, unless they are to be kept only when right.
   */
  check(cells: readonly CheckedCell[]): Problem[][] {
    const look = cells.map((cell) => this.#take(cell));
    const findings = new Findings(this.#ts, this.#service);
    const problems = look.map((problemsOf) => problemsOf(findings));
    this.#chain.release();
    return problems;
  }

  /** What can be typed at a place. */
  complete({ code, offset }: Place): Completions | undefined {
    const before = code.slice(0, offset);
    const draft = this.#chain.draft(code, namePrefix(before));
    const fileName = this.#host.path(draft.fileName);
    const spot = { fileName, position: draft.offset + offset, before, shift: draft.offset };
    const found = completionsAt(this.#ts, this.#service, spot);
    if (found !== undefined && found.entries.length > 0) return found;
    const text = textAt(this.#ts, this.#service, spot);
    const none = { start: offset, end: offset, entries: [], isGlobal: false };
    return text === undefined ? found : { ...none, text };
  }

  /** What the name or the call at a place is. */
  hover({ code, offset }: Place): Hover | undefined {
    const draft = this.#chain.draft(code);
    const spot = { fileName: this.#host.path(draft.fileName), position: draft.offset + offset };
    return hoverAt(this.#ts, this.#service, spot);
  }

  /** Forgets every cell. */
  reset(): void {
    this.#chain.clear();
    this.#modules.reset();
  }

  /** Looks for packages again. */
  lookAgain(): void {
    this.#host.lookAgain();
  }

  /** Takes in a cell; returns how to find its problems. */
  #take({ code, keep }: CheckedCell): (findings: Findings) => Problem[] {
    const module = this.#chain.add(code);
    if (module === undefined) return () => [];
    if (keep !== "unless wrong") {
      this.#chain.keep(module);
      if (keep === "unchecked") return () => [];
      return (findings) => [
        ...this.#problemsOf(code, module, findings),
        ...this.#modules.news(code, this.#host.path(module.fileName), findings),
      ];
    }
    const findings = new Findings(this.#ts, this.#service);
    const problems = [
      ...this.#problemsOf(code, module, findings),
      ...this.#modules.all(code, this.#host.path(module.fileName), findings),
    ];
    if (problems.length === 0) this.#chain.keep(module);
    return () => problems;
  }

  #problemsOf(
    code: string,
    { fileName, offset, constants }: CellModule,
    findings: Findings,
  ): Problem[] {
    const diagnostics = findings.in(this.#host.path(fileName)) ?? [];
    return problemsIn(this.#ts, diagnostics, { code, offset, constants });
  }
}
