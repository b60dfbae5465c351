/** Exact constants and sizes, as tables. */
import type { Computation } from "../computation.js";
import type { AuditedPaper, SizeTable } from "../paper.js";
import { escapeHtml } from "./markup.js";

/** The constants of a paper, each run once, and its table of sizes. */
export function constantsHtml({ constants, computations, sizes }: AuditedPaper): string {
  const numberOf = runOnce(computations);
  const rows = constants.map(
    ([name, computation, key, meaning]) =>
      `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(numberOf(computation, key))}</td><td>${escapeHtml(meaning)}</td></tr>`,
  );
  const table = `<div class="scroll"><table class="numbers pairs constants"><tbody>${rows.join("")}</tbody></table></div>`;
  return sizes === undefined ? table : `${table}\n${sizesHtml(sizes())}`;
}

/** Numbers of computations by name and key; "" for what there is not. */
function runOnce(computations: readonly Computation[]): (computation: string, key: string) => string {
  const numbers = new Map<string, Readonly<Record<string, string>>>();
  return (computation, key) => {
    let found = numbers.get(computation);
    if (found === undefined) {
      found = computations.find(({ name }) => name === computation)?.run().numbers ?? {};
      numbers.set(computation, found);
    }
    return found[key] ?? "";
  };
}

function sizesHtml({ title, about, size, columns, groups, rows }: SizeTable): string {
  const cells = (tag: "th" | "td", texts: readonly string[]): string =>
    texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("");
  const heads = groups.map((name) => `<th colspan="${columns.length}">${escapeHtml(name)}</th>`).join("");
  const body = rows.map(({ name, values }) => `<tr>${cells("th", [name])}${cells("td", values)}</tr>`);
  const repeated = groups.map(() => cells("th", columns)).join("");
  return `<h3 style="margin-top:1.6rem">${escapeHtml(title)}</h3>
<p class="place">${escapeHtml(about)}</p>
<div class="scroll"><table class="numbers"><thead><tr><th></th>${heads}</tr><tr>${cells("th", [size])}${repeated}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
