/**
 * checkStep decides a theorem about f-bar, so machines in normal form cannot fail it. Its mutants are machines that are not
 * normal, and definitions of f-bar that are wrong: the module of f-bar is replaced by one that a test may bend.
 */
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkStep, type StepFault } from "../../../checkers/rcnn/check-step.js";
import type { Rejected } from "../../../checkers/verdict.js";
import { formatRational, ONE, parseRational, rational, ZERO } from "../../../spec/exact/rational.js";
import { MOVES, TAPE_SYMBOLS, type NormalMachine, type Transition } from "../../../spec/machines/machine.js";
import { cellCode, cellFromValue, headValue, type CellCode } from "../../../spec/rcnn/cell-code.js";
import {
  cellRule,
  cellFeatures,
  outcomeValue,
  type CellOutcome,
  type CellFeatures,
  type RuleLine,
} from "../../../spec/rcnn/cell-rule.js";
import { patchOf, type Patch } from "../../../spec/rcnn/patch.js";
import { FOUR, IDLE, machineOf, PAIR } from "./samples.js";

type FilterModule = typeof import("../../../spec/rcnn/cell-rule.js");
type AlphabetModule = typeof import("../../../spec/rcnn/alphabet.js");
type Bend = (outcome: CellOutcome, questions: CellFeatures, patch: Patch, code: CellCode) => CellOutcome;

const bent = vi.hoisted(() => ({
  filter: undefined as unknown,
  machine: undefined as unknown,
  patchCount: (count: bigint) => count,
}));

vi.mock(import("../../../spec/rcnn/cell-rule.js"), async (original): Promise<FilterModule> => {
  const actual = await original();
  return {
    ...actual,
    cellRule: (code, questions, patch) => {
      const outcome = actual.cellRule(code, questions, patch);
      return (bent.filter as Bend | undefined)?.(outcome, questions, patch, code) ?? outcome;
    },
    cellFeatures: (code, machine) => actual.cellFeatures(code, (bent.machine as NormalMachine) ?? machine),
  };
});

vi.mock(import("../../../spec/rcnn/alphabet.js"), async (original): Promise<AlphabetModule> => {
  const actual = await original();
  return { ...actual, patchCount: (letters) => bent.patchCount(actual.patchCount(letters)) };
});

afterEach(() => {
  bent.filter = undefined;
  bent.machine = undefined;
  bent.patchCount = (count) => count;
});

/** Runs checkStep with f-bar bent where the rule is the given one. */
function withRule(rule: RuleLine, bend: Bend): void {
  bent.filter = ((outcome, ...rest) => (outcome.rule === rule ? bend(outcome, ...rest) : outcome)) satisfies Bend;
}

function expectRejected(machine: NormalMachine, code: StepFault, name = ""): Rejected<StepFault> {
  const verdict = checkStep(machine);
  if (verdict.verdict !== "rejected") throw new Error(`${name}: expected ${code}, got ${verdict.verdict}`);
  expect(verdict.code, name).toBe(code);
  expect(verdict.path).toBe("machine.table");
  return verdict;
}

/** Asserts that f-bar, bent as it is, gives the value of a witness at its patch, by the rule that it names. */
function expectMet(witness: Rejected<StepFault>["witness"]): void {
  const code = cellCode(WALKER.states.length);
  const cells = (witness["patch"] as readonly string[]).map((text) => cellFromValue(code, parseRational(text)));
  const outcome = cellRule(code, cellFeatures(code, WALKER), patchOf(cells));
  expect(outcome.rule).toBe(witness["rule"]);
  expect(formatRational(outcomeValue(outcome, cells[4] as (typeof cells)[0]))).toBe(witness["value"]);
}

/** States that go up, down, left and right from every symbol, so that every rule of f-bar_TM has heads to move. */
const WALKER = machineOf(
  "walker",
  [".S1", "+S1", "-S1"],
  ["+U2", ".U2", "+U2"],
  ["-D3", "-D3", ".D3"],
  ["+L4", ".L4", "+L4"],
  ["-R1", "-R1", ".R1"],
);

const HEAD_RULES: readonly RuleLine[] = [
  "tm-1-head-here",
  "tm-2-head-below",
  "tm-3-head-above",
  "tm-4-head-right",
  "tm-5-head-left",
];

describe("checkStep", () => {
  it("should accept f-bar unbent, through the same replaced modules", () => {
    for (const machine of [IDLE, PAIR, FOUR, WALKER]) expect(checkStep(machine).verdict).toBe("accepted");
  });
});

describe("checkStep on definitions that leave the well-formed cells", () => {
  const rules: readonly RuleLine[] = [
    "msg-1-memorize",
    "msg-2-spread-memory",
    "msg-3-start",
    "msg-4-spread-compute",
    "msg-5-keep",
    ...HEAD_RULES,
    "tm-6-keep",
    "otherwise-keep",
  ];
  for (const rule of rules) {
    it(`should reject a wrong value under ${rule}, with a patch`, () => {
      withRule(rule, (outcome) => ({ ...outcome, offset: outcome.offset.add(rational(1n, 6n)) }));
      const { witness } = expectRejected(WALKER, "not-closed");
      expect(witness["rule"]).toBe(rule);
      expect(witness["patch"]).toHaveLength(9);
      const code = cellCode(WALKER.states.length);
      expect(cellFromValue(code, parseRational(String(witness["value"]))).digits).toBeUndefined();
      expectMet(witness);
    });
  }

  it("should show the cell of the centre that leaves them, where others of its kind do not", () => {
    const offsets = [rational(1n, 3n), rational(-1n, 3n), ONE, ONE.neg()];
    for (const rule of ["msg-5-keep", "otherwise-keep"] as const) {
      for (const offset of offsets) {
        withRule(rule, (outcome) => ({ ...outcome, offset }));
        expectMet(expectRejected(WALKER, "not-closed").witness);
      }
    }
  });

  it("should reject a head of a state that there is not, from the first, a middle and the last entry", () => {
    // Five states need three digits, which hold 5, 6 and 7 as well; a fault of one entry must not hide behind the others.
    for (const [q, symbol] of [
      [0, 0],
      [2, 1],
      [4, -1],
    ] as const) {
      const row = WALKER.table[q] as NormalMachine["table"][number];
      for (const next of [5, 7]) {
        const table = WALKER.table.with(q, { ...row, [symbol]: { ...row[symbol], next } });
        expectRejected({ ...WALKER, table }, "not-closed", `(${q}, ${symbol}) -> ${next}`);
      }
    }
  });

  it("should look at every cell of the centre", () => {
    // One of the four cells that tm-6 keeps goes astray: 4/9, the symbol +1 in the compute phase.
    withRule("tm-6-keep", (outcome, questions, patch) =>
      patch.at(0, 0).ask(questions.symbol) === 1 ? { ...outcome, offset: ONE.neg() } : outcome,
    );
    const { witness } = expectRejected(PAIR, "not-closed");
    expect((witness["patch"] as readonly string[])[4]).toBe("4/9");
  });

  it("should look at cells of the centre one by one that f-bar does not tell apart", () => {
    // To f-bar, a blank cell of a padding column is a blank cell. It must not lose 1/3: 10/9 - 1/3 is no well-formed cell.
    withRule("tm-6-keep", (outcome, questions, patch) =>
      patch.at(0, 0).ask(questions.symbol) === 0 ? { ...outcome, offset: rational(-1n, 3n) } : outcome,
    );
    const { witness } = expectRejected(PAIR, "not-closed");
    expect((witness["patch"] as readonly string[])[4]).toBe("10/9");
    expect(witness["value"]).toBe("7/9");
  });

  it("should not guess at the answer to a question that is not on the list", () => {
    withRule("tm-6-keep", (outcome, _, patch) => {
      patch.at(0, 1).ask({ name: "x = 1/9", of: ({ value }) => value.equals(rational(1n, 9n)) });
      return outcome;
    });
    expect(() => checkStep(PAIR)).toThrow('expected a question of f-bar\'s list, got "x = 1/9"');
  });
});

describe("checkStep on definitions that are not the machine's step", () => {
  it("should reject a head that the border swallows", () => {
    withRule("tm-1-head-here", (outcome, questions, patch) => {
      const offsets = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1], stay: [0, 0] } as const;
      const move = patch.at(0, 0).ask(questions.headMove) ?? "stay";
      const next = patch.at(0, 0).ask(questions.headNext) ?? 0;
      const [row, column] = offsets[move];
      if (move === "stay" || !patch.at(row, column).ask(questions.isPadding)) return outcome;
      return { ...outcome, offset: outcome.offset.sub(headValue(cellCode(WALKER.states.length), next)) };
    });
    const { witness } = expectRejected(WALKER, "wrong-step");
    expect(witness).toMatchObject({ expected: expect.stringContaining("state") as string });
    // The head is in the cell that is looked at, at a border.
    const { rows, columns, row, column, headRow, headColumn, head, centre } = witness;
    for (const number of [rows, columns, row, column, headRow, headColumn]) expect(number).toBeTypeOf("number");
    expect([row, column, centre]).toEqual([headRow, headColumn, head]);
    expect(head).toMatch(/^-?\d+(\/\d+)?$/);
    expect([0, Number(rows) - 1].includes(Number(row)) || [0, Number(columns) - 1].includes(Number(column))).toBe(true);
  });

  for (const rule of HEAD_RULES.slice(1)) {
    it(`should reject heads that are lost or brought unasked under ${rule}`, () => {
      withRule(rule, (outcome) => ({ ...outcome, offset: ZERO }));
      expectRejected(WALKER, "wrong-step");
      // A head that walks elsewhere is brought here as well.
      withRule(rule, (outcome, questions, patch, code) =>
        patch.at(0, 0).ask(questions.symbol) === 1 ? { ...outcome, offset: headValue(code, 1) } : outcome,
      );
      expectRejected(WALKER, "wrong-step");
    });
  }

  it("should reject a symbol that is not written, and one that is written where no head is", () => {
    withRule("tm-1-head-here", (outcome, questions, patch) => {
      const written = patch.at(0, 0).ask(questions.headWrite) ?? 0;
      return { ...outcome, offset: outcome.offset.sub(rational(BigInt(written), 3n)) };
    });
    expectRejected(WALKER, "wrong-step");
    withRule("tm-6-keep", (outcome, questions, patch) =>
      patch.at(0, 0).ask(questions.symbol) === 1 ? { ...outcome, offset: rational(-1n, 3n) } : outcome,
    );
    expectRejected(WALKER, "wrong-step");
  });

  it("should reject a cell that falls out of the compute phase", () => {
    withRule("tm-6-keep", (outcome, questions, patch) =>
      patch.at(0, 0).ask(questions.isPadding) ? outcome : { ...outcome, offset: rational(-1n, 9n) },
    );
    const { witness } = expectRejected(WALKER, "wrong-step");
    expect(witness["actual"]).toBe('"no tape cell"');
  });

  for (const machine of [PAIR, FOUR]) {
    it(`should reject f-bar of every machine that is one entry away from ${machine.name}`, () => {
      let mutants = 0;
      for (const [q, row] of machine.table.entries()) {
        for (const symbol of TAPE_SYMBOLS) {
          const entry = row[symbol];
          const others: Transition[] = [
            ...TAPE_SYMBOLS.map((write) => ({ ...entry, write })),
            ...MOVES.map((move) => ({ ...entry, move })),
            ...machine.states.map((_, next) => ({ ...entry, next })),
          ].filter((other) => JSON.stringify(other) !== JSON.stringify(entry));
          for (const other of others) {
            bent.machine = { ...machine, table: machine.table.with(q, { ...row, [symbol]: other }) };
            expectRejected(machine, "wrong-step", `(${q}, ${symbol}) ${JSON.stringify(other)}`);
            mutants++;
          }
        }
      }
      // Two other symbols, four other moves, s - 1 other states.
      expect(mutants).toBe(3 * machine.states.length * (2 + 4 + machine.states.length - 1));
    });
  }

  it("should reject a next state of -1 where its digits look like the last state", () => {
    // All digits of -1 are 1, the code of state s - 1 where s is a power of two; the machine itself enters nothing.
    const row = FOUR.table[1] as NormalMachine["table"][number];
    const table = FOUR.table.with(1, { ...row, [1]: { ...row[1], next: -1 } });
    expectRejected({ ...FOUR, table }, "wrong-step");
  });
});

describe("checkStep on definitions that look where no head is", () => {
  const places = [
    ["above", -1, 0],
    ["below", 1, 0],
    ["left", 0, -1],
    ["right", 0, 1],
    ["a corner", -1, -1],
    ["the last corner", 1, 1],
  ] as const;
  for (const [name, row, column] of places) {
    it(`should reject a question about the symbol ${name}, whatever becomes of the answer`, () => {
      for (const rule of ["tm-1-head-here", "tm-6-keep"] as const) {
        withRule(rule, (outcome, questions, patch) => {
          patch.at(row, column).ask(questions.symbol);
          return outcome;
        });
        const { message, witness } = expectRejected(WALKER, "not-local");
        const situation = ["centre", "column", "columns", "head", "headColumn", "headRow", "row", "rows"];
        expect(Object.keys(witness).sort()).toEqual(situation);
        expect(message).toContain(`at place ${3 * (row + 1) + column + 1}`);
      }
    });
  }

  it("should accept the same question about the centre", () => {
    withRule("tm-6-keep", (outcome, questions, patch) => {
      patch.at(0, 0).ask(questions.symbol);
      return outcome;
    });
    expect(checkStep(WALKER).verdict).toBe("accepted");
  });
});

describe("checkStep's count of patches", () => {
  it("should not accept boxes that do not add up to the alphabet", () => {
    for (const change of [-1n, 1n]) {
      bent.patchCount = (count) => count + change;
      const { witness } = expectRejected(PAIR, "volume");
      expect(BigInt(String(witness["patches"])) - BigInt(String(witness["visited"]))).toBe(change);
    }
  });
});
