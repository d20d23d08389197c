// What operators take besides tensors, numbers and strings.

/** A number of any type; whole numbers act as integers. */
export type Scalar = number | bigint | boolean;

/** How a loss treats its elements. */
export type Reduction = "none" | "mean" | "sum";

/** How elements lie in memory; sparse layouts are not offered. */
export type Layout = "strided";

/** Order of the dimensions in memory. */
export type MemoryFormat = "contiguous_format" | "preserve_format" | "channels_last";

/** Several results, in order and by their names: `const [values, indices] = x.max(1)`, or `x.max(1).indices`. */
export type Results<L extends readonly unknown[], N> = (keyof N & keyof L extends never
  ? L
  : Omit<L, keyof N>) &
  N;
