/**
 * The sizes of LLaMA-2-7B with so many layers.
 * @param {number} layers
 * @param {number} length tokens of the longest row
 */
export const llama7b = (layers, length) => ({
  ...{ vocabSize: 32000, hiddenSize: 4096, intermediateSize: 11008, numHiddenLayers: layers },
  ...{ numAttentionHeads: 32, maxPositionEmbeddings: length },
});
