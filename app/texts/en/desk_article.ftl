### Checking a whole article from a page.

article-form-title = Check an article
article-text = Article
article-text-help = Its text or the HTML of its page, up to 200,000 characters. What it says that somebody said, and what it asserts itself, is found and checked.
article-published = Published on
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
article-none-advice = Nothing in it is told as somebody’s words, and nothing that it asserts itself has a precedent.
article-own = The text itself
article-without-precedent = { $count ->
    [one] One more sentence of the text’s own was checked, and nothing like it was said before.
   *[other] { $count } more sentences of the text’s own were checked, and nothing like them was said before.
}
article-attributions-not-read = Who says what is not told in this language: each sentence was checked by itself.
article-left-out = { $count ->
    [one] One claim was not checked
   *[other] { $count } claims were not checked
}
article-left-out-background = (background: recalled from another time)
article-left-out-too-many = (one article has a hundred checks at most, sixty of them of its own sentences)
article-left-out-too-long = (longer than a check may be)
article-dates-unresolved = Days that cannot be worked out:
