import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LEMMA5_AMENDMENTS } from "../../../../spec/networks/lemma5-amendments.js";
import { AMENDMENTS, replayAmendment, type Instance } from "../../../../spec/rcnn/amendments.js";
import { AMENDMENTS_IN_FORCE } from "../../../../spec/rcnn/reading.js";
import { amendment } from "../../../../spec/rcnn/amendments/amendment.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const byId = AMENDMENTS.map((one) => [one.id, one] as const);

/** The counterexamples, and how many smaller instances there are: found by the search, pinned here. */
const COUNTEREXAMPLES: Readonly<Record<string, readonly [smaller: number, instance: RegExp]>> = {
  "digit-zero": [0, /^s = 1, the value 1/],
  "alphabet-size": [0, /^s = 1$/],
  "tape-alphabet": [3, /4 tape symbols/],
  "edges-need-padding": [3, /^1 x 3 grid$/],
  "padding-in-patch": [0, /1 x 1 grid/],
  "head-cell": [174, /^s = 2, the cell 11\/81 /],
  "state-digits": [0, /^s = 1,/],
  "power-of-two": [2, /^s = 3$/],
  "state-code": [1, /^s = 2,/],
  "state-scale": [2, /^s = 2, a head in state 1 /],
  "halting-fixed-point": [1, /writes 0, moves "stay" and enters 0/],
  "output-symbol": [1, /label -1/],
  "halting-position": [8, /^1 x 2 grid, output 1, head at \(1, 2\)/],
  "final-cell": [0, /^s = 1, halted in state 0 with output 1$/],
  "layers-until-halt": [0, /^m = 0, d = 0, .* t = 1 /],
  "padding-has-no-digits": [1, /^the grid \[-1\/3 \| 1\]/],
  "start-corner": [1, /^memorized 1 x 2 grid/],
  "border-stays": [6, /^s = 2, .*\(0, \., up\); the head in state 1 on a blank 1 x 1 grid/],
  "head-right-state": [16, /^s = 2, .*\(1, \., left\); the head in state 1, right/],
  "head-left-state": [20, /^s = 2, .*\(1, \., right\); the head in state 1, left/],
  "head-shapes": [1, /^d_head = 2$/],
  "head-continuous": [1, /^x = 0$/],
  "head-blank-cell": [2, /^final 1 x 2 grid with output 1/],
  "lemma-1-iterate": [0, /^W\^\(1\) for the data \(1\) -> 1$/],
  "xor-last-entry": [4, /^the test input \(1\) after the data \(1\) -> -1$/],
  "lemma-2-range": [0, /^the data \(1\) -> 1$/],
  "lemma-3-depth": [2, /^m = 1, tau = 1, l = 1$/],
  "lemma-3-sign": [0, /^m = 0, tau = 1, t = 1$/],
  "lemma-4-iterate": [1, /^tau = 1, W\^\(2\) for the data \(1\) -> 1$/],
  "dummy-row": [0, /^the last row of W\^\(3\)/],
  "one-state": [0, /^s = 1$/],
  restarts: [2, /^M = 1, q = 1\/3$/],
};

describe("AMENDMENTS", () => {
  it("should have distinct ids in kebab case", () => {
    const ids = AMENDMENTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("should say in one line each what is meant", () => {
    for (const { place, printed, amended, reason, order } of AMENDMENTS) {
      for (const text of [place, printed, amended, reason, order]) expect(text).toMatch(/^[^\n]{3,}$/);
    }
  });

  it.each(byId)("should find the smallest counterexample to the printed reading of %s", (id) => {
    const { smaller, instance, printed, amended } = replayAmendment(id);
    expect(printed.holds).toBe(false);
    expect(amended.holds).toBe(true);
    for (const text of [instance, printed.found, amended.found]) expect(text).toMatch(/^[^\n]+$/);
    const [expectedSmaller, expectedInstance] = COUNTEREXAMPLES[id] ?? [-1, /^$/];
    expect(instance).toMatch(expectedInstance);
    expect(smaller).toBe(expectedSmaller);
  });

  it.each(byId)("should hold as amended on the whole family of %s", (_, { instances }) => {
    const failures: string[] = [];
    let count = 0;
    for (const { text, amended } of instances()) {
      const { holds, found } = amended();
      if (!holds) failures.push(`${text}: ${found}`);
      count++;
    }
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(1);
  });

  it.each(byId)("should hold as printed on everything smaller than the counterexample of %s", (_, one) => {
    const { smaller } = one.replay();
    const findings = [...one.instances()].slice(0, smaller + 1).map(({ printed }) => printed().holds);
    expect(findings).toEqual([...Array.from({ length: smaller }, () => true), false]);
  });

  it("should have every amendment that certificates name", () => {
    const ids = AMENDMENTS.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...AMENDMENTS_IN_FORCE]));
    expect(new Set(AMENDMENTS_IN_FORCE).size).toBe(AMENDMENTS_IN_FORCE.length);
  });

  it("should refuse an id that no amendment has", () => {
    expect(() => replayAmendment("digit-one")).toThrow(RangeError);
  });
});

describe("amendment", () => {
  const instance = (holds: boolean): Instance => ({
    text: String(holds),
    printed: () => ({ holds, found: "" }),
    amended: () => ({ holds: true, found: "" }),
  });
  const parts = { id: "some-id", place: "", printed: "", amended: "", reason: "", order: "" };

  it("should replay the first failure only", () => {
    const one = amendment({ ...parts, instances: () => [true, true, false, true, false].map(instance) });
    expect(one.replay()).toMatchObject({ smaller: 2, printed: { holds: false } });
  });

  it("should throw where the printed reading never fails", () => {
    const one = amendment({ ...parts, instances: () => [instance(true)] });
    expect(() => one.replay()).toThrow("some-id: expected an instance");
  });
});

describe("docs/divergences.md", () => {
  const text = readFileSync(join(root, "docs/divergences.md"), "utf8");

  it("should list exactly the amendments of the code, in the same order, four cells each", () => {
    const rows = text.split("\n").filter((line) => line.startsWith("| `"));
    const ids = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1]);
    expect(ids).toEqual(AMENDMENTS.map(({ id }) => id));
    for (const row of rows) {
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      expect(cells).toHaveLength(7);
      for (const cell of cells.slice(1, 6)) expect(cell).not.toBe("");
    }
  });

  it("should name only ids that exist", () => {
    const known = new Set([...AMENDMENTS, ...LEMMA5_AMENDMENTS].map(({ id }) => id));
    const named = [...text.matchAll(/`([LC]\d-\d+)`/g)].map(([, id]) => id);
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect(known).toContain(id);
  });
});

describe("comments in the code", () => {
  it("should refer to amendments that exist", () => {
    const known = new Set([...AMENDMENTS, ...LEMMA5_AMENDMENTS].map(({ id }) => id));
    const reference =
      /\bamendments? ((?:[a-z0-9]+(?:-[a-z0-9]+)+|[LC]\d-\d+)(?:(?:, | and )(?:[a-z0-9]+(?:-[a-z0-9]+)+|[LC]\d-\d+))*)/g;
    const named: string[] = [];
    for (const folder of ["spec", "construction", "checkers", "certificates", "execution", "arbitraries"]) {
      for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (!name.endsWith(".ts")) continue;
        const comments = readFileSync(join(root, folder, name), "utf8").replaceAll(/\n\s*\* ?/g, " ");
        for (const [, ids = ""] of comments.matchAll(reference)) {
          for (const id of ids.split(/, | and /)) {
            named.push(id);
            expect(known, `${folder}/${name} names ${id}`).toContain(id);
          }
        }
      }
    }
    expect(named).toContain("digit-zero");
    expect(named).toContain("state-digits");
    expect(named).toContain("head-cell");
  });
});
