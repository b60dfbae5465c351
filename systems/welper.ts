/** Welper: gradient descent that traces a machine, and networks whose training runs any algorithm. */
import { MACHINE_FORMATS } from "../inputs/machines/format-names.js";
import { wholeNumber } from "./parse-options.js";
import type { OptionSpec, System, Verb, VerbFunction } from "./system.js";

const FORMAT: OptionSpec = {
  flags: "--format <NAME>",
  about: "format of MACHINE; recognised if not given",
  choices: MACHINE_FORMATS,
};

const LOSS: OptionSpec = { flags: "--loss <NAME>", about: "which l_S (default: fan)", choices: ["fan", "printed"] };

const DESCENT: OptionSpec = {
  flags: "--descent <METHOD>",
  about: "how x is trained on tensors (default: frank-wolfe)",
  choices: ["frank-wolfe", "projected"],
};

const takes: NonNullable<Verb["takes"]> = async (argument, { format }) =>
  (await import("./welper/load-source.js")).takesMultiTape(argument, format);

const certify: Verb = {
  about: "compile a machine into a loss whose descent traces it, prove it, write a certificate",
  argument: "<MACHINE>",
  options: [{ flags: "-o, --out <FILE>", about: "write the certificate to FILE (- for stdout)" }, LOSS, FORMAT],
  json: true,
  takes,
  load: async (): Promise<VerbFunction> => (await import("./welper/certify-verb.js")).certifyVerb,
};

const run: Verb = {
  about: "run a machine by gradient descent, in exact integers or on tensors beside them",
  argument: "<MACHINE>",
  options: [
    { flags: "--steps <N>", about: "stop after N steps", parse: wholeNumber },
    {
      flags: "--backend <NAME>",
      about: "tensors to run on, beside the exact integers (default: exact, none)",
      choices: ["tensorflow", "webgpu", "wasm", "cpu", "exact"],
    },
    DESCENT,
    LOSS,
    FORMAT,
  ],
  json: true,
  takes,
  load: async (): Promise<VerbFunction> => (await import("./welper/run-verb.js")).runVerb,
};

/** The system of this paper. */
export const welper: System = {
  id: "welper",
  title: "Universality of Gradient Descent Neural Network Training",
  citation: "Gerrit Welper; Neural Networks 150 (2022)",
  link: "https://arxiv.org/abs/2007.13664",
  sources: ["Turing machines on a grid with three symbols", "Turing machines on up to 8 tapes, some of them read-only"],
  statements: { tracing: "every step of descent on these numbers is a step of this machine, on any tapes" },
  verbs: { certify, run },
  checkers: async () => (await import("./welper/checkers.js")).CHECKERS,
};
