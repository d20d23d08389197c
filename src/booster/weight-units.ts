// What of a module's weights is whole at the same time: those of a block. Pure: what is carried out and what memory plans count are the same.
import { type BucketLayout, type LayoutOptions, layOut } from "../memory/bucket-layout.js";
import { Model } from "../nn/model.js";
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";

/** A block of a model. */
export interface Unit {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Whether it is one of many alike. */
  readonly isLayer: boolean;
  /** Which of the models in the module that was boosted it is a block of. */
  readonly model: number;
}

/** The blocks of all models in a module, in the order of the modules. */
export function unitsOf(module: Module): Unit[] {
  return [...modelsIn(module)].flatMap(([prefix, { blocks }], model) =>
    blocks.map((block) => ({
      name: prefix + block.name,
      parameters: block.parameters(),
      isLayer: block.isLayer,
      model,
    })),
  );
}

type SomeModel = Model<never, never, never>;

/** Models that are in no other, with the beginning of the names in them. */
function* modelsIn(
  module: Module,
  prefix = "",
  seen = new Set<Module>(),
): Generator<readonly [prefix: string, model: SomeModel]> {
  if (seen.has(module)) return;
  seen.add(module);
  if (module instanceof Model) yield [prefix, module as SomeModel];
  else
    for (const [name, child] of module.namedChildren())
      yield* modelsIn(child, `${prefix}${name}.`, seen);
}

/** By parameter what it is gathered with: its block, or itself where several blocks use it. In the order of forward passes. */
export function homesOf(units: readonly Unit[]): Map<Parameter, string> {
  const homes = new Map<Parameter, string>();
  const shared = new Set<Parameter>();
  for (const { name, parameters } of units)
    for (const parameter of parameters) {
      if (homes.has(parameter)) shared.add(parameter);
      else homes.set(parameter, name);
    }
  for (const parameter of shared)
    homes.set(parameter, `${homes.get(parameter)} and others, ${[...shared].indexOf(parameter)}`);
  return homes;
}

/** Buckets that are gathered at once. */
export interface WeightLayouts {
  /** Of the trained ones, in the order in which backward passes come to them. */
  readonly trained: readonly BucketLayout[];
  readonly frozen: readonly BucketLayout[];
}

/** How weights of blocks are shared: those of a home together, frozen ones apart, since no gradients are like them. */
export function layoutsOf(
  homes: ReadonlyMap<Parameter, string>,
  { numRanks, cutsOf }: Pick<LayoutOptions, "numRanks" | "cutsOf">,
): WeightLayouts {
  const options = {
    numRanks,
    bucketBytes: Number.POSITIVE_INFINITY,
    groupOf: (parameter: Parameter) => homes.get(parameter) as string,
  };
  const ordered = [...homes.keys()].reverse();
  const [trained, frozen] = [true, false].map((of) =>
    ordered.filter(({ requiresGrad }) => requiresGrad === of),
  ) as [Parameter[], Parameter[]];
  return {
    trained: layOut(trained, { ...options, cutsOf }),
    frozen: layOut(frozen, { ...options, cutsOf: () => 1 }),
  };
}
