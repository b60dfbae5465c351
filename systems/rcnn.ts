/** Goel, Kakade, Kalai, Zhang: a Turing machine as one convolutional filter, memorization by SGD. */
import { MACHINE_FORMATS, WRITTEN_FORMATS } from "../inputs/machines/format-names.js";
import { EXPORT_FORMATS, PRECISIONS, SMT_FORMS } from "../exports/export-formats.js";
import { cellPlace, collectNumbers, gridSize, INPUT, wholeNumber } from "./parse-options.js";
import { auditOf, regenerateOf } from "./shared-verbs.js";
import type { LoadOptions } from "../inputs/machines/load-machine.js";
import type { OptionSpec, System, Verb, VerbFunction } from "./system.js";

const FORMAT: OptionSpec = {
  flags: "--format <NAME>",
  about: "format of MACHINE (default: recognised)",
  choices: MACHINE_FORMATS,
};
const ENTRY: OptionSpec = {
  flags: "--entry <N>",
  about: "which machine of a file that has several, from 1",
  parse: wholeNumber,
};
const OUT = "-o, --out <FILE>";

/** What is on the tape. */
const TAPE: readonly OptionSpec[] = [
  INPUT,
  { flags: "--input-file <FILE>", about: "a file whose lines are the rows of the input" },
  {
    flags: "--head <[ROW,]COLUMN>",
    about: "the cell of the input on which the head begins (default: 0,0)",
    parse: cellPlace,
  },
];

/** What a halt means. */
const DECISIONS: readonly OptionSpec[] = [
  { flags: "--accept <STATES...>", about: "halting states that accept (default: as the file or their names say)" },
  { flags: "--reject <STATES...>", about: "halting states that reject" },
];

/** A verb whose argument is a machine. */
function ofMachine(verb: Omit<Verb, "argument" | "takes">): Verb {
  const takes: Verb["takes"] = async (argument, { format, entry }) =>
    (await import("./rcnn/takes-machine.js")).takesMachine(argument, { format, entry } as LoadOptions);
  return { ...verb, argument: "<MACHINE>", options: [...verb.options, FORMAT, ENTRY], takes };
}

const certify = ofMachine({
  about: "compile a machine into a filter, prove it, write a certificate",
  options: [
    { flags: OUT, about: "write the certificate to FILE (- for stdout)" },
    {
      flags: "--alphabet <NAME>",
      about: "cell values over which to prove it",
      choices: ["well-formed", "full"],
      default: "well-formed",
    },
    {
      flags: "--statement <FILE>",
      about: "write an in-toto Statement about certificate and filter to FILE, for signing",
    },
    { flags: "--filter <FILE>", about: "write the filter's exact bytes (canonical JSON) to FILE" },
    {
      flags: "--recoding <FILE>",
      about: "of a machine with more than three symbols: write the certificate of its recoding to FILE",
    },
    ...TAPE,
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/certify-verb.js")).certifyVerb,
});

const explain: Verb = {
  about: "tell what a number of a certificate's networks is for, or what all their matrices hold",
  argument: "<CERTIFICATE>",
  second: {
    option: "address",
    argument: "[ADDRESS]",
    about: "a matrix, row or number: V3, V3[17], V3[17][4], U2[0], or a place as rejections print it",
  },
  options: [],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/explain-verb.js")).explainVerb,
};

const exporting: Verb = {
  about: "write a certified filter for other tools; refuse what cannot be written exactly",
  argument: "<CERTIFICATE>",
  options: [
    { flags: "--to <FORMAT>", about: "format to write", choices: EXPORT_FORMATS, required: true },
    { flags: "-o, --out <DIR>", about: "folder to write to; created if it is missing", required: true },
    { flags: "--precision <NAME>", about: "precision of ONNX models", choices: PRECISIONS, default: "float32" },
    { flags: "--form <NAME>", about: "how SMT-LIB queries write V1 and V2", choices: SMT_FORMS, default: "tables" },
  ],
  json: true,
  takes: async (argument) => {
    const { systemOfCertificate } = await import("./takes-certificate.js");
    return (systemOfCertificate(argument) ?? "rcnn") === "rcnn";
  },
  load: async (): Promise<VerbFunction> => (await import("./rcnn/export-verb.js")).exportVerb,
};

const run = ofMachine({
  about: "roll the filter out from an input or a blank tape, in exact arithmetic",
  options: [
    { flags: "--steps <N>", about: "stop after N steps of the machine", parse: wholeNumber },
    { flags: "--svg <FILE>", about: "draw the run, layer by layer" },
    ...TAPE,
    ...DECISIONS,
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/run-verb.js")).runVerb,
});

const convert = ofMachine({
  about: "write a machine in another format",
  options: [
    { flags: "--to <NAME>", about: "format to write", choices: WRITTEN_FORMATS, required: true },
    { flags: OUT, about: "write to FILE (stdout if not given)", default: "-" },
  ],
  json: false,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/convert-verb.js")).convertVerb,
});

const learn = ofMachine({
  about: "train the network on examples by SGD and predict, on tensors and in exact integers",
  options: [
    {
      flags: "--data <CSV>",
      about: "training set: signs 1 and -1 or bits 1 and 0, label last, header optional",
      required: true,
    },
    {
      flags: "--bits <SIGN>",
      about: "the sign of 1 in a file of bits (default: minus for parity, so that labels are sums of bits; else plus)",
      choices: ["minus", "plus"],
    },
    { flags: "--test <CSV>", about: "points to predict, with or without labels", conflicts: "all" },
    { flags: "--all", about: "predict all 2^d points (default: the training points)" },
    {
      flags: "--backend <NAME>",
      about: "engine to use (default: the best one available)",
      choices: ["tensorflow", "webgpu", "wasm", "cpu", "exact"],
    },
    {
      flags: "--layers <L>",
      about: "number of recurrent layers (default: as many as the runs need)",
      parse: wholeNumber,
    },
    {
      flags: "--columns <C>",
      about: "number of padding columns (default: as many as the runs need)",
      parse: wholeNumber,
    },
    { flags: "--svg <FILE>", about: "draw training and the run for the first point, layer by layer" },
    { flags: "--certificate <FILE>", about: "write a certificate of the run, which check replays" },
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/learn-verb.js")).learnVerb,
});

const trace = ofMachine({
  about: "show a machine's run configuration by configuration, with the source lines of a compiled one",
  options: [
    { flags: "--data <CSV>", about: "start on the XOR tape of a training set (default: on a blank grid)" },
    { flags: "--point <X>", about: "the point to predict, such as 1,-1,1 (default: the first example's)" },
    { flags: "--columns <C>", about: "padding columns beside the data", parse: wholeNumber, default: 2 },
    { flags: "--grid <RxC>", about: "size of a blank grid", parse: gridSize, default: [5, 15] },
    { flags: "--break <LABEL...>", about: "stop only at these labels or states" },
    { flags: "--at <STEP...>", about: "stop only after these numbers of steps", parse: collectNumbers },
    { flags: "--steps <N>", about: "show at most N steps", parse: wholeNumber, default: 20 },
  ],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/trace-verb.js")).traceVerb,
});

const synthesize: Verb = {
  about: "build the network of Lemma 5 for a table of points, values and Jacobians (JSON)",
  argument: "<TABLE>",
  options: [{ flags: OUT, about: "write the network to FILE (- for stdout)" }],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/synthesize-verb.js")).synthesizeVerb,
};

const regenerate = regenerateOf(
  "rcnn",
  "rebuild every certificate of a folder from its machines",
  async () => (await import("./rcnn/regenerate-verb.js")).regenerateVerb,
);

const audit = auditOf(
  "decide the paper's claims from their evidence; audit search runs Corollary 2 in miniature",
  async () => (await import("../audit/rcnn/paper.js")).RCNN_PAPER,
);

const search: Verb = {
  about: "run every machine of a class through its filter, and choose one by a validation set",
  argument: "[CLASS]",
  argumentAbout: "class of machines to search",
  argumentDefault: "one-state",
  options: [
    { flags: OUT, about: "keep the state in FILE, and resume from it if it is unfinished" },
    { flags: "--shard <I/N>", about: "run only part I of N" },
    { flags: "--workers <N>", about: "worker threads (default: one per core)", parse: wholeNumber },
  ],
  json: false,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/audit-search-verb.js")).searchVerb,
};

const merge: Verb = {
  about: "join the parts of a search, and choose by a validation set",
  argument: "<FILE...>",
  argumentAbout: "finished parts of one search",
  options: [{ flags: OUT, about: "write the joined state to FILE (- for stdout)" }],
  json: false,
  load: async (): Promise<VerbFunction> => (await import("./rcnn/audit-search-verb.js")).mergeVerb,
};

/** The offers of this paper's rooms; their code is loaded when a verb is called. */
export const rcnn: System = {
  id: "rcnn",
  title: "Recurrent Convolutional Neural Networks Learn Succinct Learning Algorithms",
  citation: "Surbhi Goel, Sham Kakade, Adam Tauman Kalai, Cyril Zhang; NeurIPS 2022",
  link: "https://arxiv.org/abs/2209.00735",
  sources: ["Turing machines on a two-dimensional tape of three symbols"],
  statements: {
    filter: "these numbers are the convolutional filter of this machine, value and Jacobian",
    learning: "the machine's network learned this from these examples, and predicted that",
    recoding: "this machine of three symbols does what that machine over any alphabet does, step for step",
  },
  verbs: {
    certify,
    explain,
    export: exporting,
    run,
    convert,
    learn,
    trace,
    synthesize,
    regenerate,
    audit,
    "audit search": search,
    "audit merge": merge,
  },
  checkers: async () => (await import("./rcnn/checkers.js")).CHECKERS,
};
