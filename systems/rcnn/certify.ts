/** certify: compile a machine, decide every claim about the result, and give out the certificate. */
import { encodeNetwork } from "../../certificates/network-json.js";
import { printCertificate, type RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { decideClaims, type DecisionFault, type Progress } from "../../checkers/rcnn/decide-claims.js";
import { Work } from "../../checkers/work.js";
import {
  filterToCertificate,
  replayOfInput,
  replayRuns,
  type ReplayInput,
} from "../../construction/rcnn/filter-to-certificate.js";
import { readoutNetwork } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";

/**
 * A certificate and the bytes of its file.
 *
 * @example
 * ```ts
 * import { certify, loadMachine, type Certified } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * const certified: Certified | undefined = verdict.verdict === "accepted" ? verdict.result : undefined;
 * certified?.certificate.digests.filter === undefined; // => false
 * certified?.text.startsWith('{\n  "format": "weightproof-certificate"'); // => true
 * ```
 */
export interface Certified {
  readonly certificate: RcnnCertificate;
  readonly text: string;
}

/**
 * Compiles a machine into a filter and has the checkers decide value, Jacobian, step, weights, head and replays.
 *
 * @param inputs tapes to replay a run from, beside the blank one
 * @throws {RangeError} if the machine is inconsistent or has too many states
 *
 * @example
 * ```ts
 * import { certify, loadMachine } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * verdict.verdict; // => "accepted"
 * // 25 well-formed cells at the centre, 26 values (those and p) at each of eight neighbours:
 * verdict.verdict === "accepted" && verdict.result.certificate.verdicts.function.patches; // => String(25n * 26n ** 8n)
 * ```
 */
export function certify(
  source: SourceMachine,
  alphabet: AlphabetName = "well-formed",
  progress?: Progress,
  inputs: readonly ReplayInput[] = [],
): Verdict<DecisionFault, Certified> {
  const machine = normalForm(source);
  const filter = machineToFilter(machine, alphabet);
  const head = readoutNetwork();
  const replay = [...replayRuns(machine), ...inputs.map((input) => replayOfInput(machine, input))];
  // No more work than checking the certificate's own text may take.
  const work = new Work(JSON.stringify(encodeNetwork(filter)).length);
  const decided = decideClaims({ machine, alphabet, filter, head, replay }, progress, work);
  if (decided.verdict !== "accepted") return decided;
  const certificate = filterToCertificate(source, machine, alphabet, filter, head, decided.result);
  return accepted({ certificate, text: printCertificate(certificate) });
}
