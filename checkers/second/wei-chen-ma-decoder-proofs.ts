/** Proofs that a ReLU of a sum of formulas is a formula, by all situations that differ for what it speaks of. */
import { sizeOf, type Formula, type Sum } from "./wei-chen-ma-decoder-formulas.js";
import {
  ADDER,
  describe,
  MEMORY,
  type Memory,
  NO_MEMORY,
  PAIRED,
  product,
  type World,
} from "./wei-chen-ma-decoder-situations.js";
import type { Machine } from "./wei-chen-ma-decoder-machine.js";
import { giveUp, type Spend } from "./text.js";

/** Sums that a situation costs, for each formula that is looked at in it. */
const WORLD_COST = 16;

/** Proves rows for a machine. */
export class Prover {
  readonly #machine: Machine;
  readonly #bits: number;
  readonly #oneWay: boolean;
  readonly #spend: Spend;

  constructor(machine: Machine, bits: number, oneWay: boolean, spend: Spend) {
    [this.#machine, this.#bits, this.#oneWay, this.#spend] = [machine, bits, oneWay, spend];
  }

  /** Whether the ReLU of a sum is a formula (undefined: 0) in every situation; if not, a situation where it is not. */
  counterexample(sum: Sum, target: Formula | undefined): string | undefined {
    const [only, ...more] = sum.terms.values();
    if (
      target !== undefined &&
      only?.[0].text === target.text &&
      more.length === 0 &&
      only[1] === 1 &&
      sum.constant === 0
    )
      return undefined;
    const formulas = [...sum.terms.values()].map(([formula]) => formula);
    if (target !== undefined) formulas.push(target);
    sizeOf(sum);
    for (const world of this.#worlds(sum, formulas, target)) {
      const expected = target === undefined ? 0 : this.#value(target, world);
      if (Math.max(this.#sum(sum, formulas, world), 0) !== expected) return describe(world);
    }
    return undefined;
  }

  /** A situation in which a sum is neither 0 nor 1; undefined if there is none. */
  notBinary(sum: Sum): string | undefined {
    const { least, most } = sizeOf(sum);
    if (least >= 0 && most <= 1) return undefined;
    const formulas = [...sum.terms.values()].map(([formula]) => formula);
    for (const world of this.#worlds(sum, formulas, undefined)) {
      const value = this.#sum(sum, formulas, world);
      if (value !== 0 && value !== 1) return describe(world);
    }
    return undefined;
  }

  /** The value of a sum of these formulas. */
  #sum(sum: Sum, formulas: readonly Formula[], world: World): number {
    this.#spend(WORLD_COST * (1 + formulas.length));
    let value = sum.constant;
    for (const [formula, weight] of sum.terms.values()) {
      // Bits of which only the number of ones is known are added together below.
      const isCounted = formula.name === "l" && !world.bits.has(formula.text) && world.bits.has(`l*${weight}`);
      if (!isCounted) value += weight * this.#value(formula, world);
    }
    for (const [name, ones] of world.bits) if (name.startsWith("l*")) value += Number(name.slice(2)) * ones;
    return value;
  }

  /** All situations that differ for these formulas. */
  *#worlds(sum: Sum, formulas: readonly Formula[], target: Formula | undefined): Generator<World> {
    const names = new Set(formulas.map(({ name }) => name));
    const adds = [...names].some((name) => ADDER.has(name));
    const cut = adds ? this.#cut(formulas) : 0;
    const pairs = this.#pairs(formulas, adds && cut === 0);
    const carries =
      adds && cut > 0
        ? [
            [0, 0],
            [1, 0],
            [0, 1],
          ]
        : [[0, 0]];
    const bits = this.#bitChoices(sum, formulas, target, adds, cut);
    const memories = [...names].some((name) => MEMORY.has(name)) ? this.#memories(formulas) : [NO_MEMORY];
    const walls = this.#oneWay && (names.has("wall") || (adds && cut === 0)) ? [0, 1] : [0];
    const isWall = target?.name === "wall" && this.#oneWay;
    for (const pair of pairs) {
      for (const wall of isWall ? [0] : walls) {
        // The left end stops only moves to the left.
        if (wall === 1 && this.#entry(pair)[1] !== -1) continue;
        for (const [carry, borrow] of carries as [number, number][]) {
          for (const choice of product(bits)) {
            for (const memory of memories) {
              const world: World = {
                pair,
                wall,
                carry,
                borrow,
                cut,
                ...memory,
                bits: new Map([...choice, ...memory.bits]),
              };
              if (isWall) world.wall = Number(this.#entry(pair)[1] === -1 && this.#isFirst(world));
              yield world;
            }
          }
        }
      }
    }
  }

  #entry([z, a]: readonly [number, number]): readonly [write: number, move: number, next: number] {
    return this.#machine.table[z]?.[a] as readonly [number, number, number];
  }

  /** Whether l is 1, from its bits or from how many of them, beside the first, are 1. */
  #isFirst(world: World): boolean {
    let others = 0;
    for (const [name, value] of world.bits) if (name !== "l.0" && /^l[.*]/.test(name)) others += value;
    return world.bits.get("l.0") === 1 && others === 0;
  }

  /** The least bit whose carry is spoken of. */
  #cut(formulas: readonly Formula[]): number {
    const indices = formulas.filter(({ name }) => ADDER.has(name) || name === "m").map(({ at }) => at[0] as number);
    const here = formulas.some(({ name }) => name === "right" || name === "left");
    return here ? 0 : Math.min(...indices, this.#bits);
  }

  /** One pair of state and symbol for each way in which the formulas see pairs. */
  #pairs(formulas: readonly Formula[], moves: boolean): (readonly [number, number])[] {
    const paired = formulas.filter(({ name }) => PAIRED.has(name));
    if (paired.length === 0 && !moves && !formulas.some(({ name }) => name === "wall")) return [[0, 0]];
    const seen = new Map<string, readonly [number, number]>();
    for (let z = 0; z < this.#machine.states; z++) {
      for (let a = 0; a < this.#machine.symbols; a++) {
        this.#spend(1 + paired.length);
        const key = [this.#entry([z, a])[1], ...paired.map((formula) => this.#paired(formula, [z, a]))].join();
        if (!seen.has(key)) seen.set(key, [z, a]);
      }
    }
    return [...seen.values()];
  }

  #paired({ name, at }: Formula, [z, a]: readonly [number, number]): number {
    const [write, move, next] = this.#entry([z, a]);
    switch (name) {
      case "z":
        return Number(z === at[0]);
      case "a":
        return Number(a === at[0]);
      case "pair":
        return Number(z === at[0] && a === at[1]);
      case "next":
        return Number(next === at[0]);
      case "write":
        return Number(write === at[0]);
      case "right":
        return Number(move === 1);
      default:
        return Number(move === -1);
    }
  }

  /** Choices of bits: each a list of alternatives, an alternative a list of values by name. */
  #bitChoices(
    sum: Sum,
    formulas: readonly Formula[],
    target: Formula | undefined,
    adds: boolean,
    cut: number,
  ): (readonly (readonly [string, number])[])[] {
    const free = new Set<string>();
    let top = cut - 1;
    for (const { name, at } of formulas) {
      const [k = 0] = at;
      if (name === "l" || name === "t") free.add(`${name}.${k}`);
      else if (name === "m" && !adds) free.add(`m.${k}`);
      else if (name === "m" || name === "keep" || name === "flip") top = Math.max(top, k);
      else if (name === "carry" || name === "borrow") top = Math.max(top, k - 1);
    }
    for (let k = cut; k <= top; k++) free.add(`l.${k}`);
    const choices: (readonly (readonly [string, number])[])[] = [];
    if (target?.name === "wall" && this.#oneWay) {
      // All bits matter; of those above the first, only how many are 1 among those of one weight.
      const groups = new Map<number, number>();
      for (let k = 1; k < this.#bits; k++) {
        const weight = sum.terms.get(`l.${k}`)?.[1] ?? 0;
        groups.set(weight, (groups.get(weight) ?? 0) + 1);
        free.delete(`l.${k}`);
      }
      free.add("l.0");
      for (const [weight, size] of groups)
        choices.push(Array.from({ length: size + 1 }, (_, ones) => [`l*${weight}`, ones] as const));
    }
    for (const name of free) choices.push([0, 1].map((value) => [name, value] as const));
    return choices;
  }

  /** What attention may have brought, as far as the formulas tell it apart. */
  #memories(formulas: readonly Formula[]): Memory[] {
    const symbols = new Set([
      0,
      ...formulas.filter(({ name }) => /^(old|given|fresh|read)$/.test(name)).map(({ at }) => at[0] as number),
    ]);
    // One symbol that is not spoken of is like the other.
    const other = Array.from({ length: this.#machine.symbols }, (_, a) => a).find((a) => !symbols.has(a));
    const choices = other === undefined ? [...symbols] : [...symbols, other];
    const lasts = [...new Set(formulas.filter(({ name }) => name === "last").map(({ text }) => text))];
    const worlds: Memory[] = [];
    for (const found of [0, 1]) {
      for (const inside of [0, 1]) {
        for (const old of found === 1 ? choices : [0]) {
          for (const given of inside === 1 ? choices : [0]) {
            for (const bits of product(
              lasts.map((text) => (found === 1 ? [0, 1] : [0]).map((value) => [text, value] as const)),
            ))
              worlds.push({ found, inside, old, given, bits });
          }
        }
      }
    }
    return worlds;
  }

  #value(formula: Formula, world: World): number {
    const { name, at, text } = formula;
    const [k = 0] = at;
    if (PAIRED.has(name)) return this.#paired(formula, world.pair);
    const { found, inside, old, given } = world;
    switch (name) {
      case "wall":
        return world.wall;
      case "l":
        return this.#bit(text, k, world);
      case "t":
      case "last":
        return world.bits.get(text) as number;
      case "m": {
        const opaque = world.bits.get(text);
        if (opaque !== undefined) return opaque;
        const [carry, borrow] = this.#into(k, world);
        return this.#bit(`l.${k}`, k, world) ^ (carry | borrow);
      }
      case "carry":
        return this.#into(k, world)[0];
      case "borrow":
        return this.#into(k, world)[1];
      case "keep":
      case "flip": {
        const [carry, borrow] = this.#into(k, world);
        const bit = this.#bit(`l.${k}`, k, world);
        return Number((carry | borrow) === 0 ? name === "keep" && bit === 1 : name === "flip" && bit === 0);
      }
      case "found":
        return found;
      case "old":
        return Number(found === 1 && old === k);
      case "inside":
        return inside;
      case "given":
        return Number(inside === 1 && given === k);
      case "fresh":
        return Number(found === 0 && inside === 1 && given === k);
      case "blank":
        return Number(found === 0 && inside === 0);
      default:
        // read
        return Number(found === 1 ? old === k : inside === 1 ? given === k : k === 0);
    }
  }

  #bit(text: string, k: number, world: World): number {
    const value = world.bits.get(text);
    if (value !== undefined) return value;
    return giveUp("formula", `bit ${k} of the position is spoken of in more ways than are told apart`);
  }

  /** Carry and borrow into bit k, from those into the cut. */
  #into(k: number, world: World): readonly [carry: number, borrow: number] {
    let [carry, borrow] = [world.carry, world.borrow];
    if (world.cut === 0) {
      const move = this.#entry(world.pair)[1];
      [carry, borrow] = [Number(move === 1), Number(move === -1 && world.wall === 0)];
    }
    for (let j = world.cut; j < k; j++) {
      const bit = this.#bit(`l.${j}`, j, world);
      [carry, borrow] = [carry & bit, borrow & (1 - bit)];
    }
    return [carry, borrow];
  }
}
