// Random numbers: one seed for the process, and generators of their own stream.
import { integer, requireValue } from "../arguments/checks.js";
import { type GeneratorRef, native } from "../native/native.js";
import { aDevice, aTensor } from "./arguments.js";
import { GENERATOR } from "./scope.js";
import { Tensor } from "./tensor.js";

/** Seeds the default generators of the CPU and of every GPU. */
export function manualSeed(seed: number): void {
  requireValue("manualSeed: seed", seed, integer({ min: 0 }));
  native.manualSeed(seed);
}

/** State of a device's default generator, a uint8 tensor on the CPU. */
export function rngState(device = "cpu"): Tensor {
  requireValue("rngState: device", device, aDevice);
  return new Tensor(native.generatorState(device));
}

/** Continues a device's default generator from a state that `rngState` gave. */
export function setRngState(state: Tensor, device = "cpu"): void {
  requireValue("setRngState: state", state, aTensor);
  requireValue("setRngState: device", device, aDevice);
  native.setGeneratorState(device, state.handle);
}

/** Of the `count` numbers that `randn` draws from a new CPU generator with this seed, some: the others are not made. */
export function normalNumbers(
  seed: number,
  count: number,
  [from, to]: readonly [from: number, to: number],
): Tensor {
  return new Tensor(native.normalNumbers(seed, count, from, to));
}

/** A stream of random numbers that depends on its seed alone. */
export class Generator {
  readonly [GENERATOR]: GeneratorRef;

  constructor(seed: number, device = "cpu") {
    requireValue("new Generator: seed", seed, integer({ min: 0 }));
    requireValue("new Generator: device", device, aDevice);
    this[GENERATOR] = native.createGenerator(seed, device);
  }

  /** The state of this stream: uint8, on the CPU. */
  getState(): Tensor {
    return new Tensor(native.generatorState(this[GENERATOR]));
  }

  /** Goes on from a state that `getState` gave. */
  setState(state: Tensor): void {
    native.setGeneratorState(this[GENERATOR], state.handle);
  }
}
