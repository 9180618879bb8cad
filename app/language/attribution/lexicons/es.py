"""Spanish."""

from app.language.attribution.lexicons.notation import lexicon

LEXICON = lexicon(
    saying="dijo dijeron dice dicen afirm(?:ó|aron|a|an|aba) declar(?:ó|aron|a) asegur(?:ó|aron|a|an)"
    " señal(?:ó|aron|a|an) indic(?:ó|aron|a) inform(?:ó|aron|a) anunci(?:ó|aron|a) denunci(?:ó|aron|a) sostuv(?:o"
    "|ieron) sostiene[n]? explic(?:ó|aron|a) advirti(?:ó|eron) advierte[n]? agreg(?:ó|aron|a) añad(?:ió|ieron|e)"
    " subray(?:ó|a) alega[n]? alegó manifest(?:ó|aron) insisti(?:ó|eron) insiste[n]? predijo predice vaticin(?:ó"
    "|a) insinu(?:ó|a) escribi(?:ó|eron) escribe[n]? reiter(?:ó|a) coment(?:ó|a) apunt(?:ó|a) confirm(?:ó|aron|a)"
    " cree[n]?",
    denying="neg(?:ó|aron) niega[n]? desmint(?:ió|ieron) desmiente[n]?",
    accusing="acus(?:ó|aron|a|an)_a[l]?_[^.;:]{2,120}?_de",
    spreading="(?:difund(?:e|en|ió)|repit(?:e|en|ió)|promuev(?:e|en))_(?:la|el"
    r"|su)_(?:[\w-]+_){0,2}?(?:historia|narrativa|bulo|teoría|versión)_de_que",
    according="según de_acuerdo_con a_juicio_de en_palabras_de",
    as_said="como",
    that="que",
    between="(?:a|ante|en)_(?:los_|la_|el_|una_|un_|su_)?(?:periodistas|prensa|entrevista|rueda_de_prensa"
    r"|cadena|agencia|diario|sitio_web|televisión|comunicado|Parlamento)(?:_[\w-]+){0,2} también además ayer hoy",
    auxiliary="ha han había habían también además ya luego después antes nuevamente anteriormente se le les",
    clause="cuando mientras pero porque aunque después antes si donde como",
    joining="y pero mientras_que",
    relative="que quien quienes cuyo cuya cual",
    person="él ella",
    group="ellos ellas",
    role="presidente presidenta (?:vice)?ministr[oa] canciller portavoz vocero jef[ea] líder director[a]?"
    " gobernador[a]? alcalde(?:sa)? senador[a]? diputad[oa] embajador[a]? general coronel mayor almirante"
    r" comandante secretari[oa] expert[oa] analista virólog[oa] profesor[a]? doctor[a]? dr\.? dra\.? señor[a]?"
    " bloguer[oa] periodista historiador[a]?",
    body="ministerio centro agencia servicio consejo comité oficina gobierno comisión ejército policía"
    " tribunal partido organización instituto universidad embajada kremlin mando",
    anonymous="funcionarios fuentes? residentes testigos militantes expertos críticos usuarios algunos"
    " muchos otros medios autoridades nadie todos",
    text="versión historia declaración informe comunicado vídeo video artículo mensaje publicación",
    linking="de del la el los las y en a al para por con von bin su sus un una",
)
