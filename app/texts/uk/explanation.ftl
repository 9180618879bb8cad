# Чому показано прецедент.

# Коли це сказано: після «що й», «сказаного» тощо.
explanation-when = { ON($when) }
explanation-when-later = пізніше, { ON($when) }
explanation-when-before = до { DATE($when, case: "genitive") } (дата висновку)
explanation-when-unknown = у недатованій заяві

# Хто це сказав: мовець, видання, мова, якщо вона інша; скільки з цього відомо.
explanation-who = { " " }({ $names })
explanation-who-next = { $before }, { $name }
explanation-in-language = мова: { LANGUAGE($language) }

# Наскільки схоже: і заява, і прецедент це кажуть.
explanation-verbatim = Дослівно те саме, що й { $when }{ $who }
explanation-almost-verbatim = Майже дослівно те саме, що й { $when }{ $who }
explanation-translated = Те саме іншою мовою, що й { $when }{ $who }
explanation-script = Той самий сценарій, що й { $when }{ $who }
explanation-topic = Та сама тема, що й { $when }{ $who }, але не напевно той самий сценарій
explanation-distant = Мало спільного зі сказаним { $when }{ $who }

# Одна з них заперечує або запитує: спершу що робить заява, далі — що зробив прецедент.
explanation-denial-said = Каже протилежне до сказаного { $when }{ $who }
explanation-denial-denial = Заперечує те саме, що й { $when }{ $who }
explanation-denial-question = Заперечує те, про що запитували { $when }{ $who }
explanation-question-said = Запитує про сказане { $when }{ $who }
explanation-question-denial = Запитує про те, що заперечували { $when }{ $who }
explanation-question-question = Запитує про те саме, що й { $when }{ $who }
explanation-said-denial = Каже те, що заперечували { $when }{ $who }
explanation-said-question = Каже те, про що запитували { $when }{ $who }

# Обидві це кажуть, але одна — протилежне: через слово, заперечення або те, хто кому це робить.
explanation-opposed = Каже протилежне до сказаного { $when }{ $who }

# Одне речення за іншим.
sentence-next = { $before } { $sentence }

# Перше речення: одне з наведених вище і те, що повторюється.
explanation-alone = { $alike }.
explanation-again = { $alike }: знову { $repeated }.
explanation-again-blame = { $alike }: знову { $repeated }, а винним названо { $accused }.
explanation-blame = { $alike }: винним знову названо { $accused }.

# Що чим замінено; друге — коли прецедент не раніший або не датований.
explanation-changed = Тоді було { $then }; тепер — { $now }.
explanation-changed-there = Там — { $then }; тут — { $now }.
explanation-accused = { $accused } в ролі винного

# Про що йдеться лише в одній із них.
explanation-added = Цього разу йдеться також про { $added }.
explanation-added-dropped = Цього разу йдеться також про { $added } і вже не йдеться про { $dropped }.
explanation-dropped = Про { $dropped } вже не йдеться.
explanation-added-there = Тут ідеться також про { $added }.
explanation-added-dropped-there = Тут ідеться також про { $added }, але не про { $dropped }.
explanation-dropped-there = Про { $dropped } тут не йдеться.

# Що відомо про передбачене прецедентом; $by — порожньо або хто це встановив.
explanation-outcome-happened = Те, що передбачав прецедент, за записами, сталося{ $by }.
explanation-outcome-did_not_happen = Те, що передбачав прецедент, за записами, не сталося{ $by }.
explanation-outcome-disputed = Чи сталося те, що передбачав прецедент, — спірно.
explanation-outcome-unknown = Чи сталося те, що передбачав прецедент, за записами, невідомо{ $by }.

# Слова іншої мови або такі, що не вписуються в речення.
explanation-quoted = «{ $words }»
