/** The verbs of machines on one tape and their decoders. */
import { EXPORT_FORMATS } from "../../exports/export-formats.js";
import { MACHINE_FORMATS } from "../../inputs/machines/format-names.js";
import { collectNumbers, positiveNumber, wholeNumber } from "../parse-options.js";
import type { OptionSpec, Verb, VerbFunction, VerbName } from "../system.js";

const takes: NonNullable<Verb["takes"]> = async (argument, { format }) =>
  (await import("./load-tape-machine.js")).takesTapeMachine(argument, format);

const takesCertificate: NonNullable<Verb["takes"]> = async (argument) =>
  (await import("../takes-certificate.js")).systemOfCertificate(argument) === "wei-chen-ma";

const FORMAT: OptionSpec = {
  flags: "--format <NAME>",
  about: "format of MACHINE; recognised if not given",
  choices: MACHINE_FORMATS,
};

const STEPS: OptionSpec = { flags: "--steps <N>", about: "stop after N steps of the machine", parse: wholeNumber };

/** What a machine is run on, and how its end is read. */
const TASK: readonly OptionSpec[] = [
  { flags: "--input <WORD>", about: "input from position 1 on: a character a symbol, or symbols with commas between" },
  {
    flags: "--tape <KIND>",
    about: "whether the tape has a left end (default: two-way)",
    choices: ["two-way", "one-way"],
  },
];

const LABEL: readonly OptionSpec[] = [
  { flags: "--accept <STATES...>", about: "states that the classifier calls +1 (default: halted)" },
  { flags: "--reject <STATES...>", about: "states that it calls -1 (default: not halted)" },
];

function ofMachine(verb: Omit<Verb, "argument" | "takes">): Verb {
  return { ...verb, argument: "<MACHINE>", options: [...verb.options, ...TASK, FORMAT], takes };
}

const run = ofMachine({
  about: "roll the filter out from a blank tape, in exact arithmetic",
  options: [
    STEPS,
    ...LABEL,
    {
      flags: "--backend <NAME>",
      about: "engine of a decoder (default: indexed)",
      choices: ["indexed", "exact", "tensorflow", "webgpu", "wasm", "cpu"],
    },
    { flags: "--attention <KIND>", about: "of tensors (default: hard)", choices: ["hard", "softmax"] },
    { flags: "--scale <S>", about: "inverse temperature of softmax", parse: positiveNumber },
    { flags: "--picture <FILE>", about: "draw the run with an arc from each pass to the one it reads" },
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./run-decoder-verb.js")).runDecoderVerb,
});

const trace = ofMachine({
  about: "show a machine's run configuration by configuration, with the source lines of a compiled one",
  options: [
    { flags: "--at <STEP...>", about: "stop only after so many steps", parse: collectNumbers },
    { flags: "--steps <N>", about: "show at most N steps", parse: wholeNumber, default: 20 },
    { flags: "--layers", about: "show every layer of a pass: what it holds and reads" },
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./trace-decoder-verb.js")).traceDecoderVerb,
});

const exporting: Verb = {
  about: "write a certified filter for other tools; what cannot be written exactly is refused",
  argument: "<CERTIFICATE>",
  options: [
    { flags: "--to <FORMAT>", about: "format to write", choices: EXPORT_FORMATS, required: true },
    { flags: "-o, --out <DIR>", about: "folder to write to; made if it is not there", required: true },
  ],
  json: true,
  takes: takesCertificate,
  load: async (): Promise<VerbFunction> => (await import("./export-decoder-verb.js")).exportDecoderVerb,
};

/** Options of certify that are for machines; those for circuits are the system's own. */
export const DECODER_CERTIFY_OPTIONS: readonly OptionSpec[] = [STEPS, ...LABEL, ...TASK, FORMAT];

export const DECODER_VERBS: Readonly<Partial<Record<VerbName, Verb>>> = {
  export: exporting,
  run,
  trace,
};
