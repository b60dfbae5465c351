/** The corpus of Wei, Chen and Ma: certificates of circuits' networks and of decoders. */
import affineSchema from "../../certificates/wei-chen-ma/affine.schema.json" with { type: "json" };
import { readCircuitText } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import circuitSchema from "../../certificates/wei-chen-ma/circuit.schema.json" with { type: "json" };
import { readDecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import decoderSchema from "../../certificates/wei-chen-ma/decoder.schema.json" with { type: "json" };
import type { Materializer } from "../materialize.js";
import type { CorpusRoom, Theme } from "../room.js";
import { BASES, makeBases } from "./bases.js";
import { circuitClaimCases, circuitInductionCases } from "./themes/circuit-claims.js";
import { circuitNumberCases, circuitPartCases, circuitShapeCases } from "./themes/circuits.js";
import { decoderClaimCases, decoderNumberCases, decoderPartCases } from "./themes/decoders.js";

function circuitThemes(materializer: Materializer): readonly Theme[] {
  const data = materializer.dataOf(BASES.choice);
  return [
    {
      name: "parts",
      about: "Readings, digests, circuits and numbers that are not what they must be.",
      drafts: circuitPartCases(data),
    },
    { name: "shapes", about: "Networks that are none, or of another shape.", drafts: circuitShapeCases(data) },
    { name: "numbers", about: "One number of the network changed, in every row.", drafts: circuitNumberCases(data) },
    {
      name: "claims",
      about: "Margins, perturbations, counts and samples that do not follow.",
      drafts: circuitClaimCases(data),
    },
    {
      name: "induction",
      about: "A circuit whose inputs are too many to try.",
      drafts: circuitInductionCases(materializer.dataOf(BASES.many)),
    },
  ];
}

function decoderThemes(materializer: Materializer): readonly Theme[] {
  const data = materializer.dataOf(BASES.decoder);
  return [
    {
      name: "parts",
      about: "Readings, digests, machines and vectors that are not what they must be.",
      drafts: decoderPartCases(data),
    },
    { name: "numbers", about: "One number of a layer changed.", drafts: decoderNumberCases(data) },
    {
      name: "claims",
      about: "Margins, perturbations, runs and counts that do not follow.",
      drafts: decoderClaimCases(data),
    },
  ];
}

/** How a certificate can be refused before its claims are decided. */
const TEXT_CODES = ["too-large", "not-json", "unknown-system", "unknown-statement", "schema", "not-canonical"];

/** The corpus of the system wei-chen-ma. */
export const weiChenMa: CorpusRoom = {
  system: "wei-chen-ma",
  flags: {
    WrongCircuit: "A circuit that is none.",
    WrongNetwork: "A network that does not compute the circuit, or is not binary where it must be.",
    WrongDecoder: "A decoder that does not follow its machine, or whose parts are not what they must be.",
    WrongMargin: "A margin or a bound that is not shown.",
    WrongFlip: "A perturbation that is none, has another norm, or turns nothing.",
    WrongSample: "Another number of samples.",
  },
  makeBases,
  statements: {
    circuit: {
      schema: circuitSchema,
      documents: [affineSchema],
      read: readCircuitText,
      checkers: ["first", "second"],
      codes: [
        ...TEXT_CODES,
        "reading",
        "digest",
        "circuit",
        "network",
        "number",
        "shape",
        "correction",
        "binary",
        "function",
        "margin",
        "theorem",
        "flip",
        "counts",
        "sample",
      ],
      base: BASES.choice,
      free: ["/source/name", "/network/layers/*/name"],
      themes: circuitThemes,
    },
    decoder: {
      schema: decoderSchema,
      documents: [affineSchema],
      read: readDecoderCertificate,
      checkers: ["first", "second"],
      codes: [
        ...TEXT_CODES,
        "reading",
        "digest",
        "source-machine",
        "normal-form",
        "label",
        "network",
        "decoder-shape",
        "capacity",
        "embedding",
        "start",
        "classifier",
        "attention-unsupported",
        "attention-gap",
        "binary",
        "correction",
        "step",
        "formula",
        "margin",
        "flip",
        "replay-run",
        "counts",
      ],
      base: BASES.decoder,
      free: ["/source/name"],
      themes: decoderThemes,
    },
  },
};
