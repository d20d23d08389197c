// What may have been meant by a method that an object lacks: `torch.no_grad is not a function; did you mean torch.noGrad?`

import { nearest } from "../../src/arguments/nearest.js";
import type { ErrorReport } from "../link/messages.js";
import type { Evaluator } from "./evaluator.js";
import { completeNames } from "./lookup.js";

const NO_FUNCTION = /^([\w$.]+)\.([\w$]+) is not a function$/;

/** The report with the nearest name that the object has now, if one is near. */
export function withHint(report: ErrorReport, evaluator: Evaluator): ErrorReport {
  const [, object, name] = NO_FUNCTION.exec(report.message) ?? [];
  if (object === undefined || name === undefined) return report;
  const [near] = nearest(name, completeNames(evaluator, object));
  if (near === undefined || near === name) return report;
  return { ...report, message: `${report.message}; did you mean ${object}.${near}?` };
}
