// What the environment says about the Hub, by the names of Python's huggingface_hub, read when it is asked.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const DEFAULT_ENDPOINT = "https://huggingface.co";

export interface HubSettings {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** The folder of the cache that Python shares. */
  readonly cache: string;
  /** Nothing is asked over the network. */
  readonly isOffline: boolean;
  readonly token: HubToken | undefined;
}

/** A secret: no property, text or JSON shows it. */
export class HubToken {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The header that presents it. */
  get authorization(): string {
    return `Bearer ${this.#value}`;
  }
}

/** @throws Error naming the variable at fault, never its value where it is a secret */
export function hubSettings(): HubSettings {
  const home =
    folderOf("HF_HOME") ?? path.join(folderOf("XDG_CACHE_HOME") ?? "~/.cache", "huggingface");
  return {
    endpoint: endpointOf(process.env["HF_ENDPOINT"] || DEFAULT_ENDPOINT),
    cache: expanded(
      folderOf("HF_HUB_CACHE") ?? folderOf("HUGGINGFACE_HUB_CACHE") ?? path.join(home, "hub"),
    ),
    isOffline: isTrue("HF_HUB_OFFLINE") || isTrue("TRANSFORMERS_OFFLINE"),
    token: tokenOf(expanded(folderOf("HF_TOKEN_PATH") ?? path.join(home, "token"))),
  };
}

function endpointOf(given: string): string {
  const isAddress = URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);
  if (isAddress) return given.replace(/\/+$/, "");
  throw new Error(
    "HF_ENDPOINT must be an address such as https://huggingface.co; correct it or unset it",
  );
}

/** From the environment, else from the file that `hf auth login` writes. */
function tokenOf(file: string): HubToken | undefined {
  if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return undefined;
  const name = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"].find((each) => process.env[each]);
  const given = name === undefined ? contentOf(file) : process.env[name];
  const token = given?.replace(/[\r\n]/g, "").trim() ?? "";
  if (token === "") return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return new HubToken(token);
  throw new Error(
    `${name ?? file} holds no token of the Hub: it has blanks or other signs; log in again with hf auth login`,
  );
}

function contentOf(file: string): string | undefined {
  const isFile = fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? fs.readFileSync(file, "utf8") : undefined;
}

function isTrue(name: string): boolean {
  return ["1", "ON", "YES", "TRUE"].includes((process.env[name] ?? "").toUpperCase());
}

function folderOf(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** As Python's expanduser and expandvars. */
function expanded(folder: string): string {
  const named = folder.replace(/^~(?=\/|$)/, os.homedir());
  return path.resolve(
    named.replace(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (all, a?: string, b?: string) => process.env[a ?? b ?? ""] ?? all,
    ),
  );
}
