/** What the exports of a circuit's network have in common. */
import { decodeFeedForward } from "../../certificates/wei-chen-ma/affine-json.js";
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeCircuit } from "../../certificates/wei-chen-ma/circuit-json.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";

/** A certificate's circuit and network, and lines about them. */
export interface ExportedCircuit {
  readonly circuit: AndInverterGraph;
  readonly network: FeedForward;
  readonly facts: Readonly<Record<string, string>>;
}

/** Reads a certificate that a checker accepts. */
export function exportedCircuit(certificate: CircuitCertificate): ExportedCircuit {
  const { source, digests, verdicts } = certificate;
  const circuit = decodeCircuit(certificate.circuit);
  if ("message" in circuit)
    throw new RangeError(`exportedCircuit: expected an accepted certificate: ${circuit.message}`);
  return {
    circuit,
    network: decodeFeedForward(certificate.network, "network"),
    facts: {
      "weightproof.circuit": source.name,
      "weightproof.inputs": circuit.inputs.join(" "),
      "weightproof.outputs": circuit.outputs.map(({ name }) => name).join(" "),
      "weightproof.margin": verdicts.margin.lower,
      "weightproof.digest.circuit": digests.circuit,
      "weightproof.digest.network": digests.network,
    },
  };
}
