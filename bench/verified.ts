/**
 * The verified checker against the first one on the committed certificates: the native program as a process, start included, and
 * the JavaScript in this process, in parts of the first checker's time in this process; all in CPU seconds. Aims: native no slower than the first
 * on the well-formed alphabet and within 3 times on the full one, JavaScript within 5 times.
 *
 *   npm run proofs && npm run bench -- verified
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkCertificate } from "../checkers/rcnn/check-certificate.js";
import { loadVerified } from "../systems/load-verified.js";

const NATIVE = join("proofs", "build", "verified");
const FOLDER = "certificates";
/** Each is timed so often; the shortest counts. */
const REPEATS = 3;

/** CPU seconds of this process: others may be using the machine. */
function seconds(work: () => boolean): number {
  const times = Array.from({ length: REPEATS }, () => {
    const begin = process.cpuUsage();
    if (!work()) throw new Error("expected an acceptance");
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  });
  return Math.min(...times);
}

/** CPU seconds of the native program, its start included. */
function nativeSeconds(path: string): number {
  const times = Array.from({ length: REPEATS }, () => {
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", 'TIMEFORMAT="%U %S"; time "$0" "$1" > /dev/null', NATIVE, path],
      {
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error("expected an acceptance");
    return stderr
      .trim()
      .split(" ")
      .reduce((sum, part) => sum + Number(part), 0);
  });
  return Math.min(...times);
}

const verified = loadVerified();
if (verified === undefined || !existsSync(NATIVE)) throw new Error("the verified checker is not built: npm run proofs");

const totals = { first: 0, native: 0, javascript: 0 };
const rows = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => {
    const path = join(FOLDER, file);
    const text = readFileSync(path, "utf8");
    const first = seconds(() => checkCertificate(text).verdict === "accepted");
    const native = nativeSeconds(path);
    const javascript = seconds(() => verified(text).verdict === "accepted");
    if (JSON.parse(text).alphabet === "well-formed") {
      totals.first += first;
      totals.native += native;
      totals.javascript += javascript;
    }
    return lineOf(file.slice(0, -".json".length), { first, native, javascript });
  });

function lineOf(name: string, { first, native, javascript }: typeof totals): string[] {
  const times = [first, native, javascript].map((time) => time.toFixed(3));
  return [name, ...times, (native / first).toFixed(2), (javascript / first).toFixed(2)];
}

const columns = ["certificate", "first s", "native s", "JavaScript s", "native / first", "JavaScript / first"];
const lines = [columns, columns.map(() => "---"), ...rows, lineOf("all well-formed", totals)];
process.stdout.write(lines.map((cells) => `| ${cells.join(" | ")} |\n`).join(""));
