import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../../execution/tensors/backends.js";
import {
  decodeExactly,
  integerEngine,
  LeftIntegers,
  type DecodedPass,
} from "../../../../execution/wei-chen-ma/decode.js";
import { indexDecoder, runIndexed } from "../../../../execution/wei-chen-ma/decode-indexed.js";
import { runDecoder } from "../../../../execution/wei-chen-ma/run-decoder.js";
import { TensorDecoder } from "../../../../execution/wei-chen-ma/tensor-decode.js";
import { decode, type Decoder } from "../../../../spec/wei-chen-ma/decoder.js";
import { encodeOutput } from "../../../../spec/wei-chen-ma/decoder-step.js";
import { startOfTape, stepTape, symbolUnderHead } from "../../../../spec/machines/tape-machine.js";
import {
  biased,
  certificateOf,
  claimOf,
  plus,
  row,
  withMap,
  type MapPlace,
} from "../../../mutants/wei-chen-ma/decoders.js";

/** Outputs and reads of the first passes, as text. */
function byDefinition(decoder: Decoder, input: readonly number[], passes: number): string[] {
  const texts: string[] = [];
  for (const { hidden } of decode(decoder, input)) {
    texts.push((hidden.at(-1) ?? []).map((entry) => entry.toFraction()).join(" "));
    if (texts.length === passes) return texts;
  }
  return texts;
}

function byEngine(decoder: Decoder, input: readonly number[], passes: number): string[] {
  const texts: string[] = [];
  for (const { output } of decodeExactly(decoder, input)) {
    texts.push(output.map((entry) => (typeof entry === "number" ? String(entry) : entry.toFraction())).join(" "));
    if (texts.length === passes) return texts;
  }
  return texts;
}

/** A decoder with one weight changed, 160 times: rows that read something, and columns that they read, where there are such. */
function* mutantsOf(decoder: Decoder): Generator<Decoder> {
  const places: readonly MapPlace[] = ["ff", "round", "unround", "self.query", "self.key", "self.value"];
  let turn = 7;
  const next = (below: number): number => {
    turn = (48_271 * turn) % 2_147_483_647;
    return turn % below;
  };
  for (let i = 0; i < 160; i++) {
    const layer = next(decoder.layers.length);
    const self = decoder.layers[layer]?.self ?? null;
    const place = places[next(self === null ? 3 : 6)] as MapPlace;
    const by = next(2) === 0 ? 1 : -2;
    yield withMap(decoder, layer, place, (map) => {
      const live = map.rows.flatMap(({ entries }, r) => (entries.length > 0 ? [r] : []));
      const index = live[next(live.length)] ?? next(map.rows.length);
      const [column] = map.rows[index]?.entries[0] ?? [next(map.inputs)];
      return row(index, plus(column, by))(map);
    });
  }
}

describe("decodeExactly", () => {
  it("should equal the definition, entry by entry", () => {
    for (const [name, input] of [
      ["bb2", []],
      ["bb2x3", [1, 2]],
      ["bb3", [1]],
    ] as const) {
      const { decoder } = claimOf(name, { passes: 12, inputLength: input.length });
      expect(byEngine(decoder, input, 12)).toEqual(byDefinition(decoder, input, 12));
    }
  });

  it("should equal it for 100 changed weights, wrong results included", () => {
    const { decoder } = claimOf("bb2", { passes: 5 });
    const right = byEngine(decoder, [1], 4);
    let wrong = 0;
    for (const mutant of [...mutantsOf(decoder)].slice(0, 100)) {
      const found = byEngine(mutant, [1], 4);
      expect(found).toEqual(byDefinition(mutant, [1], 4));
      if (found.join() !== right.join()) wrong++;
    }
    expect(wrong).toBeGreaterThan(20);
  });

  it("should leave the integers where ties have different values, and go on in rationals", () => {
    const { decoder, functions } = claimOf("bb2", { passes: 7 });
    const c6 = functions.findIndex(({ lemma }) => lemma.startsWith("C.6"));
    // C.6 without any comparison: all steps tie, and their symbols differ.
    const blind = withMap(decoder, c6, "self.query", (map) => ({
      ...map,
      rows: map.rows.map(() => ({ bias: 0, entries: [] })),
    }));
    const engine = integerEngine(blind, []);
    expect(() => {
      for (let i = 0; i < 7; i++) engine.next();
    }).toThrow(LeftIntegers);
    const found = byEngine(blind, [], 7);
    expect(found).toEqual(byDefinition(blind, [], 7));
    expect(found.join()).toContain("/");
  });

  it("should name the positions that every module reads", () => {
    const { decoder } = claimOf("bb2", { passes: 7 });
    let pass = 0;
    const engine = decodeExactly(decoder, []);
    for (const { self } of decode(decoder, [])) {
      const own = engine.next().value as DecodedPass<unknown>;
      const reads = self.flatMap((positions, layer) => (decoder.layers[layer]?.self === null ? [] : [positions]));
      expect(own.reads.filter(({ module }) => module === "self").map(({ positions }) => positions)).toEqual(reads);
      if (++pass === 7) break;
    }
  });
});

describe("runIndexed", () => {
  it.each([
    ["bb2", 6, 4],
    ["bb3", 21, 5],
    ["bb4", 107, 13],
  ] as const)("should run %s to its halt after %i steps", (name, steps, ones) => {
    const verdict = indexDecoder(claimOf(name, { passes: steps + 1 }));
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    expect(runIndexed(verdict.result)).toMatchObject({ passes: steps + 1, haltsAt: steps + 1, nonblank: ones });
  });

  it("should be where plain attention is after every pass, on many inputs and both tapes", () => {
    for (const tape of ["two-way", "one-way"] as const) {
      for (const name of ["bb2", "bb2x3", "bb3", "binary-counter"]) {
        const claim = claimOf(name, { passes: 24, inputLength: 4, tape });
        const indexed = indexDecoder(claim);
        if (indexed.verdict !== "accepted") throw new Error(indexed.message);
        for (const input of [[], [1], [0, 1, 1], [1, 0, 0, 1]]) {
          let pass = 0;
          for (const { output } of decodeExactly(claim.decoder, input)) {
            const run = runIndexed(indexed.result, input, { passes: ++pass, untilHalt: false });
            const symbol = run.at(run.position);
            const expected = encodeOutput(claim.decoder.sizes, claim.decoder.width, { ...run, symbol });
            expect(output).toEqual(expected);
            if (pass === 24) break;
          }
        }
      }
    }
  });

  it("should refuse what no checker accepts, and runs beyond capacity", () => {
    const claim = claimOf("bb2", { passes: 7 });
    const decoder = withMap(claim.decoder, 1, "ff", row(0, biased(1)));
    expect(indexDecoder({ ...claim, decoder }).verdict).toBe("rejected");
    const verdict = indexDecoder(claim);
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    expect(() => runIndexed(verdict.result, [], { passes: 8 })).toThrow("at most 7 passes");
    expect(() => runIndexed(verdict.result, [1, 1])).toThrow("within capacity");
  });
});

describe("TensorDecoder", () => {
  it.each(["cpu", "wasm"] as const)("should be bit-equal to the exact engine at every pass on %s", async (name) => {
    const { tf } = await loadBackend(name);
    for (const [machine, input] of [
      ["bb3", []],
      ["bb2x3", [1, 2, 1]],
    ] as const) {
      const { decoder } = claimOf(machine, { passes: 20, inputLength: input.length });
      const before = tf.memory().numTensors;
      const tensors = new TensorDecoder(tf, decoder, input);
      let pass = 0;
      for (const { output } of decodeExactly(decoder, input)) {
        expect([...(await tensors.next())]).toEqual(output);
        if (++pass === 20) break;
      }
      tensors.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it("should be so with softmax at the certified scale, and not at a small one", async () => {
    const certificate = certificateOf("bb4", 107);
    const scale = certificate.verdicts.softmax.scale ?? 0;
    const claim = claimOf("bb4", { passes: 108 });
    const run = (attention: number) => runDecoder(claim, { tensors: "cpu", input: [], passes: 40, attention });
    expect((await run(scale)).deviation).toBeNull();
    expect((await run(0.5)).deviation?.pass).toBeLessThan(40);
  });

  it("should show a harmful change", async () => {
    const claim = claimOf("bb2", { passes: 7 });
    const decoder = withMap(
      claim.decoder,
      1,
      "ff",
      row(0, ({ entries }) => ({ bias: 1, entries })),
    );
    for (const tensors of [undefined, "cpu"] as const) {
      const run = await runDecoder({ ...claim, decoder }, { ...(tensors && { tensors }), input: [], passes: 7 });
      expect(run.deviation).toMatchObject({ engine: "exact", pass: 2, layer: 12, coordinate: 0 });
    }
  });
});

describe("runDecoder", () => {
  it("should run to the halt beside the machine", async () => {
    const claim = claimOf("bb2", { passes: 20 });
    const run = await runDecoder(claim, { input: [], passes: 20 });
    const end = { passes: 7, haltsAt: 7, nonblank: 4, left: -1, right: 2, deviation: null };
    expect(run).toEqual({ engines: ["exact"], ...end });
    let configuration = startOfTape([]);
    for (let i = 0; i < 6; i++) configuration = stepTape(claim.machine, configuration, "two-way").after;
    expect(claim.machine.halting[configuration.state]).toBe(true);
    expect(symbolUnderHead(configuration)).toBe(1);
  });

  it("should compare all engines at every pass, on inputs and both tapes", async () => {
    for (const tape of ["two-way", "one-way"] as const) {
      const claim = claimOf("bb2x3", { passes: 30, inputLength: 3, tape });
      const indexed = indexDecoder(claim);
      if (indexed.verdict !== "accepted") throw new Error(indexed.message);
      const options = { input: [1, 2, 1], passes: 30, indexed: indexed.result };
      const run = await runDecoder(claim, { ...options, tensors: "best" });
      expect(run).toMatchObject({ engines: ["exact", "wasm", "indexed"], deviation: null });
    }
  });

  it("should name an index that says otherwise, with its pass", async () => {
    const claim = claimOf("bb3", { passes: 22 });
    const verdict = indexDecoder(claim);
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    for (const entry of [0, 3, 5]) {
      const write = verdict.result.write.map((symbol, i) => (i === entry ? 1 - symbol : symbol));
      const { deviation } = await runDecoder(claim, {
        input: [],
        passes: 22,
        indexed: { ...verdict.result, write },
      });
      expect(deviation).toMatchObject({ engine: "indexed", layer: claim.decoder.layers.length });
      expect(deviation?.pass).toBeGreaterThan(1);
    }
  });

  it("should agree with the definition on tensors, too, for 100 changed weights; harm shows as a deviation", async () => {
    const claim = claimOf("bb2", { passes: 5 });
    const { tf } = await loadBackend("cpu");
    const right = byEngine(claim.decoder, [1], 4).map((text) => text.replaceAll(" ", ","));
    let [harmful, fractional, tried] = [0, 0, 0];
    for (const decoder of mutantsOf(claim.decoder)) {
      if (tried === 100) break;
      const defined: number[][][] = [];
      for (const { hidden } of decode(decoder, [1])) {
        defined.push(hidden.slice(1).map((h) => h.map(Number)));
        if (defined.length === 4) break;
      }
      const run = await runDecoder({ ...claim, decoder }, { input: [1], passes: 4, tensors: "cpu" });
      // Thirds are no floats: that tensors cannot have them is for the comparison to show.
      if (!defined.flat(2).every(Number.isInteger)) {
        fractional++;
        expect(run.deviation).not.toBeNull();
        continue;
      }
      tried++;
      const tensors = new TensorDecoder(tf, decoder, [1]);
      for (const layers of defined) expect((await tensors.nextLayers()).map((h) => [...h])).toEqual(layers);
      tensors.dispose();
      const isRight = defined.every((layers, i) => String(layers.at(-1)) === right[i]);
      expect(run.deviation === null).toBe(isRight);
      if (!isRight) harmful++;
    }
    expect([tried, harmful > 10, fractional > 2]).toEqual([100, true, true]);
  }, 60_000);
});
