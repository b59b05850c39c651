"""The same article as any Django project would show it: what this application is measured against.

Model instances, templates, as few queries as prefetching makes it, and the usual middleware. It
reads the tables of the site that is measured. With PLAIN_CACHE=on, Django's own cache middleware
keeps whole pages in the process's memory, in the order that its documentation asks for.
"""
