/** The corpus as data: its shape, its flags, and what it covers of the formats. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { BASES } from "../../corpus/bases.js";
import type { Case, CaseFile, Json } from "../../corpus/case.js";
import { spots } from "../../corpus/drafts.js";
import { pointerSteps, valueAt } from "../../corpus/edit-data.js";
import { makeCaseFiles } from "../../corpus/files.js";
import { FLAGS } from "../../corpus/flags.js";
import { isObject, opened, places } from "../../corpus/places.js";
import { isFalse } from "../../corpus/run.js";
import { FILES, FOLDER, MATERIALIZER, ROOT } from "./corpus.js";

const document = (name: string): string => readFileSync(join(ROOT, "certificates", name), "utf8");
const casesOf = (statement: CaseFile["statement"]): Case[] =>
  FILES.filter((file) => file.statement === statement).flatMap(({ cases }) => [...cases]);

/** The words in backquotes of a text. */
const quoted = (text: string): string[] => [...text.matchAll(/`([a-z0-9-]+)`/g)].map(([, word]) => word as string);

/** The codes of FORMAT.md and those of them that no certificate can cause. */
function filterCodes(): { readonly all: string[]; readonly impossible: string[] } {
  const text = document("FORMAT.md");
  const table = text.slice(text.indexOf("| code "), text.indexOf("The decisions are taken in the order"));
  const all = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, codes]) => quoted(codes as string));
  const [, sentence = ""] =
    /\n- ((?:`[a-z-]+`[, and]*)+ would show a fault[^.]*?: no\s+certificate can cause them)/.exec(text) ?? [];
  return { all, impossible: quoted(sentence) };
}

function learningCodes(): { readonly all: string[]; readonly impossible: string[] } {
  const text = document("LEARNING.md");
  const list = text.slice(
    text.indexOf("The decisions are taken in this order"),
    text.indexOf("The codes that begin with"),
  );
  // "of `source`, `filter`, `head`" says what digests there are.
  const all = [...new Set(quoted(list))].filter((word) => !["source", "filter", "head"].includes(word));
  const rest = text.slice(text.indexOf("The codes that begin with"), text.indexOf("would show a fault"));
  const named = quoted(rest);
  return { all, impossible: all.filter((code) => named.includes(code) || code.startsWith("memory-")) };
}

function circuitCodes(): string[] {
  const text = document("wei-chen-ma/CIRCUITS.md");
  const table = text.slice(text.indexOf("## Codes"), text.indexOf("Limits that leave a certificate undecided"));
  return [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, codes]) => quoted(codes as string));
}

const codesOf = (cases: readonly Case[]): Set<string> =>
  new Set(
    cases.flatMap(({ expected, except = {} }) =>
      [expected, ...Object.values(except)].flatMap((one) => (one.verdict === "rejected" ? one.codes : [])),
    ),
  );

describe("the corpus as data", () => {
  it("should be what its generator makes of its bases", () => {
    const made = makeCaseFiles(FOLDER);
    expect(FILES).toHaveLength(made.size);
    for (const [path, text] of made) expect(readFileSync(join(FOLDER, path), "utf8") === text, path).toBe(true);
  });

  it("should have the shape of its schema", () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: false });
    const validate = ajv.compile(JSON.parse(readFileSync(join(FOLDER, "schema.json"), "utf8")) as object);
    for (const file of FILES) {
      validate(file);
      expect(validate.errors ?? [], file.theme).toEqual([]);
    }
    const [file] = FILES as [CaseFile];
    for (const bad of [
      { ...file, extra: 1 },
      { ...file, cases: [] },
      { ...file, flags: { "no flag": "" } },
    ])
      expect(validate(bad)).toBe(false);
  });

  it("should number its cases in order, with no number twice", () => {
    const ids = FILES.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { statement, theme, cases } of FILES) {
      const prefix = statement === "filter" ? theme : `${statement}-${theme}`;
      const numbers = cases.map((_, i) => `${prefix}-${String(i + 1).padStart(3, "0")}`);
      expect(cases.map(({ id }) => id)).toEqual(numbers);
    }
  });

  it("should have no case twice", () => {
    for (const { cases, theme } of FILES) {
      const inputs = cases.map(({ input }) => JSON.stringify(input));
      const twice = cases.filter((_, i) => inputs.indexOf(inputs[i] as string) < i).map(({ id }) => id);
      expect(twice, theme).toEqual([]);
    }
  });

  it("should describe every flag in the head of its file, alike in all files, and use every flag", () => {
    for (const { flags, cases, theme } of FILES) {
      const used = new Set(cases.flatMap((one) => one.flags));
      expect(Object.keys(flags).toSorted(), theme).toEqual([...used].toSorted());
      for (const [flag, text] of Object.entries(flags)) expect(FLAGS[flag as keyof typeof FLAGS]).toBe(text);
    }
    const used = new Set(FILES.flatMap(({ flags }) => Object.keys(flags)));
    expect(Object.keys(FLAGS).filter((flag) => !used.has(flag))).toEqual([]);
  });
});

describe("what the corpus covers", () => {
  it("should be every code of FORMAT.md but those that no certificate can cause, and no other", () => {
    const { all, impossible } = filterCodes();
    expect(all.length).toBeGreaterThan(25);
    expect(impossible).toEqual(["volume", "not-closed", "not-local", "wrong-step", "replay-cell"]);
    const expected = all.filter((code) => !impossible.includes(code));
    expect([...codesOf(casesOf("filter"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every code of LEARNING.md but those that no certificate can cause, and no other", () => {
    const { all, impossible } = learningCodes();
    expect(all.length).toBeGreaterThan(25);
    expect(impossible).toHaveLength(12);
    const expected = all.filter((code) => !impossible.includes(code));
    // Text faults are the same for both statements; the largest text is tried once.
    expect([...codesOf(casesOf("learning"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every code of CIRCUITS.md, and those of other kinds", () => {
    const expected = [...circuitCodes(), "unknown-statement", "unknown-system"];
    expect(expected.length).toBeGreaterThan(15);
    expect([...codesOf(casesOf("circuit"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every key of the schemas, each with a value that is false and not only of another shape", () => {
    const shape = new Set(["schema", "not-canonical", "not-json"]);
    for (const [statement, base] of [
      ["filter", BASES.tiny],
      ["learning", BASES.learning],
      ["circuit", BASES.choice],
    ] as const) {
      const data = MATERIALIZER.dataOf(base);
      const touched = new Set<string>();
      const refuted = new Set<string>();
      for (const { place, codes } of touchedBy(casesOf(statement))) {
        touched.add(place);
        if (!codes.some((code) => shape.has(code))) refuted.add(place);
      }
      const kinds = [...new Set(places(data).map((place) => opened(data, place)))];
      expect(kinds.filter((kind) => !touched.has(kind))).toEqual([]);
      const claims = [
        ...new Set(
          places(data)
            .filter((place) => !isList(valueAt(data, place)))
            .map((place) => opened(data, place)),
        ),
      ];
      expect(claims.filter((kind) => !refuted.has(kind)).filter((kind) => !isConstantOrFree(kind, statement))).toEqual(
        [],
      );
    }
  });

  it("should be the first, the middle and the last element of every list", () => {
    const lists: readonly (readonly [CaseFile["statement"], string])[] = [
      ["filter", BASES.tiny],
      ["filter", BASES.small],
      ["learning", BASES.learning],
      ["circuit", BASES.choice],
    ];
    for (const [statement, base] of lists) {
      // A machine's lists are those of `small`, everything else is in `tiny`.
      const isOf = (place: string): boolean =>
        base === BASES.learning ||
        base === BASES.choice ||
        /^\/(source|machine)\//.test(place) === (base === BASES.small);
      const data = MATERIALIZER.dataOf(base);
      const paths = new Set(
        touchedBy(casesOf(statement).filter(({ input }) => "base" in input && input.base === base)).flatMap(
          ({ path }) => prefixes(path),
        ),
      );
      const missing = places(data).filter((place) => {
        const value = valueAt(data, place);
        // Entries of rows and of tables are tuples: what is said of one row holds for its kind.
        return (
          isOf(place) &&
          Array.isArray(value) &&
          !/\/rows\/|\/table\/\d+\/|\/tape$/.test(place) &&
          spots(value.length).some((i) => !paths.has(`${place}/${i}`))
        );
      });
      expect(missing).toEqual([]);
    }
  });
});

const isList = (json: Json): boolean => Array.isArray(json) || isObject(json);

/** Constants, which the schema decides; names and notes, which are free; what a certificate asks for, which is its own matter. */
function isConstantOrFree(kind: string, statement: CaseFile["statement"]): boolean {
  // Of a circuit the name is a label without a digest, and the radius is one.
  if (statement === "circuit" && ["/source/name", "/verdicts/correction/radius"].includes(kind)) return true;
  return /\/(format|version|system|statement)$|^\/reading\/name$|^\/source\/(about|source)$|\/layers\/\*\/name$/.test(
    kind,
  );
}

/** All pointers that a pointer leads through. */
function prefixes(path: string): string[] {
  const steps = path.split("/");
  return steps.map((_, i) => steps.slice(0, i + 1).join("/"));
}

/** The places that the edits of rejected cases touch, as pointers and with their indices left open. */
function touchedBy(cases: readonly Case[]): { path: string; place: string; codes: readonly string[] }[] {
  return cases.filter(isFalseOrLeaves).flatMap(({ input, expected }) => {
    if (!("base" in input)) return [];
    const data = MATERIALIZER.dataOf(input.base);
    const codes = expected.verdict === "rejected" ? expected.codes : [];
    return (input.data ?? []).flatMap((edit) => {
      const paths = "from" in edit && typeof edit.from === "string" ? [edit.from, edit.path] : [edit.path];
      // What is put in as a whole touches all that was there.
      return paths
        .flatMap((path) => [path, ...below(data, path)])
        .map((path) => ({ path, place: opened(data, path), codes }));
    });
  });
}

function isFalseOrLeaves(one: Case): boolean {
  return isFalse(one) || one.flags.includes("Leaves");
}

function below(data: Json, path: string): string[] {
  const steps = pointerSteps(path);
  if (steps.length < 2) return [];
  try {
    return places(valueAt(data, path)).map((place) => path + place);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
