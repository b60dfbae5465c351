(* Proofs of what WeiChenMaStatement.v claims. *)
From Coq Require Import ZArith QArith Qabs Qminmax Lqa List Bool Arith Lia Setoid.
From WP Require Import Statement Checker WeiChenMaStatement.
Import ListNotations.
Open Scope nat_scope.

(* ---- gates ---- *)

Lemma apply_row l x i b es : relu l = true -> nth_error (rows l) i = Some (b, es) -> (apply l x i == Qmax 0 (b + dot es x))%Q.
Proof. intros R E. unfold apply. rewrite E, R. reflexivity. Qed.
Lemma apply_none l x i : nth_error (rows l) i = None -> (apply l x i == 0)%Q.
Proof. intros E. unfold apply. rewrite E. reflexivity. Qed.
Lemma nth_second gates : forall place i, nth_error (second_rows place gates) i = option_map (second_row (place + i)) (nth_error gates i).
Proof.
  induction gates as [|g gates IH]; intros place [|i]; try reflexivity.
  - cbn. rewrite Nat.add_0_r. reflexivity.
  - cbn [second_rows nth_error]. rewrite IH. replace (S place + i) with (place + S i) by lia. reflexivity.
Qed.

Theorem gates_computed gates : layer_computes gates.
Proof.
  intros x i. unfold gate_layers, gates_value. cbn [run].
  set (h := apply {| relu := true; rows := map first_row gates |} (fun c => number (x c))).
  destruct (nth_error gates i) as [g|] eqn:E.
  2: { apply apply_none. cbn [rows]. rewrite nth_second, E. reflexivity. }
  assert (H : h i = apply {| relu := true; rows := map first_row gates |} (fun c => number (x c)) i) by reflexivity.
  unfold apply in H. cbn [rows relu] in H. rewrite nth_error_map, E in H. cbn [option_map] in H.
  unfold apply. cbn [rows relu]. rewrite nth_second, E. cbn [option_map Nat.add].
  destruct g as [a b|a b|a|a| |]; cbn [second_row first_row dot fold_right fst snd gate_value] in *; rewrite ?H;
    try destruct (x a); try destruct (x b); reflexivity.
Qed.

(* ---- round ---- *)

Lemma nth_round n : forall k i, i < n -> nth_error (flat_map round_rows (seq k n)) (2 * i) = Some ((-(1))%Q, [((k + i)%nat, 3%Q)]) /\
  nth_error (flat_map round_rows (seq k n)) (2 * i + 1) = Some ((-(2))%Q, [((k + i)%nat, 3%Q)]).
Proof.
  induction n as [|n IH]; intros k i Hi; [lia|]. cbn [seq flat_map round_rows app]. destruct i as [|i].
  - rewrite Nat.add_0_r. split; reflexivity.
  - destruct (IH (S k) i) as [A B]; [lia|]. replace (2 * S i) with (S (S (2 * i))) by lia.
    replace (k + S i) with (S k + i) by lia. split; [exact A|exact B].
Qed.
Lemma nth_error_seq n : forall k i, i < n -> nth_error (seq k n) i = Some (k + i).
Proof.
  induction n as [|n IH]; intros k [|i] Hi; try lia; cbn [seq nth_error]; [rewrite Nat.add_0_r; reflexivity|].
  rewrite IH by lia. f_equal. lia.
Qed.

Theorem rounded n : corrects n.
Proof.
  intros z x Hz i Hi. specialize (Hz i Hi). unfold round_layers. cbn [run].
  set (l := {| relu := true; rows := flat_map round_rows (seq 0 n) |}). set (h := apply l z).
  destruct (nth_round n 0 i Hi) as [A B].
  assert (H1 : (h (2 * i)%nat == Qmax 0 (3 * z i - 1))%Q).
  { unfold h. rewrite (apply_row l z (2 * i) _ _ eq_refl A). cbn [dot fold_right fst snd Nat.add].
    setoid_replace (-(1) + (3 * z i + 0))%Q with (3 * z i - 1)%Q by ring. reflexivity. }
  assert (H2 : (h (2 * i + 1)%nat == Qmax 0 (3 * z i - 2))%Q).
  { unfold h. rewrite (apply_row l z (2 * i + 1) _ _ eq_refl B). cbn [dot fold_right fst snd Nat.add].
    setoid_replace (-(2) + (3 * z i + 0))%Q with (3 * z i - 2)%Q by ring. reflexivity. }
  rewrite (apply_row _ h i 0%Q [(2 * i, 1%Q); (2 * i + 1, (-(1))%Q)]); [|reflexivity|].
  2: { cbn [rows]. rewrite nth_error_map, nth_error_seq by exact Hi. reflexivity. }
  cbn [dot fold_right fst snd]. rewrite H1, H2. apply Qabs_Qle_condition in Hz. destruct Hz as [L U].
  destruct (x i); cbn [number] in *.
  - rewrite (Q.max_r 0 (3 * z i - 1)), (Q.max_r 0 (3 * z i - 2)) by lra.
    setoid_replace (0 + (1 * (3 * z i - 1) + (-(1) * (3 * z i - 2) + 0)))%Q with 1%Q by ring. reflexivity.
  - rewrite (Q.max_l 0 (3 * z i - 1)), (Q.max_l 0 (3 * z i - 2)) by lra. reflexivity.
Qed.

(* Beyond the last coordinate there is nothing. *)
Lemma run_app a b x : run (a ++ b) x = run b (run a x).
Proof. revert x. induction a as [|l a IH]; intros x; [reflexivity|]. apply IH. Qed.
Lemma round_none n z i : n <= i -> (run (round_layers n) z i == 0)%Q.
Proof. intros H. unfold round_layers. cbn [run]. apply apply_none, nth_error_None. cbn [rows]. rewrite map_length, seq_length. exact H. Qed.
Lemma round_all n z x : (forall i, i < n -> (Qabs (z i - number (x i)) <= 1 # 3)%Q) -> (forall i, n <= i -> x i = false) ->
  forall i, (run (round_layers n) z i == number (x i))%Q.
Proof.
  intros Hz Hx i. destruct (Nat.lt_ge_cases i n) as [Hi|Hi]; [apply rounded; assumption|].
  rewrite round_none by exact Hi. rewrite Hx by exact Hi. reflexivity.
Qed.

Theorem corrected n gates : corrected_layer_computes n gates.
Proof.
  intros z x Hz Hx i. rewrite run_app.
  rewrite (run_ext (gate_layers gates) _ (fun c => number (x c))); [apply gates_computed|]. apply round_all; assumption.
Qed.

Lemma no_wires gates x i : length gates <= i -> gates_value gates x i = false.
Proof. intros H. unfold gates_value. apply nth_error_None in H. rewrite H. reflexivity. Qed.

Theorem circuit_computed layers : network_computes layers.
Proof.
  induction layers as [|gates layers IH]; intros x i Hn Hi; [congruence|].
  destruct layers as [|gates' layers].
  - cbn [circuit_network circuit_value last] in *. rewrite run_app. cbn [run].
    unfold apply. cbn [rows relu]. rewrite nth_error_map, nth_error_seq by exact Hi. cbn [option_map dot fold_right fst snd Nat.add].
    rewrite (gates_computed gates x i). destruct (gates_value gates x i); reflexivity.
  - change (circuit_network (gates :: gates' :: layers)) with (gate_layers gates ++ round_layers (length gates) ++ circuit_network (gates' :: layers)).
    rewrite !run_app. rewrite (run_ext (circuit_network (gates' :: layers)) _ (fun c => number (gates_value gates x c))).
    + apply IH; [discriminate|exact Hi].
    + apply round_all; [|intros; apply no_wires; assumption]. intros k _. rewrite (gates_computed gates x k).
      setoid_replace (number (gates_value gates x k) - number (gates_value gates x k))%Q with 0%Q by ring. discriminate.
Qed.

(* ---- the last step that visited a cell ---- *)

Lemma testbit_div t k : Nat.testbit t k = Nat.odd (t / 2 ^ k).
Proof. rewrite Nat.testbit_odd, Nat.shiftr_div_pow2. reflexivity. Qed.
Lemma above_equal w s t k : s < 2 ^ w -> t < 2 ^ w -> (forall n, k <= n < w -> Nat.testbit s n = Nat.testbit t n) -> s / 2 ^ k = t / 2 ^ k.
Proof.
  intros Hs Ht H. apply Nat.bits_inj. intros n. rewrite <- !Nat.shiftr_div_pow2, !Nat.shiftr_spec by apply Nat.le_0_l.
  destruct (Nat.lt_ge_cases (n + k) w) as [L|L]; [apply H; lia|].
  assert (Z0 : forall a, a < 2 ^ w -> Nat.testbit a (n + k) = false).
  { intros a Ha. rewrite testbit_div, Nat.div_small; [reflexivity|]. eapply Nat.lt_le_trans; [exact Ha|]. apply Nat.pow_le_mono_r; lia. }
  rewrite !Z0 by assumption. reflexivity.
Qed.

Theorem search w : search_finds w.
Proof.
  intros M m Hm Max Small j Hj. split.
  - intros B. exists m. split; [exact Hm|]. split; [intros i _; reflexivity|exact B].
  - intros (t & Ht & Ag & B). destruct (bit w (S j) m) eqn:Bm; [reflexivity|exfalso].
    unfold bit in *. set (k := w - S j) in *.
    assert (Up : t / 2 ^ S k = m / 2 ^ S k).
    { apply (above_equal w); [apply Small, Ht|apply Small, Hm|]. intros n Hn.
      assert (A : Nat.testbit t (w - (w - n)) = Nat.testbit m (w - (w - n))) by (apply (Ag (w - n)); unfold k in Hn; lia).
      replace (w - (w - n)) with n in A by lia. exact A. }
    assert (Half : forall a, a / 2 ^ k = 2 * (a / 2 ^ S k) + Nat.b2n (Nat.testbit a k)).
    { intros a. rewrite testbit_div. rewrite Nat.pow_succ_r', (Nat.mul_comm 2 (2 ^ k)), <- Nat.div_div by (try apply Nat.pow_nonzero; discriminate).
      rewrite (Nat.div2_odd (a / 2 ^ k)) at 1. rewrite Nat.div2_div. reflexivity. }
    assert (Lt : m / 2 ^ k < t / 2 ^ k) by (rewrite (Half m), (Half t), Up, B, Bm; cbn; lia).
    specialize (Max t Ht). pose proof (Nat.div_le_mono t m (2 ^ k) (Nat.pow_nonzero 2 k ltac:(discriminate)) Max). lia.
Qed.

Print Assumptions gates_computed.
Print Assumptions rounded.
Print Assumptions corrected.
Print Assumptions circuit_computed.
Print Assumptions search.
