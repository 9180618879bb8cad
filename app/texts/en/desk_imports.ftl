### Imports: files that are looked at, taken in and undone.

imports-title = Imports
imports-go = Import files
imports-one = An import
imports-files = Files
imports-files-help = Drop up to ten files here, or choose them: tables (CSV, Excel, LibreOffice), JSON lines, ClaimReview, exports of Telegram and X, feeds, web pages, STIX, MISP. Together they may have { $most } megabytes.
imports-private = Only our organisation finds them
imports-look = See what is in them
imports-again = Nothing is stored yet when you look: to import, choose the same files again below what was understood.
imports-sending = Sending
imports-too-large = … is too large: { $most } megabytes can be sent at once. Cut it up.
imports-no-file = Choose a file first.
imports-too-many-files = Send { $most } files at most at once.
imports-field-twice = { $name }: two columns are said to hold “{ $field }”. Choose one of them.
imports-not-taken = { $name } was not taken in:
imports-one-begun = Taken in:
imports-begun = { $count ->
    [one] One import has begun.
   *[other] { $count } imports have begun.
}
imports-unnamed = without a name
imports-do = { $count ->
    [one] Import this file
   *[other] Import { $count } files
}
imports-try-all = Try it to the end
imports-try-all-help = Reads all of it and says what would happen. Nothing is stored.
imports-needs-text = It is a table, but nothing says which of its columns holds the statements. Choose it below: “{ imports-field-text }”.
imports-unreadable = Nothing can be imported from it:
imports-unknown = It is in no format that is read, or each of its lines is wrong. An article or a plain text is checked on the page “Check an article”.
imports-empty = There is no record in it: it is empty.
imports-format = { $format ->
    [table] Table
    [spreadsheet] Spreadsheet
    [json-lines] JSON lines
    [list-of-records] List of records in JSON
    [telegram-export] Export of Telegram
    [posts-of-x] Posts of X
    [stix-bundle] STIX bundle
    [misp-event] MISP event
   *[other] { $name }
}
imports-encoding-is = Encoding { $encoding }
imports-guessed = (guessed: look whether the letters below are right)
imports-undated = { $count ->
    [one] one without a date
   *[other] { $count } without a date
}
imports-all-read = The whole file was read:
imports-first-read = The first { $count } records were read:
imports-would = { $outcome ->
    [new] { $count } new
    [updated] { $count } would change what is there
    [unchanged] { $count } there already
    [withdrawn] { $count } withdrawn before
    [rejected] { $count } rejected
    [skipped] { $count } no statements
   *[other] { $count } { $outcome }
}
imports-outcome = { $outcome ->
    [new] new
    [updated] changed
    [unchanged] there already
    [withdrawn] withdrawn before
    [rejected] rejected
    [skipped] no statements
   *[other] { $outcome }
}
imports-count = { $outcome ->
    [new] { $count } new
    [updated] { $count } changed
    [unchanged] { $count } there already
    [withdrawn] { $count } withdrawn before
    [rejected] { $count } rejected
    [skipped] { $count } no statements
   *[other] { $count } { $outcome }
}
imports-encoding = Encoding
imports-by-itself = as found
imports-dates = Dates such as 4/2/2023
imports-dates-dmy = day first: 4 February
imports-dates-mdy = month first: 2 April
imports-dates-unclear = Its dates can be read in two ways, and nothing in the file says in which. Choose above which comes first: rows with such a date are rejected until then.
imports-columns = Columns
imports-column = Column
imports-samples = First values
imports-holds = Holds
imports-holds-of = What { $column } holds
imports-kept = — kept as a note
imports-field-text = the statement
imports-field = { $field ->
    [text] { imports-field-text }
    [said_at] when it was said
    [speaker] who said it
    [source] outlet or channel
    [url] address
    [title] title
    [language] language
    [narratives] narratives (one | two)
    [external_id] id in the file
    [said_before] said before this day
    [archive_url] archived copy
    [verdict] verdict of a fact-check
    [publisher] who checked it
    [review_url] address of the fact-check
    [reviewed_at] when it was checked
    [explanation] explanation of the verdict
    [keywords] keywords (one | two)
    [summary] summary
   *[other] { $field }
}
imports-first-rows = First statements
imports-line-number = line { $line }
imports-past = Imports so far
imports-none = Nothing was imported yet
imports-none-advice = Drop a file above: what is in it is shown before anything is stored.
imports-head-name = File
imports-head-by = By
imports-head-when = When
imports-head-state = State
imports-head-counts = Statements
imports-by-unknown = not known
badge-import-receiving = arriving
badge-import-queued = waiting
badge-import-running = under way
badge-import-done = done
badge-import-cancelled = cancelled
badge-import-failed = failed
badge-import-undone = undone
imports-is-private = only our organisation finds them
imports-progress = { $done } of { $lines } lines
imports-dry-run = This was a trial: nothing is stored.
imports-dry-run-go-on = Import the file
imports-left-out = { $field } was left out of { $count ->
    [one] one record:
   *[other] { $count } records:
}
imports-cancel = Cancel
imports-cancelled = The import was cancelled. What is in the archive by now stays; it can be undone.
imports-ended-already = The import has ended already.
imports-rejected = { $count ->
    [one] One rejected line
   *[other] { $count } rejected lines
}
imports-rejected-csv = Save them as CSV
imports-line = Line
imports-reason = Reason
imports-forgotten = The lines of an import are kept for a week. This one is older.
imports-undo = Undo the import
imports-undo-title = Undo this import?
imports-undo-goes = { $count ->
    [0] No statement goes: others refer to all that it brought, or it brought nothing new.
    [one] One statement goes out of the archive.
   *[other] { $count } statements go out of the archive.
}
imports-undo-stays = These stay, for others refer to them:
imports-kept-also_imported = { $count ->
    [one] one that another import brought too
   *[other] { $count } that another import brought too
}
imports-kept-submitted = { $count ->
    [one] one that was sent over the API
   *[other] { $count } that were sent over the API
}
imports-kept-edited = { $count ->
    [one] one that somebody changed
   *[other] { $count } that somebody changed
}
imports-kept-findings = { $count ->
    [one] one with a finding of somebody else
   *[other] { $count } with findings of others
}
imports-kept-reviewed = { $count ->
    [one] one that a decision refers to
   *[other] { $count } that decisions refer to
}
imports-undo-again = Checks that showed them keep what they showed. Importing the file again brings them back.
imports-undo-do = { $count ->
    [one] Take one statement out
   *[other] Take { $count } statements out
}
imports-undo-not = Leave it as it is
imports-undone = { $count ->
    [0] The import is undone: no statement had to go.
    [one] The import is undone: one statement went out of the archive.
   *[other] The import is undone: { $count } statements went out of the archive.
}
imports-future = { $count ->
    [one] One statement has a date in the future; look whether it is a slip:
   *[other] { $count } statements have a date in the future; look whether these are slips:
}
imports-future-reject = Leave out what is dated in the future; each such line is listed among the rejected ones.
