import { describe, expect, it } from "vitest";
import { certify } from "../../../../systems/rcnn/certify.js";
import { checkCertificate } from "../../../../checkers/rcnn/check-certificate.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { encodeNormalMachine, encodeSourceMachine } from "../../../../certificates/machine-json.js";
import type { SourceTransition } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { AMENDMENTS_IN_FORCE } from "../../../../spec/rcnn/amendments-in-force.js";
import {
  at,
  dataOf,
  fateAfter,
  printed,
  put,
  repaired,
  SOURCE,
  TEXT,
  type Json,
} from "../../../mutants/rcnn/certificates.js";

const witnessOf = (text: string): unknown => {
  const verdict = checkCertificate(text);
  return verdict.verdict === "rejected" ? verdict.witness : verdict;
};

describe("checkCertificate", () => {
  it("should accept what certify gives out, and return it as data", () => {
    for (const name of ALPHABET_NAMES) {
      const certified = certify(loadMachine("bb2"), name);
      if (certified.verdict !== "accepted") throw new Error(certified.message);
      const { text, certificate } = certified.result;
      expect(checkCertificate(text)).toEqual({ verdict: "accepted", result: certificate });
    }
  });

  it("should give the same verdict each time, accepted or not", () => {
    for (const text of [TEXT, TEXT.replace('"cases": ', '"cases": 1'), "", "{}"])
      expect(checkCertificate(text)).toEqual(checkCertificate(text));
  });

  it("should say where a claim is false, with what is stated and what comes out", () => {
    const verdict = checkCertificate(TEXT.replace('"leaves": ', '"leaves": 9'));
    if (verdict.verdict !== "rejected") throw new Error(`expected counts, got ${verdict.verdict}`);
    expect(verdict).toMatchObject({ code: "counts", path: "verdicts.function.leaves" });
    const { stated, computed } = verdict.witness as { stated: string; computed: string };
    expect(stated).toBe(`9${computed}`);
    expect(verdict.message).toBe(`stated ${stated}, computed ${computed}`);
  });

  it("should name what is absent, the digest that comes out, and the fault of a network", () => {
    const last = AMENDMENTS_IN_FORCE.at(-1) as string;
    const shorter = put(dataOf(TEXT), ["reading", "amendments", AMENDMENTS_IN_FORCE.length - 1], undefined);
    expect(witnessOf(printed(shorter))).toEqual({ stated: "absent", computed: `"${last}"` });
    const data = dataOf(TEXT);
    const [stated, computed] = ["head", "filter"].map((part) => at(data, ["digests", part]));
    const swapped = put(dataOf(TEXT), ["digests", "filter"], stated as Json);
    expect(witnessOf(printed(swapped))).toEqual({ stated, computed });
    const unreduced = put(dataOf(TEXT), ["filter", "layers", 0, "rows", 0, 0], "2/4");
    expect(witnessOf(printed(repaired(unreduced)))).toEqual({ fault: "bad-number" });
  });

  it("should accept a run that does not halt, and leave it as it is", () => {
    const [A, B] = ["A", "B"].map((next) => ({ write: 0, move: "stay", next }) as const) as [
      SourceTransition,
      SourceTransition,
    ];
    const flip = (other: SourceTransition) => new Map(([0, 1, -1] as const).map((symbol) => [symbol, other]));
    const table = new Map([["A", flip(B)], ["B", flip(A)]]); // prettier-ignore
    const certified = certify({ ...SOURCE, states: ["A", "B"], halting: [], table }, "well-formed");
    if (certified.verdict !== "accepted") throw new Error(certified.message);
    const { text, certificate } = certified.result;
    expect(certificate.verdicts.replay.map(({ haltsAtLayer }) => haltsAtLayer)).toEqual([null]);
    expect(checkCertificate(text).verdict).toBe("accepted");
    const halting = put(dataOf(text), ["verdicts", "replay", 0, "haltsAtLayer"], 9);
    expect(witnessOf(printed(halting))).toEqual({ stated: "9", computed: "null" });
  });

  it("should leave a certificate undecided where the computer's memory or stack ends, and hide no other error", () => {
    const broken = new RangeError("Invalid array length");
    const raise = (error: Error) => () => {
      throw error;
    };
    expect(checkCertificate(TEXT, raise(broken))).toEqual({
      verdict: "undecided",
      limit: "computer",
      message: "Invalid array length",
    });
    expect(() => checkCertificate(TEXT, raise(new Error("no fault of the text")))).toThrow("no fault of the text");
  });

  it("should go by the schema's limit of states, 4096 with the first state", () => {
    const names = Array.from({ length: 4096 }, (_, q) => `q${q}`);
    const fateOfStates = (count: number): string => {
      const states = names.slice(0, count - 1);
      const source = { ...SOURCE, states, start: "q0", halting: [], table: new Map() };
      const full = new Map(states.map((next) => [next, new Map(([0, 1, -1] as const).map((symbol) => [symbol, { write: 0, move: "stay", next } as const]))])); // prettier-ignore
      return fateAfter((json) => {
        put(json, ["source"], encodeSourceMachine({ ...source, table: full }) as unknown as Json);
        put(json, ["machine"], encodeNormalMachine(normalForm({ ...source, table: full })) as unknown as Json);
      });
    };
    expect(fateOfStates(4096)).toBe("code code.states");
    expect(fateOfStates(4097)).toBe("schema machine.states");
  });
});
