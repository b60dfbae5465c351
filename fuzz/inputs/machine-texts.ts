/** Published texts of machines in each format, and printers for documents that follow its grammar. */
import fc from "fast-check";
import { sourceMachine } from "../../arbitraries/machines.js";
import type { MachineFormat } from "../../inputs/machines/format-names.js";
import { writeBbchallenge } from "../../inputs/machines/write-bbchallenge.js";
import { spellText, writeMachine } from "../../inputs/machines/write-machine.js";
import { writeTuringmachineIo } from "../../inputs/machines/write-turingmachine-io.js";
import type { SourceMachine } from "../../spec/machines/machine.js";

/** Machines in bbchallenge's text form. */
export const BBCHALLENGE: readonly string[] = [
  "1RB1LB_1LA1RZ",
  "1RB1RZ_1LB0RC_1LC1LA",
  "1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RZ0LA",
  "1RB2LB1RZ_2LA2RB1LB",
  "1RB---_1LA0LB",
];

/** Turmites and ants as Golly writes them. */
export const GOLLY: readonly string[] = [
  "{{{1,'E',1},{1,'W',1}},{{1,'W',0},{1,'',0}}}",
  "{{{1,2,0},{0,2,1}},{{1,0,0},{1,8,0}}}",
  "{{{1,'N',1},{1,'E',2}},{{0,'E',2},{0,'W',1}},{{1,'S',0},{1,'',0}}}",
  "RL",
  "LRU # an ant",
];

/** Programs for Morphett's simulator. */
export const MORPHETT: readonly string[] = [
  "; state, symbol, new symbol, direction, new state\n0 _ 1 r b\n0 1 1 l b   ; fields\nb _ 1 l 0\nb * * r halt !\n",
  "; $INITIAL_TAPE: 1010\n0 * * * halt-accept\n* 1 * l *\n",
];

/** Programs for the two-dimensional simulator that extends Morphett's. */
export const TURING_2D: readonly string[] = ['%tape="110"%\n0 _ 1 u b\nb 1 _ d 0\nb _ 1 r halt\n', "0 * * D 0\n"];

/** Documents of turingmachine.io. */
export const TURINGMACHINE_IO: readonly string[] = [
  'blank: "0"\nstart state: A\nsynonyms:\n  back: { L: B }\ntable:\n  A:\n    0: { write: 1, R: B }\n    1: back\n' +
    "  B:\n    0: { write: 1, L: A }\n    1: { R: Z }\n  Z:\n",
  "input: '101'\nblank: ' '\nstart state: s\ntable:\n  s: { [0, 1]: R, ' ': { L: done } }\n  done:\n",
  "name: shared\nsource code: |\n  blank: _\n  start state: A\n  table:\n    A: { _: R }\npositions: { A: { x: 1, y: 2 } }\n",
];

const state = (id: number, inner: string): string => `<state id="${id}" name="${"ABZ"[id] ?? "q"}">${inner}</state>`;
const transition = (from: number, to: number, read: string, write: string, move: string): string =>
  `<transition><from>${from}</from><to>${to}</to><read>${read}</read><write>${write}</write><move>${move}</move></transition>`;

/** Documents of JFLAP. */
export const TURING_MARKUP: readonly string[] = [
  "name: two tapes // copies\ninit: q0\naccept: q1\n\nq0,a,_\nq0,a,a,>,>\n\nq0,_,_\nq1,_,_,-,<\n",
  "init: a\naccept: b, c\na,0\nb,1,<\n",
];

export const JFLAP: readonly string[] = [
  `<structure><type>turing</type><automaton>${state(0, "<initial/>")}${state(1, "")}${state(2, "<final/>")}` +
    `${transition(0, 1, "", "1", "R")}${transition(0, 1, "1", "1", "L")}${transition(1, 0, "", "1", "L")}` +
    `${transition(1, 2, "1", "1", "R")}</automaton></structure>`,
  `<?xml version="1.0" encoding="UTF-8"?><!-- old --><structure>&#13;<type>turing</type><tapes>1</tapes>\n` +
    `<block id="0" name="a&lt;b"><tag>M</tag><x>1.0</x><initial/></block>${transition(0, 0, "~", "~", "S")}</structure>`,
];

const pick = (spellings: Readonly<Record<string, string>>, key: string | number): string =>
  spellings[String(key)] ?? "?";

function entries({ table }: SourceMachine): string[][] {
  return [...table].flatMap(([from, row]) =>
    [...row].map(([read, { write, move, next }]) => [from, String(read), String(write), move, next]),
  );
}

/** Five-field lines; the first working state is called 0. */
function morphettText(source: SourceMachine, dialect: "morphett" | "turing2d"): string {
  const symbols = { "0": "_", "1": "1", "-1": "x" };
  const moves = { left: "l", right: "r", stay: "*", ...(dialect === "morphett" ? {} : { up: "u", down: "d" }) };
  const named = (name: string): string =>
    name === source.start ? "0" : source.halting.includes(name) ? "halt" : name || "*";
  const lines = entries(source).map(([from = "", read = "", write = "", move = "", next = ""]) =>
    [named(from), pick(symbols, read), pick(symbols, write), pick(moves, move), named(next)].join(" "),
  );
  return lines.join("\n");
}

/** Two lines for each transition; entries that halt lead to a state that accepts. */
function turingMarkupText(source: SourceMachine): string {
  const symbols = { "0": "_", "1": "1", "-1": "2" };
  const moves = { left: "<", right: ">", stay: "-" };
  const idOf = (name: string): string => `q${source.states.indexOf(name)}`;
  const lines = entries(source).map(
    ([from = "", read = "", write = "", move = "", next = ""]) =>
      `${idOf(from)},${pick(symbols, read)}\n${idOf(next)},${pick(symbols, write)},${pick(moves, move)}\n`,
  );
  return `name: m\ninit: ${idOf(source.start)}\naccept: ${source.halting.map(idOf).join(",")}\n\n${lines.join("\n")}`;
}

function jflapText(source: SourceMachine): string {
  const symbols = { "0": "", "1": "1", "-1": "~" };
  const moves = { left: "L", right: "R", stay: "S" };
  const idOf = (name: string): number => source.states.indexOf(name);
  const states = source.states.map((name) => {
    const marks = `${name === source.start ? "<initial/>" : ""}${source.halting.includes(name) ? "<final/>" : ""}`;
    return `<state id="${idOf(name)}" name="${name}">${marks}</state>`;
  });
  const transitions = entries(source).map(([from = "", read = "", write = "", move = "", next = ""]) =>
    transition(idOf(from), idOf(next), pick(symbols, read), pick(symbols, write), pick(moves, move)),
  );
  return `<structure><type>turing</type><automaton>${states.join("")}${transitions.join("")}</automaton></structure>`;
}

function gollyText(source: SourceMachine, relative: boolean): string {
  const moves = relative
    ? { up: "1", right: "2", down: "4", left: "8", stay: "0" }
    : { up: "'N'", right: "'E'", down: "'S'", left: "'W'", stay: "''" };
  const colours = { "0": "0", "1": "1", "-1": "2" };
  const working = source.states.filter((name) => !source.halting.includes(name));
  const rows = working.map((name) => {
    const triples = ([0, 1, -1] as const).map((read) => {
      const entry = source.table.get(name)?.get(read);
      if (entry === undefined) return `{${pick(colours, read)},${pick(moves, "stay")},0}`;
      return `{${pick(colours, entry.write)},${pick(moves, entry.move)},${Math.max(0, working.indexOf(entry.next))}}`;
    });
    return `{${triples.join(",")}}`;
  });
  return `{${rows.join(", ")}}`;
}

const anyName = fc.oneof(
  fc.constantFrom("A", "B", "0", "halt", "1e3", "true", "no", "~", "a b", "é", "&x", "- a", "#", "[", "{}", "*", "!"),
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
const machines = fc.oneof(sourceMachine({ maxStates: 5 }), sourceMachine({ names: anyName }));
const oneLine = { moves: ["left", "right"] } as const;

/** A text where the printer can print the machine, and nothing where it refuses. */
function printing(print: (machine: SourceMachine) => string): (machine: SourceMachine) => string {
  return (machine) => {
    try {
      return print(machine);
    } catch {
      return "";
    }
  };
}

/** Documents of each format, by the names that --format takes. */
export const DOCUMENTS: Readonly<Record<MachineFormat, fc.Arbitrary<string>>> = {
  yaml: fc
    .tuple(machines, fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 })))
    .map(([machine, about]) =>
      printing(writeMachine)(about === null ? machine : { ...machine, notes: { about, source: spellText(about) } }),
    ),
  bbchallenge: sourceMachine({ maxStates: 26, ...oneLine }).map(printing(writeBbchallenge)),
  "turingmachine.io": fc
    .oneof(sourceMachine(oneLine), sourceMachine({ names: anyName, ...oneLine }))
    .map(printing(writeTuringmachineIo)),
  morphett: machines.map((machine) => morphettText(machine, "morphett")),
  turing2d: machines.map((machine) => morphettText(machine, "turing2d")),
  golly: fc
    .tuple(sourceMachine({ maxStates: 5 }), fc.boolean())
    .map(([machine, relative]) => gollyText(machine, relative)),
  jflap: sourceMachine({ maxStates: 5 }).map(jflapText),
  turingmachinesimulator: sourceMachine(oneLine).map(turingMarkupText),
};
