// Safetensors: a header in JSON before the numbers. Every tensor of a file that opens is read.
import { CheckpointError } from "../../../dist/src/checkpoint/checkpoint-error.js";
import { SafetensorsFile } from "../../../dist/src/checkpoint/safetensors.js";
import { fileInput } from "../file-input.mjs";

/** Headers, and how many bytes stand behind each. */
const files = /** @type {const} */ ([
  ['{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8],
  [
    '{"__metadata__":{"format":"pt"},"model.w":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},"b":{"dtype":"I64","shape":[],"data_offsets":[12,20]}}',
    20,
  ],
  ["{}", 0],
]);

export const safetensors = fileInput({
  extension: "safetensors",
  constantMb: 192,
  timeMs: 5_000,
  seeds: () => files.map(fileOf),
  words: [
    '"F32"',
    '"F64"',
    '"I8"',
    '"BOOL"',
    '"F8_E4M3"',
    '"shape"',
    '"data_offsets"',
    "[0,8]",
    "[0,0]",
    "[]",
    "{",
    "}",
    '"a":',
    '"__metadata__"',
    "9007199254740993",
    "-1",
    "1e3",
    " ",
    "\\u0061",
    "[".repeat(100),
  ],
  typed: CheckpointError,
  read(file) {
    const open = SafetensorsFile.open(file);
    try {
      let numBytes = 0;
      for (const name of open.tensors.keys()) numBytes += open.read(name).length;
      return `${open.tensors.size} tensors, ${numBytes > 0 ? "some" : "no"} bytes`;
    } finally {
      open.close();
    }
  },
});

/** @param {readonly [header: string, numBytes: number]} file */
function fileOf([header, numBytes]) {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, Buffer.alloc(numBytes, 7)]));
}
