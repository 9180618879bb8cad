"""Italian."""

from app.language.attribution.lexicons.notation import lexicon

LEXICON = lexicon(
    saying="detto dice dicono disse afferm(?:ato|a|ano|ò) dichiar(?:ato|a|ano|ò) annunci(?:ato|a|ano|ò)"
    " riferi(?:to|sce|scono) raccont(?:ato|a|ò) spieg(?:ato|a|ano|ò) sosten(?:uto|gono) sostiene scri(?:tto|ve"
    "|vono|sse) denunci(?:ato|a|ò) assicur(?:ato|a|ano|ò) avverti(?:to|te|va)? avverte aggiun(?:to|ge|gono|se)"
    " sottoline(?:ato|a|ano|ò) rivel(?:ato|a|ò) conferm(?:ato|a|ano|ò) precis(?:ato|a|ò) segnal(?:ato|a)"
    " comunic(?:ato|a) ritien(?:e) ritengono insist(?:ito|e|ono) previsto prevede predett[oa] ribadi(?:to|sce)"
    " lasciato_intendere",
    denying="smenti(?:to|sce|scono) neg(?:ato|a|ano|ò)_(?:che|di)",
    accusing="accus(?:ato|a|ano|ò)_[^.;:]{2,120}?_di",
    spreading=r"(?:diffond(?:e|ono)|diffuso|ripet(?:e|ono))_(?:la|il|una|un|sua)_(?:[\w-]+_){0,2}?(?:storia"
    "|narrazione|voce|teoria|versione)_(?:secondo_cui|che)",
    according="secondo stando_a a_detta_di per_(?=[A-Z])",
    as_said="come",
    that="che",
    between="(?:a|ai|alla|in|nel|nella|al|durante)_(?:un[’']|una_|la_|i_|il_|sua_)*(?:giornalisti|stampa"
    r"|intervista|conferenza_stampa|televisione|agenzia|sito|comunicato|Parlamento|quotidiano)(?:_[\w-]+){0,2}"
    " anche inoltre ieri oggi",
    auxiliary="ha hanno aveva avevano anche inoltre già poi ancora nuovamente recentemente si",
    clause="quando mentre ma perché dopo prima se dove poiché sebbene come",
    joining="e ma mentre",
    relative="che cui quale quali",
    person="lui lei egli ella",
    group="essi loro",
    role="presidente (?:premier|vice)?ministr[oa] cancelliere portavoce capo leader dirett(?:ore|rice)"
    " governat(?:ore|rice) sindac[oa] senat(?:ore|rice) deputat[oa] ambasciat(?:ore|rice) generale colonnello"
    r" maggiore ammiraglio comandante segretari[oa] espert[oa] analista virolog[oa] profess(?:ore|oressa) dott\.?"
    " dott(?:or|ore|oressa) signor[ae]? blogger giornalista storic[oa]",
    body="ministero centro agenzia servizio consiglio comitato ufficio governo commissione esercito"
    " polizia tribunale partito organizzazione istituto università ambasciata cremlino",
    anonymous="funzionari font[ei] residenti testimoni militanti esperti critici utenti alcuni molti altri"
    " media autorità nessuno tutti",
    text="versione storia dichiarazione rapporto comunicato video articolo messaggio post",
    linking="di del della dei delle dell[’'] la il lo i gli le e ed in a al alla per con da dal von bin suo sua un una",
)
