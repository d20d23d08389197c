// A memory plan as a picture: what is held at the peak as one bar, with its terms below, and what each block leaves for its backward pass.
import { byteText } from "./byte-text.js";
import { INK, text } from "./panel-svg.js";

/** What is drawn; booster/memory-plan makes it. */
export interface DrawnPlan {
  readonly terms: readonly { readonly title: string; readonly bytes: number }[];
  readonly blocks: readonly { readonly name: string; readonly bytes: number }[];
  readonly totalBytes: number;
  readonly hostBytes: number;
  readonly budgetBytes: number | undefined;
}

const WIDTH = 720;
const LEFT = 24;
const INNER = WIDTH - 2 * LEFT;
const LINE = 20;
const BAR = 28;
const COLORS = [
  "#2563d9",
  "#a63a50",
  "#1d8a54",
  "#d9730d",
  "#7d4ec2",
  "#12818f",
  "#b93d80",
  "#5d6570",
  "#9aa3ad",
];

/** A page of SVG on a light card, so that it reads on any page. */
export function memoryPlanSvg(plan: DrawnPlan): string {
  const shown = plan.terms.filter(({ bytes }) => bytes > 0);
  const whole = Math.max(plan.totalBytes, plan.budgetBytes ?? 0, 1);
  const numRows = shown.length + (plan.budgetBytes === undefined ? 0 : 1);
  const legendEnd = rowOf(numRows);
  const height = legendEnd + 2 * LINE + 60;
  const parts = [
    text(LEFT, 24, headingOf(plan), `fill="${INK.text}" font-size="14"`),
    ...barOf(shown, whole),
    ...budgetLine(plan.budgetBytes, whole),
    ...shown.map(({ title, bytes }, i) => legend(`${title} ${byteText(bytes)}`, i)),
    ...budgetLegend(plan.budgetBytes, shown.length),
    text(
      LEFT,
      legendEnd + LINE,
      "left by each block for its backward pass",
      `fill="${INK.muted}" font-size="12"`,
    ),
    ...blocksOf(plan.blocks, legendEnd + LINE + 12),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...parts,
    "</svg>",
  ].join("\n");
}

function headingOf({ totalBytes, budgetBytes, hostBytes }: DrawnPlan): string {
  const of = budgetBytes === undefined ? "" : ` of ${byteText(budgetBytes)}`;
  const beside = hostBytes === 0 ? "" : `, ${byteText(hostBytes)} in the host's memory`;
  return `needed ${byteText(totalBytes)}${of}${beside}`;
}

function barOf(terms: DrawnPlan["terms"], whole: number): string[] {
  let x = LEFT;
  return terms.map(({ title, bytes }, i) => {
    const width = (bytes / whole) * INNER;
    const rect = `<rect x="${x.toFixed(1)}" y="36" width="${width.toFixed(1)}" height="${BAR}" fill="${colorOf(i)}"><title>${title}: ${byteText(bytes)}</title></rect>`;
    x += width;
    return rect;
  });
}

function budgetLine(budget: number | undefined, whole: number): string[] {
  if (budget === undefined) return [];
  const x = (LEFT + (budget / whole) * INNER).toFixed(1);
  return [
    `<line x1="${x}" x2="${x}" y1="30" y2="${42 + BAR}" stroke="${INK.alarm}" stroke-width="2"/>`,
  ];
}

/** Below the terms, with the line that it explains. */
function budgetLegend(budget: number | undefined, row: number): string[] {
  if (budget === undefined) return [];
  const y = rowOf(row);
  const x = LEFT + 6;
  const line = `<line x1="${x}" x2="${x}" y1="${y - 10}" y2="${y + 2}" stroke="${INK.alarm}" stroke-width="2"/>`;
  return [
    line,
    text(LEFT + 20, y, `budget ${byteText(budget)}`, `fill="${INK.text}" font-size="12"`),
  ];
}

function rowOf(index: number): number {
  return 40 + BAR + LINE * (index + 1);
}

function legend(title: string, index: number): string {
  const y = rowOf(index);
  const square = `<rect x="${LEFT}" y="${y - 10}" width="12" height="12" fill="${colorOf(index)}"/>`;
  return square + text(LEFT + 20, y, title, `fill="${INK.text}" font-size="12"`);
}

function blocksOf(blocks: DrawnPlan["blocks"], y: number): string[] {
  const most = Math.max(1, ...blocks.map(({ bytes }) => bytes));
  const width = INNER / Math.max(1, blocks.length);
  return blocks.map(({ name, bytes }, i) => {
    const height = (Math.max(0, bytes) / most) * 48;
    const x = (LEFT + i * width).toFixed(1);
    return `<rect x="${x}" y="${(y + 48 - height).toFixed(1)}" width="${Math.max(0.5, width - 1).toFixed(1)}" height="${height.toFixed(1)}" fill="#7d4ec2"><title>${name}: ${byteText(bytes)}</title></rect>`;
  });
}

function colorOf(index: number): string {
  return COLORS[index % COLORS.length] as string;
}
