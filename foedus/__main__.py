"""`python -m foedus` and the `foedus` command."""

import gc

gc.set_threshold(100_000)  # start-up makes many objects that stay: looking for garbage among them takes a tenth of it

from foedus.serving.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
