// A snapshot of memory as a picture: for each device how its memory divides by kind of holder, the largest holders as bars, and
// on GPUs the allocator's segments, whose gaps are memory that is reserved and unused.

import { byteText } from "./byte-text.js";
import { INK, text } from "./panel-svg.js";

/** One allocation, as src/device/holders.ts describes it. */
export interface SnapshotHolder {
  readonly name: string;
  readonly kind: "parameter" | "gradient" | "optimizer" | "scope" | "variable";
  /** "cpu" or "cuda:0". */
  readonly device: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

export interface SnapshotSegment {
  readonly gpu: number;
  readonly bytes: number;
  readonly isGraphPool: boolean;
  readonly blocks: readonly { readonly bytes: number; readonly isAllocated: boolean }[];
}

/** What a memory snapshot file holds, as JSON. */
export interface SnapshotContent {
  readonly format: "notebooster-memory-1";
  /** ISO 8601 */
  readonly takenAt: string;
  readonly devices: readonly {
    readonly device: string;
    readonly allocatedBytes: number;
    readonly reservedBytes: number;
    readonly totalBytes: number;
  }[];
  readonly holders: readonly SnapshotHolder[];
  readonly segments: readonly SnapshotSegment[];
}

const WIDTH = 960;
const LEFT = 24;
const INNER = WIDTH - 2 * LEFT;
const MAX_HOLDERS = 16;
const MAX_SEGMENTS = 32;
const LINE = 20;

const KINDS = {
  parameter: { color: "#2563d9", label: "parameters" },
  gradient: { color: "#d9730d", label: "gradients" },
  optimizer: { color: "#a63a50", label: "optimizer state" },
  variable: { color: "#1d8a54", label: "variables" },
  scope: { color: "#7d4ec2", label: "open scopes" },
  other: { color: "#5d6570", label: "autograd, native" },
  free: { color: "#e4e7eb", label: "unused" },
} as const;
type Kind = keyof typeof KINDS;

/** A part of the picture and its height. */
interface Part {
  readonly svg: string[];
  readonly height: number;
}

/** The picture of a snapshot as SVG text. */
export function memoryMapSvg(snapshot: SnapshotContent): string {
  const svg: string[] = [
    text(LEFT, 30, "Memory", `font-size="16" font-weight="bold" fill="${INK.text}"`),
    text(WIDTH - LEFT, 30, snapshot.takenAt, `text-anchor="end" fill="${INK.muted}"`),
  ];
  let y = 48;
  for (const { device } of snapshot.devices) {
    for (const draw of [dividedBar, holderBars, segmentRows]) {
      const part = draw(snapshot, device, y);
      svg.push(...part.svg);
      y += part.height;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="DejaVu Sans" font-size="12">`,
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${y - 1}" rx="10" fill="#ffffff" stroke="${INK.grid}"/>`,
    ...svg,
    "</svg>",
  ].join("\n");
}

function dividedBar(snapshot: SnapshotContent, device: string, y: number): Part {
  const { allocatedBytes, reservedBytes, totalBytes } = deviceOf(snapshot, device);
  const parts = divide(snapshot, device);
  const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0) || 1;
  const title = `${device}: ${byteText(allocatedBytes)} in tensors, ${byteText(reservedBytes)} reserved, of ${byteText(totalBytes)}`;
  const svg = [text(LEFT, y + 18, title, `font-size="13" font-weight="bold" fill="${INK.text}"`)];
  let x = LEFT;
  for (const [kind, bytes] of parts) {
    const width = (bytes / total) * INNER;
    svg.push(
      rect(
        { x, y: y + 28, width, height: 26 },
        KINDS[kind].color,
        `${KINDS[kind].label}: ${byteText(bytes)}`,
      ),
    );
    x += width;
  }
  return { svg: [...svg, ...legend(parts, y + 72)], height: 90 };
}

function legend(parts: readonly [Kind, number][], y: number): string[] {
  let x = LEFT;
  return parts.flatMap(([kind, bytes]) => {
    const { color, label } = KINDS[kind];
    const content = `${label} ${byteText(bytes)}`;
    const at = x;
    x += 26 + content.length * 6.6;
    return [
      rect({ x: at, y: y - 9, width: 11, height: 11 }, color, label),
      text(at + 16, y, content, `fill="${INK.text}"`),
    ];
  });
}

/** Bytes of a device by kind, in the order of KINDS, without empty ones. On the host native holders are not known. */
function divide(snapshot: SnapshotContent, device: string): [Kind, number][] {
  const bytes = new Map<Kind, number>();
  for (const holder of snapshot.holders) {
    if (holder.device === device)
      bytes.set(holder.kind, (bytes.get(holder.kind) ?? 0) + holder.bytes);
  }
  if (device !== "cpu") {
    const { allocatedBytes, reservedBytes } = deviceOf(snapshot, device);
    const known = [...bytes.values()].reduce((sum, part) => sum + part, 0);
    bytes.set("other", Math.max(0, allocatedBytes - known));
    bytes.set("free", Math.max(0, reservedBytes - allocatedBytes));
  }
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const part = bytes.get(kind) ?? 0;
    return part === 0 ? [] : [[kind, part] as [Kind, number]];
  });
}

function holderBars(snapshot: SnapshotContent, device: string, y: number): Part {
  const all = snapshot.holders.filter((holder) => holder.device === device);
  const shown = all.slice(0, MAX_HOLDERS);
  const most = shown[0]?.bytes ?? 1;
  const svg = shown.flatMap((holder, index) => {
    const top = y + index * LINE;
    const what = `${byteText(holder.bytes)}  ${holder.dtype}[${holder.shape.join(", ")}]  ${holder.name}`;
    const width = Math.max(2, (holder.bytes / most) * 220);
    return [
      rect({ x: LEFT, y: top + 3, width, height: 13 }, KINDS[holder.kind].color, holder.kind),
      text(LEFT + 232, top + 14, what, `fill="${INK.text}"`),
    ];
  });
  const rest = all.slice(MAX_HOLDERS);
  if (rest.length === 0) return { svg, height: shown.length * LINE + 16 };
  const sum = rest.reduce((total, { bytes }) => total + bytes, 0);
  const note = `and ${rest.length} more with ${byteText(sum)}`;
  svg.push(text(LEFT + 232, y + shown.length * LINE + 14, note, `fill="${INK.muted}"`));
  return { svg, height: (shown.length + 1) * LINE + 16 };
}

function segmentRows(snapshot: SnapshotContent, device: string, y: number): Part {
  const all = snapshot.segments
    .filter(({ gpu }) => `cuda:${gpu}` === device)
    .sort((a, b) => b.bytes - a.bytes);
  if (all.length === 0) return { svg: [], height: 0 };
  const shown = all.slice(0, MAX_SEGMENTS);
  const most = (shown[0] as SnapshotSegment).bytes;
  const title = `Segments of the allocator (${shown.length} largest of ${all.length}; outlined: pools of CUDA graphs)`;
  const svg = [text(LEFT, y + 14, title, `fill="${INK.muted}"`)];
  for (const [index, segment] of shown.entries())
    svg.push(...segmentRow(segment, y + 24 + index * 13, INNER / most));
  return { svg, height: 24 + shown.length * 13 + 16 };
}

function segmentRow(segment: SnapshotSegment, y: number, scale: number): string[] {
  let x = LEFT;
  const blocks = segment.blocks.map((block) => {
    const box = { x, y, width: block.bytes * scale, height: 10 };
    x += box.width;
    return rect(
      box,
      block.isAllocated ? KINDS.parameter.color : KINDS.free.color,
      byteText(block.bytes),
    );
  });
  if (!segment.isGraphPool) return blocks;
  const outline = `x="${LEFT}" y="${y}" width="${(segment.bytes * scale).toFixed(2)}" height="10"`;
  return [...blocks, `<rect ${outline} fill="none" stroke="${INK.text}"/>`];
}

function rect(
  box: { x: number; y: number; width: number; height: number },
  color: string,
  title: string,
): string {
  const at = `x="${box.x.toFixed(2)}" y="${box.y.toFixed(2)}" width="${Math.max(0.5, box.width).toFixed(2)}" height="${box.height}"`;
  return `<rect ${at} fill="${color}" stroke="#ffffff" stroke-width="0.5"><title>${title}</title></rect>`;
}

function deviceOf(snapshot: SnapshotContent, device: string): SnapshotContent["devices"][number] {
  const found = snapshot.devices.find((entry) => entry.device === device);
  if (found === undefined) throw new Error(`the snapshot says nothing about ${device}`);
  return found;
}
