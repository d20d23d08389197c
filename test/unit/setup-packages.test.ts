// What is pinned and what is locked: a fresh clone installs the same packages everywhere.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const pins = (path: string) =>
  read(path)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

test.each(["setup/requirements.txt", "setup/requirements-test.txt"])(
  "%s pins every package exactly",
  (path) => {
    expect(pins(path).filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  },
);

test("no Python package is pinned twice", () => {
  const names = ["setup/requirements.txt", "setup/requirements-test.txt"]
    .flatMap(pins)
    .map((line) => line.split("==")[0]);
  expect(names.length).toBe(new Set(names).size);
});

test("package-lock.json lists the optional packages of every platform", async () => {
  const { missingOptional } = await import(`${root}setup/complete-lock.mjs`);
  const { packages } = JSON.parse(read("package-lock.json"));
  expect(missingOptional(packages)).toEqual([]);
  const broken = { a: { optionalDependencies: { "a-win32-x64": "1.0.0" } } };
  expect(missingOptional(broken)).toEqual([{ name: "a-win32-x64", version: "1.0.0", dev: false }]);
});

test("package.json asks for exact versions", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const versions: string[] = [
    ...Object.values<string>(dependencies),
    ...Object.values<string>(devDependencies),
  ];
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("a bundle takes along the headers that its host builds the addon with", async () => {
  const { bundledPaths, isBundled } = await import(`${root}setup/bundle-contents.mjs`);
  const headers = ["node-addon-api/napi-inl.h", "node-api-headers/include/node_api.h"];
  const paths = headers.map((header) => `node_modules/${header}`);
  expect(paths.filter((path) => !read(path))).toEqual([]);
  const isTaken = (path: string) =>
    bundledPaths().some((folder: string) => path.startsWith(`${folder}/`)) &&
    isBundled(`${root}${path}`);
  expect(paths.filter((path) => !isTaken(path))).toEqual([]);
});
