/**
 * The lemmas of section C.2 as passes: each gives layers, in the order in which a decoder applies them. A layer is a function
 * layer with the attention before it; machine-to-decoder.ts puts the corrections behind each.
 *
 * Three things differ from the text: the adder carries and borrows at once in w
 * layers, instead of subtracting and then adding in 2 w; the first half of Lemma C.8 shares a layer with Claim C.6 and Lemma
 * C.7; and a one-way tape has a layer for its left end.
 *
 * Beside its map, a layer says of each coordinate that is not 0 what it holds after the layer, in the words of DECODER.md. The
 * second checker proves these from the numbers; the first does not read them.
 */
import type { TapeKind, TapeMachine } from "../../spec/machines/tape-machine.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { DecoderSizes } from "../../spec/wei-chen-ma/decoder-layout.js";
import { decoderTransition } from "../../spec/wei-chen-ma/decoder-step.js";
import { RowBuilder, range, type DecoderCoordinates, type Term } from "./decoder-coordinates.js";

/** A layer before its corrections. */
export interface FunctionLayer {
  /** The lemma that it belongs to. */
  readonly lemma: string;
  readonly self: Attention | null;
  readonly cross: Attention | null;
  readonly map: AffineMap;
  /** What each coordinate holds after the layer. */
  readonly labels: ReadonlyMap<number, string>;
}

/** What the passes build for. */
export interface PassContext {
  readonly machine: TapeMachine;
  readonly sizes: DecoderSizes;
  readonly at: DecoderCoordinates;
  readonly tape: TapeKind;
}

/** Coordinates with what they hold. */
export type Held = readonly (readonly [coordinate: number, label: string])[];

/** A layer that copies what is held, with further rows. */
export function layer(
  { at }: PassContext,
  lemma: string,
  held: Held,
  rows: readonly (readonly [row: number, label: string, bias: number, terms: readonly Term[]])[],
  attention: { readonly self?: Attention; readonly cross?: Attention } = {},
): FunctionLayer {
  const builder = new RowBuilder(at.width, at.width).copy(...held.map(([coordinate]) => coordinate));
  for (const [row, , bias, terms] of rows) builder.set(row, bias, terms);
  const labels = new Map([...held, ...rows.map(([row, label]) => [row, label] as const)]);
  return { lemma, self: attention.self ?? null, cross: attention.cross ?? null, map: builder.build(), labels };
}

/** pos1 and pos2, which every layer up to the last search step carries. */
export function clock({ at, sizes }: PassContext): Held {
  return range(sizes.bits).flatMap((k) => [[at.step(k), `t.${k}`] as const, [at.position(k), `l.${k}`] as const]);
}

/** st and sym2 after Lemma C.1. */
export function outcome({ at, sizes }: PassContext): Held {
  return [
    ...range(sizes.states).map((z) => [at.state(z), `next.${z}`] as const),
    ...range(sizes.symbols).map((a) => [at.written(a), `write.${a}`] as const),
  ];
}

/** pos3, the bits below `count`. */
export function moved({ at }: PassContext, count: number): Held {
  return range(count).map((k) => [at.next(k), `m.${k}`] as const);
}

/** Lemma C.1: the pair of state and symbol, then the machine's table. */
export function lemmaC1(context: PassContext): FunctionLayer[] {
  const { machine, sizes, at } = context;
  const pairs = range(sizes.states).flatMap((z) => range(sizes.symbols).map((a) => [z, a] as const));
  const entries = pairs.map(([z, a]) => ({ pair: at.pair(z, a), ...decoderTransition(machine, z, a) }));
  const sum = (has: (entry: (typeof entries)[number]) => boolean): Term[] =>
    entries.filter(has).map(({ pair }) => [pair, 1] as const);
  return [
    layer(
      context,
      "C.1",
      clock(context),
      pairs.map(([z, a]) => {
        const terms: Term[] = [
          [at.state(z), 1],
          [at.symbol(a), 1],
        ];
        return [at.pair(z, a), `pair.${z}.${a}`, -1, terms] as const;
      }),
    ),
    layer(context, "C.1", clock(context), [
      ...outcome(context).map(([row, label]) => {
        const index = Number(label.slice(label.indexOf(".") + 1));
        return [row, label, 0, sum((e) => (label.startsWith("next") ? e.next : e.write) === index)] as const;
      }),
      [at.carry, "right", 0, sum(({ move }) => move === 1)],
      [at.borrow, "left", 0, sum(({ move }) => move === -1)],
    ]),
  ];
}

/** The left end of a one-way tape: a move to the left at position 1 (amendment `left-end`). */
export function leftEnd(context: PassContext): FunctionLayer[] {
  if (context.tape === "two-way") return [];
  const { at, sizes } = context;
  const terms: Term[] = [
    [at.borrow, 1],
    [at.position(0), 1],
    ...range(sizes.bits - 1).map((k): Term => [at.position(k + 1), -1]),
  ];
  const held: Held = [...clock(context), ...outcome(context), [at.carry, "right"], [at.borrow, "left"]];
  return [layer(context, "left end", held, [[at.wall, "wall", -1, terms]])];
}

/** Lemma C.2: Bin(l_i), the least significant bit first, one layer a bit and one to put the last together. */
export function lemmaC2(context: PassContext): FunctionLayer[] {
  const { at, sizes, tape } = context;
  const stopped: Term[] = tape === "one-way" ? [[at.wall, -1]] : [];
  const layers = range(sizes.bits).map((k) => {
    const x = at.position(k);
    const carry: Term[] = [[at.carry, 1]];
    const borrow: Term[] = [[at.borrow, 1], ...(k === 0 ? stopped : [])];
    const minus = (terms: readonly Term[]): Term[] => terms.map(([column, weight]) => [column, -weight]);
    const put = k === 0 ? [] : [sumOfBit(context, k - 1)];
    return layer(
      context,
      "C.2",
      [...clock(context), ...outcome(context), ...moved(context, k - 1)],
      [
        ...put,
        [at.keep, `keep.${k}`, 0, [[x, 1], ...minus(carry), ...minus(borrow)]],
        [at.flip, `flip.${k}`, 0, [[x, -1], ...carry, ...borrow]],
        [at.carry, `carry.${k + 1}`, -1, [[x, 1], ...carry]],
        [at.borrow, `borrow.${k + 1}`, 0, [[x, -1], ...borrow]],
      ],
    );
  });
  const held = [...clock(context), ...outcome(context), ...moved(context, sizes.bits - 1)];
  return [...layers, layer(context, "C.2", held, [sumOfBit(context, sizes.bits - 1)])];
}

function sumOfBit({ at }: PassContext, k: number): readonly [number, string, number, readonly Term[]] {
  const terms: Term[] = [
    [at.keep, 1],
    [at.flip, 1],
  ];
  return [at.next(k), `m.${k}`, 0, terms];
}

/** A compared bit: 2 bit - 1 in query and key; or 1 in the query where the key's bit is to be 1. */
interface Compared {
  readonly query: number | "one";
  readonly key: number;
}

/**
 * Attention to those whose compared bits all agree: the score is the number of bits that agree less those that differ, null's is
 * one below the most; `null` is read if none agrees in all.
 */
export function lookUp({ at }: PassContext, bits: readonly Compared[], value: AffineMap): Attention {
  const query = new RowBuilder(at.width, bits.length + 1);
  const key = new RowBuilder(at.width, bits.length + 1);
  for (const [row, bit] of bits.entries()) {
    if (bit.query === "one") query.set(row, 1, []);
    else query.set(row, -1, [[bit.query, 2]]);
    key.set(row, -1, [[bit.key, 2]]);
  }
  query.set(bits.length, 1, []);
  const nullKey = [...bits.map(() => 0), bits.length - 1];
  return { query: query.build(), key: key.build(), value, nullKey, nullValue: range(at.width).map(() => 0) };
}

/** The steps that wrote where the head now is: bits of l_i against those of l_(t-1). */
export function wroteHere({ at, sizes }: PassContext): Compared[] {
  return range(sizes.bits).map((k) => ({ query: at.next(sizes.bits - 1 - k), key: at.position(sizes.bits - 1 - k) }));
}

/** What the search carries from layer to layer: the `count` most significant bits of i' among it. */
export function searched(context: PassContext, count: number): Held {
  const { at, sizes } = context;
  const found = range(count).map((j) => [at.last(sizes.bits - 1 - j), `last.${sizes.bits - 1 - j}`] as const);
  return [
    ...clock(context),
    ...outcome(context),
    ...moved(context, sizes.bits),
    [at.found, "found"] as const,
    ...found,
  ];
}

/** Claim C.4: has any step written at l_i? */
export function claimC4(context: PassContext): FunctionLayer[] {
  const { at } = context;
  const value = new RowBuilder(at.width, at.width).set(at.found, 1, []).build();
  return [layer(context, "C.4", searched(context, 0), [], { self: lookUp(context, wroteHere(context), value) })];
}

/** Claim C.5, once for each bit: is the next bit of the last such step 1? */
export function claimC5(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const value = new RowBuilder(at.width, at.width).set(at.hit, 1, []).build();
  return range(sizes.bits).map((j) => {
    const bit = (i: number): number => sizes.bits - 1 - i;
    const prefix = range(j).map((i) => ({ query: at.last(bit(i)), key: at.step(bit(i)) }));
    const compared: Compared[] = [...wroteHere(context), ...prefix, { query: "one", key: at.step(bit(j)) }];
    return layer(context, "C.5", searched(context, j), [[at.last(bit(j)), `last.${bit(j)}`, 0, [[at.hit, 1]]]], {
      self: lookUp(context, compared, value),
    });
  });
}

/**
 * Claim C.6 (the symbol written at i'), Lemma C.7 (the input's symbol at l_i) and the first half of Lemma C.8 (which of the two
 * counts, if any).
 */
export function claimC6WithC7(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const own = range(sizes.bits).map((j) => ({ query: at.last(sizes.bits - 1 - j), key: at.step(sizes.bits - 1 - j) }));
  const copied = new RowBuilder(at.width, at.width);
  const given = new RowBuilder(at.width, at.width).set(at.inside, 1, []);
  for (const a of range(sizes.symbols)) {
    copied.set(at.old(a), 0, [[at.written(a), 1]]);
    given.set(at.given(a), 0, [[at.symbol(a), 1]]);
  }
  const place = range(sizes.bits).map((j) => ({
    query: at.next(sizes.bits - 1 - j),
    key: at.step(sizes.bits - 1 - j),
  }));
  const held: Held = [
    ...range(sizes.states).map((z) => [at.state(z), `next.${z}`] as const),
    ...moved(context, sizes.bits),
    ...range(sizes.symbols).map((a) => [at.old(a), `old.${a}`] as const),
  ];
  const fresh = range(sizes.symbols).map((a) => {
    const terms: Term[] = [
      [at.given(a), 1],
      [at.found, -1],
    ];
    return [at.given(a), `fresh.${a}`, 0, terms] as const;
  });
  const neither: Term[] = [
    [at.found, -1],
    [at.inside, -1],
  ];
  return [
    layer(context, "C.6, C.7, C.8", held, [...fresh, [at.hit, "blank", 1, neither]], {
      self: lookUp(context, [...wroteHere(context), ...own], copied.build()),
      cross: lookUp(context, place, given.build()),
    }),
  ];
}

/** The second half of Lemma C.8: the symbol under the head in sym1, the position in pos2, nothing else. */
export function lemmaC8(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const states = range(sizes.states).map((z) => [at.state(z), `next.${z}`] as const);
  const symbols = range(sizes.symbols).map((a) => {
    const terms: Term[] = [
      [at.old(a), 1],
      [at.given(a), 1],
    ];
    if (a === 0) terms.push([at.hit, 1]);
    return [at.symbol(a), `read.${a}`, 0, terms] as const;
  });
  const places = range(sizes.bits).map((k) => [at.position(k), `m.${k}`, 0, [[at.next(k), 1]]] as const);
  return [layer(context, "C.8", states, [...symbols, ...places])];
}
