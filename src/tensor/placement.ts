// What `x.to(target)` and `model.to(target)` take: a dtype, a device, both, or a tensor to be like.
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aDevice, aDType } from "./arguments.js";
import { DEVICE_PATTERN, type DeviceName, DTYPES, type DType, type Placement } from "./dtype.js";

const KNOWN_DTYPES: ReadonlySet<string> = new Set(DTYPES);

/** What PyTorch also calls them. */
const OTHER_NAMES: Readonly<Record<string, DType>> = {
  ...{ float: "float32", half: "float16", double: "float64", fp16: "float16", bf16: "bfloat16" },
  ...{ fp32: "float32", long: "int64", int: "int32", short: "int16", byte: "uint8" },
};

const OPTIONS: OptionTable<Placement> = { dtype: aDType, device: aDevice };

/** A dtype, a device, or an object with one of them or both. */
export type Target = DType | DeviceName | Placement;

/**
 * The dtype, the device or both that `target` and `other` name.
 * @throws TypeError when one of them names neither, or something else as well, or both name the same
 */
export function placementOf(target: Target, other?: Target): Placement {
  const first = named(target);
  if (other === undefined) return first;
  const second = named(other);
  const twice = (["dtype", "device"] as const).find(
    (what) => first[what] !== undefined && second[what] !== undefined,
  );
  if (twice === undefined) return { ...first, ...second };
  throw new TypeError(`to() got two ${twice}s, "${first[twice]}" and "${second[twice]}"; give one`);
}

function named(target: Target): Placement {
  if (typeof target === "string") {
    if (KNOWN_DTYPES.has(target)) return { dtype: target as DType };
    if (DEVICE_PATTERN.test(target)) return { device: target };
  } else if (isPlacement(target)) {
    return target;
  }
  const meant =
    (typeof target === "string" && OTHER_NAMES[String(target).replace(/^torch\./, "")]) || "";
  throw new TypeError(
    `to() takes a dtype (${DTYPES.join(", ")}), a device ("cpu", "cuda", "cuda:1", "meta"), or { dtype, device }, got ${describeValue(target)}${meant && `; did you mean "${meant}"?`}`,
  );
}

/** A tensor, or an object of nothing but `dtype` and `device`, which is checked. */
function isPlacement(target: unknown): target is Placement {
  if (typeof target !== "object" || target === null) return false;
  if (target.constructor !== Object) return "dtype" in target && "device" in target;
  if (!isRight(target)) checkOptions("to()", target, OPTIONS);
  return "dtype" in target || "device" in target;
}

/** What `checkOptions` would let pass, at a tenth of its time: training loops convert in every step. */
function isRight(target: Placement): boolean {
  for (const name in target) if (name !== "dtype" && name !== "device") return false;
  const { dtype, device } = target;
  return (
    (dtype === undefined || KNOWN_DTYPES.has(dtype)) &&
    (device === undefined || DEVICE_PATTERN.test(device))
  );
}
