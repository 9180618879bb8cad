"""German words of predictions."""

from app.language.predictions.cues.notation import foretelling

FORETELLING = foretelling(
    r"""
    plan(?:t|en)
    bereite(?:t|n) (?:sich )?(?:\S+ ){0,8}?vor
    (?:wird|werden) (?:\S+ ){0,6}?(?:vorbereitet|geplant)
    beabsichtig(?:t|en)
    hab(?:t|en) vor
    (?:will|wollen) (?:\S+ ){0,8}?(?:stürzen|angreifen|anhängen|inszenieren|sprengen|schicken|einführen|verbieten
        |besetzen|zerstören|vergiften)
    (?:wird|werden) (?:[^\s,;]+ ){1,10}?(?!ge)\w{3,}(?:en|ern|eln)(?=\s*(?:[.,;!?"“]|$| und | oder ))
    soll(?:en)? (?:[^\s,;]+ ){1,10}?(?:werden|stattfinden|beginnen|kommen|eintreffen)
    steh(?:t|en) (?:\S+ ){0,4}?bevor
    droh(?:t|en)
    (?:ist|sind) (?:dabei|im begriff)
    in vorbereitung
    """,
    r"""
    (?:wird|werden|plant|planen|will|wollen|soll|sollen|beabsichtigt) (?:[^\s.;]+ ){0,4}?(?:kein\w*|nicht|nie
        |niemals) [^.;!?]*
    kein\w* (?:\S+ ){0,3}?(?:wird|werden) [^.;!?]*
    (?:bestreite\w*|dementier\w*|leugne\w*) [^.;!?]*
    """,
    (
        ("date", r"(?:am |bis zum |ab dem |vor dem )?{day}\.? {month}(?: {year})?"),
        ("end", r"bis (?:zum )?ende (?:der|des|dieser|dieses) {unit}"),
        ("span", r"(?:in|binnen|innerhalb von)(?: den nächsten)? {count} {unit}"),
        ("coming", r"in (?:den|der) (?:kommenden|nächsten) {unit}"),
        ("coming", r"in wenigen {unit}"),
        ("day", r"(?P<tomorrow>morgen)(?: früh)?"),
        ("day", r"(?:noch )?(?P<today>heute)(?: nacht| abend)?"),
        ("this", r"(?:noch )?(?:in )?diese[rsmn]? {unit}"),
        ("next", r"(?:in der )?nächste[rsn]? {unit}"),
        ("date", r"(?:am|bis|bis zum) {weekday}"),
        ("date", r"(?:im|bis|ab) {month}(?: {year})?"),
        ("date", r"(?:im jahr|bis|im jahre|ab) {year}"),
        ("event", r"(?:kurz )?(?:vor|im vorfeld) (?:der|den|dem|des) {event}"),
        ("near", r"jederzeit|jeden moment|jeden augenblick|im begriff|unmittelbar"),
        ("soon", r"bald|demnächst|in kürze|(?:diesen|nächsten|im) (?:winter|sommer|herbst|frühling)"),
    ),
    months="jan/jän feb mär apr mai jun jul aug sep okt nov dez",
    weekdays="montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    numbers="ein zwei drei vier fünf sechs sieben acht neun zehn",
    units={"hour": "stunde", "day": "tag", "week": "woche", "month": "monat", "year": "jahr"},
)  # fmt: skip
