### Імпорт: файли, які переглядають, завантажують і скасовують.

imports-title = Імпорт
imports-go = Імпортувати файли
imports-one = Імпорт
imports-files = Файли
imports-files-help = Перетягніть сюди до десяти файлів або виберіть їх: таблиці (CSV, Excel, LibreOffice), рядки JSON, ClaimReview, експорт Telegram і X, стрічки, вебсторінки, STIX, MISP. Разом — не більше { $most } мегабайтів.
imports-private = Знаходитиме лише наша організація
imports-look = Подивитися, що в них
imports-again = Під час перегляду нічого не зберігається: щоб імпортувати, виберіть ті самі файли ще раз нижче, під розпізнаним.
imports-sending = Надсилання
imports-too-large = … завеликий: за раз можна надіслати { $most } мегабайтів. Поділіть його.
imports-no-file = Спершу виберіть файл.
imports-too-many-files = Надсилайте щонайбільше { $most } файлів за раз.
imports-field-twice = { $name }: для двох стовпців указано «{ $field }». Лишіть один із них.
imports-not-taken = Файл { $name } не прийнято:
imports-one-begun = Прийнято:
imports-begun = { $count ->
    [one] Розпочато { $count } імпорт.
    [few] Розпочато { $count } імпорти.
    [many] Розпочато { $count } імпортів.
   *[other] Розпочато { $count } імпорту.
}
imports-unnamed = без назви
imports-do = { $count ->
    [one] Імпортувати { $count } файл
    [few] Імпортувати { $count } файли
    [many] Імпортувати { $count } файлів
   *[other] Імпортувати { $count } файлу
}
imports-try-all = Перевірити до кінця
imports-try-all-help = Файл буде прочитано повністю й показано, що сталося б. Нічого не зберігається.
imports-needs-text = Це таблиця, але невідомо, в якому її стовпці заяви. Виберіть його нижче: «{ imports-field-text }».
imports-unreadable = З цього файлу нічого не можна імпортувати:
imports-unknown = Формат цього файлу не розпізнано, або кожен його рядок хибний. Статтю чи простий текст перевіряють на сторінці «Перевірити статтю».
imports-empty = У файлі немає жодного запису: він порожній.
imports-format = { $format ->
    [table] Таблиця
    [spreadsheet] Електронна таблиця
    [json-lines] Рядки JSON
    [list-of-records] Список записів у JSON
    [telegram-export] Експорт Telegram
    [posts-of-x] Дописи X
    [stix-bundle] Пакет STIX
    [misp-event] Подія MISP
   *[other] { $name }
}
imports-encoding-is = Кодування { $encoding }
imports-guessed = (припущення: перевірте, чи правильні літери нижче)
imports-undated = { $count ->
    [one] { $count } без дати
    [few] { $count } без дати
    [many] { $count } без дати
   *[other] { $count } без дати
}
imports-all-read = Файл прочитано повністю:
imports-first-read = { $count ->
    [one] Прочитано перший { $count } запис:
    [few] Прочитано перші { $count } записи:
    [many] Прочитано перші { $count } записів:
   *[other] Прочитано перші { $count } запису:
}
imports-would = { $outcome ->
    [new] нових: { $count }
    [updated] змінили б наявні: { $count }
    [unchanged] уже є: { $count }
    [withdrawn] відкликані раніше: { $count }
    [rejected] відхилено: { $count }
    [skipped] не заяви: { $count }
   *[other] { $outcome }: { $count }
}
imports-outcome = { $outcome ->
    [new] нове
    [updated] змінено
    [unchanged] уже є
    [withdrawn] відкликано раніше
    [rejected] відхилено
    [skipped] не заява
   *[other] { $outcome }
}
imports-count = { $outcome ->
    [new] нових: { $count }
    [updated] змінено: { $count }
    [unchanged] уже були: { $count }
    [withdrawn] відкликані раніше: { $count }
    [rejected] відхилено: { $count }
    [skipped] не заяви: { $count }
   *[other] { $outcome }: { $count }
}
imports-encoding = Кодування
imports-by-itself = як визначено
imports-dates = Дати на зразок 4/2/2023
imports-dates-dmy = спершу день: 4 лютого
imports-dates-mdy = спершу місяць: 2 квітня
imports-dates-unclear = Дати можна прочитати двояко, і файл не підказує, як саме. Виберіть вище, що йде першим: доти рядки з такими датами відхиляються.
imports-columns = Стовпці
imports-column = Стовпець
imports-samples = Перші значення
imports-holds = Що в ньому
imports-holds-of = Що в стовпці { $column }
imports-kept = — зберегти як примітку
imports-field-text = заява
imports-field = { $field ->
    [text] { imports-field-text }
    [said_at] коли сказано
    [speaker] хто сказав
    [source] видання або канал
    [url] адреса
    [title] заголовок
    [language] мова
    [narratives] наративи (один | два)
    [external_id] ідентифікатор у файлі
    [said_before] сказано до цього дня
    [archive_url] архівна копія
    [verdict] вердикт фактчекера
    [publisher] хто перевірив
    [review_url] адреса висновку
    [reviewed_at] коли перевірено
    [explanation] пояснення вердикту
    [keywords] ключові слова (одне | друге)
    [summary] стислий зміст
   *[other] { $field }
}
imports-first-rows = Перші заяви
imports-line-number = рядок { $line }
imports-past = Попередні імпорти
imports-none = Ще нічого не імпортовано
imports-none-advice = Перетягніть файл у поле вгорі: його вміст буде показано до збереження.
imports-head-name = Файл
imports-head-by = Хто
imports-head-when = Коли
imports-head-state = Стан
imports-head-counts = Заяви
imports-by-unknown = невідомо
badge-import-receiving = надходить
badge-import-queued = очікує
badge-import-running = триває
badge-import-done = завершено
badge-import-cancelled = зупинено
badge-import-failed = не вдалося
badge-import-undone = скасовано
imports-is-private = знаходить лише наша організація
imports-progress = Рядків: { $done } із { $lines }
imports-dry-run = Це була пробна перевірка: нічого не збережено.
imports-dry-run-go-on = Імпортувати файл
imports-left-out = Поле { $field } пропущено: { $count ->
    [one] { $count } запис.
    [few] { $count } записи.
    [many] { $count } записів.
   *[other] { $count } запису.
}
imports-cancel = Зупинити
imports-cancelled = Імпорт зупинено. Те, що вже в архіві, лишається; імпорт можна скасувати.
imports-ended-already = Імпорт уже завершився.
imports-rejected = { $count ->
    [one] { $count } відхилений рядок
    [few] { $count } відхилені рядки
    [many] { $count } відхилених рядків
   *[other] { $count } відхиленого рядка
}
imports-rejected-csv = Зберегти їх як CSV
imports-line = Рядок
imports-reason = Причина
imports-forgotten = Рядки імпорту зберігаються тиждень. Цей імпорт давніший.
imports-undo = Скасувати імпорт
imports-undo-title = Скасувати цей імпорт?
imports-undo-goes = { $count ->
    [0] Жодна заява не зникне: на всі посилаються інші, або нових не було.
    [one] З архіву зникне { $count } заява.
    [few] З архіву зникнуть { $count } заяви.
    [many] З архіву зникне { $count } заяв.
   *[other] З архіву зникне { $count } заяви.
}
imports-undo-stays = Лишаться ті, на які посилаються інші:
imports-kept-also_imported = додані й іншим імпортом: { $count }
imports-kept-submitted = надіслані через API: { $count }
imports-kept-edited = кимось змінені: { $count }
imports-kept-findings = з висновками інших: { $count }
imports-kept-reviewed = на які посилаються рішення: { $count }
imports-undo-again = Перевірки, що їх показували, не зміняться. Повторний імпорт файлу поверне заяви.
imports-undo-do = { $count ->
    [one] Вилучити { $count } заяву
    [few] Вилучити { $count } заяви
    [many] Вилучити { $count } заяв
   *[other] Вилучити { $count } заяви
}
imports-undo-not = Лишити як є
imports-undone = { $count ->
    [0] Імпорт скасовано: жодна заява не зникла.
    [one] Імпорт скасовано: з архіву зникла { $count } заява.
    [few] Імпорт скасовано: з архіву зникли { $count } заяви.
    [many] Імпорт скасовано: з архіву зникло { $count } заяв.
   *[other] Імпорт скасовано: з архіву зникло { $count } заяви.
}
imports-future = { $count ->
    [one] { $count } заява має дату в майбутньому; перевірте, чи це не помилка:
    [few] { $count } заяви мають дату в майбутньому; перевірте, чи це не помилки:
    [many] { $count } заяв мають дату в майбутньому; перевірте, чи це не помилки:
   *[other] { $count } заяви мають дату в майбутньому; перевірте, чи це не помилки:
}
imports-future-reject = Пропустити те, що має дату в майбутньому; кожен такий рядок буде серед відхилених.
