// Adapters.
import type { Calls } from "./scope.js";

export const LORA: Calls = {
  'addAdapter("model", "one")': 'TypeError: addAdapter: model must be a module, got "model"',
  'addAdapter(model, "my adapter")':
    'TypeError: addAdapter: name must be a name of letters, digits, - and _, got "my adapter"',
  'addAdapter(model, "one", { rank: 4 })':
    "TypeError: addAdapter has no option rank. Its options: r, loraAlpha, loraDropout, useRslora, useDora, targetModules, modulesToSave",
  'addAdapter(model, "one", { targetModules: ["query"] })':
    'RangeError: addAdapter: targetModules: no module is called "query"; there are: model, embed_tokens, self_attn, q_proj, k_proj, v_proj, o_proj, mlp, gate_proj, up_proj, down_proj, input_layernorm, post_attention_layernorm, norm, lm_head',
  'addAdapter(model, "one", { targetModules: [] })':
    'RangeError: addAdapter: targetModules: an empty list means no layer; give names or "all-linear"',
  'addAdapter(model, "one", { modulesToSave: ["head"] })':
    'RangeError: addAdapter: modulesToSave: no module is called "head"; did you mean "lm_head"? There are: model, embed_tokens, self_attn, q_proj, k_proj, v_proj, o_proj, mlp, gate_proj, up_proj, down_proj, input_layernorm, post_attention_layernorm, norm, lm_head',
  'setAdapter(model, "one")':
    'RangeError: setAdapter: the model has no adapter "one"; it has: none',
  'deleteAdapter(model, "one")':
    'RangeError: deleteAdapter: the model has no adapter "one"; it has: none',
  'disableAdapter("model")': 'TypeError: disableAdapter: model must be a module, got "model"',
  'activeAdapters("model")': 'TypeError: activeAdapters: model must be a module, got "model"',
  "mergeAndUnload(model)":
    "TypeError: mergeAndUnload: the model has no adapters; addAdapter or booster.enableLora gives it some",
  "booster.enableLora(model, { loraRank: 4 })":
    "TypeError: enableLora has no option loraRank. Its options: r, loraAlpha, loraDropout, useRslora, useDora, targetModules, modulesToSave, adapterName, pretrainedDir, quantize, doubleQuant",
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
