// Arguments too many. TypeScript refuses them all; at run time those are refused that mean something in PyTorch, where whoever
// writes them expects it to happen: `clipGradNorm(parameters, 1, Infinity)`, `x.to("cuda", "float16")`.
import { describeValue } from "./describe-value.js";

/**
 * @param of the function as the user calls it, with what it takes: "softmax(x, dim)"
 * @param hint what to write instead, to follow a semicolon
 */
export function refuseSurplus(of: string, more: readonly unknown[], hint = ""): void {
  if (more.length === 0) return;
  const given = more.map(describeValue).join(", ");
  throw new TypeError(`${of} takes no more arguments, got ${given} as well${hint && `; ${hint}`}`);
}
