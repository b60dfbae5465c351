import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import { printRecodingCertificate, type RecodingCertificate } from "../../../../certificates/rcnn-recoding.js";
import { checkRecoding } from "../../../../checkers/rcnn/check-recoding.js";
import { replayRecoding } from "../../../../checkers/rcnn/replay-recoding.js";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import { runAlphabet, type AlphabetMachine } from "../../../../spec/machines/alphabet-machine.js";
import { certifyRecoding } from "../../../../systems/rcnn/certify-recoding.js";
import { alphabetMachine, anyAlphabetMachine, CHAMPION, ofText } from "../../../alphabet-machines.js";

/** A certificate with a short run. */
function certified(source: AlphabetMachine, limit = 9): RecodingCertificate {
  const verdict = certifyRecoding(source);
  if (verdict.verdict !== "accepted") throw new Error(JSON.stringify(verdict));
  const { certificate, recoding } = verdict.result;
  const { steps, replay } = certificate.verdicts;
  const runs = replayRecoding(
    recoding,
    replay.map((run) => ({ ...run, limit })),
    steps.longest,
  );
  if (runs.verdict !== "accepted") throw new Error(JSON.stringify(runs));
  return { ...certificate, verdicts: { steps, replay: runs.result } };
}

/** The text of a certificate with right digests, whatever else it says. */
function textOf(certificate: RecodingCertificate): string {
  const digests = { source: digestOf(certificate.source), target: digestOf(certificate.target) };
  return printRecodingCertificate({ ...certificate, digests });
}

/** What both checkers say; they have to agree. */
function codeOf(certificate: RecodingCertificate): string {
  const text = textOf(certificate);
  const [first, second] = [checkRecoding(text), checkCertificateAgain(text)];
  const said = (verdict: typeof first | typeof second): string =>
    verdict.verdict === "rejected" ? `${verdict.code}` : verdict.verdict === "undecided" ? verdict.limit : "accepted";
  expect([said(first), text]).toEqual([said(second), text]);
  return said(first);
}

const champion = certified(ofText(CHAMPION));
/** Halts and stops in several states, moves in all directions, and has a state that nothing enters. */
const plane = certified(
  alphabetMachine(
    {
      a: [[1, "up", "b"], [4, "down", "a"], null, [2, "stay", "b"], [0, "left", "end"]],
      b: [[3, "right", "a"], null, [1, "down", "b"], [4, "up", "a"], [2, "stay", "other"]],
      alone: [[0, "left", "alone"], [1, "right", "a"], null, null, [3, "up", "end"]],
    },
    ["end", "other"],
    { missing: "stop" },
  ),
);
const BOTH = { champion, plane };

/** Changed entries with which a target is still right. */
const SHORT_CUTS: Readonly<Record<string, readonly string[]>> = {
  champion: [],
  plane: ['["a +",0,0,"left","a stops"]', '["b -",-1,-1,"left","b stops"]', '["alone +",0,0,"left","alone stops"]'],
};

describe("the certificate of a recoding", () => {
  it("should be accepted by both checkers, for every machine, with all situations", () => {
    fc.assert(
      fc.property(anyAlphabetMachine(), (machine) => {
        const certificate = certified(machine);
        expect(codeOf(certificate)).toBe("accepted");
        const { symbols, halting, table } = certificate.source;
        const rows = new Map(table);
        // A move leads to any of k symbols; staying, and what is missing, to none.
        const situations = certificate.states
          .filter(([state]) => !halting.includes(state))
          .map(([state]) => {
            const moves = (rows.get(state) ?? []).filter(([, , move]) => move !== "stay").length;
            return symbols.length - moves + moves * symbols.length;
          });
        expect(certificate.verdicts.steps.situations).toBe(situations.reduce((sum, n) => sum + n, 0));
      }),
      { numRuns: 25 },
    );
  });

  it("should state the run of the source", () => {
    const [run] = champion.verdicts.replay;
    expect(run).toMatchObject({ limit: 9, steps: 9, end: "running" });
    const end = runAlphabet(ofText(CHAMPION), 9);
    const cells = run!.tape.flatMap((row, r) =>
      row.flatMap((symbol, c) => (symbol === "_" ? [] : [[`${run!.top + r},${run!.left + c}`, symbol] as const])),
    );
    const [tape] = end.tapes;
    expect(new Map(cells)).toEqual(new Map([...tape!.cells].map(([place, a]) => [place, `s${a}`])));
    expect([run!.state, run!.row, run!.column]).toEqual([end.state, tape!.row, tape!.column]);
    expect([champion.target.states.length, champion.verdicts.steps]).toEqual([
      6,
      { situations: 32, shortest: 1, longest: 3 },
    ]);
  });

  it("should leave undecided what is too much to look at", () => {
    const longest = {
      ...champion,
      verdicts: { ...champion.verdicts, steps: { situations: 32, shortest: 1, longest: 1e9 } },
    };
    expect(codeOf(longest)).toBe("situations");
    const [run] = champion.verdicts.replay;
    const long = { ...champion, verdicts: { ...champion.verdicts, replay: [{ ...run!, limit: 400_000 }] } };
    expect(codeOf(long)).toBe("replay-steps");
    const apart = {
      ...run!,
      input: [["s1"], ...Array.from({ length: 1100 }, () => ["_"]), [...Array.from({ length: 1000 }, () => "_"), "s1"]],
      headRow: 5000,
      headColumn: 5000,
      limit: 1,
    };
    expect(codeOf({ ...champion, verdicts: { ...champion.verdicts, replay: [apart] } })).toBe("replay-tape");
  });
});

describe.each(Object.entries(BOTH))("forgeries of the recoding of %s", (name, true_) => {
  const { source, target, block, states, stopped, verdicts } = true_;

  it("should be rejected for codes that are too few, too long, twice there, or not blank for the blank", () => {
    const withCodes = (codes: readonly string[]): string => codeOf({ ...true_, block: { ...block, codes } });
    for (const [i, code] of block.codes.entries()) {
      expect(withCodes(block.codes.toSpliced(i, 1))).toBe("recoding-code");
      expect(withCodes(block.codes.with(i, `${code}.`))).toBe("recoding-code");
      expect(withCodes(block.codes.with(i, code.slice(1)))).not.toBe("accepted");
      expect(withCodes(block.codes.with(i, block.codes[(i + 1) % block.codes.length] as string))).toBe("recoding-code");
    }
    expect(withCodes([...block.codes, "--"])).toBe("recoding-code");
    expect(withCodes(block.codes.with(0, "--"))).toBe("recoding-code");
    for (const [i] of block.codes.entries()) {
      for (const free of ["..", ".+", ".-", "+.", "++", "+-", "-.", "-+", "--"]) {
        if (block.codes[i] !== free) expect(withCodes(block.codes.with(i, free)), `${i} ${free}`).not.toBe("accepted");
      }
    }
  });

  it("should be rejected for another block", () => {
    for (const [rows, columns] of [
      [1, 2],
      [2, 2],
      [1, 1],
      [3, 1],
    ] as const)
      if (rows !== block.rows || columns !== block.columns)
        expect(codeOf({ ...true_, block: { ...block, rows, columns } })).not.toBe("accepted");
  });

  it("should be rejected for listed states that are wrong at any index and in any part", () => {
    for (const [list, entries] of Object.entries({ states, stopped })) {
      for (const [i, [state, to, row, column]] of entries.entries()) {
        const place = `${list}[${i}]`;
        const withEntry = (entry: (typeof entries)[number]): string =>
          codeOf({ ...true_, [list]: entries.with(i, entry) });
        expect(codeOf({ ...true_, [list]: entries.toSpliced(i, 1) }), place).not.toBe("accepted");
        expect(codeOf({ ...true_, [list]: [...entries, entries[i] as (typeof entries)[number]] }), place).toBe(
          "recoding-states",
        );
        expect(withEntry(["nowhere", to, row, column]), place).toBe("recoding-states");
        expect(withEntry([state, "nowhere", row, column]), place).toBe("recoding-states");
        expect(withEntry([state, to, block.rows, column]), place).toBe("recoding-states");
        expect(withEntry([state, to, row, block.columns]), place).toBe("recoding-states");
        for (const other of source.states)
          if (other !== state) expect(withEntry([other, to, row, column]), `${place} ${other}`).not.toBe("accepted");
        for (const other of target.states)
          if (other !== to) expect(withEntry([state, other, row, column]), `${place} ${other}`).not.toBe("accepted");
        expect(withEntry([state, to, 1 - row, column]), place).not.toBe("accepted");
      }
    }
    const other =
      name === "plane" ? states : states.map(([state, to, row, column]) => [state, to, row, column] as const);
    const end = states.find(([state]) => source.halting.includes(state)) as (typeof states)[number];
    expect(codeOf({ ...true_, states: other, stopped: [...stopped, end] })).toBe("recoding-states");
    const working = target.states.find((state) => !target.halting.includes(state)) as string;
    expect(codeOf({ ...true_, target: { ...target, start: target.halting[0] as string } })).toBe("recoding-states");
    expect(codeOf({ ...true_, stopped: [...stopped, [source.start, working, 0, 0]] })).toBe("recoding-states");
  });

  it("should be rejected for counts that are off by one, and for other runs", () => {
    const { steps, replay } = verdicts;
    for (const key of ["situations", "shortest", "longest"] as const) {
      expect(codeOf({ ...true_, verdicts: { replay, steps: { ...steps, [key]: steps[key] + 1 } } })).toBe("counts");
      const less = { ...true_, verdicts: { replay, steps: { ...steps, [key]: steps[key] - 1 } } };
      expect(codeOf(less)).toBe(key === "longest" ? "recoding-step" : "counts");
    }
    for (const [i, run] of replay.entries()) {
      const withRun = (more: object): string =>
        codeOf({ ...true_, verdicts: { steps, replay: replay.with(i, { ...run, ...more }) } });
      for (const key of ["steps", "targetSteps", "row", "column", "top", "left"] as const)
        expect(withRun({ [key]: run[key] + 1 }), key).toBe("counts");
      expect(withRun({ end: run.end === "halted" ? "running" : "halted" })).toBe("counts");
      expect(withRun({ state: "nowhere" })).toBe("counts");
      expect(withRun({ tape: [] })).toBe("counts");
      expect(withRun({ input: [["nothing"]] })).toBe("replay-run");
      expect(withRun({ input: [[], [source.symbols.at(-1), "nothing"]] })).toBe("replay-run");
    }
  });

  it("should be rejected for every source that does something else", () => {
    const [moves, { symbols, states: all }] = [["up", "down", "left", "right", "stay"] as const, source];
    const withTable = (table: typeof source.table): string => codeOf({ ...true_, source: { ...source, table } });
    for (const [r, [state, entries]] of source.table.entries()) {
      expect(withTable(source.table.toSpliced(r, 1))).not.toBe("accepted");
      expect(withTable([...source.table, source.table[r]!])).toBe("source-machine");
      for (const [e, [read, write, move, next]] of entries.entries()) {
        const withEntry = (entry: (typeof entries)[number]): string =>
          withTable(source.table.with(r, [state, entries.with(e, entry)]));
        for (const one of symbols) if (one !== write) expect(withEntry([read, one, move, next])).not.toBe("accepted");
        for (const one of moves) if (one !== move) expect(withEntry([read, write, one, next])).not.toBe("accepted");
        for (const one of all) if (one !== next) expect(withEntry([read, write, move, one])).not.toBe("accepted");
        expect(withEntry([read, write, move, "nowhere"])).toBe("source-machine");
        expect(withEntry([read, "nothing", move, next])).toBe("source-machine");
        expect(withEntry(["nothing", write, move, next])).toBe("source-machine");
        expect(withTable(source.table.with(r, [state, [...entries, entries[e]!]]))).toBe("source-machine");
        const rest = entries.toSpliced(e, 1);
        if (rest.length > 0) expect(withTable(source.table.with(r, [state, rest]))).not.toBe("accepted");
      }
    }
    const missing = source.missing === "step" ? "stop" : "step";
    expect(codeOf({ ...true_, source: { ...source, missing } })).toBe(
      name === "plane" ? "recoding-states" : "accepted",
    );
    expect(codeOf({ ...true_, source: { ...source, symbols: [...symbols, symbols[0]!] } })).toBe("source-machine");
    expect(codeOf({ ...true_, source: { ...source, states: [...all, all[0]!] } })).toBe("source-machine");
    expect(codeOf({ ...true_, source: { ...source, start: "nowhere" } })).toBe("source-machine");
    expect(codeOf({ ...true_, source: { ...source, halting: [...source.halting, source.halting[0]!] } })).toBe(
      "source-machine",
    );
    const lacking = { ...source, missing: "step" as const, halting: [], table: source.table.toSpliced(0, 1) };
    expect(codeOf({ ...true_, source: lacking })).toBe("source-machine");
  });

  it("should be rejected for every target that does something else where it is", () => {
    const moves = ["up", "down", "left", "right", "stay"] as const;
    const withTable = (table: typeof target.table): string => codeOf({ ...true_, target: { ...target, table } });
    const accepted: string[] = [];
    let kept = 0;
    for (const [r, [state, entries]] of target.table.entries()) {
      for (const [e, [read, write, move, next]] of entries.entries()) {
        const rest = entries.toSpliced(e, 1);
        const without = rest.length === 0 ? target.table.toSpliced(r, 1) : target.table.with(r, [state, rest]);
        // Where no situation comes to an entry, it may say anything; and no others.
        const isMet = withTable(without) !== "accepted";
        if (!isMet) kept++;
        const withEntry = (entry: (typeof entries)[number]): void => {
          const code = withTable(target.table.with(r, [state, entries.with(e, entry)]));
          if (!isMet) expect(code).toBe("accepted");
          else if (code === "accepted") accepted.push(JSON.stringify([state, ...entry]));
          else expect(code, JSON.stringify([state, entry])).toMatch(/^recoding-step$|^counts$/);
        };
        for (const one of [-1, 0, 1] as const) if (one !== write) withEntry([read, one, move, next]);
        for (const one of moves) if (one !== move) withEntry([read, write, one, next]);
        for (const one of target.states) if (one !== next) withEntry([read, write, move, one]);
      }
    }
    expect(kept).toBe(0);
    // A shorter way to the same end: the state between would only keep the cell.
    expect(accepted).toEqual(SHORT_CUTS[name]);
    expect(codeOf({ ...true_, target: { ...target, start: "nowhere" } })).toBe("source-machine");
    expect(codeOf({ ...true_, target: { ...target, states: [...target.states, target.start] } })).toBe(
      "source-machine",
    );
  });
});
