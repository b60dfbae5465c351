(* A head of one hidden layer is f_head on the whole line: both are affine between the four kinks, and agree at six points.
   A hidden unit may have its kink only where f_head has one. *)
From Coq Require Import QArith Qminmax Lqa List Bool Arith Lia Setoid.
From WP Require Import Statement.
Import ListNotations.
Open Scope Q_scope.

Definition kinks : list Q := [-1 # 6; 0; 1 # 9; 1 # 6].
Definition probes : list Q := [-7 # 6; -1 # 6; 0; 1 # 9; 1 # 6; 7 # 6].
Definition unit_ok (r : row) : bool :=
  match snd r with
  | [] => true
  | [(_, w)] => existsb (fun k => Qeq_bool (fst r + w * k) 0) kinks
  | _ => false
  end.
Definition check_head (head : list layer) : bool :=
  match head with
  | [hidden; output] =>
    relu hidden && negb (relu output) && (length (rows hidden) <=? 6)%nat && (length (rows output) =? 1)%nat
    && forallb unit_ok (rows hidden) && forallb (fun x => Qeq_bool (run head (fun _ => x) 0%nat) (f_head x)) probes
  | _ => false
  end.

Definition affine_on (P : Q -> Prop) (F : Q -> Q) : Prop := exists a b, forall x, P x -> F x == a * x + b.
(* An interval that no kink is inside of. *)
Definition between (P : Q -> Prop) : Prop := forall k, In k kinks -> (forall x, P x -> x <= k) \/ (forall x, P x -> k <= x).

Lemma affine_const P c : affine_on P (fun _ => c).
Proof. exists 0, c. intros. ring. Qed.
Lemma affine_plus P F G : affine_on P F -> affine_on P G -> affine_on P (fun x => F x + G x).
Proof. intros (a & b & H) (c & d & H'). exists (a + c), (b + d). intros x Hx. rewrite (H x Hx), (H' x Hx). ring. Qed.
Lemma affine_scale P w F : affine_on P F -> affine_on P (fun x => w * F x).
Proof. intros (a & b & H). exists (w * a), (w * b). intros x Hx. rewrite (H x Hx). ring. Qed.
Lemma affine_dot P es (F : Q -> nat -> Q) : (forall c, affine_on P (fun x => F x c)) -> affine_on P (fun x => dot es (F x)).
Proof.
  intros H. induction es as [|[c w] es IH]; cbn [dot fold_right fst snd]; [apply affine_const|].
  apply affine_plus; [apply affine_scale, H|exact IH].
Qed.

Lemma mult_sign a b : (0 <= a /\ 0 <= b) \/ (a <= 0 /\ b <= 0) -> 0 <= a * b.
Proof.
  intros [[H1 H2]|[H1 H2]]; [apply Qmult_le_0_compat; assumption|].
  setoid_replace (a * b) with ((- a) * (- b)) by ring. apply Qmult_le_0_compat; lra.
Qed.
Lemma affine_unit P b w : between P -> existsb (fun k => Qeq_bool (b + w * k) 0) kinks = true ->
  affine_on P (fun x => Qmax 0 (b + w * x)).
Proof.
  intros HP H. apply existsb_exists in H. destruct H as (k & Hk & E). apply Qeq_bool_eq in E.
  assert (D : forall x, b + w * x == w * (x - k)) by (intros; setoid_replace (w * (x - k)) with (b + w * x - (b + w * k)) by ring; rewrite E; ring).
  assert (Pos : (forall x, P x -> 0 <= w * (x - k)) \/ (forall x, P x -> w * (x - k) <= 0)).
  { destruct (Qlt_le_dec w 0), (HP k Hk) as [B|B].
    - left. intros x Hx. apply mult_sign. right. specialize (B x Hx). lra.
    - right. intros x Hx. specialize (B x Hx). assert (0 <= w * (k - x)) by (apply mult_sign; right; lra). lra.
    - right. intros x Hx. specialize (B x Hx). assert (0 <= w * (k - x)) by (apply mult_sign; left; lra). lra.
    - left. intros x Hx. apply mult_sign. left. specialize (B x Hx). lra. }
  destruct Pos as [Pos|Pos].
  - exists w, b. intros x Hx. rewrite Q.max_r; [ring|]. rewrite D. apply Pos, Hx.
  - exists 0, 0. intros x Hx. rewrite Q.max_l; [ring|]. rewrite D. apply Pos, Hx.
Qed.

Lemma affine_hidden P l i : between P -> relu l = true -> forallb unit_ok (rows l) = true -> affine_on P (fun x => apply l (fun _ => x) i).
Proof.
  intros HP R H. unfold apply. rewrite R. destruct (nth_error (rows l) i) as [[b es]|] eqn:E; [|apply affine_const].
  apply nth_error_In in E. rewrite forallb_forall in H. specialize (H _ E). unfold unit_ok in H. cbn [fst snd] in H.
  destruct es as [|[c w] [|]]; try discriminate; cbn [dot fold_right fst snd].
  - apply affine_const.
  - destruct (affine_unit P b w HP H) as (a & d & A). exists a, d. intros x Hx. rewrite <- (A x Hx).
    setoid_replace (b + (w * x + 0)) with (b + w * x) by ring. reflexivity.
Qed.

Lemma same_on (P : Q -> Prop) F G p q : affine_on P F -> affine_on P G -> P p -> P q -> p < q -> F p == G p -> F q == G q ->
  forall x, P x -> F x == G x.
Proof.
  intros (a & b & A) (c & d & C) Hp Hq L Ep Eq x Hx. rewrite (A x Hx), (C x Hx).
  rewrite (A p Hp), (C p Hp) in Ep. rewrite (A q Hq), (C q Hq) in Eq.
  assert (E : (a - c) * (q - p) == 0) by (setoid_replace ((a - c) * (q - p)) with ((a * q + b) - (c * q + d) - ((a * p + b) - (c * p + d))) by ring; rewrite Ep, Eq; ring).
  apply Qmult_integral in E. destruct E as [E|E]; [|lra].
  assert (Ea : a == c) by lra. rewrite Ea in *. assert (Eb : b == d) by lra. rewrite Eb. reflexivity.
Qed.

Lemma f_head_1 x : x <= -1 # 6 -> f_head x == -1.
Proof. intros H. unfold f_head. apply Qle_bool_iff in H. rewrite H. reflexivity. Qed.
Ltac cases x := unfold f_head; destruct (Qle_bool x (-1 # 6)) eqn:E1; [apply Qle_bool_iff in E1|];
  destruct (Qle_bool x 0) eqn:E2; [apply Qle_bool_iff in E2| |apply Qle_bool_iff in E2|];
  destruct (Qle_bool x (1 # 9)) eqn:E3; try apply Qle_bool_iff in E3;
  destruct (Qle_bool x (1 # 6)) eqn:E4; try apply Qle_bool_iff in E4;
  repeat match goal with H : Qle_bool _ _ = false |- _ =>
    let N := fresh in assert (N : ~ Qle_bool _ _ = true) by (rewrite H; discriminate); rewrite Qle_bool_iff in N; clear H end; try lra.
Lemma f_head_2 x : -1 # 6 <= x -> x <= 0 -> f_head x == 18 * x + 2. Proof. intros. cases x. Qed.
Lemma f_head_3 x : 0 <= x -> x <= 1 # 9 -> f_head x == -18 * x + 2. Proof. intros. cases x. Qed.
Lemma f_head_4 x : 1 # 9 <= x -> x <= 1 # 6 -> f_head x == 18 * x + -2. Proof. intros. cases x. Qed.
Lemma f_head_5 x : 1 # 6 <= x -> f_head x == 1. Proof. intros. cases x. Qed.

Lemma f_head_ext x y : x == y -> f_head x == f_head y.
Proof.
  intros E. assert (B : forall c, Qle_bool x c = Qle_bool y c) by (intros; rewrite E; reflexivity).
  unfold f_head. rewrite !B. repeat match goal with |- context [if ?b then _ else _] => destruct b end; rewrite ?E; reflexivity.
Qed.

Theorem check_head_sound head : check_head head = true -> computes_f_head head.
Proof.
  unfold check_head. destruct head as [|hidden [|output [|]]]; try discriminate. rewrite !andb_true_iff.
  intros (((((R1 & R2) & _) & _) & U) & Pr) x. apply negb_true_iff in R2. rewrite forallb_forall in Pr.
  assert (At : forall p, In p probes -> run [hidden; output] (fun _ => p) 0%nat == f_head p).
  { intros p Hp. apply Qeq_bool_eq, Pr, Hp. }
  clear Pr. set (F := fun x => run [hidden; output] (fun _ => x) 0%nat) in *.
  assert (Aff : forall P, between P -> affine_on P F).
  { intros P HP. unfold F. cbn [run]. unfold apply at 1. rewrite R2.
    destruct (nth_error (rows output) 0) as [[b es]|]; [|apply affine_const].
    apply affine_plus; [apply affine_const|]. apply affine_dot. intros c. apply affine_hidden; assumption. }
  change (F x == f_head x). unfold probes in At.
  destruct (Qlt_le_dec x (-1 # 6)) as [L1|L1]; [|destruct (Qlt_le_dec x 0) as [L2|L2]; [|
    destruct (Qlt_le_dec x (1 # 9)) as [L3|L3]; [|destruct (Qlt_le_dec x (1 # 6)) as [L4|L4]]]].
  - apply (same_on (fun y => y <= -1 # 6) F f_head (-7 # 6) (-1 # 6)); try lra; try (apply At; cbn; auto 10).
    + apply Aff. intros k Hk. left. intros y Hy. cbn in Hk. decompose [or] Hk; subst; try contradiction; lra.
    + exists 0, (-1). intros y Hy. rewrite f_head_1 by exact Hy. ring.
  - apply (same_on (fun y => -1 # 6 <= y /\ y <= 0) F f_head (-1 # 6) 0); try lra; try (apply At; cbn; auto 10).
    + apply Aff. intros k Hk. cbn in Hk. decompose [or] Hk; subst; try contradiction; [right|left|left|left]; intros y [Hy Hy']; lra.
    + exists 18, 2. intros y [Hy Hy']. apply f_head_2; assumption.
  - apply (same_on (fun y => 0 <= y /\ y <= 1 # 9) F f_head 0 (1 # 9)); try lra; try (apply At; cbn; auto 10).
    + apply Aff. intros k Hk. cbn in Hk. decompose [or] Hk; subst; try contradiction; [right|right|left|left]; intros y [Hy Hy']; lra.
    + exists (-18), 2. intros y [Hy Hy']. apply f_head_3; assumption.
  - apply (same_on (fun y => 1 # 9 <= y /\ y <= 1 # 6) F f_head (1 # 9) (1 # 6)); try lra; try (apply At; cbn; auto 10).
    + apply Aff. intros k Hk. cbn in Hk. decompose [or] Hk; subst; try contradiction; [right|right|right|left]; intros y [Hy Hy']; lra.
    + exists 18, (-2). intros y [Hy Hy']. apply f_head_4; assumption.
  - apply (same_on (fun y => 1 # 6 <= y) F f_head (1 # 6) (7 # 6)); try lra; try (apply At; cbn; auto 10).
    + apply Aff. intros k Hk. right. intros y Hy. cbn in Hk. decompose [or] Hk; subst; try contradiction; lra.
    + exists 0, 1. intros y Hy. rewrite f_head_5 by exact Hy. ring.
Qed.
