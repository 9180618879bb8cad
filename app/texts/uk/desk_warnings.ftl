# Ранні попередження: що сталося з наративом, за яким правилом і що про це вирішено.

warnings-title = Ранні попередження
warnings-about = Наративи, які повернулися після паузи, пришвидшуються або поширюються. Попереджає лише те, що сказано за останні 30 днів, хоч би коли його записано; кожне попередження з’являється один раз.
warnings-state = Показати
warnings-state-open = відкриті
warnings-state-acknowledged = прийняті
warnings-state-dismissed = відхилені
warnings-acknowledge = Прийняти
warnings-dismiss = Відхилити
warnings-reopen = Відкрити знову
warnings-acknowledge-of = Прийняти попередження про { $title }
warnings-dismiss-of = Відхилити попередження про { $title }
warnings-reopen-of = Знову відкрити попередження про { $title }
warnings-now-acknowledged = Прийнято.
warnings-now-dismissed = Відхилено.
warnings-now-open = Знову відкрито.
warnings-none = Попереджень тут немає
warnings-none-help = Попередження обчислюються щогодини за датами записаних висловлювань.
warnings-raised = з’явилося
warnings-rule = Правило
warnings-hook = Надсилати в чат або іншу програму
warning-rule-back = Повернувся після паузи
warning-rule-faster = Пришвидшується
warning-rule-language = Нова мова
warning-rule-outlet = Нові видання
warning-words-back = Сказано за останні 30 днів після щонайменше 180 днів без жодного висловлювання.
warning-words-faster = Щонайменше 5 висловлювань за останні 30 днів і щонайменше втричі більше, ніж у середньому за 30 днів протягом 360 днів перед тим, коли було хоча б одне.
warning-words-language = Сказано за останні 30 днів мовою, якою не було жодного з щонайменше 3 попередніх висловлювань.
warning-words-outlet = За останні 30 днів поширили щонайменше 2 видання, у яких не було жодного з щонайменше 3 попередніх висловлювань.
warning-back = { $count ->
    [one] { $count } висловлювання, { DATE($first) },
    [few] { $count } висловлювання, перше { DATE($first) },
    [many] { $count } висловлювань, перше { DATE($first) },
   *[other] { $count } висловлювання, перше { DATE($first) },
} після { $days ->
    [one] { $days } дня
    [few] { $days } днів
    [many] { $days } днів
   *[other] { $days } дня
} тиші; останнє перед тим: { DATE($last) }.
warning-faster = { $count ->
    [one] { $count } висловлювання
    [few] { $count } висловлювання
    [many] { $count } висловлювань
   *[other] { $count } висловлювання
} за останні 30 днів; звичайно було б { $usual } (за 360 днів перед тим: { $before }).
warning-language = Мова «{ $language }» уперше: { DATE($first) }, { $count ->
    [one] поки { $count } раз
    [few] поки { $count } рази
    [many] поки { $count } разів
   *[other] поки { $count } раза
}; досі лише такими мовами: { $known }.
warning-outlet = { $new ->
    [one] { $new } нове видання
    [few] { $new } нові видання
    [many] { $new } нових видань
   *[other] { $new } нового видання
} з { DATE($first) }: { $outlets } ({ $count ->
    [one] { $count } висловлювання
    [few] { $count } висловлювання
    [many] { $count } висловлювань
   *[other] { $count } висловлювання
}); перед тим видань: { $known }.
chat-narrative-warning = Раннє попередження про наратив
chat-narrative-appeared = { $count ->
    [100] У наративі, за яким ви стежите, 100 або більше нових висловлювань
    [one] У наративі, за яким ви стежите, { $count } нове висловлювання
    [few] У наративі, за яким ви стежите, { $count } нові висловлювання
    [many] У наративі, за яким ви стежите, { $count } нових висловлювань
   *[other] У наративі, за яким ви стежите, { $count } нового висловлювання
}
