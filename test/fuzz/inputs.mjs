// What is fuzzed, by the name that `--input` takes.
import { jsonl } from "./inputs/jsonl.mjs";
import { parquet } from "./inputs/parquet.mjs";
import { safetensors } from "./inputs/safetensors.mjs";
import { template } from "./inputs/template.mjs";

export const INPUTS = { jsonl, parquet, safetensors, template };
