// Which of transformers' tokenizer classes a folder is loaded with, as its AutoTokenizer chooses it. Some take
// tokenizer.json as it is; most take only vocabulary, merges and template from it and build the rest themselves.

import path from "node:path";
import { describeValue } from "../arguments/describe-value.js";
import { ALWAYS_AS_WRITTEN, CLASS_BY_TYPE, OVERRULED } from "./classes/model-types.js";
import { OTHER_NAMES, REFUSED } from "./classes/names.js";
import { RECIPES } from "./classes/recipes.js";
import type { Recipe } from "./recipe.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

export interface TokenizerClass {
  readonly name: string;
  /** How it builds its tokenizer; undefined: tokenizer.json counts as it is. */
  readonly recipe: Recipe | undefined;
}

/** The class of a folder; throws a TokenizerError for one that is not repeated here. */
export function tokenizerClass(files: TokenizerFiles): TokenizerClass {
  requireNoCode(files);
  const chosen = chosenName(files) ?? "TokenizersBackend";
  const name = OTHER_NAMES[chosen] ?? chosen;
  const reason = REFUSED[name];
  if (reason === undefined) return { name, recipe: RECIPES[name] };
  throw new TokenizerError(
    `${configFile(files)}: transformers reads this folder with its ${name}, which ${reason}; this is not repeated here. ` +
      'With "tokenizer_class": "PreTrainedTokenizerFast" tokenizer.json counts as it is',
  );
}

/** Its name without "Fast"; undefined where tokenizer.json counts as it is. */
function chosenName(files: TokenizerFiles): string | undefined {
  const declared = declaredClass(files);
  const type = files.model["model_type"];
  const modelType = typeof type === "string" ? type : "";
  if (declared === "LlamaTokenizer" && isByteLevel(files)) return undefined;
  if (ALWAYS_AS_WRITTEN.has(modelType)) return undefined;
  const ofModel = CLASS_BY_TYPE.get(modelType);
  return OVERRULED.includes(modelType) ? ofModel : (declared ?? ofModel);
}

function declaredClass(files: TokenizerFiles): string | undefined {
  const value = files.config["tokenizer_class"] ?? files.model["tokenizer_class"] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === "string") return value.replace(/Fast$/, "");
  throw new TokenizerError(
    `${configFile(files)}: tokenizer_class is ${describeValue(value)}; it must be the name of a class`,
  );
}

/** Llama 3 and its kin name LlamaTokenizer, which they are not. */
function isByteLevel({ contents }: TokenizerFiles): boolean {
  return Buffer.from(contents.get("tokenizer.json") ?? []).includes('"ByteLevel"');
}

function requireNoCode(files: TokenizerFiles): void {
  const map = files.config["auto_map"];
  const names = typeof map === "object" && map !== null ? map : {};
  if (!Array.isArray(map) && !("AutoTokenizer" in names)) return;
  throw new TokenizerError(
    `${configFile(files)}: auto_map names a tokenizer written in Python, which cannot run here; ` +
      "remove auto_map if tokenizer.json alone gives the right ids",
  );
}

function configFile({ folder }: TokenizerFiles): string {
  return path.join(folder, "tokenizer_config.json");
}
