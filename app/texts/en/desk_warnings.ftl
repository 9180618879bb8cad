# Early warnings: what happened to a narrative, by which rule, and what is decided about it.

warnings-title = Early warnings
warnings-about = Narratives that are back after a pause, speed up, or spread. Only what was said in the last 30 days warns, whenever it was recorded; each warning comes once.
warnings-state = Show
warnings-state-open = open
warnings-state-acknowledged = acknowledged
warnings-state-dismissed = dismissed
warnings-acknowledge = Acknowledge
warnings-dismiss = Dismiss
warnings-reopen = Open again
warnings-acknowledge-of = Acknowledge the warning about { $title }
warnings-dismiss-of = Dismiss the warning about { $title }
warnings-reopen-of = Open the warning about { $title } again
warnings-now-acknowledged = Acknowledged.
warnings-now-dismissed = Dismissed.
warnings-now-open = Open again.
warnings-none = No warnings here
warnings-none-help = Warnings are computed once an hour from the dates of the statements on record.
warnings-raised = raised
warnings-rule = The rule
warnings-hook = Send them to a chat or another program
warning-rule-back = Back after a pause
warning-rule-faster = Speeding up
warning-rule-language = A new language
warning-rule-outlet = New outlets
warning-words-back = Said in the last 30 days, after at least 180 days without a statement.
warning-words-faster = At least 5 statements in the last 30 days, and at least 3 times as many as in 30 days of the 360 days before, on average, in which there was at least one.
warning-words-language = Said in the last 30 days in a language in which none of at least 3 earlier statements was.
warning-words-outlet = Carried in the last 30 days by at least 2 outlets that carried none of at least 3 earlier statements.
warning-back = { $count ->
    [one] Said once, { ON($first) },
   *[other] Said { $count } times since { DATE($first) },
} after { $days } days without a statement: the last before was { ON($last) }.
warning-faster = { $count } statements in the last 30 days; { $usual } would be usual ({ $before ->
    [one] 1 statement
   *[other] { $before } statements
} in the 360 days before).
warning-language = Said in { $language } for the first time { ON($first) }, { $count ->
    [one] once so far
   *[other] { $count } times so far
}; before only in: { $known }.
warning-outlet = { $new } new outlets carry it since { DATE($first) }: { $outlets } ({ $count ->
    [one] 1 statement
   *[other] { $count } statements
}); before { $known ->
    [one] 1 outlet did
   *[other] { $known } outlets did
}.
chat-narrative-warning = Early warning about a narrative
chat-narrative-appeared = { $count ->
    [one] A narrative that you follow has a new statement
    [100] A narrative that you follow has 100 or more new statements
   *[other] A narrative that you follow has { $count } new statements
}
