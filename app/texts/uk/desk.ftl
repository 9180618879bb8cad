### Робоче місце: рамка кожної сторінки, значки та прості слова про те, що пішло не так.

desk-name = Refrain
desk-skip = Перейти до вмісту
desk-nav = Головне меню
desk-nav-queue = Черга
desk-nav-check = Перевірка
desk-nav-archive = Архів
desk-nav-narratives = Наративи
desk-menu = Меню
desk-menu-account = Ваш обліковий запис
desk-menu-people = Люди
desk-menu-keys = Ключі
desk-menu-feeds = Стрічки
desk-menu-sources = Відстежувані джерела
desk-menu-webhooks = Вебхуки
desk-menu-audit = Журнал дій
desk-menu-api = API
desk-sign-out = Вийти
desk-theme = Кольори
desk-theme-auto = Як у системі
desk-theme-light = Світлі
desk-theme-dark = Темні
desk-keys = Клавіші
desk-keys-none = На цій сторінці немає власних клавіш.
desk-keys-on = Керувати окремими клавішами
desk-key-send = Надіслати форму
desk-close = Закрити
desk-dismiss = Закрити повідомлення
desk-undo = Скасувати
desk-pages = Сторінки
desk-before = Попередня
desk-after = Наступна
desk-undated = без дати
desk-said-before = до { DATE($when, case: "genitive") } (дата висновку)
desk-save = Зберегти
desk-cancel = Скасувати
# Дата сама по собі, настільки точно, наскільки відомо; для моменту — і час, текстом.
desk-date = { DATE($when) }
desk-moment = { DATE($when) }, { $time } UTC

# $code — код за ISO 639 або und.
language-name = { $code ->
    [und] мова невідома
   *[other] { LANGUAGE($code) }
}

## Слова, позначені в тексті. Їх також читають уголос, щоб нічого не передавалося самим кольором.

mark-repeated = повторено
mark-changed = змінено
mark-added = додано
mark-dropped = пропущено
mark-cue = ознака
mark-claim = твердження
mark-claim-alone = Збігається лише ця частина:
mark-found = знайдено
# $mark — одне з наведених вище, $role — чим ці слова є у своєму тексті: «змінено, де».
mark-of = { $mark }, { $role }

## Значки

badge-tier-near_verbatim = майже дослівно
badge-tier-same_script = той самий сценарій
badge-tier-same_topic = та сама тема
badge-tier-none = без рівня
badge-stance-assertion = стверджує
badge-stance-report = переказує
badge-stance-denial = заперечує
badge-stance-question = запитує
badge-stance-none = позицію не визначено
badge-relation-opposes = каже протилежне
badge-state-open = відкрито
badge-state-confirmed = підтверджено
badge-state-dismissed = відхилено
badge-state-none = без сигналу

## Ролі

role-reader = Читач
role-analyst = Аналітик
role-admin = Адміністратор

## Проблеми: що сталося і що робити, для людини.

problem-home = На початок
problem-number = Номер цього запиту для тих, хто підтримує сервіс:
problem-forbidden = Для цього бракує прав
problem-forbidden-advice = Ваша роль не дає доступу до цієї сторінки. Змінити її може адміністратор вашої організації.
problem-not-contributor = Це додала інша організація
problem-not-contributor-advice = Змінити це можуть лише вона та адміністратори оператора сервісу. Програма з вашим ключем може запропонувати зміну.
problem-forged = Ця форма застаріла
problem-forged-advice = Нічого не змінено. Поверніться, оновіть сторінку й надішліть форму ще раз.
problem-not-found = Тут нічого немає
problem-not-found-advice = Адресу введено з помилкою, або того, що тут було, вже немає.
problem-conflict = Це суперечить збереженому
problem-conflict-advice = Нічого не змінено. Поверніться, оновіть сторінку й подивіться, що там є тепер.
problem-invalid = Щось у запиті неможливо прийняти
problem-invalid-advice = Нічого не змінено. Поверніться й виправте.
problem-too-many = Забагато запитів
problem-too-many-advice = Зачекайте мить і спробуйте ще раз.
problem-unavailable = Сервіс зайнятий
problem-unavailable-advice = Нічого не втрачено. Спробуйте ще раз за кілька секунд.
problem-internal = Тут щось пішло не так
problem-internal-advice = Помилку записано. Якщо вона повториться, повідомте тим, хто підтримує сервіс, наведений нижче номер.
problem-other = Не вдалося
problem-other-advice = Поверніться й спробуйте ще раз.

export-menu = Експорт
export-checks = Експорт усіх перевірок
export-articles = Експорт усіх статей
export-csv = Таблиця (CSV)
export-jsonl = Рядки JSON для Refrain
export-claimreview = ClaimReview, стрічка даних
export-claimreview-lines = ClaimReview, по одному в рядку
export-stix = STIX 2.1 для OpenCTI
export-misp = Подія MISP
export-jsonfeed = JSON Feed
export-atom = Atom

# Про поле, яке не прийнято: подробиця з опису схеми; для цілої форми — сама по собі.
form-fault = Не прийнято: { $detail }.
form-fault-whole = Не прийнято: { $detail }.
