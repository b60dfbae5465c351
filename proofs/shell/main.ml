(* weightproof's verified checker: reads a certificate of a filter, asks the extracted checker, prints what it says.
   Not verified: this file and json.ml. Exit codes: 0 accepted, 1 not accepted, 2 unreadable, 3 the text is none it decides. *)
open Checker

exception Refused of string

let refuse what = raise (Refused what)
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

let digits s = s <> "" && String.length s <= 2001 && (let ok = ref true in String.iter (fun c -> if c < '0' || c > '9' then ok := false) s; !ok)
(* One spelling a number: 0, n or n/d, reduced, d > 1. Whether it is reduced is left to the other checkers. *)
let rational s =
  let integer s =
    let body = if s <> "" && s.[0] = '-' then String.sub s 1 (String.length s - 1) else s in
    if digits body && (body = "0" && s = "0" || body.[0] <> '0') then Integer.of_string s else refuse ("not a number: " ^ s) in
  match String.split_on_char '/' s with
  | [n] -> { qnum = integer n; qden = Integer.one }
  | [n; d] when digits d && d.[0] <> '0' -> { qnum = integer n; qden = integer d }
  | _ -> refuse ("not a number: " ^ s)

let move = function "up" -> Up | "down" -> Down | "left" -> Left | "right" -> Right | "stay" -> Stay | s -> refuse ("no move: " ^ s)
let entry v = match list v with
  | [w; m; q] -> { write = Integer.of_int (int w); go = move (text m); next = natural q }
  | _ -> refuse "expected [write, move, next]"
let state v = match list v with
  | [blank; one; minus] -> ((entry blank, entry one), entry minus)
  | _ -> refuse "expected three entries"
let row v = match list v with
  | bias :: entries -> (rational (text bias), List.map (fun e -> match list e with [c; w] -> (natural c, rational (text w)) | _ -> refuse "expected [column, weight]") entries)
  | [] -> refuse "expected a row"
let layer v = { relu = bool (field "relu" v); rows = List.map row (list (field "rows" v)) }
(* Each layer must have as many inputs as the one before has rows. *)
let network inputs v =
  let layers = list (field "layers" v) in
  ignore (List.fold_left (fun width l ->
    if natural (field "inputs" l) <> width then refuse "a layer has another number of inputs";
    List.length (list (field "rows" l))) inputs layers);
  List.map layer layers

let () =
  let path = if Array.length Sys.argv = 2 then Sys.argv.(1) else (prerr_endline "usage: verified CERTIFICATE"; exit 2) in
  let content =
    try
      let ic = open_in_bin path in
      let s = really_input_string ic (in_channel_length ic) in
      close_in ic; s
    with _ -> prerr_endline ("cannot read " ^ path); exit 2 in
  match
    let c = Json.parse content in
    if text (field "format" c) <> "weightproof-certificate" || text (field "statement" c) <> "filter" then refuse "no certificate of a filter";
    let alphabet = match text (field "alphabet" c) with "well-formed" -> WellFormed | "full" -> Full | s -> refuse ("no alphabet: " ^ s) in
    let machine = List.map state (list (field "table" (field "machine" c))) in
    if List.length machine > 4096 then refuse "more than 4096 states";
    (machine, alphabet, network 9 (field "filter" c), network 1 (field "head" c))
  with
  | exception (Json.Bad why | Refused why) -> prerr_endline why; exit 3
  | (machine, alphabet, filter, head) ->
    let say name ok = Printf.printf "%s: %s\n" name (if ok then "accepted" else "not accepted"); ok in
    let ok1 = say "machine" (machine_ok machine) in
    let ok2 = say "function" (check_filter machine alphabet filter) in
    let ok3 = say "head" (check_head head) in
    exit (if ok1 && ok2 && ok3 then 0 else 1)
