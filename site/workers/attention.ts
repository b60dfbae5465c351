/** A machine on one tape as a transformer decoder (Wei, Chen, Ma): which pass each pass reads. */
import { formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";
import { MAX_PICTURE_LINES } from "../../execution/wei-chen-ma/attention-picture.js";
import { InputError } from "../../inputs/input-error.js";
import { tapeNormalForm } from "../../spec/machines/tape-machine.js";
import { drawAttention } from "../../systems/wei-chen-ma/draw-attention.js";
import type { AttentionAsk } from "./protocol.js";
import { readMachineText } from "./read-machine-text.js";

/** The picture as SVG, from a blank tape. @throws {InputError} if the machine needs more than one row */
export function attention({ machine: given, passes }: AttentionAsk): string {
  if (!Number.isSafeInteger(passes) || passes < 2 || passes > MAX_PICTURE_LINES) {
    throw new InputError(`expected from 2 to ${MAX_PICTURE_LINES} passes, got ${passes}`);
  }
  const source = gridToTape(readMachineText(given));
  const machine = tapeNormalForm(source);
  const built = machineToDecoder({ machine, passes, tape: "two-way", inputLength: 0 });
  const claim = { ...built, machine, passes, formulas: formulaChanges(built.functions) };
  return drawAttention({ name: source.name, claim, input: [] }, passes);
}
