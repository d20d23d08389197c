// Whether ranks boost the same: with other parameters, rates or rows on one of them they would train, and nobody would see that it
// is not what was meant.
import type { Job } from "../cluster/job.js";
import type { DataLoader } from "../data/data-loader.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { groupsOf } from "./group-settings.js";
import { type Plan, PlanError } from "./plan.js";
import type { Parts } from "./plugin.js";
import { togetherNow } from "./together.js";

/** What is compared, with the name that a message gives it. */
type Described = Readonly<Record<string, string>>;

/** All ranks call it. @throws PlanError on all ranks, naming what differs between them */
export function requireAgreement(
  of: string,
  { plan, ...parts }: Partial<Parts<Module>> & { readonly plan: Plan },
  job: Job,
): void {
  if (job.worldSize === 1) return;
  const byRank = togetherNow(job, () => ({ ...flat("plan", plan), ...describe(parts) }));
  const names = new Set(byRank.flatMap((described) => Object.keys(described)));
  for (const name of names) {
    const values = byRank.map((described) => described[name] ?? "none");
    if (new Set(values).size > 1) throw differing(of, name, values);
  }
}

function differing(of: string, name: string, values: readonly string[]): PlanError {
  const told = [...new Set(values)].map((value) => {
    const ranks = values.flatMap((each, rank) => (each === value ? rank : []));
    return `${value} on rank ${ranks.join(", ")}`;
  });
  return new PlanError(
    of,
    `${name} differs between ranks: ${told.join("; ")}`,
    "run the same code with the same data on all ranks, which share the rows among them by themselves",
  );
}

function describe({
  model,
  optimizer,
  lrScheduler,
  dataloader,
}: Partial<Parts<Module>>): Described {
  return {
    ...(model && parametersOf(model)),
    ...(model && optimizer && settingsOf(model, optimizer)),
    ...(lrScheduler && scheduleOf(lrScheduler)),
    ...(dataloader && rowsOf(dataloader)),
  };
}

function parametersOf(model: Module): Described {
  return Object.fromEntries(
    [...model.namedParameters()].map(([name, { dtype, shape, requiresGrad }], i) => [
      `parameter ${i} of the model`,
      `${name} ${dtype}[${shape.join(", ")}]${requiresGrad ? "" : ", frozen"}`,
    ]),
  );
}

function settingsOf(model: Module, optimizer: Optimizer): Described {
  const groups = groupsOf(model, optimizer).map(({ parameters, settings }) => ({
    ...Object.fromEntries(settings),
    parameters,
  }));
  return { optimizer: optimizer.constructor.name, ...flat("group", groups) };
}

function scheduleOf(schedule: LRScheduler): Described {
  const state = schedule.state();
  const ratesAhead = schedule.ratesAhead(state);
  return {
    lrScheduler: schedule.constructor.name,
    ...flat("lrScheduler", { ...state, ratesAhead }),
  };
}

function rowsOf(dataloader: DataLoader): Described {
  const { digest, ...state } = dataloader.state();
  const { batchSize, dropLast = true, dataset } = dataloader.options;
  return flat("dataloader", {
    ...state,
    batchSize,
    dropLast,
    "number of rows": "length" in dataset ? dataset.length : undefined,
    "tokens of the rows": digest,
  });
}

/** "group.0.lr" and its like, so that a message names one number. */
function flat(name: string, value: unknown): Described {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null) return { [name]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, each]) => flat(`${name}.${key}`, each)),
  );
}
