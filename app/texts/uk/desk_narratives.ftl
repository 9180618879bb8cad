# Робота з наративами: список зі станами, часова шкала й історія одного наративу, зміни, стеження.

narratives-sort-recent = кількістю заяв за 90 днів
narratives-state = Стан
narratives-state-any = будь-який
narratives-state-growing = зростає
narratives-state-back = повернувся після паузи
narratives-state-steady = рівний
narratives-state-dormant = затих
narratives-state-rule = Як визначається стан
narratives-state-rule-text = Повернувся: траплявся за останні 90 днів після щонайменше 180 днів без жодної заяви. Зростає: щонайменше 3 заяви за останні 90 днів і більше, ніж за 90 днів перед тим. Затих: жодної за 180 днів або жодної дати. Рівний: решта. Заяви, датовані лише роком або майбутнім, не враховуються.
narratives-tag = Мітка
narratives-tag-any = будь-яка
narratives-followed = Лише ті, за якими я стежу
narratives-following = стежите
narratives-all = Показати всі наративи
narratives-none-filter = Жоден наратив не відповідає цьому фільтру.
narratives-news = { $count ->
    [100] 100 або більше нових
    [one] { $count } нова
    [few] { $count } нові
    [many] { $count } нових
   *[other] { $count } нової
}
narratives-spark = { $count ->
    [0] Жодної заяви за останні 24 місяці
    [one] { $count } заява за останні 24 місяці, щонайбільше { $most } за місяць
    [few] { $count } заяви за останні 24 місяці, щонайбільше { $most } за місяць
    [many] { $count } заяв за останні 24 місяці, щонайбільше { $most } за місяць
   *[other] { $count } заяви за останні 24 місяці, щонайбільше { $most } за місяць
}
desk-nav-narratives-news = { $count ->
    [one] У { $count } наративі, за яким ви стежите, є нове
    [few] У { $count } наративах, за якими ви стежите, є нове
    [many] У { $count } наративах, за якими ви стежите, є нове
   *[other] У { $count } наративу, за яким ви стежите, є нове
}

narrative-follow = Стежити
narrative-unfollow = Не стежити
narrative-followed = Ви стежите за ним: нові заяви рахуються у списку та біля «Наративів» угорі.
narrative-unfollowed = Ви більше не стежите за ним.
narrative-tags = Мітки
narrative-tags-none = немає
narrative-tag-new = Нова мітка
narrative-tag-add = Додати
narrative-tagged = Додано мітку «{ $tag }».
narrative-untagged = Мітку «{ $tag }» знято.
narrative-untag = Зняти мітку { $tag }
narrative-tag-refused = Мітку не додано: напишіть від 1 до 50 символів; у наративу може бути щонайбільше 20 міток.

narrative-timeline-rows = Рядок для кожного
narrative-timeline-by-speaker = за мовцями
narrative-timeline-by-outlet = за виданнями
narrative-timeline-by-language = за мовами
narrative-timeline-row-speaker = Мовець
narrative-timeline-row-outlet = Видання
narrative-timeline-row-language = Мова
narrative-timeline-no-speaker = мовець невідомий
narrative-timeline-no-outlet = видання невідоме
narrative-timeline-others = { $count ->
    [one] ще { $count }
    [few] ще { $count }
    [many] ще { $count }
   *[other] ще { $count }
}
narrative-timeline-when = { DATE($when) }
narrative-timeline-chart = { $count ->
    [one] Часова шкала: { $count } датована заява. Далі те саме таблицею.
    [few] Часова шкала: { $count } датовані заяви. Далі те саме таблицею.
    [many] Часова шкала: { $count } датованих заяв. Далі те саме таблицею.
   *[other] Часова шкала: { $count } датованої заяви. Далі те саме таблицею.
}
narrative-timeline-ahead = { $count ->
    [one] { $count } заява має дату в майбутньому, її не показано на шкалі:
    [few] { $count } заяви мають дату в майбутньому, їх не показано на шкалі:
    [many] { $count } заяв мають дату в майбутньому, їх не показано на шкалі:
   *[other] { $count } заяви мають дату в майбутньому, їх не показано на шкалі:
}
narrative-varies-count = { $count ->
    [one] { $count } вислів
    [few] { $count } різні вислови
    [many] { $count } різних висловів
   *[other] { $count } різного вислову
}

narrative-bulk = Перенести або відокремити заяви
narrative-bulk-all = Вибрати всі на цій сторінці
narrative-bulk-help = Виберіть заяви нижче.
narrative-bulk-none = Нічого не вибрано
narrative-bulk-choose = Вибрати заяву { $number }
narrative-bulk-into = Перенести до наративу
narrative-bulk-move = Перенести
narrative-bulk-title = Або назва нового наративу
narrative-bulk-split = Відокремити
narrative-merge = Обʼєднати з іншим
narrative-merge-help = Усі його заяви, контрприклади, висновки та ті, хто за ним стежить, перейдуть туди, і його адреса вестиме туди. Це можна скасувати.
narrative-merge-into = Наратив, з яким обʼєднати
narrative-merge-do = Обʼєднати
narrative-done-merged = { $count ->
    [one] Обʼєднано з «{ $title }»: туди перейшла { $count } заява.
    [few] Обʼєднано з «{ $title }»: туди перейшли { $count } заяви.
    [many] Обʼєднано з «{ $title }»: туди перейшло { $count } заяв.
   *[other] Обʼєднано з «{ $title }»: туди перейшло { $count } заяви.
}
narrative-done-moved = { $count ->
    [one] { $count } заяву перенесено до «{ $title }».
    [few] { $count } заяви перенесено до «{ $title }».
    [many] { $count } заяв перенесено до «{ $title }».
   *[other] { $count } заяви перенесено до «{ $title }».
}
narrative-done-split = { $count ->
    [one] Створено «{ $title }» з { $count } заяви.
    [few] Створено «{ $title }» з { $count } заяв.
    [many] Створено «{ $title }» з { $count } заяв.
   *[other] Створено «{ $title }» з { $count } заяви.
}
narrative-done-partly = { $count ->
    [one] { $count } заява перейшла до «{ $title }»
    [few] { $count } заяви перейшли до «{ $title }»
    [many] { $count } заяв перейшло до «{ $title }»
   *[other] { $count } заяви перейшло до «{ $title }»
}; { $left ->
    [one] { $left } лишилася: вона належить до вужчого наративу.
    [few] { $left } лишилися: вони належать до вужчих наративів.
    [many] { $left } лишилося: вони належать до вужчих наративів.
   *[other] { $left } лишилося: вони належать до вужчих наративів.
}
narrative-refused-into = Нічого не змінено: виберіть інший наявний наратив, який бачать ті самі читачі і який не є вужчим за цей.
narrative-refused-title = Нічого не змінено: дайте новому наративу назву від 1 до 500 символів, якої немає в жодного іншого.
narrative-refused-statements = Нічого не змінено: виберіть хоча б одну заяву, яка належить саме до цього наративу.
narrative-undo-refused = Скасувати не можна: це вже скасовано, або спершу треба скасувати пізнішу зміну.
narrative-undone-edited = Редагування скасовано.
narrative-undone-merged = Обʼєднання скасовано.
narrative-undone-split = Відокремлення скасовано.
narrative-undone-moved = Заяви повернуто.

narrative-history = Історія
narrative-history-none = Змін ще не було.
narrative-change-edited = Відредаговано; попередня назва: «{ $before }»
narrative-change-merged = { $count ->
    [one] «{ $from }» обʼєднано з «{ $title }»: { $count } заява
    [few] «{ $from }» обʼєднано з «{ $title }»: { $count } заяви
    [many] «{ $from }» обʼєднано з «{ $title }»: { $count } заяв
   *[other] «{ $from }» обʼєднано з «{ $title }»: { $count } заяви
}
narrative-change-split = { $count ->
    [one] «{ $title }» відокремлено від «{ $from }»: { $count } заява
    [few] «{ $title }» відокремлено від «{ $from }»: { $count } заяви
    [many] «{ $title }» відокремлено від «{ $from }»: { $count } заяв
   *[other] «{ $title }» відокремлено від «{ $from }»: { $count } заяви
}
narrative-change-moved = { $count ->
    [one] { $count } заяву перенесено з «{ $from }» до «{ $title }»
    [few] { $count } заяви перенесено з «{ $from }» до «{ $title }»
    [many] { $count } заяв перенесено з «{ $from }» до «{ $title }»
   *[other] { $count } заяви перенесено з «{ $from }» до «{ $title }»
}
narrative-change-undone = скасовано: { $name }
narrative-change-undo = Скасувати зміну { $number }
