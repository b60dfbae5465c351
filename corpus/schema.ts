/** What a JSON schema says of a place of its data, as far as the schemas of certificates say it. */
import type { Json } from "./case.js";
import { spots } from "./drafts.js";
import { pointerOf, valueAt } from "./edit-data.js";

/** A node of a JSON schema (draft 2020-12), with the keywords that schemas of certificates use. */
export interface SchemaNode {
  readonly $id?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: SchemaNode | boolean;
  readonly prefixItems?: readonly SchemaNode[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** A schema with an $id. */
export type SchemaDocument = SchemaNode & { readonly $id: string };

/** A node with the document in which its references are looked up. */
interface Found {
  readonly node: SchemaNode;
  readonly root: SchemaNode;
}

/** A schema, with the others that it refers to by their $id. */
export class Schema {
  readonly #root: SchemaDocument;
  readonly #documents: ReadonlyMap<string, SchemaDocument>;

  constructor(root: SchemaDocument, documents: readonly SchemaDocument[]) {
    this.#root = root;
    this.#documents = new Map([root, ...documents].map((one) => [one.$id, one]));
  }

  /**
   * Visits the places of data that has the schema's shape, the data first: of lists the first, the middle and the last element,
   * of tuples every one.
   *
   * @param visit gets the pointer; the same with "*" for each index of a list; the value; and what the schema says of it: one
   * node, or the parts of an anyOf
   */
  walk(data: Json, visit: (pointer: string, kind: string, value: Json, nodes: readonly SchemaNode[]) => void): void {
    const go = (pointer: string, kind: string, value: Json, found: readonly Found[]): void => {
      visit(
        pointer,
        kind,
        value,
        found.map(({ node }) => node),
      );
      if (typeof value !== "object" || value === null) return;
      const tuple = Math.max(...found.map(({ node }) => node.prefixItems?.length ?? 0), 0);
      const steps = Array.isArray(value)
        ? new Set([...value.slice(0, tuple).keys(), ...spots(value.length)])
        : Object.keys(value);
      for (const step of steps) {
        const at = pointerOf(step);
        const isOpen = typeof step === "number" && step >= tuple;
        const inside = found.flatMap((one) => this.#inside(one, value, String(step)));
        go(pointer + at, kind + (isOpen ? "/*" : at), (value as Record<string, Json>)[step] as Json, inside);
      }
    };
    go("", "", data, this.#resolve({ node: this.#root, root: this.#root }));
  }

  #inside({ node, root }: Found, value: Json, step: string): Found[] {
    const { items, prefixItems = [], properties = {} } = node;
    const rest = typeof items === "object" ? items : undefined;
    const next = Array.isArray(value) ? (prefixItems[Number(step)] ?? rest) : properties[step];
    return next === undefined ? [] : this.#resolve({ node: next, root });
  }

  #resolve({ node, root }: Found): Found[] {
    if (node.anyOf !== undefined) return node.anyOf.flatMap((inner) => this.#resolve({ node: inner, root }));
    if (node.$ref === undefined) return [{ node, root }];
    const [id, pointer = ""] = node.$ref.split("#") as [string, string?];
    const document = id === "" ? root : this.#documents.get(id);
    if (document === undefined) throw new RangeError(`Schema: expected a document ${id}`);
    const target = valueAt(document as unknown as Json, pointer) as unknown as SchemaNode;
    return this.#resolve({ node: target, root: document });
  }
}

/** Whether a value has the type, range, length and pattern of one of some nodes; what is inside of it is not looked at. */
export function fits(value: unknown, nodes: readonly SchemaNode[]): boolean {
  return nodes.some((node) => fitsNode(value, node));
}

function fitsNode(value: unknown, node: SchemaNode): boolean {
  if ("const" in node) return value === node.const;
  if (node.enum !== undefined) return node.enum.includes(value);
  switch (node.type) {
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isInteger(value) && isBetween(value as number, node.minimum, node.maximum);
    case "string":
      return typeof value === "string" && fitsString(value, node);
    case "array":
      return Array.isArray(value) && isBetween(value.length, node.minItems, node.maxItems);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      throw new RangeError(`fits: expected a type, got ${node.type}`);
  }
}

function isBetween(value: number, least = -Infinity, most = Infinity): boolean {
  return value >= least && value <= most;
}

/** JSON Schema counts characters, not UTF-16 code units. */
function fitsString(value: string, { minLength, maxLength, pattern }: SchemaNode): boolean {
  return (
    isBetween([...value].length, minLength, maxLength) &&
    (pattern === undefined || new RegExp(pattern, "u").test(value))
  );
}
