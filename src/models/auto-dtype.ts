// The dtype "auto", as transformers means it: what config.json says, else that of the first weights that are stored as floats.
import { engineDtypeOf, isLoadableFloat } from "../checkpoint/dtypes.js";
import type { StoredWeights } from "../checkpoint/stored-weights.js";
import { aDType } from "../tensor/arguments.js";
import type { DType } from "../tensor/dtype.js";
import type { ConfigFile } from "./config-file.js";

export function autoDtype({ fields }: ConfigFile, weights: StoredWeights): DType {
  const said = fields.get("dtype") ?? fields.get("torch_dtype");
  if (typeof said === "string" && said.includes("float") && aDType.accepts(said)) return said;
  const stored = weights.names.map((name) => weights.entry(name).dtype).find(isLoadableFloat);
  return stored === undefined ? "float32" : engineDtypeOf(stored);
}
