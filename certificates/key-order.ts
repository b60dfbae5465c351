/** One order of keys for JSON values of a schema: the order in which the schema lists its properties. */

/** The part of a JSON schema that is used. */
export interface OrderSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, object>>;
  readonly properties?: Readonly<Record<string, object>>;
  readonly items?: object | boolean;
  readonly anyOf?: readonly object[];
}

/**
 * The same value with the keys of each object in the order of its schema; keys that the schema does not list come last.
 * Arrays are searched for objects only where their items have properties: rows of numbers are passed on as they are.
 *
 * @param documents other schemas that $ref may name, by $id
 */
export function inKeyOrder(value: unknown, schema: OrderSchema, documents: Readonly<Record<string, object>>): unknown {
  const order = (inner: unknown, at: OrderSchema, root: OrderSchema): unknown => {
    const [found, document] = resolve(at, root);
    if (Array.isArray(inner)) {
      const items = typeof found.items === "object" ? (found.items as OrderSchema) : {};
      return resolve(items, document)[0].properties === undefined
        ? inner
        : inner.map((item: unknown) => order(item, items, document));
    }
    if (found.properties === undefined || typeof inner !== "object" || inner === null) return inner;
    const properties = new Map(Object.entries(found.properties));
    const rank = new Map([...properties.keys()].map((key, i) => [key, i]));
    const entries = Object.entries(inner).toSorted(
      ([a], [b]) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size),
    );
    return Object.fromEntries(entries.map(([key, item]) => [key, order(item, properties.get(key) ?? {}, document)]));
  };
  const resolve = (at: OrderSchema, root: OrderSchema): [schema: OrderSchema, root: OrderSchema] => {
    if (at.anyOf !== undefined) {
      // Of alternatives, at most one is an object with properties; the others are null or numbers, which have no keys.
      const resolved = at.anyOf.map((inner) => resolve(inner as OrderSchema, root));
      return resolved.find(([{ properties }]) => properties !== undefined) ?? [at, root];
    }
    if (at.$ref === undefined) return [at, root];
    const [id, name] = at.$ref.split("#/$defs/") as [string, string?];
    const document = id === "" ? root : (documents[id] ?? {});
    return resolve(name === undefined ? document : ((document as OrderSchema).$defs?.[name] ?? {}), document);
  };
  return order(value, schema, schema);
}
