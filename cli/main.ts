#!/usr/bin/env node
/** The command line of this package: all systems, this process's streams. What a call does not need is not loaded. */
import { readFileSync } from "node:fs";
import type { ExitCode } from "../systems/exit-codes.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

// A reader that has seen enough (head, a closed pager) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

const [asked, ...others] = process.argv.slice(2);
if (others.length === 0 && (asked === "--version" || asked === "-V")) process.stdout.write(`${version}\n`);
else process.exitCode = await run();

/** Runs the command that the arguments name. */
async function run(): Promise<ExitCode> {
  const [{ SYSTEMS }, { EXIT }, { makeProgram, report }, { processIo }] = await Promise.all([
    import("../systems/index.js"),
    import("../systems/exit-codes.js"),
    import("./program.js"),
    import("./process-io.js"),
  ]);
  let code: ExitCode = EXIT.accepted;
  try {
    const program = makeProgram(SYSTEMS, version, await processIo(), (finished) => {
      code = finished;
    });
    await program.parseAsync();
    return code;
  } catch (error) {
    const failure = report(error, process.argv.length > 2);
    process.stderr.write(failure.text);
    return failure.code;
  }
}
