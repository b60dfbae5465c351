/** Lemma 5, Lemma 6 and Corollary 3 to the letter: formulas against networks that were built, and what f-bar would need. */
import { checkDimensions, checkWeightSets } from "../../checkers/rcnn/check-lemma5.js";
import { checkTable } from "../../checkers/networks/check-table.js";
import { tableToNetwork } from "../../construction/rcnn/lemma5/table-to-network.js";
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { provenDimensions, unionBound, weightDomain, weightSets } from "../../spec/rcnn/lemma5/weights.js";
import { distinct, type Table, type TablePoint } from "../../spec/networks/table.js";
import { alphabet, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode, type Cell } from "../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { patchOf } from "../../spec/rcnn/patch.js";
import { unless, yesNo, type Computation } from "../computation.js";
import { scrambledMachine } from "./sample-machine.js";
import { allStates, literalFilterSizes, literalSizes, literalZeros, printedSetSize } from "./sizes.js";

/** All points of {0 ... sizes[0]-1} x ..., with values and slopes of a fixed pattern. */
function productTable(sizes: readonly number[]): Table {
  let points: Rational[][] = [[]];
  for (const size of sizes) {
    points = points.flatMap((at) => Array.from({ length: size }, (_, x) => [...at, rational(BigInt(x))]));
  }
  const build = (at: Rational[], k: number): TablePoint => ({
    at,
    value: [k % 3 === 0 ? ZERO : rational(BigInt(k % 3))],
    jacobian: [at.map((_, j) => ((k + j) % 2 === 0 ? ONE : ZERO))],
  });
  return { inputs: sizes.length, outputs: 1, points: points.map(build) };
}

/** The tables on which formulas meet built networks. */
const SHAPES: readonly (readonly number[])[] = [[1], [2], [5], [2, 2], [3, 2], [2, 2, 2], [4, 1, 3], [2, 2, 2, 2]];

const tables: Computation = {
  name: "lemma-5-on-small-tables",
  about: "Values, derivatives, dimensions and weight sets of the network of Lemma 5, built for eight tables.",
  run: () => {
    const faults = SHAPES.flatMap((sizes) => {
      const table = productTable(sizes);
      const network = tableToNetwork(table);
      const verdicts = [checkTable(network, table), checkDimensions(network, table), checkWeightSets(network, table)];
      return verdicts.every(({ verdict }) => verdict === "accepted") ? [] : [sizes.join(" x ")];
    });
    const points = SHAPES.reduce((sum, sizes) => sum + productTable(sizes).points.length, 0);
    return {
      instance: `tables on products of ${SHAPES.map((sizes) => sizes.join(" x ")).join(", ")} points`,
      amended: unless(
        faults[0],
        "all values and derivatives, at most the printed dimensions, all weights in their sets",
      ),
      numbers: { tables: String(SHAPES.length), points: String(points) },
    };
  },
};

const formulas: Computation = {
  name: "lemma-5-sizes-by-formula",
  about:
    "Closed formulas for the sizes of Lemma 5 against networks that were built; sizes for f-bar on its well-formed patches.",
  run: () => {
    const wrong = SHAPES.find((sizes) => {
      const table = productTable(sizes);
      const zeros = table.points.filter(({ value }) => value[0]?.n === 0n).length;
      const formula = literalSizes(sizes.map(BigInt), BigInt(table.points.length), BigInt(zeros));
      const { d1, bumps, d2, thresholds } = provenDimensions(table);
      const { layers } = tableToNetwork(table);
      const rows = layers.map((layer) => layer.rows.length);
      const parameters = layers.reduce((sum, layer) => sum + layer.rows.length * (layer.inputs + 1), 0);
      return (
        [d1, bumps, d2, thresholds].some((size, i) => size !== rows[i]) ||
        [formula.d1, formula.bumps, formula.d2, formula.thresholds].some((size, i) => size !== BigInt(rows[i] ?? -1)) ||
        formula.parameters !== BigInt(parameters)
      );
    });
    const counted = zerosOfTheFilter();
    const [one, many] = [literalFilterSizes(1n), literalFilterSizes(256n)];
    return {
      instance: "f-bar on all well-formed patches, s = 1",
      amended: unless(
        wrong !== undefined || counted !== literalZeros(1n) ? `${wrong?.join(" x ") ?? counted}` : undefined,
        "d1 = 890 + 360 s; d2 is 27 for each patch with value 0 and 54 for each other",
      ),
      numbers: {
        "d1, s = 1": String(one.d1),
        "d2, s = 1": String(one.d2),
        "parameters, s = 1": String(one.parameters),
        "d1, s = 256": String(many.d1),
        "d2, s = 256": String(many.d2),
        "parameters, s = 256": String(many.parameters),
        "patches with value 0, s = 1": String(counted),
      },
    };
  },
};

const width: Computation = {
  name: "lemma-5-against-100-s",
  about:
    "Whether the network of Lemma 5 for f-bar on its well-formed patches fits into the width 100 s, s = 1 ... 256.",
  run: () => {
    const fits = allStates().filter((s) => {
      const { d1, d2 } = literalFilterSizes(BigInt(s));
      return d1 <= 100n * BigInt(s) || d2 <= 100n * BigInt(s);
    });
    const one = literalFilterSizes(1n);
    return {
      instance: "f-bar on all well-formed patches, s = 1",
      printed: unless(
        fits.length === 0
          ? `d1 = ${one.d1} and d2 = ${one.d2}, 100 s is 100; neither fits for any s up to 256`
          : undefined,
        `it fits for s = ${fits.join(", ")}`,
      ),
      numbers: {
        "d1, s = 1": String(one.d1),
        "d2, s = 1": String(one.d2),
        "values of s at which d1 or d2 fits": String(fits.length),
      },
    };
  },
};

/** Counts the patches with f-bar = 0 for s = 1: the four corners change nothing, the cross is enumerated. */
export function zerosOfTheFilter(): bigint {
  const code = cellCode(1);
  const { centre, neighbour } = alphabet(code, "well-formed");
  const questions = cellFeatures(code, scrambledMachine(1));
  const nothing = neighbour[0] as Cell;
  let zeros = 0n;
  for (const middle of centre.filter((cell) => cell.value.n === 0n)) {
    for (const above of neighbour) {
      for (const left of neighbour) {
        for (const right of neighbour) {
          for (const below of neighbour) {
            const patch = patchOf([nothing, above, nothing, left, middle, right, nothing, below, nothing]);
            if (outcomeValue(cellRule(code, questions, patch), middle).n === 0n) zeros++;
          }
        }
      }
    }
  }
  // Cells other than 0 become 0 nowhere: every line but "keep" adds a phase, and "keep" leaves them as they are.
  return zeros * BigInt(neighbour.length) ** 4n;
}

const univariate: Computation = {
  name: "lemma-6-sharp-sets",
  about:
    "How many numbers the sets of Lemma 6 hold for all well-formed cells (s = 1 ... 16), against the printed bounds.",
  run: () => {
    const states = Array.from({ length: 16 }, (_, i) => i + 1);
    const measured = states.map((s) => {
      const domain = cellDomain(s, "well-formed");
      const sets = weightSets(domain);
      const union = distinct([ZERO, ...Object.values(sets).flat()]).length;
      return { s, x: domain.inputValues.length, sets, union, bound: unionBound(domain) };
    });
    const over = measured.find(({ union, bound }) => union > bound.printed);
    const blunt = measured.find(({ union, bound }) => union > bound.sharp);
    const slopes = measured.find(({ sets }) => sets["W1'"].length !== 6);
    const largest = measured.at(-1);
    const printed = measured.find(({ s, x, union }) => union > Number(printedSetSize(BigInt(s))) || x > 16 * s);
    return {
      instance: "X_i the 10 + 4 s well-formed cells and p, Y_i the same without p, G = {0, 1}; s = 1 ... 16",
      printed: unless(
        over === undefined && printed === undefined ? undefined : `s = ${over?.s ?? printed?.s}`,
        "|U| is at most 24 |X_i| + 5, and at most 24 * 16 s + 5",
      ),
      amended: unless(
        blunt === undefined && slopes === undefined ? undefined : `s = ${blunt?.s ?? slopes?.s}`,
        "|U| is at most 8 |X_i| + 13; W1' has six numbers, whatever |X_i| is",
      ),
      numbers: {
        "|X_i|, s = 16": String(largest?.x),
        "|U|, s = 16": String(largest?.union),
        "24 |X_i| + 5, s = 16": String(24 * (largest?.x ?? 0) + 5),
        "8 |X_i| + 13, s = 16": String(8 * (largest?.x ?? 0) + 13),
        "numbers of W1'": String(largest?.sets["W1'"].length),
        "six for every s": yesNo(slopes === undefined),
      },
    };
  },
};

/** X, Y and G of f-bar on an alphabet, as Lemma 6 uses them. */
function cellDomain(s: number, name: AlphabetName): ReturnType<typeof weightDomain> {
  const { centre, neighbour } = alphabet(cellCode(s), name);
  // One input stands for all nine: Lemma 6 takes the values of all coordinates together.
  const points = neighbour.map(({ value }, k): TablePoint => {
    const out = centre[k % centre.length] as Cell;
    return { at: [value], value: [out.value], jacobian: [[k % 2 === 0 ? ZERO : ONE]] };
  });
  return { ...weightDomain({ inputs: 1, outputs: 1, points }), inputs: 9 };
}

/** Computations of this module. */
export const LITERAL_COMPUTATIONS: readonly Computation[] = [tables, formulas, width, univariate];
