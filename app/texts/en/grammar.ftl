# Words of English, with blanks between them: how a few words are lifted out of a text so that they fit another sentence.

# yes: words of the language are lifted out of a text into a sentence. no: they are quoted as they stand, for they would
# need another ending there; then the lists below are not read.
grammar-lifting = yes

# What belongs to the noun after it.
grammar-articles = a an the this these those each every

# Whose it is: the article that takes the place of these.
grammar-possessives = its their his her our your my
grammar-article = the { $noun }

# What may stand before a place or a time and is lifted with it: "near Saraqib", "ahead of the elections".
grammar-prepositions = in at on near from outside inside behind under over around across along beside between beyond opposite by during before after until since for within amid ahead eve of
# One of these by itself says nothing.
grammar-not-first = of eve by over
# Where something was taken is where it is: "brought to Idlib", "six tanks in Idlib"; "to a farm", "at a farm".
grammar-motion = to into towards toward onto
grammar-rest = in { $place }
grammar-rest-unnamed = at { $place }
# A place or a time follows what it is said of: "six tanks in Idlib".
grammar-attached = { $phrase } { $attached }

# What makes one phrase of a number or a group and what it is of: "six tanks of gas"; of a place and another one.
grammar-links = of
grammar-place-links = of in near at outside

# Deeds as nouns, which the word before them says more about: "chlorine attack", but not "drones attacked".
grammar-deeds = attack attacks strike strikes provocation provocations bombing bombings operation operations raid raids explosion explosions blast blasts incident incidents test tests experiment experiments campaign campaigns exercise exercises production shelling smuggling fraud leak leaks shipment shipments deliveries murder poisoning assassination coup plot

# What kind of deed: "a false chemical attack".
grammar-kinds = false fake mock staged chemical nuclear biological terrorist armed de-escalation

# What a name before them makes a place of: "in Idlib province".
grammar-places = governorate province region district county city town village camp zone area areas airport base border coast

# How adverbs end.
grammar-adverb = ly

# Stretches of time, which are no news by themselves, as an election is.
grammar-times = day days week weeks weekend month months year years decade hour hours minute minutes night nights morning evening afternoon summer winter spring autumn time moment past future same last next coming

# What begins with one of these names nothing.
grammar-negations = not no never

# Written small unless they begin a sentence, which is where a text may have had them.
grammar-common = some representatives leaders members photos videos special wind electric public foreign local armed state eighty sixty seventy ninety hundred thousand million new old false fake nationalist nationalists militants terrorists fighters rebels jihadists extremists mercenaries soldiers troops officers police doctors hospitals schools children women men people residents civilians migrants refugees banks airlines pilots actors journalists scientists researchers officials experts workers engineers volunteers activists protesters farmers teachers pupils students patients prisoners priests vaccines drones missiles rockets tanks shells bombs weapons chemicals laboratories election elections poison poisonous toxic barrels cylinders canisters provocations chemical chlorine half every more one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundreds thousands dozens postal western government authorities
