# Why a precedent is shown.

# When it was said, after "as", "what was said" and the like.
explanation-when = { ON($when) }
explanation-when-later = later, { ON($when) }
explanation-when-before = before { DATE($when) } (date of the review)
explanation-when-unknown = in an undated statement

# Who said it: the speaker, the outlet, the language if it is another one; as many of them as are known.
explanation-who = { " " }({ $names })
explanation-who-next = { $before }, { $name }
explanation-in-language = in { LANGUAGE($language) }

# How alike: the statement in hand and the precedent both say it.
explanation-verbatim = Word for word as { $when }{ $who }
explanation-almost-verbatim = Almost word for word as { $when }{ $who }
explanation-translated = The same in another language as { $when }{ $who }
explanation-script = The same script as { $when }{ $who }
explanation-topic = The same topic as { $when }{ $who }, but not clearly the same script
explanation-distant = Little in common with what was said { $when }{ $who }

# One of them denies it, or asks about it: what the statement in hand does, then what the precedent does.
explanation-denial-said = Says the opposite of what was said { $when }{ $who }
explanation-denial-denial = Denies the same as { $when }{ $who }
explanation-denial-question = Denies what was asked about { $when }{ $who }
explanation-question-said = Asks about what was said { $when }{ $who }
explanation-question-denial = Asks about what was denied { $when }{ $who }
explanation-question-question = Asks about the same as { $when }{ $who }
explanation-said-denial = Says what was denied { $when }{ $who }
explanation-said-question = Says what was asked about { $when }{ $who }

# Both say it, but one the opposite of the other: by a word, a negation, or who does it to whom.
explanation-opposed = Says the opposite of what was said { $when }{ $who }

# One sentence after another.
sentence-next = { $before } { $sentence }

# The first sentence: one of the above, and what is repeated.
explanation-alone = { $alike }.
explanation-again = { $alike }: again { $repeated }.
explanation-again-blame = { $alike }: again { $repeated }, with the blame on { $accused }.
explanation-blame = { $alike }: again the blame is put on { $accused }.

# What took the place of what; the second where the precedent is not earlier, or undated.
explanation-changed = Then it was { $then }; now it is { $now }.
explanation-changed-there = There it is { $then }; here it is { $now }.
explanation-accused = the blame on { $accused }

# What only one of them mentions.
explanation-added = This time it also speaks of { $added }.
explanation-added-dropped = This time it also speaks of { $added }, and no longer of { $dropped }.
explanation-dropped = It no longer speaks of { $dropped }.
explanation-added-there = It also speaks of { $added }.
explanation-added-dropped-there = It also speaks of { $added }, but not of { $dropped }.
explanation-dropped-there = It does not speak of { $dropped }.

# What is on record of what the precedent predicted; $by is empty, or who found it.
explanation-outcome-happened = What it predicted is on record as having happened{ $by }.
explanation-outcome-did_not_happen = What it predicted is on record as not having happened{ $by }.
explanation-outcome-disputed = Whether what it predicted happened is disputed.
explanation-outcome-unknown = What became of what it predicted is on record as unknown{ $by }.

# Words of another language, or such as do not fit the sentence.
explanation-quoted = “{ $words }”
