### What could not be sent, signing in over a page, undoing, asking first.

held-page = The service does not answer.
held-page-kept = This page stays as it is, with what you typed.
held-change = Not yet saved:
held-change-kept = The service does not answer. Your change is kept here and sent again by itself; leave this window open.
held-slow = The service is slow to answer. Still waiting.
held-next = Next try in
held-seconds = s
held-trying = Trying again …
held-now = Try now
held-stop = Stop trying
held-drop = Do not save it

session-ended = Your session has ended
session-kept = Sign in to go on. The page stays as it is, with what you typed.
session-not-applied = This was not applied:
session-sso = Sign in with your organisation's account, in a new window
session-elsewhere = Sign in in a new window
session-look = I have signed in
session-leave-page = Back to the page without signing in
session-signed-in = You are signed in as
session-other = This page was { $name }'s. Nothing of it was applied, and nothing will be by itself: what is open here is theirs.
session-apply = Apply it now
session-drop = Do not apply it
session-go-home = To your own start page
session-stay = Stay, and copy what was typed
session-unreachable = The service does not answer. Try again in a moment.
session-failed = That did not work. Try again, or sign in in a new window.

undo-open = Undo …
undo-title = What can be undone
undo-none = Nothing that you did in this window can be undone.
undo-newest = Take back what you did last
undo-refused = Not undone:

draft-kept = You typed this before and did not send it.
asked-cancel = Leave it as it is

date-help = 2021-05-23, 23.05.2021, May 2021, 2021, yesterday
date-help-now = 2021-05-23, 23.05.2021, May 2021, yesterday; empty: now
date-help-published = 2021-05-24 or 24 May 2021; “Sunday” is counted from it. Empty: as the article's head says
date-pick = Choose a day
date-read = Understood as { $date }.
date-read-two = Understood as { $date }, day first; not as { $other }. Write the month as a word to be sure.
date-wrong = This cannot be read as a date. Write 2021, May 2021, 23 May 2021, 2021-05-23 or “yesterday”.
date-future = { $date } is in the future, when nobody can have said anything yet. Is a figure wrong?
date-future-note = That is in the future.
date-future-really = This date really is in the future
date-now = no date given: compared with everything before now,
date-from-head = Published on { $date }, as the head of the article says. Check it again with another date if that is wrong.

asked-for-good = This cannot be undone.
asked-key = Revoke the key “{ $name }”? Whatever uses it is refused from then on.
asked-key-do = Revoke the key
asked-feed = Revoke the feed “{ $name }”? Its addresses answer nothing from then on.
asked-feed-do = Revoke the feed
asked-account = Close the account of { $name }? They are signed out at once and cannot sign in. What they decided stays.
asked-account-note = The account can be opened again.
asked-account-do = Close the account
asked-password = Give { $name } a new password? They are signed out everywhere, and the old password stops working.
asked-password-note = This cannot be undone; you will be shown the new password once.
asked-password-do = Make a new password
asked-factor = Reset the second factor of { $name }? Their app and recovery codes stop working.
asked-factor-note = This cannot be undone; they can set up a new one.
asked-factor-do = Reset it
asked-source = Remove the source { $name }? It is not read any more. What was found in it stays.
asked-source-note = This cannot be undone; to pause it, stop reading it instead.
asked-source-do = Remove the source
asked-finding = Remove the finding “{ $verdict }”?
asked-counter = Remove the counter-example { $number }? Later checks may flag texts like it again.
asked-counter-note = This cannot be undone here; dismissing such a flag can add it again.
asked-remove-do = Remove
asked-view = Remove the view “{ $name }”?
asked-view-note = It can be brought back right afterwards. The flags stay; its alerts and digests end.
asked-view-note-shared = Everybody in your organisation loses it. It can be brought back right afterwards. The flags stay; its alerts, digests and feeds end.
