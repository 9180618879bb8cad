# Messages of webhooks in a chat: what happened, and where to read on.
chat-flag-created = Said before
chat-review-created = { $verdict ->
    [confirmed] An analyst confirmed a precedent
   *[other] An analyst dismissed a precedent
}
chat-review-undone = An analyst took a review back
chat-narrative-created = A new narrative
chat-narrative-updated = A narrative was changed
chat-job-finished = { $kind ->
    [import] An import
   *[other] A bulk check
} { $state ->
    [done] is done
    [cancelled] was cancelled
   *[other] has failed
}
chat-job-lines = { $done } of { $lines } lines
chat-test = A test: this webhook works
chat-other = Event { $kind }

chat-speaker = Speaker
chat-said-at = Said on
chat-day = { DATE($when) }
chat-open = Open in Refrain
