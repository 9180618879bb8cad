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
