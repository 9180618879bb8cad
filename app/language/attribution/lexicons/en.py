"""English."""

from app.language.attribution.lexicons.notation import lexicon

LEXICON = lexicon(
    saying="said says say claimed claims(?!_to_be) claim alleged alleges allege asserted asserts assert"
    " insisted insists predicted predicts warned warns warn stated states(?!_that_are) declared declares"
    " announced announces implied implies suggested suggests argued argues maintained maintains contended"
    " contends told tells added adds noted reported reports wrote writes explained explains acknowledged"
    " acknowledges admitted admits confirmed confirms revealed reveals stressed stresses emphasi[sz]ed"
    " emphasi[sz]es remarked remarks replied replies complained tweeted posted boasted vowed concluded concludes"
    " estimated believes thinks testified recalled pledged"
    " (?:(?:has|have|had)_(?:[a-z]+_){0,3}?been|is|are|was|were)_(?:now_|also_|again_)?(?:claiming|saying"
    "|warning|alleging|insisting|asserting|arguing|telling|predicting|suggesting|reporting|announcing)"
    " (?:was|were|is|are|been)_(?:quoted|cited)_as_saying",
    denying="(?:denied|denies|deny)(?:_(?:claims|reports|allegations|accusations))?"
    " (?:rejected|rejects|dismissed|dismisses)_(?:claims|reports|allegations|accusations) disputed disputes",
    accusing="(?:accused|accuses|accuse|accusing)_[^.;:]{2,120}?_of blamed_[^.;:,]{2,60}?_for"
    " blames_[^.;:,]{2,60}?_for",
    spreading="(?:(?:has|have)(?:_long)?_been_)?(?:pushing|pushed|pushes|spreading|spread|spreads"
    "|promoting|promoted|repeating|repeated|repeats|peddling|peddled|floated|floating)_(?:the|a|its|their|his"
    r"|her)_(?:[\w-]+_){0,2}?(?:narrative|story|idea|theory|claim|claims|lie|allegation|conspiracy_theory|line"
    "|rumou?r)_(?:of|that|about)",
    according="according_to in_the_(?:words|view|opinion)_of",
    as_said="as",
    that="that",
    between="reporters? journalists? viewers audiences? parliament lawmakers television state_television"
    r" in_an?_\w+ (?:in|on|at|during|to|via|through|with|from)_(?:(?:its|his|her|their|the|an?|state|local|social"
    r"|russian)_)*[\w’'-]+(?:_(?:news_)?(?:conference|meeting|website|agency|briefing|media|channel|television"
    r"|interview|news)){0,2} (?:the|an?)_\w+_(?:agency|newspaper|channel|broadcaster|court|parliament) again also"
    " later earlier repeatedly further publicly today yesterday the_BBC Reuters AFP AP TASS RIA CNN Interfax",
    auxiliary="has have had also later repeatedly again further publicly then earlier previously meanwhile"
    " now is was been still never already often falsely baselessly recently even once reportedly will would could"
    " can may however",
    passive="was were is are be been being gets? got",
    clause="when while but because although though after before if where whereas since as so",
    joining="and but while whereas",
    relative="who which whose that where",
    person="he she",
    group="they it",
    role="president prime_minister minister foreign_minister defen[cs]e_minister chancellor secretary"
    " ambassador general colonel major captain lieutenant admiral commander chief deputy deputies spokes(?:man"
    "|woman|person) head leader director governor mayor senator congress(?:man|woman) representative chairman"
    r" chairwoman chair professor prof\.? dr\.? mr\.? mrs\.? ms\.? analyst expert virologist scientist doctor"
    " blogger journalist activist lawyer judge envoy diplomat official officer king queen prince pope bishop"
    " sheikh",
    body="ministry center centre board agency service department council committee office government"
    " commission army police court company party union organi[sz]ation institute university embassy command",
    anonymous="officials? sources? residents? witnesses militants? experts? critics analysts? people"
    " users? some many others somebody someone posts? observers rebels activists authorities diplomats lawmakers"
    " investigators researchers scientists media reports? videos? nobody none all both several two three four",
    text="version stories story statement report claim post video article press_release communiqu[eé]"
    " announcement message letter narrative",
    linking="of for the and in on at de la le von van der bin ibn al-? di da du del by to from with an?"
    " its his her their '?s",
)
