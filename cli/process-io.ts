/** Where verbs print in a process of their own: its streams, with a progress bar on a terminal that prints clear away. */
import type { Io } from "../systems/system.js";
import type { ProgressBar } from "./progress-bar.js";
import { writeWholeFile } from "./write-file.js";

/** Makes the Io of a call; `json` says whether JSON is printed. Off a terminal, no progress is shown. */
export async function processIo(): Promise<(json: boolean) => Io> {
  const makeBar = process.stderr.isTTY ? (await import("./progress-bar.js")).progressBar : noBar;
  return (json) => ioWith(makeBar(), json);
}

function noBar(): ProgressBar {
  return { update: () => undefined, stop: () => undefined };
}

function ioWith(bar: ProgressBar, json: boolean): Io {
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
