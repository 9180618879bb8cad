### Judging the claims of an article on its page, and recognising an article that was checked before.

article-judge = Judge claim { $number }
article-open-flag = Open its flag
article-left = { $left ->
    [0] All are judged
    [one] One waits for a decision
   *[other] { $left } wait for a decision
}
article-done-confirmed = Claim { $number } was confirmed. { article-left }.
article-done-dismissed = Claim { $number } was dismissed. { article-left }.
article-meanwhile = Somebody decided about this claim while you looked at it. Your own decision was not applied.
article-known = This article was checked before
article-known-address = An article at this address was checked before, with another text
article-known-by = Checked by { $name } on
article-known-when = Checked on
article-known-open = Open that check
article-known-anew = Check it anew
