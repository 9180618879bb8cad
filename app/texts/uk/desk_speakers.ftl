# Мовці й видання: списки, сторінка для кожного та імена, що належать одному мовцеві.

speakers-title-speaker = Мовці
speakers-title-outlet = Видання
speakers-search = Шукати імена й назви
speakers-sort-last = останньою заявою
speakers-sort-name = назвою
speakers-narratives = { $count ->
    [0] у жодному наративі
    [one] в { $count } наративі
    [few] у { $count } наративах
    [many] у { $count } наративах
   *[other] у { $count } наративу
}
speakers-languages = { $count ->
    [one] { $count } мовою
    [few] { $count } мовами
    [many] { $count } мовами
   *[other] { $count } мови
}
speakers-none = Нічого не знайдено
speakers-none-help = Імена й назви беруться із записаних заяв: хто сказав і де.
speakers-first = уперше { DATE($when) }
speakers-archive = Усі заяви
speakers-latest = Останні заяви
speakers-no-narratives = Ще не належить до жодного наративу.
speakers-aliases = Інші імена
speakers-aliases-help = Заяви під цими іменами вважаються заявами цього мовця: тут і у фільтрах за мовцем. Це бачить лише ваша організація.
speakers-aliases-none = Ще немає.
speakers-alias = Інше імʼя цього мовця
speakers-alias-add = Додати
speakers-alias-unknown = Нічого не додано: виберіть імʼя іншого записаного мовця.
speakers-separate = Не та сама особа
speakers-separate-of = Знову відокремити: { $name }
speakers-separated = Це знову двоє мовців.
speakers-suggested = Можливо, та сама особа
speakers-suggested-help = Схожі на слух імена, хоч би яким письмом їх записано, тих мовців, які траплялися в одному наративі.
speakers-shared = { $count ->
    [one] { $count } спільний наратив
    [few] { $count } спільні наративи
    [many] { $count } спільних наративів
   *[other] { $count } спільного наративу
}
speakers-merge = Та сама особа
speakers-merge-of = { $first } і { $other } — та сама особа
speakers-refuse = Різні люди
speakers-refuse-of = { $first } і { $other } — різні люди
speakers-merged = Відтепер ці два імені належать одному мовцеві.
speakers-merge-refused = Нічого не змінено: виберіть іншого мовця.
speakers-refused = Більше не пропонуватиметься.
speakers-suggested-again = Знову пропонується.
speakers-flags = Сигнали в черзі
