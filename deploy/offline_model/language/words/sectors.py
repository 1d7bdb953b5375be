"""Sectors and industry groups of the Global Industry Classification Standard, and how people call them."""

SECTORS: dict[str, str] = {
    "Energy": "energy | oil and gas | oil companies | oil stocks | energie | energiewerte | ölwerte",
    "Materials": "materials | basic materials | chemicals | miners | grundstoffe | rohstoffe | chemie",
    "Industrials": "industrials | industrial | industrie | industriewerte",
    "Consumer Discretionary": "consumer discretionary | discretionary | cyclical consumer | zyklische konsumgüter"
    " | zyklischer konsum | nicht-basiskonsumgüter",
    "Consumer Staples": "consumer staples | staples | staple | defensive consumer | basiskonsumgüter"
    " | basiskonsum | nichtzyklische konsumgüter | verbrauchsgüter",
    "Health Care": "health care | healthcare | health | medical | gesundheit | gesundheitswesen"
    " | gesundheitswerte",
    "Financials": "financials | financial | finance | finanzen | finanzwerte | finanzsektor | finanztitel",
    "Information Technology": "information technology | technology | tech | it sector | it stocks"
    " | technologie | technologiewerte | tech-werte | informationstechnologie",
    "Communication Services": "communication services | communications | communication | kommunikation"
    " | kommunikationsdienste",
    "Utilities": "utilities | utility | versorger | versorgern | versorgerwerte",
    "Real Estate": "real estate | property companies | immobilien | immobilienwerte",
    "Automobiles & Components": "automobiles | carmaker | automaker | automakers | car makers | carmakers | autos | autobauer"
    " | autohersteller | autowerte",
    "Banks": "banks | bank | bank stocks | banken | bankwerte | bankaktien",
    "Capital Goods": "capital goods | investitionsgüter",
    "Commercial & Professional Services": "commercial services | professional services",
    "Consumer Durables & Apparel": "consumer durables | apparel | gebrauchsgüter",
    "Consumer Services": "consumer services | restaurants | hotels",
    "Equity REITs": "reits | reit | equity reits",
    "Financial Services": "financial services | finanzdienstleister",
    "Food, Beverage & Tobacco": "food and beverage | food | beverages | tobacco | nahrungsmittel | getränke",
    "Health Care Equipment & Services": "health care equipment | medical devices | medtech | medizintechnik",
    "Household & Personal Products": "household products | personal products | haushaltsprodukte",
    "Insurance": "insurance | insurers | insurer | versicherung | versicherer | versicherungen",
    "Media & Entertainment": "media | entertainment | medien",
    "Pharmaceuticals, Biotechnology & Life Sciences": "pharmaceuticals | pharma | biotech | biotechnology | biotechs | drug maker | drugmaker"
    " | drug makers | drugmakers | pharmawerte",
    "Semiconductors & Semiconductor Equipment": "semiconductors | semiconductor | chip makers | chipmakers | chipmaker | chip maker"
    " | chip stocks | chips | halbleiter | halbleiterwerte | chiphersteller",
    "Software & Services": "software | software stocks | softwarewerte",
    "Technology Hardware & Equipment": "hardware | technology hardware",
    "Telecommunication Services": "telecoms | telecom | telco | telcos | telecommunication | telekommunikation",
    "Transportation": "transportation | airline | airlines | railroad | railroads | transport | fluggesellschaften",
}
"""Phrases are parted by " | "."""

PARENTS = {
    "Automobiles & Components": "Consumer Discretionary",
    "Banks": "Financials",
    "Capital Goods": "Industrials",
    "Commercial & Professional Services": "Industrials",
    "Consumer Durables & Apparel": "Consumer Discretionary",
    "Consumer Services": "Consumer Discretionary",
    "Equity REITs": "Real Estate",
    "Financial Services": "Financials",
    "Food, Beverage & Tobacco": "Consumer Staples",
    "Health Care Equipment & Services": "Health Care",
    "Household & Personal Products": "Consumer Staples",
    "Insurance": "Financials",
    "Media & Entertainment": "Communication Services",
    "Pharmaceuticals, Biotechnology & Life Sciences": "Health Care",
    "Semiconductors & Semiconductor Equipment": "Information Technology",
    "Software & Services": "Information Technology",
    "Technology Hardware & Equipment": "Information Technology",
    "Telecommunication Services": "Communication Services",
    "Transportation": "Industrials",
}
"""The sector of an industry group."""
