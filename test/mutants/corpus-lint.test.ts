/** The corpus as data: its shape, its flags, and what it covers of the formats. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Case, CaseFile, Json } from "../../corpus/case.js";
import { spots } from "../../corpus/drafts.js";
import { pointerSteps, valueAt } from "../../corpus/edit-data.js";
import { makeCaseFiles } from "../../corpus/files.js";
import { FLAGS } from "../../corpus/flags.js";
import { ROOMS } from "../../corpus/rooms.js";
import type { CorpusStatement } from "../../corpus/room.js";
import { Schema } from "../../corpus/schema.js";
import { isObject, opened, places } from "../../corpus/places.js";
import { SYSTEMS } from "../../systems/index.js";
import { FILES, FOLDER, MATERIALIZER, ROOT } from "./corpus.js";

const document = (name: string): string => readFileSync(join(ROOT, "certificates", name), "utf8");
const casesOf = (system: string, statement: string): Case[] =>
  FILES.filter((file) => file.system === system && file.statement === statement).flatMap(({ cases }) => [...cases]);

/** Every statement of every paper. */
const STATEMENTS: readonly (readonly [system: string, name: string, statement: CorpusStatement])[] = ROOMS.flatMap(
  ({ system, statements }) => Object.entries(statements).map(([name, statement]) => [system, name, statement] as const),
);

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
  const rest = text.slice(text.indexOf("The codes that begin with"), text.search(/would\s+show\s+a\s+fault/));
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
    const made = makeCaseFiles(FOLDER, ROOMS);
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
    for (const { system, statement, theme, cases } of FILES) {
      const prefix = `${system}-${statement}-${theme}`;
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
    const meanings = Object.assign({}, FLAGS, ...ROOMS.map(({ flags }) => flags)) as Record<string, string>;
    for (const { flags, cases, theme } of FILES) {
      const used = new Set(cases.flatMap((one) => one.flags));
      expect(Object.keys(flags).toSorted(), theme).toEqual([...used].toSorted());
      for (const [flag, text] of Object.entries(flags)) expect(meanings[flag]).toBe(text);
    }
    const used = new Set(FILES.flatMap(({ flags }) => Object.keys(flags)));
    expect(Object.keys(meanings).filter((flag) => !used.has(flag))).toEqual([]);
  });
});

describe("what the corpus covers", () => {
  it("should be every statement of every system", () => {
    const kinds = SYSTEMS.flatMap(({ id, statements }) => Object.keys(statements).map((name) => `${id} ${name}`));
    const covered = STATEMENTS.map(([system, name]) => `${system} ${name}`);
    expect(covered.toSorted()).toEqual(kinds.toSorted());
  });

  it("should be every code that a certificate can cause, and no other", () => {
    for (const [system, name, { codes }] of STATEMENTS)
      expect([...codesOf(casesOf(system, name))].toSorted(), `${system}, ${name}`).toEqual([...codes].toSorted());
  });

  it("should be every code of FORMAT.md but those that no certificate can cause", () => {
    const { all, impossible } = filterCodes();
    expect(all.length).toBeGreaterThan(25);
    expect(impossible).toEqual(["volume", "not-closed", "not-local", "wrong-step", "replay-cell"]);
    const expected = all.filter((code) => !impossible.includes(code));
    expect([...codesOf(casesOf("rcnn", "filter"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every code of LEARNING.md but those that no certificate can cause", () => {
    const { all, impossible } = learningCodes();
    expect(all.length).toBeGreaterThan(25);
    expect(impossible).toHaveLength(13);
    const expected = all.filter((code) => !impossible.includes(code));
    expect([...codesOf(casesOf("rcnn", "learning"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every code of RECODING.md but the one that no certificate can cause", () => {
    const table = document("RECODING.md").split("## Codes")[1]?.split("They are decided")[0] ?? "";
    const stated = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, codes]) => quoted(codes as string));
    const expected = stated.filter((code) => code !== "replay-step");
    expect(expected).toHaveLength(13);
    expect([...codesOf(casesOf("rcnn", "recoding"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every code of CIRCUITS.md, and those of other kinds", () => {
    const expected = [...circuitCodes(), "unknown-statement", "unknown-system"];
    expect(expected.length).toBeGreaterThan(15);
    expect([...codesOf(casesOf("wei-chen-ma", "circuit"))].toSorted()).toEqual(expected.toSorted());
  });

  it("should be every key of the schemas, each with a value that is false and not only of another shape", () => {
    const shape = new Set(["schema", "not-canonical", "not-json", "unknown-system", "unknown-statement"]);
    for (const [system, name, statement] of STATEMENTS) {
      const data = MATERIALIZER.dataOf(statement.base);
      const touched = new Set<string>();
      const refuted = new Set<string>();
      for (const { place, codes } of touchedBy(casesOf(system, name))) {
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
      const [constant, free] = [constantsOf(statement), new Set(statement.free)];
      expect(claims.filter((kind) => !refuted.has(kind) && !constant.has(kind) && !free.has(kind))).toEqual([]);
    }
  });

  it("should be the first, the middle and the last element of every list", () => {
    for (const [system, name, { base, longer = [] }] of STATEMENTS) {
      const bases = [...longer.map(([other]) => other), base];
      for (const one of bases) {
        // What counts is in one of the longer bases for some places, and in the base for all others.
        const owner = (place: string): string => longer.find(([, of]) => of.test(place))?.[0] ?? base;
        const cases = casesOf(system, name).filter(({ input }) => "base" in input && input.base === one);
        const paths = new Set(touchedBy(cases).flatMap(({ path }) => prefixes(path)));
        const data = MATERIALIZER.dataOf(one);
        const missing = places(data).filter((place) => {
          const value = valueAt(data, place);
          // Entries of rows and of tables are tuples: what is said of one row holds for its kind.
          return (
            owner(place) === one &&
            Array.isArray(value) &&
            !/\/rows\/|\/table\/\d+\/|\/tape$/.test(place) &&
            spots(value.length).some((i) => !paths.has(`${place}/${i}`))
          );
        });
        expect(missing).toEqual([]);
      }
    }
  });
});

const isList = (json: Json): boolean => Array.isArray(json) || isObject(json);

/** The kinds of places for which the schema has a constant: it decides them alone. */
function constantsOf({ schema, documents, base }: CorpusStatement): Set<string> {
  const constants = new Set<string>();
  new Schema(schema, documents).walk(MATERIALIZER.dataOf(base), (_, kind, __, nodes) => {
    if (nodes.every((node) => "const" in node)) constants.add(kind);
  });
  return constants;
}

/** All pointers that a pointer leads through. */
function prefixes(path: string): string[] {
  const steps = path.split("/");
  return steps.map((_, i) => steps.slice(0, i + 1).join("/"));
}

/** The places that the edits of cases touch that are not to be accepted by all, as pointers and with their indices left open. */
function touchedBy(cases: readonly Case[]): { path: string; place: string; codes: readonly string[] }[] {
  return cases
    .filter(({ expected }) => expected.verdict !== "accepted")
    .flatMap(({ input, expected }) => {
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
