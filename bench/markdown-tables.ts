/** Tables in documents that a program writes: each stands between the lines "<!-- NAME -->" and "<!-- end -->". */

/**
 * The document with its tables replaced by the given ones.
 *
 * @throws {Error} if the document has no place for one of them
 */
export function replaceTables(document: string, tables: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(tables).reduce((text, [name, lines]) => {
    const begin = `<!-- ${name} -->\n`;
    const from = text.indexOf(begin);
    const to = text.indexOf("<!-- end -->", from);
    if (from < 0 || to < 0) throw new Error(`replaceTables: expected a place for table "${name}"`);
    return `${text.slice(0, from + begin.length)}\n${lines.join("\n")}\n\n${text.slice(to)}`;
  }, document);
}
