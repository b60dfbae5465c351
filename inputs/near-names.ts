/** "Did you mean ...?" for names that were mistyped. */
import { quoteInput } from "./input-error.js";

/** Longest name that is compared, in UTF-16 units: the time is the product of two lengths. */
const MAX_COMPARED_LENGTH = 64;

/**
 * The candidate with the smallest edit distance to a name, letter case aside, if that distance is at most a third of the
 * name's length and at most 3; the first one among equals. Failing that, the first one that begins with the name, if the
 * name has at least three letters. Names of more than MAX_COMPARED_LENGTH have none.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_COMPARED_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? [...candidates].find((candidate) => name.length >= 3 && candidate.startsWith(name));
}

/** ` (did you mean "x"?)` for the nearest candidate, or nothing. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearestName(name, candidates);
  return near === undefined ? "" : ` (did you mean ${quoteInput(near)}?)`;
}

/** Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const replace = (last[j - 1] ?? 0) + (same ? 0 : 1);
      let distance = Math.min(replace, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
