/** The certificate of a decoder about which everything has been decided. */
import { digestOf } from "../../certificates/canonical.js";
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION } from "../../certificates/envelope.js";
import type { DecoderCertificate, DecoderVerdictsJson } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { encodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import { encodeTapeMachine, encodeTapeSource } from "../../certificates/wei-chen-ma/tape-machine-json.js";
import type { TapeMachine, TapesMachine } from "../../spec/machines/tape-machine.js";
import { DECODER_AMENDMENTS } from "../../spec/wei-chen-ma/decoder-reading.js";
import type { FunctionLayer } from "./decoder-passes.js";
import type { BuiltDecoder } from "./machine-to-decoder.js";

/** Assembles it. @param passes N */
export function decoderToCertificate(
  source: TapesMachine,
  machine: TapeMachine,
  passes: number,
  { decoder, label, tape, functions }: BuiltDecoder,
  verdicts: DecoderVerdictsJson,
): DecoderCertificate {
  const parts = {
    source: encodeTapeSource(source),
    machine: encodeTapeMachine(machine),
    decoder: encodeDecoder(decoder),
  };
  return {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "wei-chen-ma",
    statement: "decoder",
    reading: { name: "amended", amendments: DECODER_AMENDMENTS },
    source: parts.source,
    machine: parts.machine,
    tape,
    passes,
    label,
    digests: {
      source: digestOf(parts.source),
      machine: digestOf(parts.machine),
      decoder: digestOf(parts.decoder),
    },
    verdicts,
    decoder: parts.decoder,
    formulas: formulaChanges(functions),
  };
}

/** What each layer's coordinates hold, where that is not what they held after the layer before; "0" where they hold nothing more. */
export function formulaChanges(
  functions: readonly FunctionLayer[],
): (readonly [coordinate: number, formula: string])[][] {
  let before: ReadonlyMap<number, string> = new Map();
  return functions.map(({ labels }) => {
    const coordinates = [...new Set([...before.keys(), ...labels.keys()])].toSorted((a, b) => a - b);
    const changes = coordinates.flatMap((coordinate) => {
      const label = labels.get(coordinate) ?? "0";
      return label === (before.get(coordinate) ?? "0") ? [] : [[coordinate, label] as const];
    });
    before = labels;
    return changes;
  });
}
