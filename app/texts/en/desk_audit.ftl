### The audit log.

audit-title = Audit log
audit-about = Who saw, changed and reviewed what. Nothing can be changed here, not even by an admin.
audit-when = When
audit-actor = Who
audit-action = Action
audit-action-help = Such as review.confirmed, or review for all reviews.
audit-subject = What
audit-id-help = An id, as it stands in the log.
audit-from = From
audit-to = To
audit-filter = Show
audit-none = No entry is like that.
audit-actor-key = a key
audit-actor-account = an account
audit-actor-command = the command line
audit-actor-job = a job
audit-actor-service = the service
audit-actor-nobody = nobody who signed in
