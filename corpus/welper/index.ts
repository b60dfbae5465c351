/** The corpus of Welper: certificates of tracing losses. */
import { readTracingCertificate } from "../../certificates/welper/tracing-certificate.js";
import tracingSchema from "../../certificates/welper/tracing.schema.json" with { type: "json" };
import type { Materializer } from "../materialize.js";
import type { CorpusRoom, Theme } from "../room.js";
import { BASES, makeBases } from "./bases.js";
import { tracingClaimCases, tracingNumberCases, tracingPartCases } from "./themes/tracing.js";

function tracingThemes(materializer: Materializer): readonly Theme[] {
  const data = materializer.dataOf(BASES.copy);
  return [
    {
      name: "parts",
      about: "Readings, digests, machines, symbols and constants that are not what they must be.",
      drafts: tracingPartCases(data),
    },
    {
      name: "numbers",
      about: "ReLUs, levels and rates that are not what they must be.",
      drafts: tracingNumberCases(data),
    },
    { name: "claims", about: "Runs and counts that do not follow.", drafts: tracingClaimCases(data) },
  ];
}

/** The corpus of the system welper. */
export const welper: CorpusRoom = {
  system: "welper",
  flags: {
    WrongReadOut: "A loss that is none, or whose read-outs are not those of the machine.",
    WrongLoss: "A loss whose descent is not the machine's, or not that of the paper.",
  },
  makeBases,
  statements: {
    tracing: {
      schema: tracingSchema,
      documents: [],
      read: readTracingCertificate,
      checkers: ["first", "second"],
      codes: [
        "too-large",
        "not-json",
        "unknown-system",
        "unknown-statement",
        "schema",
        "not-canonical",
        "reading",
        "digest",
        "source-machine",
        "normal-form",
        "network",
        "coding",
        "read-out",
        "constants",
        "kink",
        "argmin",
        "tie",
        "levels",
        "projection",
        "back-edge",
        "condition-18",
        "corner",
        "named-point",
        "replay-run",
        "counts",
      ],
      base: BASES.copy,
      free: ["/source/name"],
      themes: tracingThemes,
    },
  },
};
