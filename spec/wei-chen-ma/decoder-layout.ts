/**
 * The groups of coordinates of section C.1, where inputs and outputs of a pass stand in them, and positions as bits. Only the
 * groups that (C.1), (C.2) and (C.3) speak of have a fixed place; what a network does with the other coordinates is its own.
 */

/** Sizes: Z states, the one that begins outside included (amendment `first-step-outside`); A symbols; w bits of a position. */
export interface DecoderSizes {
  readonly states: number;
  readonly symbols: number;
  readonly bits: number;
}

/** The first coordinate of each group: st, sym1, sym2, pos1, pos2, pos3, scr. */
export interface DecoderGroups {
  readonly state: number;
  readonly symbol: number;
  readonly written: number;
  readonly step: number;
  readonly position: number;
  readonly nextPosition: number;
  readonly scratch: number;
}

/** The groups in the order of section C.1. */
export function decoderGroups({ states, symbols, bits }: DecoderSizes): DecoderGroups {
  const written = states + symbols;
  const step = written + symbols;
  return {
    state: 0,
    symbol: states,
    written,
    step,
    position: step + bits,
    nextPosition: step + 2 * bits,
    scratch: step + 3 * bits,
  };
}

/**
 * Bin(i): w bits, most significant first, of i modulo 2^w. The print has ceil(log2 T) bits, which cannot hold T itself where T
 * is a power of two (amendment `position-bits`); positions are residues, so a two-way tape needs no sign.
 */
export function bin(i: number, bits: number): (0 | 1)[] {
  const residue = ((BigInt(i) % (1n << BigInt(bits))) + (1n << BigInt(bits))) % (1n << BigInt(bits));
  return Array.from({ length: bits }, (_, j) => Number((residue >> BigInt(bits - 1 - j)) & 1n) as 0 | 1);
}

/**
 * Whether w bits tell apart all positions that a run of N passes on an input of m symbols may name, and all of the passes 1, ...,
 * N: 2^w >= N + max(m, 1) on a two-way tape, 2^w > max(N, m) on a one-way one.
 *
 * A two-way head is at 0, then at 1, so it comes to 2 - N at the least; from there to m there are N + m - 1 positions.
 */
export function fitsCapacity(bits: number, passes: number, inputLength: number, tape: "one-way" | "two-way"): boolean {
  const room = 2n ** BigInt(bits);
  const [n, m] = [BigInt(passes), BigInt(inputLength)];
  return tape === "two-way" ? room >= n + (m > 1n ? m : 1n) : room > (n > m ? n : m);
}

/** The most input symbols that w bits allow for N passes; negative if even none are too many. */
export function longestInput(bits: number, passes: number, tape: "one-way" | "two-way"): bigint {
  const room = 2n ** BigInt(bits);
  if (!fitsCapacity(bits, passes, 0, tape)) return -1n;
  return tape === "two-way" ? room - BigInt(passes) : room - 1n;
}
