// The start-up handshake: given a registration file, the kernel chooses its ports itself and tells them to the address in
// the file, so that no port can be taken between choice and use. Source: JEP 66, protocol 5.6.

import { setTimeout as delay } from "node:timers/promises";
import { Dealer } from "zeromq";
import { CHANNELS, type Connection, readBasics, readPort, type Transport } from "./connection.js";
import { Signer } from "./signature.js";

const DELIMITER = Buffer.from("<IDS|MSG>");
const ANSWER_MS = 5000;
const PORTS_PER_KERNEL = 10;

export interface Registration {
  readonly kernelId: string;
  readonly transport: Transport;
  readonly ip: string;
  readonly port: number;
  readonly key: string;
}

/** Checks a registration file; undefined for a connection file. Throws an `Error` that names what is wrong. */
export function parseRegistration(
  file: Record<string, unknown>,
  path: string,
): Registration | undefined {
  if (file["registration_port"] === undefined) return undefined;
  const kernelId = file["kernel_id"];
  if (typeof kernelId !== "string") {
    throw new Error(`${path}: kernel_id must be text, not ${JSON.stringify(kernelId)}`);
  }
  return {
    ...readBasics(file, path),
    kernelId,
    ip: String(file["registration_ip"] ?? "127.0.0.1"),
    port: readPort(file, "registration_port", path),
  };
}

/** A connection beside the registration's address whose ports are still to be chosen. */
export function connectionOf({ transport, ip, key }: Registration): Connection {
  // tcp: the system chooses; ipc: a port is the end of a file's name, and the process id makes it unique
  const first = transport === "tcp" ? 0 : process.pid * PORTS_PER_KERNEL;
  const ports = CHANNELS.map((name, i) => [name, transport === "tcp" ? 0 : first + i]);
  return { transport, ip, key, ports: Object.fromEntries(ports) as Connection["ports"] };
}

/** Tells the kernel's ports to the registration's address; throws when they are not acknowledged. */
export async function register(registration: Registration, { ports }: Connection): Promise<void> {
  const { transport, ip, port, key, kernelId } = registration;
  const separator = transport === "tcp" ? ":" : "-";
  const address = `${transport}://${ip}${separator}${port}`;
  const signer = new Signer(key);
  const socket = new Dealer({ linger: ANSWER_MS });
  socket.connect(address);
  const named = CHANNELS.map((name) => [`${name}_port`, String(ports[name])]);
  const content = Buffer.from(
    JSON.stringify({ kernel_id: kernelId, ...(Object.fromEntries(named) as object) }),
  );
  await socket.send([DELIMITER, Buffer.from(signer.sign([content])), content]);
  const answer = await Promise.race([socket.receive(), delay(ANSWER_MS)]);
  socket.close();
  if (answer === undefined) {
    throw new Error(`${address} did not acknowledge the registration within ${ANSWER_MS} ms`);
  }
  const at = answer.findIndex((frame) => DELIMITER.equals(frame));
  const [signature = Buffer.alloc(0), ...frames] = answer.slice(at + 1);
  if (at < 0 || !signer.accept(signature, frames.slice(0, 1))) {
    throw new Error(`${address} acknowledged the registration with a wrong signature`);
  }
}
