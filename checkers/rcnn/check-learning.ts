/**
 * Decides the certificate of a learning run: Algorithm 1 and every roll-out are replayed exactly from the networks in
 * it, and memorization and float32 bounds are decided again. Nothing in the text is believed.
 */
import { canonicalJson, digestOf } from "../../certificates/canonical.js";
import { decodeSourceMachine, encodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork, NetworkJsonError } from "../../certificates/network-json.js";
import { type CertificateTextFault } from "../../certificates/envelope.js";
import { readLearningText, type LearningCertificate, type PredictionJson } from "../../certificates/rcnn-learning.js";
import { formatRational, rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { readoutInUnits } from "../../spec/rcnn/readout.js";
import {
  cellCode,
  cellFromValue,
  fromUnits,
  headOnCell,
  MAX_STATES,
  type CellCode,
} from "../../spec/rcnn/cell-code.js";
import { rejected, type Rejected, type Undecided, type Verdict, undecided, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { checkFloatBounds } from "./float-bounds.js";
import { checkHandOver, type HandOverFault } from "./check-hand-over.js";
import { checkMemorization, type MemorizationFault } from "./check-memorization.js";
import { decideMachineClaims, type DecisionFault, type FilterVerdicts, type Progress } from "./decide-claims.js";
import { gateTables } from "./gate-tables.js";
import { placeCells, placeUnits } from "./letters.js";
import { NetworkReplay, NoValue, OutOfBudget, type Units } from "./network-replay.js";
import { PatchEvaluator } from "./patch-evaluator.js";
import { replaySet } from "./replay-training.js";

/**
 * Every code with which the certificate of a learning run is rejected; LEARNING.md gives the condition of each.
 *
 * @example
 * ```ts
 * import type { LearningFault } from "weightproof/checkers";
 *
 * const aboutTheRun: readonly LearningFault[] = ["learning-training", "learning-memory", "learning-prediction"];
 * aboutTheRun.length; // => 3
 * ```
 */
export type LearningFault =
  | CertificateTextFault
  | DecisionFault
  | MemorizationFault
  | HandOverFault
  | "source-machine"
  | "digest"
  | "network"
  | "learning-shape"
  | "learning-training"
  | "learning-memory"
  | "learning-prediction"
  | "float-bounds"
  | "counts";

/** The claims of a learning certificate that this file decides; the rest of a certificate is their input. */
export type LearningClaims = Pick<LearningCertificate, "memory" | "predictions" | "verdicts">;

/** A learning run without its claims. */
export interface LearningRun {
  readonly machine: NormalMachine;
  readonly filter: Network;
  readonly head: Network;
  readonly shape: LearningCertificate["shape"];
  readonly examples: readonly string[];
  /** Points to predict, as signs. */
  readonly points: readonly string[];
  /** Whether float32 bounds are part of the claims. */
  readonly float32: boolean;
}

/** Most cells that a certificate may ask to have evaluated, and most that are kept for one gradient. */
export const MAX_LEARNING_CELLS = 6_000_000;

/** A learning certificate that was accepted, and what was decided about its filter and head. */
export interface CheckedLearning {
  readonly certificate: LearningCertificate;
  readonly filter: FilterVerdicts;
}

/** The result of decideLearning. */
export interface DecidedLearning {
  readonly claims: LearningClaims;
  readonly filter: FilterVerdicts;
}

/**
 * Decides the text of a learning certificate. No text makes it throw: where the computer's memory or stack ends before
 * a documented limit is reached, the certificate is left undecided.
 */
export function checkLearning(text: string, progress?: Progress): Verdict<LearningFault, CheckedLearning> {
  try {
    return withinWork(() => decide(text, progress));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string, progress: Progress | undefined): Verdict<LearningFault, CheckedLearning> {
  const read = readLearningText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  for (const part of ["source", "filter", "head"] as const) {
    const digest = digestOf(certificate[part]);
    if (certificate.digests[part] === digest) continue;
    const witness = { stated: certificate.digests[part], computed: digest };
    return rejected("digest", `digests.${part}`, `the digest of ${part} differs`, witness);
  }
  const machine = machineOf(certificate);
  if ("verdict" in machine) return machine;
  const filter = networkOf(certificate, "filter");
  if ("verdict" in filter) return filter;
  const head = networkOf(certificate, "head");
  if ("verdict" in head) return head;
  const { shape, examples, predictions, verdicts } = certificate;
  const points = predictions.map(({ x }) => x);
  const run = { machine, filter, head, shape, examples, points, float32: verdicts.float32 !== null };
  const decided = decideLearning(run, progress, new Work(text.length));
  if (decided.verdict !== "accepted") return decided;
  const { claims, filter: ofFilter } = decided.result;
  return differenceOf(certificate, claims) ?? accepted({ certificate, filter: ofFilter });
}

/**
 * Decides that filter and head are those of the run's machine, replays the run, and decides what a certificate about it
 * must claim.
 */
export function decideLearning(
  run: LearningRun,
  progress?: Progress,
  work: Work = new Work(),
): Verdict<LearningFault, DecidedLearning> {
  return withinWork(() => decideRun(run, progress, work));
}

function decideRun(
  run: LearningRun,
  progress: Progress | undefined,
  work: Work,
): Verdict<LearningFault, DecidedLearning> {
  const { machine, filter, head, shape, examples, points } = run;
  const wrongShape = shapeFault(run);
  if (wrongShape !== undefined) return wrongShape;
  const code = cellCode(machine.states.length);
  // Without this, the run would be one of whatever the filter computes, and not of the machine that is named.
  const claim = { machine, alphabet: "well-formed", filter, head } as const;
  const ofFilter = decideMachineClaims(claim, readoutInUnits(code), progress, work);
  if (ofFilter.verdict !== "accepted") return ofFilter;
  const memorization = checkMemorization(filter, head, code, work);
  if (memorization.verdict !== "accepted") return memorization;
  const handOver = checkHandOver(machine, work);
  if (handOver.verdict !== "accepted") return handOver;
  const [rows, mainColumns] = [shape.m + 1, shape.d + 1];
  const question = { layout: "taps", rows, mainColumns, training: true } as const;
  const bounds = run.float32 ? checkFloatBounds(filter, head, code, question, work) : undefined;
  if (bounds?.verdict === "rejected") return { ...bounds, code: "float-bounds" };
  if (bounds?.verdict === "undecided") return bounds;

  const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
  const tables = gateTables(filter, units, work);
  if ("verdict" in tables) return tables;
  const { columns, layers } = shape;
  const replayShape = { rows, mainColumns, columns, layers };
  const replay = new NetworkReplay(
    new PatchEvaluator(tables, units, work),
    head,
    code,
    replayShape,
    MAX_LEARNING_CELLS,
    work,
  );
  try {
    const trained = replaySet(replay, code, examples.map(signsOf));
    if (!("weights" in trained)) {
      return rejected("learning-training", `examples[${trained.step - 1}]`, trained.message, { step: trained.step });
    }
    const predictions = points.map((x) => predict(replay, code, machine, trained.weights, x));
    const memory = Array.from({ length: rows }, (_, row) =>
      trained.weights
        .slice(row * mainColumns, (row + 1) * mainColumns)
        .map((w) => (w > 0n ? "+" : "-"))
        .join(""),
    );
    const verdicts = {
      memorization: memorization.result,
      handOver: { fronts: handOver.result.fronts, patches: String(handOver.result.patches) },
      float32: bounds?.result ?? null,
      replay: { steps: rows, cells: replay.cells },
    };
    const claims = { memory, predictions, verdicts };
    return accepted({ claims, filter: ofFilter.result });
  } catch (error) {
    if (error instanceof OutOfBudget) return outOfBudget();
    if (error instanceof NoValue) return rejected("learning-prediction", "predictions", error.message);
    throw error;
  }
}

function outOfBudget(): Undecided {
  const message = `more than ${MAX_LEARNING_CELLS} cells would have to be evaluated`;
  return undecided("learning-cells", message);
}

function predict(
  replay: NetworkReplay,
  code: CellCode,
  machine: NormalMachine,
  weights: Units,
  x: string,
): PredictionJson {
  const rolled = replay.rollOut(replay.memoryLayer(weights, signsOf(`${x}+`)), false);
  const last = rolled.grids.at(-1) as Units;
  const f = rational(replay.output(last), code.scale / 18n);
  const heads = last.flatMap((u) => headOnCell(code, cellFromValue(code, fromUnits(code, u))) ?? []);
  const halted = heads.length === 1 && heads.every(({ state }) => machine.halting[state] === true);
  const answer = !halted ? null : f.equals(1n) ? "+" : f.equals(-1n) ? "-" : null;
  return { x, f: formatRational(f), answer, settles: rolled.settled ? rolled.layersRun : null };
}

/** 1 and -1 of "+" and "-"; blanks are left out. */
function signsOf(text: string): bigint[] {
  return [...text].filter((character) => character !== " ").map((character) => (character === "+" ? 1n : -1n));
}

function shapeFault({ shape, examples, points }: LearningRun): Rejected<LearningFault> | undefined {
  const { d, m, columns, layers } = shape;
  const fail = (message: string): Rejected<LearningFault> => rejected("learning-shape", "shape", message);
  if (d < 1 || m < 1 || columns < 1)
    return fail("expected at least one coordinate, one example and one padding column");
  if (layers < m + 1) return fail(`expected more layers than the ${m} examples, got ${layers}`);
  if (examples.length !== m) return fail(`expected ${m} examples, got ${examples.length}`);
  if (examples.some((example) => example.length !== d + 2)) return fail(`expected examples of ${d} signs and a label`);
  if (points.some((x) => x.length !== d)) return fail(`expected points of ${d} signs`);
  return (m + 1) * (d + 1 + columns) > 1_000_000 ? fail("expected a grid of at most 1000000 cells") : undefined;
}

function machineOf({ source }: LearningCertificate): NormalMachine | Rejected<LearningFault> {
  const decoded = decodeSourceMachine(source);
  if (canonicalJson(encodeSourceMachine(decoded)) !== canonicalJson(source)) {
    return rejected("source-machine", "source", "the machine is not in its one spelling");
  }
  let machine: NormalMachine;
  try {
    machine = normalForm(decoded);
  } catch (error) {
    return rejected("source-machine", "source", error instanceof Error ? error.message : String(error));
  }
  if (machine.states.length <= MAX_STATES) return machine;
  return rejected("source-machine", "source", `expected at most ${MAX_STATES} states, got ${machine.states.length}`);
}

function networkOf(certificate: LearningCertificate, part: "filter" | "head"): Network | Rejected<LearningFault> {
  try {
    return decodeNetwork(certificate[part]);
  } catch (error) {
    if (!(error instanceof NetworkJsonError)) throw error;
    return rejected("network", `${part}.${error.path}`, error.message, { fault: error.code });
  }
}

/** The first claim that differs from what was computed. */
function differenceOf(stated: LearningClaims, computed: LearningClaims): Rejected<LearningFault> | undefined {
  const differs = (code: LearningFault, path: string, a: unknown, b: unknown): Rejected<LearningFault> | undefined => {
    const [left, right] = [canonicalJson(a), canonicalJson(b)];
    if (left === right) return undefined;
    return rejected(code, path, "what is stated differs from what is computed", { stated: left, computed: right });
  };
  for (const [row, line] of computed.memory.entries()) {
    const difference = differs("learning-memory", `memory[${row}]`, stated.memory[row] ?? null, line);
    if (difference !== undefined) return difference;
  }
  if (stated.memory.length !== computed.memory.length) {
    return rejected(
      "learning-memory",
      "memory",
      `expected ${computed.memory.length} rows, got ${stated.memory.length}`,
    );
  }
  for (const [i, prediction] of computed.predictions.entries()) {
    const difference = differs("learning-prediction", `predictions[${i}]`, stated.predictions[i] ?? null, prediction);
    if (difference !== undefined) return difference;
  }
  const { memorization, handOver, float32, replay } = computed.verdicts;
  return (
    differs("float-bounds", "verdicts.float32", stated.verdicts.float32, float32) ??
    differs("counts", "verdicts.memorization", stated.verdicts.memorization, memorization) ??
    differs("counts", "verdicts.handOver", stated.verdicts.handOver, handOver) ??
    differs("counts", "verdicts.replay", stated.verdicts.replay, replay)
  );
}
