(* The hand-over from memory to computation: the compute phase spreads by one cell a layer from where the machine starts, and the
   head, which waits for one step, stays behind the front. *)
From Coq Require Import ZArith QArith Lia List Bool Arith.
From WP Require Import Statement Germs Steps Closure Memory.
Import ListNotations.
Open Scope Z_scope.

(* At a cell in the compute phase f-bar asks its neighbours for heads and padding only. *)
Lemma f_TM_ext M X Y : X centre = Y centre -> phase_is 0 (X centre) = false -> phase_is 1 (X centre) = true ->
  (forall p, gamma M (X p) = gamma M (Y p) /\ is_padding (X p) = is_padding (Y p)) -> value M X (f_bar M X) = value M Y (f_bar M Y).
Proof.
  intros Hc P0 P1 H. unfold f_bar. rewrite <- Hc, P0, P1.
  assert (E : f_TM M X = f_TM M Y).
  { unfold f_TM. rewrite <- Hc, (proj1 (H below)), (proj1 (H above)), (proj1 (H right)), (proj1 (H left)).
    destruct (gamma M (X centre)) as [e|]; [|reflexivity]. rewrite (proj2 (H (towards (go e)))). reflexivity. }
  rewrite E. unfold value. rewrite Hc. reflexivity.
Qed.

Section HandOver.
Variables (M : machine) (filter : list layer) (rows data columns : Z) (sign : Z -> Z -> Z).
Hypothesis ok : machine_ok M = true.
Hypothesis waits : first_state_waits M.
Hypothesis shape : 0 < data < columns /\ 0 < rows.
Hypothesis signs : forall i j, sign i j = 1 \/ sign i j = -1.
Let n := state_digits M.
Let zeros := bits n 0.
Let c0 := start_config rows data columns sign.
Let c k := steps M rows columns k c0.
Local Notation dist := (distance rows data).
Local Notation mem := (memorized M rows data columns sign).
Local Notation inside := (Statement.inside rows columns).

Definition computing (i j : Z) : cell := if j <? data then Digits 0 (sign i j) 1 0 zeros else Digits 1 0 1 0 zeros.
Definition front (K : Z) (g : Z -> Z -> cell) (i j : Z) : cell := if dist i j <=? K then g i j else mem i j.

Lemma inside_iff i j : inside i j = true <-> 0 <= i < rows /\ 0 <= j < columns.
Proof. unfold Statement.inside. rewrite !andb_true_iff, !Z.leb_le, !Z.ltb_lt. lia. Qed.
Lemma outside_iff i j : inside i j = false <-> ~ (0 <= i < rows /\ 0 <= j < columns).
Proof. rewrite <- inside_iff. destruct (inside i j); split; congruence. Qed.

Lemma c_ok k : config_ok M rows columns (c k).
Proof.
  induction k; cbn [c steps].
  - split; [apply inside_iff; cbn; lia|]. split; [apply (some_state M ok)|]. intros i j. cbn [tape c0 start_config].
    destruct (_ && _); unfold is_symbol; [destruct (signs i j); auto|auto].
  - apply (step_ok M rows columns); assumption.
Qed.
Lemma head_near k : dist (head_row (c k)) (head_column (c k)) <= Z.max 0 (Z.of_nat k - 1).
Proof.
  induction k as [|k IH]; [unfold distance; cbn; lia|].
  change (c (S k)) with (step M rows columns (c k)).
  assert (Step : dist (head_row (step M rows columns (c k))) (head_column (step M rows columns (c k))) <=
    dist (head_row (c k)) (head_column (c k)) + match go (delta M (state (c k)) (tape (c k) (head_row (c k)) (head_column (c k)))) with Stay => 0 | _ => 1 end).
  { unfold step, distance. cbn [head_row head_column]. destruct (inside _ _); destruct (go _); cbn [down across]; lia. }
  destruct k as [|k].
  - assert (W : go (delta M (state (c 0)) (tape (c 0) (head_row (c 0)) (head_column (c 0)))) = Stay).
    { change (state (c 0)) with 0%nat. apply waits. apply (c_ok 0). }
    rewrite W in Step. lia.
  - destruct (go _); lia.
Qed.
Lemma tape_far k : forall i j, Z.of_nat k <= dist i j -> tape (c k) i j = tape c0 i j.
Proof.
  induction k as [|k IH]; intros i j H; [reflexivity|]. change (c (S k)) with (step M rows columns (c k)).
  cbn [tape step]. destruct (here (c k) i j) eqn:E; [|apply IH; lia].
  unfold here in E. apply andb_prop in E. destruct E as [E1 E2]. apply Z.eqb_eq in E1, E2. pose proof (head_near k). subst. lia.
Qed.
Lemma no_head k i j : Z.of_nat k <= dist i j -> (0 < dist i j \/ (0 < k)%nat) -> here (c k) i j = false.
Proof.
  intros H H'. destruct (here (c k) i j) eqn:E; [|reflexivity].
  unfold here in E. apply andb_prop in E. destruct E as [E1 E2]. apply Z.eqb_eq in E1, E2. pose proof (head_near k). subst. lia.
Qed.

(* ---- the cells of a grid behind a front ---- *)
Section Front.
Variables (K : Z) (g : Z -> Z -> cell) (cf : config).
Hypothesis Hs : shows M rows columns g cf.
Lemma front_padding i j : is_padding (front K g i j) = negb (inside i j).
Proof.
  unfold front, memorized. specialize (Hs i j). destruct (inside i j); cbn [negb].
  - destruct Hs as (f & _ & E). destruct (_ <=? _); [rewrite E; reflexivity|]. destruct (_ <? _); reflexivity.
  - rewrite Hs. destruct (_ <=? _); reflexivity.
Qed.
Lemma front_phase i j : phase_is (-1) (front K g i j) = false /\ phase_is 1 (front K g i j) = inside i j && (dist i j <=? K).
Proof.
  unfold front, memorized. specialize (Hs i j). destruct (inside i j); cbn [andb].
  - destruct Hs as (f & _ & E). destruct (_ <=? _); [rewrite E; auto|]. destruct (_ <? _); auto.
  - rewrite Hs. destruct (_ <=? _); auto.
Qed.
Lemma front_wf : config_ok M rows columns cf -> forall i j, if inside i j then In (front K g i j) (well_formed M) else front K g i j = Beyond.
Proof.
  intros Hc i j. unfold front. destruct (inside i j) eqn:E.
  - destruct (_ <=? _); [apply (shown_letter M rows columns g cf); assumption|]. unfold memorized. rewrite E.
    destruct (_ <? _); apply unknown_in; unfold faces; cbn; [destruct (signs i j) as [->| ->]; auto|auto].
  - unfold memorized. rewrite E. specialize (Hs i j). rewrite E in Hs. rewrite Hs. destruct (_ <=? _); reflexivity.
Qed.
End Front.

Lemma patch_places {T} (g : Z -> Z -> T) i j : patch g i j centre = g i j /\ patch g i j above = g (i - 1) j /\
  patch g i j below = g (i + 1) j /\ patch g i j left = g i (j - 1) /\ patch g i j right = g i (j + 1).
Proof. unfold patch; cbn -[Z.add Z.sub]. repeat split; f_equal; lia. Qed.

Lemma u_phase f s p : u M (Digits f s p 0 zeros) = (9 * f + 3 * s + p) * PHASE M.
Proof. apply u_zeros. Qed.
Lemma not_one s h : s = 1 \/ s = -1 -> h = 0 \/ h = 1 -> is_one M (Digits 0 s 1 h zeros) = false.
Proof.
  intros H H'. apply Z.eqb_neq. unfold zeros, n. rewrite u_digits, (ternary_zero M).
  assert (E1 : PHASE M = 3 * (2 * 3 ^ Z.of_nat (state_digits M))).
  { unfold PHASE. change (1 + state_digits M)%nat with (S (state_digits M)). rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia. ring. }
  assert (E2 : SYMBOL M = 3 * PHASE M).
  { unfold PHASE, SYMBOL. change (1 + state_digits M)%nat with (S (state_digits M)). change (2 + state_digits M)%nat with (S (S (state_digits M))).
    rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring. }
  assert (E3 : ONE M = 9 * PHASE M).
  { unfold PHASE, ONE. change (1 + state_digits M)%nat with (S (state_digits M)). change (3 + state_digits M)%nat with (S (S (S (state_digits M)))).
    rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring. }
  pose proof (pow3 M (state_digits M)). rewrite E3, E2, E1. set (q := 3 ^ Z.of_nat (state_digits M)) in *.
  destruct H as [->| ->], H' as [->| ->]; lia.
Qed.

(* A cell that the front has not reached: it is kept, or reached now, or the machine starts there. *)
Lemma unreached K g cf i j : shows M rows columns g cf -> inside i j = true -> -1 <= K < dist i j ->
  (forall j', j' < data -> inside i j' = true -> dist i j' = K -> exists h, (h = 0 \/ h = 1) /\ g i j' = Digits 0 (sign i j') 1 h zeros) ->
  let X := patch (front K g) i j in
  value M X (f_bar M X) = u M (if dist i j =? K + 1 then if K =? -1 then Digits 0 (sign i j) 1 1 zeros else computing i j else mem i j).
Proof.
  intros Hs Hij HK Hd X. destruct (patch_places (front K g) i j) as (Pc & Pa & Pb & Pl & Pr). fold X in Pc, Pa, Pb, Pl, Pr.
  assert (C : X centre = mem i j) by (rewrite Pc; unfold front; destruct (Z.leb_spec (dist i j) K); [lia|reflexivity]).
  pose proof (proj1 (inside_iff i j) Hij) as B.
  assert (P0 : phase_is 0 (X centre) = true) by (rewrite C; unfold memorized; rewrite Hij; destruct (_ <? _); reflexivity).
  assert (Z0 : is_zero M (X centre) = false).
  { rewrite C. unfold memorized. rewrite Hij. destruct (_ <? _); rewrite zero_wave; apply Z.eqb_neq; destruct (signs i j); lia. }
  unfold f_bar. rewrite P0. unfold f_msg. rewrite Z0. cbn [andb]. rewrite Pa, Pb, Pl, Pr.
  rewrite !(proj1 (front_phase K g cf Hs _ _)), !(proj2 (front_phase K g cf Hs _ _)). cbn [orb].
  rewrite (front_padding K g cf Hs).
  assert (Start : is_set (X centre) && is_one M (front K g i (j + 1)) && negb (inside (i + 1) j) = (dist i j =? K + 1) && (K =? -1)).
  { rewrite C. unfold memorized. rewrite Hij.
    destruct (Z.ltb_spec j data) as [J|J]; cbn [is_set negb].
    2: { symmetry. apply andb_false_iff. unfold distance in *. destruct (Z.eqb_spec K (-1)); [left; apply Z.eqb_neq; lia|right; reflexivity]. }
    replace (negb (sign i j =? 0)) with true by (destruct (signs i j) as [->| ->]; reflexivity). cbn [andb].
    destruct (inside (i + 1) j) eqn:Eb; cbn [negb].
    { rewrite andb_false_r. apply inside_iff in Eb. symmetry. apply andb_false_iff. unfold distance in *.
      destruct (Z.eqb_spec K (-1)); [left; apply Z.eqb_neq; lia|right; reflexivity]. }
    rewrite andb_true_r. apply outside_iff in Eb. assert (Ei : i = rows - 1) by lia.
    destruct (Z.eq_dec (j + 1) data) as [Ej|Ej].
    - assert (D0 : dist i j = 0) by (unfold distance; lia). assert (K = -1) by lia. subst K. rewrite D0. cbn [Z.eqb Z.add Pos.eqb andb].
      unfold front. destruct (Z.leb_spec (dist i (j + 1)) (-1)); [unfold distance in *; lia|].
      unfold memorized. replace (inside i (j + 1)) with true by (symmetry; apply inside_iff; lia).
      destruct (Z.ltb_spec (j + 1) data); [lia|]. rewrite one_wave. reflexivity.
    - assert (D1 : dist i (j + 1) = dist i j - 1) by (unfold distance; lia).
      assert (In1 : inside i (j + 1) = true) by (apply inside_iff; lia).
      assert (N1 : is_one M (front K g i (j + 1)) = false).
      { unfold front. destruct (Z.leb_spec (dist i (j + 1)) K).
        - destruct (Hd (j + 1)) as (h & Hh & E); [lia|exact In1|lia|]. rewrite E. apply not_one; auto.
        - unfold memorized. rewrite In1. destruct (Z.ltb_spec (j + 1) data); [|lia]. rewrite one_wave. apply Z.eqb_neq. destruct (signs i (j + 1)); lia. }
      rewrite N1. symmetry. apply andb_false_iff. unfold distance in *. destruct (Z.eqb_spec K (-1)); [left; apply Z.eqb_neq; lia|right; reflexivity]. }
  rewrite Start. clear Start.
  destruct (Z.eqb_spec (dist i j) (K + 1)) as [D|D]; cbn [andb].
  - destruct (Z.eqb_spec K (-1)) as [E|E].
    + assert (J : j < data) by (unfold distance in *; lia).
      unfold value. cbn [keeps offset add]. rewrite C. unfold memorized. rewrite Hij. destruct (Z.ltb_spec j data); [|lia].
      unfold HEAD, zeros. rewrite !u_digits, !(ternary_zero M). fold n. ring.
    + assert (N : inside (i - 1) j && (dist (i - 1) j <=? K) || inside (i + 1) j && (dist (i + 1) j <=? K)
        || inside i (j - 1) && (dist i (j - 1) <=? K) || inside i (j + 1) && (dist i (j + 1) <=? K) = true).
      { rewrite !orb_true_iff, !andb_true_iff, !Z.leb_le, !inside_iff. unfold distance in *. lia. }
      rewrite N. unfold value, computing. cbn [keeps offset add]. rewrite C. unfold memorized. rewrite Hij.
      destruct (_ <? _); rewrite !u_phase; ring.
  - assert (N : inside (i - 1) j && (dist (i - 1) j <=? K) || inside (i + 1) j && (dist (i + 1) j <=? K)
        || inside i (j - 1) && (dist i (j - 1) <=? K) || inside i (j + 1) && (dist i (j + 1) <=? K) = false).
    { rewrite !orb_false_iff, !andb_false_iff, !Z.leb_gt. unfold distance in *. repeat split; right; lia. }
    rewrite N. unfold value. cbn [keeps offset keep]. rewrite C. ring.
Qed.

Hypothesis Hf : computes_f_bar M WellFormed filter.
Let z0 i j := inject_Z (u M (mem i j)).

Lemma layer_value h z i j : (forall a b, if inside a b then In (h a b) (well_formed M) else h a b = Beyond) ->
  (forall a b, z a b == inject_Z (u M (h a b)))%Q -> inside i j = true ->
  (conv M filter rows columns z i j == inject_Z (value M (patch h i j) (f_bar M (patch h i j))))%Q.
Proof.
  intros Hw Hz Hij. unfold conv. rewrite Hij.
  apply (germ_value _ _ _ _ _ (Hf (patch h i j) (grid_patch M rows columns h Hw i j Hij))). intros p _. apply Hz.
Qed.

Theorem phase_stays_ahead k : exists g, shows M rows columns g (c k) /\
  (forall i j, inside i j = true -> Z.of_nat k < dist i j -> g i j = computing i j) /\
  (forall i j, inside i j = true -> j < data -> exists s p h ds, g i j = Digits 0 s p h ds) /\
  forall i j, (convs M filter rows columns (S k) z0 i j == inject_Z (u M (front (Z.of_nat k) g i j)))%Q.
Proof.
  induction k as [|k (g & Hs & Hg & Hd & Hz)].
  - set (g := fun i j => if inside i j then if here c0 i j then Digits 0 (sign i j) 1 1 zeros else computing i j else Beyond).
    assert (Hs : shows M rows columns g (c 0)).
    { intros i j. unfold g. destruct (inside i j) eqn:E; [|reflexivity]. cbn [c steps tape c0 start_config]. rewrite E. cbn [andb].
      change (here (steps M rows columns 0 c0) i j) with (here c0 i j).
      destruct (here c0 i j) eqn:Eh.
      - unfold here in Eh. cbn in Eh. apply andb_prop in Eh. destruct Eh as [E1 E2]. apply Z.eqb_eq in E1, E2.
        exists 0. split; [auto|]. destruct (Z.ltb_spec j data); [reflexivity|lia].
      - unfold computing. destruct (j <? data); [exists 0|exists 1]; split; auto. }
    exists g. split; [exact Hs|split].
    + intros i j Hij D. unfold g. rewrite Hij.
      change (here c0 i j) with (here (c 0) i j). rewrite (no_head 0) by (cbn in *; lia). reflexivity.
    + split.
      { intros i j Hij J. unfold g, computing. rewrite Hij. destruct (here c0 i j); [|destruct (Z.ltb_spec j data); [|lia]]; eauto. }
      intros i j. cbn [convs]. destruct (inside i j) eqn:Hij.
      * rewrite (layer_value (front (-1) g) z0 i j).
        -- rewrite (unreached (-1) g (c 0) i j Hs Hij).
           ++ change (-1 + 1) with 0. change (-1 =? -1) with true. cbv iota. unfold front, g. rewrite Hij. change (Z.of_nat 0) with 0.
              assert (0 <= dist i j) by (unfold distance; lia).
              destruct (Z.eqb_spec (dist i j) 0) as [D|D], (Z.leb_spec (dist i j) 0); try lia; [|reflexivity].
              assert (H1 : here c0 i j = true) by (unfold here; cbn; rewrite andb_true_iff, !Z.eqb_eq; unfold distance in D; lia).
              rewrite H1. reflexivity.
           ++ unfold distance. lia.
           ++ intros j' _ _ D. unfold distance in D. lia.
        -- apply (front_wf (-1) g (c 0) Hs (c_ok 0)).
        -- intros a b. unfold front. destruct (Z.leb_spec (dist a b) (-1)); [unfold distance in *; lia|reflexivity].
        -- exact Hij.
      * unfold conv. rewrite Hij. unfold front, g, memorized. rewrite Hij. destruct (_ <=? _); reflexivity.
  - assert (Kn : Z.of_nat (S k) = Z.of_nat k + 1) by lia.
    exists (next_grid M rows columns g (c k)). split; [apply (next_shows M rows columns g (c k) Hs)|].
    assert (Next : forall i j, inside i j = true -> Z.of_nat k < dist i j -> next_grid M rows columns g (c k) i j = computing i j).
    { intros i j Hij D. unfold next_grid. rewrite (Hg i j Hij D).
      assert (H1 : here (c k) i j = false) by (apply no_head; lia).
      assert (H2 : here (step M rows columns (c k)) i j = false) by (apply (no_head (S k)); lia).
      assert (T : tape (step M rows columns (c k)) i j = tape c0 i j) by (apply (tape_far (S k)); lia).
      unfold computing. rewrite H1, H2, T. cbn [tape c0 start_config]. rewrite Hij. cbn [andb].
      destruct (j <? data); reflexivity. }
    split; [intros i j Hij D; apply Next; [exact Hij|lia]|].
    split.
    { intros i j Hij J. destruct (Hd i j Hij J) as (s & p & h & ds & E). unfold next_grid. rewrite E.
      destruct (here (c k) i j); eauto 6. }
    intros i j. change (convs M filter rows columns (S (S k)) z0) with (conv M filter rows columns (convs M filter rows columns (S k) z0)).
    destruct (inside i j) eqn:Hij.
    + rewrite (layer_value (front (Z.of_nat k) g) _ i j); [|apply (front_wf _ g (c k) Hs (c_ok k))|exact Hz|exact Hij].
      destruct (Z.leb_spec (dist i j) (Z.of_nat k)) as [D|D].
      * assert (E : value M (patch (front (Z.of_nat k) g) i j) (f_bar M (patch (front (Z.of_nat k) g) i j)) = value M (patch g i j) (f_bar M (patch g i j))).
        { assert (Ec : front (Z.of_nat k) g i j = g i j) by (unfold front; destruct (Z.leb_spec (dist i j) (Z.of_nat k)); [reflexivity|lia]).
          destruct (patch_places (front (Z.of_nat k) g) i j) as (Pc & _). destruct (patch_places g i j) as (Qc & _).
          pose proof (Hs i j) as S. rewrite Hij in S. destruct S as (f & _ & Eg).
          apply f_TM_ext; rewrite ?Pc, ?Qc, ?Ec; try reflexivity; try (rewrite Eg; reflexivity).
          intros p. unfold patch. set (a := i + _ - 1). set (b := j + _ - 1). unfold front.
          destruct (Z.leb_spec (dist a b) (Z.of_nat k)); [auto|].
          unfold memorized. destruct (inside a b) eqn:Eab.
          - rewrite (Hg a b Eab) by lia. unfold computing. destruct (_ <? _); auto.
          - specialize (Hs a b). rewrite Eab in Hs. rewrite Hs. auto. }
        rewrite E, (next_grid_is_layer M rows columns g (c k) i j (c_ok k) Hs Hij).
        unfold front. destruct (Z.leb_spec (dist i j) (Z.of_nat (S k))); [reflexivity|lia].
      * rewrite (unreached (Z.of_nat k) g (c k) i j Hs Hij).
        -- unfold front. destruct (Z.eqb_spec (Z.of_nat k) (-1)); [lia|].
           destruct (Z.eqb_spec (dist i j) (Z.of_nat k + 1)), (Z.leb_spec (dist i j) (Z.of_nat (S k))); try lia; [|reflexivity].
           rewrite Next by assumption. reflexivity.
        -- lia.
        -- intros j' J In' D'. pose proof (Hs i j') as S. rewrite In' in S. destruct S as (f & Hfl & Eg).
           assert (T : tape (c k) i j' = sign i j').
           { rewrite tape_far by lia. cbn [tape c0 start_config]. rewrite In'. destruct (Z.ltb_spec j' data); [reflexivity|lia]. }
           rewrite T in *. assert (f = 0) by (destruct Hfl as [Hfl|[_ Hfl]]; [exact Hfl|destruct (signs i j'); lia]). subst f.
           destruct (here (c k) i j') eqn:Eh; [|exists 0; auto].
           destruct k as [|k]; [exists 1; auto|]. rewrite (no_head (S k)) in Eh by lia. discriminate.
    + unfold conv. rewrite Hij. unfold front, memorized. rewrite Hij.
      assert (E : next_grid M rows columns g (c k) i j = Beyond) by (specialize (Hs i j); rewrite Hij in Hs; unfold next_grid; rewrite Hs; reflexivity).
      rewrite E. destruct (_ <=? _); reflexivity.
Qed.
End HandOver.

Theorem hand_over M filter : machine_ok M = true -> first_state_waits M -> computes_f_bar M WellFormed filter -> hands_over M filter.
Proof.
  intros Hm Hw Hf rows data columns sign Hs Hsign k.
  destruct (phase_stays_ahead M filter rows data columns sign Hm Hw Hs Hsign Hf k) as (g & H1 & _ & _ & H2). exists g. auto.
Qed.
