(* From one patch to every grid and every number of layers: a layer is a step of the machine. *)
From Coq Require Import ZArith QArith Qabs Lia List Bool Arith Setoid.
From WP Require Import Statement Germs.
Import ListNotations.
Open Scope Z_scope.

Section Grid.
  Variables (M : machine) (height width : Z).
  Let n := state_digits M.
  Local Notation inside := (Statement.inside height width).
  Local Notation step := (Statement.step M height width).
  Local Notation steps := (Statement.steps M height width).
  Local Notation shows := (Statement.shows M height width).
  Local Notation config_ok := (Statement.config_ok M height width).

  (* ---- codes ---- *)
  Lemma bits_length k q : length (bits k q) = k.
  Proof. revert q. induction k; intros q; cbn [bits]; [reflexivity|]. destruct (_ <? _)%nat; cbn [length]; rewrite IHk; reflexivity. Qed.
  Lemma unbits_bits k : forall q, (q < 2 ^ k)%nat -> unbits (bits k q) = Some q.
  Proof.
    induction k; intros q Hq; cbn [bits].
    - cbn in Hq. destruct q; [reflexivity|lia].
    - cbn [Nat.pow] in Hq. destruct (Nat.ltb_spec q (2 ^ k)); cbn [unbits]; rewrite IHk by lia; cbn; [reflexivity|].
      rewrite bits_length. f_equal. lia.
  Qed.
  Lemma states_width : (0 < states M)%nat -> (states M <= 2 ^ n)%nat.
  Proof.
    intros H. unfold n, state_digits. destruct (Nat.eq_dec (states M) 1) as [->|]; [cbn; lia|].
    apply Nat.log2_up_spec. lia.
  Qed.
  Lemma ternary_zero k : ternary (bits k 0) = 0.
  Proof.
    induction k; [reflexivity|]. cbn [bits]. destruct (Nat.ltb_spec 0 (2 ^ k)) as [_|H].
    - cbn [ternary]. rewrite IHk. ring.
    - pose proof (Nat.pow_nonzero 2 k). lia.
  Qed.
  Lemma u_cell f s h q : u M (Digits f s 1 h (bits n q)) =
    f * ONE M + s * SYMBOL M + PHASE M + 2 * (h * 3 ^ Z.of_nat n + ternary (bits n q)).
  Proof.
    unfold u, ONE, SYMBOL, PHASE. fold n. cbn [ternary length]. rewrite bits_length.
    change (3 + n)%nat with (S (S (S n))). change (2 + n)%nat with (S (S n)). change (1 + n)%nat with (S n).
    rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring.
  Qed.
  Lemma gamma_head f s q : (q < states M)%nat -> f = 0 \/ f = 1 /\ s = 0 -> gamma M (Digits f s 1 1 (bits n q)) = Some (delta M q s).
  Proof.
    intros Hq Hf. unfold gamma. cbn [Z.eqb Pos.eqb andb].
    assert (E : ((f =? 0) || (f =? 1) && (s =? 0)) = true).
    { destruct Hf as [->|[-> ->]]; reflexivity. }
    rewrite E, unbits_bits by (pose proof states_width; lia).
    destruct (Nat.ltb_spec q (states M)); [reflexivity|lia].
  Qed.
  Lemma gamma_none f s k : gamma M (Digits f s 1 0 k) = None.
  Proof. reflexivity. Qed.

  Lemma delta_ok q s : machine_ok M = true -> (q < states M)%nat -> entry_ok M (delta M q s) = true.
  Proof.
    intros Hm Hq. unfold machine_ok in Hm. apply andb_prop in Hm. destruct Hm as [_ Hm]. rewrite forallb_forall in Hm. unfold delta.
    specialize (Hm _ (nth_In (table M) (no_entry, no_entry, no_entry) Hq)).
    destruct (nth q (table M) _) as [[a b] c]. rewrite !andb_true_iff in Hm.
    destruct (s =? 0); [apply Hm|]. destruct (s =? 1); apply Hm.
  Qed.

  Lemma step_ok c : machine_ok M = true -> config_ok c -> config_ok (step c).
  Proof.
    intros Hm (Hi & Hq & Ht). pose proof (delta_ok (state c) (tape c (head_row c) (head_column c)) Hm Hq) as He.
    unfold entry_ok in He. rewrite !andb_true_iff, !Z.leb_le, Nat.ltb_lt in He. unfold step. cbv zeta.
    split; [|split]; cbn [head_row head_column state tape].
    - destruct (inside (head_row c + _) _) eqn:E; assumption.
    - apply He.
    - intros i j. destruct (here c i j); [unfold is_symbol; lia|apply Ht].
  Qed.

  (* what the next layer must hold *)
  Definition next_grid (g : Z -> Z -> cell) (c : config) (i j : Z) : cell :=
    let c' := step c in
    match g i j with
    | Beyond => Beyond
    | Digits flag _ _ _ _ =>
      Digits (if here c i j then 0 else flag) (tape c' i j) 1 (if here c' i j then 1 else 0) (bits n (if here c' i j then state c' else 0))
    end.

  Lemma next_shows g c : shows g c -> shows (next_grid g c) (step c).
  Proof.
    intros H i j. specialize (H i j). unfold next_grid. destruct (inside i j).
    - destruct H as (f & Hf & ->). eexists. split; [|reflexivity].
      unfold step; cbn [tape]. destruct (here c i j); auto.
    - rewrite H. reflexivity.
  Qed.

  (* what one sees of a neighbour: its place is on the grid or not, and whether the head is there *)
  Lemma seen g c i j : config_ok c -> shows g c ->
    gamma M (g i j) = (if here c i j then Some (delta M (state c) (tape c (head_row c) (head_column c))) else None) /\
    is_padding (g i j) = negb (inside i j).
  Proof.
    intros (Hi & Hq & Ht) Hs. specialize (Hs i j). destruct (inside i j) eqn:E.
    - destruct Hs as (f & Hf & ->). split; [|reflexivity]. destruct (here c i j) eqn:Eh.
      + unfold here in Eh. apply andb_prop in Eh. destruct Eh as [E1 E2]. apply Z.eqb_eq in E1, E2. subst.
        apply gamma_head; auto.
      + apply gamma_none.
    - rewrite Hs. split; [|reflexivity]. destruct (here c i j) eqn:Eh; [|reflexivity].
      unfold here in Eh. apply andb_prop in Eh. destruct Eh as [E1 E2]. apply Z.eqb_eq in E1, E2. subst. congruence.
  Qed.

  Theorem next_grid_is_layer g c i j : config_ok c -> shows g c -> inside i j = true ->
    value M (patch g i j) (f_bar M (patch g i j)) = u M (next_grid g c i j).
  Proof.
    intros Hc Hs Hij. pose proof (fun a b => seen g c a b Hc Hs) as See.
    set (e := delta M (state c) (tape c (head_row c) (head_column c))) in *.
    assert (Pc : patch g i j centre = g i j) by (unfold patch; cbn; f_equal; lia).
    assert (Pa : patch g i j above = g (i - 1) j) by (unfold patch; cbn; f_equal; lia).
    assert (Pb : patch g i j below = g (i + 1) j) by (unfold patch; cbn; f_equal; lia).
    assert (Pl : patch g i j left = g i (j - 1)) by (unfold patch; cbn; f_equal; lia).
    assert (Pr : patch g i j right = g i (j + 1)) by (unfold patch; cbn; f_equal; lia).
    pose proof (Hs i j) as H. rewrite Hij in H. destruct H as (f & Hf & Eg).
    unfold f_bar. rewrite Pc, Eg. cbn [phase_is Z.eqb Pos.eqb].
    unfold f_TM. rewrite Pc, Pa, Pb, Pl, Pr.
    rewrite (proj1 (See i j)), (proj1 (See (i + 1) j)), (proj1 (See (i - 1) j)), (proj1 (See i (j + 1))), (proj1 (See i (j - 1))).
    unfold next_grid. rewrite Eg. cbv zeta. unfold step. fold e. cbn [tape state].
    rewrite u_cell. unfold value. rewrite Pc, Eg, u_cell. fold n.
    assert (Hd : patch g i j (towards (go e)) = g (i + down (go e)) (j + across (go e))).
    { destruct (go e); cbn [towards down across]; rewrite ?Pc, ?Pa, ?Pb, ?Pl, ?Pr; f_equal; lia. }
    destruct (here c i j) eqn:E0.
    - unfold here in E0. apply andb_prop in E0. destruct E0 as [E1 E2]. apply Z.eqb_eq in E1, E2. subst i j.
      cbn [keeps offset put]. rewrite Hd, (proj2 (See _ _)). unfold here. cbn [head_row head_column].
      unfold same_move.
      destruct (inside (head_row c + down (go e)) (head_column c + across (go e))) eqn:Ein; cbn [negb orb].
      + destruct (go e); cbn [towards down across Nat.eqb orb above below left right centre];
          rewrite ?Z.add_0_r, ?Z.eqb_refl; cbn [andb];
          try (replace (head_row c =? _) with false by (symmetry; apply Z.eqb_neq; lia));
          try (replace (head_column c =? _) with false by (symmetry; apply Z.eqb_neq; lia)); cbn [andb];
          unfold HEAD; fold n; rewrite ?ternary_zero; ring.
      + rewrite orb_true_r, !Z.eqb_refl. cbn [andb]. unfold HEAD. fold n. ring.
    - (* no head here *)
      assert (Hin : inside (head_row c) (head_column c) = true) by apply Hc.
      unfold here in *. cbn [head_row head_column].
      apply andb_false_iff in E0.
      assert (E0' : ~ (i = head_row c /\ j = head_column c)) by (rewrite !Z.eqb_neq in E0; lia). clear E0.
      assert (Near : forall a b, (a =? head_row c) && (b =? head_column c) = true -> head_row c = a /\ head_column c = b)
        by (intros a b HH; apply andb_prop in HH; destruct HH as [H1 H2]; apply Z.eqb_eq in H1, H2; auto).
      assert (Far : forall a b, (a =? head_row c) && (b =? head_column c) = false -> ~ (head_row c = a /\ head_column c = b))
        by (intros a b HH [H1 H2]; rewrite H1, H2, !Z.eqb_refl in HH; discriminate).
      (* the head arrives here if and only if it was on a neighbour and moves to this cell *)
      set (r := if inside _ _ then _ else head_row c). set (k := if inside _ _ then _ else head_column c).
      assert (Arrive : (i =? r) && (j =? k) = true <-> i = head_row c + down (go e) /\ j = head_column c + across (go e)).
      { unfold r, k. rewrite andb_true_iff, !Z.eqb_eq. split.
        - destruct (inside (head_row c + down (go e)) (head_column c + across (go e))); intros; lia.
        - intros [<- <-]. rewrite Hij. auto. }
      rewrite ternary_zero.
      destruct ((i + 1 =? head_row c) && (j =? head_column c)) eqn:N1; [|
      destruct ((i - 1 =? head_row c) && (j =? head_column c)) eqn:N2; [|
      destruct ((i =? head_row c) && (j + 1 =? head_column c)) eqn:N3; [|
      destruct ((i =? head_row c) && (j - 1 =? head_column c)) eqn:N4]]].
      1-4: match goal with N : _ = true |- _ => apply Near in N; destruct N as [NR NC] end;
        unfold arrives, same_move;
        destruct ((i =? r) && (j =? k)) eqn:Ehere;
        [pose proof (proj1 Arrive eq_refl) as AA|
         assert (AA : ~ (i = head_row c + down (go e) /\ j = head_column c + across (go e))) by (rewrite <- Arrive; discriminate)];
        destruct (go e); cbn [down across] in AA; try lia;
        cbn [towards Nat.eqb above below left right centre keeps offset add keep]; unfold HEAD; fold n; rewrite ?ternary_zero; ring.
      apply Far in N1, N2, N3, N4.
      destruct ((i =? r) && (j =? k)) eqn:Ehere.
      + pose proof (proj1 Arrive eq_refl) as AA. destruct (go e); cbn [down across] in AA; lia.
      + cbn [keeps offset keep]. rewrite ternary_zero. ring.
  Qed.

End Grid.

Theorem layers_are_steps M : machine_ok M = true -> layer_is_step M.
Proof.
  intros Hm height width g c Hc Hs. exists (next_grid M height width g c).
  split; [apply next_shows, Hs|]. intros i j. apply next_grid_is_layer; assumption.
Qed.

Lemma shown_letter M height width g c i j : config_ok M height width c -> shows M height width g c ->
  inside height width i j = true -> In (g i j) (well_formed M).
Proof.
  intros (_ & Hq & Ht) Hs Hij. specialize (Hs i j). rewrite Hij in Hs. destruct Hs as (f & Hf & ->).
  right. apply in_flat_map. exists (f, tape c i j). split.
  - specialize (Ht i j). unfold faces. destruct Hf as [->|[-> ->]]; [|cbn; tauto].
    destruct Ht as [->|[->| ->]]; cbn; tauto.
  - cbn [In]. destruct (here c i j).
    + right; right. apply in_map_iff. exists (state c). split; [reflexivity|]. apply in_seq. lia.
    + right; left. reflexivity.
Qed.
Lemma shown_patch M height width g c i j : config_ok M height width c -> shows M height width g c ->
  inside height width i j = true -> patch_of M WellFormed (patch g i j).
Proof.
  intros Hc Hs Hij p Hp. unfold letters. destruct (Nat.eqb_spec p centre) as [->|_].
  - unfold patch. cbn. replace (i + 1 - 1) with i by lia. replace (j + 1 - 1) with j by lia.
    apply (shown_letter _ _ _ _ _ _ _ Hc Hs Hij).
  - unfold patch. set (a := i + _ - 1). set (b := j + _ - 1).
    destruct (inside height width a b) eqn:Hab; [right; apply (shown_letter _ _ _ _ _ _ _ Hc Hs Hab)|left].
    specialize (Hs a b). rewrite Hab in Hs. auto.
Qed.

Theorem roll_out M filter : machine_ok M = true -> computes_f_bar M WellFormed filter -> rolls_out M filter.
Proof.
  intros Hm Hf height width g c Hc Hs.
  assert (R : forall t, exists g', shows M height width g' (steps M height width t c) /\ config_ok M height width (steps M height width t c) /\
    forall i j, (convs M filter height width t (fun i j => inject_Z (u M (g i j))) i j == inject_Z (u M (g' i j)))%Q).
  { induction t as [|t (g' & Hs' & Hc' & Heq)].
    - exists g. split; [exact Hs|split; [exact Hc|]]. intros i j. reflexivity.
    - exists (next_grid M height width g' (steps M height width t c)). cbn [steps convs].
      split; [apply next_shows, Hs'|]. split; [apply step_ok; auto|]. intros i j. unfold conv.
      destruct (inside height width i j) eqn:Hij.
      + rewrite <- (next_grid_is_layer M height width g' (steps M height width t c) i j Hc' Hs' Hij).
        apply (germ_value _ _ _ _ _ (Hf (patch g' i j) (shown_patch _ _ _ _ _ _ _ Hc' Hs' Hij))).
        intros p _. apply Heq.
      + pose proof (Hs' i j) as H. rewrite Hij in H. unfold next_grid. rewrite H. reflexivity. }
  intros t. destruct (R t) as (g' & H1 & _ & H2). exists g'. auto.
Qed.
