// The picture that display.image() is given: bytes, a file's path, a data URL or a tensor.

import { readFileSync, statSync } from "node:fs";
import { describeValue } from "../../src/arguments/describe-value.js";
import { imageType } from "./render-figure.js";
import { isPixels, pngOfTensor } from "./tensor-image.js";

export interface Image {
  readonly type: string;
  /** Bytes, or the text of an SVG. */
  readonly data: Uint8Array | string;
}

const MAX_BYTES = 50 * 2 ** 20;
const KNOWN = "PNG, JPEG, GIF, WebP or SVG";

/** Reads the picture; throws a TypeError for what is none. */
export function readImage(picture: unknown): Image {
  if (isPixels(picture)) return { type: "image/png", data: pngOfTensor(picture) };
  if (picture instanceof Uint8Array) return imageOf(picture, `${picture.length} other bytes`);
  if (picture instanceof URL && picture.protocol === "file:") return readFile(picture);
  const text = picture instanceof URL ? picture.href : picture;
  if (typeof text !== "string") throw refusal(describeValue(picture));
  const [, encoded] = /^data:image\/[^,]*;base64,(.*)$/s.exec(text) ?? [];
  if (encoded !== undefined)
    return imageOf(Buffer.from(encoded, "base64"), "a data URL of another kind");
  if (/^https?:/.test(text)) {
    const remedy = `display.image(Buffer.from(await (await fetch(${JSON.stringify(text)})).arrayBuffer()))`;
    throw new TypeError(`display.image() takes a file, and ${text} is an address; use ${remedy}`);
  }
  return readFile(text);
}

function readFile(path: string | URL): Image {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new TypeError(`display.image(): there is no file ${path} in ${process.cwd()}/`);
  }
  // a pipe or a device would never end
  if (!status.isFile()) throw new TypeError(`display.image(): ${path} is no regular file`);
  if (status.size > MAX_BYTES)
    throw new RangeError(
      `display.image(): ${path} has ${status.size} bytes, at most ${MAX_BYTES} are shown`,
    );
  return imageOf(readFileSync(path), `${path}, which is another file`);
}

function imageOf(bytes: Uint8Array, otherwise: string): Image {
  const type = imageType(bytes);
  if (type !== undefined) return { type, data: bytes };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/s.test(text)) {
    return { type: "image/svg+xml", data: text };
  }
  throw refusal(otherwise);
}

function refusal(given: string): TypeError {
  return new TypeError(
    `display.image() takes a path or the bytes of a ${KNOWN} picture, or a tensor of pixels, got ${given}`,
  );
}
