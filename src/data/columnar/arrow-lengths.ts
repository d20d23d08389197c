// Whether an Arrow column has what it says: apache-arrow takes lengths and offsets as they are written, and would go through two thousand
// million rows of a damaged file of a few bytes.
import { type Data, type DataType, Type } from "apache-arrow";

/** Columns of nothing but nulls have no bytes. */
const MOST_NULLS = 1 << 20;

/** @throws Error for a column, or one within it, that says it has more values than it has */
export function requireLengths(data: Data<DataType>): void {
  const numThere = Math.floor(valuesThere(data));
  if (data.length > numThere)
    throw new Error(`a column of ${data.type} claims ${data.length} values and has ${numThere}`);
  if (data.nullBitmap.length > 0 && 8 * data.nullBitmap.length < data.length)
    throw new Error(
      `a column of ${data.type} claims ${data.length} values and knows of fewer whether they are null`,
    );
  const { valueOffsets } = data as { valueOffsets?: ArrayLike<number | bigint> };
  if (valueOffsets !== undefined) requireOffsets(valueOffsets, data);
  for (const child of data.children) requireLengths(child);
}

function valuesThere({
  type,
  typeId,
  values,
  valueOffsets,
  children,
  stride,
}: Data<DataType>): number {
  const [child] = children;
  const inParts = children.reduce((least, { length }) => Math.min(least, length), MOST_NULLS * 16);
  if (typeId === Type.Null) return MOST_NULLS;
  if (typeId === Type.Struct) return inParts;
  if (typeId === Type.FixedSizeList)
    return (child?.length ?? 0) / Math.max(1, (type as unknown as { listSize: number }).listSize);
  if (typeId === Type.Bool) return 8 * lengthOf(values);
  const offsets = lengthOf(valueOffsets);
  if (offsets > 0) return offsets - 1;
  return lengthOf(values) / Math.max(1, stride);
}

function lengthOf(values: unknown): number {
  return (values as ArrayLike<unknown> | undefined)?.length ?? 0;
}

function requireOffsets(offsets: ArrayLike<number | bigint>, data: Data<DataType>): void {
  const end = data.children[0]?.length ?? lengthOf(data.values);
  let last = 0;
  for (let i = 0; i <= data.length && i < offsets.length; i++) {
    const offset = Number(offsets[i]);
    if (offset < last || offset > end)
      throw new Error(`value ${i} of a column of ${data.type} begins at ${offset} of ${end}`);
    last = offset;
  }
}
