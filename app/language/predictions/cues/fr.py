"""French words of predictions."""

from app.language.predictions.cues.notation import foretelling

FORETELLING = foretelling(
    r"""
    (?:se )?prépar(?:e|ent)
    s'apprête(?:nt)?
    planifi(?:e|ent)
    projett(?:e|ent)
    envisag(?:e|ent)
    compt(?:e|ent) \w+(?:er|ir|re)
    (?:a|ont) l'intention d\S*
    (?:va|vont) (?:bientôt |encore |se |s'|être |y )*\w+(?:er|ir|re|oir)
    (?:est|sont) (?:en train de préparer|prévue?s?|imminente?s?)
    (?:est|sont) sur le point
    en préparation
    (?:\w{2,}(?:eront|iront|dront|vront|rront)|(?!opéra|caméra|choléra|gera)\w{3,}(?:era|ira|dra|vra|rra))
    sera(?:it)? \w+é(?:e|s|es)?
    """,
    r"""
    (?:ne|n') ?(?:va|vont|prépar\w+|planifi\w+|compt\w+|projett\w+|envisag\w+|s'apprêt\w+|\w+ra|\w+ront) (?:pas
        |plus|jamais|rien)(?: \w+)?
    n'(?:a|ont) (?:pas|aucune) (?:l')?intention
    (?:dément\w*|nie|nient|a démenti|rejette\w*) [^.;!?]*
    (?:ne|n') ?\w+ (?:pas|plus|jamais) \w+
    """,
    (
        ("date", r"(?:le |d'ici (?:le|au) |avant le |jusqu'au |dès le )?{day}(?:er)? {month}(?: {year})?"),
        ("end", r"(?:avant|d'ici|d'ici à|à) la fin d(?:e l'|e la |u |e cette |e ce ){unit}"),
        ("span", r"(?:dans|d'ici|en|sous)(?: les)? {count} (?:prochain\w+ )?{unit}"),
        ("coming", r"(?:dans|au cours d|ces) ?(?:es|les)? ?(?:prochain\w+|quelques) {unit}"),
        ("coming", r"dans les {unit} (?:à venir|qui viennent|prochain\w+)"),
        ("day", r"(?:dès )?(?P<tomorrow>demain)"),
        ("day", r"(?:dès )?(?P<today>aujourd'hui|ce soir|cette nuit)"),
        ("this", r"(?:cette|ce) {unit}"),
        ("next", r"(?:la |le |l')?{unit} prochaine?"),
        ("date", r"(?:d'ici|avant|jusqu'à|ce|le)? ?{weekday}(?: prochain)?"),
        ("date", r"(?:en|d'ici|au mois de|avant|fin|début) {month}(?: {year})?"),
        ("date", r"(?:en|d'ici|avant|à l'horizon) {year}"),
        ("event",
            r"(?:à la veille|en amont|avant|juste avant|peu avant) (?:les |le |la |l'|de la |des |du |de )?{event}"),
        ("near", r"à tout moment|d'un (?:jour|moment|instant) à l'autre|sur le point|imminente?s?|s'apprête(?:nt)?"),
        ("soon", r"bientôt|prochainement|sous peu|cet (?:hiver|été|automne)|ce printemps"),
    ),
    months="janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre",
    weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
    numbers="une?(?!\\w) deux trois quatre cinq six sept huit neuf dix",
    units={"hour": "heure", "day": "jour", "week": "semaine", "month": "mois", "year": "année an"},
)  # fmt: skip
