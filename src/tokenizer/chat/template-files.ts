// The chat templates of a model folder, by name, from wherever transformers writes them: files for templates overrule
// tokenizer_config.json, and chat_template.json, which is a processor's, serves where there is nothing else.
import path from "node:path";
import { describeValue } from "../../arguments/describe-value.js";
import { parseJsonObject } from "../../files/json-file.js";
import { TokenizerError, tokenizerProblem } from "../tokenizer-error.js";
import type { TokenizerFiles } from "../tokenizer-files.js";

/** The name of a folder's only template. */
export const DEFAULT = "default";
export const TEMPLATES_FOLDER = "additional_chat_templates";
const SUFFIX = ".jinja";

/** Templates by name; none where the folder has none. */
export function chatTemplatesOf(files: TokenizerFiles): ReadonlyMap<string, string> {
  const inFiles = templateFiles(files);
  if (inFiles.size > 0) return inFiles;
  const inConfig = configTemplates(files);
  return inConfig.size > 0 ? inConfig : processorTemplate(files);
}

function templateFiles({ folder, contents }: TokenizerFiles): Map<string, string> {
  const templates = new Map<string, string>();
  for (const [name, bytes] of contents) {
    if (!name.endsWith(SUFFIX)) continue;
    const inFolder = name.startsWith(`${TEMPLATES_FOLDER}/`);
    const named = path.basename(name, SUFFIX);
    templates.set(inFolder ? named : DEFAULT, decoded(path.join(folder, name), bytes));
  }
  return templates;
}

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TokenizerError(`${file}: is not UTF-8 text; expected a chat template`, { cause });
  }
}

function configTemplates({ folder, config }: TokenizerFiles): Map<string, string> {
  const given = config["chat_template"] ?? null;
  if (given === null) return new Map();
  if (typeof given === "string") return new Map([[DEFAULT, given]]);
  const list = Array.isArray(given) ? given : [given];
  return new Map(
    list.map((entry: unknown) => {
      const { name, template } = (entry ?? {}) as { name?: unknown; template?: unknown };
      if (typeof name === "string" && typeof template === "string") return [name, template];
      throw new TokenizerError(
        `${path.join(folder, "tokenizer_config.json")}: chat_template must be text, or a list of { "name", "template" }, ` +
          `got ${describeValue(entry)}`,
      );
    }),
  );
}

function processorTemplate({ folder, contents }: TokenizerFiles): Map<string, string> {
  const bytes = contents.get("chat_template.json");
  if (bytes === undefined) return new Map();
  const file = path.join(folder, "chat_template.json");
  const template = parseJsonObject(bytes, { path: file, problem: tokenizerProblem }).get(
    "chat_template",
  );
  if (typeof template === "string") return new Map([[DEFAULT, template]]);
  throw new TokenizerError(`${file}: "chat_template" must be text, got ${describeValue(template)}`);
}
