#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""heapwise-cli and the files that nobody should have to give it.

Each row gives the program one odd input. It must answer with one clear message that says the place, with the right exit
status, and soon: within HEAPWISE_CPU_SECONDS (2 unless set) of processor time. HEAPWISE_CLI is the program. Rows for a command
or a language that it does not have are skipped.
"""
import dataclasses
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
sys.path.insert(0, TESTS)
from tap import Tap

CLI = os.environ.get('HEAPWISE_CLI', '')
CPU_SECONDS = float(os.environ.get('HEAPWISE_CPU_SECONDS', '2'))
# A run that nothing stops is ended long after it has failed.
HARD_CPU_SECONDS = 60
MAX_RESIDENT_KIB = 1 << 20
MAX_OUTPUT_BYTES = (64 << 20) + (1 << 16)

# "file.c:3:5: fault[use-after-free]: words"
HEAD = re.compile(r'^(?P<file>[^\n:]+):(?P<line>\d+):(?P<column>\d+): '
                  r'(?P<severity>error|fault|limit|warning)\[(?P<code>[^\]]+)\]: (?P<words>.+)$', re.MULTILINE)
# How a report says that the run ended, by exit status.
ENDS = {0: ['exit'], 1: ['rejected'], 3: ['fault'], 4: ['exception', 'panic'], 5: ['limit'], 6: ['unsupported']}
# The member that tells more about each ending.
TOLD_BY = {'rejected': 'diagnostics', 'unsupported': 'diagnostics', 'fault': 'fault', 'exception': 'exception',
           'panic': 'panic', 'limit': 'limit'}


@dataclasses.dataclass
class Row:
    """One input and what must come out."""
    name: str
    file: str                # name of the file; its ending says the language
    text: object             # str or bytes
    statuses: tuple          # exit statuses that are right
    code: str = ''           # regular expression for the message's code; '' for any
    line: int = 0            # line of the message; 0 for any
    words: str = ''          # regular expression for the message's words
    command: tuple = ('run',)
    max_messages: int = 1


@dataclasses.dataclass
class Outcome:
    status: int              # negative: the signal
    output: bytes
    n_output_bytes: int
    errors: str
    cpu_seconds: float
    resident_kib: int


def limit_child():
    resource.setrlimit(resource.RLIMIT_CPU, (HARD_CPU_SECONDS, HARD_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def call(folder, *arguments, stdout=None):
    """Runs heapwise-cli in a folder. Output goes to a file, since a learner's program can print a lot."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([CLI, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=stdout or output,
                                 stderr=errors, preexec_fn=limit_child)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        n_output_bytes = output.seek(0, os.SEEK_END)
        output.seek(0)
        errors.seek(0)
        return Outcome(child.returncode, output.read(1 << 20), n_output_bytes,
                       errors.read(4 << 20).decode('utf-8', 'replace'), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def find_bounds_broken(outcome):
    """What no input may lead to."""
    if outcome.status < 0:
        yield 'ended by signal %d' % -outcome.status
    if re.search(r'Sanitizer|runtime error:|\*\* \(process|-CRITICAL \*\*|Assertion|assertion failed', outcome.errors):
        yield 'a bug of ours: ' + outcome.errors[:1000]
    if outcome.cpu_seconds > CPU_SECONDS:
        yield 'took %.1f s of processor time' % outcome.cpu_seconds
    if outcome.resident_kib > MAX_RESIDENT_KIB:
        yield 'took %d MiB of memory' % (outcome.resident_kib >> 10)
    if outcome.n_output_bytes > MAX_OUTPUT_BYTES:
        yield 'printed %d bytes' % outcome.n_output_bytes


def find_report_problems(outcome):
    """--report=json: the last line of standard error is an object that agrees with the exit status."""
    last = outcome.errors.rstrip('\n').rpartition('\n')[2]
    try:
        report = json.loads(last)
    except ValueError:
        yield 'the last line is no JSON: ' + last[:200]
        return
    ends = report.get('ends')
    if report.get('format') != 'heapwise-report/1':
        yield 'the report does not say its format'
    if ends not in ENDS.get(outcome.status, []):
        yield 'the report says %s, the exit status is %d' % (ends, outcome.status)
    if ends in TOLD_BY and not report.get(TOLD_BY[ends]):
        yield 'the report says nothing about the %s' % ends


def find_message_problems(row, outcome):
    """One message of the right kind at the right place; none where the program is fine."""
    heads = [head for head in HEAD.finditer(outcome.errors) if head['severity'] != 'warning']
    if outcome.status == 0:
        if heads:
            yield 'fine, and yet: ' + heads[0][0]
        return
    if not 1 <= len(heads) <= row.max_messages:
        yield '%d messages with a place: %s' % (len(heads), outcome.errors[:500])
        return
    head = heads[0]
    if head['file'] != row.file:
        yield 'the message is about %s' % head['file']
    if row.line and int(head['line']) != row.line:
        yield 'line %s, not %d: %s' % (head['line'], row.line, head[0])
    if row.code and not re.fullmatch(row.code, head['code']):
        yield 'the code is not %s: %s' % (row.code, head[0])
    if not re.search(row.words, head['words']):
        yield 'the words are not %s: %s' % (row.words, head[0])


def check_row(row):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, row.file), 'wb') as file:
            file.write(row.text if isinstance(row.text, bytes) else row.text.encode())
        is_lesson = row.file.endswith('.json')
        options = [] if is_lesson else ['--max-ticks=20000000', '--report=json']
        outcome = call(folder, *row.command, *options, row.file)
    yield from find_bounds_broken(outcome)
    if outcome.status not in row.statuses:
        yield 'exit status %d, not %s: %s' % (outcome.status, row.statuses, outcome.errors[:500])
        return
    yield from find_message_problems(row, outcome)
    if not is_lesson:
        yield from find_report_problems(outcome)


# Lessons.

def read_lesson():
    with open(os.path.join(ROOT, 'lessons', 'c-use-after-free.lesson.json'), encoding='utf-8') as file:
        return file.read()


def make_lesson_rows():
    lesson = read_lesson()
    inputs = [
        # name, text, code, line, words
        ('empty', '', 'L01', 1, 'empty'),
        ('cut in the middle', lesson[:len(lesson) // 2], 'L01', 0, 'the file ends'),
        ('100,000 open brackets', '[' * 100000, 'L01', 1, 'deep'),
        ('duplicate member', lesson.replace('"minutes": 12,', '"minutes": 12, "minutes": 13,'), 'L01', 11, '`minutes`'),
        ('wrong type', lesson.replace('"minutes": 12,', '"minutes": "12",'), 'L30', 11, '`minutes`'),
        ('unknown mark', lesson.replace('{"mark": "alias", "when"', '{"mark": "alais", "when"'), 'L07', 0, '`alais`'),
        ('comment', lesson.replace('  "difficulty"', '  // of 5\n  "difficulty"'), 'L01', 10, 'no comments'),
        ('format 2.0', lesson.replace('heapwise-lesson/1.0', 'heapwise-lesson/2.0'), 'L02', 2, '2\\.0'),
        ('not a lesson', '{"name": "package"}', 'L02', 1, 'not a lesson'),
        ('NUL byte', lesson.encode().replace(b'The pointer', b'The\0pointer'), 'L01', 4, 'NUL'),
        ('not UTF-8', lesson.encode().replace(b'The pointer', b'The\xffpointer'), 'L01', 4, 'UTF-8'),
    ]
    for command, statuses in (('lint', (1,)), ('run', (2,))):
        for name, text, code, line, words in inputs:
            yield Row('%s lesson: %s' % (command, name), 'bad.lesson.json', text, statuses, code, line, words, (command,))


# Programs. What nests too deeply may run or be refused: either is fine, a crash is not.

def c(body):
    return '#include <stdio.h>\n#include <stdlib.h>\nint main(void)\n{\n%s\n  return 0;\n}\n' % body


C_ROWS = [
    Row('C: endless loop', 'a.c', c('  for (;;)\n    ;'), (5,), 'ticks', words='instructions'),
    Row('C: endless printing', 'a.c', c('  for (;;)\n    printf("again and again\\n");'), (5,), 'ticks|output'),
    Row('C: endless recursion', 'a.c', 'int f(int n)\n{\n  return f(n + 1) + 1;\n}\nint main(void)\n{\n  return f(0);\n}\n',
        (3,), 'stack-overflow', 3),
    Row('C: 10,000 nested parentheses', 'a.c', c('  int x = %s1%s;\n  x++;' % ('(' * 10000, ')' * 10000)), (0, 1, 6), line=5),
    Row('C: 20,000 nested blocks', 'a.c', c('  %s%s' % ('{' * 20000, '}' * 20000)), (0, 1, 6), line=5),
    Row('C: 50,000 unary minuses', 'a.c', c('  int x = %s1;\n  x++;' % ('- ' * 50000)), (0, 1, 6), line=5),
    Row('C: 20,000 stars', 'a.c', c('  int %sx;' % ('*' * 20000)), (0, 1, 6), line=5),
    Row('C: 20,000 else ifs', 'a.c', c('  int x = 1;\n  %s;' % ('if (!x) ; else ' * 20000)), (0, 1, 6)),
    Row('C: NUL byte', 'a.c', b'int main(void)\n{\n  return\0 0;\n}\n', (1, 6), line=3),
    Row('C: bytes that are no text', 'a.c', bytes(range(128, 256)) * 100, (1,), line=1, max_messages=20),
    Row('C: 1 MB of prose', 'a.c', 'memory is a long row of boxes\n' * 35000, (1,), line=1, max_messages=20),
    Row('C: one line of 1 MB', 'a.c', 'int main(void) { int a = 0; %s return a; }\n' % ('a = 0; ' * 149000), (0,)),
    Row('C: one word of 1 MB', 'a.c', 'int %s;\nint main(void) { return 0; }\n' % ('a' * 1000000), (0, 1, 6), line=1),
    Row('C: one text of 1 MB', 'a.c', 'char t[] = "%s";\nint main(void) { return 0; }\n' % ('a' * 1000000), (0, 1, 6), line=1),
    Row('C: text without an end', 'a.c', c('  printf("no end);'), (1,), line=5, max_messages=3),
    Row('C: comment without an end', 'a.c', 'int main(void)\n{\n  return 0; /* no end\n}\n', (1,), line=3, max_messages=2),
    Row('C: empty file', 'a.c', '', (1,), words='main'),
    Row('C: CRLF', 'a.c', c('  printf("x\\n");').replace('\n', '\r\n'), (0,)),
    Row('C: an error behind CRLF', 'a.c', c('  int x = y;').replace('\n', '\r\n'), (1,), line=5),
    Row('C: no final newline', 'a.c', 'int main(void) { return 0; }', (0,)),
    Row('C: byte-order mark', 'a.c', b'\xef\xbb\xbfint main(void) { return 0; }\n', (0,)),
    Row('C: a macro that names itself', 'a.c', '#define x x\n#define f(a) f(a)\nint f(int a)\n{\n  return a;\n}\n'
        'int main(void)\n{\n  int x = 0;\n  return f(x);\n}\n', (0,)),
    Row('C: macros that double', 'a.c', '#define a0 1\n%sint main(void)\n{\n  return a40;\n}\n'
        % ''.join('#define a%d a%d + a%d\n' % (i, i - 1, i - 1) for i in range(1, 41)), (1, 6)),
    Row('C: a file that includes itself', 'a.c', '#include "a.c"\nint main(void)\n{\n  return 0;\n}\n', (1, 6), line=1),
    Row('C: a global array of 2 GB', 'a.c', 'char big[2147483648u];\nint main(void)\n{\n  return big[0];\n}\n', (1, 5, 6), line=1),
    Row('C: a local array of 2 GB', 'a.c', c('  char big[2147483648u];\n  big[0] = 0;'), (1, 3, 6)),
    Row('C: a width of 2 GB', 'a.c', c('  printf("%2000000000d", 1);'), (5,), 'output|ticks', 5),
    Row('C: a program that eats its heap', 'a.c', c('  for (;;)\n    *(char *)malloc(1000) = 1;'), (3, 5)),
]

PYTHON_ROWS = [
    Row('Python: endless loop', 'a.py', 'while True:\n    pass\n', (5,), 'ticks'),
    Row('Python: endless printing', 'a.py', 'while True:\n    print("again and again")\n', (5,), 'ticks|output'),
    Row('Python: endless recursion', 'a.py', 'def f(n):\n    return f(n + 1)\nf(0)\n', (4,), 'RecursionError'),
    Row('Python: 10,000 nested parentheses', 'a.py', 'x = %s1%s\n' % ('(' * 10000, ')' * 10000), (0, 1, 6), line=1),
    Row('Python: 1,000 indents', 'a.py', ''.join('%sif 1:\n' % (' ' * i) for i in range(1000)) + ' ' * 1000 + 'pass\n', (0, 1, 6)),
    Row('Python: NUL byte', 'a.py', b'x = 1\ny =\0 2\n', (1,), line=2),
    Row('Python: a text of 2 GB', 'a.py', 'x = "a" * 2147483648\n', (3, 4, 5, 6), line=1),
    Row('Python: CRLF', 'a.py', 'x = 1\r\nprint(x)\r\n', (0,)),
    Row('Python: no final newline', 'a.py', 'print(1)', (0,)),
]


def java(body):
    return 'public class Main {\n    public static void main(String[] args) {\n%s\n    }\n}\n' % body


JAVA_ROWS = [
    Row('Java: endless loop', 'Main.java', java('        while (true) {\n        }'), (5,), 'ticks'),
    Row('Java: endless recursion', 'Main.java', 'public class Main {\n    static int f(int n) {\n        return f(n + 1) + 1;\n    }\n'
        '    public static void main(String[] args) {\n        f(0);\n    }\n}\n', (4,), '(java\\.lang\\.)?StackOverflowError'),
    Row('Java: 10,000 nested parentheses', 'Main.java', java('        int x = %s1%s;' % ('(' * 10000, ')' * 10000)), (0, 1, 6), line=3),
    Row('Java: an array of 2 GB', 'Main.java', java('        byte[] big = new byte[2147483647];\n        big[0] = 1;'), (4, 5, 6), line=3),
]

RUST_ROWS = [
    Row('Rust: endless loop', 'a.rs', 'fn main() {\n    loop {}\n}\n', (5,), 'ticks'),
    Row('Rust: endless recursion', 'a.rs', 'fn f(n: u64) -> u64 {\n    f(n + 1) + 1\n}\nfn main() {\n    println!("{}", f(0));\n}\n',
        (3,), 'stack-overflow', 2),
    Row('Rust: 10,000 nested parentheses', 'a.rs', 'fn main() {\n    let _x = %s1%s;\n}\n' % ('(' * 10000, ')' * 10000), (0, 1, 6), line=2),
    Row('Rust: 10,000 nested references', 'a.rs', 'fn main() {\n    let _x = %s1;\n}\n' % ('& ' * 10000), (0, 1, 6), line=2),
]

# A program of each language that must run: else its rows are skipped.
LANGUAGES = {
    'C': ('a.c', 'int main(void) { return 0; }\n', C_ROWS),
    'Python': ('a.py', 'x = 1\n', PYTHON_ROWS),
    'Java': ('Main.java', java(''), JAVA_ROWS),
    'Rust': ('a.rs', 'fn main() {}\n', RUST_ROWS),
}


def has_language(file, text):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, file), 'w', encoding='utf-8') as out:
            out.write(text)
        return call(folder, 'run', file).status == 0


# Usage and files.

def find_usage_problems(outcome, words):
    """Status 2, and a few lines that name what is wrong."""
    yield from find_bounds_broken(outcome)
    if outcome.status != 2:
        yield 'exit status %d, not 2' % outcome.status
    if not re.search(words, outcome.errors):
        yield 'no word of %s: %s' % (words, outcome.errors[:500])
    if outcome.errors.count('\n') > 5:
        yield 'more than five lines: ' + outcome.errors[:1000]


def check_usage(tap, commands, folder):
    small = os.path.join(folder, 'small.c')
    with open(small, 'w', encoding='utf-8') as file:
        file.write(c('  printf("x\\n");'))
    rows = [
        ('no command', [], 'help'),
        ('unknown command', ['wibble'], 'wibble'),
        ('unknown option', ['run', '--wibble', 'small.c'], '--wibble'),
        ('option without its value', ['run', 'small.c', '--max-ticks'], 'max-ticks'),
        ('option with a wrong value', ['run', '--max-ticks=many', 'small.c'], 'many'),
        ('unknown rule', ['run', '--rule', 'wibble=allow', 'small.c'], 'wibble'),
        ('no file', ['run'], '(?i)file'),
        ('missing file', ['run', 'absent.c'], 'absent\\.c'),
        ('folder as file', ['run', '--lang=c', '.'], '(?i)folder|directory'),
        # Even root cannot read this one.
        ('unreadable file', ['run', '--lang=c', '/proc/self/mem'], '/proc/self/mem'),
        ('unknown language', ['run', 'small.c', '--lang=cobol'], 'cobol'),
        ('file of no language', ['run', '/etc/hostname'], '/etc/hostname'),
        ('picture on a full device', ['picture', 'small.c', '--step=1', '-o', '/dev/full'], '/dev/full|[Nn]o space'),
        ('picture below a file', ['picture', 'small.c', '--step=1', '-o', 'small.c/out.svg'], 'small\\.c/out\\.svg'),
        ('steps that fall', ['picture', 'small.c', '--steps=3-1', '-o', 'out.pdf'], '3-1'),
        ('pages without a PDF', ['picture', 'small.c', '--steps=1-2', '-o', 'out.svg'], r'\.pdf'),
        ('a mark without a lesson', ['picture', 'small.c', '--mark=here', '-o', 'out.svg'], 'small\\.c'),
        ('arguments that fill the stack', ['run', '--stack-bytes=4096', 'small.c', '--', 'x' * 5000], 'arguments'),
        ('picture of unknown kind', ['picture', 'small.c', '--step=1', '-o', 'out.wibble'], 'wibble'),
    ]
    for name, arguments, words in rows:
        if arguments and arguments[0] in ('picture',) and arguments[0] not in commands:
            tap.skip('usage: ' + name, 'no command ' + arguments[0])
        else:
            tap.point('usage: ' + name, find_usage_problems(call(folder, *arguments), words))
    with open('/dev/full', 'wb') as full:
        tap.point('usage: standard output is full', find_usage_problems(call(folder, 'run', 'small.c', stdout=full),
                                                                        '(?i)output|no space'))


# What works.

ARGUMENTS = ('#include <stdio.h>\nint main(int argc, char *argv[])\n{\n  for (int i = 1; i <= argc; i++)\n'
             '    puts(argv[i] ? argv[i] : "end");\n  return argc;\n}\n')


def check_arguments(tap, folder):
    with open(os.path.join(folder, 'arguments.c'), 'w', encoding='utf-8') as file:
        file.write(ARGUMENTS)
    outcome = call(folder, 'run', '--exit-code', 'arguments.c', '--', 'one', '--two', 'a b')
    wrong = []
    if outcome.status != 4 or outcome.output != b'one\n--two\na b\nend\n':
        wrong.append('status %d, output %r' % (outcome.status, outcome.output))
    tap.point("run: the program's own arguments", [*find_bounds_broken(outcome), *wrong])


ASKS = """#include <stdio.h>
int main(void)
{
    char line[20];
    printf("name?\\n");
    fgets(line, 20, stdin);
    printf("hello %s", line);
    return 0;
}
"""


def talk(folder, file, question, answer):
    """Runs a program on a pipe that stays open: the answer is written when its question has come. Returns all of its output."""
    child = subprocess.Popen([CLI, 'run', file], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    timer = threading.Timer(20, child.kill)
    timer.start()
    output = child.stdout.readline() if question else b''
    if output == question:
        child.stdin.write(answer)
        child.stdin.flush()
    output += child.stdout.read()
    child.wait()
    timer.cancel()
    child.stdin.close()
    return output


def check_input(tap, folder):
    with open(os.path.join(folder, 'asks.c'), 'w') as file:
        file.write(ASKS)
    with open(os.path.join(folder, 'silent.c'), 'w') as file:
        file.write('#include <stdio.h>\nint main(void) { printf("done\\n"); return 0; }\n')
    output = talk(folder, 'asks.c', b'name?\n', b'world\n')
    tap.point('run: asks, then reads what is answered', [] if output == b'name?\nhello world\n' else ['printed %r' % output])
    output = talk(folder, 'silent.c', b'', b'')
    tap.point('run: an open pipe that nobody reads', [] if output == b'done\n' else ['printed %r' % output])


def check_pages(tap, folder):
    pages = [os.path.join(folder, name) for name in ('first.pdf', 'second.pdf')]
    wrong = []
    for page in pages:
        outcome = call(folder, 'picture', 'arguments.c', '--steps=1-3', '-o', page)
        wrong += [*find_bounds_broken(outcome)]
    contents = [open(page, 'rb').read() for page in pages if os.path.exists(page)]
    if len(contents) != 2 or not contents[0].startswith(b'%PDF'):
        wrong.append('no PDF')
    elif contents[0] != contents[1]:
        wrong.append('two calls give other bytes')
    tap.point('picture: steps as pages', wrong)


# Trace.

TRACED = {
    'a block': c('  char *p = malloc(8);\n  p[0] = 1;\n  free(p);\n  printf("done\\n");'),
    'a leak': c('  int *p = malloc(sizeof *p);\n  *p = 1;'),
    'a fault': c('  char *p = malloc(8);\n  free(p);\n  p[0] = 1;'),
    'calls': 'struct pair\n{\n  int a, b[2];\n  struct pair *next;\n};\nint counter;\nint f(int n)\n{\n  counter++;\n'
             '  return n > 0 ? f(n - 1) : 0;\n}\nint main(void)\n{\n  struct pair p = {1, {2, 3}, &p};\n  return f(p.a);\n}\n',
}


def find_trace_problems(validator, output):
    lines = output.decode('utf-8', 'replace').splitlines()
    last_step = -1
    if not lines:
        yield 'no steps'
    for number, line in enumerate(lines, 1):
        try:
            step = json.loads(line)
        except ValueError:
            yield 'line %d is no JSON: %s' % (number, line[:200])
            return
        for error in validator.iter_errors(step):
            yield 'line %d: /%s: %s' % (number, '/'.join(map(str, error.absolute_path)), error.message[:200])
            return
        if step['step'] <= last_step:
            yield 'line %d: step %d follows step %d' % (number, step['step'], last_step)
        last_step = step['step']


# Programs with the stops and events that C has not.
TRACED_IR = ('throw-through-frames', 'finally-selector', 'frame-counts', 'keep-frame-throws', 'count-die-list', 'trace-weak',
             'drop-told', 'borrow-kinds', 'generic-option', 'slice-argument')


def check_trace(tap, folder):
    import jsonschema
    with open(os.path.join(ROOT, 'data', 'trace-1.schema.json'), encoding='utf-8') as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    for name, text in TRACED.items():
        with open(os.path.join(folder, 'traced.c'), 'w', encoding='utf-8') as file:
            file.write(text)
        outcome = call(folder, 'trace', 'traced.c')
        tap.point('trace: ' + name, [*find_bounds_broken(outcome), *find_trace_problems(validator, outcome.output)])
    for name in TRACED_IR:
        outcome = call(folder, 'trace', os.path.join(ROOT, 'tests', 'ir', 'programs', name + '.hwir'))
        tap.point('trace: ' + name, [*find_bounds_broken(outcome), *find_trace_problems(validator, outcome.output)])


def main():
    tap = Tap()
    if not os.access(CLI, os.X_OK):
        tap.skip('all', 'HEAPWISE_CLI names no program')
        tap.finish()
    help_text = call('.', '--help').output.decode()
    commands = [word for word in ('run', 'lint', 'picture', 'trace') if re.search(r'^\s+%s\b' % word, help_text, re.MULTILINE)]
    for row in make_lesson_rows():
        if row.command[0] in commands:
            tap.point(row.name, check_row(row))
        else:
            tap.skip(row.name, 'no command ' + row.command[0])
    for language, (file, text, rows) in LANGUAGES.items():
        if not has_language(file, text):
            tap.skip(language, 'no such language yet')
            continue
        for row in rows:
            tap.point(row.name, check_row(row))
    with tempfile.TemporaryDirectory() as folder:
        check_usage(tap, commands, folder)
        check_arguments(tap, folder)
        check_input(tap, folder)
        check_pages(tap, folder)
        if 'trace' in commands:
            check_trace(tap, folder)
    tap.finish()


main()
