/** Committed certificates as evidence: each is decided from its text, once. */
import { join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkCircuit } from "../../checkers/wei-chen-ma/check-circuit.js";
import { checkDecoder } from "../../checkers/wei-chen-ma/check-decoder.js";
import { accepted, isAccepted, type Verdict } from "../../checkers/verdict.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { certificatesFolder } from "../package-folder.js";
import type { CertificateEvidence } from "../paper.js";

/** Circuits whose certificates are committed. */
export const CERTIFIED_CIRCUITS: readonly string[] = [
  "c17",
  "full-adder",
  "present-sbox",
  "parity8",
  "adder4",
  "majority7",
  "mux16",
  "comparator4",
  "multiplier4",
];

const circuits = new Map<string, CircuitCertificate>();

/** The certificate of a circuit, if it is accepted. @throws {Error} if it is not */
export function acceptedCircuit(name: string): CircuitCertificate {
  const known = circuits.get(name);
  if (known !== undefined) return known;
  const path = join(certificatesFolder(), "wei-chen-ma", `${name}.json`);
  const verdict = checkCircuit(readExactTextFile(path, MAX_CERTIFICATE_BYTES));
  if (!isAccepted(verdict)) throw new Error(`acceptedCircuit: the certificate of ${name} is ${verdict.verdict}`);
  circuits.set(name, verdict.result);
  return verdict.result;
}

/** Decides a certificate of either statement; the parts are those of its verdicts. */
export function checkAsEvidence(text: string): Verdict<string, CertificateEvidence> {
  if (!text.includes('"statement": "decoder"')) {
    const verdict = checkCircuit(text);
    return isAccepted(verdict) ? accepted(circuitEvidence(verdict.result)) : verdict;
  }
  const verdict = checkDecoder(text);
  return isAccepted(verdict) ? accepted(decoderEvidence(verdict.result)) : verdict;
}

function circuitEvidence({ source, verdicts }: CircuitCertificate): CertificateEvidence {
  const { function: computed, binary, correction, norms, margin, exactness, sample } = verdicts;
  return {
    instance: `the certificate of ${source.name}`,
    parts: {
      function: `${computed.layers} layers of gates${computed.inputs === null ? "" : `, ${computed.inputs} inputs enumerated`}`,
      binary: `${binary.coordinates} coordinates are 0 or 1`,
      correction: `${correction.coordinates} coordinates in ${correction.pairs} corrections of radius ${correction.radius}`,
      norms: `|theta|_1 = ${norms.alpha}, ${norms.depth} layers of ReLUs, width ${norms.leastWidth}`,
      margin: `at least ${margin.lower}${margin.flip === null ? "" : `; a flip has squared norm ${margin.flip.squaredNorm}`}`,
      theorem: `Theorem D.6 gives at least ${margin.theorem.bound}`,
      exactness: `no sum above ${exactness.largestSum}`,
      sample: `${sample.explicit} examples`,
    },
  };
}

function decoderEvidence({ source, passes, verdicts }: DecoderCertificate): CertificateEvidence {
  const { step, binary, correction, norms, margin, exactness, softmax, replay } = verdicts;
  const { any, bit, last, input } = step.attention;
  return {
    instance: `the certificate of ${source.name} as a decoder, N = ${passes}`,
    parts: {
      step: `every history and input; ${any + bit + last + input} attention modules in ${step.layers} layers`,
      binary: `${binary.coordinates} coordinates are 0 or 1`,
      correction: `${correction.layers} corrections of radius ${correction.radius}`,
      norms: `|theta|_1 = ${norms.alpha}, ${norms.layers} layers, width ${norms.width}, weights up to ${norms.largestWeight}`,
      margin: `at least ${margin.bound}`,
      exactness: `no sum above ${exactness.largestSum}`,
      softmax: softmax.scale === null ? "no scale" : `scale ${softmax.scale} gives the same after every correction`,
      replay: `${replay.length} runs`,
    },
  };
}
