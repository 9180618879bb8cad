### Checking a whole article from a page.

article-form-title = Check an article
article-text = Article
article-text-help = Its text or the HTML of its page, up to 200,000 characters. What it says that somebody said is found and checked.
article-published = Published on
article-published-help = 2021-05-24; “Sunday” is counted from it
article-url = Address
article-url-help = Kept as a label; nobody fetches it.
article-do = Find the claims
article-under-way = Reading the article …


article-title = Article
article-another = Check another article
article-published-on = Published on
article-published-guessed = (as its page says)
article-published-unknown = day of publication not known
article-claims = { $count ->
    [0] No claims
    [one] One claim
   *[other] { $count } claims
}
article-previous = Previous claim
article-next = Next claim
article-open-check = Open its check
article-more = { $count ->
    [one] One more precedent
   *[other] { $count } more precedents
}
article-none-title = No claims
article-none-advice = Nothing in it is told as somebody’s words. Sentences of the reporter’s own are not checked; check one by itself, if you doubt it.
article-left-out = { $count ->
    [one] One claim was not checked
   *[other] { $count } claims were not checked
}
article-left-out-background = (background: recalled from another time)
article-left-out-too-many = (one article has a hundred checks at most)
article-left-out-too-long = (longer than a check may be)
article-dates-unresolved = Days that cannot be worked out:
