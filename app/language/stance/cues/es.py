"""Spanish cue words."""

from app.language.stance.cues.notation import Cues, compiled, words

_CLAIM = words(
    "anuncios? avisos? alertas? cartas? audios? documentos? citas? "
    "afirmaci~ bulos? rumor~ acusaci~ informaci~ noticias? mensajes? publicaci~ relatos? historias? teorías?"
    " declaraci~"
    " alegaci~ alegatos? versi(?:ón|ones) videos? vídeos? fotos? cadenas? denuncias? señalamientos? posts?"
)
_FALSE = words(
    "fals[oa]s? bulos? mentiras? engaños?a?s? infundad[oa]s? erróne[oa]s? inexact[oa]s? inventad[oa]s? mitos?"
    " desmentid[oa]s?"
    " fabricad[oa]s? desinformación fake hoax montaje~ invento~ patraña~ falsedad~ manipulad[oa]s? absurd[oa]s?"
    " ficción"
)
_QUALITY = words(
    "quier~ querí~ quis~ queremos gust~ amar? importa~ respet~ entiend~ entend~ comprend~ sab~ sé supo cree~ creyó"
    " pien[sz]~ necesit~ merec~"
    " funcion~ trabaj~ prote[gj]~ ayud~ signific~ parec~ sient~ oy~ escuch~ aprend~ cumpl~ mantuv~ present~ aport~"
    " prob~"
    " demostr~ demuestr~ d(?:io|ieron|a|an|ado) ofrec~ permit~ dej(?:a|an|ó|aron) confí~ tem~ escond~ ocult~"
    " disimul~ par(?:a|an|ó) dud~ logr~ consig~ reconoc~ acept~ apoy~"
    " benefic~ pag(?:a|an|ó|aron|ado) resolv~ resuelv~ mejor~ olvid~ perdon~ tien~ tení~ tuv(?:o|ieron) recib~"
    " intent~ consider~ trat~ control~ pertenec~"
    " bast~ sobreviv~ respond~ reaccion~ conden~ mencion~ dij~ dic~ habl~ gan~ perd~ pierd~ es son era eran ser"
    " sido fue_(?:un|una|capaz|el|la) está_(?:lista|listo|a|en condiciones)"
    " interes~ pued~ pod~ pud~ deb~ sirv~ vale~ viv~ vio ven ve vieron visto not(?:a|an|ó) lleg~ volvi~ vuelv~"
    " castig~ inform~ consult~ identific~ nombr~ atrev~ alcanz~"
    " explic~ aclar~ precis~ hay_que ha_sabido ha_podido ha_querido soport~ aguant~ preocup~"
    " hac(?:e|en)_(?:nada|caso)"
).replace("_", " ")
_ABSTRACT = words(
    "libertad~ democra~ unidad futuro esperanza~ paz alternativa~ opci(?:ón|ones) duda~ justicia oportunidad~"
    " sentido razón razones"
    " necesidad~ dinero ley(?:es)? reglas? confianza diferencia~ límite~ fin lugar ganador~ respeto verdad soberan~"
    " independen~ legitim~ consenso voluntad solución soluciones orden apoyo estrategia~ oposición secreto~"
    " conciencia nación"
    " pueblo~ país~ estados? derechos? amigos? vergüenza moral cultura~ seguridad protección medicamentos? médicos?"
    " comida"
    " reacción trabajo ayuda tiempo vuelta mejor~ peor~ nada nadie más forma manera que salida excusa~ interés"
    " remedio misterio"
)
_ADV = r"(?:(?:\w+mente|ni siquiera|nunca|jamás|se|le|les|lo|la|los|las|me|nos|te|aún|todavía) )*"
_PAST = r"\w+(?:ó|aron|ieron|ió|eron|ado|ido|ados|idos|ada|ida|adas|idas|jo|zo|vo|uso|cho|sto|rto|ito)"

CUES = Cues(
    asking=compiled(
        r"""
        (?:rumor|hecho|oficial|verdad|estafa|realidad) o (?:es )?(?:una? )?(?:rumor|hecho|estafa|timo|bulo|mentira
            |broma)
        (?:verifiquen|verificad|comprueben|comprobad|confirmen|confirmad|aclaren|aclarad)
        (?:podéis|podrías?|podrían|pueden|puedes|puede|alguien|por favor|agradecer~|ruego|ayuda|me) … (?:verific
            |comprob|confirm|aclar|averigu|decir|decirme|decirnos|mirar|saber|sabe|explic|chequ)~(?: \w+){0,3}? (?:si
            |por favor|esto|esta|este|qué|que|quién)
        ^(?:hola\W+|buenas\W+|buenos días\W+)?(?:alguien|podéis|podrían|pueden|me gustaría saber|busco confirmación
            |a ver si)
        (?:no sé|no sabemos|ni idea|no estoy segur~|dudo|me pregunto|quisiera|me gustaría|busco
            |quiero)(?: \w+){0,3} (?:si|saber|confirmación|creer~|qué creer|quién)
        (?:verdad|real|cierto|foto|auténtic~|ia),? o (?:falso|ia|montaje|bulo|fake|mentira|no|inventado|broma|trola)
        (?:curiosidad|curios~)(?: \w+){0,4} si
        a ver si (?:alguien|podéis|pueden|me)
        ^(?:y |pero |entonces )?(?:es|será|sería) (?:cierto|verdad|real|posible) que(?=[^.]*$)(?! .*\.)
        (?:pregunt|verific|comprob|averigu|analiz|investig|consult|dud|cuestion|revis
            |chequ)~(?: [\w]+){0,5}? si(?!\w)
        (?:quier|querí|quisier|dese)~ saber (?:\w+ )?si(?!\w)
        (?:sab|se desconoce|se ignora|no está claro|no queda claro|incógnita|duda)~ si(?!\w)
        (?:alguien|quién) (?:\w+ ){0,3}?(?:confirmar|sabe|confirme|verificar|decirme|oído|información|explicar)
        (?:verdad|verdadero|cierto|real|realidad|información|auténtico),? o (?:falso|mentira|bulo|mito|ficción|fake
            |rumor|no|montaje|falsa)
        (?:falso|mito|bulo|mentira) o (?:verdad|verdadero|realidad|cierto|real)
        ¿
        """
    ),
    verifying=compiled(
        r"""
        ¿(?:y |pero )?(?:es|son|será|verdad|cierto|qué hay|real|de verdad|en serio|está|ocurrió|pasó|bulo|falso)
        (?:cierto|verdad|real|reales|auténtic\w+|verdadero|así)\W*\?
        """
    ),
    tags=compiled(
        r"(?:,|–|—|-|\.|:)? ?¿(?:verdad que sí|a que no|verdad|no|cierto|no es así|no es cierto|no es verdad|eh"
        r"|vale|a que sí|no crees|no"
        r" creen|entienden|o no|sí|no te parece)\W*\?"
    ),
    exempt=compiled(
        r"""
        (?:les|le|nos|me) (?:nieg|neg)~
        (?:nieg|neg)~ (?:el|la|los|las|un|una) [\w-]+ (?:a|al)
        ^negar(?!\w)
        quien(?:es)? (?:nieg|neg)~
        sin (?:\w+ ){0,4}?(?:pruebas?|evidencias?)
        no (?:fue|fueron|es|son) (?:una |ninguna )?(?:casualidad|coincidencia|azar)
        no (?:solo|sólo|solamente|únicamente|obstante|más|menos|tanto|sin|por|cabe duda|en vano|es de extrañar
            |es casualidad|hay duda)
        ya no \w+
        (?:no se|no|nadie|ninguno|ninguna \w+|imposible|difícil|sin|quién|ni)(?: [\w]+){0,4}? (?:puede |pueden
            |podrá |podría |puedes )?(?:neg[aó]~|nieg~|desment~|desmient~|rebat~|refut~|discut~|cuestion~|dud[ae]~)
        (?:no es cierto|no es verdad|es falso|falso) que (?:nadie|no|nunca|ningun~|nada)
        (?:neg|nieg)~(?: [\w]+)?? (?:la entrada|el acceso|el ingreso|la ayuda|el derecho|derechos|el visado|la visa
            |asilo|el asilo|permiso|el permiso|atención|la atención|el paso|tratamiento|a (?:\w+ )?(?:entregar
            |aceptar|pagar|hablar|negociar|recibir|cooperar|reconocer|\w+(?:ar|er|ir)))(?!\w)
        sin (?:ninguna |ningún |la menor |aportar |presentar |una sola )*(?:prueba|evidencia|indicio)~
        (?:no|nunca|sin) (?:ha |han )?(?:present|aport|mostr|ofrec|proporcion|exhib)\w+ (?:\w+ )?(?:pruebas?
            |evidencias?)
        (?:promet|promes|garantiz|asegur|compromet)\w+ (?:\w+ ){0,3}?que (?:\w+ ){0,4}?no \w+r(?:á|án|ía|ían)
        """
    ),
    quality=compiled(
        rf"""
        (?:no|nunca) (?:\w+ ){{0,3}}?(?:correctamente|suficientemente|debidamente|bastante|lo suficiente
            |en serio)(?: \w+)?
        (?:no|nunca) {_ADV}(?:ha |han )?(?:hecho|hizo|hicieron|aprendido|cambiado) (?:absolutamente )?nada
        no {_ADV}{_QUALITY}
        (?:nunca|jamás|tampoco) {_ADV}(?:ha |han |había )?{_QUALITY}
        no {_ADV}(?:ha|han|había|habían|haya|hayan) {_ADV}{_QUALITY}
        (?:no|nunca) {_ADV}(?:será|serán|podrá|podrán|va a poder|estará|habrá quien|\w+r(?:á|án))(?! (?:prohib|cerr
            |suspend|aplaz|confisc|obligatori|mobiliz|moviliz|elimin))
        (?:nadie|nada|ningún \w+|ninguna \w+|ninguno)(?: \w+)?(?: (?:en|de|del) (?:\w+ )?\w+| ha| le| les| se
            | nos)*? {_QUALITY}
        no (?:hay|hubo|había|habrá|existe|existen|queda|quedan)(?: (?:ni|ningún|ninguna|más|nada|ya|un|una|verdadera
            |la|el))*(?: \w+)?? {_ABSTRACT}
        ^ningun[oa]?(?: \w+)? {_ABSTRACT}
        no (?:está|están|estaba|estaban) (?:\w+mente )?(?:list|prepar|dispuest|a favor|segur|bien|content|clar)\w*
        """
    ),
    subordinate=compiled(
        r"""
        (?:porque|aunque|mientras|cuando|si|cuyo|cuya|cuyos|cuyas|quienes|quien|el cual|la cual|los cuales
            |las cuales|donde|para que|ya que|puesto que|antes de que)(?!\w)[^,;]*
        (?:los|las|el|la|un|una|unos|unas|al|,) (?:[\w-]+,? )?que (?:no|nunca|jamás)(?: [^\s,;]+){1,6}
        (?:,|;|–|—)? ?(?<!\w)(?:pero|sino|mas)(?!\w)[^;]*
        , y(?!\w)[^;]*
        """
    ),
    refuting=compiled(
        rf"""
        ni (?:una |un )?(?:gota|rastro|gramo|palabra|sombra|pizca) de
        (?:solo|sólo|únicamente) (?:viven?|existen?) en
        (?:,|;) no (?:ante|frente|delante|con|sobre|desde|al|a) \w+
        lejos de \w+
        (?:cuento chino|leyenda urbana|falsificación|invención|patraña|invento)
        (?:tacha|tachan|tachó|tilda|tildan|tildó|califica|calificó|califican) de {_FALSE}
        (?:tacha|tilda|califica)~ … (?:invención|patraña|disparate|bulo|fals|mentira|montaje|absurd|ridícul)~
        solo existe~ en (?:la|su|las) (?:imaginación|cabeza|fantasía)
        .+(?::|–|—|-) ?(?:falso|bulo|mentira|fake|engañoso)\W*$
        (?:nunca|jamás) (?:lo |la |los |las |le |se )?(?:tuvo|hizo|hicieron|dijo|dije|dijeron|firmó|existió|hubo|estuvo)
        ^(?:corrección|rectificación|fe de errores)(?!\w)
        no (?:fue|fueron|era|es|son) (?:[\w-]+ ){{1,8}}?sino
        sino (?:de |en |a )?(?:un|una|el|la|los|las)
        (?:,| y) no (?:un|una|de|en|el|la|por|del|a) \w+
        (?:calific|tach|tild)~ (?:\w+ )?de {_FALSE}
        (?:supuest|presunt)[ao]s? … (?:era|resultó|eran|resultaron|es en realidad|no era)~
        {_CLAIM} … (?:se desmoron|se cae|no se sostien|carece|fue retirad|ha sido corregid|se retract)~
        (?:se )?(?:retract|rectific|desdij)(?:ó|aron)
        (?:descart)~ (?:la |el |que |un |una |cualquier )
        (?:frase|cita|foto|imagen|video|vídeo|carta|documento|audio)s?(?: [\w-]+){{0,5}}? no (?:es|son|era) (?:de
            |del|real|auténtic~|actual|reciente)
        nada (?:de eso|parecido|por el estilo)
        (?:calific|tach|tild)~ (?:de )?(?:[\w']+ ){{0,4}}?(?:{_FALSE})(?: \w+){{0,3}}? {_CLAIM}
        (?:calific|tach|tild)~ (?:\w+ ){{0,3}}?{_CLAIM} de {_FALSE}
        no {_ADV}(?:entren|form|constru|compr|vend|recog|prueb|tortur|ejecut|deport|secuestr|censur|bloque|borr
            |vigil|espí|implant|rocí|falsific|rob|quem|vacun|fuerz|reclut|arm|transport|almacen|grav|fabric|crí
            |extra)(?:a|an|e|en|ye|yen)
        (?:tampoco|no|nunca) (?:es|era|fue|resulta) (?:cierto|verdad|correcto)
        (?:carece~|sin) (?:de )?(?:todo |ningún )?fundamento
        se trata de un (?:bulo|engaño|montaje|fake)
        ^(?:verificación|fact-?check\w*|veredicto|chequeo)?\W*(?:falso|fake|fake news|bulo|mentira|mito|engaño
            |engañoso|desinformación|hoax|falsa alarma|noticia falsa|es falso|no es cierto|no es verdad|desmentido
            |sin pruebas|montaje viral|infundado|no hay pruebas) ?(?::|–|—|!|\.|\||,)(?! (?:o|verdadero))
        ^(?:verificación|fact-?check\w*|chequeo)?\W*no(?:,|:|\.|!| –| —)
        (?:no (?:es|era|fue|resulta|son|eran)|nada más lejos de ser|dista de ser) (?:\w+mente )?(?:cierto|cierta
            |verdad|verdadero|verdadera|correcto|correcta|exacto|ciertas|ciertos|así|real)
        (?:es|son|era|resulta|sería) (?:totalmente |completamente |rotundamente |absolutamente )?(?:fals[oa]s?
            |mentira|incorrecto|erróneo|un bulo|un mito|una mentira) (?:que|decir|afirmar)
        (?:desmint|desmient|desment|refut|neg(?:ó|aron|aba|aban|ado|ando|ar)|nieg(?:a|an|ue)|contradi[jc]|desacredit
            |rebat|rebatieron)~(?! (?:el acceso|la entrada))
        (?:rechaz|descart|tach)~ (?:\w+ ){{0,5}}?(?:los |las |el |la |estas |estos )?(?:{_CLAIM}|que|haber)
        {_CLAIM}(?: [^\s;]+){{0,14}}? (?:es|son|era|eran|resultó|resultaron|ha sido|han sido|fue|fueron|carece\w*
            |está) (?:\w+ ){{0,4}}?(?:{_FALSE}|fundamento|desacreditad~|refutad~)
        (?:fals|infundad|erróne|engaños|inventad)[ao]s? {_CLAIM}(?= (?:sobre|que|de|según|acerca))
        (?:no (?:hay|existen?|hubo|había|tiene|tienen|se han? encontrado|se encontr\w+|encontr\w+|hall\w+)|ninguna?
            |ningún|sin que haya|carece\w* de|nula) (?:\w+ ){{0,3}}?(?:pruebas?|evidencias?|indicios?|constancia
            |base|fundamento|rastros?|confirmación|registros?|señales?|planes?|intención|relación|vínculo~|prueba)
        (?:nada|ningún \w+|ninguna \w+) (?:prueba|demuestra|indica|sugiere|confirma|respalda|avala)
        (?:contrariamente a|pese a|a pesar de|en contra de|al contrario de) (?:\w+ ){{0,4}}?(?:{_CLAIM}|lo que
            |difundid~)
        nada que ver
        (?:no|nunca|jamás) {_ADV}(?:ocurri|sucedi|existi|tuvo lugar|tuvieron lugar|pasó|se produj|se celebr)~
        no {_ADV}(?:está|estuvo|están|estaba|estuvieron|tiene|tuvo|es|son|fue|fueron) (?:\w+ )?(?:detrás|implicad
            |involucrad|responsable|culpable|vinculad|relacionad|participación|parte)~
        no {_ADV}(?:plane|prevé|prevén|prepar|pretend|contempl|proyect|contien|caus|provoc|alter|modific|propag
            |transmit|muestr|mat|financi|suministr|bombarde|atac|us|utiliz|prohíb|oblig|impon|impondr|enví|exist
            |esterili|particip|interv|aument|produc|corresponde|pertenec|retrat|afecta|cambi|introduc|aplaz|suspend
            |confisc|elimin|cierr|envi|estudi|magnetiz|difund)~
        no (?:tien|ten)~ (?:\w+ )?(?:intención|planes|previsto|pensado|constancia)
        """
    ),
    verdict=compiled(
        rf"""
        ^(?:la |el |las |los |este |esta )(?:vídeo|video|foto|imagen|imágenes|fotografía
            |grabación)s?(?: [\w-]+){{0,8}}? (?:es de (?:19|20)\d\d|son de (?:19|20)\d\d|data de|antigu~
            |fuera de contexto|sacad~ de contexto|generad~ (?:con|por)|se (?:grabó|tomó) en)
        ^(?:pero |sin embargo,? |en realidad,? |de hecho,? )?(?:es|son|se trata de|esto|eso|esta|este|todo|estas
            |estos|ello|el vídeo|el video|la foto|la imagen|la noticia)(?: \w+){{0,5}}? (?:{_FALSE})
        ^(?:esto |eso |pero |lo cual |ello )*no (?:es|son|fue) (?:\w+ )?(?:cierto|verdad|así|real|correcto)
        ^(?:falso|mentira|bulo|es falso|es mentira|no es cierto|no es verdad|pura mentira|puro bulo|noticia falsa
            |nada de eso|fake)(?:\W*$|[,:;.!–—-])
        (?:nada|nunca) (?:de eso|de esto|de lo anterior|de ello) (?:\w+ )?(?:es|ocurrió|pasó|sucedió)
        (?:desmint|desmient|neg|nieg|refut|rechaz)~ (?:\w+ )?(?:esto|esta|este|estas|estos|eso|esa
            |ese)(?! \w*(?:ofert|préstam))
        no hay (?:\w+ )?(?:prueba|evidencia)~
        """
    ),
    negation=compiled(
        rf"""
        ni (?:hubo|hay|había|fue|se) (?:[\w-]+ ){{1,8}}?ni
        ^ningun[oa]? \w+
        ni (?:el |la |los |las )?(?:[\w-]+ ){{1,4}}?ni (?:[\w-]+ ){{1,5}}?\w+(?:ó|aron|ieron|ado|ido)
        (?:nunca|jamás) (?:lo |la |los |las |le |se )?(?:tuv|hiz|hic|dij|firm|pag|vend|compr|estuv|viaj|fue|existi
            |ocurri|hubo|exist)~
        no (?:ha|han|he|hemos) \w+(?:ado|ido|sto|cho|rto|to) (?:nada|nadie|ningun~|ningún)
        ni (?:una?|un) (?:sol[oa] )?(?:[\w-]+ ){{1,5}}?(?:se |fue |ha )?{_PAST}
        no {_ADV}(?:ha |han |había )?{_PAST} (?:ni|ningún|ninguna)
        no {_ADV}(?:(?:ha|han|había|habían|haya|hayan|hubiera|habría) {_ADV}(?:sido |estado |tenido )?)?{_PAST}
        no {_ADV}(?:fue|fueron|era|eran) (?:\w+mente )?\w+(?:ado|ido|ados|idos|ada|ida|adas|idas|sto|cho|rto|uerto
            |stas|chas|tos|tas)
        no (?:hay|hubo|había|habrá|existe|existen|existió|existían) (?:\w+ )?\w+
        no {_ADV}(?:está|están|estaba|estaban|sigue) \w+(?:ndo)
        (?:nunca|jamás) {_ADV}(?:(?:ha|han|había|habían|hubo) (?:sido )?)?\w+
        (?:nadie|ninguno|ningún|ninguna) (?:[\w-]+ ){{0,6}}?(?:(?:ha|han|había|fue|fueron|está|están) )?{_PAST}
        (?:nadie|ningún \w+|ninguna \w+|ninguno) (?:está|están|prepara|planea|va a|piensa)
        no (?:será|serán|se) (?:prohib|cerr|suspend|aplaz|confisc|obligatori|moviliz|elimin|congel|cancel|introduc)~
        no (?:habrá|va a haber) \w+
        no (?:va|van) a (?:prohib|cerr|suspend|aplaz|confisc|moviliz|elimin|congel|cancel|introduc|envi|sub|cobr
            |impon|oblig)~
        """
    ),
    attributing=compiled(
        r"""
        (?:describ(?:e|en|ió|ieron)|calific(?:ó|a|an|aron)|tach(?:ó|a|aron) de|habl(?:ó|a|aron) de|recordó|recuerda)
        (?:afirm(?:ó|a|an|aron|aba|ado)|dijo|dijeron|dice|dicen|declar(?:ó|a|an|aron)|asegur(?:ó|a|an|aron|ado)
            |señal(?:ó|a|an|aron)|indic(?:ó|a|an|aron)|inform(?:ó|a|an|aron)|anunci(?:ó|a|an|aron)|denunci(?:ó|a|an
            |aron)|acus(?:ó|a|an|aron)|sostuvo|sostien(?:e|en)|sostuvieron|explic(?:ó|a|an)|cont(?:ó|aron)
            |coment(?:ó|a|an)|advirti(?:ó|eron)|advierten?|agreg(?:ó|a)|añadi(?:ó|eron)|subray(?:ó|a)|aleg(?:ó|a|an)
            |manifest(?:ó|aron)|relat(?:ó|aron)|insist(?:e|en|ió)|cree|creen|considera|consideran|revel(?:ó|a|aron)
            |confirm(?:ó|a|aron)|escribi(?:ó|eron)|public(?:ó|a|aron)|circula|report(?:ó|a|an|aron)|apunt(?:ó|a))
        (?:según|de acuerdo con|a juicio de|en palabras de|conforme a|citando a|al decir de|supuestamente
            |en un comunicado)
        """
    ),
)
