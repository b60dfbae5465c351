/** Progress on long work: on stderr, for a terminal, gone when the work is done. */
import { Presets, SingleBar } from "cli-progress";

/** A bar for long work. `stop` takes it off the terminal; the next update shows it again. */
export interface ProgressBar {
  update(part: string, done: number, total: number): void;
  stop(): void;
}

/** A bar that appears with the first update. */
export function progressBar(): ProgressBar {
  let bar: SingleBar | undefined;
  return {
    update(part, done, total) {
      if (bar === undefined) {
        const options = {
          format: "{part} {bar} {percentage} %",
          clearOnComplete: true,
          hideCursor: true,
          stream: process.stderr,
        };
        bar = new SingleBar(options, Presets.shades_classic);
        bar.start(total, done, { part });
      }
      bar.setTotal(total);
      bar.update(done, { part: part.padEnd(8) });
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}
