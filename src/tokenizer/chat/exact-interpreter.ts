// @huggingface/jinja with what it does otherwise than Python's Jinja put right: what an iteration sets is gone in the next, what it
// wrote before `{% break %}` or `{% continue %}` stays, values are written as Python writes them, and filters are Python's
// (filters.ts). It stands on methods of the library that its types do not show; the library's version is pinned.
import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import { ownTest } from "./choosing-filters.js";
import type { FilterContext } from "./filter-values.js";
import { jsonOperand, ownFilter } from "./filters.js";
import { pythonText, type RuntimeValue } from "./python-text.js";

interface Statement {
  readonly type: string;
}

interface ForStatement extends Statement {
  readonly body: readonly Statement[];
}

/** A filter's name, or a call of it. */
interface FilterNode extends Statement {
  readonly value?: string;
  readonly callee?: FilterNode;
  readonly args?: readonly Statement[];
}

/** The library's interpreter as it is. */
interface OpenInterpreter {
  evaluate(statement: Statement, environment: Environment): RuntimeValue;
  evaluateFor(statement: ForStatement, environment: Environment): RuntimeValue;
  evaluateBlock(statements: readonly Statement[], environment: Environment): RuntimeValue;
  applyFilter(operand: RuntimeValue, filter: FilterNode, environment: Environment): RuntimeValue;
  evaluateArguments(
    given: readonly Statement[],
    environment: Environment,
  ): [RuntimeValue[], Map<string, RuntimeValue>];
}

/** A loop that is running. */
interface Loop {
  readonly body: readonly Statement[];
  isBroken: boolean;
}

const Open = Interpreter as unknown as new (environment: Environment) => OpenInterpreter;
/** The tests that the library knows. */
interface Tests {
  readonly tests: ReadonlyMap<string, (...values: readonly RuntimeValue[]) => boolean>;
}

/** Statements that leave nothing to be written but what their blocks write. */
const SILENT = new Set(["Set", "Macro", "Comment"]);
const LOOP_CONTROL = new Set(["Break", "Continue"]);

/** Thrown within a loop's body, with what the body wrote before. */
class LoopControl extends Error {
  readonly statement: string;
  written = "";

  constructor(statement: string) {
    super(`${statement} stands outside of a loop`);
    this.statement = statement;
  }
}

class ExactInterpreter extends Open {
  readonly #loops: Loop[] = [];

  override evaluateFor(statement: ForStatement, environment: Environment): RuntimeValue {
    this.#loops.push({ body: statement.body, isBroken: false });
    try {
      return super.evaluateFor(statement, environment);
    } finally {
      this.#loops.pop();
    }
  }

  override evaluateBlock(statements: readonly Statement[], environment: Environment): RuntimeValue {
    const loop = this.#loops.at(-1);
    const text =
      loop?.body === statements
        ? this.#iterate(loop, new Environment(environment))
        : this.#write(statements, environment);
    return Object.assign(super.evaluateBlock([], environment), { value: text });
  }

  override applyFilter(
    operand: RuntimeValue,
    filter: FilterNode,
    environment: Environment,
  ): RuntimeValue {
    const name = (filter.callee ?? filter).value ?? "";
    const own = ownFilter(name);
    if (own === undefined) {
      const given = name === "tojson" ? jsonOperand(operand) : operand;
      return super.applyFilter(given, filter, environment);
    }
    const [positional, named] = this.evaluateArguments(filter.args ?? [], environment);
    return own(operand, { positional, named }, this.#context(environment));
  }

  #context(environment: Environment): FilterContext {
    return {
      filter: (name, operand, given) => {
        const own = ownFilter(name);
        if (own !== undefined) return own(operand, given, this.#context(environment));
        if (given.positional.length + given.named.size > 0)
          throw new Error(`map takes no arguments for "${name}" here`);
        return super.applyFilter(operand, { type: "Identifier", value: name }, environment);
      },
      holds: (name, values) => {
        const test = ownTest(name) ?? (environment as unknown as Tests).tests.get(name);
        if (test === undefined) throw new Error(`Unknown test: ${name}`);
        return test(...values);
      },
    };
  }

  #iterate(loop: Loop, environment: Environment): string {
    if (loop.isBroken) return "";
    try {
      return this.#write(loop.body, environment);
    } catch (control) {
      if (!(control instanceof LoopControl)) throw control;
      loop.isBroken = control.statement === "Break";
      return control.written;
    }
  }

  #write(statements: readonly Statement[], environment: Environment): string {
    let text = "";
    try {
      for (const statement of statements) {
        if (LOOP_CONTROL.has(statement.type)) throw new LoopControl(statement.type);
        const value = this.evaluate(statement, environment);
        if (!SILENT.has(statement.type)) text += pythonText(value);
      }
      return text;
    } catch (control) {
      if (control instanceof LoopControl) control.written = text + control.written;
      throw control;
    }
  }
}

/** A template made ready. */
export type Program = ReturnType<typeof parse>;

export function compileTemplate(template: string): Program {
  return parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true }));
}

/** The text of a template; functions among the names are called with plain values. */
export function interpret(program: Program, names: Readonly<Record<string, unknown>>): string {
  const environment = new Environment();
  for (const [name, value] of Object.entries({ ...names, ...CONSTANTS }))
    if (name !== "namespace") environment.set(name, value);
  return new ExactInterpreter(environment).evaluate(program, environment).value as string;
}

const CONSTANTS = { true: true, True: true, false: false, False: false, none: null, None: null };
