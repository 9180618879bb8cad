### Журнал дій.

audit-title = Журнал дій
audit-about = Хто що переглядав, змінював і оцінював. Тут нічого не можна змінити, навіть адміністраторові.
audit-when = Коли
audit-actor = Хто
audit-action = Дія
audit-action-help = Наприклад, review.confirmed або review для всіх рішень.
audit-subject = Що
audit-id-help = Ідентифікатор, як він стоїть у журналі.
audit-from = Від
audit-to = До
audit-filter = Показати
audit-none = Таких записів немає.
audit-actor-key = ключ
audit-actor-account = обліковий запис
audit-actor-command = командний рядок
audit-actor-job = завдання
audit-actor-service = сервіс
audit-actor-nobody = ніхто з тих, хто увійшов
