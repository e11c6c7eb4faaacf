"""What verdictReporter passes around."""

from typing import Literal

import msgspec

from workers.domain.counts import Counts
from workers.events.sqs import Message

Decision = Literal["bypass", "requeue", "post", "put off"]
"""What a look at the counts comes to: *bypass*, Slack knows them; *requeue*, they may still be moving,
look again later; *post*, they stood still since a message saw them last; *put off*, they would be
posted, but there is no time left or Slack takes no more."""


class Claim(msgspec.Struct, frozen=True):
    """The right to post for a campaign, and the counts that were posted last."""

    token: str
    posted: Counts | None
    """None when an earlier holder may have posted something else."""


class CampaignLook(msgspec.Struct):
    """All messages of a batch that ask for one campaign: they need one look."""

    campaign_id: str
    messages: list[Message] = msgspec.field(default_factory=list)

    @property
    def correlation_id(self) -> str:
        """The correlation that the newest message carries."""
        return next(
            (one.correlation_id for one in reversed(self.messages) if one.correlation_id), ""
        )

    @property
    def seen(self) -> set[Counts]:
        """The counts that the messages saw last."""
        return {one.request.counts for one in self.messages if one.request.counts}

    @property
    def last_seen(self) -> Counts | None:
        """The counts that the newest message saw which saw any."""
        return next(
            (one.request.counts for one in reversed(self.messages) if one.request.counts), None
        )


class Tally(msgspec.Struct):
    """What was done."""

    requeued: int = 0
    """Campaigns for which a message was sent, those put off included."""
    put_off: int = 0
    posted: int = 0
    is_slack_busy: bool = False
    """Whether Slack has refused a post of this invocation as one too many: then it gets no other."""
    retry_after_seconds: int = 0
    """How long Slack wants to be left alone."""
