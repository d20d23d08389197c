// Layers that files hold in NF4: put into the places of those that the model was built with, before its weights are promised.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { Wanted } from "../checkpoint/deferred-weights.js";
import type { Nf4Layer, StoredWeights } from "../checkpoint/stored-weights.js";
import { multipliesRows } from "../nn/cost.js";
import { Layer } from "../nn/layer.js";
import type { Module } from "../nn/module.js";
import { emptyNf4 } from "../quantize/nf4.js";
import { Nf4Linear, type WideLayer } from "../quantize/nf4-linear.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * Gives a model on "meta" the layers of four bits that `weights` has.
 * @returns what these layers have beside what is stored
 * @throws CheckpointError naming one that is no linear layer of the model, or of another shape
 */
export function putNf4Layers(
  model: Module,
  { nf4Layers = new Map(), path }: StoredWeights,
  place: Wanted,
): ReadonlySet<Tensor> {
  const modules = new Map(model.namedModules());
  const added = new Set<Tensor>();
  for (const [name, { shape, isDouble }] of nf4Layers as ReadonlyMap<string, Nf4Layer>) {
    const { weight, bias, training } = requireLinear(modules.get(name), name, { shape, path });
    const layer = new Nf4Linear(emptyNf4(shape, isDouble), bias, place);
    layer.training = training;
    weight.dispose();
    model.replaceModule(name, layer);
    added.add(layer.widened);
  }
  return added;
}

function requireLinear(
  module: Module | undefined,
  name: string,
  { shape, path }: Pick<Nf4Layer, "shape"> & { readonly path: string },
): WideLayer {
  const isLinear = module instanceof Layer && multipliesRows(module);
  const wanted = isLinear ? [...module.weight.shape] : [];
  if (isLinear && module.isTransposed === true) wanted.reverse();
  if (isLinear && wanted.join() === shape.join()) return module as WideLayer;
  const problem = isLinear
    ? `is [${shape.join(", ")}], the model's config wants [${wanted.join(", ")}]`
    : "is no linear layer of the model";
  throw new CheckpointError(`${name}.weight, of four bits, ${problem}`, { path });
}
