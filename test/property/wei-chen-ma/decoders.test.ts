/** Decoders of random machines: accepted by the checker, and equal to the machine in every entry of every pass, in every engine. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decoderHistory } from "../../../arbitraries/tape-machines.js";
import { checkStep } from "../../../checkers/wei-chen-ma/check-step.js";
import { formulaChanges } from "../../../construction/wei-chen-ma/decoder-to-certificate.js";
import { machineToDecoder } from "../../../construction/wei-chen-ma/machine-to-decoder.js";
import { decodeExactly } from "../../../execution/wei-chen-ma/decode.js";
import { indexDecoder, runIndexed } from "../../../execution/wei-chen-ma/decode-indexed.js";
import { startOfTape, stepTape, symbolUnderHead } from "../../../spec/machines/tape-machine.js";
import { encodeOutput } from "../../../spec/wei-chen-ma/decoder-step.js";

describe("decoders of random machines", () => {
  it("should be accepted, and follow the machine pass by pass", () => {
    fc.assert(
      fc.property(decoderHistory(), ({ machine, tape, input, passes }) => {
        const built = machineToDecoder({ machine, passes, tape, inputLength: input.length });
        const claim = { ...built, machine, passes, formulas: formulaChanges(built.functions) };
        expect(checkStep(claim)).toMatchObject({ verdict: "accepted" });
        const indexed = indexDecoder(claim);
        if (indexed.verdict !== "accepted") throw new Error(indexed.message);
        const { sizes, width } = built.decoder;
        let configuration = startOfTape(input);
        let pass = 0;
        for (const { output } of decodeExactly(built.decoder, input)) {
          if (++pass > 1) configuration = stepTape(machine, configuration, tape).after;
          const { state, head } = configuration;
          const expected = { state, symbol: symbolUnderHead(configuration), position: head };
          expect(output).toEqual(encodeOutput(sizes, width, expected));
          if (pass === passes) break;
        }
        const run = runIndexed(indexed.result, input, { untilHalt: false });
        expect([run.state, run.position]).toEqual([configuration.state, configuration.head]);
        expect(run.nonblank).toBe([...configuration.cells.values()].filter((symbol) => symbol !== 0).length);
      }),
      { seed: 13, numRuns: 40 },
    );
  });
});
