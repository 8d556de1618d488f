"""`python -m longroad` is the command `longroad`."""

import sys

from longroad.cli import main

sys.exit(main())
