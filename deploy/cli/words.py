"""Every sentence the chat says about itself. No I/O."""

from deploy.cli.analyses import Verdict
from deploy.cli.checked import words as checked
from deploy.cli.clean import clean
from deploy.client.connection import State
from deploy.client.turn import Turn
from gateway.wire.server_frames import Error, PageContext
from shared.figure_words import day
from shared.frames.turn_events import AiComplete, AiError, AnalysisRef

CONNECTION: dict[State, str] = {
    "connecting": "Connecting…",
    "live": "Live",
    "reconnecting": "Connection lost. Reconnecting; your messages are kept.",
    "too_many": "Too many connections or questions at once. Trying again soon.",
}
QUOTE_MODE = "Quote mode: answers are put together from the analyses, without a language model."
RESTARTED = "The answer was interrupted and is starting again."

HELP = f"""\
/ticker MSFT   talk about another company (/ticker alone: about none)
/stop          stop the answer that is being written (Ctrl-C does it too)
/sources       the figures of the last answer and where each stands
/history       the conversation so far
/new           begin a new conversation
/help          these commands
/quit          leave (so does Ctrl-C when nothing is being answered); the conversation is kept
{checked.MARKS}"""

FINISH = {
    "stop": "",
    "cancelled": "Stopped by you.",
    "max_tokens": "Cut at the length limit. Ask it to continue.",
    "safety": "The model declined to answer this. Try other words.",
}


def source(analysis: AnalysisRef | PageContext | None, verdict: Verdict | None) -> str:
    """ "KO · analysis of 22 Aug · Hold 57.9"; empty without an analysis."""
    if analysis is None:
        return ""
    if analysis.as_of is None:
        return f"{analysis.ticker} · no analysis"
    return " · ".join(
        [analysis.ticker, f"analysis of {day(analysis.as_of)}", *([str(verdict)] if verdict else [])]
    )


def model(name: str | None) -> str:
    """Which model answers, and what that means."""
    if name is None:
        return "No agent has reported yet; questions wait for one."
    return QUOTE_MODE if "offline" in name.lower() else f"Model: {name}"


def model_name(name: str | None) -> str:
    """Which model answers, in short."""
    if name is None:
        return "no agent yet"
    return "offline model" if "offline" in name.lower() else name


def progress(turn: Turn, now: float) -> str:
    """What is going on with an unfinished turn of which there is no text to show."""
    if turn.stage == "sending":
        return refusal(turn.refusal, turn.retry_at - now) if turn.refusal else "Sending…"
    if turn.stage == "waiting" and turn.position > 0:
        return f"Queued, {_ordinal(turn.position + 1)} in line"
    if running := [lookup for lookup in turn.lookups if lookup.status == "running"]:
        return clean(checked.lookup(running[-1]))
    if turn.restarted:
        return RESTARTED
    if turn.context:
        return f"Reading {turn.context.ticker}, {day(turn.context.as_of)}…"
    return f"Reading {turn.ticker}…" if turn.ticker else "Thinking…"


def refusal(error: Error | AiError, seconds: float) -> str:
    """Why a question has no answer; `seconds` until it is sent again, when it is."""
    again = f" Next in {max(1, round(seconds))} s." if seconds > 0 else ""
    match error.code:
        case "rate_limited":
            return f"Too many questions.{again}"
        case "quota":
            return "The model's quota is used up."
        case "busy":
            return f"Eight questions are waiting already.{again}"
        case "overloaded" | "unavailable":
            return f"The service is busy. Your question is kept.{again}"
        case "unknown_ticker":
            return "There is no such company here."
        case "invalid":
            return "This question cannot be sent as it is."
        case _:
            return "No answer came."


def ending(turn: Turn) -> str:
    """What is to be said of how a turn ended; empty if all is well."""
    if isinstance(turn.ending, AiComplete):
        return FINISH[turn.ending.finish_reason]
    return refusal(turn.ending, 0) if turn.ending else ""


def too_long(characters: int, limit: int) -> str:
    """A question that the gateway would not take."""
    return f"A question may have {limit:,} characters; this one has {characters:,}."


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number if number < 20 else number % 10, 'th') }"
