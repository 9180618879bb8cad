# How often the claim of a statement came before: a denial is one that was denied before.
summary = { $stance ->
    [denial] Denied
   *[other] Said
} at least { $count ->
    [1] once before: { ON($last) }
   *[other] { $count } times before: first { ON($first) }, last { ON($last) }
}{ $days ->
    [0] { "" }
    [one] , { $days } day earlier
   *[other] , { $days } days earlier
}.

# The same where no instance has a date of its own, only the day of its review.
summary-before = { $stance ->
    [denial] Denied
   *[other] Said
} at least { $count ->
    [1] once
   *[other] { $count } times
} before: before { DATE($before) } (date of the review).

# Nothing earlier repeats it; $known: whether anything says the opposite.
summary-none = { $stance ->
    [question] A question repeats nothing
    [none] Its language is not read, so whether it repeats anything is not known
   *[other] { $known ->
        [opposed] No earlier statement is known to say the same
       *[other] No earlier statement is known to follow the same script
    }
}; { $known ->
    [opposed] { $opposed ->
        [one] { $opposed } statement says
       *[other] { $opposed } statements say
    } the opposite
   *[other] { $close ->
        [0] none is
        [one] { $close } statement is
       *[other] { $close } statements are
    } close to it
}.

# On a text that is no statement, or more than one.
notice-one-word = One word is no statement, so it was not compared with any. Search the archive for the word instead.
notice-long-text = This text is long for one statement. Check it as a document: then each claim in it finds its own precedents.
notice-undated = No day of publication was given or found, so that claims without a date of their own count as made today, and days such as Sunday cannot be worked out. Say when it was published.

# What is on record of the events that a script predicted; $more says more of some of them.
ledger = { $count ->
    [1] The one event that this script predicted is not on record as having happened.
   *[other] { $happened ->
        [0] None of the { $count } events that this script predicted is
        [one] One of the { $count } events that this script predicted is
       *[other] Of the { $count } events that this script predicted, { $happened } are
    } on record as having happened{ $rest ->
        [none] .
       *[other] ; { $more }.
    }
}
ledger-did-not = { $number ->
    [one] one is on record as not having happened
   *[other] { $number } are on record as not having happened
}{ $unrecorded ->
    [0] { "" }
   *[other] , and { ledger-unrecorded }
}
ledger-unrecorded = for { $unrecorded ->
    [one] one
   *[other] { $unrecorded }
} no outcome is recorded
ledger-unrecorded-all = no outcome is recorded for any of them

# The same where there is one and the same to say of all of them.
ledger-all-happened = { $count ->
    [1] The one event that this script predicted is on record as having happened.
   *[other] All { $count } events that this script predicted are on record as having happened.
}
ledger-all-did-not = { $count ->
    [1] The one event that this script predicted is on record as not having happened.
   *[other] All { $count } events that this script predicted are on record as not having happened.
}
notice-future = Its date is in the future, so that all that was said until now counts as earlier. Look whether the date is right.
