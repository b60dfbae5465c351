/** The corpus of Goel, Kakade, Kalai and Zhang: certificates of filters and of learning runs. */
import { readCertificateText } from "../../certificates/rcnn-certificate.js";
import { readLearningText } from "../../certificates/rcnn-learning.js";
import { readRecodingText } from "../../certificates/rcnn-recoding.js";
import networkSchema from "../../certificates/schemas/network.schema.json" with { type: "json" };
import filterSchema from "../../certificates/schemas/rcnn-certificate.schema.json" with { type: "json" };
import learningSchema from "../../certificates/schemas/rcnn-learning.schema.json" with { type: "json" };
import recodingSchema from "../../certificates/schemas/rcnn-recoding.schema.json" with { type: "json" };
import type { CorpusRoom } from "../room.js";
import { BASES, makeBases } from "./bases.js";
import { RCNN_FLAGS } from "./flags.js";
import { filterThemes } from "./themes/filter-themes.js";
import { learningThemes } from "./themes/learning-themes.js";
import { recodingThemes } from "./themes/recoding-themes.js";

const FREE = ["/source/about", "/source/source", "/filter/layers/*/name", "/head/layers/*/name"];
/** How certificates of both statements can be refused before their claims are decided. */
const TEXT_CODES = ["too-large", "not-json", "unknown-system", "unknown-statement", "schema", "not-canonical"];
/** What is decided of filter and head, whatever the statement. */
const NETWORK_CODES = [
  "network",
  "layer-count",
  "weight-outside-set",
  "shape",
  "first-layer-reads-many",
  "first-layer-kink",
  "kink",
  "value",
  "derivative",
  "head-shape",
  "head-too-many-units",
  "head-slope",
  "head-value",
  "head-kink",
];

/** This paper's room of the corpus. */
export const rcnn: CorpusRoom = {
  system: "rcnn",
  flags: RCNN_FLAGS,
  makeBases,
  statements: {
    filter: {
      schema: filterSchema,
      documents: [networkSchema],
      read: readCertificateText,
      checkers: ["first", "second"],
      codes: [
        ...TEXT_CODES,
        "reading",
        "digest",
        "source-machine",
        "normal-form",
        "code",
        ...NETWORK_CODES,
        "replay-run",
        "counts",
      ],
      base: BASES.tiny,
      longer: [[BASES.small, /^\/(?:source|machine)\//]],
      free: FREE,
      themes: filterThemes,
    },
    learning: {
      schema: learningSchema,
      documents: [networkSchema, filterSchema],
      read: readLearningText,
      checkers: ["first", "second"],
      codes: [
        ...TEXT_CODES,
        "digest",
        "source-machine",
        ...NETWORK_CODES,
        "learning-shape",
        "learning-memory",
        "learning-prediction",
        "float-bounds",
        "counts",
      ],
      base: BASES.learning,
      free: FREE,
      themes: learningThemes,
    },
    recoding: {
      schema: recodingSchema,
      documents: [networkSchema, filterSchema],
      read: readRecodingText,
      checkers: ["first", "second"],
      codes: [
        ...TEXT_CODES,
        "digest",
        "source-machine",
        "recoding-code",
        "recoding-states",
        "recoding-step",
        "replay-run",
        "counts",
      ],
      base: BASES.recoding,
      free: ["/source/about", "/source/source", "/target/about", "/target/source"],
      themes: recodingThemes,
    },
  },
};
