# Watched sources: feeds that are read on a schedule.
sources-title = Watched sources
sources-about = Feeds that Refrain reads by itself: the claims of each new entry are checked, and flags come to the queue.
sources-one = A watched source
sources-none = No source is watched yet.
sources-new = Watch a source
sources-url = Address of the feed
sources-url-help = RSS, Atom, JSON Feed or a sitemap of news, at an https address.
sources-name = Name
sources-read-from = What is read
sources-read-from-entry = the text in the feed
sources-read-from-page = the page of each entry
sources-interval = How often
sources-minutes = { $count ->
    [60] every hour
    [180] every three hours
    [720] every twelve hours
    [1440] every day
   *[other] every { $count } minutes
}
sources-add = Watch it
sources-added = The source is watched now. Load the page again to see what was found.
sources-most = Your organisation watches as many sources as it may: remove one first.
sources-read-now = Read now
sources-read = It is read as soon as a worker is free. Load the page again to see what was found.
sources-stop = Stop reading
sources-stopped = The source is not read any more.
sources-remove = Remove
sources-removed = The source is not watched any more. What was found in it stays.
sources-not-read = This source is not read. Read it now to begin anew.
sources-last = last read
sources-never = never
sources-next = next
sources-failed = { $count ->
    [one] The last reading failed:
   *[other] The last { $count } readings failed:
}
sources-found = { $entries ->
    [one] one entry
   *[other] { $entries } entries
}, { $claims ->
    [one] one claim
   *[other] { $claims } claims
}, { $flagged ->
    [one] one flag
   *[other] { $flagged } flags
}
sources-entries = Entries
sources-entry = Entry
sources-seen = Seen
sources-result = Result
sources-claims = { $claims ->
    [one] one claim
   *[other] { $claims } claims
}, { $flagged ->
    [one] one flag
   *[other] { $flagged } flags
}
sources-no-claims = no claims
sources-no-address = without an address
sources-no-entries = Nothing was found yet.
badge-source-new = not read yet
badge-source-well = reading
badge-source-failing = failing
badge-source-stopped = stopped
