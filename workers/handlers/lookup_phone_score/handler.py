"""The entry point of lookupPhoneScore."""

from workers.handlers.lookup_phone_score.worker import lookup_phone_score
from workers.pipeline.compose import compose
from workers.pipeline.steps import RESOLVER_STEPS

handler = compose("lookupPhoneScore", lookup_phone_score, RESOLVER_STEPS)
