/** Where verbs print in a process of their own: its streams, with a progress bar on a terminal that prints clear away. */
import type { Io } from "../systems/system.js";
import { progressBar } from "./progress-bar.js";
import { writeWholeFile } from "./write-file.js";

/**
 * The Io of this process: stdout, stderr, files written whole, a progress bar.
 *
 * @param json whether JSON for programs was asked for
 */
export function processIo(json: boolean): Io {
  const bar = progressBar();
  return {
    json,
    print(text) {
      bar.stop();
      process.stdout.write(text);
    },
    note(text) {
      bar.stop();
      process.stderr.write(text);
    },
    save(path, content) {
      bar.stop();
      writeWholeFile(path, content);
    },
    progress: bar.update,
  };
}
