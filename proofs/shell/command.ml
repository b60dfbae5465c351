(* The command: one argument, the path of a certificate. *)
let read path =
  let ic = open_in_bin path in
  let s = really_input_string ic (in_channel_length ic) in
  close_in ic; s

let run () =
  if Array.length Sys.argv <> 2 then (prerr_endline "usage: verified CERTIFICATE"; 2) else
  match read Sys.argv.(1) with
  | exception _ -> prerr_endline ("cannot read " ^ Sys.argv.(1)); 2
  | content ->
    let (code, text) = Decide.answer content in
    print_string text; code
