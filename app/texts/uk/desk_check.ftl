### Перевірка заяви чи статті зі сторінки.

check-title = Чи це вже казали?
check-tabs = Що перевірити
check-tab-statement = Заяву
check-tab-article = Статтю
check-text = Заява
check-text-help = Те, що хтось сказав, будь-якою мовою, до 5000 символів.
check-said-at = Коли сказано
check-speaker = Мовець
check-source = Джерело
check-language = Мова
check-language-detect = Визначити за текстом
check-do = Перевірити
check-under-way = Шукаємо прецеденти…
check-latest = Нещодавно перевірені
check-latest-none = Ще нічого не перевіряли. Тут буде те, що перевіряє ваша організація.
check-found = { $count ->
    [0] прецедентів немає
    [one] { $count } прецедент
    [few] { $count } прецеденти
   *[other] { $count } прецедентів
}


check-result-title = Перевірка
check-another = Перевірити інше
check-as-article = Перевірити як статтю
check-nothing = Наскільки відомо архіву, нічого подібного раніше не казали.
check-checked = Заява
check-checked-at = Перевірено
check-said-now = сказано тепер
check-from-article = зі статті
check-detected = (визначено)
check-speaker-unknown = мовець невідомий
check-precedents = { $count ->
    [0] Прецеденти
    [one] { $count } прецедент
    [few] { $count } прецеденти
   *[other] { $count } прецедентів
}
check-times = { $count ->
    [one] { $count } раз раніше
    [few] { $count } рази раніше
   *[other] { $count } разів раніше
}
check-none-advice = В архіві немає нічого ранішого, близького до цього. Це не означає, що воно нове чи правдиве.
check-days-before = { $days ->
    [0] того самого дня
    [one] за { $days } день до того
    [few] за { $days } дні до того
   *[other] за { $days } днів до того
}
check-withdrawn = Відтоді відкликано з архіву.
check-predicted = Що вона передбачала:
check-read-precedent = Читати в архіві
check-judge = Оцінити
check-archive = Додати до архіву
check-archive-under = Під яким наративом
check-archive-none = Без наративу
check-archive-help = Пізніші перевірки знайдуть її як прецедент.
check-archive-do = Додати до архіву
check-archived = Тепер вона в архіві. Наступний повтор її знайде.
check-archived-before = Вона вже була в архіві.
