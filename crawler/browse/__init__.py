"""The analysts' pages: Datasette on the analysts' database, with pages of its own for meetings and people.

Pages are rendered on the server and run no script. ``server.make_datasette`` puts the parts together.
"""
