/**
 * A certificate's filter as a file for Rocq (Coq): machine and numbers as definitions, and three theorems about them. The filter is
 * f-bar with its gradient; it runs the machine on every grid; and the memorized grid becomes one that computes. Rocq's kernel
 * decides them when it reads the file; nothing extracted, and nothing of this project's TypeScript but the spelling of the
 * numbers, is trusted for that.
 *
 * The file imports `proofs/` of this project: `coqc -Q proofs WP FILE.v` once that is built.
 */
import { decodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork } from "../../certificates/network-json.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import type { Rational } from "../../spec/exact/rational.js";
import { TAPE_SYMBOLS, type Move, type Transition } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { AffineMap, AffineRow } from "../../spec/networks/network.js";

const MOVES: Readonly<Record<Move, string>> = { up: "Up", down: "Down", left: "Left", right: "Right", stay: "Stay" };

/** The text of the file. The machine is the normal form of the certificate's `source`; nothing is decided here. */
export function rocqFile(certificate: RcnnCertificate): string {
  const machine = normalForm(decodeSourceMachine(certificate.source));
  const { layers } = decodeNetwork(certificate.filter);
  const alphabet = certificate.alphabet === "full" ? "Full" : "WellFormed";
  const table = machine.table.map((row) => `(${TAPE_SYMBOLS.map((symbol) => entry(row[symbol])).join(", ")})`);
  const lines = [
    `(* The filter of ${commentText(certificate.source.name)}, ${certificate.digests.filter}. *)`,
    "From Coq Require Import ZArith QArith List.",
    "From WP Require Import Statement Theorems.",
    "Import ListNotations.",
    "Open Scope Z_scope.",
    "",
    `Definition certified_machine : machine := {| table := [\n  ${table.join(";\n  ")}] |}.`,
    ...layers.map((layer, i) => `Definition V${i + 1} : layer := ${layerText(layer)}.`),
    `Definition certified_filter : list layer := [${layers.map((_, i) => `V${i + 1}`).join("; ")}].`,
    "",
    `Theorem accepted : accepts certified_machine ${alphabet} certified_filter = true.`,
    "Proof. vm_cast_no_check (eq_refl true). Qed.",
    `Theorem it_computes_f_bar : computes_f_bar certified_machine ${alphabet} certified_filter.`,
    "Proof. exact (accepted_computes _ _ _ accepted). Qed.",
    "Theorem it_rolls_out : rolls_out certified_machine certified_filter.",
    "Proof. exact (accepted_rolls_out _ _ _ accepted). Qed.",
    "Theorem it_hands_over : hands_over certified_machine certified_filter.",
    "Proof. apply (accepted_hands_over _ _ _ accepted). intros s [->|[->| ->]]; split; reflexivity. Qed.",
    "Print Assumptions it_computes_f_bar.",
    "Print Assumptions it_rolls_out.",
    "Print Assumptions it_hands_over.",
  ];
  return `${lines.join("\n")}\n`;
}

function entry({ write, move, next }: Transition): string {
  return `{| write := ${integer(BigInt(write))}; go := ${MOVES[move]}; next := ${next} |}`;
}

function layerText({ relu, rows }: AffineMap): string {
  return `{| relu := ${relu}; rows := [\n  ${rows.map(rowText).join(";\n  ")}] |}`;
}

function rowText({ bias, entries }: AffineRow): string {
  return `(${fraction(bias)}, [${entries.map(([column, weight]) => `(${column}%nat, ${fraction(weight)})`).join("; ")}])`;
}

function fraction({ s, n, d }: Rational): string {
  return `(${integer(s * n)} # ${d})`;
}

function integer(value: bigint): string {
  return value < 0n ? `(${value})` : String(value);
}

/** A name without what could end a comment or begin a string in it. */
function commentText(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "?");
}
