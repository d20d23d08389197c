// GPT-2's printable alphabet for the 256 bytes: bytes that print stand for themselves, the others for the code points from
// 256 on, in order. Byte-level BPE then works on strings, and no byte is ever unknown.

const PRINTABLE: readonly (readonly [first: number, last: number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
];

/** The character of each byte, by the byte's value. */
export const BYTE_CHARACTERS: readonly string[] = byteCharacters();

/** UTF-8 bytes of a text, each as its character. */
export function toByteCharacters(text: string): string {
  let characters = "";
  for (const byte of new TextEncoder().encode(text)) characters += BYTE_CHARACTERS[byte];
  return characters;
}

function byteCharacters(): string[] {
  let substitute = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = PRINTABLE.some(([first, last]) => first <= byte && byte <= last);
    return String.fromCodePoint(isPrintable ? byte : substitute++);
  });
}
