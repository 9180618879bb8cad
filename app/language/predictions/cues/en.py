"""English words of predictions."""

from app.language.predictions.cues.notation import foretelling

_BE = r"(?:is|are|am|'s|'re)"
_ADVERB = (
    r"(?:(?:\w+ly|again|now|already|still|all but|also|once more|soon|together|being|said to be|believed to be) )*"
)
_DEED = (
    r"(?:attacks?|provocations?|offensives?|strikes?|coups?|invasions?|operations?|riots?|raids?|flags?|bombings?"
    r"|incidents?|assaults?|explosions?|staging|shutdowns?|blackouts?)"
)
_DO = (
    r"(?:stage|prepare|carry|attack|shoot|strike|bomb|blow|film|simulate|provoke|organi[sz]e|seize|overthrow|launch"
    r"|kill"
    r"|poison|detonate|invade|accuse|plant|bring|get|start|set|use|shell|destroy|conduct|execute|frame|release"
    r"|spread)"
)
_NOT = r"(?:not|n't|never|no longer|hardly)"

FORETELLING = foretelling(
    rf"""
    {_BE} {_ADVERB}(?:preparing|plotting|planning|organi[sz]ing|readying|scheming|conspiring|arranging|hatching
        |rehearsing)
    {_BE} {_ADVERB}(?:getting|gearing|making) (?:ready|up|one more attempt)
    (?:have|has) {_ADVERB}been (?:preparing|plotting|planning|organi[sz]ing)
    (?:have|has) {_ADVERB}finished preparing
    {_BE} {_ADVERB}(?:prepared|planned|plotted|organi[sz]ed|readied|hatched|rehearsed|scheduled|expected|looming
        |imminent)
    {_BE} {_ADVERB}(?:about|set|due|poised|going|ready|expected|scheduled|bound|likely|determined) to
    {_BE} {_ADVERB}to (?:be|take|fall|look|serve|begin|start|happen|become|come)
    {_BE} to {_DO}
    (?:plans?|intends?|plots?|aims?|threatens?|conspires?) to \w+
    (?:plans?|plots?|prepares?) (?:\w+ ){{0,3}}?{_DEED}
    (?:seeks?|wants?|hopes?|tries|try) to {_DO}
    (?:the|their|his|its|a) (?:plan|goal|aim|plot|intention) is to
    (?:'ll|will) {_ADVERB}(?:have to |try to )?[a-z]{{2,}}
    (?:have|has) {_ADVERB}(?:been )?(?:ordered|instructed|tasked|told|commissioned
        |hired) (?:[^\s,;]+ ){{0,7}}?to {_DO}
    (?:gathered|arrived|come|sent|deployed|brought|delivered) (?:[^\s.;]+ ){{0,10}}?to {_DO}
    so that (?:\S+ ){{1,6}}?can {_DO}
    (?:may|might|could) (?:[^\s.;]+ ){{1,6}}?(?:at any (?:time|moment|hour)|any (?:day|moment|minute)(?: now)?|soon)
    (?:an? )?imminent (?:\S+ ){{0,2}}?{_DEED}
    (?:in|under) preparation
    in the (?:works|offing|making)
    on the (?:verge|brink) of
    about to \w+
    (?:must|should) be ready by
    """,
    rf"""
    (?:was|were|had|been|'d) {_ADVERB}(?:about|set|due|poised|going|ready|expected|scheduled|likely|supposed
        |planning|preparing|plotting|to)
    (?:was|were) {_NOT} \w+
    (?:is|are|am|'s|'re|do|does|did|has|have)(?:n't| {_NOT}) (?:\w+ ){{0,2}}?(?:to|going|planning|preparing
        |plotting|about|plan|intend|expected|planned|prepared|likely|ready|seek|want|aim)(?: to)?(?: \w+)?
    (?:no|any|without) (?:plans?|intention|preparations?)(?: to \w+)?
    (?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|refut(?:es|ed)) [^.;!?]*
    (?:it is|that is|it's|that's) (?:not true|false|untrue) [^.;!?]*
    (?:will|'ll) {_NOT}(?: \w+){{0,2}}
    won't
    (?:no|nobody|nothing|no one|none) (?:[^\s,;]+ ){{0,4}}?will \w+
    there will be no
    never will(?: be)?
    (?:will|won't) (?:he|she|it|they|we|you|i|there)
    (?:free|last|own|good|political|ill|strong|popular|iron|his|her|their|its|my|our|your|the|a|against|at|people's
        |divine) will(?: to(?: \w+)?| of)?
    (?:you|we|one)(?:'ll| will) (?:find|see|learn|know|need|love|remember|notice|get|read)
    {_BE} (?:going|due) to (?:school|work|church|bed|the|a|an|his|her|their|our)
    (?:is|are) to (?:blame|say|be (?:commended|congratulated|found|seen|expected|hoped))
    the (?:expected|planned|prepared|scheduled)
    (?:is|are) (?:well |ill |badly |poorly )(?:prepared|planned|organi[sz]ed)
    """,
    (
        ("date",
            (r"(?:on |by |until |till |before |for |of )?(?:the )?(?:(?:morning|evening|night"
            r"|afternoon) of )?{day}(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?")),
        ("date", r"(?:on |by |until |till |before |for )?{month} {day}(?:st|nd|rd|th)?(?:,? {year})?"),
        ("end", r"(?:by|before|until|till|at) the end of (?:the|this) {unit}"),
        ("span", r"(?:within|in|over|during)(?: the)?(?: next| coming)? {count} {unit}"),
        ("coming",
            (r"(?:in|over|within|during) the (?:coming|next|near|nearest|following)(?: few| couple of"
            r"| several)? {unit}")),
        ("coming", r"(?:in|within) (?:a few|a couple of|days|a matter of) ?{unit}"),
        ("day", r"(?P<tomorrow>tomorrow)(?: morning| night| evening)?"),
        ("day", r"(?:later )?(?P<today>today|tonight|this evening|this afternoon)"),
        ("this", r"(?:later )?this {unit}"),
        ("next", r"next {unit}"),
        ("date", r"(?:on|by|until|till|before|next|this|for) (?:the )?(?:(?:morning|evening|night) of )?{weekday}"),
        ("date", r"(?:in|by|during|until|before|this|next) {month}(?:,? {year})?"),
        ("date", r"(?:in|by|during|before) (?:the (?:spring|summer|autumn|winter) of )?{year}"),
        ("event",
            (r"(?:ahead of|on the eve of|shortly before|just before|right before|in the run-up to|before"
            r"|during) (?:the )?{event}")),
        ("near",
            (r"about to|at any (?:moment|time|hour)|any (?:day|moment|minute) now|imminent|on the (?:verge"
            r"|brink) of")),
        ("soon",
            (r"soon|shortly|before long|in the near future|this (?:winter|spring|summer|autumn|fall)"
            r"|next (?:winter|spring|summer|autumn)")),
    ),
    months="jan feb mar apr may jun jul aug sep oct nov dec",
    weekdays="monday tuesday wednesday thursday friday saturday sunday",
    numbers="one two three four five six seven eight nine ten eleven twelve",
    units={"hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"},
)  # fmt: skip
