(* Germs add up, scale, and pass through a ReLU off its kink; so they pass through layers. *)
From Coq Require Import QArith Qabs Qminmax Lqa Lia List Setoid.
From WP Require Import Statement.
Import ListNotations.
Open Scope Q_scope.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i == g i) -> sum n f == sum n g.
Proof. induction n; simpl; intros H; [reflexivity|]. rewrite IHn, (H n) by auto. reflexivity. Qed.

Lemma sum_zero n f : (forall i, (i < n)%nat -> f i == 0) -> sum n f == 0.
Proof. induction n; simpl; intros H; [reflexivity|]. rewrite IHn, (H n) by auto. ring. Qed.

Lemma sum_plus n f g : sum n (fun i => f i + g i) == sum n f + sum n g.
Proof. induction n; simpl; [ring|]. rewrite IHn. ring. Qed.

Lemma sum_scale n c f : sum n (fun i => c * f i) == c * sum n f.
Proof. induction n; simpl; [ring|]. rewrite IHn. ring. Qed.

Lemma sum_one n p f : (p < n)%nat -> sum n (fun q => if Nat.eqb q p then f q else 0) == f p.
Proof.
  induction n; simpl; intros H; [lia|].
  destruct (Nat.eqb_spec n p) as [->|Hn].
  - rewrite sum_zero; [ring|]. intros i Hi. destruct (Nat.eqb_spec i p); [lia|reflexivity].
  - rewrite IHn by lia. ring.
Qed.

Lemma sum_bound n d h e : 0 <= e -> (forall p, (p < n)%nat -> Qabs (h p) <= e) ->
  Qabs (sum n (fun p => d p * h p)) <= sum n (fun p => Qabs (d p)) * e.
Proof.
  intros He. induction n; cbn [sum]; intros H; [rewrite Qmult_0_l; apply Qle_refl|].
  pose proof (Qabs_triangle (sum n (fun p => d p * h p)) (d n * h n)) as T. rewrite Qabs_Qmult in T.
  assert (B : Qabs (d n) * Qabs (h n) <= Qabs (d n) * e).
  { rewrite !(Qmult_comm (Qabs (d n))). apply Qmult_le_compat_r; [apply H; lia|apply Qabs_nonneg]. }
  assert (I : Qabs (sum n (fun p => d p * h p)) <= sum n (fun p => Qabs (d p)) * e) by (apply IHn; auto).
  eapply Qle_trans; [exact T|]. rewrite Qmult_plus_distr_l. apply Qplus_le_compat; assumption.
Qed.

Lemma sum_abs_pos n d : 0 <= sum n (fun p => Qabs (d p)).
Proof. induction n; simpl; [apply Qle_refl|]. pose proof (Qabs_nonneg (d n)). lra. Qed.

Lemma germ_ext F G x v w d e : (forall z, F z == G z) -> v == w ->
  (forall p, (p < 9)%nat -> d p == e p) -> germ F x v d -> germ G x w e.
Proof.
  intros HF Hv Hd [eps [He H]]. exists eps; split; [exact He|]. intros z Hz.
  rewrite <- HF, (H z Hz), <- Hv. apply Qplus_inj_l, sum_ext. intros p Hp. rewrite Hd by auto. reflexivity.
Qed.

Lemma germ_const x c : germ (fun _ => c) x c (fun _ => 0).
Proof. exists 1; split; [lra|]. intros z _. rewrite sum_zero; [ring|]. intros; ring. Qed.

Lemma germ_var x p : (p < 9)%nat -> germ (fun z => z p) x (x p) (fun q => if Nat.eqb q p then 1 else 0).
Proof.
  intros Hp. exists 1; split; [lra|]. intros z _.
  rewrite (sum_ext _ _ (fun q => if Nat.eqb q p then z q - x q else 0)).
  - rewrite (sum_one 9 p (fun q => z q - x q) Hp). ring.
  - intros q _. destruct (Nat.eqb q p); ring.
Qed.

Lemma germ_plus F G x v w d e : germ F x v d -> germ G x w e ->
  germ (fun z => F z + G z) x (v + w) (fun p => d p + e p).
Proof.
  intros [a [Ha HF]] [b [Hb HG]]. exists (Qmin a b). split; [apply Q.min_glb_lt; auto|].
  intros z Hz. rewrite HF, HG.
  - rewrite (sum_ext _ (fun p => (d p + e p) * _) (fun p => d p * (z p - x p) + e p * (z p - x p))) by (intros; ring).
    rewrite sum_plus. ring.
  - intros p Hp. eapply Qlt_le_trans; [apply Hz, Hp|apply Q.le_min_r].
  - intros p Hp. eapply Qlt_le_trans; [apply Hz, Hp|apply Q.le_min_l].
Qed.

Lemma germ_scale F x v d c : germ F x v d -> germ (fun z => c * F z) x (c * v) (fun p => c * d p).
Proof.
  intros [a [Ha HF]]. exists a; split; [auto|]. intros z Hz. rewrite HF by auto.
  rewrite Qmult_plus_distr_r, <- sum_scale. apply Qplus_inj_l, sum_ext. intros; ring.
Qed.

(* Close enough, a function stays nearer to its value than 0 is. *)
Lemma germ_small F x v d : ~ v == 0 -> germ F x v d ->
  exists eps, 0 < eps /\ forall z, (forall p, (p < 9)%nat -> Qabs (z p - x p) < eps) ->
  F z == v + sum 9 (fun p => d p * (z p - x p)) /\ Qabs (F z - v) < Qabs v.
Proof.
  intros Hv [a [Ha HF]]. pose proof (sum_abs_pos 9 d) as Hs. set (s := sum 9 (fun p => Qabs (d p))) in *.
  assert (Hv' : 0 < Qabs v).
  { destruct (Q_dec v 0) as [[L|L]|E]; [rewrite Qabs_neg by lra; lra|rewrite Qabs_pos by lra; lra|contradiction]. }
  assert (Hb : 0 < Qabs v / (1 + s)) by (apply Qlt_shift_div_l; lra).
  exists (Qmin a (Qabs v / (1 + s))). split; [apply Q.min_glb_lt; auto|].
  intros z Hz. assert (E : F z == v + sum 9 (fun p => d p * (z p - x p))).
  { apply HF. intros p Hp. eapply Qlt_le_trans; [apply Hz, Hp|apply Q.le_min_l]. }
  split; [exact E|].
  assert (E' : F z - v == sum 9 (fun p => d p * (z p - x p))) by (rewrite E; ring). rewrite E'.
  eapply Qle_lt_trans.
  - apply (sum_bound 9 d (fun p => z p - x p) (Qabs v / (1 + s))); [lra|].
    intros p Hp. apply Qlt_le_weak. eapply Qlt_le_trans; [apply Hz, Hp|apply Q.le_min_r].
  - fold s. setoid_replace (Qabs v) with (Qabs v / (1 + s) * (1 + s)) at 2 by (field; lra).
    rewrite Qmult_comm. apply Qmult_lt_l; lra.
Qed.

Lemma germ_relu_on F x v d : 0 < v -> germ F x v d -> germ (fun z => Qmax 0 (F z)) x v d.
Proof.
  intros Hv HF. destruct (germ_small F x v d) as [e [He H]]; [lra|exact HF|].
  exists e; split; [auto|]. intros z Hz. destruct (H z Hz) as [Heq Hb]. rewrite <- Heq.
  apply Q.max_r. rewrite (Qabs_pos v) in Hb by lra. apply Qabs_Qlt_condition in Hb. lra.
Qed.

Lemma germ_relu_off F x v d : v < 0 -> germ F x v d -> germ (fun z => Qmax 0 (F z)) x 0 (fun _ => 0).
Proof.
  intros Hv HF. destruct (germ_small F x v d) as [e [He H]]; [lra|exact HF|].
  exists e; split; [auto|]. intros z Hz. destruct (H z Hz) as [_ Hb].
  rewrite sum_zero by (intros; ring). rewrite Q.max_l; [ring|].
  rewrite (Qabs_neg v) in Hb by lra. apply Qabs_Qlt_condition in Hb. lra.
Qed.

(* At its kink a ReLU must stand still. *)
Lemma germ_relu_still F x v d : v <= 0 -> (forall p, (p < 9)%nat -> d p == 0) ->
  germ F x v d -> germ (fun z => Qmax 0 (F z)) x 0 (fun _ => 0).
Proof.
  intros Hv Hd [e [He H]]. exists e; split; [auto|]. intros z Hz.
  assert (E : F z == v). { rewrite (H z Hz), sum_zero; [ring|]. intros p Hp. rewrite Hd by auto. ring. }
  rewrite sum_zero by (intros; ring). rewrite Q.max_l; [ring|]. rewrite E. exact Hv.
Qed.

(* What a germ says of the value at points that agree with x on the nine places. *)
Lemma germ_value F x v d z : germ F x v d -> (forall p, (p < 9)%nat -> z p == x p) -> F z == v.
Proof.
  intros [e [He H]] Hz. rewrite H; [rewrite sum_zero; [ring|intros p Hp; rewrite (Hz p Hp); ring]|].
  intros p Hp. setoid_replace (z p - x p) with 0 by (rewrite (Hz p Hp); ring). exact He.
Qed.
