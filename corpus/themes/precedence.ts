/** Two faults at once, of those that every certificate can have: the first one that is decided gives its code. */
import { add, draft, replace, type Draft } from "../drafts.js";
import type { DataEdit, TextEdit } from "../case.js";
import type { Subject } from "../subject.js";

interface Fault {
  readonly code: string;
  readonly data?: DataEdit;
  readonly text?: TextEdit;
}

/** In the order in which they are decided. */
const FAULTS: readonly Fault[] = [
  { code: "not-json", text: { op: "append", text: "}" } },
  { code: "unknown-system", data: replace("/system", "Another") },
  { code: "unknown-statement", data: replace("/statement", "Another") },
  { code: "schema", data: add("/extra", 0) },
  { code: "not-canonical", text: { op: "append", text: " " } },
];

/** A digest that is another, and made so after digests are repaired: all zero. */
function withWrongDigest({ data }: Subject): DataEdit | undefined {
  const digests = (data as Record<string, object>)["digests"] ?? {};
  const [first] = Object.keys(digests);
  return first === undefined ? undefined : replace(`/digests/${first}`, `sha256:${"0".repeat(64)}`);
}

/** Texts with two faults, which pin down which of them is reported. */
export function textPrecedenceCases(subject: Subject): Draft[] {
  const wrong = withWrongDigest(subject);
  const faults = wrong === undefined ? FAULTS : [...FAULTS, { code: "digest", data: wrong }];
  return faults.flatMap((first, i) =>
    faults.slice(i + 1).map((second) => {
      const data = [second, first].flatMap((fault) => (fault.data === undefined ? [] : [fault.data]));
      const text = [second, first].flatMap((fault) => (fault.text === undefined ? [] : [fault.text]));
      const input = { base: subject.base, data, digests: "kept" as const, ...(text.length === 0 ? {} : { text }) };
      return draft(`${first.code} before ${second.code}`, "Precedence", input, first.code);
    }),
  );
}
