/** Certificates of circuits' networks that are false. What a changed network computes is asked of the definition. */
import { decodeFeedForward } from "../../../certificates/wei-chen-ma/affine-json.js";
import type { CircuitCertificate } from "../../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeCircuit } from "../../../certificates/wei-chen-ma/circuit-json.js";
import { evaluateGraph, type AndInverterGraph } from "../../../spec/circuits/and-inverter-graph.js";
import { evaluateFeedForward } from "../../../spec/wei-chen-ma/affine.js";
import { BASES } from "../bases.js";
import type { DataEdit, Expected, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  find,
  remove,
  replace,
  retyped,
  spots,
  stale,
  undecided,
  type Draft,
} from "../../drafts.js";
import { editData, valueAt } from "../../edit-data.js";

const { choice, otherChoice: other, many } = BASES;

function wrong(comment: string, flag: string, code: string | Expected, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(choice, ...edits), code);
}

/** A number in a string, changed by a whole number. */
function shifted(text: string, by: bigint): string {
  const [n = "", d] = text.split("/");
  const sum = BigInt(n) + by * BigInt(d ?? 1);
  return d === undefined ? String(sum) : `${sum}/${d}`;
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

/** Claims about the margin, perturbations, counts and samples. */
export function circuitClaimCases(data: Json): Draft[] {
  const margin = "/verdicts/margin";
  const text = (path: string): string => valueAt(data, path) as string;
  const [lower, bound] = [text(`${margin}/lower`), text(`${margin}/theorem/bound`)];
  const entries = valueAt(data, `${margin}/flip/entries`) as [number, number, number, string][];
  const flip = (comment: string, ...edits: DataEdit[]): Draft => wrong(comment, "WrongFlip", "flip", ...edits);
  const at = `${margin}/flip`;
  const last = entries.length - 1;
  const input = text(`${at}/input`);
  const numbers = (path: string): string[] => Object.keys(valueAt(data, path) as object).map((key) => `${path}/${key}`);
  const counts = ["function/gates", "norms", "binary", "correction"].flatMap((key) => numbers(`/verdicts/${key}`));
  return [
    wrong("a margin larger by 10^-7", "WrongMargin", "margin", replace(`${margin}/lower`, plus(lower, 10_000_000n))),
    wrong("a margin of 1", "WrongMargin", "margin", replace(`${margin}/lower`, "1")),
    draft(
      "a smaller margin, as true",
      "WrongMargin",
      edited(choice, replace(`${margin}/lower`, "1/1000000")),
      "sample",
    ),
    wrong(
      "a bound of Theorem D.6 that is larger by 10^-12",
      "WrongMargin",
      "theorem",
      replace(`${margin}/theorem/bound`, plus(bound, 10n ** 12n)),
    ),
    wrong("the bound at another sigma", "WrongMargin", "theorem", replace(`${margin}/theorem/sigma`, "1/16777216")),
    draft("a smaller bound", "FreeChange", edited(choice, replace(`${margin}/theorem/bound`, "1/1000000")), ACCEPTED),
    draft("no perturbation", "FreeChange", edited(choice, replace(at, null)), ACCEPTED),
    draft("a larger width, not counted", "WrongCount", edited(choice, replace("/width", 1000)), "counts"),
    flip("a bit less of the input", replace(`${at}/input`, input.slice(1))),
    flip("a bit more of the input", replace(`${at}/input`, `${input}0`)),
    ...spots(3).map((i) =>
      flip(
        `bit ${i} of the input turned, so that its sum of products is another`,
        replace(`${at}/input`, input.slice(0, i) + (input[i] === "0" ? "1" : "0") + input.slice(i + 1)),
      ),
    ),
    flip("an output that is not there", replace(`${at}/output`, 3)),
    flip("a squared norm that is understated", replace(`${at}/squaredNorm`, "1/1000")),
    flip("a squared norm that is not reduced", replace(`${at}/squaredNorm`, "2/4")),
    flip("no entries", replace(`${at}/entries`, [])),
    flip("the first two entries exchanged", { op: "move", from: `${at}/entries/0`, path: `${at}/entries/1` }),
    ...spots(entries.length).flatMap((e) => {
      const [l, r, c, value] = entries[e] as [number, number, number, string];
      return [
        flip(`entry ${e} left out`, remove(`${at}/entries/${e}`)),
        flip(`entry ${e} twice`, { op: "copy", from: `${at}/entries/${e}`, path: `${at}/entries/${e}` }),
        flip(`entry ${e} in a layer that is not there`, replace(`${at}/entries/${e}/0`, 99)),
        flip(`entry ${e} in a row that is not there`, replace(`${at}/entries/${e}/1`, 9999)),
        flip(`entry ${e} in a column that is not there`, replace(`${at}/entries/${e}/2`, 9999)),
        flip(
          `entry ${e} with the other sign of another size`,
          replace(`${at}/entries/${e}`, [l, r, c, shifted(value, 1n)]),
        ),
        flip(`entry ${e} not reduced`, replace(`${at}/entries/${e}/3`, "2/4")),
      ];
    }),
    flip("a denominator of 100 digits in each of 16 entries", replace(`${at}/entries`, bomb())),
    flip("the last entry in a layer before", replace(`${at}/entries/${last}/0`, 0)),
    ...counts.flatMap((path, i) => {
      const value = valueAt(data, path);
      if (path.endsWith("radius")) return [];
      const stated =
        typeof value === "number"
          ? value + (i % 2 === 0 || value === 0 ? 1 : -1)
          : shifted(value as string, i % 2 === 0 ? 1n : -1n);
      return [wrong(`${path}: ${stated}`, "WrongCount", "counts", replace(path, stated))];
    }),
    wrong(
      "a layer of gates more",
      "WrongCount",
      "counts",
      replace("/verdicts/function/layers", (valueAt(data, "/verdicts/function/layers") as number) + 1),
    ),
    wrong("inputs that were not all tried", "WrongCount", "counts", replace("/verdicts/function/inputs", null)),
    wrong("inputs more", "WrongCount", "counts", replace("/verdicts/function/inputs", "16")),
    draft(
      "inputs tried that are too many",
      "WrongCount",
      edited(many, replace("/verdicts/function/inputs", "2097152")),
      "counts",
    ),
    wrong(
      "a larger sum",
      "WrongCount",
      "counts",
      replace("/verdicts/exactness/largestSum", shifted(text("/verdicts/exactness/largestSum"), 1n)),
    ),
    ...["float32", "float16", "bfloat16"].map((key) =>
      wrong(`${key} is not exact`, "WrongCount", "counts", replace(`/verdicts/exactness/${key}`, false)),
    ),
    ...numbers("/verdicts/sample").flatMap((path) =>
      [1n, -1n].map((by) =>
        wrong(`${path} off by ${by}`, "WrongSample", "sample", replace(path, shifted(text(path), by))),
      ),
    ),
  ];
}

/** n/d + 1/grid, reduced. */
function plus(text: string, grid: bigint): string {
  const [n = "", d = "1"] = text.split("/");
  const [a, b] = [BigInt(n) * grid + BigInt(d), BigInt(d) * grid];
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return `${a / x}/${b / x}`;
}

/** Entries whose common denominators have more bits than are taken. */
function bomb(): Json {
  return [0, 1, 2, 3].flatMap((r) =>
    [0, 1, 2, 3].map((c): Json => [0, r, c, `1/${10n ** 99n + BigInt(8 * r + 2 * c + 1)}`]),
  );
}

/** Networks of a circuit whose inputs are too many to try. */
export function circuitInductionCases(data: Json): Draft[] {
  const on = (comment: string, flag: string, code: string | Expected, ...edits: DataEdit[]): Draft =>
    draft(comment, flag, edited(many, ...edits), code);
  const ands = valueAt(data, "/circuit/ands") as [number, number][];
  return [
    ...spots(ands.length).map((i) =>
      on(
        `gate ${i} of the circuit reads another polarity`,
        "WrongNetwork",
        "function",
        replace(`/circuit/ands/${i}/0`, (ands[i] as [number, number])[0] ^ 1),
      ),
    ),
    ...[0, 1].map((j) =>
      on(
        `output ${j} complemented`,
        "WrongNetwork",
        "function",
        replace(`/circuit/outputs/${j}/1`, (valueAt(data, `/circuit/outputs/${j}/1`) as number) ^ 1),
      ),
    ),
    on(
      "another margin",
      "WrongMargin",
      "margin",
      replace("/verdicts/margin/lower", plus(valueAt(data, "/verdicts/margin/lower") as string, 10_000_000n)),
    ),
    on(
      "outputs exchanged",
      "WrongNetwork",
      "function",
      replace("/circuit/outputs/0/1", valueAt(data, "/circuit/outputs/1/1")),
      replace("/circuit/outputs/1/1", valueAt(data, "/circuit/outputs/0/1")),
    ),
    on(
      "an AND of many inputs more that no one computes: the formulas differ where random inputs do not come",
      "Limit",
      undecided("equivalence"),
      ...deepAnd(data),
    ),
  ];
}

/** Output 1 of the circuit joined with the OR of nothing but the AND of all inputs: wrong at one input in 2^21. */
function deepAnd(data: Json): DataEdit[] {
  const ands = valueAt(data, "/circuit/ands") as [number, number][];
  const own = valueAt(data, "/circuit/outputs/1/1") as number;
  const gates: [number, number][] = [];
  const next = (): number => 2 * (22 + ands.length + gates.length);
  let all = 2;
  for (let i = 1; i < 21; i++) {
    const literal = next();
    gates.push(all > 2 * (i + 1) ? [all, 2 * (i + 1)] : [2 * (i + 1), all]);
    all = literal;
  }
  // own AND NOT all.
  const joined = next();
  gates.push([all ^ 1, own]);
  return [...gates.map((gate) => add("/circuit/ands/-", gate)), replace("/circuit/outputs/1/1", joined)];
}
