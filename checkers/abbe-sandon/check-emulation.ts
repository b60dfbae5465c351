/**
 * Decides the certificate of an emulation net from its own text and the specification alone. Nothing in it is believed; every claim
 * is decided again from the numbers, and must be stated exactly as it was decided.
 */
import { digestOf } from "../../certificates/canonical.js";
import type { CertificateTextFault } from "../../certificates/envelope.js";
import { readEmulationText, type EmulationCertificate } from "../../certificates/abbe-sandon/emulation-certificate.js";
import { decodeNet, EmulationJsonError } from "../../certificates/abbe-sandon/emulation-json.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import type { EmulationNet } from "../../spec/abbe-sandon/emulation-net.js";
import { learnerFault, type Learner } from "../../spec/abbe-sandon/learner.js";
import { EMULATION_AMENDMENTS } from "../../spec/abbe-sandon/reading.js";
import { difference } from "../difference.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { withinWork, Work } from "../work.js";
import { decideEmulation, type EmulationDecisionFault } from "./decide-emulation.js";

/** Every code with which the certificate of an emulation net is rejected; EMULATION.md gives the condition of each. */
export type EmulationFault =
  | EmulationDecisionFault
  | CertificateTextFault
  | "reading"
  | "digest"
  | "circuit"
  | "number"
  | "activation"
  | "network"
  | "counts";

/** Decides the text of a certificate. No text makes it throw; where the computer's memory or stack ends, it is left undecided. */
export function checkEmulation(text: string): Verdict<EmulationFault, EmulationCertificate> {
  try {
    return withinWork(() => decide(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string): Verdict<EmulationFault, EmulationCertificate> {
  const read = readEmulationText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  const { reading, digests, verdicts } = certificate;
  const stated = difference("reading", reading.amendments, EMULATION_AMENDMENTS, "reading.amendments");
  if (stated !== undefined) return stated;
  for (const part of ["learner", "training", "network"] as const) {
    const digest = digestOf(certificate[part]);
    if (digests[part] === digest) continue;
    const witness = { stated: digests[part], computed: digest };
    return rejected("digest", `digests.${part}`, `the digest of ${part} is another`, witness);
  }
  const learner = learnerOf(certificate);
  if ("verdict" in learner) return learner;
  const net = netOf(certificate);
  if ("verdict" in net) return net;
  const decided = decideEmulation(learner, net, new Work(text.length));
  if (decided.verdict !== "accepted") return decided;
  return difference("counts", verdicts, decided.result, "verdicts") ?? accepted(certificate);
}

function learnerOf({ learner }: EmulationCertificate): Learner | Rejected<"circuit"> {
  const circuit = decodeCircuit(learner.circuit);
  if ("message" in circuit) return rejected("circuit", `learner.circuit.${circuit.path}`, circuit.message);
  const { inputs, memory } = learner;
  const fault = learnerFault({ inputs, memory, circuit });
  return fault === undefined ? { inputs, memory, circuit } : rejected("circuit", "learner.circuit", fault);
}

function netOf({
  learner,
  training,
  network,
}: EmulationCertificate): EmulationNet | Rejected<EmulationJsonError["code"]> {
  try {
    return decodeNet(learner.inputs, training, network);
  } catch (error) {
    if (!(error instanceof EmulationJsonError)) throw error;
    return rejected(error.code, error.path, error.message);
  }
}
