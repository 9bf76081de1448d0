"""`python -m rejoinder` is the command `rejoinder`."""

import sys

from rejoinder.cli import main

sys.exit(main())
