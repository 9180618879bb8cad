### The page of one flag.

flag-title = Flag
flag-back = Queue
flag-statement = Statement
flag-precedent = Precedent
flag-precedent-of = Precedent { $number } of { $n }
flag-precedent-none = No precedent is shown for this statement.
flag-days-before = { $days ->
    [0] the same day
    [one] one day before
   *[other] { $days } days before
}
flag-speaker-unknown = speaker not known
flag-checked = checked
flag-withdrawn = This precedent was withdrawn from the archive since. It is shown as it was.
flag-by-hand = found by hand
flag-unmarked = What is repeated and what changed has not been worked out for this pair: compare the texts.
flag-changes = What changed
flag-change-role = Part
flag-change-then = Then
flag-change-now = Now
flag-nothing = nothing
flag-role = { $role ->
    [actor] who
    [accused] who is blamed
    [act] what is done
    [means] with what
    [place] where
    [quantity] how many
    [target] aimed at
    [victims] who is hurt
    [time] when
    [motive] what for
   *[other] wording
}
flag-kind-changed = changed
flag-kind-added = added
flag-kind-dropped = left out
flag-under = Script:
flag-read = Read it
flag-read-precedent = in the archive
flag-outcome = What became of it:
badge-outcome-happened = it happened
badge-outcome-did_not_happen = it did not happen
badge-outcome-unknown = not known
badge-outcome-disputed = disputed
badge-outcome-expired = its time has passed, nothing recorded
badge-outcome-open = still open
flag-others = All precedents
flag-show-match = Compare precedent { $number }
flag-recurrence = How often
flag-times = { $n ->
    [one] Once before.
   *[other] { $n } times before.
}
flag-plot = { $n ->
    [one] Said once before, on { $first }. This statement is the last stroke.
   *[other] Said { $n } times before, from { $first } to { $last }. This statement is the last stroke.
}
flag-gaps = { $least ->
    [0] Between them lie up to { $most ->
        [one] one day
       *[other] { $most } days
    }.
   *[other] Between them lie { $least } to { $most ->
        [one] one day
       *[other] { $most } days
    }.
}
flag-since = { $days ->
    [0] The last one was on the same day.
    [one] The last one was a day before.
   *[other] The last one was { $days } days before.
}
flag-predictions = { $n ->
    [one] One prediction under “{ $title }”:
   *[other] { $n } predictions under “{ $title }”:
}

flag-actions = Judge this flag
flag-confirm = Confirm
flag-confirm-archive = Confirm + archive
flag-confirm-archive-under = Confirm and archive under “{ $title }”
flag-confirm-archive-none = Confirm and archive
flag-other-narrative = Narrative …
flag-narrative = A narrative that there is, or the title of a new one
flag-narrative-submit = Confirm and archive under another narrative
flag-narrative-help = The statement goes into the archive under it, and the next repeat finds it.
flag-dismiss = Dismiss …
flag-dismiss-plain = Dismiss without a reason
flag-dismiss-reason = Another reason
flag-dismiss-submit = Dismiss
flag-dismiss-only = Only this precedent
flag-dismiss-counter = Keep it as a counter-example of the narrative
flag-reason-other-script = It follows another script.
flag-reason-other-event = It is about another event.
flag-reason-reported = It only reports or denies what others say.
flag-reason-true = It is true, and checked.
flag-reason-duplicate = The same statement was judged already.
flag-reason-unclear = It cannot be told from this text.
flag-skip = Skip
flag-link = Link …
flag-next = Next flag
flag-previous = Flag before
flag-undo-last = Take the last decision back
flag-not-yours = Your role is to read: an analyst judges flags.

flag-assigned-to = Looked at by
flag-assigned-none = nobody in particular
flag-assign-me = Take it
flag-assign = Assign
flag-assign-nobody = Nobody
flag-assigned = { $name } is asked to look at it.
flag-assigned-nobody = It is assigned to nobody now.
flag-notes = Notes
flag-note = Write a note
flag-note-save = Keep the note
flag-noted = The note was kept.
flag-decisions = Decisions
flag-history = The whole history
flag-history-title = History of a flag
flag-history-none = Nothing was done about it yet.
flag-history-back = Back to the flag

flag-did-confirmed = { $name } confirmed it
flag-did-confirmed-match = { $name } confirmed precedent { $number }
flag-did-dismissed = { $name } dismissed it
flag-did-dismissed-match = { $name } dismissed precedent { $number }
flag-did-undone-confirmed = { $name } took a confirmation back
flag-did-undone-dismissed = { $name } took a dismissal back
flag-did-note = { $name } noted
flag-did-assigned = { $name } asked { $to } to look at it
flag-did-assigned-self = { $name } took it
flag-did-assigned-nobody = { $name } assigned it to nobody
flag-did-archived = The statement was put into the archive.
flag-did-filed = Filed under
flag-did-counter = Kept as a counter-example.
flag-stands-no-more = does not stand any more

flag-done-confirmed = Confirmed: “{ $text }”
flag-done-confirmed-archived = Confirmed and archived: “{ $text }”
flag-done-dismissed = Dismissed: “{ $text }”
flag-saving = Being saved:
flag-undone = The decision was taken back.
flag-meanwhile = Somebody decided about this flag while you looked at it
flag-meanwhile-advice = Your own decision was not applied. The page shows the flag as it stands now.
flag-meanwhile-go-on = Leave it, and go on
flag-meanwhile-override = { $verdict ->
    [confirmed] Confirm all the same
   *[dismissed] Dismiss all the same
}

flag-link-title = Link a precedent by hand
flag-link-search = Look for an earlier statement
flag-link-help = By meaning, in any language. Only statements that were made before this one are shown.
flag-link-none = No earlier statement was found. Try other words.
flag-link-suggested = Closest in meaning to this statement
flag-link-found = Found
flag-link-this = Confirm with this precedent
flag-link-archive = Archive the statement under its narrative
