# What the command line prints of suggested narratives.
printed-suggestions = { $count ->
    [0] Nothing to suggest: no three statements outside of narratives repeat each other.
    [one] { $count } suggested narrative.
   *[other] { $count } suggested narratives, the largest and strongest first.
}
printed-suggestions-more = { $count ->
    [one] { $count } more suggestion: --limit shows it.
   *[other] { $count } more suggestions: --limit shows them.
}
printed-suggestion-size = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
printed-suggestion-phrase = “{ $text }” (in { $count } of { $of })
printed-suggestion-no-script = No wording in common: they are alike in meaning.
