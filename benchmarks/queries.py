"""How many queries pages take: `python -m benchmarks.queries ADDRESS …` prints a number a line.

Asked in this process, below any page cache that stands before Django, on the site and with the
project that the settings name. What a process keeps for long is there already.
"""

import sys


def main(addresses):
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    for address in addresses:
        for _twice in range(2):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        print(len(queries))


if __name__ == "__main__":
    main(sys.argv[1:])
