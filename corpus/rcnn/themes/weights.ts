/** Filters of another number of layers or shape, and weights that are not in U_s; for the base `tiny`. */
import { BASES } from "../bases.js";
import type { DataEdit, Json } from "../../case.js";
import { ACCEPTED, add, draft, edited, find, remove, replace, spots, type Draft } from "../../drafts.js";
import { layersAt, type Layer, type Row } from "../../themes/networks.js";

/** The layers of the filter or of the head. */
export function layersOf(data: Json, part: "filter" | "head"): readonly Layer[] {
  return layersAt(data, `/${part}`);
}

/** Weights outside U_s, and filters of more or fewer matrices than five. */
export function weightCases(data: Json): Draft[] {
  const base = BASES.tiny;
  const layers = layersOf(data, "filter");
  const strangers = ["7/8", "1/3", "123456789", "1/1024", "-1/3", "99999999999999999999999999", "1/7"];
  const outside = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "OutsideSet", edited(base, ...edits), "weight-outside-set");
  const identity: Json = { name: "V6", inputs: 1, relu: false, rows: [["0", [0, "1"]]] };
  const count = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "LayerCount", edited(base, ...edits), "layer-count");
  return [
    count("without the first layer", remove("/filter/layers/0")),
    count("without the last layer", remove("/filter/layers/4")),
    count(
      "without its middle layers, the last one made to fit",
      remove("/filter/layers/1"),
      remove("/filter/layers/1"),
      remove("/filter/layers/1"),
      replace("/filter/layers/1/inputs", 136),
    ),
    count("with an identity as its last layer", add("/filter/layers/-", identity)),
    count(
      "one layer",
      remove("/filter/layers/1"),
      remove("/filter/layers/1"),
      remove("/filter/layers/1"),
      remove("/filter/layers/1"),
    ),
    count("with 59 identities after it", { op: "append", path: "/filter/layers", value: identity, count: 59 }),
    draft(
      "with 60 identities after it: more layers than there may be",
      "ListLength",
      edited(base, { op: "append", path: "/filter/layers", value: identity, count: 60 }),
      "schema",
    ),
    ...layers.flatMap(({ rows }, l) =>
      spots(rows.length).flatMap((r, i) => {
        const at = `/filter/layers/${l}/rows/${r}`;
        const stranger = strangers[(l + i) % strangers.length] as string;
        return [
          outside(`V${l + 1}, row ${r}: bias ${stranger}`, replace(`${at}/0`, stranger)),
          ...spots((rows[r] as Row).length - 1).map((e) => {
            const other = strangers[(l + i + e + 1) % strangers.length] as string;
            return outside(`V${l + 1}, row ${r}, entry ${e}: weight ${other}`, replace(`${at}/${e + 1}/1`, other));
          }),
        ];
      }),
    ),
    outside("a weight of V2 in V5", replace("/filter/layers/4/rows/0/1/1", "4")),
    outside("a weight of V1 for more states", replace("/filter/layers/0/rows/0/0", "-2917/2")),
    draft(
      "a bias of 4000 digits",
      "OutsideSet",
      edited(base, { op: "replace", path: "/filter/layers/0/rows/0/0", value: "9", times: 4000 }),
      "weight-outside-set",
    ),
  ];
}

/** Networks of five matrices that do not have the inputs, outputs or ReLUs of a filter. */
export function filterShapeCases(data: Json): Draft[] {
  const base = BASES.tiny;
  const layers = layersOf(data, "filter");
  const wrong = (comment: string, ...edits: DataEdit[]): Draft =>
    draft(comment, "FilterShape", edited(base, ...edits), "shape");
  const [v1] = layers as [Layer];
  return [
    ...layers.map(({ relu }, l) =>
      wrong(`V${l + 1}: ${relu ? "no ReLU" : "a ReLU"}`, replace(`/filter/layers/${l}/relu`, !relu)),
    ),
    wrong("ten inputs", replace("/filter/layers/0/inputs", 10)),
    wrong("a million inputs", replace("/filter/layers/0/inputs", 1_000_000)),
    wrong("two outputs, the same", { op: "copy", from: "/filter/layers/4/rows/0", path: "/filter/layers/4/rows/-" }),
    wrong("two outputs, the first constant", add("/filter/layers/4/rows/0", ["0"])),
    ...spots(v1.rows.length).flatMap((r) => {
      const row = v1.rows[r] as Row;
      const [place] = row[1] as [number, string];
      const at = `/filter/layers/0/rows/${r}`;
      return [
        draft(
          `unit ${r} reads a cell more`,
          "FirstLayer",
          edited(base, place === 0 ? add(`${at}/-`, [8, "1"]) : add(`${at}/1`, [0, "1"])),
          "first-layer-reads-many",
        ),
        draft(
          `unit ${r} reads all nine cells`,
          "FirstLayer",
          edited(base, replace(at, [row[0], ...Array.from({ length: 9 }, (_, i): [number, string] => [i, "1"])])),
          "first-layer-reads-many",
        ),
        draft(
          `unit ${r} has its kink at the blank cell`,
          "FirstLayer",
          edited(base, replace(`${at}/0`, "0")),
          "first-layer-kink",
        ),
      ];
    }),
    ...[0, 4, 8].map((place) =>
      draft(
        `a unit that nothing reads has its kink at the blank cell at place ${place}`,
        "FirstLayer",
        edited(
          base,
          add("/filter/layers/0/rows/-", ["0", [place, "1"]]),
          replace("/filter/layers/1/inputs", v1.rows.length + 1),
        ),
        "first-layer-kink",
      ),
    ),
    draft(
      "a column spelled with an exponent",
      "NumberSpelling",
      { base, digests: "kept", text: [find('[4, "1"]', '[4e0, "1"]')] },
      "not-canonical",
    ),
    draft(
      "a column spelled -0",
      "NumberSpelling",
      { base, digests: "kept", text: [find("[0, ", "[-0, ")] },
      "not-canonical",
    ),
    draft("a network of another version", "WrongConstant", edited(base, replace("/filter/version", 2)), "schema"),
    draft("another name for V5", "FreeChange", edited(base, replace("/filter/layers/4/name", "output")), ACCEPTED),
    draft("two layers of the same name", "FreeChange", edited(base, replace("/filter/layers/1/name", "V1")), ACCEPTED),
  ];
}
