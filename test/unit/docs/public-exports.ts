/** The symbols that the package exports, each with the doc comment of its declaration. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../cli/run-cli.js";

/** The files that package.json's entry points are compiled from, by the name under which they are imported. */
export const ENTRIES: Readonly<Record<string, string>> = {
  weightproof: "index.ts",
  "weightproof/arbitraries": "arbitraries/index.ts",
  "weightproof/checkers": "checkers/index.ts",
};

export interface PublicExport {
  /** What is imported from, such as "weightproof/arbitraries". */
  readonly entry: string;
  readonly name: string;
  /** Where it is declared, and under which name; the name is undefined for a namespace, which is a whole file. */
  readonly file: string;
  readonly declared: string | undefined;
  /** The text of the doc comment above the declaration, without its stars. */
  readonly comment: string;
}

const EXPORT_FROM = /^export (type )?(\*(?: as \w+)?|\{[^}]*\}) from "(\.[^"]+)";/gm;
const EXPORT_LIST = /^export (?:type )?\{([^}]*)\};/gm;
const DECLARED = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm;

/** All exports of an entry point, those that it passes on included. */
export function publicExports(entry: string): PublicExport[] {
  return exportsOf(ENTRIES[entry] as string).map((one) => ({ entry, ...one }));
}

function exportsOf(file: string): Omit<PublicExport, "entry">[] {
  const source = readFileSync(join(root, file), "utf8");
  const found: Omit<PublicExport, "entry">[] = [];
  for (const [, typesAlone, what = "", from = ""] of source.matchAll(EXPORT_FROM)) {
    const target = join(dirname(file), from).replace(/\.js$/, ".ts");
    const namespace = /^\* as (\w+)$/.exec(what)?.[1];
    if (namespace !== undefined) {
      found.push({ name: namespace, file: target, declared: undefined, comment: commentAbove(target, undefined) });
    } else if (what === "*") {
      const values = typesAlone === undefined ? () => true : isType(target);
      found.push(...exportsOf(target).filter(values));
    } else found.push(...names(what.slice(1, -1)).map(([declared, name]) => resolved(target, declared, name)));
  }
  for (const [, list = ""] of source.matchAll(EXPORT_LIST))
    found.push(...names(list).map(([declared, name]) => imported(file, source, declared, name)));
  for (const [, name = ""] of source.matchAll(DECLARED)) {
    if (!found.some((one) => one.name === name))
      found.push({ name, file, declared: name, comment: commentAbove(file, name) });
  }
  return found;
}

function isType(file: string): (one: { readonly name: string }) => boolean {
  const source = readFileSync(join(root, file), "utf8");
  return ({ name }) => new RegExp(`^export (?:interface|type) ${name}\\b`, "m").test(source);
}

function names(list: string): [declared: string, name: string][] {
  return list
    .split(",")
    .map((item) => item.trim().replace(/^type /, ""))
    .filter((item) => item !== "")
    .map((item) => {
      const [declared = "", name = declared] = item.split(" as ");
      return [declared, name];
    });
}

/** An export of a list without "from": declared here, or imported. */
function imported(file: string, source: string, declared: string, name: string): Omit<PublicExport, "entry"> {
  for (const [, list = "", from = ""] of source.matchAll(/^import (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm)) {
    const original = names(list).find(([, local]) => local === declared)?.[0];
    if (original !== undefined) return resolved(join(dirname(file), from).replace(/\.js$/, ".ts"), original, name);
  }
  return resolved(file, declared, name);
}

/** Follows a name to the file that declares it. */
function resolved(file: string, declared: string, name: string): Omit<PublicExport, "entry"> {
  const source = readFileSync(join(root, file), "utf8");
  if ([...source.matchAll(DECLARED)].some(([, one]) => one === declared))
    return { name, file, declared, comment: commentAbove(file, declared) };
  const passed = exportsOf(file).find((one) => one.name === declared);
  if (passed === undefined) throw new Error(`${file} does not export ${declared}`);
  return { ...passed, name };
}

/** The doc comment of a declaration; of a namespace, the comment at the head of its file. */
function commentAbove(file: string, declared: string | undefined): string {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`there is no file ${file}`);
  const source = readFileSync(path, "utf8");
  const end =
    declared === undefined
      ? source.indexOf("*/") + 3
      : source.search(new RegExp(`^export (?:async )?(?:function\\*?|const|class|interface|type) ${declared}\\b`, "m"));
  const before = source.slice(0, end).trimEnd();
  if (!before.endsWith("*/")) return "";
  return before
    .slice(before.lastIndexOf("/**"))
    .replace(/^\/\*\* ?|\s*\*\/$/g, "")
    .replaceAll(/^ \* ?/gm, "")
    .trim();
}
