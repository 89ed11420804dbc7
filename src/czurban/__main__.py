"""`python -m czurban`, and the installed command."""

import gc
import sys


def main() -> None:
    """Run the program.

    The collector is put off: a run this short makes no garbage worth collecting, and looking for it during the
    imports costs a tenth of the start. At the end, what lives is exempted from it: to look through everything once
    more costs another tenth, and the memory is returned anyway.
    """
    gc.set_threshold(100_000, 50, 100)
    try:
        from czurban.cli.app import run  # noqa: PLC0415 - after the line above

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # Ctrl-C while the program is still loading
        code = 130
    if "_duckdb" not in sys.modules:  # at the end it writes what it takes for leaks to the standard error
        gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
