// What is asked of the thread that reads Parquet and Arrow.
import type { DataRow } from "../rows/read-rows.js";

export type ColumnarFormat = "parquet" | "arrow";

export type ColumnarCall =
  | {
      /** The first rows of a file. */
      readonly name: "open";
      readonly file: string;
      readonly format: ColumnarFormat;
      /** How many rows are passed over. */
      readonly skip: number;
    }
  /** The next rows of the file that was opened last. */
  | { readonly name: "next" };

/** Rows, and undefined at their end. */
export type ColumnarRows = readonly DataRow[] | undefined;
