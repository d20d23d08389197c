// Configurations by the `model_type` of their folder, as transformers' AutoConfig.
import { type HubOptions, hubFolder } from "../hub/hub-folder.js";
import { CONFIG_ALONE } from "../hub/wanted.js";
import { BERT_CONFIG } from "./bert/config.js";
import { BLOOM_CONFIG } from "./bloom/config.js";
import { modelType } from "./config-file.js";
import type { ConfigTable } from "./config-table.js";
import { GEMMA2_CONFIG } from "./gemma2/config.js";
import { GEMMA3_CONFIG } from "./gemma3/config.js";
import { GLM_CONFIG, GLM4_CONFIG } from "./glm/config.js";
import { GPT2_CONFIG } from "./gpt2/config.js";
import { LLAMA_CONFIG } from "./llama/config.js";
import { MISTRAL_CONFIG } from "./mistral/config.js";
import { MIXTRAL_CONFIG } from "./mixtral/config.js";
import { type ConfigFields, checkLoading } from "./model-options.js";
import { sourceAt } from "./model-source.js";
import { OPT_CONFIG } from "./opt/config.js";
import { PHI3_CONFIG } from "./phi3/config.js";
import { QWEN2_CONFIG } from "./qwen2/config.js";
import { QWEN3_CONFIG } from "./qwen3/config.js";
import { QWEN3_MOE_CONFIG } from "./qwen3-moe/config.js";
import { T5_CONFIG } from "./t5/config.js";

const TABLES: Readonly<Record<string, Pick<ConfigTable<object>, "fromFile">>> = {
  bert: BERT_CONFIG,
  bloom: BLOOM_CONFIG,
  gemma2: GEMMA2_CONFIG,
  gemma3_text: GEMMA3_CONFIG,
  glm: GLM_CONFIG,
  glm4: GLM4_CONFIG,
  gpt2: GPT2_CONFIG,
  llama: LLAMA_CONFIG,
  mistral: MISTRAL_CONFIG,
  mixtral: MIXTRAL_CONFIG,
  opt: OPT_CONFIG,
  phi3: PHI3_CONFIG,
  qwen2: QWEN2_CONFIG,
  qwen3: QWEN3_CONFIG,
  qwen3_moe: QWEN3_MOE_CONFIG,
  t5: T5_CONFIG,
};

/** What a folder's `config.json` says, by its names in camel case. */
export interface AutoConfigFields extends ConfigFields {
  /** The family: "llama". */
  readonly modelType: string;
}

/** Configurations of whichever family a folder's `config.json` names by `model_type`. */
export const AutoConfig = {
  /**
   * Reads the `config.json` of a Hugging Face folder, or of a model of the Hub by its name; what it leaves out has transformers'
   * defaults.
   * @throws CheckpointError when it is missing, contradicts itself or its family is not supported
   */
  async fromPretrained(source: string, options: HubOptions = {}): Promise<AutoConfigFields> {
    checkLoading(source, options);
    const file = sourceAt(await hubFolder(source, CONFIG_ALONE, options)).config;
    const type = modelType(file, Object.keys(TABLES));
    return { modelType: type, ...TABLES[type]?.fromFile(file) };
  },
};
