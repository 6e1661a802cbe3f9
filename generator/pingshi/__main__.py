"""`python -m pingshi`."""

import sys

from pingshi.cli import main

sys.exit(main())
