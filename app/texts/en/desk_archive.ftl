### The archive: searching it, one page a statement, one page a narrative.

## Search

archive-title = Archive
archive-size = { $count ->
    [0] Nothing is on record yet
    [one] 1 statement on record
   *[other] { $count } statements on record
}
archive-record = Record a statement
archive-search = Search
archive-search-label = What are you looking for?
archive-by = Search by
archive-by-meaning = meaning
archive-by-words = words
archive-by-meaning-help = Finds what says the same, in any language. The closest comes first.
archive-by-words-help = Finds statements that have all of the words. “In quotation marks”: exactly so.
archive-filters = Filters
archive-speaker = Speaker
archive-source = Source
archive-language = Language
archive-language-help = A code, such as en or ru
archive-narrative = Narrative
archive-said-from = Said from
archive-said-to = Said until
archive-clear = Clear the filters
archive-all = All statements, the last said first
archive-results = { $count ->
    [0] Nothing found
   *[other] { $first } to { $last }
}
archive-none-title = Nothing found
archive-none-words = No statement has all of these words. A search by meaning finds other wordings, and other languages.
archive-none-meaning = No statement passes the filters.
archive-none-page = There are no more: this page lies beyond the last result.
archive-try-meaning = Search by meaning
archive-try-words = Search for the words
archive-to-first = Back to the first page
archive-empty-title = The archive is empty
archive-empty = What is recorded here can be found again when somebody repeats it.
archive-preparing-title = The archive is being prepared
archive-preparing = It is read once after a start and can be searched by meaning in a moment. A search by words works at once.
archive-findings = { $count ->
    [one] 1 finding
   *[other] { $count } findings
}
archive-private = only your organisation sees it

## What is wrong with a field

archive-wrong-date = Write a year, a month or a day: 2021, 2021-05 or 2021-05-23.
archive-wrong-language = There is no such language: write its code, such as en or ru.
archive-wrong-narrative = There is no narrative of this name that the statement may be in. Choose one from the list, or create it first.
archive-wrong-parent = Choose a broader narrative that exists, and that is not below this one.

## Recording and editing

archive-new-title = Record a statement
archive-new-help = What is recorded is found by the next check.
archive-new-do = Record
archive-text = What was said
archive-text-help = In the words and the language it was said in.
archive-statement-title = Title
archive-said-at = Said on
archive-source-name = Source
archive-source-url = Address
archive-source-archive-url = Archived copy
archive-language-detected = Left empty, the language is detected.
archive-narratives = Narratives
archive-narratives-add = Add to a narrative
archive-narratives-help = Begin to type its title and choose.
archive-keep-private = Only my organisation sees it
archive-recorded-new = Recorded. The next check finds it.
archive-recorded-updated = It was on record already; what was new has been added.
archive-recorded-unchanged = It was on record already. Nothing was changed.
archive-recorded-withdrawn = It is on record and was withdrawn. Restore it if that was a mistake.

## One statement

statement-title = Statement
statement-of = Statement of { $speaker }
statement-edit = Edit
statement-withdraw = Withdraw
statement-withdraw-title = Withdraw this statement?
statement-withdraw-help = No later check finds it. What it was shown in before keeps it, marked as withdrawn. It can be restored.
statement-reason = Reason
statement-reason-help = Kept with the history, for whoever wonders later.
statement-restore = Restore
statement-withdrawn-note = Withdrawn: no check finds it any more.
statement-facts = About it
statement-said = Said
statement-learned = Learned
statement-recorded = Recorded
statement-changed = Last changed
statement-speaker = Speaker
statement-language = Language
statement-source = Source
statement-outlet = all in this outlet
statement-archived-copy = Archived copy
statement-external-id = Identifier
statement-contributor = Added by
archive-brought-by = Added by { $organisation }.
narrative-counter-theirs = It counts in their checks, and not in yours.
statement-not-known = not known
statement-narratives = Narratives
statement-no-narrative = Filed under none.
statement-findings = Findings
statement-no-findings = No fact-checker’s finding is on record.
statement-about-narrative = about its narrative
statement-sightings = Sightings
statement-sightings-count = { $count ->
    [one] Sent in once
   *[other] Sent in { $count } times
}
statement-no-sightings = Never sent in by itself: it came with an import.
statement-precedents = Precedents
statement-precedents-help = Said earlier, along the same script
statement-no-precedents = Nothing earlier follows the same script.
statement-echoes = Later echoes
statement-echoes-help = Said later, along the same script
statement-no-echoes = Nothing later follows the same script.
statement-bounded = Its date is not known, only that it had been said when it was reviewed: later checks find it.
statement-undated = Without a date, nothing is earlier or later than it.
statement-relations-preparing = The archive is being prepared. Load the page again in a moment.
statement-days-before = { $days ->
    [0] the same day
    [one] 1 day before
   *[other] { $days } days before
}
statement-days-after = { $days ->
    [0] the same day
    [one] 1 day after
   *[other] { $days } days after
}
statement-edit-title = Edit the statement
statement-edited = Saved.
statement-withdrawn = Withdrawn. No later check finds it.
statement-restored = Restored. The next check finds it.
statement-stale = Somebody else changed it meanwhile. Nothing was saved yet.
statement-stale-help = Below is what you wrote. Where it differs from what is stored now, that stands here; save again to put yours in its place.
statement-stale-field = Stored now
statement-stale-empty = (empty)
statement-taken = Another statement with this text, speaker and date is on record already. Nothing was saved: change that one, or withdraw one of them.
statement-search-similar = Find similar statements

## Findings

finding-add = Add a finding
finding-verdict = Verdict
finding-publisher = Publisher
finding-url = Address
finding-published = Published on
finding-summary = Summary
finding-remove = Remove
finding-remove-of = Remove the finding “{ $verdict }”
finding-added = The finding was added.
finding-removed = The finding was removed.

## Narratives

narratives-title = Narratives
narratives-search = Search narratives
narratives-sort = Sorted by
narratives-sort-last = last appearance
narratives-sort-count = number of statements
narratives-sort-title = title
narratives-view = Show
narratives-view-list = as a list
narratives-view-tree = as a tree
narratives-new = New narrative
narratives-found = { $count ->
    [0] Nothing found
    [one] 1 narrative
   *[other] { $count } narratives
}
narratives-none-title = No narrative found
narratives-none = None has all of these words in title or description.
narratives-empty-title = There are no narratives yet
narratives-empty = A narrative is a script that statements follow again and again. Create one, or confirm a flag under a new one.
narratives-count = { $count ->
    [0] no statements
    [one] 1 statement
   *[other] { $count } statements
}
narratives-last = last { ON($when) }
narratives-never = never dated
narrative-edit = Edit
narrative-flags = Its flags in the queue
narrative-search = Search within
narrative-record = Record a statement
narrative-parent = Part of
narrative-children = Below it
narrative-description-none = No description yet.
narrative-timeline = Appearances
narrative-timeline-none = None of its statements has a date, so there is no timeline.
narrative-timeline-table = The same as a table
narrative-date-head = Said
narrative-text-head = What was said
narrative-imprecise = Where only the month or the year is known, a line shows how far the date reaches.
narrative-recurrence-once = Seen once: { ON($first) }.
narrative-recurrence-times = Seen { $count } times: first { ON($first) }, last { ON($last) }.
narrative-recurrence-gap = { $days ->
    [0] Usually again on the same day.
    [one] Usually again after one day.
   *[other] Usually again after about { $days } days.
}
narrative-recurrence-since = { $days ->
    [0] The last time was today.
    [one] The last time was yesterday.
   *[other] The last time was { $days } days ago.
}
narrative-members = Statements
narrative-members-below = Statements under it and under those below it
narrative-members-none = No statement is filed under it yet.
narrative-members-page = { $first } to { $last } of { $count }
narrative-counters = Counter-examples
narrative-counters-help = Texts that look like it and are not. What is closer to one of them than to a precedent is not flagged.
narrative-counters-none = None yet.
narrative-counter-text = A text that looks like it and is not
narrative-counter-add = Add
narrative-counter-added = Added. The next check takes it into account.
narrative-counter-removed = Removed.
narrative-counter-remove = Remove
narrative-counter-remove-of = Remove the counter-example { $number }
narrative-counter-refused = Nothing was added: write 1 to 5,000 characters.
narrative-new-title = New narrative
narrative-edit-title = Edit the narrative
narrative-name = Title
narrative-name-help = The script in one sentence: who is said to do what, and why.
narrative-description = Description
narrative-parent-help = A broader narrative that it is part of. Begin to type its title and choose.
narrative-create = Create
narrative-created = Created.
narrative-known = There is a narrative with this title already: this one.
narrative-edited = Saved.
narrative-private = Only my organisation sees it

# The marks of a timeline that no prediction is told of.
narrative-kind-none = predicts nothing

# Short, for an axis. $month is a number, $year is text.

narrative-outcome-head = What became of it
narrative-varies = What varies, side by side
narrative-again = { $count ->
    [one] once
   *[other] recorded { $count } times
}
narrative-role-actor = who does it
narrative-role-accused = who is to be blamed
narrative-role-act = deed
narrative-role-means = means
narrative-role-place = place
narrative-role-quantity = how many
narrative-role-target = target
narrative-role-victims = victims
narrative-role-time = when
narrative-role-motive = what for
narrative-role-other = other

finding-outcome = What became of what it predicted
finding-outcome-help = Where the finding tells.
finding-outcome-none = it does not say
finding-outcome-url = Evidence of that
finding-evidence = evidence

statement-predicts = It predicts something.
statement-predicts-until = By { DATE($until) }.
statement-history = History
statement-history-created = Recorded
statement-history-edited = Edited
statement-history-withdrawn = Withdrawn
statement-history-restored = Restored
statement-before = Before:
statement-after = After:
statement-field-external_id = Identifier
statement-field-title = Title
statement-field-text = What was said
statement-field-language = Language
statement-field-speaker = Speaker
statement-field-said_at = Said on
statement-field-said_before = Said before
statement-field-learned_at = Learned
statement-field-source = Source
statement-field-metadata = Further fields
statement-field-withdrawn_at = Withdrawn
statement-field-narratives = Narratives

archive-key-down = Next in the list
archive-key-up = The one before in the list
