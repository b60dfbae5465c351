/** Replays of a decoder: every pass asks every position before it, and what is read is compared with the machine's tape. */
import { sha256 } from "./sha-256.js";
import type { Entry, Machine } from "./wei-chen-ma-decoder-machine.js";
import type { Map_, Module, Network } from "./wei-chen-ma-decoder-network.js";
import { reject, type Certificate, type Run } from "./wei-chen-ma-decoder-text.js";
import type { Work } from "./text.js";

/** Decides all runs, and gives what they come to. */
export function decideReplays(certificate: Certificate, machine: Machine, network: Network, work: Work): Run[] {
  return certificate.verdicts.replay.map(({ input, passes }, r) => {
    const path = `verdicts.replay[${r}]`;
    if (input.some((symbol) => symbol >= machine.symbols))
      reject("replay-run", `${path}.input`, "expected indices of symbols");
    if (passes < 1 || passes > certificate.passes)
      reject("replay-run", `${path}.passes`, "expected passes of the decoder");
    return replay(certificate, machine, network, { input, passes, path }, work);
  });
}

function replay(
  { tape }: Certificate,
  machine: Machine,
  network: Network,
  { input, passes, path }: { readonly input: readonly number[]; readonly passes: number; readonly path: string },
  { spend, hold }: Work,
): Run {
  const { bits, width, layers } = network;
  const { states, symbols, halting } = machine;
  const [pos1, pos2] = [states + 2 * symbols, states + 2 * symbols + bits];
  const modulus = 2 ** bits;
  const bitsAt = (vector: number[], from: number, value: number): void => {
    const residue = ((value % modulus) + modulus) % modulus;
    for (let k = 0; k < bits; k++)
      vector[from + bits - 1 - k] = (vector[from + bits - 1 - k] ?? 0) + (Math.floor(residue / 2 ** k) % 2);
  };
  hold(input.length * width);
  const encoded = input.map((symbol, j) => {
    const vector = [...(network.embedding[symbol] as readonly number[])];
    bitsAt(vector, pos1, j + 1);
    return vector;
  });
  const before: number[][][] = layers.map(() => []);
  const reads: string[] = [];
  const apply = (map: Map_, vector: readonly number[]): number[] =>
    map.rows.map(({ bias, terms }) => {
      spend(1 + terms.length);
      return terms.reduce((sum, [column, weight]) => sum + weight * (vector[column] as number), bias);
    });
  const attend = (
    module: Module,
    asking: readonly number[],
    others: readonly (readonly number[])[],
    keys: readonly number[][],
  ): number[] => {
    const question = apply(module.query, asking);
    // All scores of a question in one kind of number: in doubles while none of their sums can be beyond 2^53.
    const reach = (key: readonly number[]): number =>
      question.reduce((sum, q, i) => sum + Math.abs(q) * Math.abs(key[i] as number), 0);
    spend(2 * question.length * (1 + keys.length));
    const all = [module.nullKey, ...keys];
    const scores: readonly (number | bigint)[] = all.every((key) => reach(key) < 2 ** 53)
      ? all.map((key) => question.reduce((sum, q, i) => sum + q * (key[i] as number), 0))
      : all.map((key) => question.reduce((sum, q, i) => sum + BigInt(q) * BigInt(key[i] as number), 0n));
    const best = scores.reduce((a, b) => (b > a ? b : a));
    const chosen = scores.flatMap((one, t) => (one === best ? [t] : []));
    reads.push(`${chosen.join(" ")}\n`);
    const values = new Map<string, number[]>();
    const sums = Array.from({ length: width }, () => 0);
    for (const t of chosen) {
      const other = others[t - 1];
      const value = other === undefined ? module.nullValue : (values.get(other.join()) ?? apply(module.value, other));
      if (other !== undefined) values.set(other.join(), [...value]);
      for (let c = 0; c < width; c++) sums[c] = (sums[c] as number) + (value[c] as number);
    }
    return asking.map((entry, c) => {
      const mean = (sums[c] as number) / chosen.length;
      if (!Number.isSafeInteger(mean)) reject("replay", path, "a mean is no integer");
      return entry + mean;
    });
  };
  const selfKeys: number[][][] = layers.map(() => []);
  const crossKeys = layers.map(({ cross }) => {
    if (cross === undefined) return [];
    hold(input.length * cross.key.rows.length);
    return encoded.map((one) => apply(cross.key, one));
  });
  const cells = new Map(input.map((symbol, i) => [i + 1, symbol]));
  let [state, head, haltsAt] = [0, 1, null as number | null];
  let output: number[] = [...network.start];
  for (let i = 1; i <= passes; i++) {
    if (i > 1) {
      const row = machine.table[state] as readonly Entry[];
      const [write, move, next] = row[cells.get(head) ?? 0] as Entry;
      cells.set(head, write);
      if (!(tape === "one-way" && head === 1 && move === -1)) head += move;
      state = next;
    }
    if (halting.includes(state)) haltsAt ??= i;
    let h = [...output];
    bitsAt(h, pos1, i);
    for (const [j, { self, cross, maps }] of layers.entries()) {
      if (self !== undefined) {
        hold(width + self.key.rows.length);
        before[j]?.push(h);
        selfKeys[j]?.push(apply(self.key, h));
        h = attend(self, h, before[j] as number[][], selfKeys[j] as number[][]);
      }
      if (cross !== undefined) h = attend(cross, h, encoded, crossKeys[j] as number[][]);
      for (const map of maps) h = apply(map, h).map((value) => Math.max(0, value));
    }
    output = h;
    const expected = Array.from({ length: width }, () => 0);
    expected[state] = 1;
    expected[states + (cells.get(head) ?? 0)] = 1;
    bitsAt(expected, pos2, head);
    if (expected.some((entry, c) => entry !== output[c]))
      reject("replay", path, `pass ${i} gives another output than the step`);
  }
  return {
    input,
    passes,
    haltsAt,
    state,
    position: head,
    reads: `sha256:${sha256(new TextEncoder().encode(reads.join("")))}`,
  };
}
