// Where the documents of packed rows lie. The host knows it when rows are made; kernels of variable length take the starts on the device
// and the longest length from the host, so that nobody waits to read it back.
import { type Check, integer, kind, listOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aDevice } from "../tensor/arguments.js";
import { Tensor } from "../tensor/tensor.js";
import { attendedLength } from "./pack.js";
import { upload } from "./upload.js";

/** Options of `PackedDocuments`. */
export interface PackedDocumentsOptions {
  /** Tokens of a row, T. */
  readonly rowLength: number;
  /** Where the batch is. Default "cpu". */
  readonly device?: string;
}

/** Options of `PackedDocuments.fromIds`. */
export interface DocumentIdsOptions {
  /** (B, T) of 0 and 1, on the CPU: tokens marked 0 are padding, whatever their document. Default: all 1. */
  readonly attentionMask?: Tensor;
  /** Where the batch is. Default "cpu". */
  readonly device?: string;
}

type Lengths = readonly (readonly number[])[];

const someLengths: Check<Lengths> = listOf(
  listOf({ ...integer({ min: 1 }), each: "numbers of tokens" }),
);
const OPTIONS: OptionTable<PackedDocumentsOptions> = {
  rowLength: integer({ min: 1 }),
  device: aDevice,
};
const onHost: Check<Tensor> = kind(
  "a tensor of shape (batch, tokens) on the CPU; reading it from a GPU would wait for it",
  (value) => value instanceof Tensor && value.device === "cpu" && value.ndim === 2,
);
const OF_IDS: OptionTable<DocumentIdsOptions> = { attentionMask: onHost, device: aDevice };

/**
 * Where the documents of a batch's rows lie, as `model.forward` takes it: a `DataLoader` gives it with packed rows, and who packs in
 * another way makes it of the lengths.
 */
export class PackedDocuments {
  /** Tokens of each document, row after row; what they leave of a row is padding. */
  readonly lengths: Lengths;
  /** Tokens of a row, T. */
  readonly rowLength: number;
  /** Tokens of the longest document. */
  readonly longest: number;
  /**
   * int32, on the device: where each document begins and the last ends, of all rows laid end to end. Padding counts as documents, none longer
   * than the longest.
   */
  readonly starts: Tensor;

  /** @throws RangeError for a row whose documents have more tokens than it */
  constructor(lengths: Lengths, options: PackedDocumentsOptions) {
    requireValue("new PackedDocuments: lengths", lengths, someLengths);
    checkOptions("new PackedDocuments", options, OPTIONS);
    requireValue("new PackedDocuments: rowLength", options.rowLength, OPTIONS.rowLength);
    const { rowLength, device = "cpu" } = options;
    requireRoom(lengths, rowLength);
    this.lengths = lengths;
    this.rowLength = rowLength;
    this.longest = Math.max(1, ...lengths.flat());
    const starts = startsOf(lengths, rowLength, this.longest);
    this.starts = upload(starts, [starts.length], device);
  }

  /**
   * Of ids (B, T) that are on the CPU; negative ones at the end of a row are padding.
   * @throws RangeError for a document that is not in one piece
   */
  static fromIds(documentIds: Tensor, options: DocumentIdsOptions = {}): PackedDocuments {
    requireValue("PackedDocuments.fromIds: documentIds", documentIds, onHost);
    checkOptions("PackedDocuments.fromIds", options, OF_IDS);
    const { attentionMask, device = "cpu" } = options;
    const lengths = lengthsOfIds(documentIds, attentionMask);
    if (lengths === undefined) {
      throw new RangeError(
        "PackedDocuments.fromIds: the tokens of each document must stand together in its row; give documentIds alone to forward, which then makes a mask",
      );
    }
    return new PackedDocuments(lengths, { rowLength: documentIds.shape[1] as number, device });
  }

  /** Rows, B. */
  get numRows(): number {
    return this.lengths.length;
  }

  /** Where `starts` is. */
  get device(): string {
    return this.starts.device;
  }

  /** Whether no row holds more than one: then causal attention within rows is all that is needed. */
  get isOnePerRow(): boolean {
    return this.lengths.every(({ length }) => length <= 1);
  }

  /** Tokens that each token's document has, in the mean over tokens: what attention costs, for `model.flopsPerToken`. */
  get attendedLength(): number {
    return attendedLength(this.lengths.flat());
  }

  /** The same for a batch on another device. */
  to(device: string): PackedDocuments {
    const { lengths, rowLength } = this;
    return new PackedDocuments(lengths, { rowLength, device });
  }
}

/** Undefined where a document is not in one piece. @param attentionMask tokens marked 0 are padding */
export function lengthsOfIds(documentIds: Tensor, attentionMask?: Tensor): Lengths | undefined {
  const [numRows, rowLength] = documentIds.shape as [number, number];
  const ids = Array.from(documentIds.toTypedArray(), Number);
  const mask = attentionMask && Array.from(attentionMask.toTypedArray(), Number);
  const lengths: number[][] = [];
  for (let row = 0; row < numRows; row++) {
    const [from, to] = [row * rowLength, (row + 1) * rowLength];
    const ofRow = runLengths(ids.slice(from, to), mask?.slice(from, to));
    if (ofRow === undefined) return undefined;
    lengths.push(ofRow);
  }
  return lengths;
}

function runLengths(ids: readonly number[], mask?: readonly number[]): number[] | undefined {
  const keys = ids.map((id, token) => (mask?.[token] === 0 ? -token - 0.5 : id)); // padding is alone
  const end = 1 + keys.findLastIndex((key) => key >= 0);
  const lengths: number[] = [];
  const seen = new Set<number>();
  for (let from = 0, token = 1; token <= end; token++) {
    const key = keys[from] as number;
    if (token < end && keys[token] === key) continue;
    if (seen.has(key)) return undefined;
    seen.add(key);
    lengths.push(token - from);
    from = token;
  }
  return lengths;
}

function requireRoom(lengths: Lengths, rowLength: number): void {
  for (const [row, ofRow] of lengths.entries()) {
    const size = ofRow.reduce((sum, length) => sum + length, 0);
    if (size <= rowLength) continue;
    throw new RangeError(
      `new PackedDocuments: the documents of row ${row} have ${size} tokens together, rowLength is ${rowLength}`,
    );
  }
}

function startsOf(lengths: Lengths, rowLength: number, longest: number): Int32Array {
  const starts: number[] = [];
  for (const [row, ofRow] of lengths.entries()) {
    const end = (row + 1) * rowLength;
    let place = row * rowLength;
    for (const length of ofRow) {
      starts.push(place);
      place += length;
    }
    for (; place < end; place += longest) starts.push(place); // padding
  }
  starts.push(lengths.length * rowLength);
  return Int32Array.from(starts);
}
