// Options are refused with the nearest name and with what is allowed.
import { describe, expect, it } from "vitest";
import {
  anyOf,
  integer,
  listOf,
  nullable,
  number,
  oneOf,
  requireValue,
} from "../../src/arguments/checks.js";
import { checkOptions } from "../../src/arguments/options.js";

const table = {
  lr: number({ min: 0 }),
  betas: listOf(number({ min: 0, below: 1 }), { length: 2 }),
  maxSteps: nullable(integer({ min: 1 })),
  reduction: oneOf("sum", "mean"),
};
const check = (options: object) => () =>
  checkOptions("train", options as Record<keyof typeof table, unknown>, table);

describe("options", () => {
  it("passes what the table allows, and options that are undefined", () => {
    expect(check({ lr: 0, betas: [0.9, 0.99], maxSteps: null, reduction: "sum" })).not.toThrow();
    expect(check({ lr: undefined })).not.toThrow();
  });

  it("names the nearest option for one that does not exist", () => {
    expect(check({ maxstep: 1 })).toThrow(
      "train has no option maxstep; did you mean maxSteps? Its options: lr, betas, maxSteps, reduction",
    );
    expect(check({ toString: 1 })).toThrow("train has no option toString. Its options: lr");
  });

  it.each([
    [{ lr: Number.NaN }, RangeError, "train: lr must be a number of at least 0, got NaN"],
    [{ lr: Infinity }, RangeError, "got Infinity"],
    [{ lr: "1" }, TypeError, 'train: lr must be a number of at least 0, got "1"'],
    [{ betas: [0.9] }, RangeError, "train: betas must be a list of 2 numbers"],
    [
      { maxSteps: 1.5 },
      RangeError,
      "train: maxSteps must be a whole number of at least 1, or null",
    ],
    [{ reduction: "none" }, RangeError, 'train: reduction must be "sum" or "mean", got "none"'],
    [
      [],
      TypeError,
      "train takes an object of options, got []; its options: lr, betas, maxSteps, reduction",
    ],
  ])("refuses %j", (options, kind, message) => {
    expect(check(options)).toThrow(kind);
    expect(check(options)).toThrow(message);
  });

  it("finds a short name by its initials, and one that is part of what was written", () => {
    expect(check({ learningRate: 1 })).toThrow("did you mean lr?");
    expect(check({ learning_rate: 1 })).toThrow("did you mean lr?");
    expect(check({ numMaxSteps: 1 })).toThrow("did you mean maxSteps?");
  });

  it("takes an instance of a class for no options", () => {
    expect(check(new (class Model {})())).toThrow("got a Model");
    expect(check(Object.create(null) as object)).not.toThrow();
  });

  it("says that a number must be finite", () => {
    expect(check({ lr: Infinity })).toThrow("got Infinity; it must be finite");
  });

  it("says what a value is in one line", () => {
    const what = (value: unknown) => () =>
      requireValue("x", value, anyOf(integer(), oneOf("auto")));
    expect(what(undefined)).toThrow('x must be a whole number, or "auto", got undefined');
    expect(what(new Map())).toThrow("got a Map");
    expect(what({ a: [1] })).toThrow("got { a: [1] }");
    expect(what("y".repeat(1000))).toThrow(/^.{1,150}$/);
  });
});
