# Запропоновані наративи: групи заяв, що повторюють одна одну й не належать до жодного наративу.
suggestions-title = Запропоновані наративи
suggestions-about = Заяви, що повторюють одна одну й ще не належать до жодного наративу. Їх згруповано за ймовірністю того, що кожна пара каже те саме.
suggestions-one = Запропонований наратив
suggestions-back = Назад до списку
suggestions-run = Шукати знову
suggestions-run-requested = Архів переглядається у фоні. На цій сторінці видно, скільки вже зроблено.
suggestions-run-waits = Чекаємо, доки звільниться робочий процес…
suggestions-run-progress = Порівняно заяв: { $done } з { $total }
suggestions-run-groups = { $count ->
    [0] Усе порівняно: триває групування…
    [one] Порівняно { $count } заяву: триває групування…
    [few] Порівняно { $count } заяви: триває групування…
   *[many] Порівняно { $count } заяв: триває групування…
}
suggestions-run-goes-on = Великий архів потребує часу. Робота триває у фоні з того місця, де зупинилася, навіть після перезапуску; доти ви бачите знайдене попереднього разу.
suggestions-run-failed = Останній пошук не вдався, причину записано в журналі. Спробуйте знову або зверніться до тих, хто підтримує сервіс.
suggestions-run-last = Востаннє переглянуто
suggestions-found = { $count ->
    [one] { $count } пропозиція, спершу найбільші та найсильніші.
    [few] { $count } пропозиції, спершу найбільші та найсильніші.
    [many] { $count } пропозицій, спершу найбільші та найсильніші.
   *[other] { $count } пропозиції, спершу найбільші та найсильніші.
}
suggestions-first = Показано перші { $count }: решта зʼявлятиметься, коли ви ухвалюватимете рішення.
suggestions-none-title = Пропозицій немає
suggestions-none = Поза наративами немає трьох заяв, що повторюють одна одну. Новий пошук почнеться протягом години після того, як щось додадуть.
suggestions-never = Архів ще не переглядали. Це станеться протягом години після того, як щось додадуть, або коли ви натиснете «Шукати знову».
suggestions-count = { $count ->
    [one] { $count } заява
    [few] { $count } заяви
    [many] { $count } заяв
   *[other] { $count } заяви
}
suggestions-strength-strong = дуже схожі
suggestions-strength-fair = схожі
suggestions-strength-loose = віддалено схожі
suggestions-more = і ще { $count }
suggestions-in = у { $count } з { $of }
suggestions-no-phrases = Спільних слів немає: схожий лише зміст.
suggestions-script = Що в них спільного
suggestions-members = { $count ->
    [one] { $count } заява за часом
    [few] { $count } заяви за часом
    [many] { $count } заяв за часом
   *[other] { $count } заяви за часом
}
suggestions-member = Віднести цю заяву: { $text }
suggestions-toggle = Узяти заяву { $number } або прибрати її
suggestions-central = найближча до всіх інших
suggestions-open = Відкрити
suggestions-open-one = Відкрити: { $text }
suggestions-place = { $at } з { $count }
suggestions-before = Попередня
suggestions-after = Наступна
suggestions-foreign = { $count ->
    [one] { $count } заяву додала інша організація, тож ваша не може її віднести.
    [few] { $count } заяви додали інші організації, тож ваша не може їх віднести.
    [many] { $count } заяв додали інші організації, тож ваша не може їх віднести.
   *[other] { $count } заяви додали інші організації, тож ваша не може їх віднести.
}
suggestions-name = Назва наративу
suggestions-name-wrong = Наратив повинен мати назву, не довшу за 500 символів.
suggestions-none-chosen = Виберіть принаймні одну заяву.
suggestions-edit = Змінити назву
suggestions-accept = Створити наратив
suggestions-refuse = Більше не пропонувати
suggestions-hint = Змінити назву або прибрати заяви:
suggestions-accepted = { $count ->
    [one] Створено наратив «{ $title }» з { $count } заяви.
    [few] Створено наратив «{ $title }» з { $count } заяв.
    [many] Створено наратив «{ $title }» з { $count } заяв.
   *[other] Створено наратив «{ $title }» з { $count } заяви.
}
suggestions-filed = { $count ->
    [one] { $count } заяву віднесено до наративу «{ $title }», який уже був.
    [few] { $count } заяви віднесено до наративу «{ $title }», який уже був.
    [many] { $count } заяв віднесено до наративу «{ $title }», який уже був.
   *[other] { $count } заяви віднесено до наративу «{ $title }», який уже був.
}
suggestions-reopened = Скасовано: це знову пропозиція.
suggestions-refused = Цього та майже такого самого більше не пропонуватимуть.
suggestions-offered-again = Це знову пропонується.
suggestions-decided = Хтось інший уже вирішив щодо цієї пропозиції, або її замінив новий пошук.
suggestions-refused-title = { $count ->
    [one] { $count } відхилена пропозиція
    [few] { $count } відхилені пропозиції
    [many] { $count } відхилених пропозицій
   *[other] { $count } відхиленої пропозиції
}
suggestions-offer-again = Запропонувати знову
suggestions-offer-again-one = Запропонувати знову: { $text }
