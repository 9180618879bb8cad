"""Italian cue words."""

from app.language.stance.cues.notation import Cues, compiled, words

_CLAIM = words(
    "annunci[o]? avvis[oi] allert[ae] letter[ae] audio document[oi] citazion[ei] fras[ei] "
    "affermazion[ei] voc[ei] accus[ae] informazion[ei] notizi[ae] messagg[io]~ post pubblicazion[ei] raccont[oi]"
    " stori[ae] teori[ae]"
    " dichiarazion[ei] tes[ie] indiscrezion[ei] bufal[ae] video fot[o]~ ricostruzion[ei] illazion[ei] denunc[ei]~"
)
_FALSE = words(
    "fals[oaei] bufal[ae] menzogn[ae] bugi[ae]~ infondat[oaei] errat[oaei] inesatt[oaei] inventat[oaei] mit[oi]"
    " smentit[oaei]"
    " fabbricat[oaei] disinformazione fake hoax fandoni[ae] panzan[ae] ingannevol[ei] manipolat[oaei] assurd[oaei]"
    " fuorviant[ei] montatur[ae]"
)
_QUALITY = words(
    "vuol~ vogli~ vole~ voll~ ama amano piac~ import~ interess~ rispett~ cap(?:isc|it|ì)~ comprend~ sa sanno sape~"
    " cred~ pens~ serv~ merit~ funzion~ lavor~"
    " protegg~ protett~ aiut~ signific~ sembr~ par[ei]~ sent~ ascolt~ impar~ manten~ mantien~ fornit~ fornisc~"
    " presentat~ prov(?:a|ano|ato|ò) dimostr~ dat[oaie]? dà d[àa]nno offr~"
    " permett~ permess~ lasci~ fid~ tem(?:e|ono|uto) nascond~ nascost~ smett~ esit~ riusc~ riconosc~ accett~"
    " sosten~ sostien~ benefici~ pag(?:a|ano|ato|hi)~"
    " risol~ miglior~ dimentic~ perdon~ ha_(?:un|una|il|la|nulla|niente|bisogno|alcun diritto)~ ricev~ prova~ tent~"
    " consider~ tratt(?:a|ano) controll~ appart~ bast~ sopravviv~ rispond~"
    " rispost~ reag~ condann~ menzion~ dett~ dic~ dir[eà] parl~ vinc~ vint~ perd~ pers~ essere"
    " stato_(?:un|una|capace|in grado)~ può possono pot~ poss~ dev~ dov~ val~"
    " viv~ vissut~ vist~ ved~ accor~ arrivat~ arriv~ torn~ punit~ informat~ consultat~ identificat~ nominat~ osa"
    " osano spieg~ chiari~ precis~ curat~_di cura_di curano_di preoccup~ regg~ sopport~ super~"
).replace("_", " ")
_ABSTRACT = words(
    "libertà democra~ unità futuro speranz~ pace alternativ~ scelta scelte dubb~ giustizia possibilità senso"
    " ragion[ei] motivo bisogno"
    " soldi denaro legg[ei] regol[ae] fiducia differenz~ limit[ei] fine posto vincitor~ rispetto verità sovran~"
    " indipenden~"
    " legittim~ consenso volontà soluzion[ei] ordine sostegno strategi~ opposizione segret[oi] coscienza nazion[ei]"
    " popol[oi]"
    " paes[ei] diritt[oi] reazion[ei] amic[oi] vergogna moral[ei] cultur~ sicurezza protezione farmaci medic[oi]"
    " cibo lavoro aiut[oi]"
    " tempo ritorno meglio peggio niente nulla nessuno più modo verso che scampo scusa interesse rimedio mistero"
    " bisogno via"
)
_ADV = r"(?:(?:\w+mente|mai|si|gli|lo|la|li|le|ci|vi|ne|mi|ti|ancora|affatto|neppure|nemmeno|c'|l'|più) ?)*"
_PART = r"\w+(?:at[oaie]|ut[oaie]|it[oaie]|tt[oaie]|s[oaie]|st[oaie]|rt[oaie]|nt[oaie]|lt[oaie])"
_HA = (
    r"(?:ha|hanno|aveva|avevano|abbia|abbiano|avrebbe|avrebbero|è|sono|era|erano|sia|siano|sarebbe|sarebbero|fu"
    r"|furono"
    r"|viene|vengono|venne|vennero)"
)

CUES = Cues(
    asking=compiled(
        r"""
        (?:diceria|voce|fatto|ufficiale|verità|vero) o (?:una )?(?:diceria|fatto|truffa|bufala|scherzo|falso)
        (?:verificate|controllate|confermate|chiarite|verificare|controllare)(?: \w+)?(?: \w+)? (?:se|questa|questo
            |per favore)
        (?:potete|potreste|può|puoi|qualcuno|per favore|grazie|aiut~|ditemi|fatemi sapere|mi) … (?:verific|controll
            |conferm|dire|sapere|chiar|spieg|sa|dirmi)~(?: \w+){0,3}? (?:se|questa|questo|chi|che|cosa)
        ^(?:ciao\W+|buongiorno\W+|salve\W+)?(?:qualcuno|potete|potreste|sapete|ditemi|verificate|controllate)
        (?:non so|non sappiamo|nessuna idea|non sono sicur~|dubito|mi chiedo|vorrei|mi piacerebbe|cerco
            |voglio)(?: \w+){0,3} (?:se|sapere|conferma|conferme|a chi credere|cosa credere|chi)
        (?:vero|vera|reale|foto|autentic~|verità),? o (?:falso|ia|bufala|fake|no|montaggio|inventat~|finto|scherzo
            |fotomontaggio)
        curios~ di sapere
        ^(?:e |ma |quindi |allora )?(?:è|sarà|sarebbe) (?:davvero |proprio )?(?:vero|possibile|reale) che(?=[^.]*\?)
        (?:chied|chiest|domand|verific|controllat|controllia|accert|indag|appur|dubit|interrog
            |approfondi)~(?: [\w]+){0,5}? se(?!\w)
        (?:sa|sanno|sapere|sapete|chiaro|certo|ignora|sappiamo|sapesse|noto|capire) (?:\w+ ){0,2}?se(?!\w)
        (?:qualcuno|chi)(?: \w+){0,3}? (?:confermare|sa|verificare|sentito|informazioni|dirmi|conferma|notizie)
        (?:vero|verità|reale|realtà|autentico|autentica|notizia),? o (?:falso|falsa|bufala|mito|finzione|fake|no
            |bugia|voce|montatura)
        (?:falso|mito|bufala|bugia) o (?:vero|verità|realtà|reale|notizia)
        """
    ),
    verifying=compiled(
        r"""
        ^(?:e |ma |sarà |davvero )?(?:è|sono|vero|davvero|reale|cosa c'è|che c'è|possibile|falso|si tratta)
        (?:vero|vera|reale|reali|autentic\w+|così|davvero)\W*\?
        """
    ),
    tags=compiled(
        r"(?:,|–|—|-|\.) ?(?:vero|no|giusto|non è vero|non è così|non è forse così|eh|capito|ok|o no|non"
        r" trovate|nevvero|d'accordo|o sbaglio)\W*\?"
    ),
    exempt=compiled(
        rf"""
        neg(?:a|ano|ato|ò|ava) (?:i|il|la|l'|le|gli|lo|un|una) ?[\w-]+ (?:a|al|alla|ai|agli|alle|all')
        chi nega(?!\w)[^,;:]*
        senza (?:[\w']+ ){{0,4}}?prov[ae]
        non (?:solo|soltanto|solamente|unicamente|più|meno|tanto|senza|appena|a caso|per niente|c'è dubbio
            |v'è dubbio)
        non {_ADV}\w+ (?:più|che|solo|soltanto)(?! (?:stat|avvenut))
        (?:non si|non|nessuno|nessun \w+|impossibile|difficile|senza|chi|né)(?: \w+){{0,4}}? ?(?:può |possono
            |potrà |potrebbe )?(?:neg[aoi]~|nega|smenti~|confut~|contest~|dubit~|mettere in dubbio)
        (?:non è vero|è falso|falso) che (?:nessun~|non|mai|niente|nulla)
        neg\w+(?: \w+)?? (?:l'ingresso|l'accesso|l'entrata|il visto|l'asilo|il permesso|il diritto|i diritti|l'aiuto
            |le cure|cure|il passaggio|l'esistenza)
        non {_ADV}\w+(?:rà|ranno|remo)(?! (?:vietat|chius|rinviat|introdott|obbligatori|confiscat|abolit|sospes))
        senza (?:alcuna |nessuna |la minima |uno straccio di |portare |fornire |presentare )*(?:prov[ae]|indizi)
        (?:non|mai) (?:ha |hanno )?(?:mai )?(?:fornit|presentat|portat|mostrat|prodott
            |esibit)\w* (?:\w+ )?(?:prov[ae]|prove)
        (?:promess|promis|promett|garanti|assicur|impegn)\w* … non \w+(?:rebbe|rebbero|rà|ranno)
        """
    ),
    quality=compiled(
        rf"""
        (?:non|mai) (?:\w+ ){{0,3}}?(?:adeguatamente|correttamente|sufficientemente|seriamente|abbastanza
            |davvero)(?: \w+)?
        non {_ADV}(?:ha |hanno |aveva )(?:fatto|imparato|concluso|cambiato) (?:assolutamente )?(?:nulla|niente)
        non {_ADV}{_QUALITY}
        non {_ADV}{_HA} {_ADV}(?:stat[oaie] )?(?:{_QUALITY}|un|una|uno|il|lo|la|i|gli|le|così|pront|capac|in grado
            |un'|ancora)(?!\w*(?:ttat|bombard))
        (?:nessuno|nessun \w+|nessuna \w+|nulla|niente)(?: (?:in|di|del|dei|al|a|ha|si|ci|vi|gli|lo
            |la))*?(?: \w+)?? {_QUALITY}
        (?:mai|neanche) {_ADV}{_QUALITY}
        non (?:c'è|ci sono|c'era|c'erano|esiste|esistono|ci sarà|vi è|vi sono|resta|rimane)(?: (?:nessun|nessuna
            |alcun|alcuna|più|mai|un|una|la|il|vera|né|stato|stata))*(?: \w+)?? ?(?:l')?{_ABSTRACT}
        ^nessun[oa]?(?: \w+)? {_ABSTRACT}
        """
    ),
    subordinate=compiled(
        r"""
        (?:perché|poiché|anche se|sebbene|benché|mentre|quando|se|cui|i quali|le quali|il quale|la quale|dove
            |affinché|prima che|siccome|chi)(?!\w)[^,;]*
        (?:i|gli|le|la|il|lo|un|una|ai|agli|alle|dei|degli|delle|,) ?(?:[\w-]+,? )?che non(?: [^\s,;]+){1,6}
        \w+(?:ati|ini|oni|eri|ari|anti|enti|iani|ardi|essi|osi|ti|ni|ri|i) che non(?: [^\s,;]+){1,6}
        (?:,|;|–|—)? ?(?<!\w)(?:ma|bensì|però)(?!\w)[^;]*
        , e(?!\w)[^;]*
        """
    ),
    refuting=compiled(
        rf"""
        (?:neanche|nemmeno|neppure|né) (?:una? )?(?:goccia|traccia|grammo|parola|ombra|briciola) di
        (?:vivono|esistono|vive) solo (?:in|nel|nella|nelle|nei|su)
        (?:,|;) non (?:davanti|nel|nella|al|alla|sul|sulla|con|dentro) \w+
        altro che
        esclud\w+ (?:l'|la |il |lo |che |ogni |un )
        (?:leggenda|fandonia|panzana|frottola|fantasia)(?: \w+)?
        (?:esiste|esistono) solo (?:nella|nei|nelle|in)
        .+(?::|–|—|-) ?(?:falso|bufala|fake|è falso|smentito)\W*$
        (?:mai|non ho|non ha|non hanno|non abbiamo) (?:mai )?(?:dett|scritt|firmat|preso|ricevut|ordinat)[aeio]?(?!\w)
        ^(?:rettifica|correzione|errata corrige)(?!\w)
        non (?:fu|è stat[oa]|era|è|sono stati|erano) (?:[\w'-]+ ){{1,8}}?(?:ma|bensì)
        (?:,| e) non (?:un|una|di|in|il|la|da|dal|del|a|per|l')(?: |\w)\w*
        (?:macché|ma quale|ma quali|altro che)
        {_CLAIM} … (?:non regge|non reggono|cade|crolla|si sgonfia|inventat|ritirat|rettificat|corrett)~
        (?:presunt|supposto|sedicent)~ … (?:era|erano|si è rivelat|si è dimostrat|è risultat|in realtà)~
        (?:abbiamo|avevamo|ha|hanno) (?:sbagliato|rettificato|ritrattato)
        (?:esclu)~ (?:la |l'|il |un |una |ogni |che )(?:pist|ipotes|attentat|dolo|matrice|origine|natura|sabotag
            |coinvolg)~
        (?:frase|citazione|foto|immagine|video|lettera|documento|audio)(?: [\w'-]+){{0,5}}? non (?:è|sono|era) (?:di
            |del|della|dell'\w+|real[ei]|autentic~|recent~|stat~)
        niente del genere|nulla del genere
        (?:defin|boll|liquid)~ (?:\w+ ){{0,3}}?{_CLAIM}(?: [^\s;]+){{0,6}}? {_FALSE}
        non {_ADV}(?:addestr|form|costruisc|compr|vend|raccogli|test|tortur|giustizi|deport|rapi|censur|blocc
            |cancell|sorvegli|spi|impiant|spruzz|falsific|rub|bruci|vaccin|costring|recluta|arm|trasport|immagazzin
            |tass|fabbric|allev|prelev|conserv)(?:a|ano|e|ono|isce|iscono)
        (?:privo|priva|prive|privi) di (?:ogni |qualsiasi )?fondamento
        inventat[oaie] di sana pianta
        ^(?:verifica|fact-?check\w*|verdetto)?\W*(?:falso|fake|fake news|bufala|menzogna|mito|disinformazione|hoax
            |falso allarme|notizia falsa|è falso|non è vero|smentita|smentito|infondato|bugia|ingannevole
            |nessuna prova|fuorviante) ?(?::|–|—|!|\.|\||,)(?! (?:o|vero))
        ^(?:verifica|fact-?check\w*)?\W*no(?:,|:|\.|!| –| —)
        (?:non (?:è|era|sono|erano|risulta|corrisponde|sarebbe)|nulla di) (?:affatto |assolutamente
            |\w+mente )?(?:vero|vera|veri|vere|corretto|corretta|esatto|così|al vero|reale|a verità)
        (?:è|sono|era|sarebbe) (?:totalmente |completamente |assolutamente |del tutto )?(?:fals[oaei]|una bufala
            |un mito|una menzogna|scorretto|errato|inesatto|una bugia) (?:che|dire|affermare|sostenere)
        (?:smenti|confut|sbugiard|contradd|sment)~
        neg(?:a|ano|ato|ava|avano|ò|arono|ando|are|hi)(?!\w)
        (?:respin|rigett|esclud|esclus|bolla|definis)~ (?:[\w']+ ){{0,6}}?(?:{_CLAIM}|che|di|come fals~|accus~)
        {_CLAIM}(?: [^\s;]+){{0,14}}? (?:è|sono|era|erano|si è rivelata|si è rivelato|si sono rivelate|risulta
            |risultano|è stata|è stato|sono state|privo|priva|prive) (?:\w+ ){{0,4}}?(?:{_FALSE}|fondamento
            |di fondamento)
        (?:fals|infondat|errat|ingannevol|fuorviant|inventat)[aeio] {_CLAIM}(?= (?:su|sul|sulla|che|di|secondo|sui
            |sulle|circa))
        (?:non (?:ci sono|c'è|esist\w+|vi sono|vi è|c'erano|risulta\w*|ha|hanno|è stata trovata|sono state trovate
            |sono stati trovati)|nessuna?|nessun|alcuna|priv[oaie] di|zero) (?:\w+ ){{0,3}}?(?:prov[ae]|evidenz[ae]
            |indizi[o]?|tracc[ei]a?|fondamento|riscontr[oi]|conferm[ae]|legam[ei]|pian[oi]|intenzione
            |collegament[oi]|element[oi]|segn[oi])
        (?:nulla|niente|nessun\w* \w+) (?:prova|dimostra|indica|suggerisce|conferma)
        (?:contrariamente a|nonostante|a dispetto d~|al contrario di|diversamente da) (?:\w+ ){{0,4}}?(?:{_CLAIM}
            |quanto|ciò che)
        (?:nulla|niente) a che (?:fare|vedere)
        (?:non|mai) {_ADV}(?:è|sono|era|sia|siano) (?:mai |stat[oaie] )*(?:avvenut|accadut|esistit|success
            |verificat)~
        non (?:è|sono|era|erano|sarebbe) (?:\w+mente |affatto |in alcun modo )?(?:coinvolt|responsabil|colpevol
            |dietro|implicat|legat|collegat|parte in)~
        non {_ADV}(?:intend|prevede|prevedono|pianific|prepar|progett|contien|contengon|caus|provoc|alter|modific
            |diffond|trasmett|mostr|uccid|finanzi|fornisce|fornisc|bombard|attacc|usa|usano|utilizz|viet|obblig
            |impon|invia|inviano|esist|sterilizz|partecip|interferi|interven|aument|produc|appartien|raffigur|ritra
            |cambia|introduc|confisc|elimin|chiud|abolis|influenz|comport|rend)~
        non {_ADV}(?:ha|hanno|aveva) (?:\w+ )?(?:intenzione|in programma|previsto|alcun ruolo)
        """
    ),
    verdict=compiled(
        rf"""
        ^(?:il |la |le |l'|i |questo |questa )(?:video|foto|immagin[ei]|filmato
            |registrazione)(?: [\w'-]+){{0,8}}? (?:è del (?:19|20)\d\d|risale|risalgono|vecchi[oae]|fuori contesto
            |decontestualizzat~|generat~ con|è stat[oa] (?:girat|scattat)[oa] (?:in|a|nel))
        ^(?:ma |però |in realtà,? |di fatto,? |tuttavia,? )?(?:è|sono|si tratta di|questo|questa|queste|questi|ciò
            |tutto|il video|la foto|l'immagine|la notizia)(?: [\w']+){{0,5}}? (?:{_FALSE})
        ^(?:ciò |questo |ma )*non (?:è|sono) (?:\w+ )?(?:vero|così|reale|corretto|vera)
        ^(?:falso|bufala|è falso|non è vero|una bufala|pura menzogna|notizia falsa|niente di vero|fake)(?:\W*$
            |[,:;.!–—-])
        ^è (?:tutto )?(?:{_FALSE}|una bufala|un falso|una menzogna)
        (?:niente|nulla) di (?:tutto )?(?:questo|ciò|vero)
        (?:smentit|smentisc|nega|negat|respin)~ (?:questo|questa|queste|questi|ciò|tutto)
        non ci sono (?:\w+ )?prove
        """
    ),
    negation=compiled(
        rf"""
        ^nessun~ ?\w+
        mai \w+(?:at|ut|it|tt|st|rt|ss|nt|rs|ett)[oaie](?!\w)
        né (?:l'|il |la |i |gli |le )?(?:[\w'-]+ ){{1,4}}?né (?:[\w'-]+ ){{1,4}}?\w+
        non (?:ha|hanno|ho|abbiamo) (?:mai )?(?:lasciat|preso|detto|scritto|firmat|pagat|vendut|comprat|vist|fatt|dat
            |ricevut)~
        (?:non ce n'è|non ce ne sono|non c'è)(?: mai)?(?: stat[oaie])? (?:nessun~|neanche|nemmeno|neppure|traccia)
        (?:nemmeno|neanche|neppure) un[oa']? ?(?:sol[oa] )?(?:[\w-]+ ){{1,5}}?{_HA} {_PART}
        non {_ADV}{_HA} {_ADV}{_PART} (?:nessun~|né|alcun~)
        non {_ADV}{_HA} (?:mai )?(?:cadut|mort|avvenut|arrivat[oaie] (?:nessun|alcun))~
        non {_ADV}{_HA} {_ADV}(?:stat[oaie] )?{_PART}
        non (?:c'è|ci sono|c'era|c'erano|vi è|vi sono|esiste|esistono|ci fu|ci furono|esisteva) (?:stat[oaie] |mai
            |più )*(?:nessuna?|nessun|alcun|alcuna|nessun'|alcun')? ?\w+
        non {_ADV}(?:sta|stanno|stava|stavano) \w+ndo
        non (?:ci sarà|ci saranno) (?:alcun|alcuna|nessun|nessuna)? ?\w+
        (?:nessuno|nessun|nessuna|nessun') ?(?:[\w-]+ ){{0,6}}?{_HA} (?:mai |stat[oaie] )*{_PART}
        (?:nessuno|nessun \w+|nessuna \w+) (?:sta|stanno|prepara|pianifica|morì|intende)
        mai {_HA} {_PART}
        non (?:sarà|saranno|verrà|verranno) (?:vietat|chius|rinviat|introdott|obbligatori|confiscat|abolit|sospes
            |inviat|aumentat|congelat|annullat)~
        non {_ADV}\w{{3,}}(?:ò|arono|irono|erono|ì|ettero|sero|se)
        """
    ),
    attributing=compiled(
        r"""
        (?:(?:ha|hanno) (?:descritto|definito|bollato|parlato|ricordato)|descrive|descrivono|definisce|definiscono
            |parla di)
        (?:ha|hanno|aveva|avevano|è stato) (?:\w+mente )?(?:affermat|dett|dichiarat|annunciat|riferit|raccontat
            |spiegat|sostenut|accusat|scritt|denunciat|assicurat|avvertit|aggiunt|sottolineat|rivelat|confermat
            |precisat|segnalat|riportat|comunicat)~
        (?:afferma|affermano|dice|dicono|dichiara|dichiarano|sostiene|sostengono|accusa|accusano|riferisce
            |riferiscono|racconta|raccontano|spiega|denuncia|scrive|scrivono|annuncia|annunciano|si legge
            |si sostiene|insiste|avverte|assicura|assicurano|riporta|riportano|segnala|ritiene|ritengono|disse
            |sottolinea|conferma|confermano)
        (?:secondo|a detta d~|stando a~|a giudizio d~|per il ministro|come riferi~|citando|in una nota|presunt~
            |a dire d~)
        """
    ),
)
