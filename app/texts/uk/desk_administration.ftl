### Адміністрування: організації, квоти, завдання, індекс і моделі, оцінювання.

desk-menu-administration = Адміністрування
audit-actor-help = Імʼя з вашої організації або ідентифікатор, як він стоїть у журналі.
administration-organisations = Організації
administration-organisations-all = Усі організації цього сервісу — лише в числах.
administration-organisations-own = Ваша організація. Усі організації бачать адміністратори оператора сервісу.
administration-organisations-note = Заяви — це ті, які додала організація і яких не відкликано. Організації створюють через API або з командного рядка.
administration-organisation = Організація
administration-operator = оператор сервісу
administration-made = Створено
administration-people = Люди
administration-keys = Ключі
administration-statements = Заяви
administration-flags = Сигнали
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
administration-resets = Новий відлік
administration-minutes = { $n ->
    [one] через { $n } хвилину
    [few] через { $n } хвилини
    [many] через { $n } хвилин
   *[other] через { $n } хвилини
}
administration-unused = не використано
administration-jobs = Завдання
administration-jobs-about = Імпорти й масові перевірки вашої організації, найновіші спершу. Завершені зберігаються тиждень. Якщо завдання зупинити, зроблене лишається. Експорт надсилається одразу й завданням не є.
administration-jobs-none = Завдань немає.
administration-job = Завдання
administration-kind-import = Імпорт
administration-kind-bulk_check = Масова перевірка
administration-state = Стан
administration-state-receiving = завантажується
administration-state-queued = очікує
administration-state-running = виконується
administration-state-done = завершено
administration-state-cancelled = зупинено
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
    [flagged] із сигналом
   *[other] { $name }
}: { $n }
administration-begun = Створено
administration-finished = завершено
administration-cancel = Зупинити
administration-job-cancelled = Завдання зупинено. Зроблене лишається.
administration-job-ended = Завдання вже завершилося.
administration-index = Індекс і моделі
administration-ready = готово
administration-not-ready = не готово
administration-reasons = Що повідомляє сервіс
administration-index-section = Індекс
administration-engine = Рушій
administration-vectors = Векторів у ньому
administration-dimension = Вимірів у векторі
administration-backlog = Заяви без вектора
administration-checkpoint = Відповідність базі даних
administration-checkpoint-of = зміна { $at } з { $latest }
administration-lag = { $n ->
    [one] відстає на { $n } секунду
    [few] відстає на { $n } секунди
    [many] відстає на { $n } секунд
   *[other] відстає на { $n } секунди
}
administration-models = Моделі
administration-embedder = Модель векторних подань
administration-fingerprint = Її відбиток
administration-version = Версія Refrain
administration-disk = Диск із даними
administration-disk-free = вільно { $free } МіБ із { $size }
administration-index-note = Програмам те саме повідомляє /readyz, а зміни чисел у часі показує /metrics.
administration-scoring = Оцінювання
administration-scoring-about = Чинна модель оцінювання і що змінив би інший поріг — за власними рішеннями вашої організації. Тут нічого не підганяється.
administration-model = Чинна модель
administration-model-version = Версія
administration-flag-at = Сигнал від
administration-same-script-at = Той самий сценарій від
administration-suggest-at = Пропозиція від
administration-threshold = Якби сигнали починалися з іншої оцінки
administration-stands-on = { $reviewed ->
    [one] Це спирається на { $reviewed } розглянутий сигнал із { $flags }.
    [few] Це спирається на { $reviewed } розглянуті сигнали з { $flags }.
    [many] Це спирається на { $reviewed } розглянутих сигналів із { $flags }.
   *[other] Це спирається на { $reviewed } розглянутого сигналу з { $flags }.
}
administration-few = Менше ніж { $n }: частка мало що каже.
administration-threshold-rule = Сигнал має оцінку найкращого збігу. Частка — це підтверджені серед розглянутих сигналів із щонайменше такою оцінкою; пунктир — її 95-відсотковий інтервал (Вілсона). Те, що нижче за чинний поріг, ніколи не давало сигналу, тож про нижчі пороги з цього судити не можна; сигнали попередніх моделей враховано з оцінкою, яку вони мали тоді.
administration-threshold-label = Лінія: частка підтверджених сигналів за кожного порога, пунктиром — 95-відсотковий інтервал. Стовпчики: кількість сигналів. Числа є в таблиці нижче.
administration-no-reviews = Жодного сигналу ще не розглянуто, тож частки немає.
administration-no-flags = Сигналів ще не було.
administration-in-force = чинний
administration-at = Поріг
administration-reviewed = Розглянуто
administration-confirmed = Підтверджено
administration-share = Частка підтверджених, %
administration-interval = Інтервал 95 %
administration-range = { $low }–{ $high } %
administration-low = Інтервал від
administration-high = Інтервал до
administration-closed-since = закрито
administration-close = Закрити
administration-close-one = Закрити { $name }
administration-close-asked = Закрити { $name }?
administration-close-note = Ніхто з неї не зможе увійти, її ключі й стрічки перестануть працювати, її завдання, вебхуки й відстежувані джерела чекатимуть. Внесене нею лишиться. Її можна буде відкрити знову.
administration-close-do = Закрити її
administration-reopen = Відкрити знову
administration-reopen-one = Відкрити { $name } знову
administration-closed = Організацію { $name } закрито.
administration-reopened = Організацію { $name } знову відкрито.
administration-stays-open = Організація, яка підтримує сервіс, лишається відкритою.
administration-retry = Спробувати знову
administration-retry-one = Спробувати { $name } знову
administration-job-retried = Завдання виконується знову — з того місця, де сталася помилка.
administration-retry-state = Це завдання не зазнало помилки або вже виконується знову.
administration-retry-lines = Решта рядків уже не зберігається. Надішліть файл ще раз.
administration-retry-undone = Цей імпорт скасовано. Надішліть файл ще раз.
administration-retry-many = Ваша організація має стільки незавершених завдань, скільки дозволено. Дочекайтеся одного або скасуйте одне.
