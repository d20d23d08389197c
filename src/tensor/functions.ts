// Operators that PyTorch's users write as functions: those of `ops.aten`, under the same names and with the same types.
import type { Aten } from "./generated/aten.js";
import { ops } from "./ops.js";

type FunctionName =
  | ("matmul" | "einsum" | "sum" | "mean" | "max" | "min" | "argmax")
  | ("exp" | "log" | "sqrt" | "tanh" | "sigmoid" | "randperm");

/** Also as methods, `x.matmul(y)`; more operators are in `ops.aten`. */
export const {
  matmul,
  einsum,
  sum,
  mean,
  max,
  min,
  argmax,
  exp,
  log,
  sqrt,
  tanh,
  sigmoid,
  randperm,
}: Pick<Aten, FunctionName> = ops.aten;
