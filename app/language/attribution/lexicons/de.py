"""German."""

from app.language.attribution.lexicons.notation import lexicon

LEXICON = lexicon(
    saying="sag(?:t|te|ten|en) behaupte(?:t|te|ten|n)? erklär(?:t|te|ten|en) berichtet(?:e|en)? meldet(?:e"
    "|en)? betont(?:e|en)? warn(?:t|te|ten) schrieb(?:en)? schreib(?:t|en) bestätigt(?:e|en)? kündigte[n]?_an"
    r" versichert(?:e|en)? mein(?:t|te|ten) prophezeit(?:e|en)? äußert(?:e|en)? teilt(?:e|en)?(?:_[\w-]+){0,4}_mit"
    " fügt(?:e)?_hinzu räumt(?:e)?_ein nannte deutet(?:e)?_an unterstellt(?:e)? argumentiert(?:e)? erwartet(?:e)?"
    " entgegnet(?:e)?",
    denying="bestreite(?:t|n) bestritt(?:en)? dementiert(?:e|en)? leugnet(?:e|en)?",
    accusing="(?:beschuldigt(?:e|en)?|bezichtigt(?:e|en)?)_[^.;:]{2,100}?,|(?:wirft|warf|werfen"
    "|warfen)_[^.;:]{2,100}?_vor,",
    spreading="(?:verbreite(?:t|te|n)|wiederhol(?:t|te|en)|streut(?:e|en)?)_(?:die|das|ein|eine|ihre"
    r"|seine)_(?:[\w-]+_){0,2}?(?:Erzählung|Geschichte|Behauptung|Gerücht|Theorie),_dass",
    according="laut nach_Angaben(?:_von|_des|_der)? nach_Darstellung(?:_von|_des|_der)?"
    " nach_den_Worten(?:_von|_des|_der)? nach_Ansicht(?:_von|_des|_der)?",
    according_to_him="(?:seinen|ihren)_Angaben_(?:zufolge|nach) nach_(?:seinen|ihren)_(?:Angaben|Worten)"
    " (?:seiner|ihrer)_Ansicht_nach",
    as_said="wie",
    that="dass",
    between=r"(?:am|im|in|auf|bei|vor|gegenüber)_(?:[\w-]+_){0,3}?(?:Interview|Pressekonferenz|Journalisten"
    r"|Fernsehen|Zeitung|Website|Parlament|Mail|Agentur|Sendung|Hauptstadt) (?:der|dem)_(?:[\w-]+_)?(?:Agentur"
    r"|Zeitung|Nachrichtenagentur|Sender)(?:_[\w-]+)? er sie auch ferner zudem erneut bereits heute gestern",
    auxiliary="hat haben hatte hatten auch zudem ferner erneut wieder später zuvor bereits schon jetzt nun soll am",
    clause="als während aber weil obwohl nachdem bevor wenn wo seit und_als",
    joining="und aber während",
    relative="der die das deren dessen welche[rs]? wo",
    person="er sie",
    group="es",
    role=r"(?:[\w-]*)präsident(?:in)? (?:[\w-]*)minister(?:in)? (?:[\w-]*)kanzler(?:in)?"
    r" (?:[\w-]*)sprecher(?:in)? (?:[\w-]*)chef(?:in)? (?:[\w-]*)leiter(?:in)? General Oberst Major Admiral"
    " Direktor(?:in)? Vorsitzende[r]? Abgeordnete[r]? Botschafter(?:in)? Bürgermeister(?:in)? Experte Expertin"
    r" Analyst(?:in)? Virologe Virologin Professor(?:in)? Prof\.? Dr\.? Herr Frau Blogger(?:in)? Journalist(?:in)?"
    " Historiker(?:in)? Forscher(?:in)? Kommandeur",
    body=r"(?:[\w-]*)ministeriums? (?:[\w-]*)amt(?:es|s)? (?:[\w-]*)behörde (?:[\w-]*)dienst(?:es)?"
    r" (?:[\w-]*)zentrums? (?:[\w-]*)rat(?:es|s)? Regierung Kreml Armee Polizei Partei Kommission"
    r" (?:[\w-]*)institut(?:s)? Universität (?:[\w-]*)agentur Verband Botschaft Stab",
    anonymous="Beamte Quellen Anwohner Zeugen Experten Kritiker Beobachter Behörden Medien Kämpfer viele"
    " einige manche niemand alle wir ich Nutzer man Videos?",
    text="Fassung Version Geschichte Erklärung Bericht Mitteilung Beitrag Artikel Video Schreiben",
    linking="von vom der die das des dem den für und in im am an auf bei zu zur zum mit aus al-? de la bin",
)
