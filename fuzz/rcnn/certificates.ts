/** Certificates: their text, both checkers side by side, learning runs and recodings. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { check } from "../../systems/check.js";
import { certify } from "../../systems/rcnn/certify.js";
import { canonicalJson } from "../../certificates/canonical.js";
import { certificateKind } from "../../certificates/envelope.js";
import { decodeNetwork, encodeNetwork, NetworkJsonError } from "../../certificates/network-json.js";
import { printCertificate, readCertificateText } from "../../certificates/rcnn-certificate.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { DECIDED_CODES } from "../../checkers/verified.js";
import { loadVerified } from "../../systems/load-verified.js";
import { readMachine } from "../../inputs/machines/read-machine.js";
import { learningCertificate } from "../../execution/rcnn/learn-certificate.js";
import type { LearnResult } from "../../execution/rcnn/learn.js";
import type { AlphabetEntry } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { certifyRecoding } from "../../systems/rcnn/certify-recoding.js";
import { projectFile } from "../seeds.js";
import { changedText, numbers, type Json } from "../changed-data.js";
import { assertHolds, assertOneLine, type Target } from "../target.js";
import { bytesOf, textOf } from "../text.js";

const TINY = `name: tiny
start: A
table:
  A:
    blank: { write: +1, move: right }
    +1: { write: -1, move: up }
    -1: { write: blank, move: stay }
`;
const SMALL = `name: small
about: A machine to be changed
start: A
halting: [Z, idle]
table:
  A: { blank: { write: +1, move: right, next: B }, +1: { write: -1, move: up, next: Z }, -1: { move: stay } }
  B: { blank: { write: +1, move: down, next: A }, -1: { move: left, next: Z } }
`;

/** The text of the certificate of a machine file. */
function certificateOf(file: string): string {
  const verdict = certify(readMachine(file, "seed"), "well-formed");
  if (verdict.verdict !== "accepted") throw new Error(`certificateOf: expected a certificate, got ${verdict.verdict}`);
  return verdict.result.text;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Certificates of filters to start from. */
export const CLAIM_SEEDS: () => readonly string[] = once(() => [certificateOf(TINY), certificateOf(SMALL)]);

/** A certificate without what does not change its claims: names, notes, layers' names, digests, runs. */
function claimsOf(text: string): string {
  const json = JSON.parse(text) as { [key: string]: { [key: string]: Json } };
  const { source = {}, machine = {}, verdicts = {}, head = {} } = json;
  const { about: _about, source: _source, name: sourceName, ...machineSource } = source;
  const { name: machineName, ...normal } = machine;
  const { replay: _replay, ...decided } = verdicts;
  const layers = (head["layers"] as { [key: string]: Json }[]).map(({ name: _name, ...layer }) => layer);
  const { reading, alphabet, code } = json;
  return canonicalJson([machineSource, normal, decided, layers, reading, alphabet, code, sourceName === machineName]);
}

const CLAIMS = once(() => new Set(CLAIM_SEEDS().map(claimsOf)));

/** Faults of a filter that checkers may meet in any order. */
const AT_A_PATCH = new Set(["kink", "value", "derivative"]);

/** The verified checker, where it has been built. */
const verified = once(() => loadVerified());

/** The verified checker must accept the filter and head of what the first accepts, and none that the first finds false. */
function assertVerified(text: string, first: ReturnType<typeof check>): void {
  const said = verified()?.(text);
  if (said === undefined || said.verdict === "undecided") return;
  if (first.verdict === "accepted")
    assertHolds(said.verdict === "accepted", "the verified checker rejects what is true");
  if (first.verdict === "rejected" && DECIDED_CODES.has(first.code))
    assertHolds(said.verdict === "rejected", `the verified checker accepts, the first: ${first.code}`);
}

/** What both checkers say; they must not contradict each other, nor the verified one. */
export function verdictOfBoth(text: string): string {
  const [first, second] = [check(text), checkCertificateAgain(text)];
  if (certificateKind(text)?.statement === "filter") assertVerified(text, first);
  for (const verdict of [first, second]) if ("message" in verdict) assertOneLine(verdict.message);
  const show = (verdict: typeof first | typeof second): string =>
    verdict.verdict === "rejected" ? verdict.code : verdict.verdict === "undecided" ? `? ${verdict.limit}` : "accepted";
  const [a, b] = [show(first), show(second)];
  const isOpen = first.verdict === "undecided" || second.verdict === "undecided";
  assertHolds(isOpen || a === b || (AT_A_PATCH.has(a) && AT_A_PATCH.has(b)), `first: ${a}, second: ${b}`);
  for (const limit of ["? computer"]) assertHolds(a !== limit && b !== limit, `${a}, ${b}: a limit of the computer`);
  const isFilter = certificateKind(text)?.statement === "filter";
  if (isFilter && (first.verdict === "accepted" || second.verdict === "accepted")) {
    assertHolds(CLAIMS().has(claimsOf(text)), "another claim was accepted");
  }
  return a === b ? a : `${a}, ${b}`;
}

const WORDS = ['"filter"', '"head"', '"source"', '"verdicts"', '"replay"', '["0", [0, "1"]]', "[0, 1]", '"0"', "null"];

/** Changes of the text alone: nothing but the text itself is accepted. */
const bytes: Target = {
  name: "certificate-bytes",
  seeds: () => CLAIM_SEEDS().map(bytesOf),
  words: WORDS,
  timeLimit: 60_000,
  shortRun: 15,
  run(input) {
    const text = textOf(input);
    const answer = verdictOfBoth(text);
    assertHolds(answer !== "accepted" || CLAIM_SEEDS().includes(text), "a changed text was accepted");
    return answer;
  },
};

/** Changes of the data, printed as certificates are. */
const data: Target = {
  name: "certificate-data",
  seeds: () => CLAIM_SEEDS().map(bytesOf),
  documents: fc
    .tuple(fc.boolean(), numbers)
    .map(([small, list]) => changedText(CLAIM_SEEDS()[small ? 1 : 0] as string, list)),
  words: WORDS,
  timeLimit: 120_000,
  shortRun: 15,
  run(input) {
    return verdictOfBoth(textOf(input));
  },
};

/** Reading alone, of larger certificates. */
const text: Target = {
  name: "certificate-text",
  seeds: () => ["bb2.json", "bb4.json"].map((name) => projectFile("certificates", name)),
  documents: numbers.map((list) => changedText(CLAIM_SEEDS()[0] as string, list)),
  words: WORDS,
  shortRun: 60,
  run(input) {
    const read = readCertificateText(textOf(input));
    if ("fault" in read) {
      assertOneLine(read.message);
      return `${read.fault} ${read.path.replaceAll(/[0-9]+/g, "0")}`;
    }
    const { certificate } = read;
    assertHolds(printCertificate(certificate) === textOf(input), "a certificate has two texts");
    for (const part of ["filter", "head"] as const) {
      try {
        const again = encodeNetwork(decodeNetwork(certificate[part]));
        assertHolds(isDeepStrictEqual(again, certificate[part]), `${part} has two forms`);
      } catch (error) {
        if (!(error instanceof NetworkJsonError)) throw error;
        assertOneLine(error.message);
        return error.code;
      }
    }
    return "read";
  },
};

/** Keeps the sign in the top left cell, and blanks all others. */
const LEARNER = `name: learner
start: clear
halting: [done]
table:
  clear: { +1: { write: blank, move: left }, -1: { write: blank, move: left }, blank: { move: up, next: above } }
  above: { blank: { move: stay, next: done }, +1: { move: right, next: clear }, -1: { move: right, next: clear } }
`;

const LEARNING = once(() => {
  const source: SourceMachine = readMachine(LEARNER, "seed");
  const run = { d: 1, m: 1, columns: 2, layers: 30, floatBounds: {}, predictions: [{ x: [1], prediction: null }] };
  // Only shape and points are taken over; "too-few-layers" leaves the answer to the replay.
  const result = { ...run, predictions: [{ x: [1], prediction: null, reason: "too-few-layers" }] };
  const verdict = learningCertificate(source, [{ x: [-1], y: 1 }], result as unknown as LearnResult);
  if (verdict.verdict !== "accepted") throw new Error(`LEARNING: ${JSON.stringify(verdict)}`);
  return verdict.result.text;
});

const learning: Target = {
  name: "learning",
  seeds: () => [bytesOf(LEARNING())],
  documents: numbers.map((list) => changedText(LEARNING(), list)),
  words: [...WORDS, '"examples"', '"memory"', '"+ -"', '"+-"', '"shape"', '"layers": 30'],
  timeLimit: 120_000,
  memory: 2048,
  shortRun: 10,
  run(input) {
    const changed = textOf(input);
    const answer = verdictOfBoth(changed);
    assertHolds(answer !== "accepted" || certificateKind(changed) !== undefined, "what is no certificate was accepted");
    return answer;
  },
};

/** A machine of five symbols that stops, halts, and moves along a row. */
const RECODING = once(() => {
  const entry = (write: number, move: "left" | "right", next: string): AlphabetEntry => ({
    write: [write],
    moves: [move],
    next,
  });
  const table = new Map([
    ["A", new Map(["0", "1", "3", "4"].map((a, i) => [a, entry(4 - i, i % 2 === 0 ? "right" : "left", "B")]))],
    ["B", new Map(["0", "2", "4"].map((a, i) => [a, entry(i, "left", i === 1 ? "Z" : "A")]))],
  ]);
  const states = { states: ["A", "B", "Z"], start: "A", halting: ["Z"], accepting: [], rejecting: [] };
  const verdict = certifyRecoding({
    name: "five",
    format: "seed",
    tapes: 1,
    symbols: ["_", "a", "b", "c", "d"],
    ...states,
    table,
    missing: "stop",
    notes: {},
    expected: {},
  });
  if (verdict.verdict !== "accepted") throw new Error(`RECODING: ${verdict.verdict}`);
  return verdict.result.text;
});

const recoding: Target = {
  name: "recoding",
  seeds: () => [bytesOf(RECODING())],
  documents: numbers.map((list) => changedText(RECODING(), list)),
  words: ['"codes"', '"states"', '"stopped"', '"+."', '"stop"', '"step"', '"right"', '"longest": 3', "[]", "0"],
  shortRun: 60,
  run: (input) => verdictOfBoth(textOf(input)),
};

/** The checkers, fed with bytes, data and texts of certificates, with learning runs and with recodings. */
export const CERTIFICATE_TARGETS: readonly Target[] = [bytes, data, text, learning, recoding];
