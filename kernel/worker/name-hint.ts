// What may have been meant by a call of what is no function: `torch.no_grad is not a function; did you mean torch.noGrad?`,
// `model is not a function; call model.forward(...)`.

import { nearest } from "../../src/arguments/nearest.js";
import type { ErrorReport } from "../link/messages.js";
import type { Evaluator } from "./evaluator.js";
import { completeNames } from "./lookup.js";
import { insteadOfCall } from "./pytorch-names.js";

const NO_FUNCTION = /^(?:([\w$.]+)\.)?([\w$]+) is not a function$/;
/** What our modules, tensors and entries have, and little else. */
const OURS = ["namedModules", "requiresGrad", "crossEntropy"];

/** The report with what to write instead, if that is known. */
export function withHint(report: ErrorReport, evaluator: Evaluator): ErrorReport {
  const [, object, name] = NO_FUNCTION.exec(report.message) ?? [];
  if (name === undefined) return report;
  const hint = forwardHint(object, name, evaluator) ?? memberHint(object, name, evaluator);
  return hint === undefined ? report : { ...report, message: `${report.message}; ${hint}` };
}

/** Of a module that is called. What `this` was is gone when an error is told. */
function forwardHint(
  object: string | undefined,
  name: string,
  evaluator: Evaluator,
): string | undefined {
  const called = object === undefined ? name : `${object}.${name}`;
  if (completeNames(evaluator, called).includes("forward")) return `call ${called}.forward(...)`;
  return object === "this" ? `if it is a module, call ${called}.forward(...)` : undefined;
}

function memberHint(
  object: string | undefined,
  name: string,
  evaluator: Evaluator,
): string | undefined {
  if (object === undefined) return undefined;
  const names = completeNames(evaluator, object);
  const instead = OURS.some((own) => names.includes(own)) ? insteadOfCall(name) : undefined;
  if (instead !== undefined) return instead;
  const [near] = nearest(name, names);
  return near === undefined || near === name ? undefined : `did you mean ${object}.${near}?`;
}
