(* Letters, the ReLUs that they are added up in, and how a ReLU leaves the problem once its sign is known on a whole box: what it
   passes on is added to the letters. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WP Require Import Statement Questions.
Import ListNotations.
Open Scope Z_scope.

(* A letter at a place: what f-bar sees of it, its value at the centre; what it adds to the output and the derivative of that;
   what it adds to the pre-activation of each ReLU that is left, and the derivatives of those. What is missing is 0. *)
Record profile := { seen : view; own : Z; lin : Z; tilt : Z; pulls : list Z; turns : list Z }.
(* The letters that a place may hold, and bounds that hold for all of them. *)
Record place := { members : list profile; least : list Z; most : list Z; moving : list bool }.
(* The output is base, and weight * relu(bias + pulls) for each ReLU that is left, and what the letters add. *)
Record problem := { base : Z; weights : list Z; biases : list Z }.

(* ---- sums over the ReLUs that are left ---- *)

Definition heads (ls : list (list Z)) : Z := fold_right (fun l s => hd 0 l + s) 0 ls.
Fixpoint gates_value (ws bs : list Z) (ps : list (list Z)) : Z :=
  match ws, bs with
  | w :: ws, b :: bs => w * Z.max 0 (b + heads ps) + gates_value ws bs (map (@tl Z) ps)
  | _, _ => 0
  end.
Fixpoint gates_slope (ws bs : list Z) (ps : list (list Z)) (t : list Z) : Z :=
  match ws, bs with
  | w :: ws, b :: bs => w * (if 0 <? b + heads ps then hd 0 t else 0) + gates_slope ws bs (map (@tl Z) ps) (tl t)
  | _, _ => 0
  end.
Fixpoint gates_fine (bs : list Z) (ps ts : list (list Z)) : Prop :=
  match bs with
  | b :: bs => (b + heads ps <> 0 \/ forall t, In t ts -> hd 0 t = 0) /\ gates_fine bs (map (@tl Z) ps) (map (@tl Z) ts)
  | [] => True
  end.
Definition lins (ms : list profile) : Z := fold_right (fun m s => lin m + s) 0 ms.
Definition nobody : profile :=
  {| seen := {| v_pad := 0; v_zero := 0; v_one := 0; v_set := 0; v_phase := 0; v_go := 0; v_next := 0; v_write := 0 |};
     own := 0; lin := 0; tilt := 0; pulls := []; turns := [] |}.

(* ---- bounds ---- *)

Definition bounded (lo l hi : list Z) : Prop := forall g, nth g lo 0 <= nth g l 0 <= nth g hi 0.
Definition still (mv : list bool) (t : list Z) : Prop := forall g, nth g mv false = false -> nth g t 0 = 0.
Definition valid (pl : place) (m : profile) : Prop :=
  In m (members pl) /\ bounded (least pl) (pulls m) (most pl) /\ still (moving pl) (turns m).

Fixpoint zip (f : Z -> Z -> Z) (a b : list Z) : list Z :=
  match a, b with
  | [], _ => map (f 0) b
  | _, [] => map (fun x => f x 0) a
  | x :: a, y :: b => f x y :: zip f a b
  end.
Fixpoint zip_or (a : list bool) (t : list Z) : list bool :=
  match a, t with
  | _, [] => a
  | [], x :: t => negb (x =? 0) :: zip_or [] t
  | y :: a, x :: t => (y || negb (x =? 0)) :: zip_or a t
  end.
Definition place_of (ms : list profile) : place :=
  match ms with
  | [] => {| members := []; least := []; most := []; moving := [] |}
  | m :: rest =>
    {| members := ms;
       least := fold_left (fun acc m => zip Z.min acc (pulls m)) rest (pulls m);
       most := fold_left (fun acc m => zip Z.max acc (pulls m)) rest (pulls m);
       moving := fold_left (fun acc m => zip_or acc (turns m)) ms [] |}
  end.

Lemma nth_map_0 (h : Z -> Z) l g : h 0 = 0 -> nth g (map h l) 0 = h (nth g l 0).
Proof. intros H. rewrite <- H at 1. apply map_nth. Qed.
Lemma nth_zip f : f 0 0 = 0 -> forall a b g, nth g (zip f a b) 0 = f (nth g a 0) (nth g b 0).
Proof.
  intros H. induction a as [|x a IH]; intros b g.
  - cbn [zip]. rewrite (nth_map_0 (f 0)) by exact H. destruct g; reflexivity.
  - destruct b as [|y b].
    + cbn [zip]. rewrite (nth_map_0 (fun x => f x 0)) by exact H. destruct g; reflexivity.
    + destruct g; cbn [zip nth]; [reflexivity|apply IH].
Qed.
Lemma nth_zip_or a : forall t g, nth g (zip_or a t) false = (nth g a false || negb (nth g t 0 =? 0)).
Proof.
  induction a as [|y a IH]; intros t g.
  - revert g. induction t as [|x t IHt]; intros g; cbn [zip_or]; [destruct g; reflexivity|].
    destruct g; cbn [nth]; [reflexivity|]. rewrite IHt. destruct g; reflexivity.
  - destruct t as [|x t]; cbn [zip_or]; [destruct g; rewrite orb_false_r; reflexivity|].
    destruct g; cbn [nth]; [reflexivity|apply IH].
Qed.

Lemma fold_min ms : forall acc m g, m = acc \/ In m (map pulls ms) ->
  nth g (fold_left (fun acc m => zip Z.min acc (pulls m)) ms acc) 0 <= nth g m 0.
Proof.
  induction ms as [|a ms IH]; intros acc m g; cbn [fold_left map In]; [intros [->|[]]; lia|].
  intros [->|[<-|H]]; [| |apply IH; auto];
    (eapply Z.le_trans; [apply IH; left; reflexivity|]; rewrite nth_zip by reflexivity; lia).
Qed.
Lemma fold_max ms : forall acc m g, m = acc \/ In m (map pulls ms) ->
  nth g m 0 <= nth g (fold_left (fun acc m => zip Z.max acc (pulls m)) ms acc) 0.
Proof.
  induction ms as [|a ms IH]; intros acc m g; cbn [fold_left map In]; [intros [->|[]]; lia|].
  intros [->|[<-|H]]; [| |apply IH; auto];
    (eapply Z.le_trans; [|apply IH; left; reflexivity]; rewrite nth_zip by reflexivity; lia).
Qed.
Lemma fold_or ms : forall acc g, nth g (fold_left (fun acc m => zip_or acc (turns m)) ms acc) false = false ->
  nth g acc false = false /\ forall m, In m ms -> nth g (turns m) 0 = 0.
Proof.
  induction ms as [|a ms IH]; intros acc g; cbn [fold_left In]; [tauto|].
  intros H. destruct (IH _ _ H) as [H1 H2]. rewrite nth_zip_or in H1. apply orb_false_iff in H1. destruct H1 as [H1 H3].
  apply negb_false_iff, Z.eqb_eq in H3. split; [exact H1|]. intros m [<-|Hm]; auto.
Qed.
Lemma place_of_valid ms m : In m ms -> valid (place_of ms) m.
Proof.
  intros H. destruct ms as [|a rest]; [destruct H|]. unfold valid, place_of. cbn [members least most moving].
  assert (In' : pulls m = pulls a \/ In (pulls m) (map pulls rest)).
  { destruct H as [->|H]; [left; reflexivity|right; apply in_map, H]. }
  split; [exact H|split].
  - intros g. split; [apply fold_min|apply fold_max]; destruct In'; auto.
  - intros g Hg. apply (fold_or _ _ _ Hg), H.
Qed.

(* ---- ReLUs that are decided leave the problem ---- *)

Inductive status := On | Off | Open.
Definition decide (lo hi : Z) (moves : bool) : status :=
  if 0 <? lo then On else if hi <? 0 then Off else if (hi =? 0) && negb moves then Off else Open.
Fixpoint statuses (bs : list Z) (los his : list (list Z)) (mvs : list (list bool)) : list status :=
  match bs with
  | [] => []
  | b :: bs => decide (b + heads los) (b + heads his) (existsb (hd false) mvs)
               :: statuses bs (map (@tl Z) los) (map (@tl Z) his) (map (@tl bool) mvs)
  end.
Fixpoint kept {A} (sts : list status) (l : list A) : list A :=
  match sts, l with
  | Open :: sts, x :: l => x :: kept sts l
  | _ :: sts, _ :: l => kept sts l
  | _, _ => []
  end.
Fixpoint passed (sts : list status) (ws l : list Z) : Z :=
  match sts, ws, l with
  | On :: sts, w :: ws, x :: l => w * x + passed sts ws l
  | _ :: sts, _ :: ws, _ :: l => passed sts ws l
  | _, _, _ => 0
  end.
Definition reduce_profile (sts : list status) (ws : list Z) (m : profile) : profile :=
  {| seen := seen m; own := own m; lin := lin m + passed sts ws (pulls m); tilt := tilt m + passed sts ws (turns m);
     pulls := kept sts (pulls m); turns := kept sts (turns m) |}.
Definition reduce_place (sts : list status) (ws : list Z) (pl : place) : place :=
  {| members := map (reduce_profile sts ws) (members pl); least := kept sts (least pl); most := kept sts (most pl);
     moving := kept sts (moving pl) |}.
Definition reduce_problem (sts : list status) (pb : problem) : problem :=
  {| base := base pb + passed sts (weights pb) (biases pb); weights := kept sts (weights pb); biases := kept sts (biases pb) |}.

Lemma hd_nth {A} (l : list A) d : hd d l = nth 0 l d. Proof. destruct l; reflexivity. Qed.
Lemma tl_nth {A} (l : list A) d g : nth g (tl l) d = nth (S g) l d. Proof. destruct l, g; reflexivity. Qed.
Lemma bounded_tl lo l hi : bounded lo l hi -> bounded (tl lo) (tl l) (tl hi).
Proof. intros H g. rewrite !tl_nth. apply H. Qed.
Lemma still_tl mv t : still mv t -> still (tl mv) (tl t).
Proof. intros H g. rewrite !tl_nth. apply H. Qed.

Lemma kept_hd {A} (d : A) sts l : hd d (kept (Open :: sts) l) = hd d l.
Proof. destruct l; reflexivity. Qed.
Lemma kept_tl {A} sts (l : list A) : tl (kept (Open :: sts) l) = kept sts (tl l).
Proof. destruct l; cbn; [destruct sts as [|[] ?]; reflexivity|reflexivity]. Qed.
Lemma kept_skip {A} st sts (l : list A) : st <> Open -> kept (st :: sts) l = kept sts (tl l).
Proof. intros H. destruct l; cbn [kept tl]; destruct st; try congruence; destruct sts as [|[] ?]; reflexivity. Qed.
Lemma passed_nil sts ws : passed sts ws [] = 0.
Proof. destruct sts as [|[] ?], ws; reflexivity. Qed.
Lemma passed_cons st sts w ws l :
  passed (st :: sts) (w :: ws) l = (match st with On => w * hd 0 l | _ => 0 end) + passed sts ws (tl l).
Proof. destruct l; cbn [passed hd tl]; [rewrite passed_nil|]; destruct st; try lia. Qed.

Lemma kept_valid sts : forall lo l hi, bounded lo l hi -> bounded (kept sts lo) (kept sts l) (kept sts hi).
Proof.
  induction sts as [|st sts IH]; intros lo l hi H.
  - intros g. destruct lo, l, hi, g; cbn; lia.
  - destruct st; try (rewrite !kept_skip by discriminate; apply IH, bounded_tl, H).
    intros [|g].
    + rewrite <- !hd_nth, !(kept_hd 0). rewrite !hd_nth. apply H.
    + rewrite <- !tl_nth, !kept_tl. apply IH, bounded_tl, H.
Qed.
Lemma kept_still sts : forall mv t, still mv t -> still (kept sts mv) (kept sts t).
Proof.
  induction sts as [|st sts IH]; intros mv t H.
  - intros g. destruct t, g; reflexivity.
  - destruct st; try (rewrite !kept_skip by discriminate; apply IH, still_tl, H).
    intros [|g].
    + rewrite <- !hd_nth, (kept_hd false), (kept_hd 0). rewrite !hd_nth. apply H.
    + rewrite <- !tl_nth, !kept_tl. apply IH, still_tl, H.
Qed.

Section Reduce.
  Context {I : Type} (zs : list I).
  Definition sum_over (f : I -> Z) : Z := fold_right (fun z s => f z + s) 0 zs.
  Lemma sum_over_le f g : (forall z, In z zs -> f z <= g z) -> sum_over f <= sum_over g.
  Proof. unfold sum_over. induction zs; cbn; intros H; [lia|]. specialize (IHl (fun z Hz => H z (or_intror Hz))). specialize (H a (or_introl eq_refl)). lia. Qed.
  Lemma sum_over_add f g : sum_over (fun z => f z + g z) = sum_over f + sum_over g.
  Proof. unfold sum_over. induction zs; cbn; [reflexivity|]. rewrite IHl. ring. Qed.
  Lemma sum_over_scale w f : sum_over (fun z => w * f z) = w * sum_over f.
  Proof. unfold sum_over. induction zs; cbn; [ring|]. rewrite IHl. ring. Qed.
  Lemma sum_over_0 : sum_over (fun _ => 0) = 0.
  Proof. unfold sum_over. induction zs; cbn; [reflexivity|assumption]. Qed.
  Lemma sum_over_ext f g : (forall z, f z = g z) -> sum_over f = sum_over g.
  Proof. intros H. unfold sum_over. induction zs; cbn; [reflexivity|]. rewrite H, IHl. reflexivity. Qed.
  Lemma heads_map f : heads (map f zs) = sum_over (fun z => hd 0 (f z)).
  Proof. unfold sum_over, heads. induction zs; cbn; [reflexivity|]. rewrite IHl. reflexivity. Qed.

  Lemma reduce_ok bs : forall ws (lo pull hi turn : I -> list Z) (mv : I -> list bool),
    length ws = length bs ->
    (forall z, In z zs -> bounded (lo z) (pull z) (hi z) /\ still (mv z) (turn z)) ->
    let sts := statuses bs (map lo zs) (map hi zs) (map mv zs) in
    let pull' z := kept sts (pull z) in
    gates_value ws bs (map pull zs) = passed sts ws bs + sum_over (fun z => passed sts ws (pull z))
      + gates_value (kept sts ws) (kept sts bs) (map pull' zs) /\
    (forall z, In z zs -> gates_slope ws bs (map pull zs) (turn z)
      = passed sts ws (turn z) + gates_slope (kept sts ws) (kept sts bs) (map pull' zs) (kept sts (turn z))) /\
    (gates_fine (kept sts bs) (map pull' zs) (map (fun z => kept sts (turn z)) zs) ->
      gates_fine bs (map pull zs) (map turn zs)).
  Proof.
    induction bs as [|b bs IH]; intros [|w ws] lo pull hi turn mv L V; try discriminate.
    - cbn. rewrite sum_over_0. repeat split; auto.
    - injection L as L. cbn [statuses]. rewrite !heads_map.
      rewrite !map_map.
      specialize (IH ws (fun z => tl (lo z)) (fun z => tl (pull z)) (fun z => tl (hi z)) (fun z => tl (turn z))
        (fun z => tl (mv z)) L).
      destruct IH as (IHv & IHs & IHf).
      { intros z Hz. destruct (V z Hz). split; [apply bounded_tl|apply still_tl]; assumption. }
      set (sts := statuses bs (map (fun z => tl (lo z)) zs) (map (fun z => tl (hi z)) zs) (map (fun z => tl (mv z)) zs)) in *.
      set (st := decide _ _ _). cbv zeta.
      assert (Lo : sum_over (fun z => hd 0 (lo z)) <= sum_over (fun z => hd 0 (pull z))).
      { apply sum_over_le. intros z Hz. rewrite !hd_nth. destruct (V z Hz) as [B _]. apply (B 0%nat). }
      assert (Hi : sum_over (fun z => hd 0 (pull z)) <= sum_over (fun z => hd 0 (hi z))).
      { apply sum_over_le. intros z Hz. rewrite !hd_nth. destruct (V z Hz) as [B _]. apply (B 0%nat). }
      assert (St : match st with On => 0 < b + sum_over (fun z => hd 0 (pull z))
        | Off => b + sum_over (fun z => hd 0 (pull z)) <= 0 /\
                 (b + sum_over (fun z => hd 0 (pull z)) = 0 -> forall z, In z zs -> hd 0 (turn z) = 0)
        | Open => True end).
      { unfold st, decide. destruct (Z.ltb_spec 0 (b + sum_over (fun z => hd 0 (lo z)))); [lia|].
        destruct (Z.ltb_spec (b + sum_over (fun z => hd 0 (hi z))) 0); [lia|].
        destruct (Z.eqb_spec (b + sum_over (fun z => hd 0 (hi z))) 0); [|exact Logic.I]. cbn [andb].
        destruct (existsb _ _) eqn:E; [exact Logic.I|]. split; [lia|]. intros _ z Hz.
        rewrite hd_nth. destruct (V z Hz) as [_ B]. apply (B 0%nat). rewrite <- hd_nth.
        destruct (hd false (mv z)) eqn:E'; [|reflexivity]. exfalso.
        assert (X : existsb (hd false) (map mv zs) = true) by (apply existsb_exists; exists (mv z); split; [apply in_map, Hz|exact E']).
        congruence. }
      clearbody st.
      assert (Pv : passed (st :: sts) (w :: ws) (b :: bs) + sum_over (fun z => passed (st :: sts) (w :: ws) (pull z)) =
        match st with On => w * (b + sum_over (fun z => hd 0 (pull z))) | _ => 0 end
        + (passed sts ws bs + sum_over (fun z => passed sts ws (tl (pull z))))).
      { rewrite passed_cons. cbn [hd tl].
        rewrite (sum_over_ext _ (fun z => match st with On => w * hd 0 (pull z) | _ => 0 end + passed sts ws (tl (pull z))))
          by (intros; apply passed_cons).
        rewrite sum_over_add. destruct st; rewrite ?sum_over_0, ?sum_over_scale; ring. }
      rewrite Pv. cbn [gates_value gates_slope gates_fine]. rewrite !heads_map, !map_map.
      split; [|split].
      + rewrite IHv. destruct st; rewrite ?(kept_skip _ sts) by discriminate.
        * rewrite (map_ext (fun z => kept (On :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_skip; discriminate). cbn [tl]. rewrite Z.max_r by lia. ring.
        * rewrite (map_ext (fun z => kept (Off :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_skip; discriminate). cbn [tl]. rewrite Z.max_l by lia. ring.
        * change (kept (Open :: sts) (w :: ws)) with (w :: kept sts ws). change (kept (Open :: sts) (b :: bs)) with (b :: kept sts bs). cbn [gates_value]. rewrite heads_map, map_map.
          rewrite (sum_over_ext (fun z => hd 0 (kept (Open :: sts) (pull z))) (fun z => hd 0 (pull z))) by (intros; apply (kept_hd 0)).
          rewrite (map_ext (fun z => tl (kept (Open :: sts) (pull z))) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_tl). ring.
      + intros z Hz. rewrite (IHs z Hz), passed_cons. destruct st; rewrite ?(kept_skip _ sts) by discriminate.
        * rewrite (map_ext (fun z => kept (On :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_skip; discriminate). cbn [tl].
          destruct (Z.ltb_spec 0 (b + sum_over (fun z => hd 0 (pull z)))); [ring|lia].
        * rewrite (map_ext (fun z => kept (Off :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_skip; discriminate). cbn [tl].
          destruct (Z.ltb_spec 0 (b + sum_over (fun z => hd 0 (pull z)))); [lia|ring].
        * change (kept (Open :: sts) (w :: ws)) with (w :: kept sts ws). change (kept (Open :: sts) (b :: bs)) with (b :: kept sts bs). cbn [gates_slope]. rewrite heads_map, map_map.
          rewrite (sum_over_ext (fun z => hd 0 (kept (Open :: sts) (pull z))) (fun z => hd 0 (pull z))) by (intros; apply (kept_hd 0)).
          rewrite (map_ext (fun z => tl (kept (Open :: sts) (pull z))) (fun z => kept sts (tl (pull z)))) by (intros; apply kept_tl).
          change (kept (Open :: sts) (turn z)) with (kept (Open :: sts) (turn z)). rewrite (kept_hd 0), kept_tl. ring.
      + intros H. destruct st.
        * rewrite !(kept_skip On) in H by discriminate. split; [left; lia|]. apply IHf.
          rewrite (map_ext (fun z => kept (On :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) in H by (intros; apply kept_skip; discriminate).
             rewrite (map_ext (fun z => kept (On :: sts) (turn z)) (fun z => kept sts (tl (turn z)))) in H by (intros; apply kept_skip; discriminate). exact H.
        * rewrite !(kept_skip Off) in H by discriminate. split.
          -- destruct (Z.eq_dec (b + sum_over (fun z => hd 0 (pull z))) 0) as [E|E]; [right|left; exact E].
             intros t Ht. apply in_map_iff in Ht. destruct Ht as (z & <- & Hz). apply (proj2 St E z Hz).
          -- apply IHf. rewrite (map_ext (fun z => kept (Off :: sts) (pull z)) (fun z => kept sts (tl (pull z)))) in H by (intros; apply kept_skip; discriminate).
             rewrite (map_ext (fun z => kept (Off :: sts) (turn z)) (fun z => kept sts (tl (turn z)))) in H by (intros; apply kept_skip; discriminate). exact H.
        * change (kept (Open :: sts) (b :: bs)) with (b :: kept sts bs) in H. cbn [gates_fine] in H. rewrite heads_map, !map_map in H. destruct H as [H1 H2].
          rewrite (sum_over_ext (fun z => hd 0 (kept (Open :: sts) (pull z))) (fun z => hd 0 (pull z))) in H1 by (intros; apply (kept_hd 0)).
          split.
          -- destruct H1 as [H1|H1]; [left; exact H1|right]. intros t Ht. apply in_map_iff in Ht. destruct Ht as (z & <- & Hz).
             rewrite <- (kept_hd 0 sts). apply H1. apply in_map_iff. exists z. auto.
          -- apply IHf. rewrite (map_ext (fun z => tl (kept (Open :: sts) (pull z))) (fun z => kept sts (tl (pull z)))) in H2 by (intros; apply kept_tl).
             rewrite (map_ext (fun z => tl (kept (Open :: sts) (turn z))) (fun z => kept sts (tl (turn z)))) in H2 by (intros; apply kept_tl). exact H2.
  Qed.
End Reduce.
