"""French."""

from app.language.attribution.lexicons.notation import lexicon

LEXICON = lexicon(
    saying="dit disent affirm(?:é|e|ent|ait|a) déclar(?:é|e|ent|ait|a) prétend(?:u|ent|ait)? annonc(?:é|e"
    "|ent|ait|a) indiqu(?:é|e|ent|ait|a) expliqu(?:é|e|ent|ait|a) assur(?:é|e|ent|ait|a) rapport(?:é|e|ent)"
    " soutien(?:t|nent) soutenu soulign(?:é|e|ent|ait) précis(?:é|e|ent|ait) ajout(?:é|e|ent|ait) estim(?:é|e|ent"
    "|ait) dénonc(?:é|e|ent) averti(?:t|ssent)? prédi(?:t|sent) prévenu prévient lanc(?:é|e|ait) martel(?:é|e)"
    " écri(?:t|vent) confirm(?:é|e|ent) révél(?:é|e) insist(?:é|e|ent) laiss(?:é|e)_entendre répét(?:é|e)"
    " croi(?:t|ent)",
    denying="démenti(?:t|ssent)? dément(?:ent)? nie(?:nt)?(?:_que) nié_que",
    accusing="accus(?:é|e|ent|ait|a)_[^.;:]{2,120}?_(?:de|d’|d')",
    spreading="(?:diffus(?:e|ent|é)|répèt(?:e|ent)|propag(?:e|ent|é))_(?:le|la|l’|un|une|son"
    r"|sa)_?(?:[\w-]+_){0,2}?(?:récit|histoire|rumeur|théorie)_selon_l(?:equel|aquelle)",
    according="selon d’après d'après pour_(?=[A-ZÉ]) aux_dires_de",
    as_said="comme",
    that="que qu[’']",
    between="(?:à|au|aux|dans|lors|sur|devant)_(?:d[’']une_|la_|le_|les_|l[’']|un_|une_|son_|sa_"
    "|des_)*(?:presse|journalistes|entretien|interview|conférence_de_presse|télévision|agence|chaîne|site"
    r"|communiqué|Parlement)(?:_[\w-]+){0,2} également aussi encore hier",
    auxiliary="a ont avait avaient aussi également encore déjà ensuite auparavant récemment s’est s'est lui leur",
    clause="quand lorsque tandis mais car après avant si où alors puisque",
    joining="et mais tandis_que alors_que",
    relative="qui que dont lequel laquelle",
    person="il elle t-il t-elle",
    group="ils elles",
    role="président(?:e)? (?:premier_)?ministre chancelier porte-parole chef(?:fe)? leader direct(?:eur"
    "|rice) gouvern(?:eur|eure) maire sénat(?:eur|rice) député(?:e)? ambassad(?:eur|rice) général colonel"
    r" commandant amiral secrétaire expert(?:e)? analyste virologue profess(?:eur|eure) dr\.? doct(?:eur|eure) m\."
    " mme blogueur journaliste historien(?:ne)?",
    body="ministère centre agence service conseil comité bureau gouvernement commission armée police"
    " tribunal parti organisation institut université ambassade kremlin",
    anonymous="responsables sources? habitants témoins militants experts critiques internautes certains"
    " plusieurs autres médias autorités personne tous on nous je",
    text="version histoire déclaration rapport communiqué vidéo article message publication",
    linking="de du des d[’'] la le les l[’'] et en à au aux pour par avec von bin son sa ses un une",
)
