/** Numbers that look random and are the same everywhere: SHA-256 in counter mode, keyed by a text. */
import { createHash } from "node:crypto";

/**
 * A stream of whole numbers; next(n) is uniform on 0 ... n - 1, exactly, by rejection.
 *
 * @param key equal keys give equal streams
 */
export function stream(key: string): (choices: number) => number {
  let block = 0;
  let words: number[] = [];
  const word = (): number => {
    if (words.length === 0) {
      const digest = createHash("sha256").update(`${key}\n${block++}`).digest();
      words = Array.from({ length: 8 }, (_, i) => digest.readUInt32BE(4 * i));
    }
    return words.pop() as number;
  };
  return (choices) => {
    if (!Number.isInteger(choices) || choices < 1 || choices > 2 ** 32) {
      throw new RangeError(`stream: expected a number of choices in 1 ... 2^32, got ${choices}`);
    }
    const limit = 2 ** 32 - (2 ** 32 % choices);
    for (;;) {
      const drawn = word();
      if (drawn < limit) return drawn % choices;
    }
  };
}
