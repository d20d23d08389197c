// Models and generation.
import type { Calls } from "./scope.js";

export const MODELS: Calls = {
  "new LlamaForCausalLM({ vocabSize: 8 })":
    "TypeError: new LlamaForCausalLM: hiddenSize must be a whole number from 1 to 268435456, got undefined",
  "new LlamaForCausalLM({ hidden_size: 8 })":
    "TypeError: new LlamaForCausalLM has no option hidden_size; did you mean hiddenSize? Its options: vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, numKeyValueHeads, headDim, maxPositionEmbeddings, rmsNormEps, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId, attentionBias, mlpBias, ropeTheta, ropeScaling",
  "new GPT2LMHeadModel({ numLayers: 2 })":
    "TypeError: new GPT2LMHeadModel has no option numLayers. Its options: vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, headDim, maxPositionEmbeddings, layerNormEpsilon, activation, embdPdrop, attnPdrop, residPdrop, scaleAttnWeights, scaleAttnByInverseLayerIdx, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId",
  "new Gemma2ForCausalLM({ attnLogitSoftcapping: 0 })":
    "RangeError: new Gemma2ForCausalLM: attnLogitSoftcapping must be a number above 0, or null, got 0",
  "new Gemma3ForCausalLM({ attnLogitSoftcapping: 50 })":
    "TypeError: new Gemma3ForCausalLM has no option attnLogitSoftcapping; did you mean finalLogitSoftcapping? Its options: vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, numKeyValueHeads, headDim, maxPositionEmbeddings, rmsNormEps, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId, attentionBias, queryPreAttnScalar, slidingWindow, slidingWindowPattern, layerTypes, finalLogitSoftcapping, ropeTheta, ropeScaling, ropeLocalBaseFreq",
  "new GlmForCausalLM({ vocabSize: 8, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 1, headDim: 4, partialRotaryFactor: 0.25 })":
    "RangeError: new GlmForCausalLM: the part of each head that is turned must be of whole pairs, got 1 numbers",
  "new Glm4ForCausalLM({ mlpBias: true })":
    "TypeError: new Glm4ForCausalLM has no option mlpBias. Its options: vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, numKeyValueHeads, headDim, maxPositionEmbeddings, rmsNormEps, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId, attentionBias, ropeTheta, ropeScaling, partialRotaryFactor",
  "new MistralForCausalLM({ vocabSize: 8, slidingWindow: 0 })":
    "RangeError: new MistralForCausalLM: slidingWindow must be a whole number from 1 to 268435456, or null, got 0",
  'new Qwen2ForCausalLM({ layerTypes: ["sliding"] })':
    'RangeError: new Qwen2ForCausalLM: layerTypes must be a list of "full_attention" or "sliding_attention", got ["sliding"]',
  'new Qwen3ForCausalLM({ vocabSize: 8, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 1, layerTypes: ["sliding_attention"] })':
    "RangeError: new Qwen3ForCausalLM: layerTypes has sliding layers, for which slidingWindow must say how many tokens they see, got none",
  "new MixtralForCausalLM({ vocabSize: 8, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 1, numExpertsPerTok: 9 })":
    "RangeError: new MixtralForCausalLM: numExpertsPerTok must be at most numLocalExperts, got 9 and 8",
  "new Qwen3MoeForCausalLM({ vocabSize: 8, decoderSparseStep: 0 })":
    "RangeError: new Qwen3MoeForCausalLM: decoderSparseStep must be a whole number from 1 to 268435456, got 0",
  "new Phi3ForCausalLM({ partialRotaryFactor: 2 })":
    "RangeError: new Phi3ForCausalLM: partialRotaryFactor must be a number above 0 and of at most 1, got 2",
  'new GPT2LMHeadModel({ vocabSize: 8 }, { seed: "a" })':
    'TypeError: new GPT2LMHeadModel: seed must be a whole number of at least 0, or null, got "a"',
  'LlamaForCausalLM.fromPretrained("no-such-folder")':
    "HubError: no-such-folder: no folder of this name here, and the Hub's cache has no main of it; HF_HUB_OFFLINE is set: call this once with the network, or give the path of a local folder",
  'LlamaForCausalLM.fromPretrained("base-model", { loadIn4bit: true })':
    "TypeError: fromPretrained has no option loadIn4bit. Its options: revision, dtype, device, ignoreMismatchedSizes, vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, numKeyValueHeads, headDim, maxPositionEmbeddings, rmsNormEps, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId, attentionBias, mlpBias, ropeTheta, ropeScaling",
  'GPT2LMHeadModel.fromPretrained("base-model", { torchDtype: "bfloat16" })':
    "TypeError: fromPretrained has no option torchDtype; did you mean dtype? Its options: revision, dtype, device, ignoreMismatchedSizes, vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, headDim, maxPositionEmbeddings, layerNormEpsilon, activation, embdPdrop, attnPdrop, residPdrop, scaleAttnWeights, scaleAttnByInverseLayerIdx, tieWordEmbeddings, initializerRange, bosTokenId, eosTokenId, padTokenId",
  'AutoModelForCausalLM.fromPretrained("tiny/model", { revision: "a/../b" })':
    'TypeError: fromPretrained: revision must be the name of a branch or tag, such as "main", or a commit, got "a/../b"',
  'model.saveGguf("model.gguf", { type: "q4_0" })':
    'RangeError: saveGguf: type must be "f16" or "q8_0", got "q4_0"',
  'model.saveGguf("")': 'RangeError: saveGguf: path must be a path, got ""',
  'new BertModel({ vocabSize: 8, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 1 }).saveGguf("x.gguf")':
    "TypeError: saveGguf writes llama, qwen2, qwen3, gemma2, gemma3_text, phi3 and mistral, this model is a bert",
  "tokenizer.ggufMetadata(0)":
    "RangeError: ggufMetadata: vocabSize must be a whole number of at least 1, got 0",
  "AutoModelForCausalLM.fromPretrained(3)":
    "TypeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got 3",
  'AutoModelForCausalLM.fromPretrained("base-model", { dtype: "half" })':
    'TypeError: fromPretrained: dtype must be a dtype of floating point, as "float32" or "bfloat16", or "auto", got "half"',
  "model.forward(ids)":
    "TypeError: forward takes an object of options, got a Tensor int64[1, 4]; its options: inputIds, labels, attentionMask, positionIds, documentIds, documents, cache, logitsToKeep",
  "model.forward({ inputIds: ids, attention_mask: ids })":
    "TypeError: forward has no option attention_mask; did you mean attentionMask? Its options: inputIds, labels, attentionMask, positionIds, documentIds, documents, cache, logitsToKeep",
  "model.forward({ inputIds: ids, labels: ids, logitsToKeep: 1 })":
    "TypeError: forward: labels are compared with the logits of all tokens; leave logitsToKeep out",
  "model.forward({ inputIds: ids, attentionMask: ids.float() })":
    "TypeError: forward: attentionMask must be an int64, int32 or bool tensor of shape (batch, tokens), got a Tensor float32[1, 4]",
  "model.forward({ inputIds: ids, attentionMask: ids.view(2, 2) })":
    "RangeError: forward: attentionMask must cover the tokens in the cache and inputIds, [1, 4], got [2, 2]",
  "model.forward({ inputIds: ids, positionIds: ids.view(2, 2) })":
    "RangeError: forward: positionIds must be as many as inputIds, [1, 4], got [2, 2]",
  "model.forward({ inputIds: ids, positionIds: ids.mul(0).sub(1) })":
    "RangeError: forward: positionIds must be 0 to 31, the positions that the model knows, got -1",
  "model.forward({ inputIds: x })":
    "TypeError: forward: inputIds must be an int64 or int32 tensor of shape (batch, tokens), got a Tensor float32[2, 3]",
  "model.forward({ inputIds: ids, labels: ids.view(2, 2) })":
    "RangeError: forward: labels must be as many as inputIds, [1, 4], got [2, 2]",
  'model.to("float")':
    'TypeError: to() takes a dtype (<dtypes>), a device ("cpu", "cuda", "cuda:1", "meta"), or { dtype, device }, got "float"; did you mean "float32"?',
  "model.resizeTokenEmbeddings(0)":
    "RangeError: resizeTokenEmbeddings: numTokens must be a whole number from 1 to 268435456, got 0",
  "model.resizeTokenEmbeddings(64, { padToMultiple: 8 })":
    "TypeError: resizeTokenEmbeddings has no option padToMultiple; did you mean padToMultipleOf? Its options: padToMultipleOf, meanResizing",
  'model.train("yes")': 'TypeError: LlamaForCausalLM.train: mode must be true or false, got "yes"',
  'model.generate("once upon a time")':
    'TypeError: generate: inputIds must be token ids: an int64 tensor (batch, tokens), or a list of whole numbers, got "once upon a time"; encode the text first: model.generate(tokenizer.encode(text))',
  "model.generate(ids, { penaltyAlpha: 0.6 })":
    "TypeError: generate has no option penaltyAlpha. Its options: doSample, temperature, topK, topP, minP, repetitionPenalty, noRepeatNgramSize, seed, numBeams, lengthPenalty, earlyStopping, maxNewTokens, maxLength, minNewTokens, minLength, eosTokenId, stopStrings, tokenizer, numReturnSequences, cacheImplementation, attentionMask",
  "model.generate(ids, { numBeams: 2, numReturnSequences: 3 })":
    "RangeError: generate: numReturnSequences must be at most numBeams, got 3 of 2",
  "model.generate(ids, { numReturnSequences: 3 })":
    "RangeError: generate: the most likely continuation is one, got numReturnSequences 3; sample with doSample: true, or give numBeams",
  'model.generate(ids, { stopStrings: ["."] })':
    "TypeError: generate: stopStrings are compared with text; give the tokenizer too",
  'model.generate(ids, { stopStrings: [""], tokenizer })':
    "RangeError: generate: stopStrings must not be empty texts",
  'model.generate(ids, { earlyStopping: "always" })':
    'RangeError: generate: earlyStopping must be true or false, or "never", got "always"',
  "model.generate(ids, { minP: 2 })":
    "RangeError: generate: minP must be a number from 0 to 1, got 2",
  "model.generate(ids, { maxNewTokens: -1 })":
    "RangeError: generate: maxNewTokens must be a whole number of at least 0, got -1",
  "model.generate(ids, { temperature: NaN })":
    "RangeError: generate: temperature must be a number of at least 0, got NaN; it must be finite",
  "model.generate([[1, 2], []])":
    "RangeError: row 1 of the prompt is empty; give at least one token, such as bosTokenId",
  "model.generate([[1, 2], [3]], { attentionMask: ids })":
    "TypeError: generate: attentionMask is of rows that are padded already; rows of different lengths are padded here, so leave it out",
  "model.generate(ids, { attentionMask: [1, 1, 1, 1] })":
    "TypeError: generate: attentionMask must be an int64, int32 or bool tensor of shape (batch, tokens), got [1, 1, 1, 1]",
  "model.generate([])":
    "RangeError: the prompt is empty; give at least one token, such as bosTokenId",
  'generate("text")':
    'TypeError: generate: model must be a model that writes, such as LlamaForCausalLM, got "text"',
  'stream("text", "a", { tokenizer })':
    'TypeError: stream: model must be a model that writes, such as LlamaForCausalLM, got "text"',
  'model.stream("Once", {})':
    "TypeError: stream: tokenizer must be a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it, got undefined",
  'model.stream("Once", { tokenizer, numBeams: 2 })':
    "RangeError: stream writes one text, token by token, got numBeams 2 and numReturnSequences 1; give 1 for both, or call generate",
  "model.stream([[1], [2]], { tokenizer })":
    "RangeError: stream writes one text, got 2 rows; call it for each",
  'new TextStream(model, "Once", { tokenizer, signal: true })':
    "TypeError: stream: signal must be an AbortSignal, got true",
  'chat("text", tokenizer)':
    'TypeError: chat: model must be a model that writes, such as LlamaForCausalLM, got "text"',
  'new Chat(model, "text")':
    'TypeError: chat: tokenizer must be a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it, got "text"',
  "chat(model, tokenizer, { temperature: 3 })":
    "RangeError: chat: temperature must be a number from 0 to 2, got 3",
  'sample(model, tokenizer, "Once")':
    'TypeError: sample: prompts must be a list of texts or conversations, got "Once"',
  'sample("text", tokenizer, ["Once"])':
    'TypeError: sample: model must be a model that writes, such as LlamaForCausalLM, got "text"',
  "generate(model, x)":
    "TypeError: generate: inputIds must be token ids: an int64 tensor (batch, tokens), or a list of whole numbers, got a Tensor float32[2, 3]",
  "new KVCache()":
    "TypeError: new KVCache: capacity must be a whole number of at least 1, got undefined",
  "model.flopsPerToken(-1)":
    "RangeError: flopsPerToken: sequenceLength must be a whole number of at least 1, got -1",
  'model.flopsPerToken(8, "palm", 9)':
    "RangeError: cost: attendedLength must be at most sequenceLength, 8, got 9",
  "new LlamaForCausalLM({ vocabSize: 8, hiddenSize: 16, intermediateSize: 8, numHiddenLayers: 1, numAttentionHeads: 3 })":
    "RangeError: new LlamaForCausalLM: hiddenSize must be a multiple of numAttentionHeads unless headDim is given, got 16 and 3",
  'AutoModelForCausalLM.fromPretrained("folder", { dtype: "int8" })':
    'TypeError: fromPretrained: dtype must be a dtype of floating point, as "float32" or "bfloat16", or "auto", got "int8"',
  'AutoModelForCausalLM.fromPretrained("")': `RangeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got ""`,
  "new BertModel({ hiddenSize: 50, numAttentionHeads: 6 })":
    "RangeError: new BertModel: hiddenSize must be a multiple of numAttentionHeads, got 50 and 6",
  "new BertForMaskedLM({ padTokenId: 40000 })":
    "RangeError: new BertForMaskedLM: padTokenId must be below vocabSize, got 40000 and 30522",
  "new BertForTokenClassification({ numLabels: 0 })":
    "RangeError: new BertForTokenClassification: numLabels must be a whole number from 1 to 1048576, got 0",
  'new BertForSequenceClassification({ numLabels: 2, id2label: ["good"] })':
    "RangeError: new BertForSequenceClassification: id2label must name each of the 2 labels (numLabels), got 1",
  "AutoModel.fromPretrained(3)":
    "TypeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got 3",
  "AutoModelForMaskedLM.fromPretrained({})":
    "TypeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got {  }",
  'AutoModelForSequenceClassification.fromPretrained("base-model", { ignoreMismatchedSizes: 3 })':
    "TypeError: fromPretrained: ignoreMismatchedSizes must be true or false, got 3",
  "AutoConfig.fromPretrained(3)":
    "TypeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got 3",
  'AutoModelForTokenClassification.fromPretrained("")': `RangeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got ""`,
  "new OPTForCausalLM({ hiddenSize: 50, numAttentionHeads: 6 })":
    "RangeError: new OPTForCausalLM: hiddenSize must be a multiple of numAttentionHeads, got 50 and 6",
  "new BloomForCausalLM({ hiddenSize: 50, numAttentionHeads: 6 })":
    "RangeError: new BloomForCausalLM: hiddenSize must be a multiple of numAttentionHeads, got 50 and 6",
  'new T5ForConditionalGeneration({ feedForwardProj: "gated" })':
    'TypeError: new T5ForConditionalGeneration: feedForwardProj must be "relu", "gelu", "gelu_new", "silu" or "tanh", or one of them after "gated-", got "gated"',
  "new T5ForConditionalGeneration({ relativeAttentionMaxDistance: 16 })":
    "RangeError: new T5ForConditionalGeneration: relativeAttentionMaxDistance must be above half the number of buckets, 16, got 16",
  "new T5Cache(3)": "TypeError: new T5Cache: tokens must be a KVCache, got 3",
  "AutoModelForSeq2SeqLM.fromPretrained(3)":
    "TypeError: fromPretrained: source must be a folder's path or a model's name on the Hub, got 3",
};
