import { describe, expect, it } from "vitest";
import { QueueNumbers, WindowMemo } from "../../../../execution/rcnn/window-memo.js";

const tiles = (...numbers: readonly number[]): Int32Array => Int32Array.from({ length: 4 }, (_, i) => numbers[i] ?? 0);

describe("WindowMemo", () => {
  it("should find what it was given, by all four tiles and the queue, however many there are", () => {
    const memo = new WindowMemo();
    for (let i = 0; i < 5000; i++) {
      const at = tiles(i % 7, i % 11, i % 13, i % 17);
      if (memo.find(at, 1 + i) >= 0) throw new Error("found too early");
      memo.add(at, 1 + i, { tiles: tiles(i, 1, 2, 3), queue: i, shift: i % 9, layers: 2 * i, evaluations: 3 * i });
    }
    for (let i = 0; i < 5000; i++) {
      const entry = memo.find(tiles(i % 7, i % 11, i % 13, i % 17), 1 + i);
      expect([0, 1, 2, 3].map((k) => memo.tileAfter(entry, k))).toEqual([i, 1, 2, 3]);
      expect(memo.queueAfter(entry)).toBe(i);
      expect([memo.shift(entry), memo.layers(entry), memo.evaluations(entry)]).toEqual([i % 9, 2 * i, 3 * i]);
    }
    for (const k of [0, 1, 2, 3]) {
      const other = tiles(3, 3, 3, 3);
      other[k] = 4;
      expect(memo.find(other, 4)).toBe(-1);
    }
    expect(memo.find(tiles(3, 3, 3, 3), 5)).toBe(-1);
    memo.clear();
    expect(memo.find(tiles(3, 3, 3, 3), 4)).toBe(-1);
  });

  it("should forget everything rather than grow without end", () => {
    const memo = new WindowMemo();
    const outcome = { tiles: tiles(), queue: 0, shift: 4, layers: 1, evaluations: 1 };
    for (let i = 0; i <= 2 ** 18; i++) memo.add(tiles(i), 1, outcome);
    expect(memo.find(tiles(0), 1)).toBe(-1);
    expect(memo.find(tiles(2 ** 18), 1)).toBeGreaterThanOrEqual(0);
  });
});

describe("QueueNumbers", () => {
  it("should number sets of cells from 1 on, equal ones alike", () => {
    const numbers = new QueueNumbers();
    expect(numbers.numberOf(Int32Array.of(1, 2))).toBe(1);
    expect(numbers.numberOf(Int32Array.of(12))).toBe(2);
    expect(numbers.numberOf(Int32Array.of(1, 2))).toBe(1);
    expect([...numbers.cellsOf(2)]).toEqual([12]);
    numbers.clear();
    expect(numbers.size).toBe(0);
  });
});
