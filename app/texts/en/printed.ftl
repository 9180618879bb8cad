# What the command line prints of a check.
printed-statement = Statement of { DATE($when) }
printed-statement-now = Statement
printed-nothing = Nothing like it is in the archive.
printed-flagged = FLAGGED
printed-not-flagged = not flagged

# How to read marked words; only where they can be marked.
printed-marks = Underlined: said before as well. Bold: other than before, or not said before.

printed-before = { $days ->
    [one] { $days } day before
   *[other] { $days } days before
}
printed-after = { $days ->
    [one] { $days } day after
   *[other] { $days } days after
}
printed-undated = undated
printed-said-before = before { DATE($when) } (date of the review)
printed-tier-near_verbatim = near verbatim
printed-tier-same_script = same script
printed-tier-same_topic = same topic
printed-below = below every tier
printed-withdrawn = withdrawn since
printed-score = score { $score }

printed-script = Script: { $titles }
printed-found = Found: { $verdict }
printed-found-by = Found by { $publisher }: { $verdict }
printed-summary = { $found }: { $summary }

# The script down the years; what was brought where is listed in text.
printed-years = The script down the years, in { $shown } of its { $count } appearances:
printed-day = { DATE($when) }
printed-part-next = { $before }, { $part }
printed-telling = { $parts } ({ $who })

# An article: its claims, each with who said it and when.
printed-claim = { $who }, { DATE($when) }
printed-claim-undated = { $who }, undated
printed-own = the text itself
printed-speaker-unnamed = speaker not named
printed-speaker-unknown = speaker not known
printed-stance = { $stance ->
    [report] report
    [denial] denial
    [question] question
   *[other] stance not read
}
printed-no-claims = Nobody is said to have said anything, and nothing is asserted that could be checked.
printed-no-attributions = Who says what is not told in this language: each sentence was checked by itself.
printed-left-out = Not checked:
printed-left-out-one = { $claim }: { $text } ({ $why ->
    [background] background
    [too_many] over the number that is checked of one article
   *[other] longer than a check may be
})
printed-no-date = “{ $words }” is no date that can be worked out.
printed-published = Published on { DATE($when) }, by what the page says of itself.
printed-note = Note: { $note } (--published-at DAY)

# What is wrong with what was to be checked.
printed-what-to-check = say what to check: a statement, or --document with the file of an article
printed-wrong-statement = the statement { $reason }
printed-wrong-article = the article { $reason }
printed-unreadable = { $file } cannot be read: { $reason }
