// Requests that must be answered whatever the workers do: interrupt, shutdown, connect.

import { CHANNELS } from "../wire/connection.js";
import type { Handler } from "./request.js";

export const interrupt: Handler = (_content, { session }) => {
  session.interrupt();
  return Promise.resolve({ status: "ok" });
};

export const shutdown: Handler = (content, parts) => {
  const restart = content["restart"] === true;
  parts.shutdown(restart);
  return Promise.resolve({ status: "ok", restart });
};

export const connect: Handler = (_content, { connection }) => {
  const ports = CHANNELS.map((name) => [`${name}_port`, connection.ports[name]]);
  return Promise.resolve({
    status: "ok",
    ...(Object.fromEntries(ports) as Record<string, number>),
  });
};
