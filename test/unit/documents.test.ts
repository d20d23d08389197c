// The documents: where their links lead, and whether the README keeps up with the command line and the magics.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { magicsText } from "../../dist/kernel/language/magic-words.js";
import { budget } from "../../setup/test-times.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const folders = ["", "notebooks", "notebooks/base-model", "notebooks/data"];
const documents = folders.flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name)),
);

function deadLinks(document: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((found) => found[1] ?? "");
  const relative = targets.filter((target) => !/^[a-z]+:/.test(target));
  return relative.filter((to) => !fs.existsSync(path.join(root, path.dirname(document), to)));
}

test.each(documents)("every relative link of %s leads to something", (document) => {
  expect(deadLinks(document, read(document))).toEqual([]);
});

test("a link that leads nowhere is found", () => {
  expect(deadLinks("README.md", "[a](nowhere.md), [b](LICENSE#c)")).toEqual(["nowhere.md"]);
});

test("CONTRIBUTING tells the budget that npm test prints", () => {
  const [, names, seconds] =
    /^\| (set-up .*) \|\n[|-]+\n\| (.*) \|$/m.exec(read("CONTRIBUTING.md")) ?? [];
  const told = names?.split(" | ").map((name, i) => [name, Number(seconds?.split(" | ")[i])]);
  expect(Object.fromEntries(told ?? [])).toEqual(budget);
});

test("the README names every command", () => {
  const commands = [...read("setup/commands.mjs").matchAll(/\.command\("(\w+)"\)/g)].map(
    (found) => found[1],
  );
  expect(commands).toContain("run");
  const told = read("README.md");
  expect(commands.filter((name) => !told.includes(`npx notebooster ${name}`))).toEqual([]);
});

test("the README names every magic", () => {
  const magics = [...magicsText().matchAll(/^ {2}(%%?\w+)/gm)].map(([, name]) => name);
  expect(magics).toContain("%cluster");
  const told = read("README.md");
  expect(magics.filter((name) => !told.includes(`\`${name}`))).toEqual([]);
});
