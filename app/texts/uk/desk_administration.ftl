### Адміністрування: організації, квоти, завдання, індекс і моделі, оцінювання.

desk-menu-administration = Адміністрування
audit-actor-help = Ім’я з вашої організації або ідентифікатор, як він стоїть у журналі.
administration-organisations = Організації
administration-organisations-all = Усі організації цього сервісу — лише в числах.
administration-organisations-own = Ваша організація. Усі організації бачать адміністратори тієї, що утримує сервіс.
administration-organisations-note = Твердження — це ті, які внесла організація і яких не відкликано. Організації створюють через API або з командного рядка.
administration-organisation = Організація
administration-operator = утримує сервіс
administration-made = Створено
administration-people = Люди
administration-keys = Ключі
administration-statements = Твердження
administration-flags = Позначки
administration-limit = Запитів на годину
administration-limit-default = типово
administration-no-limit = без обмежень
administration-quotas = Квоти
administration-quotas-about = Запити, полічені за годину, що почалася з першим із них. Перегляд цієї сторінки нічого не витрачає.
administration-whose = Чия
administration-all-keys = Усі ключі: { $name }
administration-used = Використано
administration-allowed = Дозволено на годину
administration-used-of = використано { $used } з { $allowed }
administration-share-used = Частка
administration-resets = Відлік заново
administration-minutes = { $n ->
    [one] за { $n } хвилину
    [few] за { $n } хвилини
    [many] за { $n } хвилин
   *[other] за { $n } хвилини
}
administration-unused = не використано
administration-jobs = Завдання
administration-jobs-about = Імпорти й масові перевірки вашої організації, найновіші спершу. Завершені зберігаються тиждень. Якщо завдання скасувати, зроблене лишається. Експорт надсилається одразу й завданням не є.
administration-jobs-none = Завдань немає.
administration-job = Завдання
administration-kind-import = Імпорт
administration-kind-bulk_check = Масова перевірка
administration-state = Стан
administration-state-receiving = завантажується
administration-state-queued = чекає
administration-state-running = виконується
administration-state-done = виконано
administration-state-cancelled = скасовано
administration-state-failed = не вдалося
administration-progress = Поступ
administration-done-of = { $done } з { $lines }
administration-counts = Рядки
administration-count = { $name ->
    [new] нових
    [updated] змінених
    [unchanged] без змін
    [withdrawn] відкликаних раніше
    [rejected] відхилених
    [skipped] пропущених
    [answered] з відповіддю
    [flagged] позначених
   *[other] { $name }
}: { $n }
administration-begun = Створено
administration-finished = завершено
administration-cancel = Скасувати
administration-job-cancelled = Завдання скасовано. Зроблене лишається.
administration-job-ended = Завдання вже завершилося.
administration-index = Індекс і моделі
administration-ready = готово
administration-not-ready = не готово
administration-reasons = Що повідомляє сервіс
administration-index-section = Індекс
administration-engine = Рушій
administration-vectors = Векторів у ньому
administration-dimension = Вимірів у векторі
administration-backlog = Твердження без вектора
administration-checkpoint = Відповідність базі даних
administration-checkpoint-of = зміна { $at } з { $latest }
administration-lag = { $n ->
    [one] відставання { $n } секунда
    [few] відставання { $n } секунди
    [many] відставання { $n } секунд
   *[other] відставання { $n } секунди
}
administration-models = Моделі
administration-embedder = Модель вкладень
administration-fingerprint = Її відбиток
administration-version = Версія Refrain
administration-disk = Диск із даними
administration-disk-free = вільно { $free } МіБ із { $size }
administration-index-note = Програмам те саме повідомляє /readyz, а зміни чисел у часі показує /metrics.
administration-scoring = Оцінювання
administration-scoring-about = Чинна модель оцінювання і що змінив би інший поріг — за власними рішеннями вашої організації. Тут нічого не підганяється.
administration-model = Чинна модель
administration-model-version = Версія
administration-flag-at = Позначає від
administration-same-script-at = Той самий сценарій від
administration-suggest-at = Пропонує від
administration-threshold = Якби позначки починалися з іншої оцінки
administration-stands-on = { $reviewed ->
    [one] Це спирається на { $reviewed } розглянуту позначку з { $flags }.
    [few] Це спирається на { $reviewed } розглянуті позначки з { $flags }.
    [many] Це спирається на { $reviewed } розглянутих позначок із { $flags }.
   *[other] Це спирається на { $reviewed } розглянутої позначки з { $flags }.
}
administration-few = Менше ніж { $n }: частка мало що каже.
administration-threshold-rule = Позначка має оцінку найкращого збігу. Частка — це підтверджені серед розглянутих позначок із щонайменше такою оцінкою; пунктир — її 95-відсотковий інтервал (Вілсона). Те, що нижче за чинний поріг, ніколи не позначалося, тож про нижчі пороги судити з цього не можна; позначки попередніх моделей лічаться з оцінкою, яку вони мали тоді.
administration-threshold-label = Лінія: частка підтверджених позначок за кожного порога, пунктиром — 95-відсотковий інтервал. Стовпчики: кількість позначок. Числа є в таблиці нижче.
administration-no-reviews = Жодної позначки ще не розглянуто, тож частки немає.
administration-no-flags = Ще нічого не позначено.
administration-in-force = чинний
administration-at = Поріг
administration-reviewed = Розглянуто
administration-confirmed = Підтверджено
administration-share = Частка підтверджених, %
administration-interval = Інтервал 95 %
administration-range = { $low }–{ $high } %
administration-low = Інтервал від
administration-high = Інтервал до
