// Where the legend of a panel goes: into the corner through which its curves run least.

import { bandsOf } from "./not-finite.js";
import type { Panel, PanelSeries } from "./panels.js";

/** A corner of a panel. */
export interface Corner {
  readonly x: "left" | "right";
  readonly y: "bottom" | "top";
}

/** In order of preference. */
const CORNERS: readonly Corner[] = [
  { x: "right", y: "bottom" },
  { x: "right", y: "top" },
  { x: "left", y: "bottom" },
  { x: "left", y: "top" },
];
/** The part of a panel that a legend may take. */
const [WIDTH, HEIGHT] = [0.6, 0.25];

/** The corner that is most free, the lower right one of several. */
export function freeCorner(panel: Panel): Corner {
  const isAcross = shareOf(
    panel.series.flatMap(({ steps }) => [...steps]),
    WIDTH,
  );
  const isUp = shareOf(heightsOf(panel), HEIGHT);
  const isIn = ({ x, y }: Corner, step: number, value: number): boolean =>
    isAcross(step, x === "right") && isUp(value, y === "top");
  const shareIn = ({ steps, values }: PanelSeries, corner: Corner): number =>
    steps.filter((step, i) => isIn(corner, step, values[i] ?? Number.NaN)).length / steps.length;
  const coverOf = (corner: Corner): number => {
    const labels = bandsOf(panel).filter(({ from }) => isAcross(from, corner.x === "right"));
    const numLabels = corner.y === "top" ? labels.length : 0;
    return panel.series.reduce((sum, series) => sum + shareIn(series, corner), numLabels);
  };
  return CORNERS.reduce((best, corner) => (coverOf(corner) < coverOf(best) ? corner : best));
}

function heightsOf({ series, fromZero }: Panel): number[] {
  const values = series.flatMap(({ values }) => values.filter((value) => Number.isFinite(value)));
  return [...(values as number[]), ...(fromZero ? [0] : [])];
}

/** Tells whether a number is within the upper or lower `share` of all. */
function shareOf(all: readonly number[], share: number): (of: number, isUpper: boolean) => boolean {
  const low = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const size = (high - low) * share;
  return (of, isUpper) => (isUpper ? of >= high - size : of <= low + size);
}
