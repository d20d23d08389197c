// Models by the `model_type` of their folder, as transformers' AutoModel and its like.

import {
  BertForMaskedLM,
  BertForSequenceClassification,
  BertForTokenClassification,
  BertModel,
} from "./bert/model.js";
import { BloomForCausalLM } from "./bloom/model.js";
import type { CausalLM } from "./causal-lm.js";
import { modelType } from "./config-file.js";
import { Gemma2ForCausalLM } from "./gemma2/model.js";
import { Gemma3ForCausalLM } from "./gemma3/model.js";
import { GlmForCausalLM } from "./glm/model.js";
import { Glm4ForCausalLM } from "./glm4/model.js";
import { GPT2LMHeadModel } from "./gpt2/model.js";
import { LlamaForCausalLM } from "./llama/model.js";
import { MistralForCausalLM } from "./mistral/model.js";
import { MixtralForCausalLM } from "./mixtral/model.js";
import { type ConfigFields, checkLoading, type FromPretrainedOptions } from "./model-options.js";
import { modelPlace, sourceAt } from "./model-source.js";
import { OPTForCausalLM } from "./opt/model.js";
import { Phi3ForCausalLM } from "./phi3/model.js";
import type { PretrainedModel } from "./pretrained-model.js";
import { Qwen2ForCausalLM } from "./qwen2/model.js";
import { Qwen3ForCausalLM } from "./qwen3/model.js";
import { Qwen3MoeForCausalLM } from "./qwen3-moe/model.js";
import { T5ForConditionalGeneration } from "./t5/model.js";

const CAUSAL_LM: Families<CausalLM> = {
  gemma2: Gemma2ForCausalLM,
  gemma3_text: Gemma3ForCausalLM,
  glm: GlmForCausalLM,
  glm4: Glm4ForCausalLM,
  gpt2: GPT2LMHeadModel,
  bloom: BloomForCausalLM,
  llama: LlamaForCausalLM,
  opt: OPTForCausalLM,
  mistral: MistralForCausalLM,
  mixtral: MixtralForCausalLM,
  phi3: Phi3ForCausalLM,
  qwen2: Qwen2ForCausalLM,
  qwen3: Qwen3ForCausalLM,
  qwen3_moe: Qwen3MoeForCausalLM,
};
const WITHOUT_HEAD: Families<BertModel> = { bert: BertModel };
const MASKED_LM: Families<BertForMaskedLM> = { bert: BertForMaskedLM };
const SEQUENCES: Families<BertForSequenceClassification> = { bert: BertForSequenceClassification };
const TOKENS: Families<BertForTokenClassification> = { bert: BertForTokenClassification };

const SEQ2SEQ_LM: Families<T5ForConditionalGeneration> = { t5: T5ForConditionalGeneration };

/** The class of each family that predicts tokens, for what is made of a configuration alone. */
export const LANGUAGE_MODELS: Families<PretrainedModel> = {
  ...CAUSAL_LM,
  ...MASKED_LM,
  ...SEQ2SEQ_LM,
};

/** Classes by `model_type`. */
type Families<M> = Readonly<Record<string, AutoClass<M>>>;

/** Models with one kind of head, of whichever family a folder's `config.json` names by `model_type`. */
export interface AutoClass<M> {
  /**
   * Loads the model in a Hugging Face folder, or of the Hub by its name. Fields of its configuration may be given, which then are
   * other than the folder says: `{ numLabels: 3 }`.
   * @throws CheckpointError when the folder is missing, contradicts itself or its family is not supported
   */
  fromPretrained(source: string, options?: FromPretrainedOptions & ConfigFields): Promise<M>;
}

/** Language models that predict the next token. */
export const AutoModelForCausalLM = autoClass(CAUSAL_LM);
/** Models without a head, whatever head the folder has. */
export const AutoModel = autoClass(WITHOUT_HEAD);
/** Models that predict masked tokens. */
export const AutoModelForMaskedLM = autoClass(MASKED_LM);
/** Models that tell sequences apart. */
export const AutoModelForSequenceClassification = autoClass(SEQUENCES);
/** Models that tell tokens apart. */
export const AutoModelForTokenClassification = autoClass(TOKENS);
/** Encoder-decoders. */
export const AutoModelForSeq2SeqLM = autoClass(SEQ2SEQ_LM);

function autoClass<M extends PretrainedModel>(families: Families<M>): AutoClass<M> {
  return { fromPretrained: (source, options = {}) => loadOneOf(families, source, options) };
}

async function loadOneOf<M extends PretrainedModel>(
  families: Families<M>,
  source: string,
  given: FromPretrainedOptions & ConfigFields,
): Promise<M> {
  checkLoading(source, given);
  const { revision, ...options } = given;
  const place = await modelPlace(source, { revision });
  const type = modelType(sourceAt(place).config, Object.keys(families));
  const model = await (families[type] as AutoClass<M>).fromPretrained(place, options);
  model.nameOrPath = source; // where the Hub's files came into says little
  return model;
}
