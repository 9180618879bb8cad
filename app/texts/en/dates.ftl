# When something was, as exactly as is known. $month is a number, $day and $year are text.
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

# ON(): as a sentence wants it.
on-day = on { date-day }
on-month = in { date-month }
on-year = in { date-year }

# DATE(): by itself.
date-day = { $day } { month } { $year }
date-month = { month } { $year }
date-year = { $year }
