/** weightproof learn MACHINE --data train.csv */
import { loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { hypercube, MAX_HYPERCUBE, type Sign } from "../../inputs/examples/examples.js";
import {
  readQueries,
  readTrainingFile,
  type BitSign,
  type Query,
  type TrainingFile,
} from "../../inputs/examples/read-examples.js";
import { learnPicture } from "../../execution/pictures/learn-picture.js";
import { learningCertificate } from "../../execution/rcnn/learn-certificate.js";
import { learn, LearnLimit, type EngineName, type LearnResult } from "../../execution/rcnn/learn.js";
import { BackendUnavailable } from "../../execution/tensors/backends.js";
import { InputError } from "../../inputs/input-error.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { counted, grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import { isAccepted } from "../../checkers/verdict.js";

/** The options of learn. */
export interface LearnOptions extends LoadOptions {
  readonly data: string;
  readonly test?: string;
  readonly all?: boolean;
  readonly backend?: EngineName;
  readonly layers?: number;
  readonly columns?: number;
  readonly svg?: string;
  readonly certificate?: string;
  readonly bits?: BitSign;
}

/** The learner whose labels are sums of bits. */
const PARITY = "parity";

/** How a file was read. */
interface Reading extends TrainingFile {
  readonly bits: BitSign;
}

/** Most bytes of a CSV file: 100,000 lines of the widest grid that is supported stay below. */
const MAX_CSV_BYTES = 2 ** 26;

/** Trains a machine's network on examples and prints what it predicts. @throws {InputError} */
export async function learnVerb(io: Io, argument: string, options: LearnOptions): Promise<ExitCode> {
  const source = loadMachine(argument, options);
  const machine = normalForm(source);
  const bits = options.bits ?? (source.name === PARITY ? "minus" : "plus");
  const reading: Reading = { ...readTrainingFile(readTextFile(options.data, MAX_CSV_BYTES), options.data, bits), bits };
  const { examples } = reading;
  const queries = chooseQueries(reading, options);
  const { backend, layers, columns } = options;
  let result: LearnResult;
  try {
    result = await learn({
      machine,
      examples,
      queries,
      ...(backend === undefined ? {} : { backend }),
      ...(layers === undefined ? {} : { layers }),
      ...(columns === undefined ? {} : { columns }),
      onProgress: io.progress,
    });
  } catch (error) {
    if (error instanceof BackendUnavailable) throw new InputError(error.message);
    if (error instanceof LearnLimit) return printLimit(io, error);
    throw error;
  }
  if (options.svg !== undefined) {
    const { d, m, layers: used, columns: padding } = result;
    const shape = { d, m, layers: used, columns: padding };
    const point = (queries[0] as Query).x;
    io.save(options.svg, learnPicture({ machine, examples, shape, point }));
  }
  if (options.certificate !== undefined) {
    const certified = learningCertificate(source, examples, result);
    if (!isAccepted(certified)) return printFailure(io, certified, source.name);
    io.save(options.certificate, certified.result.text);
  }
  if (io.json) {
    const { header = null } = reading;
    printJson(io, {
      ...result,
      reading: reading.isBits ? `bits, 1 is ${bits === "minus" ? "-1" : "+1"}` : "signs",
      header,
    });
  } else {
    io.print(predictionsAsCsv(result, reading));
    io.note(summary(result, reading));
  }
  return exitCode(result);
}

/** The points to predict: a file's, the whole cube, or the training points themselves. */
function chooseQueries({ examples, bits }: Reading, { test, all }: LearnOptions): Query[] {
  const d = examples[0]?.x.length ?? 0;
  const labels = new Map(examples.map(({ x, y }) => [x.join(), y]));
  if (test !== undefined) return readQueries(readTextFile(test, MAX_CSV_BYTES), test, d, bits);
  if (all !== true) return examples.map(({ x, y }) => ({ x, label: y }));
  if (d > MAX_HYPERCUBE)
    throw new InputError(`--all lists 2^d points for d up to ${MAX_HYPERCUBE}; the data has d = ${d}`);
  return hypercube(d).map((x) => ({ x, label: labels.get(x.join()) }));
}

function printLimit(io: Io, { limit, message }: LearnLimit): ExitCode {
  if (io.json) printJson(io, { verdict: "undecided", limit, message });
  else io.note(`undecided: limit ${limit}: ${message}\n`);
  return EXIT.undecided;
}

function exitCode({ memorized, bitExact, computed, predictions }: LearnResult): ExitCode {
  if (!memorized || bitExact === false || computed === false) return EXIT.rejected;
  return predictions.every(({ reason }) => reason === null || reason === "no-answer") ? EXIT.accepted : EXIT.undecided;
}

/**
 * The points with the file's own header, x1,...,xd if it has none, then the prediction, and the label where some are known; an
 * empty field where there is none. Entries are written as the file writes them.
 */
function predictionsAsCsv({ d, predictions, labelled: known }: LearnResult, reading: Reading): string {
  const names = reading.header?.slice(0, d) ?? Array.from({ length: d }, (_, j) => `x${j + 1}`);
  const header = [...names, "prediction", ...(known > 0 ? [reading.header?.[d] ?? "label"] : [])].map(quoteField);
  const spell = (sign: Sign | null | undefined): string => {
    if (sign === null || sign === undefined) return "";
    return reading.isBits ? String(Number((sign === 1) === (reading.bits === "plus"))) : String(sign);
  };
  const rows = predictions.map(({ x, prediction, label }) => [
    ...x.map(spell),
    spell(prediction),
    ...(known > 0 ? [spell(label)] : []),
  ]);
  return [header, ...rows].map((row) => `${row.join()}\n`).join("");
}

/** A field of a header, in quotes where CSV needs them. */
function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** How bits were read, for people. */
function readingText({ isBits, bits }: Reading): string {
  if (!isBits) return "signs, 1 and -1, as they are";
  return bits === "minus"
    ? "bits: 1 is -1 and 0 is +1, so an odd number of ones is -1 (--bits plus: 1 is +1)"
    : "bits: 1 is +1 and 0 is -1 (--bits minus: 1 is -1, as parity has it)";
}

/** For people, on stderr, so that stdout stays a CSV. */
function summary(result: LearnResult, reading: Reading): string {
  const { machine, states, m, d, layers, columns, backend, backendDetail, memorized, bitExact, computed, seconds } =
    result;
  const { correct, labelled: known, fault, difference, floatBounds } = result;
  const worst = [...(floatBounds?.forward ?? []), ...(floatBounds?.backward ?? [])]
    .map(({ size }) => BigInt(size))
    .reduce((a, b) => (a > b ? a : b), 0n);
  const lines: (readonly [string, string])[] = [
    ["learner", `${machine}, ${states} states; m = ${m} examples of d = ${d}`],
    ["data", readingText(reading)],
    [
      "network",
      `${m + 1} x ${d + 1} memory, ${counted(columns, "padding column")}, ${counted(layers, "layer")} of one filter`,
    ],
    [
      "memorized",
      memorized ? "yes: Lemma 3 and 4 held after every step, in every entry" : `no: ${JSON.stringify(fault)}`,
    ],
    [
      "bit-exact",
      bitExact === null
        ? "no tensors were used"
        : bitExact
          ? "yes: outputs, gradients, weights and every cell equal the integers"
          : `no: ${difference}`,
    ],
    [
      "roll-out",
      computed === null
        ? "no run came to its end"
        : computed
          ? "every finished grid is the machine's own tape"
          : "differs from the machine's own run",
    ],
    [
      "backend",
      `${backend} (${backendDetail})${worst > 0n ? `; no float32 sum exceeds ${grouped(worst)} of 16,777,216` : ""}`,
    ],
    [
      "time",
      `${seconds.training.toFixed(2)} s training, ${seconds.rollOut.toFixed(2)} s roll-out, ${seconds.exact.toFixed(2)} s exact engine`,
    ],
  ];
  if (known > 0)
    lines.push(["accuracy", `${correct} of ${known} labelled points (${((100 * correct) / known).toFixed(1)} %)`]);
  return `${labelled(lines)}${warnings(result)}`;
}

function warnings({ contradictions, predictions, layers, columns }: LearnResult): string {
  const notes: string[] = [];
  const [pair] = contradictions;
  if (pair !== undefined) {
    const more = contradictions.length === 1 ? "" : ` (and ${contradictions.length - 1} more)`;
    notes.push(`examples ${pair[0] + 1} and ${pair[1] + 1} have the same point and different labels${more}`);
  }
  const count = (reason: string): number => predictions.filter((p) => p.reason === reason).length;
  const needed = Math.max(0, ...predictions.map((p) => p.layers ?? 0));
  const texts: readonly (readonly [string, string])[] = [
    ["too-few-layers", `need more than ${layers} layers; ${needed} are enough`],
    [
      "too-few-columns",
      `need more than ${counted(columns, "padding column")}: the head would be stopped at a border that the machine does not have`,
    ],
    ["not-halted", "were given up: the machine had not halted"],
    ["no-answer", "halted without an answer: the machine is not a learner on this input (B.1.2)"],
  ];
  for (const [reason, text] of texts)
    if (count(reason) > 0) notes.push(`${count(reason)} of ${predictions.length} points ${text}`);
  return notes.map((note) => `  note: ${note}\n`).join("");
}
