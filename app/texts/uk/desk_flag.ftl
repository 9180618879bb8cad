### Сторінка одного сигналу.

flag-title = Сигнал
flag-back = Черга
flag-statement = Заява
flag-precedent = Прецедент
flag-precedent-of = Прецедент { $number } із { $n }
flag-precedent-none = Для цієї заяви прецеденту не показано.
flag-days-before = { $days ->
    [0] того самого дня
    [one] за { $days } день до того
    [few] за { $days } дні до того
   *[other] за { $days } днів до того
}
flag-speaker-unknown = мовець невідомий
flag-checked = перевірено
flag-withdrawn = Цей прецедент відтоді відкликано з архіву. Його показано таким, яким він був.
flag-by-hand = знайдено вручну
flag-unmarked = Що повторено, а що змінено, для цієї пари не визначено: порівняйте тексти.
flag-changes = Що змінилося
flag-change-role = Частина
flag-change-then = Тоді
flag-change-now = Тепер
flag-nothing = нічого
flag-role = { $role ->
    [actor] хто
    [accused] кого звинувачують
    [act] що роблять
    [means] чим
    [place] де
    [quantity] скільки
    [target] проти кого
    [victims] хто постраждав
    [time] коли
    [motive] навіщо
   *[other] формулювання
}
flag-kind-changed = змінено
flag-kind-added = додано
flag-kind-dropped = пропущено
flag-under = Сценарій:
flag-read = Читати
flag-read-precedent = в архіві
flag-outcome = Чим це скінчилося:
badge-outcome-happened = сталося
badge-outcome-did_not_happen = не сталося
badge-outcome-unknown = невідомо
badge-outcome-disputed = спірно
badge-outcome-expired = термін минув, нічого не записано
badge-outcome-open = ще відкрито
flag-others = Усі прецеденти
flag-show-match = Порівняти з прецедентом { $number }
flag-recurrence = Як часто
flag-times = { $n ->
    [one] { $n } раз раніше.
    [few] { $n } рази раніше.
   *[other] { $n } разів раніше.
}
flag-plot = { $n ->
    [1] Раніше сказано один раз: { $first }. Ця заява — остання риска.
    [one] Раніше сказано { $n } раз; уперше — { $first }, востаннє — { $last }. Ця заява — остання риска.
    [few] Раніше сказано { $n } рази; уперше — { $first }, востаннє — { $last }. Ця заява — остання риска.
   *[other] Раніше сказано { $n } разів; уперше — { $first }, востаннє — { $last }. Ця заява — остання риска.
}
flag-gaps = { $least ->
    [0] Проміжки між ними — до { $most ->
        [one] { $most } дня
        [few] { $most } днів
       *[other] { $most } днів
    }.
   *[other] Проміжки між ними — від { $least } до { $most ->
        [one] { $most } дня
        [few] { $most } днів
       *[other] { $most } днів
    }.
}
flag-since = { $days ->
    [0] Останній раз — того самого дня.
    [one] Останній раз — за { $days } день до того.
    [few] Останній раз — за { $days } дні до того.
   *[other] Останній раз — за { $days } днів до того.
}
flag-predictions = { $n ->
    [one] { $n } прогноз у наративі «{ $title }»:
    [few] { $n } прогнози у наративі «{ $title }»:
   *[other] { $n } прогнозів у наративі «{ $title }»:
}

flag-actions = Оцінити цей сигнал
flag-confirm = Підтвердити
flag-confirm-archive = До архіву
flag-confirm-archive-under = Підтвердити й додати до архіву під наратив «{ $title }»
flag-confirm-archive-none = Підтвердити й додати до архіву
flag-other-narrative = Наратив…
flag-narrative = Наявний наратив або назва нового
flag-narrative-submit = Підтвердити й додати до архіву під інший наратив
flag-narrative-help = Заява потрапить до архіву під ним, і наступний повтор її знайде.
flag-dismiss = Відхилити…
flag-dismiss-plain = Відхилити без причини
flag-dismiss-reason = Інша причина
flag-dismiss-submit = Відхилити
flag-dismiss-only = Лише цей прецедент
flag-dismiss-counter = Зберегти як контрприклад наративу
flag-reason-other-script = Тут інший сценарій.
flag-reason-other-event = Це про іншу подію.
flag-reason-reported = Тут лише переказують або заперечують чужі слова.
flag-reason-true = Це правда, перевірено.
flag-reason-duplicate = Таку саму заяву вже оцінено.
flag-reason-unclear = Із цього тексту не зрозуміти.
flag-skip = Пропустити
flag-link = Привʼязати…
flag-next = Наступний сигнал
flag-previous = Попередній сигнал
flag-undo-last = Скасувати останнє рішення
flag-not-yours = Ваша роль — читати: сигнали оцінюють аналітики.

flag-assigned-to = Займається
flag-assigned-none = ніхто
flag-assign-me = Узяти собі
flag-assign = Доручити
flag-assign-nobody = Нікому
flag-assigned = Доручено: { $name }.
flag-assigned-nobody = Тепер сигнал нікому не доручено.
flag-notes = Нотатки
flag-note = Написати нотатку
flag-note-save = Зберегти нотатку
flag-noted = Нотатку збережено.
flag-decisions = Рішення
flag-history = Уся історія
flag-history-title = Історія сигналу
flag-history-none = Із ним ще нічого не робили.
flag-history-back = Назад до сигналу

flag-did-confirmed = { $name }: підтверджено
flag-did-confirmed-match = { $name }: підтверджено прецедент { $number }
flag-did-dismissed = { $name }: відхилено
flag-did-dismissed-match = { $name }: відхилено прецедент { $number }
flag-did-undone-confirmed = { $name }: підтвердження скасовано
flag-did-undone-dismissed = { $name }: відхилення скасовано
flag-did-note = { $name }: нотатка
flag-did-assigned = { $name }: доручено ({ $to })
flag-did-assigned-self = { $name }: узято собі
flag-did-assigned-nobody = { $name }: доручення знято
flag-did-archived = Заяву додано до архіву.
flag-did-filed = Віднесено до наративу
flag-did-counter = Збережено як контрприклад.
flag-stands-no-more = більше не діє

flag-done-confirmed = Підтверджено: «{ $text }»
flag-done-confirmed-archived = Підтверджено й додано до архіву: «{ $text }»
flag-done-dismissed = Відхилено: «{ $text }»
flag-saving = Зберігається:
flag-undone = Рішення скасовано.
flag-meanwhile = Поки ви дивилися, про цей сигнал вирішив хтось інший
flag-meanwhile-advice = Ваше рішення не застосовано. Сторінка показує сигнал таким, яким він є тепер.
flag-meanwhile-go-on = Лишити так і йти далі
flag-meanwhile-override = { $verdict ->
    [confirmed] Усе одно підтвердити
   *[dismissed] Усе одно відхилити
}

flag-link-title = Привʼязати прецедент вручну
flag-link-search = Пошукати ранішу заяву
flag-link-help = За змістом, будь-якою мовою. Показано лише заяви, зроблені раніше за цю.
flag-link-none = Ранішої заяви не знайдено. Спробуйте інші слова.
flag-link-suggested = Найближчі за змістом до цієї заяви
flag-link-found = Знайдено
flag-link-this = Підтвердити з цим прецедентом
flag-link-archive = Додати заяву до архіву під його наратив
