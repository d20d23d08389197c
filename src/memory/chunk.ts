// Parameters in one flat buffer whose memory can be given back between a forward and a backward pass and come back elsewhere:
// what sharding and offloading do with weights. Parameters, and what autograd saved of them, are views of the buffer's storage,
// so exchanging that storage's memory reaches all of them (native/tensor/chunk.cc). PyTorch's `setData` alone releases nothing:
// a linear layer saves a view that keeps the old storage.
import { boolean, callback, kind, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";
import { aDevice, aTensor } from "../tensor/arguments.js";
import { itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { offsetsOf } from "./bucket-layout.js";

type Named = readonly [name: string, parameter: Parameter];

/** Where a parameter lies in its chunk's flat tensor, in elements. */
export interface ChunkPart {
  /** Its checkpoint name. */
  readonly name: string;
  /** A view of the elements from `begin` to `end`. */
  readonly parameter: Parameter;
  /** The first of its elements. */
  readonly begin: number;
  /** One beyond its last. */
  readonly end: number;
}

/** Options of `new Chunk`. */
export interface ChunkOptions {
  /** Where parameters begin in the flat tensor, and how many elements it has. Default: one after another, aligned. */
  readonly places?: { readonly offsets: readonly number[]; readonly numElements: number };
  /** What to do for a parameter that has no memory, as the end of the error's sentence. Default: to gather the chunk. */
  readonly remedy?: string;
  /** Where its memory is; parameters that lie elsewhere come there. Default: where they are. */
  readonly device?: string;
}

/** Options of `Chunk.gather`. */
export interface GatherOptions {
  /** Whose memory the chunk is to use: a whole tensor on its device, no smaller than `flat`. Default: new memory. */
  readonly memory?: Tensor;
  /** Whether others may hold that memory too, as what has written the numbers there. Default false: it is refused then. */
  readonly mayBeShared?: boolean;
}

const CHUNK_OPTIONS: OptionTable<ChunkOptions> = {
  places: kind("an object of offsets and numElements", (value) => Object(value) === value),
  remedy: text,
  device: aDevice,
};
const GATHER_OPTIONS: OptionTable<GatherOptions> = { memory: aTensor, mayBeShared: boolean };
const REMEDY = "chunk.gather gives it memory again, before it is used";

/** Parameters begin at multiples of this, as allocators' blocks do: kernels choose by alignment. */
const ALIGNMENT_BYTES = 256;

/** The chunk whose numbers are being written. */
let arriving: Chunk | undefined;

whenCutOff(() => {
  arriving?.release(); // its numbers are there in part
  arriving = undefined;
});

/**
 * Parameters of one dtype and device in one flat buffer. Between a forward and a backward pass its memory may be given back and
 * come back elsewhere; gradients are the same bits. Whoever uses a parameter in between gets an error that names it.
 */
export class Chunk {
  /** Named in errors; of a block the block's. */
  readonly name: string;
  /** All elements in a row, zeros between parameters at first. Numbers come and go through it. */
  readonly flat: Tensor;
  /** In the order of the flat tensor. */
  readonly parts: readonly ChunkPart[];
  #isReleased = false as boolean;

  /**
   * Moves parameters into a new flat buffer. Their objects and gradients stay; each counts its own writes, so that one may be
   * updated while a graph of another lives.
   * @param parameters by name, as `module.namedParameters()` gives them
   * @throws TypeError when they differ in dtype or device, or are in a chunk already
   */
  constructor(name: string, parameters: Iterable<Named>, options: ChunkOptions = {}) {
    requireValue("new Chunk: name", name, text);
    requireValue("new Chunk: parameters", parameters, someNamed);
    checkOptions("new Chunk", options, CHUNK_OPTIONS);
    const named = [...parameters];
    const { dtype, device: where } = requireAlike(named);
    this.name = name;
    const { places, remedy = REMEDY, device = where } = options;
    const members = named.map(([, parameter]) => parameter);
    const { offsets } = places ?? offsetsOf(members, ALIGNMENT_BYTES / itemSize(dtype));
    this.parts = partsOf(named, offsets);
    const length = places?.numElements ?? (this.parts.at(-1) as ChunkPart).end;
    this.flat = keep(new Tensor(native.createChunk(name, remedy, length, dtype, device)));
    noGrad(() => this.flat.zero_());
    for (const part of this.parts)
      native.moveIntoChunk(part.parameter.handle, this.flat.handle, part);
  }

  /** Whether the parameters have no memory now. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  /**
   * Gives the memory back, to the allocator or to who lent it. On a GPU other streams that still use it must have been named by
   * `recordStream`. Again: does nothing.
   */
  release(): void {
    native.releaseChunk(this.flat.handle);
    this.#isReleased = true;
  }

  /**
   * Gives the parameters memory again, and numbers. Does nothing when they have theirs.
   * @param write copies the numbers into the flat tensor; when it throws the chunk is released again
   * @throws Error when `memory` is too small, on another device or part of a chunk
   */
  gather(write: (flat: Tensor) => void, options: GatherOptions = {}): void {
    requireValue("chunk.gather: write", write, callback);
    checkOptions("chunk.gather", options, GATHER_OPTIONS);
    if (!this.#isReleased) return;
    const { memory, mayBeShared = false } = options;
    native.gatherChunk(this.flat.handle, memory?.handle, mayBeShared);
    this.#isReleased = false;
    arriving = this;
    try {
      noGrad(() => write(this.flat));
    } catch (error) {
      this.release();
      throw error;
    } finally {
      arriving = undefined;
    }
  }

  /**
   * Gives each parameter memory of its own again.
   * @throws Error when the chunk is released
   */
  dissolve(): void {
    for (const { parameter } of this.parts) native.moveOutOfChunk(parameter.handle);
    this.flat.dispose();
  }
}

const someNamed = kind<Iterable<Named>>(
  "parameters by name, as module.namedParameters() gives them",
  (value) =>
    Array.isArray(value) ||
    typeof (value as Iterable<Named> | null)?.[Symbol.iterator] === "function",
);

function partsOf(named: readonly Named[], offsets: readonly number[]): ChunkPart[] {
  return named.map(([name, parameter], i) => {
    const begin = offsets[i] as number;
    return { name, parameter, begin, end: begin + parameter.numel };
  });
}

/** The dtype and device of all of them. */
function requireAlike(named: readonly Named[]): Pick<Parameter, "dtype" | "device"> {
  const seen = new Set<Parameter>();
  for (const [name, parameter] of named) {
    requireOwnMemory(name, parameter);
    if (seen.has(parameter)) throw new TypeError(`new Chunk: ${name} is given twice`);
    seen.add(parameter);
  }
  const kinds = new Set([...seen].map(({ dtype, device }) => `${dtype} on ${device}`));
  const [[, first] = []] = named;
  if (first !== undefined && kinds.size === 1) return first;
  const found = kinds.size === 0 ? "none" : [...kinds].join(" and ");
  throw new TypeError(
    `new Chunk: parameters must be of one dtype on one device, got ${found}; make a chunk for each kind`,
  );
}

function requireOwnMemory(name: string, parameter: Parameter): void {
  requireValue(`new Chunk: ${name}`, parameter, aParameter);
  if (native.isInChunk(parameter.handle))
    throw new TypeError(`new Chunk: ${name} is in a chunk already; dissolve that one first`);
  if (parameter.device === "meta")
    throw new TypeError(`new Chunk: ${name} has no memory, it is on "meta"; move its model first`);
}

const aParameter = kind<Parameter>("a Parameter", (value) => value instanceof Parameter);
