"""What no package gives: choices about borders, and the capitals that no time zone has."""

#: Areas without an ISO code, and codes for names that the packages use in place of a code.
NAMES = {
    "XKX": "XK", "Kosovo": "XK", "ATC": "AU", "Coral Sea Is.": "AU", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU",
    "SOL": "SOL", "Somaliland": "SOL", "CYN": "CYN", "N. Cyprus": "CYN", "KAS": "KAS", "Siachen Glacier": "KAS",
    "IOA": "IOA", "Indian Ocean Ter.": "IOA",
}  # fmt: skip
#: Drawn with the state, with a disputed line between.
MERGED = {"CYN": "CY", "SOL": "SO"}
#: Parts of another state's outline that have a code of their own: state, longitude, latitude, radius in degrees.
PARTS = [
    ("GF", ("FR", -53, 4, 5)), ("GP", ("FR", -61.5, 16.2, 1)), ("MQ", ("FR", -61, 14.65, 0.6)),
    ("RE", ("FR", 55.5, -21.1, 2)), ("YT", ("FR", 45.2, -12.8, 1)), ("SJ", ("NO", 18, 78.5, 12)),
    ("CX", ("IOA", 105.6, -10.5, 2)), ("CC", ("IOA", 96.8, -12.1, 2)), ("BQ", ("NL", -68.3, 12.2, 1)),
    ("BQ", ("NL", -63.1, 17.55, 1)), ("TK", ("NZ", -171.8, -9.2, 2)),
]  # fmt: skip
#: Disputed lines: key, the two states, the pairs of areas that share the line, the boxes that contain the dispute
#: (none: the whole line), whether the line is dashed by default, and the reason.
DISPUTED = [
    ("western-sahara", ("MA", "EH"), "MA-EH", [], True, "status of Western Sahara not settled"),
    ("kosovo", ("RS", "XK"), "RS-XK", [], True, "Serbia does not recognise Kosovo"),
    ("somaliland", ("SO", "SO"), "SO-SOL", [], True, "Somaliland is drawn as a part of Somalia"),
    ("cyprus", ("CY", "CY"), "CY-CYN", [], True, "the north is drawn as a part of Cyprus; ceasefire line"),
    ("palestine", ("IL", "PS"), "IL-PS", [], True, "armistice lines of 1949; no agreed border"),
    ("golan", ("IL", "SY"), "IL-SY", [], True, "ceasefire line of 1974"),
    ("kashmir", ("IN", "PK"), "IN-PK", [(73, 32.8, 78, 36)], True, "Line of Control"),
    ("siachen", ("IN", "PK"), "IN-KAS PK-KAS CN-KAS", [], True, "no line agreed on the Siachen glacier"),
    ("aksai-chin", ("IN", "CN"), "IN-CN", [(77, 32.3, 80.5, 36)], True, "Line of Actual Control in Ladakh"),
    ("arunachal", ("IN", "CN"), "IN-CN", [(91, 26, 98, 30)], True, "McMahon Line; China claims the land south of it"),
    ("halaib", ("EG", "SD"), "EG-SD", [(33.16, 21, 38, 24)], True, "Hala’ib and Bir Tawil: two lines claimed"),
    ("abyei", ("SD", "SS"), "SD-SS", [(27.8, 8.5, 29.05, 10.8)], True, "status of Abyei not settled"),
    ("ilemi", ("KE", "SS"), "KE-SS", [(34.35, 4, 36.5, 6)], True, "Ilemi Triangle"),
    ("ogaden", ("ET", "SO"), "ET-SO", [(42.1, 3, 49, 8.1)], True, "provisional administrative line of 1950"),
    ("korea", ("KR", "KP"), "KR-KP", [], True, "armistice line of 1953; no agreed border"),
]
#: The zone that has the capital's name, in states with several.
CAPITAL_ZONES = {
    "AR": "Buenos_Aires", "CD": "Kinshasa", "CL": "Santiago", "CY": "Nicosia", "DE": "Berlin", "ES": "Madrid",
    "ID": "Jakarta", "MH": "Majuro", "MN": "Ulaanbaatar", "MX": "Mexico_City", "MY": "Kuala_Lumpur",
    "PG": "Port_Moresby", "PT": "Lisbon", "RU": "Moscow", "UA": "Kyiv", "UZ": "Tashkent", "GL": "Nuuk",
}  # fmt: skip
#: None, or contested: a brief that names one gives it.
NO_CAPITAL = "AQ BV HM IO GS TF UM CC CX EH IL PS TK BQ SJ"
