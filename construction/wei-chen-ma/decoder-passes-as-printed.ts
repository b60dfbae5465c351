/** Lemmas C.2, C.6, C.7 and C.8 in layers of their own, as appendix C has them; what they share with the shorter build is in decoder-passes.ts. */
import { RowBuilder, range, type Term } from "./decoder-coordinates.js";
import {
  clock,
  layer,
  lookUp,
  moved,
  outcome,
  wroteHere,
  type FunctionLayer,
  type Held,
  type PassContext,
} from "./decoder-passes.js";

/** Lemma C.2: l - v1, one layer a bit and one to put the last together, then l - v1 + v2 in as many. */
export function lemmaC2AsPrinted(context: PassContext, hasWall: boolean): FunctionLayer[] {
  const { at, sizes } = context;
  const { bits } = sizes;
  const always: Held = [...clock(context), ...outcome(context)];
  const sum = (k: number, label: string) =>
    [
      at.next(k),
      label,
      0,
      [
        [at.keep, 1],
        [at.flip, 1],
      ] as readonly Term[],
    ] as const;
  const subtract = range(bits).map((k) => {
    const x = at.position(k);
    const borrow: Term[] = [[at.borrow, 1], ...(k === 0 && hasWall ? [[at.wall, -1] as const] : [])];
    const minus = borrow.map(([column, weight]): Term => [column, -weight]);
    const put = k === 0 ? [] : [sum(k - 1, `less.${k - 1}`)];
    return layer(
      context,
      "C.2, less",
      [...always, ...moved(context, Math.max(0, k - 1)), [at.carry, "right"]],
      [
        ...put,
        [at.keep, `keep.${k}`, 0, [[x, 1], ...minus]],
        [at.flip, `flip.${k}`, 0, [[x, -1], ...borrow]],
        [at.borrow, `borrow.${k + 1}`, 0, [[x, -1], ...borrow]],
      ],
    );
  });
  const between = layer(
    context,
    "C.2, less",
    [...always, ...moved(context, bits - 1), [at.carry, "right"]],
    [sum(bits - 1, `less.${bits - 1}`)],
  );
  const add = range(bits).map((k) => {
    const x = at.next(k);
    const others = moved(context, bits).filter(
      ([coordinate]) => coordinate !== x && (k === 0 || coordinate !== at.next(k - 1)),
    );
    return layer(
      context,
      "C.2, more",
      [...always, ...others],
      [
        ...(k === 0 ? [] : [sum(k - 1, `m.${k - 1}`)]),
        [
          at.keep,
          `keep.${k}`,
          0,
          [
            [x, 1],
            [at.carry, -1],
          ],
        ],
        [
          at.flip,
          `flip.${k}`,
          0,
          [
            [x, -1],
            [at.carry, 1],
          ],
        ],
        [
          at.carry,
          `carry.${k + 1}`,
          -1,
          [
            [x, 1],
            [at.carry, 1],
          ],
        ],
      ],
    );
  });
  const last = layer(context, "C.2, more", [...always, ...moved(context, bits - 1)], [sum(bits - 1, `m.${bits - 1}`)]);
  return [...subtract, between, ...add, last];
}

/** What Claim C.6 and Lemma C.7 leave: st, pos3, scr1, whether a step wrote here. */
function copied(context: PassContext): Held {
  const { at, sizes } = context;
  return [
    ...range(sizes.states).map((z) => [at.state(z), `next.${z}`] as const),
    ...moved(context, sizes.bits),
    ...range(sizes.symbols).map((a) => [at.old(a), `old.${a}`] as const),
    [at.found, "found"],
  ];
}

/** Claim C.6: the symbol written at i'. */
export function claimC6(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const own = range(sizes.bits).map((j) => ({ query: at.last(sizes.bits - 1 - j), key: at.step(sizes.bits - 1 - j) }));
  const value = new RowBuilder(at.width, at.width);
  for (const a of range(sizes.symbols)) value.set(at.old(a), 0, [[at.written(a), 1]]);
  const self = lookUp(context, [...wroteHere(context), ...own], value.build());
  return [layer(context, "C.6", copied(context), [], { self })];
}

/** Lemma C.7: the input's symbol at l_i. */
export function lemmaC7(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const place = range(sizes.bits).map((j) => ({
    query: at.next(sizes.bits - 1 - j),
    key: at.step(sizes.bits - 1 - j),
  }));
  const value = new RowBuilder(at.width, at.width).set(at.inside, 1, []);
  for (const a of range(sizes.symbols)) value.set(at.given(a), 0, [[at.symbol(a), 1]]);
  const held: Held = [
    ...copied(context),
    ...range(sizes.symbols).map((a) => [at.given(a), `given.${a}`] as const),
    [at.inside, "inside"],
  ];
  return [layer(context, "C.7", held, [], { cross: lookUp(context, place, value.build()) })];
}

/** Lemma C.8: which of three cases holds; AND of each with its symbol; their sum. */
export function lemmaC8AsPrinted(context: PassContext): FunctionLayer[] {
  const { at, sizes } = context;
  const symbols = range(sizes.symbols);
  const states = range(sizes.states).map((z) => [at.state(z), `next.${z}`] as const);
  const given = symbols.map((a) => [at.given(a), `given.${a}`] as const);
  const both = (a: number, b: number): readonly Term[] => [
    [a, 1],
    [b, 1],
  ];
  return [
    layer(
      context,
      "C.8, 1",
      [...copied(context), ...given],
      [
        [
          at.inside,
          "given",
          0,
          [
            [at.inside, 1],
            [at.found, -1],
          ],
        ],
        [
          at.hit,
          "blank",
          1,
          [
            [at.found, -1],
            [at.inside, -1],
          ],
        ],
      ],
    ),
    layer(
      context,
      "C.8, 2 to 4",
      [...states, ...moved(context, sizes.bits)],
      [
        ...symbols.map((a) => [at.old(a), `old.${a}`, -1, both(at.old(a), at.found)] as const),
        ...symbols.map((a) => [at.given(a), `fresh.${a}`, -1, both(at.given(a), at.inside)] as const),
        [at.symbol(0), "blank", 0, [[at.hit, 1]]],
      ],
    ),
    layer(context, "C.8, 5", states, [
      ...symbols.map((a) => {
        const terms: Term[] = [...both(at.old(a), at.given(a)), [at.symbol(a), 1]];
        return [at.symbol(a), `read.${a}`, 0, terms] as const;
      }),
      ...range(sizes.bits).map((k) => [at.position(k), `m.${k}`, 0, [[at.next(k), 1] as const]] as const),
    ]),
  ];
}
