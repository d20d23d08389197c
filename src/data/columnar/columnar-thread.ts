// The thread that reads one Parquet or Arrow file after another, a block of rows at a call.
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { answerCalls, type LineData } from "../../threads/thread-line.js";
import type { DataRow } from "../rows/read-rows.js";
import type { ColumnarCall, ColumnarRows } from "./columnar-calls.js";
import type { ReadGroups } from "./groups.js";

/** Rows of one answer: few enough that they are there twice. */
const BLOCK = 256;
let rows: AsyncGenerator<ColumnarRows, undefined> | undefined;

parentPort?.postMessage("ready");
await answerCalls<ColumnarCall, ColumnarRows>(workerData as LineData, async (call) => {
  if (call.name === "open") {
    await rows?.return(undefined);
    rows = blocksOf(call);
  }
  return (await rows?.next())?.value;
});

async function* blocksOf({
  file,
  format,
  skip,
}: ColumnarCall & { name: "open" }): AsyncGenerator<ColumnarRows, undefined> {
  const descriptor = fs.openSync(file, "r");
  try {
    const open = { descriptor, size: fs.fstatSync(descriptor).size, skip };
    for await (const group of (await readerOf(format))(open)) yield* inBlocks(group);
    return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Loaded when the first file of the format is read. */
async function readerOf(format: "parquet" | "arrow"): Promise<ReadGroups> {
  if (format === "parquet") return (await import("./parquet.js")).parquetGroups;
  return (await import("./arrow.js")).arrowGroups;
}

function* inBlocks(group: readonly DataRow[]): Generator<ColumnarRows> {
  for (let begin = 0; begin < group.length; begin += BLOCK) yield group.slice(begin, begin + BLOCK);
}
