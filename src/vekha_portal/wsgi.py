"""What the web server calls."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from vekha_portal.operations.static_files import StaticFiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vekha_portal.settings")
application = StaticFiles(get_wsgi_application(), Path(settings.STATIC_ROOT))
# what was loaded stays for good: the collector need not walk it again and again while people wait
gc.collect()
gc.freeze()
