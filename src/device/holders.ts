// Who holds memory: the storages under all live tensors, largest first, named after the module parameters they belong to.
import { kind, requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aDevice } from "../tensor/arguments.js";
import { type Held, ID } from "../tensor/scope.js";

/** One allocation and the tensor through which JS holds it; views of one storage count once. */
export interface Holder {
  /** Checkpoint name of a parameter, "gradient of NAME", "optimizer state exp_avg of NAME", or where the tensor was made. */
  readonly name: string;
  /** What the tensor is to the program; "scope" ends with its scope, "variable" is held by a JS object alone. */
  readonly kind: "parameter" | "gradient" | "optimizer" | "scope" | "variable";
  /** "cpu" or "cuda:0". */
  readonly device: string;
  /** Of the tensor that shows the storage. */
  readonly dtype: string;
  /** Of the tensor that shows the storage. */
  readonly shape: readonly number[];
  /** Of the whole storage. */
  readonly bytes: number;
}

/** Anything that can tell the names of its parameters; modules can. */
export interface NamesTensors {
  /** Each parameter with its name in a checkpoint. */
  namedParameters(): Iterable<readonly [name: string, tensor: Held]>;
}

/** Anything that remembers tensors of parameters; optimizers do. */
export interface NamesStates {
  /** What is remembered (a name), in which tensor, of which parameter. */
  namedStates(): Iterable<readonly [what: string, tensor: Held, of: Held]>;
  /** Memory on the device that what lies in host memory comes to. */
  readonly hostPlaces?: readonly Held[];
}

type Origin = Pick<Holder, "kind" | "name">;

const anOwner = kind<NamesTensors | NamesStates>(
  "a module or an optimizer: what has namedParameters() or namedStates()",
  (value) =>
    typeof value === "object" &&
    value !== null &&
    ("namedParameters" in value || "namedStates" in value),
);

let owners: WeakRef<NamesTensors | NamesStates>[] = [];
let pruneAt = 1024;

/** Lets memory reports call the tensors of `owner`, as long as it lives, by their names. */
export function nameHolders(owner: NamesTensors | NamesStates): void {
  requireValue("nameHolders: owner", owner, anOwner);
  owners.push(new WeakRef(owner));
  if (owners.length < pruneAt) return;
  owners = owners.filter((reference) => reference.deref() !== undefined);
  pruneAt = Math.max(1024, 2 * owners.length);
}

/** All storages that JS holds on a device (default: on all), largest first. */
export function holders(device?: string): Holder[] {
  if (device !== undefined) requireValue("holders: device", device, aDevice);
  const origins = originsByHandle();
  const found = new Map<string, Holder>();
  for (const live of native.liveTensors()) {
    if (device !== undefined && live.device !== device) continue;
    const { shape, dtype } = live;
    const known = origins.get(live.handle);
    const about = { device: live.device, dtype, shape };
    prefer(found, `${live.device}/${live.storage}`, {
      ...about,
      ...(known ?? madeAt(live.scopeDepth)),
      bytes: live.storageBytes,
    });
    if (live.gradientBytes === 0) continue;
    const name = `gradient of ${known?.name ?? "a tensor"}`;
    const gradient = { kind: "gradient" as const, name };
    prefer(found, `${live.device}/${live.gradientStorage}`, {
      ...about,
      ...gradient,
      bytes: live.gradientBytes,
    });
  }
  return [...found.values()].sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of all storages on a device under some tensors, each counted once. */
export function storageBytes(tensors: Iterable<Held>, device: string): number {
  const handles = new Set([...tensors].map(({ [ID]: handle }) => handle));
  const found = new Map<number, number>();
  for (const live of native.liveTensors())
    if (live.device === device && handles.has(live.handle))
      found.set(live.storage, live.storageBytes);
  return [...found.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Where what optimizers have in host memory of some parameters comes to on the device. */
export function hostPlacesOf(parameters: Iterable<Held>): Held[] {
  const wanted = new Set(parameters);
  const places: Held[] = [];
  for (const owner of living()) {
    if (!("namedStates" in owner) || owner.hostPlaces === undefined) continue;
    const isOfThem = [...owner.namedStates()].some(([, , of]) => wanted.has(of));
    if (isOfThem) places.push(...owner.hostPlaces);
  }
  return places;
}

/** What optimizers remember of some parameters. */
export function rememberedOf(parameters: Iterable<Held>): Held[] {
  const wanted = new Set(parameters);
  const remembered: Held[] = [];
  for (const owner of living()) {
    if (!("namedStates" in owner)) continue;
    for (const [, tensor, of] of owner.namedStates()) if (wanted.has(of)) remembered.push(tensor);
  }
  return remembered;
}

/** A name says more than "made in a scope": it wins over another tensor of the same storage. */
function prefer(found: Map<string, Holder>, storage: string, holder: Holder): void {
  const known = found.get(storage);
  if (known === undefined || isAnonymous(known)) found.set(storage, holder);
}

function isAnonymous({ kind }: Holder): boolean {
  return kind === "scope" || kind === "variable";
}

function madeAt(scopeDepth: number): Origin {
  if (scopeDepth === 0) return { kind: "variable", name: "held by a variable" };
  return { kind: "scope", name: `made in an open scope (depth ${scopeDepth})` };
}

function living(): (NamesTensors | NamesStates)[] {
  return owners.flatMap((reference) => reference.deref() ?? []);
}

/** What modules and optimizers call their tensors. */
function originsByHandle(): Map<number, Origin> {
  const alive = living();
  const parameters = parameterNames(alive.filter((owner) => "namedParameters" in owner));
  const origins = new Map<number, Origin>();
  for (const [handle, name] of parameters) origins.set(handle, { kind: "parameter", name });
  for (const owner of alive) {
    if (!("namedStates" in owner)) continue;
    for (const [what, { [ID]: handle }, of] of owner.namedStates()) {
      const name = `optimizer state ${what} of ${parameters.get(of[ID]) ?? "a parameter"}`;
      origins.set(handle, { kind: "optimizer", name });
    }
  }
  return origins;
}

/** The longest name of each parameter: the one that its outermost module gives it. */
function parameterNames(modules: readonly NamesTensors[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const module of modules) {
    for (const [name, { [ID]: handle }] of module.namedParameters()) {
      if (name.length > (names.get(handle)?.length ?? 0)) names.set(handle, name);
    }
  }
  return names;
}
