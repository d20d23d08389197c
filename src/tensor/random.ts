// Random numbers: one seed for the process, and generators of their own stream.
import { type GeneratorRef, native } from "../native/native.js";
import { GENERATOR } from "./scope.js";
import { Tensor } from "./tensor.js";

/** Seeds the default generators of the CPU and of every GPU. */
export function manualSeed(seed: number): void {
  native.manualSeed(seed);
}

/** State of a device's default generator, a uint8 tensor on the CPU. */
export function rngState(device = "cpu"): Tensor {
  return new Tensor(native.generatorState(device));
}

/** Continues a device's default generator from a state that `rngState` gave. */
export function setRngState(state: Tensor, device = "cpu"): void {
  native.setGeneratorState(device, state.handle);
}

/** A stream of random numbers that depends on its seed alone. */
export class Generator {
  readonly [GENERATOR]: GeneratorRef;

  constructor(seed: number, device = "cpu") {
    this[GENERATOR] = native.createGenerator(seed, device);
  }

  getState(): Tensor {
    return new Tensor(native.generatorState(this[GENERATOR]));
  }

  setState(state: Tensor): void {
    native.setGeneratorState(this[GENERATOR], state.handle);
  }
}
