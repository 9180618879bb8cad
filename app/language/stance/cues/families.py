"""Open word families, a language each: stems that speak for a stance wherever they stand, without proving it alone.

Where `Cues` are phrases that settle a stance, these are its raw material. How much each weighs is learned.
"""

import re
from dataclasses import dataclass, fields
from functools import cache

from app.language.stance.cues.notation import compiled, languages_of_script, words


@dataclass(frozen=True, slots=True)
class Families:
    """Word families of one language; all of them see folded text."""

    negator: re.Pattern[str]
    """Not, no, nobody, never, neither."""
    claim: re.Pattern[str]
    """What can be untrue: claim, rumour, video, story."""
    untrue: re.Pattern[str]
    """What a claim is called that is not true: false, fake, baseless, made up."""
    proof: re.Pattern[str]
    """Evidence, basis, sign, record."""
    denying: re.Pattern[str]
    """Deny, refute, rule out, retract, contradict."""
    truth: re.Pattern[str]
    """True, real, genuine, in fact."""
    asking: re.Pattern[str]
    """Ask, wonder, check, verify, clarify; does anyone."""
    whether: re.Pattern[str]
    """If, whether, and the words that open a question."""
    saying: re.Pattern[str]
    """Say, claim, write, according to."""


def _families(*listed: str) -> Families:
    return Families(*(compiled(words(one).replace("_", " ")) for one in listed))


_BY_LANGUAGE = {
    "en": _families(
        "not cannot \\w+n't no none nobody no-one nothing never neither nor nowhere without zero",
        "claim~ rumou?r~ alleg~ accus~ report~ post~ story stories message~ statement~ assert~ narrativ~ theor~ news"
        " information letter~ tweet~ quot~ video~ clip~ photo~ pictur~ image~ footage screenshot~ document~ speculation"
        " suggestion~ reading_that talk_of article~ headline~ recording~ warning~ versions?",
        "false~ untrue fake~ wrong~ baseless groundless unfounded bogus fabricat~ mislead~ misleading incorrect~"
        " inaccura~ debunk~ unsubstantiated nonsense disinformation misinformation fiction~ invent~ rubbish absurd"
        " hoax~"
        " lie lies myth~ falsehood~ canard doctored forged forgery made_up made-up manipulated old unrelated satire"
        " satirical mistaken out_of_context ai-generated deepfake photoshopped without_merit unverified"
        " unsupported a_different another_country different years_old mislabel~ miscaption~ edited prank",
        "evidence proof truth basis record~ sign~ trace~ indication~ grounds? foundation~ confirm~ substance link~"
        " merit plan~ intention~ knowledge connection~",
        "den(?:y|ies|ied|ying|ial|ials) refut~ reject~ dismiss~ rule[sd]?_out ruling_out contradict~ disprov~ retract~"
        " disput~ debunk~ rebut~ rebuff~ correct(?:s|ed|ion)~ withdr~ disown~ disavow~ discredit~ contrary despite"
        " actually in_fact in_reality instead nothing_to_do turn~_out far_from scotch~ quash~ play~_down knock~_down"
        " poured_cold_water contest~ walk~_back clarif~ apologi[sz]~ insist~ stress~ adamant",
        "true truth real really genuine authentic legit~ actually accurate correct fact facts right certain confirmed",
        "ask~ wonder~ check~ verif~ confirm~ clarif~ curious question~ unclear unsure uncertain doubt~ anyone anybody"
        " someone somebody know_if find_out look_into tell_me help explain sure please could_you can_you investigat~"
        " examin~ inquir~ grateful",
        "if whether who what when where why how which did does do is are was were has have can could will would should",
        "sa(?:id|ys?|ying) claim~ alleg~ report~ stat(?:es|ed) declar~ announc~ assert~ argu~ insist~ warn~ accus~"
        " told tells add(?:s|ed) not(?:es|ed) stress~ explain~ writes? wrote tweet~ post(?:s|ed) quot~ maintain~"
        " contend~ suggest~ reveal~ confirm~ believ~ according_to testif~ mention~ admit~ estimat~ predict~ blam~"
        " citing reckon~ complain~ hint~ vow~ urg~ boast~ recall~ describ~ call(?:s|ed) told",
    ),
    "ru": _families(
        "не нет ни никто никого никому ничто ничего никогда никак~ нигде никуда нельзя без отнюдь вовсе нету"
        " неправда невозможно отсутств~",
        "утвержден~ заявлен~ слух~ сообщен~ информац~ новост~ обвинен~ истори~ пост~ публикац~ байк~ вброс~ тезис~"
        " верси~ видео~ фото~ сведен~ данны~ цитат~ письм~ документ~ ролик~ снимок снимк~ кадр~ запись записи"
        " рассылк~ скриншот~ разговор~ домысл~ спекуляц~ якобы будто",
        "ложь~ лож(?:ь|н|ью)~ ложн~ фейк~ неправд~ недостоверн~ выдум~ вымы[сш]~ миф~ дезинформац~ утк[аиойе]~ обман~"
        " беспочвенн~ безосновательн~ необоснован~ манипуляц~ чушь~ бред~ врань~ сфабрикован~ поддел~ поддельн~ вброс~"
        " неверн~ ошибочн~ старое старая старый старые из_контекста сгенерирован~ смонтирован~ небылиц~ нелеп~"
        " розыгрыш~"
        " сатир~ надуман~ голословн~ опроверг~ не_так байк~ домысл~ неточн~ спекуляц~",
        "доказательств~ подтвержд~ подтверд~ свидетельств~ основани~ признак~ след(?:ы|ов)? данных факт~ отношени~"
        " связ~"
        " план~ намерен~",
        "опроверг~ опроверж~ отрица~ отверг~ разоблач~ развенч~ дезавуир~ исключ~ противореч~ отозва~ оспар~ оспор~"
        " поправк~ исправ~ вопреки на_самом_деле в_действительности ничего_общего оказал~ вместо неверно причаст~"
        " непричаст~ открест~ подобного дементир~ вместо_этого настаива~ подчеркн~",
        "правд~ действительн~ реальн~ подлинн~ верно настоящ~ точно достоверн~ факт~ взаправду",
        "спрос~ спраш~ узна~ интерес~ провер~ подтверд~ уточн~ выясн~ неясно непонятно неизвестно сомнева~ вопрос~"
        " кто-нибудь кто-то кто-либо кто-нить подскаж~ скажите подскажите знает помогите пожалуйста понять любопытно"
        " разобраться разбира~ гадаю",
        "ли или если кто что когда где почему зачем как какой какая какие разве неужели правда сколько чей",
        "заяв~ сообщ~ утвержда~ рассказ~ сказа~ говор~ отме[тч]~ подчерк~ указ~ добав~ счита~ пиш~ писа~ написа~ объяв~"
        " предупре~ обвин~ настаива~ увер~ завер~ призна~ поясн~ полага~ подтвер~ цитир~ переда~ по_данным по_словам"
        " по_мнению по_информации согласно по_версии ссылк~ слов~ жал~",
    ),
    "uk": _families(
        "не ні ані немає нема ніхто нікого нікому ніщо нічого ніколи жод~ ніде нікуди без ніяк~ аж_ніяк неправда"
        " відсутн~ неможливо",
        "твердж~ заяв~ чутк~ повідомл~ інформац~ новин~ звинувач~ істор~ допис~ пост~ публікац~ вкид~ тез~ версі~"
        " відео~"
        " фото~ світлин~ дан~ цитат~ лист~ документ~ ролик~ знім~ кадр~ запис~ розсилк~ скриншот~ розмов~ нібито"
        " начебто"
        " буцімто",
        "брех~ фейк~ неправд~ недостовірн~ вигад~ міф~ дезінформац~ качк~ обман~ безпідставн~ необґрунтован~ маніпуляц~"
        " нісенітниц~ маячн~ сфабрикован~ підроб~ вкид~ хибн~ помилков~ старе стара старий з_контексту згенерован~"
        " змонтован~ небилиц~ сатир~ надуман~ голослівн~ спростован~ байк~ домис~ неточн~ спекуляц~ оманлив~",
        "доказ~ підтвердж~ підтвердил~ свідч~ підстав~ ознак~ слід(?:и|ів)? даних факт~ стосунк~ зв'яз~ план~ намір~",
        "спросту~ спростов~ запереч~ відкин~ відкида~ викри~ розвінч~ виключ~ супереч~ всупереч відклика~ оскарж~"
        " виправ~ насправді у_дійсності нічого_спільного виявил~ замість причет~ непричет~ подібного попри наполяга~"
        " наголос~ підкресл~",
        "правд~ справді дійсн~ реальн~ справжн~ вірно точно достовірн~ факт~",
        "пита~ спита~ запит~ дізна~ цікав~ перевір~ підтверд~ уточн~ з'ясу~ з'ясов~ неясно незрозуміло невідомо сумнів~"
        " хтось хто-небудь хтось-небудь підкаж~ скажіть знає допоможіть прошу ласка зрозуміти розібра~ розбира~",
        "чи або якщо хто що коли де чому навіщо як який яка які хіба невже скільки чий правда",
        "заяв~ повідом~ стверджу~ розпов~ сказа~ каж~ говор~ зазнач~ відзнач~ наголо~ підкресл~ вказ~ дода~ вважа~ пиш~"
        " писа~ написа~ оголо~ попере~ звинува~ наполяга~ запевн~ визна~ поясн~ підтверд~ цитує переда~ за_даними"
        " за_словами на_думку за_інформацією згідно за_версією посилан~ йдеться слів скарж~",
    ),
    "ar": _families(
        "[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|ما|غير|دون|بدون|عدم|بلا|كلا) [وف]?اي لست لسنا احدا?",
        "(?:و|ف|ب|ل|ك|وال|بال|لل|ال)*(?:ادعاء|مزاعم|زعم|خبر|اخبار|انباء|شائع|اشاع|اشاعات|شائعات|تقارير|تقرير|معلوم|رواي"
        "|اتهام|منشور|مقطع|فيديو|صور|رسال|تصريح|بيان|قصه|وثيق|تسجيل|لقط|مشاهد|تداول|متداول|يشاع|قيل|حديث|كلام|نبا"
        "|تكهنات)~",
        "(?:و|ف|ب|ل|ال|وال|بال)*(?:كاذب|زائف|مزيف|مفبرك|ملفق|مضلل|خاطئ|باطل|مزعوم|مختلق|مغلوط|كذب|اشاع|شائع|خدع|اكذوب"
        "|تضليل|افتراء|مكذوب|وهمي|خراف|فبرك|قديم|تزوير|مزور|مولد|مركب|محض|هراء|سخري|ساخر|غير_صحيح|غير_دقيق|معدل|ملفق)~",
        "(?:و|ف|ب|ل|ال|وال|بال)*(?:دليل|ادل|اثبات|برهان|اساس|صح|مؤشر|علام|اثر|اثار|علاق|صل|خطط|خط[هت]|ني[هت])(?:ه|ت|ها)?",
        "[وف]?(?:نف[يتو]|ينفي|تنفي|ينفون|ناف|نفي|انكر|ينكر|تنكر|كذب|يكذب|تكذب|تكذيب|فند|يفند|تفند|دحض|يدحض|استبعد|يستبعد"
        "|رفض|يرفض|ترفض|سحب|تراجع|صحح|تصحيح|خلاف|عكس|بالعكس|الحقيق|في_الواقع|تبين|اتضح|نقض|ناقض|يناقض|توضح)~",
        "[وف]?(?:ال)?(?:صحيح|حقيق|حقا|فعلا|واقع|صدق|صح|مؤكد|موثوق|اصل)~",
        "[وف]?(?:سؤال|اسال|يسال|تسال|سال|تساءل|يتساءل|اتساءل|تحقق|يتحقق|نتحقق|اتحقق|تاكد|نتاكد|اتاكد|يؤكد|اعرف|يعرف"
        "|معرف|استفسر|استفسار|توضيح|ارجو|رجاء|فضلكم|ممكن|هل_من|احد|افيد|افاد|اريد|نريد|اود|ادري|ندري|واضح|خبرون|ساعدون"
        "|فضول|يهمن)~",
        "[وف]?(?:هل|ا|ام|اذا|من|ما|ماذا|متي|اين|لماذا|كيف|كم|اي|مدي|عما) [وف]?(?:احقا|اصحيح|اليس)",
        "[وف]?(?:قال|قول|يقول|تقول|زعم|يزعم|تزعم|ادع|يدع|تدع|ذكر|يذكر|تذكر|افاد|يفيد|تفيد|اعلن|يعلن|تعلن|اكد|يؤكد|تؤكد"
        "|صرح|اوضح|اضاف|اشار|يشير|تشير|اتهم|يتهم|حذر|يحذر|كشف|نقل|تنقل|اعتبر|يعتبر|كتب|يكتب|روي|شدد|ابلغ|تحدث|وفق|بحسب"
        "|حسب|نقلا|طبقا|لسان|تعبير|راي)~",
    ),
    "de": _families(
        "nicht kein~ nie niemals niemand~ nichts weder noch ohne nirgend~ keinerlei keineswegs mitnichten",
        "behaupt~ gerücht~ meldung~ bericht~ vorw[uü]rf~ aussage~ nachricht~ information~ geschichte~ these~ post~"
        " beitr[aä]g~ video~ foto~ angab~ erzählung~ darstellung~ kettenbrief~ unterstellung~ zitat~ bild~ aufnahm~"
        " brief~ dokument~ clip~ screenshot~ mitteilung~ warnung~ spekulation~ artikel~ angeblich~ vermeintlich~ rede"
        " anschuldigung~",
        "falsch~ unwahr~ erfund~ erlogen~ gelogen haltlos~ unbegründet~ irreführ~ fake~ gefälscht~ fälschung~"
        " unzutreffend~ widerlegt~ unbelegt~ lüge~ märchen mythos ente hoax unsinn quatsch desinformation"
        " fehlinformation~ falschmeldung~ falschinformation~ aus_der_luft absurd~ fiktion manipul~ veraltet~ alt~"
        " humbug montage satire~ zusammenhang kontext ki-generiert~ frei_erfunden an_den_haaren unhaltbar~ scherz"
        " verfälsch~ grundlos~ gegenstandslos~ schwindel legende~ inszeniert_wurde_nichts",
        "beleg~ beweis~ hinweis~ nachweis~ anhaltspunkt~ anzeichen indiz~ spur~ bestätig~ evidenz grundlage~ absicht~"
        " pläne? dran zusammenhang zu_tun verbindung~",
        "dementi~ bestreit~ bestritt~ leugne~ widerleg~ entlarv~ entkräft~ abgestritten streite~ zurück zurückgewiesen"
        " zurückweis~ widerspr~ widerruf~ richtigstell~ korrig~ korrektur~ ausgeschlossen ausschließ~ schließ~ entgegen"
        " tatsächlich in_wahrheit in_wirklichkeit entpupp~ herausgestellt erwies~ anders_als stattdessen sondern"
        " verwahr~"
        " distanzier~ verneint~ trotz klargestellt stellt~ betont~ beton~ beteuer~",
        "wahr wahrheit echt~ stimmt tatsächlich~ wirklich~ real~ richtig~ korrekt authentisch~ fakt~ zutreffend~"
        " trifft",
        "frag~ gefragt wüsst~ wissen weiß wisst prüf~ überprüf~ geprüft checken check~ bestätig~ klär~ klarstell~"
        " unklar"
        " ungewiss unsicher jemand irgendwer irgendjemand neugier~ interessier~ erfahren bitte könnt~ nachgeh~"
        " nachgefragt"
        " erkundig~ rätsel~ herausfind~ zweifel~ anfrage~ sagen",
        "ob wer was wann wo warum wieso weshalb wie welche~ stimmt ist sind war hat haben wird kann wurde oder gibt",
        "sag(?:t|te|ten|en) behaupt~ erklär~ berichte~ melde~ mitgeteilt teilt~ beton~ warn~ wirft werfen warf~"
        " beschuldig~"
        " bezeichne~ schreib~ schrieb~ bestätig~ kündig~ heißt hieß mein(?:t|te|en) vermut~ spricht zitier~ verkünd~"
        " versicher~ argumentier~ räum~ fügt~ äußer~ laut zufolge gemäß nach_angaben angaben ansicht worten berufung"
        " erzähl~ so_der so_die soll sollen klag~ nannte",
    ),
    "fr": _families(
        "ne n' pas jamais aucun~ personne rien ni nul~ sans non nullement point (?:n|qu)'\\w+",
        "affirmation~ déclaration~ rumeur~ information~ nouvelle~ accusation~ histoire~ publication~ post~"
        " message~ vidéo~"
        " photo~ image~ récit~ thèse~ théorie~ allégation~ propos citation~ lettre~ document~ capture~ article~ bruit~"
        " prétendu~ soi-disant cliché~ séquence~ spéculation~ intox extrait~ chiffre~ version~",
        "faux fausse~ mensong~ infond~ erron~ trompeu~ invent~ fabriqu~ intox infox fake~ mythe~ canular~"
        " désinformation"
        " bidon inexact~ fiction absurd~ manipul~ montage~ détourn~ truqu~ falsifi~ hors_contexte sorti~_de_son"
        " contexte"
        " imaginaire~ sans_fondement fantais~ ancien~ satir~ bobard~ périmé~ contrevérité~ contre-vérité~ dénué~"
        " ridicule~"
        " généré~ légende~ sans_lien rien_à_voir calomni~ toutes_pièces supercherie",
        "preuve~ indice~ trace~ fondement~ élément~ confirm~ signe~ lien~ rapport projet~ intention~ base",
        "dément~ dém[ei]nt~ ni(?:er|e|ent|é|ait|aient|ant) réfut~ rejet~ balay~ écart~ récus~ repouss~ contredi~"
        " infirm~"
        " contest~ rétract~ retir~ rectifi~ correctif exclu~ contrairement en_réalité en_fait malgré désavou~ démystif~"
        " démont~ désamor~ mise_au_point s'inscri~ avér~ plutôt insist~ assur~ jur~",
        "vrai~ vérité réel~ réalité authentique~ exact~ avéré~ fait~ vraiment réellement véridique~ bien sérieux",
        "demand~ vérifi~ confirm~ savoir sait savez sais interrog~ question~ ignor~ curieu~ quelqu'un clair~ incertain"
        " doute~ éclair~ précis~ enquêt~ cherch~ renseign~ pouvez pourriez merci plaît aider dire demande",
        "si s'il s'ils est-ce qui que quoi quand où pourquoi comment quel~ combien ou \\w+-t-\\w+"
        " \\w+-(?:il|elle|ils|elles"
        "|on|ce|vous|tu)",
        "affirm~ déclar~ dit disent prétend~ annonc~ indiqu~ expliqu~ assur~ rapport~ racont~ souti~ souten~ accus~"
        " soulign~ précis~ ajout~ estim~ dénonc~ alert~ martel~ rappel~ évoqu~ confirm~ rév[éè]l~ signal~ avert~ selon"
        " d'après en_croire écri~ lanc~ aurai~ aurait serait citant jug~",
    ),
    "es": _families(
        "no ni nunca jamás nadie nada ningun~ ningún sin tampoco",
        "afirmaci~ declaraci~ rumor~ informaci~ noticia~ acusaci~ histori~ publicaci~ post~ mensaj~ vídeo~ video~ foto~"
        " imagen~ imágen~ relato~ tesis teoría~ alegaci~ cita~ carta~ documento~ captura~ artículo~ bulo~ supuest~"
        " presunt~"
        " versi[oó]n~ grabaci~ audio~ cadena~ titular~ especulaci~",
        "fals~ mentira~ infundad~ erróne~ engañ~ inventad~ invención bulo~ fake~ mito~ desinformaci~ montaje~ inexact~"
        " ficción absurd~ manipul~ trucad~ falsific~ fuera_de_contexto contexto desmentid~ sin_fundamento antigu~"
        " satír~"
        " patraña~ trola~ incorrect~ infundio~ descabellad~ disparate~ generad~ sin_base tergivers~ camelo"
        " calumni~ broma",
        "prueba~ evidencia~ indicio~ rastro~ fundamento~ constancia base confirm~ señal~ relación vínculo~ plan~"
        " intención~"
        " registro~",
        "desm[ei]nt~ desmient~ refut~ neg(?:ó|aron|aba|aban|ado|ando|ar|amos) nieg~ contradi~ desacredit~ rebat~"
        " rechaz~"
        " descart~ retract~ rectific~ corrig~ correg~ desautoriz~ aclar~ contrariamente realidad de_hecho pese"
        " contrario"
        " desmont~ tach~ sino result~ ver insist~ asegur~ niego desvincul~",
        "verdad~ ciert~ real~ realidad auténtic~ exact~ hecho~ verídic~ veraz confirmad~",
        "pregunt~ verific~ comprob~ averigu~ confirm~ saber sabe~ alguien investig~ consult~ dud~ curios~ aclar~ claro"
        " podéis podrían pueden puede_alguien favor ayuda~ decirme explicar gustaría quisiera desconoce ignora",
        "si quién qué cuándo dónde cuál por_qué cómo cuánt~ o es son fue ha han hay",
        "afirm~ dijo dijeron dice~ declar~ asegur~ señal~ indic~ inform~ anunci~ denunci~ acus~ sost~ explic~ cont[óa]~"
        " coment~ advirt~ advier~ agreg~ añad~ subray~ aleg~ manifest~ relat~ insist~ cree~ consider~ revel~ confirm~"
        " escrib~ public~ circula~ report~ apunt~ según acuerdo_con juicio palabras citando supuest~ lament~ habría~",
    ),
    "it": _families(
        "non né mai nessun~ niente nulla senza neanche nemmeno neppure no",
        "affermazion~ dichiarazion~ voc[ei] notizi~ accus~ stori[ae] post pubblicazion~ messaggi~ video fot~ immagin~"
        " racconto tes[ie] teori~ cita~ letter~ document~ articol~ presunt~ sedicent~ indiscrezion~ filmat~ audio"
        " catena"
        " ipotes~ frase registrazion~ screenshot titol~ informazion~ dicerie versione",
        "fals~ bufal~ menzogn~ infondat~ errat~ ingannevol~ inventat~ invenzion~ fake~ mito disinformazion~ montatur~"
        " inesatt~ finzion~ assurd~ manipolat~ contraffatt~ fuori_contesto contesto smentit~ fondament~ vecchi[oae]"
        " satir~ fandoni~ frottol~ fuorvian~ bugi~ panzan~ decontestualizz~ generat~ leggend~ priv[oaei]_di fantasi~"
        " calunni~ scherzo sana_pianta ritoccat~ fotomontagg~",
        "prov[ae] evidenz~ indizi~ tracc~ fondament~ riscontr~ conferm~ legam~ pian[oi] intenzion~ element~ segn[oi]"
        " collegament~ base",
        "sment~ neg(?:a|ano|ato|ava|avano|ò|arono|ando|are|hi|ata) confut~ sbugiard~ contradd~ resping~ respint~"
        " respin~"
        " rigett~ esclud~ esclus~ ritratt~ rettific~ corregg~ corretto contrariamente realtà in_effetti diversamente"
        " disconosc~ bensì nonostante rivelat~ ridimension~ precisa~ chiar~ insist~ assicur~ ribad~",
        "ver[oaie] verità real~ realtà autentic~ esatt~ fatt[oi] davvero veramente attendibil~ fondat~",
        "chied~ chiest~ domand~ verific~ controll~ conferm~ sapere sa sapete qualcuno indag~ accert~ dubb~ curios~"
        " chiar~"
        " potete potreste favore aiut~ dirmi spieg~ capire appur~ vorrei ignora grazie",
        "se chi che_cosa cosa quando dove perché come quale quali quanto quanti o è sono ha hanno",
        "afferm~ dett[oi] dice dicono disse dichiar~ annunci~ riferi~ raccont~ spieg~ sost[ei]~ accus~ scri[vts]~"
        " denunc~"
        " assicur~ avvert~ aggiun~ sottoline~ rivel~ conferm~ precis~ segnal~ riport~ comunic~ secondo stando a_detta"
        " citando ritien~ ritengono lament~ avrebb~ sarebb~ insist~ parla",
    ),
}


def families_for(language: str, text: str) -> Families:
    """The word families of a language, or for one without its own those of the languages in the text's script."""
    found = _BY_LANGUAGE.get(language.lower().replace("_", "-").partition("-")[0])
    return found or _united(*languages_of_script(text))


@cache
def _united(*languages: str) -> Families:
    return Families(
        *(
            re.compile("|".join(getattr(_BY_LANGUAGE[code], field.name).pattern for code in languages))
            for field in fields(Families)
        )
    )
