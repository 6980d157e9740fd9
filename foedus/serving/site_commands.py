"""Commands for the site: `foedus serve`."""

from __future__ import annotations

import click

from foedus.serving.options import asks_journal


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond loopback needs accounts.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further host name that the site answers to.")
@click.option("--full-text", is_flag=True, help="Show whole articles also beyond loopback.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser of this machine.")
@asks_journal
def serve_command(
    journal_name: str, host: str, port: int, names: tuple[str, ...], full_text: bool, opens: bool
) -> None:
    """Serve the site and its API over a journal."""
    from foedus.serving.site import serve
    from foedus.serving.site_parts import Settings

    settings = Settings(journal=journal_name, host=host, port=port, hosts=names, full_text=full_text)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def tell() -> None:
        click.echo(f"Foedus reads {journal_name} and serves it at {address} (Ctrl+C ends it)")
        if opens:
            click.launch(address)

    serve(settings, told=tell)


COMMANDS = (serve_command,)
