// A module's tensors by name, given back to it.

import { boolean, kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { isPlainObject } from "../arguments/plain-object.js";
import { tellIfCutOff } from "../host/index.js";
import { write } from "../tensor/masters.js";
import { requireNumbers } from "../tensor/no-storage.js";
import { Tensor } from "../tensor/tensor.js";

/** Parameters and buffers by checkpoint name. */
export type StateDict = Readonly<Record<string, Tensor>>;

/** Options of `loadStateDict`. */
export interface LoadStateOptions {
  /** Whether every name must be there, on both sides; default true. */
  readonly strict?: boolean;
}

/** Names that only one side has. */
export interface LoadedState {
  /** The module has them, the state has not. */
  readonly missingKeys: readonly string[];
  /** The state has them, the module has not. */
  readonly unexpectedKeys: readonly string[];
}

const aState = kind<StateDict>(
  "what stateDict() returned: an object of tensors by name",
  (value) =>
    isPlainObject(value) && Object.values(value).every((tensor) => tensor instanceof Tensor),
);

/**
 * Copies `state` into `own`, the module's tensors by name. Nothing is changed unless all fits.
 * @throws RangeError listing what is missing, left over or of another shape
 */
export function loadState(
  own: StateDict,
  state: StateDict,
  options: LoadStateOptions = {},
): LoadedState {
  requireValue("loadStateDict: state", state, aState);
  checkOptions("loadStateDict", options, { strict: boolean });
  requireNumbers("loadStateDict", Object.entries(own));
  requireNumbers("loadStateDict: state", Object.entries(state));
  const missingKeys = Object.keys(own).filter((name) => !(name in state));
  const unexpectedKeys = Object.keys(state).filter((name) => !(name in own));
  const shared = Object.keys(own).filter((name) => name in state);
  const problems = shared.flatMap((name) => misfit(name, own[name], state[name]));
  if (options.strict ?? true) {
    problems.push(...missingKeys.map((name) => `missing: ${name} ${describeValue(own[name])}`));
    problems.push(...unexpectedKeys.map((name) => `left over: ${name}`));
  }
  if (problems.length > 0) throw doesNotFit(problems);
  tellIfCutOff("a module's state was loaded in part: load it again", () => {
    for (const name of shared) write(own[name] as Tensor, state[name] as Tensor);
  });
  return { missingKeys, unexpectedKeys };
}

function misfit(name: string, own?: Tensor, given?: Tensor): string[] {
  const [wanted, got] = [own?.shape.join(", "), given?.shape.join(", ")];
  return wanted === got ? [] : [`${name} is [${got}], the module's is [${wanted}]`];
}

function doesNotFit(problems: readonly string[]): RangeError {
  const shown = problems.slice(0, 20);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  return new RangeError(
    `loadStateDict: the state does not fit the module:\n  ${[...shown, ...more].join("\n  ")}`,
  );
}
