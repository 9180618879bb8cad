### Огляд, перша сторінка після входу.

desk-nav-overview = Огляд
queue-flagged_on = День сигналу
queue-wrong-day = Введіть день як 2021-05-23.
overview-title = Огляд
overview-now = Зараз
overview-table = Ті самі числа таблицею
overview-table-of = { $what }: числа
overview-flags = Сигнали
overview-all = Усі
overview-none = Сигналів ще немає.
overview-more-than = понад { $n }
overview-check = Перевірити заяву
overview-waiting = { $n ->
    [one] сигнал чекає
    [few] сигнали чекають
    [many] сигналів чекає
   *[other] сигналу чекає
}
overview-oldest = найдовше чекання
overview-days = { $n ->
    [0] сьогодні
    [one] { $n } день
    [few] { $n } дні
    [many] { $n } днів
   *[other] { $n } дня
}
overview-lapsed = { $n ->
    [one] прогноз, термін якого минув, а ніхто не перевірив
    [few] прогнози, термін яких минув, а ніхто не перевірив
    [many] прогнозів, термін яких минув, а ніхто не перевірив
   *[other] прогнозу, термін якого минув, а ніхто не перевірив
}
overview-lapse-soon = { $n ->
    [one] прогноз, термін якого спливає цього тижня
    [few] прогнози, термін яких спливає цього тижня
    [many] прогнозів, термін яких спливає цього тижня
   *[other] прогнозу, термін якого спливає цього тижня
}
overview-share = { $percent } %
overview-agreement-short = згода між аналітиками
overview-by-day = Сигнали за останні дні ({ $days })
overview-by-day-note = За днем перевірки (UTC) і за ухваленим відтоді рішенням.
overview-by-day-label = Стовпчики: сигнали за кожен з останніх днів ({ $days }), відкриті, підтверджені та відхилені. Числа є в таблиці нижче.
overview-by-day-none = За цей час сигналів не було.
overview-day = День
overview-growing = Наративи, що зростають
overview-growing-rule = Щонайменше { $least } { $least ->
    [one] заява
    [few] заяви
    [many] заяв
   *[other] заяви
} за останні дні ({ $days }) і більше, ніж за стільки ж днів перед тим; те саме правило, що й у списку наративів.
overview-growing-none = За цим правилом не зростає жоден наратив.
overview-grew = { $recent ->
    [one] { $recent } заява, раніше { $before }
    [few] { $recent } заяви, раніше { $before }
    [many] { $recent } заяв, раніше { $before }
   *[other] { $recent } заяви, раніше { $before }
}
overview-returned = Повернулися після паузи
overview-returned-rule = Траплявся за останні дні ({ $days }) після паузи щонайменше { $pause } { $pause ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
} без жодної заяви; те саме правило, що й у списку наративів.
overview-narratives-all = { $n ->
    [one] { $n } наратив
    [few] Усі { $n } наративи
    [many] Усі { $n } наративів
   *[other] Усі { $n } наративу
}
overview-returned-none = За цим правилом не повернувся жоден наратив.
overview-paused = після паузи { $n } { $n ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
}, відтоді { $recent } { $recent ->
    [one] заява
    [few] заяви
    [many] заяв
   *[other] заяви
}
overview-languages = Мови сигналів
overview-languages-label = Смуги: сигнали за мовами, десять найчастіших. Числа є в таблиці нижче.
overview-language = Мова
overview-outlets = Видання сигналів
overview-outlets-label = Смуги: сигнали за виданнями, десять найчастіших. Числа є в таблиці нижче.
overview-outlet = Видання
overview-outlets-none = У жодному сигналі ще не названо видання.
overview-agreement = Згода між аналітиками
overview-agreement-rule = Збіги, які оцінили двоє або більше аналітиків; від кожного — останнє слово, якого не скасовано, з найновіших рішень ({ $n }).
overview-agreed = Щодо { $agreed } з { $judged } згодні всі ({ $percent } %).
overview-alpha = Альфа Кріппендорфа — { $alpha }: 1 — цілковита згода, 0 — така, яку дала б випадковість.
overview-alpha-few = Для альфи Кріппендорфа замало даних: потрібно { $enough } { $enough ->
    [one] збіг
    [few] збіги
    [many] збігів
   *[other] збігу
}.
overview-alpha-same = Усі рішення однакові, тож альфа Кріппендорфа нічого не каже.
overview-agreement-none = Жодного збігу ще не оцінили двоє аналітиків. Згоду буде видно, щойно колеги оцінять той самий сигнал.
overview-disputed = Де думки розходяться
