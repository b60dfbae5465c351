/** Wei, Chen, Ma: circuits and Turing machines as networks with a certified all-layer margin. */
import { CIRCUIT_EXPORTS } from "../exports/export-formats.js";
import { wholeNumber } from "./parse-options.js";
import { auditOf, regenerateOf } from "./shared-verbs.js";
import type { System, Verb, VerbFunction } from "./system.js";
import { DECODER_CERTIFY_OPTIONS, DECODER_RUN_OPTIONS, DECODER_TRACE } from "./wei-chen-ma/decoder-verbs.js";

const OUT = "-o, --out <FILE>";

const certify: Verb = {
  about: "compile a circuit or a machine into a network, prove it, write a certificate",
  argument: "<MACHINE>",
  options: [
    { flags: OUT, about: "write the certificate to FILE (- for stdout)" },
    { flags: "--no-hashing", about: "circuits: keep gates that are there twice" },
    { flags: "--no-constants", about: "circuits: keep gates that are constant" },
    { flags: "--no-flip", about: "circuits: do not search a small change that turns an output" },
    {
      flags: "--width <W>",
      about: "circuits: count parameters at this width (default: the least)",
      parse: wholeNumber,
    },
    ...DECODER_CERTIFY_OPTIONS,
  ],
  json: true,
  takes: async (argument, { format }) => (await import("./wei-chen-ma/source.js")).takesSource(argument, format),
  load: async (): Promise<VerbFunction> => (await import("./wei-chen-ma/certify-verb.js")).certifyVerb,
};

const run: Verb = {
  about: "run a circuit's network or a machine's decoder, in exact integers and on tensors",
  argument: "<MACHINE>",
  options: [
    {
      flags: "--backend <NAME>",
      about: "tensors to compare with (default: the best that are here); exact for none, indexed for look-ups alone",
      choices: ["tensorflow", "webgpu", "wasm", "cpu", "exact", "indexed"],
    },
    { flags: "--all", about: "circuits: every input" },
    ...DECODER_RUN_OPTIONS,
  ],
  json: true,
  takes: async (argument, { format }) => (await import("./wei-chen-ma/source.js")).takesRunnable(argument, format),
  load: async (): Promise<VerbFunction> => (await import("./wei-chen-ma/run-verb.js")).runVerb,
};

const exporting: Verb = {
  about: "write a certified network for other tools",
  argument: "<CERTIFICATE>",
  options: [
    { flags: "--to <FORMAT>", about: "format to write", choices: CIRCUIT_EXPORTS, required: true },
    { flags: "-o, --out <DIR>", about: "folder to write to; made if it is not there", required: true },
  ],
  json: true,
  takes: async (argument) => (await import("./takes-certificate.js")).systemOfCertificate(argument) === "wei-chen-ma",
  load: async (): Promise<VerbFunction> => (await import("./wei-chen-ma/export-verb.js")).exportVerb,
};

const attack: Verb = {
  about: "replay the change of weights that turns an output, and scale it to the certified margin",
  argument: "<CERTIFICATE>",
  options: [],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./wei-chen-ma/attack-verb.js")).attackVerb,
};

const sample: Verb = {
  about: "how many examples the theorem asks for at the certified margin",
  argument: "<CERTIFICATE>",
  options: [{ flags: "--width <W>", about: "circuits: count parameters at this width", parse: wholeNumber }],
  json: true,
  load: async (): Promise<VerbFunction> => (await import("./wei-chen-ma/sample-verb.js")).sampleVerb,
};

const regenerate = regenerateOf(
  "wei-chen-ma",
  "rebuild every certificate of a folder from its circuits and machines",
  async () => (await import("./wei-chen-ma/regenerate-verb.js")).regenerateVerb,
);

const audit = auditOf(
  "decide the paper's claims from their evidence",
  async () => (await import("../audit/wei-chen-ma/paper.js")).WEI_CHEN_MA_PAPER,
);

/** The system of this paper. */
export const weiChenMa: System = {
  id: "wei-chen-ma",
  title: "Statistically Meaningful Approximation: a Case Study on Approximating Turing Machines with Transformers",
  citation: "Colin Wei, Yining Chen, Tengyu Ma; NeurIPS 2022",
  link: "https://arxiv.org/abs/2107.13163",
  sources: [
    "combinational circuits: AIGER, ISCAS BENCH, BLIF, DIMACS CNF",
    "Turing machines on one tape of any finite alphabet",
  ],
  statements: {
    circuit: "this network computes this circuit, and no change of its weights below this norm turns an output",
    decoder:
      "every pass of these numbers is a step of this machine, and no change of them below this norm turns its label",
  },
  verbs: { certify, export: exporting, run, trace: DECODER_TRACE, attack, sample, regenerate, audit },
  checkers: async () => (await import("./wei-chen-ma/checkers.js")).CHECKERS,
};
