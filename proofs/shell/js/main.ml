(* The same for Node: a command if it is run, and a module with the function `decide` if it is required. *)
external offer : (string -> int * string) -> unit = "entry_decide"
external is_program : unit -> bool = "entry_is_program"
let () = if is_program () then exit (Command.run ()) else offer Decide.answer
