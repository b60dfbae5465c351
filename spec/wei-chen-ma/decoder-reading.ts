/** The amendments that the definitions of decoders embody, in the order in which a certificate names them. */
export const DECODER_AMENDMENTS: readonly string[] = [
  "position-bits",
  "first-symbol",
  "first-step-outside",
  "extra-step",
  "initial-output",
  "long-input",
  "left-end",
  "halting-loop",
  "halting-label",
  "c3-pos1",
  "affine",
  "pair-width",
  "scratch",
  "i-prime",
  "c5-null",
  "c5-case-2",
  "c3-cites",
  "c7-query",
  "round-variable",
  "round-weights",
  "encoder-uncorrected",
  "hard-max-min",
  "precision",
];

/**
 * The amendments that change what a decoder computes, so that one can be built with any of them left out. The others are of the text
 * (`c5-case-2`, `c5-null`, `c3-pos1`, `initial-output`), of sizes without which nothing can be built (`pair-width`, `scratch`), of
 * round's spelling, or of margin and precision.
 */
export const PRINTED_CHOICES = [
  "position-bits",
  "first-symbol",
  "first-step-outside",
  "extra-step",
  "long-input",
  "left-end",
  "halting-loop",
  "halting-label",
  "affine",
  "i-prime",
  "c3-cites",
  "c7-query",
] as const;

/** One of them. */
export type PrintedChoice = (typeof PRINTED_CHOICES)[number];
