### Вхід, власний обліковий запис, люди та ключі.

sign-in-title = Вхід
sign-in-login = Імʼя
sign-in-password = Пароль
sign-in-do = Увійти
sign-in-refused = Хибне імʼя або пароль.
sign-in-wait = { $seconds ->
    [one] Забагато хибних паролів. Спробуйте через { $seconds } секунду.
    [few] Забагато хибних паролів. Спробуйте через { $seconds } секунди.
   *[other] Забагато хибних паролів. Спробуйте через { $seconds } секунд.
}
sign-in-help = Ще не маєте облікового запису або забули пароль? Зверніться до адміністратора вашої організації.
sign-in-signed-out = Ви вийшли.

sign-in-code = Код
sign-in-code-help = Шість цифр, які показує зараз застосунок-автентифікатор, або один із ваших кодів відновлення.
sign-in-code-refused = Код хибний або вже використаний. Зачекайте на наступний.
sign-in-code-wait = { $seconds ->
    [one] Забагато хибних кодів. Спробуйте через { $seconds } секунду.
    [few] Забагато хибних кодів. Спробуйте через { $seconds } секунди.
   *[other] Забагато хибних кодів. Спробуйте через { $seconds } секунд.
}
sign-in-again = Почати знову з пароля

sign-in-sso = Увійти з обліковим записом вашої організації
sign-in-sso-failed = Увійти так не вдалося. Почніть тут знову; якщо не вийде ще раз, скажіть тим, хто підтримує сервіс.
sign-in-sso-closed = Ваш обліковий запис тут закрито. Адміністратор вашої організації може відкрити його знову.
sign-in-sso-unreachable = Вхід вашої організації зараз недоступний. Спробуйте ще раз за мить.

account-title = Ваш обліковий запис
account-sso = Обліковий запис вашої організації
account-sso-on = Ви можете входити з ним.
account-sso-link = Відтепер входити й з ним
account-sso-linked = Відтепер ви можете входити й з обліковим записом вашої організації.
account-sso-taken = Із цим обліковим записом уже входить хтось інший.
account-factor = Другий чинник
account-factor-needed = Цей сервіс вимагає від вас другого чинника. Налаштуйте його нижче, і решта відкриється.
account-factor-password = Ваш пароль
account-factor-about = З другим чинником той, хто дізнається ваш пароль, не зможе ввійти без вашого телефона чи застосунку.
account-factor-begin = Налаштувати другий чинник
account-factor-scan = Відскануйте це застосунком-автентифікатором і введіть шість цифр, які він покаже.
account-factor-qr = QR-код наведеного нижче секрету
account-factor-type = Або введіть у застосунок:
account-factor-confirm = Підтвердити
account-factor-on = Під час входу запитуватиметься код із вашого застосунку-автентифікатора.
account-factor-remove = Прибрати другий чинник
account-factor-removed = Другий чинник прибрано.
account-code-fault = Застосунок показує зараз інший код. Спробуйте наступний.
account-recovery-codes = Ваші коди відновлення
account-recovery-once = Їх показано лише зараз. Кожен дає змогу один раз увійти без застосунку: зберігайте їх там, де зберігаєте документи.
account-recovery-left = { $count ->
    [0] Кодів відновлення не лишилося: приберіть другий чинник і налаштуйте його знову.
    [one] Лишився { $count } код відновлення.
    [few] Лишилося { $count } коди відновлення.
   *[other] Лишилося { $count } кодів відновлення.
}
account-must-change = Ваш пароль створив хтось інший. Задайте власний, і решта відкриється.
account-password = Пароль
account-current = Поточний пароль
account-new = Новий пароль
account-new-help = { $least ->
    [one] Щонайменше { $least } символ. Добре підходить речення, яке ви памʼятаєте.
    [few] Щонайменше { $least } символи. Добре підходить речення, яке ви памʼятаєте.
   *[other] Щонайменше { $least } символів. Добре підходить речення, яке ви памʼятаєте.
}
account-change = Змінити пароль
account-current-fault = Це не ваш пароль.
account-password-fault = { $least ->
    [one] Потрібен щонайменше { $least } символ, а найбільше — 200.
    [few] Потрібно щонайменше { $least } символи, а найбільше — 200.
   *[other] Потрібно щонайменше { $least } символів, а найбільше — 200.
}
account-password-guessed = Це один із тих паролів, які вгадують першими, або ваш теперішній. Виберіть інший.
account-password-changed = Пароль змінено. В усіх інших браузерах вхід завершено.
account-sessions = Де ви ввійшли
account-agent-unknown = Браузер, який нічого про себе не каже
account-here = цей браузер
account-since = від
account-used = востаннє
account-sign-out-elsewhere = Вийти всюди, крім цього браузера
account-signed-out-elsewhere = { $count ->
    [0] Інших браузерів не було.
    [one] Виконано вихід ще в { $count } браузері.
    [few] Виконано вихід ще у { $count } браузерах.
   *[other] Виконано вихід ще в { $count } браузерах.
}

people-title = Люди
people-count = { $count ->
    [one] { $count } обліковий запис
    [few] { $count } облікові записи
   *[other] { $count } облікових записів
}
people-name = Імʼя
people-role = Роль
people-seen = Коли востаннє
people-do = Обліковий запис
people-you = ви
people-never = ніколи
people-role-of = Роль: { $name }
people-set = Установити
people-set-role-of = Установити роль: { $name }
people-reset = Новий пароль
people-reset-one = Новий пароль: { $name }
people-reset-factor = Скинути другий чинник
people-reset-factor-one = Скинути другий чинник: { $name }
people-factor-reset = Другий чинник скинуто ({ $name }): доки не налаштують новий, досить самого пароля.
people-disable = Закрити
people-disable-one = Закрити обліковий запис: { $name }
people-enable = Відкрити знову
people-enable-one = Відкрити обліковий запис знову: { $name }
people-invite = Новий обліковий запис
people-login = Імʼя для входу
people-login-help = Наприклад, адреса пошти. Більше ні в кого такого немає.
people-login-taken = З таким імʼям уже хтось входить. Виберіть інше.
people-name-fault = Потрібен щонайменше один видимий символ, а найбільше — 200.
people-shown-name = Імʼя, яке бачать інші
people-role-help = Читачі бачать усе. Аналітики оцінюють, редагують і записують. Адміністратори також керують людьми й ключами.
people-make = Створити обліковий запис
people-password-for = Пароль для
people-password-once = Його показано лише зараз; під час першого входу ним треба скористатися, щоб задати власний. Імʼя для входу:
people-role-changed = Роль змінено: { $name }.
people-disabled = Обліковий запис закрито: { $name }.
people-enabled = Обліковий запис знову відкрито: { $name }.
people-last-admin = Це останній адміністратор. Спершу зробіть адміністратором когось іще.
people-events = Що було зроблено
people-by-command = Командний рядок

badge-account-closed = закрито
badge-account-invited = має задати пароль

account-event-signed-in = { $who }: вхід.
account-event-signed-out-elsewhere = { $who }: вихід у всіх інших браузерах.
account-event-password-changed = { $who }: пароль змінено.
account-event-created = { $who }: створено обліковий запис { $whom }, роль — { $role }.
account-event-role-changed = { $who }: змінено роль ({ $whom } — { $role }).
account-event-disabled = { $who }: закрито обліковий запис { $whom }.
account-event-enabled = { $who }: знову відкрито обліковий запис { $whom }.
account-event-password-reset = { $who }: створено новий пароль ({ $whom }).
account-event-second-factor-set-up = { $who }: налаштовано другий чинник.
account-event-second-factor-removed = { $who }: прибрано другий чинник.
account-event-second-factor-reset = { $who }: скинуто другий чинник ({ $whom }).
account-event-identity-linked = { $who }: привʼязано обліковий запис організації.
account-event-recovery-code-used = { $who }: вхід із кодом відновлення.

keys-title = Ключі
keys-about = Програми користуються API за допомогою ключа. Його секрет показують один раз, коли ключ створюють.
keys-none = Ключів ще немає.
keys-name = Для чого він
keys-scopes = До чого дає доступ
keys-used = Востаннє використано
keys-ends = Діє до
keys-do = Ключ
keys-never = ніколи
keys-open-end = без кінцевого терміну
keys-rotate = Оновити
keys-rotate-one = Оновити ключ { $name }
keys-revoke = Відкликати
keys-revoke-one = Відкликати ключ { $name }
keys-new = Новий ключ
keys-make = Створити ключ
keys-secret-of = Секрет ключа
keys-secret-once = Його показано лише зараз. Попередній, якщо він був, діятиме ще добу.
keys-revoked = Ключ { $name } відкликано.
keys-scopes-fault = Виберіть принаймні одне.
# До чого дає доступ ключ.
keys-scope = { $scope ->
    [check] перевіряти заяви й статті
    [read] читати архів, сигнали й перевірки
    [write] записувати й змінювати заяви та наративи
    [review] вирішувати щодо сигналів
    [admin] керувати ключами, вебхуками й джерелами
   *[other] { $scope }
}

badge-key-revoked = відкликано
badge-key-expired = термін минув

webhooks-title = Вебхуки
webhooks-one = Вебхук
webhooks-none = Вебхуків ще немає.
webhooks-since = від
webhooks-format-cloudevents = підписані події
webhooks-format-slack = повідомлення у Slack
webhooks-format-teams = повідомлення в Teams
webhooks-format-mattermost = повідомлення в Mattermost
webhooks-disabled = Цей вебхук вимкнено:
webhooks-test = Надіслати тест
webhooks-tested = Тест надсилається. Оновіть сторінку, щоб побачити, що з ним сталося.
webhooks-resent = Подія надсилається ще раз. Оновіть сторінку, щоб побачити, що з нею сталося.
webhooks-deliveries = Доставки
webhooks-no-deliveries = Ще нічого не надсилали.
webhooks-event = Подія
webhooks-when = Коли
webhooks-state = Стан
webhooks-last = Остання відповідь
webhooks-do = Доставка
webhooks-tries = { $count ->
    [one] { $count } спроба
    [few] { $count } спроби
   *[other] { $count } спроб
}
webhooks-not-yet = ще не пробували
webhooks-resend = Надіслати ще раз
webhooks-resend-one = Надіслати ще раз: { $event }
badge-webhook-well = доставляє
badge-webhook-failing = не доставляє
badge-webhook-disabled = вимкнено
badge-delivery-pending = очікує
badge-delivery-delivered = доставлено
badge-delivery-failed = не доставлено
badge-delivery-stopped = зупинено
