### The queue: the list of flags.

queue-title = Queue
queue-intro = Statements that follow a script said before.
queue-states = State
queue-state-open = Open
queue-state-confirmed = Confirmed
queue-state-dismissed = Dismissed
queue-state-any = All
queue-filter = Filter
queue-filter-more = More filters
queue-apply = Show
queue-q = Words in the text
queue-tier = Tier
queue-any = Any
queue-tier-near_verbatim = Near verbatim
queue-tier-same_script = Same script
queue-tier-same_topic = Same topic
queue-narrative = Narrative
queue-speaker = Speaker
queue-source = Source
queue-language = Language
queue-assigned = Assigned to
queue-assigned-me = Me
queue-assigned-nobody = Nobody
queue-said_from = Said from
queue-said_to = Said until
queue-sort = Order
queue-sort-newest = Newest first
queue-sort-score = Best score first
queue-sort-recurrence = Most repeated first
queue-wrong-date = Write a date as 2021, 2021-05 or 2021-05-23.
queue-wrong-language = This language is not known: choose one of the list.
queue-chips = Filters that are set
queue-chip = { $name }: { $value }
queue-chip-remove = Remove the filter
queue-clear = Clear all
queue-option = { $label } ({ $n })
queue-views = Views
queue-views-none = No list has been saved yet. Filter the queue, then give it a name.
queue-view-name = Name for this list
queue-view-private = Only for me
queue-view-save = Save this list
queue-view-remove = Remove the view { $name }
queue-view-mine = only for you
queue-view-saved = Saved as “{ $name }”.
queue-view-removed = The view “{ $name }” was removed.
queue-list = Flags
queue-speaker-unknown = speaker not known
queue-precedent = Before:
queue-precedent-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}
queue-change = { $then } → { $now }
queue-change-then = then
queue-change-now = now
queue-alike = no change of words found
queue-times = { $n ->
    [one] once before
   *[other] { $n } times before
}
queue-assigned-to = { $name } looks at it
queue-skipped = skipped
queue-select = Select: { $text }
queue-select-all = Select all on this page
queue-selected = { $n ->
    [one] { $n } selected
   *[other] { $n } selected
}
queue-bulk = What to do with the selected flags
queue-bulk-confirm = Confirm
queue-bulk-archive = Confirm and archive
queue-bulk-dismiss = Dismiss
queue-bulk-reason = Reason, if there is one to give
queue-none-selected = Select flags first: no decision was made.
queue-many-confirmed = { $n ->
    [one] One flag was confirmed.
   *[other] { $n } flags were confirmed.
}
queue-many-dismissed = { $n ->
    [one] One flag was dismissed.
   *[other] { $n } flags were dismissed.
}
queue-many-confirmed-some = { $n ->
    [one] One flag was confirmed.
   *[other] { $n } flags were confirmed.
} { $refused ->
    [one] One was left as it was, for somebody decided about it meanwhile or its precedents are gone.
   *[other] { $refused } were left as they were, for somebody decided about them meanwhile or their precedents are gone.
}
queue-many-dismissed-some = { $n ->
    [one] One flag was dismissed.
   *[other] { $n } flags were dismissed.
} { $refused ->
    [one] One was left as it was, for somebody decided about it meanwhile.
   *[other] { $refused } were left as they were, for somebody decided about them meanwhile.
}
queue-many-undone = { $n ->
    [one] The decision was taken back.
   *[other] All { $n } decisions were taken back.
}
queue-empty-filtered = No flag fits these filters
queue-empty-filtered-advice = Take a filter away, or look at all states.
queue-empty-open = Nothing waits for you
queue-empty-open-advice = When a statement repeats what was said before, it appears here.
queue-empty-any = There are no flags yet
queue-empty-any-advice = A statement that is checked and found to repeat a script appears here.
queue-empty-confirmed = Nothing has been confirmed yet
queue-empty-dismissed = Nothing has been dismissed yet
queue-empty-check = Check a statement
queue-key-down = Next flag in the list
queue-key-up = Flag before in the list
queue-key-select = Select this flag
queue-key-extend-down = Select on to the next flag
queue-key-extend-up = Select on to the flag before
queue-key-clear = Select nothing
queue-key-search = Search
queue-plot = Instances over time
