# Ранні попередження: що сталося з наративом, за яким правилом і що про це вирішено.

warnings-title = Ранні попередження
warnings-about = Наративи, які повернулися після паузи, пришвидшуються або поширюються. Попереджає лише те, що сказано за останні 30 днів, хоч би коли його записано; кожне попередження зʼявляється один раз.
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
warnings-none-help = Попередження обчислюються щогодини за датами записаних заяв.
warnings-raised = зʼявилося
warnings-rule = Правило
warnings-hook = Надсилати в чат або іншу програму
warning-rule-back = Повернувся після паузи
warning-rule-faster = Пришвидшується
warning-rule-language = Нова мова
warning-rule-outlet = Нові видання
warning-words-back = Сказано за останні 30 днів після щонайменше 180 днів без жодної заяви.
warning-words-faster = Щонайменше 5 заяв за останні 30 днів і щонайменше втричі більше, ніж у середньому за 30 днів протягом 360 днів перед тим, коли була хоча б одна.
warning-words-language = Сказано за останні 30 днів мовою, якою не було жодної з щонайменше 3 попередніх заяв.
warning-words-outlet = За останні 30 днів його поширили щонайменше 2 видання, які не поширювали жодної з щонайменше 3 попередніх заяв.
warning-back = { $count ->
    [one] { $count } заява, { DATE($first) },
    [few] { $count } заяви, перша { DATE($first) },
    [many] { $count } заяв, перша { DATE($first) },
   *[other] { $count } заяви, перша { DATE($first) },
} після { $days ->
    [one] { $days } дня
    [few] { $days } днів
    [many] { $days } днів
   *[other] { $days } дня
} тиші; остання перед тим: { DATE($last) }.
warning-faster = { $count ->
    [one] { $count } заява
    [few] { $count } заяви
    [many] { $count } заяв
   *[other] { $count } заяви
} за останні 30 днів; зазвичай було б { $usual } (за 360 днів перед тим: { $before }).
warning-language = Мова «{ $language }» уперше: { DATE($first) }, { $count ->
    [one] поки що { $count } раз
    [few] поки що { $count } рази
    [many] поки що { $count } разів
   *[other] поки що { $count } раза
}; досі лише такими мовами: { $known }.
warning-outlet = { $new ->
    [one] { $new } нове видання
    [few] { $new } нові видання
    [many] { $new } нових видань
   *[other] { $new } нового видання
} з { DATE($first) }: { $outlets } ({ $count ->
    [one] { $count } заява
    [few] { $count } заяви
    [many] { $count } заяв
   *[other] { $count } заяви
}); перед тим видань: { $known }.
chat-narrative-warning = Раннє попередження про наратив
chat-narrative-appeared = { $count ->
    [100] У наративі, за яким ви стежите, 100 або більше нових заяв
    [one] У наративі, за яким ви стежите, { $count } нова заява
    [few] У наративі, за яким ви стежите, { $count } нові заяви
    [many] У наративі, за яким ви стежите, { $count } нових заяв
   *[other] У наративі, за яким ви стежите, { $count } нової заяви
}
