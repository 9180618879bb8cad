### Predictions whose time has passed or is about to.

desk-nav-predictions = Predictions
predictions-title = Predictions
predictions-rule = What statements of the archive predicted and nobody has recorded an outcome of. A prediction that gives no date lapses { $days } days after it was said; a statement without a date is not listed.
predictions-lists = Lists
predictions-list-lapsed = Time has passed, nobody looked
predictions-list-soon = { $days ->
    [one] Lapses within a day
   *[other] Lapses within { $days } days
}
predictions-narrative = Narrative
predictions-speaker = Speaker
predictions-any = Any
predictions-filter = Filter
predictions-left = { $n ->
    [one] 1 left in this list
   *[other] { $n } left in this list
}
predictions-left-many = More than { $n } left in this list
predictions-lapsed-dated = It was to happen by
predictions-lapsed-horizon = It gives no date; { $days } days had passed by the end of
predictions-lapses-dated = It is to happen by
predictions-lapses-horizon = It gives no date; { $days } days will have passed by the end of
predictions-statement = The statement and its findings
predictions-said-there = where it was said
predictions-source-help = Where it can be read. Without a publisher, the host of the address is named.
predictions-url = Address of the source
predictions-publisher = Publisher
predictions-published = Published on
predictions-outcome-happened = It happened
predictions-outcome-did_not_happen = It did not happen
predictions-outcome-unknown = Cannot be known
predictions-verdict-happened = It happened
predictions-verdict-did_not_happen = It did not happen
predictions-verdict-unknown = It cannot be known
predictions-said-happened = Recorded: it happened.
predictions-said-did_not_happen = Recorded: it did not happen.
predictions-said-unknown = Recorded: it cannot be known.
predictions-undone = The outcome was taken back.
predictions-settled-already = Somebody recorded an outcome of that prediction meanwhile. Nothing was changed.
predictions-wrong-outcome = is none of the three
predictions-wrong-source = is missing: what happened or did not needs a source
predictions-readers = Readers look; analysts record outcomes.
predictions-neighbours = Go on
predictions-previous = Previous
predictions-next = Next
predictions-list = The list
predictions-done-lapsed = Done: no prediction of this list is left.
predictions-done-soon = No prediction of this list lapses soon.
predictions-done-help = Predictions come here by themselves once their time has passed.
predictions-all = Show all speakers and narratives
predictions-to-queue = To the queue
