/** The verbs of machines on one tape and their decoders. */
import { MACHINE_FORMATS } from "../../inputs/machines/format-names.js";
import { collectNumbers, INPUT, positiveNumber, wholeNumber } from "../parse-options.js";
import type { OptionSpec, Verb, VerbFunction } from "../system.js";

const takes: NonNullable<Verb["takes"]> = async (argument, { format }) =>
  (await import("./load-tape-machine.js")).takesTapeMachine(argument, format);

const FORMAT: OptionSpec = {
  flags: "--format <NAME>",
  about: "format of MACHINE; recognised if not given",
  choices: MACHINE_FORMATS,
};

const STEPS: OptionSpec = { flags: "--steps <N>", about: "stop after N steps of the machine", parse: wholeNumber };

/** What a machine is run on, and how its end is read. */
const TASK: readonly OptionSpec[] = [
  INPUT,
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

/** Options of run that are for machines; those for circuits are the system's own. */
export const DECODER_RUN_OPTIONS: readonly OptionSpec[] = [
  STEPS,
  ...LABEL,
  { flags: "--attention <KIND>", about: "attention on tensors (default: hard)", choices: ["hard", "softmax"] },
  { flags: "--scale <S>", about: "inverse temperature of softmax", parse: positiveNumber },
  {
    flags: "--reading <NAME>",
    about: "build the decoder by the letter of the paper, without amendments, or as amended (default)",
    choices: ["printed", "amended"],
  },
  { flags: "--amend <IDS...>", about: "with --reading printed: amendments to make all the same; all for all of them" },
  { flags: "--picture <FILE>", about: "draw the run with an arc from each pass to the one it reads" },
  ...TASK,
  FORMAT,
];

/** trace, of machines alone. */
export const DECODER_TRACE: Verb = ofMachine({
  about: "show a machine's run configuration by configuration, with the source lines of a compiled one",
  options: [
    { flags: "--at <STEP...>", about: "stop only after so many steps", parse: collectNumbers },
    { flags: "--steps <N>", about: "show at most N steps", parse: wholeNumber, default: 20 },
    { flags: "--layers", about: "show every layer of a pass: what it holds and reads" },
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./trace-decoder-verb.js")).traceDecoderVerb,
});

/** Options of certify that are for machines; those for circuits are the system's own. */
export const DECODER_CERTIFY_OPTIONS: readonly OptionSpec[] = [STEPS, ...LABEL, ...TASK, FORMAT];
