# Відстежувані джерела: стрічки, які читають за розкладом.
sources-title = Відстежувані джерела
sources-about = Стрічки, які Refrain читає сам: твердження кожного нового запису перевіряються, а сигнали йдуть у чергу.
sources-one = Відстежуване джерело
sources-none = Жодного джерела ще не відстежують.
sources-new = Відстежувати джерело
sources-url = Адреса стрічки
sources-url-help = RSS, Atom, JSON Feed або мапа сайту новин, за адресою https.
sources-name = Назва
sources-read-from = Що читати
sources-read-from-entry = текст у стрічці
sources-read-from-page = сторінку кожного запису
sources-interval = Як часто
sources-minutes = { $count ->
    [60] щогодини
    [180] кожні три години
    [720] кожні дванадцять годин
    [1440] щодня
    [one] кожну { $count } хвилину
    [few] кожні { $count } хвилини
   *[other] кожні { $count } хвилин
}
sources-add = Відстежувати
sources-added = Тепер джерело відстежується. Оновіть сторінку, щоб побачити, що знайдено.
sources-most = Ваша організація відстежує стільки джерел, скільки дозволено: спершу вилучіть одне.
sources-read-now = Прочитати зараз
sources-read = Його прочитають, щойно звільниться робочий процес. Оновіть сторінку, щоб побачити, що знайдено.
sources-stop = Припинити читання
sources-stopped = Джерело більше не читають.
sources-remove = Вилучити
sources-removed = Джерело більше не відстежується. Знайдене в ньому лишається.
sources-not-read = Це джерело не читають. Прочитайте його зараз, щоб почати знову.
sources-last = останнє читання
sources-never = ніколи
sources-next = наступне
sources-failed = { $count ->
    [1] Останнє читання не вдалося:
    [one] Не вдалося останнє { $count } читання:
    [few] Не вдалися останні { $count } читання:
   *[other] Не вдалися останні { $count } читань:
}
sources-found = { $entries ->
    [one] { $entries } запис
    [few] { $entries } записи
   *[other] { $entries } записів
}, { $claims ->
    [one] { $claims } твердження
    [few] { $claims } твердження
   *[other] { $claims } тверджень
}, { $flagged ->
    [one] { $flagged } сигнал
    [few] { $flagged } сигнали
   *[other] { $flagged } сигналів
}
sources-entries = Записи
sources-entry = Запис
sources-seen = Помічено
sources-result = Результат
sources-claims = { $claims ->
    [one] { $claims } твердження
    [few] { $claims } твердження
   *[other] { $claims } тверджень
}, { $flagged ->
    [one] { $flagged } сигнал
    [few] { $flagged } сигнали
   *[other] { $flagged } сигналів
}
sources-no-claims = без тверджень
sources-no-address = без адреси
sources-no-entries = Ще нічого не знайдено.
badge-source-new = ще не читали
badge-source-well = читається
badge-source-failing = не читається
badge-source-stopped = зупинено
