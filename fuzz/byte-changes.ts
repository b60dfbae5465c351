/** Random changes of bytes: what a grammar would not think of. */
import { Random } from "./random.js";
import { bytesOf } from "./text.js";

/** Largest input that is made: a little more than most readers take. */
export const MAX_INPUT_BYTES: number = 2 ** 20 + 2 ** 12;

/** Numbers at which counters, indices and buffers end. */
const NUMBERS = [
  "0",
  "-0",
  "1",
  "-1",
  "2",
  "3",
  "4",
  "9",
  "64",
  "65",
  "127",
  "128",
  "255",
  "256",
  "1000",
  "4096",
  "4097",
  "65535",
  "65536",
  "100001",
  "1048577",
  "2147483647",
  "2147483648",
  "4294967295",
  "4294967296",
  "9007199254740991",
  "9007199254740992",
  "-9007199254740993",
  "18446744073709551616",
  "1e5",
  "1e308",
  "1e309",
  "1e-400",
  "0.1",
  ".5",
  "1.",
  "0x10",
  "0b11",
  "0o7",
  "1_000",
  "1/2",
  "2/4",
  "1/0",
  "-1/3",
  "NaN",
  "Infinity",
  "9".repeat(64),
  "9".repeat(2001),
];

/** Texts that readers stumble over, whatever they read. */
const TEXTS = [
  "\0",
  "\ufeff",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u2029",
  "\u200b",
  "\r",
  "\r\n",
  "\n\n",
  "\t",
  "\u001b[31m",
  "\u{1f600}",
  "e\u0301",
  "\ud800",
  "\udc00",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "null",
  "true",
  "~",
  "&a",
  "*a",
  "!!js/function",
  "<<: *a",
  "%YAML 1.2",
  "---",
  "...",
  "? ",
  "- ",
  ": ",
  "#",
  ";",
  "|",
  ">",
  '"',
  "'",
  "\\",
  "\\u0000",
  "\\ud800",
  "{",
  "}",
  "[",
  "]",
  ",",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<?a?>",
  "&amp;",
  "&#0;",
  "&#x110000;",
  "&lol;",
];

/** Bytes that are no UTF-8, or just about not. */
const BROKEN = [
  [0x80],
  [0xc0, 0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xff, 0xfe],
].map((bytes) => Uint8Array.from(bytes));

const BRACKETS: readonly (readonly [open: string, close: string])[] = [
  ["[", "]"],
  ["{", "}"],
  ["(", ")"],
  ['{"a":', "}"],
  ["- ", ""],
  ["? ", ""],
  ["a: ", ""],
  ["<a>", "</a>"],
  ['"', '"'],
];

/** What a change may draw from. */
export interface ChangeSource {
  readonly random: Random;
  /** Other inputs, to splice from; at least one. */
  readonly corpus: readonly Uint8Array[];
  /** Words of the format. */
  readonly words: readonly string[];
  /** Whether the input may grow to MAX_INPUT_BYTES. */
  readonly large: boolean;
}

/** One change of an input. */
type Change = (bytes: Uint8Array, source: ChangeSource) => Uint8Array;

/** The input after one to four changes, MAX_INPUT_BYTES long at most. */
export function changeBytes(bytes: Uint8Array, source: ChangeSource): Uint8Array {
  const { random, large } = source;
  let changed = bytes;
  for (let n = 1 + random.below(4); n > 0; n--) changed = random.pick(CHANGES)(changed, source);
  if (large) changed = random.pick(LARGE_CHANGES)(changed, source);
  return changed.subarray(0, MAX_INPUT_BYTES);
}

const CHANGES: readonly Change[] = [
  function flipBit(bytes, { random }) {
    const changed = Uint8Array.from(bytes);
    const at = random.below(bytes.length);
    if (at < changed.length) changed[at] = (changed[at] as number) ^ (1 << random.below(8));
    return changed;
  },
  function putByte(bytes, { random }) {
    const changed = Uint8Array.from(bytes);
    const at = random.below(bytes.length);
    if (at < changed.length) changed[at] = random.oneIn(2) ? 0x20 + random.below(0x5f) : random.below(256);
    return changed;
  },
  (bytes, { random, words }) => insert(bytes, random, bytesOf(random.pick([...words, ...TEXTS]))),
  (bytes, { random }) => insert(bytes, random, bytesOf(random.pick(NUMBERS))),
  (bytes, { random }) => insert(bytes, random, random.pick(BROKEN)),
  function remove(bytes, { random }) {
    const [start, end] = range(bytes, random);
    return replace(bytes, start, end, NOTHING);
  },
  function repeat(bytes, { random }) {
    const [start, end] = range(bytes, random);
    return replace(bytes, end, end, times(bytes.subarray(start, end), 1 + random.below(4)));
  },
  function truncate(bytes, { random }) {
    return bytes.subarray(0, random.below(bytes.length + 1));
  },
  function splice(bytes, { random, corpus }) {
    const other = random.pick(corpus);
    const [start, end] = range(other, random);
    const [from, to] = random.oneIn(2) ? range(bytes, random) : atOnePlace(bytes, random);
    return replace(bytes, from, to, other.subarray(start, end));
  },
  function cross(bytes, { random, corpus }) {
    const other = random.pick(corpus);
    return replace(bytes, random.below(bytes.length + 1), bytes.length, other.subarray(random.below(other.length + 1)));
  },
  function replaceNumber(bytes, { random }) {
    const places = [...ascii(bytes).matchAll(/-?[0-9]+/g)];
    if (places.length === 0) return bytes;
    const { index, 0: digits } = random.pick(places);
    return replace(bytes, index, index + digits.length, bytesOf(random.pick(NUMBERS)));
  },
  function replaceWord(bytes, { random, words }) {
    const places = [...ascii(bytes).matchAll(/[\w.+-]+/g)];
    if (places.length === 0) return bytes;
    const { index, 0: word } = random.pick(places);
    const others = [...words, ...TEXTS, random.pick(places)[0]];
    return replace(bytes, index, index + word.length, bytesOf(random.pick(others)));
  },
  function swapLines(bytes, { random }) {
    const lines = ascii(bytes).split("\n");
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
    return Buffer.from(lines.join("\n"), "latin1");
  },
  function nest(bytes, { random }) {
    const [start, end] = random.oneIn(2) ? range(bytes, random) : atOnePlace(bytes, random);
    return wrapped(bytes, start, end, random, 1 + random.below(70));
  },
];

const LARGE_CHANGES: readonly Change[] = [
  function repeatOften(bytes, { random }) {
    const [start, end] = random.oneIn(2) ? range(bytes, random) : shortRange(bytes, random);
    const length = Math.max(1, end - start);
    return replace(bytes, end, end, times(bytes.subarray(start, end), random.below(MAX_INPUT_BYTES / length)));
  },
  function repeatWordOften(bytes, { random, words }) {
    const word = bytesOf(random.pick([...words, ...TEXTS]));
    return insert(bytes, random, times(word, random.below(MAX_INPUT_BYTES / word.length)));
  },
  function longWord(bytes, { random }) {
    const letter = 0x20 + random.below(0x5f);
    return insert(bytes, random, new Uint8Array(random.below(MAX_INPUT_BYTES)).fill(letter));
  },
  function nestDeeply(bytes, { random }) {
    const [start, end] = random.oneIn(2) ? range(bytes, random) : atOnePlace(bytes, random);
    return wrapped(bytes, start, end, random, random.below(200_000));
  },
];

const NOTHING = new Uint8Array(0);

/** One character a byte, so that places in the text are places in the bytes. */
function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function replace(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(end)]);
}

function insert(bytes: Uint8Array, random: Random, what: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  return replace(bytes, at, at, what);
}

function times(bytes: Uint8Array, count: number): Uint8Array {
  const most = Math.min(count, Math.floor(MAX_INPUT_BYTES / Math.max(1, bytes.length)));
  return Buffer.alloc(bytes.length * most, bytes.length === 0 ? "" : bytes);
}

function range(bytes: Uint8Array, random: Random): [start: number, end: number] {
  const [a, b] = [random.below(bytes.length + 1), random.below(bytes.length + 1)];
  // Short ranges are as likely as long ones.
  if (random.oneIn(2)) return shortRange(bytes, random);
  return a < b ? [a, b] : [b, a];
}

function shortRange(bytes: Uint8Array, random: Random): [start: number, end: number] {
  const start = random.below(bytes.length + 1);
  return [start, Math.min(bytes.length, start + 1 + random.below(8))];
}

function atOnePlace(bytes: Uint8Array, random: Random): [start: number, end: number] {
  const at = random.below(bytes.length + 1);
  return [at, at];
}

function wrapped(bytes: Uint8Array, start: number, end: number, random: Random, depth: number): Uint8Array {
  const [open, close] = random.pick(BRACKETS);
  const inner = bytes.subarray(start, end);
  const ends = random.oneIn(4) ? NOTHING : times(bytesOf(close), depth);
  return replace(bytes, start, end, Buffer.concat([times(bytesOf(open), depth), inner, ends]));
}
