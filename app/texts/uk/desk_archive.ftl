### Архів: пошук у ньому, сторінка кожної заяви, сторінка кожного наративу.

## Пошук

archive-title = Архів
archive-size = { $count ->
    [0] Тут ще нічого не записано
    [one] Записано { $count } заяву
    [few] Записано { $count } заяви
   *[other] Записано { $count } заяв
}
archive-record = Записати заяву
archive-search = Шукати
archive-search-label = Що ви шукаєте?
archive-by = Шукати за
archive-by-meaning = змістом
archive-by-words = словами
archive-by-meaning-help = Знаходить те, що каже те саме, будь-якою мовою. Найближче — першим.
archive-by-words-help = Знаходить заяви, у яких є всі слова. «У лапках» — саме так.
archive-filters = Фільтри
archive-speaker = Мовець
archive-source = Джерело
archive-language = Мова
archive-language-help = Код, наприклад en або uk
archive-narrative = Наратив
archive-said-from = Сказано від
archive-said-to = Сказано до
archive-clear = Скинути фільтри
archive-all = Усі заяви, спершу найновіші
archive-results = { $count ->
    [0] Нічого не знайдено
   *[other] Із { $first } по { $last }
}
archive-none-title = Нічого не знайдено
archive-none-words = Жодна заява не містить усіх цих слів. Пошук за змістом знаходить інші формулювання й інші мови.
archive-none-meaning = Жодна заява не відповідає фільтрам.
archive-none-page = Більше немає: ця сторінка вже за останнім результатом.
archive-try-meaning = Шукати за змістом
archive-try-words = Шукати за словами
archive-to-first = На першу сторінку
archive-empty-title = Архів порожній
archive-empty = Записане тут знайдеться знову, коли хтось це повторить.
archive-preparing-title = Архів готується
archive-preparing = Після запуску його прочитують один раз; за мить у ньому можна буде шукати за змістом. Пошук за словами працює вже тепер.
archive-findings = { $count ->
    [one] { $count } висновок
    [few] { $count } висновки
   *[other] { $count } висновків
}
archive-private = бачить лише ваша організація

## Що не так із полем

archive-wrong-date = Введіть рік, місяць або день: 2021, 2021-05 чи 2021-05-23.
archive-wrong-language = Такої мови немає: введіть її код, наприклад en або uk.
archive-wrong-narrative = Немає наративу з такою назвою, до якого може належати заява. Виберіть зі списку або спершу створіть його.
archive-wrong-parent = Виберіть ширший наратив, який існує і сам не є вужчим за цей.

## Записування та редагування

archive-new-title = Записати заяву
archive-new-help = Записане знайде вже наступна перевірка.
archive-new-do = Записати
archive-text = Що було сказано
archive-text-help = Тими словами й тією мовою, якою це сказано.
archive-statement-title = Заголовок
archive-said-at = Коли сказано
archive-source-name = Джерело
archive-source-url = Адреса
archive-source-archive-url = Архівна копія
archive-language-detected = Якщо не вказати, мову буде визначено.
archive-narratives = Наративи
archive-narratives-add = Додати до наративу
archive-narratives-help = Почніть вводити назву й виберіть.
archive-keep-private = Бачить лише моя організація
archive-recorded-new = Записано. Наступна перевірка це знайде.
archive-recorded-updated = Це вже було записано; нове додано.
archive-recorded-unchanged = Це вже було записано. Нічого не змінено.
archive-recorded-withdrawn = Це записано й відкликано. Відновіть, якщо то була помилка.

## Одна заява

statement-title = Заява
statement-of = Заява: { $speaker }
statement-edit = Редагувати
statement-withdraw = Відкликати
statement-withdraw-title = Відкликати цю заяву?
statement-withdraw-help = Жодна наступна перевірка її не знайде. Там, де її показували раніше, вона лишиться з позначкою «відкликано». Її можна відновити.
statement-reason = Причина
statement-reason-help = Зберігається з історією — для тих, хто колись про це запитає.
statement-restore = Відновити
statement-withdrawn-note = Відкликано: жодна перевірка її більше не знаходить.
statement-facts = Про заяву
statement-said = Сказано
statement-learned = Стало відомо
statement-recorded = Записано
statement-changed = Остання зміна
statement-speaker = Мовець
statement-language = Мова
statement-source = Джерело
statement-outlet = усе в цьому виданні
statement-archived-copy = Архівна копія
statement-external-id = Ідентифікатор
statement-contributor = Хто додав
archive-brought-by = Додала організація { $organisation }.
narrative-counter-theirs = Він діє в її перевірках, а у ваших — ні.
statement-not-known = невідомо
statement-narratives = Наративи
statement-no-narrative = Не належить до жодного.
statement-findings = Висновки
statement-no-findings = Висновків фактчекерів не записано.
statement-about-narrative = про її наратив
statement-sightings = Надходження
statement-sightings-count = { $count ->
    [one] Надіслано { $count } раз
    [few] Надіслано { $count } рази
   *[other] Надіслано { $count } разів
}
statement-no-sightings = Окремо не надсилали: зʼявилася з імпортом.
statement-precedents = Прецеденти
statement-precedents-help = Сказано раніше за тим самим сценарієм
statement-no-precedents = Нічого ранішого за тим самим сценарієм немає.
statement-echoes = Пізніші відлуння
statement-echoes-help = Сказано пізніше за тим самим сценарієм
statement-no-echoes = Нічого пізнішого за тим самим сценарієм немає.
statement-bounded = Її дата невідома; відомо лише, що її було сказано до висновку про неї. Пізніші перевірки її знаходять.
statement-undated = Без дати ніщо не є ранішим чи пізнішим за неї.
statement-relations-preparing = Архів готується. Оновіть сторінку за мить.
statement-days-before = { $days ->
    [0] того самого дня
    [one] за { $days } день до того
    [few] за { $days } дні до того
   *[other] за { $days } днів до того
}
statement-days-after = { $days ->
    [0] того самого дня
    [one] через { $days } день
    [few] через { $days } дні
   *[other] через { $days } днів
}
statement-edit-title = Редагувати заяву
statement-edited = Збережено.
statement-withdrawn = Відкликано. Жодна наступна перевірка її не знайде.
statement-restored = Відновлено. Наступна перевірка її знайде.
statement-stale = Тим часом її змінив хтось інший. Нічого ще не збережено.
statement-stale-help = Нижче — те, що ви написали. Там, де це відрізняється від збереженого, показано й збережене; збережіть ще раз, щоб замінити його своїм.
statement-stale-field = Збережено тепер
statement-stale-empty = (порожньо)
statement-taken = Заяву з таким самим текстом, мовцем і датою вже записано. Нічого не збережено: змініть ту або відкличте одну з них.
statement-search-similar = Знайти схожі заяви

## Висновки

finding-add = Додати висновок
finding-verdict = Вердикт
finding-publisher = Хто опублікував
finding-url = Адреса
finding-published = Коли опубліковано
finding-summary = Стисло
finding-remove = Вилучити
finding-remove-of = Вилучити висновок «{ $verdict }»
finding-added = Висновок додано.
finding-removed = Висновок вилучено.

## Наративи

narratives-title = Наративи
narratives-search = Шукати наративи
narratives-sort = Упорядкувати за
narratives-sort-last = останньою появою
narratives-sort-count = кількістю заяв
narratives-sort-title = назвою
narratives-view = Показати
narratives-view-list = списком
narratives-view-tree = деревом
narratives-new = Новий наратив
narratives-found = { $count ->
    [0] Нічого не знайдено
    [one] { $count } наратив
    [few] { $count } наративи
   *[other] { $count } наративів
}
narratives-none-title = Наративів не знайдено
narratives-none = Жоден не має всіх цих слів у назві чи описі.
narratives-empty-title = Наративів ще немає
narratives-empty = Наратив — це сценарій, за яким заяви повторюються знову й знову. Створіть його або підтвердьте сигнал під новим наративом.
narratives-count = { $count ->
    [0] без заяв
    [one] { $count } заява
    [few] { $count } заяви
   *[other] { $count } заяв
}
narratives-last = востаннє { ON($when) }
narratives-never = жодної дати
narrative-edit = Редагувати
narrative-flags = Його сигнали в черзі
narrative-search = Шукати в ньому
narrative-record = Записати заяву
narrative-parent = Частина наративу
narrative-children = Вужчі наративи
narrative-description-none = Опису ще немає.
narrative-timeline = Появи
narrative-timeline-none = Жодна з його заяв не має дати, тож часової шкали немає.
narrative-timeline-table = Те саме таблицею
narrative-date-head = Сказано
narrative-text-head = Що було сказано
narrative-imprecise = Де відомі лише місяць чи рік, лінія показує, які дні вони охоплюють.
narrative-recurrence-once = Траплявся один раз: { ON($first) }.
narrative-recurrence-times = { $count ->
    [one] Траплявся { $count } раз: уперше { ON($first) }, востаннє { ON($last) }.
    [few] Траплявся { $count } рази: уперше { ON($first) }, востаннє { ON($last) }.
   *[other] Траплявся { $count } разів: уперше { ON($first) }, востаннє { ON($last) }.
}
narrative-recurrence-gap = { $days ->
    [0] Зазвичай повертається того самого дня.
    [one] Зазвичай повертається через { $days } день.
    [few] Зазвичай повертається приблизно через { $days } дні.
   *[other] Зазвичай повертається приблизно через { $days } днів.
}
narrative-recurrence-since = { $days ->
    [0] Востаннє — сьогодні.
    [1] Востаннє — учора.
    [one] Востаннє — { $days } день тому.
    [few] Востаннє — { $days } дні тому.
   *[other] Востаннє — { $days } днів тому.
}
narrative-members = Заяви
narrative-members-below = Заяви його та вужчих наративів
narrative-members-none = До нього ще не віднесено жодної заяви.
narrative-members-page = Із { $first } по { $last }, усього { $count }
narrative-counters = Контрприклади
narrative-counters-help = Тексти, які схожі на нього, але ним не є. Що ближче до контрприкладу, ніж до прецеденту, не дає сигналу.
narrative-counters-none = Ще немає.
narrative-counter-text = Текст, який схожий на нього, але ним не є
narrative-counter-add = Додати
narrative-counter-added = Додано. Наступна перевірка це врахує.
narrative-counter-removed = Вилучено.
narrative-counter-remove = Вилучити
narrative-counter-remove-of = Вилучити контрприклад { $number }
narrative-counter-refused = Нічого не додано: напишіть від 1 до 5000 символів.
narrative-new-title = Новий наратив
narrative-edit-title = Редагувати наратив
narrative-name = Назва
narrative-name-help = Сценарій одним реченням: хто нібито що робить і навіщо.
narrative-description = Опис
narrative-parent-help = Ширший наратив, частиною якого він є. Почніть вводити назву й виберіть.
narrative-create = Створити
narrative-created = Створено.
narrative-known = Наратив із такою назвою вже є: ось він.
narrative-edited = Збережено.
narrative-private = Бачить лише моя організація

# Точки часової шкали, про прогноз яких нічого не сказано.
narrative-kind-none = нічого не передбачає

narrative-outcome-head = Чим скінчилося
narrative-varies = Що змінюється, поряд
narrative-again = { $count ->
    [one] записано { $count } раз
    [few] записано { $count } рази
   *[other] записано { $count } разів
}
narrative-role-actor = хто це робить
narrative-role-accused = кого звинувачують
narrative-role-act = дія
narrative-role-means = засіб
narrative-role-place = місце
narrative-role-quantity = скільки
narrative-role-target = ціль
narrative-role-victims = постраждалі
narrative-role-time = коли
narrative-role-motive = навіщо
narrative-role-other = інше

finding-outcome = Що сталося з передбаченим
finding-outcome-help = Якщо висновок про це каже.
finding-outcome-none = не каже
finding-outcome-url = Підтвердження цього
finding-evidence = підтвердження

statement-predicts = Вона щось передбачає.
statement-predicts-until = Термін — до { DATE($until, case: "genitive") }.
statement-history = Історія
statement-history-created = Записано
statement-history-edited = Змінено
statement-history-withdrawn = Відкликано
statement-history-restored = Відновлено
statement-before = Було:
statement-after = Стало:
statement-field-external_id = Ідентифікатор
statement-field-title = Заголовок
statement-field-text = Що було сказано
statement-field-language = Мова
statement-field-speaker = Мовець
statement-field-said_at = Коли сказано
statement-field-said_before = Сказано до
statement-field-learned_at = Стало відомо
statement-field-source = Джерело
statement-field-metadata = Інші поля
statement-field-withdrawn_at = Відкликано
statement-field-narratives = Наративи

archive-key-down = Наступна у списку
archive-key-up = Попередня у списку
