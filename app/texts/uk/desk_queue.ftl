### Черга: список сигналів.

queue-title = Черга
queue-intro = Заяви, які повторюють уже відомий сценарій.
queue-states = Стан
queue-state-open = Відкриті
queue-state-confirmed = Підтверджені
queue-state-dismissed = Відхилені
queue-state-any = Усі
queue-filter = Фільтр
queue-filter-more = Більше фільтрів
queue-apply = Показати
queue-q = Слова в тексті
queue-tier = Рівень
queue-any = Будь-який
queue-tier-near_verbatim = Майже дослівно
queue-tier-same_script = Той самий сценарій
queue-tier-same_topic = Та сама тема
queue-narrative = Наратив
queue-speaker = Мовець
queue-source = Джерело
queue-language = Мова
queue-assigned = Кому доручено
queue-assigned-me = Мені
queue-assigned-nobody = Нікому
queue-said_from = Сказано від
queue-said_to = Сказано до
queue-sort = Порядок
queue-sort-newest = Спершу найновіші
queue-sort-score = Спершу найвища оцінка
queue-sort-recurrence = Спершу найповторюваніші
queue-wrong-date = Введіть дату як 2021, 2021-05 або 2021-05-23.
queue-wrong-language = Такої мови немає: виберіть зі списку.
queue-chips = Увімкнені фільтри
queue-chip = { $name }: { $value }
queue-chip-remove = Прибрати фільтр
queue-clear = Скинути все
queue-option = { $label } ({ $n })
queue-views = Добірки
queue-views-none = Жодної добірки ще не збережено. Відфільтруйте чергу й назвіть добірку.
queue-view-name = Назва добірки
queue-view-private = Лише для мене
queue-view-save = Зберегти добірку
queue-view-remove = Вилучити добірку { $name }
queue-view-mine = лише для вас
queue-view-saved = Добірку «{ $name }» збережено.
queue-view-removed = Добірку «{ $name }» вилучено.
queue-list = Сигнали
queue-speaker-unknown = мовець невідомий
queue-precedent = Раніше:
queue-precedent-more = та ще { $n }
queue-change = { $then } → { $now }
queue-change-then = тоді
queue-change-now = тепер
queue-alike = змінених слів не знайдено
queue-times = { $n ->
    [one] { $n } раз раніше
    [few] { $n } рази раніше
   *[other] { $n } разів раніше
}
queue-assigned-to = займається { $name }
queue-skipped = пропущено
queue-select = Вибрати: { $text }
queue-select-all = Вибрати всі на цій сторінці
queue-selected = Вибрано { $n }
queue-bulk = Що зробити з вибраними сигналами
queue-bulk-confirm = Підтвердити
queue-bulk-archive = Підтвердити й додати до архіву
queue-bulk-dismiss = Відхилити
queue-bulk-reason = Причина, якщо її варто назвати
queue-none-selected = Спершу виберіть сигнали: жодного рішення не ухвалено.
queue-many-confirmed = { $n ->
    [one] Підтверджено { $n } сигнал.
    [few] Підтверджено { $n } сигнали.
   *[other] Підтверджено { $n } сигналів.
}
queue-many-dismissed = { $n ->
    [one] Відхилено { $n } сигнал.
    [few] Відхилено { $n } сигнали.
   *[other] Відхилено { $n } сигналів.
}
queue-many-confirmed-some = { $n ->
    [one] Підтверджено { $n } сигнал.
    [few] Підтверджено { $n } сигнали.
   *[other] Підтверджено { $n } сигналів.
} { $refused ->
    [one] { $refused } лишився без змін: тим часом про нього вирішив хтось інший або його прецедентів уже немає.
    [few] { $refused } лишилися без змін: тим часом про них вирішив хтось інший або їхніх прецедентів уже немає.
   *[other] { $refused } лишилося без змін: тим часом про них вирішив хтось інший або їхніх прецедентів уже немає.
}
queue-many-dismissed-some = { $n ->
    [one] Відхилено { $n } сигнал.
    [few] Відхилено { $n } сигнали.
   *[other] Відхилено { $n } сигналів.
} { $refused ->
    [one] { $refused } лишився без змін: тим часом про нього вирішив хтось інший.
    [few] { $refused } лишилися без змін: тим часом про них вирішив хтось інший.
   *[other] { $refused } лишилося без змін: тим часом про них вирішив хтось інший.
}
queue-many-undone = { $n ->
    [1] Рішення скасовано.
    [one] Скасовано { $n } рішення.
    [few] Скасовано { $n } рішення.
   *[other] Скасовано { $n } рішень.
}
queue-empty-filtered = Жоден сигнал не відповідає цим фільтрам
queue-empty-filtered-advice = Приберіть один із фільтрів або перегляньте всі стани.
queue-empty-open = На вас нічого не чекає
queue-empty-open-advice = Коли якась заява повторить раніше сказане, вона зʼявиться тут.
queue-empty-any = Сигналів ще немає
queue-empty-any-advice = Тут зʼявиться заява, у якій перевірка знайде повтор сценарію.
queue-empty-confirmed = Ще нічого не підтверджено
queue-empty-dismissed = Ще нічого не відхилено
queue-empty-check = Перевірити заяву
queue-key-down = Наступний сигнал у списку
queue-key-up = Попередній сигнал у списку
queue-key-select = Вибрати цей сигнал
queue-key-extend-down = Продовжити вибір до наступного сигналу
queue-key-extend-up = Продовжити вибір до попереднього сигналу
queue-key-clear = Скасувати вибір
queue-key-search = Шукати
queue-plot = Випадки в часі
