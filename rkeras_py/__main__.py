"""`python -m rkeras_py`: what rkeras does from the command line."""

import argparse
import os
import sys


def main() -> None:
    """Runs the command that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m rkeras_py", description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="train with every callback of the chapter and show what they made")
    demo.add_argument("--directory", default="demo", help="where the files go (default: %(default)s)")
    commands.add_parser("doctor", help="say what is installed and what of it does not fit together")
    monitor = commands.add_parser("monitor", help="serve a page with what callback_remote_monitor() posts")
    monitor.add_argument("--port", type=int, default=9000, help="0 for any that is free (default: %(default)s)")
    monitor.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: %(default)s)")
    monitor.add_argument("--with-parent", action="store_true", help="end when the standard input does")
    arguments = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if arguments.command == "doctor":
        from .installation.doctor import report

        print(report())
    elif arguments.command == "monitor":
        try:
            from .monitor.server import run as serve
        except ModuleNotFoundError as error:
            sys.exit(f'monitor: {error.name} is not installed: pip install "rkeras-py[monitor]"')
        serve(arguments.host, arguments.port, arguments.with_parent)
    else:
        from .commands.demo import run

        run(arguments.directory)


if __name__ == "__main__":
    main()
