(* A filter of five layers as tables, one summand a place: what the search decides says what the network does. *)
From Coq Require Import ZArith QArith Lia List Bool Arith.
From WP Require Import Statement Germs Layers Questions Gates Search.
Import ListNotations.
Open Scope Z_scope.

(* ---- sums ---- *)

Definition sumZ (l : list nat) (f : nat -> Z) : Z := fold_right (fun p s => f p + s) 0 l.
Lemma sumZ_ext l f g : (forall p, In p l -> f p = g p) -> sumZ l f = sumZ l g.
Proof. induction l; simpl; intros H; [reflexivity|]. rewrite IHl, H; auto. Qed.
Lemma sumZ_add l f g : sumZ l (fun p => f p + g p) = sumZ l f + sumZ l g.
Proof. induction l; simpl; [reflexivity|]. rewrite IHl. ring. Qed.
Lemma sumZ_zero l f : (forall p, In p l -> f p = 0) -> sumZ l f = 0.
Proof. induction l; simpl; intros H; [reflexivity|]. rewrite IHl, H; auto. Qed.
Lemma sumZ_zdot l es (f : nat -> nat -> Z) : zdot es (fun c => sumZ l (fun p => f p c)) = sumZ l (fun p => zdot es (f p)).
Proof. induction l; simpl; [apply zdot_zero; auto|]. rewrite zdot_add, IHl. reflexivity. Qed.
Lemma sumZ_one l p f : NoDup l -> In p l -> sumZ l (fun q => if Nat.eqb p q then f q else 0) = f p.
Proof.
  induction l as [|q l IH]; simpl; intros Hn Hp; [tauto|]. inversion_clear Hn as [|? ? Hq Hl].
  destruct (Nat.eqb_spec p q) as [->|Hpq].
  - rewrite sumZ_zero; [lia|]. intros r Hr. destruct (Nat.eqb_spec q r); [congruence|reflexivity].
  - rewrite IH; [lia|auto|intuition congruence].
Qed.
Lemma sumZ_map h l f : sumZ (map h l) f = sumZ l (fun x => f (h x)).
Proof. induction l as [|a l IH]; [reflexivity|]. cbn [map sumZ fold_right]. unfold sumZ in IH. rewrite IH. reflexivity. Qed.
Lemma sumZ_seq n f : sumZ (seq 0 (S n)) f = f 0%nat + sumZ (seq 0 n) (fun g => f (S g)).
Proof. cbn [seq]. rewrite <- seq_shift. change (sumZ (0%nat :: ?l) ?f) with (f 0%nat + sumZ l f). rewrite sumZ_map. reflexivity. Qed.
Lemma nth_map_row (h : int_row -> Z) l i : h (0, []) = 0 -> nth i (map h l) 0 = h (nth i l (0, [])).
Proof. intros H. rewrite <- H at 1. apply map_nth. Qed.

(* the weight of column c in a row, and a row as a sum over all columns *)
Definition coefficient (es : list (nat * Z)) (c : nat) : Z := zdot es (fun c' => if (c' =? c)%nat then 1 else 0).
Definition columns_below (n : nat) (es : list (nat * Z)) : bool := forallb (fun e => (fst e <? n)%nat) es.
Lemma zdot_dense n es f : columns_below n es = true -> zdot es f = sumZ (seq 0 n) (fun c => coefficient es c * f c).
Proof.
  unfold coefficient, columns_below. induction es as [|[c w] es IH]; cbn [forallb zdot fst]; intros H.
  - symmetry. apply sumZ_zero. intros; ring.
  - apply andb_prop in H. destruct H as [Hc H]. apply Nat.ltb_lt in Hc. rewrite IH by exact H.
    rewrite (sumZ_ext _ (fun g => (w * _ + _) * f g)
      (fun g => (if Nat.eqb c g then w * f g else 0) + zdot es (fun c => if (c =? g)%nat then 1 else 0) * f g)).
    + rewrite sumZ_add. rewrite (sumZ_one (seq 0 n) c (fun g => w * f g)); [reflexivity|apply seq_NoDup|apply in_seq; lia].
    + intros g _. destruct (Nat.eqb c g); ring.
Qed.

(* A matrix as columns, so that a vector with few entries passes quickly. *)
Definition columns (l : int_layer) (n : nat) : list (list Z) :=
  map (fun c => map (fun r => coefficient (snd r) c) (int_rows l)) (seq 0 n).
Definition columns_ok (l : int_layer) (n : nat) : bool := forallb (fun r => columns_below n (snd r)) (int_rows l).
Fixpoint mix (vals : list Z) (cols : list (list Z)) : list Z :=
  match vals, cols with
  | v :: vals, c :: cols => if v =? 0 then mix vals cols else zip (fun x y => v * x + y) c (mix vals cols)
  | _, _ => []
  end.
Lemma nth_mix g (h : nat -> list Z) n : forall k vals,
  nth g (mix vals (map h (seq k n))) 0 = sumZ (seq k n) (fun c => nth g (h c) 0 * nth (c - k) vals 0).
Proof.
  induction n as [|n IH]; intros k vals; [destruct vals, g; reflexivity|]. cbn [seq map].
  change (sumZ (k :: ?l) ?f) with (f k + sumZ l f). cbn beta. rewrite Nat.sub_diag.
  destruct vals as [|v vals]; cbn [mix nth].
  - rewrite sumZ_zero; [destruct g; cbn; ring|]. intros c _. destruct (c - k)%nat; ring.
  - rewrite (sumZ_ext _ _ (fun c => nth g (h c) 0 * nth (c - S k) vals 0)).
    2: { intros c Hc. apply in_seq in Hc. replace (c - k)%nat with (S (c - S k)) by lia. reflexivity. }
    rewrite <- IH. destruct (Z.eqb_spec v 0) as [->|_]; [ring|].
    rewrite (nth_zip (fun x y => v * x + y)) by ring. ring.
Qed.
Lemma nth_through l n vals g : columns_ok l n = true ->
  nth g (mix vals (columns l n)) 0 = zdot (snd (row_at l g)) (fun c => nth c vals 0).
Proof.
  intros H. unfold columns. rewrite nth_mix.
  assert (B : columns_below n (snd (row_at l g)) = true).
  { unfold row_at. destruct (nth_in_or_default g (int_rows l) (0, [])) as [I|E]; [|rewrite E; reflexivity].
    unfold columns_ok in H. rewrite forallb_forall in H. apply H, I. }
  rewrite (zdot_dense _ _ _ B). apply sumZ_ext. intros c _. rewrite Nat.sub_0_r. f_equal.
  rewrite (nth_map_row (fun r => coefficient (snd r) c)) by reflexivity. reflexivity.
Qed.

(* ---- the search's sums over gates, by index ---- *)

Definition nths (g : nat) (ls : list (list Z)) : Z := fold_right (fun l s => nth g l 0 + s) 0 ls.
Lemma heads_nths ls : heads ls = nths 0 ls.
Proof. unfold heads, nths. induction ls; cbn; [reflexivity|]. rewrite IHls. destruct a; reflexivity. Qed.
Lemma nths_tl g ls : nths g (map (@tl Z) ls) = nths (S g) ls.
Proof. unfold nths. induction ls; cbn; [reflexivity|]. rewrite IHls. f_equal. apply tl_nth. Qed.
Lemma gates_value_sum ws : forall bs ps, length ws = length bs ->
  gates_value ws bs ps = sumZ (seq 0 (length ws)) (fun g => nth g ws 0 * Z.max 0 (nth g bs 0 + nths g ps)).
Proof.
  induction ws as [|w ws IH]; intros [|b bs] ps L; try discriminate; [reflexivity|]. injection L as L.
  cbn [length gates_value]. rewrite sumZ_seq, heads_nths, IH by exact L. cbn [nth]. f_equal.
  apply sumZ_ext. intros g _. rewrite nths_tl. reflexivity.
Qed.
Lemma gates_slope_sum ws : forall bs ps t, length ws = length bs ->
  gates_slope ws bs ps t = sumZ (seq 0 (length ws)) (fun g => nth g ws 0 * (if 0 <? nth g bs 0 + nths g ps then nth g t 0 else 0)).
Proof.
  induction ws as [|w ws IH]; intros [|b bs] ps t L; try discriminate; [reflexivity|]. injection L as L.
  cbn [length gates_slope]. rewrite sumZ_seq, heads_nths, IH by exact L. cbn [nth]. f_equal; [destruct t; reflexivity|].
  apply sumZ_ext. intros g _. rewrite nths_tl, tl_nth. reflexivity.
Qed.
Lemma gates_fine_nth bs : forall ps ts g, gates_fine bs ps ts -> (g < length bs)%nat ->
  nth g bs 0 + nths g ps <> 0 \/ forall t, In t ts -> nth g t 0 = 0.
Proof.
  induction bs as [|b bs IH]; intros ps ts g H Hg; cbn [length] in Hg; [lia|]. destruct H as [H1 H2].
  destruct g; cbn [nth].
  - rewrite heads_nths in H1. destruct H1 as [H1|H1]; [left; exact H1|right]. intros t Ht. rewrite <- hd_nth. apply H1, Ht.
  - destruct (IH _ _ g H2) as [E|E]; [lia|left; rewrite nths_tl in E; exact E|right].
    intros t Ht. rewrite <- tl_nth. apply E, in_map, Ht.
Qed.

(* ---- five layers ---- *)

Definition nine : list nat := seq 0 9.
Lemma in_nine p : In p nine <-> (p < 9)%nat.
Proof. unfold nine. rewrite in_seq. lia. Qed.

Definition unit_v (p : nat) (x : Z) (r : int_row) : Z :=
  match r with (b, [(p', w)]) => if (p' =? p)%nat then Z.max 0 (b + w * x) else 0 | _ => 0 end.
Definition unit_d (p : nat) (x : Z) (r : int_row) : Z :=
  match r with (b, [(p', w)]) => if (p' =? p)%nat then (if 0 <? b + w * x then w else 0) else 0 | _ => 0 end.
Definition reads_one (r : int_row) : bool := match r with (_, [(p, _)]) => (p <? 9)%nat | _ => false end.

Section Filter.
  Variables (l1 l2 l3 l4 l5 : layer) (V1 V2 V3 V4 V5 : int_layer).
  Definition S1 : positive := 1 * den V1.
  Definition S2 : positive := S1 * den V2.
  Definition S3 : positive := S2 * den V3.
  Definition S4 : positive := S3 * den V4.
  Definition S5 : positive := S4 * den V5.
  Definition gates : nat := length (int_rows V3).

  (* V5 after V4 as one row *)
  Definition composed : list (nat * Z) :=
    flat_map (fun e => map (fun e' => (fst e', snd e * snd e')) (snd (row_at V4 (fst e)))) (snd (row_at V5 0)).
  Definition fit : bool :=
    matches l1 V1 && matches l2 V2 && matches l3 V3 && matches l4 V4 && matches l5 V5
    && gated V1 && negb (gated V2) && gated V3 && negb (gated V4) && negb (gated V5)
    && forallb reads_one (int_rows V1) && (length (int_rows V5) =? 1)%nat
    && columns_ok V2 (length (int_rows V1)) && columns_ok V3 (length (int_rows V2)) && columns_below gates composed.

  (* what a cell x at place p adds to the gates, and the derivative of that *)
  Definition cols2 : list (list Z) := columns V2 (length (int_rows V1)).
  Definition cols3 : list (list Z) := columns V3 (length (int_rows V2)).
  Definition through (c2 c3 : list (list Z)) (vals : list Z) : list Z := mix (mix vals c2) c3.
  Definition gate_biases : list Z :=
    let b2 := map (fun r : int_row => fst r * Zpos S1) (int_rows V2) in
    map (fun r : int_row => fst r * Zpos S2 + zdot (snd r) (fun c => nth c b2 0)) (int_rows V3).
  Definition out_weights : list Z := map (coefficient composed) (seq 0 gates).
  Definition out_base : Z :=
    fst (row_at V5 0) * Zpos S4 + zdot (snd (row_at V5 0)) (fun r => fst (row_at V4 r) * Zpos S3).

  Section Point.
    Variable x : nat -> Z.
    Hypothesis Hfit : fit = true.
    Hypothesis Hfirst : forall b p w, In (b, [(p, w)]) (int_rows V1) -> b + w * x p <> 0.
    Let d0 (p c : nat) : Z := if (p =? c)%nat then 1 else 0.
    Let v1 := out_v V1 1 x. Let d1 := out_d V1 1 x d0.
    Let v2 := out_v V2 S1 v1. Let d2 := out_d V2 S1 v1 d1.
    Let v3 := out_v V3 S2 v2. Let d3 := out_d V3 S2 v2 d2.
    Let v4 := out_v V4 S3 v3. Let d4 := out_d V4 S3 v3 d3.

    Definition pull_at (p : nat) : list Z := through cols2 cols3 (map (unit_v p (x p)) (int_rows V1)).
    Definition turn_at (p : nat) : list Z := through cols2 cols3 (map (unit_d p (x p)) (int_rows V1)).

    Lemma fit_parts : (matches l1 V1 = true /\ matches l2 V2 = true /\ matches l3 V3 = true /\ matches l4 V4 = true /\ matches l5 V5 = true) /\
      (gated V1 = true /\ gated V2 = false /\ gated V3 = true /\ gated V4 = false /\ gated V5 = false) /\
      columns_ok V2 (length (int_rows V1)) = true /\ columns_ok V3 (length (int_rows V2)) = true /\ columns_below gates composed = true /\
      forall k, (exists b p w, row_at V1 k = (b, [(p, w)]) /\ In (row_at V1 k) (int_rows V1) /\ (p < 9)%nat) \/ row_at V1 k = (0, []).
    Proof.
      unfold fit in Hfit. rewrite !andb_true_iff, !negb_true_iff, forallb_forall in Hfit.
      intuition. unfold row_at. destruct (Nat.lt_ge_cases k (length (int_rows V1))) as [Hk|Hk].
      - left. pose proof (nth_In (int_rows V1) (0, []) Hk) as Hin.
        match goal with H : forall r, In r _ -> reads_one r = true |- _ => specialize (H _ Hin); rename H into R end.
        destruct (nth k (int_rows V1) (0, [])) as [b [|[p w] [|]]]; try discriminate.
        exists b, p, w. cbn [reads_one] in R. apply Nat.ltb_lt in R. auto.
      - right. apply nth_overflow; auto.
    Qed.

    Lemma v1_sum k : v1 k = sumZ nine (fun p => unit_v p (x p) (row_at V1 k)).
    Proof.
      destruct fit_parts as (_ & (R1 & _) & _ & _ & _ & Hr).
      unfold v1, out_v, pre. rewrite R1. destruct (Hr k) as [(b & p & w & -> & _ & Hp)| ->]; cbn [fst snd zdot].
      - cbn [unit_v]. rewrite (sumZ_one nine p (fun q => Z.max 0 (b + w * x q))).
        + f_equal. ring.
        + apply seq_NoDup.
        + apply in_nine; auto.
      - reflexivity.
    Qed.
    Lemma d1_unit p k : (p < 9)%nat -> d1 p k = unit_d p (x p) (row_at V1 k).
    Proof.
      destruct fit_parts as (_ & (R1 & _) & _ & _ & _ & Hr). intros Hp.
      unfold d1, out_d, pre, turn. rewrite R1. destruct (Hr k) as [(b & p' & w & -> & _ & Hp')| ->]; cbn [fst snd zdot unit_d]; [|reflexivity].
      replace (b * 1 + (w * x p' + 0)) with (b + w * x p') by ring. unfold d0. rewrite Nat.eqb_sym.
      destruct (Nat.eqb_spec p' p) as [->|Hn]; destruct (0 <? _); ring.
    Qed.
    Lemma nth_two vals g : nth g (through cols2 cols3 vals) 0 =
      zdot (snd (row_at V3 g)) (fun r => zdot (snd (row_at V2 r)) (fun k => nth k vals 0)).
    Proof.
      destruct fit_parts as (_ & _ & C2 & C3 & _). unfold through, cols3, cols2.
      rewrite nth_through by exact C3. apply zdot_ext. intros c. apply nth_through, C2.
    Qed.

    Lemma gate_v g : pre V3 S2 v2 g = nth g gate_biases 0 + sumZ nine (fun p => nth g (pull_at p) 0).
    Proof.
      destruct fit_parts as (_ & (_ & R2 & _) & _).
      assert (B : nth g gate_biases 0 = fst (row_at V3 g) * Zpos S2 + zdot (snd (row_at V3 g)) (fun c => fst (row_at V2 c) * Zpos S1)).
      { unfold gate_biases. set (b2 := map (fun r : int_row => fst r * Zpos S1) (int_rows V2)).
        rewrite (nth_map_row (fun r => fst r * Zpos S2 + zdot (snd r) (fun c => nth c b2 0))) by reflexivity.
        fold (row_at V3 g). f_equal. apply zdot_ext. intros c. unfold b2.
        rewrite (nth_map_row (fun r => fst r * Zpos S1)) by reflexivity. reflexivity. }
      rewrite B. unfold pre. rewrite <- Z.add_assoc. f_equal.
      rewrite (sumZ_ext _ _ (fun p => zdot (snd (row_at V3 g)) (fun r => zdot (snd (row_at V2 r)) (fun c => unit_v p (x p) (row_at V1 c))))).
      2: { intros p _. unfold pull_at. rewrite nth_two. apply zdot_ext. intros c.
           apply zdot_ext. intros k. rewrite nth_map_row by reflexivity. reflexivity. }
      rewrite <- sumZ_zdot, <- zdot_add. apply zdot_ext. intros c. unfold v2, out_v, pre. rewrite R2. f_equal.
      rewrite <- sumZ_zdot. apply zdot_ext. intros k. apply v1_sum.
    Qed.
    Lemma gate_d p g : (p < 9)%nat -> turn V3 (d2 p) g = nth g (turn_at p) 0.
    Proof.
      destruct fit_parts as (_ & (_ & R2 & _) & _). intros Hp. unfold turn_at. rewrite nth_two. unfold turn. apply zdot_ext. intros c.
      unfold d2, out_d, turn. rewrite R2. apply zdot_ext. intros k. rewrite d1_unit by auto.
      rewrite nth_map_row by reflexivity. reflexivity.
    Qed.

    Lemma zdot_app a b f : zdot (a ++ b) f = zdot a f + zdot b f.
    Proof. induction a as [|[c w] a IH]; cbn [app zdot]; [reflexivity|]. rewrite IH. ring. Qed.
    Lemma zdot_composed f : zdot composed f = zdot (snd (row_at V5 0)) (fun r => zdot (snd (row_at V4 r)) f).
    Proof.
      unfold composed. induction (snd (row_at V5 0)) as [|[r w] es IH]; cbn [flat_map zdot fst snd]; [reflexivity|].
      rewrite zdot_app, IH. f_equal. clear. induction (snd (row_at V4 r)) as [|[c w'] es IH]; cbn [map zdot fst snd]; [ring|].
      rewrite IH. ring.
    Qed.
    Lemma composed_sum f : zdot composed f = sumZ (seq 0 gates) (fun g => nth g out_weights 0 * f g).
    Proof.
      destruct fit_parts as (_ & _ & _ & _ & C & _). rewrite (zdot_dense _ _ _ C). apply sumZ_ext. intros g Hg. apply in_seq in Hg.
      f_equal. unfold out_weights. rewrite nth_indep with (d' := coefficient composed 0%nat) by (rewrite map_length, seq_length; lia).
      rewrite map_nth, seq_nth by lia. reflexivity.
    Qed.

    (* The filter's germ is read off the tables, if no ReLU of V3 is at a kink that moves. *)
    Hypothesis Hkink : forall g, pre V3 S2 v2 g <> 0 \/ forall p, (p < 9)%nat -> turn V3 (d2 p) g = 0.

    Theorem filter_germ : germ (fun z => run [l1; l2; l3; l4; l5] z 0%nat) (fun p => inject_Z (x p))
      (out_base + sumZ (seq 0 gates) (fun g => nth g out_weights 0 * Z.max 0 (pre V3 S2 v2 g)) # S5)
      (fun p => Qmake (sumZ (seq 0 gates) (fun g => nth g out_weights 0 * (if 0 <? pre V3 S2 v2 g then turn V3 (d2 p) g else 0))) S5).
    Proof.
      destruct fit_parts as ((M1 & M2 & M3 & M4 & M5) & (R1 & R2 & R3 & R4 & R5) & _ & _ & _ & Hr).
      assert (G1 : forall i, germ (fun z => apply l1 z i) (fun p => inject_Z (x p)) (v1 i # S1) (fun p => d1 p i # S1)%Q).
      { intros i. apply (layer_germ _ l1 V1 1 x d0 (fun z => z) M1).
        - intros c w Hc. destruct (Hr i) as [(b & p & w' & E & _ & Hp)|E]; rewrite E in Hc; [|destruct Hc].
          destruct Hc as [Hc|[]]. inversion Hc; subst.
          eapply germ_ext; [| | |apply germ_var; exact Hp]; intros; [reflexivity|reflexivity|].
          cbv beta. unfold d0. destruct (Nat.eqb _ _); reflexivity.
        - intros _. destruct (Hr i) as [(b & p & w' & E & Hin & Hp)|E].
          + left. unfold pre. rewrite E in Hin |- *. cbn [fst snd zdot]. pose proof (Hfirst b p w' Hin). lia.
          + right. intros. unfold turn. rewrite E. reflexivity. }
      assert (G2 : forall i, germ (fun z => apply l2 (apply l1 z) i) (fun p => inject_Z (x p)) (v2 i # S2) (fun p => d2 p i # S2)%Q).
      { intros i. apply (layer_germ _ l2 V2 S1 v1 d1 (fun z => apply l1 z) M2); auto. congruence. }
      assert (G3 : forall i, germ (fun z => apply l3 (apply l2 (apply l1 z)) i) (fun p => inject_Z (x p)) (v3 i # S3) (fun p => d3 p i # S3)%Q).
      { intros i. apply (layer_germ _ l3 V3 S2 v2 d2 (fun z => apply l2 (apply l1 z)) M3); auto. }
      assert (G4 : forall i, germ (fun z => apply l4 (apply l3 (apply l2 (apply l1 z))) i) (fun p => inject_Z (x p)) (v4 i # S4) (fun p => d4 p i # S4)%Q).
      { intros i. apply (layer_germ _ l4 V4 S3 v3 d3 (fun z => apply l3 (apply l2 (apply l1 z))) M4); auto. congruence. }
      pose proof (layer_germ _ l5 V5 S4 v4 d4 (fun z => apply l4 (apply l3 (apply l2 (apply l1 z)))) M5 0%nat (fun c _ _ => G4 c) ltac:(congruence)) as G5.
      cbn [run]. eapply germ_ext; [reflexivity| | |exact G5].
      - fold S5. rewrite <- composed_sum, zdot_composed.
        match goal with |- (?a # _ == ?b # _)%Q => assert (E : a = b); [|rewrite E; reflexivity] end.
        unfold out_v at 1. rewrite R5. unfold pre at 1, out_base. rewrite <- Z.add_assoc, <- zdot_add. f_equal.
        apply zdot_ext. intros r. unfold v4, out_v at 1. rewrite R4. unfold pre at 1. f_equal.
        apply zdot_ext. intros g. unfold v3, out_v. rewrite R3. reflexivity.
      - intros p Hp. fold S5. cbv beta. rewrite <- composed_sum, zdot_composed.
        match goal with |- (?a # _ == ?b # _)%Q => assert (E : a = b); [|rewrite E; reflexivity] end.
        unfold out_d at 1. rewrite R5. unfold turn at 1. apply zdot_ext. intros r. unfold d4, out_d at 1. rewrite R4.
        unfold turn at 1. apply zdot_ext. intros g. unfold d3, out_d. rewrite R3. reflexivity.
    Qed.
  End Point.
End Filter.
