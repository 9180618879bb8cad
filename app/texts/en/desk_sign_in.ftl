### Signing in, one's own account, people and keys.

sign-in-title = Sign in
sign-in-login = Name
sign-in-password = Password
sign-in-do = Sign in
sign-in-refused = The name or the password is wrong.
sign-in-wait = { $seconds ->
    [one] Too many wrong passwords. Try again in one second.
   *[other] Too many wrong passwords. Try again in { $seconds } seconds.
}
sign-in-help = No account yet, or the password is forgotten? An admin of your organisation can help.
sign-in-signed-out = You are signed out.

sign-in-code = Code
sign-in-code-help = Six digits that your authenticator app shows now, or one of your recovery codes.
sign-in-code-refused = That code is wrong, or it was used before. Wait for the next one.
sign-in-code-wait = { $seconds ->
    [one] Too many wrong codes. Try again in one second.
   *[other] Too many wrong codes. Try again in { $seconds } seconds.
}
sign-in-again = Begin again with the password

sign-in-sso = Sign in with your organisation's account
sign-in-sso-failed = That did not sign you in. Begin again here; if it fails again, tell whoever runs this service.
sign-in-sso-closed = Your account here is closed. An admin of your organisation can open it again.
sign-in-sso-unreachable = Your organisation's sign-in cannot be reached now. Try again in a moment.

account-title = Your account
account-sso = Your organisation's account
account-sso-on = You can sign in with it.
account-sso-link = Sign in with it from now on, too
account-sso-linked = From now on you can sign in with your organisation's account, too.
account-sso-taken = Somebody else signs in with that account already.
account-factor = Second factor
account-factor-needed = This service wants a second factor of you. Set it up below; then everything else opens.
account-factor-password = Your password
account-factor-about = With a second factor, whoever learns your password cannot sign in without your phone or security app.
account-factor-begin = Set up a second factor
account-factor-scan = Scan this with an authenticator app, and type the six digits that it shows.
account-factor-qr = QR code of the secret below
account-factor-type = Or type this into the app:
account-factor-confirm = Confirm
account-factor-on = A code of your authenticator app is asked for when you sign in.
account-factor-remove = Remove the second factor
account-factor-removed = The second factor is removed.
account-code-fault = That is not the code that the app shows now. Try the next one.
account-recovery-codes = Your recovery codes
account-recovery-once = They are shown only now. Each is good for one sign-in without the app: keep them where you keep papers.
account-recovery-left = { $count ->
    [0] No recovery code is left: remove the second factor and set it up again.
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
account-must-change = Somebody else made your password. Take one of your own; then everything else opens.
account-password = Password
account-current = Current password
account-new = New password
account-new-help = At least { $least } characters. A sentence that you remember is a good one.
account-change = Change the password
account-current-fault = That is not your password.
account-password-fault = It needs at least { $least } characters, and 200 at most.
account-password-guessed = That is one of those that are guessed first, or the one you have. Take another.
account-password-changed = The password is changed. Every other browser is signed out.
account-sessions = Where you are signed in
account-agent-unknown = A browser that says nothing of itself
account-here = this browser
account-since = since
account-used = last used
account-sign-out-elsewhere = Sign out everywhere else
account-signed-out-elsewhere = { $count ->
    [0] There was no other browser.
    [one] Another browser is signed out.
   *[other] { $count } other browsers are signed out.
}

people-title = People
people-count = { $count ->
    [one] One account
   *[other] { $count } accounts
}
people-name = Name
people-role = Role
people-seen = Last seen
people-do = Account
people-you = you
people-never = never
people-role-of = Role of { $name }
people-set = Set
people-set-role-of = Set the role of { $name }
people-reset = New password
people-reset-one = New password for { $name }
people-reset-factor = Reset second factor
people-reset-factor-one = Reset the second factor of { $name }
people-factor-reset = The second factor of { $name } is reset: the password alone is enough until they set up another.
people-disable = Close
people-disable-one = Close the account of { $name }
people-enable = Open again
people-enable-one = Open the account of { $name } again
people-invite = A new account
people-login = Name to sign in with
people-login-help = Such as a mail address. Nobody else has it.
people-login-taken = Somebody signs in with this name already. Take another.
people-name-fault = It needs at least one visible character, and 200 at most.
people-shown-name = Name others see
people-role-help = Readers see everything. Analysts judge, edit and record. Admins also manage people and keys.
people-make = Make the account
people-password-for = A password for
people-password-once = It is shown only now, and good for setting one's own at the first sign-in with the name
people-role-changed = The role of { $name } is changed.
people-disabled = The account of { $name } is closed.
people-enabled = The account of { $name } is open again.
people-last-admin = This is the last admin. Make somebody else an admin first.
people-events = What was done
people-by-command = The command line

badge-account-closed = closed
badge-account-invited = has to set a password

account-event-signed-in = { $who } signed in.
account-event-signed-out-elsewhere = { $who } signed out everywhere else.
account-event-password-changed = { $who } changed their password.
account-event-created = { $who } made the account of { $whom }: { $role }.
account-event-role-changed = { $who } changed the role of { $whom }: { $role }.
account-event-disabled = { $who } closed the account of { $whom }.
account-event-enabled = { $who } opened the account of { $whom } again.
account-event-password-reset = { $who } made a new password for { $whom }.
account-event-second-factor-set-up = { $who } set up a second factor.
account-event-second-factor-removed = { $who } removed their second factor.
account-event-second-factor-reset = { $who } reset the second factor of { $whom }.
account-event-identity-linked = { $who } linked their organisation's account.
account-event-recovery-code-used = { $who } signed in with a recovery code.

keys-title = Keys
keys-about = Programs use the API with a key. Its secret is shown once, when it is made.
keys-none = There is no key yet.
keys-name = What it is for
keys-scopes = What it reaches
keys-used = Last used
keys-ends = Ends
keys-do = Key
keys-never = never
keys-open-end = at no time
keys-rotate = Rotate
keys-rotate-one = Rotate the key { $name }
keys-revoke = Revoke
keys-revoke-one = Revoke the key { $name }
keys-new = A new key
keys-make = Make the key
keys-secret-of = The secret of
keys-secret-once = It is shown only now. The one before it, where there was one, stays good for a day.
keys-revoked = The key { $name } is revoked.
keys-scopes-fault = Choose at least one.
# What a key reaches.
keys-scope = { $scope ->
    [check] check statements and articles
    [read] read the archive, the flags and the checks
    [write] record and change statements and narratives
    [review] decide about flags
    [admin] manage keys, webhooks and sources
   *[other] { $scope }
}

badge-key-revoked = revoked
badge-key-expired = expired

webhooks-title = Webhooks
webhooks-one = A webhook
webhooks-none = There is no webhook yet.
webhooks-since = since
webhooks-format-cloudevents = signed events
webhooks-format-slack = messages in Slack
webhooks-format-teams = messages in Teams
webhooks-format-mattermost = messages in Mattermost
webhooks-disabled = This webhook is disabled:
webhooks-test = Send a test
webhooks-tested = A test is on its way. Load the page again to see what became of it.
webhooks-resent = The event is sent once more. Load the page again to see what became of it.
webhooks-deliveries = Deliveries
webhooks-no-deliveries = Nothing has been sent yet.
webhooks-event = Event
webhooks-when = When
webhooks-state = State
webhooks-last = Last answer
webhooks-do = Delivery
webhooks-tries = { $count ->
    [one] one attempt
   *[other] { $count } attempts
}
webhooks-not-yet = not tried yet
webhooks-resend = Send again
webhooks-resend-one = Send again: { $event }
badge-webhook-well = delivering
badge-webhook-failing = failing
badge-webhook-disabled = disabled
badge-delivery-pending = pending
badge-delivery-delivered = delivered
badge-delivery-failed = failed
badge-delivery-stopped = stopped
