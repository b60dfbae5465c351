import { describe, expect, it } from "vitest";
import { committedSearch } from "../../../audit/rcnn/constants-search.js";
import { evaluate, predictionsOf } from "../../../audit/rcnn/search/evaluate.js";
import { MACHINE_CLASSES, type MachineClass } from "../../../audit/rcnn/search/machine-class.js";
import { stream } from "../../../audit/rcnn/search/random.js";
import { runSearch } from "../../../audit/rcnn/search/run-search.js";
import { select, selectionTable, validationSize } from "../../../audit/rcnn/search/select.js";
import {
  emptyState,
  mergeStates,
  printState,
  readState,
  shardSize,
  type SearchState,
} from "../../../audit/rcnn/search/state-file.js";
import { NETWORK, POINTS, TASKS } from "../../../audit/rcnn/search/tasks.js";
import { isHalted, step, type Configuration } from "../../../spec/machines/simulate.js";
import { checkNormal } from "../../../spec/machines/normal-form.js";
import type { TapeSymbol } from "../../../spec/machines/machine.js";
import { plainToXorTape } from "../../../construction/learners/xor-tape.js";

const [oneState, twoStates] = MACHINE_CLASSES as readonly [MachineClass, MachineClass];
/** The first machines of a class. */
const small: MachineClass = { ...oneState, size: 12 };

const search = (machines: MachineClass, shard: number, shards: number): Promise<SearchState> =>
  runSearch(emptyState(machines, { shard, shards }), { workers: 0 });

describe("classes of machines", () => {
  it("should list normal machines, the last one included, each table once", () => {
    for (const machines of MACHINE_CLASSES) {
      for (const index of [0, 1, 999, machines.size - 1]) {
        const machine = machines.machine(index);
        expect(checkNormal(machine)).toEqual({ ok: true });
        expect(machine.states).toHaveLength(machines.states);
      }
      expect(() => machines.machine(machines.size)).toThrow("expected the number of a machine");
    }
    const tables = new Set(Array.from({ length: oneState.size }, (_, i) => JSON.stringify(oneState.machine(i).table)));
    expect(tables.size).toBe(30 ** 3);
    expect(twoStates.machine(7)).toEqual(twoStates.machine(7));
    expect(twoStates.machine(7).table).not.toEqual(twoStates.machine(8).table);
  });
});

describe("stream", () => {
  it("should depend on its key alone and stay in range", () => {
    const [a, b, c] = [stream("a"), stream("a"), stream("b")];
    const draw = (next: (n: number) => number): number[] => Array.from({ length: 200 }, () => next(7));
    const drawn = draw(a);
    expect(draw(b)).toEqual(drawn);
    expect(draw(c)).not.toEqual(drawn);
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(() => a(0)).toThrow("stream: expected a number of choices");
  });
});

describe("evaluation", () => {
  it("should predict the sum that the simulator's last tape has, where the machine halts in time", () => {
    const width = (POINTS[0]?.length ?? 0) + 1;
    let halted = 0;
    for (let index = 0; index < oneState.size; index += 1371) {
      const machine = oneState.machine(index);
      const predictions = predictionsOf(oneState, index);
      for (const [k, { training }] of TASKS.entries()) {
        for (const [p, x] of POINTS.entries()) {
          const rows = plainToXorTape([...training.map((one) => [...one.x, one.y]), [...x, 1 as const]]);
          const columns = width + NETWORK.columns;
          const tape = rows.flatMap((row): TapeSymbol[] => [
            ...row,
            ...Array.from({ length: NETWORK.columns }, () => 0 as const),
          ]);
          let now: Configuration = {
            rows: rows.length,
            columns,
            tape,
            headRow: rows.length - 1,
            headColumn: width - 1,
            state: 0,
          };
          for (let t = 1; t < NETWORK.layers; t++) now = step(machine, now);
          if (!isHalted(machine, now)) continue;
          halted++;
          // A halted head on a blank data cell counts: 18 times its code above 3^-2, which is below 1 and positive.
          const symbols = now.tape
            .filter((_, i) => i % columns < width)
            .reduce<number>((sum, symbol) => sum + symbol, 0);
          const onBlank = now.headColumn < width && now.tape[now.headRow * columns + now.headColumn] === 0;
          const sign = symbols + (onBlank ? 0.5 : 0) < 0 ? "-" : "+";
          expect(predictions[k * POINTS.length + p], `machine ${index}, ${TASKS[k]?.name}, point ${p}`).toBe(sign);
        }
      }
    }
    expect(halted).toBeGreaterThan(100);
  });
});

describe("a sharded search", () => {
  it("should give the same whole, however it is cut and wherever it is resumed", async () => {
    const whole = await search(small, 1, 1);
    expect(whole.done).toBe(12);
    const parts = [
      await search(small, 3, 5),
      await search(small, 1, 5),
      await search(small, 5, 5),
      await search(small, 2, 5),
      await search(small, 4, 5),
    ];
    expect(printState(mergeStates(parts))).toBe(printState(whole));
    expect(parts.reduce((sum, { done }) => sum + done, 0)).toBe(12);
    const begun = { ...whole, done: 5, histogram: evaluate(small, [0, 1, 2, 3, 4]) };
    expect(printState(await runSearch(begun, { workers: 0 }))).toBe(printState(whole));
  });

  it("should reject parts that do not make a whole", async () => {
    const [a, b] = [await search(small, 1, 2), await search(small, 2, 2)];
    expect(() => mergeStates([])).toThrow("expected at least one file");
    expect(() => mergeStates([a])).toThrow("expected 2 shards, got 1");
    expect(() => mergeStates([a, a])).toThrow("shard 1/2 of one-state is there twice");
    expect(() => mergeStates([a, { ...b, done: 2 }])).toThrow("shard 2/2 of one-state is not finished: 2 of 6");
    expect(() => mergeStates([a, { ...b, machines: twoStates }])).toThrow("belongs to another search");
  });

  it("should read what it prints, and nothing else", async () => {
    const shard = { shard: 8999, shards: 9000 };
    const state = await search(oneState, shard.shard, shard.shards);
    expect(shardSize(oneState, shard)).toBe(3);
    const text = printState(state);
    expect(printState(readState(text))).toBe(text);
    const spoil =
      (from: string | RegExp, to: string): (() => SearchState) =>
      () =>
        readState(text.replace(from, to));
    expect(spoil("{", "")).toThrow("expected JSON");
    expect(spoil('"version": 1', '"version": 2')).toThrow("/version");
    expect(spoil("one-state", "no-state")).toThrow('/class: there is no class "no-state"');
    expect(spoil('"done": 3', '"done": 2')).toThrow("/done: stated 2, the predictions are of 3 machines");
    expect(spoil('"done": 3', '"done": 4')).toThrow("/done: the shard has 3 machines");
    expect(spoil('"shard": 8999', '"shard": 8998')).toThrow("/predictions/0/2: expected a machine of the shard");
    expect(spoil('"shards": 9000', '"shards": 1')).toThrow("/shard: expected at most 1");
    expect(spoil('["', '["+')).toThrow("/predictions/0/0");
  });
});

describe("selection", () => {
  it("should be within epsilon of the best on every task of the committed search", () => {
    const state = committedSearch();
    expect(validationSize(state.machines.size)).toBe(460);
    const selections = select(state);
    expect(selections).toHaveLength(TASKS.length);
    expect(selections.every(({ within }) => within)).toBe(true);
    expect(selectionTable(state)).toMatch(/32 of 32 within epsilon of the best in the class\n$/);
  });

  it("should take the learner with the fewest mistakes, and say how good the best is", () => {
    const state = committedSearch();
    const length = TASKS.length * POINTS.length;
    const right = TASKS.flatMap(({ labels }) => labels.map((y) => (y === 1 ? "+" : "-"))).join("");
    const [bad, good] = [
      { count: 1, first: 0 },
      { count: 1, first: 1 },
    ];
    const wrong = [...right].map((sign) => (sign === "+" ? "-" : "+")).join("");
    expect(right).toHaveLength(length);
    const fine = select({
      ...state,
      histogram: new Map([
        [wrong, bad],
        [right, good],
      ]),
    });
    expect(fine.every(({ selected, error }) => selected === 1 && error.n === 0n)).toBe(true);
    const poor = select({ ...state, histogram: new Map([[wrong, bad]]) });
    expect(poor.every(({ error, best, within }) => error.equals(1n) && best.equals(1n) && within)).toBe(true);
  });
});
