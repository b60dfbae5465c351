/** The verified checker as it lies in the package: a build product of `npm run proofs`, which may be missing. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifiedChecker, type ExtractedChecker, type VerifiedChecker } from "../checkers/verified.js";

/**
 * The verified checker, in this process; undefined if it has not been built.
 *
 * @param module where to search from: its package is the one in the nearest folder above with a package.json
 */
export function loadVerified(module: string = import.meta.url): VerifiedChecker | undefined {
  const file = builtFile(dirname(fileURLToPath(module)));
  return file === undefined ? undefined : verifiedChecker(createRequire(module)(file) as ExtractedChecker);
}

/** The module in the package to which a folder belongs. */
function builtFile(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) {
    const file = join(folder, "proofs", "build", "verified.cjs");
    return existsSync(file) ? file : undefined;
  }
  return folder === dirname(folder) ? undefined : builtFile(dirname(folder));
}
