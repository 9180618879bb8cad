"""The words of dates in articles, a language each: months, days of the week, and how time past is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """Regular expressions, each for one thing; `(?P<n>…)` stands for a number of days, weeks, months or years."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""
    units: tuple[str, str, str, str]
    """Day, week, month, year, with their endings."""
    numbers: tuple[str, ...]
    """One, two, three … in words."""
    ago: str
    """`{n} {unit}` and what makes it past."""
    last: str
    this: str
    days: tuple[str, str, str]
    """Today, yesterday, the day before."""
    month_after: str
    """What has to stand before a month that stands alone, for it to be one."""
    year_after: str
    of: str = ""
    """What may stand between a day and its month."""
    year_word: str = ""
    month_first: bool = False


WORDS = {
    "en": DateWords(
        months=(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        units=("days?", "weeks?", "months?", "years?"),
        numbers=("an?|one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        ago=r"{n}\s+{unit}\s+(?:ago|earlier)",
        last="last",
        this=r"this|earlier\s+this",
        days=("today", "yesterday", r"(?:the\s+)?day\s+before\s+yesterday"),
        month_after="in|since|last|early|late|mid-?|during|until|from",
        year_after="in|since|late|early|mid-?|during",
        of=r"of\s+",
        month_first=True,
    ),
    "ru": DateWords(
        months=(
            "январ[ьяе]",
            "феврал[ьяе]",
            "март[ае]?",
            "апрел[ьяе]",
            "ма[йяе]",
            "июн[ьяе]",
            "июл[ьяе]",
            "август[ае]?",
            "сентябр[ьяе]",
            "октябр[ьяе]",
            "ноябр[ьяе]",
            "декабр[ьяе]",
        ),
        weekdays=(
            "понедельник[а]?",
            "вторник[а]?",
            "сред[уы]",
            "четверг[а]?",
            "пятниц[уы]",
            "суббот[уы]",
            "воскресень[ея]",
        ),
        units=("д(?:ень|ня|ней)", "недел[юиьея]", "месяц(?:а|ев)?", "(?:год(?:а|у)?|лет)"),
        numbers=("один|одну", "два|две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"),
        ago=r"(?:{n}\s+)?{unit}\s+(?:тому\s+)?назад",
        last="прошл(?:ый|ая|ую|ой|ое|ом|ого)|минувш(?:ий|ую|ей|ее|ем)",
        this="эт(?:от|ой|ом|ого|у)",
        days=("сегодня", "вчера|накануне", "позавчера"),
        month_after="в|с|со|до|во",
        year_after="в|с|к|до|от",
        year_word=r"\s*(?:года?|году|г\.)?",
    ),
    "uk": DateWords(
        months=(
            "січ(?:ень|ня|ні)",
            "лют(?:ий|ого|ому)",
            "берез(?:ень|ня|ні)",
            "квіт(?:ень|ня|ні)",
            "трав(?:ень|ня|ні)",
            "черв(?:ень|ня|ні)",
            "лип(?:ень|ня|ні)",
            "серп(?:ень|ня|ні)",
            "верес(?:ень|ня|ні)",
            "жовт(?:ень|ня|ні)",
            "листопад[аі]?",
            "груд(?:ень|ня|ні)",
        ),
        weekdays=(
            "понеділ(?:ок|ка)",
            "вівтор(?:ок|ка)",
            "серед[уи]",
            "четвер(?:га)?",
            "п['’]ятниц[юі]",
            "субот[уи]",
            "неділ[юі]",
        ),
        units=("д(?:ень|ні|нів)", "тиж(?:день|ня|ні|нів)", "місяц(?:ь|і|ів)", "(?:рік|роки|років)"),
        numbers=("один|одну", "два|дві", "три", "чотири", "п['’]ять", "шість", "сім", "вісім", "дев['’]ять", "десять"),
        ago=r"(?:{n}\s+)?{unit}\s+тому",
        last="минул(?:ий|а|у|ої|ого|ому)",
        this="ц(?:ей|ього|ьому|ього)",
        days=("сьогодні", "вчора|учора|напередодні", "позавчора"),
        month_after="в|у|з|до",
        year_after="в|у|з|до|від",
        year_word=r"\s*(?:року|році|рік|р\.)?",
    ),
    "de": DateWords(
        months=(
            "januar|jänner",
            "februar",
            "märz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ),
        weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"),
        units=("tag(?:e|en)?", "woche[n]?", "monat(?:e|en|s)?", "jahr(?:e|en|es)?"),
        numbers=("einem|einer", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        ago=r"vor\s+(?:genau\s+)?{n}\s+{unit}",
        last="letzte[nrs]?|vergangene[nrs]?|vorige[nrs]?",
        this="diese[nrsm]?",
        days=("heute", "gestern", "vorgestern"),
        month_after="im|seit|anfang|ende|mitte|bis",
        year_after=r"seit|anfang|ende|mitte|im\s+jahr|jahr",
    ),
    "es": DateWords(
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre|setiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        units=("días?", "semanas?", "mes(?:es)?", "años?"),
        numbers=("una?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
        ago=r"hace\s+{n}\s+{unit}",
        last="pasad[oa]|últim[oa]",
        this="est[ea]",
        days=("hoy", "ayer", "anteayer"),
        month_after="en|desde|de",
        year_after="en|desde|de",
        of=r"del?\s+",
    ),
    "fr": DateWords(
        months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        units=("jours?", "semaines?", "mois", "an(?:s|née|nées)?"),
        numbers=("une?", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
        ago=r"il\s+y\s+a\s+(?:exactement\s+)?{n}\s+{unit}",
        last="derni(?:er|ère)|passée?",
        this="ce(?:t|tte)?",
        days=("aujourd[’']hui", "hier", "avant-hier"),
        month_after="en|depuis|fin|début",
        year_after="en|depuis|fin|début",
    ),
    "it": DateWords(
        months=(
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ),
        weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
        units=("giorn[oi]", "settiman[ae]", "mes[ei]", "ann[oi]"),
        numbers=("una?|un", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci"),
        ago=r"{n}\s+{unit}\s+fa",
        last="scors[oa]|passat[oa]",
        this="quest[oa]",
        days=("oggi", "ieri", r"l[’']altro\s+ieri"),
        month_after="a|ad|in|da|dal|nel|fine|inizio",
        year_after="nel|dal|fine|inizio",
    ),
    "ar": DateWords(
        months=(
            r"يناير|كانون\s+الثاني",
            "فبراير|شباط",
            "مارس|آذار",
            "أبريل|نيسان",
            "مايو|أيار",
            "يونيو|حزيران",
            "يوليو|تموز",
            "أغسطس|آب",
            "سبتمبر|أيلول",
            r"أكتوبر|تشرين\s+الأول",
            r"نوفمبر|تشرين\s+الثاني",
            r"ديسمبر|كانون\s+الأول",
        ),
        weekdays=("ال[اإ]ثنين", "الثلاثاء", "ال[أا]ربعاء", "الخميس", "الجمعة", "السبت", "ال[أا]حد"),
        units=("يوم|أيام", "أسبوع|أسابيع", "شهر|أشهر", "عام|سنة|أعوام|سنوات"),
        numbers=("واحد", "اثنين", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
        ago=r"(?:قبل|منذ)\s+(?:{n}\s+)?{unit}",
        last="الماضي|الماضية",
        this="هذا|هذه",
        days=("اليوم", "أمس", r"أول\s+أمس"),
        month_after="في|منذ",
        year_after="في|منذ|عام",
    ),
}
