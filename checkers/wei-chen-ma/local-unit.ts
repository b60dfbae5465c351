/** One coordinate of two affine maps with a ReLU between them, as a function of the few coordinates that it reads. */
import type { AffineRow, Layer } from "../../spec/wei-chen-ma/affine.js";
import { FALSE, isComplemented, TRUE, variableOf, type Literal } from "../../spec/circuits/and-inverter-graph.js";
import { BIGINT_STEP, Work } from "../work.js";

/** Most different variables that one coordinate may read. */
export const MAX_LOCAL_VARIABLES = 16;

/** A coordinate over the variables of what it reads. */
export interface LocalUnit {
  /** Variables without sign, each once, as literals of the table. */
  readonly literals: readonly Literal[];
  /** For each of them a column that shows it, and whether complemented. */
  readonly columns: readonly number[];
  readonly complemented: readonly boolean[];
  readonly values: LocalValues;
}

/** What a coordinate is at every assignment of its variables; bit i of the index is variable i. Shape: 2^variables. */
export interface LocalValues {
  /** 0 or 1 where the value is; 2 where it is something else. */
  readonly table: Uint8Array;
  /** The values themselves where they are not 0 or 1. */
  readonly others: ReadonlyMap<number, bigint>;
}

/** A map that changes nothing: what reads one map alone reads it through this one. */
export function identityRows(width: number): readonly AffineRow[] {
  return Array.from({ length: width }, (_, column) => ({ bias: 0, entries: [[column, 1]] }));
}

/** What a value that is not 0 or 1 costs, in numbers to keep. */
const OTHER_SIZE = 8;

/** Evaluates coordinates, each form once. */
export class LocalUnits {
  readonly #work: Work;
  readonly #known = new Map<string, LocalValues>();

  constructor(work: Work = new Work()) {
    this.#work = work;
  }

  /**
   * A coordinate of a pair of maps.
   *
   * @param first followed by a ReLU
   * @param row of the second map; its columns are rows of the first
   * @param meanings what each input of the first map is
   * @param rectified whether a ReLU follows the second map
   * @throws {OutOfWork}
   * @returns undefined if it reads more than MAX_LOCAL_VARIABLES variables
   */
  read(
    first: Pick<Layer, "rows">,
    row: AffineRow,
    meanings: readonly Literal[],
    rectified: boolean,
  ): LocalUnit | undefined {
    const places = new Map<number, number>();
    const columns: number[] = [];
    const complemented: boolean[] = [];
    const hidden = row.entries.map(([column, weight]) => {
      const { bias, entries } = first.rows[column] as AffineRow;
      let constant = bias;
      const reads: (readonly [place: number, weight: number])[] = [];
      for (const [input, inner] of entries) {
        const literal = meanings[input] as Literal;
        if (literal === FALSE) continue;
        if (literal === TRUE) {
          constant += inner;
          continue;
        }
        const variable = variableOf(literal);
        let place = places.get(variable);
        if (place === undefined) {
          place = columns.length;
          places.set(variable, place);
          columns.push(input);
          complemented.push(isComplemented(literal));
        }
        reads.push(isComplemented(literal) ? [~place, inner] : [place, inner]);
      }
      return { weight, constant, reads };
    });
    if (columns.length > MAX_LOCAL_VARIABLES) return undefined;
    const key = `${columns.length};${row.bias};${rectified};${hidden
      .map(({ weight, constant, reads }) => `${weight},${constant},${reads.join(" ")}`)
      .join(";")}`;
    let values = this.#known.get(key);
    if (values === undefined) {
      const terms = hidden.reduce((sum, { reads }) => sum + 1 + reads.length, 1);
      this.#work.spend(BIGINT_STEP * 2 ** columns.length * terms);
      values = evaluate(columns.length, row.bias, hidden, rectified);
      this.#work.keep(2 ** columns.length / 8 + OTHER_SIZE * values.others.size);
      this.#known.set(key, values);
    }
    return { literals: [...places.keys()].map((variable) => 2 * variable), columns, complemented, values };
  }
}

interface HiddenRelu {
  readonly weight: number;
  readonly constant: number;
  /** A place below 0 is the complement of the variable at ~place. */
  readonly reads: readonly (readonly [place: number, weight: number])[];
}

function evaluate(variables: number, bias: number, hidden: readonly HiddenRelu[], rectified: boolean): LocalValues {
  const table = new Uint8Array(2 ** variables);
  const others = new Map<number, bigint>();
  for (let assignment = 0; assignment < table.length; assignment++) {
    let sum = BigInt(bias);
    for (const { weight, constant, reads } of hidden) {
      let inner = BigInt(constant);
      for (const [place, by] of reads) {
        const bit = (assignment >> (place < 0 ? ~place : place)) & 1;
        if ((place < 0 ? 1 - bit : bit) === 1) inner += BigInt(by);
      }
      if (inner > 0n) sum += BigInt(weight) * inner;
    }
    if (rectified && sum < 0n) sum = 0n;
    table[assignment] = sum === 0n ? 0 : sum === 1n ? 1 : 2;
    if (sum !== 0n && sum !== 1n) others.set(assignment, sum);
  }
  return { table, others };
}
