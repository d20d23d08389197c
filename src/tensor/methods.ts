// Operators and conversions as methods of a tensor, under their PyTorch names in camel case.
import { camelCase } from "../arguments/cases.js";
import type { OperatorRef } from "../native/native.js";
import { CONVERSIONS } from "./conversions.js";
import { findOperator, type Invoke, type Result } from "./dispatch.js";
import { LENGTHS_METHODS, METHOD_NAMES } from "./generated/method-names.js";
import type { Tensor } from "./tensor.js";

type Method = (this: Tensor, ...args: unknown[]) => Result<Tensor>;

/** Defines what `TensorMethods` and `Conversions` declare. */
export function installMethods(prototype: Tensor, invoke: Invoke<Tensor>): void {
  const install = (name: string, value: Method) =>
    Object.defineProperty(prototype, camelCase(name), {
      value,
      writable: true,
      configurable: true,
    });
  for (const [name, target] of Object.entries(CONVERSIONS))
    install(name, function () {
      return this.to(target);
    });
  for (const name of METHOD_NAMES) install(name, method(`aten::${name}`, invoke));
  for (const name of LENGTHS_METHODS) install(name, lengthsMethod(`aten::${name}`, invoke));
  for (const [name, value] of Object.entries(LATER_OPERATORS)) install(name, value(invoke));
}

/** PyTorch 2.11 has no operators of these names: what they tell is asked for in another way. */
const LATER_OPERATORS: Readonly<Record<string, (invoke: Invoke<Tensor>) => Method>> = {
  dim: () =>
    function () {
      return this.ndim;
    },
  get_device: () =>
    function () {
      return this.device.startsWith("cuda:") ? Number(this.device.slice("cuda:".length)) : -1;
    },
  is_contiguous: (invoke) => method("aten::sym_is_contiguous", invoke),
  storage_offset: (invoke) => method("aten::sym_storage_offset", invoke),
};

/** x.view(2, 3) is x.view([2, 3]). */
function lengthsMethod(name: string, invoke: Invoke<Tensor>): Method {
  let operator: OperatorRef | undefined;
  return function (...args) {
    operator ??= findOperator(name);
    let count = 0;
    while (typeof args[count] === "number") count++;
    return invoke(operator, args, this, count);
  };
}

function method(name: string, invoke: Invoke<Tensor>): Method {
  let operator: OperatorRef | undefined;
  return function (...args) {
    operator ??= findOperator(name);
    return invoke(operator, args, this);
  };
}
