// Body of the heartbeat's thread: whatever arrives goes back as it came.

import { parentPort, workerData } from "node:worker_threads";
import { Router } from "zeromq";
import { curveOptions } from "./connection.js";
import type { HeartbeatData } from "./heartbeat.js";
import { Outbox } from "./outbox.js";

const { address, curve } = workerData as HeartbeatData;
const socket = new Router({ linger: 0, ...curveOptions(curve) });
const outbox = new Outbox(socket);
parentPort?.on("message", () => socket.close());
await socket.bind(address);
parentPort?.postMessage(socket.lastEndpoint);
for await (const frames of socket) outbox.send(frames);
parentPort?.postMessage("closed");
