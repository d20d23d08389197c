// How the parameters of a new T5 begin: each product keeps the size of what it is given.
import type { Beginning } from "../../nn/init.js";
import type { T5Config } from "./config.js";

/** @param name of a parameter */
export function beginningOfT5(name: string, config: T5Config): Beginning {
  const { initializerFactor: factor, dModel, dKv, dFf, numHeads } = config;
  if (name.endsWith("layer_norm.weight")) return { constant: factor };
  const [, weight = ""] = /(\w+)\.weight$/.exec(name) ?? [];
  const variances: Readonly<Record<string, number>> = {
    shared: 1,
    lm_head: 1,
    q: 1 / (dModel * dKv), // scores are not scaled
    o: 1 / (numHeads * dKv),
    wo: 1 / dFf,
  };
  return { std: factor * Math.sqrt(variances[weight] ?? 1 / dModel) };
}
