(* A grid of numbers shows one configuration only: digits in -1 ... 1 can be read off their sum. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WP Require Import Statement Steps.
Import ListNotations.
Open Scope Z_scope.

Definition digit (d : Z) : Prop := -1 <= d <= 1.

Lemma ternary_bound ds : Forall digit ds -> 2 * Z.abs (ternary ds) < 3 ^ Z.of_nat (length ds).
Proof.
  intros H. induction H as [|d ds Hd H IH]; cbn [ternary length]; [cbn; lia|].
  rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia. unfold digit in Hd. set (p := 3 ^ Z.of_nat (length ds)) in *.
  assert (E : d = -1 \/ d = 0 \/ d = 1) by lia. destruct E as [->|[->| ->]]; lia.
Qed.
Lemma ternary_inj ds : forall es, Forall digit ds -> Forall digit es -> length ds = length es -> ternary ds = ternary es -> ds = es.
Proof.
  induction ds as [|d ds IH]; intros [|e es] Hd He L E; try discriminate; [reflexivity|].
  injection L as L. inversion Hd as [|? ? D Ds]; subst. inversion He as [|? ? D' Es]; subst. cbn [ternary] in E.
  pose proof (ternary_bound ds Ds) as B. pose proof (ternary_bound es Es) as B'. rewrite <- L in E, B'. unfold digit in D, D'.
  set (p := 3 ^ Z.of_nat (length ds)) in *.
  assert (X : d = e).
  { assert (C : d = -1 \/ d = 0 \/ d = 1) by lia. assert (C' : e = -1 \/ e = 0 \/ e = 1) by lia.
    destruct C as [->|[->| ->]], C' as [->|[->| ->]]; lia. }
  subst e. f_equal. apply IH; auto. lia.
Qed.
Lemma bits_digits k : forall q, Forall digit (bits k q).
Proof. induction k; intros q; cbn [bits]; [constructor|]. destruct (_ <? _)%nat; constructor; unfold digit; auto; lia. Qed.

Lemma here_iff c i j : here c i j = true <-> i = head_row c /\ j = head_column c.
Proof. unfold here. rewrite andb_true_iff, !Z.eqb_eq. tauto. Qed.

Theorem shown_once M : machine_ok M = true -> shows_one M.
Proof.
  intros _ height width g c g' c' (Hi & Hq & Ht) (Hi' & Hq' & Ht') Hs Hs' E.
  assert (Cell : forall i j, inside height width i j = true -> tape c i j = tape c' i j /\ here c i j = here c' i j /\
    bits (state_digits M) (if here c i j then state c else 0) = bits (state_digits M) (if here c' i j then state c' else 0)).
  { intros i j I. specialize (Hs i j). specialize (Hs' i j). rewrite I in Hs, Hs'.
    destruct Hs as (f & Hf & Eg). destruct Hs' as (f' & Hf' & Eg'). specialize (E i j). rewrite Eg, Eg' in E. cbn [u] in E.
    apply Z.mul_reg_l in E; [|lia]. specialize (Ht i j). specialize (Ht' i j). unfold is_symbol in Ht, Ht'.
    apply ternary_inj in E.
    - injection E as _ E1 E2 E3. split; [exact E1|]. split; [|exact E3]. destruct (here c i j), (here c' i j); congruence.
    - repeat constructor; unfold digit; try lia; [destruct (here c i j); lia|destruct (here c i j); lia|apply bits_digits].
    - repeat constructor; unfold digit; try lia; [destruct (here c' i j); lia|destruct (here c' i j); lia|apply bits_digits].
    - cbn [length]. rewrite !bits_length. reflexivity. }
  destruct (Cell _ _ Hi) as (_ & H & B). assert (T : here c (head_row c) (head_column c) = true) by (apply here_iff; auto).
  rewrite T in H, B. symmetry in H. rewrite H in B. apply here_iff in H. destruct H as [H1 H2].
  split; [exact H1|]. split; [exact H2|]. split; [|intros i j I; apply Cell, I].
  apply (f_equal unbits) in B. pose proof (states_width M) as W.
  rewrite !(unbits_bits M) in B by lia. congruence.
Qed.
