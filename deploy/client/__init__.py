"""A client of the gateway for programs in Python: typed, and as hard to lose an answer with as the web app.

With the gateway's address and a token of the user who asks:

>>> import asyncio
>>> from deploy.client import Added, Client, Ended, LookedUp

>>> async def main() -> None:
...     async with Client(url, token=token, ticker="KO") as chat:
...         async for event in chat.stream("Compare its dividend yield with PepsiCo's."):
...             match event:
...                 case LookedUp(lookup) if lookup.status == "running":
...                     print(f"[{lookup.words}]")
...                 case Added(text):
...                     print(text, end="")
...                 case Ended(turn):
...                     print()
...                     for figure in turn.figures:
...                         print(figure.text, figure.state, figure.source and figure.source.where)
...
...         await chat.set_context("PEP")
...         turn = await chat.ask("What is the P/E?")
...         print(turn.text)

>>> asyncio.run(main())
[Comparing Coca-Cola, PepsiCo, 22 Aug…]
PepsiCo (PEP) has the higher dividend yield, 4.17 %, against 2.34 % for Coca-Cola...
4.17 % verified metrics/dividend_yield/value
2.34 % verified metrics/dividend_yield/value
...
The P/E of PepsiCo (PEP) is 18.80 ...

A turn's `ending` is an `AiComplete`, or the `AiError` or `Error` that says why there is no answer. Give a `Client` the
`session` of an earlier one, and it goes on with that conversation.
"""

from deploy.client.client import Client, UnknownCompanyError
from deploy.client.connection import EndedError
from deploy.client.events import Added, Checked, Ended, Event, LookedUp, Restarted
from deploy.client.turn import Turn

__all__ = [
    "Added",
    "Checked",
    "Client",
    "Ended",
    "EndedError",
    "Event",
    "LookedUp",
    "Restarted",
    "Turn",
    "UnknownCompanyError",
]
