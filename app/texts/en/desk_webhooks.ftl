### Webhooks made, changed and deleted on their page.

webhooks-what = Programs and chats are told here of flags, decisions and imports as they happen; saved views send their digests and alerts through them.
webhooks-none-make = Make one below: a chat gives you an address for it.
webhooks-new = New webhook
webhooks-make = Make the webhook
webhooks-url = Address
webhooks-url-help = An https address on the internet: of your program, or the “incoming webhook” of a chat.
webhooks-description = What it is for
webhooks-format = What it is sent
webhooks-language = Language of messages
webhooks-language-default = as the service
webhooks-events = Events
webhooks-events-fault = Choose at least one event.
webhooks-event-of = { $event ->
    [flag-created] a statement was flagged
    [review-created] somebody decided about a flag
    [review-undone] a decision was taken back
    [narrative-created] a narrative was made
    [narrative-updated] a narrative was changed
    [narrative-warning] an early warning about a narrative
    [narrative-appeared] something new under a narrative that somebody follows
    [webhook-test] a test
    [job-finished] an import or a bulk check has ended
   *[other] { $name }
}
webhooks-narratives = Only these narratives
webhooks-narratives-help = By title or id, one a line. Of what is sent about narratives, only what is about these, or about narratives below them. Empty: about all. Other events are sent all the same.
webhooks-narratives-fault = One of these is no narrative, or there are more than 50: write titles or ids, one a line.
webhooks-limited = Of narratives only:
webhooks-most = Your organisation has as many webhooks as it may: delete one first.
webhooks-secret = Its secret
webhooks-secret-once = It signs each delivery, and is shown only now. Programs verify with it; a chat does not need it.
webhooks-change = Change it
webhooks-save = Save
webhooks-changed = The webhook is changed.
webhooks-pause = Pause
webhooks-paused = The webhook is paused: nothing is sent, and what happens meanwhile is not sent later.
webhooks-paused-first = The webhook is disabled: nothing is sent. Resume it first.
webhooks-resume = Resume
webhooks-resumed = The webhook is active.
webhooks-rotate = New secret
webhooks-rotate-help = For a day deliveries carry the signature of the old one too.
webhooks-remove = Delete …
webhooks-remove-title = Delete this webhook?
webhooks-remove-what = Nothing is sent to it any more; its deliveries are forgotten, and saved views that send through it stop.
webhooks-remove-do = Delete the webhook
webhooks-remove-not = Keep it
webhooks-removed = The webhook is deleted.

feeds-of-this = Make a feed of this
