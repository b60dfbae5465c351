/** Which amendments the definitions that certificates of tracing rest on embody; amendments/welper/ replays each. */
export const TRACING_AMENDMENTS: readonly string[] = [
  "step-sign",
  "fan-loss",
  "tripling-type",
  "shift-sign",
  "clamped-shift",
  "stay-reads",
  "unit-vectors",
  "tie-at-zero",
];
