# Повідомлення вебхуків у чаті: що сталося і де читати далі.
chat-flag-created = Це вже казали
chat-review-created = { $verdict ->
    [confirmed] Прецедент підтверджено
   *[other] Прецедент відхилено
}
chat-review-undone = Рішення скасовано
chat-narrative-created = Новий наратив
chat-narrative-updated = Наратив змінено
chat-job-finished = { $kind ->
    [import] Імпорт
   *[other] Масову перевірку
} { $state ->
    [done] завершено
    [cancelled] зупинено
   *[other] не вдалося виконати
}
chat-job-lines = Рядків: { $done } із { $lines }
chat-test = Тест: цей вебхук працює
chat-other = Подія { $kind }

chat-speaker = Мовець
chat-said-at = Сказано
chat-day = { DATE($when) }
chat-open = Відкрити в Refrain
