// Chromium for the browser tests, from Debian. Installed when we are root; otherwise the person is told how.
import { existsSync } from "node:fs";
import { runLogged } from "../command.mjs";
import { findOnPath } from "../needs.mjs";
import { SetupError } from "../setup-error.mjs";

const advice = "Install Chromium (apt-get install -y chromium) or set CHROMIUM to its path.";
const apt = { log: "chromium", advice, env: { DEBIAN_FRONTEND: "noninteractive" } };

export const chromium = {
  name: "chromium",
  title: "Installing Chromium for the browser tests",
  after: [],
  inputs: () => [],
  isPresent: () => chromiumPath() !== undefined,
  adopts: true,
  run: async () => {
    if (process.getuid?.() !== 0 || findOnPath("apt-get") === undefined) {
      throw new SetupError(`Chromium is missing: the browser tests need it. ${advice}`);
    }
    await runLogged(["apt-get", "update"], apt);
    await runLogged(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], apt);
  },
};

/** The Chromium to test with, or undefined. */
export function chromiumPath() {
  const given = process.env.CHROMIUM;
  if (given !== undefined) return existsSync(given) ? given : undefined;
  return findOnPath("chromium") ?? findOnPath("chromium-browser");
}
