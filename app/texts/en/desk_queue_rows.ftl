### The rows of the queue: columns, groups, the bar for the selected, what is new, and the end of a list.

queue-columns = Sort by a column
queue-column-what = Statement
queue-column-narrative = Narrative
queue-column-score = Score
queue-column-precedent = Said before
queue-column-who = Who
queue-sort-oldest = Waiting longest first
queue-sort-score_up = Weakest score first
queue-sort-recurrence_up = Least repeated first
queue-sort-speaker = Speakers from A
queue-sort-speaker_down = Speakers from Z
queue-sort-narrative = Narratives from A
queue-sort-narrative_down = Narratives from Z
queue-group = Grouped with
queue-narrative-none = no narrative yet
queue-narrative-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
queue-article = Article:
queue-article-untitled = Article without a title
queue-of-texts = { $n ->
    [one] { $n } text, the same or nearly
   *[other] { $n } texts, the same or nearly
}
queue-of-claims = { $n ->
    [one] { $n } claim of this article
   *[other] { $n } claims of this article
}
queue-unfold-texts = { $n ->
    [one] Show the text
   *[other] Show each of the { $n } texts
}
queue-unfold-claims = { $n ->
    [one] Show the claim
   *[other] Show each of the { $n } claims
}
queue-select-many = { $n ->
    [one] Select the flag: { $text }
   *[other] Select all { $n } flags: { $text }
}
# $left flags are open of the $total that the list has in any state.
queue-left = { $total ->
    [one] { $left } of { $total } left
   *[other] { $left } of { $total } left
}
queue-left-more = { $left ->
    [one] more than { $left } left, of more than { $total }
   *[other] more than { $left } left, of more than { $total }
}
queue-number = { $n ->
    [one] { $n } flag
   *[other] { $n } flags
}
queue-number-more = { $n ->
    [one] more than { $n } flag
   *[other] more than { $n } flags
}
queue-density = Compact
queue-new = { $n ->
    [one] { $n } new flag
   *[other] { $n } new flags
}
queue-new-most = { $n ->
    [one] { $n } or more new flags
   *[other] { $n } or more new flags
}
queue-new-show = Show
queue-bulk-dismiss-reason = Dismiss because …
queue-bulk-file = Archive under …
queue-bulk-file-help = A narrative by its title; a title that there is none of makes a new one.
queue-bulk-assign = Assign …
queue-narrative-missing = Name the narrative to archive under: no decision was made.
queue-too-many = { $n ->
    [one] { $n } flag was selected.
   *[other] { $n } flags were selected.
} At most { $most } can be decided at once: no decision was made.
queue-many-archived = { $n ->
    [one] One flag was confirmed and archived.
   *[other] { $n } flags were confirmed and archived.
}
queue-many-archived-some = { $n ->
    [one] One flag was confirmed and archived.
   *[other] { $n } flags were confirmed and archived.
} { $refused ->
    [one] One was left as it was, for somebody decided about it meanwhile or its precedents are gone.
   *[other] { $refused } were left as they were, for somebody decided about them meanwhile or their precedents are gone.
}
queue-many-assigned = { $n ->
    [one] One flag is for { $name } to look at.
   *[other] { $n } flags are for { $name } to look at.
}
queue-many-assigned-some = { $n ->
    [one] One flag is for { $name } to look at.
   *[other] { $n } flags are for { $name } to look at.
} { $refused ->
    [one] One was left as it was, for somebody decided about it meanwhile.
   *[other] { $refused } were left as they were, for somebody decided about them meanwhile.
}
queue-many-unassigned = { $n ->
    [one] One flag is for nobody in particular.
   *[other] { $n } flags are for nobody in particular.
}
queue-many-unassigned-some = { $n ->
    [one] One flag is for nobody in particular.
   *[other] { $n } flags are for nobody in particular.
} { $refused ->
    [one] One was left as it was, for somebody decided about it meanwhile.
   *[other] { $refused } were left as they were, for somebody decided about them meanwhile.
}
queue-many-given-back = { $n ->
    [one] The assignment was taken back.
   *[other] All { $n } assignments were taken back.
}
queue-key-unfold = Open the group of this row, or close it
queue-done = Done
queue-done-all = { $n ->
    [one] The only flag of this list is judged.
   *[other] All { $n } flags of this list are judged.
}
queue-done-session = Since you signed in: { $confirmed ->
    [one] { $confirmed } confirmed
   *[other] { $confirmed } confirmed
}, { $dismissed ->
    [one] { $dismissed } dismissed
   *[other] { $dismissed } dismissed
}, { $archived ->
    [one] { $archived } put in the archive
   *[other] { $archived } put in the archive
}.
queue-done-others = { $n ->
    [one] Go on with the { $n } flag that waits elsewhere
   *[other] Go on with the { $n } flags that wait elsewhere
}
queue-done-look = Look at what was decided
