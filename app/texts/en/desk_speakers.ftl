# Speakers and outlets: lists, a page each, and names that are taken for one speaker's.

speakers-title-speaker = Speakers
speakers-title-outlet = Outlets
speakers-search = Search names
speakers-sort-last = last statement
speakers-sort-name = name
speakers-narratives = { $count ->
    [0] in no narrative
    [one] in 1 narrative
   *[other] in { $count } narratives
}
speakers-languages = { $count ->
    [one] in 1 language
   *[other] in { $count } languages
}
speakers-none = No name found
speakers-none-help = Names come from the statements on record: from their speakers, and from their sources.
speakers-first = first { ON($when) }
speakers-archive = All statements
speakers-latest = Latest statements
speakers-no-narratives = In no narrative yet.
speakers-aliases = Other names
speakers-aliases-help = Statements under these names count as this speaker’s: here, and where you filter by speaker. Only your organisation sees it.
speakers-aliases-none = None yet.
speakers-alias = Another name of this speaker
speakers-alias-add = Add
speakers-alias-unknown = Nothing was added: choose the name of another speaker on record.
speakers-separate = Not the same
speakers-separate-of = Separate { $name } again
speakers-separated = They are two speakers again.
speakers-suggested = May be the same
speakers-suggested-help = Names that sound alike, whatever their script, of speakers who were seen in one narrative.
speakers-shared = { $count ->
    [one] 1 narrative in common
   *[other] { $count } narratives in common
}
speakers-merge = The same
speakers-merge-of = { $first } and { $other } are the same
speakers-refuse = Two people
speakers-refuse-of = { $first } and { $other } are two people
speakers-merged = The two names are one speaker’s now.
speakers-merge-refused = Nothing was changed: choose another speaker.
speakers-refused = It is not suggested again.
speakers-suggested-again = It is suggested again.
speakers-flags = Flags in the queue
