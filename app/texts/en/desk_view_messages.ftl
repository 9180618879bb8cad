### Messages of saved views: alerts and digests through webhooks.

chat-view-alert = New in “{ $view }”: said before
chat-view-digest = { $count ->
    [0] Nothing new in “{ $view }”
    [one] One new flag in “{ $view }”
   *[other] { $count } new flags in “{ $view }”
}

view-messages-title = Messages of { $view }
view-messages-go = Alerts and digests of { $view }
view-messages-short = Alerts and digests
view-messages-about = What is new in this list is sent through a webhook: each flag as it comes, or all of them at an hour of the day.
view-messages-none = This list sends no messages yet
view-messages-of = Messages
view-messages-kind = { $kind ->
    [alert] an alert for each new flag
    [daily] a digest every day
   *[weekly] a digest every week
}
view-messages-at = { $kind ->
    [daily] at { $hour }:00 ({ $zone })
   *[weekly] on { $weekday ->
        [0] Mondays
        [1] Tuesdays
        [2] Wednesdays
        [3] Thursdays
        [4] Fridays
        [5] Saturdays
       *[6] Sundays
    } at { $hour }:00 ({ $zone })
}
view-messages-next = next
view-messages-by = set up by
view-messages-empty-too = also when nothing is new
view-messages-end = End
view-messages-end-one = End { $kind } through { $webhook }
view-messages-ended = No more of these messages are sent.
view-messages-new = New message
view-messages-webhook = Webhook
view-messages-no-webhook = There is no webhook yet. An admin makes one on the page “Webhooks”.
view-messages-what = What is sent
view-messages-weekday = Day of a weekly digest
view-messages-day = { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
view-messages-hour = Hour of a digest
view-messages-zone = Time zone
view-messages-zone-help = Such as Europe/Kyiv.
view-messages-send-empty = Send a digest also when nothing is new
view-messages-start = Send it
view-messages-started = From now on it is sent. A test can be sent from the page of the webhook.
