"""What has to know Django: the addresses of the pages, their queries, and the deeds. Prints one line of JSON.

Called as ``python -m bench.portal.child pages | deeds`` with the variables of an installation's process.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Answer one question about the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vekha_portal.settings")
    import django  # noqa: PLC0415 — nothing of Django's before its settings are named

    django.setup()
    from bench.portal import deeds, pages  # noqa: PLC0415 — as above

    answer: Any = pages.describe() if sys.argv[1] == "pages" else deeds.carry_out()
    print(json.dumps(answer, default=str, ensure_ascii=False))


if __name__ == "__main__":
    main()
