"""How the programs are started, and what they may import: the rules of ARCHITECTURE.md, "Ways into a machine"."""
from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import hoplab_kernel

PACKAGE = Path(hoplab_kernel.__path__[0])
DIRECTORY = PACKAGE.parent
# As src/kernel/exec/python.ts has it.
COMMAND = [sys.executable, '-I', '-S', '-B', str(DIRECTORY)]
IMPORTS = (ast.Import, ast.ImportFrom)


def run(words: list[str], cwd: str = '/', env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], input='', capture_output=True, text=True, timeout=60, check=False,
                          cwd=cwd, env=env)


def tops_of(source: str) -> list[ast.stmt]:
    return ast.parse(source).body


def modules_in(source: str) -> set[str]:
    """Of absolute imports, the first part of each name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition('.')[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add('.' if node.level else str(node.module).partition('.')[0])
    return found


class Starting(unittest.TestCase):
    def test_an_unknown_program(self) -> None:
        ended = run(['nothing'])
        self.assertEqual((ended.returncode, ended.stderr), (1, 'no program nothing\n'))

    def test_nothing_but_the_package_and_the_standard_library_is_loaded(self) -> None:
        with tempfile.TemporaryDirectory() as path:
            for name in ('ctypes', 'select', 'socket', 'struct', 'sitecustomize', 'usercustomize', 'hoplab_kernel'):
                Path(path, f'{name}.py').write_text('print("loaded")\n')
            hostile = {'PYTHONPATH': path, 'PYTHONSTARTUP': f'{path}/socket.py', 'PYTHONUSERBASE': path, 'HOME': path}
            ended = run(['settle', 'all/rp_filter=0=2'], cwd=path, env=hostile)
            self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, '', ''))

    def test_the_package_stands_behind_the_standard_library(self) -> None:
        with tempfile.TemporaryDirectory() as path:
            Path(path, '__main__.py').write_text((DIRECTORY / '__main__.py').read_text())
            Path(path, 'hoplab_kernel').mkdir()
            Path(path, 'hoplab_kernel', 'lend.py').write_text('import sys\n\n\ndef main(_):\n    print(*sys.path)\n')
            argv = [*COMMAND[:-1], path, 'lend']
            ended = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True)
            loaded = ended.stdout.split()
            self.assertEqual((loaded[-1], loaded.count(path)), (path, 1))
            self.assertGreater(len(loaded), 1)


class Joining(unittest.TestCase):
    """After a program has joined a machine, an import would load a learner's file."""

    def test_every_import_is_made_at_the_beginning(self) -> None:
        looked_at = 0
        for file in PACKAGE.rglob('*.py'):
            source = file.read_text()
            for statement in tops_of(source):
                if isinstance(statement, IMPORTS) or is_for_types(statement):
                    continue
                late = [node.lineno for node in ast.walk(statement) if isinstance(node, IMPORTS)]
                self.assertEqual(late, [], file)
                looked_at += 1
        self.assertGreater(looked_at, 100)

    def test_no_import_after_imports_are_closed(self) -> None:
        # colorsys is plain Python that nothing else has loaded; encodings would be imported by a codec's name.
        program = '''
import sys
sys.path.append(sys.argv[1])
from hoplab_kernel.join import close_imports
close_imports()
for use in (lambda: __import__('colorsys'), lambda: __import__('hoplab_kernel.drops'), lambda: b'x'.decode('cp1250')):
    try:
        use()
        print('loaded')
    except (ImportError, LookupError) as error:
        print(type(error).__name__)
raise ValueError('a learner reads this')
'''
        ended = subprocess.run([sys.executable, '-I', '-S', '-B', '-c', program, str(DIRECTORY)], capture_output=True,
                               text=True, timeout=60, check=False)
        self.assertEqual(ended.stdout.split(), ['ModuleNotFoundError', 'ModuleNotFoundError', 'LookupError'])
        # No line of a source file, whose path would lead into the machine.
        self.assertEqual(ended.stderr, 'ValueError: a learner reads this\n')


class Inside(unittest.TestCase):
    def test_programs_for_a_machine_import_the_standard_library_only(self) -> None:
        files = [file for file in (PACKAGE / 'inside').glob('*.py') if file.name != '__init__.py']
        self.assertEqual(len(files), 5)
        for file in files:
            self.assertLessEqual(modules_in(file.read_text()), sys.stdlib_module_names, file)


def is_for_types(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and isinstance(statement.test, ast.Name) \
        and statement.test.id == 'TYPE_CHECKING'


if __name__ == '__main__':
    unittest.main()
