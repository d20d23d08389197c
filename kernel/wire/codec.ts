// Messages to ZeroMQ frames and back: identities, delimiter, signature, four JSON frames, buffers.
// The signature is checked on the received bytes before anything is parsed.

import { toJson } from "./json.js";
import type { Content, Header, Message } from "./message.js";
import type { Signer } from "./signature.js";

const DELIMITER = Buffer.from("<IDS|MSG>");
const NUM_JSON_FRAMES = 4;

/** Text that libzmq may copy; longer text goes as bytes, which it sends where they lie. */
const MAX_COPIED = 1 << 16;

/** Bytes, or text that stands for its UTF-8. */
export type Frame = Uint8Array | string;

/** Of the message that was encoded last: what answers one request carries the same. */
let latestParent: { readonly header: Message["parent"]; readonly frame: Frame } | undefined;

/** Frames of `message`, ready to send. */
export function encode(message: Message, signer: Signer): Frame[] {
  const { header, parent, metadata, content } = message;
  if (latestParent?.header !== parent) latestParent = { header: parent, frame: frameOf(parent) };
  const json = [frameOf(header), latestParent.frame, frameOf(metadata), frameOf(content)];
  return [...message.identities, DELIMITER, signer.sign(json), ...json, ...message.buffers];
}

/**
 * Short text stays text: zeromq.js copies it. Bytes over 128 it sends where they lie and lets go of later, for which libzmq's
 * thread wakes ours once a frame.
 */
function frameOf(part: object): Frame {
  const json = toJson(part);
  return json.length > MAX_COPIED ? Buffer.from(json) : json;
}

/** The message in `frames`, or undefined when it is malformed, forged or replayed. */
export function decode(frames: readonly Uint8Array[], signer: Signer): Message | undefined {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  const signature = frames[at + 1];
  const json = frames.slice(at + 2, at + 2 + NUM_JSON_FRAMES);
  if (at < 0 || signature === undefined || json.length < NUM_JSON_FRAMES) return undefined;
  if (!signer.accept(signature, json)) return undefined;
  const [header, parent, metadata, content] = json.map(parseObject);
  if (!isHeader(header) || !parent || !metadata || !content) return undefined;
  return {
    identities: frames.slice(0, at),
    header,
    parent: isHeader(parent) ? parent : {},
    metadata,
    content,
    buffers: frames.slice(at + 2 + NUM_JSON_FRAMES),
  };
}

function parseObject(frame: Uint8Array): Content | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(frame).toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // malformed JSON is dropped like every other malformed frame
  }
}

function isObject(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHeader(value: unknown): value is Header & Content {
  return (
    isObject(value) &&
    typeof value["msg_id"] === "string" &&
    typeof value["msg_type"] === "string" &&
    typeof value["session"] === "string"
  );
}
