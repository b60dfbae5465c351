(* U_s and the counts of a certificate (Lemma 1, Lemma 6, Definition 5): definitions and claims; certificates/FORMAT.md has them in
   words. All numbers are in u-units. *)
From Coq Require Import ZArith QArith Qabs List Bool Arith.
From WP Require Import Statement.
Import ListNotations.
Open Scope Z_scope.

Definition last_index (M : machine) : nat := 3 + state_digits M.
Definition half : Q := 1 # 2.
Definition quarter : Q := 1 # 4.
Definition above_and_below (d : Q) (z : Z) : list Q := [inject_Z z + d; inject_Z z - d]%Q.
Definition signs (z : Z) : list Q := [inject_Z z; - inject_Z z]%Q.

(* The kind of a letter: digits 0 to 2, which state a head on it is in, and whether it is 0, 1, p or another number. *)
Definition head_state (M : machine) (c : cell) : Z :=
  match c, gamma M c with Digits _ _ _ _ ds, Some _ => match unbits ds with Some q => Z.of_nat q | None => -1 end | _, _ => -1 end.
Definition kind (M : machine) (c : cell) : list Z :=
  match c with
  | Beyond => []
  | Digits flag symbol phase _ _ => [flag; symbol; phase; head_state M c; Z.b2z (is_zero M c || is_one M c)]
  end.
Fixpoint same (a b : list Z) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => (x =? y) && same a b | _, _ => false end.
(* The letters of a neighbour in rising order: digit strings are, and p has its place among them. *)
Fixpoint insert (M : machine) (c : cell) (cs : list cell) : list cell :=
  match cs with [] => [c] | d :: ds => if u M c <=? u M d then c :: cs else d :: insert M c ds end.
Fixpoint run_ends (M : machine) (cs : list cell) : list cell :=
  match cs with
  | [] => []
  | c :: cs => let rest := run_ends M cs in match cs with d :: _ => if same (kind M c) (kind M d) then rest else c :: rest | [] => [c] end
  end.
Definition ends (M : machine) (A : alphabet) : list Z :=
  map (u M) (match A with
             | WellFormed => letters M A above
             | Full => match full M with p :: cells => run_ends M (insert M p cells) | [] => [] end
             end).
Definition least_letter (M : machine) (A : alphabet) : Z :=
  match map (u M) (letters M A above) with [] => 0 | z :: zs => fold_left Z.min zs z end.

Definition range (first : Z) (count : nat) : list Z := map (fun k => first + Z.of_nat k) (seq 0 count).

(* What the full alphabet needs beside: it is folded into teeth of S letters. *)
Definition tooth (M : machine) : Z := 3 ^ Z.of_nat ((last_index M + 1) / 2).
Definition turns_at (c : Z) : list Q := [- (inject_Z c + half); - (inject_Z c + (3 # 2))]%Q.
Definition fold_1 (M : machine) : list Q :=
  let f := least_letter M Full in
  let teeth := 3 ^ Z.of_nat (last_index M + 1) / tooth M in
  inject_Z (1 - f) :: flat_map (fun j => turns_at (f + 2 * (j * tooth M - 1))) (range 1 (Z.to_nat (teeth - 1))).
Definition fold_2 (M : machine) : list Q := inject_Z 1 :: inject_Z (- (2 * ONE M)) :: inject_Z (least_letter M Full - 1) :: signs (2 * tooth M).
Definition fold_3 (M : machine) : list Q :=
  let f := least_letter M Full in
  inject_Z (1 - f) :: (half - inject_Z f)%Q :: flat_map (fun j => turns_at (f + 2 * j)) (range 0 (Z.to_nat (tooth M - 1))).
Definition U1 (M : machine) (A : alphabet) : list Q :=
  [inject_Z 0; inject_Z 1; inject_Z (2 * ONE M)]
  ++ flat_map (fun e => [- (inject_Z e + quarter); - (inject_Z e + half)]%Q) (ends M A)
  ++ [half - inject_Z (least_letter M A); quarter - inject_Z (least_letter M A)]%Q
  ++ flat_map (fun z => above_and_below quarter z ++ above_and_below half z) [0; PHASE M]
  ++ match A with Full => fold_1 M | WellFormed => [] end.
Definition U2 (M : machine) (A : alphabet) : list Q := map inject_Z [0; 4; -4; 3; -2; -6; 5] ++ match A with Full => fold_2 M | WellFormed => [] end.
Definition U3 (M : machine) (A : alphabet) : list Q :=
  let heads := map (HEAD M) (seq 0 (states M)) in
  let symbols := [- SYMBOL M; 0; SYMBOL M] in
  let left := flat_map (fun t => t + PHASE M :: map (fun h => t + PHASE M + h) heads) symbols in
  let kept := map (fun z => 2 * ONE M + z) (left ++ [ONE M + PHASE M; 0; - PHASE M; u M Beyond]) in
  inject_Z 0
  :: flat_map (fun n => inject_Z n :: (inject_Z n + half)%Q :: above_and_below quarter n) (range (-16) 33)
  ++ flat_map (fun k => [inject_Z k; inject_Z k + half; inject_Z (k - 1)]%Q) kept
  ++ flat_map (fun t => [half + inject_Z (t + PHASE M); half - inject_Z (t + PHASE M)]%Q) (symbols ++ [ONE M])
  ++ map (fun h => inject_Z h + half)%Q heads
  ++ signs (4 * ONE M) ++ [inject_Z (4 * ONE M) + half; - (inject_Z (4 * ONE M) + half)]%Q ++ signs (PHASE M) ++ signs (2 * ONE M)
  ++ match A with Full => fold_3 M | WellFormed => [] end.
Definition U4 (M : machine) : list Q := inject_Z 0 :: signs 1 ++ signs 2 ++ signs (2 * PHASE M) ++ [inject_Z (2 * HEAD M 0); inject_Z (- (2 * ONE M))].
Definition U5 : list Q := [inject_Z 0; inject_Z 1].
Definition weight_sets (M : machine) (A : alphabet) : list (list Q) := [U1 M A; U2 M A; U3 M A; U4 M; U5].

(* ---------------------------------------------------------------- the claims ---- *)

Definition numbers (l : layer) : list Q := flat_map (fun r : row => fst r :: map snd (snd r)) (rows l).
Definition is_in (q : Q) (l : list Q) : Prop := exists w, In w l /\ (q == w)%Q.
(* There are n different numbers in a list. *)
Definition has_distinct (l : list Q) (n : nat) : Prop :=
  exists ds, length ds = n /\ ForallOrdPairs (fun a b => ~ (a == b)%Q) ds /\ forall q, is_in q l <-> is_in q ds.

Record weight_counts := { set_size : nat; distinct : nat; nonzero : nat; widths : list nat; width_bound : nat; within_width_bound : bool }.
(* verdicts.weights: every weight and bias of layer i is in the i-th set, and the counts. *)
Definition weights_are (M : machine) (A : alphabet) (filter : list layer) (c : weight_counts) : Prop :=
  Forall2 (fun l set => forall q, In q (numbers l) -> is_in q set) filter (weight_sets M A) /\
  has_distinct (concat (weight_sets M A)) (set_size c) /\
  has_distinct (0%Q :: flat_map numbers filter) (distinct c) /\
  nonzero c = length (List.filter (fun q => negb (Qeq_bool q 0)) (flat_map numbers filter)) /\
  widths c = map (fun l => length (rows l)) filter /\
  width_bound c = (100 * states M)%nat /\
  within_width_bound c = forallb (fun w => (w <=? width_bound c)%nat) (widths c).

(* code: states, digits of a state, the last digit, and the u-units of 1. *)
Record code_numbers := { code_states : nat; code_digits : nat; code_last : nat; code_scale : Z }.
Definition code_is (M : machine) (c : code_numbers) : Prop :=
  c = {| code_states := states M; code_digits := state_digits M; code_last := last_index M; code_scale := ONE M |}.
