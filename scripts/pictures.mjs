// npm run pictures [-- DIR]: draws the pictures of the documents (into docs/pictures, or DIR): which folder imports which, from
// docs/import-directions.json, and the run of a gallery machine, with the command that README.md names.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const out = process.argv[2] ?? join("docs", "pictures");

/** What is said of each folder, and its column; its line is how many imports it is above spec/. */
const FOLDERS = {
  spec: [1.5, "what is claimed: definitions only"],
  amendments: [0, "readings that differ from print"],
  certificates: [1, "claims and numbers as JSON"],
  inputs: [2, "people's files to data"],
  arbitraries: [3, "random cases for tests"],
  checkers: [1, "decide claims from numbers"],
  construction: [2, "makes the numbers"],
  exports: [1, "certified filters for other tools"],
  execution: [2, "runs what was proved"],
  audit: [1.5, "the paper's claims, decided"],
  systems: [1.5, "what each paper offers"],
  cli: [0, "the commands"],
  corpus: [1, "forgeries for any checker"],
  fuzz: [2, "hostile input"],
  site: [3, "the explorer, a page"],
};
const TRUSTED = new Set(["spec", "checkers"]);

const [WIDTH, COLUMN, BOX, LINE, HEIGHT] = [960, 232, 200, 84, 48];

const table = JSON.parse(readFileSync(join("docs", "import-directions.json"), "utf8"));
const imports = new Map(
  Object.entries(table).map(([folder, { folders }]) => [folder, folders.filter((one) => one !== folder)]),
);

/** The folders that a folder imports, by itself or through others. */
function reached(folder) {
  return imports.get(folder).flatMap((one) => [one, ...reached(one)]);
}

/** The folders that a folder imports and that none of its other imports reaches. */
function direct(folder) {
  const all = imports.get(folder);
  return all.filter((one) => !all.some((other) => reached(other).includes(one)));
}

function line(folder) {
  return Math.max(0, ...imports.get(folder).map((one) => line(one) + 1));
}

function place(folder) {
  const known = FOLDERS[folder];
  if (known === undefined)
    throw new Error(`pictures: give ${folder}/ a column and a few words in scripts/pictures.mjs`);
  const last = Math.max(...[...imports.keys()].map(line));
  return { x: 32 + known[0] * COLUMN, y: 64 + (last - line(folder)) * LINE, about: known[1] };
}

function box(folder) {
  const { x, y, about } = place(folder);
  const fill = TRUSTED.has(folder) ? "#d7f0d2" : "#f3f4f6";
  return [
    `<rect x="${x}" y="${y}" width="${BOX}" height="${HEIGHT}" rx="6" fill="${fill}" stroke="#374151"/>`,
    `<text x="${x + BOX / 2}" y="${y + 20}" font-size="14" font-weight="600" text-anchor="middle">${folder}/</text>`,
    `<text x="${x + BOX / 2}" y="${y + 37}" font-size="11" text-anchor="middle" fill="#4b5563">${about}</text>`,
  ].join("\n");
}

function arrow(from, to) {
  const [upper, lower] = [place(from), place(to)];
  // Arrows leave and arrive a little towards the other box, so that those of one box do not lie on each other.
  const lean = Math.max(-60, Math.min(60, (lower.x - upper.x) / 4));
  const [x1, y1, x2, y2] = [upper.x + BOX / 2 + lean, upper.y + HEIGHT, lower.x + BOX / 2 - lean, lower.y - 5];
  const far = Math.abs(y2 - y1) > LINE;
  // A long arrow first goes to its own column, and then down.
  const bend = far ? `C${x2} ${y1 + 18} ${x2} ${y1 + 18} ${x2} ${y1 + 70}L${x2} ${y2}` : `L${x2} ${y2}`;
  return `<path data-from="${from}" data-to="${to}" d="M${x1} ${y1}${bend}" fill="none" stroke="#6b7280" marker-end="url(#tip)"/>`;
}

function architecture() {
  const folders = [...imports.keys()];
  const height = Math.max(...folders.map((folder) => place(folder).y)) + HEIGHT + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" fill="#111827">`,
    "<title>Which folder imports which</title>",
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#6b7280"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    '<text x="32" y="36" font-size="13">An arrow is an import; what follows from other arrows is left out. Green: what has to be trusted.</text>',
    ...folders.flatMap((folder) => direct(folder).map((to) => arrow(folder, to))),
    ...folders.map(box),
    "</svg>\n",
  ].join("\n");
}

writeFileSync(join(out, "architecture.svg"), architecture());
const run = ["run", "bb4", "--svg", join(out, "bb4.svg")];
const { status } = spawnSync(process.execPath, [join("dist", "cli", "main.js"), ...run], {
  stdio: ["ignore", "ignore", "inherit"],
});
process.exitCode = status ?? 2;
