"""`python -m rkeras_py`: what rkeras does from the command line."""

import argparse
import os


def main() -> None:
    """Runs the command that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m rkeras_py", description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="train with every callback of the chapter and show what they made")
    demo.add_argument("--directory", default="demo", help="where the files go (default: %(default)s)")
    commands.add_parser("doctor", help="say what is installed and what of it does not fit together")
    arguments = parser.parse_args()

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if arguments.command == "doctor":
        from .doctor import report

        print(report())
    else:
        from .demo import run

        run(arguments.directory)


if __name__ == "__main__":
    main()
