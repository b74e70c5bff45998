"""The full names of months by language, from CLDR, in small letters. Babel takes a fifth of a second to load them."""

from __future__ import annotations

NAMES = {
    "af": "januarie februarie maart april mei junie julie augustus september oktober november desember",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "be": (
        "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня "
        "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань"
    ),
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "bs": "januar februar mart april maj juni juli august septembar oktobar novembar decembar",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "cs": (
        "ledna února března dubna května června července srpna září října listopadu prosince leden únor "
        "březen duben květen červen červenec srpen říjen listopad prosinec"
    ),
    "cy": "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "dsb": (
        "januara februara měrca apryla maja junija julija awgusta septembra oktobra nowembra decembra januar "
        "februar měrc apryl maj junij julij awgust september oktober nowember december"
    ),
    "el": (
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
        "δεκεμβρίου ιανουάριοσ φεβρουάριοσ μάρτιοσ απρίλιοσ μάιοσ ιούνιοσ ιούλιοσ αύγουστοσ σεπτέμβριοσ "
        "οκτώβριοσ νοέμβριοσ δεκέμβριοσ"
    ),
    "en": "january february march april may june july august september october november december",
    "eo": "januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "eu": "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua",
    "fi": (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu "
        "elokuu syyskuu lokakuu marraskuu joulukuu"
    ),
    "fo": "januar februar mars apríl mai juni juli august september oktober november desember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fy": "jannewaris febrewaris maart april maaie juny july augustus septimber oktober novimber desimber",
    "ga": "eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa samhain nollaig",
    "gl": "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "gsw": "januar februar märz april mai juni juli auguscht septämber oktoober novämber dezämber",
    "hr": (
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca "
        "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac"
    ),
    "hsb": (
        "januara februara měrca apryla meje junija julija awgusta septembra oktobra nowembra decembra januar "
        "februar měrc apryl meja junij julij awgust september oktober nowember december"
    ),
    "hu": "január február március április május június július augusztus szeptember október november december",
    "hy": (
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի "
        "դեկտեմբերի հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր "
        "դեկտեմբեր"
    ),
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "lb": "januar februar mäerz abrëll mee juni juli august september oktober november dezember",
    "lt": (
        "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio "
        "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis"
    ),
    "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "mt": "jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nds": "januaar februaar märz april mai juni juli august september oktover november dezember",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
    ),
    "prg": "rags wassarins pūlis sakkis zallaws sīmenis līpa daggis sillins spallins lapkrūtis sallaws",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "rm": "schaner favrer mars avrigl matg zercladur fanadur avust settember october november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря январь февраль "
        "март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    ),
    "se": (
        "ođđajagemánnu guovvamánnu njukčamánnu cuoŋománnu miessemánnu geassemánnu suoidnemánnu borgemánnu "
        "čakčamánnu golggotmánnu skábmamánnu juovlamánnu"
    ),
    "sk": (
        "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra január "
        "február marec apríl máj jún júl august september október november december"
    ),
    "sl": "januar februar marec april maj junij julij avgust september oktober november december",
    "smn": (
        "uđđâivemáánu kuovâmáánu njuhčâmáánu cuáŋuimáánu vyesimáánu kesimáánu syeinimáánu porgemáánu "
        "čohčâmáánu roovvâdmáánu skammâmáánu juovlâmáánu"
    ),
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "sr": "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "sr_Latn": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "uk": (
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня січень лютий "
        "березень квітень травень червень липень серпень вересень жовтень листопад грудень"
    ),
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "wae": "jenner hornig märze abrille meije bráčet heiwet öigšte herbštmánet wímánet wintermánet chrištmánet",
}
