// Models by the `model_type` of their folder, as transformers' AutoModelForCausalLM.
import type { CausalLM } from "./causal-lm.js";
import { modelType, readConfig } from "./config-file.js";
import { GPT2LMHeadModel } from "./gpt2/model.js";
import { LlamaForCausalLM } from "./llama/model.js";
import { checkPretrained, type FromPretrainedOptions } from "./model-options.js";

const FAMILIES = { gpt2: GPT2LMHeadModel, llama: LlamaForCausalLM } as const;

/** Loads the model that a folder's `config.json` names by `model_type`. */
export const AutoModelForCausalLM = {
  /**
   * Loads the model in a Hugging Face folder.
   * @throws CheckpointError when the folder is missing, contradicts itself or its family is not supported
   */
  async fromPretrained(folder: string, options: FromPretrainedOptions = {}): Promise<CausalLM> {
    checkPretrained(folder, options);
    const type = modelType(readConfig(folder), Object.keys(FAMILIES) as (keyof typeof FAMILIES)[]);
    return FAMILIES[type].fromPretrained(folder, options);
  },
};
