/** Entries of the registry with one thing wrong: each must be rejected, and for that reason. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditClaims, type ClaimFault } from "../../audit/check-claims.js";
import { joinSections, readSection, type Claim, type ClaimSection } from "../../audit/claim.js";
import { verdictOf, type EvidenceOutcome } from "../../audit/outcome.js";
import { certificatesFolder } from "../../audit/package-folder.js";
import { RCNN_PAPER } from "../../audit/rcnn/paper.js";
import { rcnnClaims } from "../../audit/rcnn/registry.js";

const sections = rcnnClaims();

/** A section with one claim. */
function section(claim: object): ClaimSection {
  return readSection({ id: "mutant", title: "A mutant", claims: [claim] }, "mutant");
}

function original(id: string): Claim {
  return sections.flatMap(({ claims }) => claims).find((claim) => claim.id === id) as Claim;
}

function faultOf(claim: object, certificates: string = certificatesFolder()): ClaimFault | undefined {
  const { rejected } = auditClaims([section(claim)], { certificates, paper: RCNN_PAPER });
  return rejected[0]?.fault?.code;
}

const AMENDED = original("lemma-3-induction");
const COUNTED = original("b2-padding-value");
const CERTIFIED = original("b2-spread");
const ARGUED = original("def-3");

describe("audit --check", () => {
  it("should accept the entries that the mutants are made of", () => {
    for (const claim of [AMENDED, COUNTED, CERTIFIED, ARGUED]) expect(faultOf(claim)).toBeUndefined();
  });

  const refuted = { ...AMENDED, amendment: null, verdict: "fails", reading: "printed" };
  const mutants: readonly (readonly [what: string, claim: object, code: ClaimFault])[] = [
    ["a verdict of failure where the amended statement holds", refuted, "verdict-does-not-follow"],
    ["a failure that is not there", { ...COUNTED, verdict: "fails" }, "verdict-does-not-follow"],
    [
      "an amendment of a statement that holds as printed",
      { ...COUNTED, verdict: "holds as amended", reading: "amended", amendment: "none needed" },
      "verdict-does-not-follow",
    ],
    [
      "an argument that concludes nothing",
      { ...ARGUED, evidence: [{ ...ARGUED.evidence[0], concludes: "nothing" }] },
      "verdict-does-not-follow",
    ],
    ["openness where an argument concludes", { ...ARGUED, verdict: "open" }, "verdict-does-not-follow"],
    [
      "an unknown amendment",
      { ...AMENDED, evidence: [{ kind: "amendment", id: "lemma-3-sing" }] },
      "unknown-amendment",
    ],
    [
      "an unknown amendment of B.4",
      { ...AMENDED, evidence: [...AMENDED.evidence, { kind: "amendment", id: "L5-15" }] },
      "unknown-amendment",
    ],
    [
      "an unknown count",
      { ...COUNTED, evidence: [{ kind: "count", name: "no-such-count", result: { x: "1" } }] },
      "unknown-count",
    ],
    [
      "a missing certificate",
      { ...CERTIFIED, evidence: [{ kind: "certificate", file: "no-such.json", part: "step" }] },
      "missing-certificate",
    ],
    [
      "a part that no certificate has",
      { ...CERTIFIED, evidence: [{ kind: "certificate", file: "bb2.json", part: "steps" }] },
      "unknown-part",
    ],
    [
      "support of the amended statement alone",
      {
        ...AMENDED,
        evidence: [
          { kind: "certificate", file: "bb2.json", part: "step" },
          {
            kind: "count",
            name: "lemma-5-on-small-tables",
            result: original("lemma-5-function").evidence.find((one) => one.kind === "count")?.result,
          },
        ],
      },
      "silent",
    ],
  ];
  for (const [what, claim, code] of mutants) {
    it(`should reject ${what}`, () => {
      expect(faultOf(claim)).toBe(code);
    });
  }

  it("should reject a stated number that is not what comes out, in every place of a result", () => {
    const [evidence] = COUNTED.evidence;
    if (evidence?.kind !== "count") throw new Error("expected a count");
    for (const key of Object.keys(evidence.result)) {
      const result = { ...evidence.result, [key]: `${evidence.result[key]}0` };
      expect(faultOf({ ...COUNTED, evidence: [{ ...evidence, result }] })).toBe("result-differs");
      const { [key]: _, ...fewer } = evidence.result;
      expect(faultOf({ ...COUNTED, evidence: [{ ...evidence, result: fewer }] })).toBe("result-differs");
    }
    const more = { ...evidence.result, more: "1" };
    expect(faultOf({ ...COUNTED, evidence: [{ ...evidence, result: more }] })).toBe("result-differs");
  });

  it("should reject a certificate that is no longer true", () => {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-audit-"));
    const text = readFileSync(join(certificatesFolder(), "bb4.json"), "utf8");
    writeFileSync(join(folder, "bb4.json"), text.replace('"distinct": ', '"distinct": 1'));
    expect(faultOf(CERTIFIED, folder)).toBe("certificate-rejected");
    writeFileSync(join(folder, "bb4.json"), text);
    expect(faultOf(CERTIFIED, folder)).toBeUndefined();
  });

  it("should find the one bad verdict at the very end of the registry", () => {
    const last = sections.at(-1) as ClaimSection;
    const claim = last.claims.at(-1) as Claim;
    const spoilt = { ...last, claims: [...last.claims.slice(0, -1), { ...claim, verdict: "open" as const }] };
    const { rejected } = auditClaims([spoilt], { certificates: certificatesFolder(), paper: RCNN_PAPER });
    expect(rejected.map((one) => one.claim.id)).toEqual([claim.id]);
  });
});

describe("the schema of the registry", () => {
  const program = { kind: "amendment", id: "digit-zero" };
  const mutants: readonly (readonly [what: string, claim: object])[] = [
    ["holds on an argument alone", { ...COUNTED, evidence: ARGUED.evidence }],
    ["holds as amended without an amendment", { ...AMENDED, amendment: null }],
    ["holds as amended of the printed reading", { ...AMENDED, reading: "printed" }],
    ["holds as amended on a certificate alone", { ...AMENDED, evidence: CERTIFIED.evidence }],
    ["fails on a certificate alone", { ...CERTIFIED, verdict: "fails" }],
    ["fails on an argument alone", { ...ARGUED, verdict: "fails" }],
    ["holds of the amended reading", { ...COUNTED, reading: "amended" }],
    ["holds with an amendment", { ...COUNTED, amendment: "something" }],
    ["open beside a program", { ...ARGUED, verdict: "open", evidence: [...ARGUED.evidence, program] }],
    ["holds by argument beside a program", { ...ARGUED, evidence: [program, ...ARGUED.evidence] }],
    ["no evidence", { ...ARGUED, evidence: [] }],
    ["an unknown kind of evidence", { ...ARGUED, evidence: [{ kind: "belief", text: "x", concludes: "holds" }] }],
    ["an unknown verdict", { ...ARGUED, verdict: "true" }],
    ["an unknown key", { ...ARGUED, weight: 1 }],
    ["an unknown key in evidence", { ...AMENDED, evidence: [{ ...program, skip: true }] }],
    [
      "a number that is no text",
      { ...COUNTED, evidence: [{ kind: "count", name: "observation-1", result: { x: 1 } }] },
    ],
    [
      "a certificate outside of the folder",
      { ...CERTIFIED, evidence: [{ kind: "certificate", file: "../x.json", part: "step" }] },
    ],
    ["an id with capitals", { ...ARGUED, id: "Def-3" }],
  ];
  for (const [what, claim] of mutants) {
    it(`should reject ${what}`, () => {
      expect(() => section(claim)).toThrow(/^mutant\/claims\/0/);
    });
  }

  it("should reject an id that is used twice, in one section or in two", () => {
    const two = readSection({ id: "mutant", title: "Twice", claims: [ARGUED, ARGUED] }, "mutant");
    expect(() => joinSections([two])).toThrow("expected each id once, got def-3 twice");
    expect(() => joinSections([...sections, section(sections.at(-1)?.claims.at(-1) as Claim)])).toThrow(
      "expected each id once",
    );
  });
});

describe("verdictOf", () => {
  const decided = (printed: boolean | undefined, amended: boolean | undefined): EvidenceOutcome => ({
    kind: "decided",
    outcome: {
      instance: "x",
      numbers: {},
      ...(printed === undefined ? {} : { printed: { holds: printed, found: "" } }),
      ...(amended === undefined ? {} : { amended: { holds: amended, found: "" } }),
    },
  });
  const argument = (concludes: "holds" | "nothing"): EvidenceOutcome => ({ kind: "argument", concludes });

  it("should let one refutation outweigh all support", () => {
    expect(verdictOf([decided(true, true), decided(true, undefined), decided(false, undefined)])).toBe(
      "holds as amended",
    );
    expect(verdictOf([decided(false, true), decided(undefined, false)])).toBe("fails");
    expect(verdictOf([decided(false, undefined), argument("holds")])).toBe("fails");
  });

  it("should decide nothing where support of the print meets a refuted amendment", () => {
    expect(verdictOf([decided(true, false)])).toBeUndefined();
    expect(verdictOf([decided(undefined, true), argument("holds")])).toBeUndefined();
    expect(verdictOf([])).toBeUndefined();
  });

  it("should let arguments decide only where no program speaks", () => {
    expect(verdictOf([argument("holds"), argument("holds")])).toBe("holds by argument");
    expect(verdictOf([argument("holds"), argument("nothing")])).toBe("open");
    expect(verdictOf([decided(true, undefined), argument("nothing")])).toBe("holds");
  });

  it("should decide nothing where evidence could not be run", () => {
    const fault: EvidenceOutcome = { kind: "fault", code: "unknown-count", message: "" };
    expect(verdictOf([decided(true, undefined), fault])).toBeUndefined();
  });
});
