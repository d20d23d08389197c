// The messages of an Arrow stream: each says what it is in a table, and may have a body of bytes behind it, which is read when it is asked for.
// A file (Feather) is such a stream with eight bytes before it and an index behind it.
// https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
import { FlatTable } from "./flat-table.js";
import { bytesOf, type OpenFile } from "./groups.js";

const MAGIC = "ARROW1";
/** It begins a file at a multiple of eight bytes. */
const BEGIN_BYTES = 8;
const CONTINUATION = 0xffff_ffff;

export const HEADER = { schema: 1, dictionary: 2, batch: 3 } as const;

export interface Message {
  /** One of `HEADER`, or what is passed over. */
  readonly kind: number;
  readonly header: FlatTable;
  /** Of the message, without its body. */
  readonly numBytes: number;
  body(): Uint8Array;
}

export function* messagesOf(file: OpenFile): Generator<Message> {
  let at = hasMagic(file, 0) ? BEGIN_BYTES : 0;
  if (at > 0 && !hasMagic(file, file.size - MAGIC.length))
    throw new Error("its end is not that of an Arrow file");
  while (at < file.size) {
    const begin = wordAt(file, at) === CONTINUATION ? at + 4 : at; // files before Arrow 0.15 have none
    const numBytes = wordAt(file, begin);
    if (numBytes === 0) return;
    const bodyBegin = begin + 4 + numBytes;
    const table = FlatTable.root(bytesOf(file, begin + 4, bodyBegin));
    const header = table.table(2);
    const bodyBytes = table.integer(3, 8);
    const end = bodyBegin + bodyBytes;
    if (header === undefined || bodyBytes < 0 || end > file.size)
      throw new Error(`names bytes ${bodyBegin} to ${end}; the file has ${file.size}`);
    yield {
      kind: table.integer(1, 1),
      header,
      numBytes,
      body: () => bytesOf(file, bodyBegin, end),
    };
    at = end;
  }
}

function hasMagic(file: OpenFile, begin: number): boolean {
  if (begin < 0 || begin + MAGIC.length > file.size) return false;
  const bytes = bytesOf(file, begin, begin + MAGIC.length);
  return Buffer.from(bytes).toString("latin1") === MAGIC;
}

function wordAt(file: OpenFile, at: number): number {
  return Buffer.from(bytesOf(file, at, at + 4)).readUInt32LE();
}
