// Adapters.
import type { Calls } from "./scope.js";

export const LORA: Calls = {
  'addAdapter("model", "one")': 'TypeError: addAdapter: model must be a module, got "model"',
  'addAdapter(model, "my adapter")':
    'TypeError: addAdapter: name must be a name of letters, digits, - and _, got "my adapter"',
  'addAdapter(model, "one", { rank: 4 })':
    "TypeError: addAdapter has no option rank; did you mean rankPattern? Its options: r, loraAlpha, loraDropout, useRslora, useDora, targetModules, modulesToSave, rankPattern, alphaPattern, excludeModules, layersToTransform, layersPattern, bias",
  'addAdapter(model, "one", { targetModules: ["query"] })':
    'RangeError: addAdapter: targetModules: no module is called "query"; there are: model, embed_tokens, self_attn, q_proj, k_proj, v_proj, o_proj, mlp, gate_proj, up_proj, down_proj, input_layernorm, post_attention_layernorm, norm, lm_head',
  'addAdapter(model, "one", { targetModules: [] })':
    'RangeError: addAdapter: targetModules: an empty list means no layer; give names or "all-linear"',
  'addAdapter(model, "one", { modulesToSave: ["head"] })':
    'RangeError: addAdapter: modulesToSave: no module is called "head"; did you mean "lm_head"? There are: model, embed_tokens, self_attn, q_proj, k_proj, v_proj, o_proj, mlp, gate_proj, up_proj, down_proj, input_layernorm, post_attention_layernorm, norm, lm_head',
  'addAdapter(model, "one", { bias: "lora" })':
    'RangeError: addAdapter: bias must be "none" or "lora_only" or "all", got "lora"',
  'addAdapter(model, "one", { rankPattern: { q_proj: 0.5 } })':
    'TypeError: addAdapter: rankPattern must be an object of patterns and values, { "layers.0.self_attn.q_proj": 4 }, each a whole number of at least 1, got { q_proj: 0.5 }',
  'addAdapter(model, "one", { alphaPattern: { v_proj: 4 }, targetModules: ["q_proj"] })':
    'RangeError: addAdapter: alphaPattern: no layer with an adapter ends in "v_proj"; the first is model.layers.0.self_attn.q_proj',
  'addAdapter(model, "one", { excludeModules: "q_proj" })':
    'TypeError: addAdapter: excludeModules must be a regular expression or a list of names, got "q_proj"',
  'addAdapter(model, "one", { layersToTransform: -1 })':
    "RangeError: addAdapter: layersToTransform must be a whole number of at least 0, or a list of whole numbers of at least 0, got -1",
  'addAdapter(model, "one", { layersPattern: "layers" })':
    "RangeError: addAdapter: layersPattern says where the numbers of layersToTransform stand; give both",
  'setAdapter(model, "one")':
    'RangeError: setAdapter: the model has no adapter "one"; it has: none',
  'deleteAdapter(model, "one")':
    'RangeError: deleteAdapter: the model has no adapter "one"; it has: none',
  'disableAdapter("model")': 'TypeError: disableAdapter: model must be a module, got "model"',
  'activeAdapters("model")': 'TypeError: activeAdapters: model must be a module, got "model"',
  "mergeAndUnload(model)":
    "TypeError: mergeAndUnload: the model has no adapters; addAdapter or booster.enableLora gives it some",
  "booster.enableLora(model, { loraRank: 4 })":
    "TypeError: enableLora has no option loraRank. Its options: r, loraAlpha, loraDropout, useRslora, useDora, targetModules, modulesToSave, rankPattern, alphaPattern, excludeModules, layersToTransform, layersPattern, bias, adapterName, pretrainedDir, quantize, doubleQuant",
  "booster.enableLora(model, { doubleQuant: true })":
    'TypeError: enableLora: doubleQuant is of quantize: "nf4", which was not given',
  'booster.enableLora(model, { quantize: "int4" })':
    'RangeError: enableLora: quantize must be "nf4", got "int4"',
  "quantizeNf4(ones([4]))":
    "TypeError: quantizeNf4: weight must be a matrix (out, in) of float32, bfloat16 or float16, got a Tensor float32[4]",
  'dequantizeNf4(ones([4]), "float32")':
    "TypeError: dequantizeNf4: weight must be a weight that quantizeNf4 made, got a Tensor float32[4]",
  'new Nf4Linear(ones([2, 64]), undefined, { dtype: "half" })':
    'TypeError: new Nf4Linear: dtype must be a dtype (<dtypes>), got "half"',
  "new Nf4Linear(4, 3)":
    "TypeError: new Nf4Linear: weight must be a matrix (out, in) of float32, bfloat16 or float16, got 4",
  'booster.saveLoraAsPretrained(model, "adapter")':
    'RangeError: saveLoraAsPretrained: the model has no adapter "default"; it has: none',
  'booster.saveLoraAsPretrained(model, "adapter", { name: "one" })':
    "TypeError: saveLoraAsPretrained has no option name; did you mean adapterName? Its options: adapterName, baseModel, card",
  "disableAdapter(model)":
    "TypeError: disableAdapter: the model has no adapters; addAdapter or booster.enableLora gives it some",
};
