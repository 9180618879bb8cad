### Рішення щодо тверджень статті на її сторінці та впізнавання статті, яку вже перевіряли.

article-judge = Рішення щодо твердження { $number }
article-open-flag = Відкрити його сигнал
article-left = { $left ->
    [0] Усі розглянуто
    [one] Ще { $left } чекає на рішення
    [few] Ще { $left } чекають на рішення
   *[many] Ще { $left } чекають на рішення
}
article-done-confirmed = Твердження { $number } підтверджено. { article-left }.
article-done-dismissed = Твердження { $number } відхилено. { article-left }.
article-meanwhile = Поки ви дивилися, хтось уже вирішив щодо цього твердження. Ваше рішення не застосовано.
article-known = Цю статтю вже перевіряли
article-known-address = Статтю за цією адресою вже перевіряли, але з іншим текстом
article-known-by = Перевірено: { $name },
article-known-when = Перевірено
article-known-open = Відкрити ту перевірку
article-known-anew = Перевірити знову
