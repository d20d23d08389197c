// A model's parameters to and from a Hugging Face folder.
import type { Module } from "../nn/module.js";
import { fromBytes } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { CheckpointError } from "./checkpoint-error.js";
import { engineDtypeOf, storedDtypeOf } from "./dtypes.js";
import type { TensorSource } from "./safetensors-writer.js";
import { WeightsFolder } from "./weights-folder.js";

export interface LoadOptions {
  /** Tensors that may be in the files though the model has no use for them. */
  readonly ignore?: RegExp;
  /** Beginning of parameter names that the files may leave out. */
  readonly optionalPrefix?: string;
}

/**
 * Fills every parameter of `model` from the safetensors in `folder`, converting the dtype where it differs. Nothing
 * is changed unless all parameters are there with their shapes.
 * @throws CheckpointError listing what is missing, left over or of another shape
 */
export function loadModelWeights(
  model: Module,
  folder: string,
  { ignore, optionalPrefix = "" }: LoadOptions = {},
): void {
  using weights = WeightsFolder.open(folder);
  const storedName = (name: string): string =>
    weights.has(name) || !name.startsWith(optionalPrefix)
      ? name
      : name.slice(optionalPrefix.length);
  const parameters = new Map(
    [...model.namedParameters()].map(([name, parameter]) => [storedName(name), parameter]),
  );
  requireFit(parameters, weights, ignore);
  noGrad(() => {
    for (const [name, parameter] of parameters) {
      const { dtype, shape } = weights.entry(name);
      using stored = fromBytes(weights.read(name), shape, engineDtypeOf(dtype));
      parameter.copy_(stored);
    }
  });
}

/** The parameters of `model` as entries of a safetensors file; a shared one once, under its first name. */
export function modelTensors(model: Module): TensorSource[] {
  const seen = new Set<Parameter>();
  return [...model.namedParameters()].flatMap(([name, parameter]) => {
    if (seen.has(parameter)) return [];
    seen.add(parameter);
    return [
      {
        name,
        dtype: storedDtypeOf(parameter.dtype),
        shape: parameter.shape,
        bytes: () => parameter.toBytes(),
      },
    ];
  });
}

function requireFit(
  parameters: Map<string, Parameter>,
  weights: WeightsFolder,
  ignore?: RegExp,
): void {
  const problems: string[] = [];
  for (const [name, parameter] of parameters) {
    if (!weights.has(name)) {
      problems.push(`missing: ${name} [${parameter.shape.join(", ")}]`);
      continue;
    }
    const stored = weights.entry(name).shape.join(", ");
    const wanted = parameter.shape.join(", ");
    if (stored !== wanted)
      problems.push(`${name} is [${stored}], the model's config wants [${wanted}]`);
  }
  for (const name of weights.names) {
    if (!parameters.has(name) && ignore?.test(name) !== true) problems.push(`left over: ${name}`);
  }
  if (problems.length === 0) return;
  const shown = problems.slice(0, 20);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  throw new CheckpointError(
    `the weights do not fit the model:\n  ${[...shown, ...more].join("\n  ")}`,
    {
      path: weights.folder,
    },
  );
}
