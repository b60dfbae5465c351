/** Certificates with two faults, and certificates that reach a limit. For the base `tiny`. */
import {
  encodeNormalMachine,
  encodeSourceMachine,
  type SourceMachineJson,
} from "../../../certificates/machine-json.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { cellCode } from "../../../spec/rcnn/cell-code.js";
import { BASES } from "../bases.js";
import type { DataEdit, Json, TextEdit } from "../../case.js";
import { ACCEPTED, add, draft, edited, find, rejected, remove, replace, undecided, type Draft } from "../../drafts.js";
import { valueAt } from "../../edit-data.js";
import { machine } from "../machines.js";

const base = BASES.tiny;

interface Fault {
  readonly code: string;
  readonly data?: readonly DataEdit[];
  /** Made after the digests are repaired. */
  readonly text?: readonly TextEdit[];
}

/** One fault of each code, in the order in which FORMAT.md has them decided; they do not undo each other. */
function faults(data: Json): Fault[] {
  const digest = valueAt(data, "/digests/machine") as string;
  return [
    { code: "not-json", text: [{ op: "append", text: "}" }] },
    { code: "schema", data: [replace("/alphabet", "printed")] },
    { code: "not-canonical", text: [{ op: "append", text: " " }] },
    { code: "reading", data: [remove("/reading/amendments/13")] },
    {
      code: "digest",
      text: [find('"machine": "sha256:', '"machine": "sha256:0'), find(digest.slice(-3), digest.slice(-2))],
    },
    { code: "source-machine", data: [replace("/source/start", "missing")] },
    { code: "normal-form", data: [replace("/machine/name", "another")] },
    { code: "code", data: [replace("/code/lastIndex", 9)] },
    { code: "network", data: [replace("/head/layers/0/rows/3/1/1", "2/2")] },
    {
      code: "layer-count",
      data: [add("/filter/layers/-", { name: "V6", inputs: 1, relu: false, rows: [["0", [0, "1"]]] })],
    },
    { code: "weight-outside-set", data: [replace("/filter/layers/3/rows/10/0", "1/7")] },
    { code: "shape", data: [replace("/filter/layers/1/relu", true)] },
    { code: "first-layer-reads-many", data: [replace("/filter/layers/0/rows/135", ["1/2", [0, "1"], [8, "1"]])] },
    { code: "first-layer-kink", data: [replace("/filter/layers/0/rows/0/0", "0")] },
    { code: "value", data: [replace("/filter/layers/4/rows/0/0", "1")] },
    { code: "head-shape", data: [replace("/head/layers/1/relu", true)] },
    {
      code: "head-too-many-units",
      data: [
        { op: "append", path: "/head/layers/0/rows", value: ["0"], count: 3 },
        replace("/head/layers/1/inputs", 7),
      ],
    },
    { code: "head-slope", data: [replace("/head/layers/0/rows/1/0", "1/7")] },
    { code: "head-value", data: [replace("/head/layers/1/rows/0/0", "0")] },
    { code: "replay-run", data: [replace("/verdicts/replay/2/rows", 0)] },
    { code: "counts", data: [replace("/verdicts/function/patches", "0")] },
  ];
}

/** Each code with the one that is decided next, and with the last. */
export function precedenceCases(data: Json): Draft[] {
  const all = faults(data);
  const both = (first: Fault, second: Fault): Draft => {
    const edits = [...(second.data ?? []), ...(first.data ?? [])];
    const text = [...(second.text ?? []), ...(first.text ?? [])];
    const input = { base, data: edits, digests: "repaired" as const, ...(text.length === 0 ? {} : { text }) };
    return draft(`${first.code} before ${second.code}`, "Precedence", input, first.code);
  };
  const pairs = all.flatMap((first, i) => {
    const [next, last] = [all[i + 1], all.at(-1) as Fault];
    if (next === undefined) return [];
    return next === last ? [both(first, next)] : [both(first, next), both(first, last)];
  });
  const order = (comment: string, code: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "Precedence", edited(base, ...edits), code);
  const large = {
    rows: 3000,
    columns: 3000,
    headRow: 0,
    headColumn: 0,
    layers: 1,
    cells: 0,
    haltsAtLayer: null,
    tape: [],
  };
  return [
    ...pairs,
    order(
      "a weight outside U_s in the filter before a head of another slope",
      "weight-outside-set",
      replace("/filter/layers/0/rows/0/0", "1/7"),
      replace("/head/layers/0/rows/0/0", "1/7"),
    ),
    order(
      "a number of the head that is not reduced before a weight outside U_s",
      "network",
      replace("/filter/layers/0/rows/0/0", "1/7"),
      replace("/head/layers/0/rows/0/0", "2/4"),
    ),
    draft(
      "a malformed first run before a second that is too large",
      "Precedence",
      edited(base, replace("/verdicts/replay/0/rows", 0), replace("/verdicts/replay/1", large)),
      "replay-run",
    ),
    draft(
      "a first run that is too large before a malformed second one",
      ["Precedence", "Limit"],
      edited(base, replace("/verdicts/replay/0", large), replace("/verdicts/replay/1/rows", 0)),
      undecided("replay-cells"),
    ),
    draft(
      "a run that is too large before a false count",
      ["Precedence", "Limit"],
      edited(base, replace("/verdicts/replay/0", large), replace("/verdicts/step/cases", 0)),
      undecided("replay-cells"),
    ),
    draft(
      "a false value before a run that is too large",
      ["Precedence"],
      edited(base, replace("/verdicts/replay/0", large), replace("/filter/layers/4/rows/0/0", "1")),
      "value",
    ),
  ];
}

/** Certificates that ask for more than a documented limit allows. */
export function limitCases(data: Json): Draft[] {
  return [...runLimitCases(data), ...alphabetLimitCases(), ...gateLimitCases()];
}

/** Runs with more cells than are replayed. */
function runLimitCases(data: Json): Draft[] {
  const runs = (comment: string, change: { readonly [key: string]: Json }): Draft => {
    const run = valueAt(data, "/verdicts/replay/1") as { [key: string]: Json };
    return draft(
      comment,
      "Limit",
      edited(base, replace("/verdicts/replay/1", { ...run, ...change })),
      undecided("replay-cells"),
    );
  };
  const most = 2 ** 53 - 1;
  return [
    runs("a million layers on a large grid", { rows: 10, columns: 10, layers: 1_000_000 }),
    runs("2^53 - 1 layers", { layers: most }),
    runs("2^53 - 1 rows and columns", { rows: most, columns: most }),
    runs("2^53 - 1 rows and columns, no layer", { rows: most, columns: most, layers: 0 }),
    runs("one cell above the limit", { rows: 1, columns: 5_000_001, layers: 1 }),
    draft(
      "eight runs that are below the limit, and above it together",
      "Limit",
      edited(
        base,
        {
          op: "append",
          path: "/verdicts/replay",
          value: {
            rows: 1,
            columns: 1,
            headRow: 0,
            headColumn: 0,
            layers: 9,
            cells: 9,
            haltsAtLayer: null,
            tape: ["."],
          },
          count: 60,
        },
        replace("/verdicts/replay/0/columns", 1_666_667),
        replace("/verdicts/replay/0/layers", 1),
      ),
      undecided("replay-cells"),
    ),
  ];
}

/** More cell values than an alphabet may have. */
function alphabetLimitCases(): Draft[] {
  // 130 states with a halting one: the full alphabet has 3^12 + 1 cell values.
  const source = machine(
    "many",
    Array.from({ length: 129 }, (_, q) => `q${q}`),
    [],
    [],
  );
  const normal = normalForm(source);
  const { states, stateDigits, lastIndex, scale } = cellCode(normal.states.length);
  const many = [
    replace("/source", encodeSourceMachine(source) as SourceMachineJson as unknown as Json),
    replace("/machine", encodeNormalMachine(normal) as unknown as Json),
    replace("/code", { states, stateDigits, lastIndex, scale: String(scale) }),
  ];
  return [
    draft(
      "the full alphabet of 130 states",
      "Limit",
      edited(base, ...many, replace("/alphabet", "full")),
      undecided("letters"),
    ),
    draft(
      "the well-formed alphabet of 130 states, with a filter for two",
      "OutsideSet",
      edited(base, ...many),
      "weight-outside-set",
    ),
  ];
}

/** More gates, and more products of units and gates, than a checker decides. */
function gateLimitCases(): Draft[] {
  const idle = 4097 - 17;
  return [
    draft(
      "4097 gates, most of them 0 everywhere, counted",
      "OwnLimit",
      edited(
        base,
        { op: "append", path: "/filter/layers/2/rows", value: ["0"], count: idle },
        replace("/filter/layers/3/inputs", 4097),
        replace("/verdicts/weights/widths/2", 4097),
        replace("/verdicts/weights/withinWidthBound", false),
      ),
      ACCEPTED,
      { first: undecided("gates") },
    ),
    draft(
      "units and gates that multiply to four hundred million weights",
      "OwnLimit",
      edited(
        base,
        { op: "append", path: "/filter/layers/0/rows", value: ["1/4", [0, "1"]], count: 20_000 },
        replace("/filter/layers/1/inputs", 20_136),
        add("/filter/layers/1/rows/-", ["0"]),
        { op: "columns", path: "/filter/layers/1/rows/58", from: 136, to: 20_135, weight: "4" },
        replace("/filter/layers/2/inputs", 59),
        { op: "append", path: "/filter/layers/2/rows", value: ["1/4", [58, "1"]], count: 20_000 },
        replace("/filter/layers/3/inputs", 20_017),
      ),
      rejected("counts"),
      { first: undecided("gates"), second: undecided("work") },
    ),
  ];
}
