"""Years of archives at once: a Spark job that reads WARC files and writes the records that the crawler would write.

The pages are read, the meetings found and the reports joined by the same functions; this package only spreads the work.
Nothing imports it, and what it needs beyond requirements.txt stands in requirements-spark.txt. docs/scale.md tells how
it is submitted to a cluster.
"""
