// Who holds memory: the storages under all live tensors, largest first, named after the module parameters they belong to.
import { native } from "../native/native.js";
import type { Held } from "../tensor/scope.js";

/** One allocation and the tensor through which JS holds it; views of one storage count once. */
export interface Holder {
  /** Checkpoint name of a parameter, "gradient of NAME", or where the tensor was made. */
  readonly name: string;
  readonly kind: "parameter" | "gradient" | "scope" | "variable";
  readonly device: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Of the whole storage. */
  readonly bytes: number;
}

/** Anything that can tell the names of its tensors; modules are. */
export interface NamesTensors {
  namedParameters(): Iterable<readonly [name: string, tensor: Held]>;
}

let owners: WeakRef<NamesTensors>[] = [];
let pruneAt = 1024;

/** Lets memory reports call the tensors of `owner`, as long as it lives, by their names. */
export function nameHolders(owner: NamesTensors): void {
  owners.push(new WeakRef(owner));
  if (owners.length < pruneAt) return;
  owners = owners.filter((reference) => reference.deref() !== undefined);
  pruneAt = Math.max(1024, 2 * owners.length);
}

/** All storages that JS holds on a device (default: on all), largest first. */
export function holders(device?: string): Holder[] {
  const names = namesByHandle();
  const found = new Map<string, Holder>();
  for (const live of native.liveTensors()) {
    if (device !== undefined && live.device !== device) continue;
    const { shape, dtype } = live;
    const name = names.get(live.handle);
    const about = { device: live.device, dtype, shape };
    const origin =
      name === undefined ? madeAt(live.scopeDepth) : { kind: "parameter" as const, name };
    prefer(found, `${live.device}/${live.storage}`, {
      ...about,
      ...origin,
      bytes: live.storageBytes,
    });
    if (live.gradientBytes === 0) continue;
    const gradient = { kind: "gradient" as const, name: `gradient of ${name ?? "a tensor"}` };
    prefer(found, `${live.device}/${live.gradientStorage}`, {
      ...about,
      ...gradient,
      bytes: live.gradientBytes,
    });
  }
  return [...found.values()].sort((a, b) => b.bytes - a.bytes);
}

/** A name says more than "made in a scope": it wins over another tensor of the same storage. */
function prefer(found: Map<string, Holder>, storage: string, holder: Holder): void {
  const known = found.get(storage);
  if (known === undefined || isAnonymous(known)) found.set(storage, holder);
}

function isAnonymous({ kind }: Holder): boolean {
  return kind === "scope" || kind === "variable";
}

function madeAt(scopeDepth: number): Pick<Holder, "kind" | "name"> {
  if (scopeDepth === 0) return { kind: "variable", name: "held by a variable" };
  return { kind: "scope", name: `made in an open scope (depth ${scopeDepth})` };
}

/** The longest name of each parameter: the one that its outermost module gives it. */
function namesByHandle(): Map<number, string> {
  const names = new Map<number, string>();
  for (const reference of owners) {
    for (const [name, { handle }] of reference.deref()?.namedParameters() ?? []) {
      if (name.length > (names.get(handle)?.length ?? 0)) names.set(handle, name);
    }
  }
  return names;
}
