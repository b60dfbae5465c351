import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FAMILY_AMENDMENTS } from "../../../../amendments/rcnn/index.js";
import { AMENDMENTS_IN_FORCE } from "../../../../spec/rcnn/amendments-in-force.js";
import { amendment, findAmendment, type Instance } from "../../../../amendments/amendment.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const byId = FAMILY_AMENDMENTS.map((one) => [one.id, one] as const);

/** Where the search in each family ends, how many members it has, and on how many of them the printed reading fails. */
interface Family {
  readonly smaller: number;
  readonly instance: RegExp;
  readonly members: number;
  readonly failures: number;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  "digit-zero": { smaller: 0, instance: /^s = 1, the value 1/, members: 4, failures: 4 },
  "alphabet-size": { smaller: 0, instance: /^s = 1$/, members: 4, failures: 4 },
  "tape-alphabet": { smaller: 3, instance: /4 tape symbols/, members: 5, failures: 2 },
  "edges-need-padding": { smaller: 3, instance: /^1 x 3 grid$/, members: 14, failures: 10 },
  "padding-in-patch": { smaller: 0, instance: /1 x 1 grid/, members: 8, failures: 8 },
  "head-cell": { smaller: 174, instance: /^s = 2, the cell 11\/81 /, members: 324, failures: 9 },
  "state-digits": { smaller: 0, instance: /^s = 1,/, members: 5, failures: 5 },
  "power-of-two": { smaller: 2, instance: /^s = 3$/, members: 16, failures: 11 },
  "state-code": { smaller: 1, instance: /^s = 2,/, members: 16, failures: 15 },
  "state-scale": { smaller: 2, instance: /^s = 2, a head in state 1 /, members: 10, failures: 6 },
  "halting-fixed-point": { smaller: 1, instance: /writes 0, moves "stay" and enters 0/, members: 30, failures: 25 },
  "output-symbol": { smaller: 1, instance: /label -1/, members: 2, failures: 1 },
  "halting-position": { smaller: 8, instance: /^1 x 2 grid, output 1, head at \(1, 2\)/, members: 62, failures: 30 },
  "final-cell": { smaller: 0, instance: /^s = 1, halted in state 0 with output 1$/, members: 12, failures: 12 },
  "layers-until-halt": { smaller: 0, instance: /^m = 0, d = 0, .* t = 1 /, members: 28, failures: 28 },
  "padding-has-no-digits": { smaller: 1, instance: /^the grid \[-1\/3 \| 1\]/, members: 13, failures: 7 },
  "start-corner": { smaller: 1, instance: /^memorized 1 x 2 grid/, members: 14, failures: 8 },
  "border-stays": {
    smaller: 6,
    instance: /^s = 2, .*\(0, \., up\); the head in state 1 on a blank 1 x 1 grid/,
    members: 41,
    failures: 16,
  },
  "head-right-state": {
    smaller: 16,
    instance: /^s = 2, .*\(1, \., left\); the head in state 1, right/,
    members: 41,
    failures: 2,
  },
  "head-left-state": {
    smaller: 20,
    instance: /^s = 2, .*\(1, \., right\); the head in state 1, left/,
    members: 41,
    failures: 2,
  },
  "head-shapes": { smaller: 1, instance: /^d_head = 2$/, members: 6, failures: 5 },
  "head-continuous": { smaller: 1, instance: /^x = 0$/, members: 4, failures: 2 },
  "head-blank-cell": { smaller: 2, instance: /^final 1 x 2 grid with output 1/, members: 16, failures: 14 },
  "lemma-1-iterate": { smaller: 0, instance: /^W\^\(1\) for the data \(1\) -> 1$/, members: 56, failures: 56 },
  "xor-last-entry": {
    smaller: 4,
    instance: /^the test input \(1\) after the data \(1\) -> -1$/,
    members: 40,
    failures: 28,
  },
  "lemma-2-range": { smaller: 0, instance: /^the data \(1\) -> 1$/, members: 20, failures: 20 },
  "lemma-3-depth": { smaller: 2, instance: /^m = 1, tau = 1, l = 1$/, members: 40, failures: 17 },
  "lemma-3-sign": { smaller: 0, instance: /^m = 0, tau = 1, t = 1$/, members: 14, failures: 14 },
  "lemma-4-iterate": { smaller: 1, instance: /^tau = 1, W\^\(2\) for the data \(1\) -> 1$/, members: 76, failures: 56 },
  "dummy-row": { smaller: 0, instance: /^the last row of W\^\(3\)/, members: 20, failures: 20 },
  "one-state": { smaller: 0, instance: /^s = 1$/, members: 16, failures: 1 },
  restarts: { smaller: 2, instance: /^M = 1, q = 1\/3$/, members: 12, failures: 6 },
};

/** SHA-256 of all members of each family, with what either reading comes to: what the sentences above leave open. */
const DIGESTS: Readonly<Record<string, string>> = {
  "digit-zero": "af3ee7d6c4faf21f",
  "alphabet-size": "5886c85a588ba96f",
  "tape-alphabet": "f989a1f36a1f2218",
  "edges-need-padding": "9df62f852513ce52",
  "padding-in-patch": "35222fc9d0ce5392",
  "head-cell": "c3b44a78b13f0fc8",
  "state-digits": "23e4713b0e5aa024",
  "power-of-two": "826be6a71d5449bf",
  "state-code": "b7802039fc805613",
  "state-scale": "243fe6ec8246aaa1",
  "halting-fixed-point": "90df478b4eefef3c",
  "output-symbol": "eaede2f6a0c81764",
  "halting-position": "61808af61057cc3d",
  "final-cell": "f36471ccd4b43221",
  "layers-until-halt": "12b890f967767a0e",
  "padding-has-no-digits": "c724c2ed9886f01a",
  "start-corner": "30454fa5703de7e0",
  "border-stays": "db6f9d482217f013",
  "head-right-state": "3e3facdd86e2cb12",
  "head-left-state": "a7e772c7caf366c9",
  "head-shapes": "f37051b13afdb6e3",
  "head-continuous": "3ad72a5edde40b27",
  "head-blank-cell": "b6857b802c36c69a",
  "lemma-1-iterate": "9f536d5e29e534bc",
  "xor-last-entry": "46e6082d97258b8f",
  "lemma-2-range": "2f2a1007600e5cba",
  "lemma-3-depth": "13bb4578f20f2415",
  "lemma-3-sign": "2dbcbc3100e1c9a8",
  "lemma-4-iterate": "26c56561d8eb4ce0",
  "dummy-row": "8d87ea0f7c124c4e",
  "one-state": "8ad98ddbbce9ce0f",
  restarts: "5c51ed6aacd0eec0",
};

describe("FAMILY_AMENDMENTS", () => {
  it("should have distinct ids in kebab case", () => {
    const ids = FAMILY_AMENDMENTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("should say in one line each what is meant", () => {
    for (const { place, printed, amended, reason, order } of FAMILY_AMENDMENTS) {
      for (const text of [place, printed, amended, reason, order]) expect(text).toMatch(/^[^\n]{3,}$/);
    }
  });

  it.each(byId)("should find the smallest counterexample to the printed reading of %s", (id) => {
    const { smaller, instance, printed, amended } = findAmendment(FAMILY_AMENDMENTS, id).replay();
    expect(printed.holds).toBe(false);
    expect(amended.holds).toBe(true);
    for (const text of [instance, printed.found, amended.found]) expect(text).toMatch(/^[^\n]+$/);
    const family = FAMILIES[id] as Family;
    expect(instance).toMatch(family.instance);
    expect(smaller).toBe(family.smaller);
  });

  it.each(byId)("should hold as amended on the whole family of %s, no member of which comes twice", (id, one) => {
    const amendedFailures: string[] = [];
    const texts: string[] = [];
    let failures = 0;
    for (const { text, printed, amended } of one.instances()) {
      const { holds, found } = amended();
      if (!holds) amendedFailures.push(`${text}: ${found}`);
      if (!printed().holds) failures++;
      texts.push(text);
    }
    expect(amendedFailures).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
    expect([texts.length, failures]).toEqual([FAMILIES[id]?.members, FAMILIES[id]?.failures]);
    expect(texts.length).toBeGreaterThan(1);
  });

  it.each(byId)("should find the same on the whole family of %s as when it was read through", (id, one) => {
    const lines = [...one.instances()].map(({ text, printed, amended }) =>
      JSON.stringify([text, printed(), amended()]),
    );
    const digest = createHash("sha256").update(lines.join("\n")).digest("hex");
    expect(digest.slice(0, 16), lines.join("\n")).toBe(DIGESTS[id]);
  });

  it.each(byId)("should hold as printed on everything smaller than the counterexample of %s", (_, one) => {
    const { smaller } = one.replay();
    const findings = [...one.instances()].slice(0, smaller + 1).map(({ printed }) => printed().holds);
    expect(findings).toEqual([...Array.from({ length: smaller }, () => true), false]);
  });

  it("should have every amendment that certificates name", () => {
    const ids = FAMILY_AMENDMENTS.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...AMENDMENTS_IN_FORCE]));
    expect(new Set(AMENDMENTS_IN_FORCE).size).toBe(AMENDMENTS_IN_FORCE.length);
    const { reading } = JSON.parse(readFileSync(join(root, "certificates/bb2.json"), "utf8"));
    expect(reading).toEqual({ name: "amended", amendments: AMENDMENTS_IN_FORCE });
  });

  it("should refuse an id that no amendment has", () => {
    expect(() => findAmendment(FAMILY_AMENDMENTS, "digit-one")).toThrow(RangeError);
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
