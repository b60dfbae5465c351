(* Lemma 2: Algorithm 1 memorizes the training set, the layers hand over and compute, and the head reads the answer. *)
From Coq Require Import ZArith QArith Qabs Lqa Lia List Bool Arith Setoid.
From WP Require Import Statement Germs Checker Steps Closure Head Memory HandOver Training.
Import ListNotations.
Open Scope Z_scope.

Lemma convs_ext M filter rows columns t z z' : (forall i j, (z i j == z' i j)%Q) ->
  forall i j, (convs M filter rows columns t z i j == convs M filter rows columns t z' i j)%Q.
Proof.
  intros H. induction t as [|t IH]; intros i j; cbn [convs]; [apply H|]. unfold conv.
  destruct (inside rows columns i j); [|reflexivity]. apply run_ext. intros p. apply IH.
Qed.

Lemma bits_bound n : forall q, 0 <= ternary (bits n q) /\ 2 * ternary (bits n q) < 3 ^ Z.of_nat n.
Proof.
  induction n as [|n IH]; intros q; [cbn; lia|]. cbn [bits]. rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia.
  destruct (q <? 2 ^ n)%nat; cbn [ternary]; rewrite bits_length.
  - pose proof (IH q). lia.
  - pose proof (IH (q - 2 ^ n)%nat). lia.
Qed.

Section Cells.
Variable M : machine.
Let one := inject_Z (ONE M).
Let T := 3 ^ Z.of_nat (state_digits M).
Let sizes : 0 < T /\ ONE M = 54 * T /\ SYMBOL M = 18 * T /\ PHASE M = 6 * T.
Proof.
  unfold T, ONE, SYMBOL, PHASE. set (n := state_digits M). split; [apply (pow3 M n)|].
  change (3 + n)%nat with (S (S (S n))). change (2 + n)%nat with (S (S n)). change (1 + n)%nat with (S n).
  rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. lia.
Qed.

Lemma part x : (x / one == x * / one)%Q. Proof. reflexivity. Qed.
Lemma one_pos : (0 < one)%Q.
Proof. unfold one. change 0%Q with (inject_Z 0). rewrite <- Zlt_Qlt. apply ONE_pos. Qed.

(* The head at a cell of the data in the compute phase: the symbol, if the machine has blanked all cells but one. *)
Lemma read_symbol y h q : is_sign y -> h = 0 \/ h = 1 ->
  (f_head (inject_Z (u M (Digits 0 y 1 h (bits (state_digits M) (if Z.eq_dec h 1 then q else 0)))) / one) == inject_Z y)%Q.
Proof.
  intros Hy Hhd. rewrite u_digits. set (t := ternary _). destruct sizes as (HT & E1 & E2 & E3).
  assert (Ht : 0 <= t /\ 2 * t < T) by apply bits_bound. fold T.
  pose proof one_pos as P. rewrite E2, E3.
  destruct Hy as [->| ->].
  - apply f_head_5. apply Qle_shift_div_l; [exact P|]. unfold one. rewrite E1. unfold Qle, inject_Z, Qmult. cbn [Qnum Qden].
    destruct Hhd as [->| ->]; lia.
  - apply f_head_1. apply Qle_shift_div_r; [exact P|]. unfold one. rewrite E1. unfold Qle, inject_Z, Qmult. cbn [Qnum Qden].
    destruct Hhd as [->| ->]; lia.
Qed.
Lemma read_blank : (f_head (inject_Z (u M (Digits 0 0 1 0 (bits (state_digits M) 0))) / one) == 0)%Q.
Proof.
  rewrite u_digits, (ternary_zero M). destruct sizes as (HT & E1 & E2 & E3). pose proof one_pos as P.
  assert (E : (inject_Z (0 * ONE M + 0 * SYMBOL M + 1 * PHASE M + 2 * (0 * 3 ^ Z.of_nat (state_digits M) + 0)) / one == 1 # 9)%Q).
  { replace (_ + 2 * _) with (6 * T) by (rewrite E3; ring). unfold one. rewrite E1, !inject_Z_mult.
    setoid_replace (1 # 9)%Q with (inject_Z 6 / inject_Z 54)%Q by reflexivity. field; repeat split; try discriminate;
      intros H; unfold Qeq, inject_Z in H; cbn [Qnum Qden] in H; lia. }
  set (x := (_ / one)%Q) in *. rewrite f_head_3 by lra. rewrite E. reflexivity.
Qed.
End Cells.

Section Compute.
Variables (M : machine) (filter head : list layer).
Hypothesis ok : machine_ok M = true.
Hypothesis waits : first_state_waits M.
Hypothesis Hf : computes_f_bar M WellFormed filter.
Hypothesis Hh : computes_f_head head.
Variables (d padding : Z) (all : list example) (L : nat).
Hypothesis Hd : 0 <= d.
Hypothesis Hp : 0 < padding.
Hypothesis some : all <> [].
Hypothesis Hall : Forall example_ok all.
Let rows := Z.of_nat (length all).
Let data := d + 1.
Let columns := d + 1 + padding.
Hypothesis HL : rows + d <= Z.of_nat L.
Let f := output M filter head rows data columns L.

Lemma some_row : 0 < rows.
Proof. unfold rows. destruct all; [congruence|]. cbn [length]. lia. Qed.

Lemma memory_holds W x : holds d all (length all) W -> (forall j, is_sign (x j)) -> forall i j,
  (memory_layer M rows data columns W (with_one d x) i j == inject_Z (u M (memorized M rows data columns (xor_tape d all x) i j)))%Q.
Proof.
  intros HW Hx i j. unfold memory_layer, memorized. destruct (inside rows columns i j) eqn:E; [|reflexivity].
  destruct (Z.ltb_spec j data) as [J|J]; rewrite u_zeros, ONE_is.
  - assert (E' : inside rows data i j = true) by (rewrite inside_iff in *; lia).
    rewrite (holds_xor d all (length all) W x (le_n _) Hx HW i j E').
    pose proof (proj1 (inside_iff _ _ _ _) E'). destruct (Z.ltb_spec i (Z.of_nat (length all))); [|unfold rows in *; lia].
    setoid_replace (1 # 3)%Q with (inject_Z 1 / inject_Z 3)%Q by reflexivity.
    replace ((9 * 0 + 3 * xor_tape d all x i j + 0) * PHASE M) with (3 * xor_tape d all x i j * PHASE M) by ring.
    rewrite !inject_Z_mult. field.
  - replace ((9 * 1 + 3 * 0 + 0) * PHASE M) with (9 * PHASE M) by ring. ring.
Qed.

Theorem answered W x y : holds d all (length all) W -> (forall j, is_sign (x j)) -> is_sign y ->
  answers rows data (steps M rows columns (L - 1) (start_config rows data columns (xor_tape d all x))) y ->
  (f (with_one d x) W == inject_Z y)%Q.
Proof.
  intros HW Hx Hy [Tape Place]. pose proof some_row as R. set (k := (L - 1)%nat) in *.
  assert (EL : L = S k) by lia.
  destruct (phase_stays_ahead M filter rows data columns (xor_tape d all x) ok waits) with (k := k) as (g & Hs & _ & Faces & Hg).
  { unfold data, columns. lia. }
  { apply xor_sign; assumption. }
  { exact Hf. }
  set (c := steps M rows columns k _) in *.
  unfold f, output. rewrite <- (total_one rows data 0 0 (fun _ _ => inject_Z y)).
  2: { apply inside_iff. unfold data. lia. }
  apply total_ext. intros i j Hij. pose proof (proj1 (inside_iff _ _ _ _) Hij) as [Bi Bj].
  set (w := (convs M filter rows columns L _ i j / inject_Z (ONE M))%Q). pose proof (Hh w) as Hw. cbv beta in Hw. rewrite Hw. clear Hw.
  assert (In1 : inside rows columns i j = true) by (apply inside_iff; unfold data, columns in *; lia).
  assert (Ew : (w == inject_Z (u M (g i j)) / inject_Z (ONE M))%Q).
  { unfold w. rewrite (convs_ext M filter rows columns L _ _ (memory_holds W x HW Hx)), EL, Hg. unfold front.
    destruct (Z.leb_spec (distance rows data i j) (Z.of_nat k)) as [_|D]; [reflexivity|]. unfold distance, data in *. lia. }
  rewrite (f_head_ext _ _ Ew). clear w Ew.
  pose proof (Hs i j) as S. rewrite In1 in S. destruct S as (fl & _ & E).
  destruct (Faces i j In1) as (s & p & h & ds & E'); [lia|]. rewrite E in E'. injection E' as F1 _ _ _ _. subst fl.
  rewrite E, (Tape i j Hij). destruct (here c i j) eqn:Eh.
  - assert (H0 : i = 0 /\ j = 0).
    { unfold here in Eh. apply andb_prop in Eh. rewrite !Z.eqb_eq in Eh. destruct Place as [[P1 P2]|P]; lia. }
    destruct H0 as [-> ->]. cbn [Z.eqb andb].
    apply (read_symbol M y 1 (state c) Hy). auto.
  - destruct ((i =? 0) && (j =? 0)).
    + apply (read_symbol M y 0 0%nat Hy). auto.
    + apply read_blank.
Qed.
End Compute.

Theorem learning M filter head : machine_ok M = true -> first_state_waits M -> computes_f_bar M WellFormed filter -> computes_f_head head ->
  learns M filter head.
Proof.
  intros ok waits Hf Hh d padding examples L Hd Hp Hex all rows columns f HL.
  assert (Hall : Forall example_ok all).
  { unfold all. apply Forall_app. split; [exact Hex|]. constructor; [|constructor]. split; [intros j|]; left; reflexivity. }
  split.
  - intros k W Hk. apply memorized_by_training; assumption.
  - intros W x y HW Hx Hy HL' Ha. apply answered; try assumption. unfold all. destruct examples; discriminate.
Qed.
