### Glosses of foreign texts, and machine translation.

gloss-add = Add your own words for it
gloss-edit = Change your words for it
gloss-words = What it says, in your own words
gloss-keep = Keep it
gloss-kept = Your words for it were kept.
gloss-by = In the words of { $name }
gloss-of-before = of an earlier wording
gloss-remove = Remove
gloss-removed = It was removed.
gloss-translate = Translate
gloss-machine = Machine translation
gloss-translated = The machine translation is under the text.
gloss-failed = { $reason ->
    [address] It was not translated: the address of the translation provider is not allowed.
    [slow] It was not translated: the translation provider did not answer in time. Try again later.
    [status] It was not translated: the translation provider refused.
    [answer] It was not translated: the answer of the translation provider cannot be read.
    [long] It was not translated: the answer of the translation provider is too long.
   *[unreachable] It was not translated: the translation provider cannot be reached. Try again later.
}
