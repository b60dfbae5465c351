/** Certificates of decoders with one thing changed, digests repaired, as data. */
import { digestOf } from "../../../certificates/canonical.js";
import {
  printDecoderCertificate,
  type DecoderCertificate,
} from "../../../certificates/wei-chen-ma/decoder-certificate.js";
import { encodeDecoder } from "../../../certificates/wei-chen-ma/decoder-json.js";
import { checkDecoder } from "../../../checkers/wei-chen-ma/check-decoder.js";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import {
  machineToDecoder,
  type BuiltDecoder,
  type DecoderTask,
} from "../../../construction/wei-chen-ma/machine-to-decoder.js";
import { formulaChanges } from "../../../construction/wei-chen-ma/decoder-to-certificate.js";
import { gridToTape } from "../../../construction/wei-chen-ma/one-row.js";
import { loadMachine } from "../../../inputs/machines/load-machine.js";
import { tapeNormalForm, type TapeKind, type TapeMachine } from "../../../spec/machines/tape-machine.js";
import type { AffineMap, AffineRow } from "../../../spec/wei-chen-ma/affine.js";
import type { Decoder, TransformerLayer } from "../../../spec/wei-chen-ma/decoder.js";
import type { DecoderClaim } from "../../../checkers/wei-chen-ma/check-step.js";
import { certifyDecoder } from "../../../systems/wei-chen-ma/certify-decoder.js";

/** A machine of the gallery, or a bbchallenge text, in its total form. */
export function tapeMachine(name: string): TapeMachine {
  return tapeNormalForm(gridToTape(loadMachine(name)));
}

/** A decoder with what a checker is told of it. */
export function claimOf(name: string, task: Omit<DecoderTask, "machine">): DecoderClaim & BuiltDecoder {
  const machine = tapeMachine(name);
  const built = machineToDecoder({ ...task, machine });
  return { ...built, machine, passes: task.passes, formulas: formulaChanges(built.functions) };
}

/** A certificate; each is made once. */
export function certificateOf(name: string, steps: number, tape: TapeKind = "two-way"): DecoderCertificate {
  const key = `${name} ${steps} ${tape}`;
  const known = made.get(key);
  if (known !== undefined) return structuredClone(known);
  const verdict = certifyDecoder({ source: gridToTape(loadMachine(name)), steps, tape });
  if (verdict.verdict !== "accepted") throw new Error(verdict.message);
  made.set(key, verdict.result.certificate);
  return structuredClone(verdict.result.certificate);
}

const made = new Map<string, DecoderCertificate>();

/** JSON data that may be changed. */
export type Draft<Value> = Value extends object ? { -readonly [Key in keyof Value]: Draft<Value[Key]> } : Value;

/** The text of a changed certificate, its digests computed again. */
export function forged(certificate: DecoderCertificate, change: (draft: Draft<DecoderCertificate>) => void): string {
  const draft = structuredClone(certificate) as Draft<DecoderCertificate>;
  change(draft);
  const { source, machine, decoder } = draft;
  draft.digests = { source: digestOf(source), machine: digestOf(machine), decoder: digestOf(decoder) };
  return printDecoderCertificate(draft as DecoderCertificate);
}

/** The text of a certificate with another decoder in it. */
export function withDecoder(certificate: DecoderCertificate, decoder: Decoder): string {
  return forged(certificate, (draft) => {
    draft.decoder = encodeDecoder(decoder) as Draft<DecoderCertificate["decoder"]>;
  });
}

/** What both checkers say, in a word each: "accepted", a code, or "undecided". */
export function fates(text: string): readonly [first: string, second: string] {
  const [first, second] = [checkDecoder(text), checkCertificateAgain(text)];
  const word = (verdict: typeof first | typeof second): string =>
    verdict.verdict === "rejected" ? verdict.code : verdict.verdict;
  return [word(first), word(second)];
}

/** A layer's parts that are affine maps. */
export type MapPlace =
  "ff" | "round" | "unround" | "self.query" | "self.key" | "self.value" | "cross.query" | "cross.key" | "cross.value";

/** A decoder with a map of a layer changed. */
export function withMap(
  decoder: Decoder,
  layer: number,
  place: MapPlace,
  change: (map: AffineMap) => AffineMap,
): Decoder {
  return withLayer(decoder, layer, (old) => {
    const [ff, round, unround] = old.feedForward;
    if (place === "ff") return { ...old, feedForward: [change(ff), round, unround] };
    if (place === "round") return { ...old, feedForward: [ff, change(round), unround] };
    if (place === "unround") return { ...old, feedForward: [ff, round, change(unround)] };
    const [module, part] = place.split(".") as ["self" | "cross", "query" | "key" | "value"];
    const attention = old[module];
    if (attention === null) throw new Error(`layer ${layer} has no ${module}`);
    return { ...old, [module]: { ...attention, [part]: change(attention[part]) } };
  });
}

/** A decoder with a layer changed. */
export function withLayer(
  decoder: Decoder,
  layer: number,
  change: (layer: TransformerLayer) => TransformerLayer,
): Decoder {
  return { ...decoder, layers: decoder.layers.map((old, j) => (j === layer ? change(old) : old)) };
}

/** A change of one row. */
export function row(index: number, change: (row: AffineRow) => AffineRow): (map: AffineMap) => AffineMap {
  return (map) => ({ ...map, rows: map.rows.map((old, r) => (r === index ? change(old) : old)) });
}

/** A row with a weight added to a column; a weight that becomes 0 is left out. */
export function plus(column: number, weight: number): (row: AffineRow) => AffineRow {
  return ({ bias, entries }) => {
    const sums = new Map(entries);
    sums.set(column, (sums.get(column) ?? 0) + weight);
    return { bias, entries: [...sums].filter(([, value]) => value !== 0).toSorted(([a], [b]) => a - b) };
  };
}

/** A row with another bias. */
export function biased(by: number): (row: AffineRow) => AffineRow {
  return ({ bias, entries }) => ({ bias: bias + by, entries });
}

/** Layers of a lemma. */
export function layersOf({ functions }: BuiltDecoder, lemma: string): number[] {
  return functions.flatMap((layer, j) => (layer.lemma.includes(lemma) ? [j] : []));
}
