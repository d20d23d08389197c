// The file a kernel is started with: a connection file says where its five sockets are and which key signs their
// messages, a registration file where to tell the ports that the kernel chooses itself.
// Source: jupyter_client docs/kernels.rst, docs/security.rst and connect.py (ipc endpoints join with "-").

import { readFile } from "node:fs/promises";

export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];
export type Transport = "tcp" | "ipc";

/** CurveZMQ keys of the kernel, Z85-encoded. Encrypts, and lets in only who knows the public key. */
export interface CurveKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

export interface Connection {
  readonly transport: Transport;
  readonly ip: string;
  readonly key: string;
  /** A port of 0 is left to the system. */
  readonly ports: Readonly<Record<Channel, number>>;
  readonly curve?: CurveKeys | undefined;
}

type File = Record<string, unknown>;

/** What the file says of any kernel, whichever kind of file it is; throws an `Error` that names what is wrong. */
export function readBasics(file: File, path: string): Pick<Connection, "transport" | "key"> {
  const transport = file["transport"] ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") {
    throw new Error(`${path}: transport must be "tcp" or "ipc", not ${JSON.stringify(transport)}`);
  }
  const scheme = file["signature_scheme"] ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") {
    throw new Error(`${path}: signature_scheme must be "hmac-sha256", not ${String(scheme)}`);
  }
  return { transport, key: String(file["key"] ?? "") };
}

/** Reads the file of either kind as JSON. */
export async function readStartFile(path: string): Promise<File> {
  return JSON.parse(await readFile(path, "utf8")) as File;
}

/** Checks a connection file; throws an `Error` that names what is wrong in it. */
export function parseConnection(file: File, path: string): Connection {
  const ports = Object.fromEntries(
    CHANNELS.map((name) => [name, readPort(file, `${name}_port`, path)]),
  );
  return {
    ...readBasics(file, path),
    ip: String(file["ip"] ?? "127.0.0.1"),
    ports: ports as Record<Channel, number>,
    curve: readCurve(file, path),
  };
}

/** A port in a file; throws an `Error` when it is none. */
export function readPort(file: File, name: string, path: string): number {
  const port = file[name];
  if (typeof port !== "number" || !Number.isInteger(port) || port < 1) {
    throw new Error(`${path}: ${name} must be a positive integer, not ${String(port)}`);
  }
  return port;
}

function readCurve(file: File, path: string): CurveKeys | undefined {
  const { curve_publickey: publicKey, curve_secretkey: secretKey } = file;
  if (publicKey === undefined && secretKey === undefined) return undefined;
  if (typeof publicKey === "string" && typeof secretKey === "string")
    return { publicKey, secretKey };
  throw new Error(`${path}: curve_publickey and curve_secretkey must both be given, as text`);
}

/** Options of a socket that listens, encrypted if there are keys. */
export function curveOptions(curve: CurveKeys | undefined): object {
  if (curve === undefined) return {};
  const { publicKey, secretKey } = curve;
  return { curveServer: true, curvePublicKey: publicKey, curveSecretKey: secretKey };
}

/** ZeroMQ endpoint of one channel. */
export function endpoint(connection: Connection, channel: Channel): string {
  const { transport, ip, ports } = connection;
  const separator = transport === "tcp" ? ":" : "-";
  return `${transport}://${ip}${separator}${ports[channel] === 0 ? "*" : ports[channel]}`;
}

/** The port at the end of an endpoint. */
export function portOf(address: string): number {
  return Number(/\d+$/.exec(address)?.[0]);
}

/** The connection as a file's text, for whoever starts a kernel. */
export function formatConnection(connection: Connection): string {
  const ports = CHANNELS.map((name) => [`${name}_port`, connection.ports[name]]);
  const { transport, ip, key, curve } = connection;
  return JSON.stringify({
    transport,
    ip,
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "notebooster",
    ...Object.fromEntries(ports),
    ...(curve && { curve_publickey: curve.publicKey, curve_secretkey: curve.secretKey }),
  });
}
