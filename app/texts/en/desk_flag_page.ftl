### The page of one flag: why it has its score, and what its badges mean.

flag-why = Why this score
flag-why-note = What the two texts have in common and where they differ, the heaviest first. The score is the probability that they follow one script; it is computed from both texts as wholes, so the parts do not add up to it.
flag-why-for = speaks for it
flag-why-against = speaks against it
flag-why-across = They are in different languages, so words and letters were not compared.
flag-why-score = Score { $score }: { $tier }.
score-meaning = The meaning agrees by { $percent } %
score-topic = The topic agrees by { $percent } %
score-words = The words agree by { $percent } %
score-letters = Letter by letter they agree by { $percent } %
score-names = Of the names { $percent } % are the same
score-numbers = Of the numbers { $percent } % are the same
score-same = { $role ->
    [actor] The same actor
    [accused] The same are blamed
    [act] The same is done
    [means] By the same means
    [place] The same place
    [quantity] The same number
    [target] Aimed at the same
    [victims] The same victims
    [time] The same time
    [motive] The same purpose
   *[other] The same words
}
score-changed = { $role ->
    [actor] Another actor
    [accused] Others are blamed
    [act] Something else is done
    [means] By other means
    [place] Another place
    [quantity] Another number
    [target] Aimed at something else
    [victims] Other victims
    [time] Another time
    [motive] Another purpose
   *[other] Other words
}
score-added = { $role ->
    [actor] Only the statement names an actor
    [accused] Only the statement blames somebody
    [act] Only the statement says that something is done
    [means] Only the statement names means
    [place] Only the statement names a place
    [quantity] Only the statement has a number
    [target] Only the statement names a target
    [victims] Only the statement names victims
    [time] Only the statement names a time
    [motive] Only the statement names a purpose
   *[other] Only the statement says it
}
score-dropped = { $role ->
    [actor] Only the precedent names an actor
    [accused] Only the precedent blames somebody
    [act] Only the precedent says that something is done
    [means] Only the precedent names means
    [place] Only the precedent names a place
    [quantity] Only the precedent has a number
    [target] Only the precedent names a target
    [victims] Only the precedent names victims
    [time] Only the precedent names a time
    [motive] Only the precedent names a purpose
   *[other] Only the precedent says it
}
score-opposes = One says the opposite of the other

flag-article = From an article: read it there

## What a badge means

explain-tier-near_verbatim = Near verbatim: the same text but for small edits, by its letters or, across languages, by its meaning.
explain-tier-same_script = Same script: it conveys the same message, perhaps with other places, numbers or names. Such a match makes a flag.
explain-tier-same_topic = Same topic: close enough to look at, but not clearly the same message. It makes no flag by itself.
explain-tier-none = No tier: below everything that would be suggested.
explain-score = The number is the probability, from 0 to 1, that an analyst would file both under the same script.
explain-stance-assertion = Claims it: the speaker says it as a fact.
explain-stance-report = Reports it: the speaker says that somebody else said it.
explain-stance-denial = Denies it: the speaker says that it is not so.
explain-stance-question = Asks it: the speaker asks whether it is so, and claims nothing.
explain-stance-none = Stance not read: in this language it is not found out whether a text claims, reports, denies or asks.
explain-relation-opposes = Says the opposite: one claims what the other denies. It is never flagged nor counted as a repeat.
explain-state-open = Open: it waits for a decision.
explain-state-confirmed = Confirmed: an analyst said that it follows the script.
explain-state-dismissed = Dismissed: an analyst said that it does not.
explain-state-none = Not flagged: nothing earlier was close enough.
explain-outcome-happened = It happened: what was predicted is on record as having happened.
explain-outcome-did_not_happen = It did not happen: what was predicted is on record as not having happened.
explain-outcome-unknown = Not known: it is on record that nobody can tell what became of it.
explain-outcome-disputed = Disputed: the records contradict each other.
explain-outcome-expired = Its time has passed, and nobody recorded what became of it.
explain-outcome-open = Still open: its time has not passed.
