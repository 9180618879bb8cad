### Прогнози, термін яких минув або ось-ось мине.

desk-nav-predictions = Прогнози
predictions-title = Прогнози
predictions-rule = Прогнози із заяв архіву, підсумку яких ще ніхто не записав. Термін прогнозу без дати спливає через { $days } { $days ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
} після того, як його висловлено; заяв без дати тут немає.
predictions-lists = Списки
predictions-list-lapsed = Термін минув, ніхто не перевірив
predictions-list-soon = { $days ->
    [one] Термін спливає за { $days } день
    [few] Термін спливає за { $days } дні
    [many] Термін спливає за { $days } днів
   *[other] Термін спливає за { $days } дня
}
predictions-narrative = Наратив
predictions-speaker = Мовець
predictions-any = Будь-який
predictions-filter = Відфільтрувати
predictions-left = { $n ->
    [one] У цьому списку лишився { $n }
    [few] У цьому списку лишилося { $n }
    [many] У цьому списку лишилося { $n }
   *[other] У цьому списку лишилося { $n }
}
predictions-left-many = У цьому списку лишилося понад { $n }
predictions-lapsed-dated = Мало статися до кінця дня:
predictions-lapsed-horizon = Дати не названо; { $days } { $days ->
    [one] день минув
    [few] дні минули
    [many] днів минуло
   *[other] дня минуло
}:
predictions-lapses-dated = Має статися до кінця дня:
predictions-lapses-horizon = Дати не названо; { $days } { $days ->
    [one] день мине
    [few] дні минуть
    [many] днів мине
   *[other] дня мине
}:
predictions-statement = Заява й висновки щодо неї
predictions-said-there = де це сказано
predictions-source-help = Де про це можна прочитати. Якщо не вказати, хто опублікував, буде названо сайт цієї адреси.
predictions-url = Адреса джерела
predictions-publisher = Хто опублікував
predictions-published = Коли опубліковано
predictions-outcome-happened = Сталося
predictions-outcome-did_not_happen = Не сталося
predictions-outcome-unknown = Дізнатися неможливо
predictions-verdict-happened = Сталося
predictions-verdict-did_not_happen = Не сталося
predictions-verdict-unknown = Дізнатися неможливо
predictions-said-happened = Записано: сталося.
predictions-said-did_not_happen = Записано: не сталося.
predictions-said-unknown = Записано: дізнатися неможливо.
predictions-undone = Запис про підсумок скасовано.
predictions-settled-already = Тим часом хтось уже записав підсумок цього прогнозу. Нічого не змінено.
predictions-wrong-outcome = не є жодним із трьох
predictions-wrong-source = бракує: для «сталося» і «не сталося» потрібне джерело
predictions-readers = Читачі дивляться, підсумки записують аналітики.
predictions-neighbours = Далі
predictions-previous = Попередній
predictions-next = Наступний
predictions-list = Список
predictions-done-lapsed = Готово: у цьому списку не лишилося жодного прогнозу.
predictions-done-soon = Термін жодного прогнозу цього списку незабаром не спливає.
predictions-done-help = Прогнози зʼявляються тут самі, щойно мине їхній термін.
predictions-all = Показати всіх мовців і всі наративи
predictions-to-queue = До черги
