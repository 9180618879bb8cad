### Перевірка цілої статті зі сторінки.

article-form-title = Перевірити статтю
article-text = Стаття
article-text-help = Її текст або HTML її сторінки, до 200 000 символів. Буде знайдено й перевірено і те, що в ній переказують чиїмись словами, і те, що вона стверджує сама.
article-published = Коли опубліковано
article-url = Адреса
article-url-help = Зберігається лише для відома; ніхто її не відкриває.
article-do = Знайти твердження
article-under-way = Читаємо статтю…


article-title = Стаття
article-another = Перевірити іншу статтю
article-published-on = Опубліковано
article-published-guessed = (так каже її сторінка)
article-published-unknown = день публікації невідомий
article-claims = { $count ->
    [0] Тверджень немає
    [one] { $count } твердження
    [few] { $count } твердження
   *[other] { $count } тверджень
}
article-previous = Попереднє твердження
article-next = Наступне твердження
article-open-check = Відкрити його перевірку
article-more = { $count ->
    [one] Ще { $count } прецедент
    [few] Ще { $count } прецеденти
   *[other] Ще { $count } прецедентів
}
article-none-title = Тверджень немає
article-none-advice = У ній нічого не передано чиїмись словами, а те, що вона стверджує сама, не має прецедентів.
article-own = Сам текст
article-without-precedent = { $count ->
    [one] Перевірено ще { $count } власне речення тексту: нічого подібного раніше не казали.
    [few] Перевірено ще { $count } власні речення тексту: нічого подібного раніше не казали.
   *[other] Перевірено ще { $count } власних речень тексту: нічого подібного раніше не казали.
}
article-attributions-not-read = Цією мовою не визначається, хто що сказав: кожне речення перевірено окремо.
article-left-out = { $count ->
    [one] { $count } твердження не перевірено
    [few] { $count } твердження не перевірено
   *[other] { $count } тверджень не перевірено
}
article-left-out-background = (передісторія: згадка про інший час)
article-left-out-too-many = (одна стаття дає щонайбільше сто перевірок, із них шістдесят — її власні речення)
article-left-out-too-long = (довше, ніж дозволено для перевірки)
article-dates-unresolved = Дні, які не вдалося обчислити:
