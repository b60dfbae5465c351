/** certify for learners: compile, build the net, decide everything, and give out the certificate. */
import { digestOf } from "../../certificates/canonical.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import {
  printEmulationCertificate,
  type EmulationCertificate,
} from "../../certificates/abbe-sandon/emulation-certificate.js";
import { encodeNet, encodeTraining } from "../../certificates/abbe-sandon/emulation-json.js";
import { encodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import { decideEmulation, type EmulationDecisionFault } from "../../checkers/abbe-sandon/decide-emulation.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { learnerToNetwork, type NetworkOptions } from "../../construction/abbe-sandon/learner-to-network.js";
import type { EmulationNet } from "../../spec/abbe-sandon/emulation-net.js";
import type { Learner } from "../../spec/abbe-sandon/learner.js";
import { EMULATION_AMENDMENTS } from "../../spec/abbe-sandon/reading.js";
import type { Rational } from "../../spec/exact/rational.js";

/** What can be chosen; the least that works where it is not. */
export interface CertifyLearnerOptions extends NetworkOptions {
  readonly learningRate?: Rational;
}

/** A certificate, the bytes of its file, and the net. */
export interface CertifiedLearner {
  readonly certificate: EmulationCertificate;
  readonly text: string;
  readonly net: EmulationNet;
}

/**
 * Builds the net of a learner and has the checkers decide every claim about it.
 *
 * @param name a label
 * @throws {RangeError} if there are too few copies, or none of that number
 */
export function certifyLearner(
  name: string,
  learner: Learner,
  { learningRate, ...options }: CertifyLearnerOptions = {},
): Verdict<EmulationDecisionFault, CertifiedLearner> {
  const built = learnerToNetwork(learner, options);
  const net = learningRate === undefined ? built : { ...built, learningRate };
  const verdict = decideEmulation(learner, net);
  if (verdict.verdict !== "accepted") return verdict;
  const { inputs, memory, circuit } = learner;
  const learnerJson = { inputs, memory, circuit: encodeCircuit(circuit) };
  const [training, network] = [encodeTraining(net), encodeNet(net)];
  const certificate: EmulationCertificate = {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "abbe-sandon",
    statement: "emulation",
    reading: { name: "practical", amendments: EMULATION_AMENDMENTS },
    source: { name },
    learner: learnerJson,
    training,
    digests: { learner: digestOf(learnerJson), training: digestOf(training), network: digestOf(network) },
    verdicts: verdict.result,
    network,
  };
  return accepted({ certificate, text: printEmulationCertificate(certificate), net });
}
