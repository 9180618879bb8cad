### Повідомлення збережених добірок: сповіщення та зведення через вебхуки.

chat-view-alert = Нове в «{ $view }»: це вже казали
chat-view-digest = { $count ->
    [0] У «{ $view }» нічого нового
    [one] { $count } новий сигнал у «{ $view }»
    [few] { $count } нові сигнали у «{ $view }»
    [many] { $count } нових сигналів у «{ $view }»
   *[other] { $count } нового сигналу у «{ $view }»
}

view-messages-title = Повідомлення добірки { $view }
view-messages-go = Сповіщення та зведення добірки { $view }
view-messages-short = Сповіщення та зведення
view-messages-about = Нове в цій добірці надсилається через вебхук: кожен сигнал одразу або всі разом о певній годині.
view-messages-none = Ця добірка ще нічого не надсилає
view-messages-of = Повідомлення
view-messages-kind = { $kind ->
    [alert] сповіщення про кожен новий сигнал
    [daily] щоденне зведення
   *[weekly] щотижневе зведення
}
view-messages-at = { $kind ->
    [daily] о { $hour }:00 ({ $zone })
   *[weekly] { $weekday ->
        [0] щопонеділка
        [1] щовівторка
        [2] щосереди
        [3] щочетверга
        [4] щопʼятниці
        [5] щосуботи
       *[6] щонеділі
    } о { $hour }:00 ({ $zone })
}
view-messages-next = наступне
view-messages-by = налаштовано:
view-messages-empty-too = також коли нічого нового
view-messages-end = Припинити
view-messages-end-one = Припинити: { $kind } через { $webhook }
view-messages-ended = Ці повідомлення більше не надсилаються.
view-messages-new = Нове повідомлення
view-messages-webhook = Вебхук
view-messages-no-webhook = Вебхуків ще немає. Їх створює адміністратор на сторінці «Вебхуки».
view-messages-what = Що надсилати
view-messages-weekday = День щотижневого зведення
view-messages-day = { $weekday ->
    [0] понеділок
    [1] вівторок
    [2] середа
    [3] четвер
    [4] пʼятниця
    [5] субота
   *[6] неділя
}
view-messages-hour = Година зведення
view-messages-zone = Часовий пояс
view-messages-zone-help = Наприклад, Europe/Kyiv.
view-messages-send-empty = Надсилати зведення й тоді, коли нічого нового
view-messages-start = Надсилати
view-messages-started = Відтепер надсилається. Пробне повідомлення можна надіслати зі сторінки вебхука.
