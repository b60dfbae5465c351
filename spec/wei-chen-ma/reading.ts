/** Which amendments the definitions that certificates of circuits rest on embody; amendments/wei-chen-ma/ replays each. */
export const CIRCUIT_AMENDMENTS: readonly string[] = [
  "round-variable",
  "round-weights",
  "not-diagonal",
  "q-times",
  "d1-index",
  "constants",
  "several-outputs",
  "local-mu0",
];
