/**
 * A ReLU network as SMT-LIB definitions, from its exact weights: its pre-activations, and their derivatives by the
 * inputs.
 *
 * Two forms. In `layers`, every row of every layer is the sum that it is. In `tables`, the first two layers are
 * replaced by what they come to at each letter: a row of V2 is a constant and a number for each place, because each
 * unit of V1 reads one coordinate. Solvers are several times faster with tables; that the tables are right, a solver
 * can decide as well (`faults`).
 *
 * Names: vI-R is row R of layer I before its ReLU, rI-R after it; dI-R-J is the derivative of vI-R by xJ, eI-R-J that
 * of rI-R. t2-R and s2-R-J are v2-R and d2-R-J by tables.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import { ExportRefused } from "../export-refused.js";
import type { Definition, Section } from "../smt/script.js";
import { affine, and, differ, equal, ite, numeral, or, positive, sum, ZERO_TERM, type Term } from "../smt/terms.js";
import { termByLetter, type SmtLetters } from "./smt-specification.js";

/** The output of one layer, which the next one reads. */
interface Signals {
  /** Shape: rows. */
  readonly values: readonly Term[];
  /** derivatives[row].get(input); an absent one is 0 everywhere. */
  readonly derivatives: readonly ReadonlyMap<number, Term>[];
}

/** Layers as definitions. */
export interface SmtNetwork {
  readonly sections: readonly Section[];
  readonly output: Signals;
  /** For each of the layers: some ReLU of it that changes with an input there is exactly at its kink. */
  readonly kinks: readonly Term[];
}

/** The layers of a network as they are. */
export function smtLayers({ layers }: Network): SmtNetwork {
  const width = layers[0]?.inputs ?? 0;
  const inputs = Array.from({ length: width }, (_, j) => j);
  const cells: Signals = {
    values: inputs.map((j) => `x${j}`),
    derivatives: inputs.map((j) => new Map([[j, numeral(rational(1n))]])),
  };
  return appendLayers(cells, layers, 1);
}

/** A network whose first two layers are tables. */
export interface SmtTables extends SmtNetwork {
  /** Some row of V2, or derivative of one, is not what its tables say; in the names of both forms. */
  readonly faults: Term;
}

/**
 * Tables in place of the first two layers, and the others as they are; `kinks` begins with the third.
 *
 * @throws {ExportRefused} if a unit of the first layer reads several coordinates
 */
export function smtTables({ layers }: Network, letters: SmtLetters): SmtTables {
  const [v1, v2, ...others] = layers as [AffineMap, AffineMap, ...AffineMap[]];
  const readsMany = v1.rows.findIndex(({ entries }) => entries.length > 1);
  if (readsMany >= 0) {
    throw new ExportRefused(`tables need first-layer units that read one coordinate; unit ${readsMany} reads more`);
  }
  const values: Definition[] = [];
  const slopes: Definition[] = [];
  const faults: Term[] = [];
  const derivatives = v2.rows.map((row, r) => {
    const { constant, parts } = rowTables(v1, row, letters);
    const terms = [...parts].map(([place, { value }]) => termByLetter(letters, place, value.map(numeral)));
    values.push({ name: `t2-${r}`, sort: "Real", term: sum([...nonzero(constant), ...terms]) });
    faults.push(differ(`v2-${r}`, `t2-${r}`));
    return new Map(
      [...parts].flatMap(([place, { slope }]): [number, Term][] => {
        const name = `s2-${r}-${place}`;
        slopes.push({ name, sort: "Real", term: termByLetter(letters, place, slope.map(numeral)) });
        faults.push(differ(`d2-${r}-${place}`, name));
        return slope.every(({ n }) => n === 0n) ? [] : [[place, name]];
      }),
    );
  });
  const rest = appendLayers({ values: values.map(({ name }) => name), derivatives }, others, 3);
  const tables: Section = {
    heading: [
      "V1 and V2 by tables: t2-R is row R of V2, and s2-R-J its derivative by xJ, as numbers for each letter of the places that it",
      "reads. The query `tables` asks whether they are what V1 and V2 give.",
    ],
    definitions: [...values, ...slopes],
  };
  return { ...rest, sections: [tables, ...rest.sections], faults: or(...faults) };
}

function nonzero(constant: Rational): readonly Term[] {
  return constant.n === 0n ? [] : [numeral(constant)];
}

/** What the cell of one place adds to a row of V2, and with which derivative, at each of its letters. */
interface Table {
  readonly value: readonly Rational[];
  readonly slope: readonly Rational[];
}

function rowTables(
  v1: AffineMap,
  { bias, entries }: AffineRow,
  { units }: SmtLetters,
): { readonly constant: Rational; readonly parts: ReadonlyMap<number, Table> } {
  let constant = bias;
  const parts = new Map<number, Table>();
  for (const [k, weight] of entries) {
    const unit = v1.rows[k] as AffineRow;
    const isOn = (pre: Rational): boolean => pre.n !== 0n && pre.s > 0n;
    const [entry] = unit.entries;
    if (entry === undefined) {
      if (isOn(unit.bias)) constant = constant.add(weight.mul(unit.bias));
      continue;
    }
    const [place, steepness] = entry;
    const letters = units[place] ?? [];
    const before = parts.get(place) ?? { value: letters.map(() => ZERO), slope: letters.map(() => ZERO) };
    const pre = letters.map((u) => steepness.mul(u).add(unit.bias));
    parts.set(place, {
      value: before.value.map((v, i) => (isOn(pre[i] as Rational) ? v.add(weight.mul(pre[i] as Rational)) : v)),
      slope: before.slope.map((d, i) => (isOn(pre[i] as Rational) ? d.add(weight.mul(steepness)) : d)),
    });
  }
  return { constant, parts };
}

/** @param first the number of the first of these layers, from 1 */
function appendLayers(input: Signals, layers: readonly AffineMap[], first: number): SmtNetwork {
  const sections: Section[] = [];
  const kinks: Term[] = [];
  let signals = input;
  for (const [i, layer] of layers.entries()) {
    const appended = appendLayer(signals, layer, first + i);
    sections.push(...appended.sections);
    kinks.push(...appended.kinks);
    signals = appended.output;
  }
  return { sections, output: signals, kinks };
}

function appendLayer({ values, derivatives }: Signals, { rows, relu }: AffineMap, number: number): SmtNetwork {
  const sums = rows.map(({ bias, entries }, r): Definition => {
    const term = affine(
      bias,
      entries.map(([column, weight]) => [values[column] as Term, weight]),
    );
    return { name: `v${number}-${r}`, sort: "Real", term, asConstant: relu && number > 1 };
  });
  const slopes = rows.map((row, r) => rowDerivatives(row, derivatives, `d${number}-${r}`));
  const sections: Section[] = [
    {
      heading: [`V${number}: its ${rows.length} rows${relu ? ", and the ReLU of each" : ""}.`],
      definitions: sums.flatMap((row, r) =>
        relu
          ? [row, { name: `r${number}-${r}`, sort: "Real", term: ite(positive(row.name), row.name, ZERO_TERM) }]
          : [row],
      ),
    },
  ];
  const passed = slopes.map((ofRow, r): Definition[] =>
    ofRow.map(({ name, input }) => ({
      name: `e${number}-${r}-${input}`,
      sort: "Real",
      term: ite(positive(`v${number}-${r}`), name, ZERO_TERM),
    })),
  );
  sections.push({
    heading: [`Derivatives of V${number} by the cells, by the chain rule; those that are not listed are 0 everywhere.`],
    definitions: [
      ...slopes.flat().map(({ name, term }): Definition => ({ name, sort: "Real", term })),
      ...(relu ? passed.flat() : []),
    ],
  });
  const kinks = slopes.flatMap((ofRow, r) => {
    if (!relu || ofRow.length === 0) return [];
    const atKink = equal(`v${number}-${r}`, ZERO_TERM);
    // A unit of the first layer changes with whatever it has an entry for.
    return number === 1 ? [atKink] : [and(atKink, or(...ofRow.map(({ name }) => differ(name, ZERO_TERM))))];
  });
  return {
    sections,
    output: {
      values: sums.map(({ name }, r) => (relu ? `r${number}-${r}` : name)),
      derivatives: slopes.map(
        (ofRow, r) => new Map(ofRow.map(({ name, input }) => [input, relu ? `e${number}-${r}-${input}` : name])),
      ),
    },
    kinks: relu ? [or(...kinks)] : [],
  };
}

interface Derivative {
  readonly name: string;
  readonly input: number;
  readonly term: Term;
}

function rowDerivatives(
  { entries }: AffineRow,
  derivatives: readonly ReadonlyMap<number, Term>[],
  name: string,
): Derivative[] {
  const terms = new Map<number, [Term, Rational][]>();
  for (const [column, weight] of entries) {
    for (const [input, inner] of derivatives[column] ?? []) {
      const ofInput = terms.get(input) ?? [];
      ofInput.push([inner, weight]);
      terms.set(input, ofInput);
    }
  }
  return [...terms]
    .sort(([a], [b]) => a - b)
    .map(([input, ofInput]) => ({ name: `${name}-${input}`, input, term: affine(ZERO, ofInput) }));
}
