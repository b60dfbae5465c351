(* From the text of a certificate to what the extracted checker says of it. Not verified: this file, json.ml and main.ml. *)
open Checker

exception Refused of string

let refuse what = raise (Refused (if String.length what > 80 then String.sub what 0 77 ^ "..." else what))
let field k = function
  | Json.Object fields -> (match List.assoc_opt k fields with Some v -> v | None -> refuse ("no key " ^ k))
  | _ -> refuse ("expected an object with " ^ k)
let list = function Json.Array l -> l | _ -> refuse "expected an array"
let text = function Json.String s -> s | _ -> refuse "expected a string"
let bool = function Json.Bool b -> b | _ -> refuse "expected true or false"
(* Small enough that no sum of places, states or columns leaves a machine integer of 31 bits. *)
let int = function
  | Json.Number s -> (match int_of_string_opt s with Some n when string_of_int n = s && abs n <= 1_000_000 -> n | _ -> refuse ("not a small integer: " ^ s))
  | _ -> refuse "expected an integer"
let natural v = let n = int v in if n < 0 then refuse "expected a natural number" else n

let digits s = s <> "" && String.length s <= 4_002 && (let ok = ref true in String.iter (fun c -> if c < '0' || c > '9' then ok := false) s; !ok)
(* One spelling a number: 0, n or n/d, reduced, d > 1. *)
let rational s =
  let integer s =
    let body = if s <> "" && s.[0] = '-' then String.sub s 1 (String.length s - 1) else s in
    if digits body && (body = "0" && s = "0" || body.[0] <> '0') then Integer.of_string s else refuse ("not a number: " ^ s) in
  match String.split_on_char '/' s with
  | [n] -> { qnum = integer n; qden = Integer.one }
  | [n; d] when digits d && d.[0] <> '0' && d <> "1" ->
    let n = integer n and d = integer d in
    if Integer.equal (Integer.lcm n d) (Integer.abs (Integer.mul n d)) && Integer.sign n <> 0 then { qnum = n; qden = d }
    else refuse ("not reduced: " ^ s)
  | _ -> refuse ("not a number: " ^ s)

let move = function "up" -> Up | "down" -> Down | "left" -> Left | "right" -> Right | "stay" -> Stay | s -> refuse ("no move: " ^ s)
let entry v = match list v with
  | [w; m; q] -> { write = Integer.of_int (int w); go = move (text m); next = natural q }
  | _ -> refuse "expected [write, move, next]"
let state v = match list v with
  | [blank; one; minus] -> ((entry blank, entry one), entry minus)
  | _ -> refuse "expected three entries"
(* Columns rise and stay below the number of inputs; no weight is 0. *)
let row inputs v =
  let entry last e = match list e with
    | [c; w] ->
      let c = natural c and w = rational (text w) in
      if c <= last || c >= inputs then refuse "columns that do not rise, or past the inputs";
      if Integer.sign w.qnum = 0 then refuse "a weight 0";
      (c, (c, w))
    | _ -> refuse "expected [column, weight]" in
  match list v with
  | bias :: entries -> (rational (text bias), snd (List.fold_left_map entry (-1) entries))
  | [] -> refuse "expected a row"
(* Each layer has as many inputs as the one before has rows. *)
let network inputs v =
  let layer width l =
    if natural (field "inputs" l) <> width then refuse "a layer has another number of inputs";
    let rows = List.map (row width) (list (field "rows" l)) in
    (List.length rows, { relu = bool (field "relu" l); rows }) in
  snd (List.fold_left_map layer inputs (list (field "layers" v)))

(* Counts are compared, not counted up to. *)
let count = function
  | Json.Number s -> (match int_of_string_opt s with Some n when string_of_int n = s && 0 <= n && n <= 1_000_000_000 -> n | _ -> refuse ("not a count: " ^ s))
  | _ -> refuse "expected a count"
let weights v =
  { set_size = count (field "setSize" v); distinct = count (field "distinct" v); nonzero = count (field "nonzero" v);
    widths = List.map count (list (field "widths" v)); width_bound = count (field "widthBound" v);
    within_width_bound = bool (field "withinWidthBound" v) }
let code v =
  let scale = text (field "scale" v) in
  if not (digits scale) || scale.[0] = '0' then refuse ("not a scale: " ^ scale);
  { code_states = count (field "states" v); code_digits = count (field "stateDigits" v); code_last = count (field "lastIndex" v);
    code_scale = Integer.of_string scale }

(* Limits, which leave a text undecided: cell values of an alphabet; steps for every text and for each of its bytes; entries of
   the two tables through which letters pass. *)
let max_letters = 200_000
let steps_base = 300_000_000
let steps_per_byte = 2_000
let max_table = 8_000_000

let within_limits machine alphabet filter =
  let states = List.length machine in
  let rec digits n = if 1 lsl n >= states then n else digits (n + 1) in
  let rec power n = if n = 0 then 1 else if n > 20 then max_int else 3 * power (n - 1) in
  let letters = match alphabet with WellFormed -> 10 + 4 * states | Full -> power (4 + digits 0) + 1 in
  if letters > max_letters then Some "letters"
  else
    let sizes = List.map (fun l -> List.length l.rows) filter in
    let rec tables = function a :: (b :: _ as rest) -> (a * b > max_table) || tables rest | _ -> false in
    if List.exists (fun n -> n > 1_000_000) sizes || tables sizes then Some "work" else None

type answer =
  | Decided of (string * bool) list (* each claim, and whether it was accepted *)
  | Limit of string
  | Left_alone of string (* why the text is no certificate that is decided here *)

let decide content =
  match
    let c = Json.parse content in
    if List.map (fun key -> text (field key c)) ["format"; "system"; "statement"] <> ["weightproof-certificate"; "rcnn"; "filter"]
    then refuse "no certificate of a filter of rcnn";
    let alphabet = match text (field "alphabet" c) with "well-formed" -> WellFormed | "full" -> Full | s -> refuse ("no alphabet: " ^ s) in
    let machine = List.map state (list (field "table" (field "machine" c))) in
    if List.length machine > 4096 then refuse "more than 4096 states";
    let filter = network 9 (field "filter" c) and head = network 1 (field "head" c) in
    let weights = weights (field "weights" (field "verdicts" c)) and code = code (field "code" c) in
    match within_limits machine alphabet filter with
    | Some limit -> Limit limit
    | None ->
      Integer.allow (steps_base + steps_per_byte * min 800_000 (String.length content));
      Decided ["machine", machine_ok machine; "code", check_code machine code; "weights", check_weights machine alphabet filter weights;
               "function", accepts machine alphabet filter; "head", check_head head]
  with
  | answer -> answer
  | exception (Json.Bad why | Refused why) -> Left_alone why
  | exception Integer.Exhausted -> Limit "work"
  | exception (Stack_overflow | Out_of_memory) -> Limit "computer"

(* The exit code and what is printed: 0 accepted, 1 not accepted, 3 left alone or undecided. *)
let answer content =
  match decide content with
  | Decided claims ->
    let line (name, ok) = Printf.sprintf "%s: %s\n" name (if ok then "accepted" else "not accepted") in
    ((if List.for_all snd claims then 0 else 1), String.concat "" (List.map line claims))
  | Limit name -> (3, Printf.sprintf "undecided: limit %s\n" name)
  | Left_alone why -> (3, Printf.sprintf "left alone: %s\n" why)
