"""French cue words."""

from app.language.stance.cues.notation import Cues, compiled, words

_CLAIM = words(
    "affirmations? allégations? rumeurs? accusations? informations? infos? nouvelles? messages? publications?"
    " récits?"
    " histoires? théories? déclarations? propos thèses? vidéos? photos? intox annonces? posts?"
)
_FALSE = words(
    "faux fausses? fake infondée?s? mensong[eè]~ mensongers? trompeu~ erronée?s? inexacte?s? inventée?s? intox"
    " canular~"
    " démentie?s? mythe~ fabriquée?s? bidon désinformation hoax absurde~ montage mensonge~ truquée?s? contrevérité~"
)
_QUALITY = words(
    "veu[tx] veulent voul~ aim~ souci~ respect~ compren~ compris compr[iî]~ s[ac]v~ sait su savent savait croi~ cru"
    " pens~ besoin mérit~ fonctionn~"
    " march(?:e|ent|é) protèg~ protég~ aid(?:e|ent|é|er|ait) signifi~ sembl~ paraît sen[st]~ entend~ écout~"
    " appr[ei]~ tenu tien~ rempl~"
    " fourni~ présent~ prouv~ donn~ offr~ offert permet~ permis autoris~ confiance crai[gn]~ cach~ arrêt~ hésit~"
    " réussi~ parv[ei]n~"
    " reconn~ accept~ soutien~ souten~ profit~ pay~ payé résol~ résou~ amélior~ oubli~ pardon~ reç~ recev~ essay~"
    " consid~"
    " trait~ contrôl~ appartien~ suffi~ surviv~ survécu répond~ réag~ condamn~ mentionn~ di[st] dire disent parl~"
    " gagn~ perd~"
    " été_(?:un|une|prêt~|capable~|à) intéress~ peu[tx] peuvent pouv~ pourra~ pu doi[tv]~ dev~ mieux ose~ importe"
    " vaut val~ viv~ vécu voi[rts]~ voient vu remarqu~"
    " plaî~ arriv~ parvenu~ reven~ puni~ sanctionn~ informé~ consulté~ sert serv~ mange~ vient_à identifié~ nommé~"
    " tradui~ fai[st]_(?:rien|confiance|qu')~"
    " explique~ expliqué~ précis~ reste cess~ démord~ intéresse_à chang~_rien"
).replace("_", " ")
_ABSTRACT = words(
    "liberté~ démocrat~ unité avenir espoir~ paix alternative~ choix doute~ justice chance~ sens raison~ besoin~"
    " argent"
    " loi~ règle~ confiance différence~ limite~ fin place vainqueur~ respect vérité souverain~ indépendan~ légitim~"
    " consensus volonté solution~ ordre soutien stratégie~ opposition secret~ conscience nation~ peuple~ pays"
    " états?"
    " droits? ami~ honte moral~ culture~ sécurité protection médicaments? médecins? nourriture travail aide temps"
    " retour"
    " mieux pire plus moyen réaction~ question scrupule~ issue excuse~ intérêt mystère hasard"
)
_PAS = r"(?:pas|jamais|point|nullement|aucunement|guère)"
_NE = r"(?:ne |n')(?:\w+ |s'|l'|y |en |lui |se |me |les |la |le )?"
_AUX = r"(?:a|ont|avait|avaient|aurait|auraient|ait|aient|est|sont|était|étaient|fut|furent|soit|soient|aura|serait)"

CUES = Cues(
    asking=compiled(
        r"""
        (?:rumeur|fait|officiel|vrai|arnaque|vérité) ou (?:une? )?(?:rumeur|fait|réalité|arnaque|fraude|faux|blague)
        à vérifier(?!\w)
        (?:pouvez-vous|pourriez-vous|peut-on|pouvez|pourriez|quelqu'un|merci de|merci d'|svp|s'il vous plaît|aidez
            |dites-moi|dites-nous|dis-moi) … (?:vérifi|confirm|savoir|sait|éclair|dire|précis|renseign
            |ce qu'il en est|si|s'il)~
        ^(?:bonjour\W+|salut\W+|bonsoir\W+)?(?:sait-on|dites-moi|vérifiez|pouvez-vous|pourriez-vous|savez-vous
            |quelqu'un)
        (?:je ne sais pas|je sais pas|j'ignore|aucune idée|pas sûre?|je doute|je me demande|j'aimerais|je voudrais
            |je cherche)(?: [\w']+){0,3} (?:si|s'il|s'ils|savoir|qui|quoi|que croire|confirmation|à savoir)
        (?:vrai|info|réel|vraie|authentique|ia|photo|sérieux),? ou (?:faux|fausse|intox|ia|pas|montage|non|fake
            |canular|truqué~|bidon|vieux)
        curieu~ de savoir
        ^(?:et |mais |alors |donc |or )?(?:est-ce|est-il|serait-ce|est-elle|y a-t-il|y aurait-il|existe-t-il
            |vrai ou faux|faut-il|peut-on)(?!\w)
        est-ce que|est-ce qu'
        (?!peut-|dit-|a-t-|affirme|ajoute|explique)\w+-(?:t-)?(?:il|elle|ils|elles|on)(?= \w+(?:é|er|ir|re|és|ée|u
            |it|is|ent)\W?[\w ]*)(?! a | dit)
        (?:demand|vérifi|interrog|sav|ignor|enqu[êe]t|cherch|regard|examin|question)~(?: [\w-]+){0,4}? (?:si|s'il
            |s'ils)(?!\w)
        (?:sait|savez|sais|savoir|pas clair|incertain|reste à savoir|pas sûr|ne sait pas) (?:\w+ ){0,2}?(?:si|s'il
            |s'ils)(?!\w)
        (?:quelqu'un|qui) (?:\w+ |peut-il |sait-il |pourrait-il |aurait-il ){0,2}?(?:confirmer|sait|vérifier|entendu
            |savoir|dire|informations?)
        (?:vrai|réalité|info|vérité|réel|authentique),? ou (?:faux|fausse?|intox|mythe|fiction|mensonge|fake|rumeur
            |non|pas|montage|canular)
        (?:info ou intox|intox ou info|mythe ou réalité|faux ou vrai|rumeur ou réalité)
        """
    ),
    verifying=compiled(
        r"""
        ^(?:et |mais |alors )?(?:est-ce|est-il|vrai|vraiment|info ou|qu'en est-il|cette|ce|réel|que dit|faux)
        (?:vrai|vraie|réel|réelle|authentique|exact|exacte|intox|le cas|vraiment)\W*\?
        """
    ),
    tags=compiled(
        r"(?:,|–|—|-|\.) ?(?:n'est-ce pas|non|hein|pas vrai|d'accord|vrai|si|ok|ou quoi|vous ne trouvez pas|pas"
        r" étonnant|comprenez-vous)\W*\?"
    ),
    exempt=compiled(
        rf"""
        (?:ne |n')(?:\w+ )?(?:les |l'|leur )?\w* ?pas (?:laiss|permis|autoris)~
        n'\w+ aucune (?:compétence|idée|notion|formation|expérience)
        (?:ceux qui|qui) ni(?:e|ent) [^,;:]*
        ^nier(?!\w)
        sans (?:[\w']+ ){{0,4}}?preuves?
        non (?:seulement|plus)
        (?:ne |n')(?:\w+ |s'|se |l'|y ){{0,3}}?\w+ (?:pas|point) (?:seulement|que|uniquement|toujours|encore|moins
            |seul|étonnant|surprenant|par hasard|de doute|assez)
        (?:personne|nul|on|aucun~|qui|rien|ne|n'|impossible|difficile|sans|peu)(?: [\w']+){{0,5}}? (?:de |ne |n'|à
            |pas )*(?:peu[tx] |peuvent |pouvoir |saurait |saura )?(?:ni(?:er|e|ent|é)|contest~|réfut~|dément~|dout~)
        (?:n'est|n'a|il n'est) (?:pas|jamais) (?:faux|contesté|nié|démenti)
        (?:faux|pas vrai) (?:que|qu'|de dire que) ?(?:personne|nul|rien|aucun|il n'y a)
        refus\w+ (?:l'|le |la |les |d'|à |aux? |son |leur )*\w+
        sans (?:la moindre |aucune |le moindre |apporter |fournir |présenter )*(?:preuve|indice)~
        (?:n'|ne )\w+(?: {_PAS})? (?:apport|fourn|présent|produi|avanc|donn)\w+ (?:\w+ |la moindre )?(?:de
            |d')?(?:preuve)~
        (?:n'a|n'ont) (?:apporté|fourni|présenté) aucune preuve
        (?:promis|promett~|assur~|garanti~|engag~) … (?:ne|n')(?: ?\w+){{1,4}}? pas
        """
    ),
    quality=compiled(
        rf"""
        (?:n'|ne )\w* ?(?:\w+ )?(?:jamais|pas) (?:été )?(?:correctement|suffisamment|sérieusement|vraiment|assez
            |dûment)(?: \w+)?
        (?:n'|ne )\w+ rien (?:fait|compris|appris|changé|donné|apporté|entrepris)
        {_NE}(?:[\w']+ ){{1,4}}?(?:plus|que|guère|qu')(?! (?:été|d'attaque))
        {_NE}(?:[\w']+ )??(?:{_QUALITY})(?: [\w'-]+)?? {_PAS}(?! \w+ (?:été|pas))(?= (?!été |eu |\w+(?:é|és|ée|ées
            |it|is|u|us|i)(?!\w)))
        {_NE}(?:{_QUALITY}) (?:[\w'-]+ )?{_PAS}(?=\W*$|[,.;])
        (?:ne |n')[\w']*(?: [\w']+)?? ?{_AUX} {_PAS} (?:\w+ment |encore |même |été )?{_QUALITY}
        n'{_AUX} (?:{_PAS} )?(?:un |une |le |la |les |des |de |si |aussi |très |plus |prêt|capable|en mesure|là )\w*
        (?:ne |n')(?:peu[tx]|peuvent|pourra\w*|pouv\w+|doi\w+|dev\w+|saura\w*|faut|veu\w+|voul\w+|sont|est|sera
            |seront) (?:\w+ )?{_PAS}(?! (?:prévu|en train|\w+(?:é|ée|és|ées)(?! à)))
        (?:ne |n')\w+(?:ra|ront|rez|rons) (?:{_PAS}|aucun~|personne|rien)(?! (?:mis|interdit|reporté|annulé|fermé
            |supprimé|obligatoire))
        (?:il n'y a|n'y a|n'y avait|n'existe|n'y aura) (?:\w+ment )?(?:{_PAS} |plus |aucune? |ni |pas de
            |pas d')*(?:de |d'|l')?(?:\w+ )?{_ABSTRACT}
        aucune? (?:\w+ )?{_ABSTRACT}
        (?:personne|nul|rien|aucune? [\w-]+) (?:\w+ |d'\w+ |en \w+ |à \w+ )?(?:ne |n')(?:\w+ |l'|y |en
            |s')?{_QUALITY}
        """
    ),
    subordinate=compiled(
        r"""
        (?:qui|dont|parce que|parce qu'|puisque|puisqu'|si|quand|lorsque|lorsqu'|alors que|tandis que|bien que
            |afin que|pour que|auxquel~|lesquel~|laquelle|lequel|où|avant que)(?!\w)[^,;]*
        (?:,|;|–|—)? ?(?<!\w)(?:mais|or|tandis)(?!\w)[^;]*
        , et(?!\w)[^;]*
        """
    ),
    refuting=compiled(
        rf"""
        (?:pas|ni) (?:une? )?(?:goutte|trace|gramme|ombre|mot|once) d[e']
        (?:ne vivent|n'existe~|ne vit) que (?:dans|sur)
        (?:,|;) pas (?:en|à|dans|devant|du|au|sur|chez|aux) ?\w+
        loin d'\w+
        (?:n'exist|n'ont exist|n'a exist)\w* que dans
        .+(?::|–|—|-) ?(?:faux|intox|fake|infox|c'est faux)\W*$
        (?:je|nous|il|elle|ils) (?:n'ai|n'avons|n'a|n'ont) (?:\w+ )?(?:jamais|pas|rien|aucun~)? ?(?:dit|écrit|signé
            |touché|reçu|pris|tenu)
        ^(?:rectificatif|correction|erratum|mise au point)(?!\w)
        n'(?:est|était|sont) (?:pas|nullement) (?:mort|décédé|blessé|arrêté)~
        ce n'est pas (?:[\w'-]+ ){{1,8}}?(?:qui|mais)
        c'est (?:[\w'-]+ ){{1,8}}?et non
        (?:,| et) non (?:pas )?(?:un|une|le|la|des|en|à|de|du|au|par) ?\w*
        {_CLAIM} … (?:ne repos~ sur (?:rien|aucun~)|ne tien~ pas|s'effondr~|ne résist~ pas|a été (?:rectifi|retir
            |démenti)~)
        (?:prétendu|soi-disant|supposé)~ … (?:était|n'était|est en fait|s'est avéré|s'est révélé|se révèle|s'avère)~
        (?:exclu|exclut|excluent|écarte|écarté|écartent) (?:la |l'|toute |le |tout )?(?:piste|thèse|hypothèse|acte
            |origine|idée|scénario)~
        (?:citation|phrase|photo|image|vidéo|affiche|lettre|document)s?(?: [\w'-]+){{0,5}}? (?:n'est|ne sont|n'était
            |ne provien~|ne vien~) pas
        rien de tel
        (?:qualifi|trait|dénonc)~ (?:[\w']+ ){{0,3}}?{_CLAIM}(?: [^\s;]+){{0,6}}? {_FALSE}
        (?:inventée?s?|montée?s?|créée?s?|fabriquée?s?) de toutes? pièces?
        (?:ne |n')(?:form|entraîn|constru|achèt|vend|collect|test|tortur|exécut|déport|enlèv|censur|bloqu|supprim
            |surveill|espionn|implant|pulvéris|falsifi|vol|brûl|vaccin|forc|mobilis|recrut|arm|transport|stock|ferm
            |tax|gèl|fabriqu|élèv|prélèv|cach)(?:e|ent|t|ssent) (?:\w+ )?(?:pas|aucun~|jamais)
        (?:sans fondement|dénuée?s? de (?:tout )?fondement|monté~ de toutes pièces|inventé~ de toutes pièces
            |pure invention)
        aucune preuve(?: \w+){{0,2}}? (?:ne |n')\w+
        ^(?:vérification|fact-checking|factcheck|fact-check|verdict|info)?\W*(?:faux|fake|fake news|intox|mensonge
            |mythe|canular|désinformation|hoax|infox|trompeur|fausse alerte|fausse information|fausse rumeur
            |fausse nouvelle|c'est faux|démenti|infondé|pas de preuve|inexact|contre-vérité) ?(?::|–|—|!|\.|\|
            |,)(?! (?:vrai|ou))
        ^(?:vérification|fact-checking|factcheck|fact-check)?\W*non(?:,|:|\.|!| –| —| :)
        (?:il est |c'est |est |il serait |il était )?(?:totalement |complètement |entièrement |absolument )?(?:faux
            |inexact|mensonger|erroné|fausse) (?:de|d'\w+|que|qu'\w+)
        (?:n'est|n'était|ne serait|n'est absolument|est) (?:pas|point|nullement|en rien) (?:vrai|vraie|exact|exacte
            |le cas|avéré|avérée|fondé|fondée|véridique|établi|correct)
        (?:démen(?:t|ti|tie|tis|ties|tent|tait|tir|tant|tis)|réfut~|dément~|nie|nient|niait|niaient|nié|niant
            |démystif~|contredi~|infirm(?!i)~|conteste~|contesté~|a nié|ont nié)
        (?:rejet|balay|écart|récus|repouss)~ (?:[\w']+ ){{0,5}}?(?:les |la |le |ces |cette |des )?(?:{_CLAIM}|idée
            |hypothèse)
        {_CLAIM}(?: [^\s;]+){{0,14}}? (?:est|sont|était|étaient|s'avère|s'est révélée?|se sont révélées?|serait
            |ont été|a été|relève) (?:[\w']+ ){{0,4}}?(?:{_FALSE})
        (?:fausse|infondée|mensongère|erronée|trompeuse)s? {_CLAIM}(?= (?:sur|selon|que|qui|circul~|de|affirm~
            |concernant|à propos))
        (?:rien|aucun élément|aucune étude|aucune donnée|aucun document)(?: [\w']+){{0,2}}? (?:ne |n')(?:permet
            |prouv|indiqu|démontr|montr|confirm|attest|sugg|établi|étay|vient|a|laisse)~
        (?:aucune?|pas de|pas d'|pas la moindre|nulle|ni) ?(?:\w+ )?(?:preuves?|indices?|traces?|fondement
            |confirmation|évidence|élément~|lien~|trace|rapport|signe~)
        (?:contrairement à|malgré|en dépit d~|à rebours d~|contrairement aux?) (?:[\w']+ ){{0,4}}?(?:{_CLAIM}|ce que
            |ce qu'|qui)
        rien à voir
        {_NE}(?:\w+ )?(?:jamais|pas) (?:eu lieu|existé|été question|impliqué|produit|arrivé)
        (?:ne |n')(?:sont|est|était|étaient|serait|seraient) (?:pas|en rien|nullement) (?:impliqu|responsabl
            |derrière|coupabl|mêl|liée?s?|en cause|partie)~
        (?:ne |n')(?:prévoi|envisag|prépar|compt|planifi|projett|contien|provoqu|caus|modifi|propag|transm|montr|tue
            |tuent|financ|livr|fourni(?:t|ssent)|bombard|attaqu|utilis|interdi|oblig|impos|envoi|envoy|existe
            |existent|change pas l|stérilis|dat|particip|interv|augment|entraîn|comport|figur|représent|affect|altèr
            |rend)~ (?:\w+ )?(?:pas|aucun~|nullement|jamais)
        n'a(?:vait|uraient)? (?:pas|aucunement|jamais|nullement) l'intention
        n'ont (?:pas|aucunement) l'intention
        aucune? (?:intention|projet|plan|rôle|implication|responsabilité|part)
        """
    ),
    verdict=compiled(
        rf"""
        ^(?:la |cette |ces |les |l'|le )(?:vidéo|photo|image|séquence|cliché
            |enregistrement)s?(?: [\w'-]+){{0,8}}? (?:date (?:de|du)|datent (?:de|du)|ancienne?s?|hors contexte
            |de son contexte|générée?s? par|a été (?:prise|tournée|filmée) en)
        ^(?:mais |or |en réalité,? |en fait,? |pourtant,? )?(?:c'est|ce sont|il s'agit d'un~|il s'agit d~|cela est
            |cette|ces|ce|cela|tout cela|l'information|la vidéo|la photo|l'image)(?: [\w']+){{0,6}}? (?:{_FALSE}
            |inexact|pas vrai)
        ^(?:c'est|cela est|tout est) (?:{_FALSE}|inexact|totalement faux)
        ^(?:faux|intox|c'est faux|mensonge|non, c'est|pure invention|fausse information|infox|canular)(?:\W*$
            |[,:;.!–—-]| :)
        (?:rien|aucun~) (?:\w+ )?(?:de tel|ne (?:le )?(?:prouve|confirme)|n'est vrai)
        (?:dément|démenti|nie|nié|réfute~|démentent) (?:\w+ )?(?:ces|cette|les|la|l'|le)
        ce n'est pas (?:vrai|le cas|exact|réel)
        """
    ),
    negation=compiled(
        rf"""
        ^pas (?:de |d'|le moindre |la moindre )(?:[\w'-]+ ?){{1,6}},
        ^aucun~ \w+
        ni (?:l'|le |la |les )?(?:[\w'-]+ ){{1,4}}?ni (?:[\w'-]+ ){{1,4}}?(?:n'|ne )\w+
        je n'ai (?:jamais |pas |rien |aucun~ )
        pas un~ seule?s? (?:[\w'-]+)
        n'(?:est|a|ont|sont|était) pas (?:mort|blessé|venu|parti|arrivé|tombé|né|touché)~
        pas un(?:e)? (?:seule? )?(?:[\w'-]+ ){{1,5}}?(?:ne |n')\w+(?: \w+)?
        (?:ne |n')(?:\w+ )?{_AUX} (?:\w+ )?(?:pas |jamais )?\w+(?:é|és|ée|ées|i|is|u|us|it|ert) (?:\w+ )?(?:ni
            |aucune?|personne) (?:[\w'-]+)
        (?:ne |n')(?:s'|l'|les |la |le |y |en |lui |leur |se )*{_AUX} (?:\w+ment |donc |en fait |en rien )?(?:pas
            |jamais|aucunement|nullement|rien) (?:\w+ment |encore |même |d'ailleurs )?(?:été |eu )?(?:[\w]+(?:é|és
            |ée|ées|i|is|it|ie|ies|u|us|ue|ues|ert|ort|orts|eint|aint|ait|ite|ises?|tes?|eu|mis|pris)|lieu)
        (?:ne |n')(?:s'|l'|se )*{_AUX} (?:\w+ )?aucune? \w+
        (?:ne |n')(?:s'|se |y )*\w+ aucune? (?:\w+)
        (?:il n'y a|n'y a|n'y avait|n'y aura|n'y aurait|il n'existe|n'existe) (?:jamais |pas |aucune? |point
            |eu )+(?:de |d')?\w+
        aucune? (?:[\w'-]+ ){{1,6}}?(?:ne |n')[\w']+
        (?:personne|nul|aucun d~) (?:[\w'-]+ ){{0,3}}?(?:ne |n')(?:[\w']+ ){{1,3}}?\w*
        (?:ne |n')(?:sera|seront) (?:pas|ni|aucunement) (?:\w+ )?(?:mis|mise|interdit|reporté|annulé|fermé|supprimé
            |obligatoire|confisqué|gelé|envoyé|mobilisé|augmenté)~
        """
    ),
    attributing=compiled(
        r"""
        (?:(?:a|ont|avait) (?:décrit|qualifié|raconté|évoqué|parlé)|qualifie|qualifient|décrit|décrivent|parle de)
        (?:affirm(?:e|ent|é|ait|ant)|déclar(?:e|ent|é|ait|ant)|(?:a|ont|avait|avaient) (?:dit|lancé|écrit|averti
            |prévenu)|prétend(?:ent|u|ait)?|annonc(?:e|ent|é|ait)|indiqu(?:e|ent|é|ait|ant)|expliqu(?:e|ent|é|ait)
            |assur(?:e|ent|é|ait|ant)|rapport(?:ent|é|ait)|racont(?:e|ent|é|ait)|soutien(?:t|nent)|soutenu|accus(?:e
            |ent|é|ait|ant)|soulign(?:e|ent|é|ait)|précis(?:e|ent|é|ait)|ajout(?:e|ent|é|ait)|estim(?:e|ent|é|ait)
            |dénonc(?:e|ent|é|ait)|alert(?:e|ent|é)|martel(?:é)|rappel(?:le|é)|évoqu(?:e|é)|confirm(?:e|ent|é)
            |révél(?:é)|révèl(?:e|ent)|signal(?:e|ent|é)|disent|dit|averti(?:t)?)
        (?:selon|d'après|à en croire|aux dires d~|au dire d~|de l'avis d~|citant|dans un communiqué
            |pour le ministre)
        """
    ),
)
