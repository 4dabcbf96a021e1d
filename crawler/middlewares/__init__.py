"""Transport and politeness: how a request reaches a site, and when a site's answer ends the crawl of it."""
