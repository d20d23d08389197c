// Lines of conversations in all forms that are known.
import { fileInput } from "../file-input.mjs";
import { readContents } from "../read-contents.mjs";

const lines = [
  '{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"Hi \\ud83d\\ude00"}],"tools":[{"name":"f"}]}',
  '{"conversations":[{"from":"human","value":"a"},{"from":"gpt","value":"b"}],"system":"s"}',
  '{"instruction":"do","input":"","output":"done"}',
  '{"prompt":"1+1=","completion":"2"}',
  '{"text":"once upon a time"}',
  '{"messages":"[{\\"role\\":\\"user\\",\\"content\\":null}]","tools":"[]"}',
];

export const jsonl = fileInput({
  extension: "jsonl",
  constantMb: 192,
  timeMs: 5_000,
  seeds: () =>
    [...lines, lines.join("\n"), `${lines[0]}\r\n\r\n${lines[3]}`].map(
      (text) => new Uint8Array(Buffer.from(text)),
    ),
  words: [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\u",
    "\\ud800",
    "null",
    "true",
    "1e999",
    "\n",
    "\r\n",
    "\xff",
    "\xef\xbb\xbf",
    "\0",
    '"messages"',
    '"role"',
    '"content"',
    '"__proto__":{}',
    '"constructor"',
    '"from":"gpt"',
    "[".repeat(5000),
    '{"a":'.repeat(5000),
  ],
  read: readContents,
});
