// Models by the `model_type` of their folder, as transformers' AutoModelForCausalLM.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { type CausalLM, type FromPretrainedOptions, readConfig } from "./causal-lm.js";
import { Gpt2ForCausalLM } from "./gpt2/model.js";
import { LlamaForCausalLM } from "./llama/model.js";

type Loader = (folder: string, options: FromPretrainedOptions) => Promise<CausalLM>;

const LOADERS: ReadonlyMap<unknown, Loader> = new Map<unknown, Loader>([
  ["gpt2", (folder, options) => Gpt2ForCausalLM.fromPretrained(folder, options)],
  ["llama", (folder, options) => LlamaForCausalLM.fromPretrained(folder, options)],
]);

export const AutoModelForCausalLM = {
  /**
   * Loads the model in a Hugging Face folder.
   * @throws CheckpointError when the folder is missing or its family is not supported
   */
  async fromPretrained(folder: string, options: FromPretrainedOptions = {}): Promise<CausalLM> {
    const type = readConfig(folder)["model_type"];
    const load = LOADERS.get(type);
    if (load === undefined) {
      throw new CheckpointError(
        `model_type ${JSON.stringify(type)} is not supported; supported: ${[...LOADERS.keys()].join(", ")}`,
        { path: folder },
      );
    }
    return load(folder, options);
  },
};
