### Help: the words of the desk, its keys, the tour, and what to do where there is nothing yet.

desk-menu-help = Help
help-title = Help
help-about = The words of the desk, each in a sentence or two.
help-keys-link = All keys
help-tour-link = Take the tour
help-terms = Words
help-term-of = What is meant by “{ $term }”
help-keys-title = Keys
help-keys-about = One key does one thing, wherever nobody is typing. On any page { $key } lists the keys of that page, and switches them off.
help-keys-anywhere = Anywhere
help-keys-list = In a list
help-keys-search = Into the search, or the text
help-keys-of-page = Keys of this page
help-keys-reason = Dismiss for a reason from the menu
help-keys-precedent = Another precedent
help-keys-article = The article that it is from
help-keys-meanwhile = Decide all the same
help-keys-back-up = Back to the list
help-keys-known = Open the check that there is
help-keys-anew = Check it again
help-keys-nearest = Show what is nearest
help-keys-number = Confirm with the precedent of that number
help-keys-gloss = Say the statement in your own words
help-keys-gloss-precedent = Say the precedent in your own words
help-keys-print = Print
help-keys-back = Back to help
keys-group-places = Go to another page
keys-group-looks = Move and look
keys-group-changes = Decide and change

## Words

help-term-statement = Statement
help-term-statement-says = What somebody said, in the words and the language it was said in, with who, when and where as far as that is known.
help-term-claim = Claim
help-term-claim-says = What a text holds to be so, or tells in somebody’s words. An article may have many; each is checked by itself.
help-term-precedent = Precedent
help-term-precedent-says = An earlier statement that follows the same script as the one in hand. What was said on the same day or later is none.
help-term-narrative = Narrative
help-term-narrative-says = A script that statements follow again and again: who is said to do what, and why. Places, quantities and names change; the script stays.
help-term-flag = Flag
help-term-flag-says = A checked statement that repeats a script closely enough for somebody to look at it. It is no verdict on whether it is true.
help-term-tier = Tier
help-term-tier-says = How alike two statements are. Near verbatim: the same but for edits, or its translation. Same script: the same story with other places, quantities, means. Same topic: worth a look, no more.
help-term-score = Score
help-term-score-says = The probability, from 0 to 1, that an analyst files the two statements under one script. 0.90 means that nine of ten such pairs were.
help-term-relation = Says the opposite
help-term-relation-says = The statement asserts what the precedent denies, or the other way round. It is shown, and is no repeat.
help-term-stance = Stance
help-term-stance-says = What a text does with a claim: it claims it itself, reports it, denies it or asks about it. “Not read” is what a text in a language without rules for it has.
help-term-recurrence = How often
help-term-recurrence-says = How many times the script came before, first and last. A stroke a time; the last stroke is the statement in hand.
help-term-judge = Confirm, dismiss
help-term-judge-says = Confirm a flag where a precedent is one, dismiss it where none is. Every decision is kept with who, when and why, and can be taken back.
help-term-counter-example = Counter-example
help-term-counter-example-says = A text that looks like a narrative and is not one of it. What is closer to it than to a precedent is not flagged any more.
help-term-prediction = Prediction
help-term-prediction-says = What a statement announces: that something will happen, and by when if it says so.
help-term-outcome = Outcome
help-term-outcome-says = What became of a prediction, as a finding has it: it happened, it did not, it is disputed or cannot be known. A time that has passed is no outcome by itself.
help-term-finding = Finding
help-term-finding-says = What a fact-checker found about a statement: a verdict, who published it, and where it can be read.
help-term-archive = Archive
help-term-archive-says = All statements on record, your organisation’s private ones among them. Every check looks for precedents there.
help-term-echo = Echo
help-term-echo-says = A later statement that follows the same script as the one in hand, which is its precedent.
help-term-sighting = Sighting
help-term-sighting-says = A statement was sent in: by a check, by hand or by a program. The same text sent in again is one statement with two sightings.
help-term-withdrawn = Withdrawn
help-term-withdrawn-says = Taken out of the archive: no later check finds it. Where it was shown before it stays, marked. It can be restored.
help-term-private = Private
help-term-private-says = Only your own organisation sees it, and only its checks find it.
help-term-watched-source = Watched source
help-term-watched-source-says = A feed that is read on a schedule. The claims of each new entry are checked, and their flags come to the queue.
help-term-feed = Feed
help-term-feed-says = An address for a feed reader with new flags, or what is new under a narrative.
help-term-webhook = Webhook
help-term-webhook-says = An address of another program or a chat that is told at once what happens here.
help-term-key = Key of a program
help-term-key-says = The password of a program that uses the API. It reaches what its scopes name, and nothing else.
help-term-audit = Audit log
help-term-audit-says = Who saw, changed and decided what. Nothing in it can be changed; its entries are chained, so that a missing one shows.

## The tour

tour-title = A tour of the desk
tour-offer = New here? { $count ->
    [one] One step
   *[other] { $count } steps
} over the real pages show what a shift is made of.
tour-start = Begin the tour
tour-later = Not now
tour-step = Step { $number } of { $count }
tour-next = Next
tour-back = Back
tour-close = Close the tour
tour-finish = Done
tour-elsewhere = The tour goes on where you left it.
tour-go-on = Go on
tour-closed = The tour is closed. Under Help you can take it again.
tour-queue = The queue
tour-queue-says = Flags wait here: statements that follow a script said before. The newest are on top; j and k go down and up, Enter opens.
tour-filters = Narrow the list
tour-filters-says = Look for words, a tier, a language or a narrative. The address holds the filters: send it to a colleague, or save the list under a name.
tour-flag = One flag
tour-flag-says = Statement and precedent stand side by side, and this sentence says what they have to do with each other: what is repeated, and what changed.
tour-decide = Decide by one key
tour-decide-says = c confirms, a also puts the statement on record, d dismisses, s skips. The next flag is there at once, and u takes the last decision back.
tour-check = Check something yourself
tour-check-says = Paste a statement in any language, or a whole article. What was said before comes with day, speaker and source.
tour-archive = The archive
tour-archive-says = All statements on record. A search by meaning finds other wordings and other languages; one by words finds exactly these.
tour-help = Help
tour-help-says = The words of the desk are explained here, and the tour can be taken again. The key ? lists the keys of any page.

## What to do where there is nothing yet

sources-none-advice = Give the address of a feed below. It is read at once, and from then on by itself.
sources-no-entries-advice = The next reading looks for new entries; “Read now” does not wait for it.
feeds-none-advice = Make one below and put its address into a feed reader.
keys-none-advice = Make one below for each program, with the scopes that it needs and no more.
webhooks-no-deliveries-advice = “Send a test” shows at once whether the address answers.
audit-none-advice = Take a filter away, or write the whole id.
audit-none-clear = Clear the filters
check-latest-none-advice = Put a statement into the form and press “Check”.
people-only-you = Nobody else has an account yet: make one for each colleague below.
queue-empty-confirmed-advice = Open the first flag that waits, and press c where a precedent is one.
queue-empty-dismissed-advice = Open the first flag that waits, and press d where no precedent is one.
queue-empty-to-open = To the flags that wait
check-none-archive = Look in the archive
article-none-check = Check a statement
flag-history-none-advice = Confirm or dismiss it, write a note or assign it: that is listed here.
