// Several results of an operator: a list whose items have the schema's names as well, as Python's named tuples have.
import { camelCase } from "../arguments/cases.js";
import { native, type OperatorRef } from "../native/native.js";

const lists = new Map<string, new () => unknown[]>();

/**
 * An empty list for `count` results of an operator, `x.max(1).indices`; a plain one where the schema has no names.
 * @param isMethod names are in camel case, as the arguments of methods are
 */
export function resultList(operator: OperatorRef, count: number, isMethod: boolean): unknown[] {
  const key = `${operator}/${count}/${isMethod}`;
  let List = lists.get(key);
  if (List === undefined) {
    const names = namesIn(native.operatorSchemas(operator), count);
    List = names === undefined ? Array : listNamed(isMethod ? names.map(camelCase) : names);
    lists.set(key, List);
  }
  return new List();
}

/** The names of the first overload that has so many results, all with a name. */
function namesIn(schemas: readonly string[], count: number): string[] | undefined {
  for (const schema of schemas) {
    const [, returns = ""] = /-> \((.*)\)$/.exec(schema) ?? [];
    const names = returns.split(", ").flatMap((each) => / (\w+)$/.exec(each)?.[1] ?? []);
    if (names.length === count) return names;
  }
  return undefined;
}

function listNamed(names: readonly string[]): new () => unknown[] {
  class Results extends Array<unknown> {
    static override get [Symbol.species](): ArrayConstructor {
      return Array;
    }
  }
  for (const [index, name] of names.entries()) {
    const get = function (this: unknown[]): unknown {
      return this[index];
    };
    Object.defineProperty(Results.prototype, name, { get, configurable: true });
  }
  return Results;
}
