/**
 * SHA-256 (FIPS 180-4), so that the second checker runs wherever JavaScript does and shares no code with the first. The
 * constants are computed from what the standard says they are. docs/decisions/008-checkers-in-a-page.md
 */

/** The first primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fractional part of the root of a number, of degree 2 or 3. */
function rootBits(n: number, degree: 2 | 3): number {
  // The largest r with r^degree <= n * 2^(32 degree), bit by bit; the roots of the primes used are below 2^5.
  const power = BigInt(n) << BigInt(32 * degree);
  let root = 0n;
  for (let bit = 1n << 36n; bit > 0n; bit >>= 1n) if ((root | bit) ** BigInt(degree) <= power) root |= bit;
  return Number(BigInt.asIntN(32, root));
}

/** Sections 4.2.2 and 5.3.3. */
const ROUND: readonly number[] = primes(64).map((p) => rootBits(p, 3));
const START: readonly number[] = primes(8).map((p) => rootBits(p, 2));

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** Hexadecimal SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  // Section 5.1.1: the bit 1, zeros up to 8 bytes before the end of a block of 64, the number of bits.
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  const hash = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 16; t++) words[t] = view.getInt32(block + 4 * t);
    compress(hash, words);
  }
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Section 6.2.2 for one block, whose sixteen words are the first of `w`. */
function compress(hash: Int32Array, w: Int32Array): void {
  const word = (t: number): number => w[t] as number;
  for (let t = 16; t < 64; t++) {
    const [x, y] = [word(t - 15), word(t - 2)];
    const sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[t] = sigma1 + word(t - 7) + sigma0 + word(t - 16);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (ROUND[t] as number) + word(t)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) hash[i] = (hash[i] as number) + value;
}
