# Що друкує командний рядок про перевірку.
printed-statement = Заява від { DATE($when, case: "genitive") }
printed-statement-now = Заява
printed-nothing = В архіві немає нічого подібного.
printed-flagged = СИГНАЛ
printed-not-flagged = без сигналу

# Як читати позначені слова; лише там, де їх можна позначити.
printed-marks = Підкреслене: сказано й раніше. Жирне: інакше, ніж раніше, або раніше не сказано.

printed-before = { $days ->
    [one] { $days } день до того
    [few] { $days } дні до того
   *[other] { $days } днів до того
}
printed-after = { $days ->
    [one] { $days } день по тому
    [few] { $days } дні по тому
   *[other] { $days } днів по тому
}
printed-undated = без дати
printed-said-before = до { DATE($when, case: "genitive") } (дата висновку)
printed-tier-near_verbatim = майже дослівно
printed-tier-same_script = той самий сценарій
printed-tier-same_topic = та сама тема
printed-below = нижче за всі рівні
printed-withdrawn = відтоді відкликано
printed-score = оцінка { $score }

printed-script = Сценарій: { $titles }
printed-found = Висновок: { $verdict }
printed-found-by = Висновок ({ $publisher }): { $verdict }
printed-summary = { $found }: { $summary }

# Сценарій крізь роки; що куди привезли — перелічено в тексті.
printed-years = Сценарій крізь роки, показано появ: { $shown } із { $count }:
printed-day = { DATE($when) }
printed-part-next = { $before }, { $part }
printed-telling = { $parts } ({ $who })

# Стаття: її твердження, кожне з тим, хто й коли його висловив.
printed-claim = { $who }, { DATE($when) }
printed-claim-undated = { $who }, без дати
printed-own = сам текст
printed-speaker-unnamed = мовця не названо
printed-speaker-unknown = мовець невідомий
printed-stance = { $stance ->
    [report] переказ
    [denial] заперечення
    [question] запитання
   *[other] позицію не визначено
}
printed-no-claims = Тут нічого не передано чиїмись словами й не стверджується нічого, що можна перевірити.
printed-no-attributions = Для цієї мови не визначається, хто що каже: кожне речення перевірено окремо.
printed-left-out = Не перевірено:
printed-left-out-one = { $claim }: { $text } ({ $why ->
    [background] згадка про минуле
    [too_many] понад кількість, яку перевіряють в одній статті
   *[other] задовге для перевірки
})
printed-no-date = «{ $words }» — не дата, яку можна обчислити.
printed-published = Опубліковано { DATE($when, case: "genitive") } — так каже сама сторінка.
printed-note = Зауваження: { $note } (--published-at ДЕНЬ)

# Що не так із тим, що треба перевірити.
printed-what-to-check = вкажіть, що перевірити: заяву або --document із файлом статті
printed-wrong-statement = заява: { $reason }
printed-wrong-article = стаття: { $reason }
printed-unreadable = { $file }: не вдалося прочитати ({ $reason })
