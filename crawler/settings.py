"""Every setting that differs from Scrapy's default, with its reason.

The comments name Scrapy's default and, where it differs, the value of Scrapy's project template.
"""

from __future__ import annotations

import os

BOT_NAME = "defence-meetings"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# --- Of this project ---------------------------------------------------------------------------

# Everything the program writes stands under it.
DATA_DIR = "data"
# The store; empty: sqlite:///<DATA_DIR>/crawler.db. PostgreSQL: postgresql+psycopg://user@host/database
STORE_URL = ""
# Seconds in which a PostgreSQL server that goes away in mid-run may come back: a restart takes a few. Nothing is
# fetched meanwhile. Then the run ends with the verdict storage.
STORE_WAIT = 30.0
# An address or page that the user agent names, so that a site can ask us to stop. A live crawl needs it.
CONTACT = ""
# http://127.0.0.1:PORT of the replica of the sites; every request goes there. Loopback only.
REPLICA_URL = ""
# Batches of one listing at most. 16 cards a batch: about 800 cards, many weeks of a military section.
LISTING_MAX_PAGES = 50
# Listings are read this many days further back than the newest article of the last good run, because stories appear
# late and out of order (AzerNews: 83 of 1,334 neighbours in the feed invert by more than six hours, one by weeks).
OVERLAP_DAYS = 3
# Known articles are read again this many hours after their publication, with conditional requests: corrections and
# translations come within the day. After the last one they are left alone.
REVISIT_HOURS = [1, 6, 24, 72]
# Raw pages of a run, in MiB before compression (0: none are kept), and for how many days.
RAW_PAGES_MB = 1024
RAW_PAGES_DAYS = 90
# 1: every article is printed with the rule behind each field of its meetings.
EXPLAIN = False

# The line of progress on a terminal; -q takes it away.
PROGRESS = True

# Where the meetings go at the end of each run that changed something: destinations of `scrapy export`.
DELIVERIES: list[str] = []

# --- Politeness --------------------------------------------------------------------------------

# Filled from CONTACT by the crawl command (default: Scrapy's own name and address).
USER_AGENT = "defence-meetings"
# Default False, template True: the sites' wishes are obeyed.
ROBOTSTXT_OBEY = True
# Default 8, template 1: small newsrooms' servers.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Default 16: with one request a host at a time more would only queue, and be sent to a site that has just refused us.
CONCURRENT_REQUESTS = 2
# Default 0 s, template 1 s. With jitter (default 0.5), so that requests do not tick.
DOWNLOAD_DELAY = 1.0
# Default False: slower still when the site is slow.
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0

# Seconds before a request that failed is sent again, doubled with each attempt, give or take a half; Retry-After goes
# before it. A site that asks for more than RETRY_WAIT_MAX is left for the next run. 2 min: a run ends the same hour.
RETRY_WAIT = 5.0
RETRY_WAIT_MAX = 120.0
# Default 2 retries: three sites with rare short outages.
RETRY_TIMES = 3
# Requests in a row that failed after all retries, after which a site is taken to be down. 5 timeouts take 10 minutes.
OUTAGE_FAILURES = 5

# --- Closed by default -------------------------------------------------------------------------

# Default on: both listen on a port and run code.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# Default False: a certificate is verified.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Default 1 GiB: an article is some 100 kB, a sitemap a few MB.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
# Default 180 s: the sites answer within seconds.
DOWNLOAD_TIMEOUT = 30
# Default True: nobody logs in.
COOKIES_ENABLED = False
# Default True: none of the sites uses it, and it would be one more way to be sent elsewhere.
METAREFRESH_ENABLED = False
# Default: connects to whatever a name resolves to. Here never to a private, link-local or loopback address.
TWISTED_DNS_RESOLVER = "crawler.middlewares.destinations.PublicResolver"
# Default: file, data, s3 and ftp are on. Spiders fetch http(s) and nothing else.
DOWNLOAD_HANDLERS = {
    "http": "crawler.middlewares.transport.SiteDownloadHandler",
    "https": "crawler.middlewares.transport.SiteDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# --- Bounded runs ------------------------------------------------------------------------------

# Default 0 (never): a run ends before the next one of an hourly timer is likely to be needed twice.
CLOSESPIDER_TIMEOUT = 3 * 3600
# Default 0 (none): a run holds some 150 MB.
MEMUSAGE_LIMIT_MB = 2048
# Default 20: no site here redirects more than twice.
REDIRECT_MAX_TIMES = 5

# Default 100, tasks that Scrapy starts for the items of every single response: a page is one article, and recording it
# never waits. They cost as much as the download of a page on loopback.
CONCURRENT_ITEMS = 1
# Default True: reads the source of every callback. Ours are typed, and mypy sees a returned value.
WARN_ON_GENERATOR_RETURN_VALUE = False

# --- The way of an item ------------------------------------------------------------------------

ITEM_PIPELINES = {
    "crawler.pipelines.MentionsPipeline": 100,
    "crawler.pipelines.StorePipeline": 200,
}
SPIDER_MIDDLEWARES = {
    # Before Scrapy's own filter of error statuses (50), which would hide a block.
    "crawler.middlewares.blocks.BlockMiddleware": 40,
    "crawler.middlewares.storage.StorageMiddleware": 45,
    # Depth is not limited here, and no request is copied from the meta of another: each costs a pass over every page.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
DOWNLOADER_MIDDLEWARES = {
    # Scrapy's own crawls when robots.txt answers 403 or 500, hangs or is an HTML page.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    # Scrapy's own retries at once and knows no Retry-After.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.retries.PoliteRetryMiddleware": 550,
    # Off by the settings above, or never asked to do anything here: each would only be passed by every request.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    # Scrapy's own follows a redirect to any host and address.
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirects.SiteRedirectMiddleware": 600,
    "crawler.middlewares.conditional.ConditionalMiddleware": 650,
}
EXTENSIONS = {
    "crawler.extensions.standalone.Standalone": 460,
    "crawler.extensions.lock_watch.LockWatch": 470,
    "crawler.extensions.progress.Progress": 480,
    "crawler.extensions.progress.Course": 481,
    # Names no source, and counts a minute's pages while the last line counts the run's.
    "scrapy.extensions.logstats.LogStats": None,
    "crawler.extensions.coverage.Coverage": 490,
    "crawler.extensions.verdict.VerdictRecorder": 500,
    "crawler.extensions.release.QuarantineRelease": 505,
    "crawler.extensions.item_faults.ItemFaults": 505,
    "crawler.extensions.raw_pages.RawPages": 510,
    # The feed is written by the run, once and when its verdict is known (crawler/feeds/publication.py): Scrapy's own
    # exporter truncates an old feed on a run without items and publishes half a feed on SIGTERM.
    "scrapy.extensions.feedexport.FeedExporter": None,
}

# --- Feeds -------------------------------------------------------------------------------------

# Default None (ASCII for JSON): people read the feed.
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {
    "jsonl": "crawler.feeds.exporters.MeetingLinesExporter",
    "jsonlines": "crawler.feeds.exporters.MeetingLinesExporter",
    "jl": "crawler.feeds.exporters.MeetingLinesExporter",
    "json": "crawler.feeds.exporters.MeetingJsonExporter",
    "xml": "crawler.feeds.exporters.MeetingXmlExporter",
    "csv": "crawler.feeds.exporters.MeetingCsvExporter",
    # Python objects, which nothing but this program's own version could read again.
    "marshal": None,
    "pickle": None,
}

# --- Notifications (docs/operations.md) --------------------------------------------------------

# Off until a channel is named. Out of the environment, because others on the machine can read command lines.
# An incoming webhook of Slack.
NOTIFY_SLACK_WEBHOOK = os.environ.get("NOTIFY_SLACK_WEBHOOK", "")
# The token of a Telegram bot and the chat it writes to.
NOTIFY_TELEGRAM_TOKEN = os.environ.get("NOTIFY_TELEGRAM_TOKEN", "")
NOTIFY_TELEGRAM_CHAT = os.environ.get("NOTIFY_TELEGRAM_CHAT", "")
NOTIFY_TELEGRAM_API = os.environ.get("NOTIFY_TELEGRAM_API", "https://api.telegram.org")
# Addresses (a,b), sender, and smtp://[user:password@]host[:port], encrypted if the server can, or smtps://...
NOTIFY_MAIL_TO = os.environ.get("NOTIFY_MAIL_TO", "")
NOTIFY_MAIL_FROM = os.environ.get("NOTIFY_MAIL_FROM", "")
NOTIFY_SMTP_URL = os.environ.get("NOTIFY_SMTP_URL", "")
# https://KEY@HOST/PROJECT
NOTIFY_SENTRY_DSN = os.environ.get("NOTIFY_SENTRY_DSN", "")

# --- Log ---------------------------------------------------------------------------------------

# Default DEBUG: an unattended run logs what an operator reads.
LOG_LEVEL = "INFO"
# Default 60 s: a polite crawl of an hour would fill the log with lines that say little. 0: none.
LOGSTATS_INTERVAL = 300.0
# Default True, two pages a source: the manifest has the figures. LOG_LEVEL=DEBUG or STATS_DUMP=1 prints all counters.
STATS_DUMP = False
# Default False: a log line is one line of an event.
LOG_FORMAT = "%(asctime)s [%(name)s] %(levelname)s: %(message)s"
# Default: Scrapy's own, which prints the whole article when the store did not take it.
LOG_FORMATTER = "crawler.extensions.logs.Formatter"
# 1: JSON Lines, for a log collector (crawler/extensions/logs.py).
LOG_JSON = False
# A spider that cannot be imported must fail (default False, said again because a run depends on it).
SPIDER_LOADER_WARN_ONLY = False
