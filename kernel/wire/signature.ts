// HMAC-SHA256 over header, parent, metadata and content, never over the buffers. A signature is accepted
// once: a copy of an earlier message is refused. An empty key turns signing off, as the protocol says.

import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Frame } from "./codec.js";

const MAX_REMEMBERED = 65_536;

export class Signer {
  readonly #key: KeyObject | undefined;
  readonly #seen = new Set<string>();

  constructor(key: string) {
    this.#key = key === "" ? undefined : createSecretKey(key, "utf8");
  }

  /** Hex digest of the four JSON frames, or the empty string without a key. */
  sign(frames: readonly Frame[]): string {
    if (this.#key === undefined) return "";
    const hmac = createHmac("sha256", this.#key);
    for (const piece of joined(frames)) hmac.update(piece);
    return hmac.digest("hex");
  }

  /** Whether `signature` is right for `frames` and has not been used before. */
  accept(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    if (this.#key === undefined) return true;
    const expected = this.sign(frames);
    const wanted = Buffer.from(expected, "latin1");
    if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)) return false;
    if (this.#seen.has(expected)) return false;
    this.#remember(expected);
    return true;
  }

  #remember(signature: string): void {
    this.#seen.add(signature);
    if (this.#seen.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      return;
    }
  }
}

/** The same bytes in fewer pieces: each costs a call out of JavaScript. */
function joined(frames: readonly Frame[]): readonly Frame[] {
  return frames.every((frame) => typeof frame === "string") ? [frames.join("")] : frames;
}
