/**
 * The certificate of a learning run, and whether what tensors gave is what it certifies. All of its claims come from
 * the checker's own replay.
 */
import { digestOf } from "../../certificates/canonical.js";
import { encodeSourceMachine } from "../../certificates/machine-json.js";
import { encodeNetwork } from "../../certificates/network-json.js";
import { printLearningCertificate, type LearningCertificate } from "../../certificates/rcnn-learning.js";
import { decideLearning, type LearningFault } from "../../checkers/rcnn/check-learning.js";
import { rejected, type Verdict, accepted } from "../../checkers/verdict.js";
import { Work } from "../../checkers/work.js";
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import type { Example, Sign } from "../../inputs/examples/examples.js";
import type { LearnResult } from "./learn.js";

/**
 * The text of the certificate of a run. It is refused if a prediction of the run is not the replay's.
 *
 * @param source the machine that was learned with
 * @param examples the training set of the run
 */
export function learningCertificate(
  source: SourceMachine,
  examples: readonly Example[],
  result: LearnResult,
): Verdict<LearningFault, { readonly certificate: LearningCertificate; readonly text: string }> {
  const machine = normalForm(source);
  const filter = machineToFilter(machine);
  const head = readoutNetworkInUnits(cellCode(machine.states.length));
  const { d, m, columns, layers } = result;
  const input = {
    shape: { d, m, columns, layers },
    examples: examples.map(({ x, y }) => `${x.map(sign).join("")} ${sign(y)}`),
  };
  const points = result.predictions.map(({ x }) => x.map(sign).join(""));
  const parts = { source: encodeSourceMachine(source), filter: encodeNetwork(filter), head: encodeNetwork(head) };
  const run = { machine, filter, head, ...input, points, float32: result.floatBounds !== null };
  // No more work than checking the certificate's own text may take.
  const decided = decideLearning(run, undefined, new Work(JSON.stringify(parts.filter).length));
  if (decided.verdict !== "accepted") return decided;
  const { claims } = decided.result;
  for (const [i, { prediction, reason }] of result.predictions.entries()) {
    const answer = claims.predictions[i]?.answer ?? null;
    // A run that was cut off may have an answer of the grid, but none of the machine.
    if (
      reason === "too-few-columns" ||
      reason === "too-few-layers" ||
      answer === (prediction === null ? null : sign(prediction))
    )
      continue;
    const witness = { predicted: prediction, replayed: answer };
    return rejected("learning-prediction", `predictions[${i}]`, "the run's prediction is not the replay's", witness);
  }
  const certificate: LearningCertificate = {
    format: "weightproof-certificate",
    version: 1,
    system: "rcnn",
    statement: "learning",
    digests: { source: digestOf(parts.source), filter: digestOf(parts.filter), head: digestOf(parts.head) },
    ...input,
    ...claims,
    ...parts,
  };
  return accepted({ certificate, text: printLearningCertificate(certificate) });
}

function sign(value: Sign): "+" | "-" {
  return value === 1 ? "+" : "-";
}
