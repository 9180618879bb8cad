"""German cue words. The verb may stand far from what negates it, so most phrases here span a clause."""

from app.language.stance.cues.notation import Cues, compiled, words

_CLAIM = words(
    "ankündigung~ mitteilung~ warnung~ zitat~ bild~ aufnahme~ brief~ dokument~ "
    "behauptung~ gerüchte?n? meldung~ bericht~ vorwürf~ vorwurf aussage~ nachricht~ information~ geschichte~ these~"
    " post~ beitrag beiträge~ video~ foto~ falschmeldung~ angab~ erzählung~ darstellung~ kettenbrief~"
    " unterstellung~"
)
_FALSE = words(
    "falsch~ unwahr~ erfunden~ erlogen~ gelogen haltlos~ unbegründet~ irreführend~ frei_erfunden fake~ gefälscht~"
    " unzutreffend~ widerlegt~ unbelegt~ lüge lügen märchen mythos ente hoax unsinn quatsch desinformation"
    " fehlinformation~ falschmeldung~ falschinformation~ aus_der_luft_gegriffen absurd~ fiktion fakes manipuliert"
).replace("_", " ")
# Negating these says what somebody is like, or accuses them of an omission; it does not say that nothing happened.
_QUALITY = words(
    "wollen wollte~ will willst gewollt mögen mag mochte~ lieb~ kümmer~ gekümmert respekt~ acht(?:et|en) geachtet"
    " versteh~ verstanden"
    " verst[ae]nd~ wissen weiß wusste~ gewusst glaub~ geglaubt denk~ dachte~ gedacht brauch~ gebraucht verdien~"
    " arbeit~ gearbeitet"
    " wirk(?:t|en|sam) gewirkt schütz~ geschützt helfen hilft half geholfen heißt bedeutet schein~ sieht fühl~"
    " hör(?:t|en) gehört lern~"
    " gelernt halten hält gehalten eingehalten erfüll~ umgesetzt geliefert_beweis vorgelegt vorlegen bewiesen"
    " beweisen"
    " angeboten erlaub~ traut vertrau~ versteck~ gestoppt zögert~ geschafft gelungen anerkannt anerkenn~"
    " akzeptier~ zugestimmt unterstütz~ profitier~ bezahlt gelöst verbessert vergess~ verzeih~ bekomm~"
    " kriegt versuch~ betrachtet behandel~ kontrollier~ gehören gehört reich~ gereicht überleb~ geantwortet"
    " reagiert verurteilt"
    " erwähnt gesagt sagen spricht gesprochen gewinn~ gewonnen geworden interess~ erhalten angekommen"
    " können kann könnte~ konnte~ gekonnt dürfen darf durfte~ soll sollte~ sollen müssen muss nötig bereit fähig"
    " besser frei sicher wert"
    " gefallen gefällt leisten lebt leben gesehen sehen bemerkt zurückgekehrt erreicht bestraft verfolgt"
    " interessiert egal"
    " leugnen bestreiten abstreiten informiert gefragt bringt_nichts funktionier~ lohnt stört gestört passt"
    " übersteh~ identifiziert genannt"
).replace("_", " ")
_ABSTRACT = words(
    "freiheit~ demokrat~ einheit~ einigkeit zukunft hoffnung~ frieden~ alternativ~ wahl zweifel~ gerechtigkeit"
    " chance~"
    " sinn grund gründe notwendigkeit geld gesetz~ regeln vertrauen unterschied~ grenze~ ende weg platz gewinner"
    " sieger"
    " respekt wahrheit souverän~ unabhängig~ legitim~ konsens einigung wille~ lösung~ ordnung unterstützung"
    " strategie~"
    " opposition~ geheimnis~ gewissen nation~ volk staat~ land länder rechte? sache freund~ scham moral kultur~"
    " sicherheit"
    " schutz verständnis medikamente ärzte essen arbeit hilfe zeit zurück besser~ echt~ richtig~ interesse~ lust"
    " ahnung"
    " meinungsfreiheit pressefreiheit rechtsstaat~ mehr wunder mut angst rücksicht hehl anspruch gefühl"
)
_KEIN = r"(?:kein(?:e|en|er|em|es|erlei)?)"
_WIDE = r"(?:[^\s,;:]+ ){0,12}?"

CUES = Cues(
    asking=compiled(
        r"""
        (?:gerücht|tatsache|wahrheit|echt|betrug|amtlich|offiziell) oder (?:gerücht|tatsache|betrug|falsch|fake|ente
            |märchen|lüge)
        (?:wüsste|würde|möchte|will|wollte)(?: \w+){0,3} (?:gern~ )?(?:wissen|erfahren),?
        (?:bitte|könnt ihr|können sie|könntet ihr|könnten sie|kann jemand|könnte jemand|kann mal jemand|helft
            |weiß jemand) … (?:prüf|überprüf|checken|bestätig|rausfinden|herausfinden|klär|sagen|nachseh|nachschau
            |nachgeh|aufklär|recherchier)~
        (?:bitte|mir|uns),? (?:\w+ ){0,3}?(?:sagen|sagt|sagen sie)(?: \w+){0,2},? (?:ob|wer|was|wo|wann|woher)
        (?:ich weiß nicht|weiß nicht|keine ahnung|nicht sicher|unsicher|bin unsicher|zweifle|frage mich|wüsste gern~
            |möchte wissen|würde gern~ wissen|suche)(?: [\w-]+){0,2},? (?:ob|was|wer|wem|wie|wo|eine bestätigung
            |bestätigung)
        (?:echt|wahr|real|original|satire|stimmt das),? oder (?:ki|fake|nicht|gefälscht|alt|erfunden|montage|falsch
            |quatsch|gestellt|satire|was)
        neugierig, ob
        (?:interessier~|frage mich|fragen uns|fragen sich|erfahren)(?: \w+){0,2}?,? ob
        ^(?:und |aber |also |faktencheck\W+|frage\W+)?(?:stimmt|hat|haben|hatte|hatten|ist|sind|war|waren|wird
            |werden|wurde|wurden|gibt|kann|können|könnte|darf|dürfen|soll|sollen|will|wollen|muss|müssen|plant
            |planen) (?:es|das|die|der|ein|eine|dieser|diese|dieses|jemand|man|wirklich|tatsächlich|er|sie|wir
            |[\w-]+ (?:wirklich|tatsächlich|[\w-]+t|[\w-]+en))(?!\w)
        (?:frag(?:t|en|te|ten|e|st)|gefragt|fraglich|unklar|ungewiss|unsicher|wissen|weiß|wüsste|(?:über)?prüf(?:t
            |en|te|ten|e)|geprüft|überprüft|nachgefragt|erkundigt~|untersucht|nachgegangen|recherchiert|frage
            |fragen)(?: [\w-]+){0,3}?,? ob
        (?:jemand|irgendwer|wer)(?: \w+){0,3}? (?:bestätigen|sagen|weiß|gehört|wissen)(?: \w+)?,? (?:ob|dass|wann
            |mehr)
        (?:weiß|kann|hat) (?:jemand|irgendwer|irgendjemand|wer)
        (?:wahr|echt|fakt|richtig|stimmt|wahrheit|real)(?:,)? oder (?:falsch|fake|nicht|lüge|mythos|gerücht|erfunden
            |inszeniert|märchen)
        (?:falsch|fake|mythos|lüge|gerücht) oder (?:wahr|echt|fakt|wahrheit|richtig|realität)
        ^ob (?:der|die|das|ein|eine|es|in|wirklich|tatsächlich)
        """
    ),
    verifying=compiled(
        r"""
        ^(?:und |aber |doch )?(?:stimmt|ist|sind|war|kann|echt|wahr|wirklich|was ist dran|fake|hat|wird|was steckt)
        (?:wahr|echt|richtig|stimmt das|real|daran|dran)\W*\?
        """
    ),
    tags=compiled(
        r"(?:,|–|—|-|\.) ?(?:nicht wahr|oder|oder"
        r" nicht|gell|richtig|stimmt's|stimmts|nicht|was|ne|ja|okay|verstanden|oder etwa nicht|wetten)\W*\?"
    ),
    exempt=compiled(
        rf"""
        kein~ (?:plan|antwort|idee|ahnung)(?: für| von)?
        (?:nicht|nie) (?:[\w-]+ ){{0,3}}?(?:begraben |hinein|herein|durch)?(?:lassen|gelassen|durften|dürfen)
        ^(?:kauft|esst|trinkt|glaubt|geht|lasst|nehmt|teilt) (?:[\w-]+ )?kein~
        wer (?:[^\s,;:]+ ){{0,4}}?(?:leugne|bestreit)~
        (?:steht|ist) (?:\w+ )?außer frage
        (?:weis|wies)~ (?:[^\s,;:]+ ){{0,6}}?nicht zurück
        ohne (?:[\w-]+ ){{0,4}}?(?:beweise?|belege?)~
        nicht (?:nur|bloß|allein|lediglich|mehr|weniger|zuletzt|umsonst|einmal|zufällig|ohne|zu|erst|immer|so)
        {_KEIN} (?:\w+ )?(?:wunder|zweifel|frage|geheimnis|hehl)
        nie (?:wieder|mehr)
        (?:lässt|lassen) sich … (?:nicht|kaum) (?:leugnen|bestreiten|abstreiten|widerlegen|verleugnen)
        (?:niemand|keiner|nicht|kaum jemand|wer|ohne|kann|nie) (?:[\w-]+ ){{0,4}}?(?:leugne~|bestreit~|abstreit~
            |bezweifel~|widerleg~|dementier~)
        (?:leugne~|bestreit~|abstreit~|bezweifel~|dementier~) (?:[\w-]+ ){{0,4}}?(?:niemand|keiner|nicht|kaum)
        stimmt nicht, dass (?:niemand|keiner|kein~|nie|es keine?)
        verweiger~ … (?:einreise|zugang|zutritt|behandlung|asyl|recht~|hilfe|einlass|visum|visa)
        (?:einreise|zugang|zutritt|behandlung|asyl|einlass|visum) … verweiger~
        (?:ohne|keinerlei) (?:\w+ )?(?:beweise?|belege?|nachweise?)(?: \w+){{0,2}}?(?: vorzulegen| zu liefern)?
        (?:keine|nie|nicht) (?:\w+ ){{0,2}}?(?:beweise?|belege?) {_WIDE}(?:vorgelegt|geliefert|präsentiert|erbracht
            |vorlegen|liefern)
        (?:versproch|versprach|versprich|zugesicher|zugesag|garantier)~,? {_WIDE}(?:, )?(?:dass )?{_WIDE}(?:nicht
            |keine)
        """
    ),
    quality=compiled(
        rf"""
        (?:nie|nicht|niemals) (?:richtig|ausreichend|ordentlich|ernsthaft|hinreichend|gründlich|genug)(?: \w+)?
        (?:nichts|nie etwas) (?:\w+ ){{0,3}}?(?:getan|unternommen|gemacht|gelernt)
        nicht (?:darin|aufgehört|aufhört|entwickelt|genug|ausreichend)
        keine (?:\w+ )?reaktion~
        {_QUALITY} {_WIDE}(?:nicht|nie|niemals|{_KEIN}|niemand~|nichts|keiner)
        (?:nicht|nie|niemals|{_KEIN}|niemand|keiner|nichts) {_WIDE}{_QUALITY}
        (?:ist|sind|war|waren|bleibt|wäre) (?:[^\s,;:]+ ){{0,4}}?{_KEIN} (?!\w+en (?:worden|geplant))[\w-]+
        {_KEIN}(?: [\w-]+){{0,2}}? {_ABSTRACT}
        """
    ),
    subordinate=compiled(
        r"""
        (?:weil|obwohl|wenn|falls|während|solange|bevor|nachdem|damit|indem|sodass|deren|dessen|denen
            |welche[rs]?)(?!\w)[^,;]*
        , (?:(?:an|in|mit|auf|von|bei|aus|zu|für|über|durch) )?(?:der|die|das|dem
            |den) (?:[\w-]+ )?(?:[\w-]+ ){0,3}?(?:nicht|nie|keine?n?) (?:[\w-]+ ){0,4}?[\w-]+(?=,|\.|$)
        (?:,|;|–|—)? (?:aber|sondern|doch|jedoch)(?!\w)[^;]*
        , und(?!\w)[^;]*
        """
    ),
    refuting=compiled(
        rf"""
        kein~ (?:tropfen|spur|gramm|funke~|hauch|wort) \w+
        (?:gibt es|leben|existieren) nur (?:in|auf|im)
        kann keine rede sein
        (?:,|–|—| und) (?:eben )?nicht (?:vor|bei|am|im|beim|vom|zur|mit) \w+
        (?:existier|gibt es|gab es)~ (?:[^\s,;:]+ ){{0,3}}?nur in (?:der|den|ihrer|seiner) (?:\w+ )?(?:fantasie
            |phantasie|köpf|vorstellung|einbildung)~
        (?:zeigt|zeigen|ist|sind|war|waren|stammt) (?:[^\s;]+ ){{1,10}}?, (?:und )?{_KEIN} \w+
        .+(?::|–|—|-) ?(?:falsch|fake|erfunden|unwahr|mythos|falschmeldung)\W*$
        (?:nie|niemals|nicht)(?: so)? (?:gesagt|geschrieben|unterschrieben|behauptet)
        ^(?:korrektur|berichtigung|richtigstellung)(?!\w)
        nichts,? was (?:auf )?(?:\w+ )?(?:hindeutet|hinweist|belegt)
        (?:nicht|weder|{_KEIN}) (?:[^\s;:.]+ ){{1,10}}?,? sondern
        (?:,|–|—) (?:und )?nicht (?:in|aus|von|auf|der|die|das|ein|eine|wegen|durch|an|um) \w+
        (?:nichts|niemand~) (?:[^\s;:]+ ){{0,4}}?(?:hindeutet|hinweist|belegt|stützt)
        (?:schließ|schloss|ausgeschlossen)~ (?:[^\s,;:]+ ){{0,8}}?(?:aus|{_FALSE})
        (?:angebliche?[nrms]?|vermeintliche?[nrms]?) … (?:war|ist|waren|sind|entpuppt|erwies|stellte)~
        {_CLAIM} … (?:haltlos|entkräftet|zurückgezogen|löste sich|fiel in sich|hält (?:\w+ ){{0,4}}?nicht stand)~
        {_CLAIM}(?:,? [^\s;]+){{0,14}}? (?:entpuppte?n?|erwiese?n?|stellte?n?|herausgestellt
            |entpuppt)(?: sich)?(?: nachträglich| später| rasch| schnell)? (?:als )?(?:[\w-]+ ){{0,2}}?{_FALSE}
        nichts dergleichen
        (?:nannte|nennt|bezeichne~|sprach von) (?:[\w-]+ ){{0,3}}?{_CLAIM}(?: [^\s;]+){{0,6}}? {_FALSE}
        (?:an|davon|daran) (?:[^\s,;]+ ){{0,6}}?ist nichts (?:dran|wahr)
        nichts dran
        anders als (?:\w+ )?(?:behauptet|dargestellt|gemeldet|verbreitet)
        (?:bildet|bilden|trainiert|trainieren|baut|bauen|kauft|kaufen|verkauft|sammelt|sammeln|testet|testen|foltert
            |erschießt|deportiert|entführt|zensiert|löscht|blockiert|überwacht|spioniert|implantiert|versprüht
            |fälscht|stiehlt|verbrennt|impft|zwingt|mobilisiert|rekrutiert|rüstet|transportiert|lagert|lagern
            |produziert|züchtet|verkaufen|schließt|kürzt|streicht|friert|erhebt) (?:[^\s,;:]+ ){{0,7}}?(?:nicht
            |{_KEIN}|niemals)
        (?:widersprach~|widersprech~|widerspricht|widersprochen) (?:\w+ ){{0,2}}?(?:{_CLAIM}|dem|der darstellung)
        (?:dass|die behauptung) [^.;]*, (?:ist|sei|war) (?:[\w-]+ ){{0,2}}?(?:{_FALSE})
        (?:fehlt|fehlen|mangelt es an) (?:\w+ )?(?:jede~ |jeglich~ |alle |an )?(?:beleg~|beweis~|nachweis~
            |grundlage)
        (?:entbehrt|entbehren) (?:\w+ )?(?:jede~|jegliche~) grundlage
        (?:wurde|wurden|ist|sind|hat|haben) (?:[^\s,;:]+ ){{0,6}}?weder
        faktencheck\W+falsch
        ^(?:faktencheck|bewertung|behauptung|fakt)?\W*(?:falsch|fake|fake news|fakes|falschmeldung|unwahr|mythos
            |hoax|unsinn|quatsch|lüge|irreführend|falschinformation|desinformation|ente|zeitungsente|widerlegt
            |keine belege|satire|fehlalarm|frei erfunden|manipuliert|stimmt nicht|gefälscht|falsche behauptung
            |richtigstellung|dementi) ?(?::|–|—|!|\.|\|)
        ^(?:faktencheck|fakten-check)?\W*nein(?:,|:|\.|!| –| —)
        (?:stimmt|stimmte|stimmen|trifft|zutreffend|entspricht) (?:[\w-]+ ){{0,3}}?nicht(?: zu)?(?: den tatsachen
            | der wahrheit)?
        (?:nicht|keineswegs|mitnichten) (?:wahr|richtig|korrekt|zutreffend|der fall)
        (?:ist|sei|war|sind|wäre) (?:schlicht |einfach |völlig |schlichtweg )?(?:{_FALSE}),? (?:dass|zu behaupten
            |zu sagen)
        (?:dementier|bestreit|bestritt|leugne|widerleg|entlarv|entkräft|abgestritten|zurückgewiesen|debunk
            |bestritten)~
        (?:weis|wies)(?:t|en|e)? (?:[^\s;:]+ ){{0,14}}?zurück
        streite?n?t? (?:[^\s,;:]+ ){{0,8}}?ab
        {_CLAIM}(?:,? [^\s;]+){{0,14}}? (?:ist|sind|war|waren|sei|seien|wurde|wurden|gilt|hat sich als
            |erwies sich als|stellte sich als) (?:[\w-]+ ){{0,4}}?(?:{_FALSE}|nicht bestätigt|nicht belegt)
        (?:falsch|unwahr|haltlos|erfunden|irreführend|unbelegt)(?:e|en|er|es) {_CLAIM}(?= (?:über|zu|dass|,|im|auf))
        {_KEIN} (?:[\w-]+ ){{0,2}}?(?:beweis~|beleg~|hinweis~|nachweis~|anhaltspunkt~|anzeichen|indizien|spur~
            |bestätigung|evidenz)
        (?:entgegen|trotz|anders als) (?:[\w-]+ ){{0,4}}?(?:{_CLAIM}|behauptet|dargestellt|kursiert|was)
        (?:nichts|nicht das geringste|wenig) (?:[\w-]+ ){{0,6}}?zu tun
        (?:fand|fanden|findet|hat|haben|hätten|hätte) (?:[^\s,;:]+ ){{0,8}}?(?:nie|niemals|nicht)(?: \w+)? (?:statt
            |stattgefunden|gegeben|existiert)
        (?:nie|niemals|nicht)(?: wirklich| tatsächlich)? (?:stattgefunden|passiert|existiert|geschehen|statt)
        (?:nicht|weder|keineswegs) (?:[\w-]+ ){{0,2}}?(?:beteiligt|verantwortlich|verwickelt|schuld|schuldig
            |involviert)
        (?:steckt|stecken|steht) (?:\w+ )?nicht (?:hinter|dahinter)
        {_KEIN} (?:[\w-]+ )?(?:pläne?|absicht~|rolle|verbindung~|beteiligung|zusammenhang|plan|vorhaben
            |rede)(?! (?:b|geheimplan))
        (?:plant|planen|plane|beabsichtigt|erwägt|bereitet|bereiten|beteiligt|beteiligen|enthält|enthalten
            |verursacht|verursachen|verändert|verändern|verbreitet|verbreiten|löst|lösen|führt|führen|zeigt|zeigen
            |tötet|töten|existiert|existieren|schickt|schicken|entsendet|liefert|liefern|finanziert|finanzieren
            |betreibt|betreiben|setzt|setzen|schadet|beeinflusst|bombardiert|verbietet|verbieten|stammt|stammen
            |mischt|mischen|enteignet|erhöht|beeinträchtigt|macht unfruchtbar) (?:[^\s,;:]+ ){{0,7}}?(?:nicht
            |{_KEIN}|niemals)
        (?:nicht|{_KEIN}) (?:[^\s,;:]+ ){{0,7}}?(?:plant|plane|planen|beabsichtigt|beabsichtige|enthält|enthalte
            |verursacht|verändert|auslöst|führt|beteiligt|existiert|existiere|verbreitet)
        """
    ),
    verdict=compiled(
        rf"""
        ^(?:das|die|der|dieses|diese) (?:video|foto|bild|bilder|aufnahme|aufnahmen|clip
            |mitschnitt)~(?: [\w-]+){{0,8}}? (?:alt|aus dem jahr|aus (?:19|20)\d\d|ki-generiert
            |aus dem (?:zusammenhang|kontext)|stammt aus|stammen aus|jahre alt|entstand|entstanden)
        ^(?:doch |aber |tatsächlich )?(?:das|dies|diese|dieser|dieses|es|hierbei|dabei|all das
            |nichts davon) (?:[\w-]+ ){{0,5}}?(?:ist|sind|war|handelt es sich um|stimmt|entspricht|trifft
            |wurde) (?:[\w-]+ ){{0,3}}?(?:{_FALSE}|nicht|gefälscht)
        ^(?:doch |aber )?(?:das|dies) (?:stimmt|passierte|geschah|ist|hat|trifft) (?:so |aber )?(?:nicht|nie)
        ^(?:falsch|fake|unwahr|nein, das|quatsch|unsinn|lüge|stimmt nicht|frei erfunden|eine falschmeldung
            |eine lüge)(?:\W*$|[,:;.!–—-]| ist)
        nichts davon (?:ist|stimmt|trifft)
        dafür (?:gibt es|fehlt|fehlen|existier~) (?:\w+ )?(?:keine~|jed~|belege?|beweise?)
        (?:dementier~|bestreit~|bestritt~|widerleg~) (?:das|dies|die|den|diese)
        """
    ),
    negation=compiled(
        rf"""
        (?:niemand~|nichts|nie|niemals|{_KEIN} einzig~) (?:[^\s,;:]+ ){{0,8}}?(?:ge\w+(?:t|en)|(?:be|ver|ent|er
            |zer)\w+(?:t|en)|\w+iert)
        (?:habe?n?|hat|hatte) (?:[^\s,;:]+ ){{0,4}}?(?:niemand~|nichts|{_KEIN}|nie
            |nicht) (?:[^\s,;:]+ ){{0,6}}?(?:ge\w+(?:t|en)|\w+ge\w+(?:t|en)|(?:be|ver|ent|er|zer)\w+(?:t|en)|\w+iert)
        (?:weder) (?:[^\s;:]+ ){{1,10}}?noch
        (?:sind|ist|war|waren) (?:[^\s,;:]+ ){{0,3}}?{_KEIN} (?:[\w-]+ )?[\w-]+ (?:zu sehen|dabei|darunter|im spiel
            |beteiligt|vor ort)
        (?:ge\w+(?:t|en)) (?:wurde|wurden|hat|haben|ist) (?:[^\s,;:]+ ){{0,6}}?(?:nicht|niemand|nichts|nie)(?: \w+)?
        (?:kein einziger|keine einzige|kein einziges|nicht ein~) (?:[\w-]+ ){{1,5}}?(?:ging|gingen|wurde|wurden|fiel
            |kam|ist|hat|verschwand|verloren)
        kein~ (?:[\w-]+ ){{1,5}}?(?:ging|gingen|verschwand|verschwanden|explodierte|starb|starben)
        (?:gab|gibt) es (?:[^\s,;:]+ ){{0,5}}?nicht
        {_KEIN} (?:[^\s,;:]+ ){{0,6}}?(?:gab|gibt) es
        weder (?:[^\s;:]+ ){{0,8}}?noch
        (?:lager|lag|stand|befand|fuhr|landet|explodier|fiel|fand|fiel)~ (?:[^\s,;:]+ ){{0,8}}?(?:{_KEIN}|nicht|nie
            |niemals)
        niemand (?:hat|wurde|ist|starb|kam|plant|will die|war) (?:[^\s,;:]+ ){{0,8}}?(?:ge\w+|ver\w+t|ent\w+t|er\w+t
            |be\w+t)
        (?:hat|haben|habe|hatte|hatten|hätte|hätten|wurde|wurden|worden|sind|ist|war|waren|sei
            |seien) {_WIDE}(?:nicht|nie|niemals|{_KEIN}|niemand) {_WIDE}(?:ge\w+|\w+ge\w+(?:t|en)|(?:be|ver|ent|er
            |zer|miss|unter|über|wider)\w+(?:t|en)|\w+iert|geplant|worden)
        (?:niemand|keiner|{_KEIN}) {_WIDE}(?:hat|haben|wurde|wurden|ist|sind|war|starb|kam|brachte|plante|plant
            |bereitet|griff|nahm) {_WIDE}(?:ge\w+|(?:be|ver|ent|er|zer)\w+(?:t|en)|\w+iert|vor|ums leben|um|worden)
        (?:gab|gibt|gäbe|gebe|existier\w+|bestand|besteht|läuft|liegt|kam|herrscht) (?:es |in \w+ |dort |hier
            |auch )*{_WIDE}(?:{_KEIN}|nie|niemals|nicht) \w+
        {_KEIN} {_WIDE}(?:gab es|gibt es|gegeben habe|gegeben hat|gebe es|gibt)
        (?:wird|werden) {_WIDE}(?:nicht|{_KEIN}|niemand) {_WIDE}(?:eingeführt|verboten|verschoben|abgesagt
            |geschlossen|abgeschafft|geplant|enteignet|eingefroren|eingezogen|erhöht|gekürzt|gestrichen|geben
            |beschlossen|vorbereitet)
        (?:brachte|brachten|schickte|schickten|griff|griffen|nahm|nahmen|bombardierte|bombardierten|tötete|töteten
            |setzte|setzten|kaufte|kauften|führte|führten|starb|starben|traf|trafen|stahl|flog|flogen|verkaufte
            |feuerte) {_WIDE}(?:nicht|nie|niemals|{_KEIN}|niemand)
        """
    ),
    attributing=compiled(
        r"""
        (?:schildert|schilderte|schilderten|beschrieb|beschrieben|beschreibt|nannte|nennt|sprach von|sprachen von
            |wies|wirft vor)
        (?:sagt|sagte|sagten|sagen|behauptet|behaupten|behauptete|behaupteten|erklärt|erklärte|erklärten|berichtet
            |berichten|berichtete|berichteten|meldet|melden|meldete|meldeten|mitgeteilt|teilte|teilten|betont
            |betonte|warnt|warnte|warnten|wirft|werfen|warf|warfen|beschuldigt|beschuldigte|bezeichnet|bezeichnete
            |schreibt|schreiben|schrieb|bestätigt|bestätigte|kündigt|kündigte|heißt es|hieß es|meint|meinte|vermutet
            |spricht von|zitiert|verkündet|verkündete|versichert|versicherte|argumentiert|räumt|fügte|äußerte
            |unterstellt)
        (?:laut|zufolge|gemäß|nach angaben|nach ansicht|nach aussage|nach worten|unter berufung auf|nach meinung
            |so der|so die|angeblich|den angaben nach)
        """
    ),
)
