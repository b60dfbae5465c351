(* Lemma 3: while row tau is memorized, the memory phase spreads from it by one row a layer, and the derivatives are those of
   row tau alone; for every size of grid, every number of padding columns and all signs. *)
From Coq Require Import ZArith QArith Lia List Bool Arith.
From WP Require Import Statement Germs Steps Closure.
Import ListNotations.
Open Scope Z_scope.

Section Memory.
Variable M : machine.
Let n := state_digits M.
Let zeros := bits n 0.

Lemma pow3 k : 0 < 3 ^ Z.of_nat k.
Proof. apply Z.pow_pos_nonneg; lia. Qed.

(* What f-bar asks of the cells of the wave. *)
Lemma u_zeros f s p : u M (Digits f s p 0 zeros) = (9 * f + 3 * s + p) * PHASE M.
Proof.
  unfold zeros. rewrite u_digits, (ternary_zero M). unfold ONE, SYMBOL, PHASE. fold n.
  change (3 + n)%nat with (S (S (S n))). change (2 + n)%nat with (S (S n)). change (1 + n)%nat with (S n).
  rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring.
Qed.
Lemma phase_pos : 0 < PHASE M.
Proof. unfold PHASE. pose proof (pow3 (1 + state_digits M)). lia. Qed.
Lemma zero_wave f s p : is_zero M (Digits f s p 0 zeros) = (9 * f + 3 * s + p =? 0).
Proof.
  unfold is_zero. rewrite u_zeros. pose proof phase_pos.
  destruct (Z.eqb_spec (9 * f + 3 * s + p) 0) as [->|N]; [reflexivity|]. apply Z.eqb_neq. nia.
Qed.
Lemma one_wave f s p : is_one M (Digits f s p 0 zeros) = (9 * f + 3 * s + p =? 9).
Proof.
  unfold is_one. rewrite u_zeros. pose proof phase_pos. pose proof (u_zeros 1 0 0) as O.
  unfold zeros in O. rewrite u_digits, (ternary_zero M) in O.
  destruct (Z.eqb_spec (9 * f + 3 * s + p) 9) as [->|N]; [apply Z.eqb_eq; nia|]. apply Z.eqb_neq. nia.
Qed.

Variables (rows data columns tau : Z) (sign : Z -> Z -> Z).
Hypothesis shape : 0 < data < columns /\ 0 <= tau < rows.
Hypothesis signs : forall i j, sign i j = 1 \/ sign i j = -1.

Let wave := memory_wave M rows data columns tau sign.
Ltac places := unfold patch, centre, above, below, left, right; cbn -[Z.add Z.sub].

Lemma wave_at t i j : wave t i j =
  if inside rows columns i j then
    if j <? data then
      if Z.abs (i - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
      else if i <? tau then Digits 0 (sign i j) 0 0 zeros else Digits 0 0 0 0 zeros
    else Digits 1 0 0 0 zeros
  else Beyond.
Proof. reflexivity. Qed.

Theorem one_layer t i j : inside rows columns i j = true ->
  let X := patch (wave t) i j in
  value M X (f_bar M X) = u M (wave (S t) i j) /\
  slope (f_bar M X) = if (j <? data) && (Z.abs (i - tau) <=? Z.of_nat t) && ((i =? tau) || (Z.abs (i - tau) <? Z.of_nat t)) then 1 else 0.
Proof.
  intros Hin X.
  assert (Pc : X centre = wave t i j) by (unfold X; places; f_equal; lia).
  assert (Pa : X above = wave t (i - 1) j) by (unfold X; places; f_equal; lia).
  assert (Pb : X below = wave t (i + 1) j) by (unfold X; places; f_equal; lia).
  assert (Pl : X left = wave t i (j - 1)) by (unfold X; places; f_equal; lia).
  assert (Pr : X right = wave t i (j + 1)) by (unfold X; places; f_equal; lia).
  assert (Phases : forall a b k, k = 1 -> phase_is k (wave t a b) = false).
  { intros a b k ->. rewrite wave_at. repeat match goal with |- context [if ?c then _ else _] => destruct c end; reflexivity. }
  unfold inside in Hin. rewrite !andb_true_iff, !Z.leb_le, !Z.ltb_lt in Hin. destruct Hin as [[[I1 I2] I3] I4].
  assert (Ins : inside rows columns i j = true) by (unfold inside; rewrite !andb_true_iff, !Z.leb_le, !Z.ltb_lt; lia).
  unfold f_bar, value, f_msg. rewrite Pc, Pa, Pb, Pl, Pr. rewrite !(Phases _ _ 1 eq_refl).
  assert (Up : wave t (i - 1) j = if i =? 0 then Beyond else if j <? data then
      if Z.abs (i - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
      else if i - 1 <? tau then Digits 0 (sign (i - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros
    else Digits 1 0 0 0 zeros).
  { rewrite wave_at. unfold inside. destruct (Z.eqb_spec i 0) as [->|].
    - replace (0 <=? 0 - 1) with false by (symmetry; apply Z.leb_gt; lia). reflexivity.
    - replace (0 <=? i - 1) with true by (symmetry; apply Z.leb_le; lia). replace (i - 1 <? rows) with true by (symmetry; apply Z.ltb_lt; lia).
      replace (0 <=? j) with true by (symmetry; apply Z.leb_le; lia). replace (j <? columns) with true by (symmetry; apply Z.ltb_lt; lia). reflexivity. }
  assert (Down : wave t (i + 1) j = if i + 1 =? rows then Beyond else if j <? data then
      if Z.abs (i + 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
      else if i + 1 <? tau then Digits 0 (sign (i + 1) j) 0 0 zeros else Digits 0 0 0 0 zeros
    else Digits 1 0 0 0 zeros).
  { rewrite wave_at. unfold inside. replace (0 <=? i + 1) with true by (symmetry; apply Z.leb_le; lia).
    replace (0 <=? j) with true by (symmetry; apply Z.leb_le; lia). replace (j <? columns) with true by (symmetry; apply Z.ltb_lt; lia).
    destruct (Z.eqb_spec (i + 1) rows) as [->|]; [rewrite Z.ltb_irrefl; reflexivity|].
    replace (i + 1 <? rows) with true by (symmetry; apply Z.ltb_lt; lia). reflexivity. }
  rewrite (wave_at t i j), (wave_at (S t) i j), Ins, Up, Down. clear Up Down.
  destruct (Z.ltb_spec j data) as [J|J]; cbn [andb].
  - rewrite Nat2Z.inj_succ.
    destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.of_nat t)) as [T|T].
    { cbn [phase_is Z.eqb Pos.eqb keeps offset slope].
      destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.succ (Z.of_nat t))); [|lia].
      destruct (Z.leb_spec (Z.abs (i - tau)) (Z.of_nat t)); [|lia]. rewrite orb_true_r. split; [ring|reflexivity]. }
    rewrite orb_false_r.
    assert (Mem : u M (Digits 0 0 (-1) 0 zeros) = - PHASE M) by (rewrite u_zeros; ring).
    destruct (Z.ltb_spec i tau) as [A|A]; cbn [phase_is Z.eqb Pos.eqb]; rewrite zero_wave.
    + (* memorized before *)
      destruct (Z.eqb_spec (9 * 0 + 3 * sign i j + 0) 0) as [E|_]; [destruct (signs i j); lia|]. cbn [andb].
      destruct (Z.eqb_spec i tau); [lia|]. rewrite andb_false_r.
      destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.succ (Z.of_nat t))) as [T'|T'].
      * assert (Ph : phase_is (-1) (if i + 1 =? rows then Beyond else
          if Z.abs (i + 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
          else if i + 1 <? tau then Digits 0 (sign (i + 1) j) 0 0 zeros else Digits 0 0 0 0 zeros) = true).
        { destruct (Z.eqb_spec (i + 1) rows); [lia|]. destruct (Z.ltb_spec (Z.abs (i + 1 - tau)) (Z.of_nat t)); [reflexivity|lia]. }
        rewrite Ph, orb_true_r. cbn [keeps offset slope put]. rewrite Mem. split; ring.
      * destruct (Z.eqb_spec (i + 1) rows); [lia|]. cbn [is_padding].
        assert (Ph : phase_is (-1) (if i =? 0 then Beyond else
          if Z.abs (i - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
          else if i - 1 <? tau then Digits 0 (sign (i - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros) = false).
        { destruct (i =? 0); [reflexivity|]. destruct (Z.ltb_spec (Z.abs (i - 1 - tau)) (Z.of_nat t)); [lia|].
          destruct (i - 1 <? tau); reflexivity. }
        rewrite Ph. destruct (Z.ltb_spec (Z.abs (i + 1 - tau)) (Z.of_nat t)); [lia|].
        destruct (i + 1 <? tau); cbn [phase_is Z.eqb Pos.eqb orb is_padding]; rewrite andb_false_r; cbn [keeps offset slope keep]; split; ring.
    + (* still zero *)
      cbn [Z.mul Z.add Z.eqb andb].
      destruct (Z.eqb_spec i tau) as [->|N].
      * assert (First : is_padding (if tau =? 0 then Beyond else
            if Z.abs (tau - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
            else if tau - 1 <? tau then Digits 0 (sign (tau - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros)
          || is_set (if tau =? 0 then Beyond else
            if Z.abs (tau - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
            else if tau - 1 <? tau then Digits 0 (sign (tau - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros) = true).
        { destruct (tau =? 0); [reflexivity|]. destruct (Z.ltb_spec (Z.abs (tau - 1 - tau)) (Z.of_nat t)); [lia|].
          destruct (Z.ltb_spec (tau - 1) tau); [|lia]. cbn [is_padding is_set orb]. destruct (signs (tau - 1) j) as [->| ->]; reflexivity. }
        rewrite First. cbn [keeps offset slope].
        destruct (Z.ltb_spec (Z.abs (tau - tau)) (Z.succ (Z.of_nat t))); [|lia].
        destruct (Z.leb_spec (Z.abs (tau - tau)) (Z.of_nat t)); [|lia]. rewrite Mem. split; [ring|reflexivity].
      * rewrite andb_false_r. destruct (Z.eqb_spec i 0); [lia|].
        assert (NotFirst : is_padding (if Z.abs (i - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
            else if i - 1 <? tau then Digits 0 (sign (i - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros)
          || is_set (if Z.abs (i - 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
            else if i - 1 <? tau then Digits 0 (sign (i - 1) j) 0 0 zeros else Digits 0 0 0 0 zeros) = false).
        { destruct (_ <? Z.of_nat t); [reflexivity|]. destruct (Z.ltb_spec (i - 1) tau); [lia|reflexivity]. }
        rewrite NotFirst.
        destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.succ (Z.of_nat t))) as [T'|T'].
        -- destruct (Z.ltb_spec (Z.abs (i - 1 - tau)) (Z.of_nat t)); [|lia]. cbn [phase_is Z.eqb Pos.eqb orb keeps offset slope put].
           rewrite Mem. split; ring.
        -- destruct (Z.ltb_spec (Z.abs (i - 1 - tau)) (Z.of_nat t)); [lia|]. destruct (Z.ltb_spec (i - 1) tau); [lia|].
           assert (Ph : phase_is (-1) (if i + 1 =? rows then Beyond else
             if Z.abs (i + 1 - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
             else if i + 1 <? tau then Digits 0 (sign (i + 1) j) 0 0 zeros else Digits 0 0 0 0 zeros) = false).
           { destruct (i + 1 =? rows); [reflexivity|]. destruct (Z.ltb_spec (Z.abs (i + 1 - tau)) (Z.of_nat t)); [lia|].
             destruct (i + 1 <? tau); reflexivity. }
           rewrite Ph. cbn [phase_is Z.eqb Pos.eqb orb is_set negb andb keeps offset slope keep]. split; ring.
  - (* a padding column *)
    cbn [phase_is Z.eqb Pos.eqb]. rewrite zero_wave. cbn [Z.mul Z.add Z.eqb Pos.eqb Pos.mul Pos.add andb is_set negb].
    assert (Ph : forall c : bool, phase_is (-1) (if c then Beyond else Digits 1 0 0 0 zeros) = false) by (intros []; reflexivity).
    rewrite !Ph. cbn [orb keeps offset slope keep]. split; [ring|reflexivity].
Qed.
End Memory.

(* Well-formed grids have well-formed patches, so that the filter's layers are those of f-bar on them. *)
Lemma grid_patch M height width g : (forall i j, if inside height width i j then In (g i j) (well_formed M) else g i j = Beyond) ->
  forall i j, inside height width i j = true -> patch_of M WellFormed (patch g i j).
Proof.
  intros H i j Hij p Hp. unfold letters. destruct (Nat.eqb_spec p centre) as [->|_].
  - unfold patch. cbn. replace (i + 1 - 1) with i by lia. replace (j + 1 - 1) with j by lia.
    specialize (H i j). rewrite Hij in H. exact H.
  - unfold patch. set (a := i + _ - 1). set (b := j + _ - 1). specialize (H a b).
    destruct (inside height width a b); [right; exact H|left; auto].
Qed.

Theorem memory M : memorizes M.
Proof.
  intros rows data columns tau sign Hs Hsign t i j Hin. apply one_layer; auto.
Qed.

Theorem network_memory M filter : computes_f_bar M WellFormed filter -> network_memorizes M filter.
Proof.
  intros Hf rows data columns tau sign Hs Hsign t. induction t as [|t IH]; intros i j; [reflexivity|].
  cbn [convs]. unfold conv. destruct (inside rows columns i j) eqn:Hij.
  - assert (Hw : forall a b, if inside rows columns a b then In (memory_wave M rows data columns tau sign t a b) (well_formed M)
      else memory_wave M rows data columns tau sign t a b = Beyond).
    { intros a b. unfold memory_wave. destruct (inside rows columns a b); [|reflexivity].
      destruct (b <? data); [|apply unknown_in; cbn; auto].
      destruct (_ <? Z.of_nat t); [apply memory_in|]. destruct (a <? tau); apply unknown_in; cbn; [destruct (Hsign a b) as [->| ->]|]; auto. }
    rewrite <- (proj1 (memory M rows data columns tau sign Hs Hsign t i j Hij)).
    apply (germ_value _ _ _ _ _ (Hf _ (grid_patch M rows columns _ Hw i j Hij))). intros p _. apply IH.
  - unfold memory_wave. rewrite Hij. reflexivity.
Qed.
