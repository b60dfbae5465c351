/** Networks that are none beyond their schema: numbers, columns, inputs, names. For every certificate that has networks. */
import type { DataEdit, Json } from "../case.js";
import { add, draft, edited, exchanged, replace, spots, type Draft } from "../drafts.js";
import { valueAt } from "../edit-data.js";
import { named, type Subject } from "../subject.js";

/** [bias, [column, weight], ...] */
export type Row = [bias: string, ...entries: [column: number, weight: string][]];

/** An affine map of a network document. */
export interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly Row[];
}

/** The layers of a network. @param path of the network in the data */
export function layersAt(data: Json, path: string): readonly Layer[] {
  return valueAt(data, `${path}/layers`) as unknown as Layer[];
}

/** The networks of a certificate: places of which the schema says that they hold one. */
function networksOf({ kinds }: Subject): string[] {
  return kinds.flatMap(({ instances }) =>
    instances
      .filter(({ nodes }) => nodes.some(({ $id }) => $id === "network.schema.json"))
      .map(({ pointer }) => pointer),
  );
}

/** Spellings that the schema lets pass, of numbers that have another. */
const UNREDUCED = ["0/2", "2/4", "10/4", "-6/4", "4/2", "-3/9", "1000000/2000000", "162/324", "-9/3"];

function isUnreduced(base: string, path: string, turn: number): Draft {
  const spelled = UNREDUCED[turn % UNREDUCED.length] as string;
  return draft(`${named(path)}: ${spelled}`, "Numeral", edited(base, replace(path, spelled)), "network");
}

/** Biases and weights, of the first, the middle and the last row of each layer, that are not reduced. */
export function unreducedCases({ base, data, ...subject }: Subject): Draft[] {
  const paths = networksOf({ base, data, ...subject }).flatMap((network) =>
    layersAt(data, network).flatMap(({ rows }, l) =>
      spots(rows.length).flatMap((r) => {
        const at = `${network}/layers/${l}/rows/${r}`;
        return [`${at}/0`, ...spots((rows[r] as Row).length - 1).map((e) => `${at}/${e + 1}/1`)];
      }),
    ),
  );
  return paths.map((path, turn) => isUnreduced(base, path, turn));
}

type Fault = readonly [comment: string, ...edits: DataEdit[]];

/** A row with columns or weights that it may not have. */
function rowFaults(path: string, [, ...entries]: Row, inputs: number): readonly Fault[] {
  const last = entries.length;
  const end = entries.at(-1);
  return [
    ["a column past the inputs", add(`${path}/-`, [inputs, "1"])],
    ["a column of 2^53 - 1", add(`${path}/-`, [2 ** 53 - 1, "1"])],
    ...(end === undefined
      ? []
      : ([
          ["its last entry twice", add(`${path}/-`, end)],
          ["its last weight 0", replace(`${path}/${last}/1`, "0")],
          ["its first weight 0", replace(`${path}/1/1`, "0")],
        ] as const)),
    ...(last < 2
      ? []
      : ([
          ["its first two entries exchanged", ...exchanged(path, 1, 2)],
          ["its last two entries exchanged", ...exchanged(path, last - 1, last)],
        ] as const)),
  ];
}

/** A layer that does not fit the one before. */
function layerFaults(network: string, l: number, inputs: number): readonly Fault[] {
  const at = `${network}/layers/${l}`;
  if (l === 0) return [];
  return [
    ["an input more than the layer before has rows", replace(`${at}/inputs`, inputs + 1)],
    ["an input less", replace(`${at}/inputs`, inputs - 1)],
    ["the layer before has a row more", add(`${network}/layers/${l - 1}/rows/-`, ["1"])],
  ];
}

/** Rows with columns that do not rise, do not exist, or carry a zero weight. */
export function networkShapeCases(subject: Subject): Draft[] {
  const { base, data } = subject;
  return networksOf(subject).flatMap((network) => {
    const wrong = (place: string, faults: readonly Fault[]): Draft[] =>
      faults.map(([comment, ...edits]) =>
        draft(`${named(place)}: ${comment}`, "NetworkShape", edited(base, ...edits), "network"),
      );
    return layersAt(data, network).flatMap(({ inputs, rows }, l) => {
      const at = `${network}/layers/${l}`;
      // Names are counted in UTF-16 code units, not in characters as the schema does.
      const long: DataEdit = { op: "replace", path: `${at}/name`, value: "\u{1f600}", times: 33 };
      return [
        ...wrong(at, [...layerFaults(network, l, inputs), ["a name of 66 UTF-16 code units", long]]),
        ...spots(rows.length).flatMap((r) =>
          wrong(`${at}/rows/${r}`, rowFaults(`${at}/rows/${r}`, rows[r] as Row, inputs)),
        ),
      ];
    });
  });
}
