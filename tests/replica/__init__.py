"""Three invented news sites on loopback, made to be crawled by tests, the demo and load measurements.

No raw page of Report.az, AzerNews or MENAFN was at hand. Every page here is a RECONSTRUCTION from public descriptions of
their markup: named selectors, printed forms of dates, order of the page's text, boilerplate. What stands between the
named selectors is guessed. Every story is INVENTED: the meetings did not take place, the foreign officials do not exist,
and no sentence is taken from a published article. Nothing here may be quoted as news, or as proof of how a site looks.

``python -m tests.replica --port 0 --port-file FILE [--filler N] [--faults FILE]`` serves until SIGTERM;
``tests.replica.server.Replica`` does the same in a thread of a test. The sites are told apart by the Host header and their
clock always stands at 2026-05-04T18:00+04:00 (``calendars.CLOCK``).

===============  ============================================================================================
stories/*.toml   the stories: which meetings took place, and what each desk wrote of them
stories.py       reads and checks them (story_files, story_tables, story_records); ``expected_meetings`` says what
                 a crawler has to find
posts.py         a page's content, whatever it came from
background.py    unrelated news around the stories, from the patterns in texts/
filler.py        any number of further articles for load tests, computed when asked for
catalogue.py     all of it in date order, by address, and with the edits a test makes
sites/           which address gives which page
templates/       the pages
faults.py        everything a site can do wrong
server.py        HTTP, and ``Replica`` for tests: ``url``, ``log``, ``faults``, ``edits``, ``stories``
samples/*.toml   stories of the replica's own tests
===============  ============================================================================================
"""
