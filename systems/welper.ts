/** Welper: gradient descent that traces a machine, and networks whose training runs any algorithm. */
import { MACHINE_FORMATS } from "../inputs/machines/format-names.js";
import { wholeNumber } from "./parse-options.js";
import { regenerateOf } from "./shared-verbs.js";
import type { OptionSpec, System, Verb, VerbFunction } from "./system.js";

const FORMAT: OptionSpec = {
  flags: "--format <NAME>",
  about: "format of MACHINE; recognised if not given",
  choices: MACHINE_FORMATS,
};

const LOSS: OptionSpec = { flags: "--loss <NAME>", about: "which l_S (default: fan)", choices: ["fan", "printed"] };

const DESCENT: OptionSpec = {
  flags: "--descent <METHOD>",
  about: "how x is trained on tensors (default: run frank-wolfe, learn projected)",
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

const learn: Verb = {
  about: "train a network that runs a training algorithm, by gradient descent on its squared error",
  argument: "<ALGORITHM>",
  argumentAbout: "copy, grid-search, perceptron or memorize",
  options: [
    { flags: "--network <SHAPE>", about: "the primary network, such as 2-1 or 2-2-1" },
    { flags: "--data <CSV>", about: "examples: coordinates -1 and 1, the label last", required: true },
    { flags: "--test <CSV>", about: "points to predict (default: those of the examples)" },
    { flags: "--weights <LIST>", about: "what copy copies: integers from -4 to 3, separated by commas" },
    { flags: "--stop <LOSS>", about: "threshold of the loss at which training ends (default: chosen)" },
    { flags: "--steps <N>", about: "give up after N steps of training", parse: wholeNumber },
    {
      flags: "--backend <NAME>",
      about: "tensors to train on (default: the best that are here)",
      choices: ["tensorflow", "webgpu", "wasm", "cpu"],
    },
    DESCENT,
    { flags: "--root <NAME>", about: "how the machine's loss enters (default: held)", choices: ["held", "printed"] },
    LOSS,
  ],
  json: true,
  takes: async (argument) => (await import("../construction/welper/algorithms/algorithms.js")).isAlgorithm(argument),
  load: async (): Promise<VerbFunction> => (await import("./welper/learn-verb.js")).learnVerb,
};

const regenerate = regenerateOf(
  "welper",
  "rebuild every certificate of a folder from its machines",
  async () => (await import("./welper/regenerate-verb.js")).regenerateVerb,
);

/** The system of this paper. */
export const welper: System = {
  id: "welper",
  title: "Universality of Gradient Descent Neural Network Training",
  citation: "Gerrit Welper; Neural Networks 150 (2022)",
  link: "https://arxiv.org/abs/2007.13664",
  sources: ["Turing machines on a grid with three symbols", "Turing machines on up to 8 tapes, some of them read-only"],
  statements: {
    tracing: "until the halt, every step of descent on these numbers is a step of this machine, on any tapes",
  },
  verbs: { certify, run, learn, regenerate },
  checkers: async () => (await import("./welper/checkers.js")).CHECKERS,
};
