/** Certificates of decoders that are false. */
import type { DecoderCertificate } from "../../../certificates/wei-chen-ma/decoder-certificate.js";
import { BASES } from "../bases.js";
import type { DataEdit, Expected, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, rejected, remove, replace, spots, stale, type Draft } from "../../drafts.js";

const { decoder } = BASES;

/** What a wrong layer may be called: DECODER.md leaves open which of these is met first. */
const WRONG_LAYER = rejected("attention-unsupported", "attention-gap", "binary", "step", "formula");

function wrong(comment: string, flag: string, code: string | Expected, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(decoder, ...edits), code);
}

function certificateOf(data: Json): DecoderCertificate {
  return data as unknown as DecoderCertificate;
}

/** Parts that are not what they must be. */
export function decoderPartCases(data: Json): Draft[] {
  const { reading, digests, decoder: numbers, machine, label } = certificateOf(data);
  const last = machine.table.length - 1;
  return [
    draft("the certificate itself", "Control", { base: decoder, digests: "kept" }, ACCEPTED),
    draft("another name", "FreeChange", edited(decoder, replace("/source/name", "x")), ACCEPTED),
    ...spots(reading.amendments.length).map((i) =>
      wrong(`amendment ${i} left out`, "Reading", "reading", remove(`/reading/amendments/${i}`)),
    ),
    wrong("an amendment more", "Reading", "reading", add("/reading/amendments/-", "no-such")),
    ...(["source", "machine", "decoder"] as const).map((part) => {
      const digest = digests[part];
      const turned = digest.slice(0, -1) + (digest.endsWith("0") ? "1" : "0");
      const change = replace(`/digests/${part}`, turned);
      return draft(`the digest of ${part}, its last digit changed`, "WrongDigest", stale(decoder, change), "digest");
    }),
    wrong("a state twice", "SourceMachine", "source-machine", add("/source/states/-", "A")),
    wrong("a start that is not declared", "SourceMachine", "source-machine", replace("/source/start", "Q")),
    wrong("an entry that leads nowhere", "SourceMachine", "source-machine", replace("/source/table/1/1/1/3", "Q")),
    ...spots(last + 1).map((z) =>
      wrong(
        `state ${z} writes the other symbol`,
        "NormalForm",
        "normal-form",
        replace(`/machine/table/${z}/0/0`, z === last ? 1 : 0),
      ),
    ),
    wrong("no halting state", "NormalForm", "normal-form", replace("/machine/halting", [])),
    wrong("the tape of another kind", "WrongDecoder", WRONG_LAYER, replace("/tape", "one-way")),
    ...moduleCases(data),
    wrong("a state that accepts and rejects", "WrongDecoder", "label", replace("/label/reject", [0, 1, 2, 3])),
    wrong("a state that is not there", "WrongDecoder", "label", add("/label/accept/-", 9)),
    wrong(
      "accepting states out of order",
      "WrongDecoder",
      "label",
      replace("/label/reject", label.reject.toReversed()),
    ),
    wrong("a map that is not there", "WrongDecoder", "network", replace("/decoder/layers/0/feedForward/0", 999)),
    wrong("a weight of 0", "WrongDecoder", "network", replace("/decoder/start/0/1", "0")),
    wrong("a weight too large", "WrongDecoder", "network", replace("/decoder/start/0/1", "2147483648")),
    wrong("a map twice", "WrongDecoder", "network", { op: "copy", from: "/decoder/maps/0", path: "/decoder/maps/-" }),
    wrong("a state more", "WrongDecoder", "decoder-shape", replace("/decoder/states", numbers.states + 1)),
    wrong("a symbol's column less", "WrongDecoder", "decoder-shape", remove("/decoder/embedding/1")),
    wrong("a pass more than bits hold", "WrongDecoder", "capacity", replace("/passes", 2 ** numbers.bits)),
    ...spots(numbers.embedding.length).map((a) =>
      wrong(`symbol ${a} doubled`, "WrongDecoder", "embedding", replace(`/decoder/embedding/${a}/0/1`, "2")),
    ),
    wrong("the start within the input", "WrongDecoder", "start", replace("/decoder/start/0/0", 0)),
    ...spots(numbers.classifier.length).map((z) =>
      wrong(
        `the sign of state ${z} turned`,
        "WrongDecoder",
        "classifier",
        replace(`/decoder/classifier/${z}/1`, z === 2 ? "-1" : "1"),
      ),
    ),
  ];
}

/** One number of a layer changed: of its function, its correction, its attention, its formulas. */
export function decoderNumberCases(data: Json): Draft[] {
  const { decoder: numbers, formulas } = certificateOf(data);
  const drafts: Draft[] = [];
  for (const layer of spots(numbers.layers.length)) {
    const [map, round, unround] = numbers.layers[layer]?.feedForward ?? [0, 0, 0];
    const rows = numbers.maps[map]?.rows ?? [];
    const live = rows.flatMap(([bias, ...entries], r) => (entries.length > 0 ? [[r, bias] as const] : []));
    for (const i of spots(live.length)) {
      const [r, bias] = live[i] as readonly [number, string];
      const place = `/decoder/maps/${map}/rows/${r}`;
      drafts.push(
        wrong(
          `layer ${layer}, row ${r}: a bias more`,
          "WrongDecoder",
          WRONG_LAYER,
          replace(`${place}/0`, String(Number(bias) + 1)),
        ),
        wrong(`layer ${layer}, row ${r}: no entry`, "WrongDecoder", WRONG_LAYER, replace(place, [bias])),
      );
    }
    if (layer > 0) continue;
    for (const c of spots(numbers.width)) {
      drafts.push(
        wrong(
          `coordinate ${c}: another kink`,
          "WrongDecoder",
          "correction",
          replace(`/decoder/maps/${round}/rows/${2 * c}/0`, "-2"),
        ),
        wrong(
          `coordinate ${c}: another slope`,
          "WrongDecoder",
          "correction",
          replace(`/decoder/maps/${round}/rows/${2 * c}/1/1`, "4"),
        ),
        wrong(
          `coordinate ${c}: another output`,
          "WrongDecoder",
          "correction",
          replace(`/decoder/maps/${unround}/rows/${c}/0`, "1"),
        ),
      );
    }
  }
  const attentive = numbers.layers.flatMap(({ self }, j) => (self === null ? [] : [j]));
  for (const i of spots(attentive.length)) {
    const j = attentive[i] as number;
    const nullKey = Number(numbers.layers[j]?.self?.nullKey[0]?.[1]);
    for (const by of [2, -2])
      drafts.push(
        wrong(
          `layer ${j}: null's score changed by ${by}`,
          "WrongDecoder",
          "attention-gap",
          nullKey + by === 0
            ? replace(`/decoder/layers/${j}/self/nullKey`, [])
            : replace(`/decoder/layers/${j}/self/nullKey/0/1`, String(nullKey + by)),
        ),
      );
  }
  for (const j of spots(formulas.length)) {
    const list = formulas[j] ?? [];
    for (const i of spots(list.length))
      drafts.push(
        wrong(
          `layer ${j}, formula ${i}: another`,
          "WrongDecoder",
          rejected("formula", "step"),
          replace(`/formulas/${j}/${i}/1`, list[i]?.[1] === "wall" ? "blank" : "wall"),
        ),
        wrong(
          `layer ${j}, formula ${i}: none of the language`,
          "WrongDecoder",
          "formula",
          replace(`/formulas/${j}/${i}/1`, "next.99"),
        ),
      );
  }
  return drafts;
}

/** The last module of each kind taken away, and one more in the first layer. */
function moduleCases(data: Json): Draft[] {
  const { layers } = certificateOf(data).decoder;
  return (["self", "cross"] as const).flatMap((kind) => {
    const last = layers.findLastIndex((layer) => layer[kind] !== null);
    const path = `/decoder/layers/${last}/${kind}`;
    return [
      wrong(`layer ${last} without its ${kind} module`, "WrongDecoder", "network", replace(path, null)),
      wrong(
        `layer 0 with the ${kind} module of layer ${last}`,
        "WrongDecoder",
        "network",
        replace(`/decoder/layers/0/${kind}`, layers[last]?.[kind] as unknown as Json),
      ),
    ];
  });
}

/** Margins, perturbations, runs and counts that do not follow. */
export function decoderClaimCases(data: Json): Draft[] {
  const { verdicts, passes } = certificateOf(data);
  const { flip, bound } = verdicts.margin;
  const counts: readonly (readonly [path: string, value: Json])[] = [
    ["step/layers", 1],
    ["step/attention/any", 2],
    ["step/attention/bit", 1],
    ["step/attention/last", 2],
    ["step/attention/input", 0],
    ["step/longestInput", "9"],
    ["binary/coordinates", 1],
    ["correction/layers", 1],
    ["correction/radius", "2/5"],
    ["norms/alpha", "1"],
    ["norms/parameters", "1"],
    ["norms/layers", 1],
    ["norms/width", 1],
    ["norms/largestWeight", 1],
    ["exactness/formats/0/format", "float8"],
    ["exactness/largestSum", "1"],
    ...verdicts.exactness.formats.map((_, i) => [`exactness/formats/${i}/ties`, "3"] as const),
    ["exactness/formats/0/exact", false],
    ["softmax/scale", null],
    ["replay/0/haltsAt", null],
    ["replay/0/state", 0],
    ["replay/0/position", 5],
    ["replay/0/reads", `sha256:${"0".repeat(64)}`],
  ];
  return [
    ...counts.map(([path, value]) =>
      wrong(`${path} is another`, "WrongCount", "counts", replace(`/verdicts/${path}`, value)),
    ),
    wrong(
      "a smaller bound, which is true as well",
      "FreeChange",
      ACCEPTED,
      replace("/verdicts/margin/bound", "1/1000000"),
    ),
    wrong(
      "a bound that the inequalities do not give",
      "WrongMargin",
      "margin",
      replace("/verdicts/margin/bound", "1/90"),
    ),
    wrong("a bound beyond its entry", "WrongMargin", "margin", replace("/verdicts/margin/bound", "1/2")),
    wrong("an entry that the last layer exceeds", "WrongMargin", "margin", replace("/verdicts/margin/entry", bound)),
    wrong("a run of no pass", "WrongRun", "replay-run", replace("/verdicts/replay/0/passes", 0)),
    wrong("a run beyond the decoder", "WrongRun", "replay-run", replace("/verdicts/replay/0/passes", passes + 1)),
    wrong("a run on a symbol that is not there", "WrongRun", "replay-run", replace("/verdicts/replay/0/input", [2])),
    ...spots(flip?.entries.length ?? 0).map((i) =>
      draft(
        `entry ${i} of the perturbation changed`,
        "WrongFlip",
        edited(decoder, replace(`/verdicts/margin/flip/entries/${i}/4`, "1/3")),
        "flip",
      ),
    ),
    draft(
      "a perturbation for more passes than are tried",
      "WrongFlip",
      edited(decoder, replace("/verdicts/margin/flip/passes", 65)),
      "flip",
    ),
    draft(
      "a smaller norm of the perturbation",
      "WrongFlip",
      edited(decoder, replace("/verdicts/margin/flip/squaredNorm", "1/9")),
      "flip",
    ),
    draft(
      "another output of the perturbation",
      "WrongFlip",
      edited(decoder, replace("/verdicts/margin/flip/output", "1")),
      "flip",
    ),
  ];
}
