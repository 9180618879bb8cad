### Вебхуки: створення, зміна й видалення на їхній сторінці.

webhooks-what = Сюди програми й чати одразу отримують повідомлення про сигнали, рішення й імпорти; збережені добірки надсилають через них свої зведення та сповіщення.
webhooks-none-make = Створіть перший нижче: адресу для нього дає чат.
webhooks-new = Новий вебхук
webhooks-make = Створити вебхук
webhooks-url = Адреса
webhooks-url-help = Адреса https в інтернеті: вашої програми або «вхідного вебхука» чату.
webhooks-description = Для чого він
webhooks-format = Що надсилати
webhooks-language = Мова повідомлень
webhooks-language-default = як у сервісі
webhooks-events = Події
webhooks-events-fault = Виберіть принаймні одну подію.
webhooks-event-of = { $event ->
    [flag-created] заява дала сигнал
    [review-created] хтось вирішив щодо сигналу
    [review-undone] рішення скасовано
    [narrative-created] створено наратив
    [narrative-updated] змінено наратив
    [narrative-warning] раннє попередження про наратив
    [narrative-appeared] щось нове в наративі, за яким хтось стежить
    [webhook-test] тест
    [job-finished] завершився імпорт або масова перевірка
   *[other] { $name }
}
webhooks-narratives = Лише ці наративи
webhooks-narratives-help = Назви або ідентифікатори, по одному в рядку. Із повідомлень про наративи надсилаються лише ті, що стосуються цих наративів або вкладених у них. Порожньо: про всі. Інші події надсилаються незалежно від цього.
webhooks-narratives-fault = Щось із цього не є наративом, або їх понад 50: впишіть назви чи ідентифікатори, по одному в рядку.
webhooks-limited = З наративів лише:
webhooks-most = Ваша організація має стільки вебхуків, скільки дозволено: спершу видаліть один.
webhooks-secret = Його секрет
webhooks-secret-once = Ним підписано кожну доставку; показується лише тепер. Програми звіряють ним підпис, чатові він не потрібен.
webhooks-change = Змінити
webhooks-save = Зберегти
webhooks-changed = Вебхук змінено.
webhooks-pause = Призупинити
webhooks-paused = Вебхук призупинено: нічого не надсилається, і те, що станеться тим часом, пізніше не надійде.
webhooks-paused-first = Вебхук вимкнено: нічого не надсилається. Спершу відновіть його.
webhooks-resume = Відновити
webhooks-resumed = Вебхук діє.
webhooks-rotate = Новий секрет
webhooks-rotate-help = Ще добу доставки матимуть і підпис старим секретом.
webhooks-remove = Видалити …
webhooks-remove-title = Видалити цей вебхук?
webhooks-remove-what = Сюди більше нічого не надсилатиметься; журнал доставок зникне, а збережені добірки, що надсилали через нього, припинять це робити.
webhooks-remove-do = Видалити вебхук
webhooks-remove-not = Лишити
webhooks-removed = Вебхук видалено.

feeds-of-this = Зробити з цього стрічку
