(* The search: boxes of letters are split until f-bar and every ReLU are decided, then constants are compared.
   What splits a box, and where, is not proved: both halves are searched, so nothing can be skipped. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WP Require Import Statement Questions Gates.
Import ListNotations.
Open Scope Z_scope.

Section Search.
Variables (spec : prog) (unit : Z).

(* ---- what is to be shown of nine letters ---- *)

Definition outcome_of (ms : list profile) : outcome := run_prog spec (fun p => seen (nth p ms nobody)).
Definition right_at (pb : problem) (ms : list profile) : Prop :=
  let o := outcome_of ms in
  gates_fine (biases pb) (map pulls ms) (map turns ms) /\
  base pb + lins ms + gates_value (weights pb) (biases pb) (map pulls ms)
    = unit * ((if keeps o then own (nth centre ms nobody) else 0) + offset o) /\
  forall p, (p < length ms)%nat ->
    tilt (nth p ms nobody) + gates_slope (weights pb) (biases pb) (map pulls ms) (turns (nth p ms nobody))
    = unit * (if (p =? centre)%nat then slope o else 0).

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
