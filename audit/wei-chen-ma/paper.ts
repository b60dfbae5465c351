/** What the audit knows of Wei, Chen and Ma. */
import { AMENDMENTS } from "../../amendments/wei-chen-ma/index.js";
import type { AuditedPaper, NamedConstant } from "../paper.js";
import { checkAsEvidence } from "./certificates.js";
import { COMPUTATIONS } from "./computations.js";
import { growthFigures } from "./growth.js";
import { weiChenMaClaims } from "./registry.js";

const CONSTANTS: readonly NamedConstant[] = [
  [
    "alpha / s",
    "circuits-measured",
    "alpha / s at most",
    "|theta|_1 = O(s), Theorem 3.1; 16 is enough for every circuit",
  ],
  ["d / q", "circuits-measured", "d / q at most", "depth O(q), Theorem 3.1; d = 4 q - 6"],
  ["w / r", "circuits-measured", "w / r at most", "width O(r), Theorem 3.1; round has two ReLUs a coordinate"],
  ["plain chain, d = 1", "toy-chain-plain", "margin, d = 1", "the margin without round, sqrt(d) (1 - 2^(-1/d))"],
  ["plain chain, d = 256", "toy-chain-plain", "margin, d = 256", "the same; it falls as ln 2 / sqrt(d)"],
  [
    "with round, d >= 2",
    "toy-chain-with-round",
    "norm of a flip, d >= 2",
    "Claim 3.5 is from below: the margin is at least 1/3, at most this",
  ],
  [
    "n, c17",
    "samples-of-circuits",
    "c17, least n",
    "examples for error 1/10 with probability 99/100, constants explicit",
  ],
  ["n, 4 x 4 bits", "samples-of-circuits", "multiplier4, least n", "the same for a multiplier"],
  ["n, c17, w = 1000000", "samples-against-width", "w = 1000000", "the same for c17, overparameterized 100,000 times"],
  [
    "VC, c17, w = 1000000",
    "samples-against-width",
    "VC expression, w = 1000000",
    "p d ln p / epsilon^2 there, without constants",
  ],
  ["layers, Theorem 4.1", "decoders-measured", "layers", "w = log2(T + 2) bits of a position"],
  ["n, BB(4), T = 2^40 - 2", "samples-of-decoders", "w = 40, least n", "examples for error 1/10"],
  [
    "exponent of log T",
    "samples-of-decoders",
    "exponent of log T from w = 13 to 40",
    "n grows with this power of log T",
  ],
  [
    "exponent of 1/margin",
    "margins-of-decoders",
    "exponent of 1/margin from w = 13 to 40",
    "1/margin grows with this power of log T",
  ],
  ["bits of a weight", "bits-of-a-weight", "bits at w = 40", "log2 w + 1, that is log log T, at T = 2^40 - 2"],
  [
    "error beyond the best",
    "proposition-2-2",
    "factor of 1/sqrt(n)",
    "2 sqrt(ln 200), Proposition 2.2 at delta = 1/100",
  ],
];

/** The room of Wei, Chen and Ma. */
export const WEI_CHEN_MA_PAPER: AuditedPaper = {
  title:
    "Statistically Meaningful Approximation: A Theoretical Analysis for Approximating Turing Machines with Transformers",
  citation: "Colin Wei, Yining Chen, Tengyu Ma; NeurIPS 2022",
  claims: weiChenMaClaims,
  amendments: AMENDMENTS,
  computations: COMPUTATIONS,
  check: checkAsEvidence,
  constants: CONSTANTS,
  figures: growthFigures,
  drawings: () => [],
};
