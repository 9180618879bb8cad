### Where nothing is like a text: what came nearest, and linking by number.

nearest-none-title = Nothing like it
nearest-show = { $n ->
    [one] Show the one that came nearest
   *[other] Show the { $n } that came nearest
}
nearest-look = Show what came nearest
nearest-page = What came nearest
nearest-title = What came nearest
nearest-note = None of these clearly follows the same script. They are only the closest that the archive has.
nearest-empty = The archive has nothing earlier at all.
nearest-back = Back to the check
result-open = Open precedent { $number }
link-none-advice = No earlier statement is like this one. Look for one by its words, or look at what came nearest.
link-keys = { $last ->
    [one] The key 1 confirms with it; / goes to the search.
   *[other] The keys 1 to { $last } confirm with that one; / goes to the search, Enter leaves it.
}
link-this-number = Confirm with precedent { $number }
link-unscored = not scored
