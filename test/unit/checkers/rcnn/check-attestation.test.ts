import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import type { RcnnCertificate } from "../../../../certificates/rcnn-certificate.js";
import { attestationOf, filterBytes, printAttestation } from "../../../../certificates/attestation.js";
import { sha256 } from "../../../../certificates/sha-256.js";
import { checkAttestation, checkSubjects } from "../../../../checkers/rcnn/check-attestation.js";

const read = (name: string): [RcnnCertificate, string] => {
  const text = readFileSync(`certificates/${name}.json`, "utf8");
  return [JSON.parse(text) as RcnnCertificate, text];
};
const [CERTIFICATE, TEXT] = read("bb2");
const NAMES = { certificate: "bb2.json", filter: "bb2.filter.json" };
const STATEMENT = attestationOf(CERTIFICATE, TEXT, NAMES);
const PRINTED = printAttestation(STATEMENT);
const TYPE = "application/vnd.in-toto+json";
const payload = Buffer.from(PRINTED).toString("base64");

const verdictOn = (text: string) => checkAttestation(text, CERTIFICATE, TEXT);
const envelope = (changes: object = {}): string =>
  JSON.stringify({ payloadType: TYPE, payload, signatures: [{ sig: "bm90IGxvb2tlZCBhdA==" }], ...changes });

describe("statementOf", () => {
  it("should name the certificate's file and the filter's bytes by their SHA-256", () => {
    expect(STATEMENT._type).toBe("https://in-toto.io/Statement/v1");
    expect(STATEMENT.subject.map(({ name }) => name)).toEqual(["bb2.json", "bb2.filter.json"]);
    expect(STATEMENT.subject[0].digest.sha256).toBe(sha256(readFileSync("certificates/bb2.json")));
    expect(`sha256:${STATEMENT.subject[1].digest.sha256}`).toBe(CERTIFICATE.digests.filter);
    expect(JSON.parse(Buffer.from(filterBytes(CERTIFICATE)).toString("utf8"))).toEqual(CERTIFICATE.filter);
  });

  it("should hold nothing that is not JSON", () => {
    expect(JSON.parse(PRINTED)).toEqual(STATEMENT);
  });
});

describe("checkAttestation", () => {
  it("should accept the statement of a certificate under any two different names", () => {
    const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => /^[^\p{Cc}\p{Cs}]+$/u.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 2 }), ([certificate = "", filter = ""]) => {
        const statement = attestationOf(CERTIFICATE, TEXT, { certificate, filter });
        expect(verdictOn(printAttestation(statement))).toEqual({ verdict: "accepted", result: statement });
      }),
    );
  });

  it.each([
    ["an envelope", envelope()],
    ["an envelope with the alphabet for addresses", envelope({ payload: Buffer.from(PRINTED).toString("base64url") })],
    ["a Sigstore bundle", JSON.stringify({ mediaType: "any", dsseEnvelope: JSON.parse(envelope()) as object })],
  ])("should accept it in %s", (_, text) => {
    expect(verdictOn(text)).toEqual({ verdict: "accepted", result: STATEMENT });
  });

  it.each(["f", "ff", "fff", "~~~>>>???", "?????ÿÿÿÿ"])(
    "should accept envelopes in both alphabets with all paddings, for the name %s",
    (filter) => {
      const statement = attestationOf(CERTIFICATE, TEXT, { ...NAMES, filter });
      const bytes = Buffer.from(printAttestation(statement));
      const [plain, address] = [bytes.toString("base64"), bytes.toString("base64url")];
      for (const spelled of [plain, address, address + plain.slice(address.length)]) {
        expect(verdictOn(envelope({ payload: spelled }))).toMatchObject({ verdict: "accepted", result: statement });
      }
      const unpadded = plain.replace(/=+$/, "");
      expect(verdictOn(envelope({ payload: `${unpadded}====` }))).toMatchObject({ code: "envelope", path: "payload" });
    },
  );

  it("should show a line that is missing, and of a long one the beginning", () => {
    expect(verdictOn(PRINTED.slice(0, -1))).toMatchObject({ witness: { stated: "absent", computed: '""' } });
    for (const length of [100, 298, 299, 300, 1000]) {
      const line = "x".repeat(length);
      const stated = length <= 298 ? `"${line}"` : `"${"x".repeat(296)}...`;
      expect(
        verdictOn(PRINTED.replace("{", `{\n${line}`).replace(`{\n${line}`, `{\n${" ".repeat(length)}`)),
      ).toMatchObject({
        path: "line 2",
        witness: { stated: stated.replaceAll("x", " ") },
      });
    }
  });

  it("should reject it with any byte changed, left out or doubled", () => {
    const bytes = Buffer.from(PRINTED);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), fc.constantFrom(0, 1, 2), (i, bit, times) => {
        const byte = Buffer.from([(bytes[i] as number) ^ (1 << bit)]);
        const middle = times === 1 ? [byte] : Array.from({ length: times }, () => bytes.subarray(i, i + 1));
        const forged = Buffer.concat([bytes.subarray(0, i), ...middle, bytes.subarray(i + 1)]).toString("utf8");
        const verdict = verdictOn(forged);
        // The names are the author's choice.
        if (verdict.verdict === "accepted") expect(printAttestation(verdict.result)).toBe(forged);
        else expect(verdict).toMatchObject({ verdict: "rejected" });
      }),
      { numRuns: 2000 },
    );
  });

  it("should reject the statement of another certificate, and say where they part", () => {
    const other = printAttestation(attestationOf(...read("bb3"), NAMES));
    const verdict = verdictOn(other);
    expect(verdict).toMatchObject({ verdict: "rejected", code: "statement", path: "line 4" });
    expect(JSON.stringify(verdict)).toContain(STATEMENT.subject[0].digest.sha256);
  });

  it.each([
    ["one subject", { subject: [STATEMENT.subject[0]] }],
    ["no subject", { subject: [] }],
    ["subjects that are no list", { subject: { 0: STATEMENT.subject[0], 1: STATEMENT.subject[1] } }],
    ["one name for both", { subject: [STATEMENT.subject[0], { ...STATEMENT.subject[1], name: "bb2.json" }] }],
    ["a name with a line break", { subject: [{ ...STATEMENT.subject[0], name: "a\nb" }, STATEMENT.subject[1]] }],
    ["an empty name", { subject: [{ ...STATEMENT.subject[0], name: "" }, STATEMENT.subject[1]] }],
    ["a subject without name", { subject: [STATEMENT.subject[0], { digest: STATEMENT.subject[1].digest }] }],
  ])("should reject %s", (_, change) => {
    const text = printAttestation({ ...STATEMENT, ...change } as typeof STATEMENT);
    expect(verdictOn(text)).toMatchObject({ verdict: "rejected", code: "statement", path: "subject" });
  });

  it.each([
    ["another type", { _type: "https://in-toto.io/Statement/v0.1" }, 2],
    ["a third subject", { subject: [...STATEMENT.subject, { name: "x", digest: { sha256: "0" } }] }, 8],
    ["swapped subjects", { subject: [STATEMENT.subject[1], STATEMENT.subject[0]] }, 6],
    ["another predicate type", { predicateType: "urn:weightproof:certified-filter:2" }, 10],
    ["a count that is not the certificate's", { predicate: { ...STATEMENT.predicate, machine: "bb3" } }, 32],
  ])("should reject %s", (_, change, line) => {
    const text = printAttestation({ ...STATEMENT, ...change } as typeof STATEMENT);
    expect(verdictOn(text)).toMatchObject({ verdict: "rejected", code: "statement", path: `line ${line}` });
  });

  it.each([
    ["another payload type", envelope({ payloadType: "application/json" }), "payloadType"],
    ["no payload", JSON.stringify({ payloadType: TYPE }), "payloadType"],
    ["no payload type", JSON.stringify({ payload }), "payloadType"],
    ["a payload that is no base64", envelope({ payload: `${payload.slice(0, 40)}!${payload.slice(41)}` }), "payload"],
    ["a space in its payload", envelope({ payload: `${payload.slice(0, 40)} ${payload.slice(40)}` }), "payload"],
    ["stray bits in its payload", envelope({ payload: "e31=" }), "payload"],
    ["a second payload type", envelope().replace("{", `{"payloadType":"${TYPE}",`), "payloadType"],
    ["a second envelope", `{"dsseEnvelope":{},"dsseEnvelope":${envelope()}}`, "dsseEnvelope"],
    ["a second payload", envelope().replace('"payload":', `"payload":"e30=","payload":`), "payload"],
    ["a second payload, escaped", envelope().replace(/}$/, `,"p\\u0061yload":"e30="}`), ""],
  ])("should reject an envelope with %s", (_, text, path) => {
    expect(verdictOn(text)).toMatchObject({ verdict: "rejected", code: "envelope", path });
  });

  it.each(["", "nothing", "not\n\n this", "[", "\u0000", `{"a": \u001b`])(
    "should reject the text %j as no JSON, in one line",
    (text) => {
      const verdict = verdictOn(text);
      expect(verdict).toMatchObject({ verdict: "rejected", code: "not-json", path: "" });
      expect(JSON.stringify(verdict)).toContain("JSON");
      expect(JSON.stringify(verdict)).not.toMatch(/\\n|\\u00| {2}/);
    },
  );

  it.each([
    ["application/json", '"application/json"'],
    [undefined, "absent"],
  ])("should show the payload type %s", (payloadType, shown) => {
    expect(verdictOn(envelope({ payloadType }))).toMatchObject({ code: "envelope", witness: { payloadType: shown } });
  });

  it.each(["no JSON", `\ufeff${PRINTED}`])("should reject an envelope whose payload is no JSON", (text) => {
    const wrapped = envelope({ payload: Buffer.from(text).toString("base64") });
    expect(verdictOn(wrapped)).toMatchObject({ verdict: "rejected", code: "not-json" });
  });

  it.each(["null", "1", "[]", "{}", '{"subject": [null, null]}'])("should reject %s as no statement", (text) => {
    expect(verdictOn(text)).toMatchObject({ verdict: "rejected", code: "statement", path: "subject" });
  });
});

describe("checkSubjects", () => {
  const bytes = {
    certificate: Buffer.from(TEXT),
    filter: filterBytes(CERTIFICATE),
  };

  it("should say which part a file is", () => {
    const files = Object.entries(bytes).map(([name, content]) => ({ name, bytes: content }));
    expect(checkSubjects(files, CERTIFICATE, TEXT)).toMatchObject({
      verdict: "accepted",
      result: [
        { name: "certificate", part: "certificate", sha256: sha256(bytes.certificate) },
        { name: "filter", part: "filter", sha256: CERTIFICATE.digests.filter.slice(7) },
      ],
    });
  });

  it.each(["source", "machine", "filter", "head"] as const)("should know the canonical JSON of %s", (part) => {
    const digest = digestOf(CERTIFICATE[part]);
    expect(CERTIFICATE.digests[part]).toBe(digest);
    const verdict = checkSubjects([{ name: "x", bytes: canonicalBytes(CERTIFICATE[part]) }], CERTIFICATE, TEXT);
    expect(verdict).toMatchObject({ verdict: "accepted", result: [{ part }] });
  });

  it("should reject a file with any bit changed, and name it", () => {
    fc.assert(
      fc.property(fc.nat(bytes.filter.length - 1), fc.nat(7), (i, bit) => {
        const forged = Buffer.from(bytes.filter);
        forged[i] = (forged[i] as number) ^ (1 << bit);
        const files = [
          { name: "good", bytes: bytes.filter },
          { name: "bad", bytes: forged },
        ];
        expect(checkSubjects(files, CERTIFICATE, TEXT)).toMatchObject({
          verdict: "rejected",
          code: "subject-file",
          path: "bad",
          witness: { sha256: sha256(forged) },
        });
      }),
      { numRuns: 50 },
    );
  });
});

/** What certificates/canonical.ts prints, by way of sorted keys: these parts hold no number but small integers. */
function canonicalBytes(value: unknown): Buffer {
  const sorted = (_: string, inner: unknown): unknown =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return Buffer.from(JSON.stringify(value, sorted), "utf8");
}
