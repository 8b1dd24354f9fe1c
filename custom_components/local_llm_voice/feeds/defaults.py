"""Feeds for a home that names none itself: public broadcasters and large papers."""

from collections.abc import Mapping
from typing import Final

DEFAULT_FEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "da": ("https://www.dr.dk/nyheder/service/feeds/senestenyt",),
    "de": (
        "https://www.tagesschau.de/infoservices/alle-meldungen-100~rss2.xml",
        "https://www.deutschlandfunk.de/nachrichten-100.rss",
    ),
    "en": (
        "https://feeds.bbci.co.uk/news/rss.xml",
        "https://feeds.npr.org/1001/rss.xml",
        "https://www.theguardian.com/world/rss",
    ),
    "es": (
        "https://feeds.bbci.co.uk/mundo/rss.xml",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada",
    ),
    "fr": (
        "https://www.francetvinfo.fr/titres.rss",
        "https://www.lemonde.fr/rss/une.xml",
    ),
    "it": ("https://www.ansa.it/sito/ansait_rss.xml",),
    "ja": ("https://news.yahoo.co.jp/rss/topics/top-picks.xml",),
    "nl": ("https://feeds.nos.nl/nosnieuwsalgemeen",),
    "zh": ("https://feeds.bbci.co.uk/zhongwen/simp/rss.xml",),
}
"""By language of speech."""
