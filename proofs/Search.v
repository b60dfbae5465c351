(* The search: boxes of letters are split until f-bar and every ReLU are decided, then constants are compared.
   What splits a box, and where, is not proved: both halves are searched, so nothing can be skipped. A ReLU whose sign is
   the same on a whole box is taken out of the problem: what it passes on is added to the letters. *)
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

(* ---- what is to be shown of nine letters ---- *)

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

Section Search.
Variables (spec : prog) (unit : Z).

Definition outcome_of (ms : list profile) : outcome := run_prog spec (fun p => seen (nth p ms nobody)).
Definition right_at (pb : problem) (ms : list profile) : Prop :=
  let o := outcome_of ms in
  gates_fine (biases pb) (map pulls ms) (map turns ms) /\
  base pb + lins ms + gates_value (weights pb) (biases pb) (map pulls ms)
    = unit * ((if keeps o then own (nth centre ms nobody) else 0) + offset o) /\
  forall p, (p < length ms)%nat ->
    tilt (nth p ms nobody) + gates_slope (weights pb) (biases pb) (map pulls ms) (turns (nth p ms nobody))
    = unit * (if (p =? centre)%nat then slope o else 0).

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

(* ---- a problem whose ReLUs are all decided, at a box on which f-bar is decided ---- *)

Definition key (o : outcome) (p : nat) (m : profile) : Z :=
  lin m - (if keeps o && (p =? centre)%nat then unit * own m else 0).
Definition first_key (o : outcome) (p : nat) (pl : place) : Z :=
  match members pl with [] => 0 | m :: _ => key o p m end.
Fixpoint leaf_from (o : outcome) (p : nat) (box : list place) : bool :=
  match box with
  | [] => true
  | pl :: box =>
    let k := first_key o p pl in
    let t := unit * (if (p =? centre)%nat then slope o else 0) in
    forallb (fun m => (key o p m =? k) && (tilt m =? t)) (members pl) && leaf_from o (S p) box
  end.
Fixpoint keys_from (o : outcome) (p : nat) (box : list place) : Z :=
  match box with [] => 0 | pl :: box => first_key o p pl + keys_from o (S p) box end.
Definition leaf (pb : problem) (o : outcome) (box : list place) : bool :=
  (length box =? 9)%nat && leaf_from o 0 box && (base pb + keys_from o 0 box =? unit * offset o).

(* f-bar on a box: its outcome, or a question that the box leaves open *)
Definition members_at (box : list place) (p : nat) : list profile := members (nth p box (place_of [])).
Fixpoint run_box (s : prog) (box : list place) : outcome + nat * question :=
  match s with
  | Ret o => inl o
  | Ask p q k =>
    match members_at box p with
    | [] => inr (p, q)
    | m :: ms => let a := ask (seen m) q in if forallb (fun m' => ask (seen m') q =? a) ms then run_box (k a) box else inr (p, q)
    end
  end.

Fixpoint widest (p : nat) (box : list place) (best : Z * (nat * Z)) : Z * (nat * Z) :=
  match box with
  | [] => best
  | pl :: box =>
    let low := hd 0 (least pl) in
    let spread := hd 0 (most pl) - low in
    widest (S p) box (if fst best <? spread then (spread, (p, low + spread / 2)) else best)
  end.
Fixpoint set_place (p : nat) (pl : place) (box : list place) : list place :=
  match p, box with
  | _, [] => []
  | O, _ :: box => pl :: box
  | S p, a :: box => a :: set_place p pl box
  end.
Definition is_open (st : status) : bool := match st with Open => true | _ => false end.
Definition nobody_in (pl : place) : bool := match members pl with [] => true | _ => false end.

Fixpoint search (fuel : nat) (pb : problem) (box : list place) : bool :=
  if existsb nobody_in box then true else
  match fuel with
  | O => false
  | S fuel =>
    let split p (part : profile -> bool) :=
      let ms := members_at box p in
      search fuel pb (set_place p (place_of (filter part ms)) box)
      && search fuel pb (set_place p (place_of (filter (fun m => negb (part m)) ms)) box) in
    match run_box spec box with
    | inr (p, q) =>
      match members_at box p with [] => false | m :: _ => let a := ask (seen m) q in split p (fun m' => ask (seen m') q =? a) end
    | inl o =>
      match weights pb with
      | [] => leaf pb o box
      | _ =>
        let sts := statuses (biases pb) (map least box) (map most box) (map moving box) in
        if forallb is_open sts then
          match widest 0 box (0, (0%nat, 0)) with
          | (spread, (p, at_)) => if 0 <? spread then split p (fun m => hd 0 (pulls m) <=? at_) else false
          end
        else search fuel (reduce_problem sts pb) (map (reduce_place sts (weights pb)) box)
      end
    end
  end.

(* ---- the search is sound ---- *)

Definition fits (box : list place) (ms : list profile) : Prop := Forall2 valid box ms.

Lemma fits_length box ms : fits box ms -> length box = length ms.
Proof. intros H. induction H; cbn [length]; congruence. Qed.
Lemma fits_nth box ms p : fits box ms -> (p < length box)%nat -> valid (nth p box (place_of [])) (nth p ms nobody).
Proof.
  intros H. revert p. induction H; intros p Hp; cbn [length] in Hp; [lia|]. destruct p; cbn [nth]; [assumption|].
  apply IHForall2. lia.
Qed.
Lemma fits_members box ms p m l : fits box ms -> members_at box p = m :: l -> In (nth p ms nobody) (m :: l).
Proof.
  intros H E. rewrite <- E. unfold members_at in *.
  destruct (Nat.lt_ge_cases p (length box)) as [Hp|Hp]; [apply (fits_nth _ _ _ H Hp)|].
  rewrite nth_overflow in E by exact Hp. discriminate.
Qed.
Lemma run_box_sound box ms o : fits box ms -> forall s, run_box s box = inl o -> run_prog s (fun p => seen (nth p ms nobody)) = o.
Proof.
  intros Hf. induction s as [o'|p q k IH]; cbn [run_box run_prog]; [congruence|].
  destruct (members_at box p) as [|m l] eqn:E; [discriminate|].
  destruct (forallb _ l) eqn:Ha; [|discriminate]. rewrite forallb_forall in Ha.
  pose proof (fits_members _ _ _ _ _ Hf E) as Hin.
  assert (Hg : ask (seen (nth p ms nobody)) q = ask (seen m) q).
  { destruct Hin as [<-|Hin]; [reflexivity|]. apply Z.eqb_eq, Ha, Hin. }
  rewrite Hg. apply IH.
Qed.
Lemma fits_set box ms : fits box ms -> forall p pl, ((p < length box)%nat -> valid pl (nth p ms nobody)) -> fits (set_place p pl box) ms.
Proof.
  intros H. induction H as [|a m box ms Ha H IH]; intros p pl Hv; destruct p; cbn [set_place]; constructor; auto.
  - apply Hv. cbn. lia.
  - apply IH. intros Hp. apply Hv. cbn. lia.
Qed.

Lemma leaf_from_sound o box ms : fits box ms -> forall p, leaf_from o p box = true ->
  (forall q, (q < length ms)%nat -> tilt (nth q ms nobody) = unit * (if (p + q =? centre)%nat then slope o else 0)) /\
  lins ms = keys_from o p box + (if keeps o && (p <=? centre)%nat && (centre <? p + length ms)%nat then unit * own (nth (centre - p) ms nobody) else 0).
Proof.
  intros H. induction H as [|pl m box ms Hv H IH]; intros p; cbn [leaf_from].
  - intros _. split; [intros q Hq; cbn in Hq; lia|]. cbn [lins fold_right keys_from length].
    destruct (Nat.leb_spec p centre), (Nat.ltb_spec centre (p + 0)); rewrite ?andb_false_r; cbn [andb]; try reflexivity; lia.
  - intros E. apply andb_prop in E. destruct E as [E1 E2]. destruct (IH _ E2) as [T L].
    rewrite forallb_forall in E1. specialize (E1 m (proj1 Hv)). apply andb_prop in E1. destruct E1 as [K T1].
    apply Z.eqb_eq in K, T1. split.
    + intros [|q] Hq; cbn [nth].
      * rewrite Nat.add_0_r. exact T1.
      * cbn [length] in Hq. rewrite T by lia. replace (S p + q)%nat with (p + S q)%nat by lia. reflexivity.
    + cbn [lins fold_right keys_from]. fold (lins ms). rewrite L, <- K. unfold key. cbn [length].
      replace (S p + length ms)%nat with (p + S (length ms))%nat by lia.
      destruct (Nat.eqb_spec p centre) as [->|N].
      * rewrite Nat.sub_diag. cbn [nth]. replace (S centre <=? centre)%nat with false by (symmetry; apply Nat.leb_gt; lia).
        rewrite Nat.leb_refl, andb_false_r. replace (centre <? centre + S (length ms))%nat with true by (symmetry; apply Nat.ltb_lt; lia).
        rewrite !andb_true_r. destruct (keeps o); cbn [andb]; ring.
      * rewrite andb_false_r.
        destruct (Nat.leb_spec (S p) centre), (Nat.leb_spec p centre); try lia; rewrite ?andb_false_r; cbn [andb]; [|ring].
        replace (centre - p)%nat with (S (centre - S p)) by lia. cbn [nth]. ring.
Qed.

Lemma leaf_sound pb o box ms : fits box ms -> weights pb = [] -> length (weights pb) = length (biases pb) ->
  outcome_of ms = o -> leaf pb o box = true -> right_at pb ms.
Proof.
  intros Hf W L Ho H. unfold leaf in H. rewrite !andb_true_iff in H. destruct H as [[H9 H1] H2].
  apply Nat.eqb_eq in H9. apply Z.eqb_eq in H2. destruct (leaf_from_sound o box ms Hf 0%nat H1) as [T S].
  rewrite W in L. destruct (biases pb) eqn:B; [|discriminate].
  assert (LM : length ms = 9%nat) by (rewrite <- H9; symmetry; apply fits_length, Hf).
  unfold right_at. rewrite Ho, W, B. cbn [gates_value gates_slope gates_fine]. split; [exact Logic.I|split].
  - rewrite S, LM. change ((0 <=? centre)%nat && (centre <? 0 + 9)%nat) with true.
    change (centre - 0)%nat with centre. rewrite <- andb_assoc.
    change ((0 <=? centre)%nat && (centre <? 0 + 9)%nat) with true. rewrite andb_true_r. destruct (keeps o); lia.
  - intros p Hp. rewrite Z.add_0_r. apply (T p Hp).
Qed.

Lemma reduce_place_valid sts ws pl m : valid pl m -> valid (reduce_place sts ws pl) (reduce_profile sts ws m).
Proof.
  intros (H1 & H2 & H3). unfold valid, reduce_place, reduce_profile. cbn [members least most moving pulls turns].
  split; [|split; [apply kept_valid, H2|apply kept_still, H3]].
  change (In (reduce_profile sts ws m) (map (reduce_profile sts ws) (members pl))). apply in_map, H1.
Qed.

Lemma fits_reduced sts ws box ms : fits box ms -> fits (map (reduce_place sts ws) box) (map (reduce_profile sts ws) ms).
Proof. intros H. induction H; cbn [map]; constructor; [apply reduce_place_valid|]; assumption. Qed.

Lemma kept_length {A B} (sts : list status) : forall (a : list A) (b : list B), length a = length b -> length (kept sts a) = length (kept sts b).
Proof.
  induction sts as [|[] sts IH]; intros [|x a] [|y b] H; cbn [length kept] in *; try discriminate; try reflexivity; auto.
Qed.

Lemma nth_reduced sts ws ms p : (p < length ms)%nat ->
  nth p (map (reduce_profile sts ws) ms) nobody = reduce_profile sts ws (nth p ms nobody).
Proof.
  intros H. rewrite nth_indep with (d' := reduce_profile sts ws nobody) by (rewrite map_length; exact H). apply map_nth.
Qed.
Lemma seen_reduced sts ws ms p : seen (nth p (map (reduce_profile sts ws) ms) nobody) = seen (nth p ms nobody)
  /\ own (nth p (map (reduce_profile sts ws) ms) nobody) = own (nth p ms nobody).
Proof.
  destruct (Nat.lt_ge_cases p (length ms)); [rewrite nth_reduced by assumption; auto|].
  rewrite !nth_overflow by (rewrite ?map_length; assumption). auto.
Qed.
Lemma run_prog_ext s X Y : (forall p, X p = Y p) -> run_prog s X = run_prog s Y.
Proof. intros H. induction s as [|p q k IH]; cbn [run_prog]; [reflexivity|]. rewrite H. apply IH. Qed.

Lemma reduce_sound pb box ms : fits box ms -> length (weights pb) = length (biases pb) ->
  let sts := statuses (biases pb) (map least box) (map most box) (map moving box) in
  right_at (reduce_problem sts pb) (map (reduce_profile sts (weights pb)) ms) -> right_at pb ms.
Proof.
  intros Hf L sts.
  set (zs := combine box ms).
  assert (LL : length box = length ms) by (apply fits_length, Hf).
  assert (E1 : map fst zs = box /\ map snd zs = ms).
  { unfold zs. clear -LL. revert ms LL. induction box; intros [|m ms] LL; try discriminate; [auto|].
    injection LL as LL. destruct (IHbox ms LL). cbn. split; congruence. }
  destruct E1 as [Eb Em].
  assert (V : forall z, In z zs -> bounded (least (fst z)) (pulls (snd z)) (most (fst z)) /\ still (moving (fst z)) (turns (snd z))).
  { clear -Hf. unfold zs. induction Hf as [|pl m box ms Hv Hf IH]; intros z Hz; [destruct Hz|].
    destruct Hz as [<-|Hz]; [apply (proj2 Hv)|apply IH, Hz]. }
  destruct (reduce_ok zs (biases pb) (weights pb) (fun z => least (fst z)) (fun z => pulls (snd z)) (fun z => most (fst z))
    (fun z => turns (snd z)) (fun z => moving (fst z)) L V) as (Rv & Rs & Rf).
  rewrite <- !(map_map fst), Eb in Rv, Rs, Rf. fold sts in Rv, Rs, Rf.
  rewrite <- (map_map snd pulls) in Rv, Rf. rewrite <- (map_map snd turns) in Rf.
  rewrite <- (map_map snd (fun m => kept sts (pulls m))) in Rv, Rf. rewrite <- (map_map snd (fun m => kept sts (turns m))) in Rf.
  assert (Rs' : forall m, In m ms -> gates_slope (weights pb) (biases pb) (map pulls ms) (turns m) =
      passed sts (weights pb) (turns m) +
      gates_slope (kept sts (weights pb)) (kept sts (biases pb)) (map (fun m => kept sts (pulls m)) ms) (kept sts (turns m))).
  { intros m Hm. rewrite <- Em in Hm. apply in_map_iff in Hm. destruct Hm as (z & <- & Hz). specialize (Rs z Hz).
    rewrite <- (map_map snd pulls), <- (map_map snd (fun m => kept sts (pulls m))), Em in Rs. exact Rs. }
  rewrite !Em in Rv, Rf. clear Rs.
  assert (Sum : sum_over zs (fun z => passed sts (weights pb) (pulls (snd z))) = fold_right (fun m s => passed sts (weights pb) (pulls m) + s) 0 ms).
  { unfold sum_over. rewrite <- Em. clear. induction zs; cbn; [reflexivity|]. rewrite IHzs. reflexivity. }
  rewrite Sum in Rv. unfold right_at. set (mr := map (reduce_profile sts (weights pb)) ms).
  assert (O : outcome_of mr = outcome_of ms).
  { unfold outcome_of. apply run_prog_ext. intros p. apply seen_reduced. }
  rewrite O. cbn [reduce_problem base weights biases]. unfold mr at 1 2 3 4. rewrite !map_map. cbn [reduce_profile pulls turns].
  intros (F & Vl & Sl). split; [apply Rf, F|split].
  - rewrite Rv. unfold mr in Vl. rewrite (proj2 (seen_reduced _ _ _ _)) in Vl. rewrite <- Vl.
    assert (Li : lins (map (reduce_profile sts (weights pb)) ms) = lins ms + fold_right (fun m s => passed sts (weights pb) (pulls m) + s) 0 ms).
    { clear. induction ms; cbn [map lins fold_right]; [reflexivity|]. fold (lins ms). unfold lins in IHms. rewrite IHms.
      cbn [reduce_profile lin]. unfold lins. ring. }
    rewrite Li. ring.
  - intros p Hp. unfold mr in Sl. rewrite map_length in Sl. specialize (Sl p Hp). rewrite nth_reduced in Sl by exact Hp.
    cbn [reduce_profile tilt turns] in Sl. rewrite <- Sl, Rs' by (apply nth_In, Hp). rewrite map_map. cbn [reduce_profile pulls]. ring.
Qed.

Theorem search_sound fuel : forall pb box ms, length (weights pb) = length (biases pb) -> fits box ms ->
  search fuel pb box = true -> right_at pb ms.
Proof.
  induction fuel as [|fuel IH]; intros pb box ms L Hf; cbn [search];
    (destruct (existsb nobody_in box) eqn:E;
      [intros _; exfalso; apply existsb_exists in E; destruct E as (pl & Hpl & E);
       apply In_nth with (d := place_of []) in Hpl; destruct Hpl as (p & Hp & <-);
       destruct (fits_nth _ _ _ Hf Hp) as [Hin _]; unfold nobody_in in E; destruct (members _); [destruct Hin|discriminate]|]);
    [discriminate|].
  assert (Split : forall p part,
    search fuel pb (set_place p (place_of (filter part (members_at box p))) box)
    && search fuel pb (set_place p (place_of (filter (fun m => negb (part m)) (members_at box p))) box) = true -> right_at pb ms).
  { intros p part H. apply andb_prop in H. destruct H as [H1 H2].
    destruct (part (nth p ms nobody)) eqn:Hp; [apply (IH _ _ ms L) in H1; [exact H1|]|apply (IH _ _ ms L) in H2; [exact H2|]];
      (apply fits_set; [exact Hf|]; intros Hl; apply place_of_valid, filter_In; split;
       [apply (fits_nth _ _ _ Hf Hl)|rewrite Hp; reflexivity]). }
  destruct (run_box spec box) as [o|[p q]] eqn:Ho.
  - apply (run_box_sound _ _ _ Hf) in Ho. destruct (weights pb) eqn:W.
    + apply leaf_sound; auto. rewrite W. exact L.
    + rewrite <- W in L |- *. destruct (forallb is_open _).
      * destruct (widest 0 box (0, (0%nat, 0))) as [spread [p at_]]. destruct (0 <? spread); [apply Split|discriminate].
      * intros H. apply (reduce_sound pb box ms Hf L). apply (IH _ _ (map (reduce_profile (statuses (biases pb) (map least box) (map most box) (map moving box)) (weights pb)) ms)) in H; [exact H| |].
        -- cbn [reduce_problem weights biases]. apply kept_length, L.
        -- apply fits_reduced, Hf.
  - destruct (members_at box p) eqn:Em; [discriminate|]. rewrite <- Em. apply Split.
Qed.
End Search.
