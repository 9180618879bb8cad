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

asked-cancel = Leave it as it is
