(* f-bar maps well-formed patches to well-formed cells, heads and phases in any mixture. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WP Require Import Statement Steps.
Import ListNotations.
Open Scope Z_scope.

Section Closure.
Variable M : machine.
Hypothesis ok : machine_ok M = true.
Let n := state_digits M.
Let zeros := bits n 0.

Lemma some_state : (0 < states M)%nat.
Proof. unfold machine_ok in ok. apply andb_prop in ok. apply Nat.ltb_lt, ok. Qed.

Lemma u_digits f s p h q : u M (Digits f s p h (bits n q)) =
  f * ONE M + s * SYMBOL M + p * PHASE M + 2 * (h * 3 ^ Z.of_nat n + ternary (bits n q)).
Proof.
  unfold u, ONE, SYMBOL, PHASE. fold n. cbn [ternary length]. rewrite bits_length.
  change (3 + n)%nat with (S (S (S n))). change (2 + n)%nat with (S (S n)). change (1 + n)%nat with (S n).
  rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring.
Qed.

Lemma memory_in : In (Digits 0 0 (-1) 0 zeros) (well_formed M). Proof. left. reflexivity. Qed.
Lemma unknown_in f s : In (f, s) faces -> In (Digits f s 0 0 zeros) (well_formed M).
Proof. intros H. right. apply in_flat_map. exists (f, s). split; [exact H|left; reflexivity]. Qed.
Lemma compute_in f s : In (f, s) faces -> In (Digits f s 1 0 zeros) (well_formed M).
Proof. intros H. right. apply in_flat_map. exists (f, s). split; [exact H|right; left; reflexivity]. Qed.
Lemma head_in f s q : In (f, s) faces -> (q < states M)%nat -> In (Digits f s 1 1 (bits n q)) (well_formed M).
Proof.
  intros H Hq. right. apply in_flat_map. exists (f, s). split; [exact H|right; right].
  apply in_map_iff. exists q. split; [reflexivity|apply in_seq; lia].
Qed.
Lemma well_formed_inv c : In c (well_formed M) -> c = Digits 0 0 (-1) 0 zeros \/ exists f s, In (f, s) faces /\
  (c = Digits f s 0 0 zeros \/ c = Digits f s 1 0 zeros \/ exists q, (q < states M)%nat /\ c = Digits f s 1 1 (bits n q)).
Proof.
  intros [H|H]; [left; auto|right]. apply in_flat_map in H. destruct H as ([f s] & Hf & H). exists f, s. split; [exact Hf|].
  destruct H as [H|[H|H]]; auto. apply in_map_iff in H. destruct H as (q & H & Hq). apply in_seq in Hq. right; right. exists q. split; [lia|auto].
Qed.

Lemma face_ok f s : In (f, s) faces -> f = 0 \/ f = 1 /\ s = 0.
Proof. cbn. intros H. repeat (destruct H as [H|H]; [inversion H; auto|]). destruct H. Qed.
Lemma gamma_entry c e : gamma M c = Some e -> entry_ok M e = true.
Proof.
  destruct c as [|f s p h ds]; cbn [gamma]; [discriminate|]. destruct (_ && _); [|discriminate].
  destruct (unbits ds) as [q|]; [|discriminate]. destruct (Nat.ltb_spec q (states M)); [|discriminate].
  intros E. inversion E. apply delta_ok; assumption.
Qed.
Lemma entry_facts e : entry_ok M e = true -> In (0, write e) faces /\ (next e < states M)%nat.
Proof.
  unfold entry_ok. rewrite !andb_true_iff, !Z.leb_le, Nat.ltb_lt. intros [[H1 H2] H3]. split; [|exact H3].
  assert (E : write e = -1 \/ write e = 0 \/ write e = 1) by lia. unfold faces. cbn [In].
  destruct E as [->|[->| ->]]; auto.
Qed.

Theorem closed : is_closed M.
Proof.
  intros X HX. assert (Hc : In (X centre) (well_formed M)) by (apply (HX centre); unfold centre; lia).
  unfold f_bar, value. destruct (well_formed_inv _ Hc) as [E|(f & s & Hf & [E|[E|(q & Hq & E)]])]; rewrite E in *; cbn [phase_is Z.eqb Pos.eqb].
  - eexists. split; [exact Hc|]. cbn [keeps offset]. ring.
  - unfold f_msg. rewrite E.
    assert (Mem : exists c, In c (well_formed M) /\ 0 + - PHASE M = u M c).
    { exists (Digits 0 0 (-1) 0 zeros). split; [apply memory_in|]. unfold zeros. rewrite u_digits, (ternary_zero M). ring. }
    destruct (_ && _); [exact Mem|]. destruct (_ || _); [exact Mem|].
    destruct (is_set _ && _ && _).
    { exists (Digits f s 1 1 zeros). split; [apply head_in; [exact Hf|apply some_state]|].
      cbn [keeps offset add]. unfold zeros, HEAD. fold n. rewrite !u_digits, !(ternary_zero M). ring. }
    destruct (_ || _).
    { exists (Digits f s 1 0 zeros). split; [apply compute_in, Hf|]. cbn [keeps offset add]. unfold zeros. rewrite !u_digits. ring. }
    exists (Digits f s 0 0 zeros). split; [exact Hc|]. cbn [keeps offset keep]. ring.
  - unfold f_TM. rewrite E. cbn [gamma Z.eqb Pos.eqb andb].
    assert (Keep : exists c, In c (well_formed M) /\ u M (Digits f s 1 0 zeros) + 0 = u M c).
    { exists (Digits f s 1 0 zeros). split; [exact Hc|ring]. }
    assert (Arr : forall c e m, gamma M c = Some e -> exists c, In c (well_formed M) /\
      (if keeps (arrives M e m) then u M (Digits f s 1 0 zeros) else 0) + offset (arrives M e m) = u M c).
    { intros c e m Hg. apply gamma_entry, entry_facts in Hg. destruct Hg as [_ Hn]. unfold arrives.
      destruct (same_move _ _); cbn [keeps offset add keep]; [|exact Keep].
      exists (Digits f s 1 1 (bits n (next e))). split; [apply head_in; assumption|].
      unfold zeros, HEAD. fold n. rewrite !u_digits, (ternary_zero M). ring. }
    destruct (gamma M (X below)) eqn:G1; [eapply Arr, G1|]. destruct (gamma M (X above)) eqn:G2; [eapply Arr, G2|].
    destruct (gamma M (X right)) eqn:G3; [eapply Arr, G3|]. destruct (gamma M (X left)) eqn:G4; [eapply Arr, G4|].
    exact Keep.
  - unfold f_TM. rewrite E. pose proof (gamma_head M f s q Hq (face_ok _ _ Hf)) as G. fold n in G. rewrite G.
    destruct (entry_facts _ (delta_ok M q s ok Hq)) as [Hw Hn]. cbn [keeps offset put].
    destruct (same_move _ _ || _).
    + exists (Digits 0 (write (delta M q s)) 1 1 (bits n (next (delta M q s)))). split; [apply head_in; assumption|].
      unfold HEAD. fold n. rewrite u_digits. ring.
    + exists (Digits 0 (write (delta M q s)) 1 0 zeros). split; [apply compute_in, Hw|].
      unfold zeros. rewrite u_digits, (ternary_zero M). ring.
Qed.

(* The well-formed alphabet is part of the full one. *)
Lemma bits_strings k : forall q, In (bits k q) (strings k).
Proof.
  induction k; intros q; cbn [bits strings]; [left; reflexivity|]. apply in_flat_map.
  destruct (q <? 2 ^ k)%nat; [exists 0|exists 1]; (split; [cbn; auto|apply in_map, IHk]).
Qed.
Lemma strings_cons d ds k : In d [-1; 0; 1] -> In ds (strings k) -> In (d :: ds) (strings (S k)).
Proof. intros H H'. cbn [strings]. apply in_flat_map. exists d. split; [exact H|apply in_map, H']. Qed.
Lemma full_has f s p h q : In f [-1; 0; 1] -> In s [-1; 0; 1] -> In p [-1; 0; 1] -> In h [-1; 0; 1] -> In (Digits f s p h (bits n q)) (full M).
Proof.
  intros Hf Hs Hp Hh. right. apply in_flat_map. exists (f :: s :: p :: h :: bits n q). split; [|left; reflexivity].
  change (4 + state_digits M)%nat with (S (S (S (S n)))).
  repeat (apply strings_cons; [assumption|]). apply bits_strings.
Qed.
Lemma full_covers p c : In c (letters M WellFormed p) -> In c (letters M Full p).
Proof.
  assert (W : In c (well_formed M) -> In c (full M)).
  { intros H. destruct (well_formed_inv _ H) as [->|(f & s & Hf & H')]; [apply full_has; cbn; auto|].
    assert (F : In f [-1; 0; 1] /\ In s [-1; 0; 1]).
    { cbn in Hf. repeat (destruct Hf as [Hf|Hf]; [inversion Hf; cbn; auto|]). destruct Hf. }
    destruct F. destruct H' as [->|[->|(q & _ & ->)]]; apply full_has; cbn; auto. }
  unfold letters. destruct (_ =? _)%nat; [exact W|]. intros [<-|H]; [left; reflexivity|apply W, H].
Qed.
Lemma full_is_enough filter : computes_f_bar M Full filter -> computes_f_bar M WellFormed filter.
Proof. intros H X HX. apply H. intros p Hp. apply full_covers, HX, Hp. Qed.
End Closure.
