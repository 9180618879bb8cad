### The language of the pages.

desk-language = Language
account-language-of-pages = Language of the pages
account-language-help = Pages and explanations are in it. Statements stay as they were said.
account-language-browser = As the browser asks
desk-score = { NUMBER($score, minimumFractionDigits: 2, maximumFractionDigits: 2) }
desk-number = { NUMBER($number) }
