"""`python -m foedus` and the `foedus` command."""

import atexit
import gc

# Start-up makes many objects that stay: looking for garbage among them takes a tenth of it, and as much again at the end.
gc.set_threshold(200_000)
atexit.register(gc.freeze)

from foedus.serving.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
