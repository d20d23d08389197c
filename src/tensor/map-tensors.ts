// Tensors in what functions take and give: alone, in arrays and in plain objects.
import { isPlainObject } from "../arguments/plain-object.js";
import { Tensor } from "./tensor.js";

/** `value` with each tensor in it replaced; objects of a class go along as they are. */
export function mapTensors<T>(value: T, map: (tensor: Tensor) => Tensor): T {
  if (value instanceof Tensor) return map(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapTensors(one, map)) as T;
  if (!isPlainObject(value)) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, mapTensors(each, map)]);
  return Object.fromEntries(fields) as T;
}
