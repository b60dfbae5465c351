(* weightproof's verified checker as a command. Exit codes: 0 accepted, 1 not accepted, 2 unreadable, 3 left alone or undecided. *)
let () = exit (Command.run ())
