// More or fewer tokens: rows of embeddings and heads are added at their end or removed there, those that stay keep their numbers.
import { boolean, integer, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { type Beginning, firstNumbers } from "../nn/init.js";
import type { Module } from "../nn/module.js";
import { numElements } from "../tensor/element-range.js";
import { cat } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { hasGradientOwner } from "../tensor/gradient-owner.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import { replaceMemory } from "../tensor/replace-memory.js";
import type { Tensor } from "../tensor/tensor.js";

/** Options of `resizeTokenEmbeddings`. */
export interface ResizeOptions {
  /** The number of tokens is rounded up to a multiple of it, as tensor cores like them: 64. Default 1. */
  readonly padToMultipleOf?: number;
  /** Whether new rows begin as the mean of the old ones (Hewitt 2021), default true; else as in a new model. */
  readonly meanResizing?: boolean;
}

const OF = "resizeTokenEmbeddings";
const MOST = 2 ** 28;
const OPTIONS: OptionTable<ResizeOptions> = {
  padToMultipleOf: integer({ min: 1, max: MOST }),
  meanResizing: boolean,
};

/** The model whose tokens are resized. */
interface Resized extends Module {
  readonly config: { readonly padTokenId?: number | null };
}

/**
 * How many tokens there are to be.
 * @throws RangeError or TypeError for what is not allowed, or comes too late
 */
export function resizedVocabulary(
  model: Resized,
  numTokens: number,
  options: ResizeOptions,
): number {
  requireValue(`${OF}: numTokens`, numTokens, integer({ min: 1, max: MOST }));
  checkOptions(OF, options, OPTIONS);
  requireNumbers(OF, model.namedParameters());
  requirePlain(model);
  const { padToMultipleOf = 1 } = options;
  const vocabSize = Math.ceil(numTokens / padToMultipleOf) * padToMultipleOf;
  const { padTokenId = null } = model.config;
  if (padTokenId === null || padTokenId < vocabSize) return vocabSize;
  throw new RangeError(
    `${OF}: the model pads with token ${padTokenId}, so it needs more than ${vocabSize} tokens`,
  );
}

/** Gives a parameter so many rows. @param beginning how new ones begin; undefined: as the mean of the old ones */
export function resizeRows(
  [name, parameter]: readonly [name: string, parameter: Parameter],
  numRows: number,
  beginning: Beginning | undefined,
): void {
  const { dtype, device } = parameter;
  const before = parameter.shape[0] as number;
  noGrad(() => {
    const rows = [parameter.slice(0, 0, Math.min(before, numRows))];
    if (numRows > before) {
      const shape = [numRows, ...parameter.shape.slice(1)];
      const all =
        beginning === undefined ? meanRows(parameter, shape) : drawnRows(name, shape, beginning);
      rows.push(all.slice(0, before).to({ dtype, device }));
    }
    replaceMemory(parameter, cat(rows));
  });
}

function meanRows(parameter: Parameter, shape: readonly number[]): Tensor {
  return parameter.to("float32").mean(0, { keepdim: true }).expand(shape);
}

/** As in a new model of that size. */
function drawnRows(name: string, shape: readonly number[], beginning: Beginning): Tensor {
  const to = numElements(shape);
  return firstNumbers(beginning, { seed: 0, name, shape }, { from: 0, to }).view(shape);
}

/** Who averages gradients, and adapters, count on the tokens that there are. */
function requirePlain(model: Module): void {
  if (model.parameters().some(hasGradientOwner)) {
    throw new TypeError(
      `${OF}: the model was boosted before, and its optimizer has the tokens of then; call it before booster.boost`,
    );
  }
  for (const [name, { storedOtherwise }] of model.namedModules()) {
    if (storedOtherwise === undefined) continue;
    throw new TypeError(
      `${OF}: ${name} has adapters; call it before they are added, or after mergeAndUnload(model)`,
    );
  }
}
