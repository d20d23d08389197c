// What is fuzzed, by the name that `--input` takes.
import { arrow } from "./inputs/arrow.mjs";
import { gguf } from "./inputs/gguf.mjs";
import { jsonl } from "./inputs/jsonl.mjs";
import { parquet } from "./inputs/parquet.mjs";
import { safetensors } from "./inputs/safetensors.mjs";
import { template } from "./inputs/template.mjs";

export const INPUTS = { arrow, gguf, jsonl, parquet, safetensors, template };
