# Suggested narratives: groups of statements that repeat each other and belong to none.
suggestions-title = Suggested narratives
suggestions-about = Statements that repeat each other and belong to no narrative yet, grouped by how likely each pair says the same.
suggestions-one = A suggested narrative
suggestions-back = Back to the list
suggestions-run = Look again
suggestions-run-requested = The archive is looked through in the background. This page shows how far it is.
suggestions-run-waits = Waiting for a worker…
suggestions-run-progress = { $done } of { $total } statements compared
suggestions-run-groups = { $count ->
    [0] Everything is compared: it is being grouped…
    [one] { $count } statement compared: it is being grouped…
   *[other] { $count } statements compared: they are being grouped…
}
suggestions-run-goes-on = A large archive takes a while. It goes on in the background, where it stopped, even after a restart; until then you see what the last run found.
suggestions-run-failed = The last run failed; the log says why. Look again, or ask who runs the service.
suggestions-run-last = Last looked through
suggestions-found = { $count ->
    [one] { $count } suggestion, the largest and strongest first.
   *[other] { $count } suggestions, the largest and strongest first.
}
suggestions-first = The first { $count } are shown: the others move up as you decide.
suggestions-none-title = Nothing to suggest
suggestions-none = No three statements outside of narratives repeat each other. The next search runs within an hour after something is added.
suggestions-never = The archive has not been searched yet. That happens within an hour after something is added, or when you press “Look again”.
suggestions-count = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
suggestions-strength-strong = much alike
suggestions-strength-fair = alike
suggestions-strength-loose = loosely alike
suggestions-more = and { $count } more
suggestions-in = in { $count } of { $of }
suggestions-no-phrases = No wording in common: they are alike in meaning.
suggestions-script = What they have in common
suggestions-members = { $count ->
    [one] { $count } statement, in order of time
   *[other] { $count } statements, in order of time
}
suggestions-member = File this statement: { $text }
suggestions-toggle = Take statement { $number } in or leave it out
suggestions-central = closest to all others
suggestions-open = Open
suggestions-open-one = Open: { $text }
suggestions-place = { $at } of { $count }
suggestions-before = Before
suggestions-after = Next
suggestions-foreign = { $count ->
    [one] { $count } statement was brought by another organisation, and cannot be filed by yours.
   *[other] { $count } statements were brought by other organisations, and cannot be filed by yours.
}
suggestions-name = Title of the narrative
suggestions-name-wrong = A narrative needs a title of at most 500 characters.
suggestions-none-chosen = Choose at least one statement.
suggestions-edit = Edit the title
suggestions-accept = Make it a narrative
suggestions-refuse = Do not suggest it again
suggestions-hint = Edit the title, or leave statements out:
suggestions-accepted = { $count ->
    [one] The narrative “{ $title }” was made of { $count } statement.
   *[other] The narrative “{ $title }” was made of { $count } statements.
}
suggestions-filed = { $count ->
    [one] { $count } statement was filed under “{ $title }”, which there was already.
   *[other] { $count } statements were filed under “{ $title }”, which there was already.
}
suggestions-reopened = Taken back: it is a suggestion again.
suggestions-refused = It is not suggested any more, nor is what is nearly the same.
suggestions-offered-again = It is suggested again.
suggestions-decided = Somebody else decided about that suggestion meanwhile, or a new run replaced it.
suggestions-refused-title = { $count ->
    [one] { $count } refused suggestion
   *[other] { $count } refused suggestions
}
suggestions-offer-again = Suggest it again
suggestions-offer-again-one = Suggest it again: { $text }
