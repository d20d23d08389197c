// Where the gradient of a parameter lies: in a part of a flat tensor, as what reduces many gradients at once wants it. Operators
// that know of places write there (notebooster::linear); other gradients are copied there once, when they are complete.
import { native } from "../native/native.js";
import type { Parameter } from "./parameter.js";
import { keep } from "./scope.js";
import { Tensor } from "./tensor.js";

/** A part of `flat`, from an element on, that is the place of the parameter's gradient as long as it lives. */
export function makeGradientPlace(flat: Tensor, offset: number, parameter: Parameter): Tensor {
  return keep(new Tensor(native.makeGradientPlace(flat.handle, offset, parameter.handle)));
}

/** Whether the parameter has a gradient, which from now on is `place`. */
export function settleGradient(parameter: Parameter, place: Tensor): boolean {
  return native.settleGradient(parameter.handle, place.handle);
}
