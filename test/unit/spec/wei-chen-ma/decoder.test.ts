import { describe, expect, it } from "vitest";
import { rational } from "../../../../spec/exact/rational.js";
import { attend, type Attention } from "../../../../spec/networks/attention.js";
import { startOfTape, stepTape, symbolUnderHead } from "../../../../spec/machines/tape-machine.js";
import { classify, decode, encode, positionalCode } from "../../../../spec/wei-chen-ma/decoder.js";
import { bin, decoderGroups, fitsCapacity, longestInput } from "../../../../spec/wei-chen-ma/decoder-layout.js";
import { encodeInput, encodeOutput } from "../../../../spec/wei-chen-ma/decoder-step.js";
import { claimOf } from "../../../mutants/wei-chen-ma/decoders.js";

const of = (...values: number[]) => values.map((value) => rational(BigInt(value)));

describe("bin", () => {
  it("should have the most significant bit first, and residues of negative positions", () => {
    expect(bin(6, 4)).toEqual([0, 1, 1, 0]);
    expect(bin(-1, 3)).toEqual([1, 1, 1]);
    expect(bin(9, 3)).toEqual([0, 0, 1]);
    expect(bin(2 ** 40 - 1, 40)).toEqual(Array.from({ length: 40 }, () => 1));
  });
});

describe("fitsCapacity", () => {
  it("should be what positions that a run may name need, tried on all small runs", () => {
    for (let bits = 1; bits <= 4; bits++) {
      for (let passes = 1; passes <= 20; passes++) {
        for (let m = 0; m <= 20; m++) {
          const room = 2 ** bits;
          // From 2 - N to m, or to where the head gets; and passes from 1 to N beside 0.
          const two =
            Math.max(passes, passes + m - 1, passes + 1) < room + Number(m > 1 || passes + Math.max(m, 1) <= room);
          expect(fitsCapacity(bits, passes, m, "two-way")).toBe(passes + Math.max(m, 1) <= room);
          expect(fitsCapacity(bits, passes, m, "one-way")).toBe(Math.max(passes, m) < room);
          if (fitsCapacity(bits, passes, m, "two-way")) expect(two).toBe(true);
        }
        for (const tape of ["two-way", "one-way"] as const) {
          const longest = Number(longestInput(bits, passes, tape));
          expect(fitsCapacity(bits, passes, 0, tape)).toBe(longest >= 0);
          if (longest < 0) continue;
          expect(fitsCapacity(bits, passes, longest, tape)).toBe(true);
          expect(fitsCapacity(bits, passes, longest + 1, tape)).toBe(false);
        }
      }
    }
  });
});

describe("attend", () => {
  const identity = (d: number) => ({
    inputs: d,
    rows: Array.from({ length: d }, (_, c) => ({ bias: 0, entries: [[c, 1] as const] })),
  });
  const module: Attention = {
    query: identity(2),
    key: identity(2),
    value: identity(2),
    nullKey: [1, 0],
    nullValue: [10, 0],
  };

  it("should take null where no score is as large, and be h + the null value", () => {
    const { output, positions } = attend(module, of(1, 0), [of(0, 5)]);
    expect(positions).toEqual([0]);
    expect(output.map(String)).toEqual(["11", "0"]);
  });

  it("should take the mean over ties, null among them", () => {
    const { output, positions } = attend(module, of(1, 0), [of(1, 4), of(0, 9), of(1, 0)]);
    expect(positions).toEqual([0, 1, 3]);
    expect(output.map(String)).toEqual(["5", String(rational(4n, 3n))]);
  });

  it("should read null where there is nothing else", () => {
    expect(attend(module, of(-7, 3), []).positions).toEqual([0]);
  });
});

describe("decode", () => {
  const cases = [
    ["bb2", "two-way", []],
    ["bb2", "two-way", [1, 0, 1]],
    ["bb3", "two-way", [0, 1]],
    ["bb2x3", "one-way", [2, 1, 2]],
  ] as const;
  it.each(cases)("should follow %s on a %s tape from input %j, and label it", (name, tape, input) => {
    const passes = 14;
    const { decoder, machine } = claimOf(name, { passes, tape, inputLength: input.length });
    let configuration = startOfTape(input);
    let pass = 0;
    for (const { hidden, self } of decode(decoder, input)) {
      if (++pass > 1) configuration = stepTape(machine, configuration, tape).after;
      const { state, head } = configuration;
      const symbol = symbolUnderHead(configuration);
      const encoded = { state, symbol, position: head };
      const output = hidden.at(-1) ?? [];
      expect(output.map(Number)).toEqual(encodeOutput(decoder.sizes, decoder.width, encoded));
      expect(self).toHaveLength(decoder.layers.length);
      expect(Number(classify(decoder, output))).toBe(machine.halting[state] === true ? 1 : -1);
      if (pass === passes) break;
    }
  });

  it("should hold 0 or 1 after every layer", () => {
    const { decoder } = claimOf("bb2", { passes: 8 });
    let pass = 0;
    for (const { hidden } of decode(decoder, [])) {
      for (const h of hidden) for (const entry of h) expect(["0", "1"]).toContain(String(entry));
      if (++pass === 8) break;
    }
  });

  it("should begin passes with (C.3), which has the code of the pass that follows", () => {
    const { decoder } = claimOf("bb2", { passes: 3 });
    const { sizes, width } = decoder;
    const passes = decode(decoder, [1]);
    const [first, second] = [passes.next().value, passes.next().value];
    expect(first?.hidden[0]?.map(Number)).toEqual(
      encodeInput(sizes, width, { state: sizes.states - 1, symbol: 0, position: 0 }, 1),
    );
    expect(second?.hidden[0]?.map(Number)).toEqual(encodeInput(sizes, width, { state: 0, symbol: 1, position: 1 }, 2));
  });

  it("should encode symbols and their positions (C.1)", () => {
    const { decoder } = claimOf("bb2", { passes: 5 });
    const { sizes, width } = decoder;
    const groups = decoderGroups(sizes);
    const [, second = []] = encode(decoder, [0, 1]);
    expect(second.flatMap((entry, c) => (entry === 0 ? [] : [c]))).toEqual([
      groups.symbol + 1,
      groups.step + sizes.bits - 2,
    ]);
    expect(positionalCode(sizes, width, 1).filter((entry) => entry === 1)).toHaveLength(1);
  });
});
