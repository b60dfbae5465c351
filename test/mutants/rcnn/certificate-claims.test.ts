/** Certificates that are well-formed and say something false, with their digests repaired: each part, each claim. */
import { describe, expect, it } from "vitest";
import { AMENDMENTS_IN_FORCE } from "../../../spec/rcnn/amendments-in-force.js";
import {
  at,
  dataOf,
  fate,
  fateAfter,
  fateOf,
  fateWith,
  fullText,
  otherText,
  pathOf,
  places,
  printed,
  put,
  repaired,
  TEXT,
  type Json,
  type Place,
} from "./certificates.js";

const DATA = dataOf(TEXT);
const get = (place: Place): Json => at(DATA, place) as Json;

describe("checkCertificate on constants and readings", () => {
  it("should reject another format, version, system, statement or name of the reading", () => {
    expect(fateWith(["format"], "weightproof-network")).toBe(fate("schema", "format"));
    for (const version of [0, 2]) expect(fateWith(["version"], version)).toBe(fate("schema", "version"));
    expect(fateWith(["system"], "cnn")).toBe(fate("schema", "system"));
    expect(fateWith(["statement"], "training")).toBe(fate("schema", "statement"));
    expect(fateWith(["reading", "name"], "as printed")).toBe(fate("schema", "reading.name"));
  });

  it("should reject a reading with any amendment left out, added, renamed or moved", () => {
    const place = ["reading", "amendments"];
    const count = AMENDMENTS_IN_FORCE.length;
    for (const i of AMENDMENTS_IN_FORCE.keys()) {
      expect(fateWith([...place, i], undefined)).toMatch(/^reading reading\.amendments\[/);
      expect(fateWith([...place, i], "as-printed")).toBe(fate("reading", `reading.amendments[${i}]`));
    }
    expect(fateWith(place, [...AMENDMENTS_IN_FORCE, "one-more"])).toBe(fate("reading", `reading.amendments[${count}]`));
    expect(fateWith(place, [])).toBe(fate("reading", "reading.amendments[0]"));
    expect(fateWith(place, AMENDMENTS_IN_FORCE.toReversed())).toBe(fate("reading", "reading.amendments[0]"));
    const swapped = [...AMENDMENTS_IN_FORCE.slice(0, -2), ...AMENDMENTS_IN_FORCE.slice(-2).toReversed()];
    expect(fateWith(place, swapped)).toBe(fate("reading", `reading.amendments[${count - 2}]`));
  });

  it("should reject constants of the code that are off by one", () => {
    for (const key of ["states", "stateDigits", "lastIndex"]) {
      const value = get(["code", key]) as number;
      for (const change of [-1, 1]) expect(fateWith(["code", key], value + change)).toBe(fate("code", `code.${key}`));
    }
    const scale = BigInt(get(["code", "scale"]) as string);
    for (const other of [scale - 1n, scale + 1n, scale * 3n, 0n])
      expect(fateWith(["code", "scale"], String(other))).toBe(fate("code", "code.scale"));
    expect(fateWith(["code", "states"], 0)).toBe(fate("schema", "code.states"));
    expect(fateWith(["code", "states"], 4097)).toBe(fate("schema", "code.states"));
  });

  it("should reject the alphabet of another certificate", () => {
    expect(fateWith(["alphabet"], "full")).toMatch(/^weight-outside-set filter\.layers/);
    expect(fateWith(["alphabet"], "well-formed", fullText())).toMatch(/^weight-outside-set filter\.layers/);
    expect(fateWith(["alphabet"], "printed")).toBe(fate("schema", "alphabet"));
  });
});

describe("checkCertificate on digests", () => {
  for (const part of ["source", "machine", "filter", "head"]) {
    it(`should reject a digest of ${part} with any digit changed, and that of another part`, () => {
      const place = ["digests", part];
      const digest = get(place) as string;
      for (const i of [7, 8, 40, 70]) {
        const digit = digest[i] === "0" ? "1" : "0";
        const other = digest.slice(0, i) + digit + digest.slice(i + 1);
        expect(fateOf(printed(put(dataOf(TEXT), place, other)))).toBe(fate("digest", `digests.${part}`));
      }
      const next = { source: "machine", machine: "filter", filter: "head", head: "source" }[part] as string;
      const swapped = put(dataOf(TEXT), place, get(["digests", next]));
      expect(fateOf(printed(swapped))).toBe(fate("digest", `digests.${part}`));
    });
  }

  it("should reject a part that was changed and not its digest", () => {
    const changes: readonly (readonly [string, Place, Json])[] = [
      ["source", ["source", "about"], "another note"],
      ["machine", ["machine", "name"], "other"],
      ["filter", ["filter", "layers", 0, "rows", 0, 0], "1"],
      ["head", ["head", "layers", 1, "rows", 0, 0], "1"],
    ];
    for (const [part, place, value] of changes)
      expect(fateOf(printed(put(dataOf(TEXT), place, value)))).toBe(fate("digest", `digests.${part}`));
  });
});

describe("checkCertificate on machines", () => {
  it("should reject sources that are no machine, or not spelled as one", () => {
    const table = get(["source", "table"]) as [string, Json[]][];
    const [rowA, rowB] = table as [[string, Json[]], [string, Json[]]];
    const cases: readonly (readonly [string, (json: Json) => unknown])[] = [
      ["source", (json) => put(json, ["source", "states"], ["A", "B", "Z", "Z", "idle"])],
      ["source", (json) => put(json, ["source", "start"], "missing")],
      ["source", (json) => put(json, ["source", "halting"], ["Z", "missing"])],
      ["source", (json) => put(json, ["source", "halting"], ["A", "Z"])],
      ["source", (json) => put(json, ["source", "table", 0, 1, 0, 3], "missing")],
      ["source", (json) => put(json, ["source", "table", 1, 1, 1, 3], "missing")],
      ["source.table[0][0]", (json) => put(json, ["source", "table"], [rowB, rowA])],
      ["source.table[0][1][0][0]", (json) => put(json, ["source", "table", 0, 1], rowA[1].toReversed())],
      ["source.table[1][1][0][0]", (json) => put(json, ["source", "table", 1, 1], rowB[1].toReversed())],
      // What is listed twice would be read once.
      ["source.table[2]", (json) => put(json, ["source", "table"], [rowA, rowB, rowB])],
      ["source.table[1][0]", (json) => put(json, ["source", "table"], [rowA, rowA, rowB])],
      [
        "source.table[1][1][1][0]",
        (json) => put(json, ["source", "table", 1, 1], [rowB[1][0], rowB[1][0], rowB[1][1]] as Json[]),
      ],
      ["source.table[1][1][2]", (json) => put(json, ["source", "table", 1, 1], [...rowB[1], rowB[1][1]] as Json[])],
      // Rows of states that are not declared are no part of any spelling.
      ["source.table[2]", (json) => put(json, ["source", "table"], [rowA, rowB, ["missing", rowB[1]]])],
    ];
    for (const [path, change] of cases) expect(fateAfter(change)).toBe(fate("source-machine", path));
  });

  it("should reject a normal form with any name, flag or entry changed", () => {
    const machine = get(["machine"]);
    for (const place of places(machine)) {
      const value = at(machine, place) as Json;
      const path = pathOf(["machine", ...place]);
      if (typeof value === "object") continue;
      const others: Json[] =
        typeof value === "string"
          ? (["up", "down", "left", "right", "stay"].includes(value) ? ["up", "stay"] : [`${value}2`]).filter(
              (v) => v !== value,
            )
          : place.at(-1) === 0
            ? [-1, 0, 1].filter((symbol) => symbol !== value)
            : [0, 1, 2].filter((index) => index !== value);
      for (const other of others) {
        if (typeof other === "number" && place[0] === "halting" && other < 0) continue;
        expect(fateWith(["machine", ...place], other), path).toBe(fate("normal-form", path));
      }
    }
    for (const place of [
      ["machine", "states"],
      ["machine", "halting"],
      ["machine", "table"],
    ]) {
      const list = get(place) as Json[];
      expect(fateWith(place, [...list, list[0] as Json])).toBe(fate("normal-form", `${pathOf(place)}[${list.length}]`));
      expect(fateWith(place, list.slice(0, -1))).toMatch(
        list.length === 1 && place[1] === "table" ? /^schema/ : /^normal-form /,
      );
    }
  });

  it("should reject the filter for a machine with any entry changed, source and normal form alike", () => {
    const rows = get(["source", "table"]) as [string, [number, number, string, string][]][];
    for (const [r, [state, entries]] of rows.entries()) {
      for (const [e, [symbol, write, move, next]] of entries.entries()) {
        const states = get(["machine", "states"]) as string[];
        const column = [0, 1, -1].indexOf(symbol);
        // A halting state that nothing enters is no state of the normal form, so Z stays entered.
        const others: [number, string, string][] = [
          [write === 1 ? -1 : 1, move, next],
          [write, move === "down" ? "up" : "down", next],
          ...(next === "Z" ? [] : [[write, move, next === "A" ? "B" : "A"] as [number, string, string]]),
        ];
        for (const [otherWrite, otherMove, otherNext] of others) {
          const found = fateAfter((json) => {
            put(json, ["source", "table", r, 1, e], [symbol, otherWrite, otherMove, otherNext]);
            const entry = [otherWrite, otherMove, states.indexOf(otherNext)];
            put(json, ["machine", "table", states.indexOf(state), column], entry);
          });
          expect(found, `${state} ${symbol}`).toBe(fate("value", "filter"));
        }
      }
    }
  });

  it("should reject another start state", () => {
    expect(fateWith(["source", "start"], "B")).toBe(fate("normal-form", "machine.table[0][0][2]"));
    const found = fateAfter((json) => {
      put(json, ["source", "start"], "B");
      for (const symbol of [0, 1, 2]) put(json, ["machine", "table", 0, symbol, 2], 2);
    });
    expect(found).toBe(fate("value", "filter"));
  });

  it("should accept another name of the machine, and other notes: they are no claims", () => {
    expect(fateWith(["source", "name"], "renamed")).toBe(fate("normal-form", "machine.name"));
    const renamed = fateAfter((json) => {
      put(json, ["source", "name"], "renamed");
      put(json, ["machine", "name"], "renamed");
    });
    expect(renamed).toBe("accepted");
    expect(fateWith(["source", "about"], "It solves everything.")).toBe("accepted");
  });

  it("should reject parts of the certificate of another machine", () => {
    const other = dataOf(otherText());
    const fates: Record<string, RegExp> = {
      source: /^normal-form /,
      machine: /^normal-form /,
      filter: /^(value|weight-outside-set|derivative|kink) /,
      verdicts: /^counts verdicts\./,
      digests: /^digest digests\.source$/,
    };
    for (const [part, expected] of Object.entries(fates)) {
      const json = put(dataOf(TEXT), [part], at(other, [part]));
      expect(fateOf(printed(part === "digests" ? json : repaired(json))), part).toMatch(expected);
    }
    for (const part of ["code", "head", "reading", "alphabet"])
      expect(fateWith([part], at(other, [part])), part).toBe("accepted");
    const both = fateAfter((json) => {
      put(json, ["source"], at(other, ["source"]));
      put(json, ["machine"], at(other, ["machine"]));
    });
    expect(both).toBe(fate("value", "filter"));
  });
});

/** Other values of the same kind as a count, a flag or a row of a tape. */
function countsBeside(value: Json): Json[] {
  if (typeof value === "number") return [value + 1, value - 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value !== "string") return [0, 1, 60];
  if (/^[0-9]+$/.test(value)) return [String(BigInt(value) + 1n), String(BigInt(value) - 1n)];
  return [`${value}.`, value.slice(1), value.replace(/[-.+]/, (symbol) => (symbol === "+" ? "-" : "+"))];
}

describe("checkCertificate on verdicts", () => {
  const counted = places(get(["verdicts"])).filter((place) => typeof at(get(["verdicts"]), place) !== "object");
  /** What a run asks for is up to the certificate; what comes out is not. */
  const isAsked = (place: Place): boolean =>
    place[0] === "replay" && ["rows", "columns", "headRow", "headColumn", "layers"].includes(String(place[2]));

  it("should reject every count that is one too large or too small, and every other word or flag", () => {
    const checked = counted.filter((place) => !isAsked(place));
    expect(checked.length).toBeGreaterThan(30);
    for (const [i, place] of checked.entries()) {
      const value = at(get(["verdicts"]), place) as Json;
      const path = pathOf(["verdicts", ...place]);
      const others = countsBeside(value);
      // One more at every other place, one less at the ones between, where that is a count.
      const other = (i % 2 === 0 || value === 0 || value === "0" ? others[0] : others[1]) ?? (others[0] as Json);
      expect(fateWith(["verdicts", ...place], other), path).toBe(fate("counts", path));
    }
  });

  it("should reject the volumes of any two rules exchanged", () => {
    const rules = get(["verdicts", "function", "rules"]) as Record<string, string>;
    const names = Object.keys(rules);
    for (const i of [0, 5, 10, 11]) {
      const name = names[i] as string;
      const next = names[(i + 1) % names.length] as string;
      expect(rules[name]).not.toBe(rules[next]);
      const found = fateAfter((json) => {
        put(json, ["verdicts", "function", "rules", name], rules[next] as string);
        put(json, ["verdicts", "function", "rules", next], rules[name] as string);
      });
      expect(found).toMatch(/^counts verdicts\.function\.rules\./);
    }
  });

  it("should reject rules renamed", () => {
    const rules = get(["verdicts", "function", "rules"]) as Record<string, string>;
    for (const name of Object.keys(rules)) {
      const renamed = Object.fromEntries(Object.entries(rules).map(([key, v]) => [key === name ? `${key}-2` : key, v]));
      expect(fateWith(["verdicts", "function", "rules"], renamed)).toBe(fate("schema", "verdicts.function.rules"));
    }
  });

  it("should reject widths left out, added or exchanged", () => {
    const place = ["verdicts", "weights", "widths"];
    const widths = get(place) as number[];
    expect(fateWith(place, widths.slice(0, -1))).toBe(fate("counts", `verdicts.weights.widths[${widths.length - 1}]`));
    expect(fateWith(place, [...widths, 1])).toBe(fate("counts", `verdicts.weights.widths[${widths.length}]`));
    expect(fateWith(place, widths.toReversed())).toBe(fate("counts", "verdicts.weights.widths[0]"));
  });

  it("should reject runs whose grid, head or layers were changed after the fact", () => {
    const runs = get(["verdicts", "replay"]) as Record<string, number>[];
    for (const [i, run] of runs.entries()) {
      for (const key of ["rows", "columns", "headRow", "headColumn", "layers"]) {
        const value = (run[key] as number) + (key.startsWith("head") ? -1 : 1);
        if (value < 0) continue;
        const found = fateWith(["verdicts", "replay", i, key], value);
        expect(found, `${key} ${value}`).toMatch(new RegExp(`^(counts verdicts\\.replay|replay-run replay)\\[${i}\\]`));
      }
      expect(fateWith(["verdicts", "replay", i, "rows"], 0)).toBe(fate("replay-run", `verdicts.replay[${i}]`));
      expect(fateWith(["verdicts", "replay", i, "columns"], 0)).toBe(fate("replay-run", `verdicts.replay[${i}]`));
      for (const key of ["headRow", "headColumn"])
        expect(fateWith(["verdicts", "replay", i, key], 1000)).toBe(fate("replay-run", `verdicts.replay[${i}]`));
    }
  });

  it("should leave a certificate undecided that asks for more cells than the limit", () => {
    for (const key of ["rows", "columns", "layers"])
      expect(fateWith(["verdicts", "replay", 0, key], 2 ** 53 - 1)).toBe("undecided replay-cells");
    const empty = fateAfter((json) => {
      put(json, ["verdicts", "replay", 0, "rows"], 2 ** 53 - 1);
      put(json, ["verdicts", "replay", 0, "columns"], 2 ** 53 - 1);
      put(json, ["verdicts", "replay", 0, "layers"], 0);
    });
    expect(empty).toBe("undecided replay-cells");
  });

  it("should accept any list of true runs: fewer claim less, the same again claims the same", () => {
    const runs = get(["verdicts", "replay"]) as Json[];
    for (const list of [[], runs.slice(1), [...runs, ...runs], runs.toReversed()])
      expect(fateWith(["verdicts", "replay"], list)).toBe("accepted");
  });
});
