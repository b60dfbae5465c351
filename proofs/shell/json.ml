(* A reader of JSON for the shell. Not verified; it refuses what it does not understand. *)
type t = Null | Bool of bool | Number of string | String of string | Array of t list | Object of (string * t) list

exception Bad of string

let parse text =
  let n = String.length text in
  let at = ref 0 in
  let fail what = raise (Bad (Printf.sprintf "%s at byte %d" what !at)) in
  let peek () = if !at < n then text.[!at] else '\000' in
  let rec skip () = match peek () with ' ' | '\n' | '\t' | '\r' when !at < n -> incr at; skip () | _ -> () in
  let expect c = if !at < n && text.[!at] = c then incr at else fail (Printf.sprintf "expected %c" c) in
  let word w v = if !at + String.length w <= n && String.sub text !at (String.length w) = w then (at := !at + String.length w; v) else fail w in
  let add_utf8 b code =
    if code < 0x80 then Buffer.add_char b (Char.chr code)
    else if code < 0x800 then (Buffer.add_char b (Char.chr (0xc0 lor (code lsr 6))); Buffer.add_char b (Char.chr (0x80 lor (code land 63))))
    else (Buffer.add_char b (Char.chr (0xe0 lor (code lsr 12))); Buffer.add_char b (Char.chr (0x80 lor ((code lsr 6) land 63)));
          Buffer.add_char b (Char.chr (0x80 lor (code land 63)))) in
  let hex () =
    if !at + 4 > n then fail "escape" else
    let digits = String.sub text !at 4 in
    String.iter (function '0'..'9' | 'a'..'f' | 'A'..'F' -> () | _ -> fail "escape") digits;
    at := !at + 4; int_of_string ("0x" ^ digits) in
  let string () =
    expect '"';
    let b = Buffer.create 16 in
    let rec go () =
      if !at >= n then fail "unfinished string" else
      match text.[!at] with
      | '"' -> incr at
      | '\\' ->
        incr at;
        let c = peek () in
        incr at;
        (match c with
         | '"' | '\\' | '/' -> Buffer.add_char b c
         | 'n' -> Buffer.add_char b '\n' | 't' -> Buffer.add_char b '\t' | 'r' -> Buffer.add_char b '\r'
         | 'b' -> Buffer.add_char b '\b' | 'f' -> Buffer.add_char b '\012'
         | 'u' -> add_utf8 b (hex ())
         | _ -> fail "escape");
        go ()
      | c when c < ' ' -> fail "control character"
      | c -> Buffer.add_char b c; incr at; go () in
    go (); Buffer.contents b in
  let rec value depth =
    if depth > 64 then fail "nesting" else begin
      skip ();
      match peek () with
      | '{' -> incr at; skip (); if peek () = '}' then (incr at; Object []) else Object (members depth [])
      | '[' -> incr at; skip (); if peek () = ']' then (incr at; Array []) else Array (elements depth [])
      | '"' -> String (string ())
      | 't' -> word "true" (Bool true)
      | 'f' -> word "false" (Bool false)
      | 'n' -> word "null" Null
      | '-' | '0'..'9' ->
        let from = !at in
        let digits () =
          let start = !at in
          while (match peek () with '0'..'9' -> true | _ -> false) do incr at done;
          if !at = start then fail "expected a digit" in
        if peek () = '-' then incr at;
        if peek () = '0' then incr at else digits ();
        if peek () = '.' then (incr at; digits ());
        (match peek () with
         | 'e' | 'E' -> incr at; (match peek () with '+' | '-' -> incr at | _ -> ()); digits ()
         | _ -> ());
        Number (String.sub text from (!at - from))
      | _ -> fail "expected a value"
    end
  and members depth acc =
    skip ();
    let k = string () in
    skip (); expect ':';
    if List.mem_assoc k acc then fail ("repeated key " ^ k);
    let v = value (depth + 1) in
    skip ();
    match peek () with
    | ',' -> incr at; members depth ((k, v) :: acc)
    | _ -> expect '}'; List.rev ((k, v) :: acc)
  and elements depth acc =
    let v = value (depth + 1) in
    skip ();
    match peek () with
    | ',' -> incr at; elements depth (v :: acc)
    | _ -> expect ']'; List.rev (v :: acc) in
  let v = value 0 in
  skip ();
  if !at < n then fail "text after the value";
  v
