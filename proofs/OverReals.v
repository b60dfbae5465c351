(* The corollary over the real numbers: an accepted filter, read as a function of reals, is affine near each patch, with f-bar's value
   and derivatives. Here, and nowhere else, theorems rest on axioms: those of the library's real numbers. *)
From Coq Require Import ZArith QArith Qreals Reals Lra Lia List Bool Qminmax Qabs.
From WP Require Import Statement Theorems.
Import ListNotations.
Open Scope R_scope.

(* ---- definitions ---- *)

Definition real_dot (entries : list (nat * Q)) (x : nat -> R) : R := fold_right (fun e s => Q2R (snd e) * x (fst e) + s) 0 entries.
Definition real_apply (l : layer) (x : nat -> R) (i : nat) : R :=
  match nth_error (rows l) i with
  | None => 0
  | Some (bias, entries) => let y := Q2R bias + real_dot entries x in if relu l then Rmax 0 y else y
  end.
Fixpoint real_run (network : list layer) (x : nat -> R) : nat -> R :=
  match network with [] => x | l :: network => real_run network (real_apply l x) end.
Fixpoint real_sum (n : nat) (f : nat -> R) : R := match n with O => 0 | S n => real_sum n f + f n end.
Definition real_germ (F : (nat -> R) -> R) (x : nat -> R) (v : R) (d : nat -> R) : Prop :=
  exists eps, 0 < eps /\ forall z, (forall p, (p < 9)%nat -> Rabs (z p - x p) < eps) -> F z = v + real_sum 9 (fun p => d p * (z p - x p)).

Definition at_patch (M : machine) (X : nat -> cell) (p : nat) : R := IZR (u M (X p)).
Definition slope_at (M : machine) (X : nat -> cell) (p : nat) : R := if (p =? centre)%nat then IZR (slope (f_bar M X)) else 0.
(* Near each patch the filter is affine; *)
Definition real_computes_f_bar (M : machine) (A : alphabet) (filter : list layer) : Prop := forall X, patch_of M A X ->
  real_germ (fun z => real_run filter z 0%nat) (at_patch M X) (IZR (value M X (f_bar M X))) (slope_at M X).
(* so its value and its nine partial derivatives are those of f-bar, in the sense of analysis. *)
Definition has_derivatives_of_f_bar (M : machine) (A : alphabet) (filter : list layer) : Prop := forall X, patch_of M A X ->
  real_run filter (at_patch M X) 0%nat = IZR (value M X (f_bar M X)) /\
  forall p, (p < 9)%nat ->
  derivable_pt_lim (fun t => real_run filter (fun q => if (q =? p)%nat then t else at_patch M X q) 0%nat) (at_patch M X p) (slope_at M X p).

(* ---- on rationals it is the network of Statement.v ---- *)

Lemma Q2R_max a b : Q2R (Qmax a b) = Rmax (Q2R a) (Q2R b).
Proof.
  destruct (Q.max_spec a b) as [[H E]|[H E]]; rewrite (Qeq_eqR _ _ E).
  - apply Qlt_Rlt in H. rewrite Rmax_right; [reflexivity|lra].
  - apply Qle_Rle in H. rewrite Rmax_left; [reflexivity|lra].
Qed.
Lemma Q2R_0 : Q2R 0 = 0. Proof. unfold Q2R. cbn. lra. Qed.
Lemma real_dot_Q es x : real_dot es (fun c => Q2R (x c)) = Q2R (dot es x).
Proof.
  induction es as [|[c w] es IH]; cbn [real_dot dot fold_right fst snd]; [symmetry; apply Q2R_0|].
  rewrite Q2R_plus, Q2R_mult. f_equal. exact IH.
Qed.
Lemma real_apply_Q l x i : real_apply l (fun c => Q2R (x c)) i = Q2R (apply l x i).
Proof.
  unfold real_apply, apply. destruct (nth_error (rows l) i) as [[b es]|]; [|symmetry; apply Q2R_0].
  cbv zeta. rewrite real_dot_Q, <- Q2R_plus. destruct (relu l); [|reflexivity]. rewrite Q2R_max, Q2R_0. reflexivity.
Qed.

(* ---- it is Lipschitz ---- *)

Definition lipschitz (F : (nat -> R) -> nat -> R) : Prop :=
  exists K, 0 <= K /\ forall x y e, (forall i, Rabs (x i - y i) <= e) -> forall i, Rabs (F x i - F y i) <= K * e.
Fixpoint weight (es : list (nat * Q)) : R := match es with [] => 0 | (_, w) :: es => Rabs (Q2R w) + weight es end.
Lemma weight_pos es : 0 <= weight es.
Proof. induction es as [|[c w] es IH]; cbn [weight]; [lra|]. pose proof (Rabs_pos (Q2R w)). lra. Qed.
Lemma dot_lipschitz es x y e : (forall i, Rabs (x i - y i) <= e) -> Rabs (real_dot es x - real_dot es y) <= weight es * e.
Proof.
  intros H. induction es as [|[c w] es IH]; cbn [real_dot fold_right weight fst snd].
  - rewrite Rminus_0_r, Rabs_R0. lra.
  - fold (real_dot es x). fold (real_dot es y).
    replace (Q2R w * x c + real_dot es x - (Q2R w * y c + real_dot es y)) with (Q2R w * (x c - y c) + (real_dot es x - real_dot es y)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    assert (Rabs (Q2R w) * Rabs (x c - y c) <= Rabs (Q2R w) * e) by (apply Rmult_le_compat_l; [apply Rabs_pos|apply H]). lra.
Qed.
Lemma max_lipschitz a b : Rabs (Rmax 0 a - Rmax 0 b) <= Rabs (a - b).
Proof. unfold Rmax, Rabs. repeat destruct Rle_dec; repeat destruct Rcase_abs; lra. Qed.
Fixpoint largest (rs : list row) : R := match rs with [] => 0 | r :: rs => weight (snd r) + largest rs end.
Lemma largest_pos rs : 0 <= largest rs.
Proof. induction rs as [|r rs IH]; cbn [largest]; [lra|]. pose proof (weight_pos (snd r)). lra. Qed.
Lemma largest_in rs r : In r rs -> weight (snd r) <= largest rs.
Proof.
  induction rs as [|a rs IH]; intros []; cbn [largest].
  - subst. pose proof (largest_pos rs). lra.
  - pose proof (IH H). pose proof (weight_pos (snd a)). lra.
Qed.
Lemma apply_lipschitz l : lipschitz (real_apply l).
Proof.
  exists (largest (rows l)). split; [apply largest_pos|]. intros x y e H i.
  assert (He : 0 <= e) by (eapply Rle_trans; [apply Rabs_pos|apply (H 0%nat)]).
  unfold real_apply. destruct (nth_error (rows l) i) as [[b es]|] eqn:E.
  - apply nth_error_In in E. apply largest_in in E. cbn [snd] in E. cbv zeta.
    assert (D : Rabs (Q2R b + real_dot es x - (Q2R b + real_dot es y)) <= largest (rows l) * e).
    { replace (Q2R b + real_dot es x - (Q2R b + real_dot es y)) with (real_dot es x - real_dot es y) by ring.
      eapply Rle_trans; [apply (dot_lipschitz _ _ _ _ H)|]. apply Rmult_le_compat_r; assumption. }
    destruct (relu l); [eapply Rle_trans; [apply max_lipschitz|]|]; exact D.
  - rewrite Rminus_0_r, Rabs_R0. apply Rmult_le_pos; [apply largest_pos|exact He].
Qed.
Lemma run_lipschitz network : lipschitz (real_run network).
Proof.
  induction network as [|l network (K & HK & IH)].
  - exists 1. split; [lra|]. intros x y e H i. cbn [real_run]. rewrite Rmult_1_l. apply H.
  - destruct (apply_lipschitz l) as (K' & HK' & A). exists (K * K'). split; [apply Rmult_le_pos; assumption|].
    intros x y e H i. cbn [real_run]. rewrite Rmult_assoc. apply IH. intros j. apply A, H.
Qed.
Lemma run_ext_R network : forall x y, (forall i, x i = y i) -> forall i, real_run network x i = real_run network y i.
Proof.
  intros x y H i. destruct (run_lipschitz network) as (K & HK & L).
  specialize (L x y 0). assert (D : Rabs (real_run network x i - real_run network y i) <= K * 0).
  { apply L. intros j. rewrite (H j), Rminus_diag_eq, Rabs_R0 by reflexivity. lra. }
  rewrite Rmult_0_r in D. pose proof (Rabs_pos (real_run network x i - real_run network y i)).
  assert (Z0 : Rabs (real_run network x i - real_run network y i) = 0) by lra.
  destruct (Req_dec (real_run network x i - real_run network y i) 0) as [E|E]; [lra|]. apply Rabs_no_R0 in E. lra.
Qed.
Lemma real_run_Q network : forall x i, real_run network (fun c => Q2R (x c)) i = Q2R (run network x i).
Proof.
  induction network as [|l network IH]; intros x i; cbn [real_run run]; [reflexivity|]. rewrite <- IH.
  apply run_ext_R. intros j. apply real_apply_Q.
Qed.

(* ---- from rationals to reals: what holds on rationals near by holds in the limit ---- *)

Definition near_by (N : positive) (r : R) : Q := (up (r * IZR (Zpos N)) # N)%Q.
Lemma near_by_close N r : Rabs (Q2R (near_by N r) - r) <= / IZR (Zpos N).
Proof.
  unfold near_by, Q2R. cbn [Qnum Qden]. assert (P : 0 < IZR (Zpos N)) by (apply IZR_lt; lia).
  destruct (archimed (r * IZR (Zpos N))) as [H1 H2]. set (k := IZR (up (r * IZR (Zpos N)))) in *.
  replace (k * / IZR (Zpos N) - r) with ((k - r * IZR (Zpos N)) * / IZR (Zpos N)) by (field; lra).
  rewrite Rabs_mult, (Rabs_pos_eq (/ IZR (Zpos N))) by (left; apply Rinv_0_lt_compat, P).
  rewrite Rabs_pos_eq by lra. rewrite <- (Rmult_1_l (/ IZR (Zpos N))) at 2.
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, P|exact H2].
Qed.
Lemma fine_enough e : 0 < e -> exists N, / IZR (Zpos N) < e.
Proof.
  intros He. exists (Z.to_pos (up (/ e))). destruct (archimed (/ e)) as [H _]. pose proof (Rinv_0_lt_compat e He) as I.
  assert (P : (0 < up (/ e))%Z) by (apply lt_IZR; lra). rewrite Z2Pos.id by exact P.
  assert (E : e = / / e) by (rewrite Rinv_inv; reflexivity). rewrite E at 2.
  apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|lra].
Qed.
Lemma sum_Q n f : real_sum n (fun p => Q2R (f p)) = Q2R (sum n f).
Proof. induction n; cbn [real_sum sum]; [symmetry; apply Q2R_0|]. rewrite Q2R_plus, IHn. reflexivity. Qed.
Lemma sum_ext_R n f g : (forall p, (p < n)%nat -> f p = g p) -> real_sum n f = real_sum n g.
Proof. induction n; cbn [real_sum]; intros H; [reflexivity|]. rewrite IHn, (H n); auto. Qed.
Lemma sum_close n (d x y : nat -> R) e : (forall p, Rabs (x p - y p) <= e) ->
  Rabs (real_sum n (fun p => d p * x p) - real_sum n (fun p => d p * y p)) <= real_sum n (fun p => Rabs (d p)) * e.
Proof.
  intros H. induction n as [|n IH]; cbn [real_sum]; [rewrite Rminus_0_r, Rabs_R0; lra|].
  replace (_ + d n * x n - (_ + d n * y n)) with ((real_sum n (fun p => d p * x p) - real_sum n (fun p => d p * y p)) + d n * (x n - y n)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  assert (Rabs (d n) * Rabs (x n - y n) <= Rabs (d n) * e) by (apply Rmult_le_compat_l; [apply Rabs_pos|apply H]). lra.
Qed.
Lemma sum_abs_pos_R n d : 0 <= real_sum n (fun p => Rabs (d p)).
Proof. induction n; cbn [real_sum]; [lra|]. pose proof (Rabs_pos (d n)). lra. Qed.

Lemma Q2R_abs_minus a b : Q2R (Qabs (a - b)) = Rabs (Q2R a - Q2R b).
Proof.
  rewrite <- Q2R_minus. apply (Qabs_case (a - b) (fun q => Q2R q = Rabs (Q2R (a - b)))); intros H; apply Qle_Rle in H; rewrite Q2R_0 in H.
  - rewrite Rabs_pos_eq by lra. reflexivity.
  - rewrite Q2R_opp, Rabs_left1 by lra. reflexivity.
Qed.

Theorem germ_over_R network (x d : nat -> Q) v : germ (fun z => run network z 0%nat) x v d ->
  real_germ (fun z => real_run network z 0%nat) (fun p => Q2R (x p)) (Q2R v) (fun p => Q2R (d p)).
Proof.
  intros (eps & Heps & G). apply Qlt_Rlt in Heps. rewrite Q2R_0 in Heps. exists (Q2R eps / 2). split; [lra|]. intros z Hz.
  destruct (run_lipschitz network) as (K & HK & L). set (D := real_sum 9 (fun p => Rabs (Q2R (d p)))).
  assert (HD : 0 <= D) by (apply (sum_abs_pos_R 9 (fun p => Q2R (d p)))).
  set (F := real_run network z 0%nat). set (T := Q2R v + real_sum 9 (fun p => Q2R (d p) * (z p - Q2R (x p)))).
  assert (Close : forall e, 0 < e -> e <= Q2R eps / 2 -> Rabs (F - T) <= (K + D) * e).
  { intros e He Hee. destruct (fine_enough e He) as (N & HN). set (q := fun i => near_by N (z i)).
    assert (Hq : forall i, Rabs (Q2R (q i) - z i) <= e) by (intros i; eapply Rle_trans; [apply near_by_close|lra]).
    assert (Nq : forall p, (p < 9)%nat -> (Qabs (q p - x p) < eps)%Q).
    { intros p Hp. apply Rlt_Qlt. rewrite Q2R_abs_minus. apply Rle_lt_trans with (Rabs (Q2R (q p) - z p) + Rabs (z p - Q2R (x p))).
      - replace (Q2R (q p) - Q2R (x p)) with ((Q2R (q p) - z p) + (z p - Q2R (x p))) by ring. apply Rabs_triang.
      - pose proof (Hq p). pose proof (Hz p Hp). lra. }
    assert (FQ : real_run network (fun i => Q2R (q i)) 0%nat = Q2R v + real_sum 9 (fun p => Q2R (d p) * (Q2R (q p) - Q2R (x p)))).
    { rewrite real_run_Q, (Qeq_eqR _ _ (G q Nq)), Q2R_plus, <- sum_Q. f_equal. apply sum_ext_R. intros p _. rewrite Q2R_mult, Q2R_minus. reflexivity. }
    replace (F - T) with ((F - real_run network (fun i => Q2R (q i)) 0%nat) + (real_run network (fun i => Q2R (q i)) 0%nat - T)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rmult_plus_distr_r. apply Rplus_le_compat.
    - apply L. intros i. rewrite Rabs_minus_sym. apply Hq.
    - rewrite FQ. unfold T.
      replace (Q2R v + real_sum 9 (fun p => Q2R (d p) * (Q2R (q p) - Q2R (x p))) - (Q2R v + real_sum 9 (fun p => Q2R (d p) * (z p - Q2R (x p)))))
        with (real_sum 9 (fun p => Q2R (d p) * (Q2R (q p) - Q2R (x p))) - real_sum 9 (fun p => Q2R (d p) * (z p - Q2R (x p)))) by ring.
      apply (sum_close 9 (fun p => Q2R (d p)) (fun p => Q2R (q p) - Q2R (x p)) (fun p => z p - Q2R (x p))).
      intros p. replace (Q2R (q p) - Q2R (x p) - (z p - Q2R (x p))) with (Q2R (q p) - z p) by ring. apply Hq. }
  destruct (Req_dec (F - T) 0) as [E|E]; [fold F T in E |- *; lra|]. apply Rabs_pos_lt in E. exfalso.
  assert (P : 0 < K + D + 1) by lra.
  set (e := Rmin (Q2R eps / 2) (Rabs (F - T) / (2 * (K + D + 1)))).
  assert (He : 0 < e) by (unfold e; apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  pose proof (Close e He (Rmin_l _ _)) as C.
  assert (C2 : (K + D) * e <= (K + D + 1) * (Rabs (F - T) / (2 * (K + D + 1)))).
  { apply Rmult_le_compat; [lra|lra|lra|apply Rmin_r]. }
  replace ((K + D + 1) * (Rabs (F - T) / (2 * (K + D + 1)))) with (Rabs (F - T) / 2) in C2 by (field; lra). lra.
Qed.

(* ---- the theorems ---- *)

Lemma Q2R_Z z : Q2R (inject_Z z) = IZR z.
Proof. unfold Q2R, inject_Z. cbn [Qnum Qden]. field. Qed.
Lemma real_germ_ext F x y v d e : (forall p, x p = y p) -> (forall p, d p = e p) -> real_germ F x v d -> real_germ F y v e.
Proof.
  intros Hx Hd (eps & He & G). exists eps. split; [exact He|]. intros z Hz. rewrite G.
  - f_equal. apply sum_ext_R. intros p _. rewrite Hx, Hd. reflexivity.
  - intros p Hp. rewrite Hx. apply Hz, Hp.
Qed.

Theorem accepted_over_R M A filter : accepts M A filter = true -> real_computes_f_bar M A filter.
Proof.
  intros H X HX. pose proof (germ_over_R _ _ _ _ (accepted_computes M A filter H X HX)) as G. rewrite Q2R_Z in G.
  eapply real_germ_ext; [| |exact G].
  - intros p. apply Q2R_Z.
  - intros p. unfold slope_at. cbv beta. destruct (p =? centre)%nat; [apply Q2R_Z|apply Q2R_0].
Qed.

Lemma sum_one_place (d x : nat -> R) p h : (p < 9)%nat ->
  real_sum 9 (fun q => d q * ((if (q =? p)%nat then x p + h else x q) - x q)) = d p * h.
Proof. intros H. do 9 (destruct p as [|p]; [cbn; ring|]). lia. Qed.
Lemma sum_still (d x : nat -> R) n : real_sum n (fun q => d q * (x q - x q)) = 0.
Proof. induction n; cbn [real_sum]; [reflexivity|]. rewrite IHn. ring. Qed.

Theorem accepted_differentiates M A filter : accepts M A filter = true -> has_derivatives_of_f_bar M A filter.
Proof.
  intros H X HX. destruct (accepted_over_R M A filter H X HX) as (eps & He & G).
  set (x := at_patch M X) in *. set (d := slope_at M X) in *.
  assert (V : real_run filter x 0%nat = IZR (value M X (f_bar M X))).
  { rewrite G; [rewrite sum_still; ring|]. intros p _. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. exact He. }
  split; [exact V|]. intros p Hp e Hepos. exists (mkposreal eps He). intros h Hh Hsmall. cbn [pos] in Hsmall.
  assert (F0 : real_run filter (fun q => if (q =? p)%nat then x p else x q) 0%nat = IZR (value M X (f_bar M X))).
  { rewrite <- V. apply run_ext_R. intros q. destruct (Nat.eqb_spec q p) as [->|]; reflexivity. }
  assert (F1 : real_run filter (fun q => if (q =? p)%nat then x p + h else x q) 0%nat = IZR (value M X (f_bar M X)) + d p * h).
  { rewrite G; [rewrite sum_one_place by exact Hp; reflexivity|]. intros q _. destruct (Nat.eqb_spec q p) as [->|].
    - replace (x p + h - x p) with h by ring. exact Hsmall.
    - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. exact He. }
  rewrite F0, F1. replace ((_ + d p * h - _) / h - d p) with 0 by (field; exact Hh). rewrite Rabs_R0. exact Hepos.
Qed.

Print Assumptions accepted_over_R.
Print Assumptions accepted_differentiates.
