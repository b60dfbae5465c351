/** The readers of formats with what they read brought to blank, +1 and -1. */
import { readBbchallenge as bbchallenge } from "../inputs/machines/read-bbchallenge.js";
import { readGolly as golly } from "../inputs/machines/read-golly-turmite.js";
import { readJflap as jflap } from "../inputs/machines/read-jflap.js";
import { readMorphett as morphett, type MorphettDialect } from "../inputs/machines/read-morphett.js";
import { readTuringmachineIo as turingmachineIo } from "../inputs/machines/read-turingmachine-io.js";
import { toSourceMachine } from "../inputs/machines/three-symbols.js";
import type { SourceMachine } from "../spec/machines/machine.js";

export const readBbchallenge = (text: string, place?: string, entry?: number): SourceMachine =>
  toSourceMachine(bbchallenge(text, place, entry));
export const readGolly = (text: string, place?: string): SourceMachine => toSourceMachine(golly(text, place));
export const readJflap = (text: string, file: string): SourceMachine => toSourceMachine(jflap(text, file));
export const readMorphett = (text: string, file: string, dialect?: MorphettDialect): SourceMachine =>
  toSourceMachine(morphett(text, file, { dialect }));
export const readTuringmachineIo = (text: string, file: string): SourceMachine =>
  toSourceMachine(turingmachineIo(text, file));
