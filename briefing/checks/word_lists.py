"""Word lists of the checks, by language. In other languages the checks that need them find nothing."""

from __future__ import annotations

import re
from functools import cache

#: Number words, which may announce a list.
NUMBERS = {
    "en": {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    },
    "ru": {
        "два": 2, "две": 2, "двух": 2, "три": 3, "трёх": 3, "трех": 3, "четыре": 4, "четырёх": 4, "четырех": 4,
        "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "девять": 9, "десять": 10,
    },
    "kk": {"екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10},
}  # fmt: skip

#: Ordinals that count the items of a list. Those in Russian are stems, because their endings change with the case.
ORDINALS = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    "ru": ("перв", "втор", "трет", "четвёрт|четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"),
    "kk": ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші"),
}

#: Conjunctions before the last item of a list.
AND = {"en": "and|or", "ru": "и|или", "kk": "және|мен|пен|бен|әрі"}

#: Words in a sentence that attribute a quotation, or show that the quoted words are a name or term.
SAYING = {
    "en": (
        r"sa(?:ys?|id|ying)|sp(?:oke|eaks?) of|not(?:es|ed|ing)|add(?:s|ed)|call(?:s|ed|ing)|wr(?:ites|ote|itten)|"
        r"stated|statement|declar\w*|remark\w*|told|tells|describ\w*|phrase|words?|puts? it|according to|quot\w+|"
        r"motto|slogan|title[ds]?|entitled|heading|named?|known as|so-called|term(?:s|ed)?|explain\w*|warn\w*|argu\w*|"
        r"insist\w*|report(?:s|ed)|announc\w*|promis\w*|pledg\w*|stress\w*|mean(?:s|t)|refer\w*|text|speech|letter"
    ),
    "ru": (
        r"сказал\w*|заяв\w*|отме[тч]\w*|по словам|слов\w*|пис\w*|пиш\w*|наз[ыв]\w*|говор\w*|подч[её]рк\w*|выраж\w*|"
        r"цит\w*|девиз\w*|по мнению|сообщ\w*|объяв\w*|добав\w*|счита\w*|термин\w*|объясн\w*|речь|речи|текст\w*"
    ),
    "kk": r"де(?:ді|йді|п|ген|лін)\w*|айт\w*|ата[пл]\w*|мәлімде\w*|жаз\w*|сөз\w*|ұран\w*|хабарла\w*|түсіндір\w*",
}

#: Offices, whose holders may change.
OFFICES = {
    "en": (
        r"presidents?|premier|chancellor|ministers?|monarch|king|queen|sovereign|emir|sultan|pope|head of \w+|"
        r"governor|speaker|mayor|chair\w*|ambassador|secretary(?:-| )general|chief of \w+"
    ),
    "ru": r"президент\w*|премьер\w*|канцлер|министр\w*|монарх|король|королева|глава \w+|губернатор|председател\w*|"
    r"спикер|посол|генеральный секретарь",
    "kk": r"президент\w*|премьер\w*|канцлер|министр\w*|патша\w*|король\w*|басшы\w*|төраға\w*|спикер\w*|елші\w*",
}

#: Labels in the fact box whose digits are no figure, in all languages.
ADDRESSES = (
    r"address|(?:tele)?phone|tel|fax|postcode|(?:dialling|calling|country) code|adresse|telefon|vorwahl|postleitzahl|"
    r"téléphone|indicatif|code postal|dirección|teléfono|prefijo|código postal|عنوان|هاتف|رمز الاتصال|"
    r"адрес|телефон|факс|индекс|код|мекенжай\w*"
)

#: Abbreviations that all readers know, by language, and in every language under "*". ``checks.known`` adds to them.
KNOWN = {
    language: frozenset(words.split())
    for language, words in {
        "*": "EU NATO UNESCO UNICEF UNHCR UNDP OPEC ASEAN FIFA UEFA NASA BBC CNN USA UTC GMT TV PDF AIDS HIV "
        "COVID SARS DNA GPS SMS SIM USB LED PC CD DVD VIP WWW BMW IBM",
        "en": "NB UN US UK USSR UAE WHO IMF WTO OECD ILO IAEA FAO IOM ICC ICJ ICRC NGO GDP GNP GNI FDI VAT CEO CIA FBI "
        "KGB MP MEP PM AM BC BCE AD CE BA MA PhD DC OK ID IT AI ICT IDP TB LNG LPG SME HQ "
        "AU OAS EIB EBRD WFP UNRWA R&D Q&A FAQ PR HR DIY ATM",
        "de": "UN UNO US EWG EG USA UdSSR DDR BRD WHO IWF WTO OECD IAEO ILO NGO BIP BSP CDU CSU SPD FDP ARD ZDF DM "
        "GmbH AG LKW PKW EDV KI IT CEO",
        "fr": "ONU UE OTAN OMS FMI OMC OCDE AIEA OIT ONG PIB PNB TVA URSS RFA RDA SIDA VIH PDG CEE CIJ CPI PME TGV IA "
        "UA PAM HCR CFA",
        "es": "ONU UE OTAN OMS FMI OMC OCDE OIEA OIT ONG PIB PNB IVA URSS EEUU EE UU SIDA VIH CEE CIJ CPI PYME IA "
        "OEA PNUD CEPAL",
        "it": "ONU UE OMS FMI OMC OCSE AIEA OIL ONG PIL PNL IVA URSS CEE CIG CPI PMI IA RAI",
        "pt": "ONU UE OMS FMI OMC OCDE AIEA OIT ONG PIB PNB IVA URSS EUA SIDA VIH CEE PME IA",
        "nl": "VN EEG VS WHO IMF WTO OESO IAEA ILO NGO BBP BNP BTW USSR DDR KI",
        "pl": "ONZ UE WHO MFW WTO OECD MAEA MOP PKB PNB VAT ZSRR NRD RFN RP",
        "tr": "BM AB ABD DSÖ IMF DTÖ OECD STK GSYH KDV SSCB TBMM",
        "uk": "ООН ЄС США СРСР НАТО ЮНЕСКО ЮНІСЕФ ВООЗ МВФ СОТ ОЕСР МАГАТЕ МОП НУО ВВП ВНП ПДВ СНД МЗС ТБ",
        "ru": "ООН ЕС США СССР РФ СНГ МИД ВВП ВНП ТВ НАТО ЮНЕСКО ЮНИСЕФ ВОЗ МВФ ВТО ОЭСР МАГАТЭ МОТ НПО НДС ОПЕК АСЕАН "
        "СМИ ВИЧ СПИД МВД ФСБ КГБ ФРГ ГДР ОАЭ КНР КНДР ООО АО",
        "kk": "БҰҰ ЕО АҚШ КСРО ТМД СІМ ЖІӨ НАТО ЮНЕСКО ДДСҰ ХВҚ ДСҰ ЭЫДҰ МАГАТЭ ХЕҰ ҮЕҰ БАҚ ҚР РФ",
    }.items()
}


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A pattern that matches any of the words as a whole word, in upper or lower case."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
