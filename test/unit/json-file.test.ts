// The one reader of JSON files: special files never wait, and each fault of text, JSON and fields is one sentence.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { boolean, integer, nullable, number, oneOf, text } from "../../src/arguments/checks.js";
import { checkFields, required, tableOf } from "../../src/files/check-fields.js";
import { readJsonObject } from "../../src/files/json-file.js";
import { isThere, readPlainFile } from "../../src/files/plain-file.js";
import { parseStrictJson } from "../../src/files/strict-json.js";
import { scratchFolder } from "../fixtures/scratch.js";

class FileTestError extends Error {}
const problem = (text: string, { path }: { path: string }): Error =>
  new FileTestError(`${path}: ${text}`);

/** What reading the file says; it must refuse. */
function refusal(file: string, maxBytes?: number): string {
  try {
    readJsonObject(file, { problem, ...(maxBytes !== undefined && { maxBytes }) });
  } catch (error) {
    expect(error).toBeInstanceOf(FileTestError);
    return (error as Error).message.replace(`${file}: `, "");
  }
  return "read";
}

test("what is no regular file is refused without being opened", async () => {
  const folder = scratchFolder();
  const at = (name: string): string => path.join(folder, name);
  execFileSync("mkfifo", [at("fifo")]);
  fs.symlinkSync(at("fifo"), at("to-fifo"));
  fs.symlinkSync(at("b"), at("a"));
  fs.symlinkSync(at("a"), at("b"));
  fs.symlinkSync(at("nothing"), at("dangling"));
  fs.symlinkSync("/dev/zero", at("zero"));
  const server = net.createServer();
  await new Promise<void>((listening) => server.listen(at("socket"), listening));
  onTestFinished(() => void server.close());
  fs.writeFileSync(at("file"), "{}");
  const found = ["fifo", "to-fifo", "a", "dangling", "zero", "socket", "none", "file/x"].map(
    (name) => refusal(at(name)),
  );
  expect(found).toEqual([
    "is a FIFO (named pipe); expected a regular file",
    "is a FIFO (named pipe); expected a regular file",
    "is a link that leads back to itself",
    "is a link to something that does not exist",
    "is a device; expected a regular file",
    "is a socket; expected a regular file",
    "no such file",
    "no such file: a part of its path is a file, not a folder",
  ]);
  expect(refusal(folder)).toBe("is a folder; expected a regular file");
  expect(refusal("/dev/null")).toBe("is a device; expected a regular file");
  expect(refusal("/proc/self/mem")).toBe("is empty; expected a JSON object"); // endless, says it has 0 bytes
  expect(refusal(at("x".repeat(300)))).toBe("is longer than a path may be");
  expect([at("dangling"), at("a"), at("file"), at("none")].map(isThere)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("a file longer than allowed is refused by its size alone", () => {
  const file = path.join(scratchFolder(), "large.json");
  fs.writeFileSync(file, "");
  fs.truncateSync(file, 2 ** 40); // sparse
  expect(refusal(file)).toBe(`has ${2 ** 40} bytes; such a file has at most 4000000`);
  fs.writeFileSync(file, "{  }");
  expect(refusal(file, 3)).toBe("has 4 bytes; such a file has at most 3");
  expect(readPlainFile(file, { maxBytes: 4, problem })).toEqual(
    new Uint8Array(Buffer.from("{  }")),
  );
});

test.each(
  (
    [
      ["", "is empty; expected a JSON object"],
      ["null", "holds null; expected a JSON object"],
      ["[1]", "holds a list; expected a JSON object"],
      ["3", "holds a number; expected a JSON object"],
      ['"{}"', "holds a string; expected a JSON object"],
      ["\ufeff{}", "begins with a byte order mark, which JSON has not; save it without"],
      [Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8 text; expected a JSON object"],
      [Buffer.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), "is not UTF-8 text; expected a JSON object"],
      ["{", "is not valid JSON: expected a quoted key at line 1, column 2"],
      ['{\n "a": NaN\n}', "is not valid JSON: expected a value, found NaN at line 2, column 7"],
      ['{\n "a": }', 'is not valid JSON: expected a value, found "}" at line 2, column 7'],
      ['{"a": 1e999}', "is not valid JSON: a number too large to hold at line 1, column 7"],
      [
        '{"a": "\\ud800"}',
        "is not valid JSON: a text with half of a surrogate pair at line 1, column 7",
      ],
      [
        '{"a": "\n"}',
        "is not valid JSON: a text with a bad escape or a control character at line 1, column 7",
      ],
      ['{"a": 1,\n"a": 2}', 'is not valid JSON: duplicate key "a" at line 2, column 4'],
      ['{"a": 1,}', "is not valid JSON: expected a quoted key at line 1, column 9"],
      ["{} {}", "is not valid JSON: text after the end of the value at line 1, column 4"],
      [
        `{"a": ${"[".repeat(100_000)}`,
        "is not valid JSON: nesting deeper than 32 at line 1, column 39",
      ],
    ] as const
  ).map(([content, message], i) => ({ content, message, i })),
)("text $i is refused: $message", ({ content, message }) => {
  const file = path.join(scratchFolder(), "file.json");
  fs.writeFileSync(file, content);
  expect(refusal(file)).toBe(message);
});

test("objects keep order and keys as they stand", () => {
  const object = parseStrictJson('{"b": 1, "10": 2, "2": 3, "__proto__": {"x": null}}') as Map<
    string,
    unknown
  >;
  expect([...object.keys()]).toEqual(["b", "10", "2", "__proto__"]);
});

test("fields come with their types, and all that are wrong are in one error", () => {
  const schema = {
    size: required(integer({ min: 1 })),
    theta: number({ above: 0 }),
    tied: boolean,
    head: nullable(integer({ min: 1 })),
    name: text,
    kind: oneOf("default", "linear"),
    ids: tableOf(integer({ min: 0 })),
  };
  const check = (json: string) =>
    checkFields(parseStrictJson(json) as Map<string, never>, schema, {
      path: "/m/config.json",
      problem,
    });
  const fields: { size: number; theta?: number; tied?: boolean; head?: number | null } = check(
    '{"size": 3, "head": null, "other": 1, "ids": {"a": 0}}',
  );
  expect(fields).toEqual({ size: 3, head: null, ids: new Map([["a", 0]]) });
  expect(() =>
    check(
      '{"theta": "500000", "tied": "true", "head": 0, "name": null, "kind": {"a": [1]}, "ids": {"a": -1}}',
    ),
  ).toThrow(
    '/m/config.json: has no "size", which must be a whole number of at least 1; ' +
      '"theta" must be a number above 0, got "500000"; write it without quotes; ' +
      '"tied" must be true or false, got "true"; write it without quotes; ' +
      '"head" must be a whole number of at least 1, or null, got 0; ' +
      '"name" must be text, got null; ' +
      '"kind" must be "default" or "linear", got {"a":[1]}; ' +
      '"ids.a" must be a whole number of at least 0, got -1',
  );
  expect(() =>
    checkFields(
      parseStrictJson("{}") as Map<string, never>,
      { factor: required(number()) },
      {
        path: "/m/config.json",
        problem,
        within: "rope_parameters",
      },
    ),
  ).toThrow('/m/config.json: has no "rope_parameters.factor", which must be a number');
});
