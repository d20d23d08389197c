// Names of models on the Hugging Face Hub, which look like paths of folders: "gpt2", "Qwen/Qwen3-0.6B".

const HUB_NAME = /^(?:[\w-][\w.-]*\/)?[\w-][\w.-]*$/;

/** What to do where a model's folder is not there. */
export function remedyForMissing(folder: string): string {
  if (!HUB_NAME.test(folder)) return "check the path";
  return `check the path; nothing is downloaded from the Hub: huggingface-cli download ${folder} --local-dir ${folder} makes the folder`;
}
