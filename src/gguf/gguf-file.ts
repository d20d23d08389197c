// A GGUF file (llama.cpp's format): metadata and the places of its tensors are read and checked when it is opened, tensors when they
// are asked for.
import fs from "node:fs";
import { fileState, WRITTEN_TO } from "../files/file-state.js";
import { openPlainFile, readFully } from "../files/plain-file.js";
import { type OpenEffect, openEffect } from "../host/index.js";
import { numElements } from "../tensor/element-range.js";
import { GgufError, ggufProblem } from "./gguf-error.js";
import { type GgufValue, HeaderReader } from "./header-reader.js";
import { GGUF_TYPES, type GgufType, otherName, typeById } from "./types.js";

const MAGIC = 0x46554747; // "GGUF"
const VERSIONS = [2, 3];
const ALIGNMENT = "general.alignment";
const MAX_DIMS = 4;

/** A tensor of a file. */
export interface GgufEntry {
  readonly type: GgufType;
  /** Rows first, as PyTorch has it; files have it the other way round. */
  readonly shape: readonly number[];
  /** Of its first byte in the file. */
  readonly begin: number;
  readonly bytes: number;
}

/** An open, checked file. */
export class GgufFile implements Disposable {
  readonly path: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufEntry>;
  readonly #descriptor: number;
  /** When it was opened. */
  readonly #state: string;
  readonly #opened: OpenEffect;

  private constructor(descriptor: number, header: Header) {
    this.path = header.path;
    this.metadata = header.metadata;
    this.tensors = header.tensors;
    this.#descriptor = descriptor;
    this.#state = fileState(descriptor);
    this.#opened = openEffect(() => fs.closeSync(descriptor));
  }

  /** @throws GgufError when it is none, damaged, or has tensors of a type that is not read */
  static open(path: string): GgufFile {
    const descriptor = openPlainFile(path, ggufProblem);
    try {
      return new GgufFile(descriptor, readHeader(new HeaderReader(path, descriptor)));
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  }

  /** Fills `target` with the bytes of a tensor from `begin` on. */
  readInto({ begin: tensor }: GgufEntry, begin: number, target: Uint8Array): void {
    if (readFully(this.#descriptor, target, tensor + begin) === target.length) return;
    throw new GgufError("became shorter while it was read", { path: this.path });
  }

  /** @throws GgufError when the file was written to since it was opened; one that was removed or replaced is still read */
  requireUnchanged(): void {
    if (fileState(this.#descriptor) !== this.#state)
      throw new GgufError(WRITTEN_TO, { path: this.path });
  }

  /** It stays open until it is closed, also when the cell is cut off that opened it. */
  keepOpen(): void {
    this.#opened.outliveCell();
  }

  [Symbol.dispose](): void {
    this.#opened.close();
  }
}

type Header = Pick<GgufFile, "path" | "metadata" | "tensors">;
type Told = Pick<GgufEntry, "type" | "shape"> & { readonly name: string; readonly offset: number };

function readHeader(reader: HeaderReader): Header {
  if (reader.fileBytes < 24 || reader.uint32() !== MAGIC) {
    throw new GgufError("is no GGUF file: it does not begin with the letters GGUF", reader);
  }
  const version = reader.uint32();
  if (!VERSIONS.includes(version)) {
    throw new GgufError(
      `is GGUF of version ${version}; little-endian files of versions ${VERSIONS.join(" and ")} are read`,
      reader,
    );
  }
  const [numTensors, numValues] = [
    reader.count("the number of tensors"),
    reader.count("the number of values"),
  ];
  reader.requireLeft(numValues * 13, "the metadata");
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < numValues; i++) {
    const key = reader.text("a name in the metadata");
    if (metadata.has(key))
      throw reader.damaged(`${JSON.stringify(key)} stands twice in the metadata`);
    metadata.set(key, reader.value(reader.uint32(), JSON.stringify(key)));
  }
  reader.requireLeft(numTensors * 25, "the list of tensors");
  const told = Array.from({ length: numTensors }, () => readTensor(reader));
  return {
    path: reader.path,
    metadata,
    tensors: placed(told, reader, alignmentOf(metadata, reader)),
  };
}

function readTensor(reader: HeaderReader): Told {
  const name = reader.text("a tensor's name");
  const numDims = reader.uint32();
  if (numDims > MAX_DIMS) throw reader.damaged(`${JSON.stringify(name)} has ${numDims} dims`);
  const shape = Array.from({ length: numDims }, () =>
    reader.count(`a size of ${JSON.stringify(name)}`),
  );
  const id = reader.uint32();
  const type = typeById(id);
  const offset = reader.count(`the place of ${JSON.stringify(name)}`);
  if (type !== undefined) return { name, shape: shape.reverse(), type, offset };
  throw new GgufError(
    `${JSON.stringify(name)} is stored as ${otherName(id)}, which is not read; ${GGUF_TYPES.map((one) => one.name).join(", ")} are`,
    reader,
  );
}

function placed(
  told: readonly Told[],
  reader: HeaderReader,
  alignment: number,
): Map<string, GgufEntry> {
  const begin = Math.ceil(reader.position / alignment) * alignment;
  const tensors = new Map<string, GgufEntry>();
  for (const { name, type, shape, offset } of told) {
    const count = numElements(shape);
    const bytes = (count / type.block) * type.bytes;
    const says = JSON.stringify(name);
    if ((shape.at(-1) ?? 1) % type.block !== 0)
      throw reader.damaged(`the rows of ${says} are no multiple of ${type.block} numbers`);
    if (offset % alignment !== 0)
      throw reader.damaged(`${says} begins at ${offset}, no multiple of ${alignment}`);
    if (begin + offset + bytes > reader.fileBytes)
      throw reader.damaged(`${says} ends after the file`);
    if (tensors.has(name)) throw reader.damaged(`${says} stands twice in the list of tensors`);
    tensors.set(name, { type, shape, begin: begin + offset, bytes });
  }
  return tensors;
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>, reader: HeaderReader): number {
  const value = metadata.get(ALIGNMENT) ?? 32;
  if (typeof value === "number" && Number.isInteger(Math.log2(value)) && value >= 1) return value;
  throw reader.damaged(`${ALIGNMENT} is ${String(value)}, no power of two`);
}
