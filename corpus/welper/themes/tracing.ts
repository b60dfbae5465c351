/** Certificates of tracing losses that are false. */
import type { TracingCertificate } from "../../../certificates/welper/tracing-certificate.js";
import { BASES } from "../bases.js";
import type { DataEdit, Expected, Json } from "../../case.js";
import {
  ACCEPTED,
  add,
  draft,
  edited,
  rejected,
  remove,
  replace,
  spots,
  stale,
  undecided,
  type Draft,
} from "../../drafts.js";

const { copy, printed } = BASES;

function wrong(comment: string, flag: string, code: string | Expected, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(copy, ...edits), code);
}

function wrongPrinted(comment: string, flag: string, code: string, ...edits: readonly DataEdit[]): Draft {
  return draft(comment, flag, edited(printed, ...edits), code);
}

function certificateOf(data: Json): TracingCertificate {
  return data as unknown as TracingCertificate;
}

/** Readings, digests, machines, symbols and constants that are not what they must be. */
export function tracingPartCases(data: Json): Draft[] {
  const { reading, digests, machine, network } = certificateOf(data);
  const last = machine.table.length - 1;
  return [
    draft("the certificate itself", "Control", { base: copy, digests: "kept" }, ACCEPTED),
    draft("the printed one itself", "Control", { base: printed, digests: "kept" }, ACCEPTED),
    draft("another name", "FreeChange", edited(copy, replace("/source/name", "x")), ACCEPTED),
    ...spots(reading.amendments.length).map((i) =>
      wrong(`amendment ${i} left out`, "Reading", "reading", remove(`/reading/amendments/${i}`)),
    ),
    wrong("an amendment more", "Reading", "reading", add("/reading/amendments/-", "no-such")),
    ...(["source", "machine", "network"] as const).map((part) => {
      const digest = digests[part];
      const turned = digest.slice(0, -1) + (digest.endsWith("0") ? "1" : "0");
      return draft(
        `the digest of ${part}, its last digit changed`,
        "WrongDigest",
        stale(copy, replace(`/digests/${part}`, turned)),
        "digest",
      );
    }),
    wrong("a state twice", "SourceMachine", "source-machine", add("/source/states/-", "go")),
    wrong("a symbol twice", "SourceMachine", "source-machine", add("/source/symbols/-", "0")),
    wrong("a start that is not declared", "SourceMachine", "source-machine", replace("/source/start", "Q")),
    wrong("an entry that leads nowhere", "SourceMachine", "source-machine", replace("/source/table/1/1/1/3", "Q")),
    wrong("a write on the read-only tape", "SourceMachine", "source-machine", replace("/source/table/0/1/0/1/0", "1")),
    wrong("a read-only tape that is not there", "SourceMachine", "source-machine", replace("/source/readOnly/0", 2)),
    wrong("an entry for one tape", "SourceMachine", "source-machine", replace("/source/table/0/1/0/0", ["0"])),
    wrong("entries in another order", "SourceMachine", "source-machine", {
      op: "move",
      from: "/source/table/0/1/0",
      path: "/source/table/0/1/1",
    }),
    ...spots(last + 1).map((z) =>
      wrong(
        `state ${z} leads to another`,
        "NormalForm",
        "normal-form",
        replace(`/machine/table/${z}/1/2`, z === last ? 0 : last + 1),
      ),
    ),
    wrong("no halting state", "NormalForm", "normal-form", replace("/machine/halting", [])),
    wrong("the states tripled, and yet not", "NormalForm", "normal-form", replace("/tripled", true)),
    wrong("a ReLU of weight 0", "WrongReadOut", "network", add("/network/units/-", ["0", "-1"])),
    wrong(
      "a ReLU of a vertex that is not there",
      "WrongReadOut",
      "network",
      add("/network/units/-", ["1", "-1", [99, "1"]]),
    ),
    wrong(
      "a ReLU with columns that fall",
      "WrongReadOut",
      "network",
      add("/network/units/-", ["1", "-1", [1, "3"], [0, "3"]]),
    ),
    wrong("a number too large", "WrongReadOut", "network", replace("/network/constant", "2147483648")),
    wrong("a symbol without a vector", "WrongReadOut", "network", remove("/network/codes/1")),
    wrong("a row of a read-out less", "WrongReadOut", "network", remove("/network/move/0")),
    ...spots(network.codes.length).map((a) =>
      wrong(`the vector of symbol ${a}`, "WrongReadOut", "coding", replace(`/network/codes/${a}/0`, "3")),
    ),
    ...(["read", "write", "move"] as const).flatMap((name) => {
      const rows = network[name].flatMap((row, r) => (row.length > 0 ? [r] : []));
      return spots(rows.length).flatMap((i) => {
        const r = rows[i] as number;
        const place = `/network/${name}/${r}`;
        return [
          wrong(`${name}, row ${r}: another number`, "WrongReadOut", "read-out", replace(`${place}/0/1`, "2")),
          wrong(
            `${name}, row ${r}: an entry less`,
            "WrongReadOut",
            "read-out",
            remove(`${place}/${(network[name][r]?.length ?? 1) - 1}`),
          ),
        ];
      });
    }),
    ...(["write", "read", "move"] as const).map((name) =>
      wrong(`the factor of ${name}`, "WrongConstant", "constants", replace(`/network/factors/${name}`, "2")),
    ),
    ...(["content", "head"] as const).map((name) =>
      wrong(`the rate of ${name}`, "WrongConstant", "constants", replace(`/constants/rates/${name}`, "1/2")),
    ),
    wrong("b = 0", "WrongConstant", "constants", replace("/constants/b", "0")),
    wrong("another b", "WrongConstant", "constants", replace("/constants/b", "2")),
    wrong("gamma = 0", "WrongConstant", "constants", replace("/constants/gamma", "0")),
  ];
}

/** ReLUs, levels and rates that are not what they must be. */
export function tracingNumberCases(data: Json): Draft[] {
  const { network, machine } = certificateOf(data);
  const drafts: Draft[] = [];
  const wrongStep = rejected("argmin", "tie", "kink", "levels", "projection");
  for (const u of spots(network.units.length)) {
    const [out, , ...entries] = network.units[u] ?? ["1", "-1"];
    drafts.push(
      wrong(
        `ReLU ${u} turned`,
        "WrongLoss",
        wrongStep,
        replace(`/network/units/${u}/0`, out.startsWith("-") ? out.slice(1) : `-${out}`),
      ),
      wrong(`ReLU ${u} taken away`, "WrongLoss", wrongStep, remove(`/network/units/${u}`)),
    );
    for (const e of spots(entries.length)) {
      const [, weight] = entries[e] ?? [0, "1"];
      const more = Number(weight) + (Number(weight) < 0 ? 4 : -4) || 1;
      drafts.push(
        wrong(
          `ReLU ${u}, entry ${e}: another weight`,
          "WrongLoss",
          wrongStep,
          replace(`/network/units/${u}/${e + 2}/1`, String(more)),
        ),
      );
    }
  }
  const halting = 4 * (machine.states.length - 1);
  return [
    ...drafts,
    wrong("a kink at a vertex", "WrongLoss", "kink", add("/network/units/-", ["1", "-1", [0, "1"]])),
    wrong("a kink at all vertices", "WrongLoss", "kink", add("/network/units/-", ["1", "0"])),
    wrong("the lower level at a halting loss", "WrongLoss", "levels", replace("/constants/levels/lower", "1")),
    wrong("the upper level at a running loss", "WrongLoss", "levels", replace("/constants/levels/upper", "999")),
    wrong(
      "levels exchanged",
      "WrongLoss",
      "levels",
      replace("/constants/levels/lower", "7"),
      replace("/constants/levels/upper", "6"),
    ),
    wrong("a loss of 0 at the halt", "WrongLoss", "levels", replace("/network/constant", "0")),
    wrong("too small a rate of x", "WrongLoss", "projection", replace("/constants/rates/projected", "1/5")),
    wrong("a rate that is not reduced", "WrongLoss", "projection", replace("/constants/rates/projected", "2/8")),
    wrong("a negative rate", "WrongLoss", "projection", replace("/constants/rates/projected", "-1")),
    wrong("a fan that is said to be printed", "WrongLoss", "back-edge", replace("/loss", "printed")),
    wrongPrinted(
      "too small a b",
      "WrongLoss",
      "condition-18",
      replace("/constants/b", "4"),
      replace("/network/factors/read", "64"),
    ),
    wrongPrinted(
      "a small corner",
      "WrongLoss",
      "corner",
      add("/network/units/-", ["1", "-10", [17, "11"]]),
      add("/network/units/-", ["-1", "-10", [17, "11"]]),
    ),
    wrongPrinted(
      "another value at a named point",
      "WrongLoss",
      "named-point",
      add("/network/units/-", ["1", "-3", [17, "4"]]),
      add("/network/units/-", ["-1", "-1", [17, "2"]]),
    ),
    draft(
      "two ReLUs that cancel, too large for the first checker",
      "OwnLimit",
      edited(
        copy,
        add("/network/units/-", ["1073741824", "-1073741824", [halting, "1073741825"]]),
        add("/network/units/-", ["-1073741824", "-1073741824", [halting, "1073741825"]]),
      ),
      "counts",
      { first: undecided("exact-integers") },
    ),
  ];
}

/** Runs and counts that do not follow. */
export function tracingClaimCases(data: Json): Draft[] {
  const { verdicts } = certificateOf(data);
  const { gradient, step, tapes, width, conditions, replay } = verdicts;
  const counts: readonly (readonly [path: string, value: Json])[] = [
    ["gradient/vertices", gradient.vertices + 1],
    ["gradient/units", gradient.units + 1],
    ["gradient/decided", gradient.decided + 1],
    ["gradient/corner", "1/2"],
    ["step/running", step.running + 1],
    ["step/readings", step.readings + 1],
    ["step/cases", step.cases + 1],
    ["step/comparisons", "1"],
    ["step/gap", "5"],
    ["tapes/writes", tapes.writes + 1],
    ["tapes/moves", tapes.moves + 1],
    ["levels/running", null],
    ["levels/halting", null],
    ["levels/running/0", "1"],
    ["levels/running/1", "1"],
    ["levels/halting/0", "7"],
    ["levels/halting/1", "7"],
    ["projection/least", "1"],
    ["conditions/eighteen/0", !conditions.eighteen[0]],
    ["conditions/eighteen/1", !conditions.eighteen[1]],
    ["conditions/eighteen/2", !conditions.eighteen[2]],
    ["conditions/twenty", !conditions.twenty],
    ["named", { points: 1 }],
    ["width/units", width.units + 1],
    ["width/entries", width.entries + 1],
    ["width/bound", width.bound + 1],
    ["width/within", !width.within],
    ["replay/0/haltsAt", null],
    ["replay/0/state", 0],
    ["replay/0/end/0/head", 1 + (replay[0]?.end[0]?.head ?? 0)],
    ["replay/0/end/1/cells/0", 1 - (replay[0]?.end[1]?.cells[0] ?? 0)],
  ];
  const run = "/verdicts/replay/0";
  return [
    ...counts.map(([path, value]) =>
      wrong(`${path} is another`, "WrongCount", "counts", replace(`/verdicts/${path}`, value)),
    ),
    wrongPrinted("named/points is another", "WrongCount", "counts", replace("/verdicts/named/points", 1)),
    wrongPrinted("a printed loss that is said to be a fan", "WrongCount", "counts", replace("/loss", "fan")),
    wrong("no run", "FreeChange", ACCEPTED, replace("/verdicts/replay", [])),
    wrong("a run without tapes", "WrongRun", "replay-run", replace(`${run}/tapes`, [])),
    wrong(
      "a tape without cells",
      "WrongRun",
      "replay-run",
      replace(`${run}/tapes/0/cells`, []),
      replace(`${run}/tapes/0/columns`, 0),
    ),
    wrong("another number of cells", "WrongRun", "replay-run", replace(`${run}/tapes/1/rows`, 2)),
    wrong("a symbol that is not there", "WrongRun", "replay-run", replace(`${run}/tapes/1/cells/0`, 2)),
    wrong("a head that is not there", "WrongRun", "replay-run", replace(`${run}/tapes/0/head`, 99)),
    wrong("more steps than are replayed", "Limit", undecided("replayed-cells"), replace(`${run}/steps`, 9_000_000_000)),
  ];
}
