// Decides one certificate with one checker and prints the verdict and the most memory that this process held.
// node --max-old-space-size=N capped-checker.mjs DIST CHECKER FILE
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, checker, file] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const decide =
  checker === "first"
    ? (await load("systems/check.js")).check
    : (await load("checkers/second/check.js")).checkCertificateAgain;
const { verdict, code, limit } = decide(readFileSync(file, "utf8"));
process.stdout.write(JSON.stringify({ verdict, code, limit, megabytes: process.resourceUsage().maxRSS / 1024 }));
