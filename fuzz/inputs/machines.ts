/** The readers of machines: each format, the recognition of formats, arguments and files. */
import { isDeepStrictEqual } from "node:util";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { MACHINE_FORMATS, type MachineFormat } from "../../inputs/machines/format-names.js";
import { InputError } from "../../inputs/input-error.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { formatOfFile, readFormat, type ReadMachine } from "../../inputs/machines/machine-formats.js";
import { readBbchallenge } from "../../inputs/machines/read-bbchallenge.js";
import { readMachine } from "../../inputs/machines/read-machine.js";
import { readTuringmachineIo } from "../../inputs/machines/read-turingmachine-io.js";
import { toSourceMachine } from "../../inputs/machines/three-symbols.js";
import { writeBbchallenge } from "../../inputs/machines/write-bbchallenge.js";
import { writeMachine } from "../../inputs/machines/write-machine.js";
import { writeTuringmachineIo } from "../../inputs/machines/write-turingmachine-io.js";
import { alphabetMachineFault } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { galleryTexts, seedsOf } from "../seeds.js";
import { assertHolds, Finding, readerTarget, refusal, type Target } from "../target.js";
import {
  BBCHALLENGE,
  DOCUMENTS,
  GOLLY,
  JFLAP,
  MORPHETT,
  TURING_2D,
  TURING_MARKUP,
  TURINGMACHINE_IO,
} from "./machine-texts.js";

const TABLE_WORDS = ["left", "right", "stay", "up", "move:", "next:", "write:", "blank", "+1", "-1", "_", "halting:"];
const WORDS: Readonly<Record<MachineFormat, readonly string[]>> = {
  yaml: [...TABLE_WORDS, "name:", "about:", "start:", "expected: { steps: 1, halts: true }", "table:", "[A, B]", "? A"],
  bbchallenge: ["1RB", "---", "_", "0LA", "2RZ", "Z", "L", "R"],
  "turingmachine.io": ["blank:", "start state:", "synonyms:", "table:", "write: 1", "L", "R", "N", "[0, 1]", "input:"],
  morphett: ["0", "_", "*", "l", "r", "halt", ";", "!", "; $INITIAL_TAPE:", "\n0 _ 1 r 0"],
  turing2d: ["0", "_", "*", "u", "d", "halt", ";", '%tape="1"%', "\n0 _ 1 u 0"],
  golly: ["{1,2,0}", "{1,'N',0}", "''", "{", "}", ",", "8", "RL", "#", "'NE'", '"S"'],
  jflap: [
    "<state id='7'/>",
    "<initial/>",
    "<final/>",
    "<read>~</read>",
    "<tapes>2</tapes>",
    "<automaton>",
    "</automaton>",
    "<structure>",
    "&#126;",
    ' tape="2"',
    ' block="true"',
  ],
  turingmachinesimulator: ["name:", "init: q", "accept: q", "q,0,_\nq,1,_,>,<", ",", "<", ">", "-", "//", "\n"],
};

const TEXTS: Readonly<Record<Exclude<MachineFormat, "yaml">, readonly string[]>> = {
  bbchallenge: BBCHALLENGE,
  "turingmachine.io": TURINGMACHINE_IO,
  morphett: MORPHETT,
  turing2d: TURING_2D,
  golly: GOLLY,
  jflap: JFLAP,
  turingmachinesimulator: TURING_MARKUP,
};

function seedsOfFormat(format: MachineFormat): () => readonly Uint8Array[] {
  return format === "yaml" ? () => galleryTexts(20_000) : seedsOf(...TEXTS[format]);
}

/** A machine that was read has a machine file with the same machine, a normal form, and texts that are read as the same. */
function assertFaithful(machine: SourceMachine): void {
  // Machine files have at least one state that does not halt.
  if (machine.halting.length === machine.states.length) return;
  const text = writeMachine(machine);
  const again = orElse(() => readMachine(text, "written.yaml"), text);
  assertHolds(writeMachine(again) === text, `writeMachine is not stable: ${text}`);
  assertHolds(isDeepStrictEqual(normalForm(again), normalForm(machine)), `another machine was written: ${text}`);
  const { name, notes, expected } = machine;
  assertHolds(isDeepStrictEqual([again.name, again.notes, again.expected], [name, notes, expected]), text);
  const rows = (one: SourceMachine): unknown => normalForm({ ...one, name: "", notes: {} });
  const io = unlessRefused(() => writeTuringmachineIo(machine));
  if (io !== undefined && !machine.halting.includes(machine.start)) {
    const read = orElse(() => toSourceMachine(readTuringmachineIo(io, "written")), io);
    assertHolds(sameTable(read, machine), `another machine was written for turingmachine.io: ${io}`);
  }
  const bb = unlessRefused(() => writeBbchallenge(machine));
  if (bb !== undefined) {
    const read = orElse(() => toSourceMachine(readBbchallenge(bb)), bb);
    assertHolds(writeBbchallenge(read) === bb && rows(read) !== undefined, `writeBbchallenge is not stable: ${bb}`);
  }
}

/** Whether two machines have the same states and entries, whatever the order of their states. */
function sameTable(a: SourceMachine, b: SourceMachine): boolean {
  const entriesOf = ({ table }: SourceMachine): unknown =>
    new Map(
      [...table]
        .map(([state, row]) => [state, new Map(row)])
        .filter(([, row]) => (row as Map<unknown, unknown>).size > 0) as [],
    );
  return a.start === b.start && isDeepStrictEqual(entriesOf(a), entriesOf(b));
}

/** The value, where nothing may be refused. */
function orElse<Value>(make: () => Value, text: string): Value {
  try {
    return make();
  } catch (error) {
    throw new Finding(`what was written is refused: ${String(error)}\n${text.slice(0, 500)}`);
  }
}

function unlessRefused<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const check = (machine: SourceMachine): string => {
  assertFaithful(machine);
  return `read, ${machine.halting.length} of ${machine.states.length} states halt`;
};

/** The same of a machine over any alphabet, if it has at most three symbols and one tape; and it is consistent. */
const checkAny = ({ machine, source }: ReadMachine): string => {
  assertHolds(alphabetMachineFault(machine) === undefined, String(alphabetMachineFault(machine)));
  return source === undefined ? `read, ${machine.symbols.length} symbols on ${machine.tapes} tapes` : check(source);
};

const readers = MACHINE_FORMATS.map((format): Target =>
  readerTarget(
    { name: format, seeds: seedsOfFormat(format), documents: DOCUMENTS[format], words: WORDS[format] },
    (text) => readFormat(text, "fuzzed", format),
    checkAny,
  ),
);

const allSeeds = (): readonly Uint8Array[] => MACHINE_FORMATS.flatMap((format) => seedsOfFormat(format)());
const allWords = Object.values(WORDS).flat();
const allDocuments = fc.oneof(...Object.values(DOCUMENTS));

/** The format of a text is recognised, and the text is read in that format or refused. */
const recognition = readerTarget(
  { name: "recognition", seeds: allSeeds, documents: allDocuments, words: allWords },
  (text) => {
    const path = text.length % 7 === 0 ? "fuzzed.JFF" : "fuzzed.txt";
    const format = formatOfFile(text, path, path);
    return { format, machine: readFormat(text, path, format) };
  },
  ({ format, machine }) => `${format}: ${checkAny(machine)}`,
);

/** What is typed as MACHINE; nothing that is fuzzed names a file. */
const argument = readerTarget(
  {
    name: "argument",
    seeds: seedsOf(...BBCHALLENGE, ...GOLLY, "bb4", "parity", "no-such-file.yaml", "a/b", ""),
    documents: fc.oneof(DOCUMENTS.bbchallenge, DOCUMENTS.golly, fc.string({ unit: "binary", maxLength: 20 })),
    words: [...WORDS.bbchallenge, ...WORDS.golly],
    shortRun: 100,
  },
  // Names of devices would be files, too.
  (text) => loadMachine(text.replaceAll(/[/\\]/g, "-")),
  check,
);

/** A file of any bytes, with and without a format. */
const file: Target = {
  name: "file",
  seeds: allSeeds,
  documents: allDocuments,
  words: allWords,
  shortRun: 100,
  run(input) {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-fuzz-"));
    try {
      const path = join(folder, input.length % 5 === 0 ? "machine.jff" : "machine.yaml");
      writeFileSync(path, input);
      const format = MACHINE_FORMATS[input.length % (2 * MACHINE_FORMATS.length)];
      return `${format} ${check(loadMachine(path, { format }))}`;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return refusal(new InputError(error.message.replace(folder, "")));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The reader of each machine format, and everything that leads to one. */
export const MACHINE_TARGETS: readonly Target[] = [...readers, recognition, argument, file];
