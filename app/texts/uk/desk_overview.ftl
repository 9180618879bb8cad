### Огляд, перша сторінка після входу.

desk-nav-overview = Огляд
queue-flagged_on = Позначено
queue-wrong-day = Пишіть день так: 2021-05-23.
overview-title = Огляд
overview-now = Зараз
overview-table = Ті самі числа таблицею
overview-table-of = { $what }: числа
overview-flags = Позначки
overview-all = Усі
overview-none = Позначок ще немає.
overview-more-than = понад { $n }
overview-check = Перевірити твердження
overview-waiting = { $n ->
    [one] позначка чекає
    [few] позначки чекають
    [many] позначок чекають
   *[other] позначки чекають
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
    [one] прогноз, час якого минув, а ніхто не перевірив
    [few] прогнози, час яких минув, а ніхто не перевірив
    [many] прогнозів, час яких минув, а ніхто не перевірив
   *[other] прогнозу, час яких минув, а ніхто не перевірив
}
overview-lapse-soon = { $n ->
    [one] прогноз спливає цього тижня
    [few] прогнози спливають цього тижня
    [many] прогнозів спливають цього тижня
   *[other] прогнозу спливають цього тижня
}
overview-share = { $percent } %
overview-agreement-short = згода між аналітиками
overview-by-day = Позначки за останні дні ({ $days })
overview-by-day-note = За днем перевірки (UTC) і за ухваленим відтоді рішенням.
overview-by-day-label = Стовпчики: позначки за кожен з останніх днів ({ $days }), відкриті, підтверджені та відхилені. Числа є в таблиці нижче.
overview-by-day-none = За цей час нічого не позначено.
overview-day = День
overview-growing = Наративи, що ростуть
overview-growing-rule = Щонайменше { $least } { $least ->
    [one] твердження
    [few] твердження
    [many] тверджень
   *[other] твердження
} за останні дні ({ $days }), і щонайменше у { $times } { $times ->
    [one] раз
    [few] рази
    [many] разів
   *[other] раза
} більше, ніж за стільки ж днів до того.
overview-growing-none = За цим правилом не росте жоден наратив.
overview-grew = { $recent ->
    [one] { $recent } твердження, раніше { $before }
    [few] { $recent } твердження, раніше { $before }
    [many] { $recent } тверджень, раніше { $before }
   *[other] { $recent } твердження, раніше { $before }
}
overview-returned = Повернулися після перерви
overview-returned-rule = Знову сказано за останні дні ({ $days }) після перерви щонайменше { $pause } { $pause ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
} без жодного твердження.
overview-returned-none = За цим правилом не повернувся жоден наратив.
overview-paused = після перерви { $n } { $n ->
    [one] день
    [few] дні
    [many] днів
   *[other] дня
}, відтоді { $recent } { $recent ->
    [one] твердження
    [few] твердження
    [many] тверджень
   *[other] твердження
}
overview-languages = Мови позначок
overview-languages-label = Смуги: позначки за мовами, десять найчастіших. Числа є в таблиці нижче.
overview-language = Мова
overview-outlets = Видання позначок
overview-outlets-label = Смуги: позначки за виданнями, десять найчастіших. Числа є в таблиці нижче.
overview-outlet = Видання
overview-outlets-none = Жодна позначка ще не називає видання.
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
overview-agreement-none = Жодного збігу ще не оцінили двоє аналітиків. Згоду буде видно, щойно колеги оцінять ту саму позначку.
overview-disputed = Де думки розходяться
