(* The theorems, each with what it assumes: nothing. *)
From Coq Require Import ZArith List Bool.
From WP Require Import Statement WeightSets Weights Checker Steps Closure Head Shown Memory HandOver Learning.
Open Scope Z_scope.

(* What the checker decides. *)
Definition accepts (M : machine) (A : alphabet) (filter : list layer) : bool := machine_ok M && check_filter M A filter.

(* Value and all nine derivatives are f-bar's, at every patch of the alphabet. *)
Theorem accepted_computes M A filter : accepts M A filter = true -> computes_f_bar M A filter.
Proof. unfold accepts. intros H. apply andb_prop in H. apply check_filter_sound, H. Qed.

Lemma accepted_well_formed M A filter : accepts M A filter = true -> computes_f_bar M WellFormed filter.
Proof. intros H. pose proof (accepted_computes _ _ _ H) as C. destruct A; [exact C|apply full_is_enough, C]. Qed.

(* On every grid, from every configuration, t layers are t steps of the machine. *)
Theorem accepted_rolls_out M A filter : accepts M A filter = true -> rolls_out M filter.
Proof.
  intros H. pose proof (accepted_well_formed _ _ _ H) as C. apply andb_prop in H. apply roll_out; [apply H|exact C].
Qed.

(* Of f-bar itself, whatever the filter: a layer is a step, and well-formed patches give well-formed cells. *)
Theorem f_bar_is_step M : machine_ok M = true -> layer_is_step M.
Proof. apply layers_are_steps. Qed.
Theorem f_bar_is_closed M : machine_ok M = true -> is_closed M.
Proof. apply closed. Qed.

Theorem numbers_show_one M : machine_ok M = true -> shows_one M.
Proof. apply shown_once. Qed.

(* The head, on the whole line. *)
Theorem accepted_head head : check_head head = true -> computes_f_head head.
Proof. apply check_head_sound. Qed.

(* Lemma 3: of f-bar, and of the layers of a filter. *)
Theorem f_bar_memorizes M : memorizes M.
Proof. apply memory. Qed.
Theorem accepted_memorizes M A filter : accepts M A filter = true -> network_memorizes M filter.
Proof. intros H. apply network_memory, (accepted_well_formed _ _ _ H). Qed.

(* From memory to computation. *)
Theorem accepted_hands_over M A filter : accepts M A filter = true -> first_state_waits M -> hands_over M filter.
Proof.
  intros H Hw. pose proof (accepted_well_formed _ _ _ H) as C. apply andb_prop in H. apply hand_over; [apply H|exact Hw|exact C].
Qed.

(* Lemma 2, entire: Algorithm 1 with an accepted filter and an accepted head. *)
Theorem accepted_learns M A filter head : accepts M A filter = true -> check_head head = true -> first_state_waits M -> learns M filter head.
Proof.
  intros H Hh Hw. pose proof (accepted_well_formed _ _ _ H) as C. apply andb_prop in H.
  apply learning; [apply H|exact Hw|exact C|apply check_head_sound, Hh].
Qed.

(* Weights, widths and counts as stated, and the numbers of the code. *)
Theorem accepted_weights M A filter c : check_weights M A filter c = true -> weights_are M A filter c.
Proof. apply check_weights_sound. Qed.
Theorem accepted_code M c : check_code M c = true -> code_is M c.
Proof. apply check_code_sound. Qed.

Print Assumptions accepted_computes.
Print Assumptions accepted_rolls_out.
Print Assumptions f_bar_is_step.
Print Assumptions f_bar_is_closed.
Print Assumptions numbers_show_one.
Print Assumptions accepted_head.
Print Assumptions f_bar_memorizes.
Print Assumptions accepted_memorizes.
Print Assumptions accepted_hands_over.
Print Assumptions accepted_learns.
Print Assumptions accepted_weights.
Print Assumptions accepted_code.
