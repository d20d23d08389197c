// The 1cycle policy (Smith and Topin 2018, "Super-Convergence"): up to the groups' own rates and down again far below where it
// began, momentum going the other way.
import { boolean, integer, number, oneOf } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import type { Optimizer, ParamGroup } from "./optimizer.js";
import { cosine, ScheduleWithOptions } from "./schedule-with-options.js";

/** Options of `OneCycleLR`, with PyTorch's and Colossal-AI's names in camel case and their defaults. */
export interface OneCycleOptions {
  /** Optimizer steps of the cycle; after it the rate stays. */
  readonly totalSteps: number;
  /** Share of the steps on the way up, default 0.3. */
  readonly pctStart?: number;
  /** Along half a cosine or a line, default "cos". */
  readonly annealStrategy?: "cos" | "linear";
  /** Whether momentum, or the first of betas, goes the other way; default true. */
  readonly cycleMomentum?: boolean;
  /** Momentum at the top, default 0.85. */
  readonly baseMomentum?: number;
  /** Momentum at the beginning and the end, default 0.95. */
  readonly maxMomentum?: number;
  /** The groups' own rates are this much higher than those of the beginning; default 25. */
  readonly divFactor?: number;
  /** Those of the beginning are this much higher than those of the end; default 10,000. */
  readonly finalDivFactor?: number;
  /** Whether it goes down as slowly as up, and only then far below; default false. */
  readonly threePhase?: boolean;
}

const momentum = number({ min: 0, below: 1 });
const TABLE: OptionTable<OneCycleOptions> = {
  totalSteps: integer({ min: 2 }),
  pctStart: number({ min: 0, max: 1 }),
  annealStrategy: oneOf("cos", "linear"),
  cycleMomentum: boolean,
  baseMomentum: momentum,
  maxMomentum: momentum,
  divFactor: number({ above: 0 }),
  finalDivFactor: number({ above: 0 }),
  threePhase: boolean,
};
const DEFAULTS: Omit<OneCycleOptions, "totalSteps"> = {
  ...({ pctStart: 0.3, annealStrategy: "cos", cycleMomentum: true, threePhase: false } as const),
  ...{ baseMomentum: 0.85, maxMomentum: 0.95, divFactor: 25, finalDivFactor: 1e4 },
};

/** From the groups' own rates over `divFactor` up to them, then down to the first over `finalDivFactor`. */
export class OneCycleLR extends ScheduleWithOptions<OneCycleOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: OneCycleOptions, ...more: never[]) {
    super(optimizer, options, { table: TABLE, defaults: DEFAULTS }, more);
  }

  protected override problems(): readonly string[] {
    if (!this.options.cycleMomentum || this.groups.every(hasMomentum)) return [];
    return [
      "cycleMomentum needs an optimizer with momentum or betas; give cycleMomentum: false to change its rates alone",
    ];
  }

  protected override rate(step: number, baseLr: number): number {
    const low = baseLr / this.options.divFactor;
    return at(step, { low, high: baseLr, last: low / this.options.finalDivFactor }, this.options);
  }

  protected override applied(step: number): void {
    const { cycleMomentum, baseMomentum, maxMomentum } = this.options;
    if (!cycleMomentum) return;
    const ends = { low: maxMomentum, high: baseMomentum, last: maxMomentum };
    for (const group of this.groups) giveMomentum(group, at(step, ends, this.options));
  }
}

interface Ends {
  readonly low: number;
  readonly high: number;
  readonly last: number;
}

/** From `begin` to `end` the value goes from `from` to `to`. */
interface Phase {
  readonly begin: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** The value of a step, between the ends of its phase. */
function at(step: number, ends: Ends, options: Required<OneCycleOptions>): number {
  const phases = phasesOf(ends, options);
  const { begin, end, from, to } =
    phases.find((phase) => step <= phase.end) ?? (phases[phases.length - 1] as Phase);
  const progress = Math.min(1, (step - begin) / (end - begin));
  if (options.annealStrategy === "cos") return cosine(from, to, progress);
  return (to - from) * progress + from;
}

function phasesOf(
  { low, high, last }: Ends,
  { totalSteps, pctStart, threePhase }: Required<OneCycleOptions>,
): readonly Phase[] {
  const top = pctStart * totalSteps - 1;
  const up = { begin: 0, end: top, from: low, to: high };
  const end = totalSteps - 1;
  if (!threePhase) return [up, { begin: top, end, from: high, to: last }];
  const down = { begin: top, end: 2 * top, from: high, to: low };
  return [up, down, { begin: 2 * top, end, from: low, to: last }];
}

interface WithMomentum {
  readonly momentum?: number;
  readonly betas?: readonly number[];
}

function hasMomentum(group: ParamGroup): boolean {
  return "momentum" in group || "betas" in group;
}

function giveMomentum(group: ParamGroup & WithMomentum, value: number): void {
  if (group.betas !== undefined) Object.assign(group, { betas: [value, ...group.betas.slice(1)] });
  if (group.momentum !== undefined) Object.assign(group, { momentum: value });
}
