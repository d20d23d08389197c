// The connection file: where a kernel's five sockets are and the key that signs their messages.
// Source: jupyter_client docs/kernels.rst and connect.py (ipc endpoints join with "-").

import { readFile } from "node:fs/promises";

export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly ports: Readonly<Record<Channel, number>>;
}

/** Reads and checks a connection file; throws an `Error` that names what is wrong in it. */
export async function readConnection(path: string): Promise<Connection> {
  const file = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  const transport = file["transport"] ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") {
    throw new Error(`${path}: transport must be "tcp" or "ipc", not ${JSON.stringify(transport)}`);
  }
  const scheme = file["signature_scheme"] ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") {
    throw new Error(`${path}: signature_scheme must be "hmac-sha256", not ${String(scheme)}`);
  }
  const ports = Object.fromEntries(CHANNELS.map((name) => [name, readPort(file, name, path)]));
  return {
    transport,
    ip: String(file["ip"] ?? "127.0.0.1"),
    key: String(file["key"] ?? ""),
    ports: ports as Record<Channel, number>,
  };
}

function readPort(file: Record<string, unknown>, channel: Channel, path: string): number {
  const port = file[`${channel}_port`];
  if (typeof port !== "number" || !Number.isInteger(port) || port < 1) {
    throw new Error(`${path}: ${channel}_port must be a positive integer, not ${String(port)}`);
  }
  return port;
}

/** ZeroMQ endpoint of one channel. */
export function endpoint(connection: Connection, channel: Channel): string {
  const separator = connection.transport === "tcp" ? ":" : "-";
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[channel]}`;
}

/** The connection as a file's text, for whoever starts a kernel. */
export function formatConnection(connection: Connection): string {
  const ports = CHANNELS.map((name) => [`${name}_port`, connection.ports[name]]);
  const { transport, ip, key } = connection;
  return JSON.stringify({
    transport,
    ip,
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "notebooster",
    ...Object.fromEntries(ports),
  });
}
