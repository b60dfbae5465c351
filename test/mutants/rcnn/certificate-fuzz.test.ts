/** Random changes of certificates and of their texts: always a verdict, never an acceptance of what is not so. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCertificate } from "../../../checkers/rcnn/check-certificate.js";
import { decodeNetwork } from "../../../certificates/network-json.js";
import { patch } from "../../../arbitraries/rcnn/cells.js";
import { rational, type Rational } from "../../../spec/exact/rational.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { evaluateWithJacobian } from "../../../spec/networks/network.js";
import { cellCode, type Cell } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../spec/rcnn/patch.js";
import { at, dataOf, pathOf, printed, put, repaired, SOURCE, TEXT, type Json, type Place } from "./certificates.js";

const DATA = dataOf(TEXT);

/** Every place, elements of long lists included. */
function allPlaces(json: Json, place: Place = []): Place[] {
  if (typeof json !== "object" || json === null) return [place];
  const keys = Array.isArray(json) ? [...json.keys()] : Object.keys(json);
  return [place, ...keys.flatMap((key) => allPlaces(at(json, [key]) as Json, [...place, key]))];
}

const PLACES = allPlaces(DATA);
const LEAVES = PLACES.filter((place) => typeof at(DATA, place) !== "object");

/** A value as hostile as JSON allows, or one that stands elsewhere in the certificate. */
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LEAVES).map((place) => at(DATA, place) as Json) },
  { weight: 2, arbitrary: fc.constantFrom(...PLACES).map((place) => structuredClone(at(DATA, place)) as Json) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>("0", "1", "-1", "1/4", "1/2", 0, 1, 2, -1, 2 ** 53 - 1, null, true, [], {}),
  },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
);

/** What a certificate claims, whatever it calls things; the filter apart. */
function claims(json: Json): string {
  const copy = structuredClone(json);
  if (at(copy, ["source", "name"]) === at(copy, ["machine", "name"])) {
    put(copy, ["source", "name"], "");
    put(copy, ["machine", "name"], "");
  }
  for (const note of ["about", "source"]) put(copy, ["source", note], "");
  for (const layer of at(copy, ["head", "layers"]) as Json[]) put(layer, ["name"], "");
  put(copy, ["digests"], null);
  put(copy, ["filter"], null);
  put(copy, ["verdicts", "replay"], []);
  return JSON.stringify(copy);
}

const MACHINE = normalForm(SOURCE);
const CODE = cellCode(MACHINE.states.length);
const SAMPLES = fc.sample(patch(CODE, "well-formed"), 60);

/** Whether a filter, as a certificate has it, is f-bar in value and Jacobian at some random patches. */
function isFilter(json: Json): boolean {
  const network = decodeNetwork(json);
  return SAMPLES.every(({ cells }) => {
    const outcome = cellRule(CODE, cellFeatures(CODE, MACHINE), patchOf(cells));
    const units = (value: Rational): Rational => value.mul(rational(CODE.scale));
    const found = evaluateWithJacobian(
      network,
      cells.map(({ value }) => units(value)),
    );
    const expected = units(outcomeValue(outcome, cells[CENTRE] as Cell));
    const isSlope = found.jacobian[0]?.every((d, place) => d.equals(place === CENTRE ? BigInt(outcome.slope) : 0n));
    return !found.kink && found.value[0]?.equals(expected) === true && isSlope === true;
  });
}

describe("checkCertificate on random changes", () => {
  const changes = fc.array(fc.tuple(fc.constantFrom(...PLACES.slice(1)), value), { minLength: 1, maxLength: 3 });

  it("should give a verdict on any change of the data, and accept only what claims the same", () => {
    fc.assert(
      fc.property(changes, fc.boolean(), (list, repairs) => {
        let json = dataOf(TEXT);
        for (const [place, replacement] of list) {
          if (at(json, place.slice(0, -1)) === undefined || at(json, place) === undefined) continue;
          json = put(json, place, structuredClone(replacement)) as Json & object;
        }
        const verdict = checkCertificate(printed(repairs ? repaired(json) : json));
        if (verdict.verdict === "accepted") {
          // Not every change of a filter does harm: a unit that is off at every cell may read another place.
          expect(claims(json) === claims(DATA)).toBe(true);
          expect(isFilter(at(json, ["filter"]) as Json)).toBe(true);
        }
        if (verdict.verdict === "undecided") expect(verdict.limit).toBe("replay-cells");
      }),
      { numRuns: 400 },
    );
  });

  it("should give a verdict on any removal or doubling of an element", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES.slice(1)), fc.boolean(), (place, doubles) => {
        const json = dataOf(TEXT);
        const parent = at(json, place.slice(0, -1)) as Json;
        if (doubles && Array.isArray(parent))
          parent.splice(Number(place.at(-1)), 0, structuredClone(at(json, place)) as Json);
        else put(json, place, undefined);
        const verdict = checkCertificate(printed(repaired(json)));
        const isFree = /^source\.(about|source)$|^verdicts\.replay\[\d\]$/.test(pathOf(place));
        expect(verdict.verdict, pathOf(place)).toBe(isFree ? "accepted" : "rejected");
      }),
      { numRuns: 150 },
    );
  });

  it("should reject a text with any characters changed: what is no claim has a digest", () => {
    const position = fc.nat({ max: TEXT.length - 1 });
    fc.assert(
      fc.property(position, fc.nat({ max: 3 }), fc.string({ maxLength: 3 }), (start, length, inserted) => {
        const text = TEXT.slice(0, start) + inserted + TEXT.slice(start + length);
        if (text !== TEXT) expect(checkCertificate(text).verdict).toBe("rejected");
      }),
      { numRuns: 300 },
    );
  });

  it("should give a verdict on any text", () => {
    const hostile = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.json({ maxDepth: 20 }));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(checkCertificate(text)).toMatchObject({ verdict: "rejected" });
      }),
      { numRuns: 500 },
    );
  });
});

describe("checkCertificate where the computer ends", () => {
  it("should leave undecided what runs into a limit of the engine, and hide no other error", () => {
    const fail = (error: Error) => (): never => {
      throw error;
    };
    expect(checkCertificate(TEXT, fail(new RangeError("Invalid array length")))).toEqual({
      verdict: "undecided",
      limit: "computer",
      message: "Invalid array length",
    });
    expect(() => checkCertificate(TEXT, fail(new TypeError("a bug")))).toThrow("a bug");
  });
});
