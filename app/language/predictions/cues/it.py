"""Italian words of predictions."""

from app.language.predictions.cues.notation import foretelling

FORETELLING = foretelling(
    r"""
    (?:si )?prepara(?:no)?
    sta(?:nno)? (?:\w+ )?(?:preparando|pianificando|organizzando|progettando|tramando|per \w+re)
    intend(?:e|ono)
    pianifica(?:no)?
    progetta(?:no)?
    trama(?:no)?
    (?:ha|hanno) (?:intenzione|in programma|in mente) di
    (?:è|sono) (?:previst\w|pronti? a|in arrivo|imminent\w)
    in preparazione
    sul punto di
    \w{3,}(?:erà|eranno|irà|iranno|rrà|rranno|drà|dranno|vrà|vranno|arà|aranno)
    sarà|saranno
    """,
    r"""
    (?:non|mai|nessuno) (?:si |lo |la |li |ci |è |sono )?(?:prepara\w*|intend\w+|pianifica\w*|progetta\w*
        |sta\w* \w+|ha\w* \w+|\w+rà|\w+ranno)(?: \w+)?
    (?:nega\w*|smentisc\w+|ha smentito|respinge\w*) [^.;!?]*
    """,
    (
        ("date", r"(?:il |l'|entro il |fino al |dal )?{day} {month}(?: {year})?"),
        ("end", r"(?:entro|prima del|alla|per) ?(?:la )?fine (?:di |dell'|della |del |di questo |di questa )?{unit}"),
        ("span", r"(?:entro|in|tra|fra)(?: le| i)? ?(?:prossim[ei] )?{count} {unit}"),
        ("coming", r"ne(?:i|gli|lle) prossim[ei] {unit}"),
        ("coming", r"(?:tra|fra) (?:pochi|poche|alcuni|alcune) {unit}"),
        ("day", r"(?P<tomorrow>domani)"),
        ("day", r"(?P<today>oggi|stasera|stanotte)"),
        ("this", r"(?:in )?quest[oa']? ?{unit}"),
        ("next", r"(?:la |il |l')?prossim[ao] {unit}"),
        ("next", r"(?:la |il |l'){unit} prossim[ao]"),
        ("date", r"(?:entro|prima di|questo|questa) {weekday}"),
        ("date", r"(?:a|in|entro|ad) {month}(?: {year})?"),
        ("date", r"(?:nel|entro il|per il) {year}"),
        ("event", r"(?:alla vigilia|prima|in vista) (?:delle |della |del |dell'|dei |di )?{event}"),
        ("near", r"da un momento all'altro|in qualsiasi momento|sul punto di|imminent\w|sta(?:nno)? per"),
        ("soon", r"presto|tra poco|a breve|prossimamente|quest'(?:inverno|estate|autunno)|questa primavera"),
    ),
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
    numbers="un[ao]?(?!\\w) due tre quattro cinque sei sette otto nove dieci",
    units={"hour": "ora ore", "day": "giorn", "week": "settiman", "month": "mes", "year": "ann"},
)  # fmt: skip
