# Narratives at work: the list with its states, one narrative's timeline and history, what is done to it, following it.

narratives-sort-recent = statements of the last 90 days
narratives-state = State
narratives-state-any = any
narratives-state-growing = growing
narratives-state-back = back after a pause
narratives-state-steady = steady
narratives-state-dormant = dormant
narratives-state-rule = How the state is decided
narratives-state-rule-text = Back: seen in the last 90 days, after at least 180 days without a statement. Growing: at least 3 statements in the last 90 days, and more than in the 90 days before. Dormant: none for 180 days, or never dated. Steady: all others. Statements dated to no more than a year, or after today, do not count.
narratives-tag = Tag
narratives-tag-any = any
narratives-followed = Only those I follow
narratives-following = followed
narratives-all = Show all narratives
narratives-none-filter = No narrative passes this filter.
narratives-news = { $count ->
    [one] 1 new
    [100] 100 or more new
   *[other] { $count } new
}
narratives-spark = { $count ->
    [0] No statement in the last 24 months
    [one] 1 statement in the last 24 months
   *[other] { $count } statements in the last 24 months, at most { $most } in one
}
desk-nav-narratives-news = { $count ->
    [one] 1 narrative that you follow has something new
   *[other] { $count } narratives that you follow have something new
}

narrative-follow = Follow
narrative-unfollow = Unfollow
narrative-followed = You follow it: new statements are counted in the list and beside “Narratives” above.
narrative-unfollowed = You do not follow it any more.
narrative-tags = Tags
narrative-tags-none = none
narrative-tag-new = New tag
narrative-tag-add = Add
narrative-tagged = Tagged “{ $tag }”.
narrative-untagged = The tag “{ $tag }” was removed.
narrative-untag = Remove the tag { $tag }
narrative-tag-refused = No tag was added: write 1 to 50 characters, and at most 20 tags a narrative.

narrative-timeline-rows = A row for each
narrative-timeline-by-speaker = by speaker
narrative-timeline-by-outlet = by outlet
narrative-timeline-by-language = by language
narrative-timeline-row-speaker = Speaker
narrative-timeline-row-outlet = Outlet
narrative-timeline-row-language = Language
narrative-timeline-no-speaker = speaker not known
narrative-timeline-no-outlet = outlet not known
narrative-timeline-others = { $count ->
    [one] 1 other
   *[other] { $count } others
}
narrative-timeline-when = { DATE($when) }
narrative-timeline-chart = { $count ->
    [one] Timeline with 1 dated statement. A table of it follows.
   *[other] Timeline of { $count } dated statements. A table of them follows.
}
narrative-timeline-ahead = { $count ->
    [one] One statement has a date in the future and is not drawn:
   *[other] { $count } statements have a date in the future and are not drawn:
}
narrative-varies-count = { $count ->
    [one] 1 phrase
   *[other] { $count } different phrases
}

narrative-bulk = Move or split off statements
narrative-bulk-all = Choose all on this page
narrative-bulk-help = Choose statements by their boxes below.
narrative-bulk-none = None chosen
narrative-bulk-choose = Choose statement { $number }
narrative-bulk-into = Move to the narrative
narrative-bulk-move = Move
narrative-bulk-title = Or title of a new narrative
narrative-bulk-split = Split off
narrative-merge = Merge into another
narrative-merge-help = All of its statements, counter-examples, findings and followers go there, and its address leads there. It can be undone.
narrative-merge-into = Narrative to merge into
narrative-merge-do = Merge
narrative-done-merged = { $count ->
    [one] Merged into “{ $title }”: 1 statement went there.
   *[other] Merged into “{ $title }”: { $count } statements went there.
}
narrative-done-moved = { $count ->
    [one] 1 statement was moved to “{ $title }”.
   *[other] { $count } statements were moved to “{ $title }”.
}
narrative-done-split = { $count ->
    [one] “{ $title }” was made of 1 statement.
   *[other] “{ $title }” was made of { $count } statements.
}
narrative-done-partly = { $count ->
    [one] 1 statement went to “{ $title }”
   *[other] { $count } statements went to “{ $title }”
}; { $left ->
    [one] 1 stays: it is filed under a narrative below this one.
   *[other] { $left } stay: they are filed under narratives below this one.
}
narrative-refused-into = Nothing was changed: choose another narrative that is there, seen by the same readers, and not below this one.
narrative-refused-title = Nothing was changed: give the new narrative a title of 1 to 500 characters that no other has.
narrative-refused-statements = Nothing was changed: choose at least one statement that is filed under this narrative itself.
narrative-undo-refused = It cannot be undone: it was undone already, or something that came later has to be undone first.
narrative-undone-edited = The edit was undone.
narrative-undone-merged = The merge was undone.
narrative-undone-split = The split was undone.
narrative-undone-moved = The statements are back.

narrative-history = History
narrative-history-none = Nothing was changed yet.
narrative-change-edited = Edited; before, its title was “{ $before }”
narrative-change-merged = { $count ->
    [one] “{ $from }” was merged into “{ $title }”, with 1 statement
   *[other] “{ $from }” was merged into “{ $title }”, with { $count } statements
}
narrative-change-split = { $count ->
    [one] “{ $title }” was split off from “{ $from }”, with 1 statement
   *[other] “{ $title }” was split off from “{ $from }”, with { $count } statements
}
narrative-change-moved = { $count ->
    [one] 1 statement was moved from “{ $from }” to “{ $title }”
   *[other] { $count } statements were moved from “{ $from }” to “{ $title }”
}
narrative-change-undone = undone by { $name }
narrative-change-undo = Undo change { $number }
