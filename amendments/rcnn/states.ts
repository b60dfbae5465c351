/**
 * Amendments to the code of states: the last item of the list in B.1.1 and the first one in B.1.2.
 */
import { formatRational, negativePowerOfThree, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { cellCode, cellFromValue, headOnCell, headValue, PHASE_VALUE } from "../../spec/rcnn/cell-code.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const STATE_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "state-digits",
    place: "B.1.1, sum over i and list of indices",
    printed: "The state occupies the indices 4 ... log2(s) + 4, which are log2(s) + 1 digits.",
    amended: "It occupies log2(s) digits, 4 ... K with K = log2(s) + 3.",
    reason:
      "The precision stated in the same place, log(s) + 4 digits from index 0 on, leaves log(s) digits for the state.",
    order: "s = 1, 2, 4, 8, 16",
    instances: stateDigitCount,
  }),
  amendment({
    id: "power-of-two",
    place: "B.1.1 and B.1.2, wherever log(s) counts digits",
    printed: "log2(s) is used as an index for every s.",
    amended:
      "It is rounded up: K = 3 + ceil(log2 s), as the precision in Theorem 1 is. Codes beyond s denote no state.",
    reason: "Unless s is a power of two, it is not an integer.",
    order: "s = 1 ... 16",
    instances: powerOfTwo,
  }),
  amendment({
    id: "state-code",
    place: "B.1.2, item States, against the list of indices in B.1.1",
    printed: "The digits of a state are -1 or 1, and the start state is 0.",
    amended: "They are 0 or 1, as in B.1.1; state 0, all zeros, is the start state.",
    reason:
      "f-bar_msg sets the head and no state digit, so 0 must be the code of the start state; no sum of digits +-1 is 0.",
    order: "s = 1 ... 16, with ceil(log2 s) digits",
    instances: stateCode,
  }),
  amendment({
    id: "state-scale",
    place: "B.1.2, item States, against state() in B.1.1 and 3^-4 in f-bar_TM",
    printed: "The code of a state has the weights 3^-i, i from 4 on; f-bar_TM multiplies it by 3^-4 once more.",
    amended: "gamma(x)[0] is in the units of state(), which are 3^4 times the weights in the cell.",
    reason: "Otherwise the digits of the new state land at indices from 8 on, where nothing reads them.",
    order: "s = 1 ... 4, then q = 0 ... s - 1",
    instances: stateScale,
  }),
];

function* upTo(last: number): Generator<number> {
  for (let s = 1; s <= last; s++) yield s;
}

function* stateDigitCount(): Generator<Instance> {
  for (const s of upTo(16)) {
    if (!isPowerOfTwo(s)) continue;
    const finding = (lastIndex: number): Finding => ({
      holds: lastIndex + 1 === cellCode(s).stateDigits + 4,
      found: `indices 0 ... ${lastIndex} are ${lastIndex + 1} digits, ${2 ** (lastIndex - 3)} state codes`,
    });
    const logarithm = cellCode(s).stateDigits;
    yield {
      text: `s = ${s}, whose bit precision is log(s) + 4 = ${logarithm + 4}`,
      printed: () => finding(logarithm + 4),
      amended: () => finding(cellCode(s).lastIndex),
    };
  }
}

function* powerOfTwo(): Generator<Instance> {
  for (const s of upTo(16)) {
    const { lastIndex, stateDigits } = cellCode(s);
    yield {
      text: `s = ${s}`,
      printed: () => ({
        holds: isPowerOfTwo(s),
        found: isPowerOfTwo(s) ? `log2(s) = ${stateDigits}` : "log2(s) is not an integer, so there is no last index",
      }),
      amended: () => ({
        holds: Number.isInteger(lastIndex) && 2 ** (lastIndex - 3) >= s,
        found: `the last index is ${lastIndex}, with ${2 ** (lastIndex - 3)} state codes`,
      }),
    };
  }
}

function* stateCode(): Generator<Instance> {
  for (const s of upTo(16)) {
    const code = cellCode(s);
    const finding = (letters: readonly bigint[]): Finding => {
      let codes: Rational[] = [ZERO];
      for (let i = 4; i <= code.lastIndex; i++) {
        const weight = negativePowerOfThree(i);
        codes = codes.flatMap((value) => letters.map((letter) => value.add(weight.mul(rational(letter)))));
      }
      const names = codes.slice(0, 4).map(formatRational).join(", ");
      return {
        holds: codes.length >= s && codes.some((value) => value.n === 0n),
        found: `the codes are ${names}${codes.length > 4 ? ", ..." : ""}`,
      };
    };
    yield {
      text: `s = ${s}, the code 0 of the start state`,
      printed: () => finding([-1n, 1n]),
      amended: () => finding([0n, 1n]),
    };
  }
}

function* stateScale(): Generator<Instance> {
  for (const s of upTo(4)) {
    const code = cellCode(s);
    for (let q = 0; q < s; q++) {
      const own = headValue(code, q).sub(negativePowerOfThree(3));
      const finding = (arriving: Rational): Finding => {
        const value = PHASE_VALUE.add(arriving);
        const read = headOnCell(code, cellFromValue(code, value))?.state;
        return {
          holds: read === q,
          found: `the cell holds ${formatRational(value)}, which shows ${read === undefined ? "no state" : `state ${read}`}`,
        };
      };
      yield {
        text: `s = ${s}, a head in state ${q} with code ${formatRational(own)} arrives at the cell 3^-2`,
        printed: () => finding(negativePowerOfThree(3).add(own.mul(negativePowerOfThree(4)))),
        amended: () => finding(headValue(code, q)),
      };
    }
  }
}

function isPowerOfTwo(s: number): boolean {
  return (s & (s - 1)) === 0;
}
