"""English cue words."""

from app.language.stance.cues.notation import Cues, compiled, words

_CLAIM = words(
    "claims? rumou?rs? allegations? accusations? reports? posts? stor(?:y|ies) messages? statements? assertions?"
    " narratives? theor(?:y|ies) news information letters? tweets? quotes? chain-messages?"
)
_FALSE = words(
    "false untrue fake wrong baseless groundless unfounded bogus fabricated misleading incorrect inaccurate"
    " debunked forgery forged doctored manipulated satire satirical made_up photoshopped ai-generated mistaken"
    " mislabelled"
    " refuted unsubstantiated nonsense disinformation misinformation fiction invented rubbish absurd"
)
_HOAX = words("hoax fake lie lies myth fabrication fiction rumou?r falsehood canard nonsense disinformation fakes")
_BE = r"(?:is|are|was|were|am|be|been|being|'s|'re)"
_ADVERB = r"(?:(?:\w+ly|even|ever|yet|just|really|at all|in fact|also|still|actually|in any way|at any time) )*"
# Negating these says what somebody is like, or accuses them of an omission; it does not say that nothing happened.
_QUALITY = words(
    "want~ like liked love~ care~ respect~ value[sd]? understand understood kn[eo]w~ believe~ think thought need~"
    " deserve~ matter~ work(?:s|ed)? protect(?:s|ed)? help(?:s|ed)? mean meant seem~ look(?:s|ed)? appear~ feel"
    " felt"
    " hear heard listen~ learn~ keep kept fulfil~ honou?r~ compl(?:y|ied|ies) observe~ implement~ provide[sd]?"
    " present(?:ed|s)? pro(?:ve|ved|ven|ves|of) g[ia]ve~ offer~ allow~ let lets permit~ trust~ fear(?:s|ed)? hide"
    " hid"
    " hidden stop~ hesitat~ bother~ manage[sd]? succeed~ recogni[sz]e~ accept~ agree~ support(?:s|ed)? benefit~"
    " profit~ pay paid solve~ improve~ celebrate~ tolerate~ forget forgot~ forgiv~ forgave have had get got own"
    " dare~"
    " tr(?:y|ied|ies) consider~ treat(?:s|ed)? regard~ control~ depend~ belong~ fit cover~ save[sd]? surviv~"
    " answer~"
    " respond~ react~ condemn~ mention~ tell told s(?:ay|aid) speak spoke~ talk~ rush~ w[io]n los[et] be been do"
    " done"
    " ask~ interested prepared satisfied based supposed surprised convinced punished held informed consulted hope~"
    " receiv~ come came live[sd]? lack~ notice~ remember~ realise~ realize~ seek sought appreciat~ clarif~ explain~"
    " specif~ comment~ question see seen saw reach~ arriv~ return~ deliver~ identified named afford~ follow~"
    " worth ready able willing willingly doing working protecting telling getting helping listening fighting trying"
    " interest fooled enough hurt stand stood bring_peace apologi[sz]~ wait(?:s|ed)? waiting suit~ count~ lie lied"
)
_ACT = words(
    "arm~ deliver~ buy~ build~ teach~ burn~ smuggl~ traffic~ experiment~ spray~ inject~ forg(?:e|es|ing) falsif~"
    " rig(?:s|ging)? steal~"
    " shoot~ execut~ tortur~ abduct~ kidnap~ deport~ expel~ censor~ block~ delet~ monitor~ spy~ collect~ implant~"
    " forced"
    " tax~ charg~ evict~ resettl~ harvest~ employ~ jam(?:s|ming)? hack~ manipulat~ count~ register~ vote~"
    " permit~_to"
    " "
    "contain~ cause~ alter~ chang(?:e|es|ing) spread~ kill~ include~ plan~ intend~ prepar(?:e|es|ing) exist~"
    " participat~"
    " train~ financ~ fund(?:s|ed|ing)? sell~ suppl(?:y|ies|ying) ship~ produc~ us(?:e|es|ing) stor(?:e|es|ing)"
    " operat~"
    " run(?:s|ning)? bomb~ attack~ target~ shell~ strik~ recruit~ deploy~ develop~ trigger~ lead_to lead(?:s)?"
    " result~"
    " interfer~ meddl~ interven~ conduct~ creat~ host~ show depict~ violat~ discriminat~ forc(?:e|es|ing) requir~"
    " ban"
    " bans banned banning prohibit~ envisage~ foresee~ appl(?:y|ies|ying) rais(?:e|es|ing) cancel~ abolish~"
    " restrict~"
    " transmit~ emit~ harm~ damag~ weaken~ infect~ affect~ enter~ involve[sd]? linked planned closed caused"
    " required"
    " affiliated stationed deployed responsible guilty tak(?:e|ing)_part present_in pos(?:e|es|ing)_a introduc~"
    " impos~"
    " confiscat~ clos(?:e|es|ing) freez~ send(?:s|ing)? mobili[sz]~ cut(?:s|ting)? seiz~ postpon~ withdraw~"
    " suspend~"
    " replac~ track~ magneti[sz]~ poison~ threaten~ suspend~ merg~ resign~ dead alive a_party party_to behind"
    " being_\\w+ed withdrawing wag(?:e|es|ing) fight_against evacuat~ boost~ cure[sd]? prevent~ damage~"
    " sterili[sz]~"
    " penali[sz]~ phas~ expand~ hold(?:ing)? organi[sz]~ negotiat~ arrest~ detain~ attempt~"
    " consider_(?:ban|introduc)~"
    " increas~ distribut~ reduc(?:e|es|ing) limit~ mandatory compulsory import~ export~ contaminat~ leak~"
).replace("_", " ")
_ABSTRACT = words(
    "freedom~ democra~ unity future hope peace~ alternative~ choice~ doubt~ justice chances? sense point reasons?"
    " need needs money laws? rules? trust difference~ limits? end one way room longer place winners? respect truth"
    " sovereign~ independen~ legitima~ consensus agreement will solution~ order support strateg~ opposition secret~"
    " conscience nation people countr~ states? such_thing good question turning turn excuse~ rights dialogue"
    " guarantee~"
    " pro-kremlin friends? shame morality culture safety security protection accountability oversight transparency"
    " wonder confidence compromise understanding love mercy medicines? doctors? food jobs? help heating other"
    " difference path reaction~ prospects? time return"
).replace("_", " ")

CUES = Cues(
    asking=compiled(
        rf"""
        (?:rumou?r|fact|true|truth|hoax|scam|real|fake|official|gossip|myth) or (?:a |an |just (?:a
            |an)? )?(?:rumou?r|fact|truth|hoax|scam|fake|fraud|myth|real|genuine|nonsense)
        (?:please|pls|plz|can|could|would|kindly|grateful|someone|somebody|anyone|anybody) … (?:check|verify|confirm
            |clarify|look into|debunk|find out|fact-check|shed light|explain|enlighten)(?! (?:and|or) deny)(?! that)
        (?:please|can you|could you|can anyone|could anyone|can someone|could someone|would you) (?:please )?(?:tell
            |advise|inform|let) (?:me|us)
        (?:tell|let) (?:me|us) (?:know )?(?:please )?(?:if|whether)
        (?:trying|like|love|want|wants|wanted|need|help me|keen|curious|eager) to (?:find out|know|work out|learn
            |verify|confirm|check|see|hear)(?: \w+)? (?:if|whether|who|what|where|when|how|why)
        (?:not sure|unsure|no idea|don't know|can't tell|do not know|cannot tell|hard to tell|torn) (?:if|whether
            |what to (?:make|think|believe)|who to believe|how much)
        (?:real|true|genuine|fact|legit|photo) or (?:not|fake|ai|staged|old|photoshop~|made up|nonsense|rubbish|hoax
            |a hoax|false)
        looking for (?:confirmation|proof|evidence|a source)
        (?:confirm or deny|true or false|fact or fiction|yes or no)
        ^(?:so |but |and |ok |hey |wait |well )?(?:{_BE} it|is this|is that|is there) (?:really |actually
            |even )?(?:true|real|right|correct|possible|fake|genuine|the case)
        ^(?:fact[- ]?check|question|q|verification|we checked|true or false)\W+(?:did|does|do|is|are|was|were|has
            |have|had|can|could|will|would|should) (?!not)
        ^(?:did|does|has|had|is|are|was|were|could|would) (?!n't|not )[\w'-]+ [\w'-]+ [\w'-]+
        ^(?:can|will|do|have) (?:the|a|an|any|all|we|you|they|russia~|ukrain~|nato|vaccin~|mask~|this|these|those
            |his|her|its) \w+
        (?:asks?|asking|asked|wonder(?:s|ing|ed)?|unclear|unsure|uncertain|inquir(?:e|es|ed|ing)|enquir~|(?:want
            |wants|wanted|like|wanting) to know|not sure|no idea|in doubt|the question (?:is|of)
            |question~) (?:\w+ ){{0,3}}?(?:whether|if)
        (?:anyone|anybody|someone|somebody|does anyone) (?:here )?(?:know|knows|tell|confirm|verify|heard|seen
            |have)(?: \w+)? (?:if|whether|about|when|proof|evidence|that)
        (?:anyone|anybody|someone|somebody) (?:can |could |please )*(?:confirm|verify|tell me|explain|check)
        (?:can|could) (?:anyone|anybody|someone|somebody|you|we) (?:please )?(?:confirm|verify|check|tell)
        (?:we |reporters? |journalists? |fact-?checkers? )?(?:check(?:s|ed|ing)?|verif(?:y|ied|ies|ying)|examin(?:e
            |es|ed|ing)|investigat(?:e|es|ed|ing)|test(?:s|ed|ing)?|looks? into|looked into|looking into) (?:whether
            |if)
        ^(?:whether|wondering|just wondering|curious)
        (?:true|fact|real|genuine|legit|right|yes),? (?:or|/|vs\.?) (?:false|fake|not|fiction|hoax|wrong|myth|no
            |rumou?r|staged|just a rumou?r)
        (?:fake|myth|hoax|false|fiction|rumou?r),? (?:or|/|vs\.?) (?:true|real|reality|fact|truth|not)
        is it (?:really |actually )?true (?:that|what)
        is there (?:any )?(?:truth|evidence|proof)
        """
    ),
    verifying=compiled(
        r"""
        ^(?:real|true|genuine|fact|legit|fake) or \w+
        ^(?:so |but |and )?(?:is|are|was|can|could|did|does) (?:it|this|that|these|those|there|they|the (?:claim
            |video|photo|story|image|post|clip|picture|footage)\w*) (?:\w+ ){0,3}?\w+\W*\?
        ^(?:really|true|seriously|fact or fiction|true or false|real or fake|legit|fake|what is true|what's true
            |is there any truth)\W
        (?:true|real|right|accurate|correct|genuine|authentic|happen|happened)\W*\?
        """
    ),
    tags=compiled(
        r"""
        (?:,|–|—|-) (?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)(?:n't)? (?:it|they|he
            |she|we|you|there|i)\W*\?
        (?:,|–|—|-|\.) (?:right|no|huh|eh|innit|ok|okay|don't you think|you know|see|remember|get it|isn't that so
            |who knew|surprised|coincidence)\W*\?
        """
    ),
    exempt=compiled(
        r"""
        no (?:plan|idea|answer|clue) (?:b|for|what|how)
        (?:not|n't|never) (?:\w+ )?(?:dismiss|reject|refute|debunk|deny)(?:ed)?
        not one,? but
        (?:want|wants|wanted) nothing to do with
        den(?:y|ies|ied|ying) (?:a|an|the|his|her|their|any) (?:\w+ )?(?:request|application|appeal|petition|motion
            |bid|claimant|loan|permit)~
        (?:must|should|would|could|to|can) deny (?!that|any|the claim|involvement|reports)
        not (?:only|just|merely|simply|solely)
        no (?:longer|wonder|doubt|matter|less|more|sooner|later)
        (?:cannot|can't|can not|could not|couldn't|can no longer|impossible to|hard to|nobody can|no one can
            |difficult to) (?:be )?(?:den(?:y|ied)|disput~|refut~)
        (?:no one|nobody|nor|neither|none|hardly anyone|few|impossible|doesn't|does not|do not|don't|didn't|did not
            |never
            |without|not|not even)(?: [\w']+){0,7}? (?:den(?:y|ies|ied|ying)|disput~|refut~|dismiss~|reject~|doubt~
            |debunk~)
        den(?:y|ies|ied|ying) (?!(?:any|the|all|its|his|her|their|these|those|such|having|being|that|it|this
            |reports?|claims?|rumou?rs?)\b)(?:\w+ ){0,3}?(?:entry|access|visas?|bail|asylum|treatment|permission
            |aid|rights?|food|water|citizenship|service|boarding|care|existence|help|vaccin~|entrance|medical
            |freedom~|a chance|the opportunity|passage)
        den(?:y|ies|ied|ying) (?:\w+ ){0,3}?(?:the|their|his|her|its|any) (?:rights?|access|entry|chance
            |opportunity|vote|genocide|holocaust|right|existence)
        (?:been|was|were|are|is|be|being) denied(?! by| that)
        (?:it is not true|it isn't true|not true|false) that (?:no one|nobody|no|nothing|there (?:is|are|was
            |were) no|never)
        there (?:is|are|was|were) no (?:\w+ ){1,4}?(?:left|worse|better|stronger|than|without)
        never (?:again|mind|before|ending)
        with(?:out| no| little) (?:\w+ ){0,3}?(?:evidence|proof|sign|indication|plan|trace)~
        (?:provid|present|offer|produc|show|g[ia]v|submit|publish|bring|brought)~(?: \w+)?? (?:no|any
            |not a shred of) (?:\w+ )?(?:evidence|proof|sign)~
        (?:n't|not|never)(?: \w+)?? (?:provid|present|offer|produc|show|g[ia]v|submit|publish|bring
            |prove)~ (?:\w+ ){0,2}?(?:evidence|proof)
        (?:promis|pledg|guarante|assur|vow)~ … (?:will|would) (?:not|never) \w+
        den(?:y|ies|ied|ying) (?:the )?(?:\w+ )?(?:will|identity|history|people|reality|facts|truth|obvious)
        """
    ),
    quality=compiled(
        rf"""
        neither \w+ nor \w+(?=\W*$|,|\.)
        ^no (?:sane|decent|serious|honest|other|country|one|amount|government in)
        (?:n't|not|never) (?:been |be )?(?:properly|adequately|sufficiently|rigorously|thoroughly|seriously|fully
            |enough)(?: \w+)?
        (?:n't|not|never) \w+ (?:a|one) (?:single|finger|word|damn)
        (?:nobody|no one|none)(?: \w+){{0,3}}? (?:has|have|had) (?:the|any|a)
        (?:n't|not|never) (?:\w+ ){{0,2}}?anything (?:for|to|about)
        (?:n't|not|never) \w+ any (?:country|people|nation)~
        (?:no one|nobody|none) (?:can|could|will|would|should|\w+s)(?!\w)
        (?:{_BE}|has|have|had|do|does|did)(?:n't| not| never) {_ADVERB}(?:be |been |being |going to
            |have )?{_QUALITY}
        (?:wo|would|could|ca|should|must|may|might)n't
        (?:will|would|could|can|should|must|may|might|shall) (?:not|never) (?!{_ACT}|be {_ACT})
        there (?:is|are|was|were|has been|have been|will be|would be) (?:simply |just |absolutely |still |almost
            |practically |longer )*(?:no|not any|never any|never been a|never was a|not a|nothing
            |neither) (?:[\w-]+ ){{0,2}}?{_ABSTRACT}
        (?:nobody|no one|none|nothing) … {_QUALITY}
        ^no (?:\w+ )?{_ABSTRACT}
        ^no (?:\w+ ){{1,3}}?(?:can|could|will|would|is|are|wants?|should|has ever done|{_QUALITY})(?! \w+ing| being)
        ^(?:do not|don't|never)
        that (?:{_BE}|has|have|had|do|does|did)(?:n't| not| never)
        never {_ADVERB}{_QUALITY}
        """
    ),
    subordinate=compiled(
        r"""
        (?:who|which|whose|whom|because|although|though|while|whereas|if|unless|when|once|until|after|before|since
            |so that|why|despite the fact|in order|even though|where|as long as)(?!\w)[^,;]*
        (?:,|;|–|—) (?:and|but|yet|or|so|nor) [^;]*
        (?:but|yet) (?:\w+ )?(?:did|does|has|have|is|are|was|were)[^,;]*
        """
    ),
    refuting=compiled(
        rf"""
        (?:exists?|lives?|live) only (?:in|on)
        far from (?:being |having )?\w+
        not a (?:drop|trace|single|shred|word|grain|gram|whiff) of
        .+(?::|–|—|-) ?{_FALSE}\W*$
        (?:only|nowhere but|except) (?:exists? )?in (?:the|his|her|their) (?:\w+ )?(?:imagination|fantas|dispatches
            |heads?|minds?)~
        exists? only in
        (?:i|we|he|she|they) (?:never|did not|didn't|have not|haven't|has not|hasn't|have never
            |has never) (?:once )?(?:said|say|wrote|write|written|tak~|took|sign~|order~|receiv~|paid|pay|met|meet)
        nothing (?:was|has been|had been|were) \w+
        ^correction(?!\w)
        (?:knock|shot|shoot|bat|swat|brush|wav|laugh|play)~ (?:down|away|aside|off) (?:\w+ ){{0,2}}?{_CLAIM}
        (?:quash|scotch|dispel|quell|pour~ cold water on|put paid to|put to rest)~ (?:\w+ ){{0,2}}?{_CLAIM}
        (?:ruled|rules|ruling) out
        (?:retract|withdr|disown|disavow|correct)~ (?:its|his|her|their|the|an?) (?:\w+ )?{_CLAIM}
        (?:nothing|little) to (?:suggest|indicate|support|back|show)
        (?:supposed|alleged|purported|so-called|rumou?red) … (?:turned out|proved|proves|is in fact|was in fact
            |was actually|is actually)
        {_CLAIM} … (?:turned out to be|proved|proved to be|has no basis|had no basis|holds? no water
            |do(?:es)? not hold|do(?:es)?n't hold|fell apart|falls apart|collapsed|crumbled|unravel~
            |do(?:es)? not stand|without merit|has been corrected)
        (?:without|no) (?:merit|foundation|factual basis)
        (?:was|were|came|happened|took place|caused|dates?|shows?
            |comes?) (?:[^\s,;:]+ ){{1,9}}?[^\s,;:]+,? (?:and )?not (?:a|an|the|in|from|by|on|at|of|to|any|his|her
            |their)
        it was (?:[^\s,;:]+ ){{1,9}}?[^\s,;:]+, not \w+
        not (?:a|an|the|by|from|in) (?:[^\s,;:]+ ){{1,5}}?but
        nothing of the (?:sort|kind)
        no truth (?:in|to|behind)
        (?:quote|photo|image|video|footage|clip|picture|screenshot|letter|document)s?(?: [\w'-]+){{0,8}}? (?:is|are
            |was|were)(?: not|n't) (?:from|by|of|in|related|recent|new|an?|the|what|genuine|authentic)
        (?:call|brand|label|describ|dismiss|slam|denounc)~ (?:\w+ ){{0,3}}?{_CLAIM}(?: [^\s;]+){{0,8}}? (?:{_FALSE}
            |{_HOAX})
        (?:has|have|had) (?:been )?(?:passed off|misrepresented|miscaptioned|taken out of context)
        (?:it is|it's|it isn't|it was|this is|that is|that's|is|are|was|were) (?:simply |just |absolutely
            |completely |definitely |certainly )?(?:n't|not|far from)(?: at all)? (?:true|the case|correct|accurate
            |real news)
        it(?:'s| is| was)(?:n't| not)? (?:simply |just |absolutely |completely |entirely |totally )?(?:untrue|false
            |incorrect|wrong|a lie|a myth|a hoax|nonsense|misleading)(?: to (?:say|claim|suggest|state))? that
        (?:isn't|aren't|wasn't|weren't) (?:true|the case|correct|accurate)
        ^(?:claim|verdict|rating|rumou?r|fact[- ]?check)?\W*(?:false|fake|fake news|untrue|hoax|hoax alert|myth
            |not true|debunked|misleading|fiction|disinformation|misinformation|false alarm|false claim|fabricated
            |wrong|no evidence|pants on fire|fakes?|fact[- ]?check) ?(?::|–|—|!|- |\|)(?! (?:did|does|is|are|was
            |were|has|have|can|do|will)\b)
        ^(?:fact[- ]?check\w* ?\W+)?(?:no|nope)(?:,|:|\.| –| —)
        fact[- ]?check\w*\W+ ?(?:\w+ )?(?:no|false|fake|not)(?!\w)
        fact[- ]?check(?:ers?|ing)?(?: \w+)? (?:found|find|finds|conclude~|rate[sd]?|debunk~|refut~) (?:no|that no
            |it false|the claim)
        (?:no|not any|without any?|zero|any|not a shred of|lack of|isn't any|aren't any|little) (?:(?:credible
            |scientific|reliable|concrete|independent|official|known|clear|solid|real|hard|single|public|medical
            |direct|verifiable) )*(?:evidence|proof|indication|basis|sign|signs|indications|confirmation|truth
            |record|trace|traces)(?: (?:whatsoever|at all))?(?= (?:that|of|for|to|in|was|is|has|exists?|behind
            |supports?|suggest~|link~|about|found|whatsoever)|\W*$)
        den(?:y|ies|ied|ying)
        (?:issued|in|made) (?:a |an )?(?:\w+ )?denials?
        (?:refut|rebut|debunk|disprov)(?:e|es|ed|s|ted|ts|ting|ing|t|en|unk)?
        (?:reject|dismiss|disput|contradict)(?:e|es|ed|s|ing)? (?:(?:as )?\w+ ){{0,4}}?(?:{_CLAIM}|talk|speculation
            |suggestion~)
        (?:reject|dismiss)(?:es|ed|s|ing) (?:\w+ ){{0,6}}?as (?:\w+ )?(?:{_FALSE}|{_HOAX})
        contrary to (?:\w+ ){{0,4}}?(?:{_CLAIM}|what|popular belief|belief)
        despite (?:\w+ ){{0,4}}?{_CLAIM}(?= (?:that|of|on|to|made|circulating|shared|online|in|by|from))
        {_CLAIM}(?: [^\s,;]+){{0,14}}? (?:is|are|was|were|has been|have been|'s|turned out to be|proved|proved to be
            |remain|remains)(?: (?:been|simply|completely|entirely|totally|utterly|absolutely|both|just|all
            |repeatedly|widely|largely|already|pure|demonstrably|a|an|the|total|complete))* (?:{_FALSE}|{_HOAX}
            |not true|no truth|not (?:correct|accurate|supported))
        (?:false|fake|bogus|baseless|untrue|unfounded|debunked|misleading|fabricated|unsubstantiated
            |viral but false) (?:(?:viral|online|social media|news|internet|whatsapp|facebook|persistent
            |widespread) )?{_CLAIM}(?= (?:that|about|of|claim~|on|circulat~|spread~|says?|saying|alleg~|suggest~))
        (?:never|not) (?:actually |really |ever )?(?:happen(?:ed)?|t(?:ook|ake|aken) place|occur(?:red)?|existed?)
        (?:didn't|doesn't|did not|does not) (?:actually |really |ever )?(?:happen|take place|occur|exist)
        (?:nothing|nothing whatsoever|not anything) to do with
        (?:no|not any|any) (?:role|part|involvement|hand|link|links|connection|connections|plans?|intention
            |intentions|ties|relation|contact|truth) (?:in|to|with|for|of|between|whatsoever)(?! the (?:future
            |hearts))
        (?:is|are|was|were)(?:n't| not)(?: at all| in any way)? (?:involved|behind|responsible|guilty|to blame
            |connected|linked|complicit|a party to|part of|present in|related to)
        (?:did|had) (?:n't|not) have anything to do
        (?:no|not) such (?:thing|event|attack|order|law|plan|decision|decree|statement|incident|meeting|document
            |letter|bill|vote|announcement|agreement|rule|programme|program|person)
        (?:did not|didn't|never) (?:said|say) (?:that|this|so|it|any such)
        {_BE} (?:completely |totally |entirely )?(?:made up|a fabrication)(?= by (?:trolls|bloggers|users|satir~))
        (?:originated|started|began|is|was|comes|taken|meant) (?:out )?(?:as|from|on)?(?: an?)? ?(?:satire
            |satirical \w+)
        """
    ),
    verdict=compiled(
        rf"""
        ^(?:no,? |but |well,? )*(?:it|they|he|she|that|this|we|there) (?:did|do|does|has|have|had|was|were|is
            |are)(?: not|n't)(?=\W*$|[,;:.!])
        no (?:such )?(?:law|bill|order|decree|rule|plan|vote|decision|contract) (?:\w+ )?(?:exists?|was|has|is)
        ^(?:but |in fact,? |actually,? |yet )?(?:the|his|her|its|their|that|this) (?:[\w-]+ ){{0,4}}?(?:does not
            |doesn't|did not|didn't|was never|were never|has never|never) (?:exist~|happen~|sa(?:id|y)|made|issued?
            |signed?|wr(?:o|i)te|t(?:oo|a)k)
        (?:nonsense|rubbish|utter tosh|made it up|made up|pure invention|pure fantasy|an? invention|a forgery
            |old news|satire|a prank|an? april fool~)
        ^(?:the |this |that |these |those )?(?:video|photo|image|footage|clip|picture|screenshot
            |recording)s?(?: [\w'-]+){{0,8}}? (?:actually |really )?(?:old|from (?:19|20)\d\d|\w+ years old
            |ai-generated|generated by|generated with|unrelated|out of context|digitally \w+|taken in|filmed in
            |shot in|recorded in|dates? (?:back|from)|an? old)
        ^(?:but |however,? |in fact,? |actually,? |in reality,? )?(?:this|that|it|they|these|those|the (?:{_CLAIM}
            |video|photo|image|clip|quote|picture|footage))(?: [\w'-]+){{0,8}}? (?:is|are|was|were|'s|has been
            |have been)(?: (?:a|an|the|all|simply|completely|entirely|totally|pure|another|just|old
            |well-known))*(?: (?:{_FALSE}|{_HOAX}|not true|not the case|not real|not correct|satire|doctored|edited
            |manipulated|digitally altered))
        ^(?:this|that|it|he|she|they|none of (?:this|it|that|them|these)|nothing of the (?:kind
            |sort))(?: \w+)? (?:never|did not|didn't|is not|isn't|has not|hasn't|was not|wasn't|were not|does not
            |doesn't)(?: \w+)? (?:happen~|true|take~|said|say|taken|occur~|exist~|place|real)
        ^(?:false|fake|not true|untrue|hoax|nonsense|wrong|myth|debunked|a hoax|pure fiction
            |complete nonsense)(?: news)?(?:\W*$|[:!–—-])
        ^no(?:\W*$|,? (?:it|this|that|they|he|she|there) )
        (?:no|not any) (?:evidence|proof|truth|basis|record|sign) (?:of|for|in|to support|to back) (?:this|that|it
            |the claim|these|any of)
        (?:deni(?:ed|es)|refuted|rejected|dismissed|debunked) (?:this|that|it|the|these|those|such|all) ?(?:{_CLAIM}
            |this|,|\.|$)
        no (?:such )?(?:thing|event|attack|incident|order|law|decision|plan)(?: \w+)? (?:exists?|happened|was
            |has been|took place)
        there (?:is|was|are|were) no such
        """
    ),
    negation=compiled(
        rf"""
        ^no (?:[\w'-]+ ){{1,4}}?(?:in|at|on|behind|near|during|over) (?:[\w'-]+ ?){{1,5}},
        none of (?:the|its|his|her|their|our|my|us|them|these|those|this|that) … \w+(?:ed|aw|ew|wn|ost|ent|ook|ade
            |old|ied|an|ame|ell|urt|was|were|happened)
        neither … nor
        nothing (?:was|has been|had been|were|of|happened|burned|exploded|in|took place|\w+ed)(?: \w+)?
        (?:was|were|has been|have been|had been) (?:not|never) \w+
        no (?:[\w-]+ ){{1,4}}?(?:(?!need|want|lik|lov|car|deserv)\w+ed|was|were|has been|have been|took|fell|came
            |left|fled|broke|shot|saw|died|lost|went|exists?|existed)
        (?:none of (?:the|its|his|her|their|our|these|those)|not one of|not a single
            |no single) (?:[\w-]+ ){{1,5}}?\w+(?:ed|en|ew|wn|ost|ent|ook|ade|old|ied)
        did(?:n't| not) {_ADVERB}\w+
        (?:has|have|had)(?:n't| not| never) {_ADVERB}(?:been )?\w+
        (?:is|are|was|were|'re|'s|am)(?:n't| not)(?: currently| now| going to)? \w+ing
        (?:was|were)(?:n't| not| never) {_ADVERB}(?:\w+ed|shot|made|sent|taken|built|found|sold|given|stolen|burnt
            |born|shown|written|hit|set|paid|drawn|bought|brought|caught|held|left|lost|put|run|told|done|seen
            |forced)
        (?:do|does)(?:n't| not) {_ADVERB}{_ACT}
        (?:is|are|'re|'s)(?:n't| not) {_ADVERB}{_ACT}
        (?:will|would)(?: not|n't| never) (?:be )?{_ACT}
        (?:{_BE} )?never (?!to\b){_ADVERB}(?:\w+(?:ed|wn|ken|ght)|went|made|sent|took|built|found|sold|gave|wrote
            |met|put)
        there (?:is|are|was|were|has been|have been|had been|will be) (?:simply |absolutely |in fact
            |currently )*(?:no|not any|not a|never any|never a|never) \w+
        there (?:isn't|aren't|wasn't|weren't) (?:any |an? )?\w+
        (?:nobody|no one|none of the \w+|no-one|not one \w+) (?:has |was |had |is |have |were
            |in (?:\w+ ){{1,3}})?\w+
        (?:^|that |: |, |" |said )(?:no|not a single|not one) (?:[\w-]+ ){{1,4}}?(?:was|were|has been|have been
            |had been|is being|are being|has|have|had|took place|exist~|died|is planned|are planned|will be|(?:is
            |are) (?:preparing|planning|being|set))
        (?:found|saw|recorded|reported|detected|showed|shows|contains?|has|have|had|took|play(?:s|ed)|carried out
            |sent|caused) no (?:signs?|traces?|evidence|such|plans?|intention|part|role|attack~|chemical|explosives?
            |poison~|weapons|microchips?|graphene|casualties|troops|link|connection|effect)
        neither … nor … (?:did|was|were|has|have|had|attacked|took|sent|bombed|planned)
        """
    ),
    attributing=compiled(
        r"""
        (?:describ(?:es|ed)|recount(?:s|ed)|recall(?:s|ed)|call(?:s|ed) (?:it|them|him|her|the)|dismiss(?:es|ed)
            |spoke of)
        (?:said|says|saying|claim(?:s|ed|ing)?|alleg(?:es|ed|edly|ing)|report(?:s|ed|edly)|stat(?:es|ed)|declar(?:es
            |ed)|announc(?:es|ed)|assert(?:s|ed)|argu(?:es|ed)|insist(?:s|ed)|warn(?:s|ed)|accus(?:es|ed|ing)|told
            |tells|add(?:s|ed) that|not(?:es|ed) that|stress(?:es|ed)|explain(?:s|ed)|write[s]?|wrote|tweeted|posted
            |quoted|maintain(?:s|ed)|contend(?:s|ed)|suggest(?:s|ed) that|reveal(?:s|ed)|confirm(?:s|ed)|believes?
            |emphasi[sz]e[sd]|testif(?:y|ied|ies)|point(?:s|ed) out|mention(?:s|ed)|recall(?:s|ed)|admit(?:s|ted)
            |estimat(?:es|ed)|predict(?:s|ed)|blam(?:es|ed))
        (?:according to|in the words of|as reported by|citing|as stated by|in a statement|quoting|in an interview)
        """
    ),
)
