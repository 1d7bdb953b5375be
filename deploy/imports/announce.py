"""Tell the running system that analyses changed. Redis brings the news, the database holds what they are."""

import datetime as dt
from collections.abc import Iterable

from redis.exceptions import RedisError

from shared.frames.analyses_changed import AnalysesChanged
from shared.redis_client import open_redis, why_unusable
from shared.redis_keys import RedisKeys

LATER = "The analyses are in; pages that are open show them when they next read."


async def announce(redis_url: str | None, changed: Iterable[tuple[str, dt.date]]) -> str | None:
    """Publish tickers and dates of analyses that are new or changed, if there are any. None when that is done, else
    why not and what follows, as sentences."""
    news = AnalysesChanged.of(changed)
    if news is None:
        return None
    if not redis_url:
        return f"REDIS_URL is not set, so nobody was told. {LATER}"
    try:
        async with open_redis(redis_url, name="import") as redis:
            await redis.publish(RedisKeys().analyses, news.write())
    except RedisError as error:
        why = why_unusable(error)
        return f"The Redis of REDIS_URL {why}{'' if why.endswith('?') else '.'} Nobody was told. {LATER}"
    except (OSError, ValueError) as error:
        return f"The Redis of REDIS_URL cannot be used ({type(error).__name__}). Nobody was told. {LATER}"
    return None
