/** The files of the corpus, made anew from their themes. */
import { printJson } from "../certificates/canonical.js";
import { BASES } from "./bases.js";
import type { CaseFile, Json } from "./case.js";
import type { Draft } from "./drafts.js";
import { valueAt } from "./edit-data.js";
import { FLAGS, type Flag } from "./flags.js";
import { Materializer } from "./materialize.js";
import {
  circuitClaimCases,
  circuitInductionCases,
  circuitNumberCases,
  circuitPartCases,
  circuitShapeCases,
} from "./themes/circuits.js";
import { decoderClaimCases, decoderNumberCases, decoderPartCases } from "./themes/decoders.js";
import { filterBombs, learningBombs } from "./themes/bombs.js";
import { otherSourceCases } from "./themes/binding.js";
import { wrongFilterCases, hiddenUnitCases } from "./themes/filter.js";
import { foundFilterCases, foundLearningCases } from "./themes/found.js";
import { headCases } from "./themes/head.js";
import { keyOrderCases, missingKeyCases, repeatedKeyCases, unknownKeyCases } from "./themes/keys.js";
import { learningPartCases, learningRunCases, learningVerdictCases } from "./themes/learning.js";
import { learningNetworkCases } from "./themes/learning-networks.js";
import { normalFormCases, otherMachineCases, sourceCases } from "./themes/machine.js";
import { filterShapeCases, networkShapeCases, numeralCases, weightCases } from "./themes/networks.js";
import { limitCases, precedenceCases } from "./themes/order.js";
import { codeCases, constantCases, digestCases, readingCases, transplantCases } from "./themes/parts.js";
import { countSpellingCases, escapeCases, layoutCases } from "./themes/spelling.js";
import { characterCases, lengthCases, tupleCases } from "./themes/strings.js";
import { textCases } from "./themes/text.js";
import { typeCases } from "./themes/types.js";
import { countCases, replayCases } from "./themes/verdicts.js";

/** Where the files of a statement lie, from the folder of the corpus, and who decides it. */
export const STATEMENTS = {
  filter: { folder: "rcnn", checkers: ["first", "second"] },
  learning: { folder: "learning", checkers: ["first", "second"] },
  circuit: { folder: "wei-chen-ma", checkers: ["first", "second"] },
  decoder: { folder: "wei-chen-ma-decoders", checkers: ["first", "second"] },
} as const;

/** The files of cases by path, made from the bases that are in a folder. */
export function makeCaseFiles(folder: string): ReadonlyMap<string, string> {
  const materializer = new Materializer(folder);
  const files = [
    ...filterFiles(materializer),
    ...learningFiles(materializer),
    ...circuitFiles(materializer),
    ...decoderFiles(materializer),
  ];
  return new Map(files.map((file) => [`${STATEMENTS[file.statement].folder}/${file.theme}.json`, printJson(file)]));
}

function fileOf(statement: CaseFile["statement"], theme: string, about: string, drafts: readonly Draft[]): CaseFile {
  const prefix = statement === "filter" ? theme : `${statement}-${theme}`;
  // What two themes come to alike is kept once.
  const distinct = [
    ...new Map(drafts.toReversed().map((one) => [JSON.stringify(one.input), one])).values(),
  ].toReversed();
  const used = new Set(distinct.flatMap(({ flags }) => flags));
  const flags = Object.entries(FLAGS).filter(([flag]) => used.has(flag as Flag));
  return {
    format: "weightproof-corpus",
    version: 1,
    statement,
    theme,
    about,
    checkers: STATEMENTS[statement].checkers,
    flags: Object.fromEntries(flags),
    cases: distinct.map((one, i) => ({ id: `${prefix}-${String(i + 1).padStart(3, "0")}`, ...one })),
  };
}

function filterFiles(materializer: Materializer): CaseFile[] {
  const { tiny, small } = BASES;
  const data: Json = materializer.dataOf(tiny);
  const smallData = materializer.dataOf(small);
  const file = (theme: string, about: string, ...drafts: readonly Draft[][]): CaseFile =>
    fileOf("filter", theme, about, drafts.flat());
  const layer = (l: number, r: number): string => `/filter/layers/${l}/rows/${r}`;
  return [
    file(
      "text",
      "Files that hold no text, texts that are no JSON, JSON that is no certificate.",
      textCases(tiny, materializer.textOf(tiny).length),
    ),
    file(
      "spelling",
      "True certificates in other spellings, and counts in spellings that change them.",
      layoutCases(
        tiny,
        ['["A"]', '[\n      "A"\n    ]'],
        ['"reading": {\n    "name": "amended",\n    "amendments": [', '"reading": {"name": "amended", "amendments": ['],
      ),
      escapeCases(tiny),
      countSpellingCases(tiny, "leaves", 317),
      countSpellingCases(tiny, "layers", 9),
      countSpellingCases(tiny, "intervals", 5),
    ),
    file(
      "keys",
      "Keys that are missing, unknown, twice or in another order, in every object.",
      missingKeyCases(tiny, data),
      unknownKeyCases(tiny, data),
      repeatedKeyCases(
        tiny,
        [
          { comment: "the reading's name twice", at: '"name": "amended"', nth: 1, put: '"name": "as printed",\n    ' },
          { comment: "the source's name twice", at: '"name": "tiny"', nth: 1, put: '"name": "other",\n    ' },
          {
            comment: "the source's table twice, the first one empty",
            at: '"table": [["A"',
            nth: 1,
            put: '"table": [],\n    ',
          },
          { comment: "the machine's states twice", at: '"states": ["first"', nth: 1, put: '"states": [],\n    ' },
          { comment: "the scale twice", at: '"scale":', nth: 1, put: '"scale": "486", ' },
          {
            comment: "the digest of the filter twice",
            at: '"filter": "sha256:',
            nth: 1,
            put: `"filter": "sha256:${"0".repeat(64)}",\n    `,
          },
          { comment: "the count of patches twice", at: '"patches"', nth: 1, put: '"patches": "1",\n      ' },
          {
            comment: "the count of a rule twice",
            at: '"otherwise-keep"',
            nth: 1,
            put: '"otherwise-keep": "0",\n        ',
          },
          { comment: "the widths twice", at: '"widths"', nth: 1, put: '"widths": [],\n      ' },
          { comment: "the tape of the last run twice", at: '"tape"', nth: 3, put: '"tape": [],\n        ' },
          {
            comment: "the ReLU of the last layer of the filter twice",
            at: '"relu"',
            nth: 5,
            put: '"relu": true,\n        ',
          },
          {
            comment: "the layers of the head twice, the first time none",
            at: '"layers": [\n      {"name": "U2"',
            nth: 1,
            put: '"layers": [],\n    ',
          },
          { comment: "the verdicts twice, the first time none", at: '"verdicts":', nth: 1, put: '"verdicts": {},\n  ' },
        ].filter(({ at, nth }) => materializer.textOf(tiny).split(at).length > nth),
      ),
      keyOrderCases(tiny, data),
    ),
    file("types", "Values of other types and out of range, at every kind of place.", typeCases(tiny, data)),
    file(
      "strings",
      "Strings with characters that they may not have, and lists of another length.",
      characterCases(tiny, {
        names: [
          "/source/name",
          "/machine/name",
          "/source/states/0",
          "/source/start",
          "/source/table/0/0",
          "/source/table/0/1/2/3",
          "/machine/states/1",
          "/reading/amendments/13",
        ],
        notes: ["/source/about", "/source/source"],
        layers: ["/filter/layers/0/name", "/filter/layers/4/name", "/head/layers/1/name"],
        naturals: [
          "/code/scale",
          "/verdicts/function/patches",
          "/verdicts/step/closedPatches",
          "/verdicts/function/rules/tm-6-keep",
        ],
        words: [],
      }),
      tupleCases(tiny, data, [
        "/source/table/0",
        "/source/table/0/1/0",
        "/source/table/0/1/2",
        "/machine/table/0",
        "/machine/table/1",
        "/machine/table/0/0",
        "/machine/table/1/2",
        `${layer(0, 0)}/1`,
        `${layer(2, 16)}/1`,
        "/head/layers/1/rows/0/4",
      ]),
      lengthCases(
        tiny,
        data,
        [
          ["/verdicts/replay", 64],
          ["/verdicts/weights/widths", 64],
          ["/reading/amendments", 256],
          ["/source/states", 4096],
          ["/source/halting", 4096],
          ["/source/table", 4096],
          ["/source/table/0/1", 3],
          ["/machine/states", 4096],
          ["/machine/halting", 4096],
          ["/machine/table", 4096],
          ["/verdicts/replay/0/tape", 100_000],
        ],
        [
          "/machine/table",
          "/source/table/0/1",
          "/filter/layers",
          "/head/layers",
          "/filter/layers/0/rows",
          "/filter/layers/4/rows",
          "/head/layers/1/rows",
          layer(0, 0),
          layer(4, 0),
        ],
      ),
    ),
    file(
      "constants",
      "Another system, statement, version or reading, and constants of another code.",
      constantCases(tiny, [
        ["/format", "weightproof-network"],
        ["/format", "Weightproof-certificate"],
        ["/format", "weightproof-certificate "],
        ["/version", 0],
        ["/version", 2],
        ["/version", "1"],
        ["/system", "cnn"],
        ["/system", "RCNN"],
        ["/statement", "learning"],
        ["/statement", "training"],
        ["/statement", ""],
        ["/reading/name", "as printed"],
        ["/reading/name", "printed"],
        ["/alphabet", "printed"],
        ["/alphabet", "well-formed "],
        ["/filter/format", "weightproof-certificate"],
        ["/filter/version", 0],
        ["/head/format", "network"],
        ["/head/version", 2],
      ]),
      readingCases(data),
      codeCases(data),
    ),
    file("digests", "Digests that are not those of their parts.", digestCases(data, materializer.dataOf(BASES.other))),
    file("transplants", "Parts of other true certificates.", transplantCases()),
    file(
      "machines",
      "Sources that are no machines, normal forms that are not theirs, machines that are not the filter's.",
      sourceCases(smallData),
      normalFormCases(smallData),
      otherMachineCases(data, smallData),
    ),
    file(
      "networks",
      "Networks that are none: numbers, columns, inputs.",
      numeralCases(tiny, data),
      networkShapeCases(tiny, data),
    ),
    file(
      "weights",
      "Filters of another number of layers, with weights that are not in U_s, or of a kind that is not decided.",
      weightCases(data),
      filterShapeCases(data),
    ),
    file(
      "filters",
      "Filters with weights of U_s that are not f-bar in value or derivative, and others that are.",
      wrongFilterCases(data),
      hiddenUnitCases(data),
    ),
    file("heads", "Heads that are not f-bar_head, and others that are.", headCases(data)),
    file("runs", "Runs that cannot be, and results that they do not have.", replayCases(data)),
    file("counts", "Counts that are not what comes out, in sums that fit and do not.", countCases(data)),
    file("found", "Files that a checker accepted or did not finish.", foundFilterCases()),
    file("bombs", "Small files that ask for much work or memory.", filterBombs(data, materializer.dataOf(BASES.full))),
    file("order", "Two faults at once, and limits.", precedenceCases(data), limitCases(data)),
  ];
}

function learningFiles(materializer: Materializer): CaseFile[] {
  const base = BASES.learning;
  const data = materializer.dataOf(base);
  const file = (theme: string, about: string, ...drafts: readonly Draft[][]): CaseFile =>
    fileOf("learning", theme, about, drafts.flat());
  return [
    file(
      "text",
      "Files and texts that are no certificate of a learning run.",
      textCases(base, materializer.textOf(base).length),
      layoutCases(base, ['["end"]', '[\n      "end"\n    ]'], ['"replay": {"steps"', '"replay": { "steps"']),
      escapeCases(base),
      countSpellingCases(base, "m", 3),
    ),
    file(
      "keys",
      "Keys that are missing, unknown, twice or in another order.",
      missingKeyCases(base, data),
      unknownKeyCases(base, data),
      repeatedKeyCases(base, [
        { comment: "the shape's m twice", at: '"m":', nth: 1, put: '"m": 2, ' },
        { comment: "a prediction's answer twice", at: '"answer"', nth: 4, put: '"answer": "+", ' },
      ]),
      keyOrderCases(base, data),
    ),
    file(
      "types",
      "Values of other types, characters and lengths.",
      typeCases(base, data),
      constantCases(base, [
        ["/statement", "filter"],
        ["/statement", "training"],
        ["/system", "cnn"],
        ["/version", 2],
        ["/format", "weightproof-network"],
        ["/filter/version", 2],
      ]),
      characterCases(base, {
        names: ["/source/name", "/source/states/3"],
        notes: ["/source/source"],
        layers: ["/head/layers/1/name"],
        naturals: [],
        words: [
          "/predictions/0/f",
          "/predictions/3/f",
          "/verdicts/float32/forward/0/name",
          "/verdicts/float32/forward/4/grid",
          "/verdicts/float32/backward/9/size",
        ],
      }),
      lengthCases(
        base,
        data,
        [
          ["/verdicts/float32/forward", 64],
          ["/verdicts/float32/backward", 64],
          ["/predictions", 65536],
        ],
        ["/examples", "/memory"],
      ),
    ),
    file("parts", "Digests, machines and networks that are not what they must be.", learningPartCases(data)),
    file("networks", "Filters and heads that are not those of the machine.", learningNetworkCases(data)),
    file("sources", "Runs of another machine than the source.", otherSourceCases(data)),
    file("found", "Files that a checker accepted.", foundLearningCases()),
    file("bombs", "Small files that ask for many cells.", learningBombs(data)),
    file("runs", "Sizes, examples, memories and predictions that are not those of the run.", learningRunCases(data)),
    file("verdicts", "Counts and bounds that are not what comes out.", learningVerdictCases(data)),
  ];
}

function decoderFiles(materializer: Materializer): CaseFile[] {
  const data = materializer.dataOf(BASES.decoder);
  return [
    fileOf(
      "decoder",
      "parts",
      "Readings, digests, machines and vectors that are not what they must be.",
      decoderPartCases(data),
    ),
    fileOf("decoder", "numbers", "One number of a layer changed.", decoderNumberCases(data)),
    fileOf("decoder", "claims", "Margins, perturbations, runs and counts that do not follow.", decoderClaimCases(data)),
  ];
}

function circuitFiles(materializer: Materializer): CaseFile[] {
  const base = BASES.choice;
  const data = materializer.dataOf(base);
  const file = (theme: string, about: string, ...drafts: readonly Draft[][]): CaseFile =>
    fileOf("circuit", theme, about, drafts.flat());
  return [
    file(
      "text",
      "Files and texts that are no certificate of a circuit's network.",
      textCases(base, materializer.textOf(base).length),
      countSpellingCases(base, "coordinates", valueAt(data, "/verdicts/binary/coordinates") as number),
    ),
    file(
      "keys",
      "Keys that are missing, unknown, twice or in another order.",
      missingKeyCases(base, data),
      unknownKeyCases(base, data),
      repeatedKeyCases(base, [
        { comment: "the width twice", at: '"width":', nth: 1, put: '"width": 1, ' },
        { comment: "the margin's bound twice", at: '"lower":', nth: 1, put: '"lower": "1", ' },
      ]),
      keyOrderCases(base, data),
    ),
    file(
      "types",
      "Values of other types, characters and lengths.",
      typeCases(base, data),
      constantCases(base, [
        ["/statement", "decoder-of-nothing"],
        ["/system", "wei-chen"],
        ["/version", 2],
        ["/format", "weightproof-network"],
        ["/verdicts/correction/radius", "1/4"],
      ]),
      tupleCases(base, data, ["/circuit/ands/0", "/circuit/outputs/2", "/verdicts/margin/flip/entries/0"]),
    ),
    file("parts", "Readings, digests, circuits and numbers that are not what they must be.", circuitPartCases(data)),
    file("shapes", "Networks that are none, or of another shape.", circuitShapeCases(data)),
    file("numbers", "One number of the network changed, in every row.", circuitNumberCases(data)),
    file("claims", "Margins, perturbations, counts and samples that do not follow.", circuitClaimCases(data)),
    file(
      "induction",
      "A circuit whose inputs are too many to try.",
      circuitInductionCases(materializer.dataOf(BASES.many)),
    ),
  ];
}
