// The two rotations of a Gemma 3: sliding layers have a base of their own and are never scaled. transformers 4 writes
// `rope_theta`, `rope_scaling` and `rope_local_base_freq`, transformers 5 `rope_parameters` of each type of layer.
import { number } from "../../arguments/checks.js";
import { CheckpointError } from "../../checkpoint/checkpoint-error.js";
import type { Fields, Schema } from "../../files/check-fields.js";
import { describeJson } from "../../files/check-fields.js";
import type { StrictJsonObject } from "../../files/strict-json.js";
import type { ConfigPart } from "../config-table.js";
import { type Rope, type RotaryConfig, rotary } from "../rotary/config.js";

/** Rotary positions of layers of two types. */
export interface Gemma3Rope extends Pick<RotaryConfig, "ropeTheta" | "ropeScaling"> {
  /** Base of the rotary frequencies in sliding layers. */
  readonly ropeLocalBaseFreq: number;
}

const FULL = rotary(1e6);
const SLIDING = rotary(1e4);
const local = number({ above: 0 });

/** The two rotations as fields of a configuration. */
export const GEMMA3_ROTARY: ConfigPart<Gemma3Rope> = {
  options: { ...FULL.options, ropeLocalBaseFreq: local },
  defaults: { ...FULL.defaults, ropeLocalBaseFreq: SLIDING.defaults.ropeTheta },
  schema: { ...FULL.schema, rope_local_base_freq: local },
  read: (fields, path) => {
    const full: object = { ...fields, rope_parameters: ofType(fields, "full_attention") };
    const { ropeTheta: ropeLocalBaseFreq } = readSliding(fields, path);
    return { ...FULL.read(full as Fields<Schema>, path), ropeLocalBaseFreq };
  },
  write: ({ ropeLocalBaseFreq, ...full }) => ({
    ...FULL.write(full),
    rope_local_base_freq: ropeLocalBaseFreq,
  }),
};

function readSliding(fields: Fields<Schema>, path: string): Rope {
  const { rope_local_base_freq: rope_theta } = fields as { rope_local_base_freq?: number };
  const rope_parameters = ofType(fields, "sliding_attention");
  const said: object = { rope_parameters, ...(rope_theta !== undefined && { rope_theta }) };
  const rope = SLIDING.read(said as Fields<Schema>, path);
  if (rope.ropeScaling === null) return rope;
  throw new CheckpointError(
    `"rope_parameters.sliding_attention" must have the rope_type "default", got ${describeJson(rope_parameters)}`,
    { path },
  );
}

/** What `rope_parameters` says of layers of a type; null: nothing. */
function ofType(fields: Fields<Schema>, type: string): StrictJsonObject | null {
  const { rope_parameters: all } = fields as { rope_parameters?: StrictJsonObject | null };
  return (all?.get(type) ?? null) as StrictJsonObject | null;
}
