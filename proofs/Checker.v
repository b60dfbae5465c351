(* The checker of a filter, and that what it accepts is f-bar with its gradient. *)
From Coq Require Import ZArith QArith Qminmax Lia List Bool Arith.
From WP Require Import Statement Germs Layers Questions Gates Search Tables.
Import ListNotations.
Open Scope Z_scope.

(* ---- letters that nothing tells apart become one ---- *)

Fixpoint eqb_list (a b : list Z) : bool :=
  match a, b with
  | [], [] => true
  | x :: a, y :: b => (x =? y) && eqb_list a b
  | _, _ => false
  end.
Lemma eqb_list_eq a : forall b, eqb_list a b = true -> a = b.
Proof.
  induction a as [|x a IH]; intros [|y b]; cbn [eqb_list]; try discriminate; [reflexivity|].
  intros H. apply andb_prop in H. destruct H as [H1 H2]. f_equal; [apply Z.eqb_eq, H1|apply IH, H2].
Qed.
Definition eqb_view (a b : view) : bool :=
  (v_pad a =? v_pad b) && (v_zero a =? v_zero b) && (v_one a =? v_one b) && (v_set a =? v_set b) && (v_phase a =? v_phase b)
  && (v_go a =? v_go b) && (v_next a =? v_next b) && (v_write a =? v_write b).
Definition eqb_profile (a b : profile) : bool :=
  (own a =? own b) && eqb_view (seen a) (seen b) && (lin a =? lin b) && (tilt a =? tilt b)
  && eqb_list (pulls a) (pulls b) && eqb_list (turns a) (turns b).
Lemma eqb_profile_eq a b : eqb_profile a b = true -> a = b.
Proof.
  unfold eqb_profile, eqb_view. rewrite !andb_true_iff, !Z.eqb_eq. intros H.
  destruct a as [[] ? ? ? ? ?], b as [[] ? ? ? ? ?].
  cbn in H.
  destruct H as (((((? & H) & ?) & ?) & P1) & P2). apply eqb_list_eq in P1, P2.
  decompose [and] H. subst. reflexivity.
Qed.
Definition merge (ms : list profile) : list profile :=
  fold_right (fun m acc => if existsb (eqb_profile m) acc then acc else m :: acc) [] ms.
Lemma merge_in ms m : In m ms -> In m (merge ms).
Proof.
  induction ms as [|a ms IH]; cbn [merge fold_right]; [tauto|]. fold (merge ms). intros [->|H].
  - destruct (existsb (eqb_profile m) (merge ms)) eqn:E; [|left; reflexivity].
    apply existsb_exists in E. destruct E as (m' & Hin & E). rewrite (eqb_profile_eq _ _ E). exact Hin.
  - destruct (existsb _ _); [auto|right; auto].
Qed.

Definition clean (l : list Z) : list Z := if forallb (Z.eqb 0) l then [] else l.
Lemma nth_clean l g : nth g (clean l) 0 = nth g l 0.
Proof.
  unfold clean. destruct (forallb (Z.eqb 0) l) eqn:E; [|reflexivity]. rewrite forallb_forall in E.
  destruct (nth_in_or_default g l 0) as [H|H]; [apply E, Z.eqb_eq in H; rewrite <- H|rewrite H]; destruct g; reflexivity.
Qed.

(* ---- the checker ---- *)

Definition profile_of (M : machine) (V1 : int_layer) (c2 c3 : list (list Z)) (p : nat) (c : cell) : profile :=
  let x := u M c in
  {| seen := view_of M c; own := if (p =? centre)%nat then x else 0; lin := 0; tilt := 0;
     pulls := through c2 c3 (map (unit_v p x) (int_rows V1));
     turns := clean (through c2 c3 (map (unit_d p x) (int_rows V1))) |}.
(* no unit of V1 is at its kink at a letter of its place *)
Definition first_ok (V1 : int_layer) (us : list (list Z)) : bool :=
  forallb (fun r : int_row => match r with (b, [(p, w)]) => forallb (fun x => negb (b + w * x =? 0)) (nth p us []) | _ => true end)
    (int_rows V1).
Definition fuel : nat := 2000.

Definition check_mended (M : machine) (A : alphabet) (filter : list layer) : bool :=
  match filter with
  | [l1; l2; l3; l4; l5] =>
    let V1 := to_int l1 in let V2 := to_int l2 in let V3 := to_int l3 in let V4 := to_int l4 in let V5 := to_int l5 in
    if fit l1 l2 l3 l4 l5 V1 V2 V3 V4 V5 && first_ok V1 (map (fun p => map (u M) (letters M A p)) nine) then
      let c2 := cols2 V1 V2 in
      let c3 := cols3 V2 V3 in
      search (p_bar M) (Zpos (S5 V1 V2 V3 V4 V5)) fuel
        {| base := out_base V1 V2 V3 V4 V5; weights := out_weights V3 V4 V5; biases := gate_biases V1 V2 V3 |}
        (map (fun p => place_of (merge (map (profile_of M V1 c2 c3 p) (letters M A p)))) nine)
    else false
  | _ => false
  end.

Lemma nths_map {B} g (f : B -> list Z) l : nths g (map f l) = fold_right (fun p s => nth g (f p) 0 + s) 0 l.
Proof. unfold nths. induction l; cbn; [reflexivity|]. rewrite IHl. reflexivity. Qed.

Theorem check_mended_sound M A filter : check_mended M A filter = true -> computes_f_bar M A filter.
Proof.
  unfold check_mended. destruct filter as [|l1 [|l2 [|l3 [|l4 [|l5 [|]]]]]]; try discriminate. cbv zeta.
  set (V1 := to_int l1). set (V2 := to_int l2). set (V3 := to_int l3). set (V4 := to_int l4). set (V5 := to_int l5).
  destruct (fit l1 l2 l3 l4 l5 V1 V2 V3 V4 V5) eqn:Hfit; [|discriminate].
  destruct (first_ok V1 _) eqn:Hfirst; [|discriminate]. cbn [andb]. intros Hs X HX.
  set (prof := fun p => profile_of M V1 (cols2 V1 V2) (cols3 V2 V3) p (X p)).
  set (x := fun p => u M (X p)).
  assert (L : length (out_weights V3 V4 V5) = gates V3 /\ length (gate_biases V1 V2 V3) = gates V3).
  { unfold out_weights, gate_biases, gates. rewrite !map_length, seq_length. auto. }
  destruct L as [L1 L2].
  apply search_sound with (ms := map prof nine) in Hs.
  2: { cbn [weights biases]. congruence. }
  2: { clear - HX. assert (N : forall p, In p nine -> (p < 9)%nat) by (intros; apply in_nine; assumption).
       induction nine as [|p l IH]; cbn [map]; constructor; [|apply IH; intros; apply N; right; assumption].
       apply place_of_valid, merge_in. apply (in_map (profile_of M V1 (cols2 V1 V2) (cols3 V2 V3) p)), HX, N. left. reflexivity. }
  destruct Hs as (Fine & Val & Slo). cbn [base weights biases] in Fine, Val, Slo.
  assert (Nth : forall p, (p < 9)%nat -> nth p (map prof nine) nobody = prof p).
  { intros p Hp. rewrite nth_indep with (d' := prof 0%nat) by (rewrite map_length; exact Hp). rewrite map_nth. unfold nine. rewrite seq_nth by exact Hp. reflexivity. }
  assert (O : outcome_of (p_bar M) (map prof nine) = f_bar M X).
  { unfold outcome_of. rewrite <- p_bar_is_f_bar. apply run_prog_nine; [apply p_bar_nine|].
    intros p Hp. rewrite Nth by exact Hp. reflexivity. }
  rewrite O in Val, Slo. set (o := f_bar M X) in *.
  set (G := pre V3 (S2 V1 V2) (out_v V2 (S1 V1) (out_v V1 1 x))).
  assert (Gv : forall g, nth g (gate_biases V1 V2 V3) 0 + nths g (map pulls (map prof nine)) = G g).
  { intros g. unfold G. rewrite (gate_v l1 l2 l3 l4 l5 V1 V2 V3 V4 V5 x Hfit), map_map, nths_map. reflexivity. }
  assert (Gd : forall p g, (p < 9)%nat -> nth g (turns (prof p)) 0 =
     turn V3 (out_d V2 (S1 V1) (out_v V1 1 x) (out_d V1 1 x (fun p c => if (p =? c)%nat then 1 else 0)) p) g).
  { intros p g Hp. rewrite (gate_d l1 l2 l3 l4 l5 V1 V2 V3 V4 V5 x Hfit) by exact Hp. apply nth_clean. }
  rewrite gates_value_sum in Val by congruence. rewrite L1 in Val.
  rewrite (sumZ_ext _ _ (fun g => nth g (out_weights V3 V4 V5) 0 * Z.max 0 (G g))) in Val by (intros; rewrite Gv; reflexivity).
  change (lins (map prof nine)) with 0 in Val. rewrite Z.add_0_r, Nth in Val by (unfold centre; lia).
  change (own (prof centre)) with (u M (X centre)) in Val.
  assert (U : forall d v, (Zpos d * v # d == inject_Z v)%Q) by (intros; unfold Qeq; cbn [Qnum Qden inject_Z]; ring).
  eapply germ_ext; [reflexivity| | |apply (filter_germ l1 l2 l3 l4 l5 V1 V2 V3 V4 V5 x Hfit)].
  - fold G. rewrite Val. apply U.
  - intros p Hp. cbv beta. fold G. specialize (Slo p). rewrite map_length in Slo. specialize (Slo Hp).
    rewrite Nth in Slo by exact Hp. change (tilt (prof p)) with 0 in Slo. rewrite Z.add_0_l in Slo.
    rewrite gates_slope_sum in Slo by congruence. rewrite L1 in Slo.
    rewrite (sumZ_ext _ _ (fun g => nth g (out_weights V3 V4 V5) 0 * (if 0 <? G g then
      turn V3 (out_d V2 (S1 V1) (out_v V1 1 x) (out_d V1 1 x (fun p c => if (p =? c)%nat then 1 else 0)) p) g else 0))) in Slo
      by (intros; rewrite Gv, Gd by exact Hp; reflexivity).
    rewrite Slo, U. destruct (p =? centre)%nat; reflexivity.
  - intros b p w Hin. unfold first_ok in Hfirst. rewrite forallb_forall in Hfirst.
    specialize (Hfirst _ Hin). cbv beta iota in Hfirst. rewrite forallb_forall in Hfirst.
    assert (Hp : (p < 9)%nat).
    { unfold fit in Hfit. rewrite !andb_true_iff in Hfit. destruct Hfit as (((((_ & R) & _) & _) & _) & _).
      rewrite forallb_forall in R. specialize (R _ Hin). cbn [reads_one] in R. apply Nat.ltb_lt, R. }
    specialize (Hfirst (x p)). unfold x in *. apply Z.eqb_neq, negb_true_iff, Hfirst.
    set (h := fun p => map (u M) (letters M A p)).
    rewrite nth_indep with (d' := h 0%nat) by (rewrite map_length; exact Hp).
    rewrite map_nth. unfold nine. rewrite seq_nth by exact Hp. apply in_map, HX, Hp.
  - intros g. fold G. destruct (Nat.lt_ge_cases g (gates V3)) as [Hg|Hg].
    + destruct (gates_fine_nth _ _ _ g Fine) as [E|E]; [congruence|left; rewrite <- Gv; exact E|right].
      intros p Hp. rewrite <- Gd by exact Hp. apply E. rewrite map_map. apply (in_map (fun p => turns (prof p))), in_nine, Hp.
    + right. intros p _. unfold turn, row_at. rewrite (nth_overflow (int_rows V3)) by exact Hg. reflexivity.
Qed.

(* ---- units of V1 that read nothing read a place with weight 0 instead ---- *)

Definition mend_row (r : row) : row :=
  match snd r with [] => (if Qle_bool (fst r) 0 then -1 # 1 else fst r, [(0%nat, 0%Q)])%Q | _ => r end.
Definition mend (filter : list layer) : list layer :=
  match filter with
  | l :: filter => (if relu l then {| relu := true; rows := map mend_row (rows l) |} else l) :: filter
  | [] => []
  end.

Lemma mend_apply l x i : relu l = true -> (apply {| relu := true; rows := map mend_row (rows l) |} x i == apply l x i)%Q.
Proof.
  intros R. unfold apply. rewrite R. cbn [relu rows]. rewrite nth_error_map.
  destruct (nth_error (rows l) i) as [[b es]|]; [|reflexivity]. cbn [option_map]. unfold mend_row. cbn [fst snd].
  destruct es as [|e es]; [|reflexivity]. cbn [dot fold_right fst snd]. rewrite Qmult_0_l, !Qplus_0_r.
  destruct (Qle_bool b 0) eqn:E; [|reflexivity]. apply Qle_bool_iff in E. rewrite (Q.max_l 0 b) by exact E. reflexivity.
Qed.
Lemma apply_ext l x y i : (forall c, x c == y c)%Q -> (apply l x i == apply l y i)%Q.
Proof.
  intros H. unfold apply. destruct (nth_error (rows l) i) as [[b es]|]; [|reflexivity].
  assert (D : (dot es x == dot es y)%Q).
  { induction es as [|[c w] es IH]; cbn [dot fold_right fst snd]; [reflexivity|]. rewrite (H c). apply Qplus_inj_l, IH. }
  destruct (relu l); rewrite D; reflexivity.
Qed.
Lemma run_ext network : forall x y, (forall c, x c == y c)%Q -> forall i, (run network x i == run network y i)%Q.
Proof. induction network as [|l network IH]; intros x y H i; cbn [run]; [apply H|]. apply IH. intros c. apply apply_ext, H. Qed.
Lemma mend_run filter x i : (run (mend filter) x i == run filter x i)%Q.
Proof.
  destruct filter as [|l filter]; [reflexivity|]. cbn [mend run]. apply run_ext. intros c.
  destruct (relu l) eqn:R; [apply mend_apply, R|reflexivity].
Qed.

Definition check_filter (M : machine) (A : alphabet) (filter : list layer) : bool := check_mended M A (mend filter).
Theorem check_filter_sound M A filter : check_filter M A filter = true -> computes_f_bar M A filter.
Proof.
  intros H X HX. eapply germ_ext; [|reflexivity|reflexivity|apply (check_mended_sound _ _ _ H X HX)].
  intros z. apply mend_run.
Qed.
