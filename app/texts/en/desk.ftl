### The desk: the frame of every page, its badges and its plain words for what went wrong.

desk-name = Refrain
desk-skip = Skip to the content
desk-nav = Main
desk-nav-queue = Queue
desk-nav-check = Check
desk-nav-archive = Archive
desk-nav-narratives = Narratives
desk-menu = Menu
desk-menu-account = Your account
desk-menu-people = People
desk-menu-keys = Keys
desk-menu-feeds = Feeds
desk-menu-sources = Watched sources
desk-menu-webhooks = Webhooks
desk-menu-audit = Audit log
desk-menu-api = The API
desk-sign-out = Sign out
desk-theme = Colours
desk-theme-auto = As the system
desk-theme-light = Light
desk-theme-dark = Dark
desk-keys = Keyboard
desk-keys-none = This page has no keys of its own.
desk-keys-on = Single keys do something
desk-key-send = Send the form
desk-close = Close
desk-dismiss = Close this message
desk-undo = Undo
desk-pages = Pages
desk-before = Previous
desk-after = Next
desk-undated = undated
desk-said-before = before { DATE($when) } (date of the review)
desk-save = Save
desk-cancel = Cancel

# A date by itself, as precisely as it is known; of a moment the time, too, as text.
desk-date = { DATE($when) }
desk-moment = { DATE($when) }, { $time } UTC

# $code is the code of ISO 639, or und.
language-name = { $code ->
    [und] language not known
   *[other] { LANGUAGE($code) }
}

## Words marked in a text. They are read aloud, too, so that nothing is told by colour alone.

mark-repeated = repeated
mark-changed = changed
mark-added = added
mark-dropped = left out
mark-cue = cue
mark-claim = claim
mark-claim-alone = Only this part matches:
mark-found = found
# $mark is one of the above, $role what the words are in their text: "changed, where".
mark-of = { $mark }, { $role }

## Badges

badge-tier-near_verbatim = near verbatim
badge-tier-same_script = same script
badge-tier-same_topic = same topic
badge-tier-none = no tier
badge-stance-assertion = claims it
badge-stance-report = reports it
badge-stance-denial = denies it
badge-stance-question = asks it
badge-stance-none = stance not read
badge-relation-opposes = says the opposite
badge-state-open = open
badge-state-confirmed = confirmed
badge-state-dismissed = dismissed
badge-state-none = not flagged

## Roles

role-reader = Reader
role-analyst = Analyst
role-admin = Admin

## Problems: what happened and what to do, for a person.

problem-home = Back to the start
problem-number = Number of this request, for whoever runs the service:
problem-forbidden = This is not yours to do
problem-forbidden-advice = Your role does not include this page. An admin of your organisation can change your role.
problem-not-contributor = Another organisation brought this
problem-not-contributor-advice = Only they and the admins of the operator of this service change it. A program with a key of yours can propose the change.
problem-forged = This form is too old
problem-forged-advice = Nothing was changed. Go back, load the page anew and send the form again.
problem-not-found = There is nothing here
problem-not-found-advice = The address is misspelt, or what was here is gone.
problem-conflict = It contradicts what is stored
problem-conflict-advice = Nothing was changed. Go back, load the page anew and look at what is there now.
problem-invalid = Something in the request cannot be accepted
problem-invalid-advice = Nothing was changed. Go back and correct it.
problem-too-many = Too many requests
problem-too-many-advice = Wait a moment, then try again.
problem-unavailable = The service is busy
problem-unavailable-advice = Nothing is lost. Try again in a few seconds.
problem-internal = Something went wrong here
problem-internal-advice = The error has been logged. If it happens again, tell whoever runs this service the number below.
problem-other = That did not work
problem-other-advice = Go back and try again.

export-menu = Export
export-checks = Export all checks
export-articles = Export all articles
export-csv = Table (CSV)
export-jsonl = Lines of JSON, for Refrain
export-claimreview = ClaimReview, data feed
export-claimreview-lines = ClaimReview, one a line
export-stix = STIX 2.1, for OpenCTI
export-misp = MISP event
export-jsonfeed = JSON Feed
export-atom = Atom

# Of a field that was refused: the detail goes on after "This", and that of a whole form stands alone.
form-fault = This { $detail }.
form-fault-whole = Not accepted: { $detail }.
