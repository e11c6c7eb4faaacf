"""lookupPhoneScore: find the number, ask TeleSign, remember the answer."""

from workers.handlers.lookup_phone_score import store
from workers.handlers.lookup_phone_score.rules import digits_of, question_of, subject_of
from workers.pipeline.invocation import Invocation, Response


def lookup_phone_score(invocation: Invocation) -> Response:
    """Return the score; None for a member that nobody knows.  Raises WorkerError."""
    http = invocation.services.http
    settings = invocation.settings
    question = question_of(invocation.arguments)
    phone_number: str | None = question.phone_number
    if question.member_id:
        phone_number = store.phone_number_of(
            http, settings, question.member_id, invocation.correlation_id
        )
    if phone_number is None:
        return None
    digits = digits_of(phone_number)
    subject = subject_of(question, digits, settings.phone_digest_key)
    score = store.score_of(http, settings, digits, invocation.correlation_id)
    store.append_verification(
        invocation.services.aws.dynamodb,
        settings.verifications_table,
        subject,
        score,
        invocation.correlation_id,
    )
    return score.answer()
