# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol for tests in Python: one point a call, the plan at the end."""
import sys


class Tap:
    def __init__(self):
        self.n_points = 0
        self.n_failed = 0

    def point(self, name, problems=()):
        """One point: it passes when there are no problems. Problems are printed below it."""
        self.n_points += 1
        problems = list(problems)
        if problems:
            self.n_failed += 1
        print('%sok %d %s' % ('not ' if problems else '', self.n_points, name.replace('#', '\\#')))
        for problem in problems:
            for line in str(problem).splitlines():
                print('# ' + line)
        sys.stdout.flush()

    def skip(self, name, why):
        self.n_points += 1
        print('ok %d %s # SKIP %s' % (self.n_points, name.replace('#', '\\#'), why), flush=True)

    def finish(self):
        """Prints the plan and ends the program."""
        print('1..%d' % self.n_points)
        sys.exit(1 if self.n_failed else 0)
