### Прогнози, час яких минув або от-от мине.

desk-nav-predictions = Прогнози
predictions-title = Прогнози
predictions-rule = Що передбачали твердження архіву і чого наслідок ще ніхто не записав. Прогноз без дати спливає через { $days } { $days ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
} після того, як його висловлено; твердження без дати тут не подано.
predictions-lists = Списки
predictions-list-lapsed = Час минув, ніхто не перевірив
predictions-list-soon = { $days ->
    [one] Спливає за { $days } день
    [few] Спливає за { $days } дні
    [many] Спливає за { $days } днів
   *[other] Спливає за { $days } дня
}
predictions-narrative = Наратив
predictions-speaker = Мовець
predictions-any = Будь-який
predictions-filter = Відібрати
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
predictions-statement = Твердження і висновки щодо нього
predictions-said-there = де це сказано
predictions-source-help = Де про це можна прочитати. Якщо видання не вказано, його назве вузол адреси.
predictions-url = Адреса джерела
predictions-publisher = Видання
predictions-published = Опубліковано
predictions-outcome-happened = Сталося
predictions-outcome-did_not_happen = Не сталося
predictions-outcome-unknown = Дізнатися неможливо
predictions-verdict-happened = Сталося
predictions-verdict-did_not_happen = Не сталося
predictions-verdict-unknown = Дізнатися неможливо
predictions-said-happened = Записано: сталося.
predictions-said-did_not_happen = Записано: не сталося.
predictions-said-unknown = Записано: дізнатися неможливо.
predictions-undone = Запис про наслідок скасовано.
predictions-settled-already = Тим часом хтось уже записав наслідок цього прогнозу. Нічого не змінено.
predictions-wrong-outcome = не є жодним із трьох
predictions-wrong-source = бракує: для «сталося» і «не сталося» потрібне джерело
predictions-readers = Читачі дивляться, наслідки записують аналітики.
predictions-neighbours = Далі
predictions-previous = Попередній
predictions-next = Наступний
predictions-list = Список
predictions-done-lapsed = Готово: у цьому списку не лишилося жодного прогнозу.
predictions-done-soon = Жоден прогноз цього списку не спливає незабаром.
predictions-done-help = Прогнози з’являються тут самі, щойно мине їхній час.
predictions-all = Показати всіх мовців і всі наративи
predictions-to-queue = До черги
