"""Spanish words of predictions."""

from app.language.predictions.cues.notation import foretelling

FORETELLING = foretelling(
    r"""
    (?:se )?prepara(?:n)?
    plane(?:a|an)
    planifica(?:n)?
    proyecta(?:n)?
    trama(?:n)?
    pretende(?:n)?
    tiene(?:n)? (?:previsto|planeado|la intención)
    está(?:n)? (?:\w+ )?(?:preparando|planeando|organizando|tramando|planificando|a punto|listos? para)
    se está(?:n)? (?:preparando|planeando|organizando)
    (?:va|van) a \w+(?:ar|er|ir)(?:l[aoe]s?|se)?
    a punto de
    en preparación
    inminentes?
    \w{2,}(?:ará|arán|erá|erán|irá|irán|drá|drán|brá|brán)
    """,
    r"""
    (?:no|nunca|jamás|nadie|tampoco) (?:se |lo |la |les? )?(?:va a \w+|van a \w+|prepara\w*|planea\w*|pretende\w*
        |está\w* \w+|tiene\w* \w+|\w+rá|\w+rán)(?: \w+)?
    (?:niega\w*|negó|negaron|desmiente\w*|desmintió|rechaza\w*) [^.;!?]*
    """,
    (
        ("date", r"(?:el |antes del |hasta el |para el |a partir del )?{day} de {month}(?: de(?:l)? {year})?"),
        ("end", r"(?:antes de(?:l)?|para|a|hacia)(?: el)? (?:fin|final|finales) de(?:l| la| este| esta)? {unit}"),
        ("span", r"(?:en|dentro de|durante)(?: l[ao]s)?(?: próxim[ao]s)? {count} {unit}"),
        ("coming", r"(?:en|durante) l[ao]s próxim[ao]s {unit}"),
        ("coming", r"(?:en|dentro de) (?:unos|unas|pocos|pocas) {unit}"),
        ("day", r"(?P<tomorrow>mañana)"),
        ("day", r"(?P<today>hoy|esta noche|esta tarde)"),
        ("this", r"est[ea] (?:misma |mismo )?{unit}"),
        ("next", r"(?:la|el) próxim[ao] {unit}"),
        ("next", r"(?:la|el) {unit} (?:próxim[ao]|que viene)"),
        ("date", r"(?:el|este|antes del|hasta el|para el) (?:próximo )?{weekday}"),
        ("date", r"(?:en|para|antes de|hasta) {month}(?: de(?:l)? {year})?"),
        ("date", r"(?:en|para|antes de|hasta) {year}"),
        ("event", r"(?:en vísperas|antes|poco antes|de cara) (?:de|a|del|al) ?(?:las |los |la |el )?{event}"),
        ("near", r"en cualquier momento|de un momento a otro|a punto de|inminentes?"),
        ("soon", r"pronto|próximamente|en breve|este (?:invierno|verano|otoño)|esta primavera"),
    ),
    months="enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    weekdays="lunes martes miércoles jueves viernes sábado domingo",
    numbers="un[ao]?(?!\\w) dos tres cuatro cinco seis siete ocho nueve diez",
    units={"hour": "hora", "day": "día", "week": "semana", "month": "mes", "year": "año"},
)  # fmt: skip
