"""
The programs that the daemon starts with the VM's own python3: `python3 -I -S -B src/kernel/py PROGRAM ARGUMENT...`.
Python puts this directory on the path of modules, in isolated mode too, and runs this file (Python's manual, "Command
line and environment", "Interface options", <script>).
"""
import sys

# Behind the standard library: no file here stands in for a module of it.
sys.path.append(sys.path.pop(0))


def run(program: str, arguments: list[str]) -> None:
    # Loads only the modules that the program needs.
    if program == 'watch':
        from hoplab_kernel.watch.program import main
    elif program == 'settle':
        from hoplab_kernel.settle.program import main
    elif program == 'lend':
        from hoplab_kernel.lend import main
    elif program == 'confine':
        from hoplab_kernel.confine import main
    elif program == 'run':
        from hoplab_kernel.run import main
    elif program == 'serve':
        from hoplab_kernel.serve import main
    else:
        raise SystemExit(f'no program {program}')
    main(arguments)


if __name__ == '__main__':
    run(sys.argv[1], sys.argv[2:])
