# Слова з українського тексту не вбудовуються в речення пояснення: їм знадобився б інший відмінок. Їх наводять у лапках
# такими, якими вони є, тож переліки слів тут не потрібні.
grammar-lifting = no

grammar-articles = { "" }
grammar-possessives = { "" }
grammar-article = { $noun }
grammar-prepositions = { "" }
grammar-not-first = { "" }
grammar-motion = { "" }
grammar-rest = { $place }
grammar-rest-unnamed = { $place }
grammar-attached = { $phrase } { $attached }
grammar-links = { "" }
grammar-place-links = { "" }
grammar-deeds = { "" }
grammar-kinds = { "" }
grammar-places = { "" }
grammar-adverb = { "" }
grammar-times = { "" }
grammar-negations = { "" }
grammar-common = { "" }
