// Which of transformers' tokenizer classes a folder is loaded with, as its AutoTokenizer chooses it. Most take
// tokenizer.json as it is; some take only vocabulary, merges and template from it and build the rest themselves.

import path from "node:path";
import { describeValue } from "../arguments/describe-value.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

/** Takes tokenizer.json as it is. */
export const AS_WRITTEN = "TokenizersBackend";

/** Model types for which transformers knows better than the class their folder names. */
const OVERRULED: Readonly<Record<string, string>> = {
  qwen2: "Qwen2Tokenizer",
  hyperclovax_vision_v2: "GPT2Tokenizer",
};

/** Classes that model types have when their folder names none; types not listed: as written. */
const BY_MODEL_TYPE: Readonly<Record<string, string>> = {
  BertTokenizer: "bert blip convbert distilbert electra ernie layoutlm nomic_bert squeezebert vilt",
  CLIPTokenizer: "clip clipseg owlvit xclip",
  CohereTokenizer: "cohere cohere2",
  GPT2Tokenizer: "codegen dbrx gpt2 gpt_neo gptj jais2 opt phi starcoder2",
  GPTNeoXTokenizer: "falcon_mamba gpt_neox mamba mamba2 mpt olmo olmoe rwkv xlstm",
  GemmaTokenizer: "gemma gemma2 gemma3 gemma3_text gemma3n recurrent_gemma shieldgemma2",
  Qwen2Tokenizer: "qwen2_5_vl qwen2_moe qwen2_vl qwen3 qwen3_moe qwen3_next qwen3_vl",
  RobertaTokenizer: "bart data2vec-text longformer roberta",
  T5Tokenizer: "mt5 switch_transformers t5",
  XLMRobertaTokenizer: "trocr xlm-roberta xmod",
};

/** Model types whose folders are read as written whatever class they name. */
const ALWAYS_AS_WRITTEN: readonly string[] = (
  "aria flex_olmo glm glm4 glm4_moe glm4_moe_lite gpt_bigcode granite granitemoe granitemoehybrid granitemoeshared " +
  "kimi_linear mimo_v2_flash ministral ministral3 mistral mistral3 mixtral olmo2 olmo3 olmo_hybrid persimmon pixtral " +
  "stablelm voxtral arctic chatlm ernie4_5 ernie4_5_moe fuyu h2ovl_chat hyperclovax hyperclovax_vlm internlm2 " +
  "internlm3 iquestcoder jamba llava llava_next minicpm3 minicpmv minimax_m2 modernbert modernbert-decoder molmo " +
  "molmo2 nemotron nvfp4 opencua openvla paddleocr_vl phi3 phi3_v phimoe smolvlm step3_vl vipllava"
).split(" ");

/** Classes of transformers 5 that build a tokenizer of their own, or none from tokenizer.json. */
const OWN_CLASSES: readonly string[] = (
  "Albert Bart Barthez Bartpho BertJapanese Bert Bertweet BigBird BioGpt Blenderbot BlenderbotSmall ByT5 CLIP CTRL " +
  "Camembert Canine Clvp CodeLlama Cohere Cpm CpmAnt DPRQuestionEncoder Deberta DebertaV2 Dia DistilBert Electra Esm " +
  "Esmc FSMT Flaubert Funnel GPT2 GPTNeoX GPTNeoXJapanese Gemma Herbert LED Lasr LayoutLMv2 LayoutLMv3 LayoutXLM Llama " +
  "Longformer Luke Lxmert M2M100 MBart MBart50 MPNet Marian MarkupLM Mgpstr MobileBert Mvp MyT5 Nllb Nougat OpenAIGPT " +
  "PLBart Pegasus Perceiver Phobert ProphetNet Qwen2 Qwen3_5 Rag Reformer RemBert RoCBert RoFormer Roberta " +
  "SeamlessM4T Siglip Siglip2 Speech2Text SpeechT5 Splinter T5 Tapas Udop VideoPrism Vits Wav2Vec2CTC " +
  "Wav2Vec2PhonemeCTC Whisper XGLM XLM XLMRoberta XLNet"
)
  .split(" ")
  .map((name) => `${name}Tokenizer`);

/** The class of a folder: its name without "Fast", or AS_WRITTEN. */
export function tokenizerClass(files: TokenizerFiles): string {
  requireNoCode(files);
  const declared = declaredClass(files);
  const type = files.model["model_type"];
  const modelType = typeof type === "string" ? type : "";
  if (declared === "LlamaTokenizer" && isByteLevel(files)) return AS_WRITTEN;
  if (ALWAYS_AS_WRITTEN.includes(modelType)) return AS_WRITTEN;
  const ofModel = OVERRULED[modelType];
  if (ofModel !== undefined) return ofModel;
  if (declared !== undefined) return OWN_CLASSES.includes(declared) ? declared : AS_WRITTEN;
  const found = Object.entries(BY_MODEL_TYPE).find(([, types]) =>
    types.split(" ").includes(modelType),
  );
  return found?.[0] ?? AS_WRITTEN;
}

function declaredClass({ folder, config, model }: TokenizerFiles): string | undefined {
  const value = config["tokenizer_class"] ?? model["tokenizer_class"] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === "string") return value.replace(/Fast$/, "");
  const file = path.join(folder, "tokenizer_config.json");
  throw new TokenizerError(
    `${file}: tokenizer_class is ${describeValue(value)}; it must be the name of a class`,
  );
}

/** Llama 3 and its kin name LlamaTokenizer, which they are not. */
function isByteLevel({ contents }: TokenizerFiles): boolean {
  return Buffer.from(contents.get("tokenizer.json") ?? []).includes('"ByteLevel"');
}

function requireNoCode({ folder, config }: TokenizerFiles): void {
  const map = config["auto_map"];
  const names = typeof map === "object" && map !== null ? map : {};
  if (!Array.isArray(map) && !("AutoTokenizer" in names)) return;
  throw new TokenizerError(
    `${path.join(folder, "tokenizer_config.json")}: auto_map names a tokenizer written in Python, which cannot run here; ` +
      "remove auto_map if tokenizer.json alone gives the right ids",
  );
}
