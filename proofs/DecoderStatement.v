(* Wei, Chen, Ma, section C, what a pass of the decoder does: definitions and the claim, no proofs. *)
From Coq Require Import ZArith List Bool Arith.
From WP Require Import WeiChenMaStatement.
Import ListNotations.
Open Scope nat_scope.

(* A machine with one tape: what it writes, by how much it moves and its next state, for a state and the symbol under the head. *)
Definition rule := nat -> nat -> nat * Z * nat.
Record configuration := { state_of : nat; place_of : Z; cells_of : Z -> nat }.
Definition under_head (c : configuration) : nat := cells_of c (place_of c).
Definition written (D : rule) (o : nat * nat * Z) : nat := let '(q, a, _) := o in let '(w, _, _) := D q a in w.
Definition one_step (D : rule) (c : configuration) : configuration :=
  let '(w, m, q) := D (state_of c) (under_head c) in
  {| state_of := q; place_of := (place_of c + m)%Z; cells_of := fun p => if (p =? place_of c)%Z then w else cells_of c p |}.
Fixpoint run_of (D : rule) (c : configuration) (t : nat) : configuration :=
  match t with O => c | S t => one_step D (run_of D c t) end.

(* (C.2): what pass t encodes: state, symbol under the head, place; and what all passes so far do. *)
Definition output_of (D : rule) (c : configuration) (t : nat) : nat * nat * Z :=
  let c := run_of D c t in (state_of c, under_head c, place_of c).
Definition history (D : rule) (c : configuration) (t : nat) : list (nat * nat * Z) := map (output_of D c) (seq 0 (S t)).

(* Attention: the score of a query with a key, 1 for each bit in which they agree and -1 for each other one; and whether the
   greatest score is that of a key equal to the query. *)
Fixpoint score (query key : list bool) : Z :=
  match query, key with
  | a :: query, b :: key => ((if eqb a b then 1 else -1) + score query key)%Z
  | _, _ => 0%Z
  end.
Definition full_score (query key : list bool) : bool := (Z.of_nat (length query) <=? score query key)%Z.
Definition found (query : list bool) (keys : list (list bool)) : bool := existsb (full_score query) keys.

(* Bin(t), w bits, the most significant first. *)
Definition time_bits (w t : nat) : list bool := map (fun j => bit w j t) (seq 1 w).

Section Pass.
Variables (D : rule) (input : Z -> nat) (code : Z -> list bool) (w : nat) (h : list (nat * nat * Z)).
Definition place_at (t : nat) : Z := snd (nth t h (0, 0, 0%Z)).
Definition times : list nat := seq 0 (length h).
(* The first j bits of the last pass at place p: bit by bit, 1 if some pass at p agrees with those found before and has a 1. *)
Fixpoint searched (p : Z) (j : nat) : list bool :=
  match j with
  | O => []
  | S j =>
    let prefix := searched p j in
    prefix ++ [found (code p ++ prefix ++ [true]) (map (fun t => code (place_at t) ++ firstn (S j) (time_bits w t)) times)]
  end.
(* What was written last at p; the input where the head has never been. *)
Definition looked_up (p : Z) : nat :=
  if found (code p) (map (fun t => code (place_at t)) times) then
    match find (fun t => full_score (code p ++ searched p w) (code (place_at t) ++ time_bits w t)) times with
    | Some t => written D (nth t h (0, 0, 0%Z))
    | None => 0
    end
  else input p.
(* A pass: the table's entry, then the look-up. *)
Definition pass : nat * nat * Z :=
  let '(q, a, p) := last h (0, 0, 0%Z) in
  let '(_, m, q') := D q a in
  (q', looked_up (p + m)%Z, (p + m)%Z).
End Pass.

(* One pass is one step: for every machine, every input, every start and every number of passes that w bits can count, if the
   code tells apart the places that the head has visited. *)
Definition passes_are_steps (D : rule) : Prop :=
  forall start code n w t, (forall p, length (code p) = n) ->
  (forall i j, i <= S t -> j <= S t -> code (place_of (run_of D start i)) = code (place_of (run_of D start j)) ->
     place_of (run_of D start i) = place_of (run_of D start j)) ->
  S t <= 2 ^ w ->
  pass D (cells_of start) code w (history D start t) = output_of D start (S t).
