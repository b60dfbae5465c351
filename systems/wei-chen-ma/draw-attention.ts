/** run --picture: a run once more in the exact engine, with what each pass reads. */
import {
  attentionSvg,
  MAX_PICTURE_LINES,
  readOf,
  type PictureLine,
} from "../../execution/wei-chen-ma/attention-picture.js";
import { decodeExactly } from "../../execution/wei-chen-ma/decode.js";
import { InputError } from "../../inputs/input-error.js";
import { startOfTape, stepTape } from "../../spec/machines/tape-machine.js";
import type { DecoderSubject } from "./decoder-subject.js";

/** The picture as SVG. @throws {InputError} if the run is too long for one */
export function drawAttention({ name, claim, input }: DecoderSubject, passes: number): string {
  const { machine, tape, decoder } = claim;
  const lines: PictureLine[] = [];
  let configuration = startOfTape(input);
  for (const pass of decodeExactly(decoder, input)) {
    if (lines.length > 0) configuration = stepTape(machine, configuration, tape).after;
    const { cells, head, state } = configuration;
    lines.push({ cells, head, state: machine.states[state] ?? "", reads: readOf(pass) });
    if (lines.length === passes || machine.halting[state] === true) break;
    if (lines.length === MAX_PICTURE_LINES)
      throw new InputError(`--picture: a picture has at most ${MAX_PICTURE_LINES} passes; take fewer with --steps`);
  }
  const title = `${name}: which pass each of ${lines.length} passes reads`;
  return attentionSvg({ title, symbols: machine.symbols, lines });
}
