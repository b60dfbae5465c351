/** CONTRIBUTING.md follows one transition of bb2 to its weights and to the checker's verdict; every number is recomputed here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  alphabet,
  cellCode,
  cellFeatures,
  cellFromDigits,
  cellRule,
  checkFunction,
  formatRational,
  loadMachine,
  machineToFilter,
  normalForm,
  outcomeValue,
  patchOf,
  rational,
  type Cell,
  type Network,
  type Rational,
} from "../../../index.js";
import { root } from "../cli/run-cli.js";

const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const shown = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);

const machine = normalForm(loadMachine("bb2"));
const code = cellCode(machine.states.length);
const filter = machineToFilter(machine);
const inUnits = (value: Rational): Rational => value.mul(rational(code.scale));
const cell = (...digits: (-1 | 0 | 1)[]): Cell => cellFromDigits(code, digits);

const [blank, headA, headB, plus] = [cell(0, 0, 1), cell(0, 0, 1, 1, 0, 1), cell(0, 0, 1, 1, 1, 0), cell(0, 1, 1)];
const patchWith = (place: number): Cell[] => Array.from({ length: 9 }, (_, i) => (i === place ? headA : blank));
const LEFT = 3;

/** The values after each matrix, ReLU included. */
function trace(network: Network, input: readonly Rational[]): Rational[][] {
  const values: Rational[][] = [];
  let current = [...input];
  for (const { rows, relu } of network.layers) {
    current = rows.map(({ bias, entries }) => {
      const sum = entries.reduce((total, [column, weight]) => total.add(weight.mul(current[column] as Rational)), bias);
      return relu && sum.s < 0n ? rational(0n) : sum;
    });
    values.push(current);
  }
  return values;
}

const after = trace(
  filter,
  patchWith(LEFT).map(({ value }) => inUnits(value)),
);
const nonzero = (values: readonly Rational[]): [row: number, value: string][] =>
  values.flatMap((value, row): [number, string][] => (value.n === 0n ? [] : [[row, formatRational(value)]]));
const rowsOf = (k: number): Network["layers"][number]["rows"] => filter.layers[k]!.rows;

/** The gate for the head that arrives from the left: the last relu of V3 that is on. */
const gate = nonzero(after[2]!).at(-1)![0];
const live = rowsOf(2)[gate]!.entries.filter(([column]) => after[1]![column]!.n !== 0n);
/** The row of V2 that recognizes the head in state A on the left. */
const [seen, weight] = live.find(([column]) => readsOnly(column, LEFT))!;

function readsOnly(row: number, place: number): boolean {
  return rowsOf(1)[row]!.entries.every(([column]) => rowsOf(0)[column]!.entries.every(([input]) => input === place));
}

const cells = [
  ["blank, no head", blank],
  ["blank, head in state A", headA],
  ["blank, head in state B", headB],
  ["+1, no head", plus],
] as const;

const rules = [
  ["head A at the centre", 4],
  ["head A on the left", LEFT],
] as const;

/** What each block of the page shows. */
const BLOCKS = {
  cells: cells.map(
    ([name, { value }]) => `${name.padEnd(24)}${formatRational(value).padEnd(8)}${formatRational(inUnits(value))}`,
  ),
  rules: rules.map(([name, place]) => {
    const nine = patchWith(place);
    const outcome = cellRule(code, cellFeatures(code, machine), patchOf(nine));
    return `${name.padEnd(22)}${outcome.rule.padEnd(16)}${formatRational(inUnits(outcomeValue(outcome, nine[4]!)))}`;
  }),
  weights: [
    `V2[${seen}] = ${sumOf(1, seen)}`,
    ...rowsOf(1)[seen]!.entries.map(([column]) => `  V1[${column}] = relu(${sumOf(0, column)})`),
    `V3[${gate}] = relu(${formatRational(rowsOf(2)[gate]!.bias)}${live.map(term(1)).join("")} + ...)`,
    ...rowsOf(3)
      .map(({ entries }, row) => [row, entries] as const)
      .filter(([row, entries]) => after[3]![row]!.n !== 0n && entries.some(([column]) => column === gate))
      .map(([row]) => `V4[${row}] = ${sumOf(3, row)}`),
    `V5[0] = the sum of V4 = ${nonzero(after[3]!)
      .map(([, value]) => value)
      .join(" + ")} = ${formatRational(after[4]![0]!)}`,
  ],
  verdict: verdictOfChanged(),
};

/** A term of a row, with its value at the patch where the head is on the left. */
function term(k: number): (entry: readonly [column: number, weight: Rational]) => string {
  return ([column, by]) =>
    ` ${by.s < 0n ? "-" : "+"} ${by.abs().equals(1n) ? "" : `${formatRational(by.abs())} `}${k < 0 ? `x${column}` : `V${k + 1}[${column}]`}`;
}

function sumOf(k: number, row: number): string {
  const { bias, entries } = rowsOf(k)[row]!;
  const terms = entries.map(term(k - 1)).join("");
  return bias.n === 0n ? terms.replace(/^ \+ /, "").replace(/^ - /, "-") : `${formatRational(bias)}${terms}`;
}

/** The checker's verdict on the filter whose gate brings the head in state A instead of B. */
function verdictOfChanged(): string[] {
  const wrong = weight.sub(inUnits(headB.value).sub(inUnits(headA.value)));
  const layers = filter.layers.map((layer, k) =>
    k !== 2
      ? layer
      : {
          ...layer,
          rows: layer.rows.map((row, r) =>
            r !== gate
              ? row
              : {
                  ...row,
                  entries: row.entries.map(([column, by]) => [column, column === seen ? wrong : by] as const),
                },
          ),
        },
  );
  const verdict = checkFunction({ layers }, machine, "well-formed");
  if (verdict.verdict !== "rejected") return [verdict.verdict];
  const { patch, ...rest } = verdict.witness as { readonly patch: readonly string[] };
  return [
    `${formatRational(weight)} replaced by ${formatRational(wrong)}`,
    `${verdict.verdict}: ${verdict.code}: ${verdict.message}`,
    ...[0, 3, 6].map((i) => `  ${patch.slice(i, i + 3).join("  ")}`),
    ...Object.entries(rest).map(([key, value]) => `  ${key}: ${String(value)}`),
  ];
}

describe("CONTRIBUTING.md", () => {
  it("should show the transition as the machine's file has it", () => {
    const yaml = /^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? "";
    expect(readFileSync(join(root, "machines/bb2.yaml"), "utf8")).toContain(yaml);
    expect(yaml).toContain("write: +1, move: right, next: B");
    expect(machine.table[1]?.[0]).toEqual({ write: 1, move: "right", next: machine.states.indexOf("B") });
  });

  it.each(Object.entries(BLOCKS))("should give the numbers of its block on %s", (name, lines) => {
    expect(shown).toHaveLength(Object.keys(BLOCKS).length);
    expect(shown[Object.keys(BLOCKS).indexOf(name)]).toBe(`${lines.join("\n")}\n`);
  });

  it("should say of plateaus where they are 1", () => {
    const said = [...page.matchAll(/V2\[(\d+)\] is (?:a plateau: )?1 where (?:that cell|the centre) is (\d+)/g)];
    expect(said.map(([, row]) => Number(row))).toEqual(live.map(([column]) => column));
    for (const [i, [, row, units]] of said.entries()) {
      const place = i === 0 ? LEFT : 4;
      const at = alphabet(code, "well-formed").neighbour.filter(({ value }) => {
        const nine = patchWith(LEFT).map((one) => inUnits(one.value));
        return trace(filter, nine.with(place, inUnits(value)))[1]![Number(row)]!.equals(1n);
      });
      expect(at.map(({ value }) => formatRational(inUnits(value)))).toEqual([units]);
    }
  });

  it("should be about a filter that is accepted", () => {
    expect(checkFunction(filter, machine, "well-formed").verdict).toBe("accepted");
  });
});
