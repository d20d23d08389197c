// What the columns of an Arrow stream are: names, and how their values are laid out.
// https://github.com/apache/arrow/blob/main/format/Schema.fbs
import { type FixedType, fixedType, integerType } from "./arrow-fixed.js";
import type { FlatTable } from "./flat-table.js";

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly children: readonly ArrowField[];
  /** Values are places in this dictionary, of `type`. */
  readonly dictionary?: { readonly id: number; readonly places: FixedType };
}

/** Widths are in bytes. */
export type ArrowType =
  | FixedType
  | { readonly kind: "null" }
  | { readonly kind: "bool" }
  | { readonly kind: "struct" }
  | { readonly kind: "variable"; readonly offsetWidth: 4 | 8; readonly isText: boolean }
  | { readonly kind: "view"; readonly isText: boolean }
  | { readonly kind: "list"; readonly offsetWidth: 4 | 8; readonly isMap: boolean }
  | { readonly kind: "fixedList"; readonly size: number };

/** What is read of no file, damaged or not. */
export class UnknownColumn extends Error {}

/** By their numbers in a schema, those of values of one width left out. */
const TYPES: Readonly<Record<number, ArrowType>> = {
  1: { kind: "null" },
  4: { kind: "variable", offsetWidth: 4, isText: false },
  5: { kind: "variable", offsetWidth: 4, isText: true },
  6: { kind: "bool" },
  12: { kind: "list", offsetWidth: 4, isMap: false },
  13: { kind: "struct" },
  17: { kind: "list", offsetWidth: 4, isMap: true },
  19: { kind: "variable", offsetWidth: 8, isText: false },
  20: { kind: "variable", offsetWidth: 8, isText: true },
  21: { kind: "list", offsetWidth: 8, isMap: false },
  23: { kind: "view", isText: false },
  24: { kind: "view", isText: true },
};
const FIXED_LIST = 16;
const UNKNOWN: Readonly<Record<number, string>> = {
  ...{ 11: "intervals", 14: "unions", 22: "runs", 25: "list views", 26: "large list views" },
};
const MOST_DEEP = 64;
/** A field takes more bytes; one that stands in several places, or within itself, does not. */
const FIELD_BYTES = 8;

/** @param numBytes of the message */
export function schemaOf(schema: FlatTable, numBytes: number): readonly ArrowField[] {
  if (schema.integer(0, 2) !== 0)
    throw new UnknownColumn("numbers are big-endian; write it on another machine");
  let numLeft = numBytes / FIELD_BYTES;
  const fieldOf = (table: FlatTable, depth: number): ArrowField => {
    if (depth > MOST_DEEP || --numLeft < 0) throw new Error("columns within columns without end");
    const name = table.text(0);
    const children = table.tables(5).map((child) => fieldOf(child, depth + 1));
    const field = { name, type: typeOf(table, name), children };
    requireChildren(field);
    const dictionary = dictionaryOf(table.table(4));
    return dictionary === undefined ? field : { ...field, dictionary };
  };
  return schema.tables(1).map((table) => fieldOf(table, 0));
}

function typeOf(field: FlatTable, name: string): ArrowType {
  const number = field.integer(2, 1);
  const details = field.table(3);
  const type = TYPES[number] ?? (details && fixedType(number, details));
  if (type !== undefined) return type;
  if (number === FIXED_LIST && details !== undefined)
    return { kind: "fixedList", size: details.integer(0, 4) };
  const kind = UNKNOWN[number];
  if (kind === undefined) throw new Error(`column ${name} is of type ${number}, which is none`);
  throw new UnknownColumn(
    `column ${name} holds ${kind}, which are not read; leave it out: pyarrow's table.drop_columns`,
  );
}

function requireChildren({ name, type, children }: ArrowField): void {
  const isList = type.kind === "list" || type.kind === "fixedList";
  const fits = isList ? children.length === 1 : type.kind === "struct" || children.length === 0;
  if (!fits) throw new Error(`column ${name} is a ${type.kind} of ${children.length} columns`);
  if (type.kind !== "list" || !type.isMap) return;
  const [entry] = children;
  if (entry?.type.kind !== "struct" || entry.children.length !== 2)
    throw new Error(`column ${name} is a map without keys and values`);
}

function dictionaryOf(encoding: FlatTable | undefined): ArrowField["dictionary"] {
  if (encoding === undefined) return undefined;
  const places = encoding.table(1);
  return {
    id: encoding.integer(0, 8),
    places: integerType(places?.integer(0, 4) ?? 32, places?.integer(1, 1) !== 0),
  };
}
