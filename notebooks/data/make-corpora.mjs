// Makes the two texts of this folder, kjv.txt and austen.txt.gz, from three Debian packages:
//
//   mkdir packages && cd packages
//   apt-get update && apt-get download r-cran-janeaustenr bible-kjv-text bible-kjv
//   for package in *.deb; do dpkg-deb -x "$package" files; done && cd ..
//   node make-corpora.mjs packages/files
//
// Both come out in one form: a document (a chapter) is a block of lines, the first of them its title; each further line is
// a paragraph or a verse; an empty line ends the document. The same Node version gives the same bytes again.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));

// Book names as the `bible` program abbreviates them, and as they are printed.
const BIBLE_BOOKS = new Map([
  ["Ge", "Genesis"],
  ["Exo", "Exodus"],
  ["Ruth", "Ruth"],
  ["1Sm", "The First Book of Samuel"],
  ["2Sm", "The Second Book of Samuel"],
  ["Est", "Esther"],
  ["Job", "Job"],
  ["Psa", "Psalm"],
  ["Prv", "Proverbs"],
  ["Eccl", "Ecclesiastes"],
  ["SSol", "The Song of Solomon"],
  ["Mat", "The Gospel according to Saint Matthew"],
  ["Luke", "The Gospel according to Saint Luke"],
  ["John", "The Gospel according to Saint John"],
]);

const NOVELS = ["Emma", "Mansfield Park", "Northanger Abbey", "Persuasion", "Pride and Prejudice", "Sense and Sensibility"];

main();

function main() {
  const packageFiles = process.argv[2];
  if (packageFiles === undefined) throw new Error("usage: node make-corpora.mjs FOLDER_OF_UNPACKED_PACKAGES");
  const bible = bibleDocuments(path.join(packageFiles, "usr"));
  fs.writeFileSync(path.join(here, "kjv.txt"), asText(bible));
  const novels = austenDocuments(path.join(packageFiles, "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"));
  fs.writeFileSync(path.join(here, "austen.txt.gz"), gzip(asText(novels)));
  report("kjv.txt", bible);
  report("austen.txt.gz", novels);
}

function asText(documents) {
  return `${documents.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Level 9, with the operating-system byte of the header fixed, so that every machine gives the same file. */
function gzip(text) {
  const bytes = zlib.gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

function report(name, documents) {
  const characters = asText(documents).length;
  console.log(`${name}: ${documents.length} documents, ${characters} characters`);
}

/** One document a chapter, one line a verse, without the verse numbers. */
function bibleDocuments(usr) {
  const program = path.join(usr, "bin/bible");
  const printed = execFileSync(program, ["-p", path.join(usr, "lib"), "-f", "gen1:1-rev22:21"], {
    encoding: "latin1",
    maxBuffer: 1 << 24,
  });
  const chapters = new Map();
  for (const line of printed.trim().split("\n")) {
    const { book, chapter, verse } = /^(?<book>\d?[A-Za-z]+)(?<chapter>\d+):\d+ (?<verse>.*)$/.exec(line).groups;
    const title = BIBLE_BOOKS.get(book);
    if (title === undefined) continue;
    const heading = `${title} ${chapter}`;
    const lines = chapters.get(heading) ?? [heading];
    lines.push(verse.replace(/\s+/g, " ").trim());
    chapters.set(heading, lines);
  }
  return [...chapters.values()];
}

/** One document a chapter, one line a paragraph, the line breaks and the underscores of the source removed. */
function austenDocuments(lazyLoadFile) {
  const vectors = readLazyLoadVectors(fs.readFileSync(lazyLoadFile));
  if (vectors.length !== NOVELS.length) throw new Error(`${lazyLoadFile}: ${vectors.length} novels, expected ${NOVELS.length}`);
  return vectors.flatMap((lines, index) => novelChapters(NOVELS[index], lines));
}

function novelChapters(title, lines) {
  const chapters = [];
  let volume = "";
  for (const paragraph of lines.join("\n").split(/\n\s*\n/)) {
    const text = paragraph.replace(/\s+/g, " ").replaceAll("_", "").trim();
    if (/^volume [ivx]+$/i.test(text)) volume = `Volume ${text.split(" ")[1]}, `;
    else if (/^chapter [ivxl\d]+$/i.test(text)) chapters.push([`${title}, ${volume}Chapter ${text.split(" ")[1]}`]);
    else if (text !== "" && !/^(finis|the end)\.?$/i.test(text)) chapters.at(-1)?.push(text);
  }
  return chapters;
}

/**
 * The character vectors of an R lazy-load database (.rdb): chunks of a 4-byte big-endian length of the unpacked data and
 * a zlib stream; each unpacks to R's XDR serialization of one vector of strings.
 */
function readLazyLoadVectors(bytes) {
  const vectors = [];
  let position = 0;
  while (position < bytes.length) {
    const { buffer, engine } = zlib.inflateSync(bytes.subarray(position + 4), { info: true });
    vectors.push(readStringVector(buffer));
    position += 4 + engine.bytesWritten;
  }
  return vectors;
}

/** R Internals, 1.8: "X\n", three version words, in version 3 the encoding's name, then one STRSXP (type 16). */
function readStringVector(buffer) {
  let position = 2;
  const int = () => {
    position += 4;
    return buffer.readInt32BE(position - 4);
  };
  const bytes = (count) => {
    position += count;
    return buffer.toString("utf8", position - count, position);
  };
  const version = int();
  position += 8;
  if (version === 3) bytes(int());
  const type = int() & 0xff;
  if (type !== 16) throw new Error(`expected a vector of strings (type 16), found type ${type}`);
  return Array.from({ length: int() }, () => {
    int();
    const count = int();
    return count < 0 ? "" : bytes(count);
  });
}
