### The overview, the first page after signing in.

desk-nav-overview = Overview
queue-flagged_on = Flagged on
queue-wrong-day = Write a day as 2021-05-23.
overview-title = Overview
overview-now = Now
overview-table = The figures as a table
overview-table-of = { $what }: the figures
overview-flags = Flags
overview-all = All
overview-none = No flag yet.
overview-more-than = { $n }+
overview-check = Check a statement
overview-waiting = { $n ->
    [one] flag waits
   *[other] flags wait
}
overview-oldest = the longest wait
overview-days = { $n ->
    [0] today
    [one] 1 day
   *[other] { $n } days
}
overview-lapsed = { $n ->
    [one] prediction has lapsed, nobody looked
   *[other] predictions have lapsed, nobody looked
}
overview-lapse-soon = { $n ->
    [one] prediction lapses this week
   *[other] predictions lapse this week
}
overview-share = { $percent }%
overview-agreement-short = agreement between analysts
overview-by-day = Flags of the last { $days } days
overview-by-day-note = By the day of the check, in UTC, and by what was decided since.
overview-by-day-label = Stacked bars: flags of each of the last { $days } days, open, confirmed and dismissed. The table below has the figures.
overview-by-day-none = Nothing was flagged in this time.
overview-day = Day
overview-growing = Growing narratives
overview-growing-rule = At least { $least } statements in the last { $days } days, and more than in the { $days } days before; the same rule as in the list of narratives.
overview-growing-none = No narrative grows by this rule.
overview-grew = { $recent ->
    [one] 1 statement, { $before } before
   *[other] { $recent } statements, { $before } before
}
overview-returned = Back after a pause
overview-returned-rule = Seen in the last { $days } days, after at least { $pause } days without a statement; the same rule as in the list of narratives.
overview-narratives-all = { $n ->
    [one] 1 narrative
   *[other] All { $n } narratives
}
overview-returned-none = No narrative came back by this rule.
overview-paused = { $n ->
    [one] after a pause of 1 day
   *[other] after a pause of { $n } days
}, { $recent ->
    [one] 1 statement since
   *[other] { $recent } statements since
}
overview-languages = Languages of flags
overview-languages-label = Bars: flags by language, the ten most frequent. The table below has the figures.
overview-language = Language
overview-outlets = Outlets of flags
overview-outlets-label = Bars: flags by outlet, the ten most frequent. The table below has the figures.
overview-outlet = Outlet
overview-outlets-none = No flag names an outlet yet.
overview-agreement = Agreement between analysts
overview-agreement-rule = Matches that two or more analysts judged; of each the last word that was not taken back, among the latest { $n } decisions.
overview-agreed = On { $agreed } of { $judged } all agree ({ $percent }%).
overview-alpha = Krippendorff’s alpha is { $alpha }: 1 is perfect agreement, 0 what chance would give.
overview-alpha-few = Too few for Krippendorff’s alpha: it takes { $enough } matches.
overview-alpha-same = Every decision is the same, so Krippendorff’s alpha says nothing.
overview-agreement-none = No match has been judged by two analysts yet. Agreement shows once colleagues judge the same flag.
overview-disputed = Where they differ
