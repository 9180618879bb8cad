### Мова сторінок.

desk-language = Мова
account-language-of-pages = Мова сторінок
account-language-help = Нею подано сторінки й пояснення. Заяви лишаються такими, якими їх сказано.
account-language-browser = Як просить браузер
desk-score = { NUMBER($score, minimumFractionDigits: 2, maximumFractionDigits: 2) }
desk-number = { NUMBER($number) }
