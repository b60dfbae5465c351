/** All small training sets, in a fixed order. */
import { hypercube, type Example, type Sign } from "../../inputs/examples/examples.js";

/** A training set and its sizes. */
export interface SmallSet {
  readonly d: number;
  readonly m: number;
  readonly examples: readonly Example[];
}

/** Every sequence of m <= maxM labelled points of d <= maxD coordinates: (2^(d+1))^m of each size. */
export function* trainingSets(maxD: number, maxM: number): Generator<SmallSet> {
  for (let d = 1; d <= maxD; d++) {
    const single = hypercube(d).flatMap((x) => ([1, -1] as const).map((y: Sign): Example => ({ x, y })));
    for (let m = 1; m <= maxM; m++) {
      const count = single.length ** m;
      for (let k = 0; k < count; k++) {
        const examples = Array.from(
          { length: m },
          (_, i) => single[Math.floor(k / single.length ** i) % single.length] as Example,
        );
        yield { d, m, examples };
      }
    }
  }
}
