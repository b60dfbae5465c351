/** Bytes as text. */

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text; a lone surrogate becomes the three bytes that textOf reads back. */
export function bytesOf(text: string): Uint8Array {
  if (!/\p{Cs}/u.test(text)) return encoder.encode(text);
  const parts = [...text].map((character) => {
    const code = character.codePointAt(0) as number;
    if (code < FIRST_SURROGATE || code > LAST_SURROGATE) return encoder.encode(character);
    return Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  });
  return Buffer.concat(parts);
}

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/**
 * A text for any bytes. What is no UTF-8 becomes U+FFFD, but a surrogate that is encoded by itself becomes a lone
 * surrogate: a caller of the library may hand over such a string.
 */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let from = 0;
  for (let i = buffer.indexOf(0xed); i >= 0; i = buffer.indexOf(0xed, i + 1)) {
    const [second = 0, third = 0] = [buffer[i + 1], buffer[i + 2]];
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    parts.push(buffer.toString("utf8", from, i), String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)));
    from = i + 3;
  }
  return parts.length === 0 ? buffer.toString("utf8") : parts.join("") + buffer.toString("utf8", from);
}
