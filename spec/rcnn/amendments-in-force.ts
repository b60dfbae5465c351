/**
 * The amendments that the definitions of code, filter and head in this folder embody, by id; amendments/rcnn/ has each with
 * place, reason and counterexample. A certificate names them: it is a statement about this reading and no other.
 */
export const AMENDMENTS_IN_FORCE: readonly string[] = [
  "digit-zero",
  "state-digits",
  "power-of-two",
  "state-code",
  "state-scale",
  "head-cell",
  "padding-has-no-digits",
  "start-corner",
  "border-stays",
  "head-right-state",
  "head-left-state",
  "halting-fixed-point",
  "head-continuous",
  "head-blank-cell",
];
