// What a model is loaded from, whatever that is: its configuration, its weights, and what it generates with.
import { folderWeights, type StoredWeights } from "../checkpoint/stored-weights.js";
import { WeightsFolder } from "../checkpoint/weights-folder.js";
import { type HubOptions, hubFolder } from "../hub/hub-folder.js";
import { MODEL } from "../hub/wanted.js";
import { withoutBitsAndBytes } from "./bitsandbytes.js";
import { type ConfigFile, readConfig } from "./config-file.js";
import { type GenerationConfigFile, readGenerationConfig } from "./generation-config-file.js";
import { ggufSource } from "./gguf/source.js";
import { withoutChatGLM } from "./glm/chatglm.js";

/** A model that lies somewhere. */
export interface ModelSource {
  /** What `fromPretrained` was given: a folder, a file or the name of a model of the Hub. */
  readonly name: string;
  readonly config: ConfigFile;
  /** Undefined where there is none. */
  readonly generation: GenerationConfigFile | undefined;
  openWeights(): StoredWeights;
}

/** The folder or file that `fromPretrained` was given, or the folder that the Hub's files came into. */
export function modelPlace(source: string, options: HubOptions): Promise<string> {
  return hubFolder(source, MODEL, options);
}

/** The model in a folder, or in a GGUF file. @param name that it was asked for by */
export function sourceAt(place: string, name = place): ModelSource {
  if (place.endsWith(".gguf")) return { ...ggufSource(place), name };
  return { ...withoutBitsAndBytes(withoutChatGLM(inFolder(place))), name };
}

function inFolder(folder: string): ModelSource {
  return {
    name: folder,
    config: readConfig(folder),
    generation: readGenerationConfig(folder),
    openWeights: () => folderWeights(WeightsFolder.open(folder)),
  };
}
