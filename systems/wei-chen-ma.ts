/** Wei, Chen, Ma: circuits and Turing machines as networks with a certified all-layer margin. */
import type { System } from "./system.js";
import { DECODER_VERBS } from "./wei-chen-ma/decoder-verbs.js";

export const weiChenMa: System = {
  id: "wei-chen-ma",
  title: "Statistically Meaningful Approximation: a Case Study on Approximating Turing Machines with Transformers",
  citation: "Colin Wei, Yining Chen, Tengyu Ma; NeurIPS 2022",
  link: "https://arxiv.org/abs/2107.13163",
  sources: ["Turing machines on one tape of any finite alphabet"],
  statements: {
    decoder: "these numbers are a decoder every pass of which is a step of this machine, with this all-layer margin",
  },
  verbs: DECODER_VERBS,
  checkers: async () => ({ decoder: (await import("./wei-chen-ma/decoder-checkers.js")).DECODER_CHECKERS }),
};
