/** Amendments to section 4.4: the loss with tape and head. */
import { MOVE_OFFSETS, type Move } from "../../spec/machines/machine.js";
import { fanUnits, printedUnits, tripled, vertexCount, backEdge } from "../../spec/welper/finite-control.js";
import { movedHead } from "../../spec/welper/tapes.js";
import { kinkAtVertex, minimizers, shiftedHead } from "../../spec/welper/tracing.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { chain, machineOf } from "./machines.js";

/** In the order of the paper. */
export const TAPE_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "fan-loss",
    place: "4.4, (19), Corollary 2.3",
    printed: "l_S of hat functions, one layer of |Q| 2^d ReLUs; the states are tripled for (20).",
    amended:
      "One ReLU for each running vertex, with a slope towards every successor; two where a vertex may follow itself.",
    reason:
      "The printed sum has three ReLUs for each edge, of which there are |Q| 4^d, three times that after tripling.",
    order: "chains of 1 ... 3 states, then two states that call each other",
    instances: widths,
  }),
  amendment({
    id: "differentiable",
    place: "4.3 and 4.4, gradient descent",
    printed: "The loss has kinks where it is trained, so that one-sided derivatives are needed.",
    amended: "At the vertices, where all iterates are, no ReLU is at its kink; the certificate says so of every one.",
    reason: "On the simplex, what each ReLU gets at a vertex is 1, -1 or -3.",
    order: "chains of 1 ... 3 states",
    instances: kinks,
  }),
  amendment({
    id: "tripling-type",
    place: "4.4, after (20)",
    printed: "The new state is [delta(q, t), r + 1].",
    amended: "[delta_1(q, t), r + 1].",
    reason: "delta(q, t) is a state, what is written, and moves.",
    order: "chains of 1 ... 2 states",
    instances: tripling,
  }),
  amendment({
    id: "shift-sign",
    place: "4.4, definition of S",
    printed: "[S H]_i = h_(i + delta).",
    amended: "h_(i - delta): a head at i moves to i + delta.",
    reason: "The printed shift moves an indicator against delta.",
    order: "moves stay, left, right in the middle of three cells",
    instances: shifts,
  }),
  amendment({
    id: "clamped-shift",
    place: "4.4, after the definition of S",
    printed: "Tapes are long enough; at the boundary a shift has nothing to take from.",
    amended: "A move off the tape leaves the head where it is, as in this project's machines.",
    reason: "A head that is shifted off the tape is gone, and so is what is read.",
    order: "tapes of 1 ... 3 cells, heads from the left, moves left, right",
    instances: borders,
  }),
  amendment({
    id: "stay-reads",
    place: "(21), second square",
    printed: "The read target is T at the shifted head, from before the write.",
    amended: "T as it is after the first square's step, at the shifted head.",
    reason: "A head that stays, or that a border stops, reads what has just been overwritten.",
    order: "moves right, stay; written symbols -1, 1 over -1",
    instances: staying,
  }),
  amendment({
    id: "unit-vectors",
    place: "4.1, two symbols",
    printed: "A symbol is a number.",
    amended: "With more than two symbols, it is a unit vector.",
    reason: "What the read square prefers is linear in the symbol, so it never prefers one between two others.",
    order: "alphabets of 2 and 3 symbols at equal distances in [-1, 1], the current symbol, then the target",
    instances: alphabets,
  }),
];

const finding = (holds: boolean, found: string): Finding => ({ holds, found });

function* widths(): Generator<Instance> {
  const caller = machineOf(
    "two states that call each other",
    [
      ["A", "-1", "-1", "right", "B"],
      ["A", "1", "1", "right", "B"],
      ["B", "-1", "-1", "right", "A"],
      ["B", "1", "1", "right", "halt"],
    ],
    ["halt"],
  );
  for (const [text, machine] of [
    ["a chain of 1", chain(1, "right")],
    ["a chain of 2", chain(2, "right")],
    ["a chain of 3", chain(3, "right")],
    ["two states that call each other", caller],
  ] as const) {
    const bound = vertexCount(machine);
    const used = backEdge(machine) === undefined ? machine : tripled(machine);
    const width = (units: number): Finding => finding(units <= bound, `${units} ReLUs, |Q| 2^d = ${bound}`);
    yield {
      text,
      printed: () => width(printedUnits(used, 9, 1).length),
      amended: () => width(fanUnits(machine, 5, 4).length),
    };
  }
}

function* kinks(): Generator<Instance> {
  for (let length = 1; length <= 3; length++) {
    const machine = chain(length, "right");
    const units = printedUnits(machine, 9, 1);
    const vertices = Array.from({ length: vertexCount(machine) }, (_, v) => v);
    const at = vertices.find((v) => kinkAtVertex(units, v) !== undefined);
    const found = at === undefined ? "no ReLU is at its kink at a vertex" : `there is a kink at vertex ${at}`;
    yield {
      text: `a chain of ${length}`,
      printed: () => finding(at !== undefined, found),
      amended: () => finding(at === undefined, found),
    };
  }
}

function* tripling(): Generator<Instance> {
  for (let length = 1; length <= 2; length++) {
    const { table, states } = chain(length, "right");
    const entry = table[0]?.[0];
    yield {
      text: `a chain of ${length}, state s0, symbol -1`,
      printed: () => finding(states.includes(JSON.stringify(entry)), `${JSON.stringify(entry)} is no state`),
      amended: () => finding(states[entry?.next ?? -1] !== undefined, `${states[entry?.next ?? -1]} is a state`),
    };
  }
}

const LINE: readonly Move[] = ["stay", "left", "right"];

/** S as printed on a row of cells, with 0 beyond its ends. */
function printedShift(head: readonly number[], move: Move): number[] {
  const [, delta] = MOVE_OFFSETS[move];
  return head.map((_, i) => head[i + delta] ?? 0);
}

function shares(move: Move): number[] {
  return ["up", "down", "left", "right", "stay"].map((one) => (one === move ? 1 : 0));
}

function isHeadAt(head: readonly number[], cell: number): Finding {
  const holds = head.every((value, i) => value === (i === cell ? 1 : 0));
  return finding(holds, `H = (${head.join(", ")}), expected a head at cell ${cell}`);
}

function* shifts(): Generator<Instance> {
  for (const move of LINE) {
    const head = [0, 1, 0];
    const expected = movedHead({ rows: 1, columns: 3, head: 1 }, move);
    yield {
      text: `move ${move}`,
      printed: () => isHeadAt(printedShift(head, move), expected),
      amended: () => isHeadAt(shiftedHead({ rows: 1, columns: 3, content: [], head }, shares(move)), expected),
    };
  }
}

function* borders(): Generator<Instance> {
  for (let columns = 1; columns <= 3; columns++) {
    for (let cell = 0; cell < columns; cell++) {
      for (const move of ["left", "right"] as const) {
        const head = Array.from({ length: columns }, (_, i) => (i === cell ? 1 : 0));
        const expected = movedHead({ rows: 1, columns, head: cell }, move);
        // The printed shift with its sign put right.
        const opposite = move === "left" ? "right" : "left";
        yield {
          text: `${columns} cells, head at ${cell}, move ${move}`,
          printed: () => isHeadAt(printedShift(head, opposite), expected),
          amended: () => isHeadAt(shiftedHead({ rows: 1, columns, content: [], head }, shares(move)), expected),
        };
      }
    }
  }
}

function* staying(): Generator<Instance> {
  for (const move of ["right", "stay"] as const) {
    for (const write of [-1, 1]) {
      const [before, after] = [
        [-1, 1],
        [write, 1],
      ];
      const cell = movedHead({ rows: 1, columns: 2, head: 0 }, move);
      const reads = (tape: readonly (number | undefined)[] | undefined): Finding =>
        finding(tape?.[cell] === after?.[cell], `it reads ${tape?.[cell]}, the cell then holds ${after?.[cell]}`);
      yield {
        text: `tape -1 1, head at 0, writes ${write}, moves ${move}`,
        printed: () => reads(before),
        amended: () => reads(after),
      };
    }
  }
}

/** What the read square and the fan prefer at one tape, with 4 b = 4 b^2 = 4: the least of -4 [same] + 4 (now - target) . symbol. */
function preferred(codes: readonly (readonly number[])[], now: number, target: number): Finding {
  const values = codes.map((code, symbol) =>
    code.reduce(
      (sum, value, j) => sum + 4 * ((codes[now]?.[j] as number) - (codes[target]?.[j] as number)) * value,
      symbol === now ? -4 : 0,
    ),
  );
  const least = minimizers(values);
  return finding(
    least.length === 1 && least[0] === target,
    `symbol ${least.join(" or ")} is preferred, ${target} is read`,
  );
}

function* alphabets(): Generator<Instance> {
  for (const symbols of [2, 3]) {
    const numbers = Array.from({ length: symbols }, (_, i) => [(2 * i) / (symbols - 1) - 1]);
    const vectors = numbers.map((_, i) => numbers.map((__, j) => (i === j ? 1 : 0)));
    for (let now = 0; now < symbols; now++) {
      for (let target = 0; target < symbols; target++) {
        yield {
          text: `${symbols} symbols, now ${now}, target ${target}`,
          printed: () => preferred(numbers, now, target),
          amended: () => preferred(symbols === 2 ? numbers : vectors, now, target),
        };
      }
    }
  }
}
