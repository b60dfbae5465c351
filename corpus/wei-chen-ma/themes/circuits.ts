/** Certificates of circuits' networks that are false. What a changed network computes is asked of the definition. */
import { decodeFeedForward } from "../../../certificates/wei-chen-ma/affine-json.js";
import type { CircuitCertificate } from "../../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeCircuit } from "../../../certificates/wei-chen-ma/circuit-json.js";
import { type AndInverterGraph, evaluateGraph } from "../../../spec/circuits/and-inverter-graph.js";
import { evaluateFeedForward } from "../../../spec/wei-chen-ma/affine.js";
import type { DataEdit, Expected, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  type Draft,
  edited,
  find,
  remove,
  replace,
  retyped,
  spots,
  stale,
} from "../../drafts.js";
import { editData, valueAt } from "../../edit-data.js";
import { BASES } from "../bases.js";
import { shifted } from "./circuit-claims.js";

const { choice, otherChoice: other, many } = BASES;

function wrong(comment: string, flag: string, code: string | Expected, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(choice, ...edits), code);
}

/** Parts that are not what they must be. */
export function circuitPartCases(data: Json): Draft[] {
  const amendments = valueAt(data, "/reading/amendments") as string[];
  const ands = valueAt(data, "/circuit/ands") as [number, number][];
  const digests = ["circuit", "network"] as const;
  const circuit = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongCircuit", "circuit", ...edits);
  const number = (comment: string, path: string, text: string): Draft =>
    wrong(comment, "Numeral", "number", replace(`/verdicts/margin/${path}`, text));
  return [
    draft("the certificate itself", "Control", { base: choice, digests: "kept" }, ACCEPTED),
    draft("the one of many inputs", "Control", { base: many, digests: "kept" }, ACCEPTED),
    draft(
      "another name, and other names of layers",
      "FreeChange",
      edited(choice, replace("/source/name", "x"), replace("/network/layers/0/name", "")),
      ACCEPTED,
    ),
    ...spots(amendments.length).flatMap((i) => [
      wrong(`amendment ${i} left out`, "Reading", "reading", remove(`/reading/amendments/${i}`)),
      wrong(`amendment ${i} under another id`, "Reading", "reading", replace(`/reading/amendments/${i}`, "no-such")),
    ]),
    wrong("an amendment more", "Reading", "reading", add("/reading/amendments/-", "no-such")),
    ...digests.flatMap((part, i) => {
      const digest = valueAt(data, `/digests/${part}`) as string;
      const turned = digest.slice(0, -1) + (digest.endsWith("0") ? "1" : "0");
      return [
        draft(
          `the digest of ${part}, its last digit changed`,
          "WrongDigest",
          stale(choice, replace(`/digests/${part}`, turned)),
          "digest",
        ),
        draft(
          `the digest of ${part} is that of the other part`,
          "WrongDigest",
          stale(choice, replace(`/digests/${part}`, valueAt(data, `/digests/${digests[1 - i]}`))),
          "digest",
        ),
      ];
    }),
    draft(
      "the circuit changed, its digest kept",
      "WrongDigest",
      stale(choice, replace("/circuit/inputs/0", "t")),
      "digest",
    ),
    draft(
      "the network changed, its digest kept",
      "WrongDigest",
      stale(choice, replace("/network/layers/0/name", "t")),
      "digest",
    ),
    ...spots(3).flatMap((i) => [
      circuit(
        `input ${i} under the name of another`,
        { op: "copy", from: `/circuit/inputs/${(i + 1) % 3}`, path: `/circuit/inputs/${i}` },
        remove(`/circuit/inputs/${i + 1}`),
      ),
      circuit(
        `output ${i} under the name of another`,
        replace(`/circuit/outputs/${i}/0`, valueAt(data, `/circuit/outputs/${(i + 1) % 3}/0`)),
      ),
      circuit(`output ${i} of a variable that is not there`, replace(`/circuit/outputs/${i}/1`, 16)),
    ]),
    ...spots(ands.length).flatMap((i) => {
      const [larger, smaller] = ands[i] as [number, number];
      return [
        circuit(`gate ${i} reads itself`, replace(`/circuit/ands/${i}/0`, 2 * (4 + i))),
        circuit(`gate ${i} reads a gate after it`, replace(`/circuit/ands/${i}/0`, 2 * (4 + i) + 2)),
        circuit(`gate ${i} with the smaller literal first`, replace(`/circuit/ands/${i}`, [smaller, larger])),
      ];
    }),
    circuit("no output", replace("/circuit/outputs", [])),
    number("a margin that is not reduced", "lower", "2/20"),
    number("a sigma that is not reduced", "theorem/sigma", "2/64"),
    number("a bound that is not reduced", "theorem/bound", "3/9"),
    number("a sigma above 1", "theorem/sigma", "2"),
    draft(
      "a key spelled with an escape",
      "Escape",
      retyped(choice, find('"wei-chen-ma"', '"wei-chen-m\\u0061"')),
      "not-canonical",
    ),
    draft(
      "another circuit of the same sizes",
      "Transplant",
      edited(choice, { op: "transplant", path: "/circuit", base: other }),
      "function",
    ),
    draft(
      "another network of the same sizes",
      "Transplant",
      edited(choice, { op: "transplant", path: "/network", base: other }),
      "function",
    ),
  ];
}

/** Networks that are none, or of another shape. */
export function circuitShapeCases(data: Json): Draft[] {
  const layers = valueAt(data, "/network/layers") as { [key: string]: Json }[];
  const last = layers.length - 1;
  const network = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "NetworkShape", "network", ...edits);
  const shape = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "NetworkShape", "shape", ...edits);
  return [
    ...spots(layers.length).flatMap((l) => {
      const rows = valueAt(data, `/network/layers/${l}/rows`) as Json[];
      const inputs = valueAt(data, `/network/layers/${l}/inputs`) as number;
      return [
        ...spots(rows.length).flatMap((r) => {
          const at = `/network/layers/${l}/rows/${r}`;
          return [
            network(`layer ${l}, row ${r}: a column that is not there`, add(`${at}/-`, [inputs, "1"])),
            network(`layer ${l}, row ${r}: a weight 0`, replace(at, ["0", [0, "0"]])),
            network(`layer ${l}, row ${r}: a column twice`, replace(at, ["0", [0, "1"], [0, "1"]])),
            network(`layer ${l}, row ${r}: a bias of 2^31`, replace(`${at}/0`, "2147483648")),
          ];
        }),
        network(`layer ${l}: no row`, replace(`/network/layers/${l}/rows`, [])),
        ...(l === 0 ? [] : [network(`layer ${l}: an input more`, replace(`/network/layers/${l}/inputs`, inputs + 1))]),
        shape(`layer ${l}: the other ReLU`, replace(`/network/layers/${l}/relu`, l === last)),
      ];
    }),
    network("more inputs than a map may have", replace("/network/layers/0/inputs", 1_000_001)),
    shape("an input that nothing reads", replace("/network/layers/0/inputs", 4)),
    shape("no output map", remove(`/network/layers/${last}`)),
    shape(
      "an output map less and a correction more",
      { op: "copy", from: `/network/layers/${last}`, path: `/network/layers/${last}` },
      replace(`/network/layers/${last}/relu`, true),
    ),
    shape("an output more", {
      op: "copy",
      from: `/network/layers/${last}/rows/0`,
      path: `/network/layers/${last}/rows/0`,
    }),
    shape("a width below the least", replace("/width", (valueAt(data, "/verdicts/norms/leastWidth") as number) - 1)),
    shape("a width of 0", replace("/width", 0)),
  ];
}

/** What a network whose text was edited does, by the definition: the code that its certificate deserves, or undefined. */
function verdictOfNetwork(data: Json): "binary" | "function" | undefined {
  const certificate = data as unknown as CircuitCertificate;
  const graph = decodeCircuit(certificate.circuit) as AndInverterGraph;
  const network = decodeFeedForward(certificate.network, "");
  let isWrong = false;
  for (let x = 0; x < 2 ** graph.inputs.length; x++) {
    const bits = graph.inputs.map((_, i) => ((x >> i) & 1) === 1);
    const values = evaluateFeedForward(
      network,
      bits.map((bit) => (bit ? 1n : 0n)),
    );
    const coordinates = values.flatMap((list, l) => (l % 4 === 2 ? list : []));
    const shown = values.at(-1) as bigint[];
    if (
      coordinates.some((value) => value !== 0n && value !== 1n) ||
      shown.some((value) => value !== 1n && value !== -1n)
    )
      return "binary";
    if (evaluateGraph(graph, bits).some((bit, j) => shown[j] !== (bit ? 1n : -1n))) isWrong = true;
  }
  return isWrong ? "function" : undefined;
}

/** One number of the network changed, in every row of every map; what it is found to do by the definition. */
export function circuitNumberCases(data: Json): Draft[] {
  const layers = valueAt(data, "/network/layers") as { rows: [string, ...[number, string][]][] }[];
  return layers.flatMap(({ rows }, l) =>
    rows.flatMap((row, r) =>
      row.flatMap((entry, e) => {
        const path = `/network/layers/${l}/rows/${r}/${e === 0 ? "0" : `${e}/1`}`;
        const text = e === 0 ? (entry as string) : (entry as [number, string])[1];
        const by = (l + r + e) % 2 === 0 ? 1n : -1n;
        const changed = shifted(text, e > 0 && shifted(text, by) === "0" ? -by : by);
        const edit = replace(path, changed);
        const isRounding = l % 4 >= 2 && l < layers.length - 1;
        const code = isRounding ? "correction" : verdictOfNetwork(editData(structuredClone(data), edit, () => null));
        return code === undefined
          ? []
          : [wrong(`map ${l}, row ${r}, number ${e}: ${changed} for ${text}`, "WrongNetwork", code, edit)];
      }),
    ),
  );
}
