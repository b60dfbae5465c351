(* Layers in integers over one denominator, their values and derivatives, and what these say of the rational layers. *)
From Coq Require Import ZArith QArith Qabs Qminmax Lqa Lia List Bool Setoid.
From WP Require Import Statement Germs.
Import ListNotations.
Open Scope Z_scope.

Definition int_row : Type := Z * list (nat * Z).
Record int_layer := { den : positive; gated : bool; int_rows : list int_row }.
Definition row_at (l : int_layer) (i : nat) : int_row := nth i (int_rows l) (0, []).

(* The denominators' least common multiple; nothing is proved of it, because `matches` compares what comes out. *)
Definition common (d : positive) (q : Q) : positive := Z.to_pos (Z.lcm (Zpos d) (Zpos (Qden q))).
Definition row_common (d : positive) (r : row) : positive :=
  fold_left (fun d e => common d (snd e)) (snd r) (common d (fst r)).
Definition over (d : positive) (q : Q) : Z := Qnum q * (Zpos d / Zpos (Qden q)).
Definition to_int (l : layer) : int_layer :=
  let d := fold_left row_common (rows l) 1%positive in
  {| den := d; gated := relu l;
     int_rows := map (fun r : row => (over d (fst r), map (fun e => (fst e, over d (snd e))) (snd r))) (rows l) |}.

Fixpoint all2 {A B} (f : A -> B -> bool) (a : list A) (b : list B) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => f x y && all2 f a b | _, _ => false end.
Definition same_row (d : positive) (r : row) (r' : int_row) : bool :=
  Qeq_bool (fst r) (fst r' # d)
  && all2 (fun e e' => (fst e =? fst e')%nat && Qeq_bool (snd e) (snd e' # d)) (snd r) (snd r').
Definition matches (l : layer) (l' : int_layer) : bool :=
  Bool.eqb (relu l) (gated l') && all2 (same_row (den l')) (rows l) (int_rows l').

Lemma all2_nth {A B} (f : A -> B -> bool) d' a : forall b i, all2 f a b = true ->
  match nth_error a i with Some x => f x (nth i b d') = true | None => (length b <= i)%nat end.
Proof.
  induction a as [|x a IH]; intros [|y b] i; cbn [all2]; try discriminate.
  - intros _. destruct i; cbn; lia.
  - intros H. apply andb_prop in H. destruct H as [H H']. destruct i; cbn [nth_error nth length]; [exact H|].
    specialize (IH b i H'). destruct (nth_error a i); [exact IH|lia].
Qed.

(* ---- sums over integers ---- *)

Fixpoint zdot (es : list (nat * Z)) (f : nat -> Z) : Z :=
  match es with [] => 0 | (c, w) :: es => w * f c + zdot es f end.

Lemma zdot_ext es f g : (forall c, f c = g c) -> zdot es f = zdot es g.
Proof. intros H. induction es as [|[c w] es IH]; simpl; [reflexivity|]. rewrite IH, H. reflexivity. Qed.
Lemma zdot_add es f g : zdot es (fun c => f c + g c) = zdot es f + zdot es g.
Proof. induction es as [|[c w] es IH]; simpl; [reflexivity|]. rewrite IH; ring. Qed.
Lemma zdot_zero es f : (forall c, f c = 0) -> zdot es f = 0.
Proof. intros H. induction es as [|[c w] es IH]; simpl; [reflexivity|]. rewrite IH, H; ring. Qed.

(* The pre-activation of unit i in units of 1 / (S * den), if the inputs are v / S; and its derivative. *)
Definition pre (l : int_layer) (S : positive) (v : nat -> Z) (i : nat) : Z := fst (row_at l i) * Zpos S + zdot (snd (row_at l i)) v.
Definition turn (l : int_layer) (d : nat -> Z) (i : nat) : Z := zdot (snd (row_at l i)) d.
Definition out_v (l : int_layer) (S : positive) (v : nat -> Z) (i : nat) : Z :=
  if gated l then Z.max 0 (pre l S v i) else pre l S v i.
Definition out_d (l : int_layer) (S : positive) (v : nat -> Z) (d : nat -> nat -> Z) (p i : nat) : Z :=
  if gated l then (if 0 <? pre l S v i then turn l (d p) i else 0) else turn l (d p) i.

Lemma over_one a S d : (a # d == a * Zpos S # (S * d))%Q.
Proof. unfold Qeq. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul. ring. Qed.

Section Layer.
  Variables (x : nat -> Q) (l : layer) (l' : int_layer) (S : positive) (v : nat -> Z) (d : nat -> nat -> Z).
  Variable F : (nat -> Q) -> nat -> Q.
  Hypothesis M : matches l l' = true.
  Let jet i := germ (fun z => F z i) x (v i # S) (fun p => d p i # S)%Q.

  Lemma germ_dot D es es' :
    all2 (fun (e : nat * Q) (e' : nat * Z) => (fst e =? fst e')%nat && Qeq_bool (snd e) (snd e' # D)) es es' = true ->
    (forall c w, In (c, w) es' -> jet c) ->
    germ (fun z => dot es (F z)) x (zdot es' v # (S * D)) (fun p => zdot es' (d p) # (S * D))%Q.
  Proof.
    revert es'. induction es as [|[c w] es IH]; intros [|[c' w'] es'] E H; cbn [all2] in E; try discriminate.
    - eapply germ_ext; [| | |apply germ_const with (c := 0%Q)]; intros; reflexivity.
    - apply andb_prop in E. destruct E as [E E']. apply andb_prop in E. destruct E as [Ec Ew].
      apply Nat.eqb_eq in Ec. apply Qeq_bool_eq in Ew. cbn [fst snd] in Ec, Ew. subst c'. cbn [zdot].
      eapply germ_ext; [| | |apply germ_plus; [apply germ_scale with (c := w), (H c w'); left; reflexivity|
        apply (IH es' E'); intros; eapply H; right; eauto]].
      + reflexivity.
      + rewrite Ew, <- Qinv_plus_distr. apply Qplus_inj_r. unfold Qeq, Qmult. cbn [Qnum Qden]. rewrite !Pos2Z.inj_mul. ring.
      + intros p _. cbv beta. rewrite Ew, <- Qinv_plus_distr. apply Qplus_inj_r. unfold Qeq, Qmult. cbn [Qnum Qden].
        rewrite !Pos2Z.inj_mul. ring.
  Qed.

  (* A unit passes a germ on, if its ReLU is off its kink or stands still there. *)
  Lemma layer_germ i : (forall c w, In (c, w) (snd (row_at l' i)) -> jet c) ->
    (gated l' = true -> pre l' S v i <> 0 \/ forall p, (p < 9)%nat -> turn l' (d p) i = 0) ->
    germ (fun z => apply l (F z) i) x (out_v l' S v i # (S * den l')) (fun p => out_d l' S v d p i # (S * den l'))%Q.
  Proof.
    intros Hin Hk. unfold matches in M. apply andb_prop in M. destruct M as [R E]. apply eqb_prop in R.
    pose proof (all2_nth _ (0, []) _ _ i E) as N. unfold apply. rewrite R. clear R E.
    destruct (nth_error (rows l) i) as [[b es]|].
    2: { assert (Z0 : row_at l' i = (0, [])) by (apply nth_overflow, N).
         unfold out_v, out_d, pre, turn. rewrite Z0. cbn [fst snd zdot].
         eapply germ_ext; [| | |apply germ_const with (c := 0%Q)]; intros; destruct (gated l'); reflexivity. }
    fold (row_at l' i) in N. unfold same_row in N. apply andb_prop in N. destruct N as [Eb Ee].
    apply Qeq_bool_eq in Eb. cbn [fst snd] in Eb, Ee.
    assert (G : germ (fun z => b + dot es (F z))%Q x (pre l' S v i # (S * den l')) (fun p => turn l' (d p) i # (S * den l'))%Q).
    { eapply germ_ext; [| | |apply germ_plus; [apply germ_const with (c := b)|apply (germ_dot (den l') es _ Ee Hin)]].
      - reflexivity.
      - unfold pre. rewrite <- Qinv_plus_distr, Eb. apply Qplus_inj_r, over_one.
      - intros p _. cbv beta. rewrite Qplus_0_l. reflexivity. }
    unfold out_v, out_d. destruct (gated l'); [|exact G]. specialize (Hk eq_refl).
    destruct (Z.ltb_spec 0 (pre l' S v i)) as [Hp|Hp].
    - rewrite Z.max_r by lia. apply germ_relu_on; [|exact G]. unfold Qlt. cbn. lia.
    - rewrite Z.max_l by lia.
      eapply germ_ext with (v := 0%Q) (d := fun _ => 0%Q); [reflexivity|reflexivity|intros; reflexivity|].
      destruct (Z.eq_dec (pre l' S v i) 0) as [E|E].
      + destruct Hk as [Hk|Hk]; [lia|]. eapply germ_relu_still; [| |exact G].
        * rewrite E. unfold Qle. cbn. lia.
        * intros p Hp'. cbv beta. rewrite Hk by auto. reflexivity.
      + eapply germ_relu_off; [|exact G]. unfold Qlt. cbn. lia.
  Qed.
End Layer.
