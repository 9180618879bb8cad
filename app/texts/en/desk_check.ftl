### Checking a statement or an article from a page.

check-title = Has this been said before?
check-tabs = What to check
check-tab-statement = A statement
check-tab-article = An article
check-text = Statement
check-text-help = What somebody said, in any language, up to 5,000 characters.
check-said-at = Said on
check-speaker = Speaker
check-source = Source
check-language = Language
check-language-detect = Found out from the text
check-do = Check
check-under-way = Looking for precedents …
check-latest = Checked lately
check-latest-none = Nothing was checked yet. What your organisation checks is listed here.
check-found = { $count ->
    [0] no precedents
    [one] one precedent
   *[other] { $count } precedents
}


check-result-title = Check
check-another = Check another
check-as-article = Check it as an article
check-nothing = Nothing like it was said before, as far as the archive knows.
check-checked = The statement
check-checked-at = Checked on
check-said-now = said now
check-from-article = from an article
check-detected = (found out)
check-speaker-unknown = speaker not known
check-precedents = { $count ->
    [0] Precedents
    [one] One precedent
   *[other] { $count } precedents
}
check-times = { $count ->
    [one] once before
   *[other] { $count } times before
}
check-none-advice = The archive has nothing earlier that is close to it. That does not mean that it is new, or true.
check-days-before = { $days ->
    [0] on the same day
    [one] one day before
   *[other] { $days } days before
}
check-withdrawn = Withdrawn from the archive since.
check-predicted = What it predicted:
check-read-precedent = Read in the archive
check-judge = Judge it
check-archive = Put in the archive
check-archive-under = Under which narrative
check-archive-none = None
check-archive-help = Later checks will find it as a precedent.
check-archive-do = Put it in the archive
check-archived = It is in the archive now. The next repeat will find it.
check-archived-before = It was in the archive already.
