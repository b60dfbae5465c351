/** Files that differ from a certificate in one bit. */
import { agrees, JUDGES, type Judge } from "./judge.js";
import type { CheckerName } from "./case.js";

/** A file that a checker did not reject although a bit of it was turned. */
export interface Flip {
  readonly byte: number;
  readonly bit: number;
}

/** The flips after which a file is accepted, or leaves the checker undecided. @param flips which to try */
export function unharmedBy(bytes: Uint8Array, checker: CheckerName, flips: Iterable<Flip>): Flip[] {
  const judge: Judge = JUDGES[checker];
  const turned = Uint8Array.from(bytes);
  const unharmed: Flip[] = [];
  for (const flip of flips) {
    const { byte, bit } = flip;
    turned[byte] = (bytes[byte] as number) ^ (1 << bit);
    const said = judge(turned);
    if (!agrees(said, { verdict: "unreadable" }) && said.verdict !== "rejected") unharmed.push(flip);
    turned[byte] = bytes[byte] as number;
  }
  return unharmed;
}
