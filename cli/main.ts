#!/usr/bin/env node
/** The command line of this package: all systems, this process's streams. */
import { readFileSync } from "node:fs";
import { EXIT } from "../systems/exit-codes.js";
import { SYSTEMS } from "../systems/index.js";
import { processIo } from "./process-io.js";
import { makeProgram, report } from "./program.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

// A reader that has seen enough (head, a closed pager) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.accepted);
  throw error;
});

const program = makeProgram(SYSTEMS, version, processIo, (code) => {
  process.exitCode = code;
});
try {
  await program.parseAsync();
} catch (error) {
  const { code, text } = report(error, process.argv.length > 2);
  process.stderr.write(text);
  process.exitCode = code;
}
