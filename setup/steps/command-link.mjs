// `npx notebooster` in every folder of the checkout, also below a package.json of its own: npx looks into node_modules/.bin of
// all folders above, but for our package.json only in the nearest.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../paths.mjs";
import { linkTo } from "../venvs.mjs";

const link = join(paths.nodeModules, ".bin/notebooster");

export const commandLink = {
  name: "command-link",
  title: "Linking the command notebooster",
  after: ["node-packages"],
  inputs: () => [],
  isPresent: () => existsSync(link),
  adopts: true,
  run: () => {
    rmSync(link, { force: true });
    linkTo(join(paths.setup, "cli.mjs"), link);
  },
};
