// Whether JavaScript may be ended where it is. Only code of cells may, and what it has called: an end in the midst of Node's own
// functions or the kernel's loses what they were about to do, such as a message that was read from the kernel and not handed
// on, and one in what the inspector runs between a cell's error and its report aborts the process.

/** Where the kernel's compiled files lie. */
const KERNEL = new URL("../", import.meta.url).href;
const MAX_FRAMES = 200;

/** To be called by an interrupt of whatever runs. */
export function isCodeOfCellsRunning(): boolean {
  return framesHere().some(isOfCells);
}

/** The functions under way, innermost first; none while a stack is being made to text, which this would disturb. */
function framesHere(): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = MAX_FRAMES;
  Error.prepareStackTrace = (_error, sites) => sites;
  const frames: unknown = new Error().stack;
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  return Array.isArray(frames) ? (frames as NodeJS.CallSite[]) : [];
}

/** Functions built into V8 have no name of a file, those that a cell makes of text have none either. */
function isOfCells(frame: NodeJS.CallSite): boolean {
  const file = frame.getScriptNameOrSourceURL() || frame.getFileName();
  if (!file) return frame.isEval();
  return !file.startsWith("node:") && !file.startsWith(KERNEL);
}
