### Administration: organisations, quotas, jobs, index and models, scoring.

desk-menu-administration = Administration
audit-actor-help = A name of your organisation, or an id as it stands in the log.
administration-organisations = Organisations
administration-organisations-all = All organisations of this service, by their numbers alone.
administration-organisations-own = Your organisation. Admins of the organisation that runs the service see all of them.
administration-organisations-note = Statements are those that an organisation brought and that are not withdrawn. Organisations are made with the API or the command line.
administration-organisation = Organisation
administration-operator = runs the service
administration-made = Made
administration-people = People
administration-keys = Keys
administration-statements = Statements
administration-flags = Flags
administration-limit = Requests an hour
administration-limit-default = default
administration-no-limit = no limit
administration-quotas = Quotas
administration-quotas-about = Requests counted in the hour that began with the first of them. Looking here takes nothing.
administration-whose = Whose
administration-all-keys = All keys of { $name }
administration-used = Used
administration-allowed = Allowed an hour
administration-used-of = { $used } of { $allowed } used
administration-share-used = Share
administration-resets = Counted anew
administration-minutes = { $n ->
    [one] in 1 minute
   *[other] in { $n } minutes
}
administration-unused = not used
administration-jobs = Jobs
administration-jobs-about = Imports and bulk checks of your organisation, the latest first. Finished ones are kept for a week. What a running one has done stays when it is cancelled. Exports are sent at once and are no jobs.
administration-jobs-none = There is no job.
administration-job = Job
administration-kind-import = Import
administration-kind-bulk_check = Bulk check
administration-state = State
administration-state-receiving = being uploaded
administration-state-queued = waiting
administration-state-running = running
administration-state-done = done
administration-state-cancelled = cancelled
administration-state-failed = failed
administration-progress = Progress
administration-done-of = { $done } of { $lines }
administration-counts = Lines
# $name is an outcome of lines, as the API names it.
administration-count = { $n } { $name ->
    [new] new
    [updated] changed
    [unchanged] unchanged
    [withdrawn] withdrawn before
    [rejected] rejected
    [skipped] passed over
    [answered] answered
    [flagged] flagged
   *[other] { $name }
}
administration-begun = Created
administration-finished = ended
administration-cancel = Cancel
administration-job-cancelled = The job was cancelled. What it had done stays.
administration-job-ended = The job had ended already.
administration-index = Index and models
administration-ready = ready
administration-not-ready = not ready
administration-reasons = What the service says
administration-index-section = Index
administration-engine = Engine
administration-vectors = Vectors in it
administration-dimension = Dimensions of a vector
administration-backlog = Statements without a vector
administration-checkpoint = In step with the database
administration-checkpoint-of = change { $at } of { $latest }
administration-lag = { $n ->
    [one] 1 second behind
   *[other] { $n } seconds behind
}
administration-models = Models
administration-embedder = Embedder
administration-fingerprint = Its fingerprint
administration-version = Version of Refrain
administration-disk = Disk of the data folder
administration-disk-free = { $free } MiB free of { $size }
administration-index-note = /readyz says the same to programs, /metrics gives the figures over time.
administration-scoring = Scoring
administration-scoring-about = The scoring model in force, and what a moved threshold would change, counted in your organisation’s own reviews. Nothing is fitted here.
administration-model = Model in force
administration-model-version = Version
administration-flag-at = Flags from
administration-same-script-at = Same script from
administration-suggest-at = Suggests from
administration-threshold = If flags began at another score
administration-stands-on = { $reviewed ->
    [one] It stands on 1 reviewed flag of { $flags }.
   *[other] It stands on { $reviewed } reviewed flags of { $flags }.
}
administration-few = Fewer than { $n }: the share says little.
administration-threshold-rule = A flag has the score of its best match. The share is of confirmed flags among reviewed ones with at least that score; the dashed lines are its 95 % interval (Wilson). What scores below the threshold in force was never flagged, so lower thresholds cannot be judged by it; flags of earlier models are counted with the score that they got then.
administration-threshold-label = Line: share of confirmed flags at each threshold, with its 95 % interval in dashes. Bars: number of flags. The table below has the figures.
administration-no-reviews = No flag has been reviewed yet, so there is no share to show.
administration-no-flags = Nothing was flagged yet.
administration-in-force = in force
administration-at = Threshold
administration-reviewed = Reviewed
administration-confirmed = Confirmed
administration-share = Share confirmed, %
administration-interval = 95 % interval
administration-range = { $low }–{ $high }%
administration-low = Interval from
administration-high = Interval to
administration-closed-since = closed
administration-close = Close
administration-close-one = Close { $name }
administration-close-asked = Close { $name }?
administration-close-note = Nobody of it can sign in, its keys and feeds stop, its jobs, webhooks and watched sources wait. What it brought stays. It can be opened again.
administration-close-do = Close it
administration-reopen = Open again
administration-reopen-one = Open { $name } again
administration-closed = { $name } is closed.
administration-reopened = { $name } is open again.
administration-stays-open = The organisation that runs the service stays open.
administration-retry = Try again
administration-retry-one = Try { $name } again
administration-job-retried = The job is tried again, from where it failed.
administration-retry-state = This job did not fail, or is being tried again already.
administration-retry-lines = The lines that were left are not kept any more. Send the file again.
administration-retry-undone = This import was undone. Send the file again.
administration-retry-many = Your organisation has as many unfinished jobs as it may. Wait for one, or cancel one.
