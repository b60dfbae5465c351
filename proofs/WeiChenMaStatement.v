(* Wei, Chen, Ma, "Statistically meaningful approximation": definitions and claims, no proofs. Layers are those of Statement.v. *)
From Coq Require Import ZArith QArith Qabs List Bool Arith.
From WP Require Import Statement.
Import ListNotations.
Open Scope nat_scope.

(* ---------------------------------------------------------------- circuits (section 3) ---- *)

(* A gate reads wires of the layer before. *)
Inductive gate := And (a b : nat) | Or (a b : nat) | Not (a : nat) | Id (a : nat) | False_gate | True_gate.
Definition gate_value (g : gate) (x : nat -> bool) : bool :=
  match g with
  | And a b => x a && x b
  | Or a b => x a || x b
  | Not a => negb (x a)
  | Id a => x a
  | False_gate => false
  | True_gate => true
  end.
(* The wires after a layer of gates; there are none beyond its last gate. *)
Definition gates_value (gates : list gate) (x : nat -> bool) (i : nat) : bool :=
  match nth_error gates i with Some g => gate_value g x | None => false end.
Fixpoint circuit_value (layers : list (list gate)) (x : nat -> bool) : nat -> bool :=
  match layers with [] => x | gates :: layers => circuit_value layers (gates_value gates x) end.

(* Lemma B.1: phi(W2 phi(W1 h + b1) + b2), one unit a gate in each layer. *)
Definition first_row (g : gate) : row :=
  (match g with
   | And a b => (-(1), [(a, 1); (b, 1)])
   | Or a b => (1, [(a, -(1)); (b, -(1))])
   | Not a => (1, [(a, -(1))])
   | Id a => (0, [(a, 1)])
   | False_gate => (0, [])
   | True_gate => (1, [])
   end)%Q.
Definition second_row (place : nat) (g : gate) : row :=
  (match g with Or _ _ => (1, [(place, -(1))]) | False_gate => (0, []) | _ => (0, [(place, 1)]) end)%Q.
Fixpoint second_rows (place : nat) (gates : list gate) : list row :=
  match gates with [] => [] | g :: gates => second_row place g :: second_rows (S place) gates end.
Definition gate_layers (gates : list gate) : list layer :=
  [{| relu := true; rows := map first_row gates |}; {| relu := true; rows := second_rows 0 gates |}].

(* Proposition 3.4: round(z) = phi(3 z - 1) - phi(3 z - 2), as two layers on n coordinates. *)
Definition round_rows (i : nat) : list row := [(-(1), [(i, 3)]); (-(2), [(i, 3)])]%Q.
Definition round_layers (n : nat) : list layer :=
  [{| relu := true; rows := flat_map round_rows (seq 0 n) |};
   {| relu := true; rows := map (fun i => (0%Q, [(2 * i, 1%Q); (2 * i + 1, (-(1))%Q)])) (seq 0 n) |}].

(* Theorem 3.1: after each layer of gates but the last one a correction; 2 z - 1 for each output. *)
Fixpoint circuit_network (layers : list (list gate)) : list layer :=
  match layers with
  | [] => []
  | [gates] => gate_layers gates ++ [{| relu := false; rows := map (fun i => (-(1), [(i, 2)])%Q) (seq 0 (length gates)) |}]
  | gates :: layers => gate_layers gates ++ round_layers (length gates) ++ circuit_network layers
  end.

Definition number (b : bool) : Q := if b then 1%Q else 0%Q.

(* Lemma B.1: a layer computes its gates, on all inputs. *)
Definition layer_computes (gates : list gate) : Prop :=
  forall x i, (run (gate_layers gates) (fun c => number (x c)) i == number (gates_value gates x i))%Q.
(* Definition D.1: what is within 1/3 of a bit is corrected to that bit, in each coordinate. *)
Definition corrects (n : nat) : Prop :=
  forall z x, (forall i, i < n -> (Qabs (z i - number (x i)) <= 1 # 3)%Q) ->
  forall i, i < n -> (run (round_layers n) z i == number (x i))%Q.
(* Lemma 3.3, on exact parameters: a layer of gates behind a correction computes its gates from wires that are off by 1/3 at most. *)
Definition corrected_layer_computes (n : nat) (gates : list gate) : Prop :=
  forall z x, (forall i, i < n -> (Qabs (z i - number (x i)) <= 1 # 3)%Q) -> (forall i, n <= i -> x i = false) ->
  forall i, (run (round_layers n ++ gate_layers gates) z i == number (gates_value gates x i))%Q.
(* Lemma 3.2: the network of a circuit has the sign 1 where the circuit says yes, else -1; for every circuit and every input. *)
Definition network_computes (layers : list (list gate)) : Prop :=
  forall x i, layers <> [] -> i < length (last layers []) ->
  (run (circuit_network layers) (fun c => number (x c)) i == (if circuit_value layers x i then 1 else -(1)))%Q.

(* ---------------------------------------------------------------- search by attention (section C) ---- *)

(* Bit j of t among w bits, the first being the most significant. *)
Definition bit (w j t : nat) : bool := Nat.testbit t (w - j).
Definition agree (w j s t : nat) : Prop := forall i, 1 <= i <= j -> bit w i s = bit w i t.
(* Claim C.5: the bits of the last step max M that visited a cell are found one after the other: bit j + 1 is 1 if and only if some
   step in M agrees with max M in the first j bits and has a 1 there. *)
Definition search_finds (w : nat) : Prop :=
  forall M m, In m M -> (forall t, In t M -> t <= m) -> (forall t, In t M -> t < 2 ^ w) ->
  forall j, j < w -> bit w (S j) m = true <-> exists t, In t M /\ agree w j t m /\ bit w (S j) t = true.
