/**
 * Follows a decoder layer by layer in Hoare's style: before each layer its coordinates hold the formulas of the layer before, attention
 * adds what its scores decide, and each row of the function layer must give the formula that the certificate states for it.
 */
import { type Kind, readModule, rowSum } from "./wei-chen-ma-decoder-attention.js";
import { NOTHING, combine, readFormula, single, type Formula, type Sum } from "./wei-chen-ma-decoder-formulas.js";
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import type { Layer, Network, Row } from "./wei-chen-ma-decoder-network.js";
import { Prover } from "./wei-chen-ma-decoder-proofs.js";
import { reject, type Certificate } from "./wei-chen-ma-decoder-text.js";
import type { Spend } from "./text.js";

/** What was decided. */
export interface Followed {
  readonly kinds: Readonly<Record<Kind, number>>;
  readonly gaps: readonly { readonly self: number | undefined; readonly cross: number | undefined }[];
}

/** Decides formulas, attention and corrections of all layers, the beginning and the end. */
export function followLayers(certificate: Certificate, machine: Machine, network: Network, spend: Spend): Followed {
  const { width, bits, layers } = network;
  const { formulas, tape } = certificate;
  if (formulas.length !== layers.length)
    reject("formula", "formulas", `expected a list for each of ${layers.length} layers`);
  const prover = new Prover(machine, bits, tape === "one-way", spend);
  const named = (text: string): Formula => readFormula(text, machine, bits) as Formula;
  const kinds = { any: 0, bit: 0, last: 0, input: 0 };
  const gaps: { self: number | undefined; cross: number | undefined }[] = [];
  let held = new Map([...inputFormulas(machine, bits)].map(([c, text]) => [c, named(text)]));
  const stated = new Map<number, Formula>();
  for (const [j, layer] of layers.entries()) {
    changeFormulas(stated, formulas[j] ?? [], j, width, (text) => readFormula(text, machine, bits));
    let sums: Sum[] = Array.from({ length: width }, (_, c) => sumOf(held.get(c)));
    const own = { self: undefined as number | undefined, cross: undefined as number | undefined };
    for (const which of ["self", "cross"] as const) {
      const module = layer[which];
      if (module === undefined) continue;
      const place = { path: `decoder.layers[${j}].${which}`, bits, machine, named, which, spend };
      const keys = which === "self" ? sums.map((_, c) => sumOf(held.get(c))) : encoderSums(machine, bits, width, named);
      const read = readModule(module, sums, keys, place);
      kinds[read.kind]++;
      own[which] = read.gap;
      sums = sums.map((sum, c) =>
        combine(0, [
          [sum, 1],
          [read.adds[c] as Sum, 1],
        ]),
      );
      for (const [c, sum] of sums.entries()) {
        const wrong = prover.notBinary(sum);
        if (wrong === undefined) continue;
        reject(
          "binary",
          `${place.path}.value.rows[${c}]`,
          `expected the module to leave 0 or 1; it does not where ${wrong}`,
        );
      }
    }
    gaps.push(own);
    for (const [c, row] of layer.maps[0].rows.entries()) {
      const wrong = prover.counterexample(rowSum(row, sums), stated.get(c));
      if (wrong === undefined) continue;
      const what = stated.get(c)?.text ?? "0";
      reject("formula", `decoder.layers[${j}].feedForward[0].rows[${c}]`, `expected ${what}; it is not where ${wrong}`);
    }
    held = new Map(stated);
    decideCorrection(layer, j);
  }
  decideEnd(held, machine, bits, width, layers.length - 1);
  return { kinds, gaps };
}

function sumOf(formula: Formula | undefined): Sum {
  return formula === undefined ? NOTHING : single(formula);
}

/** (C.3), by coordinate: st, sym1, pos1, pos2. */
function* inputFormulas({ states, symbols }: Machine, bits: number): Generator<readonly [number, string]> {
  for (let z = 0; z < states; z++) yield [z, `z.${z}`];
  for (let a = 0; a < symbols; a++) yield [states + a, `a.${a}`];
  for (let k = 0; k < bits; k++) {
    yield [states + 2 * symbols + bits - 1 - k, `t.${k}`];
    yield [states + 2 * symbols + 2 * bits - 1 - k, `l.${k}`];
  }
}

/** (C.1): what the coordinates of an encoder's output hold; the bits of its position are called t. */
function encoderSums(machine: Machine, bits: number, width: number, named: (text: string) => Formula): Sum[] {
  const sums = Array.from({ length: width }, () => NOTHING);
  const { states, symbols } = machine;
  for (let a = 0; a < symbols; a++) sums[states + a] = single(named(`write.${a}`));
  for (let k = 0; k < bits; k++) sums[states + 2 * symbols + bits - 1 - k] = single(named(`t.${k}`));
  return sums;
}

/** (C.2) and nothing else. */
function decideEnd(
  held: ReadonlyMap<number, Formula>,
  machine: Machine,
  bits: number,
  width: number,
  last: number,
): void {
  const { states, symbols } = machine;
  const expected = new Map<number, string>();
  for (let z = 0; z < states; z++) expected.set(z, `next.${z}`);
  for (let a = 0; a < symbols; a++) expected.set(states + a, `read.${a}`);
  for (let k = 0; k < bits; k++) expected.set(states + 2 * symbols + 2 * bits - 1 - k, `m.${k}`);
  for (let c = 0; c < width; c++) {
    if (held.get(c)?.text !== expected.get(c))
      reject(
        "step",
        `decoder.layers[${last}]`,
        `coordinate ${c}: expected ${expected.get(c) ?? "0"}, got ${held.get(c)?.text ?? "0"}`,
      );
  }
}

function changeFormulas(
  stated: Map<number, Formula>,
  changes: readonly (readonly [number, string])[],
  j: number,
  width: number,
  read: (text: string) => Formula | undefined,
): void {
  let before = -1;
  for (const [i, [c, text]] of changes.entries()) {
    const path = `formulas[${j}][${i}]`;
    const formula = text === "0" ? undefined : read(text);
    if (c <= before || c >= width) reject("formula", path, "expected coordinates that rise, in range");
    if (text !== "0" && formula === undefined) reject("formula", path, `expected a formula, got ${text}`);
    if (stated.get(c)?.text === formula?.text) reject("formula", path, "expected a change");
    before = c;
    if (formula === undefined) stated.delete(c);
    else stated.set(c, formula);
  }
}

/** round as phi(phi(3 z - 1) - phi(3 z - 2)), coordinate by coordinate. */
function decideCorrection({ maps: [, first, second] }: Layer, j: number): void {
  if (first.rows.length !== 2 * second.rows.length)
    reject("correction", `decoder.layers[${j}].feedForward[1]`, "expected two ReLUs for each coordinate");
  for (const [c, { bias, terms }] of second.rows.entries()) {
    const path = `decoder.layers[${j}].feedForward[2].rows[${c}]`;
    const relus = terms.map(([hidden, weight]) => ({ row: first.rows[hidden] as Row, weight }));
    const fits =
      bias === 0 &&
      relus.length === 2 &&
      relus.every(({ row, weight }) => {
        const [only, ...more] = row.terms;
        return more.length === 0 && only?.[0] === c && only[1] === 3 && row.bias === (weight === 1 ? -1 : -2);
      }) &&
      relus[0]?.weight === 1 &&
      relus[1]?.weight === -1;
    if (!fits) reject("correction", path, "expected phi(phi(3 z - 1) - phi(3 z - 2)) of this coordinate");
  }
}
