// Values of a paused (or idle) worker as the Debug Adapter Protocol's variables. Parts come a page at a time: what is
// longer than a page shows as ranges first. References live until the worker goes on.

import type { Runtime } from "node:inspector";
import { type DapVariable, DebugError } from "./dap.js";
import type { InspectorLink } from "./inspector-link.js";

type RemoteObject = Runtime.RemoteObject;

const PAGE = 100;
const GROUP = "notebooster-variables";
const HOOKS = "__notebooster_debug";
/** An expression that runs longer is ended: an interrupt could not end it. */
const EVALUATE_MS = 2000;
/** Private fields are asked for where an object has at most this many parts; larger ones are data. */
const MAX_PARTS_WITH_FIELDS = 1000;

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Reference {
  readonly object: RemoteObject;
  readonly range?: Range;
}

interface Named {
  readonly name: string;
  /** Undefined for an accessor, which is not run. */
  readonly value: RemoteObject | undefined;
}

export class Variables {
  readonly #link: InspectorLink;
  readonly #references = new Map<number, Reference>();
  /** Never used twice, so that a late question cannot get an answer about something else. */
  #numReferences = 0;
  #hooks: string | undefined;

  constructor(link: InspectorLink) {
    this.#link = link;
  }

  /** Forgets all references, so that the worker may free what they hold. */
  async release(): Promise<void> {
    this.#references.clear();
    await this.#link.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
  }

  /** A number by which the parts of `object` can be asked for; 0 when it has none. */
  refer(object: RemoteObject, range?: Range): number {
    const { objectId, type, subtype } = object;
    if (objectId === undefined || type === "symbol" || subtype === "proxy") return 0;
    this.#numReferences += 1;
    this.#references.set(this.#numReferences, { object, ...(range ? { range } : {}) });
    return this.#numReferences;
  }

  /** Parts of a value: all, or `count` from `start` on. */
  async parts(reference: number, start = 0, count?: number): Promise<DapVariable[]> {
    const known = this.#references.get(reference);
    if (known === undefined) throw new DebugError("the worker has gone on, the value is not held");
    const { object } = known;
    const whole = known.range ?? { start: 0, end: await this.#size(object) };
    const first = whole.start + start;
    const range = { start: first, end: count ? Math.min(whole.end, first + count) : whole.end };
    if (range.end - range.start > PAGE && !count) return this.#ranges(object, range);
    const { start: from, end } = range;
    const page = await this.#hook("page", [
      object,
      { type: "object", value: { start: from, end } },
    ]);
    const hasFields = range.start === 0 && whole.end <= MAX_PARTS_WITH_FIELDS;
    const fields = hasFields ? await this.#fields(object) : [];
    return this.describe([...(await this.#properties(page)), ...fields]);
  }

  /** Values, each with one line of text; JupyterLab shows it only where no `type` is given. */
  async describe(named: readonly Named[]): Promise<DapVariable[]> {
    const values = named.flatMap(({ value }) => (value === undefined ? [] : [value]));
    const { value: found } = await this.#hook("texts", values, true);
    const texts = found as string[];
    return named.map(({ name, value }) => {
      if (value === undefined) return { name, value: "(getter)", variablesReference: 0 };
      const variablesReference = this.refer(value);
      return { name, value: texts.shift() ?? "", evaluateName: name, variablesReference };
    });
  }

  /** One object with the properties of several, those of earlier ones first. */
  merge(objects: readonly RemoteObject[]): Promise<RemoteObject> {
    return this.#hook("merge", objects);
  }

  /** The variables of all cells. */
  async globals(): Promise<RemoteObject> {
    const { names } = await this.#link.post("Runtime.globalLexicalScopeNames", {});
    // one that a failed cell left without a value throws when read
    const entries = names.map((name) => `${name}: (() => { try { return ${name}; } catch {} })()`);
    const lexical = await this.evaluate(`({ __proto__: null, ${entries.join(", ")} })`);
    return this.#hook("globals", [lexical]);
  }

  /** The MIME bundle of a value, as a cell would show it. */
  async rich(object: RemoteObject): Promise<Record<string, unknown>> {
    const { value } = await this.#hook("rich", [object], true);
    return value as Record<string, unknown>;
  }

  /** Value of an expression outside of any frame; throws `DebugError` with what it throws. */
  async evaluate(expression: string): Promise<RemoteObject> {
    const options = { silent: true, objectGroup: GROUP, timeout: EVALUATE_MS };
    return resultOf(await this.#link.post("Runtime.evaluate", { expression, ...options }));
  }

  async #fields({ objectId = "" }: RemoteObject): Promise<Named[]> {
    const options = { objectId, ownProperties: true };
    const { privateProperties = [] } = await this.#link.post("Runtime.getProperties", options);
    return privateProperties.map(({ name, value }) => ({ name, value }));
  }

  async #properties({ objectId = "" }: RemoteObject): Promise<Named[]> {
    const options = { objectId, ownProperties: true };
    const { result } = await this.#link.post("Runtime.getProperties", options);
    return result.map(({ name, value }) => ({ name, value }));
  }

  async #size(object: RemoteObject): Promise<number> {
    const { value } = await this.#hook("size", [object], true);
    return Number(value);
  }

  /** At most a page of ranges. */
  #ranges(object: RemoteObject, { start, end }: Range): DapVariable[] {
    let step = PAGE;
    while ((end - start) / step > PAGE) step *= PAGE;
    const ranges: DapVariable[] = [];
    for (let from = start; from < end; from += step) {
      const range = { start: from, end: Math.min(end, from + step) };
      const name = `[${range.start} … ${range.end - 1}]`;
      ranges.push({ name, value: "", variablesReference: this.refer(object, range) });
    }
    return ranges;
  }

  /** Calls a hook of the worker; see worker/debug-hooks.ts. */
  async #hook(
    name: string,
    values: readonly RemoteObject[],
    byValue = false,
  ): Promise<RemoteObject> {
    this.#hooks ??= (
      await this.#link.post("Runtime.evaluate", { expression: HOOKS })
    ).result.objectId;
    if (this.#hooks === undefined) throw new DebugError("the worker has no debug hooks");
    const called = await this.#link.post("Runtime.callFunctionOn", {
      objectId: this.#hooks,
      functionDeclaration: `function (...values) { return this.${name}(...values); }`,
      arguments: values.map(argument),
      returnByValue: byValue,
      objectGroup: GROUP,
    });
    return resultOf(called);
  }
}

/** The value an evaluation came to; throws `DebugError` with what it threw. */
export function resultOf({ result, exceptionDetails }: Runtime.EvaluateReturnType): RemoteObject {
  if (exceptionDetails === undefined) return result;
  const { exception, text } = exceptionDetails;
  throw new DebugError(exception?.description ?? text);
}

function argument({ objectId, unserializableValue, value }: RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value: value as unknown } : { unserializableValue };
}
