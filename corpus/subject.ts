/** A true certificate beside its schema: what the derived themes start from. */
import type { Json } from "./case.js";
import { pointerOf } from "./edit-data.js";
import type { Materializer } from "./materialize.js";
import { isObject } from "./places.js";
import type { CorpusStatement } from "./room.js";
import { Schema, type SchemaNode } from "./schema.js";
import { textPlaces, type TextPlace } from "./text-places.js";

/** A place of the certificate. */
export interface Place {
  readonly pointer: string;
  readonly value: Json;
  /** What the schema says of it: it has the shape of one of these. */
  readonly nodes: readonly SchemaNode[];
}

/** Places that differ in indices of lists alone: at the first, the middle and the last of them. */
export interface Kind {
  /** The pointer with "*" for each index of a list. */
  readonly name: string;
  /** At least one. */
  readonly instances: readonly Place[];
}

/** A certificate that themes change, with what they need to know of its format. */
export interface Subject {
  readonly system: string;
  readonly statement: string;
  /** All statements of the system. */
  readonly siblings: readonly string[];
  readonly base: string;
  readonly data: Json;
  /** In ASCII. */
  readonly text: string;
  /** The certificate itself first. */
  readonly kinds: readonly Kind[];
  readonly textPlaces: ReadonlyMap<string, TextPlace>;
  /** Kinds of strings that may say anything. */
  readonly free: ReadonlySet<string>;
}

/** The subject of a base. */
export function subjectOf(
  system: string,
  statement: string,
  siblings: readonly string[],
  { base, schema: root, documents, free }: CorpusStatement,
  materializer: Materializer,
): Subject {
  const [data, text] = [materializer.dataOf(base), materializer.textOf(base)];
  const schema = new Schema(root, documents);
  const kinds = new Map<string, Place[]>();
  schema.walk(data, (pointer, name, value, nodes) => {
    kinds.set(name, [...(kinds.get(name) ?? []), { pointer, value, nodes }]);
  });
  return {
    system,
    statement,
    siblings,
    base,
    data,
    text,
    kinds: [...kinds].map(([name, instances]) => ({ name, instances })),
    textPlaces: textPlaces(text),
    free: new Set(free),
  };
}

/** The instance of a kind whose turn it is. */
export function instance({ instances }: Kind, turn: number): Place {
  return instances[turn % instances.length] as Place;
}

/** An object of a certificate. */
export interface ObjectPlace extends Place {
  readonly value: { readonly [key: string]: Json };
  /** Its kind. */
  readonly name: string;
}

/** One object of each kind: the first, the middle and the last instance in turn. */
export function objectsOf({ kinds }: Subject): ObjectPlace[] {
  return kinds.flatMap((kind, i): ObjectPlace[] => {
    const place = instance(kind, i);
    return isObject(place.value) ? [{ ...place, name: kind.name, value: place.value }] : [];
  });
}

/** The pointer of a key. */
export function keyOf(object: Place, key: string): string {
  return object.pointer + pointerOf(key);
}

/** A pointer as a comment names it. */
export function named(pointer: string): string {
  return pointer === "" ? "the certificate" : pointer.slice(1).replaceAll("/", ".");
}
