// The hyperparameters of an optimizer's groups, saved and restored as PyTorch's `load_state_dict` does: training goes on with
// the rates and decays it had, and whoever wants others assigns them afterwards.
import { describeValue } from "../arguments/describe-value.js";
import type { Module } from "../nn/module.js";
import type { Optimizer, ParamGroup } from "../optim/optimizer.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Tensor } from "../tensor/tensor.js";
import type { SavedGroup, Setting } from "./training-state.js";

/** @throws TypeError when the optimizer trains a parameter that the model does not have */
export function groupsOf(model: Module, optimizer: Optimizer): SavedGroup[] {
  const names = new Map([...model.namedParameters()].map(([name, parameter]) => [parameter, name]));
  return optimizer.paramGroups.map((group, index) => ({
    parameters: group.parameters.map((parameter) => {
      const name = names.get(parameter);
      if (name !== undefined) return name;
      throw new TypeError(
        `group ${index} of the optimizer has ${describeValue(parameter)} that the model does not have; make it from model.parameters()`,
      );
    }),
    settings: new Map(
      settingsOf(group).map(([name, value]) => [
        name,
        value instanceof Tensor ? value.item() : value,
      ]),
    ),
  }));
}

/**
 * What keeps saved groups from becoming those of an optimizer; undefined where nothing does.
 * @param present as `groupsOf` gives them
 */
export function mismatch(
  saved: readonly SavedGroup[],
  present: readonly SavedGroup[],
): string | undefined {
  if (saved.length !== present.length)
    return `"groups" are ${saved.length}, the optimizer has ${present.length}`;
  for (const [index, group] of saved.entries()) {
    const own = present[index] as SavedGroup;
    const problem = otherParameters(group, own) ?? otherSettings(group, own);
    if (problem !== undefined) return `"groups.${index}${problem}`;
  }
  return undefined;
}

function otherParameters(
  { parameters, settings }: SavedGroup,
  own: SavedGroup,
): string | undefined {
  const [was, is] = [[...settings.keys()].sort(), [...own.settings.keys()].sort()];
  if (was.join() !== is.join())
    return `" has ${was.join(", ")}, that of the optimizer ${is.join(", ")}`;
  if (parameters.length !== own.parameters.length)
    return `" has ${parameters.length} parameters, that of the optimizer ${own.parameters.length}`;
  const at = parameters.findIndex((name, i) => name !== own.parameters[i]);
  return at === -1
    ? undefined
    : `" has ${parameters[at]} where the optimizer has ${own.parameters[at]}`;
}

/** Numbers may be others, they come back; a list instead of a number would be none of the optimizer's. */
function otherSettings({ settings }: SavedGroup, own: SavedGroup): string | undefined {
  for (const [name, value] of settings) {
    const present = own.settings.get(name) as Setting;
    if (isAlike(value, present) && !(name === "lr" && (value as number) < 0)) continue;
    return `.settings.${name}" is ${describeValue(value)}, that of the optimizer ${describeValue(present)}`;
  }
  return undefined;
}

function isAlike(saved: Setting, present: Setting): boolean {
  if (Array.isArray(saved) || Array.isArray(present))
    return Array.isArray(saved) && Array.isArray(present) && saved.length === present.length;
  return typeof saved === typeof present;
}

/** Gives the groups what was saved of those without a `mismatch`. */
export function restoreSettings(optimizer: Optimizer, saved: readonly SavedGroup[]): void {
  for (const [index, group] of optimizer.paramGroups.entries()) {
    const settings = (saved[index] as SavedGroup).settings;
    for (const [name, present] of settingsOf(group)) {
      const value = settings.get(name) as Setting;
      if (present instanceof Tensor) noGrad(() => void present.fill_(value as number));
      else Object.assign(group, { [name]: value });
    }
  }
}

function settingsOf({ parameters: _, ...settings }: ParamGroup): [string, Setting | Tensor][] {
  return Object.entries(settings);
}
