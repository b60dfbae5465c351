/** Every bomb of the corpus, each in a process with little memory. */
import { describe } from "vitest";
import { BOMBS, itIsAnswered } from "../mutants/bombs.js";

describe("bombs", () => {
  for (const one of BOMBS) itIsAnswered(one);
});
